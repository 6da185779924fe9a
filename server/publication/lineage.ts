/** The lineage of a text as files: a table for a spreadsheet, and all of it, word by word, for programs. */
import { stringify } from "csv-stringify/sync";
import type { LineageRow } from "../../shared/domain/seen-lineage.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import type { Between } from "../http/pages/lineage-page.tsx";
import { contributorsOf, labelOf } from "../http/pages/lineage-page.tsx";
import { sayHow } from "../http/pages/lineage-parts.tsx";

export function lineageAsJson(rows: readonly LineageRow[], { from, to }: Between): string {
  const nameOf = (step: Between["from"]): object | null =>
    step && { version: step.version?.name ?? null, label: labelOf(step), seq: step.seq };
  const told = rows.map(({ block, ...row }) => ({
    ...row,
    kind: block?.kind ?? null,
    part: block?.part ?? null,
    text: block ? canonicalText(block.content) : null,
  }));
  return `${JSON.stringify({ format: "rapporteur-lineage", v: 1, from: nameOf(from), to: nameOf(to), rows: told }, null, 2)}\n`;
}

/** One row a paragraph. Opens in a spreadsheet, and runs nothing there. */
export function lineageAsCsv(rows: readonly LineageRow[]): string {
  const columns = ["new", "old", "contributors", "how", "reasons", "entries", "text"];
  const lines = rows.map((row) => [
    row.number ?? "",
    row.old.map(({ number }) => number ?? "").join(", "),
    contributorsOf(row).join("; "),
    [...new Set(row.acts.map(({ how }) => sayHow(how)))].join("; "),
    row.acts.flatMap(({ reason }) => reason ?? []).join("; "),
    row.acts.map(({ seq }) => seq).join(", "),
    row.block ? canonicalText(row.block.content) : "",
  ]);
  return stringify([columns, ...lines], { bom: true, escape_formulas: true });
}
