/**
 * Bridging text put back to the proposers before it is taken up (SPEC: MER): the chair's wording for one paragraph, made of several
 * proposals, that is in no text yet; what each sponsor answers; and what became of it.
 */
import { authorOf } from "./groups.ts";
import type { CoSponsor, MergeProposals, Proposal } from "./proposals.ts";
import { proposalOf } from "./proposals.ts";
import { pseudonymOn } from "./pseudonyms.ts";
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
  /** False: the chair's team heard it from the floor. */
  readonly confirmed: boolean;
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
  /** To whom it was put, by their pseudonyms on the paragraph: the sponsors there were, and who took over a group's office since. */
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
  /** `asked`: whom this entry asks. Another entry of the same text asks whom the first could not name to the others, and who came later. */
  | {
      readonly kind: "bridging-put";
      readonly id: BridgingId;
      readonly paragraph: ParagraphId;
      readonly wording: WordingHash;
      readonly proposals: readonly ProposalId[];
      readonly asked: readonly string[];
    }
  | ({
      readonly kind: "bridging-answered";
      readonly holder: string;
      readonly answer: BridgingAnswer;
      readonly heard?: true;
    } & About)
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
      /** The chair's team heard it from the floor. */
      readonly onBehalfOf?: DelegationCode;
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

/** Whether it was put to this delegation, or by one entry. Fixed when it was put. */
export function isAsked(
  record: Record,
  { paragraph, asked }: Pick<BridgingText, "paragraph" | "asked">,
  code: DelegationCode,
): boolean {
  const holder = record.holders.get(paragraph)?.get(code);
  return holder !== undefined && asked.includes(holder);
}

/** The sponsors of a proposal, its author first: for a group whoever speaks for it now, who may have no pseudonym there yet. */
export function sponsorsOf(record: Record, proposal: Proposal): readonly Sponsor[] {
  const { group, holder, by, paragraph, cosponsors } = proposal;
  if (group === null) return [{ code: by, holder }, ...cosponsors.map(sponsorOf)];
  const speaker = authorOf(record, proposal);
  const spoken = speaker === null ? [] : [{ code: speaker, holder: pseudonymOn(record, paragraph, speaker) }];
  return [...spoken, ...cosponsors.map(sponsorOf)];
}

export interface Sponsor {
  /** Null where the viewer may not know. */
  readonly code: DelegationCode | null;
  readonly holder: string | null;
}

const sponsorOf = ({ by, holder }: CoSponsor): Sponsor => ({ code: by, holder });

/** A proposal of a bridging text: amended, it is the one that took its place. */
export function latestAmong(record: Record, id: ProposalId): Proposal | null {
  const proposal = proposalOf(record, id);
  const next = proposal?.fate?.fate === "superseded" && proposal.fate.into && proposalOf(record, proposal.fate.into);
  return next && next.supersedes === id && authorOf(record, next) === authorOf(record, proposal)
    ? latestAmong(record, next.id)
    : proposal;
}

/** As it stands; null once it has a fate. */
export function openAmong(record: Record, id: ProposalId): Proposal | null {
  const proposal = latestAmong(record, id);
  return proposal?.fate ? null : proposal;
}
