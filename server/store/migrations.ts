/**
 * How the database came to its present shape: forward only, one step a version, each in a transaction of its own,
 * so that a crash at any point leaves a database at one of the versions. The version is SQLite's `user_version`.
 */
import { join } from "node:path";
import type { DatabaseSyncInstance as DatabaseSync } from "@photostructure/sqlite";
import { stamp, writeBackup } from "./backup-file.ts";
import { Damaged, NewerDatabase } from "./port.ts";
import type { OpenDatabase } from "./sqlite-engine.ts";

/** Never edit a step that was released: add the next one. */
const migrations: readonly string[] = [
  `
  create table negotiations (
    id text primary key, slug text not null unique, textRoom text not null, recordRoom text not null,
    createdAt integer not null, sum integer not null
  ) strict;
  create table records (negotiation text primary key, length integer not null, hash text not null) strict, without rowid;
  create table entries (
    negotiation text not null, seq integer not null, entry text not null, sum integer not null,
    primary key (negotiation, seq)
  ) strict;
  create table wordings (hash text primary key, canonical text not null, sum integer not null) strict;

  create table rooms (room text primary key, upTo integer not null) strict, without rowid;
  create table textUpdates (
    room text not null, seq integer not null, at integer not null, person text, bytes blob not null, sum integer not null,
    primary key (room, seq)
  ) strict, without rowid;
  create table snapshots (room text primary key, upTo integer not null, state blob not null, sum integer not null) strict;
  create table clientIds (
    room text not null, id integer not null, person text not null, at integer not null, primary key (room, id)
  ) strict, without rowid;

  create table answers (
    negotiation text not null, owner text not null, key text not null, bodyHash text not null, answer text not null,
    at integer not null, primary key (negotiation, owner, key)
  ) strict;
  create index answersByAge on answers (at);

  create table persons (id text primary key, name text not null) strict;
  create table seatHoldings (
    person text not null, negotiation text not null, seat text not null, primary key (person, negotiation, seat)
  ) strict;
  create index holdersOfSeats on seatHoldings (negotiation, seat);
  create table links (
    tokenHash text primary key, negotiation text, seat text not null, person text, name text,
    createdAt integer not null, expiresAt integer not null, usedAt integer
  ) strict;
  create table sessions (tokenHash text primary key, createdAt integer not null, expiresAt integer not null) strict;
  create table sessionPersons (session text not null, person text not null, primary key (session, person)) strict;
  create table tokens (
    tokenHash text primary key, person text not null, negotiation text not null, seat text not null,
    createdAt integer not null, expiresAt integer not null
  ) strict;

  create table probes (only integer primary key check (only = 1), count integer not null) strict;
  `,
  "create table formerRooms (room text primary key, negotiation text not null, kind text not null) strict",
  // Silence procedures: when the server was last there, and who has opened the text since.
  `
  create table pulses (negotiation text primary key, at integer not null) strict;
  create table deliveries (
    negotiation text not null, silence text not null, delegation text not null, at integer not null,
    primary key (negotiation, silence, delegation)
  ) strict;
  `,
  `create table seen (
    person text not null, negotiation text not null, seat text not null, upTo integer not null,
    primary key (person, negotiation, seat)
  ) strict, without rowid`,
  `create table papers (
    negotiation text not null, delegation text not null, id text not null, paper text not null, sum integer not null,
    primary key (negotiation, delegation, id)
  ) strict`,
  `create table draftings (
    negotiation text not null, id text not null, room text not null, drafting text not null, sum integer not null,
    primary key (negotiation, id)
  ) strict`,
  `create table webhooks (
    negotiation text not null, id text not null, webhook text not null, sum integer not null,
    primary key (negotiation, id)
  ) strict`,
  `create table feedKeys (
    person text not null, negotiation text not null, seat text not null, keyHash text not null unique,
    createdAt integer not null, expiresAt integer not null, primary key (person, negotiation, seat)
  ) strict`,
];

export const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare("pragma user_version").get()?.["user_version"]);

/** The version that this release writes. */
export const latestVersion = migrations.length;

export interface Migrated {
  readonly from: number;
  readonly to: number;
  /** The backup of what was there before. */
  readonly backup: string;
}

interface Keeping {
  readonly open: OpenDatabase;
  readonly folder: string;
  readonly release: string;
}

/**
 * Brings the database to the version of `steps`, after a backup into a folder when it holds anything.
 * @returns null when nothing had to be done to what was there
 * @throws NewerDatabase, Damaged
 */
export function migrate(
  database: DatabaseSync,
  { open, folder, release }: Keeping,
  steps: readonly string[] = migrations,
): Migrated | null {
  const found = versionOf(database);
  if (found > steps.length) {
    throw new NewerDatabase(
      `the database is at version ${found}, this release knows versions up to ${steps.length}: start the release that wrote it, or a newer one`,
    );
  }
  if (found === 0 && database.prepare("select 1 from sqlite_schema").get()) {
    throw new Damaged("the database has tables but no version; restore the data from a backup");
  }
  const isOlder = found > 0 && found < steps.length;
  const backup = join(folder, `version-${found}-${stamp()}.backup`);
  if (isOlder) writeBackup(database, backup, { open, release });
  for (const [index, step] of steps.entries()) {
    if (index < found) continue;
    try {
      database.exec(`begin immediate; ${step}; pragma user_version = ${index + 1}; commit`);
    } catch (trouble) {
      // Closing does not end a transaction as long as a statement of the connection waits to be collected.
      if (database.isTransaction) database.exec("rollback");
      throw trouble;
    }
  }
  return isOlder ? { from: found, to: steps.length, backup } : null;
}
