/**
 * A server with little memory, and more people at once than it can hold (F11): two hundred negotiations, whose texts are opened, read, taken
 * home and overwhelmed by those who come, again and again. It refuses what costs memory and does not die; who was on line types on.
 */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { defaultLimits } from "../../server/limits.ts";
import { House } from "../../server/negotiation/house.ts";
import { Identity } from "../../server/http/identity.ts";
import { systemClock } from "../../server/rooms/clock.ts";
import { openSqliteStore } from "../../server/store/sqlite-store.ts";
import { writeText } from "../../shared/sync/report-text.ts";
import { message } from "../../shared/wire/protocol.ts";
import { History } from "../support/history.ts";
import { plentyOfMemory } from "../support/plenty-of-memory.ts";
import { Reader } from "../support/reader.ts";
import { Caller, ServerProcess } from "../support/server-process.ts";
import { paragraph } from "../support/table.ts";
import { encodeFrame } from "../support/test-peer.ts";
import { crowdOf, p99 } from "../support/typist.ts";
import { objecting, openTalks } from "./talks.ts";

const minutes = Number(process.env["PRESSURE_MINUTES"] ?? 0.25);
const negotiations = 200;
const heapMiB = 256;
/** Percentages that no heap reaches: without the guard the process ends, by which one sees that the test bites. */
const unguarded = process.env["UNGUARDED"] === "1";
const patient = { timeout: 60_000, interval: 100 };

let server: ServerProcess;
/** One for each negotiation. */
let guests: readonly { readonly slug: string; readonly room: string; readonly token: string }[];

beforeAll(async () => {
  const limits = unguarded ? { heapFullPercent: 1_000, heapBrimPercent: 1_000 } : {};
  server = await ServerProcess.start({
    LIMITS: JSON.stringify(limits),
    LOG_LEVEL: "info",
    NODE_OPTIONS: `--max-old-space-size=${heapMiB}`,
  });
  await server.end();
  guests = await fill(server.dataDir);
  await server.start();
}, 300_000);
afterAll(() => server?.stop());

/** Two hundred reports of three hundred paragraphs, and a token of each one's chair. */
async function fill(folder: string) {
  const store = await openSqliteStore(folder);
  const quiet = (): void => undefined;
  const ports = {
    store,
    clock: systemClock,
    limits: defaultLimits,
    log: { info: quiet, warn: quiet, error: quiet },
    memory: plentyOfMemory,
    random: (count: number): Uint8Array => randomBytes(count),
    chance: Math.random,
  };
  const house = await House.open(ports);
  const identity = new Identity(house, { ...ports, site: { isSecure: false } });
  const text = Array.from({ length: 300 }, (_, index) =>
    paragraph(`p${index}x`, `${index}. States should meet, talk and agree on what they have not agreed on. `.repeat(3)),
  );
  // The same in every room: to write it costs more than to open it.
  const doc = new Y.Doc();
  writeText(doc, text, Math.random);
  const bytes = Y.encodeStateAsUpdate(doc);
  const settings = {
    title: "Report",
    method: "chair-pen",
    disclosure: "delegations",
    silenceMinimumHours: 72,
  } as const;
  const opened = [];
  for (let nth = 0; nth < negotiations; nth++) {
    const slug = `talks-${nth}`;
    const talks = await house.create({ slug, settings, delegations: [] }, founder, ({ textRoom: room, createdAt }) => [
      { kind: "text", room, updates: [{ bytes, person: null, at: createdAt }] },
    ]);
    opened.push({ slug, room: talks.row.textRoom, token: await identity.makeToken(talks, { role: "chair" }, "Chair") });
    talks.ease();
  }
  await house.stop();
  await store.close();
  return opened;
}

const founder = { person: "f".padEnd(22, "0") as never, name: "Founder", seat: { role: "chair" } } as const;

/** What came of all that was asked. */
const outcomes = new Map<string, number>();
const count = (outcome: string): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
const many = (pattern: RegExp): number =>
  [...outcomes].reduce((sum, [outcome, times]) => sum + (pattern.test(outcome) ? times : 0), 0);

