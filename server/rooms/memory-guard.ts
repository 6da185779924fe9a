/**
 * Sheds load before the heap is full (SPEC: MEM), for a process that has no memory left ends, and with it everybody's line. What costs
 * memory asks here before it begins. Garbage is no need: a heap that looks full is collected, and what is left then counts.
 */
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Limits } from "../limits.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

export interface MemoryGuard {
  /** What can wait does not begin: lines, texts that would have to be opened to be read, documents, files. */
  readonly isFull: boolean;
  /** Nor do statements that need a text which nobody has open. */
  readonly isBrimful: boolean;
}

export interface Heap {
  /** Bytes in use, garbage and all. */
  used(): number;
  readonly limit: number;
  collect(): void;
}

interface Watching {
  readonly heap: Heap;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
}

const lookMs = 1_000;
/** In percent: so much more must be free again before it is no longer full, or it would be so by turns. */
const easedBy = 10;
/** Of the time, collecting takes one part in so many at most. */
const collectingShare = 20;

export class HeapGuard implements MemoryGuard {
  readonly #watching: Watching;
  #wasFull = false;
  /** Before this, as `clock.elapsed` counts, the heap is not collected again. */
  #collectFrom = -Infinity;

  constructor(watching: Watching) {
    this.#watching = watching;
  }

  get isFull(): boolean {
    const { log, limits } = this.#watching;
    const isFull = this.#needs(limits.heapFullPercent - (this.#wasFull ? easedBy : 0));
    if (isFull !== this.#wasFull) {
      this.#wasFull = isFull;
      if (isFull) log.warn({ heapPercent: this.#percent() }, "memory is full: new lines, texts and files are refused");
      else log.info({ heapPercent: this.#percent() }, "memory has room again");
    }
    return isFull;
  }

  get isBrimful(): boolean {
    return this.#needs(this.#watching.limits.heapBrimPercent);
  }

  /**
   * Looks now and then, whether anybody asks or not.
   * @param ease lets go of what nobody needs just now; called whenever the heap is found to be full
   * @returns ends it
   */
  watch(ease: () => void): () => void {
    const { clock } = this.#watching;
    const look = (): void => {
      if (this.isFull) ease();
      cancel = clock.after(lookMs, look);
    };
    let cancel = clock.after(lookMs, look);
    return () => cancel();
  }

  /** Until it was collected, what is in the heap counts as needed. */
  #needs(percent: number): boolean {
    if (this.#percent() < percent) return false;
    const { clock, heap } = this.#watching;
    const begun = clock.elapsed();
    if (begun < this.#collectFrom) return true;
    heap.collect();
    const took = clock.elapsed() - begun;
    this.#collectFrom = begun + Math.max(lookMs, took * collectingShare);
    return this.#percent() >= percent;
  }

  #percent(): number {
    const { heap } = this.#watching;
    return Math.floor((100 * heap.used()) / heap.limit);
  }
}

export function processHeap(): Heap {
  setFlagsFromString("--expose-gc");
  return {
    used: () => getHeapStatistics().used_heap_size,
    limit: getHeapStatistics().heap_size_limit,
    collect: runInNewContext("gc") as () => void,
  };
}
