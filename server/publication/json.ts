/** The report as JSON for other programs: what `GET …/report` answers, in a file that says what it is. */
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { Part } from "../../shared/domain/values.ts";

/** @param part only this part */
export function toJson(report: ComposedReport, part?: Part): string {
  const { consensus, chairSummary } = report.parts;
  const parts = {
    ...(part !== "chair-summary" && { consensus }),
    ...(part !== "consensus" && { chairSummary }),
  };
  return `${JSON.stringify({ format: "rapporteur-report", v: 1, ...report, parts }, null, 2)}\n`;
}
