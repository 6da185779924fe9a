/**
 * Drafting a proposal together before it is tabled (SPEC: DRA): who is in a drafting room, who leads it, what each of them may do and see.
 * Like a delegation's own papers it is in no log and no report; its words lie in a text of their own (`shared/sync/drafting-text.ts`).
 */
import { wordsAs } from "./folds/proposals.ts";
import type { Change } from "./proposals.ts";
import { longestParagraph } from "./proposals.ts";
import { placeHunks, withHunks } from "./rebase.ts";
import { circulatedBlock } from "./rights.ts";
import type { Record } from "./record.ts";
import type { Refusal } from "./refusals.ts";
import { refuse } from "./refusals.ts";
import type { Actor, Role, Seat } from "./roster.ts";
import { delegationOf, spellSeat } from "./roster.ts";
import type { Inline } from "./text.ts";
import { flatText } from "./text.ts";
import type {
  DelegationCode,
  DraftingId,
  EpochMs,
  ParagraphId,
  Part,
  ProposalId,
  Result,
  WordingHash,
} from "./values.ts";
import { accept } from "./values.ts";
import { wordingOf } from "./wording.ts";

/** What is drafted, on which words: chosen when the room is opened; only the words it is made on change, when it is carried over. */
export interface DraftingSubject {
  readonly change: Change;
  readonly paragraph: ParagraphId;
  readonly wording: WordingHash;
  /** The part it asks to move the paragraph to. */
  readonly to?: Part;
}

/** Where a delegation stands in a room. Only who was asked and who joined may see anything of it. */
export type Standing = "invited" | "joined" | "declined" | "left" | "taken-out";

export interface DraftingMember {
  readonly code: DelegationCode;
  readonly standing: Standing;
  /** These words, and no others, it sponsors; by the head who said so. */
  readonly sponsors?: { readonly wording: WordingHash; readonly by: Actor };
}

export interface Drafting extends DraftingSubject {
  readonly id: DraftingId;
  readonly at: EpochMs;
  /** In the order in which they came in. */
  readonly members: readonly DraftingMember[];
  readonly ended: { readonly at: EpochMs; readonly by: DelegationCode; readonly proposal: ProposalId | null } | null;
}

export interface DraftingOpening extends DraftingSubject {
  /** What somebody has written of it already; without it a replacement begins as the words it is made on. */
  readonly content?: readonly Inline[];
  readonly reason?: string;
  readonly invited: readonly DelegationCode[];
}

export type DraftingAct =
  | { readonly kind: "invite"; readonly delegations: readonly DelegationCode[] }
  | { readonly kind: "take-out"; readonly delegation: DelegationCode }
  | { readonly kind: "join" }
  | { readonly kind: "decline" }
  | { readonly kind: "leave" }
  /** Of these words; null takes it back. */
  | { readonly kind: "sponsor"; readonly wording: WordingHash | null }
  /** Puts the draft on the words in circulation now. */
  | { readonly kind: "carry-over" }
  | { readonly kind: "close" };

/** DRA3: heads speak for their delegation; advisers write with them; readers read. */
const may: { readonly [A in "decide" | "write" | "read"]: readonly Role[] } = {
  decide: ["delegation"],
  write: ["delegation", "adviser"],
  read: ["delegation", "adviser", "reader"],
};
export const mayInDrafting = (seat: Seat, what: keyof typeof may): boolean => may[what].includes(seat.role);

const member = ({ members }: Drafting, code: DelegationCode): DraftingMember | undefined =>
  members.find((one) => one.code === code);

/** Joined, and still a delegation of this negotiation, in the order in which they came in. */
const joined = ({ members }: Drafting, record: Record): readonly DraftingMember[] =>
  members.filter(({ code, standing }) => standing === "joined" && record.delegations.has(code));

/** DRA2: the first of those who are in it. Null when nobody is left. */
export const leaderOf = (drafting: Drafting, record: Record): DelegationCode | null =>
  joined(drafting, record)[0]?.code ?? null;

/** What a seat may do with the words of a room; "none" also for whoever cannot know that there is one (DRA1). */
export function draftingAccess(drafting: Drafting, record: Record, seat: Seat): "write" | "read" | "none" {
  const code = delegationOf(seat);
  if (code === null || !joined(drafting, record).some((one) => one.code === code)) return "none";
  return mayInDrafting(seat, "write") ? "write" : "read";
}

