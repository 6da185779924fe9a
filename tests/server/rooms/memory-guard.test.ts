import { expect, test } from "vitest";
import { defaultLimits } from "../../../server/limits.ts";
import { HeapGuard, processHeap } from "../../../server/rooms/memory-guard.ts";
import { manualClock } from "../../support/manual-clock.ts";

/** A heap of a hundred bytes, some of them needed and some left lying; to collect it takes a while. */
function aGuard(collectingMs = 0) {
  const clock = manualClock();
  const heap = { needed: 0, garbage: 0, collected: 0 };
  const lines: string[] = [];
  const hear = (_: object, line: string): void => void lines.push(line);
  const guard = new HeapGuard({
    clock,
    limits: { ...defaultLimits, heapFullPercent: 60, heapBrimPercent: 80 },
    log: { info: hear, warn: hear, error: hear },
    heap: {
      limit: 100,
      used: () => heap.needed + heap.garbage,
      collect() {
        heap.collected++;
        heap.garbage = 0;
        clock.advance(collectingMs);
      },
    },
  });
  return { guard, heap, clock, lines };
}

test("[MEM1] garbage is no need: a heap that looks full is collected before anybody is refused", () => {
  const { guard, heap } = aGuard();
  heap.needed = 20;
  heap.garbage = 30;
  expect([guard.isFull, heap.collected]).toEqual([false, 0]);
  heap.garbage = 75;
  expect([guard.isFull, guard.isBrimful, heap.collected]).toEqual([false, false, 1]);
});

test("[MEM1] collecting takes a twentieth of the time at most; meanwhile what is in the heap counts as needed", () => {
  const { guard, heap, clock } = aGuard(200);
  heap.garbage = 90;
  expect(guard.isFull).toBe(false);
  heap.garbage = 90;
  expect([guard.isFull, guard.isBrimful, heap.collected]).toEqual([true, true, 1]);
  clock.advance(3_700);
  expect([guard.isFull, heap.collected]).toEqual([true, 1]);
  clock.advance(100);
  expect([guard.isFull, heap.collected]).toEqual([false, 2]);
});

test("[MEM1] [MEM4] it is full until a tenth more is free again, and the log says when it begins and when it ends", () => {
  const { guard, heap, clock, lines } = aGuard();
  const shares = [59, 60, 79, 80, 55, 50, 49, 55].map((needed) => {
    heap.needed = needed;
    clock.advance(1_000);
    return [needed, guard.isFull, guard.isBrimful];
  });
  expect(shares).toEqual([
    [59, false, false],
    [60, true, false],
    [79, true, false],
    [80, true, true],
    [55, true, false],
    [50, true, false],
    [49, false, false],
    [55, false, false],
  ]);
  expect(lines).toEqual(["memory is full: new lines, texts and files are refused", "memory has room again"]);
});

test("[MEM3] while it is full, what nobody needs is let go of again and again, whether anybody asks or not", () => {
  const { guard, heap, clock } = aGuard();
  let eased = 0;
  const stop = guard.watch(() => {
    eased++;
    heap.needed -= 20;
  });
  clock.advance(5_000);
  expect(eased).toBe(0);
  heap.needed = 85;
  clock.advance(5_000);
  expect([eased, heap.needed, guard.isFull]).toEqual([2, 45, false]);
  stop();
  heap.needed = 85;
  clock.advance(5_000);
  expect(eased).toBe(2);
});

test("[MEM1] of a process it is the heap that its limit is of, and collecting it leaves what is needed", () => {
  const heap = processHeap();
  const kept = Array.from({ length: 300_000 }, (_, index) => ({ index }));
  heap.collect();
  const needed = heap.used();
  let garbage: object[] | null = Array.from({ length: 300_000 }, (_, index) => ({ index }));
  const before = heap.used();
  expect(before - needed).toBeGreaterThan(2_000_000 * Number(garbage.length > 0));
  garbage = null;
  heap.collect();
  expect(heap.used()).toBeLessThan(needed + 1_000_000);
  expect(heap.limit).toBeGreaterThan(heap.used());
  expect(kept).toHaveLength(300_000);
});
