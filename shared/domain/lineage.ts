/**
 * Where every word of the text comes from (SPEC: LIN): the act and the version it came in with, the paragraph in which it first stood,
 * and the proposals that gave it. Nothing of this is kept; it is found by following the words from version to version through the acts on
 * the record.
 */
import type { Numbered } from "./comparison.ts";
import type { Entry, What } from "./entries.ts";
import { numbersToday } from "./held-numbers.ts";
import { matchesOf, tokensOf } from "./matching.ts";
import type { Proposal } from "./proposals.ts";
import { proposalOf } from "./proposals.ts";
import { hunksOf } from "./rebase.ts";
import type { Record } from "./record.ts";
import { emptyRecord, evolve } from "./record.ts";
import { changesAt } from "./remedies.ts";
import type { Block, Inline } from "./text.ts";
import { embedCharacter, flatText, sliceContent } from "./text.ts";
import type { EpochMs, ParagraphId, ProposalId } from "./values.ts";
import type { How, TextAct, Version, VersionChange } from "./versions.ts";
import { differencesOf } from "./versions.ts";
import { canonicalText, countWhile } from "./wording.ts";
import { piecesOf } from "./words.ts";

/** Who brought words in, where, and by which act. */
export interface Origin {
  /** The entry of the act; of words that no act brought, that of the version or circulation in which they first stood. */
  readonly seq: number;
  readonly how: How | "drafted";
  /** The first version with these words; null while they are only circulated. */
  readonly version: string | null;
  /** The paragraph in which they first stood. */
  readonly paragraph: ParagraphId;
  /** The proposals that gave them, several where they ask for the same; none for words of the chair's team. */
  readonly proposals: readonly ProposalId[];
  /** Entries in which delegations had asked for these very words before the chair's team wrote them. */
  readonly asked?: readonly number[];
}

/** Words of one origin. A footnote stands as its words between two of the characters that take its place. */
export interface WordRun {
  readonly text: string;
  readonly origin: Origin;
}

/** An issued version, or what was circulated after the last one. */
export interface Step extends Numbered {
  readonly seq: number;
  readonly at: EpochMs;
  /** Null: what everyone reads today is not issued as a version. */
  readonly version: Version | null;
  readonly changes: readonly VersionChange[];
  /** All acts on the draft since the step before, of proposals with their ids. */
  readonly acts: readonly TextAct[];
  readonly words: ReadonlyMap<ParagraphId, readonly WordRun[]>;
}

export interface Lineage {
  readonly record: Record;
  /** Oldest first. */
  readonly steps: readonly Step[];
}

/** @param entries the whole record, nothing of it hidden: who may see what of the outcome is decided by `seen-lineage.ts` */
export function lineageOf(entries: readonly Entry[]): Lineage {
  const tracing = new Tracing(entries);
  const steps: Step[] = [];
  let record = emptyRecord;
  for (const { seq, what } of entries) {
    if (what.kind !== "version-issued") continue;
    const before = evolve(record, entries.slice(record.seq, seq - 1));
    record = evolve(before, entries.slice(seq - 1, seq));
    const version = record.versions.at(-1)!;
    const { at, text, numbers, changes } = version;
    const { acts } = before.explained;
    const words = tracing.follow(text, acts, { seq, version: version.name }, before);
    steps.push({ seq, at, version, text, numbers, changes, acts, words });
  }
  record = evolve(record, entries.slice(record.seq));
  const { text, explained, circulations } = record;
  const circulated = circulations.at(-1);
  if (circulated && text !== steps.at(-1)?.text) {
    const { seq, at } = circulated;
    const changes = differencesOf(record, text).map(({ id, kinds, kin, acts }) => ({
      paragraph: id,
      kinds,
      ...(kin && { from: kin.with }),
      acts,
    }));
    const words = tracing.follow(text, explained.acts, { seq, version: null }, record);
    const { numbers } = numbersToday(record, text);
    steps.push({ seq, at, version: null, text, numbers, changes, acts: explained.acts, words });
  }
  return { record, steps };
}

