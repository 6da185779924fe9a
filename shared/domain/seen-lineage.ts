/**
 * The lineage of a text as one viewer may know it (SPEC: LIN4–LIN6): the life of a paragraph, and the table new ← old ← contributors ← how.
 * Contributors are read from the acts as they are disclosed to the viewer, never from the version.
 */
import type { Entry } from "./entries.ts";
import { delegationBehind, named, present } from "./disclosure.ts";
import { groupIn } from "./groups.ts";
import type { Lineage, Step } from "./lineage.ts";
import type { Proposal } from "./proposals.ts";
import { proposalOf } from "./proposals.ts";
import { hunksOf } from "./rebase.ts";
import type { Fact } from "./record.ts";
import { factOf } from "./record.ts";
import type { ChangeKind } from "./redline.ts";
import type { Named } from "./report.ts";
import type { Viewer } from "./roster.ts";
import { seeProposal } from "./seen-proposals.ts";
import type { Block } from "./text.ts";
import { blocksById, flatText } from "./text.ts";
import type { ParagraphId, Part, ProposalId } from "./values.ts";
import { contains, share, wordsOf } from "./words.ts";
import type { Origin, WordRun } from "./tracing.ts";
import { canonicalText, wordingOf } from "./wording.ts";

/** An act on words, with those who contributed; nobody is named where it was the chair's team, or where names may not be known. */
export interface SeenAct {
  readonly seq: number;
  /**
   * `asked`: the chair's team did as a position had asked. `redrafted`, `removed`: it was circulated so, and the viewer knows of no act that says why.
   * `broken`: before that a silence on it was broken. `not-chosen`: another alternative was.
   */
  readonly how: Origin["how"] | "asked" | "redrafted" | "removed" | "broken" | "not-chosen";
  readonly reason: string | null;
  readonly by: readonly Named[];
  /** Sponsors whose names may not be known. */
  readonly others: number;
  /** It brought words in, and none of them stands any more. */
  readonly isSpent?: true;
}

export interface SeenRun extends Related {
  readonly text: string;
  readonly act: SeenAct;
  /** The version in which they first stood, in the paragraph named here; null where that was only circulated. */
  readonly version: string | null;
  /** The entry of that version or circulation. */
  readonly step: number;
}

/** What a viewer sees it with. */
export interface Seeing {
  readonly lineage: Lineage;
  readonly entries: readonly Entry[];
  readonly viewer: Viewer;
}

interface Act {
  readonly seq: number;
  readonly how: Origin["how"];
  readonly reason?: string | undefined;
  readonly proposals: readonly ProposalId[];
}

/**
 * @param step a version states its acts to everyone; before that an act is seen as its entry is, and nothing is seen of what is sealed but
 * the circulation that brought it
 */
function seeAct(seeing: Seeing, act: Act, step: Step): SeenAct {
  const { seq, how, reason = null, proposals } = act;
  const team = { seq, by: [], others: 0 };
  // Who may not know of an act knows what came of it, by the entry with which everyone got it.
  if (isSealed(seeing, act, step)) return { ...team, seq: step.seq, how: "drafted", reason: null };
  if (how === "proposal") {
    const seen = seenAmong(seeing, proposals);
    // Who may not know of a proposal sees an edit, as in the version (VER5).
    if (seen.length === 0 && proposals.length > 0) return { ...team, seq: step.seq, how: "edit", reason: null };
    if (seen.length === 0) return { ...team, how, reason: null };
    const by = seen.flatMap((one) => [...(one.by ? [one.by] : []), ...one.cosponsors]);
    const named = [...new Map(by.map((one) => [one.code, one])).values()];
    const sponsors = seen.reduce((sum, one) => sum + one.sponsors, 0);
    const mayRead = seen.some(({ base }) => base !== undefined);
    return { seq, how, reason: mayRead ? reason : null, by: named, others: Math.max(0, sponsors - by.length) };
  }
  const isUnchosen = how === "edit" && seeing.entries[seq - 1]!.what.kind === "alternative-chosen";
  return { ...team, how: isUnchosen ? "not-chosen" : how, reason };
}

