/** The lineage of a text as files: a document, a table for a spreadsheet, and all of it, word by word, for programs. */
import { stringify } from "csv-stringify/sync";
import type { Step } from "../../shared/domain/lineage.ts";
import type { LineageRow, SeenAct } from "../../shared/domain/seen-lineage.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import type { Inline } from "../../shared/domain/text.ts";
import type { Numbers } from "../../shared/messages/signs.ts";
import { writtenOut } from "../../shared/messages/signs.ts";
import type { Between } from "../http/pages/lineage-page.tsx";
import {
  contributorsOf,
  labelOf,
  lastWords,
  nameOf,
  sayBetween,
  sayNew,
  sayNothingDone,
  sayOld,
  sayWords,
  wordsIn,
} from "../http/pages/lineage-page.tsx";
import { sayContributors, sayHow } from "../http/pages/lineage-parts.tsx";
import { say } from "../http/pages/speaker.ts";
import type { Told } from "./printed-report.ts";

export function lineageAsJson(rows: readonly LineageRow[], { from, to }: Between): string {
  const written = rows.map(({ block, gone, ...row }) => ({
    ...row,
    kind: block?.kind ?? null,
    part: block?.part ?? null,
    text: block ? canonicalText(block.content) : null,
    gone: gone && { in: named(gone.step), text: canonicalText(gone.last.content) },
  }));
  const whole = { format: "rapporteur-lineage", v: 1, from: from && named(from), to: to && named(to), rows: written };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

const named = (step: Step): object => ({ name: nameOf(step) || null, label: labelOf(step), seq: step.seq });

/** With its notes below. */
const inCell = (content: readonly Inline[], { numberOf }: Numbers): string => writtenOut(content, numberOf);

/** One row a paragraph. Opens in a spreadsheet, and runs nothing there. */
export function lineageAsCsv(rows: readonly LineageRow[], to: Step): string {
  const columns = ["new", "old", "contributors", "how", "reasons", "entries", "text", "removed in", "last words"];
  const lines = rows.map((row) => [
    row.number === null ? "" : sayNew(row),
    row.old
      .flatMap(({ number, part }) => (number === null ? [] : sayNumber({ number, part }, voiceIn("en"))))
      .join(", "),
    contributorsOf(row).join("; "),
    [...new Set(row.acts.map(({ how }) => sayHow(how)))].join("; "),
    row.acts.flatMap(({ reason }) => reason ?? []).join("; "),
    row.acts.map(({ seq }) => seq).join(", "),
    wordsIn(row, to, inCell),
    row.gone ? labelOf(row.gone.step) : "",
    row.gone ? lastWords(row.gone, inCell) : "",
  ]);
  return stringify([columns, ...lines], { bom: true, escape_formulas: true });
}

/** The table as a document. */
export function lineageTable(rows: readonly LineageRow[], between: Between & { readonly to: Step }): Told {
  const title = say("lineage.table.title");
  const width = { new: 2, old: 2, contributors: 4, how: 6, text: 8 } as const;
  return {
    label: title,
    sections: [
      {
        title,
        items: [
          { t: "words", text: `${sayBetween(between)}.` },
          {
            t: "table",
            columns: (["new", "old", "contributors", "how", "text"] as const).map((name) => ({
              title: say(`lineage.table.${name}`),
              width: width[name],
            })),
            rows: rows.map((row) => [
              sayNew(row),
              sayOld(row),
              contributorsOf(row).join("; "),
              row.acts.length === 0 ? sayNothingDone(row) : row.acts.map(sayAct).join("\n"),
              sayWords(row, between.to, inCell),
            ]),
          },
        ],
      },
    ],
  };
}

/** "Proposal, Lunari: Reason (entry 12)" */
const sayAct = (act: SeenAct): string =>
  `${sayHow(act.how)}, ${sayContributors(act)}${act.reason ? `: ${act.reason}` : ""}${act.isSpent ? ` ${say("lineage.spent")}` : ""} ${say("versions.entry", { seq: act.seq })}`;
