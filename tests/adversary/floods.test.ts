/**
 * Those who guess, those who never finish what they begin, and those who ask too often (T4, T11, H-RATE): what the others notice of it. The
 * server is a real process on a real disk. `FLOOD_SECONDS=60` floods as long as the design asks.
 */
import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import type { Socket } from "node:net";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memoryStore } from "../../server/store/memory-store.ts";
import { httpServer } from "../support/http-server.ts";
import type { Caller } from "../support/server-process.ts";
import { ServerProcess } from "../support/server-process.ts";
import { openTalks } from "../faults/talks.ts";
import { p99 } from "../support/typist.ts";

const floodSeconds = Number(process.env["FLOOD_SECONDS"] ?? 5);
const perSecond = 1_000;

let server: ServerProcess;
let chair: Caller;
let room: string;
beforeAll(async () => {
  // Loopback is not counted by address; whoever is named by a trusted proxy is.
  server = await ServerProcess.start({ TRUST_PROXY: "1" });
  ({ chair } = await openTalks(server));
  room = (await chair.info()).rooms.text as string;
}, 90_000);
afterAll(() => server?.stop());

const port = (): number => Number(new URL(server.base).port);
const secret = (bytes = 32): string => randomBytes(bytes).toString("base64url");
const upgrade = (path: string, token: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
  `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\nAuthorization: Bearer ${token}\r\n\r\n`;

/** How long the answer took in ms, and its first line. */
function knock(path: string, token: string): Promise<readonly [number, string]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port(), "127.0.0.1", () => {
      const begun = performance.now();
      socket.once("data", (data: Buffer) => {
        resolve([performance.now() - begun, data.toString().split("\r\n")[0] ?? ""]);
        socket.destroy();
      });
      socket.write(upgrade(path, token));
    });
    socket.on("error", reject);
  });
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

test("[T4] [SOC1] a refusal takes as long for a room that there is as for one that there is not", async () => {
  const known: number[] = [];
  const unknown: number[] = [];
  for (let i = 0; i < 500; i++) {
    const [ofKnown, ofUnknown] = [
      await knock(`/sync/${room}`, secret()),
      await knock(`/sync/${"Q".repeat(22)}`, secret()),
    ];
    expect([ofKnown[1], ofUnknown[1]]).toEqual(Array(2).fill("HTTP/1.1 403 Forbidden"));
    known.push(ofKnown[0]);
    unknown.push(ofUnknown[0]);
  }
  const [one, other] = [median(known), median(unknown)];
  console.info(
    `T4 refused at p50 after ${one.toFixed(2)} ms where there is a room, ${other.toFixed(2)} ms where there is none`,
  );
  // Ten times the figure: the machine is shared.
  expect(Math.abs(one - other)).toBeLessThan(10);
}, 60_000);

test("[T4] [SOC1] for either the store is asked the same", async () => {
  const store = memoryStore();
  const asked: string[] = [];
  const counting = new Proxy(store, {
    get: (target, name: keyof typeof store) => {
      asked.push(name);
      return target[name].bind(target);
    },
  });
  const here = await httpServer({ store: counting });
  try {
    const askedFor = async (path: string): Promise<string[]> => {
      asked.length = 0;
      const headers = { authorization: `Bearer ${secret()}` };
      expect((await fetch(here.base + path, { method: "POST", headers })).status).toBeGreaterThan(400);
      return [...asked];
    };
    const [known, unknown] = [
      await askedFor(`/sync/${here.talks.row.textRoom}`),
      await askedFor(`/sync/${"Q".repeat(22)}`),
    ];
    expect(known.length).toBeGreaterThan(0);
    expect(known).toEqual(unknown);
  } finally {
    await here.close();
  }
});

test("[T11] who never ends a handshake, or never begins one, is cut within twenty seconds, and keeps nobody out", async () => {
  const begun = performance.now();
  const open = (words: string): Promise<{ socket: Socket; cut: Promise<number> }> =>
    new Promise((resolve, reject) => {
      const socket = connect(port(), "127.0.0.1", () => {
        if (words !== "") socket.write(words);
        resolve({ socket, cut });
      });
      const cut = new Promise<number>((done) => socket.once("close", () => done(performance.now() - begun)));
      socket.on("error", reject).resume();
    });
  const unfinished = upgrade(`/sync/${room}`, secret()).slice(0, -2);
  const slow = await Promise.all(Array.from({ length: 100 }, (_, nth) => open(nth % 4 === 0 ? "" : unfinished)));
  for (const { socket } of slow) socket.removeAllListeners("error").on("error", () => undefined);
  // A header now and then, so that it looks alive.
  const dripping = setInterval(() => {
    for (const [nth, { socket }] of slow.entries())
      if (nth % 4 === 1 && socket.writable) socket.write("X-Patience: y\r\n");
  }, 700);
  const asked = performance.now();
  expect((await fetch(`${server.base}/healthz`)).status).toBe(200);
  const answered = performance.now() - asked;
  const cut = await Promise.all(slow.map((one) => one.cut));
  clearInterval(dripping);
  console.info(
    `T11 100 handshakes without an end: cut after ${(Math.max(...cut) / 1_000).toFixed(1)} s at most; others answered in ${Math.ceil(answered)} ms`,
  );
  expect(Math.max(...cut)).toBeLessThan(20_000);
}, 60_000);

test(
  `[H-RATE] ${perSecond} requests a second for ${floodSeconds} s are turned away, and the chair goes on`,
  async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 64 });
    const statuses = new Map<number, number>();
    const guess = (): void => {
      const headers = { authorization: `Bearer ${secret()}`, "x-forwarded-for": "203.0.113.7" };
      const asking = request({ port: port(), path: "/api/v1/me", headers, agent }, (response) => {
        const status = response.statusCode ?? 0;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        response.resume();
      });
      asking.on("error", () => undefined).end();
    };
    /** How long the chair's acts take, as long as this is so. */
    const actsWhile = async (isSo: () => boolean): Promise<number> => {
      const waits: number[] = [];
      while (isSo()) {
        const asked = performance.now();
        await chair.do({ kind: "circulate" });
        waits.push(performance.now() - asked);
        await pause(50);
      }
      return p99(waits);
    };
    const forSeconds = (seconds: number): (() => boolean) => {
      const end = performance.now() + seconds * 1_000;
      return () => performance.now() < end;
    };
    const quiet = await actsWhile(forSeconds(2));
    const flood = setInterval(() => {
      for (let nth = 0; nth < perSecond / 50; nth++) guess();
    }, 20);
    // What an address may ask at once is answered first.
    const atOnce = await actsWhile(() => !statuses.has(429));
    statuses.clear();
    const flooded = await actsWhile(forSeconds(floodSeconds));
    clearInterval(flood);
    agent.destroy();
    console.info(
      `H-RATE ${[...statuses].map(([status, count]) => `${count} × ${status}`).join(", ")} in ${floodSeconds} s: the chair's acts p99 ${flooded} ms, ${atOnce} ms while the address had requests left, ${quiet} ms before`,
    );
    expect(statuses.get(429)).toBeGreaterThan(statuses.get(401) ?? 0);
    expect(flooded).toBeLessThan(3_000);
  },
  60_000 + floodSeconds * 2_000,
);
