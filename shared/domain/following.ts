/**
 * Where positions go when the text is restructured (SPEC: FOL): an objection follows its words, not the paragraph's id.
 *
 * Whenever a text is circulated, each standing position is asked: which paragraphs hold your words now? The answer may name too many
 * paragraphs, never too few: a paragraph wrongly named is a question its author answers in a second; one wrongly left out is an
 * objection that the chair has cleared by cutting and pasting.
 */
import type { Position } from "./positions.ts";
import type { Aliases } from "./pseudonyms.ts";
import { aliasesOn, bearersOf } from "./pseudonyms.ts";
import type { Record } from "./record.ts";
import type { Block, Text } from "./text.ts";
import { circulatedBlock } from "./rights.ts";
import { blocksIn } from "./status.ts";
import type { ParagraphId, PositionId } from "./values.ts";
import { blocksById, partThatCounts } from "./text.ts";
import { contains, isHeld, resemblance, share, stretchesOf, wordsOf } from "./words.ts";
import { canonicalText, textNamed, wordingOf } from "./wording.ts";

/** A paragraph still holds words of which at least this share stands in it, in order. */
const most = 0.5;
/**
 * The share from which a paragraph newly holds words. Few words are found in order by chance ("of the", "States should"): in real
 * drafts one unrelated paragraph in a hundred reaches 0.3 to 0.5 of twenty words or more, 0.6 of ten, and more of fewer.
 */
const mostOf = (count: number): number => (count >= 20 ? 0.5 : count >= 8 ? 0.6 : 0.75);
/** Words concerned that are not there as they were, in a paragraph that is otherwise another one. */
const nearlyAll = 0.8;
/** Most of a piece's own words come from the paragraph: it was split off. */
const splitOff = 0.6;
/** So many words in a row are not found elsewhere by chance. */
const tellingLength = 5;

/** Words cut in pieces are looked for down to a sixth of them; what is shorter than this many letters is found by chance. */
const smallestPiece = 1 / 6;
const tellingLetters = 30;

/** The words a position is about: all of the wording it names, and the words concerned if it names some. */
export interface Concerned {
  readonly whole: readonly string[];
  readonly words: readonly string[];
  /** Of a whole paragraph also its footnotes, as they were when it was last circulated. */
  readonly notes: readonly (readonly string[])[];
}

export function concernedBy(position: Pick<Position, "paragraph" | "wording" | "span">, record: Record): Concerned {
  const whole = wordsOf(textNamed(record, position.wording));
  const words = position.span ? wordsOf(position.span.quote) : [];
  if (words.length > 0) return { whole, words, notes: [] };
  const block = circulatedBlock(record, position.paragraph) ?? record.removed.get(position.paragraph);
  return { whole, words: whole, notes: block ? notesOf(block) : [] };
}

/**
 * The paragraphs a position stands on in `text`.
 * @param on where it stood before
 * @param changed blocks that are new or reworded since `before`; only these can newly hold the words
 */
export function follow(
  concerned: Concerned,
  on: readonly ParagraphId[],
  text: Text,
  changed: readonly Block[],
  before: Text,
): readonly ParagraphId[] {
  const stoodOn = new Set(on);
  const was = blocksById(before);
  const notes = notesThatLeft(concerned, on, text);
  const found = new Set<ParagraphId>();
  for (const block of changed) {
    if (stoodOn.has(block.id)) continue;
    const before = was.get(block.id);
    const holds =
      newlyHolds(concerned, block, before) ||
      notes.some((note) => holdsNote(note, block) && !(before && holdsNote(note, before)));
    if (holds) found.add(block.id);
  }
  const holders = (): Text => text.filter((block) => found.has(block.id) || stoodOn.has(block.id));
  if (!holders().some((block) => readingsOf(block).some((held) => resemblance(concerned.words, held) >= most))) {
    for (const id of cutInPieces(concerned, text)) found.add(id);
  }
  const candidates = holders();
  return candidates
    .filter((block) => found.has(block.id) || !hasHandedOver(concerned, block, candidates))
    .map((block) => block.id);
}

/**
 * Where words stand of which only the past is known: for a position lodged on earlier words.
 * While their own paragraph stands, others take part only if they hold the very words, or are made of nothing else.
 */
export function findToday(concerned: Concerned, own: ParagraphId, text: Text): readonly ParagraphId[] {
  const isHere = blocksById(text).has(own);
  const candidates = isHere
    ? text.filter((block) => readingsOf(block).some((held) => isPieceOf(concerned, held)))
    : text;
  return follow(concerned, [own], text, candidates, []);
}

const isPieceOf = ({ whole, words }: Concerned, held: readonly string[]): boolean =>
  contains(held, words) || (held.length > 3 && share(held, whole) >= 0.9);

