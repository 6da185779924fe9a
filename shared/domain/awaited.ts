/**
 * Everything that awaits one delegation's answer, in one list (SPEC: REP): what it is asked about its positions and proposals, bridging
 * text, invitations, what the chair offers, silences that run, and what it asked for and was answered. A pure function, for desk, light
 * page and API alike.
 */
import type { Negotiation } from "./acts/acting.ts";
import { isAsked } from "./bridging.ts";
import type { AskingKind } from "./concerns.ts";
import { asksForAnswer, concernsOf } from "./concerns.ts";
import type { SeenDrafting } from "./drafting.ts";
import { groupsIn } from "./groups.ts";
import { allProposals, isSponsor } from "./proposals.ts";
import type { Record } from "./record.ts";
import { dissociating } from "./adoption.ts";
import { runningSilences, stillSilent } from "./silence.ts";
import type {
  BridgingId,
  CorrectionRequestId,
  DelegationCode,
  DraftingId,
  EpochMs,
  GroupId,
  PackageId,
  ParagraphId,
  PositionId,
  ProposalId,
  SilenceId,
} from "./values.ts";

export type AwaitedKind =
  | AskingKind
  /** It is asked to join a proposal, or was heard to. */
  | "co-sponsor"
  | "proposal-to-confirm"
  | "bridging"
  /** It is asked into a private drafting room. */
  | "drafting"
  /** It is asked into a group. */
  | "group"
  /** The chair offers a package, and the delegation has said nothing on any paragraph of it since. */
  | "offer"
  /** What it asked to have corrected as a matter of fact was answered, and no version was issued since. */
  | "request-answered"
  | "silence"
  /** Its objection, or that of its group, was withdrawn for a dissociation, which it has not stated since the adoption. */
  | "dissociation";

export interface Awaited {
  readonly kind: AwaitedKind;
  readonly paragraph: ParagraphId | null;
  readonly position?: PositionId;
  readonly proposal?: ProposalId;
  readonly bridging?: BridgingId;
  readonly drafting?: DraftingId;
  readonly group?: GroupId;
  readonly package?: PackageId;
  readonly request?: CorrectionRequestId;
  readonly silence?: SilenceId;
  /** The deadline of a silence that runs on the paragraph; null where nothing ends. */
  readonly until: EpochMs | null;
}

/**
 * What ends first, then what is asked about words, then invitations and what is there to be read.
 * @param rooms the private drafting rooms that the delegation may see: they are in no record
 */
export function awaitedOf(
  negotiation: Negotiation,
  code: DelegationCode,
  rooms: readonly SeenDrafting[] = [],
): readonly Awaited[] {
  const { record, text } = negotiation;
  // ADO3: nothing else can be answered any more.
  if (record.adoption) return [...dissociationsDue(record, code), ...requestsAnswered(record, code)];
  const until = (paragraph: ParagraphId): EpochMs | null => deadlineOn(record, paragraph);
  const concerns = concernsOf(record, text, code).flatMap(({ kind, paragraph, position }): Awaited[] =>
    asksForAnswer(kind) ? [{ kind, paragraph, position: position.id, until: until(paragraph) }] : [],
  );
  const invitations = rooms.flatMap(({ id, paragraph, standing, ended }): Awaited[] =>
    standing === "invited" && !ended ? [{ kind: "drafting", paragraph, drafting: id, until: until(paragraph) }] : [],
  );
  const groups = groupsIn(record).flatMap(({ id, invited }): Awaited[] =>
    invited.includes(code) ? [{ kind: "group", paragraph: null, group: id, until: null }] : [],
  );
  return [
    ...silencesToBreak(record, code),
    ...concerns,
    ...bridgingPut(record, code),
    ...proposalsToJoin(record, code),
    ...invitations,
    ...groups,
    ...offersUnanswered(record, code),
    ...requestsAnswered(record, code),
  ];
}

/** When the silence that runs on a paragraph ends; null where none does. */
export const deadlineOn = (record: Record, paragraph: ParagraphId): EpochMs | null =>
  runningSilences(record).find(({ paragraphs }) => paragraphs.some((frozen) => frozen.paragraph === paragraph))
    ?.deadline ?? null;

function silencesToBreak(record: Record, code: DelegationCode): Awaited[] {
  if (record.delegations.get(code)?.kind !== "member-state") return [];
  return runningSilences(record).flatMap((silence): Awaited[] => {
    const { id, deadline, breaks } = silence;
    if (breaks.some(({ by }) => by === code) || stillSilent(silence).length === 0) return [];
    return [{ kind: "silence", paragraph: null, silence: id, until: deadline }];
  });
}

function dissociationsDue(record: Record, code: DelegationCode): Awaited[] {
  const stated = new Set(
    record.statements.flatMap(({ by, form, paragraphs }) => (by === code && form === "dissociation" ? paragraphs : [])),
  );
  const due = new Set(
    dissociating(record).flatMap(({ states, paragraph }) =>
      states.includes(code) && !stated.has(paragraph) ? [paragraph] : [],
    ),
  );
  return [...due].map((paragraph) => ({ kind: "dissociation", paragraph, until: null }));
}

function bridgingPut(record: Record, code: DelegationCode): Awaited[] {
  return [...record.bridging.values()].flat().flatMap((text): Awaited[] => {
    const { id, paragraph, answers, ended } = text;
    const holder = record.holders.get(paragraph)?.get(code);
    const isAnswered = holder !== undefined && answers.has(holder);
    if (ended || isAnswered || !isAsked(record, text, code)) return [];
    return [{ kind: "bridging", paragraph, bridging: id, until: deadlineOn(record, paragraph) }];
  });
}

function proposalsToJoin(record: Record, code: DelegationCode): Awaited[] {
  return allProposals(record).flatMap((proposal): Awaited[] => {
    const { id, paragraph, by, confirmed, invited, heard, fate } = proposal;
    if (fate !== null) return [];
    const about = { paragraph, proposal: id, until: deadlineOn(record, paragraph) };
    if (by === code) return confirmed ? [] : [{ kind: "proposal-to-confirm", ...about }];
    const isInvited = invited.includes(code) || heard.some((sponsor) => sponsor.by === code);
    return isInvited && !isSponsor(proposal, code) ? [{ kind: "co-sponsor", ...about }] : [];
  });
}

function offersUnanswered(record: Record, code: DelegationCode): Awaited[] {
  return [...record.packages.values()].flatMap(({ id, released, withdrawn }): Awaited[] => {
    if (!released || withdrawn) return [];
    const { at, paragraphs } = released;
    const hasSpoken = [...record.positions.values()].some(
      (position) => position.by === code && position.at > at && position.on.some((on) => paragraphs.includes(on)),
    );
    return hasSpoken ? [] : [{ kind: "offer", paragraph: null, package: id, until: null }];
  });
}

function requestsAnswered(record: Record, code: DelegationCode): Awaited[] {
  const issued = record.versions.at(-1)?.seq ?? 0;
  return record.summary.requests.flatMap(({ id, by, paragraph, answer }): Awaited[] =>
    by === code && answer && answer.how !== "withdrawn" && answer.seq > issued
      ? [{ kind: "request-answered", paragraph, request: id, until: null }]
      : [],
  );
}
