/** Positions as a table that a spreadsheet opens. */
import { stringify } from "csv-stringify/sync";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { Part } from "../../shared/domain/values.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { sayNamed } from "../../shared/messages/tell.ts";

const columns = [
  "paragraph",
  "part",
  "status",
  "delegation",
  "level",
  "standing",
  "stale",
  "confirmed",
  "since",
  "reason",
  "remedy",
  "words",
  "text",
];

/** One row for each position on each paragraph; a paragraph without any has one row of its own. Opens in a spreadsheet, and runs nothing there. */
export function positionsAsCsv({ parts }: ComposedReport, only?: Part): string {
  const rows = [
    ...(only === "chair-summary" ? [] : parts.consensus),
    ...(only === "consensus" ? [] : parts.chairSummary),
  ]
    .filter(({ kind }) => kind === "paragraph")
    .flatMap(({ number, part: standsIn, status, positions, text }) => {
      const paragraph = [number, standsIn, status ?? ""];
      if (positions.length === 0) return [[...paragraph, "", "", "", "", "", "", "", "", "", text]];
      return positions.map(({ by, level, standing, stale, confirmed, at, reason, remedy, span }) => [
        ...paragraph,
        by ? sayNamed(by, voiceIn("en")) : "",
        level,
        standing ? "yes" : "no",
        stale ? "yes" : "no",
        confirmed ? "yes" : "no",
        new Date(at).toISOString(),
        reason ?? "",
        remedy ? [remedy.kind, remedy.text ?? ""].filter(Boolean).join(": ") : "",
        span?.quote ?? "",
        text,
      ]);
    });
  return stringify([columns, ...rows], { bom: true, escape_formulas: true });
}
