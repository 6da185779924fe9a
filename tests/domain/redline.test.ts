import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChangeKind } from "../../shared/domain/redline.ts";
import { changedBlocks, redline } from "../../shared/domain/redline.ts";
import type { Block, Inline, Text } from "../../shared/domain/text.ts";
import type { ParagraphId, Part } from "../../shared/domain/values.ts";

/** `[-deleted-]{+inserted+}` */
const line = (from: string, to: string) =>
  redline(from, to)
    .map(({ kind, text }) => ({ same: text, deleted: `[-${text}-]`, inserted: `{+${text}+}` })[kind])
    .join("");

test.each([
  ["a word", "States should cooperate", "States shall cooperate", "States [-should-]{+shall+} cooperate"],
  ["a number", "by 2,030 or 2.5%", "by 2,035 or 3.5%", "by [-2,030-]{+2,035+} or [-2.5-]{+3.5+}%"],
  [
    "a phrase",
    "measures to reduce emissions",
    "urgent steps to reduce emissions",
    "[-measures-]{+urgent steps+} to reduce emissions",
  ],
  ["an insertion", "States cooperate.", "States [should] cooperate.", "States {+[should] +}cooperate."],
  ["a deletion", "States should always cooperate", "States should cooperate", "States should [-always -]cooperate"],
  ["words side by side", "the large old house", "the small new house", "the [-large old-]{+small new+} house"],
  ["an apostrophe", "the Chair’s text", "the Chairs’ text", "the [-Chair’s-]{+Chairs’+} text"],
  ["Chinese", "决定于2027年举行会议", "决定于2028年在纽约举行会议", "决定于[-2027-]{+2028+}年{+在纽约+}举行会议"],
  [
    "Arabic",
    "يقرر عقد اجتماع في عام 2027",
    "يقرر عقد اجتماع للجمعية في عام 2028",
    "يقرر عقد اجتماع {+للجمعية +}في عام [-2027-]{+2028+}",
  ],
  ["nothing", "States", "States", "States"],
  ["everything", "", "States cooperate", "{+States cooperate+}"],
  ["nothing at all", "", "", ""],
])("[RED1] %s is shown by whole words", (_name, from, to, expected) => {
  expect(line(from, to)).toBe(expected);
});

const wording = fc.array(
  fc.constantFrom("shall", "should", " ", " ", "  ", "[", "]", ".", "2.5", "文", "a", "\uD83D", "😀", "\uFFFC"),
  {
    maxLength: 30,
  },
);

test("[RED2] leaving out one kind of run gives each wording, letter by letter", () => {
  fc.assert(
    fc.property(wording, wording, (a, b) => {
      const [from, to] = [a.join(""), b.join("")];
      const runs = redline(from, to);
      const without = (kind: string) =>
        runs
          .filter((run) => run.kind !== kind)
          .map((run) => run.text)
          .join("");
      expect(without("inserted")).toBe(from);
      expect(without("deleted")).toBe(to);
      for (const [index, run] of runs.entries())
        expect(run.text !== "" && run.kind !== runs[index - 1]?.kind).toBe(true);
    }),
    { numRuns: 500 },
  );
});

const long = (word: string) => Array.from({ length: 3000 }, (_, index) => `${word}${index}`).join("");

test("[RED2] wordings too different to compare are shown one after the other", () => {
  const runs = redline(`The ${long("a,")} end`, `The ${long("b,")} end`);
  expect(
    runs
      .filter((run) => run.kind === "inserted")
      .map((run) => run.text)
      .join("").length,
  ).toBeGreaterThan(10_000);
  expect(runs.length).toBeLessThan(6000);
});

test("a paragraph of 400 words is compared in a moment", () => {
  const words = Array.from({ length: 400 }, (_, index) => `w${(index * 7) % 97}`);
  const others = words.flatMap((word, index) => (index % 8 === 0 ? ["urgent"] : index % 11 === 0 ? [] : [word]));
  redline(words.join(" "), others.join(" "));
  const from = performance.now();
  redline(words.join(" "), others.join(" "));
  expect(performance.now() - from).toBeLessThan(50); // ten times the figure
});

