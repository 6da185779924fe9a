/**
 * A socket between a client and a room of the simulated server. What is sent arrives in its order, later or not at all; how a line ends the
 * two ends may learn at very different times.
 */
import type { Caller, Peer, Socket } from "../../server/rooms/peer.ts";
import type { Room } from "../../server/rooms/room.ts";
import type { World } from "./world.ts";

/** The end with the people. */
export interface Client {
  readonly name: string;
  /** At the moment in which the server sends it: nothing may be said that the disk does not hold. */
  inspect(frame: Uint8Array): void;
  hear(frame: Uint8Array): void;
  lost(code: number): void;
}

/** Without a word from the server for so long, a client takes the line for dead; the server cuts who misses two pings. */
const clientPatienceMs = 30_000;
const serverPatienceMs = 45_000;

export class Line implements Socket {
  bufferedAmount = 0;
  readyState = 1;
  readonly #world: World;
  readonly #client: Client;
  readonly #onGone: () => void;
  #room: Room | null = null;
  #peer: Peer | null = null;
  /** One way, in ms; each frame takes up to twice as long. */
  readonly #wayMs: number;
  #lastDown = 0;
  #lastUp = 0;
  /** The last one on its way up. */
  #piece: Uint8Array[] | null = null;
  #clientHears = true;
  /** What arrives later is lost. */
  #carriesUntil = Infinity;
  /** Frames wait here while the client does not read. */
  #unread: (() => void)[] | null = null;

  constructor(world: World, client: Client, onGone: () => void) {
    this.#world = world;
    this.#client = client;
    this.#onGone = onGone;
    this.#wayMs = 2 + world.chance() ** 3 * 400;
  }

  enter(room: Room, caller: Caller): void {
    this.#room = room;
    this.#peer = room.join(this, caller);
  }

  // ---------- the client's end ----------

  give(frame: Uint8Array): void {
    if (!this.#clientHears) return;
    const arrives = this.#arrival(this.#lastUp);
    // What caught up with the frame before comes in one piece with it.
    if (arrives === this.#lastUp && this.#piece) return void this.#piece.push(frame);
    const piece = (this.#piece = [frame]);
    this.#lastUp = arrives;
    this.#world.after(arrives - this.#world.now, () => {
      if (this.#piece === piece) this.#piece = null;
      if (this.#carries && this.#peer && this.readyState === 1) this.#room?.receiveAll(this.#peer, piece);
    });
  }

  /** The client puts down the receiver. */
  hangUp(): void {
    this.#clientHears = false;
    this.#world.after(this.#wayMs, () => this.#gone());
  }

  /** The client reads nothing for so long. */
  stall(ms: number): void {
    this.#unread ??= [];
    this.#world.after(ms, () => {
      const unread = this.#unread ?? [];
      this.#unread = null;
      for (const read of unread) read();
    });
  }

  // ---------- what happens to it ----------

  /** Nothing arrives any more. Who learns of it at once; the other end only by its own patience. */
  breakOff(knows: "both" | "client" | "server"): void {
    // What was under way when it broke may still arrive, as far as it had come.
    this.#carriesUntil = Math.min(this.#carriesUntil, this.#world.now + this.#world.chance() * 3 * this.#wayMs);
    const tellClient = (): void => {
      if (!this.#clientHears) return;
      this.#clientHears = false;
      this.#client.lost(1006);
    };
    if (knows === "both") {
      this.#gone();
      this.#world.after(3 * this.#wayMs, tellClient);
    } else if (knows === "client") {
      tellClient();
      this.#world.after(serverPatienceMs, () => this.#gone());
    } else {
      this.#gone();
      this.#world.after(this.#world.chance() < 0.7 ? 3 * this.#wayMs : clientPatienceMs, tellClient);
    }
  }

  // ---------- the room's end ----------

  send(frame: Uint8Array): void {
    this.#client.inspect(frame);
    this.bufferedAmount += frame.length;
    this.#down(() => {
      this.bufferedAmount -= frame.length;
      if (this.#carries) this.#client.hear(frame);
    });
  }

  close(code: number, _reason: string): void {
    if (this.readyState !== 1) return;
    this.readyState = 2;
    this.#down(() => {
      this.#gone();
      if (!this.#clientHears) return;
      this.#clientHears = false;
      this.#client.lost(code);
    });
  }

  terminate(): void {
    this.breakOff("server");
  }

  #down(arrives: () => void): void {
    this.#lastDown = this.#arrival(this.#lastDown);
    this.#world.after(this.#lastDown - this.#world.now, () => {
      const read = (): void => {
        if (this.#clientHears) arrives();
      };
      if (this.#unread) this.#unread.push(read);
      else read();
    });
  }

  get #carries(): boolean {
    return this.#world.now <= this.#carriesUntil;
  }

  #arrival(last: number): number {
    const { chance, now } = this.#world;
    return Math.max(last, now + this.#wayMs * (1 + chance()));
  }

  #gone(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    if (this.#peer) this.#room?.leave(this.#peer);
    this.#onGone();
  }
}
