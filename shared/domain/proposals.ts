/**
 * Wording that delegations propose (SPEC: PRO): what they ask for, on which words, with whom, and what became of it. How proposed words
 * find their place in words that have changed since is `rebase.ts`.
 */
import type { Disclosure } from "./positions.ts";
import type { Record } from "./record.ts";
import type { Inline } from "./text.ts";
import type { DelegationCode, EpochMs, GroupId, ParagraphId, Part, ProposalId, WordingHash } from "./values.ts";

/** `replace`: other words. `insert-after`: a paragraph of its own after this one. `move`: to the other part. */
export const changes = ["replace", "insert-after", "delete", "move"] as const;
export type Change = (typeof changes)[number];

/** UTF-16 units; as many as a paragraph of the live text may have. */
export const longestParagraph = 20_000;

/** What became of a proposal. All but the last two are the chair's team's to give; `superseded` also when its author amends it. */
export const fates = [
  "taken-up",
  "taken-up-in-part",
  "merged",
  "bracketed",
  "in-chair-summary",
  "not-taken-up",
  "superseded",
  "withdrawn",
] as const;
export type Fate = (typeof fates)[number];
export const fatesOfTheChair = fates.filter((fate) => fate !== "withdrawn");
export type FateOfTheChair = Exclude<Fate, "withdrawn">;

export interface Disposal {
  readonly fate: Fate;
  readonly seq: number;
  readonly at: EpochMs;
  /** Null where none was given, or where it is hidden. */
  readonly reason: string | null;
  /** The proposal it was merged into, or that took its place. */
  readonly into: ProposalId | null;
  /** The wording of the paragraph before and after, where the act changed it. */
  readonly before: WordingHash | null;
  readonly after: WordingHash | null;
  /** The paragraph that was made of it. */
  readonly block: ParagraphId | null;
  /** What was used of it in a bridging text. */
  readonly used: readonly string[];
}

export interface CoSponsor {
  /** As of a position: lets a reader without names count each once. */
  readonly holder: string;
  readonly by: DelegationCode | null;
}

export interface Proposal {
  readonly id: ProposalId;
  readonly change: Change;
  readonly paragraph: ParagraphId;
  /** The words it was made on. */
  readonly wording: WordingHash;
  readonly base: readonly Inline[];
  /** The words asked for; null for a deletion or a move, and where they are hidden. */
  readonly content: readonly Inline[] | null;
  /** The part it asks to move the paragraph to. */
  readonly to: Part | null;
  readonly reason: string | null;
  readonly holder: string;
  readonly by: DelegationCode | null;
  /** On whose behalf its author proposes; null for itself, and where the viewer may not know. */
  readonly group: GroupId | null;
  /** The member states of the group when it was tabled. They see all of it. */
  readonly members: readonly DelegationCode[];
  readonly at: EpochMs;
  readonly seq: number;
  /** False for what the chair's team recorded from the floor and the delegation has not confirmed. */
  readonly confirmed: boolean;
  readonly disclosure: Disclosure;
  /** Asked by its author to co-sponsor it. They see all of it. */
  readonly invited: readonly DelegationCode[];
  readonly cosponsors: readonly CoSponsor[];
  /** Whom the chair's team heard joining it from the floor, and who have neither joined nor declined since. They count nowhere. */
  readonly heard: readonly CoSponsor[];
  /** The one of the same author that it takes the place of. */
  readonly supersedes: ProposalId | null;
  readonly fate: Disposal | null;
}

const none: readonly Proposal[] = [];

/** On a paragraph, in the order in which they were tabled, whatever became of them. */
export const proposalsOn = (record: Record, paragraph: ParagraphId): readonly Proposal[] =>
  record.proposals.get(paragraph) ?? none;

export function proposalOf(record: Record, id: ProposalId): Proposal | null {
  let index = indexed.get(record.proposals);
  if (!index) {
    index = new Map([...record.proposals.values()].flat().map((proposal) => [proposal.id, proposal]));
    indexed.set(record.proposals, index);
  }
  return index.get(id) ?? null;
}

const indexed = new WeakMap<Record["proposals"], ReadonlyMap<ProposalId, Proposal>>();

/** In the order in which they were tabled. */
export const allProposals = (record: Record): readonly Proposal[] =>
  [...record.proposals.values()].flat().toSorted((a, b) => a.seq - b.seq);

/** Whether this delegation stands behind it: as its author, or since it joined. */
export const isSponsor = ({ by, cosponsors }: Proposal, code: DelegationCode): boolean =>
  by === code || cosponsors.some((sponsor) => sponsor.by === code);

