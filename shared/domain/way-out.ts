/**
 * The smallest set of things that have to be settled one by one so that everything else falls by itself (SPEC: CON5). Knows nothing of
 * words or delegations but their number: `steps.ts` says what is an obstacle and what it waits for.
 */

/** What has to have fallen, all of it, before something that waits for it falls. Empty: it waits for the gavel alone. */
export type Wait = readonly number[];

export interface Obstacle {
  /** With whom it is settled; null: with nobody but the chair. Obstacles of one party are settled in one talk. */
  readonly party: string | null;
  readonly words: number;
  /** It falls by itself once all of these have fallen. Null: it has to be settled. */
  readonly waits: readonly Wait[] | null;
}

export interface WayOut {
  /** What has to be settled, by its place in the list of obstacles; the rest falls by itself. */
  readonly settled: ReadonlySet<number>;
  /** False: the search ended early, and a smaller set may exist. */
  readonly exact: boolean;
  /** Those that wait for each other, so that none of them falls unless one is settled. */
  readonly rings: readonly (readonly number[])[];
}

/** Fewer is better: parties first, then things to settle, then words. */
export type Cost = readonly [parties: number, things: number, words: number];

/** @param known parties that are talked to in any case, and cost nothing more */
export function costOf(
  obstacles: readonly Obstacle[],
  settled: Iterable<number>,
  known: ReadonlySet<string | null> = new Set(),
): Cost {
  const parties = new Set<string>();
  let [things, words] = [0, 0];
  for (const index of settled) {
    const { party, words: more } = obstacles[index]!;
    if (party !== null && !known.has(party)) parties.add(party);
    things++;
    words += more;
  }
  return [parties.size, things, words];
}

const isLess = (a: Cost, b: Cost): boolean => (a[0] !== b[0] ? a[0] < b[0] : a[1] !== b[1] ? a[1] < b[1] : a[2] < b[2]);

/**
 * What waits for what, made once and asked often: a graph of obstacles and of the places they wait for. Vertices are numbers, the
 * obstacles first; an obstacle leads to the places it waits for, a place to the obstacles on it.
 */
export class Waiting {
  readonly obstacles: readonly Obstacle[];
  readonly ahead: readonly (readonly number[])[];
  readonly behind: readonly (readonly number[])[];
  /** How many links there are: what it costs to look at all of them. */
  readonly size: number;

  constructor(obstacles: readonly Obstacle[]) {
    this.obstacles = obstacles;
    const ahead = obstacles.map((): number[] => []);
    const behind = obstacles.map((): number[] => []);
    const places = new Map<Wait, number>();
    let size = 0;
    const link = (from: number, to: number): void => {
      ahead[from]!.push(to);
      behind[to]!.push(from);
      size++;
    };
    for (const [index, { waits }] of obstacles.entries()) {
      for (const wait of new Set(waits)) {
        let place = places.get(wait);
        if (place === undefined) {
          places.set(wait, (place = ahead.push([]) - 1));
          behind.push([]);
          for (const one of new Set(wait)) link(place, one);
        }
        link(index, place);
      }
    }
    this.ahead = ahead;
    this.behind = behind;
    this.size = size;
  }

  /** Before anything is settled. */
  begin(): Falling {
    return new Falling(this);
  }

