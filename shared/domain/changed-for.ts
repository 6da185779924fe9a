/**
 * What changed for one delegation between two moments of a negotiation (SPEC: REP8–REP10): what the negotiation came to, what became of its
 * proposals, which agreed words were touched, what happened to brackets near what it stated, and what waits for its answer. A pure function, for desk, light
 * page and API alike; all of it is the delegation's own business or known to every delegation.
 */
import type { Negotiation } from "./acts/acting.ts";
import type { Awaited } from "./awaited.ts";
import { awaitedOf } from "./awaited.ts";
import { bracketsOf } from "./brackets.ts";
import type { SeenDrafting } from "./drafting.ts";
import type { SeenEntry } from "./entries.ts";
import { authorOf } from "./groups.ts";
import { courseFor } from "./news.ts";
import type { Fate } from "./proposals.ts";
import { allProposals, isSponsor, proposalOf } from "./proposals.ts";
import type { Fact, Record } from "./record.ts";
import { gavelOn } from "./status.ts";
import { blocksById } from "./text.ts";
import type { DelegationCode, ParagraphId, ProposalId, WordingHash } from "./values.ts";
import { canonicalText, wordingOf } from "./wording.ts";

/** Whether what a delegation asked for is in the report: as it asked, in some other way, or not. */
export type Outcome = "used" | "adapted" | "not-used";

export interface FateGiven {
  readonly proposal: ProposalId;
  readonly paragraph: ParagraphId;
  readonly outcome: Outcome;
  readonly fate: Fate;
  readonly reason: string | null;
  /** False: it is a co-sponsor. */
  readonly author: boolean;
  /** The entry that says so. */
  readonly seq: number;
}

export interface AgreedTouched {
  readonly paragraph: ParagraphId;
  /** `anew`: reopened, and agreed in other words by now. */
  readonly how: "reopened" | "corrected" | "anew";
  readonly reason: string | null;
  readonly before: WordingHash;
  /** The words as they are now; null where the paragraph was removed. */
  readonly after: WordingHash | null;
  readonly seq: number;
}

export interface BracketsNear {
  readonly paragraph: ParagraphId;
  /** With their words. */
  readonly opened: readonly string[];
  readonly lifted: readonly string[];
}

export interface AwaitedSince extends Awaited {
  /** It did not wait at the earlier moment. */
  readonly isNew: boolean;
}

export interface ChangedFor {
  /** Versions, silences, the adoption and statements: known to all who may know of them. */
  readonly course: readonly Fact[];
  readonly proposals: readonly FateGiven[];
  readonly agreed: readonly AgreedTouched[];
  readonly brackets: readonly BracketsNear[];
  readonly awaited: readonly AwaitedSince[];
}

/**
 * In the order of the record, brackets and answers in that of the text.
 * @param entries all there are now, as the delegation may see them
 * @param rooms the private drafting rooms that the delegation may see
 */
export function changedFor(
  before: Negotiation,
  now: Negotiation,
  code: DelegationCode,
  entries: readonly SeenEntry[],
  rooms: readonly SeenDrafting[] = [],
): ChangedFor {
  const waited = new Set(
    awaitedOf(
      before,
      code,
      rooms.filter(({ at }) => at <= before.record.at),
    ).map(keyOf),
  );
  return {
    course: courseFor(entries.slice(before.record.seq), code),
    proposals: fatesGiven(before.record, now.record, code),
    agreed: agreedTouched(before.record, now),
    brackets: bracketsNear(before, now, code),
    awaited: awaitedOf(now, code, rooms).map((one) => ({ ...one, isNew: !waited.has(keyOf(one)) })),
  };
}

/** Without its deadline, which moves. */
const keyOf = (one: Awaited): string => JSON.stringify({ ...one, until: null });

/** The entries that it tells, so that they are told once. */
export const toldIn = ({ course, proposals, agreed }: ChangedFor): ReadonlySet<number> =>
  new Set([...course, ...proposals, ...agreed].map(({ seq }) => seq));

// ---------- proposals ----------