/** A room as a delegation in it or asked into it may see it. */
export interface SeenDrafting extends DraftingSubject {
  readonly id: DraftingId;
  readonly at: EpochMs;
  readonly standing: "invited" | "joined";
  /** Null when its leader is no longer a delegation here. */
  readonly leader: DelegationCode | null;
  /** Of an invitation nobody but the leader is shown (DRA4). */
  readonly members: readonly {
    readonly code: DelegationCode;
    readonly standing: Standing;
    readonly sponsors: WordingHash | null;
  }[];
  readonly ended: Drafting["ended"];
}

/** Null for a delegation that may not know of it: it has never been asked, or is no longer in it. */
export function seeDrafting(drafting: Drafting, record: Record, code: DelegationCode): SeenDrafting | null {
  const { id, at, change, paragraph, wording, to, members, ended } = drafting;
  const own = member(drafting, code)?.standing;
  if (!record.delegations.has(code) || (own !== "invited" && own !== "joined") || (own === "invited" && ended))
    return null;
  const leader = leaderOf(drafting, record);
  const shown = own === "joined" ? members : members.filter((one) => one.code === leader || one.code === code);
  return {
    id,
    at,
    change,
    paragraph,
    wording,
    ...(to && { to }),
    standing: own,
    leader,
    ended,
    members: shown.map(({ code, standing, sponsors }) => ({ code, standing, sponsors: sponsors?.wording ?? null })),
  };
}

/** DRA5: a State's head opens a room on words in circulation, and asks other States in. */
export function openDrafting(
  record: Record,
  { change, paragraph, wording, to, content = [], invited }: DraftingOpening,
  { seat }: Actor,
  id: DraftingId,
  at: EpochMs,
): Result<Drafting, Refusal> {
  const code = delegationOf(seat);
  if (code === null || !mayInDrafting(seat, "decide")) return refuse({ code: "not-allowed" });
  if (record.adoption) return refuse({ code: "adopted" });
  const block = circulatedBlock(record, paragraph);
  if (!block) return refuse({ code: "paragraph-unknown", paragraph });
  if (!record.wordings.get(paragraph)?.includes(wording)) return refuse({ code: "wording-unknown", paragraph });
  if (change === "move" && block.kind === "heading") return refuse({ code: "not-a-paragraph", paragraph });
  if (change === "move" && (!to || to === block.part)) return refuse({ code: "already-there", paragraph });
  if (flatText(content).length > longestParagraph) return refuse({ code: "words-too-long" });
  const others = [...new Set(invited)].filter((other) => other !== code);
  const no = whyNotStates(record, [code, ...others]);
  if (no) return refuse(no);
  const asked = others.map((other): DraftingMember => ({ code: other, standing: "invited" }));
  return accept({
    id,
    at,
    change,
    paragraph,
    wording,
    ...(change === "move" && to && { to }),
    ended: null,
    members: [{ code, standing: "joined" }, ...asked],
  });
}

function whyNotStates(record: Record, codes: readonly DelegationCode[]): Refusal | null {
  for (const code of codes) {
    const delegation = record.delegations.get(code);
    if (!delegation) return { code: "delegation-unknown" };
    if (delegation.kind !== "member-state") return { code: "not-a-state" };
  }
  return null;
}

/**
 * What becomes of a room. Whoever may not know of it gets null, as for one that does not exist.
 * @param words what the room holds at this moment
 */
