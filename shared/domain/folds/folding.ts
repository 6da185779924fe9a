/** A record in the making: what every fold changes. */
import type { Record } from "../record.ts";
import type { EpochMs } from "../values.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The members of a record that are maps. */
type MapOf<R> = { [K in keyof R]: R[K] extends ReadonlyMap<infer _Key, infer _Value> ? K : never }[keyof R];

/** A record being folded: each map or list is copied when it is first changed. */
export class Folding {
  seq: number;
  head: string;
  at: EpochMs;
  readonly #record: Mutable<Record>;
  readonly #owned = new Set<keyof Record>();

  constructor(record: Record) {
    this.#record = { ...record };
    this.seq = record.seq;
    this.head = record.head;
    this.at = record.at;
  }

  get state(): Record {
    return this.#record;
  }

  set<K extends keyof Record>(key: K, value: Record[K]): void {
    this.#record[key] = value;
  }

  /** The map, to be changed in place. */
  map<K extends MapOf<Record>>(
    key: K,
  ): Record[K] extends ReadonlyMap<infer Key, infer Value> ? Map<Key, Value> : never {
    if (!this.#owned.has(key)) {
      this.#owned.add(key);
      (this.#record[key] as ReadonlyMap<unknown, unknown>) = new Map<unknown, unknown>(
        this.#record[key] as ReadonlyMap<unknown, unknown>,
      );
    }
    return this.#record[key] as never;
  }

  finished(): Record {
    return { ...this.#record, seq: this.seq, head: this.head, at: this.at };
  }
}
