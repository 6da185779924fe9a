/**
 * What was told lately, for readers whose line dropped for a moment: they are told just that again, where Yjs' own answer would hold every
 * deletion there ever was, since a state vector says nothing of deletions (SPEC: ROO16).
 */
import * as Y from "yjs";
import type { Limits } from "../limits.ts";
import { mergeAll } from "./readers.ts";

interface Told {
  readonly update: Uint8Array;
  /** For each client that wrote in it, the clock before. Empty: it only deletes. Null: nobody has asked yet. */
  from: ReadonlyMap<number, number> | null;
}

export class Recent {
  readonly #limits: Limits;
  #told: Told[] = [];
  #bytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** In the order in which everyone is told. */
  add(update: Uint8Array): void {
    this.#told.push({ update, from: null });
    this.#bytes += update.length;
    const { recentBytes, recentUpdates } = this.#limits;
    let tooMany = 0;
    while (this.#bytes > recentBytes || this.#told.length - tooMany > recentUpdates) {
      this.#bytes -= this.#told[tooMany++]?.update.length ?? this.#bytes;
    }
    if (tooMany > 0) this.#told = this.#told.slice(tooMany);
  }

  clear(): void {
    this.#told = [];
    this.#bytes = 0;
  }

  /**
   * All that was told after the state vector was `had`, or null when that is too long ago to be known.
   * Only for one who has everything from here and wrote nothing itself: what it has is then exactly what was told up to some update. Of several
   * it might be, since deletions alone leave the vector as it is, the earliest counts: hearing of a deletion twice does no harm.
   * @param now the state vector after the last update
   */
  since(had: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): Uint8Array | null {
    const state = new Map(now);
    let differing = 0;
    for (const client of new Set([...had.keys(), ...now.keys()])) {
      if ((had.get(client) ?? 0) !== (now.get(client) ?? 0)) differing++;
    }
    for (let at = this.#told.length - 1; at >= 0; at--) {
      const told = this.#told[at] as Told;
      const from = (told.from ??= Y.parseUpdateMeta(told.update).from);
      if (differing === 0 && from.size > 0) return mergeAll(this.#told.slice(at + 1).map(({ update }) => update));
      for (const [client, before] of from) {
        const wanted = had.get(client) ?? 0;
        if (wanted === (state.get(client) ?? 0)) differing++;
        if (wanted === before) differing--;
        state.set(client, before);
      }
    }
    return null;
  }
}
