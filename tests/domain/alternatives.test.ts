/** Alternatives of whole paragraphs, rule by rule (SPEC: ALT). */
import { describe, expect, test } from "vitest";
import type { Command } from "../../shared/domain/commands.ts";
import { namedAlternatives } from "../../shared/domain/alternatives.ts";
import { burnDown } from "../../shared/domain/burn-down.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import { importText } from "../../shared/domain/import-text.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Text } from "../../shared/domain/text.ts";
import { flatText } from "../../shared/domain/text.ts";
import type { EpochMs, ParagraphId } from "../../shared/domain/values.ts";
import { differencesOf } from "../../shared/domain/versions.ts";
import { bracketedDrafts } from "../support/negotiated-texts.ts";
import { present } from "../../shared/domain/disclosure.ts";
import { thePublic, viewerOf } from "../../shared/domain/roster.ts";
import { evolveSeen, nothingSeen } from "../../shared/domain/seen-record.ts";
import { actor, heading, idOf, paragraph, Table } from "../support/table.ts";

const team = { kind: "team" } as const;

const aTable = (): Table => {
  const table = new Table([
    heading("h", "Norms"),
    paragraph("a", "States decide."),
    paragraph("b", "States should share."),
    paragraph("b1", "what they know;", { level: 1 }),
    paragraph("c", "States shall share."),
    paragraph("c1", "all that they know;", { level: 1 }),
    paragraph("d", "No text."),
    paragraph("e", "States meet."),
    paragraph("s", "Some States proposed a fund.", { part: "chair-summary" }),
  ]);
  table.circulate();
  return table;
};
const grouping = (...names: string[]): Command => ({ kind: "group-alternatives", paragraphs: names.map(idOf) });
const choosing = (
  name: string,
  others: "chair-summary" | "annex" | "removed",
  reason = "most can accept it",
): Command => ({
  kind: "choose-alternative",
  paragraph: idOf(name),
  others,
  reason,
});
const numbers = (table: Table): string => {
  const now = numbersToday(table.record, table.text).numbers;
  return table.text.flatMap(({ id }) => now.get(id) ?? []).join(" · ");
};

describe("the relation", () => {
  test("[ALT1] is made and taken back by the chair's team, and changes no words", () => {
    const table = aTable();
    const before = table.text;
    expect(table.refusal("delegation:XAA", grouping("b", "c"))).toBe("not-allowed");
    table.do("secretariat", grouping("b", "c"));
    expect(table.refusal("secretariat", grouping("c", "b"))).toBe("nothing-changes");
    expect(table.text).toBe(before);
    table.do("secretariat", { kind: "ungroup-alternative", paragraph: idOf("c") });
    expect(table.refusal("chair", { kind: "ungroup-alternative", paragraph: idOf("b") })).toBe("no-alternative");
    expect(numbers(table)).toBe("1 · 2 · 2(a) · 3 · 3(a) · 4 · 5 · 1");
  });

  test("[ALT2] holds between neighbours of one part and one level", () => {
    const table = aTable();
    for (const names of [["b"], ["b", "d"], ["b", "c1"], ["e", "s"], ["h", "a"], ["b", "z"]])
      expect([names, table.refusal("chair", grouping(...names))]).toEqual([names, "alternatives-unfit"]);
    expect(table.refusal("chair", grouping("b", "c", "d"))).toBeNull();
  });
});

