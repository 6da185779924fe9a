/** The report as JSON for other programs: what `GET …/report` answers, in a file that says what it is. */
import type { Numbered } from "../../shared/domain/comparison.ts";
import { compare } from "../../shared/domain/comparison.ts";
import { redline } from "../../shared/domain/redline.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { Part } from "../../shared/domain/values.ts";
import { parts } from "../../shared/domain/values.ts";
import { canonicalText } from "../../shared/domain/wording.ts";

/**
 * @param part only this part
 * @param more what else the file holds
 */
export function toJson(report: ComposedReport, part?: Part, more: object = {}): string {
  const { consensus, chairSummary } = report.parts;
  const shown = {
    ...(part !== "chair-summary" && { consensus }),
    ...(part !== "consensus" && { chairSummary }),
  };
  return `${JSON.stringify({ format: "rapporteur-report", v: 1, ...report, parts: shown, ...more }, null, 2)}\n`;
}

/** Every paragraph that differs, in reading order, with its words as runs: `same`, `inserted`, `deleted`. */
export function differencesAsJson(before: Numbered, after: Numbered, only?: Part): readonly object[] {
  return parts
    .filter((part) => only === undefined || part === only)
    .flatMap((part) => compare(before, after, part))
    .filter(({ kinds, left }) => kinds.length > 0 && !left)
    .map(({ id, number, was, kinds, before: then, after: now }) => ({
      paragraph: id,
      number,
      was,
      kinds,
      runs: redline(then ? canonicalText(then.content) : "", now ? canonicalText(now.content) : ""),
    }));
}
