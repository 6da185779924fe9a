/** Time as rooms see it, so that tests can hold it still. */
import type { EpochMs } from "../../shared/domain/values.ts";
import { epochMs } from "../../shared/domain/values.ts";

export interface Clock {
  now(): EpochMs;
  /** Milliseconds that have passed since some moment. Nobody sets it: what moves `now` and not this has moved the clock. */
  elapsed(): number;
  /** Runs once after `ms`, 0 being the next turn of the event loop; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => epochMs(Date.now()),
  elapsed: () => performance.now(),
  after(ms, run) {
    if (ms === 0) {
      const turn = setImmediate(run);
      return () => clearImmediate(turn);
    }
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