  /** Groups of obstacles each of which waits for all others of its group, in the end; one that waits for itself is a group too. */
  rings(falling: Falling): readonly (readonly number[])[] {
    const rings: number[][] = [];
    const found = new Map<number, number>();
    const lowest = new Map<number, number>();
    const open: number[] = [];
    const isOpen = new Set<number>();
    for (const start of this.obstacles.keys()) {
      if (found.has(start) || falling.has(start)) continue;
      const path: { readonly at: number; next: number }[] = [];
      const enter = (at: number): void => {
        lowest.set(at, found.size);
        found.set(at, found.size);
        open.push(at);
        isOpen.add(at);
        path.push({ at, next: 0 });
      };
      const lower = (at: number, to: number): void => {
        if (to < lowest.get(at)!) lowest.set(at, to);
      };
      enter(start);
      for (let top = path.at(-1); top; top = path.at(-1)) {
        const next = this.ahead[top.at]![top.next++];
        if (next !== undefined) {
          if (falling.has(next)) continue;
          if (!found.has(next)) enter(next);
          else if (isOpen.has(next)) lower(top.at, found.get(next)!);
          continue;
        }
        path.pop();
        const { at } = top;
        const before = path.at(-1);
        if (before) lower(before.at, lowest.get(at)!);
        if (lowest.get(at) !== found.get(at)) continue;
        const group = open.splice(open.lastIndexOf(at));
        for (const one of group) isOpen.delete(one);
        if (group.length > 1) rings.push(group.filter((one) => one < this.obstacles.length));
      }
    }
    return rings;
  }

  /** Some obstacles that have not fallen and wait for each other in a circle; null when there is none. */
  circle(falling: Falling): readonly number[] | null {
    const done = new Set<number>();
    for (const start of this.obstacles.keys()) {
      if (done.has(start) || falling.has(start)) continue;
      const path = [{ at: start, next: 0 }];
      const place = new Map([[start, 0]]);
      for (let top = path.at(-1); top; top = path.at(-1)) {
        const next = this.ahead[top.at]![top.next++];
        if (next === undefined) {
          path.pop();
          place.delete(top.at);
          done.add(top.at);
        } else if (place.has(next))
          return path.slice(place.get(next)).flatMap(({ at }) => (at < this.obstacles.length ? [at] : []));
        else if (!falling.has(next) && !done.has(next)) place.set(next, path.push({ at: next, next: 0 }) - 1);
      }
    }
    return null;
  }
}

/** What has fallen so far. An obstacle falls when it is settled or all it waits for has fallen, a place when all on it has. */
export class Falling {
  readonly #waiting: Waiting;
  readonly #left: Int32Array;

  constructor(waiting: Waiting, left?: Int32Array) {
    this.#waiting = waiting;
    this.#left = left ?? new Int32Array(waiting.ahead.length);
    if (left) return;
    const { obstacles } = waiting;
    for (const [vertex, { length }] of waiting.ahead.entries())
      // What has to be settled itself waits for one thing more.
      this.#left[vertex] = obstacles[vertex]?.waits === null ? 1 : length;
    this.#fall([...this.#left.keys()].filter((vertex) => this.has(vertex)));
  }

  fork(): Falling {
    return new Falling(this.#waiting, this.#left.slice());
  }

  has(vertex: number): boolean {
    return this.#left[vertex]! <= 0;
  }

  /** @returns the obstacles that fell with these, they themselves included */
  settle(obstacles: Iterable<number>): readonly number[] {
    const now = [...obstacles].filter((one) => !this.has(one));
    for (const one of now) this.#left[one] = 0;
    return this.#fall(now);
  }

  #fall(queue: number[]): readonly number[] {
    const fallen: number[] = [];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (next < this.#waiting.obstacles.length) fallen.push(next);
      for (const waiter of this.#waiting.behind[next]!) {
        if (this.has(waiter)) continue;
        this.#left[waiter]!--;
        if (this.has(waiter)) queue.push(waiter);
      }
    }
    return fallen;
  }
}

/**
 * What nothing else brings down is settled in any case. Of a ring at least one has to be: which, is a choice, searched through by taking
 * a circle and trying each of its members. Rings that share a party are searched together, since one talk may serve both.
 * @param effort how many links are looked at, at most, for each such search beyond its first answer
 */
export function smallestWay(waiting: Waiting, effort = 40_000): WayOut {
  const { obstacles } = waiting;
  const settled = new Set([...obstacles.keys()].filter((index) => obstacles[index]!.waits === null));
  const falling = waiting.begin();
  falling.settle(settled);
  const rings = waiting.rings(falling);
  const known = new Set([...settled].map((index) => obstacles[index]!.party));
  let exact = true;
  const partyAt = (index: number): string | null => {
    const { party } = obstacles[index]!;
    return known.has(party) ? null : party;
  };
  for (const members of sharing(rings, partyAt)) {
    const found = searchRing(within(obstacles, members), known, effort);
    exact &&= found.exact;
    for (const index of found.chosen) settled.add(members[index]!);
  }
  return { settled, exact, rings };
}

