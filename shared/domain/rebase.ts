/**
 * Proposed words on words that have changed since (SPEC: PRO). A proposal is kept as the wording it was made on and the wording it asks
 * for; the words it changes are found again by comparing texts, word by word. Nothing is stored that could go stale: a hunk either stands
 * in the text already, has exactly one place in it, or it is said why not.
 */
import type { Matches, Token } from "./matching.ts";
import { matchesFromBothEnds, tokensOf } from "./matching.ts";
import { redline } from "./redline.ts";
import type { Run } from "./redline.ts";
import type { Inline } from "./text.ts";
import { flatText, joinContent, sliceContent } from "./text.ts";
import type { Range } from "./wording.ts";
import { countWhile } from "./wording.ts";
import { share, wordsOf } from "./words.ts";

/** One change: the words of a range in the wording it was made on become other words. */
export interface Hunk extends Range {
  /** Empty for a deletion. */
  readonly content: readonly Inline[];
}

/**
 * `changed`: other words stand where those to be changed stood. `taken`: other words were put at the same place. `ambiguous`: the words
 * stand in several places, or nothing around them tells which. `rewritten`: too little is left of the paragraph to compare.
 */
export type Obstacle = "changed" | "taken" | "ambiguous" | "rewritten";

/** Where a hunk stands in today's words, in flat offsets of today's content. */
export type Place =
  | ({ readonly state: "clean" } & Range)
  /** Its words are there already. */
  | ({ readonly state: "in-text" } & Range)
  | { readonly state: "conflict"; readonly why: Obstacle };

export type PlacedHunk = Hunk & { readonly place: Place };

/** What makes one content into the other, whole words at a time, in order (PRO4). */
export function hunksOf(base: readonly Inline[], proposed: readonly Inline[]): Hunk[] {
  const [from, to] = legible(base, proposed) as [string, string];
  return changedWords(from, to).map((change) => ({
    ...change.from,
    content: sliceContent(proposed, change.to.from, change.to.to),
  }));
}

/** The hunks of a proposal, each with its place in today's words. */
export function placeHunks(
  base: readonly Inline[],
  proposed: readonly Inline[],
  today: readonly Inline[],
): readonly PlacedHunk[] {
  const [was, asked, is] = legible(base, proposed, today) as [string, string, string];
  const since = new Comparison(was, is);
  let already: Comparison | null = null;
  const words = wordsOf(was);
  const hopeless = was !== is && words.length >= fewWords && share(words, wordsOf(is)) < leastCommon;
  return changedWords(was, asked).map((change): PlacedHunk => {
    const { from, to } = change.from;
    const content = sliceContent(proposed, change.to.from, change.to.to);
    const found = since.find(change.from, asked.slice(change.to.from, change.to.to));
    if (typeof found === "object" && !hopeless) return { from, to, content, place: { state: "clean", ...found } };
    const isAnyOf = content.length === 0 && repeats(was, change.from);
    // Only words that are no longer as they were can have become what is asked for.
    const stands = found === "taken" && from < to;
    const there = isAnyOf || stands ? null : (already ??= new Comparison(asked, is)).findExactly(change.to);
    if (there) return { from, to, content, place: { state: "in-text", ...there } };
    const why = hopeless ? "rewritten" : isAnyOf ? "ambiguous" : (found as Obstacle);
    return { from, to, content, place: { state: "conflict", why } };
  });
}

/** Whether the same words stand beside a range: when one of them is gone, nobody can say which. */
function repeats(text: string, { from, to }: Range): boolean {
  const words = wordsOf(text.slice(from, to));
  if (words.length === 0) return false;
  const tokens = tokensOf(text);
  const before = countWhile(tokens, (token) => token.to <= from);
  const after = countWhile(tokens, (token) => token.from < to);
  return wordBeside(tokens, before, -1) === words.at(-1) || wordBeside(tokens, after - 1, 1) === words[0];
}

