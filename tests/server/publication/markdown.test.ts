import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toMarkdown } from "../../../server/publication/markdown.ts";
import { importText } from "../../../shared/domain/import-text.ts";
import { numberText, partOf } from "../../../shared/domain/numbering.ts";
import type { Block, Inline, Mark, Text } from "../../../shared/domain/text.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { parts } from "../../../shared/domain/values.ts";
import { canonicalText, wordingOf } from "../../../shared/domain/wording.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import { aNegotiation, p } from "../../support/negotiations.ts";
import { composed } from "../../support/composed.ts";

const words = (text: string, ...marks: Mark[]): Inline => ({ t: "text", text, ...(marks.length > 0 && { marks }) });
let minted = 0;
const newId = () => `n${++minted}` as ParagraphId;
const block = (content: readonly Inline[], more: Partial<Block> = {}): Block => ({
  id: newId(),
  kind: "paragraph",
  level: 0,
  part: "consensus",
  content,
  ...more,
});

test("a report is written with its parts, headings, numbers, footnotes and emphasis", () => {
  const second = block([
    words("States [shall][should]("),
    words("always", "em"),
    words(") "),
    { t: "footnote", id: "f", text: "See *1*." },
  ]);
  const text = [
    block([words("Threats")], { kind: "heading" }),
    block([
      words("In par"),
      words("ti", "strong"),
      words("cular, "),
      words("see ", "em"),
      { t: "ref", to: second.id },
      words(":"),
    ]),
    block([words("1. one_two", "underline")], { level: 1 }),
    second,
    block([words("Some ideas.")], { part: "chair-summary" }),
  ];
  expect(toMarkdown(composed(text, "Report of the [Group]"))).toBe(`---
chair's summary: "The chair's own."
---

# Report of the [Group]

## Consensus text

### Threats

1. In par<strong>ti</strong>cular, <em>see </em>2:

    (a) <u>1. one\\_two</u>

2. States [shall][should]\\(*always*) [^1]

## Chair's summary

### Threats

1. Some ideas.

[^1]: See \\*1\\*.
`);
  expect(toMarkdown(composed(text), "chair-summary")).not.toContain("States");
});

const sign = fc.constantFrom(
  "a",
  "Bc",
  " ",
  "[",
  "]",
  "(",
  ")",
  "*",
  "_",
  "`",
  "<b>",
  "\\",
  "#",
  "- ",
  "1. ",
  "(i) ",
  "|",
  "{:x}",
  "&amp;",
  "^",
  "!",
  "http://x.y",
  "文",
  "😀",
  "=",
  "~",
  ">",
  "+",
  ":",
  "…",
);
const run = fc.tuple(fc.array(sign, { minLength: 1, maxLength: 5 }), fc.subarray<Mark>(["strong", "em", "underline"]));
const content = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: run.map(([signs, marks]) => words(signs.join(""), ...marks)) },
      { weight: 1, arbitrary: run.map(([signs]): Inline => ({ t: "footnote", id: "f", text: signs.join("") })) },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .filter((content) => canonicalText(content) !== "");
const aText = fc.array(
  fc
    .tuple(content, fc.constantFrom(0, 0, 1, 1, 1, 2, 2), fc.nat(9), fc.nat(3))
    .map(([content, level, heading, summary]) =>
      block(content, {
        level,
        kind: heading === 0 ? "heading" : "paragraph",
        part: summary === 0 ? "chair-summary" : "consensus",
      }),
    ),
  { maxLength: 40 },
);

/** Everything of a text that Markdown carries, but for the heading that may be kept to begin a part. */
const carried = (text: Text) =>
  parts.map((part) =>
    partOf(text, part).flatMap(({ id, kind, content }) => {
      const { notes, text: words } = JSON.parse(wordingOf(content).canonical) as { notes: string[]; text: string };
      return words === "Chair's summary" ? [] : [[kind, numberText(text).get(id), words, notes]];
    }),
  );

test("[IMP10] what is written is read back with the same words, footnotes, numbers, headings and parts", () => {
  fc.assert(
    fc.property(aText, (text) => {
      const back = importText(toMarkdown(composed(text)), "markdown", newId);
      expect(carried(back.text)).toEqual(carried(text));
      expect(back.report.title).toBe("Report");
    }),
    { numRuns: 300 },
  );
});

test("[IMP10] points beyond the letter i, and small ones beside them, are read back at their level", () => {
  const level = (count: number, level: number) => Array.from({ length: count }, () => block([words("x")], { level }));
  const text = [
    ...level(1, 0),
    ...level(8, 1),
    ...level(3, 2),
    ...level(1, 1),
    ...level(12, 2),
    ...level(20, 1),
    ...level(2, 2),
  ];
  const back = importText(toMarkdown(composed(text)), "markdown", newId).text;
  expect([...numberText(back).values()]).toEqual([...numberText(text).values()]);
});

test("[IMP10] emphasis is read back", () => {
  const content = [
    words("a "),
    words("b", "em"),
    words(" c"),
    words("d", "strong"),
    words("e "),
    words(" f", "em", "underline"),
    words("g", "strong"),
  ];
  const back = importText(toMarkdown(composed([block(content)])), "markdown", newId).text[0]!;
  expect(back.content).toEqual([
    words("a "),
    words("b", "em"),
    words(" c"),
    words("d", "strong"),
    words("e "),
    words("f", "em", "underline"),
    words("g", "strong"),
  ]);
});

test("[NUM9] a vacant number is a comment where it stood, and what is read back is the text", () => {
  const talks = aNegotiation(p("One stands."), p("Two stands."), p("Three stands."));
  talks.does("chair", { kind: "issue-version" });
  talks.removes(2).circulates();
  const written = toMarkdown(talks.report(thePublic));
  expect(written).toContain("1. One stands.\n\n<!-- [2 deleted] -->\n\n3. Three stands.");
  expect(importText(written, "markdown", newId).text.map(({ content }) => canonicalText(content))).toEqual([
    "One stands.",
    "Three stands.",
  ]);
});
