/** Positions as tables that a spreadsheet opens, and runs nothing in. */
import { stringify } from "csv-stringify/sync";
import type { OwnRow } from "../../shared/domain/comment-table.ts";
import { commentHeads, spellOwnRow } from "../../shared/domain/comment-table.ts";
import type { Numbered } from "../../shared/domain/comparison.ts";
import { spellChange } from "../../shared/domain/proposed-change.ts";
import { typedWords } from "../../shared/domain/typed-words.ts";
import type { ComposedParagraph, ComposedReport, Named } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import type { Part } from "../../shared/domain/values.ts";
import { signsOf } from "../../shared/messages/numbers.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { readable } from "../../shared/messages/signs.ts";
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

/** One row for each position on each paragraph; a paragraph without any has one row of its own. */
export function positionsAsCsv(report: ComposedReport, only?: Part): string {
  const signs = signsOf(report, voiceIn("en"));
  const rows = paragraphsOf(report, only).flatMap(({ number, part: standsIn, status, positions, content }) => {
    const text = readable(content, signs);
    const paragraph = [number, standsIn, status ?? ""];
    if (positions.length === 0) return [[...paragraph, "", "", "", "", "", "", "", "", "", text]];
    return positions.map(({ by, level, standing, stale, confirmed, at, reason, remedy, quoted }) => [
      ...paragraph,
      by ? sayNamed(by, voiceIn("en")) : "",
      level,
      standing ? "yes" : "no",
      stale ? "yes" : "no",
      confirmed ? "yes" : "no",
      new Date(at).toISOString(),
      reason ?? "",
      remedy ? [remedy.kind, remedy.text ?? ""].filter(Boolean).join(": ") : "",
      readable(quoted ?? "", signs),
      text,
    ]);
  });
  return tableOf([columns, ...rows]);
}

/**
 * The positions that stand and the proposals without a fate as the table of comments that ministries and standards bodies send, one row each. It is read
 * back as it was written (SPEC: COM7).
 */
export function commentsAsCsv(report: ComposedReport, only?: Part): string {
  const { say } = voiceIn("en");
  const all = paragraphsOf(report, undefined);
  const on: Numbered = { text: all, numbers: new Map(all.map(({ id, number }) => [id, number])) };
  const rows = paragraphsOf(report, only).flatMap(({ number, part, positions, proposals }) => {
    const row = (own: OwnRow, by: Named | undefined, comment = "", change = "", level = ""): string[] => [
      by?.group?.name ?? by?.code ?? "",
      number,
      say(`words.part.${part}`),
      "te",
      comment,
      change,
      "",
      level,
      spellOwnRow(own),
    ];
    return [
      ...positions
        .filter(({ standing }) => standing)
        .map(({ id, by, reason, remedy, level }) =>
          row({ of: "position", id }, by, reason, remedy?.text ?? remedy?.kind, say(`words.level.${level}`)),
        ),
      ...proposals
        .filter(({ fate }) => fate === null)
        .map((one) => row({ of: "proposal", id: one.id }, one.by, one.reason, spelled(one, on))),
    ];
  });
  return tableOf([[...commentHeads], ...rows]);
}

/** Words that may not be read are left out. */
const spelled = ({ kind, content, to }: SeenProposal, on: Numbered): string =>
  (kind === "replace" || kind === "insert-after") && !content
    ? ""
    : spellChange({ change: kind, to, ...(content && { text: typedWords(content, on) }) });

const paragraphsOf = ({ parts }: ComposedReport, only: Part | undefined): readonly ComposedParagraph[] =>
  [...(only === "chair-summary" ? [] : parts.consensus), ...(only === "consensus" ? [] : parts.chairSummary)].filter(
    ({ kind }) => kind === "paragraph",
  );

const tableOf = (rows: readonly (readonly string[])[]): string =>
  stringify([...rows], { bom: true, escape_formulas: true });
