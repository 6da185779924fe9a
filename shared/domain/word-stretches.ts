/** Stretches of words that two texts have in common: what the lineage of words is found by. */
import { matchesOf, tokensOf } from "./matching.ts";
import { countWhile } from "./wording.ts";
import { piecesOf } from "./words.ts";

/** A run of fewer words is found anywhere. */
export const tellingWords = 4;

export const isWord = (sign: string): boolean => /[\p{L}\p{N}]/u.test(sign);

export const wordsIn = (text: string): number => tokensOf(text).filter(({ word }) => isWord(word)).length;

export interface Shared {
  readonly from: number;
  readonly to: number;
  readonly length: number;
  /** How many words it has. */
  readonly words: number;
}

/** The stretches that two texts have in common, in order. */
export function* alike(from: string, to: string): Iterable<Shared> {
  const [theirs, ours] = [tokensOf(from), tokensOf(to)];
  const matches = matchesOf(theirs, ours);
  for (let index = 0; index < theirs.length; index++) {
    const match = matches[index]!;
    if (match < 0) continue;
    const [first, second] = [theirs[index]!, ours[match]!];
    let { length } = first.word;
    let words = isWord(first.word) ? 1 : 0;
    // Further while the next word is the next one in both, after the same space.
    for (let next = 1; matches[index + 1] === match + next; next++) {
      const [a, b] = [theirs[index + 1]!, ours[match + next]!];
      if (from.slice(first.from + length, a.from) !== to.slice(second.from + length, b.from)) break;
      length = a.to - first.from;
      if (isWord(a.word)) words++;
      index++;
    }
    yield { from: first.from, to: second.from, length, words };
  }
}

/** Whether a place in the second text is in one of these stretches. */
export function within(stretches: Iterable<Shared>): (at: number) => boolean {
  const all = [...stretches];
  return (at) => {
    const last = all[countWhile(all, ({ to }) => to <= at) - 1];
    return last !== undefined && at < last.to + last.length;
  };
}

/** Each run of telling words, once for each place; none where there are fewer. */
export function* runsOfWords(text: string): Iterable<string> {
  const words = piecesOf(text).filter(isWord);
  for (let at = 0; at + tellingWords <= words.length; at++) yield words.slice(at, at + tellingWords).join(" ");
}

/** The numbers from `start` up to `end`, `end` not among them. */
export const sequence = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

/** What is known of each place of a text: null where nothing is yet. */
export type Unclaimed = readonly (object | null)[];

/** Where these words stand and are nobody's so far: the first such place. */
export function unclaimed(words: string, text: string, origins: Unclaimed): readonly number[] {
  for (let at = words === "" ? -1 : text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const places = sequence(at, at + words.length);
    const isWhole = !/[\p{L}\p{N}]$/u.test(text.slice(0, at)) && !/^[\p{L}\p{N}]/u.test(text.slice(at + words.length));
    if (isWhole && places.every((place) => origins[place] === null)) return places;
  }
  return [];
}
