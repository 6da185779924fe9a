/**
 * The record as this seat may see it, kept up to date: frames of type 110 from a socket are folded as they come, a gap is fetched.
 * Nothing is written here; what a desk shows as stated or decided has come through this door.
 */
import { createDecoder, readVarString, readVarUint } from "lib0/decoding";
import type { RecordFrame, SeenEntry } from "../../shared/domain/entries.ts";
import type { SeenRecord } from "../../shared/domain/seen-record.ts";
import { evolveSeen, nothingSeen } from "../../shared/domain/seen-record.ts";
import { closeCode, message, recordFrameVersion } from "../../shared/wire/protocol.ts";
import { secondsToWait } from "./full-server.ts";

export type Line =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  | { readonly state: "offline"; readonly since: number }
  /** The server has no room for the line now, and is asked again after so long. */
  | { readonly state: "full"; readonly seconds: number }
  /** The server will not have us back as we are: signed out, not allowed, or a page from before an update. */
  | { readonly state: "ended"; readonly why: "signed-out" | "not-allowed" | "reload" };

export interface Seen {
  readonly record: SeenRecord;
  /** All entries, sealed ones included, from 1. */
  readonly entries: readonly SeenEntry[];
  readonly line: Line;
}

/** What a WebSocket is to us; the browser's own fits. */
export type Socket = Pick<WebSocket, "binaryType" | "onopen" | "onmessage" | "onclose" | "close">;

export interface RecordPorts {
  /** @param after the last entry that is here already */
  connect(after: number): Socket;
  fetchAfter(after: number): Promise<Omit<RecordFrame, "kind">>;
  now(): number;
  /** What is known of the record already. */
  readonly frame?: Omit<RecordFrame, "kind">;
}

/** The server speaks at least every 20 s; a line silent for longer than this is dead. */
const silenceMs = 45_000;
/** As a browser says it when a line ends without a word. */
const broken = 1006;
const firstRetryMs = 500;
const longestRetryMs = 15_000;

export class RecordConnection {
  readonly #ports: RecordPorts;
  readonly #listeners = new Set<() => void>();
  readonly #ownSide = new Set<() => void>();
  #seen: Seen = { record: nothingSeen, entries: [], line: { state: "connecting" } };
  #socket: Socket | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #watchdog: ReturnType<typeof setTimeout> | null = null;
  /** When the line was begun, or last spoke. */
  #heardAt = 0;
  #attempts = 0;
  #fetching: Promise<void> | null = null;
  #closed = false;

  constructor(ports: RecordPorts) {
    this.#ports = ports;
    if (ports.frame) this.#fold(ports.frame);
    this.#connect();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The server says that something of the seat's own delegation changed, and not what. */
  readonly onOwnSide = (listener: () => void): (() => void) => {
    this.#ownSide.add(listener);
    return () => this.#ownSide.delete(listener);
  };

  readonly seen = (): Seen => this.#seen;

  /**
   * Try at once: the browser says that it is on line again, the page is looked at again, or a person asks. After a sleep, in which no timer ran,
   * the browser may hold a line for open that is long dead.
   */
  reconnect(): void {
    if (this.#closed || this.#seen.line.state === "ended") return;
    if (this.#socket && this.#ports.now() - this.#heardAt > silenceMs) this.#giveUp();
    if (this.#socket) return;
    if (this.#retry) clearTimeout(this.#retry);
    this.#connect();
  }

  /** Makes sure that the record reaches `seq`, of which a receipt was given, also when the socket is away. */
  async reach(seq: number): Promise<void> {
    if (this.#seen.record.seq < seq) await this.#fetch();
  }

  close(): void {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    if (this.#watchdog) clearTimeout(this.#watchdog);
    this.#socket?.close();
  }

  #connect(): void {
    this.#retry = null;
    const socket = this.#ports.connect(this.#seen.record.seq);
    this.#socket = socket;
    this.#heardAt = this.#ports.now();
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#watch();
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.#watch();
      if (!(data instanceof ArrayBuffer)) return;
      const bytes = new Uint8Array(data);
      const frame = frameIn(bytes);
      if (frame) this.take(frame);
      else if (bytes[0] === message.ownSide) for (const listener of this.#ownSide) listener();
    };
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#lost(code);
    };
  }

  #watch(): void {
    this.#heardAt = this.#ports.now();
    if (this.#watchdog) clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#giveUp(), silenceMs);
  }

  /** The other end of a dead line answers no good-bye, and a browser waits a minute for it. */
  #giveUp(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#lost(broken);
    socket.close();
  }

  #lost(code: number): void {
    this.#socket = null;
    if (this.#watchdog) clearTimeout(this.#watchdog);
    if (this.#closed) return;
    const why = endings.get(code);
    if (why) {
      this.#publish({ line: { state: "ended", why } });
      return;
    }
    // Only to another way, once: nothing was lost that would be worth a word.
    if (code === closeCode.moving && this.#attempts++ === 0) return this.#connect();
    if (code === closeCode.full) {
      const seconds = secondsToWait();
      this.#publish({ line: { state: "full", seconds } });
      this.#retry = setTimeout(() => this.#connect(), seconds * 1_000);
      return;
    }
    if (this.#seen.line.state !== "offline") {
      this.#publish({ line: { state: "offline", since: this.#ports.now() } });
    }
    const wait = Math.min(firstRetryMs * 2 ** this.#attempts++, longestRetryMs);
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  /** A frame, from this socket or from the text's: whichever brings an entry first. */
  take(frame: Omit<RecordFrame, "kind">): void {
    this.#fold(frame);
    // Whatever brought it, the server is there: no need to wait for the next try.
    this.#attempts = 0;
    this.reconnect();
  }

  #fold(frame: Omit<RecordFrame, "kind">): void {
    if (frame.after > this.#seen.record.seq) {
      void this.#fetch();
      return;
    }
    const fresh = frame.events.filter(({ seq }) => seq > this.#seen.record.seq);
    const live = this.#socket !== null ? ({ line: { state: "live" } } as const) : {};
    if (fresh.length === 0) {
      if (this.#seen.line.state !== "live") this.#publish(live);
      return;
    }
    this.#publish({
      ...live,
      record: evolveSeen(this.#seen.record, fresh),
      entries: [...this.#seen.entries, ...fresh],
    });
  }

  #fetch(): Promise<void> {
    this.#fetching ??= this.#ports.fetchAfter(this.#seen.record.seq).then(
      (frame) => {
        this.#fetching = null;
        if (frame.after <= this.#seen.record.seq) this.take(frame);
      },
      () => {
        // The line is bad; the snapshot of the next connection closes the gap.
        this.#fetching = null;
        this.#socket?.close();
      },
    );
    return this.#fetching;
  }

  #publish(change: Partial<Seen>): void {
    this.#seen = { ...this.#seen, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const endings: ReadonlyMap<number, "signed-out" | "not-allowed" | "reload"> = new Map([
  [closeCode.notSignedIn, "signed-out"],
  [closeCode.notAllowed, "not-allowed"],
  [closeCode.reload, "reload"],
]);

/** The record frame in a message, or null for every other message: they are the text's. */
function frameIn(bytes: Uint8Array): RecordFrame | null {
  const decoder = createDecoder(bytes);
  if (readVarUint(decoder) !== message.record) return null;
  if (readVarUint(decoder) !== recordFrameVersion) return null;
  return JSON.parse(readVarString(decoder)) as RecordFrame;
}
