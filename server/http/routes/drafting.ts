/** Private drafting rooms (SPEC: DRA): for the delegations in them alone; that one is asked in is among what awaits its answer (`changed.ts`). */
import type { Actor } from "../../../shared/domain/roster.ts";
import { delegationOf } from "../../../shared/domain/roster.ts";
import { mayInDrafting } from "../../../shared/domain/drafting.ts";
import type { DelegationCode } from "../../../shared/domain/values.ts";
import type { CommandAnswer, DraftingRoomsAnswer } from "../../../shared/wire/api.ts";
import * as answers from "../../../shared/wire/answers.ts";
import { draftingActBody, draftingNamed, openDraftingBody } from "../../../shared/wire/requests.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { refusalCodes, refused, Trouble } from "../problems.ts";
import { negotiationOf, underNegotiation } from "./negotiations.ts";

interface Side {
  readonly negotiation: LiveNegotiation;
  readonly actor: Actor;
  readonly delegation: DelegationCode;
}

export function draftingRoutes(ports: HttpPorts): readonly Endpoint[] {
  /** The same answer for everybody who is in no delegation, whatever rooms there are. */
  function sideOf(asked: Asked<unknown, unknown>): Side {
    const { negotiation, actor } = negotiationOf(ports, asked);
    if (!actor) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "not-allowed");
    const delegation = delegationOf(actor.seat);
    if (!delegation || !mayInDrafting(actor.seat, "read")) throw new Trouble("not-allowed");
    return { negotiation, actor, delegation };
  }

  const roomsOf = ({ negotiation, delegation }: Side): DraftingRoomsAnswer => ({
    rooms: negotiation.drafting.seenBy(delegation),
  });

  return [
    endpoint(
      {
        method: "get",
        path: underNegotiation("/drafting"),
        summary: "The private drafting rooms that the seat's own delegation is in or is asked into.",
        seated: true,
        answer: answers.draftingRooms,
        problems: ["not-allowed"],
      },
      (asked): DraftingRoomsAnswer => roomsOf(sideOf(asked)),
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/drafting"),
        summary: "Opens a private room to draft a proposal together, and asks other delegations in.",
        body: openDraftingBody,
        once: true,
        seated: true,
        answer: answers.draftingOpened,
        problems: ["not-allowed", ...refusalCodes],
      },
      async (asked) => {
        const side = sideOf(asked);
        const opened = await side.negotiation.drafting.begin(asked.body, side.actor, asked.key);
        if (!opened.ok) throw refused(opened.refusal);
        return { id: opened.value, ...roomsOf(side) };
      },
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/drafting/act"),
        summary: "Joins, declines or leaves a drafting room, sponsors its words, or leads it.",
        body: draftingActBody,
        seated: true,
        answer: answers.draftingRooms,
        problems: ["not-allowed", ...refusalCodes],
      },
      async (asked): Promise<DraftingRoomsAnswer> => {
        const side = sideOf(asked);
        const done = await side.negotiation.drafting.act(asked.body.id, asked.body.act, side.actor);
        if (!done) throw new Trouble("not-found");
        if (!done.ok) throw refused(done.refusal);
        return roomsOf(side);
      },
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/drafting/table"),
        summary:
          "Tables what a drafting room holds, with those who sponsor exactly that, once however often this is sent.",
        body: draftingNamed,
        seated: true,
        answer: answers.commandAnswer,
        problems: ["not-allowed", ...refusalCodes],
      },
      async (asked): Promise<CommandAnswer> => {
        const side = sideOf(asked);
        const submitted = await side.negotiation.drafting.table(asked.body.id, side.actor);
        if (!submitted) throw new Trouble("not-found");
        if (!submitted.ok)
          throw "mismatch" in submitted ? new Trouble("idempotency-mismatch") : refused(submitted.refusal);
        const { receipt, id } = submitted;
        return { receipt, ...(id !== undefined && { id }) };
      },
    ),
  ];
}
