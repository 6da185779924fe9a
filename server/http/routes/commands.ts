/** Statements for the record: one command at a time, each done once; and invitations, which come with links. */
import type { Command } from "../../../shared/domain/commands.ts";
import { decide } from "../../../shared/domain/decide.ts";
import type { Actor, Seat } from "../../../shared/domain/roster.ts";
import { parseSeat, spellSeat, viewerOf } from "../../../shared/domain/roster.ts";
import { mintId } from "../../../shared/domain/values.ts";
import type { CommandAnswer, Invitation } from "../../../shared/wire/api.ts";
import * as answers from "../../../shared/wire/answers.ts";
import { commandBody } from "../../../shared/wire/commands.ts";
import { invitationsBody } from "../../../shared/wire/requests.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { Link } from "../identity.ts";
import { seatName } from "../identity.ts";
import type { HttpPorts } from "../ports.ts";
import { refusalCodes, refused, Trouble } from "../problems.ts";
import { negotiationOf, underNegotiation } from "./negotiations.ts";

/** @param mayState whether this person states things no faster than people do */
export function commandRoutes(ports: HttpPorts, mayState: (actor: Actor) => boolean): readonly Endpoint[] {
  const { store, clock, random, identity, metrics, site } = ports;

  function speakerOf(asked: Asked<unknown, unknown>): { negotiation: LiveNegotiation; actor: Actor } {
    const { negotiation, actor } = negotiationOf(ports, asked);
    if (!actor) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "not-allowed");
    if (!mayState(actor)) throw new Trouble("too-many-requests", {}, { "Retry-After": "1" });
    return { negotiation, actor };
  }

  async function submit(negotiation: LiveNegotiation, command: Command, actor: Actor, key: string) {
    const submitted = await negotiation.submit(command, actor, key);
    if (submitted.ok) {
      metrics.decided("accepted");
      return submitted;
    }
    if ("mismatch" in submitted) throw new Trouble("idempotency-mismatch");
    metrics.decided("refused");
    throw refused(submitted.refusal);
  }

  /** The answer to a repeated key is kept; a fresh link to a delegation whose head has come since must not come with it (SEA2). */
  function mustStillInvite(negotiation: LiveNegotiation, seat: Seat, actor: Actor): void {
    const state = { record: negotiation.record, text: negotiation.textFor(viewerOf(actor.seat)) };
    const answer = decide(state, { kind: "invite", seat }, actor, clock.now(), () => mintId(random));
    if (!answer.ok) throw refused(answer.refusal);
  }

  const linkAddress = ({ token }: Link): string => `${site.base}/enter/${token}`;

  return [
    endpoint(
      {
        method: "post",
        path: underNegotiation("/commands"),
        summary: "States or decides something; on the record when answered.",
        body: commandBody,
        once: true,
        seated: true,
        answer: answers.commandAnswer,
        problems: ["idempotency-mismatch", ...refusalCodes],
      },
      async (asked): Promise<CommandAnswer> => {
        const { negotiation, actor } = speakerOf(asked);
        const { command } = asked.body;
        const { receipt, id } = await submit(negotiation, command, actor, asked.key);
        const answer = { receipt, ...(id !== undefined && { id }) };
        if (command.kind !== "invite") return answer;
        mustStillInvite(negotiation, command.seat, actor);
        // Only the hash of a link is kept, so a repeated invitation gives a fresh link; the earlier one runs out unused.
        const to = { negotiation: negotiation.row.id, seat: spellSeat(command.seat), name: null };
        return { ...answer, link: linkAddress(await identity.makeLink(to)) };
      },
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/invitations"),
        summary: "Invites to many seats at once: all of them or none.",
        body: invitationsBody,
        once: true,
        seated: true,
        answer: answers.invitations,
        problems: ["idempotency-mismatch", ...refusalCodes],
      },
      async (asked): Promise<{ invitations: Invitation[] }> => {
        const { negotiation, actor } = speakerOf(asked);
        const seats = asked.body.seats.map((spelled) => parseSeat(spelled) as Seat);
        for (const seat of seats) mustStillInvite(negotiation, seat, actor);
        const made = [];
        for (const [index, seat] of seats.entries()) {
          await submit(negotiation, { kind: "invite", seat }, actor, `${asked.key} ${index}`);
          made.push({
            seat,
            ...identity.newLink({ negotiation: negotiation.row.id, seat: spellSeat(seat), name: null }),
          });
        }
        await store.commit(made.map(({ write }) => write));
        return {
          invitations: made.map(({ seat, link }) => ({
            seat: spellSeat(seat),
            name: seatName(negotiation, seat),
            link: linkAddress(link),
            expires: new Date(link.expiresAt).toISOString(),
          })),
        };
      },
    ),
  ];
}