/** The words of a paragraph and of its footnotes, in one string. */
function tracedText(content: readonly Inline[]): string {
  return content
    .map((inline) =>
      inline.t === "text"
        ? inline.text
        : inline.t === "footnote"
          ? embedCharacter + inline.text + embedCharacter
          : embedCharacter,
    )
    .join("");
}

/** One origin for each UTF-16 unit. */
interface Traced {
  readonly text: string;
  readonly origins: readonly Origin[];
}

/** While it is being traced: null where the origin is not known yet. */
interface Open {
  readonly block: Block;
  readonly text: string;
  readonly origins: (Origin | null)[];
  readonly acts: readonly TextAct[];
}

/** Where a step stands, for words that come in with it. */
interface Arrival {
  readonly seq: number;
  readonly version: string | null;
}

interface Circulated {
  readonly seq: number;
  readonly what: { readonly changed: readonly Block[] };
}

class Tracing {
  readonly #entries: readonly Entry[];
  /** The last one first. */
  readonly #circulations: readonly Circulated[];
  /** As each paragraph last stood, also of those that are not in the text any more: they may come back. */
  readonly #last = new Map<ParagraphId, Traced>();
  /** Entries in which delegations asked for other words of a paragraph. */
  readonly #askings: readonly Asking[];
  /** By version, for what is restored from it. */
  readonly #issued = new Map<string, ReadonlyMap<ParagraphId, Traced>>();
  #standing: readonly ParagraphId[] = [];

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
    this.#circulations = entries.flatMap(({ seq, what }) => ("changed" in what ? { seq, what } : [])).toReversed();
    this.#askings = entries.filter(isAsking);
  }

  follow(
    text: readonly Block[],
    acts: readonly TextAct[],
    arrival: Arrival,
    record: Record,
  ): ReadonlyMap<ParagraphId, readonly WordRun[]> {
    const now = new Map<ParagraphId, Traced>();
    const open: Open[] = [];
    const lost: Stretch[] = [];
    const here = new Set(text.map(({ id }) => id));
    for (const id of this.#standing) if (!here.has(id)) lost.push({ ...this.#last.get(id)!, paragraph: id });
    for (const block of text) {
      const was = this.#last.get(block.id);
      const words = tracedText(block.content);
      if (was?.text === words) {
        now.set(block.id, was);
        continue;
      }
      const origins = Array<Origin | null>(words.length).fill(null);
      if (was) {
        take(was, words, origins);
        lost.push(...leftOut(was, words, block.id));
      }
      open.push({ block, text: words, origins, acts: acts.filter(({ paragraph }) => paragraph === block.id) });
    }
    const pool = new Lost(lost, new Set(acts.filter(isDivision).map(({ paragraph }) => paragraph)));
    for (const one of open) {
      this.#byStatedWords(one, one.acts, arrival, record);
      const givers = pool.giveTo(one);
      // What was done to a paragraph that words came from was done to these words.
      const before = acts.filter(({ paragraph }) => givers.has(paragraph));
      this.#byStatedWords(one, before, arrival, record);
      const asked = this.#asked(one, arrival, record);
      this.#byTheTeam(one, arrival, record);
      for (const [at, seqs] of asked) one.origins[at] = { ...one.origins[at]!, asked: seqs };
      now.set(one.block.id, { text: one.text, origins: one.origins as Origin[] });
    }
    for (const [id, traced] of now) this.#last.set(id, traced);
    this.#standing = text.map(({ id }) => id);
    if (arrival.version !== null) this.#issued.set(arrival.version, now);
    return new Map([...now].map(([id, traced]) => [id, runsOf(traced)]));
  }

  /** Acts that say whose words they put there: proposals, restorations, corrections. */
  #byStatedWords(open: Open, acts: readonly TextAct[], arrival: Arrival, record: Record): void {
    const { text, origins } = open;
    for (const group of together(acts, record)) {
      const [act] = group;
      if (!act) continue;
      if (act.how === "proposal") giveProposed(open, group, arrival, record);
      else if (act.how === "restored") {
        const { what } = this.#entries[act.seq - 1]!;
        const version = what.kind === "text-restored" ? this.#issued.get(what.version) : undefined;
        const was = version?.get(act.paragraph);
        if (was) take(was, text, origins);
      } else if (act.how === "correction") this.#give(open, act, arrival, record);
    }
  }

  /** What is left: in the order of the acts by which the chair's team explains it, or else as it first stood. */
  #byTheTeam(open: Open, arrival: Arrival, record: Record): void {
    const { acts, origins, text, block } = open;
    const { version } = arrival;
    for (const act of acts) if (act.how !== "proposal") this.#give(open, act, arrival, record);
    // What stood before an act did not come of it.
    const candidates = acts.toSorted(byWhatItExplains).map(({ seq, how }) => ({
      origin: { seq, how, version, paragraph: block.id, proposals: [] },
      stood: within(alike(this.#circulatedBefore(block.id, seq), text)),
    }));
    const drafted: Origin = { seq: arrival.seq, how: "drafted", version, paragraph: block.id, proposals: [] };
    for (const [at, known] of origins.entries()) {
      // A space between words goes with what it follows.
      const before = at > 0 && /\s/.test(text[at]!) ? origins[at - 1] : null;
      origins[at] = known ?? before ?? candidates.find(({ stood }) => !stood(at))?.origin ?? drafted;
    }
  }

  /** Where words stand of which it is not known yet whose they are, and which a delegation had asked for: in the entries given with them. */
  #asked({ block, text, origins }: Open, arrival: Arrival, record: Record): ReadonlyMap<number, readonly number[]> {
    const asked = new Map<number, readonly number[]>();
    for (const entry of this.#askings) {
      const isEarlier = entry.what.paragraph === block.id && entry.seq < arrival.seq;
      const change = isEarlier ? askedIn(entry, record) : null;
      if (!change) continue;
      const places = placesAsked(change, text, origins).filter((at) => origins[at] === null);
      // With the space around them.
      const spaced = new Set(
        places.flatMap((at) => [at - 1, at, at + 1].filter((one) => one === at || text[one] === " ")),
      );
      for (const at of spaced) if (origins[at] === null) asked.set(at, [...(asked.get(at) ?? []), entry.seq]);
    }
    return asked;
  }

  /** The words of a paragraph as they were last circulated before this entry. */
  #circulatedBefore(paragraph: ParagraphId, before: number): string {
    for (const { seq, what } of this.#circulations) {
      const block = seq < before ? what.changed.find(({ id }) => id === paragraph) : undefined;
      if (block) return tracedText(block.content);
    }
    return "";
  }

  /** The words of an entry that states all of the paragraph's; of a correction those that it changed. */
  #give({ text, origins, block }: Open, { seq, how }: TextAct, { version }: Arrival, record: Record): void {
    const { what } = this.#entries[seq - 1]!;
    const content =
      what.kind === "paragraph-corrected" ? what.content : what.kind === "change-covered" ? what.block?.content : null;
    if (!content) return;
    const stated = tracedText(content);
    const before = what.kind === "paragraph-corrected" ? record.words.get(what.before) : undefined;
    const isRepeated = within(before === undefined ? [] : alike(before, stated));
    const origin: Origin = { seq, how, version, paragraph: block.id, proposals: [] };
    for (const { from, to, length } of alike(stated, text))
      for (let at = 0; at < length; at++) if (!isRepeated(from + at)) origins[to + at] ??= origin;
  }
}