describe("their labels", () => {
  test("[ALT3] alternatives take one number, called by the scheme of the negotiation", () => {
    const table = aTable();
    table.do("chair", grouping("b", "c", "d"));
    expect(numbers(table)).toBe("1 · 2 Alt 1 · 2 Alt 1(a) · 2 Alt 2 · 2 Alt 2(a) · 2 Alt 3 · 3 · 1");
    expect(table.refusal("secretariat", { kind: "set-label-scheme", scheme: "bis" })).toBe("only-the-chair");
    table.do("chair", { kind: "set-label-scheme", scheme: "bis" });
    expect(numbers(table)).toBe("1 · 2 · 2(a) · 2 bis · 2 bis(a) · 2 ter · 3 · 1");
    table.do("chair", { kind: "set-label-scheme", scheme: "letter" });
    expect(numbers(table)).toContain("2 Alternative A · 2 Alternative A(a) · 2 Alternative B");
    table.do("chair", { kind: "set-label-scheme", scheme: "option" });
    expect(numbers(table)).toContain("2 Option 3 · 3");
  });

  test("[ALT3] points are alternatives inside their sign", () => {
    const table = aTable();
    table.text = table.text.toSpliced(4, 0, paragraph("b2", "what they learn;", { level: 1 }));
    table.do("chair", grouping("b1", "b2"));
    expect(numbers(table)).toContain("2 · 2(a Alt 1) · 2(a Alt 2) · 3 · 3(a)");
  });

  test("[ALT3] between versions the number of the first holds, and what is inserted is named after what it follows", () => {
    const table = aTable();
    table.do("chair", { kind: "issue-version", label: "Rev.1" });
    table.do("chair", grouping("b", "c"));
    expect(numbers(table)).toBe("1 · 2 Alt 1 · 2 Alt 1(a) · 2 Alt 2 · 2 Alt 2(a) · 4 · 5 · 1");
    expect(numbersToday(table.record, table.text).vacancies).toMatchObject([
      { number: "3", why: "moved" },
      { number: "3(a)", why: "moved" },
    ]);
    table.text = table.text.toSpliced(4, 0, paragraph("n", "A new one."));
    table.do("chair", { kind: "set-label-scheme", scheme: "bis" });
    const labels = numbers(table).split(" · ");
    expect(new Set(labels.slice(0, -1)).size).toBe(labels.length - 1); // no label twice in a part
    table.text = table.text.filter(({ id }) => id !== idOf("n"));
    table.do("chair", { kind: "set-label-scheme", scheme: "alt" });
    table.do("chair", { kind: "issue-version", label: "Rev.2" });
    expect(numbers(table)).toBe("1 · 2 Alt 1 · 2 Alt 1(a) · 2 Alt 2 · 2 Alt 2(a) · 3 · 4 · 1");
    expect(numbersToday(table.record, table.text).vacancies).toEqual([]);
  });
});

describe("found in a text", () => {
  let minted = 0;
  const newId = () => `n${++minted}x`.padEnd(22, "0") as ParagraphId;
  const named = (text: Text) =>
    namedAlternatives(text).map((ids) => ids.map((id) => text.findIndex((block) => block.id === id)));

  test("[ALT4] paragraphs that call themselves options, one after another from 1", () => {
    const { text } = importText(
      [
        "**Option 1:** Parties shall.",
        "    (a) At once;",
        "**Option 2:** [Parties should.]",
        "Parties meet.",
        "Option 1 was preferred by some.",
        "Parties end.",
        "Alt 1. One.",
        "Alt 3. Not the second.",
      ].join("\n\n"),
      "markdown",
      newId,
    );
    expect(named(text)).toEqual([[0, 2]]);
  });

  if (bracketedDrafts.length > 0)
    test("[ALT4] the options of the Paris drafts, as long as there are any", () => {
      const found = bracketedDrafts
        .filter(({ name }) => name.startsWith("agreement"))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ markdown }) => {
          const groups = named(importText(markdown, "markdown", newId).text);
          return [groups.length, groups.flat().length];
        });
      // Groups and paragraphs in them. Options that run through several levels are left to the chair.
      expect(found).toEqual([
        [20, 46],
        [11, 29],
        [3, 8],
        [0, 0],
      ]);
    });
});

describe("choosing", () => {
  test("[ALT5] needs a reason; the others go to the chair's summary with their points", () => {
    const table = aTable();
    expect(table.refusal("chair", choosing("b", "removed"))).toBe("no-alternative");
    table.do("chair", grouping("b", "c", "d"));
    expect(table.refusal("chair", choosing("b", "removed", " "))).toBe("reason-needed");
    table.do("chair", choosing("b", "chair-summary"));
    const report = composeReport(table.record, table.text, team);
    expect(report.parts.consensus.map(({ number, text }) => `${number} ${text}`.trim())).toEqual([
      "Norms",
      "1 States decide.",
      "2 States should share.",
      "2(a) what they know;",
      "3 States meet.",
    ]);
    expect(report.parts.chairSummary.map(({ text }) => text)).toEqual([
      "Norms",
      "States shall share.",
      "all that they know;",
      "No text.",
      "Some States proposed a fund.",
    ]);
  });

  test("[ALT5] or to the annex, or out of the text, and neither is a silent change", () => {
    for (const to of ["annex", "removed"] as const) {
      const table = aTable();
      table.do("chair", { kind: "issue-version", label: "Rev.1" });
      table.do("chair", grouping("b", "c"));
      table.do("chair", choosing("c", to));
      expect(table.text.map(({ id }) => id)).not.toContain(idOf("b1"));
      const { annex } = composeReport(table.record, table.text, { kind: "public" });
      expect(annex.flatMap(({ paragraph: id, alternatives }) => alternatives.map(({ text }) => [id, text]))).toEqual(
        to === "annex" ? [[idOf("c"), "States should share."]] : [],
      );
      expect(differencesOf(table.record, table.text).filter(({ open }) => open.length > 0)).toEqual([]);
      table.do("chair", { kind: "issue-version", label: "Rev.2" });
      expect(numbers(table)).toBe("1 · 2 · 2(a) · 3 · 4 · 1");
    }
  });

  test("[ALT5] all of the others go, or none when one of them is agreed; objections to them stand", () => {
    const table = aTable();
    table.do("chair", grouping("b", "c"));
    const objection = table.object("XAA", "b");
    table.gavel("c1");
    expect(table.refusal("chair", choosing("b", "removed"))).toBe("agreed");
    table.do("chair", choosing("c", "removed"));
    table.circulate();
    expect(table.position(objection)).toMatchObject({ standing: "standing", on: [] });
  });
});

