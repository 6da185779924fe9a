/** The report as JSON for other programs: what `GET …/report` answers, in a file that says what it is. */
import type { Numbered } from "../../shared/domain/comparison.ts";
import { compare } from "../../shared/domain/comparison.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { Part } from "../../shared/domain/values.ts";
import { parts } from "../../shared/domain/values.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { signsIn, signsOf } from "../../shared/messages/numbers.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import type { Numbers } from "../../shared/messages/signs.ts";
import { readable, readableRedline } from "../../shared/messages/signs.ts";

/**
 * @param part only this part
 * @param more what else the file holds
 */
export function toJson(report: ComposedReport, part?: Part, more: object = {}): string {
  const read = readIn(report, signsOf(report, voiceIn("en")));
  const { consensus, chairSummary } = read.parts;
  const shown = {
    ...(part !== "chair-summary" && { consensus }),
    ...(part !== "consensus" && { chairSummary }),
  };
  return `${JSON.stringify({ format: "rapporteur-report", v: 1, ...read, parts: shown, ...more }, null, 2)}\n`;
}

/**
 * Beside every canonical text, in which spans count and a footnote or a reference is one U+FFFC, the words as they are read: `reads`, with
 * the numbers of notes and of the paragraphs referred to.
 */
function readIn<T>(value: T, signs: Numbers): T {
  if (Array.isArray(value)) return value.map((one: unknown) => readIn(one, signs)) as T;
  if (typeof value !== "object" || value === null) return value;
  const all = Object.entries(value).map(([name, one]) => [name, readIn<unknown>(one, signs)]);
  const reads = "text" in value && "content" in value && readable(value.content as readonly Inline[], signs);
  return Object.fromEntries([...all, ...(reads === false ? [] : [["reads", reads]])]) as T;
}

/** Every paragraph that differs, in reading order, with its words as runs: `same`, `inserted`, `deleted`. */
export function differencesAsJson(before: Numbered, after: Numbered, only?: Part): readonly object[] {
  const [earlier, signs] = [before, after].map((one) => signsIn(one, voiceIn("en")));
  return parts
    .filter((part) => only === undefined || part === only)
    .flatMap((part) => compare(before, after, part))
    .filter(({ kinds, left }) => kinds.length > 0 && !left)
    .map(({ id, number, was, kinds, before: then, after: now }) => ({
      paragraph: id,
      number,
      was,
      kinds,
      runs: readableRedline(then?.content ?? "", now?.content ?? "", signs, earlier),
    }));
}
