/** The wordings of one paragraph side by side, word by word (SPEC: MER): where all agree, and where they part. What the merge desk is made of. */
import type { PlacedHunk } from "./rebase.ts";
import { hunksOf, placeHunks, withHunks } from "./rebase.ts";
import type { Inline } from "./text.ts";
import { flatText, sliceContent } from "./text.ts";
import type { ProposalId } from "./values.ts";
import { piecesOf, wordsOf } from "./words.ts";

/** A wording to be laid beside the others. */
export interface Row {
  readonly id: ProposalId;
  readonly hunks: readonly PlacedHunk[];
}

export interface Variant {
  readonly content: readonly Inline[];
  /** All who ask for just these words here. */
  readonly of: readonly ProposalId[];
}

/** A stretch of the paragraph as it stands, and what the others would have there; none where all agree. */
export interface Column {
  readonly content: readonly Inline[];
  readonly variants: readonly Variant[];
}

/** In the order of the text; the contents of all columns are the paragraph. A hunk without a clean place is in no column. */
export function alignWordings(today: readonly Inline[], rows: readonly Row[]): readonly Column[] {
  const length = flatText(today).length;
  const columns: Column[] = [];
  let at = 0;
  const upTo = (end: number): void => {
    if (at < end) columns.push({ content: sliceContent(today, at, end), variants: [] });
    at = end;
  };
  for (const { from, to } of partings(rows)) {
    upTo(from);
    columns.push({ content: sliceContent(today, from, to), variants: variantsIn(today, from, to, rows) });
    at = to;
  }
  upTo(length);
  return columns;
}

/** Ranges in which at least one wording differs; those that share a letter or a place are one. */
function partings(rows: readonly Row[]): { from: number; to: number }[] {
  const ranges = rows
    .flatMap(({ hunks }) => hunks.flatMap(({ place }) => (place.state === "clean" ? [place] : [])))
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of ranges) {
    const last = merged.at(-1);
    if (last && (from < last.to || (from === last.to && (from === to || last.from === last.to))))
      last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function variantsIn(today: readonly Inline[], from: number, to: number, rows: readonly Row[]): readonly Variant[] {
  const variants = new Map<string, { content: readonly Inline[]; of: ProposalId[] }>();
  for (const { id, hunks } of rows) {
    const inside = hunks.filter(({ place }) => place.state === "clean" && place.from >= from && place.to <= to);
    if (inside.length === 0) continue;
    const shifted = inside.map((hunk): PlacedHunk => ({
      ...hunk,
      place:
        hunk.place.state === "clean"
          ? { ...hunk.place, from: hunk.place.from - from, to: hunk.place.to - from }
          : hunk.place,
    }));
    const content = withHunks(sliceContent(today, from, to), shifted);
    const known = variants.get(flatText(content));
    if (known) known.of.push(id);
    else variants.set(flatText(content), { content, of: [id] });
  }
  return [...variants.values()];
}

/**
 * The words of a proposal that stand in a result and did not before: what it contributed, found by comparing and claimed by nobody. A
 * change that stands there whole is told whole, otherwise each new word of it that was written where the proposal put it.
 */
export function wordsUsed(
  base: readonly Inline[],
  proposed: readonly Inline[],
  before: readonly Inline[],
  result: readonly Inline[],
): readonly string[] {
  const had = placeHunks(base, proposed, before);
  const known = new Set([...wordsOf(flatText(base)), ...wordsOf(flatText(before))]);
  const written = hunksOf(base, result).map(({ from, to, content }) => ({
    from,
    to,
    words: wordsOf(flatText(content)),
  }));
  const used = placeHunks(base, proposed, result).flatMap(({ from, to, content, place }, index) => {
    const words = flatText(content);
    if (place.state === "in-text") return had[index]?.place.state === "in-text" ? [] : [words.trim()];
    // White space between a change and its neighbour belongs to either.
    const here = written.filter((change) => change.from <= to + 1 && from <= change.to + 1);
    const there = new Set(here.flatMap((change) => change.words));
    const isUsed = (word: string): boolean => there.has(word) && !known.has(word);
    return piecesOf(words).filter((piece) => isTelling(piece) && wordsOf(piece).every(isUsed));
  });
  return [...new Set(used)];
}

/** Words that join others are short in most languages, and say nothing of who wrote them; these are the longer ones. */
const joining = new Set(
  "also been dans avec from have into leur leurs para pour such than that their them then there these they this those upon were when where which while with within without".split(
    " ",
  ),
);
const isTelling = (piece: string): boolean => /^\p{L}{4}/u.test(piece) && !joining.has(piece.toLowerCase());