const seenAmong = ({ lineage: { record }, viewer }: Seeing, proposals: readonly ProposalId[]) =>
  proposals.flatMap((id) => {
    const proposal = proposalOf(record, id);
    return (proposal && seeProposal(record, viewer, proposal, null)) ?? [];
  });

function isSealed(seeing: Seeing, { seq, how, proposals }: Act, { isStated }: Step): boolean {
  const { lineage, entries, viewer } = seeing;
  if (isStated || how === "drafted") return false;
  if (proposals.length > 0) return seenAmong(seeing, proposals).length === 0;
  return "sealed" in present(entries[seq - 1]!, viewer, lineage.record);
}

/** Those who had asked for it, as far as the viewer may read that they did. */
const seeAsking = (seeing: Seeing, asked: readonly number[], step: Step): readonly SeenAct[] =>
  asked.flatMap((seq): SeenAct[] => {
    const fact = factIn(seeing, seq);
    if (!fact?.why) return [];
    if (fact.what.kind !== "proposal-tabled") return [stated(seeing, fact, "asked")];
    return [seeAct(seeing, { seq, how: "proposal", proposals: [fact.what.id] }, step)];
  });

const factIn = ({ entries, viewer, lineage: { record } }: Seeing, seq: number): Fact | null =>
  factOf(present(entries[seq - 1]!, viewer, record));

/** What a delegation stated, with its name where that may be known. */
function stated({ lineage: { record } }: Seeing, { seq, who, why }: Fact, how: "asked" | "broken"): SeenAct {
  const code = who && delegationBehind({ who });
  const group = who?.onBehalfOfGroup && groupIn(record, who.onBehalfOfGroup);
  const by = code ? [{ ...named(record, code), ...(group && { group: { id: group.id, name: group.name } }) }] : [];
  return { seq, how, reason: why?.reason ?? null, by, others: 1 - by.length };
}

/** Words that several had asked for are of all of them; null where there is nobody. */
function seeAsked(seeing: Seeing, { asked = [] }: Origin, step: Step): SeenAct | null {
  const seen = seeAsking(seeing, asked, step);
  const [first] = seen;
  if (!first) return null;
  const by = [...new Map(seen.flatMap((one) => one.by).map((one) => [one.code, one])).values()];
  return { ...first, reason: null, by, others: Math.max(...seen.map(({ others }) => others)) };
}

/** Where each word of a paragraph comes from, at a step. */
export function seeWords(seeing: Seeing, step: Step, paragraph: ParagraphId): readonly SeenRun[] {
  const { steps } = seeing.lineage;
  const runs = (step.words.get(paragraph) ?? []).map(({ text, origin }): SeenRun => {
    const first = steps.find(({ seq }) => seq === origin.step)!;
    const given = actsIn(first).bySeq.get(origin.seq);
    // What the chair's team added to a proposal is part of the same act, and no word of its sponsors.
    const isTeams = origin.how === "proposal" && origin.proposals.length === 0;
    const isHidden = isTeams && given && seenAmong(seeing, given.proposals).length === 0;
    const act = isHidden ? given : { ...origin, reason: given?.reason };
    return {
      text,
      act: seeAsked(seeing, origin, first) ?? seeAct(seeing, act, first),
      version: first.version?.label ?? null,
      step: first.seq,
      ...related(origin.paragraph, first),
    };
  });
  // Where words of one act begin to be somebody's is not told to those who may not know whose they are.
  return runs.reduce<SeenRun[]>((told, run) => {
    const last = told.at(-1);
    if (last && isLike(last, run)) told[told.length - 1] = { ...run, text: last.text + run.text };
    else told.push(run);
    return told;
  }, []);
}

const isLike = (a: SeenRun, b: SeenRun): boolean =>
  a.step === b.step &&
  a.act.seq === b.act.seq &&
  JSON.stringify({ ...a, text: "" }) === JSON.stringify({ ...b, text: "" });

interface Acts {
  readonly bySeq: ReadonlyMap<number, Act>;
  readonly on: ReadonlyMap<ParagraphId, readonly Act[]>;
}

const indexed = new WeakMap<Step, Acts>();

