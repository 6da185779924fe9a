/**
 * Tickets for browsers that can send neither cookie nor header with a websocket: good for one connection, by one seat, to one room,
 * for 30 seconds. In memory only; after a restart the client asks for another.
 */
import type { Actor } from "../../shared/domain/roster.ts";
import type { EpochMs } from "../../shared/domain/values.ts";
import { epochMs } from "../../shared/domain/values.ts";
import type { Ports } from "../negotiation/ports.ts";
import type { RoomId } from "../store/port.ts";

const ticketMs = 30_000;

interface Ticket {
  readonly room: RoomId;
  /** Null: for the public. */
  readonly actor: Actor | null;
  readonly expiresAt: EpochMs;
}

export class Tickets {
  /** Oldest first, so that expired ones are found at the front. */
  readonly #tickets = new Map<string, Ticket>();
  readonly #ports: Pick<Ports, "clock" | "random">;

  constructor(ports: Pick<Ports, "clock" | "random">) {
    this.#ports = ports;
  }

  issue(room: RoomId, actor: Actor | null): { readonly ticket: string; readonly expiresAt: EpochMs } {
    const now = this.#ports.clock.now();
    for (const [old, { expiresAt }] of this.#tickets) {
      if (expiresAt > now) break;
      this.#tickets.delete(old);
    }
    const ticket = Buffer.from(this.#ports.random(32)).toString("base64url");
    const expiresAt = epochMs(now + ticketMs);
    this.#tickets.set(ticket, { room, actor, expiresAt });
    return { ticket, expiresAt };
  }

  /** Uses the ticket up, good or not. */
  redeem(ticket: string, room: RoomId): { readonly actor: Actor | null } | null {
    const found = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    if (!found || found.room !== room || found.expiresAt <= this.#ports.clock.now()) return null;
    return { actor: found.actor };
  }
}
