/**
 * A later edition of a text, come from outside as a file: which of its blocks are blocks we know, under other words perhaps
 * (SPEC: EDI). By the marks of a file that we wrote, by their words in any other; else each paragraph would be new, and everything said on
 * the old ones orphaned.
 */
import type { Negotiation } from "./acts/acting.ts";
import type { Imported } from "./import-text.ts";
import type { Refusal } from "./refusals.ts";
import { refuse } from "./refusals.ts";
import { whyLocked } from "./status.ts";
import type { Block, Inline, Text, TextEdit } from "./text.ts";
import { blocksById } from "./text.ts";
import { editsTo } from "./text-edits.ts";
import type { ParagraphId, Result } from "./values.ts";
import { accept } from "./values.ts";
import { isHeld, share, wordsOf } from "./words.ts";
import { canonicalText, wordingOf } from "./wording.ts";

/** The share of common words, of both taken together, from which two paragraphs are one that was reworded. */
const reworded = 0.5;
/** Few words are common by chance. */
const rewordedShort = 0.7;
const short = 8;

/** By the ids of an edition's blocks, those of ours that its file says they are. */
export type Marks = ReadonlyMap<ParagraphId, ParagraphId>;

export interface Recognised {
  /** How many blocks were found by the marks of the file, and how many by their words. */
  readonly byMark: number;
  readonly byWords: number;
  /** Of ours: marks that several blocks of different words bear, and marks on the very words of another of our blocks. There the words decided. */
  readonly doubled: readonly ParagraphId[];
  readonly contradicted: readonly ParagraphId[];
}

/** The marks that can be followed, and those that cannot (EDI4). */
function followed(text: Text, edition: Text, marks: Marks): Omit<Recognised, "byMark" | "byWords"> & { holds: Marks } {
  const ours = blocksById(text);
  const bearers = new Map<ParagraphId, Block[]>();
  for (const block of edition) {
    const id = marks.get(block.id);
    if (id !== undefined && ours.get(id)?.kind === block.kind) bearers.set(id, [...(bearers.get(id) ?? []), block]);
  }
  const sayers = grouped(text, byWord);
  const holds = new Map<ParagraphId, ParagraphId>();
  const doubled: ParagraphId[] = [];
  const contradicted: ParagraphId[] = [];
  for (const [id, blocks] of bearers) {
    const [first] = blocks as [Block];
    const words = byWord(first);
    // A heading is printed in both parts, and a paragraph can be copied: the first stays who it is.
    if (blocks.some((block) => byWord(block) !== words)) doubled.push(id);
    else if (
      byWord(ours.get(id)!) !== words &&
      sayers.get(words)?.some((other) => bearers.get(other.id)?.every((block) => byWord(block) !== words) ?? true)
    )
      contradicted.push(id);
    else holds.set(first.id, id);
  }
  return { holds, doubled, contradicted };
}

/**
 * @param text what we have
 * @param edition the file as read, under ids of its own
 * @param marks that can be followed
 * @returns the edition with the ids of the blocks that are recognised: letter for letter first, then word for word, then the likeliest pairs. Each id once. A
 *   recognised paragraph keeps its part, which is changed by an act and not by a file.
 */
export function recognise(text: Text, edition: Text, marks: Marks = new Map()): Text {
  const known = new Map<Block, Block>();
  const free = new Set(text);
  const pair = (block: Block, was: Block): void => {
    known.set(block, was);
    free.delete(was);
  };
  const ours = blocksById(text);
  for (const block of edition) {
    const id = marks.get(block.id);
    const was = id && ours.get(id);
    if (was) pair(block, was);
  }
  for (const keyOf of [byLetter, byWord]) {
    const same = grouped(text, keyOf);
    for (const block of edition) {
      const was = known.has(block) ? undefined : same.get(keyOf(block))?.find((one) => free.has(one));
      if (was) pair(block, was);
    }
  }
  for (const { block, was } of likenesses(text, edition, known, free)) {
    if (!known.has(block) && free.has(was)) pair(block, was);
  }
  const ids = new Map([...known].map(([{ id }, was]) => [id, was.id]));
  return edition.map((block) => {
    const was = known.get(block);
    return { ...block, content: pointing(block.content, ids), ...(was && { id: was.id, part: was.part }) };
  });
}

