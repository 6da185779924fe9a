/** Who may join which room (SPEC: IDE): the same identities and the same table of rights as every request, asked at the handshake and at each message. */
import type { IncomingMessage } from "node:http";
import type { Actor } from "../../shared/domain/roster.ts";
import { thePublic, viewerOf } from "../../shared/domain/roster.ts";
import type { House } from "../negotiation/house.ts";
import type { LiveNegotiation } from "../negotiation/live-negotiation.ts";
import type { Gatekeeper } from "../rooms/sockets.ts";
import { accessTo } from "./access.ts";
import type { Identity } from "./identity.ts";
import { isOurs } from "./origins.ts";
import { Trouble } from "./problems.ts";
import type { Tickets } from "./tickets.ts";

export interface GatekeeperPorts {
  readonly house: House;
  readonly identity: Identity;
  readonly tickets: Tickets;
  readonly origins: ReadonlySet<string>;
}

export function gatekeeperOf({ house, identity, tickets, origins }: GatekeeperPorts): Gatekeeper {
  async function actorOf(
    request: IncomingMessage,
    url: URL,
    negotiation: LiveNegotiation,
    room: string,
  ): Promise<Actor | null> {
    const ticket = url.searchParams.get("ticket");
    if (ticket !== null) {
      const redeemed = tickets.redeem(ticket, room);
      if (!redeemed) throw new Trouble("not-signed-in");
      return redeemed.actor;
    }
    const { headers } = request;
    const header = headers["rapporteur-seat"];
    const wanted = url.searchParams.get("seat") ?? (typeof header === "string" ? header : undefined);
    return identity.actorIn(await identity.callerOf(headers), negotiation, wanted);
  }

  return {
    async admit(request, url) {
      const { headers } = request;
      // A browser always says where a socket is opened from; what says nothing must not live on a browser's cookie.
      const mustSay =
        headers.cookie !== undefined && headers.authorization === undefined && !url.searchParams.has("ticket");
      if ((mustSay || headers.origin !== undefined) && !isOurs(headers, origins)) return null;
      const id = url.pathname.slice("/sync/".length);
      const found = house.byRoom(id) ?? house.byFormerRoom(id);
      if (!found) return null;
      let actor: Actor | null;
      try {
        actor = await actorOf(request, url, found.negotiation, found.id);
      } catch (trouble) {
        if (trouble instanceof Trouble) return null;
        throw trouble;
      }
      const access = accessTo(found, actor);
      if (access() === "none") return null;
      const room = await found.negotiation.room(found.kind);
      const viewer = actor ? viewerOf(actor.seat) : thePublic;
      const after = Number(/^\d{1,9}$/.exec(url.searchParams.get("after") ?? "")?.[0] ?? 0);
      return { room, actor, viewer, access, account: actor?.person ?? null, after, isOutdated: room.id !== id };
    },
  };
}
