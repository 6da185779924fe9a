/**
 * What a negotiation of 300 paragraphs costs in memory: at rest, with its text open, and with a report of it composed; and whether texts that
 * are opened one after the other leave anything behind. One JSON line per measurement, in KiB each. `--negotiations n` takes others than 100.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { defaultLimits } from "../../../server/limits.ts";
import { House } from "../../../server/negotiation/house.ts";
import type { LiveNegotiation } from "../../../server/negotiation/live-negotiation.ts";
import type { Ports } from "../../../server/negotiation/ports.ts";
import { openSqliteStore } from "../../../server/store/sqlite-store.ts";
import { bigReport } from "../../support/big-report.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { idOf } from "../../support/negotiations.ts";
import { actor } from "../../support/table.ts";
import { plentyOfMemory } from "../../support/plenty-of-memory.ts";

const { values } = parseArgs({ options: { negotiations: { type: "string", default: "100" } } });
const negotiations = Number(values.negotiations);
const text = bigReport(300).map((sketch, index) => ({ id: idOf(index + 1), ...sketch }));
const team = { kind: "team" } as const;
const folder = mkdtempSync(join(tmpdir(), "rapporteur-memory-"));
const clock = manualClock();
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

async function memory(): Promise<number> {
  // What a finished thread or a finalizer lets go of is gone at the next collection only.
  for (let round = 0; round < 3; round++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function opened(): Promise<{ house: House; close: () => Promise<void> }> {
  const store = await openSqliteStore(folder);
  const random = (count: number): Uint8Array => randomBytes(count);
  const ports: Ports = {
    store,
    clock,
    limits: defaultLimits,
    log: quiet,
    memory: plentyOfMemory,
    random,
    chance: Math.random,
  };
  const house = await House.open(ports);
  return { house, close: () => house.stop().then(() => store.close()) };
}

const first = await opened();
for (let index = 0; index < negotiations; index++) {
  const settings = {
    title: "Report",
    method: "chair-pen",
    disclosure: "delegations",
    silenceMinimumHours: 72,
  } as const;
  const opening = { slug: `talks-${index}`, settings, delegations: [], text, takesSeat: true };
  const talks = await first.house.create(opening, actor("chair"));
  await talks.submit({ kind: "circulate" }, actor("chair"), "first");
}
await first.close();

let last = await memory();
const begin = last;
async function tell(what: string): Promise<void> {
  const now = await memory();
  const each = (now - last) / negotiations / 1024;
  console.log(
    JSON.stringify({ negotiations, what, eachKiB: Math.round(each), allMiB: +((now - begin) / 2 ** 20).toFixed(1) }),
  );
  last = now;
}
const rest = (): void => clock.advance(2 * defaultLimits.restMs);

const { house, close } = await opened();
const all: readonly LiveNegotiation[] = house.all();
await tell("record and text at rest, more than nothing");
for (const { textRoom } of all) void textRoom.doc;
await tell("the text open, more than at rest");
for (const talks of all) talks.textFor(team);
await tell("its words as plain data, more than open");
for (const talks of all) talks.report(team);
await tell("a report composed, more than that");
rest();
await tell("at rest again, more than that");
const before = await memory();
let most = 0;
for (const [index, talks] of all.entries()) {
  talks.report(team);
  clock.advance(defaultLimits.restMs / 5);
  if (index % 20 === 0) most = Math.max(most, (await memory()) - before);
}
console.log(
  JSON.stringify({
    negotiations,
    what: "opened in turn, one each fifth of the time to rest: at most",
    allMiB: +(most / 2 ** 20).toFixed(1),
  }),
);
rest();
await tell("after all were opened in turn, more than before");
await close();
rmSync(folder, { recursive: true });
