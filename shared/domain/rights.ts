/**
 * Who may do what (SPEC: RIG): one table and one question. The button asks `whyNot` to explain itself; the server asks it before it
 * decides anything.
 */
import { alternativesIn, alternativesOf } from "./alternatives.ts";
import type { CommandKind } from "./commands.ts";
import { authorOf } from "./groups.ts";
import { gavelOn, isFrozen, objectionsTo, whyLocked } from "./status.ts";
import type { Record } from "./record.ts";
import type { Refusal } from "./refusals.ts";
import type { Actor, Role, Seat } from "./roster.ts";
import { delegationOf, isTeam } from "./roster.ts";
import type { Block, Text } from "./text.ts";
import { blocksById, flatText } from "./text.ts";
import { proposalOf } from "./proposals.ts";
import type { ParagraphId, PositionId, ProposalId, WordingHash } from "./values.ts";
import { isBracketed } from "./brackets.ts";
import { hiddenCharacters, wordingOf } from "./wording.ts";

/** What is asked for: every command, and the two things that are not commands. */
export type Act = CommandKind | "write-text" | "read-live-text";

const team: readonly Role[] = ["chair", "facilitator", "secretariat"];
const teamOrDelegation: readonly Role[] = [...team, "delegation"];
const everyone: readonly Role[] = [...teamOrDelegation, "adviser", "reader", "stakeholder", "observer"];

/** The roles that may do each act at all (domain.md §7). */
const roles = {
  "write-text": team,
  "read-live-text": everyone,
  circulate: ["chair"],
  gavel: ["chair"],
  reopen: ["chair"],
  "move-paragraph": team,
  "lift-bracket": team,
  "lodge-position": teamOrDelegation,
  "withdraw-position": teamOrDelegation,
  "confirm-position": ["delegation"],
  "reaffirm-position": ["delegation"],
  "confirm-met": teamOrDelegation,
  "ask-author": team,
  "issue-version": ["chair"],
  "cover-change": team,
  "editorial-correction": ["chair"],
  "contest-correction": teamOrDelegation,
  restore: team,
  "group-alternatives": team,
  "ungroup-alternative": team,
  "choose-alternative": team,
  "set-label-scheme": ["chair"],
  "tie-quantifier": team,
  "request-correction": teamOrDelegation,
  "answer-correction": team,
  "withdraw-correction-request": ["delegation"],
  "set-disclaimer": ["chair"],
  "set-disclosure": ["chair"],
  "set-method": ["chair"],
  "set-title": ["chair"],
  "set-language": ["chair"],
  "set-agenda": team,
  "add-delegation": team,
  "change-delegation": team,
  "remove-delegation": team,
  invite: teamOrDelegation,
  "revoke-seat": teamOrDelegation,
  "announce-silence": ["chair"],
  "extend-silence": ["chair"],
  "cancel-silence": ["chair"],
  "break-silence": teamOrDelegation,
  "set-silence-minimum": ["chair"],
  adopt: ["chair"],
  "make-statement": teamOrDelegation,
  "create-group": team,
  "change-group": team,
  "dissolve-group": team,
  "name-speaker": teamOrDelegation,
  "join-group": ["delegation"],
  "leave-group": ["delegation"],
  align: teamOrDelegation,
  depart: teamOrDelegation,
  "prepare-package": team,
  "release-package": ["chair"],
  "withdraw-package": ["chair"],
  "table-proposal": teamOrDelegation,
  "amend-proposal": ["delegation"],
  cosponsor: teamOrDelegation,
  "confirm-proposal": ["delegation"],
  "withdraw-proposal": ["delegation"],
  "dispose-proposal": team,
  "merge-proposals": team,
  "put-bridging": team,
  "answer-bridging": teamOrDelegation,
  "take-up-bridging": team,
  "withdraw-bridging": team,
} satisfies { readonly [A in Act]: readonly Role[] };

/**
 * Whether a seat writes the text at all, whatever stands in the way just now. Its line stays a writer's while silence runs, so that what
 * it typed is refused in words and not passed over.
 */
export const writesText = ({ role }: Seat): boolean => roles["write-text"].includes(role);

/** What is still done when the report is adopted (ADO3): reading, the roster, statements, corrections, and a late break, which changes nothing. */
const afterAdoption: ReadonlySet<Act> = new Set<Act>([
  "read-live-text",
  "set-disclosure",
  "set-agenda",
  "add-delegation",
  "change-delegation",
  "remove-delegation",
  "invite",
  "revoke-seat",
  "break-silence",
  "make-statement",
  "request-correction",
  "answer-correction",
  "withdraw-correction-request",
  "editorial-correction",
  "issue-version",
]);

/** What changes a paragraph or whether it is agreed: not while silence runs on it (SIL4). */
const ofWords: ReadonlySet<Act> = new Set<Act>(["gavel", "reopen", "move-paragraph", "lift-bracket"]);

/** What is about all words at once: not while silence runs on the whole. */
const ofAllWords: ReadonlySet<Act> = new Set<Act>(["write-text", "circulate", "announce-silence"]);

