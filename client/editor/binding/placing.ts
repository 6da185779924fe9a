/** Order keys for blocks that were added or moved, so that every other block keeps its own (BIN3). Pure. */
import { comparePlaces, orderKeyMaxLength } from "../../../shared/sync/model.ts";
import { keysBetween } from "../../../shared/sync/order-key.ts";

/**
 * The keys to write so that `ids` stand in this order.
 * @param keyOf the key a block has now; "" if it has none
 */
export function newKeys<Id extends string>(
  ids: readonly Id[],
  keyOf: (id: Id) => string,
  random: () => number,
): Map<Id, string> {
  const placed = ids.filter((id) => keyOf(id) !== "");
  const sorted = placed.map((id) => ({ id, order: keyOf(id) })).sort(comparePlaces);
  const kept = longestInOrder(
    placed,
    sorted.map(({ id }) => id),
  );
  const keys = new Map<Id, string>();
  let low = "";
  let waiting: Id[] = [];
  const place = (high: string): boolean => {
    if (waiting.length === 0) return true;
    const between = keysBetween(low, high, waiting.length, random);
    // No room, because two blocks got the same key or theirs grew long: the next one needs a new key as well.
    if (!between || (high !== "" && between.some((key) => key.length > orderKeyMaxLength))) return false;
    for (const [i, id] of waiting.entries()) keys.set(id, between[i] ?? "");
    waiting = [];
    return true;
  };
  for (const id of ids) {
    if (kept.has(id) && place(keyOf(id))) low = keyOf(id);
    else waiting.push(id);
  }
  place("");
  return keys;
}

/** A longest run of `have` that stands in the order of `want` already: these need not move. */
export function longestInOrder<Id>(have: readonly Id[], want: readonly Id[]): Set<Id> {
  const rank = new Map(want.map((id, i) => [id, i]));
  const present = have.filter((id) => rank.has(id));
  /** Index in `present` of the block that ends the best run of each length. */
  const ends: number[] = [];
  const previous: number[] = [];
  const rankAt = (i: number | undefined): number => (i === undefined ? -1 : (rank.get(present[i] as Id) ?? -1));
  for (let i = 0; i < present.length; i++) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const half = (low + high) >> 1;
      if (rankAt(ends[half]) < rankAt(i)) low = half + 1;
      else high = half;
    }
    previous[i] = ends[low - 1] ?? -1;
    ends[low] = i;
  }
  const run = new Set<Id>();
  for (let i = ends.at(-1) ?? -1; i >= 0; i = previous[i] ?? -1) run.add(present[i] as Id);
  return run;
}
