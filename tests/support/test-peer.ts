/** A client in one process with the room: speaks the protocol as y-websocket does, frame by frame, and remembers what it was told. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import type { Allowance } from "../../server/rooms/allowance.ts";
import { Allowance as FullAllowance } from "../../server/rooms/allowance.ts";
import type { Clock } from "../../server/rooms/clock.ts";
import type { Access, Peer, Socket } from "../../server/rooms/peer.ts";
import type { Room } from "../../server/rooms/room.ts";
import { defaultLimits } from "../../server/limits.ts";
import type { Actor, Viewer } from "../../shared/domain/roster.ts";
import { viewerOf } from "../../shared/domain/roster.ts";
import type { PersonId } from "../../shared/domain/values.ts";
import type { TextRefusal } from "../../shared/wire/protocol.ts";
import { message } from "../../shared/wire/protocol.ts";
import { blocksOf } from "../../shared/sync/model.ts";

export const person = (name: string): PersonId => name.padEnd(22, "0") as PersonId;
export const chairOf = (name: string): Actor => ({ person: person(name), name, seat: { role: "chair" } });

export function encodeFrame(type: number, ...parts: (number | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  for (const part of parts) {
    if (typeof part === "number") encoding.writeVarUint(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}

/** Client, clock and state of each entry, as an awareness frame holds them. */
export function awarenessUpdate(entries: readonly (readonly [number, number, string])[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const [client, clock, state] of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, state);
  }
  return encoding.toUint8Array(encoder);
}

export interface PeerOptions {
  readonly access?: Access;
  readonly viewer?: Viewer;
  readonly allowance?: Allowance;
  /** For a client that comes back with what it has. */
  readonly doc?: Y.Doc;
  readonly answers?: boolean;
}

export class TestPeer implements Socket {
  bufferedAmount = 0;
  readyState = 1;
  access: Access;
  readonly doc: Y.Doc;
  readonly peer: Peer;
  readonly frames: Uint8Array[] = [];
  readonly durable: number[] = [];
  readonly refusals: TextRefusal[] = [];
  /** Client → what it shows, as told by the server. */
  readonly others = new Map<number, unknown>();
  closed: { readonly code: number; readonly reason: string } | null = null;
  updates = 0;
  states = 0;
  /** Off: keeps what arrives to itself, like a client whose thread hangs. */
  answers: boolean;
  /** What arrives while the room lets it in. */
  #early: Uint8Array[] | null = [];
  #piece: Uint8Array[] | null = null;
  readonly #room: Room;

  constructor(room: Room, actor: Actor | null, client: number, clock: Clock, options: PeerOptions = {}) {
    this.#room = room;
    this.access = options.access ?? "write";
    this.answers = options.answers ?? true;
    this.doc = options.doc ?? new Y.Doc();
    this.doc.clientID = client;
    blocksOf(this.doc);
    const viewer = options.viewer ?? (actor ? viewerOf(actor.seat) : { kind: "public" });
    const allowance = options.allowance ?? new FullAllowance(defaultLimits, clock);
    this.peer = room.join(this, { actor, viewer, allowance, access: () => this.access });
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.give(encodeFrame(message.sync, 2, update));
    });
    const early = this.#early ?? [];
    this.#early = null;
    for (const frame of early) if (this.answers) this.#hear(frame);
    this.sync();
  }

  sync(): void {
    this.give(encodeFrame(message.sync, 0, Y.encodeStateVector(this.doc)));
  }

  mark(n: number): void {
    this.give(encodeFrame(message.mark, n));
  }

  /** Client to server. */
  give(frame: Uint8Array): void {
    if (this.#piece) this.#piece.push(frame);
    else if (this.readyState === 1) this.#room.receive(this.peer, frame);
  }

  /** What is given meanwhile arrives in one piece. */
  together(act: () => void): void {
    const piece = (this.#piece = []);
    act();
    this.#piece = null;
    if (this.readyState === 1) this.#room.receiveAll(this.peer, piece);
  }

  leave(): void {
    this.readyState = 3;
    this.#room.leave(this.peer);
  }

  // ---------- the socket, as the room sees it ----------

  send(frame: Uint8Array): void {
    this.frames.push(frame);
    if (this.#early) this.#early.push(frame);
    else if (this.answers) this.#hear(frame);
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
    this.leave();
  }

  terminate(): void {
    this.leave();
  }

  #hear(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    switch (decoding.readVarUint(decoder)) {
      case message.sync: {
        const kind = decoding.readVarUint(decoder);
        const bytes = decoding.readVarUint8Array(decoder);
        if (kind === 0) this.give(encodeFrame(message.sync, 1, Y.encodeStateAsUpdate(this.doc, bytes)));
        else Y.applyUpdate(this.doc, bytes, this);
        if (kind === 1) this.states++;
        if (kind === 2) this.updates++;
        break;
      }
      case message.durable:
        this.durable.push(decoding.readVarUint(decoder));
        break;
      case message.refused:
        this.refusals.push(JSON.parse(decoding.readVarString(decoder)) as TextRefusal);
        break;
      case message.awareness: {
        const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
        for (let n = decoding.readVarUint(inner); n > 0; n--) {
          const client = decoding.readVarUint(inner);
          decoding.readVarUint(inner);
          this.others.set(client, JSON.parse(decoding.readVarString(inner)));
        }
        break;
      }
      default:
    }
  }
}
