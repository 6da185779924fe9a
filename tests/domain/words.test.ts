import * as fc from "fast-check";
import { expect, test } from "vitest";
import { contains, isHeld, share, wordsOf } from "../../shared/domain/words.ts";

const holds = (paragraph: string, words: string) => contains(wordsOf(paragraph), wordsOf(words));

test("words are folded, and punctuation and brackets are no words", () => {
  expect(wordsOf("States [should] “co-operate”, by 2.5% — the Chair’s text\uFFFC.")).toEqual([
    "states",
    "should",
    "co",
    "operate",
    "by",
    "2.5",
    "the",
    "chairs",
    "text",
  ]);
  expect(wordsOf("— […] ,")).toEqual([]);
});

test.each([
  ["French", "L’État côtier", ["létat", "côtier"]],
  ["Russian", "Государства-члены", ["государства", "члены"]],
  ["Arabic", "الدُّوَل الأعـضاء، ١٫٥", ["الدول", "الأعضاء", "١٫٥"]],
  ["Chinese", "各国应当ICT合作。", ["各", "国", "应", "当", "ict", "合", "作"]],
  ["wide letters", "ＩＣＴ　１２", ["ict", "12"]],
])("words are found in %s", (_language, text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test("words are found wherever they stand in one piece", () => {
  expect(holds("All States should cooperate voluntarily.", "states should cooperate")).toBe(true);
  expect(holds("All States should, in good faith, cooperate.", "states should cooperate")).toBe(false);
  expect(holds("All States should cooperate.", "tates should")).toBe(false);
  expect(holds("overstates", "states")).toBe(false);
  expect(holds("各国应当合作", "应当")).toBe(true);
  expect(holds("a a b", "a b")).toBe(true);
});

test.each([
  "SHALL COOPERATE",
  "shall co-operate",
  "shall co\u00ADoperate",
  "shall\u200B coop\u200Berate",
  "‘shall’, [cooperate]",
  "shall\ncooperate",
])("spelling it %j does not make “shall cooperate” look gone", (spelled) => {
  expect(holds(`States ${spelled} fully`, "shall cooperate")).toBe(true);
});

test("no words are held by nothing, and hold nothing", () => {
  expect(holds("States", ",")).toBe(false);
  expect(holds("", "States")).toBe(false);
  expect(share([], ["a"])).toBe(0);
  expect(share(["a"], [])).toBe(0);
});

const shareOf = (haystack: string) => share(wordsOf("States should cooperate voluntarily"), wordsOf(haystack));

test("the share is how much of a paragraph stands in another in the same order", () => {
  expect(shareOf("States should cooperate voluntarily")).toBe(1);
  expect(shareOf("In general, States shall cooperate, voluntarily or not")).toBe(0.75);
  expect(shareOf("voluntarily cooperate should States")).toBe(0.25);
  expect(shareOf("Nothing of this kind")).toBe(0);
});

test("the share is the longest common subsequence, as counted the slow way", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1, maxLength: 90 });
  fc.assert(
    fc.property(words, words, (needle, haystack) => share(needle, haystack) === slow(needle, haystack) / needle.length),
    {
      numRuns: 300,
    },
  );
});

function slow(a: readonly string[], b: readonly string[]): number {
  let above = Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const row = [0];
    b.forEach((other, j) => row.push(word === other ? above[j]! + 1 : Math.max(above[j + 1]!, row[j]!)));
    above = row;
  }
  return above.at(-1)!;
}

const paragraph = (seed: number) => Array.from({ length: 400 }, (_, i) => `w${(i * seed) % 97}`);

test("a paragraph of 400 words is compared with 300 others in a moment", () => {
  const needle = paragraph(1);
  const others = Array.from({ length: 300 }, (_, i) => paragraph(i + 2));
  share(needle, needle);
  const from = performance.now();
  for (const other of others) share(needle, other);
  const took = performance.now() - from;
  expect(took).toBeLessThan(200); // ten times the figure
});

test("whether words are held is told as by comparing every word and every run of letters", () => {
  const text = fc.array(fc.constantFrom("state", "states", "shall", "co", "operate", "with", "all", "in", "peace"), {
    maxLength: 40,
  });
  const runs = (words: readonly string[]): string[] => {
    const letters = words.join("");
    return [...new Set(Array.from({ length: Math.max(0, letters.length - 7) }, (_, at) => letters.slice(at, at + 8)))];
  };
  const common = (needle: readonly string[], haystack: readonly string[]): number => {
    const sought = runs(needle);
    const held = new Set(runs(haystack));
    return sought.length === 0 ? 0 : sought.filter((run) => held.has(run)).length / sought.length;
  };
  fc.assert(
    fc.property(text, text, fc.constantFrom(0.3, 0.5, 0.6, 0.75, 0.8), (needle, haystack, least) => {
      const slowly = share(needle, haystack) >= least || common(needle, haystack) >= least;
      return isHeld(needle, haystack, least) === slowly;
    }),
    { numRuns: 2_000 },
  );
});
