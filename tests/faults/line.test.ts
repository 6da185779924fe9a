/** A server that stands still (F12), that everybody comes back to at once (F13), and people who do not read (F15). */
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { message } from "../../shared/wire/protocol.ts";
import { History } from "../support/history.ts";
import { Reader } from "../support/reader.ts";
import { ServerProcess } from "../support/server-process.ts";
import { encodeFrame } from "../support/test-peer.ts";
import { crowdOf } from "../support/typist.ts";
import type { Talks } from "./talks.ts";
import { openTalks } from "./talks.ts";

const storm = Number(process.env["STORM"] ?? 250);
const writers = Math.ceil(storm / 10);
const stallMs = Number(process.env["STALL_MS"] ?? 3_000);
const broadcast = Number(process.env["BROADCAST_MIB"] ?? 20);

let server: ServerProcess;
let talks: Talks;
beforeAll(async () => {
  // One account stands for many people here, and a broadcast for a long day.
  const limits = {
    socketsPerAccount: 2_000,
    connectsPerSecond: 2_000,
    connectsBurst: 4_000,
    accountBytesPerHour: 2 ** 30,
    updatesPerSecond: 10_000,
    updatesBurst: 50_000,
    requestsPerSecond: 2_000,
    requestsBurst: 20_000,
  };
  server = await ServerProcess.start({ LIMITS: JSON.stringify(limits) });
  talks = await openTalks(server);
}, 60_000);
afterAll(() => server?.stop());

const patient = { timeout: 40_000 };

test(`[STO9] killed under ${storm} people, ${writers} of them typing on: all are back, nothing is lost or doubled`, async () => {
  const { chair } = talks;
  const { rooms } = await chair.info();
  const history = new History();
  const names = Array.from({ length: writers }, (_, index) => `s${index}x`);
  const crowd = await crowdOf(server, chair, names, history);
  await Promise.all(crowd.map((typist) => typist.begin(200)));
  const readers = Array.from({ length: storm - writers }, () => new Reader(server.base, rooms.record));
  await expect.poll(() => readers.every(({ isOnline }) => isOnline), patient).toBe(true);
  await expect.poll(() => crowd.every(({ durable }) => durable > 0), patient).toBe(true);
  await server.kill();
  await expect.poll(() => readers.some(({ isOnline }) => isOnline), patient).toBe(false);
  const offline = crowd.reduce((sum, { typed }) => sum + typed.length, 0);
  await pause(1_000);
  const begun = performance.now();
  await server.start();
  const ready = performance.now();
  await expect
    .poll(() => readers.every(({ isOnline }) => isOnline) && crowd.every(({ isOnline }) => isOnline), patient)
    .toBe(true);
  const back = Math.ceil(performance.now() - ready);
  for (const typist of crowd) typist.rest();
  await expect.poll(() => crowd.every(({ durable, typed }) => durable === typed.length), patient).toBe(true);
  const saved = Math.ceil(performance.now() - ready);
  const typed = crowd.reduce((sum, one) => sum + one.typed.length, 0);
  expect(typed).toBeGreaterThan(offline);
  for (const { stop } of [...crowd, ...readers].map((one) => ({ stop: () => one.stop() }))) stop();
  await chair.do({ kind: "circulate" });
  expect(history.violations(await chair.report(), (await chair.events()).events)).toEqual([]);
  expect(back).toBeLessThan(30_000);
  console.info(
    `F13 ${storm} come back: ready after ${Math.ceil(ready - begun)} ms, all there ${back} ms later, all ${history.words} words saved ${saved} ms later, none lost, none doubled`,
  );
}, 150_000);

test(`[SOC4] a server that stands still for ${stallMs} ms loses nobody and nothing`, async () => {
  const { chair } = talks;
  const { rooms } = await chair.info();
  const history = new History();
  const crowd = await crowdOf(server, chair, ["i0x", "i1x"], history);
  await Promise.all(crowd.map((typist) => typist.begin()));
  const readers = Array.from({ length: 20 }, () => new Reader(server.base, rooms.record));
  await expect
    .poll(() => readers.every(({ isOnline }) => isOnline) && crowd.every(({ durable }) => durable > 3), patient)
    .toBe(true);
  process.kill(server.pid, "SIGSTOP");
  await pause(stallMs);
  process.kill(server.pid, "SIGCONT");
  for (const typist of crowd) typist.rest();
  await expect.poll(() => crowd.every(({ durable, typed }) => durable === typed.length), patient).toBe(true);
  expect(crowd.flatMap(({ closed }) => closed)).toEqual([]);
  expect(readers.map(({ comings }) => comings)).toEqual(readers.map(() => 1));
  for (const one of [...crowd, ...readers]) one.stop();
  expect(history.violations(await chair.report(), (await chair.events()).events)).toEqual([]);
  console.info(
    `F12 stalled for ${stallMs} ms: 0 of ${readers.length + crowd.length} sockets lost, ${history.words} words saved`,
  );
}, 60_000);

test(`[ROO10] five people who do not read ${broadcast} MiB cost the server no more than 64 MiB`, async () => {
  const { chair } = talks;
  const room = (await chair.info()).rooms.text as string;
  const history = new History();
  const [typist] = await crowdOf(server, chair, ["c0x"], history);
  await typist!.begin(1_000_000);
  typist!.type();
  await expect.poll(() => typist!.durable, patient).toBe(1);
  const idle = Array.from({ length: 5 }, () => {
    const socket = new WebSocket(`${server.base.replace("http", "ws")}/sync/${room}`, {
      headers: { authorization: `Bearer ${chair.token}` },
    });
    socket.on("error", () => undefined);
    return socket;
  });
  await expect.poll(() => idle.every(({ readyState }) => readyState === WebSocket.OPEN), patient).toBe(true);
  for (const socket of idle) {
    socket.send(encodeFrame(message.sync, 0, Uint8Array.of(0)));
    socket.pause();
  }
  const before = memoryOf(server.pid);
  let most = before;
  const pieceBytes = 9_000;
  for (let sent = 0; sent < (broadcast * 2 ** 20) / pieceBytes / idle.length; sent++) {
    typist!.paste("x".repeat(pieceBytes));
    await expect.poll(() => typist!.durable === typist!.marks, { ...patient, interval: 2 }).toBe(true);
    most = Math.max(most, memoryOf(server.pid));
  }
  const grown = Math.round((most - before) / 2 ** 20);
  for (const socket of idle) socket.terminate();
  typist!.stop();
  expect((await fetch(`${server.base}/healthz`)).status).toBe(200);
  expect(grown).toBeLessThan(64);
  console.info(`F15 five who do not read, ${broadcast} MiB for them: memory +${grown} MiB at most`);
}, 120_000);

/** Resident, in bytes. */
const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
