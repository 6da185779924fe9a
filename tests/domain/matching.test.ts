import { expect, test } from "vitest";
import { decide } from "../../shared/domain/decide.ts";
import type { Matches } from "../../shared/domain/matching.ts";
import { matchesFromBothEnds, matchesOf, tokensOf } from "../../shared/domain/matching.ts";
import { redline } from "../../shared/domain/redline.ts";
import type { ProposalId } from "../../shared/domain/values.ts";
import type { Chance } from "../support/random.ts";
import { chance } from "../support/random.ts";
import { actor, idOf, paragraph, Table } from "../support/table.ts";

const few = "the of and to in on for States should law".split(" ");
const someWords = (random: Chance, length: number, vocabulary: readonly string[]): string[] =>
  Array.from({ length }, () => random.pick(vocabulary));
const vocabulary = [...few, ...Array.from({ length: 800 }, (_, index) => `w${index.toString(36)}`)];

/** Most words of another text left out, exchanged or added to. */
const rewritten = (random: Chance, words: readonly string[], kept: number): string[] =>
  words.flatMap((word) => (random.below(100) < kept ? [word] : someWords(random, random.below(3), vocabulary)));

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    for (let j = 0; j < b.length; j++) next.push(word === b[j] ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!));
    row = next;
  }
  return row.at(-1)!;
}

/** Each word is matched with the same one, in order; how many are. */
function sound(from: readonly string[], to: readonly string[], matches: Matches): number {
  const found = matches.flatMap((match, at) => (match < 0 ? [] : [{ at, match }]));
  for (const [nth, { at, match }] of found.entries()) {
    expect(to[match]).toBe(from[at]);
    expect(match).toBeGreaterThan(found[nth - 1]?.match ?? -1);
  }
  return found.length;
}

test("[RED6] as many words stay as can, told from either end", () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = chance(seed);
    const from = someWords(random, random.below(90), few);
    const to = someWords(random, random.below(90), few);
    const [ours, theirs] = [tokensOf(from.join(" ")), tokensOf(to.join(" "))];
    const most = longestCommon(from, to);
    for (const matches of [matchesOf(ours, theirs), ...matchesFromBothEnds(ours, theirs)])
      expect(sound(from, to, matches), `seed ${seed}`).toBe(most);
  }
});

test("[RED6] of long texts nearly as many, and in a moment, whatever stands in them", () => {
  for (const [seed, words] of [vocabulary, few, ["or"]].entries()) {
    for (const kept of [90, 30]) {
      const random = chance(seed + 1);
      const from = someWords(random, 1_500, words);
      const to = rewritten(random, from, kept);
      const matches = matchesOf(tokensOf(from.join(" ")), tokensOf(to.join(" ")));
      expect(sound(from, to, matches)).toBeGreaterThan(0.6 * longestCommon(from, to));
    }
    // As many signs as a paragraph may have, and none of them alone.
    const random = chance(seed + 7);
    const [from, to] = [1, 2].map(() => someWords(random, 20_000, words.slice(0, 10)).join(" ")) as [string, string];
    const begun = performance.now();
    const runs = redline(from, to);
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(runs.flatMap(({ kind, text }) => (kind === "inserted" ? [] : text)).join("")).toBe(from);
  }
});

test("[MER2] bridging text of two proposals of 3,000 words, mostly different, is decided within ten times 50 ms", () => {
  const random = chance(3);
  const words = someWords(random, 3_000, vocabulary);
  const asked = [0, 1].map(() => rewritten(random, words, 40));
  const table = new Table([paragraph("a", words.join(" "))]);
  table.circulate();
  const about = { paragraph: idOf("a"), wording: table.wording("a") };
  const proposals = asked.map(
    (content, index) =>
      table.do(`delegation:${["XAA", "XBB"][index]}`, {
        kind: "table-proposal",
        ...about,
        text: content.join(" "),
      }) as ProposalId,
  );
  const half = words.length / 2;
  const text = [...asked[0]!.slice(0, half), ...asked[1]!.slice(half)].join(" ");
  const put = () =>
    decide(
      table.negotiation,
      { kind: "put-bridging", ...about, proposals, text },
      actor("chair"),
      table.now,
      () => "0",
    );
  put();
  const begun = performance.now();
  expect(put().ok).toBe(true);
  expect(performance.now() - begun).toBeLessThan(500);
});