test("[REP5] alternatives are one step to consensus, of as many words as go at least, and each keeps what else stands on it", () => {
  const table = aTable();
  table.do("chair", grouping("b", "c"));
  const overview = () => composeReport(table.record, table.text, team).overview;
  const lengths = ["b", "c"].map((name) => flatText(table.block(name).content).split(" ").length);
  const words = Math.min(...lengths);
  expect(overview()).toMatchObject({
    blocked: 1,
    steps: [{ paragraph: idOf("b"), kinds: ["alternatives"], words }],
    smallest: { things: 1, words },
  });
  table.object("XAA", "c");
  expect(overview().steps.map(({ paragraph: id, kinds }) => [id, kinds])).toEqual(
    expect.arrayContaining([
      [idOf("b"), ["alternatives"]],
      [idOf("c"), ["objection"]],
    ]),
  );
});

test("[ALT6] [SIL3] unchosen alternatives stand in the way of the adoption and of silence, are counted by section, and change no status", () => {
  const table = aTable();
  table.do("chair", grouping("b", "c"));
  const { blockers } = composeReport(table.record, table.text, team);
  expect(blockers.map(({ paragraph: id, why }) => [id, why])).toEqual([
    [idOf("b"), "alternatives"],
    [idOf("c"), "alternatives"],
  ]);
  expect(table.status("b")).toBe("open");
  expect(table.refusal("chair", { kind: "adopt" })).toBe("not-settled");
  const silence = {
    kind: "announce-silence",
    scope: "whole",
    deadline: (table.now + 80 * 3_600_000) as EpochMs,
    zone: "UTC",
  };
  expect(table.refusal("chair", silence as Command)).toBe("not-settled");
  expect(burnDown([table.text], table.record.alternatives).totals).toEqual([
    { brackets: 0, blocks: 0, alternatives: 1 },
  ]);
  table.do("chair", choosing("b", "removed"));
  table.circulate();
  expect(table.refusal("chair", { kind: "adopt" })).toBeNull();
});

test("[SIL4] [ALT1] nothing is grouped that silence runs on: it could not adopt, and the paragraphs would have other numbers", () => {
  const table = aTable();
  table.do("chair", {
    kind: "announce-silence",
    scope: [idOf("b")],
    deadline: (table.now + 73 * 3_600_000) as EpochMs,
    zone: "America/New_York",
  });
  const before = numbers(table);
  expect(table.refusal("secretariat", grouping("b", "c"))).toBe("under-silence");
  expect(table.refusal("chair", grouping("c", "b", "d"))).toBe("under-silence");
  expect(numbers(table)).toBe(before);
  table.do("secretariat", grouping("c", "d"));
});

test("[ALT7] nobody but the team learns of alternatives in the draft that nobody else has read, nor of why one is chosen", () => {
  const table = aTable();
  const at = table.text.findIndex(({ id }) => id === idOf("c"));
  table.text = table.text.toSpliced(at, 0, paragraph("fresh", "States may share."));
  const from = table.entries.length;
  table.do("secretariat", grouping("b", "fresh"));
  table.do("chair", { kind: "ungroup-alternative", paragraph: idOf("fresh") });
  table.do("chair", grouping("b", "fresh"));
  table.do("facilitator", choosing("b", "chair-summary", "too weak"));
  const acts = table.entries.slice(from);
  expect(acts.map(({ what }) => what.kind)).toContain("paragraph-moved");
  for (const viewer of [thePublic, viewerOf(actor("delegation:XAA").seat)]) {
    expect(acts.filter((entry) => !("sealed" in present(entry, viewer, table.record)))).toEqual([]);
    const told = JSON.stringify(acts.map((entry) => present(entry, viewer, table.record)));
    expect(told).not.toContain(idOf("fresh"));
  }
  table.do("chair", grouping("c", "d"));
  expect("sealed" in present(table.entries.at(-1)!, thePublic, table.record)).toBe(false);
});

