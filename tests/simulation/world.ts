/**
 * Time and chance of one simulated run: everything that happens is an event at a moment, events of one moment happen in the order in which
 * they were asked for, and between two of them everything that waits for a promise goes on as far as it can. So one seed is one run.
 */
import { createHash } from "node:crypto";
import type { Chance } from "../support/random.ts";
import { chance } from "../support/random.ts";

interface Event {
  readonly at: number;
  readonly run: () => void;
  isCancelled: boolean;
}

export class World {
  readonly chance: Chance;
  /** What happened, in words, for whoever reads a run that went wrong. */
  readonly story: string[] = [];
  /** What must never be. */
  readonly wrong: string[] = [];
  #now = 0;
  /** By moment; those of one moment in the order in which they came. */
  readonly #events: Event[] = [];
  readonly #digest = createHash("sha256");

  constructor(seed: number) {
    this.chance = chance(seed);
  }

  get now(): number {
    return this.#now;
  }

  /** The same for two runs in which the same happened, to the byte. */
  get fingerprint(): string {
    return this.#digest.copy().update(this.story.join("\n")).digest("hex");
  }

  after(ms: number, run: () => void): () => void {
    const event = { at: this.#now + ms, run, isCancelled: false };
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#events[middle]!.at <= event.at) low = middle + 1;
      else high = middle;
    }
    this.#events.splice(low, 0, event);
    return () => void (event.isCancelled = true);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** The answer, or null when there is none in time. */
  within<T>(ms: number, answer: Promise<T>): Promise<T | null> {
    return Promise.race([answer, this.pause(ms).then(() => null)]);
  }

  /** Lets time pass until the fact holds, or so long. */
  async pass(ms: number, fact: () => boolean = () => false): Promise<boolean> {
    const end = this.#now + ms;
    await allThatCan();
    while (!fact()) {
      const event = this.#events[0];
      if (!event || event.at > end) {
        this.#now = end;
        return false;
      }
      this.#events.shift();
      if (event.isCancelled) continue;
      this.#now = event.at;
      event.run();
      await allThatCan();
    }
    return true;
  }

  tell(words: string, bytes?: Uint8Array): void {
    this.story.push(`${this.#now.toFixed(0).padStart(7)} ${words}`);
    if (bytes) this.#digest.update(bytes);
  }

  accuse(words: string): void {
    this.tell(`WRONG: ${words}`);
    this.wrong.push(words);
  }
}

/** Nothing here waits for anything but promises, and those are all through before the next turn of the event loop. */
const allThatCan = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