const block = (id: string, words = id, more: Partial<Block> = {}): Block => ({
  id: id as ParagraphId,
  kind: "paragraph",
  level: 0,
  part: "consensus",
  content: [{ t: "text", text: words }],
  ...more,
});
const kinds = (before: Text, after: Text): [string, readonly ChangeKind[]][] =>
  changedBlocks(before, after).map((change) => [change.id, change.kinds]);

const ids = (order: string) => order.split("").map((id) => block(id));

describe("what changed between two texts", () => {
  const text = ["a", "b", "c", "d", "e"].map((id) => block(id));

  test("[RED3] a text that is the same, however its runs are cut, has no changes", () => {
    expect(kinds(text, ids("abcde"))).toEqual([]);
    const cut: Inline[] = [
      { t: "text", text: "a" },
      { t: "text", text: "b" },
      { t: "footnote", id: "2", text: "n" },
    ];
    const whole: Inline[] = [
      { t: "text", text: "ab" },
      { t: "footnote", id: "1", text: "n" },
    ];
    expect(kinds([block("a", "", { content: cut })], [block("a", "", { content: whole })])).toEqual([]);
  });

  test("[RED3] each block says in every way how it changed", () => {
    const after = [
      block("a", "other words", { level: 1 }),
      block("b", "b", { part: "chair-summary" }),
      block("c", "c", { content: [{ t: "text", text: "c", marks: ["em"] }] }),
      block("d", "d", { kind: "heading", part: "chair-summary" }),
      block("f"),
    ];
    expect(kinds(text, after)).toEqual([
      ["a", ["reworded", "level"]],
      ["b", ["part"]],
      ["c", ["appearance"]],
      ["d", ["kind"]],
      ["e", ["removed"]],
      ["f", ["added"]],
    ]);
  });

  test("[RED3] a heading's part is nobody's change", () => {
    const heading = block("h", "Threats", { kind: "heading" });
    expect(kinds([heading], [{ ...heading, part: "chair-summary" }])).toEqual([]);
  });

  test("[RED4] what was removed is shown after what it stood after", () => {
    expect(changedBlocks(text, ids("bde")).map((change) => change.id)).toEqual(["a", "c"]);
    expect(kinds(text, ids("fb"))).toEqual([
      ["a", ["removed"]],
      ["f", ["added"]],
      ["c", ["removed"]],
      ["d", ["removed"]],
      ["e", ["removed"]],
    ]);
  });

  test("[RED5] a paragraph that was moved is named, and those it passed are not", () => {
    expect(kinds(text, ids("bcdae"))).toEqual([["a", ["order"]]]);
    expect(kinds(text, ids("eabcd"))).toEqual([["e", ["order"]]]);
    expect(kinds(text, ids("xabecd")).map(([id]) => id)).toEqual(["x", "e"]);
  });

  test("[RED3] the changes are complete: nothing that differs is silent", () => {
    const anId = fc.constantFrom(..."abcdefgh".split(""));
    const aBlock = fc.tuple(
      anId,
      fc.constantFrom("x", "y"),
      fc.nat(1),
      fc.constantFrom<Part[]>("consensus", "chair-summary"),
    );
    const aText = fc
      .uniqueArray(aBlock, { selector: ([id]) => id, maxLength: 8 })
      .map((blocks) => blocks.map(([id, words, level, part]) => block(id, words, { level, part })));
    fc.assert(
      fc.property(aText, aText, (before, after) => {
        const changes = new Map(changedBlocks(before, after).map((change) => [change.id, change]));
        const steady = (text: Text) => text.filter((one) => !changes.has(one.id));
        expect(steady(after)).toEqual(steady(before));
        expect(changes.size).toBe(changedBlocks(before, after).length);
      }),
    );
  });
});
