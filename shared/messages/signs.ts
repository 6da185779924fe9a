/**
 * Words that are read in one line, such as a redline or a row of a list: a footnote is no letter, and stands there as its number in the
 * report, a reference as the number it refers to; each as a neutral sign where that is not known (SPEC of shared/domain: NUM11).
 */
import type { Span } from "../domain/positions.ts";
import { redline } from "../domain/redline.ts";
import type { Inline } from "../domain/text.ts";
import { embedCharacter, sliceContent } from "../domain/text.ts";
import type { ParagraphId } from "../domain/values.ts";
import { canonicalText, flatToCanonical, quotes } from "../domain/wording.ts";

/** Of words that are known by their letters alone nobody can say which note it is. */
export type WordsOrLetters = readonly Inline[] | string;

/** How notes and references are called. */
export interface Numbers {
  readonly numberOf?: (id: ParagraphId) => string;
  /** By the ids of notes, as in `noteNumbers`. */
  readonly notes?: ReadonlyMap<string, number>;
}

const unknownNote = "*";
const unknown = "…";
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const raisedNumber = (count: number): string => String(count).replace(/\d/g, (digit) => raised[Number(digit)]!);

export const readable = (words: WordsOrLetters, numbers: Numbers = {}): string =>
  signed(lettersOf(words), signsOf(words, numbers));

/** @param words in which the span was, where these are known */
export function readableQuote(span: Span, words: readonly Inline[] | undefined, numbers: Numbers = {}): string {
  if (!words || !quotes(canonicalText(words), span)) return readable(span.quote);
  const { from, to } = flatToCanonical(words).toFlat(span);
  return readable(sliceContent(words, from, to), numbers);
}

/**
 * As it is printed where a footnote has no foot of a page: the notes below, each after its sign, on a line of its own. Read alone, such
 * words count their own notes.
 */
export function writtenOut(words: readonly Inline[], numberOf?: Numbers["numberOf"]): string {
  const notes = words.filter((inline) => inline.t === "footnote");
  return [
    readable(words, { ...(numberOf && { numberOf }), notes: new Map(notes.map(({ id }, index) => [id, index + 1])) }),
    ...notes.map(({ text }, index) => `${raisedNumber(index + 1)} ${text}`),
  ].join("\n");
}

/**
 * What went, what came and what stayed, with the signs of the side that each is on.
 * @param earlier how what went was called, where that is known and was otherwise
 */
export function readableRedline(
  from: WordsOrLetters,
  to: WordsOrLetters,
  numbers: Numbers = {},
  earlier: Numbers = {},
): ReturnType<typeof redline> {
  const [went, came] = [signsOf(from, { ...numbers, ...earlier }), signsOf(to, numbers)];
  return redline(lettersOf(from), lettersOf(to)).map(({ kind, text }) => {
    if (kind === "deleted") return { kind, text: signed(text, went) };
    const before = kind === "same" ? signed(text, went) : null;
    const now = signed(text, came);
    // What stayed is called as it is called now, where that is known.
    return { kind, text: typeof to === "string" && before !== null ? before : now };
  });
}

const lettersOf = (words: WordsOrLetters): string => (typeof words === "string" ? words : canonicalText(words));

/** @param signs are used up */
const signed = (letters: string, signs: Iterator<string>): string =>
  letters.replaceAll(embedCharacter, () => {
    const { done, value } = signs.next();
    return done ? unknown : value;
  });

function* signsOf(words: WordsOrLetters, { numberOf, notes }: Numbers): Generator<string, undefined> {
  if (typeof words === "string") return;
  for (const inline of words) {
    if (inline.t === "footnote") {
      const number = notes?.get(inline.id);
      yield number === undefined ? unknownNote : raisedNumber(number);
    } else if (inline.t === "ref") yield numberOf?.(inline.to) || unknown;
  }
}
