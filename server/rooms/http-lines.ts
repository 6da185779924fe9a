/**
 * A socket's work over plain HTTP, for networks that refuse websockets (SPEC: LIN). A line is opened through the same door as a socket,
 * and to the room it is a socket. Down it goes by long polls: one is answered as soon as there is something to tell, and at the latest
 * with the next keep-alive; a stream would be held back by the very proxies this is for. Up it goes by bodies of numbered frames.
 */
import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Actor } from "../../shared/domain/roster.ts";
import { spellSeat } from "../../shared/domain/roster.ts";
import type { Parcel } from "../../shared/wire/http-line.ts";
import { closeHeader, pack, packedLength, unpack } from "../../shared/wire/http-line.ts";
import { closeCode } from "../../shared/wire/protocol.ts";
import type { Limits } from "../limits.ts";
import { Bucket } from "./allowance.ts";
import type { Clock } from "./clock.ts";
import type { Admission, OpenSocket } from "./sockets.ts";

export interface HttpLines {
  /** Opens a line for `POST /sync/ROOM` and answers its name, a secret; null is no, for whatever reason. */
  open(request: IncomingMessage): Promise<string | null>;
  /** Answers `POST /sync/ROOM/LINE`, now or when there is something to tell. False is no, and nothing was answered. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** There is such a line, which has its own limit of requests. */
  knows(path: string): boolean;
}

interface Doors {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly random: (count: number) => Uint8Array;
  readonly admit: (request: IncomingMessage, url: URL) => Promise<Admission | null>;
  /** False: there are too many of them already. */
  readonly enter: (socket: OpenSocket, request: IncomingMessage, admission: Admission) => boolean;
}

interface Line {
  readonly socket: HttpSocket;
  readonly admission: Admission;
  readonly requests: Bucket;
}

const path = /^(\/sync\/[0-9A-Za-z]{22})(?:\/([\w-]{43}))?(\?[\x21-\x7e]*)?$/;

export function httpLines({ clock, limits, random, admit, enter }: Doors): HttpLines {
  const lines = new Map<string, Line>();

  /** Each request passes the door that a handshake passes. */
  async function identify(request: IncomingMessage): Promise<Admission | null> {
    const [, room = "", , query = ""] = path.exec(request.url ?? "") ?? [];
    return room === "" ? null : admit(request, new URL(room + query, "http://localhost"));
  }

  return {
    async open(request) {
      const [, , line] = path.exec(request.url ?? "") ?? [];
      const admission = line === undefined ? await identify(request) : null;
      if (!admission) return null;
      const socket = new HttpSocket(clock, limits);
      if (!enter(socket, request, admission)) return null;
      const name = Buffer.from(random(32)).toString("base64url");
      const requests = new Bucket(limits.lineRequestsBurst, limits.lineRequestsPerSecond / 1_000, clock.now());
      lines.set(name, { socket, admission, requests });
      socket.on("close", () => lines.delete(name));
      return name;
    },

    async serve(request, response) {
      const [, , name = "", query = ""] = path.exec(request.url ?? "") ?? [];
      const line = lines.get(name);
      if (!line) return false;
      const { socket } = line;
      const admission = await identify(request);
      if (!admission || !isSame(admission, line.admission)) {
        // Who has just lost a right is told so, and nothing else.
        if (!socket.isEnding) return false;
        socket.tellEnding(response);
        return true;
      }
      if (!line.requests.take(1, clock.now())) socket.close(closeCode.tooFast, "too fast");
      const asked = new URLSearchParams(query);
      const received = asked.get("received");
      if (asked.has("leave")) socket.terminate();
      else if (received !== null) {
        socket.poll(response, Number(received), !asked.has("now"));
        return true;
      } else await hear(socket, request);
      response.writeHead(204, { "Cache-Control": "no-store" }).end();
      return true;
    },

    knows: (url) => lines.has(path.exec(url)?.[2] ?? ""),
  };

  async function hear(socket: HttpSocket, request: IncomingMessage): Promise<void> {
    const body = await bodyOf(request, limits.frameBytes + 2 * packedLength(new Uint8Array()));
    // As `ws` closes what is larger than it takes.
    if (body === null) return socket.close(1009, "too large");
    const parcel = unpack(body);
    if (parcel) socket.hear(parcel);
    else socket.close(closeCode.malformed, "malformed");
  }
}

