/** A crowd is told in slices, so that telling thousands holds up nobody who has something to say; what is told later reaches each of them later. */
import type { Clock } from "./clock.ts";

/** So many are told before others get a turn of the event loop. */
const slice = 250;

export class InTurns {
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #cancel: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The first are told at once, unless an earlier crowd is still being told. */
  each<T>(crowd: readonly T[], tell: (one: T) => void, onDone: () => void = () => undefined): void {
    const serve = (from: number): void => {
      this.#cancel = null;
      for (const one of crowd.slice(from, from + slice)) tell(one);
      if (from + slice < crowd.length) return this.#soon(() => serve(from + slice));
      const next = this.#waiting.shift();
      if (next) this.#soon(next);
      onDone();
    };
    if (this.#cancel) this.#waiting.push(() => serve(0));
    else serve(0);
  }

  stop(): void {
    this.#cancel?.();
    this.#waiting.length = 0;
  }

  #soon(run: () => void): void {
    this.#cancel = this.#clock.after(0, run);
  }
}
