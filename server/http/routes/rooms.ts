/**
 * What a client needs beside the socket of a room: a ticket where it can send no cookie, an id for each Y.Doc that it writes with, and
 * the states that its line only names.
 */
import * as answers from "../../../shared/wire/answers.ts";
import type { ClientIdAnswer, TicketAnswer } from "../../../shared/wire/api.ts";
import { roomBody, stateQuery } from "../../../shared/wire/requests.ts";
import { accessTo } from "../access.ts";
import { sendShared } from "../compress.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

export function roomRoutes({ house, identity, tickets }: HttpPorts): readonly Endpoint[] {
  /** A room that the caller may not join is as unknown as one that does not exist. */
  function roomOf(id: string, { caller, seat }: Pick<Asked<unknown, unknown>, "caller" | "seat">) {
    const found = house.byRoom(id);
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
        const { id, actor } = roomOf(asked.body.room, asked);
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
        const { kind, negotiation, actor, access } = roomOf(asked.body.room, asked);
        if (!actor) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "not-allowed");
        if (access !== "write") throw new Trouble("not-allowed");
        const room = await negotiation.room(kind);
        return { clientId: await room.issueClientId(actor.person) };
      },
    ),
    endpoint(
      {
        method: "get",
        path: "/api/v1/rooms/:room/states/:state",
        summary: "A state of a room's text as its line named it (112), from a byte on; for some minutes.",
        query: stateQuery,
        seated: true,
        answer: "application/octet-stream",
      },
      async (asked): Promise<void> => {
        const { request, response, params, query } = asked;
        const { kind, negotiation } = roomOf(params["room"] ?? "", asked);
        const state = (await negotiation.room(kind)).namedState(params["state"] ?? "");
        if (!state) throw new Trouble("not-found");
        // It never changes under its name; whoever loads the page again while nobody writes has it still.
        response.set("Cache-Control", "private, max-age=600, immutable").vary("Cookie, Authorization, Rapporteur-Seat");
        response.type("application/octet-stream");
        await sendShared(request, response, query.from === 0 ? state : state.subarray(query.from));
      },
    ),
  ];
}
