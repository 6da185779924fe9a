/**
 * Random schedules: writers who type, lose their line and come back, a disk that is slow, full and well again, commands in between.
 * After each step: what was acknowledged is on disk, and nobody has seen of others what is not. `FUZZ=n`, `SEED=n`.
 */
import * as Y from "yjs";
import { expect, test } from "vitest";
import { defaultLimits } from "../../../server/limits.ts";
import { Allowance } from "../../../server/rooms/allowance.ts";
import { Room } from "../../../server/rooms/room.ts";
import { blocksOf } from "../../../shared/sync/model.ts";
import { setPart } from "../../../shared/sync/report-text.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { chance } from "../../support/random.ts";
import { block, bodyIn, fieldsOf, reportDoc, wordsOf } from "../../support/report-doc.ts";
import { chairOf, person, TestPeer } from "../../support/test-peer.ts";
import { settled, troubledStore } from "../../support/troubled-store.ts";

const id = "R".repeat(22);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const times = Number(process.env["FUZZ"] ?? 1);
const seeds = process.env["SEED"] ? [Number(process.env["SEED"])] : [21, 22, 23, 24];

interface Client {
  readonly name: string;
  readonly doc: Y.Doc;
  line: TestPeer;
  typed: number;
  acknowledged: number;
}

async function schedule(seed: number): Promise<void> {
  const random = chance(seed);
  const clock = manualClock();
  const store = troubledStore();
  const first = { bytes: Y.encodeStateAsUpdate(reportDoc(1, { a: "", b: "" })), person: null, at: clock.now() };
  await store.commit([{ kind: "text", room: id, updates: [first] }]);
  const room = await Room.load({
    id,
    store,
    clock,
    limits: { ...defaultLimits, snapshotUpdates: 20 },
    log: silent,
    random: (count) => Uint8Array.from({ length: count }, () => random.below(256)),
    rules: { locks: () => new Set() },
    hooks: {},
  });
  const allowance = new Allowance({ ...defaultLimits, updatesBurst: 1e9, accountBytesPerHour: 1e9 }, clock);
  const connect = (name: string, doc: Y.Doc): TestPeer =>
    new TestPeer(room, chairOf(name), doc.clientID, clock, { doc, allowance });

  const clients: Client[] = [];
  for (const name of ["x", "y", "z"]) {
    const doc = new Y.Doc();
    doc.clientID = await room.issueClientId(person(name));
    clients.push({ name, doc, line: connect(name, doc), typed: 0, acknowledged: 0 });
  }
  const readers = [new TestPeer(room, null, 5, clock, { access: "read" })];
  let moved = 0;

  const onDisk = async (): Promise<string> => {
    const doc = new Y.Doc();
    blocksOf(doc);
    const stored = await store.text(id);
    if (stored?.snapshot) Y.applyUpdate(doc, stored.snapshot);
    for (const update of stored?.updates ?? []) Y.applyUpdate(doc, update);
    expect(doc.store.pendingStructs).toBeNull();
    if (moved > 0) expect(fieldsOf(doc, "a").get("part")).toBe(moved % 2 === 1 ? "chair-summary" : "consensus");
    return wordsOf(doc, "a") + wordsOf(doc, "b");
  };
  const check = async (): Promise<void> => {
    await settled();
    const disk = await onDisk();
    for (const client of clients) {
      client.acknowledged = Math.max(client.acknowledged, ...client.line.durable);
      for (let n = 1; n <= client.acknowledged; n++) expect(disk, `acknowledged`).toContain(`<${client.name}${n}>`);
    }
    for (const doc of [...readers, ...clients].map((each) => each.doc)) {
      if (!blocksOf(doc).has(block("a"))) continue;
      for (const [token] of (wordsOf(doc, "a") + wordsOf(doc, "b")).matchAll(/<([xyz])\d+>/g)) {
        const own = clients.some((client) => client.doc === doc && token[1] === client.name);
        if (!own) expect(disk, `seen by another`).toContain(token);
      }
    }
  };

  for (let step = 0; step < 80; step++) {
    const client = random.pick(clients);
    const deed = random.below(16);
    if (deed < 6) {
      if (blocksOf(client.doc).has(block("a"))) {
        const type = (): void => {
          const body = bodyIn(client.doc, random.pick(["a", "b"]));
          // Never inside another token, so that tokens can be found again.
          body.insert(random() < 0.5 ? 0 : body.length, `<${client.name}${++client.typed}>`);
          client.line.mark(client.typed);
        };
        if (random() < 0.7) type();
        else client.line.together(() => [type, type, type].forEach((again) => again()));
      }
    } else if (deed < 9) clock.advance(random.pick([1, 2, 60, 1_000]));
    else if (deed === 9) client.line.leave();
    else if (deed === 10) {
      client.line.leave();
      client.line = connect(client.name, client.doc);
      client.line.mark(client.typed);
    } else if (deed === 11) store.held = !store.held;
    else if (deed === 12) await store.release();
    else if (deed === 13) store.full = !store.full;
    else if (deed === 14) readers.push(new TestPeer(room, null, 5, clock, { access: "read" }));
    else {
      const to = moved % 2 === 0 ? "chair-summary" : "consensus";
      const turn = room.transact(() => {
        setPart(room.doc, block("a"), to);
        return { writes: [], result: null };
      });
      turn.then(
        () => moved++,
        () => undefined,
      );
      // A second one is asked for only when this one is through.
      store.held = false;
      await store.release();
      clock.advance(2);
      await settled();
    }
    await check();
  }
  store.held = store.full = false;
  for (let i = 0; i < 4; i++) {
    await store.release();
    clock.advance(1_000);
    await settled();
  }
  for (const client of clients) {
    client.line.leave();
    client.line = connect(client.name, client.doc);
    client.line.mark(client.typed);
  }
  for (let i = 0; i < 4; i++) {
    clock.advance(12_000);
    await check();
  }
  const disk = await onDisk();
  for (const { name, typed, acknowledged, doc } of clients) {
    expect(acknowledged, `${name} in the end`).toBe(typed);
    expect(disk.match(new RegExp(`<${name}\\d+>`, "g"))?.length ?? 0).toBe(typed);
    expect(wordsOf(doc, "a") + wordsOf(doc, "b")).toBe(disk);
  }
  await room.stop();
}

for (const seed of seeds) {
  test(
    `[ROO1] [ROO2] [ROO3] [ROO5] seed ${seed}: whatever happens, what is said to be saved is`,
    { timeout: 60_000 * times },
    async () => {
      for (let round = 0; round < 6 * times; round++) await schedule(seed * 1_000 + round);
    },
  );
}
