/** A document whose tracked changes are settled one way, told beforehand: its paragraphs with plain words (SPEC: INT3). */
import type { Inline } from "../../shared/domain/text.ts";
import { joinContent } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import type { TrackedChoice } from "../../shared/wire/intake.ts";
import type { ReadDocument, ReadParagraph, ReadPiece, Tracked } from "../reading/read-document.ts";

export interface SettledParagraph {
  readonly from: ReadParagraph;
  /** What is set before the words of a paragraph that we wrote ourselves: its number. */
  readonly lead: string;
  readonly content: readonly Inline[];
  /** Which paragraph of a report that we wrote it says it is. */
  readonly mark: ParagraphId | null;
}

/** How many changes are tracked in it: what one person inserted or struck in one go counts once. */
export function trackedChanges({ paragraphs }: ReadDocument): number {
  let count = 0;
  let last = "";
  for (const { pieces, end } of paragraphs) {
    for (const tracked of [...pieces, end]) {
      const key = sideOf(tracked) === null ? "" : `${sideOf(tracked)} ${(tracked.inserted ?? tracked.deleted)!.by}`;
      if (key !== "" && key !== last) count++;
      last = key;
    }
  }
  return count;
}

/** @param newId for footnotes */
export function settle(
  { paragraphs }: ReadDocument,
  choice: TrackedChoice,
  newId: () => string,
): readonly SettledParagraph[] {
  const settled: SettledParagraph[] = [];
  // A paragraph whose end is gone goes on in the next one, under the name of the first that has words.
  let goesOn = false;
  for (const from of paragraphs) {
    const { lead, pieces } = withoutLead(from);
    const content = inlineOf(pieces, choice, newId);
    const mark = markOf(from, choice);
    const before = goesOn ? settled.pop() : undefined;
    const joins = before !== undefined && before.content.length > 0;
    settled.push(
      joins
        ? { ...before, content: joinContent([before.content, content]), mark: before.mark ?? mark }
        : { from, lead, content, mark },
    );
    goesOn = isGone(from.end, choice);
  }
  return settled;
}

const sideOf = ({ inserted, deleted }: Tracked): "inserted" | "deleted" | null =>
  deleted ? "deleted" : inserted ? "inserted" : null;

const isGone = (tracked: Tracked, choice: TrackedChoice): boolean =>
  (choice === "accept" && tracked.deleted !== undefined) || (choice === "refuse" && tracked.inserted !== undefined);

/** Of the marks in a paragraph, that which is round the most words that are left. */
function markOf({ anchors, pieces }: ReadParagraph, choice: TrackedChoice): ParagraphId | null {
  let mark: ParagraphId | null = null;
  let most = 0;
  for (const { of, from, to } of anchors) {
    if (of.kind !== "paragraph") continue;
    let at = 0;
    let words = 0;
    for (const piece of pieces) {
      const length = piece.t === "text" ? piece.text.length : 1;
      const within = Math.min(at + length, to ?? Infinity) - Math.max(at, from ?? 0);
      if (within > 0 && !isGone(piece, choice)) words += within;
      at += length;
    }
    if (words > most) [mark, most] = [of.id, words];
  }
  return mark;
}

/** The words after our own mark's beginning, and what stands before it. */
function withoutLead({ anchors, pieces }: ReadParagraph): { lead: string; pieces: readonly ReadPiece[] } {
  const from = anchors.find(({ of }) => of.kind === "paragraph")?.from ?? 0;
  let left = from;
  let lead = "";
  const rest: ReadPiece[] = [];
  for (const piece of pieces) {
    const length = piece.t === "text" ? piece.text.length : 1;
    const taken = Math.min(left, length);
    left -= taken;
    if (piece.t === "text") {
      lead += piece.text.slice(0, taken);
      if (taken < length) rest.push({ ...piece, text: piece.text.slice(taken) });
    } else if (taken === 0) rest.push(piece);
  }
  return { lead, pieces: rest };
}

function inlineOf(pieces: readonly ReadPiece[], choice: TrackedChoice, newId: () => string): Inline[] {
  const content: Inline[] = [];
  let side: ReturnType<typeof sideOf> = null;
  const turnTo = (next: typeof side): void => {
    if (choice !== "brackets" || next === side) return;
    if (side !== null) content.push({ t: "text", text: "]" });
    if (next !== null) content.push({ t: "text", text: "[" });
    side = next;
  };
  for (const piece of pieces) {
    if (isGone(piece, choice)) continue;
    turnTo(sideOf(piece));
    if (piece.t === "note") content.push({ t: "footnote", id: newId(), text: wordsIn(piece.pieces, choice) });
    else content.push({ t: "text", text: piece.text, ...(piece.marks && { marks: piece.marks }) });
  }
  turnTo(null);
  return joinContent([content]);
}

const wordsIn = (pieces: readonly ReadPiece[], choice: TrackedChoice): string =>
  inlineOf(pieces, choice, () => "")
    .map((inline) => (inline.t === "text" ? inline.text : ""))
    .join("")
    .replace(/\s+/g, " ")
    .trim();
