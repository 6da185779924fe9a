/**
 * Updates from others wait while an input method composes (BIN8): redrawing a paragraph under it leaves half-composed letters in the text.
 * They wait before they reach the Y.Doc, so that the view stays what its Y.Doc says; one's own edits go out all the while.
 */
import * as decoding from "lib0/decoding";
import type { WebsocketProvider } from "y-websocket";
import { messageYjsSyncStep1 } from "y-protocols/sync";
import { message } from "../../shared/wire/protocol.ts";

export const settleMs = 60;
export const patienceMs = 5_000;

export class CompositionHold {
  readonly #target: EventTarget;
  #waiting: (() => void)[] = [];
  #composing = false;
  /** The composition is over, and its last letters are being read. */
  #settling: ReturnType<typeof setTimeout> | undefined;
  /** Whoever composes without end must not keep the others' words away for ever. */
  #patience: ReturnType<typeof setTimeout> | undefined;

  /** @param target where composition events arrive: the editor's element */
  constructor(target: EventTarget) {
    this.#target = target;
    target.addEventListener("compositionstart", this.#onStart);
    target.addEventListener("compositionend", this.#onEnd);
  }

  /** Runs at once, or in its turn when the composition is over. */
  pass(deliver: () => void): void {
    if (!this.#composing) return deliver();
    if (this.#waiting.push(deliver) === 1) this.#patience = setTimeout(() => this.#deliver(), patienceMs);
  }

  /** Lets a provider's sync messages pass through here. Questions are answered at once; only what changes the text waits. */
  attach(provider: Pick<WebsocketProvider, "messageHandlers">): void {
    const handle = provider.messageHandlers[message.sync];
    if (!handle) throw new Error("composition: the provider handles no sync messages");
    provider.messageHandlers[message.sync] = (encoder, decoder, ...rest) => {
      if (decoding.peekVarUint(decoder) === messageYjsSyncStep1) handle(encoder, decoder, ...rest);
      else this.pass(() => handle(encoder, decoder, ...rest));
    };
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
