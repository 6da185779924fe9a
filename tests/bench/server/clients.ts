/** Who drives the servers: readers as cheap as they can be, so that thousands fit beside what is measured, and writers with a document. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { bodyIn } from "../../support/report-doc.ts";
import type { Running } from "./servers.ts";
import { pause } from "./servers.ts";

const nothingYet: Uint8Array = Uint8Array.of(0);
/** What is typed says when. */
const stamp = /@(\d+\.\d+)@/g;
export const typed = (): string => `@${performance.now().toFixed(3)}@`;
export const stampsIn = (bytes: Uint8Array): number[] =>
  [...Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1").matchAll(stamp)].map(([, at]) =>
    Number(at),
  );

/** A bare websocket that counts, and tells apart only what it is asked to. */
export class Reader {
  bytes = 0;
  /** Called with the payload of each update. */
  onUpdate: ((payload: Buffer) => void) | null = null;
  onComplete: (() => void) | null = null;
  /** Something new is on the record. */
  onRecord: (() => void) | null = null;
  readonly #socket: Socket;
  readonly #server: Running;
  /** Of the state that it waits for. */
  readonly #atLeast: number;
  #rest: Buffer | null = null;
  #isOpen = false;
  #opened: () => void = () => undefined;

  private constructor(server: Running, room: number, stateVector: Uint8Array, query: string) {
    const { hostname, port, pathname } = new URL(server.url(room));
    this.#server = server;
    this.#atLeast = stateVector === nothingYet ? server.wholeBytes : 0;
    this.#socket = connect({ port: Number(port), host: hostname, noDelay: true });
    this.#socket.on("error", () => undefined);
    this.#socket.write(
      `GET ${pathname}${query} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    this.#socket.on("data", (chunk) => this.#hear(chunk));
    const hello = server.wire.hello(stateVector);
    this.#opened = () => {
      for (const frame of hello) this.send(frame);
    };
  }

  /** Resolves when it has its first state. */
  static async open(server: Running, { room = 0, stateVector = nothingYet, query = "" } = {}): Promise<Reader> {
    const reader = new Reader(server, room, stateVector, query);
    await new Promise<void>((resolve) => (reader.onComplete = resolve));
    return reader;
  }

  send(payload: Uint8Array): void {
    this.#socket.write(masked(0x82, payload));
  }

  close(): void {
    this.#socket.destroy();
  }

  #hear(chunk: Buffer): void {
    let bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = null;
    if (!this.#isOpen) {
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) {
        this.#rest = bytes;
        return;
      }
      if (!bytes.subarray(0, 12).equals(Buffer.from("HTTP/1.1 101"))) throw new Error(bytes.toString("latin1", 0, end));
      this.#isOpen = true;
      this.#opened();
      bytes = bytes.subarray(end + 4);
    }
    let at = 0;
    for (;;) {
      const left = bytes.length - at;
      if (left < 2) break;
      let length = (bytes[at + 1] as number) & 127;
      let head = 2;
      if (length === 126) {
        if (left < 4) break;
        length = bytes.readUInt16BE(at + 2);
        head = 4;
      } else if (length === 127) {
        if (left < 10) break;
        length = Number(bytes.readBigUInt64BE(at + 2));
        head = 10;
      }
      if (left < head + length) break;
      this.#frame((bytes[at] as number) & 15, bytes.subarray(at + head, at + head + length));
      at += head + length;
    }
    // A copy: the rest of a large frame must not hold the whole chunk.
    if (at < bytes.length) this.#rest = at === 0 ? bytes : Buffer.from(bytes.subarray(at));
  }

  #frame(opcode: number, payload: Buffer): void {
    if (opcode === 9) this.#socket.write(masked(0x8a, payload));
    if (opcode !== 2) return;
    this.bytes += payload.length;
    const { skip } = this.#server.wire;
    if (payload[0] === 110) this.onRecord?.();
    if (payload[skip] !== 0 && payload[skip] !== 4) return;
    const kind = payload[skip + 1];
    if (this.onComplete && (kind === 1 || kind === 2) && payload.length >= this.#atLeast) {
      this.onComplete();
      this.onComplete = null;
    } else if (kind === 2) this.onUpdate?.(payload);
  }
}

/** With a mask of zeros, which is a mask too. */
function masked(first: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([first, 128 | length, 0, 0, 0, 0])
      : Buffer.from([first, 128 | 126, length >> 8, length & 255, 0, 0, 0, 0]);
  if (length > 65_535) throw new Error("a reader has nothing so long to say");
  return Buffer.concat([head, payload]);
}

/** So many at a time, so that the accepting of sockets is no storm. */
export async function openReaders(
  server: Running,
  count: number,
  options: Parameters<typeof Reader.open>[1] = {},
): Promise<Reader[]> {
  const readers: Reader[] = [];
  while (readers.length < count) {
    const some = Math.min(50, count - readers.length);
    readers.push(...(await Promise.all(Array.from({ length: some }, () => Reader.open(server, options)))));
  }
  return readers;
}

/** A client as an editor is one: a whole document, kept in step. */
export class Writer {
  readonly doc = new Y.Doc();
  /** The last mark that the server has answered: up to there all is on disk. */
  durable = 0;
  marks = 0;
  /** Told of what others typed. */
  onStamp: ((at: number) => void) | null = null;
  onDurable: ((n: number) => void) | null = null;
  readonly #server: Running;
  /** The limit passes on what it does not understand: nobody can keep a document by that. */
  readonly #keepsDocument: boolean;
  readonly #own = new Set<number>();
  #socket: WebSocket | null = null;
  #synced: () => void = () => undefined;

  constructor(server: Running) {
    this.#server = server;
    this.#keepsDocument = server.kind !== "limit" && server.kind !== "gathered";
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.give(update);
    });
  }

  static async open(server: Running): Promise<Writer> {
    const writer = new Writer(server);
    writer.doc.clientID = await server.clientId();
    await writer.connect();
    return writer;
  }

  async connect(): Promise<void> {
    const { wire } = this.#server;
    const socket = new WebSocket(this.#server.url(), { headers: this.#server.headers(), perMessageDeflate: false });
    this.#socket = socket;
    socket.on("error", () => undefined);
    socket.on("message", (data: Buffer) => this.#hear(data));
    await once(socket, "open");
    const synced = new Promise<void>((resolve) => (this.#synced = resolve));
    for (const frame of wire.hello(Y.encodeStateVector(this.doc))) socket.send(frame);
    await synced;
    if (this.#server.wholeBytes > 0) await comesTrue(() => this.doc.getMap("blocks").size > 0);
  }

  /** Sends an update, and asks for word of it where the server gives any. */
  give(update: Uint8Array): void {
    const { wire } = this.#server;
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(wire.update(update));
    const mark = wire.mark(++this.marks);
    if (mark) this.#socket.send(mark);
  }

  type(paragraph: number): void {
    const word = typed();
    this.#own.add(Number(word.slice(1, -1)));
    bodyIn(this.doc, `p${paragraph}`).insert(0, word);
  }

  close(): void {
    this.#socket?.terminate();
  }

  #hear(data: Buffer): void {
    const heard = this.#server.wire.hear(data);
    switch (heard.kind) {
      case "question":
        this.#socket?.send(this.#server.wire.answer(Y.encodeStateAsUpdate(this.doc, heard.bytes)));
        break;
      case "state":
        Y.applyUpdate(this.doc, heard.bytes, this);
        this.#synced();
        break;
      case "update":
        if (this.onStamp) for (const at of stampsIn(data)) if (!this.#own.has(at)) this.onStamp(at);
        if (this.#keepsDocument) Y.applyUpdate(this.doc, heard.bytes, this);
        break;
      case "durable":
        this.durable = heard.mark;
        this.onDurable?.(this.durable);
        break;
      case "other":
    }
  }
}

/** Every word in order, by which two documents are the same. */
export const wordsIn = (doc: Y.Doc): string =>
  JSON.stringify(
    [...doc.getMap<Y.Map<unknown>>("blocks")]
      .map(([id, fields]) => `${id} ${(fields.get("body") as Y.Text).toJSON()}`)
      .toSorted((a, b) => (a < b ? -1 : 1)),
  );

/** What somebody sees who comes now. */
export async function asSeenNow(server: Running): Promise<Y.Doc> {
  const onlooker = new Writer(server);
  await onlooker.connect();
  onlooker.close();
  return onlooker.doc;
}

/** True as soon as it is; false when it has not come to be within `ms`. */
export async function comesTrue(isSo: () => boolean, ms = 20_000): Promise<boolean> {
  const end = performance.now() + ms;
  while (!isSo()) {
    if (performance.now() > end) return false;
    await pause(1);
  }
  return true;
}
