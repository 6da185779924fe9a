/**
 * Updates from others wait while an input method composes (BIN8): redrawing a paragraph under it leaves half-composed letters in the text.
 * They wait before they reach the Y.Doc, so that the view stays what its Y.Doc says; one's own edits go out all the while.
 */
import { readCaret } from "./caret.ts";

export const settleMs = 60;
export const patienceMs = 5_000;

export class CompositionHold {
  readonly #target: HTMLElement;
  #waiting: (() => void)[] = [];
  #composing = false;
  /** The composition is over, and its last letters are being read. */
  #settling: ReturnType<typeof setTimeout> | undefined;
  /** Whoever composes without end must not keep the others' words away for ever. */
  #patience: ReturnType<typeof setTimeout> | undefined;

  /** @param target where composition events arrive: the editor's element */
  constructor(target: HTMLElement) {
    this.#target = target;
    target.addEventListener("compositionstart", this.#onStart);
    target.addEventListener("compositionend", this.#onEnd);
  }

  /** Runs at once, or in its turn when the composition is over. */
  pass(deliver: () => void): void {
    if (!this.#composing) {
      readCaret(this.#target);
      return deliver();
    }
    if (this.#waiting.push(deliver) === 1) this.#patience = setTimeout(() => this.#deliver(), patienceMs);
  }

  destroy(): void {
    this.#target.removeEventListener("compositionstart", this.#onStart);
    this.#target.removeEventListener("compositionend", this.#onEnd);
    this.#settle();
  }

  readonly #onStart = (): void => {
    clearTimeout(this.#settling);
    this.#composing = true;
  };

  readonly #onEnd = (): void => {
    this.#settling = setTimeout(() => this.#settle(), settleMs);
  };

  #settle(): void {
    clearTimeout(this.#settling);
    this.#composing = false;
    this.#deliver();
  }

  #deliver(): void {
    clearTimeout(this.#patience);
    for (const deliver of this.#waiting.splice(0)) deliver();
  }
}