/** Whether it is this delegation's own business: it made it, its group did, or it was asked to join. Then it sees all of it. Fixed when it was tabled. */
export const isParty = ({ by, invited, members }: Proposal, code: DelegationCode): boolean =>
  by === code || invited.includes(code) || members.includes(code);

/** Who is asked to join is among what may be hidden; so are the words. */
export interface ProposalWhy {
  readonly content?: readonly Inline[];
  readonly invited?: readonly DelegationCode[];
  /** Its words that stand in the text it was merged into; an empty one for a deletion. */
  readonly used?: readonly string[];
}

interface About {
  readonly proposal: ProposalId;
  readonly paragraph: ParagraphId;
}

export type ProposalWhat =
  | {
      readonly kind: "proposal-tabled";
      readonly id: ProposalId;
      readonly change: Change;
      readonly paragraph: ParagraphId;
      readonly wording: WordingHash;
      readonly to?: Part;
      readonly holder: string;
      readonly confirmed: boolean;
      readonly disclosure: Disclosure;
      /** The proposal of the same author that it amends. */
      readonly supersedes?: ProposalId;
    }
  | ({ readonly kind: "proposal-confirmed" } & About)
  /** `heard`: by the chair's team from the floor; it counts once that delegation joins. */
  | ({ readonly kind: "proposal-cosponsored"; readonly holder: string; readonly heard?: true } & About)
  | ({ readonly kind: "proposal-cosponsor-left"; readonly holder: string } & About)
  | ({ readonly kind: "proposal-withdrawn" } & About)
  /** `before`, `after`: the paragraph's wordings where the act changed them; `block`: the paragraph that was made of it. */
  | ({
      readonly kind: "proposal-disposed";
      readonly fate: FateOfTheChair;
      readonly before?: WordingHash;
      readonly after?: WordingHash;
      readonly block?: ParagraphId;
      readonly into?: ProposalId;
    } & About);

/** The words asked for: rich, or plain words that keep the looks and notes of the words they are made from. */
interface Words {
  readonly content?: readonly Inline[];
  readonly text?: string;
}

export interface TableProposal extends Words {
  readonly kind: "table-proposal";
  /** `replace` when left out. */
  readonly change?: Change;
  readonly paragraph: ParagraphId;
  readonly wording: WordingHash;
  readonly to?: Part;
  readonly reason?: string;
  readonly invited?: readonly DelegationCode[];
  /** Only widens what the negotiation's rule already discloses. */
  readonly disclosure?: Disclosure;
  /** The chair's team records what this delegation proposed from the floor. */
  readonly onBehalfOf?: DelegationCode;
  /** The delegation speaks for this group. */
  readonly onBehalfOfGroup?: GroupId;
}

/** The same proposal in other words, on the paragraph's words as they are now: a new one that takes its place. */
export interface AmendProposal extends Words {
  readonly kind: "amend-proposal";
  readonly proposal: ProposalId;
  readonly wording: WordingHash;
  readonly reason?: string;
}

export interface DisposeProposal extends Words {
  readonly kind: "dispose-proposal";
  readonly proposal: ProposalId;
  readonly fate: FateOfTheChair;
  readonly reason?: string;
  /** In part: which of its changes, counted from 0. Without it, `content` or `text` is the paragraph as it is to be. */
  readonly hunks?: readonly number[];
  /** The paragraph's wording in the live text that `content` was made from, so that words typed meanwhile are not lost. */
  readonly wording?: WordingHash;
  readonly into?: ProposalId;
}

/** Several proposals become one bridging text; each that something was taken from has that for its fate. */
export interface MergeProposals extends Words {
  readonly kind: "merge-proposals";
  readonly paragraph: ParagraphId;
  /** The paragraph's wording in the live text that the bridging text was made from. */
  readonly wording: WordingHash;
  readonly proposals: readonly ProposalId[];
  readonly reason?: string;
}

export type ProposalCommand =
  | MergeProposals
  | TableProposal
  | AmendProposal
  | DisposeProposal
  /** `onBehalfOf`: the chair's team records that it heard this delegation joining. To leave declines that as well. */
  | {
      readonly kind: "cosponsor";
      readonly proposal: ProposalId;
      readonly leave?: boolean;
      readonly onBehalfOf?: DelegationCode;
    }
  | { readonly kind: "confirm-proposal"; readonly proposal: ProposalId }
  | { readonly kind: "withdraw-proposal"; readonly proposal: ProposalId };
