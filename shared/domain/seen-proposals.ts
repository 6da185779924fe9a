/** Proposals as one viewer may see them on a paragraph (SPEC: PRO, DIS9), with where their words stand in today's. */
import { isAmong, named, nameFor } from "./disclosure.ts";
import { groupIn } from "./groups.ts";
import type { Change, Fate, Proposal } from "./proposals.ts";
import { isParty, isSponsor, proposalsOn } from "./proposals.ts";
import type { PlacedHunk } from "./rebase.ts";
import { placeHunks } from "./rebase.ts";
import type { Record } from "./record.ts";
import type { Named } from "./report.ts";
import type { Viewer } from "./roster.ts";
import type { Block, Inline } from "./text.ts";
import type { DelegationCode, EpochMs, ParagraphId, Part, ProposalId, WordingHash } from "./values.ts";
import { canonicalText, wordingOf } from "./wording.ts";

export interface SeenProposal {
  readonly id: ProposalId;
  readonly kind: Change;
  readonly by?: Named;
  readonly holder: string;
  /** Those whose names may be known; `sponsors` counts all, the author included. */
  readonly cosponsors: readonly Named[];
  readonly sponsors: number;
  /** Heard from the floor as joining it, and not confirmed; those whose names may be known. */
  readonly heard: readonly Named[];
  /** The words it was made on; `stale` when they are not the paragraph's words any more. */
  readonly wording: WordingHash;
  readonly stale: boolean;
  readonly to: Part | null;
  readonly confirmed: boolean;
  readonly at: EpochMs;
  readonly supersedes: ProposalId | null;
  readonly fate: SeenFate | null;
  /** The following are there where the viewer may read the words. */
  readonly text?: string;
  readonly content?: readonly Inline[];
  readonly base?: string;
  readonly baseContent?: readonly Inline[];
  /** What it changes, and where in today's words; of a replacement without a fate. */
  readonly hunks?: readonly PlacedHunk[];
  readonly reason?: string;
  /** This viewer is asked to co-sponsor it, and does not yet. */
  readonly invited?: true;
}

export interface SeenFate {
  readonly kind: Fate;
  readonly at: EpochMs;
  readonly reason?: string;
  readonly into?: ProposalId;
  readonly block?: ParagraphId;
  readonly used?: readonly string[];
}

const isOwn = (viewer: Viewer, proposal: Proposal): boolean =>
  viewer.kind === "delegation" && isParty(proposal, viewer.code);

const mayKnow = (viewer: Viewer, proposal: Proposal): boolean =>
  isOwn(viewer, proposal) || isAmong(viewer, proposal.disclosure.existence);

/** Whether this viewer may know its words and its reason. */
export const mayRead = (viewer: Viewer, proposal: Proposal): boolean =>
  isOwn(viewer, proposal) || isAmong(viewer, proposal.disclosure.reason);

const nameSeen = (record: Record, viewer: Viewer, proposal: Proposal, by: DelegationCode | null): Named | null => {
  const code = isOwn(viewer, proposal) ? by : nameFor(viewer, by, proposal.disclosure);
  return code && named(record, code);
};

/** Who proposes, and for which group, as far as the viewer may know. */
function authorSeen(record: Record, viewer: Viewer, proposal: Proposal): Named | null {
  const by = nameSeen(record, viewer, proposal, proposal.by);
  const group = proposal.group && groupIn(record, proposal.group);
  return by && group ? { ...by, group: { id: group.id, name: group.name } } : by;
}

export const seeProposals = (record: Record, viewer: Viewer, block: Block): readonly SeenProposal[] =>
  proposalsOn(record, block.id).flatMap((proposal) => seeProposal(record, viewer, proposal, block) ?? []);

/** @param block the paragraph as this viewer reads it; null when it was removed. Null where the viewer may not know of the proposal. */
export function seeProposal(
  record: Record,
  viewer: Viewer,
  proposal: Proposal,
  block: Block | null,
): SeenProposal | null {
  if (!mayKnow(viewer, proposal)) return null;
  const { id, change, wording, to, confirmed, at, holder, supersedes, fate, content, base, reason } = proposal;
  const by = authorSeen(record, viewer, proposal);
  const reads = mayRead(viewer, proposal);
  const made = change === "insert-after" ? [] : base;
  return {
    id,
    kind: change,
    ...(by && { by }),
    holder,
    cosponsors: proposal.cosponsors.flatMap((sponsor) => nameSeen(record, viewer, proposal, sponsor.by) ?? []),
    sponsors: 1 + proposal.cosponsors.length,
    heard: proposal.heard.flatMap((sponsor) => nameSeen(record, viewer, proposal, sponsor.by) ?? []),
    wording,
    stale: !block || wording !== wordingOf(block.content).hash,
    to,
    confirmed,
    at,
    supersedes,
    fate: fate && {
      kind: fate.fate,
      at: fate.at,
      ...(reads && fate.reason && { reason: fate.reason }),
      ...(reads && fate.used.length > 0 && { used: fate.used }),
      ...(fate.into && { into: fate.into }),
      ...(fate.block && { block: fate.block }),
    },
    ...(reads && { base: canonicalText(made), baseContent: made }),
    ...(reads && content && { text: canonicalText(content), content }),
    ...(reads &&
      content &&
      change === "replace" &&
      !fate &&
      block && { hunks: placeHunks(base, content, block.content) }),
    ...(reads && reason && { reason }),
    ...(isAsked(proposal, viewer) && { invited: true as const }),
  };
}

const isAsked = (proposal: Proposal, viewer: Viewer): boolean =>
  viewer.kind === "delegation" && proposal.invited.includes(viewer.code) && !isSponsor(proposal, viewer.code);

/** Without a fate: they stand between here and an adopted report. */
export const pendingSeen = (
  record: Record,
  viewer: Viewer,
  paragraph: ParagraphId,
): Pick<SeenProposal, "id" | "by">[] =>
  proposalsOn(record, paragraph).flatMap((proposal) => {
    if (proposal.fate || !mayKnow(viewer, proposal)) return [];
    const by = authorSeen(record, viewer, proposal);
    return [{ id: proposal.id, ...(by && { by }) }];
  });
