/**
 * Bridging text put back to the proposers before it is taken up (SPEC: MER): the chair's wording for one paragraph, made of several
 * proposals, that is in no text yet; what each sponsor answers; and what became of it.
 */
import { authorOf } from "./groups.ts";
import type { MergeProposals, Proposal } from "./proposals.ts";
import { proposalOf } from "./proposals.ts";
import type { Record } from "./record.ts";
import type { Inline } from "./text.ts";
import type { BridgingId, DelegationCode, EpochMs, ParagraphId, ProposalId, WordingHash } from "./values.ts";

/** What a sponsor says of it. No position: it counts nowhere and blocks nothing. */
export const bridgingAnswers = ["accept", "not-yet", "objection"] as const;
export type BridgingAnswer = (typeof bridgingAnswers)[number];

export interface Answered {
  readonly answer: BridgingAnswer;
  readonly reason: string | null;
  readonly at: EpochMs;
}

export interface BridgingText {
  readonly id: BridgingId;
  readonly paragraph: ParagraphId;
  /** The proposals that it was made of. */
  readonly proposals: readonly ProposalId[];
  /** The words of the draft that it was made from, as they were. */
  readonly wording: WordingHash;
  readonly base: readonly Inline[];
  readonly content: readonly Inline[];
  /** What the chair says with it. */
  readonly reason: string | null;
  readonly at: EpochMs;
  /** To whom it was put: the sponsors there were, by their pseudonyms on the paragraph. */
  readonly asked: readonly string[];
  /** By pseudonym, the last word of each, as far as the viewer may know. */
  readonly answers: ReadonlyMap<string, Answered>;
  readonly ended: {
    readonly how: "taken-up" | "withdrawn";
    readonly reason: string | null;
    readonly at: EpochMs;
  } | null;
}

export interface BridgingWhy {
  /** The words that a bridging text was made from. */
  readonly base?: readonly Inline[];
}

interface About {
  readonly bridging: BridgingId;
  readonly paragraph: ParagraphId;
}

export type BridgingWhat =
  | {
      readonly kind: "bridging-put";
      readonly id: BridgingId;
      readonly paragraph: ParagraphId;
      readonly wording: WordingHash;
      readonly proposals: readonly ProposalId[];
      readonly asked: readonly string[];
    }
  | ({ readonly kind: "bridging-answered"; readonly holder: string; readonly answer: BridgingAnswer } & About)
  | ({ readonly kind: "bridging-ended"; readonly how: "taken-up" | "withdrawn" } & About);

/** What would be taken up at once, put to the proposers first. */
export interface PutBridging extends Omit<MergeProposals, "kind"> {
  readonly kind: "put-bridging";
}

export type BridgingCommand =
  | PutBridging
  | {
      readonly kind: "answer-bridging";
      readonly bridging: BridgingId;
      readonly answer: BridgingAnswer;
      readonly reason?: string;
    }
  | { readonly kind: "take-up-bridging"; readonly bridging: BridgingId; readonly reason?: string }
  | { readonly kind: "withdraw-bridging"; readonly bridging: BridgingId; readonly reason?: string };

const none: readonly BridgingText[] = [];

/** In the order in which they were put, whatever became of them. */
export const bridgingOn = (record: Record, paragraph: ParagraphId): readonly BridgingText[] =>
  record.bridging.get(paragraph) ?? none;

export function bridgingOf(record: Record, id: BridgingId): BridgingText | null {
  for (const texts of record.bridging.values()) {
    const found = texts.find((one) => one.id === id);
    if (found) return found;
  }
  return null;
}

/** Whether it was put to this delegation. Fixed when it was put. */
export function isAsked(record: Record, { paragraph, asked }: BridgingText, code: DelegationCode): boolean {
  const holder = record.holders.get(paragraph)?.get(code);
  return holder !== undefined && asked.includes(holder);
}

/** The sponsors of a proposal by their pseudonyms, its author first. */
export const sponsorsOf = ({ holder, cosponsors }: Proposal): readonly string[] => [
  holder,
  ...cosponsors.map((sponsor) => sponsor.holder),
];

/** A proposal of a bridging text as it stands: amended, it is the one that took its place. Null once it has a fate. */
export function openAmong(record: Record, id: ProposalId): Proposal | null {
  const proposal = proposalOf(record, id);
  if (!proposal?.fate) return proposal;
  const { fate, into } = proposal.fate;
  const next = fate === "superseded" && into !== null ? proposalOf(record, into) : null;
  return next?.supersedes === id && authorOf(record, next) === authorOf(record, proposal)
    ? openAmong(record, next.id)
    : null;
}
