/**
 * A returned file as it reads when what the delegation did in it holds (SPEC: RET): paragraphs whose end it took are one, and each says
 * which of ours it is, or parts of which.
 */
import type { ParagraphId, Part } from "../../shared/domain/values.ts";
import { parts } from "../../shared/domain/values.ts";
import type { Authority } from "./authority.ts";
import { wordsIn } from "./printed-words.ts";
import type { ReadDocument, ReadParagraph, ReadPiece, Tracked } from "./read-document.ts";
import type { Sent } from "./sent.ts";

export interface Line {
  /** Its place in the file. */
  readonly index: number;
  /** The paragraphs of the file that it is made of. */
  readonly paragraphs: readonly ReadParagraph[];
  readonly pieces: readonly ReadPiece[];
  readonly segments: readonly Segment[];
  /** A mark of ours goes on in it that began in a paragraph before. */
  readonly goesOn: boolean;
  /** The part under whose title it stands; null: before both, or under another title. */
  readonly part: Part | null;
  /** Printed around the paragraphs: titles, how the parts stand, proposals in a compilation. */
  readonly isFurniture: boolean;
  /** All that the delegation did in it. */
  readonly marks: readonly Tracked[];
}

/** The words of one paragraph of ours. */
export interface Segment {
  readonly id: ParagraphId;
  /** Twelve letters. */
  readonly hash: string;
  readonly pieces: readonly ReadPiece[];
  /** The delegation changed the number before it, which nobody writes. */
  readonly isRenumbered: boolean;
}

export function linesOf({ paragraphs }: ReadDocument, sent: Sent, authority: Authority): readonly Line[] {
  const known = new Set(sent.paragraphs.map(({ id }) => id));
  const lines: Line[] = [];
  let open: ReadParagraph[] = [];
  let part: Part | null = null;
  for (const paragraph of paragraphs) {
    open.push(paragraph);
    const pieces = open.flatMap((one) => one.pieces);
    const segments = segmentsOf(open, pieces, known, authority);
    if (isJoined(paragraph, segments, pieces, authority) && paragraph !== paragraphs.at(-1)) continue;
    const [{ heading, style } = paragraph] = open;
    const isNew = pieces.length > 0 && pieces.every((piece) => authority.isTouched(piece));
    const title = parts.find((one) => sent.titles[one] === wordsIn(pieces).trim());
    // Some programs give a title the looks of the paragraph before it that was deleted.
    const isTitle = segments.length === 0 && !isNew && (heading === 1 || title !== undefined);
    if (isTitle) part = title ?? null;
    lines.push({
      index: lines.length,
      paragraphs: open,
      pieces,
      segments,
      goesOn: open[0]!.anchors.some(({ of, from }) => of.kind === "paragraph" && from === null),
      part,
      isFurniture:
        segments.length === 0 && !isNew && (isTitle || furniture.has(style) || wordsIn(pieces) === sent.emptyPart),
      marks: [...pieces, ...open.map(({ end }) => end)].filter((mark) => authority.isTouched(mark)),
    });
    open = [];
  }
  return lines;
}

/** Its end was taken, and words stand before it: a paragraph that went as a whole leaves what follows it alone. */
function isJoined(
  { end: { deleted } }: ReadParagraph,
  segments: readonly Segment[],
  pieces: readonly ReadPiece[],
  authority: Authority,
): boolean {
  if (!deleted || authority.of(deleted) !== "theirs") return false;
  const own = segments.length > 0 ? segments.flatMap((segment) => segment.pieces) : pieces;
  return wordsIn(authority.standing(own)).trim() !== "";
}

/** The styles of what we print around the paragraphs, by the names that programs show. */
const furniture = new Set([
  "Masthead",
  "Title",
  "Standing of a part",
  "Standing of a part, with what follows",
  "Proposal",
  "Proposal, with what follows",
  "Small print",
]);

interface Begin {
  readonly id: ParagraphId;
  readonly hash: string;
  readonly from: number;
}

function segmentsOf(
  paragraphs: readonly ReadParagraph[],
  pieces: readonly ReadPiece[],
  known: ReadonlySet<ParagraphId>,
  authority: Authority,
): readonly Segment[] {
  const begins: Begin[] = [];
  let at = 0;
  for (const paragraph of paragraphs) {
    for (const { of, from } of paragraph.anchors) {
      if (of.kind === "paragraph" && from !== null && known.has(of.id)) begins.push({ ...of, from: at + from });
    }
    at += wordsIn(paragraph.pieces).length;
  }
  const flat = wordsIn(pieces);
  return begins.map(({ id, hash, from }, index) => {
    const since = index === 0 ? 0 : begins[index - 1]!.from;
    const lead = leadBefore(flat.slice(since, from), index === 0);
    const next = begins[index + 1];
    const end = next ? next.from - leadBefore(flat.slice(from, next.from), false).whole : flat.length;
    return {
      id,
      hash,
      pieces: slice(pieces, from - lead.words, Math.max(from, end)),
      // A number that went with all of its words was carried along.
      isRenumbered:
        index === 0 &&
        slice(pieces, from - lead.whole, from - lead.words).some((piece) => authority.isTouched(piece)) &&
        !pieces.every((piece) => authority.isTouched(piece)),
    };
  });
}

/**
 * The number that is printed before a paragraph's mark, with its tab: how long it is, and how long what was typed between it and the mark.
 * @param isFirst nothing but the number can stand before it
 */
function leadBefore(before: string, isFirst: boolean): { whole: number; words: number } {
  const tab = before.lastIndexOf("\t");
  if (tab < 0) return { whole: isFirst ? before.length : 0, words: isFirst ? before.length : 0 };
  const words = before.length - tab - 1;
  if (isFirst) return { whole: before.length, words };
  const [number = ""] =
    /(?:(?:\d+(?: [a-z]+)?\.|\([a-z]+\)) ?)?(?:\[[^\]\t]*\])?\t$/.exec(before.slice(0, tab + 1)) ?? [];
  return { whole: number.length + words, words };
}

/** @param from,to in the flat text, a note counting one */
function slice(pieces: readonly ReadPiece[], from: number, to: number): readonly ReadPiece[] {
  let at = 0;
  return pieces.flatMap((piece): readonly ReadPiece[] => {
    const length = piece.t === "text" ? piece.text.length : 1;
    const [begin, end] = [Math.max(from - at, 0), Math.min(to - at, length)];
    at += length;
    if (begin >= end) return [];
    return [piece.t === "text" ? { ...piece, text: piece.text.slice(begin, end) } : piece];
  });
}
