/** Silence procedures on the server: deadlines that fire by themselves, across restarts and outages, and races for the last millisecond. */
import { expect, test } from "vitest";
import { defaultLimits } from "../../../server/limits.ts";
import { beginEpochs } from "../../../server/negotiation/epochs.ts";
import { House } from "../../../server/negotiation/house.ts";
import type { LiveNegotiation } from "../../../server/negotiation/live-negotiation.ts";
import type { Ports } from "../../../server/negotiation/ports.ts";
import { memoryStore } from "../../../server/store/memory-store.ts";
import type { Store } from "../../../server/store/port.ts";
import { StorageTrouble } from "../../../server/store/port.ts";
import type { Command } from "../../../shared/domain/commands.ts";
import type { Delegation } from "../../../shared/domain/roster.ts";
import { brokenParagraphs, drainMs } from "../../../shared/domain/silence.ts";
import { statusOf } from "../../../shared/domain/status.ts";
import type { DelegationCode, EpochMs, SilenceId } from "../../../shared/domain/values.ts";
import { chance } from "../../support/random.ts";
import type { ManualClock } from "../../support/manual-clock.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { actor, idOf, paragraph } from "../../support/table.ts";
import { plentyOfMemory } from "../../support/plenty-of-memory.ts";

const minute = 60_000;
const text = [paragraph("a", "States should cooperate."), paragraph("b", "States decide to meet again.")];
const states = ["XAA", "XBB", "XCC"].map((code): Delegation => ({
  code: code as DelegationCode,
  name: code,
  kind: "member-state",
  regionalGroup: "none",
}));

interface Place {
  readonly ports: Ports;
  readonly clock: ManualClock;
  readonly complaints: unknown[];
}

function aPlace(store: Store = memoryStore(), seed = 1): Place {
  const random = chance(seed);
  const clock = manualClock();
  const complaints: unknown[] = [];
  const quiet = (): void => undefined;
  const ports: Ports = {
    store,
    clock,
    limits: defaultLimits,
    log: { info: quiet, warn: quiet, error: (details: object) => void complaints.push(details) },
    memory: plentyOfMemory,
    random: (count) => Uint8Array.from({ length: count }, () => random.below(256)),
    chance: random,
  };
  return { ports, clock, complaints };
}

async function opened({ ports }: Place): Promise<{ house: House; talks: LiveNegotiation }> {
  const house = await House.open(ports);
  const settings = {
    title: "Report",
    method: "chair-pen",
    disclosure: "delegations",
    silenceMinimumHours: 0,
  } as const;
  const opening = { slug: "report", settings, delegations: states, text, takesSeat: true };
  const talks = await house.create(opening, actor("chair"));
  await does(talks, "chair", { kind: "circulate" });
  return { house, talks };
}

let keys = 0;
const submit = (talks: LiveNegotiation, seat: string, command: Command) =>
  talks.submit(command, actor(seat), `k${++keys}`);
async function does(talks: LiveNegotiation, seat: string, command: Command): Promise<string> {
  const done = await submit(talks, seat, command);
  if (!done.ok) throw new Error(JSON.stringify(done));
  return done.id ?? "";
}

const announce = (talks: LiveNegotiation, deadline: number, more: { adopts?: boolean } = {}): Promise<SilenceId> =>
  does(talks, "chair", {
    kind: "announce-silence",
    scope: "whole",
    deadline: deadline as EpochMs,
    zone: "America/New_York",
    ...more,
  }) as Promise<SilenceId>;
const breaks = (procedure: SilenceId, name: string): Command => ({
  kind: "break-silence",
  procedure,
  paragraphs: [idOf(name)],
});

/** Lets what was begun by a timer come to an end: everything here is memory, so a few turns are enough to wait for. */
const settled = async (holds: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 1_000 && !holds(); turn++) await new Promise((next) => setImmediate(next));
  if (!holds()) throw new Error("it did not come to be");
};

/** Time passes as it does for a server that is there: never more than the time between two pulses at once. */
async function pass(clock: ManualClock, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 20_000) {
    clock.advance(Math.min(left, 20_000));
    for (let turn = 0; turn < 4; turn++) await new Promise((next) => setImmediate(next));
  }
}

const silenceOf = (talks: LiveNegotiation, id: SilenceId) => talks.record.silences.get(id)!;
const statuses = (talks: LiveNegotiation) => talks.record.text.map((block) => statusOf(talks.record, block));

