/**
 * The lineage of a text as one viewer may know it (SPEC: LIN4–LIN6): the life of a paragraph, and the table new ← old ← contributors ← how.
 * Contributors are read from the acts as they are disclosed to the viewer, never from the version.
 */
import type { Entry } from "./entries.ts";
import { delegationBehind, named, present } from "./disclosure.ts";
import { groupIn } from "./groups.ts";
import type { Lineage, Origin, Step } from "./lineage.ts";
import { proposalOf } from "./proposals.ts";
import { factOf } from "./record.ts";
import type { ChangeKind } from "./redline.ts";
import type { Named } from "./report.ts";
import type { Viewer } from "./roster.ts";
import { seeProposal } from "./seen-proposals.ts";
import type { Block } from "./text.ts";
import { blocksById } from "./text.ts";
import type { ParagraphId, Part, ProposalId } from "./values.ts";
import { share, wordsOf } from "./words.ts";
import { canonicalText } from "./wording.ts";

/** An act on words, with those who contributed; nobody is named where it was the chair's team, or where names may not be known. */
export interface SeenAct {
  readonly seq: number;
  /** `asked`: the chair's team wrote them as a position had asked. */
  readonly how: Origin["how"] | "asked";
  readonly reason: string | null;
  readonly by: readonly Named[];
  /** Sponsors whose names may not be known. */
  readonly others: number;
}

export interface SeenRun extends Related {
  readonly text: string;
  readonly act: SeenAct;
  /** The version in which they first stood, in the paragraph named here; null while they are only circulated. */
  readonly version: string | null;
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
  const { record } = seeing.lineage;
  const { viewer } = seeing;
  const { seq, how, reason = null, proposals } = act;
  const team = { seq, by: [], others: 0 };
  if (how === "proposal") {
    const seen = proposals.flatMap((id) => {
      const proposal = proposalOf(record, id);
      return (proposal && seeProposal(record, viewer, proposal, null)) ?? [];
    });
    // Who may not know of a proposal sees an edit, as in the version (VER5).
    if (seen.length === 0) return { ...team, how: proposals.length > 0 ? "edit" : how, reason: null };
    const by = seen.flatMap((one) => [...(one.by ? [one.by] : []), ...one.cosponsors]);
    const named = [...new Map(by.map((one) => [one.code, one])).values()];
    const sponsors = seen.reduce((sum, one) => sum + one.sponsors, 0);
    const mayRead = seen.some(({ base }) => base !== undefined);
    return { seq, how, reason: mayRead ? reason : null, by: named, others: Math.max(0, sponsors - by.length) };
  }
  return isSealed(seeing, act, step)
    ? { ...team, seq: step.seq, how: "drafted", reason: null }
    : { ...team, how, reason };
}

/** Those who had asked for the words, as far as the viewer may read that they did; null where there is nobody. */
function seeAsked(seeing: Seeing, { asked = [] }: Origin, step: Step): SeenAct | null {
  const { entries, viewer, lineage } = seeing;
  const { record } = lineage;
  const seen = asked.flatMap((seq): SeenAct[] => {
    const fact = factOf(present(entries[seq - 1]!, viewer, record));
    if (!fact?.why) return [];
    if (fact.what.kind === "proposal-tabled")
      return [seeAct(seeing, { seq, how: "proposal", proposals: [fact.what.id] }, step)];
    const code = fact.who && delegationBehind({ who: fact.who });
    const group = fact.who?.onBehalfOfGroup && groupIn(record, fact.who.onBehalfOfGroup);
    const by = code ? [{ ...named(record, code), ...(group && { group: { id: group.id, name: group.name } }) }] : [];
    return [{ seq, how: "asked", reason: null, by, others: 1 - by.length }];
  });
  const [first] = seen;
  if (!first) return null;
  const by = [...new Map(seen.flatMap((one) => one.by).map((one) => [one.code, one])).values()];
  return { ...first, by, others: Math.max(...seen.map(({ others }) => others)) };
}

const isSealed = ({ lineage: { record }, entries, viewer }: Seeing, { seq, how }: Act, { version }: Step): boolean =>
  version === null && how !== "drafted" && "sealed" in present(entries[seq - 1]!, viewer, record);

