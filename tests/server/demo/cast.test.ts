import { expect, test } from "vitest";
import { cast, states } from "../../../server/demo/cast.ts";
import { states as realStates } from "../../../shared/domain/states.ts";

test("no delegation of the demo has a name that could be taken for that of a state", () => {
  const names = [...Object.values(states).map(({ name }) => name), "Maravelle"];
  for (const name of names) {
    for (const real of realStates) {
      const far = distance(name.toLowerCase(), real.name.toLowerCase()) / Math.max(name.length, real.name.length);
      expect(far, `${name} and ${real.name}`).toBeGreaterThan(1 / 3);
    }
  }
});

test("the codes are from the range that ISO 3166 leaves to users, and each is used once", () => {
  const codes = Object.values(states).map(({ code }) => code);
  for (const code of codes) expect(code).toMatch(/^X[A-Z]{2}$/);
  expect(new Set(codes).size).toBe(codes.length);
});

test("all five regional groups are in the room, and every delegation has a head", () => {
  expect(new Set(Object.values(states).map(({ regionalGroup }) => regionalGroup)).size).toBe(5);
  const spoken = new Set<string>(
    Object.values(cast).flatMap(({ seat }) => ("delegation" in seat ? [seat.delegation] : [])),
  );
  expect(spoken).toEqual(new Set<string>(Object.values(states).map(({ code }) => code)));
});

/** Levenshtein. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