test("[SIL6] [SIL7] a deadline fires by itself, two seconds after it, and agrees what nobody broke", async () => {
  const place = aPlace();
  const { talks } = await opened(place);
  const id = await announce(talks, place.clock.now() + 10 * minute);
  await does(talks, "delegation:XAA", breaks(id, "a"));
  await pass(place.clock, 10 * minute + drainMs - 1);
  expect(silenceOf(talks, id).ended).toBeNull();
  place.clock.advance(1);
  await settled(() => silenceOf(talks, id).ended !== null);
  expect(statuses(talks)).toEqual(["contested", "agreed"]);
  const closed = talks.entries.find(({ what }) => what.kind === "silence-closed")!;
  expect(closed.at - silenceOf(talks, id).deadline).toBe(drainMs);
  expect(place.complaints).toEqual([]);
});

test("[ADO4] silence that was announced to adopt adopts, in the same breath", async () => {
  const place = aPlace();
  const { talks } = await opened(place);
  await announce(talks, place.clock.now() + minute, { adopts: true });
  await pass(place.clock, minute + drainMs);
  await settled(() => talks.record.adoption !== null);
  expect(talks.record.adoption?.byConsensus).toBe(true);
  expect(talks.entries.slice(-2).map(({ what }) => what.kind)).toEqual(["silence-closed", "adopted"]);
});

test("[SIL10] a deadline that passed while the server was stopped long before it is settled at the next start", async () => {
  const place = aPlace();
  const { house, talks } = await opened(place);
  const id = await announce(talks, place.clock.now() + 72 * 60 * minute);
  await house.stop();
  // The outage ends before the last hour: nothing is given back.
  place.clock.advance(70 * 60 * minute);
  const again = (await House.open(place.ports)).bySlug("report")!;
  await pass(place.clock, 2 * 60 * minute + drainMs);
  await settled(() => silenceOf(again, id).ended !== null);
  expect(silenceOf(again, id).extensions).toEqual([]);
  expect(statuses(again)).toEqual(["agreed", "agreed"]);
});

test.each([
  ["30 minutes before the deadline", 30 * minute, 10 * minute],
  ["1 minute before it", minute, 15 * minute],
])("[SIL9] an outage %s is recorded and given back, before anything else is decided", async (_, before, length) => {
  const place = aPlace();
  const { house, talks } = await opened(place);
  const deadline = place.clock.now() + 2 * 60 * minute;
  const id = await announce(talks, deadline);
  await pass(place.clock, 2 * 60 * minute - before);
  await house.stop();
  place.clock.advance(length);
  const again = (await House.open(place.ports)).bySlug("report")!;
  // The first to come breaks the silence: by the old deadline the second of them would be late.
  await does(again, "delegation:XAA", breaks(id, "a"));
  const silence = silenceOf(again, id);
  expect(silence.extensions).toMatchObject([{ from: deadline, outage: { to: place.clock.now() } }]);
  const given = silence.deadline - deadline;
  expect(given).toBeGreaterThanOrEqual(length);
  expect(given).toBeLessThanOrEqual(length + 20_000);
  expect(silence.breaks[0]?.inTime).toBe(true);
  const order = again.entries.slice(-3).map(({ what }) => what.kind);
  expect(order).toEqual(["silence-extended", "silence-broken", "position-lodged"]);
});

test("[SIL9] a machine that slept, or a disk that refused, through the last minutes gives them back too", async () => {
  const memory = memoryStore();
  let refuses = false;
  const store: Store = {
    ...memory,
    commit: (writes) => (refuses ? Promise.reject(new StorageTrouble("full")) : memory.commit(writes)),
  };
  const place = aPlace(store);
  const { talks } = await opened(place);
  const id = await announce(talks, place.clock.now() + 30 * minute);
  await pass(place.clock, 20 * minute);
  refuses = true;
  await pass(place.clock, 5 * minute);
  refuses = false;
  await pass(place.clock, 5 * minute);
  expect(place.complaints.length).toBeGreaterThan(0);
  expect(silenceOf(talks, id).ended).toBeNull();
  expect(silenceOf(talks, id).extensions).toHaveLength(1);
  await pass(place.clock, 6 * minute);
  await settled(() => silenceOf(talks, id).ended !== null);
  expect(statuses(talks)).toEqual(["agreed", "agreed"]);
});

