/** Knows what is on the disk, and holds every frame and every answer of the server against it: none may say more (ROO1, ROO2). */
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import type { RecordFrame, SeenEntry } from "../../shared/domain/entries.ts";
import type { Record } from "../../shared/domain/record.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import type { RoomId } from "../../server/store/port.ts";
import { sync } from "../../server/rooms/frames.ts";
import type { Receipt } from "../../shared/wire/api.ts";
import { message } from "../../shared/wire/protocol.ts";
import type { Disk } from "./disk.ts";
import type { World } from "./world.ts";

export class Oracle {
  readonly #world: World;
  readonly #disk: Disk;
  /** One frame goes to many. */
  readonly #read = new WeakMap<Uint8Array, RecordFrame>();
  readonly #inspected = new WeakSet<Uint8Array>();
  readonly #folded = new Map<string, Record>();

  constructor(world: World, disk: Disk) {
    this.#world = world;
    this.#disk = disk;
  }

  /** The entries in a frame of type 110. */
  read(frame: Uint8Array): RecordFrame {
    let read = this.#read.get(frame);
    if (!read) {
      const decoder = decoding.createDecoder(frame);
      decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      this.#read.set(frame, (read = JSON.parse(decoding.readVarString(decoder)) as RecordFrame));
    }
    return read;
  }

  /** What follows from what the chair's team has been told; the same for all of it, so folded once. */
  teamRecord(seen: readonly SeenEntry[]): Record {
    const last = seen.at(-1);
    if (!last) return emptyRecord;
    let record = this.#folded.get(last.hash);
    if (!record) this.#folded.set(last.hash, (record = evolve(this.teamRecord(seen.slice(0, -1)), [last])));
    return record;
  }

  /**
   * @param marked which clock of which client a mark stood for
   */
  inspect(
    name: string,
    room: RoomId,
    frame: Uint8Array,
    marked: (mark: number) => readonly [number, number] | null,
  ): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type !== message.durable) {
      if (this.#inspected.has(frame)) return;
      this.#inspected.add(frame);
    }
    if (type === message.record) {
      for (const { seq, hash } of this.read(frame).events) this.#mustBeRecorded(`${name} is told`, seq, hash);
    }
    if (type === message.durable) {
      const stood = marked(decoding.readVarUint(decoder));
      if (stood && Y.getState(this.#disk.text(room).store, stood[0]) < stood[1]) {
        this.#world.accuse(`${name} is told that words are saved which are not on disk`);
      }
    }
    if (type !== message.sync) return;
    const kind = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    if (kind !== sync.step1) this.#mustBeSaved(name, room, bytes);
  }

  answered(name: string, { seq, hash }: Receipt): void {
    this.#mustBeRecorded(`${name} has a receipt of`, seq, hash);
  }

  #mustBeRecorded(who: string, seq: number, hash: string): void {
    if (this.#disk.entries[seq - 1]?.hash !== hash) this.#world.accuse(`${who} entry ${seq}, which is not on disk`);
  }

  #mustBeSaved(name: string, room: RoomId, update: Uint8Array): void {
    const { store } = this.#disk.text(room);
    for (const [client, clock] of Y.parseUpdateMeta(update).to) {
      if (Y.getState(store, client) < clock) {
        return this.#world.accuse(`${name} is told words which are not on disk (client ${client} up to ${clock})`);
      }
    }
    for (const [client, ranges] of Y.decodeUpdate(update).ds.clients) {
      for (const { clock, len } of ranges) {
        for (let at = clock; at < clock + len; at++) {
          if (at >= Y.getState(store, client) || !Y.getItem(store, Y.createID(client, at)).deleted) {
            return this.#world.accuse(`${name} is told of a deletion which is not on disk`);
          }
        }
      }
    }
  }
}