/** Acts of the team before those that took proposals in, moves at the end; of each the last one first. */
const byWhatItExplains = (a: TextAct, b: TextAct): number => weight(a) - weight(b) || b.seq - a.seq;
const weight = ({ how }: TextAct): number => (how === "move" ? 2 : how === "proposal" ? 1 : 0);

const isDivision = ({ how }: TextAct): boolean => how === "split" || how === "merge";

// ---------- words that stay ----------

const isWord = (sign: string): boolean => /[\p{L}\p{N}]/u.test(sign);

/** The stretches that two texts have in common, in order, with the number of their words. */
function* alike(
  from: string,
  to: string,
): Iterable<{ readonly from: number; readonly to: number; readonly length: number; readonly words: number }> {
  const [theirs, ours] = [tokensOf(from), tokensOf(to)];
  const matches = matchesOf(theirs, ours);
  for (let index = 0; index < theirs.length; index++) {
    const match = matches[index]!;
    if (match < 0) continue;
    const [first, second] = [theirs[index]!, ours[match]!];
    let { length } = first.word;
    let words = isWord(first.word) ? 1 : 0;
    // Further while the next word is the next one in both, after the same space.
    for (let next = 1; matches[index + 1] === match + next; next++) {
      const [a, b] = [theirs[index + 1]!, ours[match + next]!];
      if (from.slice(first.from + length, a.from) !== to.slice(second.from + length, b.from)) break;
      length = a.to - first.from;
      if (isWord(a.word)) words++;
      index++;
    }
    yield { from: first.from, to: second.from, length, words };
  }
}

