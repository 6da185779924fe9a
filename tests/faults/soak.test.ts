/**
 * A long day (F24): a house full of people at a modest rate, and everything that can go wrong going wrong again and again, by a seed. In the
 * first third of it the server is killed too. Then its process lives on to the end, and in the last third, in which nobody states anything,
 * what its heap holds after a collection is weighed: it should be what a fresh process needs for the same data.
 */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { DelegationCode, PositionId } from "../../shared/domain/values.ts";
import { closeCode } from "../../shared/wire/protocol.ts";
import { limitFileSize } from "../support/disk-limit.ts";
import { History } from "../support/history.ts";
import { chance } from "../support/random.ts";
import { Reader } from "../support/reader.ts";
import type { Caller } from "../support/server-process.ts";
import { ServerProcess } from "../support/server-process.ts";
import type { SlowLine } from "../support/slow-line.ts";
import { slowLine } from "../support/slow-line.ts";
import { Typist } from "../support/typist.ts";
import { openTalks } from "./talks.ts";

const minutes = Number(process.env["SOAK_MINUTES"] ?? 0.3);
const seed = Number(process.env["SEED"] ?? 1);
const isLong = minutes >= 5;
const people = isLong ? { typists: 20, delegations: 20, readers: 160 } : { typists: 3, delegations: 3, readers: 34 };
const durationMs = minutes * 60_000;
const faultEveryMs = isLong ? 6_000 : 1_000;
/** Then a typist goes, and another one begins a paragraph of their own. */
const wordsOfTypist = 500;
const pages = ["", ".json", "/record", ".docx"];
const patient = { timeout: 60_000, interval: 100 };

let server: ServerProcess;
let line: SlowLine;
const random = chance(seed);
const history = new History();

beforeAll(async () => {
  // One account stands for many people here, and for a long day.
  const limits = { socketsPerAccount: 500, connectsPerSecond: 500, connectsBurst: 2_000, accountBytesPerHour: 2 ** 30 };
  const collect = new URL("../bench/server/collect.mjs", import.meta.url).href;
  server = await ServerProcess.start({ LIMITS: JSON.stringify(limits), NODE_OPTIONS: `--import ${collect}` });
  // So fast that it is none: it is there to be cut.
  line = await slowLine({ bitsPerSecond: 1e10, roundTripMs: 0, loss: 0 }, random);
  line.target = Number(new URL(server.base).port);
}, 60_000);
afterAll(async () => {
  await line?.close();
  await server?.stop();
});

/** Typists of the chair's team, of whom each that has typed enough makes room for the next. */
class Typing {
  readonly #chair: Caller;
  readonly #room: string;
  readonly #names = new Set<string>();
  now: Typist[] = [];
  readonly #leaving: Typist[] = [];

  constructor(chair: Caller, room: string) {
    this.#chair = chair;
    this.#room = room;
  }

