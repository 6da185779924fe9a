/**
 * Disclosure, looked for by every kind of viewer on every address, frame, room, page and export there is (SPEC: DIS). Each canary of
 * `tests/support/canaries.ts` is found with those who may read it and with nobody else.
 */
import express from "express";
import * as decoding from "lib0/decoding";
import { afterAll, expect, test, vi } from "vitest";
import { verifySeen } from "../../shared/domain/chain.ts";
import type { DisclosurePreset, RecordFrame } from "../../shared/domain/entries.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import { composeReport } from "../../shared/domain/report.ts";
import { message } from "../../shared/wire/protocol.ts";
import type { Telling, Viewer } from "../support/canaries.ts";
import { everyKind, eyesOf, World } from "../support/canaries.ts";
import type { Seen } from "../support/walk.ts";
import { queriesOf, walk } from "../support/walk.ts";

// Thousands of pages: React is not asked to check its own work on each of them.
vi.hoisted(() => {
  process.env["NODE_ENV"] = "production";
});
vi.mock("react/jsx-dev-runtime", async () => {
  const { Fragment, jsx } = await import("react/jsx-runtime");
  return { Fragment, jsxDEV: jsx };
});

type Phases = Telling["phases"];
const widening: Phases = ["closed", "delegations", "open"];
const narrowing: Phases = ["open", "delegations", "closed"];

const worlds = new Map<string, Promise<World>>();
function worldOf(telling: Telling): Promise<World> {
  const key = [telling.phases, [...(telling.swapped ?? [])]].join(" ");
  if (!worlds.has(key)) worlds.set(key, World.open(telling));
  return worlds.get(key)!;
}
afterAll(async () => {
  for (const world of worlds.values()) await (await world).server.close();
});

/** What pages read from a query, by the page's address. */
const readFromQuery = new Map<string, Set<string>>();
const query = Object.getOwnPropertyDescriptor(express.request, "query")!;
Object.defineProperty(express.request, "query", {
  configurable: true,
  get(this: express.Request): object {
    const path = String(this.route?.path);
    const noted = readFromQuery.get(path) ?? new Set();
    readFromQuery.set(path, noted);
    return new Proxy(query.get!.call(this) as object, {
      get: (given, name) => {
        noted.add(String(name));
        return Reflect.get(given, name) as unknown;
      },
    });
  },
});

/** Of these words, those that are found in all this, each with where. */
function wordsIn(seen: readonly Seen[], words: ReadonlySet<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const read = new Set<string>();
  for (const { where, what } of seen) {
    for (const [word] of what.matchAll(/zq\d{4}qz/g)) if (!found.has(word)) found.set(word, where);
    for (const [run] of what.matchAll(/[0-9A-Za-z]{22,200}/g)) {
      // Most are hashes, and identifiers that stand on every page.
      if (read.has(run)) continue;
      read.add(run);
      for (let from = 0; from + 22 <= run.length; from++) {
        const id = run.slice(from, from + 22);
        if (words.has(id) && !found.has(id)) found.set(id, where);
      }
    }
  }
  return found;
}

/** What is found with those who may not have it, and not found with those who may. */
function wrong(world: World, viewer: Viewer, seen: readonly Seen[]): readonly string[] {
  const found = wordsIn(seen, new Set(world.canaries.map(({ word }) => word)));
  return world.canaries.flatMap(({ word, of, may }) => {
    const where = found.get(word);
    if (may(viewer) === (where !== undefined)) return [];
    return [where === undefined ? `${viewer.name} misses ${of}` : `${viewer.name} finds ${of} at ${where}`];
  });
}

/**
 * One of each that see different things asks each address in every way, where the rule of disclosure widens; everybody else asks each in one
 * way. `WHOLE=1`: everybody in every way.
 */
const everyWay = process.env["WHOLE"] !== undefined;
const isWhole = ({ telling }: World, { name }: Viewer): boolean =>
  everyWay || (telling.phases === widening && /^(secretariat|delegation:XA[ABCG]|nobody)$/.test(name));

/** On the eve of the adoption each is walked once. */
const walks = new WeakMap<Viewer, Promise<readonly Seen[]>>();
function onTheEve(world: World, viewer: Viewer): Promise<readonly Seen[]> {
  let walked = walks.get(viewer);
  if (!walked) walks.set(viewer, (walked = walk(world, viewer, isWhole(world, viewer))));
  return walked;
}

