/** One socket in a room: who it is, what it may do, and how bytes reach it without piling up. */
import type { Actor, Viewer } from "../../shared/domain/roster.ts";
import { closeCode } from "../../shared/wire/protocol.ts";
import type { Limits } from "../limits.ts";
import type { Allowance } from "./allowance.ts";
import { Bucket } from "./allowance.ts";
import type { Clock } from "./clock.ts";
import { refusedFrame } from "./frames.ts";
import type { TextRefusal } from "../../shared/wire/protocol.ts";

export type Access = "write" | "read" | "none";

/** Who comes in, as the gatekeeper found. */
export interface Caller {
  /** Null for the public. */
  readonly actor: Actor | null;
  readonly viewer: Viewer;
  /** Looked up at each message, because rights change while sockets stay. */
  readonly access: () => Access;
  /** What this caller's account may still send; shared by its sockets. */
  readonly allowance: Allowance;
  /** The last entry of the record that it has from an earlier line. */
  readonly after?: number;
  /** It takes a large state by its name. */
  readonly takesNames?: boolean;
}

/** What a peer needs of a websocket. */
export interface Socket {
  readonly bufferedAmount: number;
  readonly readyState: number;
  send(frame: Uint8Array): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

const open = 1;
const closed = 3;

export class Peer {
  readonly actor: Actor | null;
  readonly viewer: Viewer;
  readonly access: () => Access;
  readonly allowance: Allowance;
  readonly after: number;
  readonly takesNames: boolean;

  // What the room remembers of it.
  /** Told at commit rather than in the readers' interval; follows `access` from message to message. */
  writes: boolean;
  /** It has its first state: updates make sense to it. */
  synced = false;
  /** Something it sent could not be placed; nothing is acknowledged until it has sent what it has. */
  gapped = false;
  /** Step 1s it has not answered. */
  asked = 0;
  /** Synchronisations in a row that left a gap. */
  failedSyncs = 0;
  /** State vector of its last unanswered step 1. */
  wanted: Uint8Array | null = null;
  /** Updates it was too slow for, and their bytes. */
  missed: Uint8Array[] = [];
  missedBytes = 0;

  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #frames: Bucket;
  readonly #states: Bucket;

  constructor(socket: Socket, caller: Caller, clock: Clock, limits: Limits) {
    this.actor = caller.actor;
    this.viewer = caller.viewer;
    this.access = caller.access;
    this.allowance = caller.allowance;
    this.after = caller.after ?? 0;
    this.takesNames = caller.takesNames ?? false;
    this.writes = caller.access() === "write";
    this.#socket = socket;
    this.#clock = clock;
    this.#limits = limits;
    this.#frames = new Bucket(limits.framesBurst, limits.framesPerSecond / 1_000, clock.now());
    this.#states = new Bucket(limits.statesPerTenSeconds, limits.statesPerTenSeconds / 10_000, clock.now());
  }

  get isOpen(): boolean {
    return this.#socket.readyState === open;
  }

  /** It has so much unsent that new text should wait. */
  get isBehind(): boolean {
    return this.#socket.bufferedAmount > this.#limits.skipBytes;
  }

  send(frame: Uint8Array): void {
    if (!this.isOpen) return;
    if (this.#socket.bufferedAmount > this.#limits.slowBytes) this.close(closeCode.tooSlow, "too slow");
    else this.#socket.send(frame);
  }

  close(code: number, reason: string): void {
    if (this.#socket.readyState === closed) return;
    this.#socket.close(code, reason);
    // Whoever does not read does not answer the closing frame either, and holds memory until cut.
    this.#clock.after(this.#limits.closeGraceMs, () => {
      if (this.#socket.readyState !== closed) this.#socket.terminate();
    });
  }

  /** Names the refusal, then closes: what Yjs has once made cannot be taken back, so the client has to begin anew. */
  refuse(refusal: TextRefusal): void {
    this.send(refusedFrame(refusal));
    const code =
      refusal.code === "malformed"
        ? closeCode.malformed
        : refusal.code === "too-large"
          ? closeCode.tooLarge
          : closeCode.notAllowed;
    this.close(code, refusal.code);
  }

  mayFrame(): boolean {
    return this.#frames.take(1, this.#clock.now());
  }

  /** A whole state is due to it, and it has room for one. */
  mayHaveState(): boolean {
    return this.#socket.bufferedAmount < this.#limits.stateBufferBytes && this.#states.take(1, this.#clock.now());
  }
}
