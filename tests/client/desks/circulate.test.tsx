/** *Circulate* says what goes to the delegations. */
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { aNegotiation, idOf, p } from "../../support/negotiations.ts";
import { openDesk } from "./support.tsx";

test("[ALT7] where only alternatives changed it says so, and counts no words", async () => {
  const told = aNegotiation(p("States decide."), p("States may consult.")).circulates();
  told.text = [
    ...told.text,
    { ...told.text[1]!, id: idOf(3), content: [{ t: "text", text: "States shall consult." }] },
  ];
  told.does("chair", { kind: "group-alternatives", paragraphs: [idOf(2), idOf(3)] });
  told.removes(3);
  await openDesk(told, "chair", "/circulate");
  const dialog = within(await screen.findByRole("dialog", { name: "Circulate" }));
  expect(dialog.getByText(/^No words change\. Which paragraphs are alternatives/)).toBeTruthy();
  expect(dialog.queryByText(/\d+ changes?/)).toBeNull();
});