  async begin(): Promise<void> {
    const name = `s${this.#names.size}x`;
    this.#names.add(name);
    let clientId: number | undefined;
    // A disk that was full a moment ago refuses for a moment more.
    while (clientId === undefined) {
      clientId = await this.#chair.clientId(this.#room).catch(() => undefined);
      if (clientId === undefined) await pause(100);
    }
    const typist = new Typist(`http://127.0.0.1:${line.port}`, this.#room, clientId, name, this.#chair.token);
    this.now.push(history.watch(typist));
    await typist.begin(isLong ? 1_500 + random.below(1_000) : 100);
  }

  /** Who has typed enough stays until all of it is saved. */
  async takeTurns(): Promise<void> {
    for (const typist of this.now.filter(({ typed }) => typed.length >= wordsOfTypist)) {
      typist.rest();
      this.now = this.now.filter((one) => one !== typist);
      this.#leaving.push(typist);
      await this.begin();
    }
    for (const typist of this.#leaving.filter(({ durable, typed }) => durable === typed.length)) {
      typist.stop();
      this.#leaving.splice(this.#leaving.indexOf(typist), 1);
    }
  }

  async end(): Promise<void> {
    const all = [...this.now, ...this.#leaving];
    for (const typist of all) typist.rest();
    await expect.poll(() => all.every(({ durable, typed }) => durable === typed.length), patient).toBe(true);
    // Those whose words a full disk refused are asked for them again.
    expect(all.flatMap(({ closed }) => closed).filter((code) => code !== closeCode.storage)).toEqual([]);
    for (const typist of all) typist.stop();
  }
}

/** Asks, and takes the question back, now and then. */
async function stating(
  delegation: Caller,
  { id: paragraph, wording }: Pick<ComposedParagraph, "id" | "wording">,
  isOver: () => boolean,
): Promise<void> {
  const asked = { kind: "lodge-position", paragraph, wording, level: "question" } as const;
  while (!isOver()) {
    const answer = await delegation.try(asked, crypto.randomUUID()).catch(() => null);
    if (answer && "receipt" in answer && answer.id) {
      history.lodged(answer.id);
      const position = answer.id as PositionId;
      await delegation.try({ kind: "withdraw-position", position }, crypto.randomUUID()).catch(() => null);
    }
    await pause((isLong ? 10_000 : 500) * (0.5 + random()));
  }
}

/** What goes wrong, and is over when it resolves. */
const troubles = {
  async killed() {
    await server.kill();
    await server.start();
  },
  async stalled() {
    process.kill(server.pid, "SIGSTOP");
    await pause(200 + random.below(1_500));
    process.kill(server.pid, "SIGCONT");
  },
  async "lines cut"() {
    line.reset();
  },
  async "lines dead"() {
    line.isCut = true;
    await pause(random.below(2_000));
    line.reset();
    line.isCut = false;
  },
  async "disk full"() {
    limitFileSize(server.pid, 0);
    await pause(random.below(1_500));
    limitFileSize(server.pid, "unlimited");
  },
  async "disk slow"() {
    // Whoever holds the write lock stands for a sync that does not return.
    const disk = new DatabaseSync(join(server.dataDir, "rapporteur.sqlite"));
    try {
      disk.exec("pragma busy_timeout = 5000");
      disk.exec("begin immediate");
      await pause(random.below(1_000));
      disk.exec("rollback");
    } finally {
      disk.close();
    }
  },
  async "backed up"() {
    const file = `${server.dataDir}.backup`;
    await server.cli("backup", "--out", file);
    rmSync(file);
  },
} satisfies Record<string, () => Promise<void>>;
type Trouble = keyof typeof troubles;
const survived = (Object.keys(troubles) as Trouble[]).filter((trouble) => trouble !== "killed");

/** In MiB: what the heap holds after a collection, and what the process takes of the machine. */
async function weigh(): Promise<{ readonly heap: number; readonly resident: number }> {
  process.kill(server.pid, "SIGUSR2");
  await fetch(`${server.base}/healthz`);
  const metrics = await (await fetch(`${server.base}/metrics`)).text();
  const heap = Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1]) / 2 ** 20;
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  return { heap, resident: Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 2 ** 10 };
}

/** Least squares: by how much `y` grows with `x`, and the standard error of that. */
function slope(points: readonly (readonly [x: number, y: number])[]): { readonly by: number; readonly error: number } {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x0, y0] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const spread = points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0);
  const by = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0) / spread;
  const left = points.reduce((sum, [x, y]) => sum + (y - y0 - by * (x - x0)) ** 2, 0);
  return { by, error: Math.sqrt(left / Math.max(1, points.length - 2) / spread) };
}

