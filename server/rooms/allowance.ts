/** What an account may still do: leaky buckets, shared by all sockets of the account. */
import type { EpochMs } from "../../shared/domain/values.ts";
import type { Limits } from "../limits.ts";
import type { Clock } from "./clock.ts";

export class Bucket {
  readonly #capacity: number;
  readonly #perMs: number;
  #level: number;
  #at: EpochMs;

  constructor(capacity: number, perMs: number, now: EpochMs) {
    this.#capacity = this.#level = capacity;
    this.#perMs = perMs;
    this.#at = now;
  }

  /** False, and nothing taken, when there is not enough. */
  take(amount: number, now: EpochMs): boolean {
    // A clock that is set back fills nothing.
    this.#level = Math.min(this.#capacity, this.#level + Math.max(0, now - this.#at) * this.#perMs);
    this.#at = now;
    if (amount > this.#level) return false;
    this.#level -= amount;
    return true;
  }

  isFull(now: EpochMs): boolean {
    return this.take(0, now) && this.#level >= this.#capacity;
  }
}

const hour = 3_600_000;

export class Allowance {
  sockets = 0;
  readonly #clock: Clock;
  readonly #connects: Bucket;
  readonly #updates: Bucket;
  readonly #bytes: Bucket;

  constructor(limits: Limits, clock: Clock) {
    const now = clock.now();
    this.#clock = clock;
    this.#connects = new Bucket(limits.connectsBurst, limits.connectsPerSecond / 1_000, now);
    this.#updates = new Bucket(limits.updatesBurst, limits.updatesPerSecond / 1_000, now);
    this.#bytes = new Bucket(limits.accountBytesPerHour, limits.accountBytesPerHour / hour, now);
  }

  mayConnect(): boolean {
    return this.#connects.take(1, this.#clock.now());
  }

  mayUpdate(): boolean {
    return this.#updates.take(1, this.#clock.now());
  }

  mayStore(bytes: number): boolean {
    return this.#bytes.take(bytes, this.#clock.now());
  }

  /** Nothing to remember: it may be forgotten. */
  isUnused(): boolean {
    const now = this.#clock.now();
    return this.sockets === 0 && [this.#connects, this.#updates, this.#bytes].every((bucket) => bucket.isFull(now));
  }
}
