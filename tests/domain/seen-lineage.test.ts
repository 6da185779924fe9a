/** What the lineage says of words that came and went: with their source, their end and its reason (SPEC: LIN). */
import { describe, expect, test } from "vitest";
import { lineageOf } from "../../shared/domain/lineage.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { thePublic } from "../../shared/domain/roster.ts";
import type { LineageRow, SeenAct } from "../../shared/domain/seen-lineage.ts";
import { lineageRows, seeWords } from "../../shared/domain/seen-lineage.ts";
import type { EpochMs, ProposalId, SilenceId } from "../../shared/domain/values.ts";
import { flatText } from "../../shared/domain/text.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const team: Viewer = { kind: "team" };
const about = (table: Table, name: string) => ({ paragraph: idOf(name), wording: table.wording(name) });
const cover = (name: string, reason = "As discussed.") => ({ paragraph: idOf(name), reason });

const sayAct = ({ how, by, reason, isSpent }: SeenAct): string =>
  [how, ...by.map(({ code }) => code), reason && `(${reason})`, isSpent && "spent"].filter(Boolean).join(" ");

/** "words: how, contributors (reason)", from the last step. */
function wordsOf(table: Table, name: string, viewer: Viewer = team): string[] {
  const seeing = { lineage: lineageOf(table.entries), entries: table.entries, viewer };
  return seeWords(seeing, seeing.lineage.steps.at(-1)!, idOf(name)).map(
    ({ text, act }) => `${text.trim()}: ${sayAct(act)}`,
  );
}

function rowsOf(table: Table, viewer: Viewer = team, from: number | null = null): readonly LineageRow[] {
  const seeing = { lineage: lineageOf(table.entries), entries: table.entries, viewer };
  const { steps } = seeing.lineage;
  return lineageRows(seeing, from === null ? null : steps[from]!, steps.at(-1)!);
}

const rowOf = (table: Table, name: string, viewer?: Viewer, from?: number): LineageRow =>
  rowsOf(table, viewer, from).find((row) => row.paragraph === idOf(name))!;

const actsOf = (...asked: Parameters<typeof rowOf>): string[] => rowOf(...asked).acts.map(sayAct);

function proposes(table: Table, code: string, name: string, text: string, change?: "insert-after"): ProposalId {
  return table.do(`delegation:${code}`, {
    kind: "table-proposal",
    ...about(table, name),
    text,
    ...(change && { change }),
  }) as ProposalId;
}

describe("[LIN8] what was circulated before the first version", () => {
  test("is where the lineage begins, and its words are as old as that", () => {
    const table = new Table([paragraph("a", "States cooperate."), paragraph("b", "States consult.")]);
    table.circulate();
    const first = table.record.seq;
    table.retype("a", "States cooperate freely.");
    table.do("chair", { kind: "issue-version" });
    const { steps } = lineageOf(table.entries);
    expect(steps.map(({ seq, version }) => version?.name ?? seq)).toEqual([first, "zero-draft"]);
    const stepsOf = (name: string) =>
      steps
        .at(-1)!
        .words.get(idOf(name))!
        .map(({ text, origin }) => [text, origin.step]);
    expect(stepsOf("b")).toEqual([["States consult.", first]]);
    expect(stepsOf("a")).toEqual([
      ["States cooperate ", first],
      ["freely", table.record.seq],
      [".", first],
    ]);
    expect(rowOf(table, "a", thePublic, 0)).toMatchObject({
      old: [{ number: "1" }],
      acts: [{ how: "redrafted", seq: table.record.seq }],
    });
    expect(actsOf(table, "b", thePublic, 0)).toEqual([]);
  });

  test("is no step of its own where the first version says the same", () => {
    const table = new Table([paragraph("a", "States cooperate.")]);
    table.circulate();
    table.circulate();
    table.do("chair", { kind: "issue-version" });
    expect(lineageOf(table.entries).steps.map(({ version }) => version?.name)).toEqual(["zero-draft"]);
  });
});