test(
  `[STO9] ${minutes} minutes of everything that can go wrong, under ${people.typists + people.delegations + people.readers} people: nothing acknowledged is lost or doubled, and memory stays (seed ${seed})`,
  async () => {
    const { chair, delegation } = await openTalks(server);
    const delegations = [delegation];
    for (let nth = 1; nth < people.delegations; nth++) {
      const code = `XB${String.fromCharCode(64 + nth)}` as DelegationCode;
      await chair.do({
        kind: "add-delegation",
        delegation: { code, name: `State ${code}`, kind: "member-state", regionalGroup: "none" },
      });
      delegations.push(await server.caller("talks", `delegation:${code}`));
    }
    const { rooms } = await chair.info();
    const typing = new Typing(chair, rooms.text as string);
    for (let nth = 0; nth < people.typists; nth++) await typing.begin();
    const readers = Array.from(
      { length: people.readers },
      () => new Reader(`http://127.0.0.1:${line.port}`, rooms.record),
    );
    await expect.poll(() => typing.now.every(({ durable }) => durable > 0), patient).toBe(true);
    await chair.do({ kind: "circulate" });

    const target = (await delegation.report()).parts.consensus[0]!;
    const begun = performance.now();
    const passed = (): number => (performance.now() - begun) / durationMs;
    const statements = Promise.all(delegations.map((one) => stating(one, target, () => passed() > 2 / 3)));
    const visits = (async () => {
      while (passed() < 1) {
        await fetch(`${server.base}/n/talks${random.pick(pages)}`)
          .then((answer) => answer.arrayBuffer())
          .catch(() => null);
        await pause(isLong ? 2_000 : 500);
      }
    })();
    const happened = new Map<Trouble, number>();
    const weighed: { readonly hours: number; readonly heap: number; readonly resident: number }[] = [];
    while (passed() < 1) {
      const mayKill = happened.size === 0 ? (["killed"] as const) : (Object.keys(troubles) as Trouble[]);
      const trouble = random.pick(passed() < 1 / 3 ? mayKill : survived);
      await troubles[trouble]();
      happened.set(trouble, (happened.get(trouble) ?? 0) + 1);
      await typing.takeTurns();
      if (passed() > 2 / 3) weighed.push({ hours: (performance.now() - begun) / 3_600_000, ...(await weigh()) });
      await pause(faultEveryMs * (0.5 + random()));
    }
    await Promise.all([statements, visits]);
    await typing.end();
    await expect.poll(() => readers.every(({ isOnline }) => isOnline), patient).toBe(true);
    await chair.do({ kind: "circulate" });
    const visited = async (): Promise<void> => {
      for (const path of pages) await (await fetch(`${server.base}/n/talks${path}`)).arrayBuffer();
    };
    await visited();
    const old = await weigh();
    await server.end();
    await server.start();
    await expect.poll(() => readers.every(({ isOnline }) => isOnline), patient).toBe(true);
    await visited();
    const fresh = await weigh();
    for (const reader of readers) reader.stop();

    const { events } = await chair.events();
    expect(history.violations(await chair.report(), events)).toEqual([]);
    expect(history.words).toBeGreaterThan(people.typists * 10);
    expect(history.positions).toBeGreaterThan(people.delegations);
    const growth = slope(weighed.map(({ hours, heap }) => [hours, heap]));
    const told = [...happened].map(([trouble, times]) => `${trouble} ${times}`).join(", ");
    console.info(
      `F24 ${minutes} minutes, ${people.typists + people.delegations + people.readers} people (seed ${seed}): ${told}; ` +
        `${history.words} words and ${history.positions} positions acknowledged, ${events.length} entries, none lost or doubled; ` +
        (isLong
          ? `heap of the last third ${growth.by.toFixed(1)} ± ${growth.error.toFixed(1)} MiB an hour (weighed ${weighed.length} times), `
          : "") +
        `resident ${Math.round(weighed[0]?.resident ?? old.resident)} to ${Math.round(old.resident)} MiB, heap ${old.heap.toFixed(1)} MiB at the end, ${fresh.heap.toFixed(1)} in a fresh process with the same data`,
    );
    // What was once compiled and kept stays; what is not given back would be more.
    expect(old.heap - fresh.heap).toBeLessThan(16 + minutes / 10);
  },
  180_000 + durationMs,
);