export interface Target {
  readonly paragraph?: Block | undefined;
  /** The draft that it stands in: alternatives to it may not be circulated yet. */
  readonly draft?: Text | undefined;
  readonly wording?: WordingHash | undefined;
  readonly position?: PositionId | undefined;
  readonly proposal?: ProposalId | undefined;
}

/** The reason why this actor may not do this now, or null. Asked with less of a target, it answers for less. */
export function whyNot(actor: Actor | null, act: Act, record: Record, target: Target = {}): Refusal | null {
  const allowed: readonly Role[] = roles[act];
  const role: Role = actor?.seat.role ?? "observer";
  if (!allowed.includes(role))
    return { code: allowed.length === 1 && allowed[0] === "chair" ? "only-the-chair" : "not-allowed" };
  if (record.adoption && !afterAdoption.has(act)) return { code: "adopted" };
  if (act === "make-statement") return record.adoption ? null : { code: "not-adopted" };
  if (act === "adopt" && [...record.silences.values()].some(({ ended }) => ended === null))
    return { code: "under-silence" };
  if (ofAllWords.has(act) && isFrozen(record)) return { code: "under-silence" };
  if (act === "read-live-text") {
    // On screen whoever may read sees every key; with the chair's pen only the team does (ruling 18).
    return record.settings.method === "on-screen" || (actor && isTeam(actor.seat)) ? null : { code: "not-allowed" };
  }
  const { paragraph, position, proposal } = target;
  if (paragraph && ofWords.has(act) && whyLocked(record, paragraph.id) === "under-silence")
    return { code: "under-silence", paragraph: paragraph.id };
  if (act === "gavel" && paragraph) return whyNotGavel(record, paragraph, target);
  if (act === "reopen" && paragraph && !gavelOn(record, paragraph.id))
    return { code: "not-agreed", paragraph: paragraph.id };
  if ((act === "move-paragraph" || act === "lift-bracket") && paragraph && gavelOn(record, paragraph.id))
    return { code: "agreed", paragraph: paragraph.id };
  if (position !== undefined && actor) return whyNotPosition(actor, act, record, position);
  if (proposal !== undefined && actor) return whyNotProposal(actor, act, record, proposal);
  return null;
}

/** STA6: the gavel falls only on the circulated words, in the consensus part, with nothing standing against them. */
function whyNotGavel(record: Record, paragraph: Block, { wording, draft = record.text }: Target): Refusal | null {
  const { id } = paragraph;
  const circulated = circulatedBlock(record, id);
  if (!circulated) return { code: "not-circulated", paragraph: id };
  if (circulated.kind === "heading" || circulated.part !== "consensus")
    return { code: "not-consensus-text", paragraph: id };
  if (gavelOn(record, id)) return { code: "already-agreed", paragraph: id };
  const current = wordingOf(circulated.content).hash;
  if (wording !== undefined && wording !== current) return { code: "wording-stale", paragraph: id };
  if (wordingOf(paragraph.content).hash !== current) return { code: "draft-differs", paragraph: id };
  if (hiddenCharacters(flatText(circulated.content)).length > 0) return { code: "hidden-characters", paragraph: id };
  const objections = objectionsTo(record, circulated);
  if (objections.length > 0) {
    return {
      code: "contested",
      paragraph: id,
      by: [...new Set(objections.flatMap((objection) => objection.by ?? []))],
    };
  }
  if (isBracketed(circulated.content)) return { code: "contested", paragraph: id };
  const isAlternative = [record.text, draft].some((text) =>
    alternativesIn(text, alternativesOf(record, text)).some((members) => members.some((member) => member.id === id)),
  );
  if (isAlternative) return { code: "alternatives-open", paragraph: id };
  return null;
}

/** POS7, GRP6: only its author ends, confirms or reaffirms a position; the team may ask the author, and record what it heard. */
function whyNotPosition(actor: Actor, act: Act, record: Record, id: PositionId): Refusal | null {
  const position = record.positions.get(id);
  if (!position) return { code: "position-unknown", position: id };
  const author = authorOf(record, position);
  const own = author !== null && delegationOf(actor.seat) === author;
  const byTeam = isTeam(actor.seat) && (act === "withdraw-position" || act === "confirm-met" || act === "ask-author");
  if (!own && !byTeam) return { code: "not-yours", position: id };
  if (position.standing !== "standing") return { code: "position-ended", position: id };
  if (act === "confirm-position" && position.confirmed && position.endingHeard === null)
    return { code: "nothing-to-confirm", position: id };
  return null;
}

/** PRO5, PRO7: only its author amends, confirms and withdraws a proposal; once it has a fate it is closed. */
function whyNotProposal(actor: Actor, act: Act, record: Record, id: ProposalId): Refusal | null {
  const proposal = proposalOf(record, id);
  if (!proposal) return { code: "proposal-unknown", proposal: id };
  const author = authorOf(record, proposal);
  const own = author !== null && delegationOf(actor.seat) === author;
  if (!own && act !== "dispose-proposal" && act !== "cosponsor") return { code: "not-yours", proposal: id };
  return proposal.fate ? { code: "proposal-disposed", proposal: id } : null;
}

export const circulatedBlock = (record: Record, id: ParagraphId): Block | null =>
  blocksById(record.text).get(id) ?? null;
