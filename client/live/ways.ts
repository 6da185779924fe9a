/**
 * Which way the lines of this page take: websockets, or plain HTTP where the network refuses them (SPEC: WAY). Nobody is asked; what
 * became of the last handshakes decides, and a page on HTTP goes back to websockets as soon as one of them is heard.
 */
import { closeCode } from "../../shared/wire/protocol.ts";
import { HttpSocket } from "./http-socket.ts";
import { PatientSocket } from "./patient-socket.ts";

export type Way = "websocket" | "http";

export interface WayPorts {
  readonly webSocket: (url: string, patienceMs?: number) => PatientSocket;
  readonly httpSocket: (url: string) => HttpSocket;
  /** Lasts as long as the tab; null where the browser keeps nothing. */
  readonly memory: Pick<Storage, "getItem" | "setItem"> | null;
  readonly after: (ms: number, run: () => void) => () => void;
}

const key = "rapporteur.way";
/** So many handshakes fail in a row before the other way is tried: few where none was ever heard, more where the server may be restarting. */
const failures = { unheard: 2, heard: 6 } as const;
/** While no websocket was ever heard here, one that hangs must not cost much of the ten seconds in which a desk is to work (F22). */
const unheardPatienceMs = 5_000;
const firstProbeMs = 30_000;
const longestProbeMs = 600_000;

export class Ways {
  readonly #ports: WayPorts;
  readonly #listeners = new Set<() => void>();
  /** Open lines over HTTP. */
  readonly #overHttp = new Set<HttpSocket>();
  #way: Way;
  /** Handshakes in a row after which nothing was heard. */
  #failed = 0;
  #wasHeard = false;
  /** HTTP was tried and did not do either: nothing can be told of the network. */
  #httpFailed = false;
  #cancelProbe: (() => void) | null = null;
  #probeMs = firstProbeMs;

  constructor(ports: WayPorts) {
    this.#ports = ports;
    this.#way = ports.memory?.getItem(key) === "http" ? "http" : "websocket";
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly way = (): Way => this.#way;

  /** A line to `url`, by the way that works here; shaped like a WebSocket. */
  readonly open = (url: string): PatientSocket | HttpSocket =>
    this.#way === "http" ? this.#openHttp(url) : this.#openWebSocket(url);

  /** Another network, for all we know: what the last one refused is tried again. */
  networkChanged(): void {
    this.#wasHeard = false;
    if (this.#way === "http") this.#probe();
  }

  #openWebSocket(url: string): PatientSocket {
    const isUnheard = !this.#wasHeard && !this.#httpFailed;
    const socket = this.#ports.webSocket(url, isUnheard ? unheardPatienceMs : undefined);
    let heard = false;
    const hear = (): void => {
      heard = this.#wasHeard = true;
      this.#failed = 0;
      this.#httpFailed = false;
    };
    socket.addEventListener("message", hear, { once: true });
    socket.addEventListener("close", ({ code }) => {
      // A code of its own is a word of the server.
      if (heard || code >= 4_000 || code === closeCode.restarting || code === closeCode.full) return;
      // One that hangs was refused by whoever swallows it.
      this.#failed += isUnheard && socket.isGivenUp ? failures.unheard : 1;
      if (this.#failed >= (this.#wasHeard ? failures.heard : failures.unheard)) this.#take("http");
    });
    return socket;
  }

  #openHttp(url: string): HttpSocket {
    const socket = this.#ports.httpSocket(url);
    let isOpen = false;
    socket.addEventListener("open", () => {
      isOpen = true;
      this.#overHttp.add(socket);
      this.#cancelProbe ??= this.#ports.after(this.#probeMs, () => this.#probe());
    });
    socket.addEventListener("close", () => {
      this.#overHttp.delete(socket);
      if (isOpen || this.#way !== "http") return;
      // The server is away, or it lets nobody in: the ways take turns until one of them is heard.
      this.#httpFailed = true;
      this.#take("websocket");
    });
    return socket;
  }

  /** Tries a websocket beside what works; only when it is heard, the lines move over. */
  #probe(): void {
    this.#cancelProbe?.();
    this.#cancelProbe = null;
    const [line] = this.#overHttp;
    if (!line || this.#way !== "http") return;
    const socket = this.#ports.webSocket(line.url);
    socket.addEventListener(
      "message",
      () => {
        socket.close();
        this.#wasHeard = true;
        this.#probeMs = firstProbeMs;
        this.#take("websocket");
        for (const open of this.#overHttp) open.close(closeCode.moving);
      },
      { once: true },
    );
    socket.addEventListener("close", () => {
      if (this.#way !== "http") return;
      this.#probeMs = Math.min(2 * this.#probeMs, longestProbeMs);
      this.#cancelProbe ??= this.#ports.after(this.#probeMs, () => this.#probe());
    });
  }

  #take(way: Way): void {
    this.#failed = 0;
    if (way === this.#way) return;
    this.#way = way;
    this.#ports.memory?.setItem(key, way);
    for (const listener of this.#listeners) listener();
  }
}

/** The ways of this page, shared by all its lines. */
export const ways = new Ways({
  webSocket: (url, patienceMs) => new PatientSocket(url, patienceMs),
  httpSocket: (url) => new HttpSocket(url),
  memory: memoryOfTab(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});
if (typeof addEventListener === "function") addEventListener("online", () => ways.networkChanged());

function memoryOfTab(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    // Forbidden, as in some private windows.
    return null;
  }
}
