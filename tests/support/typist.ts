/** A stock client that types words into a paragraph of its own, and remembers which of them the server said are durable. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { blocksOf, bodyOf, newYBlock, yBlock } from "../../shared/sync/model.ts";
import { closeCode, message } from "../../shared/wire/protocol.ts";
import type { History, Writer } from "./history.ts";
import type { Caller, ServerProcess } from "./server-process.ts";
import { idOf } from "./table.ts";

export class Typist implements Writer {
  readonly paragraph: ParagraphId;
  readonly typed: string[] = [];
  durable = 0;
  /** The last mark that a paste has asked about, beyond those of words. */
  marks = 1;
  /** With which codes its lines ended, other than that the server was gone. */
  readonly closed: number[] = [];
  /** How long each mark waited for its answer, in ms. */
  readonly waits: number[] = [];
  readonly #doc = new Y.Doc();
  readonly #provider: WebsocketProvider;
  readonly #synced: Promise<void>;
  readonly #marked = new Map<number, number>();
  /** The server has been told what it lacked, on this socket: only now does a mark say what it seems to say. */
  #isResynced = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(base: string, room: string, clientId: number, name: string, token: string) {
    this.paragraph = idOf(name);
    this.#doc.clientID = clientId;
    const provider = new WebsocketProvider(`${base.replace("http", "ws")}/sync`, room, this.#doc, {
      disableBc: true,
      WebSocketPolyfill: class extends WebSocket {
        constructor(url: string | URL) {
          super(url, { headers: { authorization: `Bearer ${token}` } });
        }
      } as unknown as typeof globalThis.WebSocket,
    });
    this.#provider = provider;
    this.#synced = new Promise((resolve) => provider.once("sync", () => resolve()));
    const stock = provider.messageHandlers[message.sync] as (typeof provider.messageHandlers)[number];
    provider.messageHandlers[message.sync] = (encoder, decoder, ...rest) => {
      const isQuestion = decoding.peekVarUint(decoder) === 0;
      stock(encoder, decoder, ...rest);
      // The answer goes out when this handler has returned.
      if (isQuestion) setImmediate(() => this.#resynced());
    };
    provider.messageHandlers[message.durable] = (_encoder, decoder) =>
      this.#acknowledged(decoding.readVarUint(decoder));
    provider.messageHandlers[message.record] = () => undefined;
    provider.messageHandlers[message.refused] = (_encoder, decoder) => {
      throw new Error(`refused: ${decoding.readVarString(decoder)}`);
    };
    provider.on("connection-close", (event) => {
      this.#isResynced = false;
      const gone = [1006, closeCode.restarting];
      if (event && !gone.includes(event.code)) this.closed.push(event.code);
    });
  }

  get isOnline(): boolean {
    return this.#provider.wsconnected;
  }

  /** Types a word now and then, on line or not. */
  async begin(everyMs = 25): Promise<void> {
    await this.#synced;
    blocksOf(this.#doc).set(
      this.paragraph,
      newYBlock({ kind: "paragraph", level: 0, part: "consensus", content: [] }, "m"),
    );
    this.#timer = setInterval(() => this.type(), everyMs);
  }

  type(): void {
    const block = yBlock(blocksOf(this.#doc), this.paragraph);
    const body = block && bodyOf(block);
    if (!body) return;
    const word = `w${this.typed.length}.`;
    body.insert(body.length, word);
    this.typed.push(word);
    this.#mark();
  }

  /** Puts so many words in, and takes them out again with the next: a text that changes much and stays short. */
  paste(words: string): void {
    const body = bodyOf(yBlock(blocksOf(this.#doc), this.paragraph)!)!;
    const own = this.typed.join("").length;
    this.#doc.transact(() => {
      body.delete(own, body.length - own);
      body.insert(own, words);
    });
    this.marks += 1;
    this.#mark(this.marks);
  }

  /** Types no more; what was typed is still sent. */
  rest(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  stop(): void {
    this.rest();
    this.#provider.destroy();
    this.#doc.destroy();
  }

  #resynced(): void {
    this.#isResynced = true;
    this.#mark();
  }

  #mark(mark = this.typed.length): void {
    const { ws } = this.#provider;
    if (!this.#isResynced || ws?.readyState !== WebSocket.OPEN) return;
    this.#marked.set(mark, performance.now());
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, message.mark);
    encoding.writeVarUint(encoder, mark);
    ws.send(encoding.toUint8Array(encoder));
  }

  #acknowledged(mark: number): void {
    this.durable = Math.max(this.durable, mark);
    const asked = this.#marked.get(mark);
    this.#marked.delete(mark);
    if (asked !== undefined) this.waits.push(performance.now() - asked);
  }
}

/** Typists of the chair's team, each with a client id from the server. */
export async function crowdOf(
  server: ServerProcess,
  chair: Caller,
  names: readonly string[],
  history: History,
): Promise<Typist[]> {
  const room = (await chair.info()).rooms.text as string;
  const crowd = await Promise.all(
    names.map(async (name) => new Typist(server.base, room, await chair.clientId(room), name, chair.token)),
  );
  return crowd.map((typist) => history.watch(typist));
}

/** The smallest wait that all but one in a hundred stayed below, in whole ms. */
export function p99(waits: readonly number[]): number {
  const sorted = waits.toSorted((a, b) => a - b);
  return Math.ceil(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0);
}
