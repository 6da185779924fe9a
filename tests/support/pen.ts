/** A chair's pen: a stock y-websocket client that writes into the live text as an editor does, and waits until its words are on disk. */
import { randomBytes } from "node:crypto";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { blocksOf, bodyOf, newYBlock, orderedIds, orderOf, yBlock } from "../../shared/sync/model.ts";
import { keyBetween } from "../../shared/sync/order-key.ts";
import type { TextRefusal } from "../../shared/wire/protocol.ts";
import { message } from "../../shared/wire/protocol.ts";

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const newId = (): ParagraphId => [...randomBytes(22)].map((byte) => base62[byte % 62]).join("") as ParagraphId;

export class Pen {
  readonly #doc = new Y.Doc();
  readonly #provider: WebsocketProvider;
  readonly #durable = new Map<number, () => void>();
  #marks = 0;
  readonly #refused: Promise<TextRefusal>;

  private constructor(base: string, room: string, clientId: number, headers: Readonly<Record<string, string>>) {
    this.#doc.clientID = clientId;
    this.#provider = new WebsocketProvider(`${base.replace("http", "ws")}/sync`, room, this.#doc, {
      disableBc: true,
      WebSocketPolyfill: class extends WebSocket {
        constructor(url: string | URL) {
          super(url, { headers });
        }
      } as unknown as typeof globalThis.WebSocket,
    });
    const { messageHandlers } = this.#provider;
    messageHandlers[message.record] = () => undefined;
    messageHandlers[message.durable] = (_encoder, decoder) => this.#durable.get(decoding.readVarUint(decoder))?.();
    this.#refused = new Promise((resolve) => {
      messageHandlers[message.refused] = (_encoder, decoder) =>
        resolve(JSON.parse(decoding.readVarString(decoder)) as TextRefusal);
    });
  }

  /** @param headers who writes */
  static async take(base: string, room: string, headers: Readonly<Record<string, string>>): Promise<Pen> {
    const answer = await fetch(`${base}/api/v1/client-ids`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ room }),
    });
    const { clientId } = (await answer.json()) as { clientId: number };
    const pen = new Pen(base, room, clientId, headers);
    await new Promise<void>((resolve) => pen.#provider.once("sync", () => resolve()));
    return pen;
  }

  /** Types other words in the place of some, and nothing else. */
  rewrite(paragraph: ParagraphId, from: string, to: string): void {
    const body = this.#body(paragraph);
    const at = body.toJSON().indexOf(from);
    if (at < 0) throw new Error(`"${from}" is not in "${body.toJSON()}"`);
    this.#doc.transact(() => {
      body.delete(at, from.length);
      body.insert(at, to);
    });
  }

  /** Presses Enter before these words: they become a paragraph of their own, whose id is the answer. */
  split(paragraph: ParagraphId, before: string): ParagraphId {
    const body = this.#body(paragraph);
    const at = body.toJSON().indexOf(before);
    return this.#doc.transact(() => {
      body.delete(at, body.length - at);
      return this.#write(before, paragraph);
    });
  }

  /** Joins the second paragraph to the first, as Backspace at its beginning does. */
  join(first: ParagraphId, second: ParagraphId): void {
    const [body, gone] = [this.#body(first), this.#body(second)];
    this.#doc.transact(() => {
      body.insert(body.length, ` ${gone.toJSON()}`);
      this.remove(second);
    });
  }

  remove(paragraph: ParagraphId): void {
    yBlock(blocksOf(this.#doc), paragraph)?.set("del", 1);
  }

  /** Puts a paragraph after another one. */
  place(paragraph: ParagraphId, after: ParagraphId): void {
    yBlock(blocksOf(this.#doc), paragraph)?.set("order", this.#orderAfter(after));
  }

  insert(words: string, after: ParagraphId): ParagraphId {
    return this.#doc.transact(() => this.#write(words, after));
  }

  words = (paragraph: ParagraphId): string => this.#body(paragraph).toJSON();

  /** Resolves when everything written so far is on the server's disk. */
  async saved(): Promise<void> {
    const mark = ++this.#marks;
    for (;;) {
      const told = new Promise<void>((resolve) => this.#durable.set(mark, resolve));
      const { ws } = this.#provider;
      if (ws?.readyState === WebSocket.OPEN && this.#provider.synced) {
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, message.mark);
        encoding.writeVarUint(encoder, mark);
        ws.send(encoding.toUint8Array(encoder));
      }
      // Asked again when the line was lost on the way.
      const heard = await Promise.race([told.then(() => true), new Promise((next) => setTimeout(next, 500, false))]);
      if (heard === true) return;
    }
  }

  /** Why the server did not take what was written; the words are still here. The pen is to be put down then. */
  refusal = (): Promise<TextRefusal> => this.#refused;

  putDown(): void {
    this.#provider.destroy();
    this.#doc.destroy();
  }

  #body(paragraph: ParagraphId): Y.Text {
    const block = yBlock(blocksOf(this.#doc), paragraph);
    const body = block && bodyOf(block);
    if (!body) throw new Error(`${paragraph} is not in the text`);
    return body;
  }

  #write(words: string, after: ParagraphId): ParagraphId {
    const id = newId();
    const block = {
      kind: "paragraph",
      level: 0,
      part: "consensus",
      content: [{ t: "text", text: words }],
    } as const;
    blocksOf(this.#doc).set(id, newYBlock(block, this.#orderAfter(after)));
    return id;
  }

  #orderAfter(after: ParagraphId): string {
    const blocks = blocksOf(this.#doc);
    const ids = orderedIds(blocks);
    const next = ids[ids.indexOf(after) + 1];
    const order = (id: ParagraphId): string => orderOf(yBlock(blocks, id)!);
    const key = keyBetween(order(after), next === undefined ? "" : order(next), Math.random);
    if (key === null) throw new Error("no room for a paragraph");
    return key;
  }
}
