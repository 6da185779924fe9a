/** Time that moves when the test says so. */
import type { Clock } from "../../server/rooms/clock.ts";
import { epochMs } from "../../shared/domain/values.ts";

export interface ManualClock extends Clock {
  /** Runs what falls due on the way, in order. */
  advance(ms: number): void;
  /** Somebody sets the clock, and no time passes. */
  set(ms: number): void;
}

export function manualClock(start = 1_800_000_000_000): ManualClock {
  let now = start;
  let ahead = 0;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => epochMs(now + ahead),
    // Of a platform's clock it has fractions.
    elapsed: () => now - start + 0.3,
    set: (ms) => void (ahead += ms),
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers = timers.filter((other) => other !== due);
        now = Math.max(now, due.at);
        due.run();
      }
      now = end;
    },
  };
}
