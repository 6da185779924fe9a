import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, test } from "vitest";
import { migrate } from "../../../server/store/migrations.ts";
import type { Write } from "../../../server/store/port.ts";
import { openSqliteStore } from "../../../server/store/sqlite-store.ts";
import { sqliteTables } from "../../../server/store/sqlite-tables.ts";
import type { SqliteTables } from "../../../server/store/sqlite-tables.ts";
import { spellTrouble } from "../../../server/store/sqlite-trouble.ts";
import { aRecord, aText, anAppend, noon, sha256 } from "../../contracts/store-contract.ts";
import { chance } from "../../support/random.ts";

const seed = Number(process.env["SEED"] ?? 1);
const flips = Number(process.env["FLIPS"] ?? 300);

const rooms = ["text of the talks", "text of other talks"];
const canonical = '{"v":1,"text":"States should cooperate.","notes":[],"refs":[]}';
const negotiation = { id: "talks", slug: "talks", textRoom: rooms[0] as string, recordRoom: "record", createdAt: noon };

const contents: Write[] = [
  { kind: "negotiation", row: negotiation },
  anAppend("talks", aRecord(60)),
  { kind: "wordings", wordings: [{ hash: sha256(canonical), canonical }] },
  ...rooms.map((room) => aText(room, ...Array.from({ length: 300 }, (_, index) => `key ${index} in ${room}`))),
];

/** Everything whose silent change would change what was agreed. */
const questions: readonly ((tables: SqliteTables) => unknown)[] = [
  (tables) => tables.negotiations(),
  (tables) => tables.entries("talks"),
  (tables) => tables.entries("talks", 30),
  (tables) => tables.wording(sha256(canonical)),
  ...rooms.map((room) => (tables: SqliteTables) => tables.text(room)),
];
/** The only one that may be answered with nothing. */
const wordingQuestion = 3;

test(`[STO11] seed ${seed}: of ${flips} flipped bits none changes a word, hides one or makes a text seem new`, () => {
  const random = chance(seed);
  const folder = mkdtempSync(join(tmpdir(), "rapporteur-damage-"));
  const file = join(folder, "rapporteur.sqlite");
  const sound = open(file);
  sound.database.exec("begin");
  sound.tables.commit(contents);
  sound.tables.saveSnapshot(rooms[0] as string, 200, new Uint8Array(5000).fill(7));
  sound.database.exec("commit");
  const truth = questions.map((question) => question(sound.tables));
  // A text whose snapshot is not found is whole all the same: every update it was made of is still there.
  sound.database.exec("begin; delete from snapshots");
  const withoutSnapshot = questions.map((question) => question(sound.tables));
  sound.database.exec("rollback");
  sound.database.close();
  const bytes = readFileSync(file);

  const troubles: string[] = [];
  for (let flip = 0; flip < flips; flip += 1) {
    const [at, bit] = [random.below(bytes.length), random.below(8)];
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] as number) ^ (1 << bit);
    for (const leftover of ["-wal", "-shm", "-journal"]) rmSync(file + leftover, { force: true });
    writeFileSync(file, flipped);
    const answers = askAll(file);
    for (const [index, answer] of answers.entries()) {
      if ("trouble" in answer) troubles.push(answer.trouble);
      else if (index !== wordingQuestion || answer.value !== null) {
        const isTrue = [truth, withoutSnapshot].some((whole) => isDeepStrictEqual(answer.value, whole[index]));
        expect(isTrue, `byte ${at}, bit ${bit}, question ${index}`).toBe(true);
      }
    }
  }
  expect(troubles.filter((trouble) => !["Damaged", "NewerDatabase"].includes(trouble))).toEqual([]);
  expect(troubles.length).toBeGreaterThan(flips / 10);
});

test("[STO11] the damaged row is named, and other rooms stay readable", async () => {
  const { folder, file, bytes } = await written();
  const at = bytes.indexOf(`key 250 in ${rooms[0]}`);
  bytes[at + 4] = (bytes[at + 4] as number) ^ 1;
  writeFileSync(file, bytes);

  const again = await openSqliteStore(folder);
  await expect(again.text(rooms[0] as string)).rejects.toThrow(`textUpdates ${rooms[0]} 251`);
  await expect(again.text(rooms[0] as string)).rejects.toMatchObject({ name: "Damaged" });
  expect((await again.text(rooms[1] as string))?.updates).toHaveLength(300);
  await again.close();
});

test("[STO11] the same bytes read as another type are damage", async () => {
  const { folder, file, bytes } = await written();
  // SQLite spells a value's length and type as one number before the row's values: 12 + 2 × length is bytes, one more a text.
  const key = `key 250 in ${rooms[0]}`;
  const at = bytes.lastIndexOf(12 + 2 * key.length, bytes.indexOf(key));
  bytes[at] = (bytes[at] as number) + 1;
  writeFileSync(file, bytes);
  const database = new DatabaseSync(file);
  const sql = "select typeof(bytes) as type, cast(bytes as text) as key from textUpdates where room = ? and seq = 251";
  expect(database.prepare(sql).get(rooms[0])).toEqual({ type: "text", key });
  database.close();

  const again = await openSqliteStore(folder);
  await expect(again.text(rooms[0] as string)).rejects.toThrow(`textUpdates ${rooms[0]} 251`);
  await again.close();
});

async function written() {
  const folder = mkdtempSync(join(tmpdir(), "rapporteur-damage-"));
  const store = await openSqliteStore(folder);
  await store.commit(contents);
  await store.close();
  const file = join(folder, "rapporteur.sqlite");
  return { folder, file, bytes: readFileSync(file) };
}

function open(file: string) {
  const database = new DatabaseSync(file);
  try {
    migrate(database, { open: (path) => new DatabaseSync(path), folder: tmpdir(), release: "" });
    return { database, tables: sqliteTables(database) };
  } catch (trouble) {
    database.close();
    throw trouble;
  }
}

type Outcome = { value: unknown } | { trouble: string };

function attempt(deed: () => unknown): Outcome {
  try {
    return { value: deed() };
  } catch (trouble) {
    return { trouble: spellTrouble(trouble).name };
  }
}

function askAll(file: string): readonly Outcome[] {
  try {
    const { database, tables } = open(file);
    const answers = questions.map((question) => attempt(() => question(tables)));
    database.close();
    return answers;
  } catch (trouble) {
    return questions.map(() => ({ trouble: spellTrouble(trouble).name }));
  }
}
