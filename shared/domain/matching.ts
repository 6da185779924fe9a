/**
 * Which word of one text is which of another: what redlines, the places of proposals and the lineage of words are made of. What is told
 * is a longest common subsequence; of texts so long and so different that finding one would take too long, a part of it.
 */
import type { Range } from "./wording.ts";
import { piecesOf } from "./words.ts";

/** A word or a single sign with its place. White space between them is nothing by itself. */
export interface Token extends Range {
  readonly word: string;
}

/** The same array for the same text, while it is remembered. */
export function tokensOf(text: string): readonly Token[] {
  const known = remembered.get(text);
  if (known) return known;
  const tokens: Token[] = [];
  let at = 0;
  for (const word of piecesOf(text)) {
    if (word.trim() !== "") tokens.push({ word, from: at, to: at + word.length });
    at += word.length;
  }
  if (remembered.size >= capacity) remembered.clear();
  remembered.set(text, tokens);
  return tokens;
}

const remembered = new Map<string, readonly Token[]>();
/** A paragraph, the words asked for in it and what became of both: enough for an act on many proposals. */
const capacity = 64;

/** For each token of the one text the index of its token in the other, -1 where it is not in it. */
export type Matches = readonly number[];

/** Told from the beginning: of equal words the first that will do. */
export function matchesOf(from: readonly Token[], to: readonly Token[]): Matches {
  const { ours, theirs, words } = numbered(from, to);
  return new Matching(ours, theirs, words).matches;
}

/**
 * Told from the beginning and from the end. Where words stand several times the same difference can be told in several ways: what both
 * say is certain.
 */
export function matchesFromBothEnds(from: readonly Token[], to: readonly Token[]): readonly [Matches, Matches] {
  const { ours, theirs, words } = numbered(from, to);
  const backwards = new Matching(ours.toReversed(), theirs.toReversed(), words).matches;
  return [
    new Matching(ours, theirs, words).matches,
    backwards.map((match) => (match < 0 ? -1 : theirs.length - 1 - match)).toReversed(),
  ];
}

/** Words as numbers from 0. */
function numbered(from: readonly Token[], to: readonly Token[]) {
  const numbers = new Map<string, number>();
  const numbersOf = (tokens: readonly Token[]): Int32Array => {
    const found = new Int32Array(tokens.length);
    for (let at = 0; at < tokens.length; at++) {
      const { word } = tokens[at]!;
      let number = numbers.get(word);
      if (number === undefined) numbers.set(word, (number = numbers.size));
      found[at] = number;
    }
    return found;
  };
  return { ours: numbersOf(from), theirs: numbersOf(to), words: numbers.size };
}

/**
 * Texts of more than some 900 words each are held together by the words that stand once in both, as in Cohen's patience diff, and what lies
 * between these is compared by itself. Where there are none, texts of up to 4,000 words each are compared as they are, in a few
 * milliseconds, and longer ones taken for other words.
 */
const [manyLanes, mostLanes] = [30_000, 600_000];

/** So that a sum of two with a carry is still a small integer. */
const laneBits = 30;
const full = 2 ** laneBits - 1;

class Matching {
  readonly matches: number[];
  readonly #ours: Int32Array;
  readonly #theirs: Int32Array;
  /** For each word: 0 where only one has it, else which of the common ones it is; all 0 between two calls. */
  readonly #common: Int32Array;

  constructor(ours: Int32Array, theirs: Int32Array, words: number) {
    this.#ours = ours;
    this.#theirs = theirs;
    this.#common = new Int32Array(words);
    this.matches = Array<number>(ours.length).fill(-1);
    this.#match(0, ours.length, 0, theirs.length);
  }

