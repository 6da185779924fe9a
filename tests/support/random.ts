/** Chance that can be replayed: mulberry32 by seed. `SEED=n` replays one run; otherwise seeds count from 1. */
export interface Chance {
  (): number;
  below(n: number): number;
  pick<Value>(from: readonly Value[]): Value;
}

export function chance(seed: number): Chance {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return Object.assign(next, {
    below,
    pick<Value>(from: readonly Value[]): Value {
      return from[below(from.length)] as Value;
    },
  });
}
