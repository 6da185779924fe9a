/** What `doctor` says of a server that is well, and of one thing after the other that is not. */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Finding } from "../../../server/care/doctor.ts";
import { examine, nodeIsRecent } from "../../../server/care/doctor.ts";
import { noteBackup } from "../../../server/care/last-backup.ts";
import { readConfig } from "../../../server/config.ts";
import { explained } from "../../../server/explained.ts";
import { openSqliteStore } from "../../../server/store/sqlite-store.ts";
import { aText, anAppend, noon } from "../../contracts/store-contract.ts";
import { Table, paragraph } from "../../support/table.ts";
import { sealAll } from "../../support/seal.ts";

const now = Date.UTC(2026, 5, 1, 12);
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "rapporteur-doctor-"));
  const store = await openSqliteStore(folder);
  const table = new Table([paragraph("a", "States should meet.")]);
  await store.commit([
    {
      kind: "negotiation",
      row: { id: "talks", slug: "talks", textRoom: "text", recordRoom: "record", createdAt: noon },
    },
    anAppend("talks", sealAll(table.entries)),
    aText("text", "one", "two"),
  ]);
  await store.close();
  noteBackup(folder, { at: new Date(now - 3_600_000).toISOString(), file: "/elsewhere/first.backup" });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function find(
  env: Record<string, string> = {},
  answer: { ok: boolean; says: string } | null = null,
  at = now,
): Promise<readonly Finding[]> {
  const config = readConfig({ DATA_DIR: folder, ...env });
  return examine({ config, askServer: () => Promise.resolve(answer), explained, now: at });
}
const amiss = (findings: readonly Finding[]): string[] =>
  findings.filter(({ level }) => level !== "ok").map(({ level, what, says }) => `${level} ${what}: ${says}`);

test("[CAR8] of a server that is well nothing is said but that it is, and nothing is changed by asking", async () => {
  const before = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs]);
  expect(amiss(await find())).toEqual([]);
  expect(amiss(await find({ PUBLIC_URL: "https://talks.example", TRUST_PROXY: "1" }))).toEqual([]);
  const left = readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name));
  expect(left.map((name) => [name, statSync(join(folder, name)).mtimeMs])).toEqual(before);
});

test("[CAR8] each thing that is amiss is told with what to do", async () => {
  expect(amiss(await find({ PUBLIC_URL: "https://talks.example" }))).toEqual([
    expect.stringMatching(/^warn Address.*set TRUST_PROXY=1/),
  ]);
  expect(amiss(await find({}, { ok: false, says: "it runs, and cannot write" }))).toEqual([
    expect.stringMatching(/^fail Server: it runs, and cannot write.*readyz/),
  ]);
  expect(amiss(await find({}, null, now + 30 * 3_600_000))).toEqual([
    expect.stringMatching(/^warn Last backup: 31 hours ago; run `backup/),
  ]);
  expect(amiss(await find({}, null, 0))).toEqual([
    expect.stringMatching(/^fail Clock.*before the record's last entry.*NTP/),
  ]);
  rmSync(join(folder, "last-backup.json"));
  chmodSync(folder, 0o755);
  expect(amiss(await find())).toEqual([
    expect.stringMatching(/^warn Data folder.*others.*chmod/),
    expect.stringMatching(/^warn Last backup: none/),
  ]);
});

test("[CAR8] damage, an older and a newer database are told apart", async () => {
  const change = (sql: string): void => {
    const database = new DatabaseSync(join(folder, "rapporteur.sqlite"));
    database.exec(sql);
    database.close();
  };
  change("pragma user_version = 1");
  expect(amiss(await find())).toEqual([expect.stringMatching(/^warn Database: version 1.*next start.*backup/)]);
  change("pragma user_version = 99");
  expect(amiss(await find())).toEqual([expect.stringMatching(/^fail Database: version 99.*versions up to \d/)]);
  change("update textUpdates set bytes = x'00' where seq = 2");
  expect(amiss(await find())).toEqual([expect.stringMatching(/^fail Database.*textUpdates text 2.*restore.*backup/)]);
  writeFileSync(join(folder, "rapporteur.sqlite"), "no database at all");
  expect(amiss(await find())).toEqual([expect.stringMatching(/^fail Database/), expect.stringMatching(/^fail Clock/)]);
});

test("[CAR8] a Node that is too old is told so", () => {
  expect(nodeIsRecent("20.18.3")).toMatchObject({ level: "fail", says: expect.stringContaining("20.19") });
  expect(nodeIsRecent("20.19.0").level).toBe("ok");
  expect(nodeIsRecent("24.1.0").level).toBe("ok");
});
