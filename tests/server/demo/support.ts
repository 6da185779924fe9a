/** The demo as it stands at first start, always the same: built once for the tests that only read it. */
import { emptyRecord, evolve } from "../../../shared/domain/record.ts";
import { epochMs, mintId } from "../../../shared/domain/values.ts";
import type { Actor } from "../../../shared/domain/roster.ts";
import { buildDemo, demoSlug } from "../../../server/demo/build.ts";
import { openDemo } from "../../../server/demo/open.ts";
import { defaultLimits } from "../../../server/limits.ts";
import { House } from "../../../server/negotiation/house.ts";
import { memoryStore } from "../../../server/store/memory-store.ts";
import { chance } from "../../support/random.ts";
import { plentyOfMemory } from "../../support/plenty-of-memory.ts";

/** Sunday 22 November 2026, 12:00 in New York. */
export const aSunday = epochMs(Date.UTC(2026, 10, 22, 17));

export function demoAt(now: number, seed = 1) {
  const next = chance(seed);
  const random = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => next.below(256));
  return { ...buildDemo(epochMs(now), random, () => mintId(random)), random };
}

export const demo = demoAt(aSunday);
export const record = evolve(emptyRecord, demo.entries);

/** Time passes only when all that is under way is done, so the play takes no time at all. */
class FastClock {
  #now: number = aSunday;
  now = () => epochMs(this.#now);
  elapsed = () => this.#now;
  after = (ms: number, run: () => void) => {
    if (ms === Infinity) return () => undefined;
    const timer = setTimeout(() => {
      this.#now += ms;
      run();
    });
    return () => clearTimeout(timer);
  };
}

/** The demo open in a house of its own, on a store in memory. */
export async function aDemo() {
  const next = chance(1);
  const ports = {
    store: memoryStore(),
    clock: new FastClock(),
    // A minute's rest would pass as fast as the next beat.
    limits: { ...defaultLimits, restMs: Infinity },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    memory: plentyOfMemory,
    random: (count: number) => Uint8Array.from({ length: count }, () => next.below(256)),
    chance: next,
  };
  const house = await House.open(ports);
  const demo = await openDemo(house, ports);
  const talks = () => house.bySlug(demoSlug)!;
  const sitting = (player: { name: string }): Actor =>
    talks().record.holdings.find(({ name }) => name === player.name)!;
  return { house, ports, demo, talks, sitting };
}