/** A paragraph that resembled the words before anyone spoke of them does not come to hold them by being edited, only by becoming them. */
function newlyHolds(concerned: Concerned, now: Block, before: Block | undefined): boolean {
  if (!isKin(concerned, now)) return false;
  if (!before) return true;
  if (!isKin(concerned, before)) return true;
  return (
    (holdsAll(concerned, now) && !holdsAll(concerned, before)) ||
    (holdsNearlyAll(concerned, now) && !holdsNearlyAll(concerned, before))
  );
}

const holdsAll = ({ words }: Concerned, block: Block): boolean =>
  readingsOf(block).some((held) => contains(held, words));

const holdsNearlyAll = ({ whole }: Concerned, block: Block): boolean =>
  readingsOf(block).some((held) => isHeld(whole, held, nearlyAll));

/** A footnote that is no mere reference is looked for like the words of the body; any other once it is gone from where it stood. */
function notesThatLeft({ notes }: Concerned, on: readonly ParagraphId[], text: Text): readonly (readonly string[])[] {
  const now = blocksById(text);
  const stays = (note: readonly string[]): boolean =>
    on.some((id) => {
      const block = now.get(id);
      return block !== undefined && holdsNote(note, block);
    });
  return notes.filter((note) => note.length >= 20 || (note.length >= tellingLength && !stays(note)));
}

const holdsNote = (note: readonly string[], block: Block): boolean =>
  readingsOf(block).some((held) => contains(held, note) || isHeld(note, held, nearlyAll));

/** Paragraphs that hold the words in pieces, each too small a part to be the paragraph, but most of it together. */
function cutInPieces({ words }: Concerned, text: Text): readonly ParagraphId[] {
  const letters = Math.max(tellingLetters, Math.ceil(words.join("").length * smallestPiece));
  const holders = text.flatMap((block) => {
    const pieces = readingsOf(block).flatMap((held) => {
      const piece = stretchesOf(words, held, letters);
      return piece ? [piece] : [];
    });
    return pieces.length > 0 ? [{ id: block.id, pieces }] : [];
  });
  const held = together(holders.flatMap(({ pieces }) => pieces));
  return held.length > 0 && held.filter(Boolean).length >= held.length * most ? holders.map(({ id }) => id) : [];
}

/** What stands in any of them. */
const together = (pieces: readonly (readonly boolean[])[]): readonly boolean[] =>
  pieces.length === 0 ? [] : pieces[0]!.map((_, at) => pieces.some((piece) => piece[at]));

/** Paragraphs that held the words already when someone spoke of them elsewhere, such as a copy in the other part. */
export function heldAlso(concerned: Concerned, own: ParagraphId, text: Text): readonly ParagraphId[] {
  const { whole, words } = concerned;
  const tells = words === whole ? words.length > 3 : words.length >= tellingLength;
  // Short paragraphs of one pattern resemble each other and are not copies.
  const holds = (block: Block): boolean =>
    (tells && holdsAll(concerned, block)) || (whole.length >= 20 && holdsNearlyAll(concerned, block));
  return text.filter((block) => block.id === own || holds(block)).map(({ id }) => id);
}

const isKin = (concerned: Concerned, block: Block): boolean =>
  readingsOf(block).some((held) => isKinTo(concerned, held));

/** FOL3, FOL4: a block that holds the words, or most of the paragraph, or is a piece of it. */
function isKinTo({ whole, words }: Concerned, held: readonly string[]): boolean {
  if (held.length === 0 || words.length === 0) return false;
  const holdsMost = isHeld(whole, held, mostOf(whole.length)) || (held.length > 1 && isHeld(held, whole, splitOff));
  if (words === whole) return holdsMost;
  // A word or two ("shall", "all States") stands in many paragraphs: without the rest of the paragraph it is not the same text.
  if (contains(held, words)) return holdsMost || words.length >= tellingLength;
  return (words.length >= tellingLength && isHeld(words, held, nearlyAll)) || isHeld(whole, held, mostOf(whole.length));
}

/**
 * FOL5: a paragraph it stood on lets go only when it no longer holds the words, and another paragraph of the same part, which is no
 * copy of it, holds them as they were. So words can be split off, cut and pasted, or swapped between paragraphs; editing them away in
 * place frees nothing, not even beside an untouched copy.
 */
function hasHandedOver(concerned: Concerned, block: Block, others: readonly Block[]): boolean {
  if (holdsStill(concerned, block)) return false;
  const held = wordsIn(block);
  return others.some((other) => {
    if (other.id === block.id || partThatCounts(other) !== partThatCounts(block)) return false;
    const taken = wordsIn(other);
    return contains(taken, concerned.words) && !isHeld(held, taken, most) && !isHeld(taken, held, most);
  });
}

