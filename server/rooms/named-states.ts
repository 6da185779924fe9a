/**
 * States too large for a frame, told by a name and fetched over HTTP: compressed, and from any byte on (SPEC: ROO21). In one frame a long
 * text takes longer over a bad line than any client waits for a word, or a socket for its pong.
 */
import type { Limits } from "../limits.ts";
import type { Clock } from "./clock.ts";
import { namedStateFrame, stateIn } from "./frames.ts";

interface Options {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly random: (count: number) => Uint8Array;
}

interface Kept {
  readonly state: Uint8Array;
  readonly cancel: () => void;
}

export class NamedStates {
  readonly #options: Options;
  /** By name, those that nobody asked for longest first. */
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;
  /** By the frame that would have told it: what goes to many is one and the same object. */
  readonly #names = new WeakMap<Uint8Array, string>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** @param step2 the frame that tells it; never changed afterwards */
  name(step2: Uint8Array): Buffer {
    const name = this.#names.get(step2) ?? Buffer.from(this.#options.random(32)).toString("base64url");
    this.#names.set(step2, name);
    const state = stateIn(step2);
    if (!this.state(name)) this.#keep(name, state);
    return namedStateFrame(name, state.length);
  }

  state(name: string): Uint8Array | null {
    const known = this.#kept.get(name);
    if (!known) return null;
    this.#forget(name, known);
    this.#keep(name, known.state);
    return known.state;
  }

  stop(): void {
    for (const [name, known] of this.#kept) this.#forget(name, known);
  }

  #keep(name: string, state: Uint8Array): void {
    const { clock, limits } = this.#options;
    const kept = { state, cancel: clock.after(limits.namedStateMs, () => this.#forget(name, kept)) };
    this.#kept.set(name, kept);
    this.#bytes += state.length;
    for (const [eldest, known] of this.#kept) {
      if (this.#bytes <= limits.namedStatesBytes || eldest === name) break;
      this.#forget(eldest, known);
    }
  }

  #forget(name: string, { state, cancel }: Kept): void {
    cancel();
    this.#kept.delete(name);
    this.#bytes -= state.length;
  }
}
