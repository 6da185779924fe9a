/**
 * The server is killed while people type and object, again and again (F1): what was acknowledged is there exactly once afterwards.
 * The process dies as a whole; what a power cut does to a disk is not shown here.
 */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { History } from "../support/history.ts";
import { chance } from "../support/random.ts";
import { ServerProcess } from "../support/server-process.ts";
import { crowdOf } from "../support/typist.ts";
import { objecting, openTalks } from "./talks.ts";
import type { Talks } from "./talks.ts";

const kills = Number(process.env["KILLS"] ?? 25);
const seed = Number(process.env["SEED"] ?? 1);

let server: ServerProcess;
let talks: Talks;

beforeAll(async () => {
  server = await ServerProcess.start();
  talks = await openTalks(server);
}, 60_000);
afterAll(() => server?.stop());

test(
  `[STO9] no word and no position that was acknowledged is lost in ${kills} kills (seed ${seed})`,
  { timeout: 60_000 + kills * 20_000 },
  async () => {
    const { chair, delegation } = talks;
    const random = chance(seed);
    const history = new History();
    const starts: number[] = [];
    for (let kill = 1; kill <= kills; kill++) {
      const crowd = await crowdOf(
        server,
        chair,
        [0, 1, 2].map((nth) => `k${kill}t${nth}x`),
        history,
      );
      await Promise.all(crowd.map((typist) => typist.begin()));
      await expect.poll(() => crowd.every(({ durable }) => durable > 0)).toBe(true);
      await chair.do({ kind: "circulate" });
      // Positions go on arriving until the server dies.
      const objections = await objecting(delegation, history);
      await pause(50 + random.below(500));
      await server.kill();
      await objections.stop();
      for (const typist of crowd) typist.stop();
      const begun = performance.now();
      await server.start();
      starts.push(performance.now() - begun);
      expect(history.violations(await chair.report(), (await chair.events()).events), `kill ${kill}`).toEqual([]);
    }
    const slowest = Math.ceil(Math.max(...starts));
    console.info(
      `${kills} kills: ${history.words} acknowledged words and ${history.positions} positions, none lost; ready again in at most ${slowest} ms`,
    );
    expect(history.words).toBeGreaterThan(kills * 10);
    expect(history.positions).toBeGreaterThan(kills);
  },
);
