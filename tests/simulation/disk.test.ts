/** The disk of the simulation promises no less than a data folder does, lest a run go wrong by what cannot be. */
import { expect, test } from "vitest";
import type { EpochMs } from "../../shared/domain/values.ts";
import { Disk } from "./disk.ts";
import { World } from "./world.ts";

const write = {
  kind: "text",
  room: "room",
  updates: [{ bytes: Uint8Array.of(0, 0), person: null, at: 0 as EpochMs }],
} as const;

test("what a dead process had under way is done before the next one opens the data, or never", async () => {
  const found = new Set<number>();
  for (let seed = 1; seed <= 60; seed++) {
    const world = new World(seed);
    const disk = new Disk(world);
    let isAlive = true;
    void disk.attach(() => isAlive).commit([write]);
    isAlive = false;
    await world.pass(2);
    disk.attach(() => true);
    const atOpening = disk.length;
    await world.pass(60_000);
    expect(disk.length, `seed ${seed}`).toBe(atOpening);
    found.add(atOpening);
  }
  expect(found, "and either happens").toEqual(new Set([0, 1]));
});

test("nor is it done after the data went back to a backup", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const world = new World(seed);
    const disk = new Disk(world);
    let isAlive = true;
    void disk.attach(() => isAlive).commit([write]);
    isAlive = false;
    await disk.goBackTo(0);
    await world.pass(60_000);
    expect(disk.length, `seed ${seed}`).toBe(0);
  }
});
