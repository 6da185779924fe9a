/** What others did since a seat last looked, as far as it is that seat's business (SPEC: REP7). A pure function of what the seat may see. */
import type { SeenEntry, What } from "./entries.ts";
import { isSponsor, proposalOf } from "./proposals.ts";
import type { Fact, Record } from "./record.ts";
import { factOf } from "./record.ts";
import type { Seat } from "./roster.ts";
import { delegationOf, isTeam } from "./roster.ts";
import type { DelegationCode, ParagraphId, PositionId, ProposalId } from "./values.ts";

/** What the negotiation as a whole came to, for each of its steps is for everyone who may know of it. */
export function isOfTheCourse({ kind }: What): boolean {
  switch (kind) {
    case "version-issued":
    case "silence-announced":
    case "silence-extended":
    case "silence-cancelled":
    case "silence-broken":
    case "silence-closed":
    case "adopted":
    case "statement-made":
    case "data-restored":
      return true;
    default:
      return false;
  }
}

/** Its steps, but for a delegation's own, oldest first. */
export const courseFor = (entries: readonly SeenEntry[], code: DelegationCode): readonly Fact[] =>
  entries.flatMap((entry) => {
    const fact = factOf(entry);
    return fact && isOfTheCourse(fact.what) && !isBy(fact, { role: "delegation", delegation: code }) ? [fact] : [];
  });

/** @param after the last entry that the seat has seen */
export function newsSince(record: Record, entries: readonly SeenEntry[], after: number, seat: Seat): readonly Fact[] {
  const own = delegationOf(seat);
  const spokenOn = new Set<ParagraphId>();
  for (const position of record.positions.values()) {
    if (own === null || position.by !== own) continue;
    for (const paragraph of [position.paragraph, ...position.on]) spokenOn.add(paragraph);
  }
  const isNews = (fact: Fact): boolean => {
    const { what } = fact;
    if (isBy(fact, seat)) return false;
    if (isOfTheCourse(what)) return true;
    switch (what.kind) {
      case "paragraph-gavelled":
      case "paragraph-reopened":
      case "paragraph-moved":
      case "paragraph-corrected":
      case "correction-contested":
        return true;
      case "proposal-tabled":
      case "proposal-withdrawn":
        return isTeam(seat) || (own !== null && isInvited("id" in what ? what.id : what.proposal));
      case "bridging-put":
      case "bridging-ended":
        // Only those it was put to are told of it at all.
        return own !== null;
      case "bridging-answered":
        return isTeam(seat);
      case "proposal-disposed":
        return own !== null && isSponsored(what.proposal);
      case "position-lodged":
      case "position-withdrawn":
      case "position-met":
      case "position-reaffirmed":
      case "position-ending-heard":
        return isTeam(seat) || concerns(what.kind === "position-lodged" ? what.id : what.position);
      case "position-asked":
      case "group-invited":
        // Only those it was put to are told of it at all.
        return own !== null;
      case "correction-requested":
      case "correction-request-withdrawn":
        return isTeam(seat);
      case "correction-answered":
        return own !== null && record.summary.requests.some(({ id, by }) => id === what.request && by === own);
      case "position-followed":
        return record.positions.get(what.position)?.by === own && own !== null;
      default:
        return false;
    }
  };
  const isInvited = (id: ProposalId): boolean => proposalOf(record, id)?.invited.includes(own!) ?? false;
  const isSponsored = (id: ProposalId): boolean => {
    const proposal = proposalOf(record, id);
    return proposal !== null && isSponsor(proposal, own!);
  };
  const concerns = (id: PositionId): boolean => {
    const position = record.positions.get(id);
    if (!position || own === null) return false;
    return position.by === own || [position.paragraph, ...position.on].some((paragraph) => spokenOn.has(paragraph));
  };
  return entries.slice(after).flatMap((entry) => {
    const fact = factOf(entry);
    return fact && isNews(fact) ? [fact] : [];
  });
}

/** A delegation's heads act as one, and so does the chair's team; what the team records for a delegation is news to that delegation. */
function isBy({ who, what }: Fact, seat: Seat): boolean {
  if (!who || isByServer(what)) return false;
  if (isTeam(seat)) return isTeam(who.seat);
  const own = delegationOf(seat);
  return own !== null && delegationOf(who.seat) === own;
}

/** Done in nobody's name: the server finds words again in a circulation, and settles what a deadline or an outage comes to. */
function isByServer(what: What): boolean {
  if (what.kind === "silence-extended") return what.outage !== undefined;
  if (what.kind === "adopted") return what.silence !== undefined;
  return what.kind === "position-followed" || what.kind === "silence-closed" || what.kind === "data-restored";
}
