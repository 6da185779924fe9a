/** The works of the table: each is done to one server and gives its figures. */
import * as Y from "yjs";
import { bodyIn } from "../../support/report-doc.ts";
import { asSeenNow, comesTrue, openReaders, Reader, stampsIn, typed, wordsIn, Writer } from "./clients.ts";
import { paragraphs } from "./history.ts";
import type { Running, ServerKind, Template } from "./servers.ts";
import { pause, start } from "./servers.ts";
import { quantile } from "./sheet.ts";

export type Figures = Record<string, number>;
export type Work = (kind: ServerKind, template: Template) => Promise<Figures>;

/** Runs the work on a server that is there for nothing else. */
async function on(kind: ServerKind, template: Template, work: (server: Running) => Promise<Figures>): Promise<Figures> {
  const server = await start(kind, template);
  try {
    await bring(server, template);
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** A server without a disk has what somebody brings. */
async function bring(server: Running, { past }: Template): Promise<void> {
  if (server.kind !== "websocket" || !past) return;
  const writer = new Writer(server);
  Y.applyUpdate(writer.doc, past.state, writer);
  await writer.connect();
  await pause(500);
  writer.close();
}

const passesOn = ({ kind }: Running): boolean => kind === "limit" || kind === "gathered";

/** Fails the bench when somebody sees another text: figures of a server that loses words are worth nothing. */
async function mustAgree(server: Running, writers: readonly Writer[]): Promise<void> {
  if (passesOn(server)) return;
  const docs = writers.map(({ doc }) => doc);
  const same = await comesTrue(() => new Set(docs.map(wordsIn)).size === 1);
  if (!same) throw new Error(`${server.kind}: the writers do not see the same text`);
  if (wordsIn(await asSeenNow(server)) !== wordsIn(docs[0] as Y.Doc))
    throw new Error(`${server.kind}: who comes now sees another text`);
}

/** What is compiled on the way is no cost of a meeting that lasts a day: some keys before few, and then it counts. */
async function warmUp(server: Running): Promise<void> {
  const readers = await openReaders(server, 10);
  const writers = [await Writer.open(server), await Writer.open(server)];
  for (let i = 0; i < 500; i++) {
    writers[i % 2]?.type(i % paragraphs);
    await pause(2);
  }
  await mustAgree(server, writers);
  for (const client of [...readers, ...writers]) client.close();
}

/** Ten people type steadily before a crowd. */
export const typing =
  (crowd: number, seconds: number, people = 10, keysPerSecond = 5): Work =>
  (kind, template) =>
    on(kind, template, async (server) => {
      await warmUp(server);
      const readers = await openReaders(server, crowd);
      const writers: Writer[] = [];
      for (let i = 0; i < people; i++) writers.push(await Writer.open(server));
      await pause(500);
      const [hops, screens, saved]: [number[], number[], number[]] = [[], [], []];
      const seen = new Map<Reader, number>();
      for (const reader of readers.filter((_, i) => i % 20 === 0)) {
        reader.onUpdate = (payload) => {
          const now = performance.now();
          const stamps = stampsIn(payload);
          seen.set(reader, (seen.get(reader) ?? 0) + stamps.length);
          for (const at of stamps) screens.push(now - at);
        };
      }
      for (const writer of writers) writer.onStamp = (at) => hops.push(performance.now() - at);
      for (const reader of readers) reader.bytes = 0;
      const began = server.cpuMs();
      let keys = 0;
      const every = 1_000 / keysPerSecond;
      const timers: NodeJS.Timeout[] = [];
      const marked: Map<number, number>[] = writers.map(() => new Map());
      for (const [i, writer] of writers.entries()) {
        const sent = marked[i] as Map<number, number>;
        let answered = writer.marks;
        writer.onDurable = (n) => {
          for (; answered <= n; answered++) {
            const at = sent.get(answered);
            if (at !== undefined) saved.push(performance.now() - at);
          }
        };
        // People do not type in step.
        await pause(every / people);
        timers.push(
          setInterval(() => {
            sent.set(writer.marks + 1, performance.now());
            writer.type(i);
            keys++;
          }, every),
        );
      }
      await pause(seconds * 1_000);
      for (const timer of timers) clearInterval(timer);
      const all = await comesTrue(() => [...seen.values()].every((count) => count === keys) && seen.size > 0);
      if (!all) throw new Error(`${kind}: readers missed keys`);
      await pause(300);
      const spent = server.cpuMs() - began;
      await mustAgree(server, writers);
      for (const client of [...readers, ...writers]) client.close();
      return {
        "to another writer's screen p95, ms": quantile(hops, 0.95),
        "to a reader's screen p95, ms": quantile(screens, 0.95),
        "server CPU per key and reader, µs": (spent * 1_000) / (keys * crowd),
        ...(saved.length > 0 && { "acknowledged, on disk, p95, ms": quantile(saved, 0.95) }),
      };
    });

/** A hundred keys in one turn, as a paste in pieces or a desk that comes back. */
export const burst =
  (crowd: number, keys = 100): Work =>
  (kind, template) =>
    on(kind, template, async (server) => {
      await warmUp(server);
      const readers = await openReaders(server, crowd);
      const writer = await Writer.open(server);
      await pause(300);
      const times: number[] = [];
      let began = 0;
      // Each twentieth, in the order in which they came, so that it is not the reading of their frames that is measured.
      const sample = readers.filter((_, i) => i % 20 === 0);
      for (const reader of sample) {
        let count = 0;
        reader.onUpdate = (payload) => {
          count += stampsIn(payload).length;
          if (count === keys) times.push(performance.now() - began);
        };
      }
      const cpu = server.cpuMs();
      began = performance.now();
      for (let i = 0; i < keys; i++) writer.type(i % paragraphs);
      if (!(await comesTrue(() => times.length === sample.length, 60_000)))
        throw new Error(`${kind}: readers missed keys`);
      const spent = server.cpuMs() - cpu;
      await mustAgree(server, [writer]);
      for (const client of [...readers, writer]) client.close();
      return { "last key on a reader's screen p95, ms": quantile(times, 0.95), "server CPU, ms": spent };
    });

/** As many keys as there is time for: so many on their way, a new one for each that the last of some readers has. */
export const saturation =
  (crowd: number, seconds: number, ahead = 2_000): Work =>
  (kind, template) =>
    on(kind, template, async (server) => {
      await warmUp(server);
      const writer = await Writer.open(server);
      // Made beforehand: it is the server that is measured.
      const updates: Uint8Array[] = [];
      const source = new Y.Doc();
      source.clientID = writer.doc.clientID;
      Y.applyUpdate(source, Y.encodeStateAsUpdate(writer.doc));
      source.clientID = writer.doc.clientID;
      source.on("update", (update: Uint8Array) => updates.push(update));
      const readers = await openReaders(server, crowd);
      const enough = 8_000 * seconds;
      for (let i = 0; i < enough; i++) bodyIn(source, `p${i % paragraphs}`).insert(0, typed());
      const sample = readers.filter((_, i) => i % 50 === 0);
      const counts = sample.map(() => 0);
      for (const [i, reader] of sample.entries()) {
        reader.onUpdate = (payload) => void (counts[i] = (counts[i] ?? 0) + stampsIn(payload).length);
      }
      const slowest = (): number => Math.min(...counts);
      const cpu = server.cpuMs();
      const began = performance.now();
      let sent = 0;
      while (performance.now() - began < seconds * 1_000 && sent < enough) {
        for (; sent < enough && sent - slowest() < ahead; sent++) writer.give(updates[sent] as Uint8Array);
        await new Promise((next) => setImmediate(next));
      }
      if (!(await comesTrue(() => slowest() === sent, 60_000))) throw new Error(`${kind}: readers missed keys`);
      const elapsed = performance.now() - began;
      const spent = server.cpuMs() - cpu;
      if (!passesOn(server)) {
        // Its own words come from elsewhere here.
        writer.doc.clientID = 1;
        for (const update of updates.slice(0, sent)) Y.applyUpdate(writer.doc, update, writer);
        await mustAgree(server, [writer]);
        if (server.wire.mark(1) && !(await comesTrue(() => writer.durable === writer.marks)))
          throw new Error(`${kind}: not all was acknowledged`);
      }
      for (const client of [...readers, writer]) client.close();
      return {
        "updates to all, 1/s": (sent * 1_000) / elapsed,
        "server CPU per update to all, µs": (spent * 1_000) / sent,
      };
    });

/** The first to come to a server that has just been started: the whole text, with all its past. */
export const coldStart =
  (times: number): Work =>
  (kind, template) =>
    on(kind, template, async (server) => {
      const [walls, cpus, sizes]: [number[], number[], number[]] = [[], [], []];
      for (let i = 0; i < times; i++) {
        if (i > 0) await server.restart();
        await pause(500);
        const cpu = server.cpuMs();
        const began = performance.now();
        const reader = await Reader.open(server);
        walls.push(performance.now() - began);
        cpus.push(server.cpuMs() - cpu);
        sizes.push(reader.bytes);
        reader.close();
        // Complete, and not just early: what came is the text as it was left.
        const { past } = template;
        const left = new Y.Doc();
        if (past) Y.applyUpdate(left, past.state);
        if (!passesOn(server) && wordsIn(await asSeenNow(server)) !== wordsIn(left))
          throw new Error(`${kind}: another text after a start`);
        // A leveldb compacts when it is first read; the later starts are its best.
        await pause(200);
      }
      return {
        "connect to complete, ms": quantile(walls, 0.5),
        "server CPU, ms": quantile(cpus, 0.5),
        "the first after the meeting, ms": walls[0] as number,
        "first sync, kB": quantile(sizes, 0.5) / 1_000,
      };
    });

/** Everyone comes back at once to a server that has just been started, with nothing. */
export const storm =
  (crowd: number): Work =>
  (kind, template) =>
    on(kind, template, async (server) => {
      await pause(500);
      const cpu = server.cpuMs();
      const began = performance.now();
      const readers = await Promise.all(Array.from({ length: crowd }, () => Reader.open(server)));
      const wall = performance.now() - began;
      await pause(200);
      const spent = server.cpuMs() - cpu;
      for (const reader of readers) reader.close();
      return { "all complete, ms": wall, "server CPU each, ms": spent / crowd };
    });

/** Lines that dropped for a moment come back, while one person has gone on typing. */
export const resuming =
  (crowd: number): Work =>
  (kind, template) =>
    on(kind, template, async (server) => {
      // Ours circulates what is on screen when nobody has typed for a moment: not in the middle of what is measured.
      const quiet = kind === "ours" ? 3_000 : 300;
      const writer = await Writer.open(server);
      for (let i = 0; i < 20; i++) writer.type(i);
      await pause(quiet);
      const stateVector = Y.encodeStateVector(await asSeenNow(server));
      for (let i = 0; i < 5; i++) writer.type(i);
      await pause(quiet);
      const query = await server.backAgain();
      const cpu = server.cpuMs();
      const readers = await openReaders(server, crowd, { stateVector, query });
      await pause(200);
      const spent = server.cpuMs() - cpu;
      const bytes = readers.reduce((sum, reader) => sum + reader.bytes, 0);
      for (const client of [...readers, writer]) client.close();
      return { "bytes each, B": bytes / crowd, "server CPU each, ms": spent / crowd };
    });

/** Everyone in a crowd says that they are here, as stock clients do; again as others, so that no ping falls into the figure. */
export const presence =
  (crowd: number, times = 3): Work =>
  (kind, template) =>
    on(kind, template, async (server) => {
      const readers = await openReaders(server, crowd);
      const told = (): number => readers.reduce((sum, { bytes }) => sum + bytes, 0);
      const quiet = async (): Promise<void> => {
        for (let before = -1; told() !== before;) {
          before = told();
          await pause(1_000);
        }
      };
      await quiet();
      const spent: number[] = [];
      for (let round = 1; round <= times; round++) {
        const cpu = server.cpuMs();
        for (const [i, reader] of readers.entries()) {
          const state = JSON.stringify({ user: { name: `Reader ${i}`, color: "#123456" } });
          reader.send(server.wire.presence(round * 10_000 + i, state));
          if (i % 10 === 9) await new Promise((next) => setImmediate(next));
        }
        await quiet();
        spent.push(server.cpuMs() - cpu);
      }
      for (const reader of readers) reader.close();
      return { "server CPU, ms": quantile(spent, 0.5) };
    });

/** What a reader costs who only looks on. */
export const idleReaders =
  (crowd: number): Work =>
  (kind, template) =>
    on(kind, template, async (server) => {
      // The text is loaded, and buffers are as large as they get.
      for (const reader of await openReaders(server, 50)) reader.close();
      await pause(1_000);
      const empty = await server.memoryKiB();
      const readers = await openReaders(server, crowd);
      await pause(1_500);
      const full = await server.memoryKiB();
      for (const reader of readers) reader.close();
      return { "memory each, KiB": (full - empty) / crowd };
    });

/** SIGKILL while people type: what was acknowledged, or seen by somebody else, and is gone. */
export const kills =
  (times: number): Work =>
  (kind, template) =>
    on(kind, template, async (server) => {
      let [promised, lost] = [0, 0];
      for (let i = 0; i < times; i++) {
        const [writer, other] = [await Writer.open(server), await Writer.open(server)];
        const before = writer.marks;
        const stamps: number[] = [];
        const seen = new Set<number>();
        other.onStamp = (at) => seen.add(at);
        const paragraph = i % paragraphs;
        const timer = setInterval(() => {
          const text = typed();
          stamps.push(Number(text.slice(1, -1)));
          bodyIn(writer.doc, `p${paragraph}`).insert(0, text);
        }, 4);
        await pause(2_500 + 37 * i);
        // Nothing is read any more once it is killed: what was heard before is what was promised.
        const killed = server.kill();
        clearInterval(timer);
        const kept = stamps.filter((at, n) => seen.has(at) || n < writer.durable - before);
        await killed;
        writer.close();
        other.close();
        await pause(300);
        const there = new Set(stampsIn(Buffer.from(wordsIn(await asSeenNow(server)))));
        promised += kept.length;
        lost += kept.filter((at) => !there.has(at)).length;
        // Who kept nothing has no text left to type in, and would keep nothing again.
        if (there.size === 0) break;
      }
      return { "lost of what was acknowledged or seen, %": (100 * lost) / promised };
    });