  #match(from: number, to: number, start: number, end: number): void {
    while (from < to && start < end && this.#ours[from] === this.#theirs[start]) this.matches[from++] = start++;
    const lanes = Math.ceil((to - from) / laneBits) * (end - start);
    if (lanes <= manyLanes) return this.#matchLongest(from, to, start, end);
    while (from < to && start < end && this.#ours[to - 1] === this.#theirs[end - 1]) this.matches[--to] = --end;
    const anchors = this.#anchors(from, to, start, end);
    if (anchors.length === 0 && lanes <= mostLanes) this.#matchLongest(from, to, start, end);
    if (anchors.length === 0) return;
    for (const [here, there] of [...anchors, [to, end] as const]) {
      this.#match(from, here, start, there);
      if (here < to) this.matches[here] = there;
      [from, start] = [here + 1, there + 1];
    }
  }

  /** Places of words that stand once here and once there, in the same order. */
  #anchors(from: number, to: number, start: number, end: number): readonly (readonly [number, number])[] {
    const theirs = placesOfSingle(this.#theirs, start, end);
    const pairs = [...placesOfSingle(this.#ours, from, to)].flatMap(([word, here]): (readonly [number, number])[] => {
      const there = theirs.get(word) ?? -1;
      return here >= 0 && there >= 0 ? [[here, there]] : [];
    });
    const rise = longestRise(pairs.map(([, there]) => there));
    return pairs.filter((_, index) => rise.has(index));
  }

  /**
   * Longest common subsequence, 30 words at a time (Hyyrö, 2004: V' = (V + (V & M)) | (V & ~M); each zero bit of V is one word in common),
   * with every V kept for the way back. Words that only one of the texts has are left aside.
   */
  #matchLongest(from: number, to: number, start: number, end: number): void {
    const [ours, theirs, common] = [this.#ours, this.#theirs, this.#common];
    const here: number[] = [];
    const there: number[] = [];
    let words = 0;
    for (let at = start; at < end; at++) common[theirs[at]!] = -1;
    for (let at = from; at < to; at++) {
      if (common[ours[at]!] === 0) continue;
      here.push(at);
      if (common[ours[at]!] === -1) common[ours[at]!] = ++words;
    }
    for (let at = start; at < end; at++) if (common[theirs[at]!]! > 0) there.push(at);
    const lanes = Math.ceil(here.length / laneBits);
    // For each word the places where it stands, one bit each.
    const masks = new Int32Array((words + 1) * lanes);
    for (let index = 0; index < here.length; index++) {
      const at = common[ours[here[index]!]!]! * lanes + Math.floor(index / laneBits);
      masks[at] = masks[at]! | (1 << (index % laneBits));
    }
    const rows = roomFor((there.length + 1) * lanes).fill(full, 0, lanes);
    for (let row = 0, at = 0; row < there.length; row++) {
      const end = at + lanes;
      let carry = 0;
      for (let mask = common[theirs[there[row]!]!]! * lanes; at < end; at++, mask++) {
        const value = rows[at]!;
        const held = value & masks[mask]!;
        const sum = value + held + carry;
        carry = sum >>> laneBits;
        rows[at + lanes] = (sum & full) | (value - held);
      }
    }
    for (let at = start; at < end; at++) common[theirs[at]!] = 0;
    const isCommon = (index: number, row: number): boolean =>
      ((rows[row * lanes + Math.floor(index / laneBits)]! >>> (index % laneBits)) & 1) === 0;
    let row = there.length;
    for (let index = here.length - 1; index >= 0; index--) {
      if (!isCommon(index, row)) continue;
      while (isCommon(index, row - 1)) row--;
      this.matches[here[index]!] = there[--row]!;
    }
  }
}

/** In their order; -1 for a word that stands more than once. */
function placesOfSingle(words: Int32Array, from: number, to: number): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (let at = from; at < to; at++) places.set(words[at]!, places.has(words[at]!) ? -1 : at);
  return places;
}

/** The same memory each time: to be given new one takes as long as the comparing. */
function roomFor(length: number): Int32Array {
  if (room.length < length) room = new Int32Array(length);
  return room;
}

let room = new Int32Array();

/** Indices of a longest rising subsequence. */
export function longestRise(values: readonly number[]): ReadonlySet<number> {
  const tails: number[] = []; // tails[n]: index of the smallest value that ends a rise of length n + 1
  const before: (number | undefined)[] = [];
  values.forEach((value, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[index] = tails[low - 1];
    tails[low] = index;
  });
  const rise = new Set<number>();
  for (let index = tails.at(-1); index !== undefined; index = before[index]) rise.add(index);
  return rise;
}