/** The next word on one side, as it is compared; signs are none. */
function wordBeside(tokens: readonly Token[], index: number, step: 1 | -1): string | undefined {
  let next = index + step;
  while (tokens[next] && wordsOf(tokens[next]!.word).length === 0) next += step;
  return tokens[next] && wordsOf(tokens[next]!.word).at(step === 1 ? 0 : -1);
}

/** Below this share of words left, what still agrees is chance: "of the" stands everywhere. */
const leastCommon = 0.4;
/** In a paragraph of fewer words than this one neighbour taken up can be most of it. */
const fewWords = 8;

/** Today's words with these hunks in them. Hunks without a clean place change nothing. */
export function withHunks(today: readonly Inline[], hunks: readonly PlacedHunk[]): readonly Inline[] {
  const { length } = flatText(today);
  const pieces: (readonly Inline[])[] = [];
  let at = 0;
  for (const { content, place } of hunks) {
    if (place.state !== "clean") continue;
    // White space between two may be claimed by both: what is put there goes before it.
    pieces.push(sliceContent(today, at, place.from), content, sliceContent(today, place.from, Math.min(at, length)));
    at = Math.max(at, place.to);
  }
  return joinContent([...pieces, sliceContent(today, at, length)]);
}

/** The flat texts, with each footnote and reference as a sign that is its own, so that exchanging one for another is a change. */
function legible(...contents: readonly (readonly Inline[])[]): string[] {
  const signs = new Map<string, string>();
  const typed = contents.flatMap((content) => content.map((inline) => (inline.t === "text" ? inline.text : "")));
  let code = 0xe000;
  const signOf = (key: string): string => {
    const known = signs.get(key);
    if (known) return known;
    while (typed.some((text) => text.includes(String.fromCharCode(code)))) code++;
    const sign = String.fromCharCode(code++);
    signs.set(key, sign);
    return sign;
  };
  return contents.map((content) =>
    content
      .map((inline) =>
        inline.t === "text" ? inline.text : signOf(inline.t === "ref" ? `ref ${inline.to}` : `note ${inline.text}`),
      )
      .join(""),
  );
}

interface Change {
  readonly from: Range;
  readonly to: Range;
}

/** Without white space that both have at their ends: it belongs to neither. */
function changedWords(was: string, is: string): Change[] {
  return changesIn(redline(was, is)).map(({ from, to }) => {
    const [old, fresh] = [was.slice(from.from, from.to), is.slice(to.from, to.to)];
    const space = (text: string, other: string, end: RegExp): number =>
      text.trim() !== "" && other.trim() !== "" ? Math.min(end.exec(text)![0].length, end.exec(other)![0].length) : 0;
    const [lead, trail] = [space(old, fresh, /^\s*/), space(old, fresh, /\s*$/)];
    return {
      from: { from: from.from + lead, to: from.to - trail },
      to: { from: to.from + lead, to: to.to - trail },
    };
  });
}

/** What differs, as ranges of both texts. Neighbouring runs that differ are one change. */
function changesIn(runs: readonly Run[]): Change[] {
  const changes: Change[] = [];
  let [from, to] = [0, 0];
  let before: Run["kind"] = "same";
  for (const { kind, text } of runs) {
    const start = { from, to };
    if (kind !== "inserted") from += text.length;
    if (kind !== "deleted") to += text.length;
    if (kind !== "same") {
      const open = before === "same" ? undefined : changes.pop();
      changes.push({
        from: { from: open?.from.from ?? start.from, to: from },
        to: { from: open?.to.from ?? start.to, to },
      });
    }
    before = kind;
  }
  return changes;
}

/** Two texts side by side: where a range of the first is in the second, if that can be said without guessing. */
class Comparison {
  readonly #was: string;
  readonly #is: string;
  readonly #from: readonly Token[];
  readonly #to: readonly Token[];
  /** Compared from either end. */
  readonly #matches: readonly [Matches, Matches];
  readonly #runs = new Map<Matches, Runs>();
  #places: readonly [PlacesByWord, PlacesByWord] | null = null;
  /** The places in the second text of words that stood in the first. */
  #kept: ReadonlySet<number> | null = null;