/** Comes as the chair's team does, and stays until told to go; resolves once it is served or sent away. */
function enter({ room, token }: (typeof guests)[number]): Promise<WebSocket> {
  const socket = new WebSocket(`${server.base.replace("http", "ws")}/sync/${room}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  socket.on("open", () => socket.send(encodeFrame(message.sync, 0, Uint8Array.of(0))));
  socket.on("error", () => undefined);
  return new Promise((resolve) => {
    socket.once("message", () => {
      count("line let in");
      resolve(socket);
    });
    socket.on("close", (code) => {
      if (code !== 1005) count(`line closed ${code}`);
      resolve(socket);
    });
  });
}

async function ask({ slug, token }: (typeof guests)[number], what: "report" | "docx" | "text"): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const api = `${server.base}/api/v1/negotiations/${slug}`;
  const answer = await (
    what === "report"
      ? fetch(`${api}/report`, { headers })
      : what === "docx"
        ? fetch(`${server.base}/n/${slug}.docx?seat=chair`, { headers })
        : // Three megabytes of words, more than any room takes.
          fetch(`${api}/text`, {
            method: "POST",
            headers,
            body: JSON.stringify({ append: true, text: "States should talk. ".repeat(90_000) }),
          })
  ).catch(() => null);
  const problem = answer && !answer.ok ? ((await answer.json().catch(() => null)) as { code?: string } | null) : null;
  if (answer?.ok) await answer.arrayBuffer().catch(() => null);
  count(`${what} ${answer?.status ?? "cut"}${problem?.code ? ` ${problem.code}` : ""}`);
  if (answer?.status === 503 && problem?.code === "full") expect(answer.headers.get("retry-after")).toBe("10");
}

/** An update that says that four thousand million structs follow. */
const bomb = encodeFrame(message.sync, 2, Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 0));

/** Ten at a time, each as fast as they are served; three hundred stay, whoever is over that goes. */
async function flood(isOver: (come: number) => boolean): Promise<void> {
  const lines: WebSocket[] = [];
  let come = 0;
  const coming = async (): Promise<void> => {
    while (!isOver(come)) {
      const nth = come++;
      const guest = guests[nth % guests.length]!;
      const line = await enter(guest);
      lines.push(line);
      if (nth % 4 === 0) await ask(guest, "report");
      if (nth % 20 === 0) await ask(guest, "docx");
      if (nth % 40 === 0) await ask(guest, "text");
      if (nth % 20 === 0) line.send(bomb);
      if (lines.length > 300) lines.shift()?.close();
    }
  };
  await Promise.all(Array.from({ length: 10 }, coming));
  for (const line of lines) line.close();
}

const readyz = async (): Promise<string> =>
  ((await (await fetch(`${server.base}/readyz`)).json()) as { status: string }).status;

async function measure(): Promise<number> {
  const metrics = await (await fetch(`${server.base}/metrics`)).text();
  return Math.round(Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1]) / 2 ** 20);
}

test(
  `[MEM2] [MEM3] [MEM4] ${minutes} minutes of more people than ${heapMiB} MiB of heap can hold: the server sheds, serves who is on, and recovers`,
  async () => {
    const { pid } = server;
    const { chair, delegation } = await openTalks(server);
    const history = new History();
    const crowd = await crowdOf(server, chair, ["m0x", "m1x"], history);
    await Promise.all(crowd.map((typist) => typist.begin(100)));
    await expect.poll(() => crowd.every(({ durable }) => durable > 3), patient).toBe(true);
    await chair.do({ kind: "circulate" });
    const reader = new Reader(server.base, (await chair.info()).rooms.record);
    await expect.poll(() => reader.isOnline, patient).toBe(true);
    const objections = await objecting(delegation, history);
    const before = await measure();
    const waited = crowd.flatMap(({ waits }) => waits).length;

    const end = performance.now() + minutes * 60_000;
    await flood((come) => performance.now() > end && come >= 1.5 * negotiations);
    const [words, positions] = [history.words, history.positions];
    const told = [...outcomes].map(([outcome, times]) => `${outcome} ${times}`).toSorted();
    expect(many(/^line let in/), told.join(", ")).toBeGreaterThan(20);
    expect(many(/^line closed 1013/), told.join(", ")).toBeGreaterThan(20);
    expect(many(/503 full/), told.join(", ")).toBeGreaterThan(20);
    const left = performance.now();
    await expect.poll(readyz, patient).toBe("ready");
    const recovered = Math.round(performance.now() - left);

    // Whoever was refused is let in now.
    const { slug, token } = guests.at(-1)!;
    expect((await new Caller(server, slug, token).report()).parts.consensus).toHaveLength(300);
    await objections.stop();
    for (const typist of crowd) typist.rest();
    await expect.poll(() => crowd.every(({ durable, typed }) => durable === typed.length), patient).toBe(true);
    await chair.do({ kind: "circulate" });
    expect(history.violations(await chair.report(), (await chair.events()).events)).toEqual([]);
    // The same process, and nobody who was on line was sent away.
    expect([server.pid, crowd.flatMap(({ closed }) => closed), reader.comings]).toEqual([pid, [], 1]);
    for (const one of [...crowd, reader]) one.stop();
    expect(server.output).toMatch(/memory is full/);
    expect(server.output).toMatch(/memory has room again/);
    const waits = crowd.flatMap((typist) => typist.waits).slice(waited);
    console.info(
      `F11 ${minutes} minutes, ${negotiations} negotiations, heap of ${heapMiB} MiB, ${before} MiB in use before: ${told.join(", ")}; ` +
        `${words} words and ${positions} positions acknowledged meanwhile, none lost, p99 ${p99(waits)} ms; room again ${recovered} ms after they had left, ${await measure()} MiB in use`,
    );
  },
  180_000 + minutes * 60_000,
);
