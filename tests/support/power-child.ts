/** A process that commits to a SQLite store as fast as it can, and writes each key down that was acknowledged, in the very moment (see power-cut.ts). */
import { openSync, writeSync } from "node:fs";
import { openSqliteStore } from "../../server/store/sqlite-store.ts";
import { aRecord, aText, anAppend, sha256 } from "../contracts/store-contract.ts";

const [folder = "", told = "", commits = "0"] = process.argv.slice(2);
const writers = 6;
const store = await openSqliteStore(folder);
const record = aRecord(Number(commits));
const log = openSync(told, "a");
let asked = 0;
let length = 0;

/** Each commit has two halves that must stay together; the first writer's appends to the record. */
async function write(writer: number): Promise<void> {
  while (asked < Number(commits)) {
    const key = `key ${asked++} ${"States should cooperate. ".repeat(1 + (asked % 60))}`;
    const alongside =
      writer === 0
        ? anAppend("talks", record.slice(length, length + 1))
        : ({ kind: "wordings", wordings: [{ hash: sha256(key), canonical: key }] } as const);
    await store.commit([aText("room", key), alongside]);
    if (writer === 0) length++;
    writeSync(log, `${key}\n`);
    if (asked % 50 === 0) await store.saveSnapshot("room", 1 + (asked % 10), new Uint8Array(5_000));
  }
}
await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
await store.close();