const outcomes = {
  "taken-up": "used",
  "taken-up-in-part": "adapted",
  merged: "adapted",
  bracketed: "adapted",
  "in-chair-summary": "adapted",
  "not-taken-up": "not-used",
  superseded: "not-used",
} as const satisfies { readonly [F in Exclude<Fate, "withdrawn">]: Outcome };

/** What its authors did themselves is no news to them. */
function fatesGiven(before: Record, now: Record, code: DelegationCode): FateGiven[] {
  return allProposals(now).flatMap((proposal): FateGiven[] => {
    const { id, paragraph, by, fate } = proposal;
    if (!fate || fate.fate === "withdrawn" || fate.seq <= before.seq || !isSponsor(proposal, code)) return [];
    const isAmended = fate.into !== null && proposalOf(now, fate.into)?.supersedes === id;
    if (isAmended) return [];
    const { fate: kind, reason, seq } = fate;
    return [{ proposal: id, paragraph, outcome: outcomes[kind], fate: kind, reason, author: by === code, seq }];
  });
}

// ---------- agreed words ----------

/** All States agreed them, so whatever happens to them concerns each. */
function agreedTouched(before: Record, { record, text }: Negotiation): AgreedTouched[] {
  const touched = new Map<ParagraphId, AgreedTouched>();
  const here = blocksById(text);
  const wordsNow = (paragraph: ParagraphId): WordingHash | null => {
    const block = here.get(paragraph);
    return block ? wordingOf(block.content).hash : null;
  };
  for (const { paragraph, seq, before: was, reason, contested } of record.corrections) {
    if (seq <= before.seq) continue;
    const about = { paragraph, before: touched.get(paragraph)?.before ?? was, after: wordsNow(paragraph) };
    const reopened = contested ? record.gavels.get(paragraph)?.reopened : null;
    touched.set(
      paragraph,
      reopened
        ? { ...about, how: "reopened", reason: reopened.reason || null, seq: reopened.seq }
        : { ...about, how: "corrected", reason, seq },
    );
  }
  for (const paragraph of before.gavels.keys()) {
    const was = gavelOn(before, paragraph);
    const is = record.gavels.get(paragraph);
    if (!was || !is) continue;
    const about = { paragraph, before: was.wording, after: wordsNow(paragraph) };
    if (is.reopened) {
      const { reason, seq } = is.reopened;
      touched.set(paragraph, { ...about, how: "reopened", reason: reason || null, seq });
    } else if (is.seq !== was.seq && is.wording !== was.wording)
      touched.set(paragraph, { ...about, how: "anew", reason: null, seq: is.seq });
  }
  return [...touched.values()].toSorted((a, b) => a.seq - b.seq);
}

// ---------- brackets ----------

/** Near: in a paragraph on which it has a position or a proposal at either moment. */
function bracketsNear(before: Negotiation, now: Negotiation, code: DelegationCode): BracketsNear[] {
  const spoken = new Set([...spokenOn(before.record, code), ...spokenOn(now.record, code)]);
  const was = blocksById(before.text);
  return now.text.flatMap((block): BracketsNear[] => {
    const earlier = was.get(block.id);
    if (!spoken.has(block.id) || earlier === block) return [];
    const [then, today] = [
      earlier ? bracketsIn(canonicalText(earlier.content)) : [],
      bracketsIn(canonicalText(block.content)),
    ];
    const [opened, lifted] = [without(today, then), without(then, today)];
    return opened.length + lifted.length === 0 ? [] : [{ paragraph: block.id, opened, lifted }];
  });
}

function* spokenOn(record: Record, code: DelegationCode): Iterable<ParagraphId> {
  for (const position of record.positions.values())
    if (position.standing === "standing" && authorOf(record, position) === code)
      yield* position.on.length === 0 ? [position.paragraph] : position.on;
  for (const proposal of allProposals(record))
    if (proposal.fate === null && isSponsor(proposal, code)) yield proposal.paragraph;
}

const bracketsIn = (text: string): readonly string[] =>
  bracketsOf(text).all.map(({ from, to }) => text.slice(from, to));

/** Each as often as it stands. */
function without(all: readonly string[], some: readonly string[]): readonly string[] {
  const left = [...some];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
