/** What was corrected in an adopted report, as it is listed wherever the report is read (SPEC of shared/domain: ADO6). */
import type { SeenCorrection } from "../domain/report.ts";
import type { Voice } from "./say.ts";
import type { Numbers } from "./signs.ts";
import { readable } from "./signs.ts";
import { clockInNewYork, dayInNewYork } from "./times.ts";

/** "with corrections, the last on 7 November 2026, 09:10 New York"; null where nothing was corrected. */
export function sayCorrected(corrections: readonly SeenCorrection[], { say, language }: Voice): string | null {
  const last = corrections.at(-1);
  return last
    ? say("versions.corrections.asOf", {
        day: dayInNewYork(last.at, language),
        clock: clockInNewYork(last.at, language),
      })
    : null;
}

/** What was, what is, why, by whom and when, line by line. @param numbers by which notes and references are called in the report */
export const sayCorrection = (
  { at, content: { before, after }, reason, label }: SeenCorrection,
  numbers: Numbers,
  { say, language }: Voice,
): readonly string[] => [
  say("versions.corrections.was", { words: readable(before, numbers) }),
  say("versions.corrections.is", { words: readable(after, numbers) }),
  say("publication.reason", { reason }),
  say(label === null ? "versions.corrections.by" : "versions.corrections.byIn", {
    day: dayInNewYork(at, language),
    clock: clockInNewYork(at, language),
    label: label ?? "",
  }),
];
