/** Why something may not be done: a closed list of codes. Sentences for people are in `client/messages`, HTTP status codes in `server/http`. */
import type { DelegationCode, ParagraphId, PositionId, ProposalId } from "./values.ts";

export type RefusalCode =
  | "not-allowed"
  | "only-the-chair"
  | "not-yours"
  | "not-a-state"
  | "paragraph-unknown"
  | "wording-unknown"
  | "wording-stale"
  | "draft-differs"
  | "hidden-characters"
  | "not-circulated"
  | "contested"
  | "agreed"
  | "already-agreed"
  | "not-agreed"
  | "not-consensus-text"
  | "not-a-paragraph"
  | "already-there"
  | "reason-needed"
  | "span-mismatch"
  | "bracket-unknown"
  | "position-unknown"
  | "position-ended"
  | "nothing-to-confirm"
  | "own-objection-stands"
  | "delegation-unknown"
  | "delegation-known"
  | "delegation-needed"
  | "head-invites"
  | "seat-unknown"
  | "nothing-changes"
  | "under-silence"
  | "silence-unknown"
  | "silence-ended"
  | "deadline-too-soon"
  | "deadline-not-later"
  | "deadline-passed"
  | "earlier-objection-stands"
  | "nothing-in-scope"
  | "not-in-scope"
  | "whole-needed"
  | "adopted"
  | "not-adopted"
  | "not-settled"
  | "group-unknown"
  | "group-regional"
  | "group-positions-stand"
  | "not-the-speaker"
  | "not-a-member"
  | "not-invited"
  | "not-of-a-group"
  | "already-a-member"
  | "mandates-conflict"
  | "own-position-stands"
  | "speaks-for-it"
  | "proposal-unknown"
  | "proposal-disposed"
  | "proposal-conflicts"
  | "words-needed"
  | "words-too-long"
  | "same-words"
  | "fate-unfit"
  | "own-proposal"
  | "nothing-used"
  | "changes-uncovered"
  | "version-known"
  | "version-unknown"
  | "label-unfit"
  | "embeds-must-stay"
  | "not-corrected";

export interface Refusal {
  readonly code: RefusalCode;
  readonly paragraph?: ParagraphId;
  readonly position?: PositionId;
  readonly proposal?: ProposalId;
  /** Delegations that stand in the way, as far as the asker may know them. */
  readonly by?: readonly DelegationCode[];
}

export const refuse = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal });
