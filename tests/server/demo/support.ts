/** The demo as it stands at first start, always the same: built once for the tests that only read it. */
import { emptyRecord, evolve } from "../../../shared/domain/record.ts";
import type { EpochMs } from "../../../shared/domain/values.ts";
import { epochMs, mintId } from "../../../shared/domain/values.ts";
import { buildDemo } from "../../../server/demo/build.ts";
import { chance } from "../../support/random.ts";

/** Sunday 22 November 2026, 12:00 in New York. */
export const aSunday = epochMs(Date.UTC(2026, 10, 22, 17));

export function demoAt(now: EpochMs, seed = 1) {
  const next = chance(seed);
  const random = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => next.below(256));
  return { ...buildDemo(now, random, () => mintId(random)), random };
}

export const demo = demoAt(aSunday);
export const record = evolve(emptyRecord, demo.entries);
