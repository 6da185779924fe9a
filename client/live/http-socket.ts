/**
 * What a WebSocket does, over plain HTTP, for networks that refuse websockets (server/rooms/SPEC.md: LIN). Frames are numbered both ways:
 * what got lost on the way is asked for, or sent, once more, and is told or applied once.
 */
import type { Parcel } from "../../shared/wire/http-line.ts";
import { closeHeader, pack, packedLength, unpack } from "../../shared/wire/http-line.ts";

/** A body holds no more than this, unless one frame does. */
const bodyBytes = 512 * 1024;
/** As long as a websocket's handshake may take. */
const patienceMs = 15_000;
const firstPauseMs = 250;
const tries = 5;
/** A browser gives a site six connections; a page that nobody looks at does not keep one waiting. */
const unseenMs = 10_000;

/** Without a word of the server. */
const broken = 1006;

interface Answer {
  readonly parcel: Parcel;
  readonly close: string | null;
}

export class HttpSocket extends EventTarget {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readyState = 0;
  binaryType: BinaryType = "arraybuffer";
  onopen: ((event: Event) => unknown) | null = null;
  onmessage: ((event: MessageEvent) => unknown) | null = null;
  onclose: ((event: CloseEvent) => unknown) | null = null;
  /** Never called: what went wrong is in the code of the close. */
  onerror: ((event: Event) => unknown) | null = null;
  readonly url: string;
  readonly #address: URL;
  readonly #page: Document | null;
  readonly #stop = new AbortController();
  /** Number of the last frame that came. */
  #received = 0;
  /** Not confirmed by the server, oldest first. */
  #outbox: Uint8Array[] = [];
  /** Number of the oldest of them. */
  #first = 1;
  #isPosting = false;
  readonly #leave = (): void => this.close();

  /**
   * @param url as for a WebSocket
   * @param page null: always looked at, never left
   */
  constructor(url: string | URL, page: Document | null = document) {
    super();
    this.url = String(url);
    this.#address = new URL(url);
    this.#address.protocol = this.#address.protocol === "wss:" ? "https:" : "http:";
    this.#page = page;
    this.addEventListener("open", (event) => this.onopen?.(event));
    this.addEventListener("message", (event) => this.onmessage?.(event as MessageEvent));
    this.addEventListener("close", (event) => this.onclose?.(event as CloseEvent));
    page?.defaultView?.addEventListener("pagehide", this.#leave);
    void this.#open();
  }

  send(frame: Uint8Array): void {
    if (this.readyState !== this.OPEN) return;
    this.#outbox.push(frame.slice());
    void this.#post();
  }

  close(code = 1000): void {
    if (this.readyState === this.CLOSED) return;
    if (this.readyState === this.OPEN) {
      void fetch(this.#spell("leave"), { method: "POST", keepalive: true }).catch(() => undefined);
    }
    this.#end(code);
  }

  async #open(): Promise<void> {
    const giveUp = setTimeout(() => this.#end(broken), patienceMs);
    try {
      const response = await fetch(this.#address, { method: "POST", signal: this.#stop.signal });
      if (!response.ok) return this.#end(broken);
      const { line } = (await response.json()) as { line: string };
      this.#address.pathname += `/${line}`;
    } catch {
      return this.#end(broken);
    } finally {
      clearTimeout(giveUp);
    }
    if (this.readyState !== this.CONNECTING) return;
    this.readyState = this.OPEN;
    this.#dispatch("open", {});
    await this.#listen();
  }

  async #listen(): Promise<void> {
    while (this.readyState === this.OPEN) {
      const isUnseen = this.#page?.visibilityState === "hidden";
      const answer = await this.#ask(`received=${this.#received}${isUnseen ? "&now" : ""}`);
      if (!answer) return;
      const { parcel, close } = answer;
      for (const frame of parcel.frames.slice(Math.max(0, this.#received + 1 - parcel.first))) {
        this.#received++;
        if (this.readyState === this.OPEN) this.#tell(frame);
      }
      if (close !== null) return this.close(Number.parseInt(close));
      if (isUnseen) await this.#seen();
    }
  }

  #tell(frame: Uint8Array): void {
    this.#dispatch("message", { data: frame.slice().buffer });
  }

  async #post(): Promise<void> {
    if (this.#isPosting) return;
    this.#isPosting = true;
    while (this.#outbox.length > 0 && this.readyState === this.OPEN) {
      const frames = firstOf(this.#outbox);
      const answer = await this.#ask("", pack({ first: this.#first, frames }));
      if (!answer) return;
      this.#outbox.splice(0, frames.length);
      this.#first += frames.length;
    }
    this.#isPosting = false;
  }

  /** What the server answers, asked several times if need be; null when the line is over. */
  async #ask(query: string, body: Uint8Array<ArrayBuffer> | null = null): Promise<Answer | null> {
    for (let pauseMs = firstPauseMs, left = tries; left > 0; left--, pauseMs *= 2) {
      try {
        const response = await fetch(this.#spell(query), { method: "POST", body, signal: this.#stop.signal });
        if (response.ok) {
          const parcel = unpack(new Uint8Array(await response.arrayBuffer())) ?? { first: 1, frames: [] };
          return { parcel, close: response.headers.get(closeHeader) };
        }
        // A gateway whose server is away may have it back in a moment; what our server refuses it refuses for good.
        if (response.status < 500 && response.status !== 429) left = 0;
      } catch {
        // Nobody knows whether it arrived; the numbers see to it that it counts once.
      }
      if (left > 1) await pause(pauseMs, this.#stop.signal);
      if (this.readyState !== this.OPEN) return null;
    }
    this.#end(broken);
    return null;
  }

  #spell(query: string): URL {
    const address = new URL(this.#address);
    if (query !== "") address.search += `${address.search === "" ? "?" : "&"}${query}`;
    return address;
  }

  /** When the page is looked at, and in any case after a while. */
  #seen(): Promise<void> {
    const over = new AbortController();
    const { signal } = this.#stop;
    const look = (): void => over.abort();
    this.#page?.addEventListener("visibilitychange", look, { once: true, signal });
    signal.addEventListener("abort", look);
    return pause(unseenMs, over.signal).finally(() => signal.removeEventListener("abort", look));
  }

  #end(code: number): void {
    if (this.readyState === this.CLOSED) return;
    this.readyState = this.CLOSED;
    this.#stop.abort();
    this.#page?.defaultView?.removeEventListener("pagehide", this.#leave);
    // As a WebSocket does: whoever closes has gone on when it is told.
    queueMicrotask(() => this.#dispatch("close", { code, reason: "", wasClean: code !== broken }));
  }

  /** A listener that throws does not end the line: the platform tells of it as of any other mistake. */
  #dispatch(type: "open" | "message" | "close", particulars: object): void {
    this.dispatchEvent(Object.assign(new Event(type), particulars));
  }
}

function firstOf(frames: readonly Uint8Array[]): readonly Uint8Array[] {
  let bytes = 0;
  const end = frames.findIndex((frame) => (bytes += packedLength(frame)) > bodyBytes);
  return frames.slice(0, end < 0 ? frames.length : Math.max(1, end));
}

/** Over at once when the signal says so. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
