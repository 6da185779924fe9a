/** SQLite itself: built into Node from 22.13; before that a package with the same interface. */
import type { DatabaseSyncInstance as DatabaseSync } from "@photostructure/sqlite";

/** The database's name in a data folder. */
export const databaseName = "rapporteur.sqlite";

export type OpenDatabase = (file: string, how?: { readonly readOnly: boolean }) => DatabaseSync;

export async function loadSqlite(): Promise<OpenDatabase> {
  const { DatabaseSync } =
    (process.getBuiltinModule("node:sqlite" as never) as typeof import("@photostructure/sqlite") | undefined) ??
    (await import("@photostructure/sqlite"));
  return (file, how = { readOnly: false }) => new DatabaseSync(file, how);
}