/** What waits for what among these alone. */
function within(obstacles: readonly Obstacle[], members: readonly number[]): Waiting {
  const place = new Map(members.map((index, here) => [index, here]));
  const cut = new Map<Wait, Wait>();
  const within = (wait: Wait): readonly Wait[] => {
    let here = cut.get(wait);
    if (!here) cut.set(wait, (here = wait.flatMap((one) => place.get(one) ?? [])));
    return here.length > 0 ? [here] : [];
  };
  return new Waiting(
    members.map((index) => ({ ...obstacles[index]!, waits: (obstacles[index]!.waits ?? []).flatMap(within) })),
  );
}

function searchRing(
  ring: Waiting,
  known: ReadonlySet<string | null>,
  effort: number,
): { readonly chosen: readonly number[]; readonly exact: boolean } {
  const { obstacles } = ring;
  const cost = (chosen: readonly number[]): Cost => costOf(obstacles, chosen, known);
  const alone = obstacles.map((_, index) => cost([index]));
  const byCost = (a: number, b: number): number =>
    isLess(alone[a]!, alone[b]!) ? -1 : isLess(alone[b]!, alone[a]!) ? 1 : a - b;
  let spent = 0;
  const circleWithout = (chosen: readonly number[]): readonly number[] | null => {
    spent += ring.size;
    const falling = ring.begin();
    falling.settle(chosen);
    return ring.circle(falling);
  };
  let best = firstAnswer(ring, byCost, (chosen) => spent < effort && circleWithout(chosen) === null);
  const tried = new Set<string>();
  const search = (chosen: readonly number[]): void => {
    const key = chosen.toSorted((a, b) => a - b).join();
    if (spent >= effort || tried.has(key) || !isLess(cost(chosen), cost(best))) return;
    tried.add(key);
    const circle = circleWithout(chosen);
    if (!circle) best = chosen;
    else for (const next of circle.toSorted(byCost)) search([...chosen, next]);
  };
  search([]);
  return { chosen: best, exact: spent < effort };
}

/** Those with most behind them, until all has fallen; then each is taken back that was not needed, the dearest first. */
function firstAnswer(
  ring: Waiting,
  byCost: (a: number, b: number) => number,
  suffice: (chosen: readonly number[]) => boolean,
): readonly number[] {
  const weights = ring.obstacles.map((_, index) =>
    ring.behind[index]!.reduce((sum, place) => sum + ring.behind[place]!.length, 0),
  );
  const falling = ring.begin();
  let chosen: number[] = [];
  for (const index of [...weights.keys()].toSorted((a, b) => weights[b]! - weights[a]! || byCost(a, b))) {
    if (falling.has(index)) continue;
    falling.settle([index]);
    chosen.push(index);
  }
  for (const index of chosen.toSorted((a, b) => byCost(b, a))) {
    const rest = chosen.filter((one) => one !== index);
    if (suffice(rest)) chosen = rest;
  }
  return chosen;
}

/** Groups put together where they share something. */
function sharing(groups: readonly (readonly number[])[], of: (index: number) => string | null): (readonly number[])[] {
  let together: { readonly members: readonly number[]; readonly shared: readonly string[] }[] = [];
  for (const group of groups) {
    const shared = group.flatMap((index) => of(index) ?? []);
    const met = together.filter((other) => other.shared.some((one) => shared.includes(one)));
    together = [
      ...together.filter((other) => !met.includes(other)),
      {
        members: [...met.flatMap(({ members }) => members), ...group],
        shared: [...met.flatMap((other) => other.shared), ...shared],
      },
    ];
  }
  return together.map(({ members }) => members);
}
