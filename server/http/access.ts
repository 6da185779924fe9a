/** Who may do what in a room (SPEC: IDE, DRA1): one answer for sockets, lines, tickets and client ids, by rights as they are now. */
import type { Record } from "../../shared/domain/record.ts";
import { whyNot, writesText } from "../../shared/domain/rights.ts";
import type { Actor } from "../../shared/domain/roster.ts";
import type { FoundRoom } from "../negotiation/house.ts";
import type { Access } from "../rooms/peer.ts";
import { holds } from "./identity.ts";

/** What the record says is worked out once for each state of it; who is in a drafting room is looked up each time. */
export function accessTo({ negotiation, kind }: FoundRoom, actor: Actor | null): () => Access {
  let known: { readonly record: Record; readonly access: Access } | null = null;
  const byRecord = (): Access => {
    const { record } = negotiation;
    if (known?.record !== record) known = { record, access: lookUp(record) };
    return known.access;
  };
  if (kind === "text" || kind === "record") return byRecord;
  return () => (actor && byRecord() !== "none" ? negotiation.drafting.accessOf(kind, actor.seat) : "none");

  function lookUp(record: Record): Access {
    if (actor && !holds(negotiation, actor.person, actor.seat)) return "none";
    if (kind !== "text") return "read";
    if (actor && writesText(actor.seat)) return "write";
    return whyNot(actor, "read-live-text", record) ? "none" : "read";
  }
}
