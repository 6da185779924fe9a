/** How often an address or an account may come (security H-RATE): leaky buckets, as the sockets have them. */
import type { Bucket } from "../rooms/allowance.ts";
import type { Clock } from "../rooms/clock.ts";
import { Trouble } from "./problems.ts";

/** When there are more of them than this, those that have nothing to remember are forgotten. */
const tidyAt = 10_000;

export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: Clock;
  readonly #makeBucket: () => Bucket;

  constructor(clock: Clock, makeBucket: () => Bucket) {
    this.#clock = clock;
    this.#makeBucket = makeBucket;
  }

  /** @throws too-many-requests */
  take(who: string): void {
    let bucket = this.#buckets.get(who);
    if (!bucket) {
      this.#tidy();
      this.#buckets.set(who, (bucket = this.#makeBucket()));
    }
    if (!bucket.take(1, this.#clock.now())) throw new Trouble("too-many-requests", {}, { "Retry-After": "1" });
  }

  #tidy(): void {
    if (this.#buckets.size < tidyAt) return;
    for (const [who, bucket] of this.#buckets) if (bucket.isFull(this.#clock.now())) this.#buckets.delete(who);
  }
}

export const isLoopback = (address: string): boolean => /^(::1$|127\.|::ffff:127\.)/.test(address);
