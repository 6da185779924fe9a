import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toMarkdown } from "../../../server/publication/markdown.ts";
import { importText } from "../../../shared/domain/import-text.ts";
import { numberText } from "../../../shared/domain/numbering.ts";
import { canonicalText } from "../../../shared/domain/wording.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { ProposalId } from "../../../shared/domain/values.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, p } from "../../support/negotiations.ts";
import { printed } from "../../support/printed.ts";
import { composed } from "../../support/composed.ts";
import { aText, block, carried, newId, words } from "../../support/random-report.ts";

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
Distr.: Limited
Original: English
status: Not adopted
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

describe("a bracket made of a proposal", () => {
  const bracketed = (): ANegotiation => {
    const talks = aNegotiation(p("States should act."));
    const about = { paragraph: talks.text[0]!.id, wording: talks.wordingOf(1) };
    const proposal = talks.does("delegation:XAA", { kind: "table-proposal", ...about, text: "States shall act." });
    talks.does("chair", { kind: "dispose-proposal", proposal: proposal as ProposalId, fate: "bracketed" });
    return talks.circulates();
  };

  test("[PUB19] bears its sponsor as a comment in Markdown, which is not read back", () => {
    const talks = bracketed();
    const written = toMarkdown(talks.report({ kind: "team" }));
    expect(written).toContain("1. States [should][<!-- Freedonia -->shall] act.");
    expect(canonicalText(importText(written, "markdown", newId).text[0]!.content)).toBe("States [should][shall] act.");
  });

  test("[PUB19] bears its sponsor as a remark on its words in review, and nobody where nobody may be known", () => {
    const talks = bracketed();
    const first = (viewer: Viewer) => printed(talks, "review", viewer).parts[0]!.blocks[0]!;
    const { pieces, remarks: said } = first({ kind: "team" });
    expect(said).toMatchObject([{ by: "Freedonia", onWords: true }]);
    expect(pieces.filter((piece) => piece.remarks?.includes(0))).toMatchObject([{ text: "shall" }]);
    expect(pieces.map(({ text }) => text).join("")).toBe("States [should][shall] act.");
    expect(first(thePublic).remarks).toEqual([]);
  });
});