function actsIn(step: Step): Acts {
  let known = indexed.get(step);
  if (known) return known;
  const on = new Map<ParagraphId, Act[]>();
  const bySeq = new Map<number, Act>();
  for (const { proposal, paragraph, ...act } of step.acts) {
    const one = { ...act, proposals: proposal === undefined ? [] : [proposal] };
    on.set(paragraph, [...(on.get(paragraph) ?? []), one]);
    if (!bySeq.has(act.seq)) bySeq.set(act.seq, one);
  }
  indexed.set(step, (known = { bySeq, on }));
  return known;
}

/** How a paragraph became what it is at a step, in the order of the entries. */
function actsOn(seeing: Seeing, step: Step, paragraph: ParagraphId, spent?: Spent): readonly SeenAct[] {
  const acts = (actsIn(step).on.get(paragraph) ?? []).filter((act) => !isSealed(seeing, act, step));
  const seen = [
    ...acts.map((act): SeenAct => ({ ...seeAct(seeing, act, step), ...(spent?.(act) && { isSpent: true }) })),
    ...seeAsking(seeing, step.askedAway.get(paragraph) ?? [], step),
    ...(isUnexplained(seeing, step, paragraph, acts) ? asCirculated(seeing, step, paragraph) : []),
  ];
  return [...new Map(seen.map((act) => [JSON.stringify(act), act])).values()].toSorted((a, b) => a.seq - b.seq);
}

type Spent = (act: Act) => boolean;

/** Whether its words were changed, or it was removed, and not by the last of these acts. */
function isUnexplained({ lineage }: Seeing, step: Step, paragraph: ParagraphId, acts: readonly Act[]): boolean {
  const last = acts.findLast(({ how }) => !isAside(how));
  if (hasPassed(step, paragraph)) return last === undefined;
  if (step.isStated) return false;
  if (!last) {
    const kinds = step.changes.find((one) => one.paragraph === paragraph)?.kinds ?? [];
    return kinds.includes("reworded") || kinds.includes("removed");
  }
  if (last.how !== "proposal") return false;
  const block = blocksById(step.text).get(paragraph);
  const made = last.proposals.map((id) => proposalOf(lineage.record, id)?.fate?.after ?? null);
  return !made.includes(block ? wordingOf(block.content).hash : null);
}

const hasPassed = ({ passed }: Step, paragraph: ParagraphId): boolean => passed.some(({ id }) => id === paragraph);

/** Acts that are about no words. */
const isAside = (how: Act["how"]): boolean => how === "move" || how === "reopened" || how === "order" || how === "form";

/** With whoever broke a silence on it since the step before. */
function asCirculated(seeing: Seeing, step: Step, paragraph: ParagraphId): readonly SeenAct[] {
  const { entries, lineage } = seeing;
  const last = lineage.steps[lineage.steps.indexOf(step) - 1]?.seq ?? 0;
  const broken = entries.slice(last, step.seq).flatMap(({ seq, what }): SeenAct[] => {
    if (what.kind !== "silence-broken" || !what.inTime || !what.paragraphs.includes(paragraph)) return [];
    const fact = factIn(seeing, seq);
    return fact ? [stated(seeing, fact, "broken")] : [];
  });
  const how = blocksById(step.text).has(paragraph) ? "redrafted" : "removed";
  return [...broken, { seq: step.seq, how, reason: null, by: [], others: 0 }];
}

// ---------- the life of a paragraph ----------

/** What became of a paragraph in one version. */
export interface Moment {
  readonly step: Step;
  /** Null: it was removed. */
  readonly block: Block | null;
  /** Null: it is new. */
  readonly before: Block | null;
  readonly kinds: readonly ChangeKind[];
  readonly acts: readonly SeenAct[];
  /** Paragraphs that its words come from, and to which its words went, by the numbers they had. */
  readonly from: readonly Related[];
  readonly to: readonly Related[];
}

export interface Related {
  readonly paragraph: ParagraphId;
  /** Null for headings, and where it does not stand. */
  readonly number: string | null;
  readonly part: Part;
}

const related = (paragraph: ParagraphId, step: Step | null | undefined): Related => ({
  paragraph,
  number: step?.numbers.get(paragraph) ?? null,
  part: blocksById(step?.text ?? []).get(paragraph)?.part ?? "consensus",
});

