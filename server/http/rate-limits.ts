/** How often an address or an account may come (security H-RATE): leaky buckets, as the sockets have them. */
import type { Actor } from "../../shared/domain/roster.ts";
import { Bucket } from "../rooms/allowance.ts";
import type { Clock } from "../rooms/clock.ts";
import type { HttpPorts } from "./ports.ts";
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
    if (!this.allows(who)) throw new Trouble("too-many-requests", {}, { "Retry-After": "1" });
  }

  /** Takes one, if there is one left. */
  allows(who: string): boolean {
    let bucket = this.#buckets.get(who);
    if (!bucket) {
      this.#tidy();
      this.#buckets.set(who, (bucket = this.#makeBucket()));
    }
    return bucket.take(1, this.#clock.now());
  }

  #tidy(): void {
    if (this.#buckets.size < tidyAt) return;
    for (const [who, bucket] of this.#buckets) if (bucket.isFull(this.#clock.now())) this.#buckets.delete(who);
  }
}

/** Statements, by programs, desks and forms alike. Observers are many behind one account, and state nothing. */
export function statementLimit({ clock, limits }: Pick<HttpPorts, "clock" | "limits">): (actor: Actor) => boolean {
  const limit = new RateLimit(
    clock,
    () => new Bucket(limits.commandsBurst, limits.commandsPerSecond / 1_000, clock.now()),
  );
  return ({ person, seat }) => seat.role === "observer" || limit.allows(person);
}

export const isLoopback = (address: string): boolean => /^(::1$|127\.|::ffff:127\.)/.test(address);
