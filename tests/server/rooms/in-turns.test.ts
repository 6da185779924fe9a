import { expect, test } from "vitest";
import { InTurns } from "../../../server/rooms/in-turns.ts";
import { manualClock } from "../../support/manual-clock.ts";

const crowd = Array.from({ length: 600 }, (_, i) => i);

test("[ROO22] a crowd is told in slices, between which others have their turn", () => {
  const clock = manualClock();
  const told: number[] = [];
  let isDone = false;
  new InTurns(clock).each(
    crowd,
    (one) => told.push(one),
    () => (isDone = true),
  );
  expect([told.length, isDone]).toEqual([250, false]);
  clock.advance(0);
  expect(told).toEqual(crowd);
  expect(isDone).toBe(true);
});

test("[ROO22] what is told while a crowd is still being told comes later to each of them, whoever has left meanwhile", () => {
  const clock = manualClock();
  const turns = new InTurns(clock);
  const heard = new Map<number, string[]>();
  const tell = (what: string) => (one: number) => void heard.set(one, [...(heard.get(one) ?? []), what]);
  turns.each(crowd, tell("first"));
  turns.each(crowd.slice(300), tell("second"));
  turns.each([599], tell("third"));
  expect(heard.get(400)).toBeUndefined();
  clock.advance(0);
  expect([heard.get(0), heard.get(400), heard.get(599)]).toEqual([
    ["first"],
    ["first", "second"],
    ["first", "second", "third"],
  ]);
  turns.each([0], tell("fourth"));
  expect(heard.get(0)).toEqual(["first", "fourth"]);
});
