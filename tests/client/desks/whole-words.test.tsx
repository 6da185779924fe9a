import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { aNegotiation, idOf, p } from "../../support/negotiations.ts";

const talks = aNegotiation(
  p([
    { t: "text", text: "Recalling paragraph " },
    { t: "ref", to: idOf(2) },
    { t: "text", text: ", States agree" },
    { t: "footnote", id: "f1", text: "[Osterlich reserves its position.]" },
    { t: "text", text: "." },
  ]),
  p([
    { t: "text", text: "States take note" },
    { t: "footnote", id: "f2", text: "Pending." },
    { t: "text", text: "." },
  ]),
);
vi.mock("../../../client/live/use-negotiation.ts", () => ({
  useNegotiation: () => ({ record: talks.record, text: talks.text, report: talks.report({ kind: "team" }) }),
}));
const { WholeWords } = await import("../../../client/report/whole-words.tsx");

afterEach(cleanup);

test("what is gavelled is shown with the numbers of its references, and its footnotes written out", () => {
  render(<WholeWords content={talks.text[0]!.content} />);
  expect(document.querySelector("p")?.textContent).toContain("Recalling paragraph 2, States agree");
  expect(screen.getByText("[Osterlich reserves its position.]", { selector: "li" })).toBeDefined();
});

test("[NUM11] its footnotes have the numbers that they have in the whole report", () => {
  render(<WholeWords content={talks.text[1]!.content} />);
  expect(document.querySelector("sup")?.textContent).toMatch(/^2/);
  expect(document.querySelector("ol")?.start).toBe(2);
});
