/** What negotiations need from outside: disk, time, chance, a place for complaints. Tests bring their own. */
import type { Limits } from "../limits.ts";
import type { Clock } from "../rooms/clock.ts";
import type { Log } from "../rooms/log.ts";
import type { MemoryGuard } from "../rooms/memory-guard.ts";
import type { Store } from "../store/port.ts";

export interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly memory: MemoryGuard;
  /** Unpredictable bytes. */
  readonly random: (count: number) => Uint8Array;
  /** Any number in [0, 1), for order keys. */
  readonly chance: () => number;
}
