/** Backups while people type and object (F19): each is whole, holds all that was acknowledged before it began, and keeps nobody waiting. */
import { rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { History } from "../support/history.ts";
import { ServerProcess } from "../support/server-process.ts";
import { crowdOf, p99 } from "../support/typist.ts";
import type { Talks } from "./talks.ts";
import { objecting, openTalks } from "./talks.ts";

const backups = Number(process.env["BACKUPS"] ?? 3);
let server: ServerProcess;
let talks: Talks;
beforeAll(async () => {
  server = await ServerProcess.start();
  talks = await openTalks(server);
}, 60_000);
afterAll(() => server?.stop());

test(
  `[CAR1] ${backups} backups under load: whole, complete up to their beginning, and nobody waits for them`,
  async () => {
    const { chair, delegation } = talks;
    const history = new History();
    const crowd = await crowdOf(server, chair, ["b0x", "b1x", "b2x"], history);
    await Promise.all(crowd.map((typist) => typist.begin()));
    await expect.poll(() => crowd.every(({ durable }) => durable > 10), { timeout: 20_000 }).toBe(true);
    await chair.do({ kind: "circulate" });
    const objections = await objecting(delegation, history);
    await pause(2_000);
    const waits = (): number[] => crowd.flatMap((typist) => typist.waits);
    const before = waits().length;
    const without = p99(waits());

    const files: string[] = [];
    let atLast: { readonly words: readonly (readonly [string, number])[]; readonly positions: number } | null = null;
    for (let nth = 0; nth < backups; nth++) {
      const file = `${server.dataDir}-${nth}.backup`;
      atLast = {
        words: crowd.map(
          ({ paragraph, typed, durable }) => [paragraph, typed.slice(0, durable).join("").length] as const,
        ),
        positions: history.positions,
      };
      await server.cli("backup", "--out", file);
      files.push(file);
    }
    const during = p99(waits().slice(before));
    for (const typist of crowd) typist.rest();
    await objections.stop();
    await expect
      .poll(() => crowd.every(({ durable, typed }) => durable === typed.length), { timeout: 20_000 })
      .toBe(true);
    for (const typist of crowd) typist.stop();
    for (const file of files) expect(await server.cli("verify", file)).toMatch(/is whole/);
    expect(history.violations(await chair.report(), (await chair.events()).events)).toEqual([]);

    // On another machine, as it were.
    const elsewhere = await ServerProcess.start();
    try {
      await elsewhere.end();
      const restoring = performance.now();
      await elsewhere.cli("restore", files.at(-1)!, "--replace");
      const restoredIn = Math.ceil(performance.now() - restoring);
      await elsewhere.start();
      const there = await elsewhere.caller("talks", "chair");
      const texts = new Map((await there.report()).parts.consensus.map(({ id, text }) => [id as string, text]));
      for (const [paragraph, length] of atLast!.words) {
        expect(texts.get(paragraph)?.length ?? 0).toBeGreaterThanOrEqual(length);
      }
      const { events } = await there.events();
      const lodged = events.filter((entry) => "what" in entry && entry.what.kind === "position-lodged");
      expect(lodged.length).toBeGreaterThanOrEqual(atLast!.positions);
      console.info(
        `F19 ${backups} backups beside ${history.words} acknowledged words and ${history.positions} positions: wait for *saved* p99 ${without} ms without, ${during} ms beside them; restored in ${restoredIn} ms`,
      );
    } finally {
      await elsewhere.stop();
      for (const file of files) rmSync(file);
    }
    expect(during).toBeLessThan(3_000);
  },
  60_000 + backups * 20_000,
);
