import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import type { Notice } from "../../../client/ui/toasts.tsx";
import { ToastsProvider, useToast } from "../../../client/ui/toasts.tsx";

afterEach(cleanup);

const notices: readonly Notice[] = [
  { about: "p16", sentence: "Moved to the summary." },
  { sentence: "Circulated." },
  { about: "p16", sentence: "Moved back." },
];

function Desk() {
  const toast = useToast();
  return notices.map((notice) => (
    <button key={notice.sentence} type="button" onClick={() => toast(notice)}>
      {`Do: ${notice.sentence}`}
    </button>
  ));
}

test("a later notice about the same takes the place of the earlier one, whose way back would lead elsewhere", async () => {
  render(
    <ToastsProvider>
      <Desk />
    </ToastsProvider>,
  );
  const user = userEvent.setup();
  for (const { sentence } of notices) {
    await user.click(screen.getByText(`Do: ${sentence}`));
    expect(screen.getByText(sentence)).toBeTruthy();
  }
  expect(screen.queryByText("Moved to the summary.")).toBeNull();
  expect(screen.getByText("Circulated.")).toBeTruthy();
});