async function findsOnlyItsOwn(world: World, viewers: readonly Viewer[]): Promise<void> {
  const before = world.talks.record.seq;
  const all: string[] = [];
  for (const viewer of viewers) all.push(...wrong(world, viewer, await onTheEve(world, viewer)));
  // Nothing came of asking, so that the next one is asked the same.
  expect(world.talks.record.seq).toBe(before);
  expect(all).toEqual([]);
}

/** One of each that see different things. */
const someOf = ({ viewers }: World): readonly Viewer[] =>
  viewers.filter(({ name }) => /^(secretariat|delegation:XA[ACG]|nobody)$/.test(name));

test("[DIS4] frames end with what is visible and follow each other, so that their coming and their number say nothing", async () => {
  const { heard, talks } = await worldOf({ phases: widening });
  for (const [name, frames] of heard) {
    let last = 0;
    for (const frame of frames) {
      const decoder = decoding.createDecoder(frame);
      const type = decoding.readVarUint(decoder);
      // That something happened in a drafting room is told to those who are in it or asked in.
      if (type === message.ownSide) expect(name).toMatch(/:XA[ABG]$/);
      if (type === message.ownSide) continue;
      expect(type).toBe(message.record);
      expect(decoding.readVarUint(decoder)).toBe(1);
      const { after, upTo, events } = JSON.parse(decoding.readVarString(decoder)) as RecordFrame;
      expect([name, after, upTo]).toEqual([name, last, events.at(-1)?.seq]);
      expect([name, upTo, "sealed" in events.at(-1)!]).toEqual([name, upTo, false]);
      last = upTo;
    }
    expect(last).toBeGreaterThan(talks.record.seq - 20);
  }
});

test(
  "[DIS5] [DIS7] [DIS10] from closed to open every viewer finds what they may read, and nothing else",
  { timeout: 900_000 },
  async () => {
    const world = await worldOf({ phases: widening });
    await findsOnlyItsOwn(world, world.viewers);
  },
);

test(
  "[DIS5] [DIS7] [DIS10] from open to closed every viewer finds what they may read, and nothing else",
  { timeout: 900_000 },
  async () => {
    const world = await worldOf({ phases: narrowing });
    await findsOnlyItsOwn(world, someOf(world));
  },
);

/** Rules under which two delegations change places, and who must not see a difference then. */
const twins: readonly (readonly [readonly DisclosurePreset[], RegExp])[] = [
  [["closed", "delegations"], /^(stakeholder:press-1|nobody)$/],
  [["closed"], /^(delegation:XAG|nobody)$/],
];

/** Of what two delegations do in each other's place, everything that somebody sees who may not know which of them did it. */
async function tellingThemApart(see: (world: World, viewer: Viewer) => Promise<readonly Seen[]>): Promise<void> {
  const world = await worldOf({ phases: widening });
  const apart: string[] = [];
  for (const [hidden, names] of twins) {
    const twin = await worldOf({ phases: widening, swapped: new Set(hidden) });
    for (const viewer of world.viewers.filter(({ name }) => names.test(name))) {
      const there = twin.viewers.find(({ name }) => name === viewer.name)!;
      apart.push(...differences(viewer, await see(world, viewer), await see(twin, there)));
    }
  }
  expect(apart).toEqual([]);
}

test(
  "[DIS4] [DIS5] who may not know a name gets the same bytes, whichever delegation it was",
  { timeout: 900_000 },
  () => tellingThemApart(onTheEve),
);

test("[DIS4] what somebody may not know of changes no byte of what they get", { timeout: 900_000 }, async () => {
  const world = await worldOf({ phases: narrowing });
  const viewers = world.viewers.filter(({ name }) => /^(delegation:XAC|nobody)$/.test(name));
  for (const viewer of viewers) await onTheEve(world, viewer);
  const told = (): readonly unknown[] => viewers.map(({ name }) => world.heard.get(name)?.length);
  const before = told();
  await world.actsUnseen();
  expect(told()).toEqual(before);
  // A walker's own papers are told to its own side: frames as they happened are of the walks before.
  const asked = (seen: readonly Seen[]) => seen.filter(({ where }) => where !== "a frame as it happened");
  for (const viewer of viewers)
    expect(
      differences(
        viewer,
        asked(await onTheEve(world, viewer)),
        asked(await walk(world, viewer, isWhole(world, viewer))),
      ),
    ).toEqual([]);
});

function differences({ name }: Viewer, here: readonly Seen[], there: readonly Seen[]): readonly string[] {
  expect(there.map(({ where }) => where)).toEqual(here.map(({ where }) => where));
  return here.flatMap(({ where, what }, index) =>
    where === "GET /metrics" // of the whole process, and for its own machine
      ? []
      : difference(`${name}: ${where}`, withoutHashes(what), withoutHashes(there[index]!.what)),
  );
}

