/** Words followed from one step of a text to the next (SPEC: LIN1–LIN3): for each letter of a paragraph where it comes from. */
import { AskedWords } from "./asked-words.ts";
import type { Entry } from "./entries.ts";
import type { Proposal } from "./proposals.ts";
import { proposalOf } from "./proposals.ts";
import { hunksOf } from "./rebase.ts";
import type { Record } from "./record.ts";
import type { Block, Inline, Text } from "./text.ts";
import { embedCharacter, flatText, sliceContent } from "./text.ts";
import type { ParagraphId, ProposalId, WordingHash } from "./values.ts";
import type { How, TextAct } from "./versions.ts";
import { alike, runsOfWords, sequence, unclaimed, within } from "./word-stretches.ts";
import { textNamed, wordingOf } from "./wording.ts";

/** Who brought words in, where, and by which act. */
export interface Origin {
  /** The entry of the act; of words that no act brought, that of the version or circulation in which they first stood. */
  readonly seq: number;
  readonly how: How | "drafted";
  /** The entry of the version or circulation in which they first stood. */
  readonly step: number;
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

/** What is followed to: a version, or a circulation. */
export interface Arrival {
  readonly seq: number;
  readonly text: Text;
  /** The name of the version. */
  readonly version: string | null;
  /** On the draft since the step before. */
  readonly acts: readonly TextAct[];
  /** As everything was just before the version, or with the circulation. */
  readonly record: Record;
}

/** What came of following to one step. */
export interface Followed {
  readonly words: ReadonlyMap<ParagraphId, readonly WordRun[]>;
  /** Paragraphs that were circulated since the step before and are not in the text any more. */
  readonly passed: readonly Block[];
  /** By paragraph the entries that had asked for what was taken out of it, or for it to go. */
  readonly askedAway: ReadonlyMap<ParagraphId, readonly number[]>;
}

/** What was circulated, paragraph by paragraph. */
class Circulated {
  /** The last ones first. */
  readonly #blocks = new Map<ParagraphId, { readonly seq: number; readonly block: Block }[]>();

  constructor(entries: readonly Entry[]) {
    for (const { seq, what } of entries.toReversed()) {
      if (!("changed" in what)) continue;
      for (const block of what.changed) {
        const known = this.#blocks.get(block.id);
        if (known) known.push({ seq, block });
        else this.#blocks.set(block.id, [{ seq, block }]);
      }
    }
  }

  /** A paragraph as it was last circulated before this entry. */
  before(paragraph: ParagraphId, seq: number): Block | undefined {
    return this.#blocks.get(paragraph)?.find((one) => one.seq < seq)?.block;
  }

  /** Every paragraph that was circulated after the one entry and before the other, as it last was. */
  between(from: number, to: number): readonly Block[] {
    return [...this.#blocks.values()].flatMap((all) => all.find(({ seq }) => seq > from && seq < to)?.block ?? []);
  }
}

/** The record as words are followed through it. */
export class Sources {
  readonly entries: readonly Entry[];
  readonly circulated: Circulated;
  readonly asked: AskedWords;

  /** @param record which has folded all of the entries */
  constructor(entries: readonly Entry[], record: Record) {
    this.entries = entries;
    this.circulated = new Circulated(entries);
    this.asked = new AskedWords(entries, record);
  }
}

export class Tracing {
  /** The step that it stands at. */
  readonly seq: number;
  /** As each paragraph last stood, also of those that are not in the text any more: they may come back. */
  readonly #last: Map<ParagraphId, Traced>;
  /** By version, for what is restored from it. */
  readonly #issued: Map<string, ReadonlyMap<ParagraphId, Traced>>;
  readonly #standing: readonly ParagraphId[];
  readonly followed: Followed;

