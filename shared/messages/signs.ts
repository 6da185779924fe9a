/**
 * Words that are read in one line, such as a redline or a row of a list: a footnote is no letter, and stands there as its number in the
 * paragraph, a reference as the number it refers to.
 */
import { redline } from "../domain/redline.ts";
import type { Inline } from "../domain/text.ts";
import { embedCharacter } from "../domain/text.ts";
import type { ParagraphId } from "../domain/values.ts";
import { canonicalText } from "../domain/wording.ts";

/** Of words that are known by their letters alone nobody can say which note it is. */
export type WordsOrLetters = readonly Inline[] | string;
type NumberOf = (id: ParagraphId) => string;

const unknown = "*";
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const raisedNumber = (count: number): string => String(count).replace(/\d/g, (digit) => raised[Number(digit)]!);

export const readable = (words: WordsOrLetters, numberOf?: NumberOf): string =>
  signed(lettersOf(words), signsOf(words, numberOf));

/** As it is printed where a footnote has no foot of a page: the notes below, each after its sign, on a line of its own. */
export const writtenOut = (words: readonly Inline[], numberOf?: NumberOf): string =>
  [
    readable(words, numberOf),
    ...words.filter((inline) => inline.t === "footnote").map(({ text }, index) => `${raisedNumber(index + 1)} ${text}`),
  ].join("\n");

/** What went, what came and what stayed, with the signs of the side that each is on. */
export function readableRedline(
  from: WordsOrLetters,
  to: WordsOrLetters,
  numberOf?: NumberOf,
): ReturnType<typeof redline> {
  const [before, after] = [signsOf(from, numberOf), signsOf(to, numberOf)];
  return redline(lettersOf(from), lettersOf(to)).map(({ kind, text }) => {
    if (kind === "deleted") return { kind, text: signed(text, before) };
    // What stayed is called as it is called now.
    if (kind === "same") signed(text, before);
    return { kind, text: signed(text, after) };
  });
}

const lettersOf = (words: WordsOrLetters): string => (typeof words === "string" ? words : canonicalText(words));

/** @param signs are used up */
const signed = (letters: string, signs: Iterator<string>): string =>
  letters.replaceAll(embedCharacter, () => {
    const { done, value } = signs.next();
    return done ? unknown : value;
  });

function* signsOf(words: WordsOrLetters, numberOf?: NumberOf): Generator<string, undefined> {
  if (typeof words === "string") return;
  let notes = 0;
  for (const inline of words) {
    if (inline.t === "footnote") yield raisedNumber(++notes);
    else if (inline.t === "ref") yield numberOf?.(inline.to) || unknown;
  }
}