test("[SIL9] a clock that is set forward by seconds closes no silence early; one that is set back shortens nothing", async () => {
  for (const step of [45_000, 3_000, -45_000, 500]) {
    const place = aPlace();
    const { house, talks } = await opened(place);
    const deadline = place.clock.now() + 10 * minute;
    const id = await announce(talks, deadline);
    await pass(place.clock, 9 * minute);
    place.clock.set(step);
    // It is noticed by whoever comes next, or by the next pulse.
    if (step === 3_000) await does(talks, "delegation:XAA", breaks(id, "a"));
    await pass(place.clock, 20_000);
    const given = silenceOf(talks, id).extensions.map(({ outage, to }) => [outage?.clock, to - deadline]);
    expect(given).toEqual(step > 1_000 ? [[true, step]] : []);
    // A minute was left, whatever the clock on the wall says.
    await pass(place.clock, 30_000);
    expect(silenceOf(talks, id).ended).toBeNull();
    await pass(place.clock, 2 * minute);
    await settled(() => silenceOf(talks, id).ended !== null);
    await house.stop();
  }
});

test("[SIL9] [CAR9] data that went back to a backup give the time back too: that a restore was recorded is no sign of life", async () => {
  const here = aPlace();
  const { house, talks } = await opened(here);
  const deadline = here.clock.now() + 30 * minute;
  const id = await announce(talks, deadline);
  await house.stop();
  here.clock.advance(10 * minute);
  const { store, random } = here.ports;
  await beginEpochs(store, { from: here.clock.now(), now: here.clock.now(), others: [], random });
  const again = (await House.open(here.ports)).bySlug("report")!;
  await settled(() => silenceOf(again, id).deadline > deadline);
  expect(silenceOf(again, id).deadline).toBeGreaterThanOrEqual(deadline + 9 * minute);
  await again.stop();
});

test("[SIL12] who has opened the text since is noted once, beside the record and not in it", async () => {
  const place = aPlace();
  const { house, talks } = await opened(place);
  talks.opened("XAA" as DelegationCode);
  const id = await announce(talks, place.clock.now() + 60 * minute);
  const entries = talks.entries.length;
  talks.opened("XBB" as DelegationCode);
  place.clock.advance(1_000);
  talks.opened("XBB" as DelegationCode);
  expect((await talks.deliveries(id)).map(({ delegation }) => delegation)).toEqual(["XBB"]);
  expect(talks.entries.length).toBe(entries);
  await house.stop();
});

test("[SIL6] races for the last milliseconds (RACES): every acknowledged break in time counts, none that is later", async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = chance(seed);
  const races = Number(process.env["RACES"] ?? 200);
  for (let race = 0; race < races; race++) {
    const place = aPlace(memoryStore(), seed + race);
    const { house, talks } = await opened(place);
    const deadline = place.clock.now() + 10_000;
    const id = await announce(talks, deadline);
    place.clock.advance(10_000 - 50);
    const answers: Promise<{ name: string; at: number }>[] = [];
    for (const code of ["XAA", "XBB", "XCC"]) {
      const name = random.below(2) === 0 ? "a" : "b";
      if (random.below(3) > 0) place.clock.advance(random.below(60));
      const sent = submit(talks, `delegation:${code}`, breaks(id, name)).then((done) => {
        if (!done.ok) throw new Error(`seed ${seed}, race ${race}: ${JSON.stringify(done)}`);
        return { name, at: Date.parse(done.receipt.at) };
      });
      answers.push(sent);
      if (random.below(2) === 0) await new Promise((next) => setImmediate(next));
    }
    const told = await Promise.all(answers);
    place.clock.advance(drainMs + 200);
    await settled(() => silenceOf(talks, id).ended !== null);
    const expected = new Set(told.filter(({ at }) => at <= deadline).map(({ name }) => idOf(name)));
    const what = { seed, race, told, deadline };
    expect({ ...what, broken: [...brokenParagraphs(silenceOf(talks, id))].sort() }).toEqual({
      ...what,
      broken: [...expected].sort(),
    });
    expect({ ...what, is: statuses(talks) }).toEqual({
      ...what,
      is: ["a", "b"].map((name) => (expected.has(idOf(name)) ? "contested" : "agreed")),
    });
    // One order for all: the closing comes after everything that counts.
    const closed = talks.entries.findIndex((entry) => entry.what.kind === "silence-closed");
    expect(talks.entries.slice(closed).some((entry) => entry.what.kind === "silence-broken" && entry.what.inTime)).toBe(
      false,
    );
    await house.stop();
  }
}, 600_000);