const holdsStill = (concerned: Concerned, block: Block): boolean =>
  readingsOf(block).some((reading) => stillHolds(concerned, reading));

function stillHolds({ whole, words }: Concerned, held: readonly string[]): boolean {
  if (words.length === 0) return true;
  if (words !== whole && words.length < tellingLength) return contains(held, words);
  return isHeld(words, held, most);
}

const wordsIn = (block: Block): readonly string[] => wordsOf(wordingOf(block.content).text);

/** A footnote holds words too: the body, the body with the notes where they stand, and each note for itself. */
function readingsOf({ content }: Block): readonly (readonly string[])[] {
  let known = readings.get(content);
  if (!known) readings.set(content, (known = read(content)));
  return known;
}

const readings = new WeakMap<Block["content"], readonly (readonly string[])[]>();

function read(content: Block["content"]): readonly (readonly string[])[] {
  const body = wordsOf(wordingOf(content).text);
  const notes = notesOf({ content });
  if (notes.length === 0) return [body];
  const inPlace = content.map((inline) => ("text" in inline ? inline.text : "")).join(" ");
  return [body, wordsOf(inPlace), ...notes];
}

const notesOf = ({ content }: Pick<Block, "content">): readonly (readonly string[])[] =>
  content.flatMap((inline) => (inline.t === "footnote" ? [wordsOf(inline.text)] : []));

export interface Followed {
  readonly position: PositionId;
  /** Empty: its words were removed. */
  readonly on: readonly ParagraphId[];
  readonly strayed?: true;
  readonly as?: Aliases;
}

/** For each standing position whose paragraphs differ in the new text: where it stands now. */
export function followAll(record: Record, text: Text, changed: readonly Block[]): readonly Followed[] {
  const moved: Followed[] = [];
  const present = new Set(text.map((block) => block.id));
  const reworded = new Set(changed.map((block) => block.id));
  const answers = new Map<string, readonly ParagraphId[]>();
  const came = new Map<string, string>();
  for (const position of record.positions.values()) {
    if (position.standing !== "standing" || !follows(position)) continue;
    const untouched = changed.length === 0 && position.on.every((id) => present.has(id) && !reworded.has(id));
    if (untouched) continue;
    // Many positions name the same words of the same paragraph: answer once.
    const question = `${position.paragraph} ${position.wording} ${position.span?.from ?? ""} ${position.span?.quote ?? ""} ${position.on.join(" ")}`;
    let on = answers.get(question);
    if (!on) answers.set(question, (on = today(position, record, text, changed)));
    const strayed = isAstray(position, record.text, on, text);
    const same = on.length === position.on.length && on.every((id, index) => id === position.on[index]);
    if (!same || strayed !== position.strayed) {
      const reached = on.filter((id) => id !== position.paragraph && !position.on.includes(id));
      const as = aliasesOn(record, bearersOf(record, position), reached, came);
      moved.push({ position: position.id, on, ...(strayed && { strayed }), ...(as && { as }) });
    }
  }
  return moved;
}

/**
 * FOL8: only a move suspends an objection. One that counted, or whose words were removed, and whose words are found in the other part
 * alone, got there by being cut and pasted. An objection to the placement is content there.
 */
function isAstray(position: Position, before: Text, on: readonly ParagraphId[], text: Text): boolean {
  const standsIn = (places: readonly ParagraphId[], where: Text): boolean =>
    places.some((id) => {
      const block = blocksById(where).get(id);
      return block !== undefined && blocksIn(position, partThatCounts(block));
    });
  if (position.placement !== null || on.length === 0 || standsIn(on, text)) return false;
  return position.strayed || position.on.length === 0 || standsIn(position.on, before);
}

function today(position: Position, record: Record, text: Text, changed: readonly Block[]): readonly ParagraphId[] {
  const on = follow(concernedBy(position, record), position.on, text, changed, record.text);
  if (on.length > 0) return on;
  const was = blocksById(record.text);
  // Its own paragraph comes back, in whatever words it was removed.
  const returned = changed.filter(({ id }) => id === position.paragraph && !was.has(id));
  if (returned.length > 0) return returned.map(({ id }) => id);
  // The words were edited away before, and now the paragraph goes: it may only have been pasted elsewhere.
  const heirs = position.on.flatMap((id) => {
    const whole = wordsOf(canonicalText(was.get(id)?.content ?? []));
    return follow({ whole, words: whole, notes: [] }, [], text, changed, record.text);
  });
  return text.map(({ id }) => id).filter((id) => heirs.includes(id));
}

/** Agreement lapses with its words and so has nothing to follow; everything that asks something of the chair follows. */
export const follows = (position: Position): boolean => position.level !== "support" && position.level !== "accept";
