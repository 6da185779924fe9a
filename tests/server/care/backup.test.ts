/** Backups of data with some history: what is in them, what is noticed, what becomes of the rooms. Under load: tests/faults. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandLine } from "../../../server/cli/command-line.ts";
import { lastBackup } from "../../../server/care/last-backup.ts";
import { openSqliteStore } from "../../../server/store/sqlite-store.ts";
import { putInPlace } from "../../../server/store/data-folder.ts";
import { chance } from "../../support/random.ts";

const seed = Number(process.env["SEED"] ?? 1);
const flips = Number(process.env["FLIPS"] ?? 60);
const scratch = mkdtempSync(join(tmpdir(), "rapporteur-backup-"));
const dataDir = join(scratch, "data");
const backup = join(scratch, "first.backup");

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function cli(folder: string, ...args: string[]): Promise<Said> {
  let [out, err] = ["", ""];
  const code = await commandLine(args, {
    env: { DEMO: "0", LOG_LEVEL: "silent", DATA_DIR: folder },
    say: (lines) => void (out += `${lines}\n`),
    complain: (lines) => void (err += `${lines}\n`),
  });
  return { code, out, err };
}

let folders = 0;
const aFolder = (): string => join(scratch, `folder-${++folders}`);

beforeAll(async () => {
  const draft = join(scratch, "draft.md");
  writeFileSync(draft, "# A report\n\n1. States should meet.\n\n2. States should talk.\n");
  for (const slug of ["first", "second"]) await cli(dataDir, "new", "--title", slug, "--slug", slug, "--from", draft);
  expect(await cli(dataDir, "backup", "--out", backup)).toMatchObject({ code: 0, err: "" });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("[CAR1] a backup says what it holds in words that anyone can read, and no half of one is left behind", async () => {
  const [first = "", second = ""] = readFileSync(backup, "latin1").split("\n", 2);
  expect(first).toMatch(/^rapporteur-backup 1 [0-9a-f]{64}$/);
  expect(JSON.parse(second)).toMatchObject({
    release: expect.stringMatching(/^\d/),
    schema: expect.any(Number),
    at: expect.stringMatching(/^\d{4}-/),
    rows: { negotiations: 2 },
    negotiations: [
      { slug: "first", head: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { slug: "second", entries: expect.any(Number) },
    ],
  });
  expect(readdirSync(scratch).filter((name) => /\.(part|database)$/.test(name))).toEqual([]);
  expect(lastBackup(dataDir)).toMatchObject({ file: backup });
  expect(await cli(dataDir, "verify", backup)).toMatchObject({ code: 0, out: expect.stringMatching(/is whole/) });
  expect((await cli(dataDir, "backup", "--out", backup)).err).toContain("there already");
  expect((await cli(aFolder(), "backup", "--out", `${backup}.2`)).err).toContain("no data");
});

test(`[CAR2] seed ${seed}: of ${flips} bits flipped in a backup every one is found`, async () => {
  const random = chance(seed);
  const bytes = readFileSync(backup);
  const broken = join(scratch, "broken.backup");
  for (let flip = 0; flip < flips; flip++) {
    const [at, bit] = [random.below(bytes.length), random.below(8)];
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] as number) ^ (1 << bit);
    writeFileSync(broken, flipped);
    expect((await cli(dataDir, "verify", broken)).code, `byte ${at}, bit ${bit}`).not.toBe(0);
  }
  writeFileSync(broken, bytes.subarray(0, -1));
  expect(await cli(dataDir, "verify", broken)).toMatchObject({ code: 1, err: expect.stringMatching(/damaged/) });
});

test("[CAR2] data that are damaged make no backup: the row is named", async () => {
  const folder = aFolder();
  await cli(folder, "restore", backup);
  inDatabase(folder, (database) =>
    database.exec("update wordings set canonical = 'x'; update textUpdates set bytes = x'00' where seq = 1"),
  );
  const out = join(scratch, "never.backup");
  expect(await cli(folder, "backup", "--out", out)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/row textUpdates \w+ 1 is not what was written/),
  });
  expect(existsSync(out)).toBe(false);
});

test("[CAR2] an entry that was changed together with its checksum is found by its chain", async () => {
  const folder = aFolder();
  await cli(folder, "restore", backup);
  const { checksumOfText } = await import("../../../server/store/checksums.ts");
  inDatabase(folder, (database) => {
    const row = database.prepare("select * from entries where seq = 1 limit 1").get() as Record<string, string>;
    const forged = String(row["entry"]).replace("first", "worst").replace("second", "worst");
    database
      .prepare("update entries set entry = ?, sum = ? where negotiation = ? and seq = 1")
      .run(forged, checksumOfText(`${row["negotiation"]} 1`, forged), String(row["negotiation"]));
  });
  expect(await cli(folder, "backup", "--out", join(scratch, "never.backup"))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/record of (first|second) is not whole: entry 1, contents/),
  });
});

test("[CAR3] a newer format and a newer release's database are refused with both versions", async () => {
  const newer = join(scratch, "newer.backup");
  writeFileSync(newer, readFileSync(backup).fill("2", "rapporteur-backup ".length, "rapporteur-backup 1".length));
  expect((await cli(aFolder(), "restore", newer)).err).toMatch(/format 2.*formats up to 1/);

  const folder = aFolder();
  await cli(folder, "restore", backup);
  inDatabase(folder, (database) => database.exec("pragma user_version = 99"));
  const later = join(scratch, "later.backup");
  await cli(folder, "backup", "--out", later);
  const empty = aFolder();
  expect((await cli(empty, "restore", later)).err).toMatch(
    /Rapporteur \d.*version 99.*this release, \d.*versions up to \d/,
  );
  expect(readdirSync(empty)).toEqual(["server.lock"]);
});

test("[CAR4] data are replaced only when asked, and kept aside", async () => {
  const folder = aFolder();
  await cli(folder, "new", "--title", "Third", "--slug", "third");
  const before = contentsOf(folder);
  expect(await cli(folder, "restore", backup)).toMatchObject({ code: 1, err: expect.stringMatching(/--replace/) });
  expect(contentsOf(folder)).toEqual(before);

  const broken = join(scratch, "cut.backup");
  writeFileSync(broken, readFileSync(backup).subarray(0, 5_000));
  expect((await cli(folder, "restore", broken, "--replace")).code).toBe(1);
  expect(contentsOf(folder)).toEqual(before);

  const { out } = await cli(folder, "restore", backup, "--replace");
  const aside = /is in (\S+)\.\n/.exec(out)?.[1] ?? "";
  expect(aside).toMatch(/replaced-\d{4}-\d\d-\d\dT/);
  expect(contentsOf(aside)).toEqual(before);
  expect((await cli(folder, "verify", "--negotiation", "second")).code).toBe(0);
  expect((await cli(folder, "verify", "--negotiation", "third")).code).toBe(1);
});

test("[CAR5] whoever dies in the middle of a restore: the next start finishes it, or knows nothing of it", async () => {
  const old = aFolder();
  await cli(old, "new", "--title", "Old", "--slug", "old");
  const fresh = aFolder();
  await cli(fresh, "restore", backup);
  // The folder after each step that `putInPlace` takes.
  const steps: readonly ((folder: string, decided: string, aside: string) => void)[] = [
    () => undefined,
    (folder, _, aside) => move(folder, aside, "rapporteur.sqlite"),
    (folder, decided) => move(decided, folder, "rapporteur.sqlite"),
  ];
  for (const died of steps.keys()) {
    const folder = aFolder();
    cpSync(old, folder, { recursive: true });
    const decided = join(folder, "restoring-2026-01-02T03-04-05.678Z");
    const aside = join(folder, "replaced-2026-01-02T03-04-05.678Z");
    cpSync(join(fresh, "rapporteur.sqlite"), join(mkdir(decided), "rapporteur.sqlite"));
    for (const step of steps.slice(0, died + 1)) step(folder, decided, aside);
    const store = await openSqliteStore(folder);
    expect((await store.negotiations()).map(({ slug }) => slug)).toEqual(["first", "second"]);
    await store.close();
    expect(existsSync(join(aside, "rapporteur.sqlite"))).toBe(true);
    expect(existsSync(decided)).toBe(false);
  }
  // Not decided yet: what was unpacked counts for nothing.
  const folder = aFolder();
  cpSync(old, folder, { recursive: true });
  cpSync(join(fresh, "rapporteur.sqlite"), join(mkdir(join(folder, "unpacked")), "rapporteur.sqlite"));
  const store = await openSqliteStore(folder);
  expect((await store.negotiations()).map(({ slug }) => slug)).toEqual(["old"]);
  await store.close();
});

test("[CAR5] the old write-ahead log never meets the new database", () => {
  const folder = aFolder();
  for (const name of ["rapporteur.sqlite", "rapporteur.sqlite-wal", "rapporteur.sqlite-shm"]) {
    writeFileSync(join(mkdir(folder), name), `old ${name}`);
  }
  writeFileSync(join(mkdir(join(folder, "unpacked")), "rapporteur.sqlite"), "new");
  const aside = putInPlace(folder, join(folder, "unpacked")) ?? "";
  expect(readdirSync(aside).toSorted()).toEqual([
    "rapporteur.sqlite",
    "rapporteur.sqlite-shm",
    "rapporteur.sqlite-wal",
  ]);
  expect(readdirSync(folder).filter((name) => name.startsWith("rapporteur"))).toEqual(["rapporteur.sqlite"]);
  expect(readFileSync(join(folder, "rapporteur.sqlite"), "utf8")).toBe("new");
});

test("[CAR6] after a restore the rooms are new, the words are the same, and the earlier rooms are remembered", async () => {
  const roomsOf = async (folder: string) => {
    const store = await openSqliteStore(folder);
    const rows = await store.negotiations();
    const former = await store.formerRooms();
    const texts = await Promise.all(rows.map(({ textRoom }) => store.text(textRoom)));
    await store.close();
    return { rooms: rows.flatMap(({ textRoom, recordRoom }) => [textRoom, recordRoom]), former, texts };
  };
  const before = await roomsOf(dataDir);
  const folder = aFolder();
  await cli(folder, "restore", backup);
  const once = await roomsOf(folder);
  await cli(folder, "restore", backup, "--replace");
  const twice = await roomsOf(folder);
  expect(new Set([...before.rooms, ...once.rooms, ...twice.rooms]).size).toBe(12);
  expect(once.former.map(({ room }) => room).toSorted()).toEqual(before.rooms.toSorted());
  // Those of the replaced data too, though the backup is older than they are.
  expect(twice.former.map(({ room }) => room).toSorted()).toEqual([...before.rooms, ...once.rooms].toSorted());
  expect(twice.texts.every((text) => text?.upTo === 1)).toBe(true);
  const written = async (from: string): Promise<string> =>
    (await cli(from, "export", "--negotiation", "first", "--format", "md", "--out", "-")).out;
  expect(await written(folder)).toBe(await written(dataDir));
});

test("[CAR7] while a server has the data nothing is restored over them", async () => {
  const folder = aFolder();
  const store = await openSqliteStore(folder);
  expect((await cli(folder, "restore", backup, "--replace")).err).toMatch(/in use/);
  await store.close();
});

function inDatabase(folder: string, use: (database: InstanceType<typeof DatabaseSync>) => void): void {
  const database = new DatabaseSync(join(folder, "rapporteur.sqlite"));
  use(database);
  database.close();
}

const mkdir = (folder: string): string => {
  mkdirSync(folder, { recursive: true });
  return folder;
};

function move(from: string, to: string, name: string): void {
  cpSync(join(from, name), join(mkdir(to), name));
  rmSync(join(from, name));
}

/** The negotiations of a folder, as its files say. */
function contentsOf(folder: string): unknown {
  let rows: unknown;
  inDatabase(folder, (database) => {
    rows = database.prepare("select id, slug, textRoom from negotiations").all();
  });
  return rows;
}
