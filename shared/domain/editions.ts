/**
 * A later edition of a text, come from outside as a file: which of its blocks are blocks we know, under other words perhaps
 * (SPEC: EDI). A file carries no ids; without this each paragraph would be new, and everything said on the old ones orphaned.
 */
import type { Negotiation } from "./acts/acting.ts";
import type { Refusal } from "./refusals.ts";
import { refuse } from "./refusals.ts";
import { whyLocked } from "./status.ts";
import type { Block, Text, TextEdit } from "./text.ts";
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

/**
 * @param text what we have
 * @param edition the file as read, under ids of its own
 * @returns the edition with the ids of the blocks that are recognised: letter for letter first, then word for word, then the likeliest pairs. Each id once. A
 *   recognised paragraph keeps its part, which is changed by an act and not by a file.
 */
export function recognise(text: Text, edition: Text): Text {
  const known = new Map<Block, Block>();
  const free = new Set(text);
  const pair = (block: Block, was: Block): void => {
    known.set(block, was);
    free.delete(was);
  };
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
  return edition.map((block) => {
    const was = known.get(block);
    return was ? { ...block, id: was.id, part: was.part } : block;
  });
}

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

/**
 * What puts a later edition in the place of the live text (EDI3). What stands in it in the same words keeps its looks, notes and references,
 * of which a file may know less.
 * @returns the edits, or a refusal that names the locked paragraph which the file has otherwise or not at all
 */
export function nextEdition({ record, text }: Negotiation, edition: Text): Result<readonly TextEdit[], Refusal> {
  if (record.adoption) return refuse({ code: "adopted" });
  const was = new Map<ParagraphId, Block>(text.map((block) => [block.id, block]));
  const target = recognise(text, edition).map((block): Block => {
    const known = was.get(block.id);
    if (!known || wordingOf(known.content).hash !== wordingOf(block.content).hash) return block;
    return whyLocked(record, block.id) ? known : { ...block, content: known.content };
  });
  const edits = editsTo(text, target);
  for (const edit of edits) {
    if (edit.kind === "insert-block" || edit.kind === "place-block") continue;
    const code = whyLocked(record, edit.paragraph);
    if (code) return refuse({ code, paragraph: edit.paragraph });
  }
  return accept(edits);
}
