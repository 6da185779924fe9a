/**
 * What delegations asked for and the chair's team did afterwards without an act on it (SPEC: LIN2): words are known again where they stand
 * word for word, in whichever paragraph, and words that were taken out by those around them, which then stand together.
 */
import type { Entry, What } from "./entries.ts";
import type { Record } from "./record.ts";
import { changesAt } from "./remedies.ts";
import type { ParagraphId } from "./values.ts";
import type { Unclaimed } from "./word-stretches.ts";
import { alike, runsOfWords, sequence, tellingWords, unclaimed, wordsIn } from "./word-stretches.ts";
import type { Range } from "./wording.ts";
import { canonicalText } from "./wording.ts";
import { contains, wordsOf } from "./words.ts";

/** Words to be taken out, with those beside them, and these without them. */
interface Cut {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What an entry asks for. */
interface Wish {
  readonly seq: number;
  readonly paragraph: ParagraphId;
  /** Empty where it asks for a paragraph of its own. */
  readonly before: string;
  /** Null: the paragraph is to go. */
  readonly after: string | null;
  /** Where its own words stand in `after`. */
  readonly own: readonly Range[];
  readonly cuts: readonly Cut[];
}

type Asking = Entry & { readonly what: Extract<What, { readonly kind: "position-lodged" | "proposal-tabled" }> };

const isAsking = (entry: Entry): entry is Asking =>
  (entry.what.kind === "position-lodged" && entry.why.remedy !== undefined) ||
  (entry.what.kind === "proposal-tabled" && entry.what.change !== "move");

const wishes = new WeakMap<Entry, Wish | null>();

function wishOf(entry: Asking, record: Record): Wish | null {
  let wish = wishes.get(entry);
  if (wish === undefined) wishes.set(entry, (wish = readWish(entry, record)));
  return wish;
}

function readWish({ seq, what, why: { remedy, span, content } }: Asking, record: Record): Wish | null {
  const { paragraph } = what;
  const change =
    what.kind === "proposal-tabled" ? what.change : remedy?.kind === "delete" && !span ? "delete" : "replace";
  const on = record.words.get(what.wording);
  if (!on) return null;
  const before = change === "insert-after" ? "" : canonicalText(on);
  if (change === "delete") return { seq, paragraph, before, after: null, own: [], cuts: [] };
  const place = span ?? { from: 0, to: before.length };
  const changes = remedy && changesAt(remedy, before, place, span !== undefined);
  const after = content
    ? canonicalText(content)
    : changes?.reduce((text, { from, to, words }) => text.slice(0, from) + words + text.slice(to), before);
  return after === undefined ? null : { seq, paragraph, before, after, ...comparing(before, after) };
}

function comparing(before: string, after: string): Pick<Wish, "own" | "cuts"> {
  const own: Range[] = [];
  const cuts: Cut[] = [];
  let [at, to] = [0, 0];
  for (const next of [...alike(before, after), { from: before.length, to: after.length, length: 0 }]) {
    const [gone, fresh] = [before.slice(at, next.from), after.slice(to, next.to)];
    if (wordsIn(fresh) > 0) own.push({ from: next.to - fresh.trimStart().length, to: to + fresh.trimEnd().length });
    else if (wordsIn(gone) > 0) {
      const lead = [start, ...wordsOf(after.slice(0, to))].slice(-beside);
      const trail = [...wordsOf(after.slice(next.to)), end].slice(0, beside);
      cuts.push({ before: [...lead, ...wordsOf(gone), ...trail], after: [...lead, ...trail] });
    }
    [at, to] = [next.from + next.length, next.to + next.length];
  }
  return { own, cuts };
}

/** How many words on each side tell a place; the ends of the paragraph tell it too. */
const beside = 2;
const [start, end] = ["\u0002", "\u0003"];

/** What was asked for before a step. */
export class AskedWords {
  readonly #onParagraph = new Map<ParagraphId, Wish[]>();
  /** By words that tell that they may be elsewhere. */
  readonly #byRun = new Map<string, Set<Wish>>();

