/**
 * What a paragraph is called. Each part is numbered from 1, and a number alone is one of the consensus text: wherever a paragraph of the
 * chair's summary is spoken of outside its own margin, its part is said with it (SPEC: NUM10).
 */
import type { Numbered, Row } from "../domain/comparison.ts";
import { numberedToday } from "../domain/held-numbers.ts";
import type { NumberingRecord } from "../domain/held-numbers.ts";
import { noteNumbers, noteNumbersIn } from "../domain/numbering.ts";
import type { ComposedReport } from "../domain/report.ts";
import type { Text } from "../domain/text.ts";
import { blocksById } from "../domain/text.ts";
import type { ParagraphId, Part } from "../domain/values.ts";
import type { Voice } from "./say.ts";
import type { Numbers } from "./signs.ts";

export interface Placed {
  /** Empty for headings. */
  readonly number: string;
  readonly part: Part;
}

/** What stands after "paragraph": "3", "1 of the chair's summary". */
export const sayNumber = ({ number, part }: Placed, { say }: Pick<Voice, "say">): string =>
  part === "consensus" || number === "" ? number : say("words.ofSummary", { number });

/** Where there is little room: "¶3", "summary ¶1". */
export const markNumber = ({ number, part }: Placed, { say }: Pick<Voice, "say">): string =>
  say(`words.mark.${part}`, { number });

/** In a comparison: what it was called; null where it had no number. */
export const wasCalled = ({ was, before }: Pick<Row, "was" | "before">, voice: Pick<Voice, "say">): string | null =>
  was === null ? null : sayNumber({ number: was, part: before?.part ?? "consensus" }, voice);

/** It is called otherwise than it was: by its number, or by the part that the number is of. */
export const hasOtherNumber = ({ was, number, before, after }: Row): boolean =>
  was !== null && (was !== number || before?.part !== after?.part);

/** The same by id; null where it has no number today. */
export function markOf(id: ParagraphId, { record, text, voice }: Speaking): string | null {
  const placed = placedToday(id, record, text);
  return placed && markNumber(placed, voice);
}

/** Null for what does not stand in this text, and for headings. */
export function placedIn(id: ParagraphId, { text, numbers }: Numbered): Placed | null {
  const number = numbers.get(id);
  const block = blocksById(text).get(id);
  return block && number !== undefined ? { number, part: block.part } : null;
}

/** As it is called today. */
export const placedToday = (id: ParagraphId, record: NumberingRecord, text: Text): Placed | null =>
  placedIn(id, numberedToday(record, text));

/** The same in words; empty where it has no number. */
export function numberOf(id: ParagraphId, { record, text, voice }: Speaking): string {
  const placed = placedToday(id, record, text);
  return placed ? sayNumber(placed, voice) : "";
}

/** How references and notes are called in a text. */
export const signsIn = (numbered: Numbered, voice: Pick<Voice, "say">): Required<Numbers> => ({
  numberOf: (id) => {
    const placed = placedIn(id, numbered);
    return placed ? sayNumber(placed, voice) : "";
  },
  notes: noteNumbers(numbered.text),
});

/** The same in a report as it was composed for somebody. */
export function signsOf({ parts }: Pick<ComposedReport, "parts">, voice: Pick<Voice, "say">): Required<Numbers> {
  const all = [...parts.consensus, ...parts.chairSummary];
  const numbers = new Map(all.map((one) => [one.id, sayNumber(one, voice)]));
  return { numberOf: (id) => numbers.get(id) ?? "", notes: noteNumbersIn(all) };
}

/** The same by today's numbers. */
export const signsToday = ({ record, text, voice }: Speaking): Numbers => signsIn(numberedToday(record, text), voice);

interface Speaking {
  readonly record: NumberingRecord;
  readonly text: Text;
  readonly voice: Pick<Voice, "say">;
}