/** Whether a place in the second text is in one of these stretches. */
function within(stretches: ReturnType<typeof alike>): (at: number) => boolean {
  const all = [...stretches];
  return (at) => {
    const last = all[countWhile(all, ({ to }) => to <= at) - 1];
    return last !== undefined && at < last.to + last.length;
  };
}

/** What stood before keeps its origin. */
function take(was: Traced, text: string, origins: (Origin | null)[]): void {
  for (const { from, to, length } of alike(was.text, text))
    for (let at = 0; at < length; at++) origins[to + at] ??= was.origins[from + at]!;
}

function runsOf({ text, origins }: Traced): readonly WordRun[] {
  const runs: WordRun[] = [];
  for (let at = 0; at < text.length;) {
    const origin = origins[at]!;
    let to = at + 1;
    while (to < text.length && isSame(origins[to]!, origin)) to++;
    runs.push({ text: text.slice(at, to), origin });
    at = to;
  }
  return runs;
}

const isSame = (a: Origin, b: Origin): boolean =>
  a === b ||
  (a.seq === b.seq &&
    a.paragraph === b.paragraph &&
    a.version === b.version &&
    a.proposals.join() === b.proposals.join() &&
    a.asked?.join() === b.asked?.join());

// ---------- words that proposals gave ----------

/** Proposals that were merged into one bridging text are one act of the chair's, on the record once for each. */
function together(acts: readonly TextAct[], record: Record): readonly (readonly TextAct[])[] {
  const groups: TextAct[][] = [];
  const keyOf = ({ proposal }: TextAct): string | null => {
    const fate = proposal ? proposalOf(record, proposal)?.fate : null;
    return fate?.fate === "merged" ? `${fate.before} ${fate.after}` : null;
  };
  for (const act of acts) {
    const last = groups.at(-1);
    const key = keyOf(act);
    if (last && key !== null && keyOf(last[0]!) === key) last.push(act);
    else groups.push([act]);
  }
  return groups;
}

function giveProposed(open: Open, group: readonly TextAct[], { version }: Arrival, record: Record): void {
  // What the act says to have used comes first; the rest is theirs only where the very words stand and are nobody else's.
  for (const asUsed of [true, false]) {
    const givers = new Map<number, TextAct[]>();
    for (const act of group) {
      const proposal = act.proposal && proposalOf(record, act.proposal);
      if (!proposal?.content) continue;
      for (const at of placesOf(proposal, proposal.content, open, asUsed))
        givers.set(at, [...(givers.get(at) ?? []), act]);
    }
    for (const [at, acts] of givers) {
      open.origins[at] = {
        seq: acts[0]!.seq,
        how: "proposal",
        version,
        paragraph: open.block.id,
        proposals: acts.flatMap(({ proposal }) => proposal ?? []),
      };
    }
  }
}

