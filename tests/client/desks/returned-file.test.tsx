/** A file that comes back, on the desk of its delegation (SPEC: RET): seen, chosen, tabled, and what became of each. */
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { allProposals } from "../../../shared/domain/proposals.ts";
import type { WordingHash } from "../../../shared/domain/values.ts";
import type { Returned } from "../../../shared/domain/returned.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, idOf, p } from "../../support/negotiations.ts";
import { openDesk } from "./support.tsx";

const text = (words: string): Returned["proposals"][number]["base"] => [{ t: "text", text: words }];
const none = { unchanged: 0, proposed: 0, untabled: 0, anothers: 0, around: 0, empty: 0 };
const aFile = (talks: ANegotiation, more: Partial<Returned> = {}): Returned => {
  const plain = { to: null, how: "plain" as const, by: ["Jane Doe"], isSure: true };
  const wording = (index: number): WordingHash => talks.wordingOf(index);
  return {
    origin: { slug: "working-group", seq: 3, mode: "clean" },
    proposals: [
      {
        ...plain,
        change: "replace",
        paragraph: idOf(1),
        wording: wording(1),
        base: text("States should cooperate."),
        content: text("States shall cooperate."),
      },
      {
        ...plain,
        change: "delete",
        paragraph: idOf(2),
        wording: wording(2),
        base: text("They report."),
        content: null,
        by: [],
        isSure: false,
      },
    ],
    comments: [
      {
        by: "Jane Doe",
        at: null,
        text: "Too weak.",
        paragraph: idOf(1),
        wording: wording(1),
        span: null,
        answers: null,
      },
      {
        by: "Jane Doe",
        at: null,
        text: "By when?",
        paragraph: idOf(2),
        wording: wording(2),
        span: null,
        answers: null,
      },
    ],
    untabled: [{ why: "order", paragraph: idOf(2), text: "They report." }],
    accounted: {
      paragraphs: { ...none, unchanged: 4, proposed: 1, untabled: 1 },
      tracked: none,
      comments: { returned: 2, ours: 0 },
    },
    notices: { image: 2 },
    ...more,
  };
};

async function upload(talks: ANegotiation, file = aFile(talks)) {
  const desk = await openDesk(talks, "delegation:XAB");
  desk.reads(file);
  await desk.user.upload(screen.getByLabelText("Upload a Word or LibreOffice file"), new File(["x"], "report.docx"));
  return { desk, dialog: await screen.findByRole("dialog", { name: "What the file asks for" }) };
}

test("[RET5] [RET6] everything in the file is shown, what is unsure is not ticked, and nothing is recorded", async () => {
  const talks = aNegotiation(p("States should cooperate."), p("They report."));
  const { dialog } = await upload(talks);
  const ticks = within(dialog).getAllByRole<HTMLInputElement>("checkbox");
  expect(ticks.map(({ checked }) => checked)).toEqual([true, false]);
  for (const words of [
    "shall",
    "Too weak.",
    "stands in another place",
    "Pictures, left out: 2",
    "4 paragraphs as they were",
  ])
    expect(dialog.textContent).toContain(words);
  expect(allProposals(talks.record)).toEqual([]);
});

