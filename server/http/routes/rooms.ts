/** What a client needs before it opens a socket: a ticket where it can send no cookie, and an id for each Y.Doc that it writes with. */
import * as answers from "../../../shared/wire/answers.ts";
import type { ClientIdAnswer, TicketAnswer } from "../../../shared/wire/api.ts";
import { roomBody } from "../../../shared/wire/requests.ts";
import { accessTo } from "../access.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

export function roomRoutes({ house, identity, tickets }: HttpPorts): readonly Endpoint[] {
  /** A room that the caller may not join is as unknown as one that does not exist. */
  function roomOf({ body, caller, seat }: Asked<{ readonly room: string }, unknown>) {
    const found = house.byRoom(body.room);
    if (!found) throw new Trouble("not-found");
    const actor = identity.actorIn(caller, found.negotiation, seat);
    const access = accessTo(found, actor)();
    if (access === "none") throw new Trouble("not-found");
    return { ...found, actor, access };
  }

  return [
    endpoint(
      {
        method: "post",
        path: "/api/v1/tickets",
        summary: "A ticket for one connection to a room, good for 30 seconds.",
        body: roomBody,
        seated: true,
        answer: answers.ticketAnswer,
      },
      (asked): TicketAnswer => {
        const { id, actor } = roomOf(asked);
        const { ticket, expiresAt } = tickets.issue(id, actor);
        return { ticket, expires: new Date(expiresAt).toISOString() };
      },
    ),
    endpoint(
      {
        method: "post",
        path: "/api/v1/client-ids",
        summary: "A client id for one Y.Doc of a writer, for one page load; never issued twice.",
        body: roomBody,
        seated: true,
        answer: answers.clientIdAnswer,
        problems: ["not-allowed"],
      },
      async (asked): Promise<ClientIdAnswer> => {
        const { kind, negotiation, actor, access } = roomOf(asked);
        if (!actor) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "not-allowed");
        if (access !== "write") throw new Trouble("not-allowed");
        const room = await negotiation.room(kind);
        return { clientId: await room.issueClientId(actor.person) };
      },
    ),
  ];
}