  constructor(was: string, is: string) {
    this.#was = was;
    this.#is = is;
    this.#from = tokensOf(was);
    this.#to = tokensOf(is);
    this.#matches = matchesFromBothEnds(this.#from, this.#to);
  }

  /** Whether these words of the first text stand in the second; nothing, as what is left of a deletion, does between its neighbours. */
  findExactly(range: Range): Range | null {
    const found = this.find(range, "");
    return typeof found === "object" ? found : null;
  }

  /** @param words what is to stand there: it must not grow together with what is beside it */
  find(range: Range, words: string): Range | Obstacle {
    const first = countWhile(this.#from, ({ to }) => to <= range.from);
    const end = countWhile(this.#from, ({ from }) => from < range.to);
    const [one, other] = this.#matches.map((match) =>
      first < end ? this.#findWords(match, first, end) : this.#findGap(match, first),
    ) as [number | Obstacle, number | Obstacle];
    if (typeof one !== "number") return one;
    if (typeof other !== "number") return other;
    if (one !== other) return "ambiguous";
    if (first === end) return this.#within(range, first, one, words);
    return this.#cameBeside(one, one + end - first, words) ? "taken" : this.#around(range, first, end, one);
  }

  /** Whether others put some of these very words right beside a range. */
  #cameBeside(first: number, end: number, words: string): boolean {
    const kept = (this.#kept ??= new Set(this.#matches[0]));
    const asked = new Set(wordsOf(words));
    const came = (index: number, step: 1 | -1): boolean => {
      for (let at = index; this.#to[at] && !kept.has(at); at += step)
        if (wordsOf(this.#to[at]!.word).some((word) => asked.has(word))) return true;
      return false;
    };
    return came(first - 1, -1) || came(end, 1);
  }

  /** Words are found where all of them stand unchanged and in one piece: the first one's place. */
  #findWords(match: Matches, first: number, end: number): number | Obstacle {
    const at = match[first]!;
    for (let i = first; i < end; i++) if (match[i]! < 0 || match[i] !== at + i - first) return "changed";
    if (!this.#isCertain(match, first)) return "ambiguous";
    const last = at + end - first - 1;
    const before = first === 0 ? at === 0 : match[first - 1] === at - 1;
    const after = end === match.length ? last === this.#to.length - 1 : match[end] === last + 1;
    if (before || after) return at;
    // Alone between changed words they might have been moved: then on one side words are missing and none came.
    return this.#lacks(match, first, -1) || this.#lacks(match, end - 1, 1) ? "ambiguous" : at;
  }

  /**
   * A place between words is found by the words beside it, the place of the one after it. Both must still stand: beside words that
   * others put there, what is added would read as a wording that nobody made.
   */
  #findGap(match: Matches, at: number): number | Obstacle {
    const left = at === 0 ? -1 : match[at - 1]!;
    const right = at === match.length ? this.#to.length : match[at]!;
    const hasLeft = at === 0 || (left >= 0 && this.#isCertain(match, at - 1));
    const hasRight = at === match.length || (right >= 0 && this.#isCertain(match, at));
    if (hasLeft && hasRight) return right === left + 1 ? right : "taken";
    return (at > 0 && left < 0) || right < 0 ? "changed" : "ambiguous";
  }

  /** Each place where this run of words stands in the one text is one where it stands in the other: which is which cannot be mistaken. */
  #isCertain(match: Matches, index: number): boolean {
    const { starts, certain } = this.#runsOf(match);
    const from = starts[index]!;
    const known = certain.get(from);
    if (known !== undefined) return known;
    let to = from + 1;
    while (starts[to] === from) to++;
    const run = this.#from.slice(from, to);
    const [inFrom, inTo] = (this.#places ??= [placesByWord(this.#from), placesByWord(this.#to)]);
    const here = placesOf(run, this.#from, inFrom);
    const isSo =
      here.length === placesOf(run, this.#to, inTo).length &&
      (here.length === 1 ||
        here.every((at) => run.every((_, i) => match[at + i]! >= 0 && match[at + i] === match[at]! + i)));
    certain.set(from, isSo);
    return isSo;
  }

  #runsOf(match: Matches): Runs {
    let runs = this.#runs.get(match);
    if (!runs) this.#runs.set(match, (runs = { starts: startsOf(match), certain: new Map() }));
    return runs;
  }

  /** Whether words that stood beside this one, up to the next that stands in both texts, are gone without others in their place. */
  #lacks(match: Matches, index: number, step: 1 | -1): boolean {
    let next = index + step;
    while (next >= 0 && next < match.length && match[next]! < 0) next += step;
    const beyond = step === 1 ? this.#to.length : -1;
    const end = next >= 0 && next < match.length ? match[next]! : beyond;
    return Math.abs(next - index) > 1 && Math.abs(end - match[index]!) === 1;
  }

  /** The range with as much of the white space around the words as stands around them now. */
  #around({ from, to }: Range, first: number, end: number, at: number): Range {
    const lead = this.#was.slice(from, this.#from[first]!.from);
    const trail = this.#was.slice(this.#from[end - 1]!.to, to);
    const start = this.#to[at]!.from;
    const stop = this.#to[at + end - first - 1]!.to;
    return {
      from: this.#is.slice(0, start).endsWith(lead) ? start - lead.length : start,
      to: this.#is.slice(stop).startsWith(trail) ? stop + trail.length : stop,
    };
  }

  /** Between two words: on the same side of the white space. */
  #within({ from, to }: Range, index: number, at: number, words: string): Range | Obstacle {
    const [was, is] = [gap(this.#from, index, this.#was), gap(this.#to, at, this.#is)];
    if (from < to)
      return this.#was.slice(was.from, was.to) === this.#is.slice(is.from, is.to)
        ? shifted({ from, to }, is.from - was.from)
        : "changed";
    const same = this.#was.slice(was.from, was.to) === this.#is.slice(is.from, is.to);
    const point = same ? is.from + from - was.from : from === was.from ? is.from : is.to;
    const grows =
      (isWord(this.#is.charAt(point - 1)) && isWord(words.charAt(0))) ||
      (isWord(words.charAt(words.length - 1)) && isWord(this.#is.charAt(point)));
    return grows ? "changed" : { from: point, to: point };
  }
}

const shifted = ({ from, to }: Range, by: number): Range => ({ from: from + by, to: to + by });

/** The white space before a token, or after the last. */
const gap = (tokens: readonly Token[], index: number, text: string): Range => ({
  from: tokens[index - 1]?.to ?? 0,
  to: tokens[index]?.from ?? text.length,
});

const isWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

/** Words that follow each other in both texts. */
interface Runs {
  /** For each word the first one of its run. */
  readonly starts: readonly number[];
  /** By the first word, where it has been asked. */
  readonly certain: Map<number, boolean>;
}

function startsOf(match: Matches): readonly number[] {
  const starts: number[] = [];
  match.forEach((place, at) => {
    const before = match[at - 1] ?? -1;
    starts.push(before >= 0 && place === before + 1 ? starts[at - 1]! : at);
  });
  return starts;
}

type PlacesByWord = ReadonlyMap<string, readonly number[]>;

function placesByWord(tokens: readonly Token[]): PlacesByWord {
  const places = new Map<string, number[]>();
  tokens.forEach(({ word }, at) => {
    const known = places.get(word);
    if (known) known.push(at);
    else places.set(word, [at]);
  });
  return places;
}

/** Where a run of words stands, looked for by its rarest one. */
function placesOf(run: readonly Token[], tokens: readonly Token[], byWord: PlacesByWord): number[] {
  let rarest = 0;
  const count = (index: number): number => byWord.get(run[index]!.word)?.length ?? 0;
  for (let index = 1; index < run.length; index++) if (count(index) < count(rarest)) rarest = index;
  return (byWord.get(run[rarest]!.word) ?? [])
    .map((at) => at - rarest)
    .filter((at) => run.every(({ word }, i) => tokens[at + i]?.word === word));
}
