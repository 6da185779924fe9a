/** Words of the text in one line: its references as the numbers of today, its footnotes as theirs. */
import type { Span } from "../../shared/domain/positions.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { signsToday } from "../../shared/messages/numbers.ts";
import type { WordsOrLetters } from "../../shared/messages/signs.ts";
import { readable, readableQuote } from "../../shared/messages/signs.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { voice } from "../ui/voice.ts";

export function useReadable(): (words: WordsOrLetters) => string {
  const { record, text } = useNegotiation();
  return (words) => readable(words, signsToday({ record, text, voice }));
}

/** The same of words that are quoted, by the paragraph that they are in. */
export function useReadableQuote(): (span: Span, words: readonly Inline[]) => string {
  const { record, text } = useNegotiation();
  return (span, words) => readableQuote(span, words, signsToday({ record, text, voice }));
}