const isSame = (one: Admission, other: Admission): boolean =>
  one.room === other.room && spell(one.actor) === spell(other.actor);

const spell = (actor: Actor | null): string => (actor ? `${actor.person} ${spellSeat(actor.seat)}` : "");

/** Null when it is larger than `limit`, of which no more is kept. */
async function bodyOf(request: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= limit) chunks.push(chunk);
  }
  return bytes <= limit ? Buffer.concat(chunks) : null;
}

const open = 1;
const closing = 2;
const closed = 3;

/** What `ws` has for a room, with the frames kept until the other end says that it has them. */
class HttpSocket extends EventEmitter implements OpenSocket {
  readonly OPEN = open;
  readyState = open;
  /** Bytes of all that is not confirmed. */
  bufferedAmount = 0;
  readonly #clock: Clock;
  readonly #limits: Limits;
  /** Not confirmed yet, oldest first. */
  #frames: Uint8Array[] = [];
  /** Number of the oldest of them. */
  #first = 1;
  /** Number of the last frame that came. */
  #heard = 0;
  #poll: ServerResponse | null = null;
  #cancelAnswer: (() => void) | null = null;
  #ending: string | null = null;

  constructor(clock: Clock, limits: Limits) {
    super();
    this.#clock = clock;
    this.#limits = limits;
  }

  get isEnding(): boolean {
    return this.#ending !== null;
  }

  send(frame: Uint8Array): void {
    if (this.readyState !== open) return;
    this.#frames.push(frame);
    this.bufferedAmount += frame.length;
    this.#answerSoon();
  }

  close(code: number, reason: string): void {
    if (this.readyState !== open) return;
    this.readyState = closing;
    this.#ending = `${code} ${reason}`;
    this.#answer();
    // The other end leaves when it has heard of it; who does not is not waited for.
    this.#clock.after(this.#limits.closeGraceMs, () => this.terminate());
  }

  terminate(): void {
    if (this.readyState === closed) return;
    this.readyState = closed;
    this.#answer();
    this.#cancelAnswer?.();
    this.emit("close");
  }

  /** The keep-alive that comes along with each ping answers the poll, and the next poll is the pong. */
  ping(): void {}

  /**
   * @param received number of the last frame that the other end has
   * @param waits until there is something to tell
   */
  poll(response: ServerResponse, received: number, waits: boolean): void {
    this.emit("pong");
    const confirmed = received - this.#first + 1;
    if (!Number.isInteger(received) || confirmed > this.#frames.length) this.close(closeCode.malformed, "malformed");
    // Else it is late: its successor was faster.
    else if (confirmed >= 0) {
      for (const frame of this.#frames.splice(0, confirmed)) this.bufferedAmount -= frame.length;
      this.#first = received + 1;
    }
    this.#answer();
    this.#poll = response;
    response.on("close", () => {
      if (this.#poll === response) this.#poll = null;
    });
    if (!waits || this.readyState !== open) this.#answer();
    else if (this.#frames.length > 0) this.#answerSoon();
  }

  /** Frames that were heard before are passed over: a body may come twice. */
  hear({ first, frames }: Parcel): void {
    this.emit("pong");
    // Something is missing in between, and will not come any more.
    if (first > this.#heard + 1) return this.close(closeCode.moving, "frames are missing");
    for (const frame of frames.slice(this.#heard + 1 - first)) {
      this.#heard++;
      if (this.readyState === open) this.emit("message", frame, true);
    }
  }

  tellEnding(response: ServerResponse): void {
    this.#write(response, []);
  }

  /** What is told in one moment goes in one answer: each costs a request. */
  #answerSoon(): void {
    if (!this.#poll) return;
    this.#cancelAnswer ??= this.#clock.after(this.#limits.lineBatchMs, () => this.#answer());
  }

  #answer(): void {
    const response = this.#poll;
    this.#cancelAnswer?.();
    this.#cancelAnswer = null;
    this.#poll = null;
    if (response) this.#write(response, this.#frames);
  }

  #write(response: ServerResponse, frames: readonly Uint8Array[]): void {
    response.writeHead(200, {
      "Content-Type": "application/octet-stream",
      "Cache-Control": "no-store",
      ...(this.#ending !== null && { [closeHeader]: this.#ending }),
    });
    response.end(pack({ first: this.#first, frames }));
  }
}