  /** @param from at the step before; null at the beginning */
  constructor(from: Tracing | null, arrival: Arrival, sources: Sources) {
    this.seq = arrival.seq;
    this.#last = new Map(from ? from.#last : []);
    this.#issued = new Map(from ? from.#issued : []);
    this.#standing = arrival.text.map(({ id }) => id);
    this.followed = this.#follow(from, arrival, sources);
  }

  #follow(from: Tracing | null, arrival: Arrival, sources: Sources): Followed {
    const { text, acts, seq, version } = arrival;
    const now = new Map<ParagraphId, Traced>();
    const open: Open[] = [];
    const lost: Stretch[] = [];
    const askedAway = new Map<ParagraphId, readonly number[]>();
    const takenOut = (id: ParagraphId, was: Traced, words: string | null): void => {
      const disposed = new Set(acts.map(({ proposal }) => proposal));
      const asked = sources.asked.takenOut(id, was.text, words, seq).filter((one) => {
        const { what } = sources.entries[one - 1]!;
        return what.kind !== "proposal-tabled" || !disposed.has(what.id);
      });
      if (asked.length > 0) askedAway.set(id, asked);
    };
    const here = new Set(this.#standing);
    for (const id of from ? from.#standing : []) {
      const was = this.#last.get(id)!;
      if (here.has(id)) continue;
      lost.push({ ...was, paragraph: id });
      takenOut(id, was, null);
    }
    const between = sources.circulated.between(from?.seq ?? 0, seq);
    const passed = between.filter(({ id }) => !here.has(id) && !this.#last.has(id));
    for (const block of [...text, ...passed]) {
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
        takenOut(block.id, was, words);
      }
      open.push({ block, text: words, origins, acts: acts.filter(({ paragraph }) => paragraph === block.id) });
    }
    const pool = new Lost(lost, new Set(acts.filter(isDivision).map(({ paragraph }) => paragraph)));
    for (const one of open) {
      this.#byStatedWords(one, one.acts, arrival, sources);
      const givers = pool.giveTo(one);
      // What was done to a paragraph that words came from was done to these words.
      const before = acts.filter(({ paragraph }) => givers.has(paragraph));
      this.#byStatedWords(one, before, arrival, sources);
      const asked = one.origins.includes(null)
        ? sources.asked.written(one.block.id, one.text, one.origins, seq)
        : new Map<number, readonly number[]>();
      byTheTeam(one, arrival, sources);
      // The space before them is of the same origin.
      for (const [at, seqs] of [...asked].toSorted(([a], [b]) => b - a)) {
        const word = one.text[at] === " " && asked.has(at + 1) ? at + 1 : at;
        one.origins[at] = { ...one.origins[word]!, asked: seqs };
      }
      now.set(one.block.id, { text: one.text, origins: one.origins as Origin[] });
    }
    for (const [id, traced] of now) this.#last.set(id, traced);
    if (version !== null) this.#issued.set(version, now);
    return { words: new Map([...now].map(([id, traced]) => [id, runsOf(traced)])), passed, askedAway };
  }

