/**
 * What a paragraph is called. Each part is numbered from 1, and a number alone is one of the consensus text: wherever a paragraph of the
 * chair's summary is spoken of outside its own margin, its part is said with it (SPEC: NUM10).
 */
import { numbersToday } from "../domain/held-numbers.ts";
import type { NumberingRecord } from "../domain/held-numbers.ts";
import type { Text } from "../domain/text.ts";
import { blocksById } from "../domain/text.ts";
import type { ParagraphId, Part } from "../domain/values.ts";
import type { Voice } from "./say.ts";

export interface Numbered {
  /** Empty for headings. */
  readonly number: string;
  readonly part: Part;
}

/** What stands after "paragraph": "3", "1 of the chair's summary". */
export const sayNumber = ({ number, part }: Numbered, { say }: Pick<Voice, "say">): string =>
  part === "consensus" || number === "" ? number : say("words.ofSummary", { number });

/** Where there is little room: "¶3", "summary ¶1". */
export const markNumber = ({ number, part }: Numbered, { say }: Pick<Voice, "say">): string =>
  say(`words.mark.${part}`, { number });

/** The same by id; null where it has no number today. */
export function markOf(id: ParagraphId, { record, text, voice }: Speaking): string | null {
  const numbered = numberedToday(id, record, text);
  return numbered && markNumber(numbered, voice);
}

/** Null for what stands nowhere today, and for headings. */
export function numberedToday(id: ParagraphId, record: NumberingRecord, text: Text): Numbered | null {
  const number = numbersToday(record, text).numbers.get(id);
  const block = blocksById(text).get(id);
  return block && number !== undefined ? { number, part: block.part } : null;
}

/** The same in words; empty where it has no number. */
export function numberOf(id: ParagraphId, { record, text, voice }: Speaking): string {
  const numbered = numberedToday(id, record, text);
  return numbered ? sayNumber(numbered, voice) : "";
}

interface Speaking {
  readonly record: NumberingRecord;
  readonly text: Text;
  readonly voice: Pick<Voice, "say">;
}
