import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, test } from "vitest";
import { latestVersion, migrate, versionOf } from "../../../server/store/migrations.ts";
import { readBackup } from "../../../server/store/backup-file.ts";
import { Damaged, NewerDatabase } from "../../../server/store/port.ts";
import { loadSqlite } from "../../../server/store/sqlite-engine.ts";
import { openSqliteStore } from "../../../server/store/sqlite-store.ts";

const steps = [
  "create table words (word text); insert into words values ('first')",
  "alter table words add column part text; update words set part = 'consensus'",
  "create table parts (part text); insert into parts select distinct part from words",
];

const open = await loadSqlite();
const aFolder = (): string => mkdtempSync(join(tmpdir(), "rapporteur-migrations-"));
function inDatabase<Value>(folder: string, use: (database: InstanceType<typeof DatabaseSync>) => Value): Value {
  const database = new DatabaseSync(join(folder, "rapporteur.sqlite"));
  try {
    return use(database);
  } finally {
    database.close();
  }
}
const bring = (folder: string, to: readonly string[]): number =>
  inDatabase(folder, (database) => {
    migrate(database, { open, folder: join(folder, "backups"), release: "1.2.3" }, to);
    return versionOf(database);
  });

test("[STO12] a new database takes every step, and nothing is backed up", () => {
  const folder = aFolder();
  expect(bring(folder, steps)).toBe(3);
  expect(readdirSync(folder)).not.toContain("backups");
});

test("[STO12] an older database is backed up as it was, then takes the missing steps once", () => {
  const folder = aFolder();
  bring(folder, steps.slice(0, 1));
  expect(bring(folder, steps)).toBe(3);
  expect(bring(folder, steps)).toBe(3);
  const backups = readdirSync(join(folder, "backups"));
  expect(backups).toEqual([expect.stringMatching(/^version-1-\d{4}-\d\d-\d\dT.*\.backup$/)]);
  const unpacked = join(folder, "unpacked.sqlite");
  const kept = join(folder, "backups", backups[0] as string);
  expect(readBackup(kept, unpacked, open, 1, "1.2.2")).toMatchObject({ release: "1.2.3", schema: 1 });
  const backup = new DatabaseSync(unpacked);
  expect(versionOf(backup)).toBe(1);
  expect(backup.prepare("select * from words").all()).toEqual([{ word: "first" }]);
  backup.close();
  inDatabase(folder, (database) => {
    expect(database.prepare("select * from words").all()).toEqual([{ word: "first", part: "consensus" }]);
    expect(database.prepare("select * from parts").all()).toEqual([{ part: "consensus" }]);
  });
});

for (const [index] of steps.entries()) {
  test(`[STO12] a crash in the middle of step ${index + 1} leaves the version before it, and the next start goes on from there`, () => {
    const folder = aFolder();
    const crashing = steps.map((step, at) => (at === index ? `${step}; insert into nowhere values (1)` : step));
    expect(() => bring(folder, crashing)).toThrow("nowhere");
    expect(inDatabase(folder, versionOf)).toBe(index);
    expect(bring(folder, steps)).toBe(3);
    inDatabase(folder, (database) => {
      expect(database.prepare("select * from parts").all()).toEqual([{ part: "consensus" }]);
    });
  });
}

test("[STO12] the database of a newer release is refused with both versions and left as it is", async () => {
  const folder = aFolder();
  await (await openSqliteStore(folder)).close();
  inDatabase(folder, (database) => database.exec("pragma user_version = 99"));
  const before = readFileSync(join(folder, "rapporteur.sqlite"));
  const refusal = openSqliteStore(folder);
  await expect(refusal).rejects.toThrow(NewerDatabase);
  await expect(refusal).rejects.toThrow(new RegExp(`version 99.*versions up to ${latestVersion}`));
  expect(readFileSync(join(folder, "rapporteur.sqlite")).equals(before)).toBe(true);
});

test("[STO12] tables without a version are not taken for a new database", () => {
  const folder = aFolder();
  inDatabase(folder, (database) => database.exec("create table words (word text)"));
  expect(() => bring(folder, steps)).toThrow(Damaged);
});
