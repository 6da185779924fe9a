import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Notice } from "../../../client/ui/toasts.tsx";
import { ToastsProvider, useToast } from "../../../client/ui/toasts.tsx";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const notices: readonly Notice[] = [
  { about: "p16", sentence: "Moved to the summary." },
  { sentence: "Circulated." },
  { about: "p16", sentence: "Moved back." },
  { sentence: "Kept." },
];

const open = (): void =>
  void render(
    <ToastsProvider>
      <Desk />
    </ToastsProvider>,
  );
const wait = (ms: number): void => act(() => void vi.advanceTimersByTime(ms));

/** Whose keys do not wait for a clock that only the test moves. */
const hand = () => userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });

function Desk() {
  const toast = useToast();
  return notices.map((notice) => (
    <button key={notice.sentence} type="button" onClick={() => toast(notice)}>
      {`Do: ${notice.sentence}`}
    </button>
  ));
}

test("a later notice about the same takes the place of the earlier one, whose way back would lead elsewhere", async () => {
  open();
  const user = userEvent.setup();
  for (const { sentence } of notices.slice(0, 3)) {
    await user.click(screen.getByText(`Do: ${sentence}`));
    expect(screen.getByText(sentence)).toBeTruthy();
  }
  expect(screen.queryByText("Moved to the summary.")).toBeNull();
  expect(screen.getByText("Circulated.")).toBeTruthy();
});

test("a notice goes by itself, whatever comes after it and wherever a finger was, but not while a mouse is on it", () => {
  vi.useFakeTimers();
  open();
  fireEvent.click(screen.getByText("Do: Circulated."));
  wait(6_000);
  fireEvent.click(screen.getByText("Do: Moved back."));
  fireEvent.pointerEnter(screen.getByText("Circulated.").parentElement!, { pointerType: "touch" });
  wait(6_000);
  expect(screen.queryByText("Circulated.")).toBeNull();
  const later = screen.getByText("Moved back.").parentElement!;
  fireEvent.pointerEnter(later, { pointerType: "mouse" });
  wait(40_000);
  expect(screen.getByText("Moved back.")).toBeTruthy();
  fireEvent.pointerLeave(later, { pointerType: "mouse" });
  wait(10_000);
  expect(screen.queryByText("Moved back.")).toBeNull();
});

test("focus that a dialog left on a notice does not keep it; focus that came by the user's own Tab does", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  open();
  const user = hand();
  fireEvent.click(screen.getByText("Do: Circulated."));
  act(() => screen.getByRole("button", { name: "Dismiss this notice" }).focus());
  wait(10_000);
  expect(screen.queryByText("Circulated.")).toBeNull();
  act(() => screen.getByText("Do: Kept.").focus());
  await user.keyboard("{Enter}");
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Dismiss this notice" }));
  wait(40_000);
  expect(screen.getByText("Kept.")).toBeTruthy();
  await user.tab();
  wait(10_000);
  expect(screen.queryByText("Kept.")).toBeNull();
});

test("a notice that is held stays a minute at most: a pointer or a focus may have been left there", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  open();
  const user = hand();
  act(() => screen.getByText("Do: Kept.").focus());
  await user.keyboard("{Enter}");
  await user.tab();
  fireEvent.pointerEnter(screen.getByText("Kept.").parentElement!, { pointerType: "mouse" });
  wait(58_000);
  expect(screen.getByText("Kept.")).toBeTruthy();
  wait(2_000);
  expect(screen.queryByText("Kept.")).toBeNull();
});

test("two notices stand at most, and the same sentence never twice", () => {
  open();
  const standing = (): (string | null)[] =>
    [...screen.getByRole("region").querySelectorAll("p")].map(({ textContent }) => textContent);
  for (const key of ["Circulated.", "Circulated.", "Kept.", "Circulated."])
    fireEvent.click(screen.getByText(`Do: ${key}`));
  expect(standing()).toEqual(["Kept.", "Circulated."]);
  fireEvent.click(screen.getByText("Do: Moved back."));
  expect(standing()).toEqual(["Circulated.", "Moved back."]);
});