/** Where the words that a proposal brought stand in the open text; of nobody else so far. */
function placesOf(
  proposal: Proposal,
  content: readonly Inline[],
  { block, text, origins }: Open,
  asUsed: boolean,
): readonly number[] {
  const asked = tracedText(content);
  // Of a bridging text it is found by comparing whose words stand; of a proposal taken up in part the chair said which.
  const common = asUsed || proposal.fate?.fate === "merged" ? [...alike(asked, text)] : [];
  // A change of several words may have one between that it only repeats.
  const isRepeated = within(proposal.change === "replace" ? alike(tracedText(proposal.base), asked) : []);
  return broughtBy(proposal, content, block.id).flatMap((range) => {
    if (range.isUsed !== asUsed) return [];
    const places = common.flatMap(({ from, to, length }) => {
      const [start, end] = [Math.max(from, range.from), Math.min(from + length, range.to)];
      return sequence(start, end).flatMap((at) => (isRepeated(at) ? [] : [to + at - from]));
    });
    const free = places.filter((at) => origins[at] === null);
    // The same words may stand beside it, brought by somebody else: then its own are elsewhere.
    return free.length > 0 ? free : unclaimed(asked.slice(range.from, range.to).trim(), text, origins);
  });
}

const sequence = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

function unclaimed(words: string, text: string, origins: Open["origins"]): readonly number[] {
  for (let at = words === "" ? -1 : text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const places = sequence(at, at + words.length);
    const isWhole = !/[\p{L}\p{N}]$/u.test(text.slice(0, at)) && !/^[\p{L}\p{N}]/u.test(text.slice(at + words.length));
    if (isWhole && places.every((place) => origins[place] === null)) return places;
  }
  return [];
}

interface Brought {
  readonly from: number;
  readonly to: number;
  /** False where the act says what it used, and not these. */
  readonly isUsed: boolean;
}

/** Which of its words a proposal brought: those it changes, and where it became a paragraph of its own the rest too. In the traced text. */
function broughtBy(
  { change, base, fate }: Proposal,
  content: readonly Inline[],
  paragraph: ParagraphId,
): readonly Brought[] {
  const used = new Set(fate?.used);
  const brought: Brought[] = [];
  const lengthTo = (end: number): number => tracedText(sliceContent(content, 0, end)).length;
  let [at, shift] = [0, 0];
  const repeated = (end: number): void => {
    if (fate?.block === paragraph && at < end) brought.push({ from: lengthTo(at), to: lengthTo(end), isUsed: false });
  };
  for (const { from, to, content: asked } of hunksOf(change === "insert-after" ? [] : base, content)) {
    const words = flatText(asked);
    const start = from + shift;
    repeated(start);
    at = start + words.length;
    shift += words.length - (to - from);
    brought.push({ from: lengthTo(start), to: lengthTo(at), isUsed: used.size === 0 || used.has(words.trim()) });
  }
  repeated(flatText(content).length);
  return brought;
}

// ---------- words that the team wrote as they were asked for ----------

type Asking = Entry & { readonly what: Extract<What, { readonly kind: "position-lodged" | "proposal-tabled" }> };

const isAsking = (entry: Entry): entry is Asking =>
  (entry.what.kind === "position-lodged" && entry.why.remedy !== undefined) ||
  (entry.what.kind === "proposal-tabled" && entry.what.change === "replace");

interface Wish {
  readonly before: string;
  readonly after: string;
}

function askedIn({ what, why: { remedy, span, content } }: Asking, record: Record): Wish | null {
  const before = record.words.get(what.wording);
  if (before === undefined) return null;
  if (content) return { before, after: canonicalText(content) };
  const changes = remedy && changesAt(remedy, before, span ?? { from: 0, to: before.length }, span !== undefined);
  if (!changes) return null;
  const after = changes.reduce((text, { from, to, words }) => text.slice(0, from) + words + text.slice(to), before);
  return { before, after };
}