/** Oldest first, from the version in which it first stood; empty for one that never was in circulation. */
export function lifeOf(seeing: Seeing, paragraph: ParagraphId): readonly Moment[] {
  const { steps } = seeing.lineage;
  return steps.flatMap((step, index): Moment[] => {
    const last = steps[index - 1];
    const block = blocksById(step.text).get(paragraph) ?? null;
    const before = (last && blocksById(last.text).get(paragraph)) ?? null;
    if (!block && !before) return [];
    const change = step.changes.find((one) => one.paragraph === paragraph);
    const stood = new Set(last?.text.map(({ id }) => id));
    const from = (change?.from ?? []).filter((id) => stood.has(id) && block);
    const to = step.changes.filter((one) => one.paragraph !== paragraph && one.from?.includes(paragraph) && before);
    const isGiver = ({ paragraph: id }: { readonly paragraph: ParagraphId }): boolean => !block || !stood.has(id);
    return [
      {
        step,
        block,
        before,
        kinds: change?.kinds ?? [],
        acts: change || !last ? actsOn(seeing, step, paragraph) : [],
        from: from.map((id) => related(id, last)),
        to: to.filter(isGiver).map((one) => related(one.paragraph, step)),
      },
    ];
  });
}

/**
 * Where to read on for a paragraph that was removed (LIN7): the one that took over most of its words, or most of that one's when it was
 * removed too. Null while it stands, and when nothing that stands has its words.
 */
export function successorOf(seeing: Seeing, paragraph: ParagraphId): Related | null {
  const { steps } = seeing.lineage;
  const end = lifeOf(seeing, paragraph).at(-1);
  if (!end?.before || end.block) return null;
  const words = wordsOf(canonicalText(end.before.content));
  const now = blocksById(end.step.text);
  const held = (id: ParagraphId): number => share(words, wordsOf(canonicalText(now.get(id)?.content ?? [])));
  const [nearest] = end.to.map(({ paragraph: id }) => id).toSorted((a, b) => held(b) - held(a));
  if (nearest === undefined) return null;
  const last = steps.at(-1)!;
  return blocksById(last.text).has(nearest) ? related(nearest, last) : successorOf(seeing, nearest);
}

// ---------- the table between two versions ----------

export interface LineageRow {
  readonly paragraph: ParagraphId;
  readonly number: string | null;
  /** Null: it was removed. */
  readonly block: Block | null;
  /** How it last stood, and in which step it is gone; null while it stands. */
  readonly gone: { readonly last: Block; readonly step: Step } | null;
  /** The paragraphs of the earlier version that it comes from; none where it is new. */
  readonly old: readonly Related[];
  readonly acts: readonly SeenAct[];
  /** Of one that was removed its last ones. */
  readonly words: readonly SeenRun[];
}

/**
 * New ← old ← contributors ← how, in the order of the later text; at the end what was removed, also what came only after the earlier one.
 * @param from null: from the beginning
 */
export function lineageRows(seeing: Seeing, from: Step | null, to: Step): readonly LineageRow[] {
  const { steps } = seeing.lineage;
  const between = steps.slice(from ? steps.indexOf(from) + 1 : 0, steps.indexOf(to) + 1);
  const stood = blocksById(from?.text ?? []);
  const spent = spentAt(seeing.lineage, to, between);
  const rows = to.text.map((block): LineageRow => {
    const { old, acts } = ancestry(seeing, from, between, block.id, spent);
    const words = seeWords(seeing, to, block.id);
    return {
      paragraph: block.id,
      number: to.numbers.get(block.id) ?? null,
      block,
      gone: null,
      old: old.filter((id) => stood.has(id)).map((id) => related(id, from)),
      acts: withAsked(acts, words, between),
      words,
    };
  });
  const gone = [...goneBetween(from, between)].map(([id, { last, step, words }]): LineageRow => {
    const { old, acts } = ancestry(seeing, from, between.slice(0, between.indexOf(step) + 1), id, spent);
    return {
      paragraph: id,
      number: null,
      block: null,
      gone: { last, step },
      old: old.filter((one) => stood.has(one)).map((one) => related(one, from)),
      acts,
      words: seeWords(seeing, words, id),
    };
  });
  return [...rows, ...gone];
}