/** Where each word of a paragraph comes from, at a step. */
export function seeWords(seeing: Seeing, step: Step, paragraph: ParagraphId): readonly SeenRun[] {
  const { steps } = seeing.lineage;
  const runs = (step.words.get(paragraph) ?? []).map(({ text, origin }): SeenRun => {
    const { version, paragraph: source } = origin;
    const first = steps.find((one) => one.version?.name === version);
    const given = actsIn(first ?? step).find(({ seq }) => seq === origin.seq);
    // What the chair's team added to a proposal is part of the same act, and no word of its sponsors.
    const isHidden =
      origin.how === "proposal" &&
      origin.proposals.length === 0 &&
      given &&
      seeAct(seeing, given, first ?? step).how === "edit";
    const act = isHidden ? { ...origin, how: "edit" as const } : { ...origin, reason: given?.reason };
    return {
      text,
      act: seeAsked(seeing, origin, first ?? step) ?? seeAct(seeing, act, first ?? step),
      version: first?.version?.label ?? null,
      ...related(source, first ?? step),
    };
  });
  // Where words of one act begin to be somebody's is not told to those who may not know whose they are.
  return runs.reduce<readonly SeenRun[]>((told, run) => {
    const last = told.at(-1);
    const isOne = last && JSON.stringify({ ...last, text: "" }) === JSON.stringify({ ...run, text: "" });
    return isOne ? [...told.slice(0, -1), { ...run, text: last.text + run.text }] : [...told, run];
  }, []);
}

const actsIn = ({ acts }: Step): readonly (Act & { readonly paragraph: ParagraphId })[] =>
  acts.map(({ proposal, ...act }) => ({ ...act, proposals: proposal === undefined ? [] : [proposal] }));

const actsOn = (seeing: Seeing, step: Step, paragraph: ParagraphId): readonly SeenAct[] =>
  actsIn(step)
    .filter((act) => act.paragraph === paragraph && !isSealed(seeing, act, step))
    .map((act) => seeAct(seeing, act, step));

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
  /** The paragraphs of the earlier version that it comes from; none where it is new. */
  readonly old: readonly Related[];
  readonly acts: readonly SeenAct[];
  readonly words: readonly SeenRun[];
}

/** New ← old ← contributors ← how, in the order of the later text; what was removed at the end. @param from null: from the beginning */
export function lineageRows(seeing: Seeing, from: Step | null, to: Step): readonly LineageRow[] {
  const { steps } = seeing.lineage;
  const between = steps.slice(from ? steps.indexOf(from) + 1 : 0, steps.indexOf(to) + 1);
  const stood = blocksById(from?.text ?? []);
  const rows = to.text.map((block): LineageRow => {
    const { old, acts } = ancestry(seeing, from, between, block.id);
    return {
      paragraph: block.id,
      number: to.numbers.get(block.id) ?? null,
      block,
      old: old.filter((id) => stood.has(id)).map((id) => related(id, from)),
      acts,
      words: seeWords(seeing, to, block.id),
    };
  });
  const standing = blocksById(to.text);
  const gone = [...stood.keys()].flatMap((id): LineageRow[] => {
    if (standing.has(id)) return [];
    const acts = between.flatMap((step) => actsOn(seeing, step, id));
    const old = [related(id, from)];
    return [{ paragraph: id, number: null, block: null, old, acts, words: [] }];
  });
  return [...rows, ...gone];
}

/** Back through the versions in between, from one paragraph to all that its words come from. */
function ancestry(
  seeing: Seeing,
  from: Step | null,
  between: readonly Step[],
  paragraph: ParagraphId,
): { readonly old: readonly ParagraphId[]; readonly acts: readonly SeenAct[] } {
  let ids: ReadonlySet<ParagraphId> = new Set([paragraph]);
  const acts: SeenAct[] = [];
  for (let index = between.length - 1; index >= 0; index--) {
    const step = between[index]!;
    const before = blocksById((between[index - 1] ?? from)?.text ?? []);
    const earlier = new Set<ParagraphId>();
    for (const id of ids) {
      const change = step.changes.find((one) => one.paragraph === id);
      if (change || before.size === 0) acts.unshift(...actsOn(seeing, step, id));
      for (const one of [id, ...(change?.from ?? [])]) if (before.has(one)) earlier.add(one);
    }
    ids = earlier;
  }
  return { old: [...ids], acts };
}
