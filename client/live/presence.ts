/** Who else is in a text: the server writes who a peer is, and whom it did not name is nobody. */
import type { Awareness } from "y-protocols/awareness";
import type { Seat } from "../../shared/domain/roster.ts";
import { parseSeat } from "../../shared/domain/roster.ts";

interface PeerHere {
  readonly name: string;
  readonly seat: Seat | null;
}

export function peerIn(awareness: Awareness, clientId: number): PeerHere | null {
  const user: unknown = awareness.getStates().get(clientId)?.["user"];
  if (typeof user !== "object" || user === null || !("name" in user) || typeof user.name !== "string") return null;
  return { name: user.name, seat: "seat" in user ? parseSeat(user.seat) : null };
}
