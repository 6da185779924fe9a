/** A negotiation as tables for research (SPEC: RES), each as CSV and as JSON Lines, with the dictionary of their columns. Made of the entries that its reader may see, and of nothing else. */
import { promisify } from "node:util";
import { stringify } from "csv-stringify/sync";
import type { AsyncZippable } from "fflate";
import { zip } from "fflate";
import { delegationOf } from "../../shared/domain/roster.ts";
import type { SeenEntry } from "../../shared/domain/entries.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import { allProposals } from "../../shared/domain/proposals.ts";
import type { Fact, Record } from "../../shared/domain/record.ts";
import { emptyRecord, evolve, factOf } from "../../shared/domain/record.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import type { WordingHash } from "../../shared/domain/values.ts";
import { canonicalText, wordingOf } from "../../shared/domain/wording.ts";
import { isoOf } from "../../shared/messages/times.ts";
import type { Column, ResearchTables } from "../../shared/wire/research.ts";
import { dataDictionary, researchReadme, researchSchema } from "../../shared/wire/research.ts";
import { recordWhenIssued } from "../http/pages/issued.ts";

type Row<T extends keyof ResearchTables> = ResearchTables[T][number];

export function tablesOf(events: readonly SeenEntry[], viewer: Viewer): ResearchTables {
  const record = evolve(emptyRecord, events);
  const facts = events.flatMap((entry) => factOf(entry) ?? []);
  return {
    paragraphs: paragraphsIn(record, events, viewer),
    wordings: wordingsIn(facts),
    positions: [...record.positions.values()].map((one): Row<"positions"> => ({
      position: one.id,
      seq: one.seq,
      at: isoOf(one.at),
      paragraph: one.paragraph,
      wording: one.wording,
      level: one.level,
      placement: one.placement,
      delegation: one.by,
      group: one.group,
      holder: one.holder,
      ofState: one.ofState,
      confirmed: one.confirmed,
      standing: one.standing,
      on: [...one.on],
      quote: one.span?.quote ?? null,
      ground: one.ground,
      reason: one.reason,
      remedy: one.remedy?.kind ?? null,
      remedyText: one.remedy?.text ?? null,
    })),
    proposals: allProposals(record).map((one): Row<"proposals"> => ({
      proposal: one.id,
      seq: one.seq,
      at: isoOf(one.at),
      paragraph: one.paragraph,
      wording: one.wording,
      change: one.change,
      to: one.to,
      text: one.content && canonicalText(one.content),
      delegation: one.by,
      group: one.group,
      holder: one.holder,
      cosponsors: one.cosponsors.length,
      supersedes: one.supersedes,
      reason: one.reason,
      fate: one.fate?.fate ?? null,
      fateSeq: one.fate?.seq ?? null,
      fateAt: one.fate && isoOf(one.fate.at),
      fateReason: one.fate?.reason ?? null,
      into: one.fate?.into ?? null,
    })),
    events: events.map(eventOf),
  };
}

/** As each version stood when it was issued, and as what was circulated last stands today. */
function paragraphsIn(record: Record, events: readonly SeenEntry[], viewer: Viewer): ResearchTables["paragraphs"] {
  const { versions, text, circulations } = record;
  const last = circulations.at(-1);
  const issued = versions.map((version) => ({ ...version, known: recordWhenIssued(events, version) }));
  const today =
    last && versions.at(-1)?.text !== text
      ? [{ name: "today", seq: last.seq, at: last.at, text, ...numbersToday(record, text), known: record }]
      : [];
  return [...issued, ...today].flatMap((one) => {
    const { parts } = composeReport(one.known, one.text, viewer);
    const status = new Map([...parts.consensus, ...parts.chairSummary].map((block) => [block.id, block.status]));
    return one.text.map(({ id, kind, level, part, content }, index): Row<"paragraphs"> => ({
      version: one.name,
      seq: one.seq,
      at: isoOf(one.at),
      place: index + 1,
      paragraph: id,
      kind,
      number: one.numbers.get(id) ?? "",
      level,
      part,
      status: status.get(id) ?? null,
      wording: wordingOf(content).hash,
    }));
  });
}

function wordingsIn(facts: readonly Fact[]): ResearchTables["wordings"] {
  const found = new Map<WordingHash, Row<"wordings">>();
  for (const { seq, at, what } of facts) {
    const brought =
      "changed" in what
        ? what.changed
        : what.kind === "paragraph-corrected"
          ? [{ id: what.paragraph, content: what.content }]
          : [];
    for (const { id: paragraph, content } of brought) {
      const { hash: wording, text } = wordingOf(content);
      if (found.has(wording)) continue;
      const length = text.split(/\s+/).filter(Boolean).length;
      found.set(wording, { wording, paragraph, seq, at: isoOf(at), length, text });
    }
  }
  return [...found.values()];
}

function eventOf(entry: SeenEntry): Row<"events"> {
  const fact = factOf(entry);
  if (!fact) {
    const nothing = { delegation: null, paragraph: null, position: null, proposal: null, fate: null };
    return { seq: entry.seq, at: null, kind: null, ...nothing };
  }
  const { seq, at, what, who } = fact;
  return {
    seq,
    at: isoOf(at),
    kind: what.kind,
    delegation: who && (who.onBehalfOf ?? delegationOf(who.seat)),
    paragraph: "paragraph" in what ? what.paragraph : null,
    position: what.kind === "position-lodged" ? what.id : "position" in what ? what.position : null,
    proposal: what.kind === "proposal-tabled" ? what.id : "proposal" in what ? what.proposal : null,
    fate: what.kind === "proposal-disposed" ? what.fate : null,
  };
}

/** The tables, packed; the same tables are the same file. */
export function writeResearch(tables: ResearchTables): Promise<Uint8Array> {
  const dictionary = dataDictionary();
  const files: AsyncZippable = {};
  const add = (name: string, text: string): void => {
    files[name] = [Buffer.from(text), { mtime: new Date(1980, 0, 1) }];
  };
  add("README.txt", researchReadme());
  add("dictionary.csv", asCsv(["table", "column", "type", "means"], dictionary));
  add("schema.json", `${JSON.stringify(researchSchema(), null, 1)}\n`);
  for (const [table, rows] of Object.entries(tables)) {
    add(`${table}.csv`, asCsv(columnsOf(dictionary, table), rows));
    add(`${table}.jsonl`, rows.map((row: object) => `${JSON.stringify(row)}\n`).join(""));
  }
  return promisify<AsyncZippable, Uint8Array>(zip)(files);
}

const columnsOf = (dictionary: readonly Column[], of: string): string[] =>
  dictionary.filter(({ table }) => table === of).map(({ column }) => column);

/** Opens in a spreadsheet, and runs nothing there. A list is its members with spaces between them. */
function asCsv(columns: readonly string[], rows: readonly object[]): string {
  const cell = (value: unknown): unknown => (Array.isArray(value) ? value.join(" ") : (value ?? ""));
  const lines = rows.map((row) =>
    columns.map((column) => cell((row as Readonly<{ [name: string]: unknown }>)[column])),
  );
  return stringify([columns, ...lines], { bom: true, escape_formulas: true, cast: { boolean: String } });
}