test("a file that asks for nothing is told and closed, and a file of something else is said to be that", async () => {
  const talks = aNegotiation(p("States should cooperate."), p("They report."));
  const accounted = { paragraphs: none, tracked: none, comments: { returned: 0, ours: 0 } };
  const { desk, dialog } = await upload(talks, aFile(talks, { origin: null, proposals: [], comments: [], accounted }));
  expect(dialog.textContent).toContain("was not printed from this report");
  expect(dialog.textContent).toContain("asks for nothing");
  expect(within(dialog).queryByRole("button", { name: /^Table/ })).toBeNull();
  await desk.user.click(within(dialog).getByRole("button", { name: "Done" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("of a file that was printed from another report nothing is ticked", async () => {
  const talks = aNegotiation(p("States should cooperate."), p("They report."));
  const { dialog } = await upload(talks, aFile(talks, { origin: { slug: "another", seq: 3, mode: "clean" } }));
  const ticks = within(dialog).getAllByRole<HTMLInputElement>("checkbox");
  expect(ticks.map(({ checked }) => checked)).toEqual([false, false]);
  expect(dialog.textContent).toContain("was not printed from this report");
});

test("the report for review can be had where it is brought back, as the delegation sees it", async () => {
  await openDesk(aNegotiation(p("States should cooperate.")), "delegation:XAB");
  const links = within(screen.getByText(/^The report for review/)).getAllByRole<HTMLAnchorElement>("link");
  expect(links.map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
    ["Word", "/n/working-group.docx?seat=delegation%3AXAB&mode=review"],
    ["OpenDocument", "/n/working-group.odt?seat=delegation%3AXAB&mode=review"],
  ]);
});

test("[RET7] a comment becomes what its delegation says it is: a reason, or a position", async () => {
  const talks = aNegotiation(p("States should cooperate."), p("They report."));
  const { desk, dialog } = await upload(talks);
  const [first, second] = within(dialog).getAllByRole("combobox", { name: "Record it as" });
  await desk.user.selectOptions(first!, "The reason of the proposal on this paragraph");
  await desk.user.selectOptions(second!, "Question");
  await desk.user.click(within(dialog).getByRole("button", { name: "Table 1 proposal and 1 position" }));
  await within(dialog).findByRole("button", { name: "Done" });
  expect(dialog.textContent).toContain("2 are on the record.");
  expect(allProposals(talks.record)).toMatchObject([{ by: "XAB", change: "replace", reason: "Too weak." }]);
  expect(desk.standing()).toMatchObject([{ level: "question", reason: "By when?" }]);
});

test("the chair's team brings a delegation's file, and what it asks for is recorded on its behalf", async () => {
  const talks = aNegotiation(p("States should cooperate."), p("They report."));
  const desk = await openDesk(talks, "chair", "/file");
  desk.reads(aFile(talks));
  await desk.user.selectOptions(await screen.findByRole("combobox", { name: "Whose file it is" }), "Sylvania");
  await desk.user.upload(screen.getByLabelText("Upload a Word or LibreOffice file"), new File(["x"], "report.docx"));
  const dialog = await screen.findByRole("dialog", { name: "What the file asks for" });
  const [, second] = within(dialog).getAllByRole("combobox", { name: "Record it as" });
  await desk.user.selectOptions(second!, "Question");
  await desk.user.click(within(dialog).getByRole("button", { name: "Table 1 proposal and 1 position" }));
  await within(dialog).findByRole("button", { name: "Done" });
  expect(desk.readFor).toEqual(["XAB"]);
  expect(allProposals(talks.record)).toMatchObject([{ by: "XAB", confirmed: false }]);
  expect(desk.standing()).toMatchObject([{ level: "question", reason: "By when?", confirmed: false }]);
});

test("what is refused is told with its reason, what did not arrive is tried again, and nothing is tabled twice", async () => {
  const talks = aNegotiation(p("States should cooperate."), p("They report."));
  const plain = aFile(talks);
  const [first, second] = plain.proposals;
  const file = {
    ...plain,
    proposals: [first!, { ...second!, change: "replace", content: text("They report."), isSure: true } as const],
  };
  const { desk, dialog } = await upload(talks, file);
  desk.line.up = false;
  await desk.user.click(within(dialog).getByRole("button", { name: "Table 2 proposals" }));
  const again = await within(dialog).findByRole("button", { name: "Try the rest again" });
  expect(allProposals(talks.record)).toEqual([]);
  desk.line.up = true;
  await desk.user.click(again);
  await within(dialog).findByRole("button", { name: "Done" });
  expect(dialog.textContent).toContain("1 is on the record. 1 was refused.");
  expect(allProposals(talks.record)).toHaveLength(1);
  expect(desk.keys[0]).toBe(desk.keys[1]);
});
