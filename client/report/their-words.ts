/** What an objection asks for, as a change to the paragraph as it is now: shown to its author before it is stated, and the chair's one click *Use their words*. Pure. */
import { wordsAs } from "../../shared/domain/folds/proposals.ts";
import type { Record } from "../../shared/domain/record.ts";
import type { WordChange } from "../../shared/domain/remedies.ts";
import { changesAt } from "../../shared/domain/remedies.ts";
import type { ComposedParagraph, SeenPosition } from "../../shared/domain/report.ts";
import { redline } from "../../shared/domain/redline.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { embedCharacter, flatText, joinContent, sliceContent } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { rangeToday } from "./content.tsx";

/**
 * The changes, from the last place to the first, so that each can be made without moving the others.
 * @param earlier the words before those that it is about, for going back to them
 * @returns null when the remedy asks for something else than words, or for words in a place that is no longer there.
 */
export function changesFor(
  { remedy, span, stale, standing }: Pick<SeenPosition, "remedy" | "span" | "stale" | "standing">,
  paragraph: Pick<ComposedParagraph, "content" | "text">,
  earlier: readonly Inline[] | null = null,
): readonly WordChange[] | null {
  if (!remedy) return null;
  const flat = flatText(paragraph.content);
  if (remedy.kind === "revert") return earlier && changesBack(flat, flatText(earlier));
  const place = span ? rangeToday({ span, stale, standing }, paragraph) : { from: 0, to: flat.length };
  if (!place) return null;
  return changesAt(remedy, flat, place, span !== undefined);
}

/** Null where nothing would change, or a footnote or reference would have to come or go: that takes more than words. */
function changesBack(flat: string, earlier: string): readonly WordChange[] | null {
  const changes: WordChange[] = [];
  let at = 0;
  for (const { kind, text } of redline(flat, earlier)) {
    if (kind !== "same" && text.includes(embedCharacter)) return null;
    if (kind === "deleted") changes.unshift({ from: at, to: at + text.length, words: "" });
    else if (kind === "inserted" && changes[0]?.to === at) changes[0] = { ...changes[0], words: text };
    else if (kind === "inserted") changes.unshift({ from: at, to: at, words: text });
    if (kind !== "inserted") at += text.length;
  }
  return changes.length > 0 ? changes : null;
}

/** The paragraph as these changes would make it. */
export function contentAfter(content: readonly Inline[], changes: readonly WordChange[]): readonly Inline[] {
  return changes.reduce<readonly Inline[]>(
    (now, { from, to, words }) =>
      joinContent([
        sliceContent(now, 0, from),
        words === "" ? [] : [{ t: "text", text: words }],
        sliceContent(now, to, flatText(now).length),
      ]),
    content,
  );
}

/** The wording in circulation before the one that a position is about; null where that was the first. */
export function earlierWords(
  record: Record,
  paragraph: ParagraphId,
  { wording }: Pick<SeenPosition, "wording">,
): readonly Inline[] | null {
  const had = record.wordings.get(paragraph) ?? [];
  const earlier = had[had.indexOf(wording) - 1];
  return earlier === undefined ? null : wordsAs(record, paragraph, earlier);
}