describe("[LIN9] what is gone", () => {
  test("stands in the table with its last words, the acts on it and their reasons, whenever it came", () => {
    const table = new Table([paragraph("a", "States cooperate."), paragraph("b", "States consult.")]);
    table.do("chair", { kind: "issue-version" });
    table.text = [...table.text, paragraph("c", "States reflect on it."), paragraph("d", "States pause.")];
    table.circulate();
    table.text = table.text.filter(({ id }) => id !== idOf("d"));
    table.do("chair", { kind: "issue-version", covers: [cover("c", "Asked for.")] });
    table.text = table.text.filter(({ id }) => id === idOf("a"));
    table.do("chair", { kind: "issue-version", covers: [cover("b", "Said twice."), cover("c", "Not now.")] });
    const gone = rowsOf(table, thePublic).filter(({ block }) => block === null);
    expect(
      gone.map(({ gone: end, acts, words }) => [
        flatText(end!.last.content),
        end!.step.version?.name,
        acts.map(sayAct),
        words.map(({ text }) => text).join(""),
      ]),
    ).toEqual([
      ["States pause.", "rev-1", ["removed"], "States pause."],
      ["States consult.", "rev-2", ["edit (Said twice.)"], "States consult."],
      ["States reflect on it.", "rev-2", ["edit (Asked for.) spent", "edit (Not now.)"], "States reflect on it."],
    ]);
    expect(rowsOf(table, thePublic, 1).map(({ old }) => old.map(({ number }) => number))).toEqual([
      ["1"],
      ["2"],
      ["3"],
    ]);
  });

  test("of alternatives the one that was not chosen says so, with the reason", () => {
    const table = new Table([paragraph("a", "States may."), paragraph("b", "States shall.")]);
    table.do("chair", { kind: "issue-version" });
    table.do("chair", { kind: "group-alternatives", paragraphs: [idOf("a"), idOf("b")] });
    table.do("chair", {
      kind: "choose-alternative",
      paragraph: idOf("a"),
      others: "annex",
      reason: "More can live with it.",
    });
    table.do("chair", { kind: "issue-version" });
    expect(actsOf(table, "b", thePublic)).toEqual(["not-chosen (More can live with it.)"]);
    expect(flatText(rowOf(table, "b", thePublic).gone!.last.content)).toBe("States shall.");
  });

  test.each([["States cooperate on security."], ["States cooperate on all security."]])(
    "an act none of whose words stands is told to be spent, and what took them out with whoever broke the silence: %s",
    (then) => {
      const table = new Table([paragraph("a", "States cooperate on security.")]);
      table.circulate();
      const proposal = proposes(table, "XAA", "a", "States cooperate on security at all times.");
      table.do("chair", { kind: "dispose-proposal", proposal, fate: "taken-up", reason: "All liked it." });
      table.circulate();
      expect(actsOf(table, "a")).toEqual(["proposal XAA (All liked it.)"]);
      const procedure = table.do("chair", {
        kind: "announce-silence",
        scope: [idOf("a")],
        deadline: (table.now + 80 * 3_600_000) as EpochMs,
        zone: "UTC",
      }) as SilenceId;
      table.do("delegation:XBB", { kind: "break-silence", procedure, reason: "Not at all times." });
      table.do("chair", { kind: "cancel-silence", procedure, reason: "It was broken." });
      table.retype("a", then);
      table.circulate();
      expect(actsOf(table, "a")).toEqual([
        "proposal XAA (All liked it.) spent",
        "broken XBB (Not at all times.)",
        "redrafted",
      ]);
      expect(actsOf(table, "a", thePublic)).toEqual(["proposal spent", "broken", "redrafted"]);
      // Nor is what was typed afterwards of the proposal that is gone.
      expect(wordsOf(table, "a").every((one) => one.endsWith(": drafted"))).toBe(true);
    },
  );

  test("a deletion is of those who had asked for it, and of nobody whose words still stand", () => {
    const table = new Table([
      paragraph("a", "All States cooperate fully on security at all times."),
      paragraph("b", "States consult."),
    ]);
    table.do("chair", { kind: "issue-version" });
    table.do("delegation:XAA", {
      kind: "lodge-position",
      ...about(table, "a"),
      level: "objection",
      reason: "Not always.",
      span: { from: 39, to: 51, quote: "at all times" },
      remedy: { kind: "delete" },
    });
    proposes(table, "XBB", "a", "All States cooperate on security at all times.");
    table.do("delegation:XCC", { kind: "table-proposal", ...about(table, "b"), change: "delete" });
    table.retype("a", "All States cooperate fully on security.");
    table.text = table.text.filter(({ id }) => id !== idOf("b"));
    table.circulate();
    expect(actsOf(table, "a", team, 0)).toEqual(["asked XAA (Not always.)", "redrafted"]);
    expect(actsOf(table, "b", team, 0)).toEqual(["proposal XCC", "removed"]);
    expect(actsOf(table, "a", thePublic, 0)).toEqual(["redrafted"]);
  });
});

describe("[LIN2] words that were asked for are of those who asked", () => {
  const asked = "bearing in mind the needs of landlocked countries";

  test("also where the team wrote them in another paragraph", () => {
    const table = new Table([
      paragraph("a", "States cooperate on security."),
      paragraph("b", "States consult each other."),
    ]);
    table.circulate();
    proposes(table, "XAA", "a", `States cooperate on security, ${asked}.`);
    proposes(table, "XBB", "a", "States cooperate freely on security.");
    table.retype("b", `States consult each other freely and often, ${asked}, and report.`);
    table.circulate();
    expect(wordsOf(table, "b")).toEqual([
      "States consult each other: drafted",
      "freely and often,: drafted",
      `${asked}: proposal XAA`,
      ", and report: drafted",
      ".: drafted",
    ]);
  });

  test.each([["States share what they have learned of it."], ["Capacity building"]])(
    "also where the team typed the paragraph that was proposed: %s",
    (words) => {
      const table = new Table([paragraph("a", "States cooperate on security.")]);
      table.circulate();
      proposes(table, "XAA", "a", words, "insert-after");
      proposes(table, "XBB", "a", "States regret every incident of the past.", "insert-after");
      table.text = [...table.text, paragraph("b", words), paragraph("c", "States look forward to the next session.")];
      table.circulate();
      expect(wordsOf(table, "b")).toEqual([`${words}: proposal XAA`]);
      expect(actsOf(table, "b")).toEqual(["proposal XAA"]);
      expect(wordsOf(table, "c")).toEqual(["States look forward to the next session.: drafted"]);
    },
  );
});

