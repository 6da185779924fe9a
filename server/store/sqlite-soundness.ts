/** Is all of it what was written? Every row with a checksum, every chain, and SQLite's own structure, read from one database. */
import type { DatabaseSyncInstance as DatabaseSync } from "@photostructure/sqlite";
import { verifySeen } from "../../shared/domain/chain.ts";
import type { Entry } from "../../shared/domain/entries.ts";
import { checksumOfBytes, checksumOfDrafting, checksumOfNegotiation, checksumOfText, damaged } from "./checksums.ts";
import type { DraftingRow, NegotiationRow } from "./port.ts";
import { Damaged, genesis } from "./port.ts";

/** What a sound database holds: enough to tell it from another one. */
export interface Contents {
  readonly rows: Readonly<Record<string, number>>;
  readonly negotiations: readonly { readonly slug: string; readonly entries: number; readonly head: string }[];
}

type Row = Readonly<Record<string, unknown>>;

/** How the rows of a table are checked; tables that are not there are of another version. */
const checks: Readonly<Record<string, (row: Row) => string | null>> = {
  negotiations: (row) =>
    row["sum"] === checksumOfNegotiation(row as unknown as NegotiationRow) ? null : String(row["id"]),
  wordings: ({ hash, canonical, sum }) => named(String(hash), canonical, sum),
  entries: ({ negotiation, seq, entry, sum }) => named(`${String(negotiation)} ${String(seq)}`, entry, sum),
  textUpdates: ({ room, seq, bytes, sum }) => bytesNamed(`${String(room)} ${String(seq)}`, bytes, sum),
  papers: ({ negotiation, delegation, id, paper, sum }) =>
    named([negotiation, delegation, id].map(String).join(" "), paper, sum),
  draftings: (row) =>
    row["sum"] === checksumOfDrafting(row as unknown as DraftingRow)
      ? null
      : `${String(row["negotiation"])} ${String(row["id"])}`,
  webhooks: ({ negotiation, id, webhook, sum }) => named(`${String(negotiation)} ${String(id)}`, webhook, sum),
  snapshots: ({ room, upTo, state, sum }) => bytesNamed(`${String(room)} ${String(upTo)}`, state, sum),
};

const named = (name: string, content: unknown, sum: unknown): string | null =>
  sum === checksumOfText(name, content) ? null : name;

const bytesNamed = (name: string, content: unknown, sum: unknown): string | null =>
  sum === checksumOfBytes(name, content) ? null : name;

/** @throws Damaged, naming the first row, entry or page that is not what was written */
export function readSound(database: DatabaseSync): Contents {
  const structure = database.prepare("pragma integrity_check(1)").get()?.["integrity_check"];
  if (structure !== "ok") throw new Damaged(`the database's structure is damaged: ${String(structure)}`);
  const tables = database
    .prepare("select name from sqlite_schema where type = 'table' order by name")
    .all()
    .map(({ name }) => String(name));
  const all = (table: string): Iterable<Row> =>
    tables.includes(table) ? (database.prepare(`select * from ${table}`).iterate() as Iterable<Row>) : [];

  for (const [table, trouble] of Object.entries(checks)) {
    for (const row of all(table)) {
      const name = trouble(row);
      if (name !== null) throw damaged(`${table} ${name}`);
    }
  }
  for (const { room, upTo } of all("rooms")) {
    const { last, count } = database
      .prepare("select max(seq) as last, count(*) as count from textUpdates where room = ?")
      .get(String(room)) as Row;
    if (last !== upTo || count !== upTo) throw damaged(`rooms ${String(room)}`);
  }
  const negotiations = [...all("negotiations")]
    .map(({ id, slug }) => ({ slug: String(slug), ...chainOf(database, String(id), String(slug)) }))
    .toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  const rows = Object.fromEntries(
    tables.map((table) => [table, Number(database.prepare(`select count(*) as rows from ${table}`).get()?.["rows"])]),
  );
  return { rows, negotiations };
}

function chainOf(database: DatabaseSync, negotiation: string, slug: string) {
  const entries = database
    .prepare("select entry from entries where negotiation = ? order by seq")
    .all(negotiation)
    .map(({ entry }) => JSON.parse(String(entry)) as Entry);
  const verdict = verifySeen(entries, null);
  if (!verdict.ok) throw new Damaged(`the record of ${slug} is not whole: entry ${verdict.seq}, ${verdict.why}`);
  const { length = 0, hash = genesis } =
    database.prepare("select length, hash from records where negotiation = ?").get(negotiation) ?? {};
  if (length !== verdict.last.seq || hash !== verdict.last.hash) throw damaged(`records ${negotiation}`);
  return { entries: verdict.last.seq, head: verdict.last.hash };
}