  /** @param record one that has folded all that is asked about */
  constructor(entries: readonly Entry[], record: Record) {
    for (const entry of entries) {
      const wish = isAsking(entry) ? wishOf(entry, record) : null;
      if (!wish) continue;
      this.#onParagraph.set(wish.paragraph, [...(this.#onParagraph.get(wish.paragraph) ?? []), wish]);
      for (const run of wish.own.flatMap(({ from, to }) => tellingIn(wish.after!.slice(from, to)))) {
        const known = this.#byRun.get(run);
        if (known) known.add(wish);
        else this.#byRun.set(run, new Set([wish]));
      }
    }
  }

  /** The entries that had asked for words that are nobody's yet, by the place where these stand. */
  written(
    paragraph: ParagraphId,
    text: string,
    origins: Unclaimed,
    before: number,
  ): ReadonlyMap<number, readonly number[]> {
    const asked = new Map<number, readonly number[]>();
    const found = new Set(this.#onParagraph.get(paragraph));
    for (const run of tellingIn(text)) for (const wish of this.#byRun.get(run) ?? []) found.add(wish);
    for (const wish of [...found].toSorted((a, b) => a.seq - b.seq)) {
      if (wish.seq >= before) continue;
      const places = placesOf(wish, paragraph, text, origins).filter((at) => origins[at] === null);
      // With the space around them.
      const spaced = new Set(
        places.flatMap((at) => [at - 1, at, at + 1].filter((one) => one === at || text[one] === " ")),
      );
      for (const at of spaced) if (origins[at] === null) asked.set(at, [...(asked.get(at) ?? []), wish.seq]);
    }
    return asked;
  }

  /** The entries that had asked for what left a paragraph, or for it to go as a whole (`text` null). */
  takenOut(paragraph: ParagraphId, was: string, text: string | null, before: number): readonly number[] {
    const earlier = (this.#onParagraph.get(paragraph) ?? []).filter(({ seq }) => seq < before);
    if (text === null) return earlier.flatMap(({ seq, after }) => (after === null ? [seq] : []));
    const [stood, stands] = [was, text].map((one) => [start, ...wordsOf(one), end]) as [string[], string[]];
    const isMade = ({ before: asIt, after: asAsked }: Cut): boolean =>
      contains(stood, asIt) && !contains(stands, asIt) && contains(stands, asAsked);
    return earlier.flatMap(({ seq, cuts }) => (cuts.some(isMade) ? [seq] : []));
  }
}

/** Of fewer words than tell by themselves all of them, which only the whole of another text can be. */
function tellingIn(text: string): readonly string[] {
  const runs = [...runsOfWords(text)];
  return runs.length > 0 || wordsIn(text) === 0 ? runs : [`= ${wordsOf(text).join(" ")}`];
}

/** Where what it asked for stands word for word: with words around it that tell the place, or enough of them by themselves. */
function placesOf(
  { paragraph, before, after, own }: Wish,
  here: ParagraphId,
  text: string,
  origins: Unclaimed,
): readonly number[] {
  if (after === null) return [];
  if (before === "") return placesOfParagraph(after, text);
  const stretches = paragraph === here ? [...alike(after, text)] : [];
  const telling = Math.min(tellingWords, wordsIn(after));
  return own.flatMap(({ from, to }) => {
    const whole = stretches.find((one) => one.from <= from && to <= one.from + one.length && one.words >= telling);
    if (whole) return sequence(from, to).map((place) => whole.to + place - whole.from);
    const words = after.slice(from, to);
    return wordsIn(words) >= tellingWords ? unclaimed(withoutSigns(words), text, origins) : [];
  });
}

/** A paragraph that was asked for is known by half of its words. */
function placesOfParagraph(asked: string, text: string): readonly number[] {
  const stretches = [...alike(asked, text)];
  const common = stretches.reduce((sum, { words }) => sum + words, 0);
  return 2 * common < wordsIn(asked) ? [] : stretches.flatMap(({ to, length }) => sequence(to, to + length));
}

/** The sign after them is another one where the words stand elsewhere. */
const withoutSigns = (words: string): string => words.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, "");
