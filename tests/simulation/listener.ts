/** Somebody with a line to a room, who comes back when it drops and folds what they are told of the record. */
import * as decoding from "lib0/decoding";
import type { RoomId } from "../../server/store/port.ts";
import type { SeenEntry } from "../../shared/domain/entries.ts";
import type { Actor, Viewer } from "../../shared/domain/roster.ts";
import { viewerOf } from "../../shared/domain/roster.ts";
import { closeCode, message } from "../../shared/wire/protocol.ts";
import type { Access } from "../../server/rooms/peer.ts";
import type { Client, Line } from "./line.ts";
import type { Oracle } from "./oracle.ts";
import type { Server } from "./server.ts";
import type { World } from "./world.ts";

export interface Surroundings {
  readonly world: World;
  readonly server: Server;
  readonly oracle: Oracle;
}

/** Where somebody wants to be let in. */
export interface Way {
  readonly kind: "text" | "record";
  readonly access: Access;
}

export class Listener implements Client {
  readonly name: string;
  readonly actor: Actor | null;
  readonly viewer: Viewer;
  protected line: Line | null = null;
  protected room: RoomId | null = null;
  protected readonly world: World;
  protected readonly server: Server;
  protected readonly oracle: Oracle;
  readonly #way: Way;
  #seen: readonly SeenEntry[] = [];
  #attempts = 0;
  #isComing = false;

  constructor({ world, server, oracle }: Surroundings, name: string, actor: Actor | null, way: Way) {
    this.world = world;
    this.server = server;
    this.oracle = oracle;
    this.name = name;
    this.actor = actor;
    this.viewer = actor ? viewerOf(actor.seat) : { kind: "public" };
    this.#way = way;
  }

  get seen(): readonly SeenEntry[] {
    return this.#seen;
  }

  /** The last entry that they know of. */
  get upTo(): number {
    return this.#seen.length;
  }

  get isOnline(): boolean {
    return this.line !== null;
  }

  /** Comes in, unless they are there or about to be. */
  connect(): void {
    if (this.line || this.#isComing) return;
    this.#isComing = true;
    const wait = Math.min(500 * 2 ** this.#attempts++, 8_000) * (0.5 + this.world.chance());
    this.world.after(this.#attempts === 1 ? 5 : wait, () => {
      this.#isComing = false;
      this.#enter();
    });
  }

  hangUp(): void {
    this.line?.hangUp();
    this.#isGone("hangs up");
  }

  /** The line is broken, and one end or both know. */
  breakOff(knows: "both" | "client" | "server"): void {
    this.world.tell(`${this.name}: the line breaks, ${knows} notice`);
    this.line?.breakOff(knows);
  }

  stall(ms: number): void {
    this.world.tell(`${this.name}: reads nothing for ${Math.round(ms)} ms`);
    this.line?.stall(ms);
  }

  // ---------- what comes over the line ----------

  inspect(frame: Uint8Array): void {
    this.world.tell(`server tells ${this.name} ${frame[0]}/${frame.length}`, frame);
    if (this.room) this.oracle.inspect(this.name, this.room, frame, (mark) => this.stoodFor(mark));
  }

  hear(frame: Uint8Array): void {
    this.#attempts = 0;
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === message.record) {
      this.#take(frame);
    } else this.hearText(type, decoder);
  }

  lost(code: number): void {
    this.#isGone(`is cut (${code})`);
    const fine: readonly number[] = [1006, closeCode.restarting, closeCode.storage, closeCode.tooSlow];
    if (code === closeCode.reload) this.#reload();
    else if (!fine.includes(code)) this.endedWith(code);
    this.connect();
  }

  /** A mark that stands for so much of one's own writing. */
  protected stoodFor(_mark: number): readonly [number, number] | null {
    return null;
  }

  protected hearText(_type: number, _decoder: decoding.Decoder): void {}

  protected entered(): void {}

  /** There is a new page. What was told in another room is of another past, and not on it. */
  protected loaded(room: RoomId): void {
    if (room !== this.room) this.#seen = [];
    this.room = room;
  }

  /** Everything is to be loaded anew. */
  protected beginAnew(): void {}

  protected endedWith(code: number): void {
    this.world.accuse(`${this.name} was cut with ${code}`);
  }

  #isGone(how: string): void {
    if (this.line) this.world.tell(`${this.name} ${how}`);
    this.line = null;
  }

  #enter(): void {
    const { talks } = this.server;
    // The page, which says where the rooms are, is as old as what it shows; it is loaded when there is a server.
    if (this.room === null && talks) {
      this.room = this.#way.kind === "text" ? talks.row.textRoom : talks.row.recordRoom;
    }
    const { room, actor, viewer, upTo } = this;
    if (room === null) return this.connect();
    const { access } = this.#way;
    const line = this.server.admit(this, { room, actor, viewer, access, after: upTo });
    if (typeof line === "number") {
      if (line === closeCode.reload) this.#reload();
      return this.connect();
    }
    this.line = line;
    this.world.tell(`${this.name} is in`);
    this.entered();
  }

  #reload(): void {
    this.world.tell(`${this.name} loads the page again`);
    this.room = null;
    this.#seen = [];
    this.beginAnew();
  }

  #take(frame: Uint8Array): void {
    const { after, upTo, events } = this.oracle.read(frame);
    if (after > this.upTo) {
      return this.world.accuse(`${this.name} has entries up to ${this.upTo} and is told those after ${after}`);
    }
    if (upTo > this.upTo) this.#seen = [...this.#seen, ...events.slice(this.upTo - after)];
  }
}
