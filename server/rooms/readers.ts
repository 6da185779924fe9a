/** Those who only read: told by one merged update in each interval, skipped forward when slow, cut when too slow (SPEC: ROO9, ROO10). */
import * as Y from "yjs";
import { closeCode } from "../../shared/wire/protocol.ts";
import type { Limits } from "../limits.ts";
import type { Clock } from "./clock.ts";
import { sync, syncFrame } from "./frames.ts";
import { InTurns } from "./in-turns.ts";
import type { Peer } from "./peer.ts";

export class Readers {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #readers = new Set<Peer>();
  readonly #turns: InTurns;
  #news: Uint8Array[] = [];
  #cancel: (() => void) | null = null;
  #spreading = false;

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#turns = new InTurns(clock);
  }

  add(peer: Peer): void {
    this.#readers.add(peer);
  }

  delete(peer: Peer): void {
    this.#readers.delete(peer);
  }

  tell(update: Uint8Array): void {
    this.#news.push(update);
    this.#soon();
  }

  stop(): void {
    this.#cancel?.();
    this.#turns.stop();
  }

  #soon(): void {
    if (!this.#spreading) this.#cancel ??= this.#clock.after(this.#limits.readerBatchMs, () => this.#spread());
  }

  #spread(): void {
    this.#cancel = null;
    this.#spreading = true;
    const news = this.#news;
    this.#news = [];
    const update = news.length > 0 ? mergeAll(news) : null;
    const frame = update && syncFrame(sync.update, update);
    let behind = false;
    const tell = (peer: Peer): void => {
      if (!peer.synced || !peer.isOpen) return;
      if (!peer.isBehind && peer.missed.length === 0) {
        if (frame) peer.send(frame);
      } else behind = this.#catchUp(peer, update) || behind;
    };
    this.#turns.each([...this.#readers], tell, () => {
      this.#spreading = false;
      if (this.#news.length > 0 || behind) this.#soon();
    });
  }

  /** True while something waits for it. */
  #catchUp(peer: Peer, update: Uint8Array | null): boolean {
    if (update) {
      peer.missed.push(update);
      peer.missedBytes += update.length;
    }
    if (peer.isBehind) {
      if (peer.missedBytes > this.#limits.slowBytes) peer.close(closeCode.tooSlow, "too slow");
      return true;
    }
    peer.send(syncFrame(sync.update, mergeAll(peer.missed)));
    peer.missed = [];
    peer.missedBytes = 0;
    return false;
  }
}

/** Merging many updates at once costs the square of their number: fifty at a time instead. */
export function mergeAll(updates: readonly Uint8Array[]): Uint8Array {
  let row = updates;
  while (row.length > 1) {
    const merged: Uint8Array[] = [];
    for (let i = 0; i < row.length; i += 50) {
      const few = row.slice(i, i + 50);
      merged.push(few.length === 1 ? (few[0] as Uint8Array) : Y.mergeUpdates(few));
    }
    row = merged;
  }
  return row[0] ?? Uint8Array.of(0, 0);
}