/** Where what it asked for stands word for word: with words around it that tell the place, or enough of them by themselves. */
function placesAsked({ before, after }: Wish, text: string, origins: Open["origins"]): readonly number[] {
  const isRepeated = within(alike(before, after));
  const stretches = [...alike(after, text)];
  const telling = Math.min(tellingWords, wordsIn(after));
  const places: number[] = [];
  for (let from = 0; from < after.length; from++) {
    let to = from;
    while (to < after.length && !isRepeated(to)) to++;
    const words = after.slice(from, to).trim();
    if (wordsIn(words) > 0) {
      const start = after.indexOf(words, from);
      const end = start + words.length;
      const whole = stretches.find((one) => one.from <= start && end <= one.from + one.length && one.words >= telling);
      if (whole) places.push(...sequence(start, end).map((at) => whole.to + at - whole.from));
      else if (wordsIn(words) >= tellingWords) places.push(...unclaimed(words, text, origins));
    }
    from = to;
  }
  return places;
}

const wordsIn = (text: string): number => tokensOf(text).filter(({ word }) => isWord(word)).length;

// ---------- words that went from one paragraph to another ----------

/** Words that stood in a paragraph and do not any more. */
interface Stretch extends Traced {
  readonly paragraph: ParagraphId;
}

/** A run of fewer words is found anywhere; where the team says that paragraphs were divided or joined, one tells enough. */
const tellingWords = 4;

function leftOut(was: Traced, text: string, paragraph: ParagraphId): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  const upTo = (end: number): void => {
    if (at < end) stretches.push({ paragraph, text: was.text.slice(at, end), origins: was.origins.slice(at, end) });
  };
  for (const { from, length } of alike(was.text, text)) {
    upTo(from);
    at = from + length;
  }
  upTo(was.text.length);
  return stretches;
}

function* runsOfWords(text: string): Iterable<string> {
  const words = piecesOf(text).filter(isWord);
  for (let at = 0; at + tellingWords <= words.length; at++) yield words.slice(at, at + tellingWords).join(" ");
}

/** What paragraphs lost in one step, to be found in others. */
class Lost {
  readonly #byRun = new Map<string, Set<Stretch>>();
  readonly #byParagraph = new Map<ParagraphId, Stretch[]>();
  readonly #divided: readonly Stretch[];
  readonly #division: ReadonlySet<ParagraphId>;

  /** @param division paragraphs that the team says to have been divided or joined */
  constructor(stretches: readonly Stretch[], division: ReadonlySet<ParagraphId>) {
    this.#division = division;
    this.#divided = stretches.filter(({ paragraph }) => division.has(paragraph));
    for (const stretch of stretches) {
      this.#byParagraph.set(stretch.paragraph, [...(this.#byParagraph.get(stretch.paragraph) ?? []), stretch]);
      for (const run of runsOfWords(stretch.text)) {
        const known = this.#byRun.get(run);
        if (known) known.add(stretch);
        else this.#byRun.set(run, new Set([stretch]));
      }
    }
  }

  /** From whom most of it came first. @returns the paragraphs that it came from */
  giveTo({ block, text, origins }: Open): ReadonlySet<ParagraphId> {
    const givers = new Set<ParagraphId>();
    if (!origins.includes(null)) return givers;
    const isDivided = this.#division.has(block.id);
    // In the paragraph itself they may stand in another order.
    const sources = new Set([...(isDivided ? this.#divided : []), ...(this.#byParagraph.get(block.id) ?? [])]);
    for (const run of runsOfWords(text)) for (const stretch of this.#byRun.get(run) ?? []) sources.add(stretch);
    // Where a telling run came from there, so did the shorter ones around it.
    const found = [...sources].map((source) => ({
      source,
      words: [...alike(source.text, text)].reduce((sum, { words }) => sum + words, 0),
    }));
    for (const { source, words } of found.toSorted((a, b) => b.words - a.words)) {
      if (words === 0) continue;
      take(source, text, origins);
      if (source.paragraph !== block.id) givers.add(source.paragraph);
    }
    return givers;
  }
}
