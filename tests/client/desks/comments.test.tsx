/** A table of comments on a desk (SPEC: COM): what each row becomes is seen, and chosen, before anything is stated. */
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { aNegotiation, p } from "../../support/negotiations.ts";
import { openDesk } from "./support.tsx";

test("[COM2] a comment that names no position is nothing until it is said what it is, and any row can be left out", async () => {
  const talks = aNegotiation(p("States should cooperate."), p("They report."));
  const { user, readsTable, standing } = await openDesk(talks, "delegation:XAA", "/comments");
  const dialog = within(await screen.findByRole("dialog"));
  readsTable([
    ["Delegation", "Paragraph", "Comments", "Proposed change"],
    ["XAA", "1", "We welcome the report.", ""],
    ["XAA", "2", "Why so late?", ""],
    ["XAA", "2", "Too vague.", "Make it clearer"],
  ]);
  await user.upload(dialog.getByLabelText(/^Choose a CSV/), new File(["of any kind"], "comments.csv"));
  const choice = await dialog.findByLabelText<HTMLSelectElement>("What row 2 is");
  expect(choice.value).toBe("nothing");
  expect(dialog.getByRole("status").textContent).toMatch(
    /^3 rows: 1 state a position, 0 propose words, 2 become nothing/,
  );
  await user.selectOptions(choice, "Support");
  await user.click(dialog.getByLabelText("Take row 4 in"));
  expect(dialog.getByText("You leave it out.")).toBeTruthy();
  await user.click(dialog.getByText("Make 1 statement"));
  expect(await screen.findByText("1 statement is on the record.")).toBeTruthy();
  expect(standing()).toMatchObject([{ by: "XAA", level: "support", reason: "We welcome the report." }]);
});
