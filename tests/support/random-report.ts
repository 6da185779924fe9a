/** Texts at random, with every sign that a file might take for its own, and what of them must come back from a file. */
import * as fc from "fast-check";
import { numberText, partOf } from "../../shared/domain/numbering.ts";
import type { Block, Inline, Mark, Text } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { parts } from "../../shared/domain/values.ts";
import { canonicalText, wordingOf } from "../../shared/domain/wording.ts";

export const words = (text: string, ...marks: Mark[]): Inline => ({
  t: "text",
  text,
  ...(marks.length > 0 && { marks }),
});
let minted = 0;
export const newId = () => `n${++minted}` as ParagraphId;
export const block = (content: readonly Inline[], more: Partial<Block> = {}): Block => ({
  id: newId(),
  kind: "paragraph",
  level: 0,
  part: "consensus",
  content,
  ...more,
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
export const aText = fc.array(
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

/** Everything of a text that files carry, but for the heading that may be kept to begin a part. */
export const carried = (text: Text) =>
  parts.map((part) =>
    partOf(text, part).flatMap(({ id, kind, content }) => {
      const { notes, text: words } = JSON.parse(wordingOf(content).canonical) as { notes: string[]; text: string };
      return words === "Chair's summary" ? [] : [[kind, numberText(text).get(id), words, notes]];
    }),
  );