describe("alternatives to what is not circulated yet", () => {
  const viewers = [thePublic, viewerOf(actor("delegation:XAA").seat), team];
  /** What each reads of the words in circulation, from the record as it gets it. The public also from the whole, as pages do. */
  const readings = (table: Table): string[] => {
    const known = viewers.map((viewer) =>
      evolveSeen(
        nothingSeen,
        table.entries.map((entry) => present(entry, viewer, table.record)),
      ),
    );
    return [...known, table.record].map((record, index) => {
      const { parts, alternatives, annex, overview } = composeReport(record, record.text, viewers[index] ?? thePublic);
      const numbers = parts.consensus.map(({ number }) => number).join(" · ");
      const left = annex.flatMap((one) => one.alternatives.map(({ text }) => text));
      return JSON.stringify([numbers, alternatives.map(({ number }) => number), left, overview.blocked]);
    });
  };
  const aDraft = (): Table => {
    const table = aTable();
    const at = table.text.findIndex(({ id }) => id === idOf("d"));
    table.text = table.text.toSpliced(at, 0, paragraph("fresh", "States may share."));
    return table;
  };
  const agreed = (table: Table): string => {
    const [first, ...others] = readings(table);
    expect(others).toEqual(others.map(() => first));
    return first!;
  };

  test("[ALT7] everybody reads the circulated words with the same numbers and alternatives, before and after they are circulated", () => {
    for (const kind of ["circulate", "issue-version"] as const) {
      const table = aDraft();
      table.do("chair", grouping("c", "fresh"));
      expect(agreed(table)).toContain(" · 1 · 2 · 2(a) · 3 · 3(a) · 4 · 5");
      table.do("chair", { kind });
      expect(agreed(table)).toContain(" · 1 · 2 · 2(a) · 3 Alt 1 · 3 Alt 1(a) · 3 Alt 2 · 4 · 5");
    }
  });

  test("[ALT7] so too where those in circulation had others before, and where one is chosen or taken out in the draft", () => {
    const table = aDraft();
    table.do("chair", grouping("b", "c"));
    const before = agreed(table);
    table.do("chair", grouping("c", "fresh"));
    expect(agreed(table)).toBe(before);
    table.do("chair", grouping("a", "b"));
    expect(agreed(table)).toContain("1 Alt 1 · 1 Alt 2");
    table.do("chair", choosing("fresh", "annex"));
    expect(agreed(table)).not.toContain("States shall share.");
    table.circulate();
    expect(agreed(table)).toContain("1 Alt 1 · 1 Alt 2 · 1 Alt 2(a) · 2 · 3 · 4");
    expect(agreed(table)).toContain("States shall share.");
  });

  test("[ALT7] of one that goes before anybody read it nothing is told", () => {
    const table = aDraft();
    table.do("chair", grouping("c", "fresh"));
    table.text = table.text.filter(({ id }) => id !== idOf("fresh"));
    expect(table.refusal("chair", { kind: "adopt" })).toBe("draft-differs");
    table.circulate();
    expect(JSON.stringify(present(table.entries.at(-1)!, thePublic, table.record))).not.toContain(idOf("fresh"));
    expect(table.record.alternatives).toEqual({ groups: [], left: [] });
    expect(table.refusal("chair", { kind: "adopt" })).toBeNull();
  });

  test("[ALT8] the gavel falls on none of them", () => {
    const table = aDraft();
    const gavel: Command = { kind: "gavel", paragraph: idOf("c"), wording: table.wording("c") };
    expect(table.refusal("chair", gavel)).toBeNull();
    table.do("chair", grouping("c", "fresh"));
    expect(table.refusal("chair", gavel)).toBe("alternatives-open");
    table.circulate();
    expect(table.refusal("chair", gavel)).toBe("alternatives-open");
  });
});

describe("until one is chosen", () => {
  test("[ALT8] it is said above the first, with the number they take between them", () => {
    const table = aTable();
    table.do("chair", grouping("b", "c"));
    expect(composeReport(table.record, table.text, thePublic).alternatives).toEqual([
      { number: "2", paragraphs: [idOf("b"), idOf("c")] },
    ]);
    table.do("chair", { kind: "set-label-scheme", scheme: "bis" });
    expect(composeReport(table.record, table.text, thePublic).alternatives[0]?.number).toBe("2");
    table.do("chair", choosing("c", "annex"));
    expect(composeReport(table.record, table.text, team).alternatives).toEqual([]);
  });

  test("[ALT8] the gavel falls on none of them, and then on the one that stays", () => {
    const table = aTable();
    const gavel = (name: string): Command => ({ kind: "gavel", paragraph: idOf(name), wording: table.wording(name) });
    table.do("chair", grouping("b", "c"));
    expect(["a", "b", "c"].map((name) => table.refusal("chair", gavel(name)))).toEqual([
      null,
      "alternatives-open",
      "alternatives-open",
    ]);
    table.do("chair", choosing("c", "removed"));
    table.circulate();
    expect(table.refusal("chair", gavel("c"))).toBeNull();
  });
});
