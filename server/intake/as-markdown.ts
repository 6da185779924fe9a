/**
 * A document as the Markdown that `importText` reads (SPEC: INT): one text for whatever program it comes from, which can be looked at, put
 * right and sent like any other.
 */
import { markerOf, numberOf } from "../../shared/domain/import-outline.ts";
import { markOf, partBegunBy } from "../../shared/domain/import-text.ts";
import { escaped, guarded, writtenContent } from "../../shared/domain/markdown-inline.ts";
import { letters, roman } from "../../shared/domain/numbering.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { flatText, joinContent, sliceContent } from "../../shared/domain/text.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import type { ReadDocument, ReadParagraph } from "../reading/read-document.ts";
import type { SettledParagraph } from "./settled.ts";

const { say } = voiceIn("en");

/** @param leftOut told of each paragraph that is no text of a report we wrote ourselves */
export function asMarkdown(
  { title, origin, format }: ReadDocument,
  paragraphs: readonly SettledParagraph[],
  leftOut: () => void,
): string {
  const notes: string[] = [];
  const passages: string[] = [];
  const styled = paragraphs.find(({ from }) => /^title$/i.test(from.style));
  const called = styled ? flatText(styled.content) : format === "html" ? null : title;
  if (called?.trim()) passages.push(`---\ntitle: ${called.replace(/\s+/g, " ").trim()}\n---`);
  const mine = origin ? new Set(ownText(paragraphs)) : null;
  const counts = new Counts();
  const said = paragraphs.filter(
    (one) => one !== styled && one.content.some((inline) => inline.t !== "text" || inline.text.trim() !== ""),
  );
  for (const [index, one] of said.entries()) {
    if (mine && !mine.has(one)) {
      leftOut();
      continue;
    }
    const { from } = one;
    const mark = one.mark === null ? "" : ` ${markOf(one.mark)}`;
    const written = (content: readonly Inline[]): string => writtenContent(content, new Map(), notes).trim();
    if (from.cell) {
      const before = said[index - 1]?.from.cell;
      const isSameRow = before?.table === from.cell.table && before.row === from.cell.row;
      const words = written(one.content);
      if (!isSameRow) passages.push(`| ${words} |`);
      else
        passages[passages.length - 1] =
          `${passages.at(-1)!.slice(0, -1)}${before.column === from.cell.column ? "" : "| "}${words} |`;
    } else if (from.heading !== null) {
      // As every report sets it, without "Part two".
      const begins = mine && from.heading === 1 ? partBegunBy(flatText(one.content)) : null;
      const label = from.label ? `${escaped(from.label.text)} ` : "";
      passages.push(
        `${"#".repeat(Math.min(from.heading, 6))} ${begins ? say(`words.part.${begins.part}`) : label + written(one.content).replace(/#$/, "\\#") + mark}`,
      );
    } else passages.push(numbered(one, counts, written) + mark);
  }
  passages.push(...notes.map((note, index) => `[^${index + 1}]: ${guarded(escaped(note))}`));
  return `${passages.join("\n\n")}\n`;
}

/** A paragraph under its number, written in it or set before it by the program, or under none. */
function numbered(
  { from, lead, content }: SettledParagraph,
  counts: Counts,
  written: (content: readonly Inline[]) => string,
): string {
  const level = Number(/^Numbered paragraph ([123])$/.exec(from.style)?.[1] ?? 1) - 1;
  const ours = markerOf(lead.trimStart())?.sign;
  if (ours) return `${indent(level)}${ours} ${guarded(written(content))}`;
  if (from.label) {
    const sign = counts.signOf(from.label);
    return `${indent(from.label.level)}${sign} ${guarded(written(content))}`;
  }
  const flat = flatText(content);
  const number = numberOf(flat);
  if (!number) return guarded(written(content));
  const rest = joinContent([sliceContent(content, 0, number.from), sliceContent(content, number.to, flat.length)]);
  return `${number.sign} ${guarded(written(rest))}`;
}

const indent = (level: number): string => "    ".repeat(Math.min(level, 2));

/** Numbers for lists whose own signs say nothing of their level, such as "1.2.1": counted as the report counts. */
class Counts {
  readonly #counts = [0, 0, 0];

  signOf({ text, level }: NonNullable<ReadParagraph["label"]>): string {
    const known = markerOf(`${text.trim()} x`);
    if (known) return known.sign;
    if (!/[\p{L}\p{N}]/u.test(text)) return "-";
    const at = Math.min(level, 2);
    const count = ++this.#counts[at]!;
    this.#counts.fill(0, at + 1);
    return at === 0 ? `${count}.` : `(${at === 1 ? letters(count) : roman(count)})`;
  }
}

const furniture = /^(?:Masthead|Standing of a part|Proposal|Small print)/;

/** Of a report that we wrote: what stands under the headings of its two parts. The rest is its masthead, its annexes and what is said about them. */
function ownText(paragraphs: readonly SettledParagraph[]): readonly SettledParagraph[] {
  let isInPart = false;
  return paragraphs.filter((one) => {
    const { heading, style, anchors } = one.from;
    if (heading === 1) isInPart = partBegunBy(flatText(one.content))?.bare ?? false;
    return (
      isInPart &&
      (anchors.length > 0 || !(furniture.test(style) || flatText(one.content) === say("publication.emptyPart")))
    );
  });
}