/** Where two answers part, and a little of what stands there. */
function difference(where: string, here: string, other: string): readonly string[] {
  if (here === other) return [];
  let at = 0;
  while (here[at] === other[at]) at++;
  const around = (what: string): string => what.slice(Math.max(0, at - 200), at + 100);
  return [`${where}: …${around(here)}…\nand …${around(other)}…`];
}

/** Hashes differ with what they commit to, and say nothing of it: only which of them are the same does. */
function withoutHashes(what: string): string {
  const known = new Map<string, number>();
  return (
    what
      .replace(/\b(?!\d{13}\b)[0-9a-f]{12,64}\b/g, (hash) => {
        const short = hash.slice(0, 12);
        if (!known.has(short)) known.set(short, known.size);
        return `<hash ${known.get(short)}>`;
      })
      // A packed file bears the moment in which it was written, and counts its marks on from the file before.
      .replace(/W3CDTF">[^<]*|w:id="\d+"/g, "")
      // Made anew for each answer: what a tag stands for, a style's nonce, a form's key, a ticket, a line, a reference to a failure.
      .replace(/^etag: .*$/m, "")
      .replace(/nonce="[^"]*"|name="key" value="[^"]*"|"ticket":"[^"]*","expires":"[^"]*"|"line":"[^"]*"/g, "")
      // With it the length of what tells it.
      .replace(/content-length: \d+(?=[^]*"clientId":\d+)|"clientId":\d+/g, "")
      .replace(/"reference":"[^"]*"|rapporteur-reference: .*|ref(erence)?-?id: .*/gi, "")
  );
}

test("[DIS5] every viewer's report is what follows from the record they get, and nothing more", async () => {
  for (const phases of [widening, narrowing]) {
    const { talks, viewers } = await worldOf({ phases });
    for (const viewer of viewers) {
      const eyes = eyesOf(viewer);
      const { events, upTo } = talks.frame(eyes, 0);
      expect(verifySeen(events, null).ok).toBe(true);
      const own = composeReport(evolve(emptyRecord, events), talks.textFor(eyes), eyes);
      expect({ ...talks.report(eyes), seq: upTo }, viewer.name).toEqual({ ...own, seq: upTo });
    }
  }
});

test("every name that a page reads from its query is walked", async () => {
  const world = await worldOf({ phases: widening });
  for (const [path, names] of readFromQuery) {
    if (path.startsWith("/sync/")) continue; // no page
    const address = path.replace(/:(\w+)/g, "{$1}");
    const walked = world.viewers.flatMap((viewer) => queriesOf(address, world, viewer)).join("&");
    for (const name of names) expect(walked, `?${name}= of ${path}`).toMatch(new RegExp(`[?&]${name}=`));
  }
});

/** Adopted once, when everything on its eve was asked. */
const adoptions = new WeakMap<World, Promise<void>>();
async function adopted(world: World): Promise<World> {
  if (!adoptions.has(world)) adoptions.set(world, world.adopts());
  await adoptions.get(world);
  return world;
}

const walksAfter = new WeakMap<Viewer, Promise<readonly Seen[]>>();
async function onTheDayAfter(world: World, viewer: Viewer): Promise<readonly Seen[]> {
  await adopted(world);
  let walked = walksAfter.get(viewer);
  if (!walked) walksAfter.set(viewer, (walked = walk(world, viewer, everyWay)));
  return walked;
}

test(
  "[DIS5] [DIS7] on the day after the adoption everybody finds what they may read, and nothing else",
  { timeout: 900_000 },
  async () => {
    const world = await adopted(await worldOf({ phases: widening }));
    for (const viewer of someOf(world)) expect(wrong(world, viewer, await onTheDayAfter(world, viewer))).toEqual([]);
  },
);

test(
  "[DIS4] [DIS5] on the day after the adoption who may not know a name still gets the same bytes",
  { timeout: 900_000 },
  () => tellingThemApart(onTheDayAfter),
);

test("every kind of entry is made in the world that is walked", async () => {
  const world = await adopted(await worldOf({ phases: widening }));
  // A restore makes its entry when the server starts again: tests/faults.
  const made = new Set<string>(["data-restored"]);
  for (const { what } of world.talks.entries) made.add(what.kind);
  expect(everyKind.filter((kind) => !made.has(kind))).toEqual([]);
});
