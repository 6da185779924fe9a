/** Who takes part: delegations and the seats of persons (SPEC: SEA). */
import type { Record } from "../record.ts";
import { refuse } from "../refusals.ts";
import type { Actor, Delegation } from "../roster.ts";
import { delegationOf, isTeam, spellSeat } from "../roster.ts";
import type { DelegationCode, EpochMs } from "../values.ts";
import type { Answer, CommandOf, Draft } from "./acting.ts";
import { Acting } from "./acting.ts";

export function addDelegation(record: Record, delegation: Delegation, act: Acting): Answer {
  if (record.delegations.has(delegation.code)) return refuse({ code: "delegation-known" });
  return act.decided({ kind: "delegation-entered", delegation });
}

export function changeDelegation(record: Record, delegation: Delegation, act: Acting): Answer {
  const was = record.delegations.get(delegation.code);
  if (!was) return refuse({ code: "delegation-unknown" });
  return act.decided({ kind: "delegation-changed", delegation });
}

export function removeDelegation(record: Record, delegation: DelegationCode, act: Acting): Answer {
  if (!record.delegations.has(delegation)) return refuse({ code: "delegation-unknown" });
  return act.decided({ kind: "delegation-removed", delegation });
}

/**
 * SEA2: the team invites the first head of a delegation; from then on that delegation invites its own. Nor may the team take a head's
 * seat away and put somebody else on it, who could end the delegation's objections: that takes the host.
 */
export function invite(record: Record, { seat }: CommandOf<"invite">, actor: Actor, act: Acting): Answer {
  if ("delegation" in seat) {
    if (!record.delegations.has(seat.delegation)) return refuse({ code: "delegation-unknown" });
    const own = delegationOf(actor.seat) === seat.delegation;
    if (!own && !isTeam(actor.seat)) return refuse({ code: "not-allowed" });
    if (!own && (record.headed.has(seat.delegation) || seat.role !== "delegation"))
      return refuse({ code: "head-invites" });
  } else if (!isTeam(actor.seat)) return refuse({ code: "not-allowed" });
  else if (seat.role === "chair" && actor.seat.role !== "chair") return refuse({ code: "only-the-chair" });
  return act.decided({ kind: "seat-invited", seat });
}

export function revoke(record: Record, { seat, person }: CommandOf<"revoke-seat">, actor: Actor, act: Acting): Answer {
  const held = record.holdings.some(
    (holding) => holding.person === person && spellSeat(holding.seat) === spellSeat(seat),
  );
  if (!held) return refuse({ code: "seat-unknown" });
  const own = delegationOf(actor.seat) !== null && delegationOf(actor.seat) === delegationOf(seat);
  if (!own && !isTeam(actor.seat)) return refuse({ code: "not-allowed" });
  if (isTeam(seat) && actor.seat.role !== "chair") return refuse({ code: "only-the-chair" });
  return act.decided({ kind: "seat-revoked", seat, person });
}

/** A person takes the seat they were invited to: the entry that every seat is (ruling 6). */
export function takeSeat(actor: Actor, now: EpochMs): Draft {
  return new Acting(actor, now).draft({ kind: "seat-taken", seat: actor.seat, person: actor.person, name: actor.name });
}