export function decideDrafting(
  drafting: Drafting,
  record: Record,
  act: DraftingAct,
  actor: Actor,
  words: WordingHash,
  at: EpochMs,
): Result<Drafting, Refusal> | null {
  const code = delegationOf(actor.seat);
  const seen = code && seeDrafting(drafting, record, code);
  if (!seen) return null;
  if (!mayInDrafting(actor.seat, "decide")) return refuse({ code: "not-allowed" });
  if (drafting.ended) return refuse({ code: "drafting-ended" });
  if ((act.kind === "join" || act.kind === "decline") !== (seen.standing === "invited"))
    return refuse({ code: seen.standing === "invited" ? "drafting-not-joined" : "nothing-changes" });
  const leads = seen.leader === code;
  switch (act.kind) {
    case "join":
      // Last of those who are in it: whoever has been here longer leads.
      return accept(
        settled({ ...drafting, members: [...others(drafting, code), { code, standing: "joined" }] }, record, code, at),
      );
    case "decline":
      return accept(stands(drafting, code, "declined"));
    case "leave":
      return accept(settled(stands(drafting, code, "left"), record, code, at));
    case "sponsor":
      if (act.wording !== null && act.wording !== words) return refuse({ code: "wording-stale" });
      return accept(
        changed(drafting, {
          code,
          standing: "joined",
          ...(act.wording && { sponsors: { wording: act.wording, by: actor } }),
        }),
      );
    case "invite":
      return leads ? invite(drafting, record, act.delegations) : refuse({ code: "drafting-not-led" });
    case "take-out": {
      if (!leads) return refuse({ code: "drafting-not-led" });
      const other = act.delegation === code ? undefined : member(drafting, act.delegation);
      if (other?.standing !== "invited" && other?.standing !== "joined") return refuse({ code: "nothing-changes" });
      return accept(stands(drafting, act.delegation, "taken-out"));
    }
    case "carry-over": {
      if (!leads) return refuse({ code: "drafting-not-led" });
      const today = circulatedBlock(record, drafting.paragraph);
      if (!today) return refuse({ code: "paragraph-unknown", paragraph: drafting.paragraph });
      const wording = wordingOf(today.content).hash;
      if (wording === drafting.wording) return refuse({ code: "nothing-changes" });
      // DRA8: on other words the same draft says something else.
      return accept({
        ...drafting,
        wording,
        members: drafting.members.map(({ code: other, standing }) => ({ code: other, standing })),
      });
    }
    case "close":
      return leads ? accept(ended(drafting, code, at, null)) : refuse({ code: "drafting-not-led" });
  }
}

function invite(drafting: Drafting, record: Record, codes: readonly DelegationCode[]): Result<Drafting, Refusal> {
  const no = whyNotStates(record, codes);
  if (no) return refuse(no);
  const fresh = [...new Set(codes)].filter((code) => {
    const standing = member(drafting, code)?.standing;
    return standing !== "invited" && standing !== "joined";
  });
  if (fresh.length === 0) return refuse({ code: "nothing-changes" });
  const asked = fresh.map((code): DraftingMember => ({ code, standing: "invited" }));
  return accept({ ...drafting, members: [...drafting.members.filter(({ code }) => !fresh.includes(code)), ...asked] });
}

/** DRA7: over, and kept for those who are in it. Invitations lapse. */
export const ended = (drafting: Drafting, by: DelegationCode, at: EpochMs, proposal: ProposalId | null): Drafting => ({
  ...drafting,
  ended: { at, by, proposal },
});

/** Who sponsors exactly these words and still holds the seat it said so from, the leader aside: its head tables them (DRA6). */
export const sponsorsOf = (drafting: Drafting, record: Record, words: WordingHash): readonly Actor[] =>
  joined(drafting, record)
    .slice(1)
    .flatMap(({ sponsors }) => (sponsors?.wording === words ? [sponsors.by] : []))
    .filter((by) =>
      record.holdings.some(({ person, seat }) => person === by.person && spellSeat(seat) === spellSeat(by.seat)),
    );

/** The draft on the words in circulation now; null where some of it finds no place there, or the paragraph is gone (DRA8). */
export function carriedOver(
  { change, paragraph, wording }: DraftingSubject,
  record: Record,
  content: readonly Inline[],
): readonly Inline[] | null {
  const today = circulatedBlock(record, paragraph);
  if (!today) return null;
  if (change !== "replace") return content;
  const hunks = placeHunks(wordsAs(record, paragraph, wording), content, today.content);
  return hunks.some(({ place }) => place.state === "conflict") ? null : withHunks(today.content, hunks);
}

const others = ({ members }: Drafting, code: DelegationCode): readonly DraftingMember[] =>
  members.filter((one) => one.code !== code);

const changed = (drafting: Drafting, to: DraftingMember): Drafting => ({
  ...drafting,
  members: drafting.members.map((one) => (one.code === to.code ? to : one)),
});

const stands = (drafting: Drafting, code: DelegationCode, standing: Standing): Drafting =>
  changed(drafting, { code, standing });

/** A room that nobody is in any more is closed. */
const settled = (drafting: Drafting, record: Record, by: DelegationCode, at: EpochMs): Drafting =>
  leaderOf(drafting, record) === null ? ended(drafting, by, at, null) : drafting;