/** With references to these paragraphs under their other ids. */
const pointing = (content: readonly Inline[], ids: ReadonlyMap<ParagraphId, ParagraphId>): readonly Inline[] =>
  content.map((inline) => (inline.t === "ref" ? { ...inline, to: ids.get(inline.to) ?? inline.to } : inline));

const wordsIn = (block: Block): readonly string[] => wordsOf(canonicalText(block.content));
const byLetter = (block: Block): string => `${block.kind} ${canonicalText(block.content)}`;
const byWord = (block: Block): string => `${block.kind} ${wordsIn(block).join(" ")}`;

function grouped(text: Text, keyOf: (block: Block) => string): ReadonlyMap<string, readonly Block[]> {
  const groups = new Map<string, Block[]>();
  for (const block of text) {
    const key = keyOf(block);
    groups.set(key, [...(groups.get(key) ?? []), block]);
  }
  return groups;
}

interface Likeness {
  readonly block: Block;
  readonly was: Block;
  readonly common: number;
  /** How far apart they stand, as parts of their texts. */
  readonly distance: number;
}

/** The pairs that may be one paragraph, the likeliest first; of pairs alike, those that stand at the same place. */
function likenesses(
  text: Text,
  edition: Text,
  known: ReadonlyMap<Block, Block>,
  free: ReadonlySet<Block>,
): readonly Likeness[] {
  const found: Likeness[] = [];
  for (const [place, block] of edition.entries()) {
    if (known.has(block)) continue;
    const words = wordsIn(block);
    for (const [index, was] of text.entries()) {
      if (!free.has(was) || was.kind !== block.kind) continue;
      const before = wordsIn(was);
      const shorter = Math.min(words.length, before.length);
      const least = shorter < short ? rewordedShort : reworded;
      // Of all the words of both, as many must be common as if this share of the longer one were.
      const atLeast = (least * (words.length + before.length)) / (2 * Math.max(1, words.length));
      if (shorter === 0 || atLeast > 1 || !isHeld(words, before, atLeast)) continue;
      const common = (2 * share(words, before) * words.length) / (words.length + before.length);
      if (common >= least)
        found.push({ block, was, common, distance: Math.abs(place / edition.length - index / text.length) });
    }
  }
  return found.sort((a, b) => b.common - a.common || a.distance - b.distance);
}

export interface NextEdition {
  readonly edits: readonly TextEdit[];
  readonly recognised: Recognised;
}

/**
 * What puts a later edition in the place of the live text (EDI3). What stands in it in the same words keeps its looks, notes and references,
 * of which a file may know less.
 * @param more marks of the file, and the same edition with references in the place of typed numbers: a file has the numbers of our references
 *   as words, and where we have one the number goes on being one
 * @returns the edits, or a refusal that names the locked paragraphs which the file has otherwise or not at all
 */
export function nextEdition(
  { record, text }: Negotiation,
  edition: Text,
  { marks = new Map(), referring = edition }: Partial<Pick<Imported, "marks" | "referring">> = {},
): Result<NextEdition, Refusal> {
  if (record.adoption) return refuse({ code: "adopted" });
  const was = blocksById(text);
  const { holds, doubled, contradicted } = followed(text, edition, marks);
  const recognised = recognise(text, edition, holds);
  const ids = new Map(edition.map(({ id }, index) => [id, recognised[index]!.id]));
  const target = recognised.map((block, index): Block => {
    const known = was.get(block.id);
    if (!known) return block;
    const hasReferences = known.content.some(({ t }) => t === "ref");
    const content = hasReferences ? pointing(referring[index]!.content, ids) : block.content;
    if (wordingOf(known.content).hash !== wordingOf(content).hash) return { ...block, content };
    return whyLocked(record, block.id) ? known : { ...block, content: known.content };
  });
  const edits = editsTo(text, target);
  const touched = new Set(
    edits.flatMap((edit) => (edit.kind === "insert-block" || edit.kind === "place-block" ? [] : [edit.paragraph])),
  );
  const locked = text.filter(({ id }) => touched.has(id) && whyLocked(record, id) !== null).map(({ id }) => id);
  const [first] = locked;
  if (first !== undefined) return refuse({ code: whyLocked(record, first)!, paragraph: first, paragraphs: locked });
  const known = recognised.filter(({ id }) => was.has(id)).length;
  return accept({ edits, recognised: { byMark: holds.size, byWords: known - holds.size, doubled, contradicted } });
}