  /** Acts that say whose words they put there: proposals, restorations, corrections. */
  #byStatedWords(open: Open, acts: readonly TextAct[], arrival: Arrival, sources: Sources): void {
    const { text, origins } = open;
    for (const group of together(acts, arrival.record)) {
      const [act] = group;
      if (!act) continue;
      if (act.how === "proposal") giveProposed(open, group, arrival);
      else if (act.how === "restored") {
        const { what } = sources.entries[act.seq - 1]!;
        const version = what.kind === "text-restored" ? this.#issued.get(what.version) : undefined;
        const was = version?.get(act.paragraph);
        if (was) take(was, text, origins);
      } else if (act.how === "correction") give(open, act, arrival, sources);
    }
  }
}

/** What is left: in the order of the acts by which the chair's team explains it, or else as it first stood. */
function byTheTeam(open: Open, arrival: Arrival, sources: Sources): void {
  const { acts, origins, text, block } = open;
  const came = { step: arrival.seq, paragraph: block.id, proposals: [] };
  for (const act of acts) if (act.how !== "proposal") give(open, act, arrival, sources);
  // What stood before an act did not come of it.
  const candidates = acts
    .filter((act) => isFromKnownWords(act, acts, arrival.record, sources))
    .toSorted(byWhatItExplains)
    .map((act) => ({
      origin: { seq: act.seq, how: act.how, ...came },
      stood: within(alike(tracedText(sources.circulated.before(block.id, act.seq)?.content ?? []), text)),
      isMade: madeBy(act, open, arrival.record),
    }));
  const drafted: Origin = { seq: arrival.seq, how: "drafted", ...came };
  for (const [at, known] of origins.entries()) {
    // A space between words goes with what it follows.
    const before = at > 0 && /\s/.test(text[at]!) ? origins[at - 1] : null;
    origins[at] =
      known ?? before ?? candidates.find(({ stood, isMade }) => !stood(at) && isMade(at))?.origin ?? drafted;
  }
}

/** Of what a proposal was taken into, only what stood there when it had been: what was typed after that is not of it. */
function madeBy({ proposal }: TextAct, { block, text }: Open, record: Record): (at: number) => boolean {
  const after = proposal && proposalOf(record, proposal)?.fate?.after;
  if (!after || after === wordingOf(block.content).hash) return () => true;
  return within(alike(textNamed(record, after), text));
}

/** Where a proposal was taken into words that were typed and nobody else had read, it cannot be told which of the rest were there before. */
function isFromKnownWords(act: TextAct, acts: readonly TextAct[], record: Record, { circulated }: Sources): boolean {
  const fateOf = ({ proposal }: TextAct) => (proposal ? proposalOf(record, proposal)?.fate : null);
  const before = fateOf(act)?.before ?? null;
  const isBefore = (wording: WordingHash | null | undefined): boolean => wording === before;
  if (before === null) return true;
  const known = circulated.before(act.paragraph, act.seq);
  return (
    (known !== undefined && isBefore(wordingOf(known.content).hash)) ||
    acts.some((one) => one.seq < act.seq && (isBefore(one.wording) || isBefore(fateOf(one)?.after)))
  );
}

/** The words of an entry that states all of the paragraph's; of a correction those that it changed. */
function give({ text, origins, block }: Open, act: TextAct, arrival: Arrival, { entries }: Sources): void {
  const { seq, how } = act;
  const { what } = entries[seq - 1]!;
  const content =
    what.kind === "paragraph-corrected" ? what.content : what.kind === "change-covered" ? what.block?.content : null;
  if (!content) return;
  const stated = tracedText(content);
  const before = what.kind === "paragraph-corrected" ? textNamed(arrival.record, what.before) : undefined;
  const isRepeated = within(before === undefined ? [] : alike(before, stated));
  const origin: Origin = { seq, how, step: arrival.seq, paragraph: block.id, proposals: [] };
  for (const { from, to, length } of alike(stated, text))
    for (let at = 0; at < length; at++) if (!isRepeated(from + at)) origins[to + at] ??= origin;
}

/** Acts of the team before those that took proposals in, moves at the end; of each the last one first. */
const byWhatItExplains = (a: TextAct, b: TextAct): number => weight(a) - weight(b) || b.seq - a.seq;
const weight = ({ how }: TextAct): number => (how === "move" ? 2 : how === "proposal" ? 1 : 0);

const isDivision = ({ how }: TextAct): boolean => how === "split" || how === "merge";

// ---------- words that stay ----------

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
    a.step === b.step &&
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

function giveProposed(open: Open, group: readonly TextAct[], { seq: step, record }: Arrival): void {
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
        step,
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
// ---------- words that went from one paragraph to another ----------

/** Words that stood in a paragraph and do not any more. */
interface Stretch extends Traced {
  readonly paragraph: ParagraphId;
}

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
