/** Who is writing where: cursors among the writers of a room. Nobody can appear as another or make another vanish (SPEC: ROO12). */
import * as decoding from "lib0/decoding";
import { spellSeat } from "../../shared/domain/roster.ts";
import type { Limits } from "../limits.ts";
import type { Clock } from "./clock.ts";
import type { PresenceEntry } from "./frames.ts";
import { presenceFrame } from "./frames.ts";
import type { Peer } from "./peer.ts";

interface Present {
  readonly client: number;
  /** The client's own clock, by which older frames are told. */
  heard: number;
  state: string;
}

export class Presence {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #writers: () => Iterable<Peer>;
  readonly #here = new Map<Peer, Present>();
  /** Clocks that the others have seen. They only rise, so that whoever comes back under the same client id is seen at once. */
  readonly #told = new Map<number, number>();
  readonly #dirty = new Set<number>();
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, limits: Limits, writers: () => Iterable<Peer>) {
    this.#clock = clock;
    this.#limits = limits;
    this.#writers = writers;
  }

  /**
   * Takes a writer's frame. Entries of others, which every stock client sends back, and fat ones are passed over.
   * @param owns was this client id issued to the peer's person for this room?
   * @throws when the frame cannot be read
   */
  receive(peer: Peer, update: Uint8Array, owns: (client: number) => boolean): void {
    const decoder = decoding.createDecoder(update);
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const json = decoding.readVarString(decoder);
      if (json.length > this.#limits.presenceBytes || !owns(client)) continue;
      const state = withUser(json, peer);
      if (state === null) continue;
      this.#take(peer, client, clock, state);
    }
  }

  #take(peer: Peer, client: number, clock: number, state: string): void {
    const known = this.#here.get(peer);
    // One presence for a socket, and one socket for a presence.
    if (known ? known.client !== client : this.#holder(client) !== null) return;
    if (known && clock < known.heard) return;
    if (known) {
      known.heard = clock;
      known.state = state;
    } else this.#here.set(peer, { client, heard: clock, state });
    this.#soon(client);
  }

  /** Tells a newcomer who is here. */
  tell(peer: Peer): void {
    const entries = [...this.#here].filter(([other]) => other !== peer).map(([, present]) => this.#entry(present));
    if (entries.length > 0) peer.send(presenceFrame(entries));
  }

  leave(peer: Peer): void {
    const present = this.#here.get(peer);
    if (!present) return;
    this.#here.delete(peer);
    this.#soon(present.client);
  }

  stop(): void {
    this.#cancel?.();
  }

  #holder(client: number): Peer | null {
    for (const [peer, present] of this.#here) if (present.client === client) return peer;
    return null;
  }

  #soon(client: number): void {
    this.#dirty.add(client);
    this.#cancel ??= this.#clock.after(this.#limits.presenceBatchMs, () => {
      this.#cancel = null;
      this.#tellAll();
    });
  }

  #tellAll(): void {
    const byClient = new Map([...this.#here.values()].map((present) => [present.client, present]));
    for (const client of this.#dirty) this.#told.set(client, (this.#told.get(client) ?? 0) + 1);
    const entries = [...this.#dirty].map((client) =>
      this.#entry(byClient.get(client) ?? { client, heard: 0, state: "null" }),
    );
    this.#dirty.clear();
    const forAll = presenceFrame(entries);
    for (const peer of this.#writers()) {
      if (!peer.synced) continue;
      const own = this.#here.get(peer)?.client;
      // A client that hears of itself with a newer clock would take its own past for news.
      const others = entries.filter(({ client }) => client !== own);
      if (others.length === entries.length) peer.send(forAll);
      else if (others.length > 0) peer.send(presenceFrame(others));
    }
  }

  #entry({ client, state }: Present): PresenceEntry {
    return { client, clock: this.#told.get(client) ?? 0, state };
  }
}

/** The state with the name and seat the server knows; null when it is no state at all. */
function withUser(json: string, peer: Peer): string | null {
  const state: unknown = JSON.parse(json);
  if (state === null) return "null";
  if (typeof state !== "object" || Array.isArray(state)) return null;
  const user = peer.actor && { name: peer.actor.name, seat: spellSeat(peer.actor.seat) };
  return JSON.stringify({ ...state, user });
}
