/**
 * The server is killed while people type and object, again and again (F1): what was acknowledged is there exactly once afterwards.
 * The process dies as a whole; what a power cut does to a disk is not shown here.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { newYBlock, blocksOf, bodyOf, yBlock } from "../../shared/sync/model.ts";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import type { NegotiationInfo } from "../../shared/wire/api.ts";
import { message } from "../../shared/wire/protocol.ts";
import { chance } from "../support/random.ts";
import type { Caller } from "../support/server-process.ts";
import { ServerProcess } from "../support/server-process.ts";
import { idOf } from "../support/table.ts";

const kills = Number(process.env["KILLS"] ?? 25);
const seed = Number(process.env["SEED"] ?? 1);
const typists = 3;

let server: ServerProcess;
let chair: Caller;
let delegation: Caller;

beforeAll(async () => {
  server = await ServerProcess.start();
  await server.cli("new", "--title", "Draft report", "--slug", "talks");
  chair = await server.caller("talks", "chair");
  await chair.do({
    kind: "add-delegation",
    delegation: { code: "XAA" as DelegationCode, name: "Halvern", kind: "member-state", regionalGroup: "none" },
  });
  delegation = await server.caller("talks", "delegation:XAA");
}, 60_000);

afterAll(() => server?.stop());

/** A stock client that types words into a paragraph of its own and remembers which of them the server said are durable. */
class Typist {
  readonly paragraph: ParagraphId;
  readonly typed: string[] = [];
  durable = 0;
  readonly #doc = new Y.Doc();
  readonly #provider: WebsocketProvider;
  readonly #synced: Promise<void>;
  #timer: NodeJS.Timeout | null = null;

  constructor(room: string, clientId: number, name: string, token: string) {
    this.paragraph = idOf(name);
    this.#doc.clientID = clientId;
    this.#provider = new WebsocketProvider(`${server.base.replace("http", "ws")}/sync`, room, this.#doc, {
      disableBc: true,
      WebSocketPolyfill: class extends WebSocket {
        constructor(url: string | URL) {
          super(url, { headers: { authorization: `Bearer ${token}` } });
        }
      } as unknown as typeof globalThis.WebSocket,
    });
    this.#synced = new Promise((resolve) => this.#provider.once("sync", () => resolve()));
    this.#provider.messageHandlers[message.durable] = (_encoder, decoder) => {
      this.durable = Math.max(this.durable, decoding.readVarUint(decoder));
    };
    this.#provider.messageHandlers[message.record] = () => undefined;
    this.#provider.messageHandlers[message.refused] = (_encoder, decoder) => {
      throw new Error(`refused: ${decoding.readVarString(decoder)}`);
    };
  }

  async begin(): Promise<void> {
    await this.#synced;
    blocksOf(this.#doc).set(
      this.paragraph,
      newYBlock({ kind: "paragraph", level: 0, part: "consensus", content: [] }, "m"),
    );
    this.#timer = setInterval(() => this.#type(), 25);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#provider.destroy();
    this.#doc.destroy();
  }

  #type(): void {
    const block = yBlock(blocksOf(this.#doc), this.paragraph);
    const body = block && bodyOf(block);
    const { ws } = this.#provider;
    if (!body || ws?.readyState !== WebSocket.OPEN) return;
    const word = `w${this.typed.length}.`;
    body.insert(body.length, word);
    this.typed.push(word);
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, message.mark);
    encoding.writeVarUint(encoder, this.typed.length);
    ws.send(encoding.toUint8Array(encoder));
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

async function clientId(info: NegotiationInfo): Promise<number> {
  const response = await fetch(`${server.base}/api/v1/client-ids`, {
    method: "POST",
    headers: { authorization: `Bearer ${chair.token}`, "content-type": "application/json" },
    body: JSON.stringify({ room: info.rooms.text }),
  });
  return ((await response.json()) as { clientId: number }).clientId;
}

test(
  `[STO9] no word and no position that was acknowledged is lost in ${kills} kills (seed ${seed})`,
  { timeout: 600_000 },
  async () => {
    const random = chance(seed);
    const lodged: string[] = [];
    let words = 0;
    for (let kill = 1; kill <= kills; kill++) {
      const info = await chair.info();
      const crowd: Typist[] = [];
      for (let nth = 0; nth < typists; nth++)
        crowd.push(new Typist(info.rooms.text as string, await clientId(info), `k${kill}t${nth}x`, chair.token));
      await Promise.all(crowd.map((typist) => typist.begin()));
      await expect.poll(() => crowd.every(({ durable }) => durable > 0)).toBe(true);
      await chair.do({ kind: "circulate" });
      const paragraphs = (await delegation.report()).parts.consensus;
      const target = paragraphs.at(-1)!;
      // Positions go on arriving until the server dies; each that was answered counts.
      const life = { isOver: false };
      const objecting = (async () => {
        while (!life.isOver) {
          const command = {
            kind: "lodge-position",
            paragraph: target.id,
            wording: target.wording,
            level: "question",
            reason: `Question ${lodged.length}`,
          } as const;
          const answer = await delegation.try(command, crypto.randomUUID()).catch(() => null);
          if (answer && "receipt" in answer && answer.id) lodged.push(answer.id);
        }
      })();
      await pause(50 + random.below(500));
      await server.kill();
      life.isOver = true;
      await objecting;
      for (const typist of crowd) typist.stop();
      await server.start();
      const texts = new Map([...(await chair.report()).parts.consensus].map(({ id, text }) => [id, text]));
      for (const { paragraph, typed, durable } of crowd) {
        const text = texts.get(paragraph) ?? "";
        words += durable;
        expect(
          text.startsWith(typed.slice(0, durable).join("")),
          `kill ${kill}: ${durable} words of ${paragraph}`,
        ).toBe(true);
      }
    }
    const entries = (await chair.events()).events.flatMap((entry) =>
      "what" in entry && entry.what.kind === "position-lodged" ? [entry.what.id as string] : [],
    );
    expect(new Set(entries).size).toBe(entries.length);
    expect(lodged.filter((id) => !entries.includes(id))).toEqual([]);
    console.info(`${kills} kills: ${words} acknowledged words and ${lodged.length} acknowledged positions, none lost`);
    expect(words).toBeGreaterThan(kills * 10);
  },
);