/** With what brought words in without an act on the draft: somebody had asked for them. */
function withAsked(acts: readonly SeenAct[], words: readonly SeenRun[], between: readonly Step[]): readonly SeenAct[] {
  const steps = new Set(between.map(({ seq }) => seq));
  const known = new Set(acts.map(({ seq }) => seq));
  const asked = words
    .filter(
      ({ act: { how, seq }, step }) => (how === "asked" || how === "proposal") && steps.has(step) && !known.has(seq),
    )
    .map(({ act }): [number, SeenAct] => [act.seq, act]);
  return [...acts, ...new Map(asked).values()];
}

interface Gone {
  readonly last: Block;
  /** The step in which it is gone, and the one that has its last words. */
  readonly step: Step;
  readonly words: Step;
}

/** What stood at the beginning or came in between, and does not stand at the end. */
function goneBetween(from: Step | null, between: readonly Step[]): ReadonlyMap<ParagraphId, Gone> {
  const gone = new Map<ParagraphId, Gone>();
  let last = from;
  for (const step of between) {
    const stands = blocksById(step.text);
    for (const block of last?.text ?? [])
      if (!stands.has(block.id)) gone.set(block.id, { last: block, step, words: last! });
    for (const block of step.passed) gone.set(block.id, { last: block, step, words: step });
    for (const id of stands.keys()) gone.delete(id);
    last = step;
  }
  return gone;
}

/** Acts in between that brought words in of which none stands in the later text. */
function spentAt({ record }: Lineage, to: Step, between: readonly Step[]): Spent {
  const giversIn = (words: readonly WordRun[]): readonly (number | ProposalId)[] =>
    words.flatMap(({ origin: { seq, proposals } }): readonly (number | ProposalId)[] =>
      proposals.length > 0 ? proposals : [seq],
    );
  const gave = new Set(between.flatMap(({ words }) => giversIn([...words.values()].flat())));
  const give = new Set(giversIn(to.text.flatMap(({ id }) => to.words.get(id) ?? [])));
  const now = blocksById(to.text);
  return ({ seq, proposals }) => {
    const [id] = proposals;
    if (give.has(id ?? seq)) return false;
    if (id === undefined || gave.has(id)) return gave.has(id ?? seq);
    // They may have come and gone between two steps.
    const proposal = proposalOf(record, id);
    if (!proposal) return false;
    const asked = wordsBroughtBy(proposal);
    const stands = wordsOf(canonicalText(now.get(proposal.fate?.block ?? proposal.paragraph)?.content ?? []));
    return asked.length > 0 && !asked.some((words) => contains(stands, words));
  };
}

const wordsBroughtBy = ({ change, base, content }: Proposal): readonly (readonly string[])[] =>
  hunksOf(change === "insert-after" ? [] : base, content ?? [])
    .map((hunk) => wordsOf(flatText(hunk.content)))
    .filter((words) => words.length > 0);

/** Back through the versions in between, from one paragraph to all that its words come from. */
function ancestry(
  seeing: Seeing,
  from: Step | null,
  between: readonly Step[],
  paragraph: ParagraphId,
  spent: Spent,
): { readonly old: readonly ParagraphId[]; readonly acts: readonly SeenAct[] } {
  let ids: ReadonlySet<ParagraphId> = new Set([paragraph]);
  const acts: SeenAct[] = [];
  for (let index = between.length - 1; index >= 0; index--) {
    const step = between[index]!;
    const before = blocksById((between[index - 1] ?? from)?.text ?? []);
    const earlier = new Set<ParagraphId>();
    for (const id of ids) {
      const change = step.changes.find((one) => one.paragraph === id);
      if (change || before.size === 0 || hasPassed(step, id)) acts.unshift(...actsOn(seeing, step, id, spent));
      for (const one of [id, ...(change?.from ?? [])]) if (before.has(one)) earlier.add(one);
    }
    ids = earlier;
  }
  return { old: [...ids], acts };
}