test("[LIN1] words typed and not circulated before a merge are not said to be of it", () => {
  const table = new Table([paragraph("a", "States cooperate on security.")]);
  table.circulate();
  const proposals = [
    proposes(table, "XAA", "a", "States urgently cooperate on security."),
    proposes(table, "XBB", "a", "States cooperate on security, within their means."),
  ];
  table.retype("a", "States cooperate closely on security.");
  const text = "States urgently cooperate closely on security, within their means.";
  table.do("chair", { kind: "merge-proposals", ...about(table, "a"), text, proposals });
  table.circulate();
  expect(wordsOf(table, "a").filter((one) => /closely|urgently|means/.test(one))).toEqual([
    "urgently: proposal XAA",
    "closely: drafted",
    ", within their means: proposal XBB",
  ]);
});

describe("[LIN5] who may not know of a proposal that was taken up", () => {
  const taken = (disclosure: "closed" | "delegations") => {
    const table = new Table([paragraph("a", "States cooperate on security.")], { disclosure });
    table.do("chair", { kind: "issue-version" });
    const proposal = proposes(table, "XAA", "a", "States cooperate closely on security.");
    table.do("chair", { kind: "dispose-proposal", proposal, fate: "taken-up", reason: "All liked it." });
    return table;
  };

  test("is told of an edit by the version that brought it, and of no entry that is sealed for them", () => {
    const table = taken("closed");
    table.do("chair", { kind: "issue-version" });
    const version = table.record.seq;
    const row = rowOf(table, "a", thePublic, 0);
    expect(row.acts).toEqual([{ how: "edit", seq: version, reason: null, by: [], others: 0 }]);
    expect(row.words.map(({ act }) => act.seq)).toEqual([6, version, 6]);
    expect(table.record.versions.at(-1)!.changes).toEqual([
      { paragraph: idOf("a"), kinds: ["reworded"], acts: [{ paragraph: idOf("a"), seq: version, how: "edit" }] },
    ]);
    expect(actsOf(table, "a", team, 0)).toEqual(["proposal XAA (All liked it.)"]);
  });

  test("cannot tell it from what was merely typed before a version states it", () => {
    const [proposed, typed] = [taken("closed"), taken("closed").fork()];
    proposed.circulate();
    expect(actsOf(proposed, "a", thePublic, 0)).toEqual(["redrafted"]);
    expect(wordsOf(proposed, "a", thePublic)[1]).toBe("closely: drafted");
    typed.circulate();
    typed.retype("a", "States cooperate openly on security.");
    typed.circulate();
    expect(actsOf(typed, "a", thePublic, 0)).toEqual(["redrafted"]);
  });
});

test("[LIN3] what was settled with a version is not followed again, and comes out the same", () => {
  const table = new Table([paragraph("a", "States cooperate on security."), paragraph("b", "States consult.")]);
  table.circulate();
  let continued = lineageOf(table.entries);
  for (let round = 0; round < 4; round++) {
    const proposal = proposes(table, "XAA", "a", `${flatText(table.block("a").content)} Round ${round} was held.`);
    table.do("chair", { kind: "dispose-proposal", proposal, fate: "taken-up" });
    table.retype("b", `States consult ${round} times.`);
    continued = lineageOf(table.entries, continued);
    if (round % 2 === 0) table.circulate();
    else table.do("chair", { kind: "issue-version", covers: table.record.versions.length > 0 ? [cover("b")] : [] });
    continued = lineageOf(table.entries, continued);
    const afresh = lineageOf(table.entries);
    expect(continued.steps).toEqual(afresh.steps);
  }
});

test("[MER2] a single new word of a longer change that bridging text uses is its sponsor's", () => {
  const table = new Table([paragraph("a", "States should share information in a timely manner.")]);
  table.circulate();
  table.do("chair", { kind: "issue-version" });
  const proposals = [
    proposes(table, "XAA", "a", "States should share information voluntarily and in a timely manner."),
    proposes(table, "XBB", "a", "States should share information promptly."),
  ];
  const text = "States should share information voluntarily, promptly and responsibly.";
  table.do("chair", { kind: "merge-proposals", ...about(table, "a"), text, proposals });
  table.circulate();
  table.do("chair", { kind: "issue-version" });
  expect(wordsOf(table, "a")).toEqual(
    expect.arrayContaining(["voluntarily: proposal XAA", "promptly: proposal XBB", "responsibly: proposal"]),
  );
});
