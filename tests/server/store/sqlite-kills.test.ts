import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { InUse } from "../../../server/store/port.ts";
import { openSqliteStore } from "../../../server/store/sqlite-store.ts";
import { aRecord, aText, anAppend, sha256, words } from "../../contracts/store-contract.ts";
import { chance } from "../../support/random.ts";
import { storeProcess } from "../../support/store-process.ts";

const seed = Number(process.env["SEED"] ?? 1);
const kills = 25;
const writers = 10;

test(`[STO9] seed ${seed}: ${kills} kills while it writes, and nothing acknowledged is lost, nothing is there twice or in halves`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "rapporteur-kills-"));
  const random = chance(seed);
  const record = aRecord(50_000);
  const acknowledged: string[] = [];
  let asked = 0;

  for (let kill = 0; kill < kills; kill += 1) {
    const child = await storeProcess(folder);
    let length = (await child.store.entries("talks")).length;
    const isAlive = () => child.process.exitCode === null && child.process.signalCode === null;
    const write = async (writer: number): Promise<void> => {
      while (isAlive()) {
        asked += 1;
        const key = `key ${asked}`;
        // The first writer appends to the record as well; each commit has two halves that must stay together.
        const alongside =
          writer === 0
            ? anAppend("talks", record.slice(length, length + 1))
            : ({ kind: "wordings", wordings: [{ hash: sha256(key), canonical: key }] } as const);
        try {
          await child.store.commit([aText("room", key), alongside]);
        } catch {
          return;
        }
        acknowledged.push(key);
        if (writer === 0) length += 1;
      }
    };
    const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    // In the midst of it: after some were acknowledged, at no particular moment.
    const before = acknowledged.length;
    while (acknowledged.length < before + writers) await wait(1);
    await wait(random.below(100));
    await child.kill();
    await writing;
  }

  const store = await openSqliteStore(folder);
  onTestFinished(() => store.close());
  const found = (await words(store, "room")) ?? [];
  const kept = new Set(found);
  expect(acknowledged.length).toBeGreaterThanOrEqual(kills * writers);
  expect(acknowledged.filter((key) => !kept.has(key))).toEqual([]);
  expect(found.length).toBe(kept.size);
  const withWording = await Promise.all(found.map((key) => store.wording(sha256(key))));
  const entries = await store.entries("talks");
  expect(entries).toEqual(record.slice(0, entries.length));
  expect(withWording.filter((wording) => wording === null)).toHaveLength(entries.length);
  console.log(`${acknowledged.length} acknowledged commits, ${found.length} found, ${entries.length} of them entries`);
}, 300_000);

test("[STO13] a second process is refused while the first lives, and not after it was killed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rapporteur-two-"));
  const first = await storeProcess(folder);
  const refusal = storeProcess(folder);
  await expect(refusal).rejects.toThrow(InUse);
  await expect(refusal).rejects.toThrow(`process ${first.process.pid}`);
  await expect(openSqliteStore(folder)).rejects.toThrow(folder);
  await first.kill();
  const second = await openSqliteStore(folder);
  await expect(openSqliteStore(folder)).rejects.toThrow(InUse);
  await second.close();
});
