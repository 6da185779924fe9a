/** Who may join which room (SPEC: IDE): the same identities and the same table of rights as every request, asked at the handshake and at each message. */
import type { IncomingMessage } from "node:http";
import type { Actor } from "../../shared/domain/roster.ts";
import { thePublic, viewerOf } from "../../shared/domain/roster.ts";
import { statesNamed } from "../../shared/wire/protocol.ts";
import type { FoundRoom, House } from "../negotiation/house.ts";
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
  /** Who asks, once it is known for which room. */
  async function identify(request: IncomingMessage, url: URL): Promise<(found: FoundRoom) => Actor | null> {
    const ticket = url.searchParams.get("ticket");
    if (ticket !== null) {
      return ({ id }) => {
        const redeemed = tickets.redeem(ticket, id);
        if (!redeemed) throw new Trouble("not-signed-in");
        return redeemed.actor;
      };
    }
    const { headers } = request;
    const header = headers["rapporteur-seat"];
    const wanted = url.searchParams.get("seat") ?? (typeof header === "string" ? header : undefined);
    const caller = await identity.callerOf(headers);
    return ({ negotiation }) => identity.actorIn(caller, negotiation, wanted);
  }

  return {
    async admit(request, url) {
      const { headers } = request;
      // A browser always says where a socket is opened from; what says nothing must not live on a browser's cookie.
      const mustSay =
        headers.cookie !== undefined && headers.authorization === undefined && !url.searchParams.has("ticket");
      if ((mustSay || headers.origin !== undefined) && !isOurs(headers, origins)) return null;
      const id = url.pathname.slice("/sync/".length);
      let found: FoundRoom | null;
      let actor: Actor | null;
      try {
        // Before the room is looked for: how long a refusal takes must not say whether there is one.
        const actorIn = await identify(request, url);
        found = house.byRoom(id) ?? house.byFormerRoom(id);
        if (!found) return null;
        actor = actorIn(found);
      } catch (trouble) {
        if (trouble instanceof Trouble) return null;
        throw trouble;
      }
      const access = accessTo(found, actor);
      if (access() === "none") return null;
      const room = await found.negotiation.room(found.kind);
      const viewer = actor ? viewerOf(actor.seat) : thePublic;
      const after = Number(/^\d{1,9}$/.exec(url.searchParams.get("after") ?? "")?.[0] ?? 0);
      const account = actor?.person ?? null;
      const takesNames = url.searchParams.get(statesNamed[0]) === statesNamed[1];
      return { room, actor, viewer, access, account, after, takesNames, isOutdated: room.id !== id };
    },
  };
}
