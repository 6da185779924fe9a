/** A delegation's stock client in a drafting room of the whole server, which types and hears. */
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { SeenDraftingRoom } from "../../shared/wire/api.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { flatText } from "../../shared/domain/text.ts";
import { draftingBlocks } from "../../shared/sync/drafting-text.ts";
import { blocksOf, bodyOf, contentOf, yBlock } from "../../shared/sync/model.ts";
import { message } from "../../shared/wire/protocol.ts";
import type { HttpServer, program } from "./http-server.ts";

type Caller = ReturnType<typeof program>;
const root = "/api/v1/negotiations/talks";

export const roomsOf = async (caller: Caller): Promise<readonly SeenDraftingRoom[]> =>
  ((await (await caller.get(`${root}/drafting`)).json()) as { rooms: readonly SeenDraftingRoom[] }).rooms;

export const act = (caller: Caller, id: string, what: object): Promise<Response> =>
  caller.post(`${root}/drafting/act`, { id, act: what });

let opened = 0;
/** @returns the room as who opened it sees it */
export async function openRoom(caller: Caller, subject: object, invited: readonly string[]): Promise<SeenDraftingRoom> {
  const headers = { "idempotency-key": `open-${++opened}` };
  const answer = await caller.post(`${root}/drafting`, { ...subject, invited }, headers);
  const { id, rooms } = (await answer.json()) as { id: string; rooms: readonly SeenDraftingRoom[] };
  const room = rooms?.find((one) => one.id === id);
  if (!room) throw new Error(`the room was not opened: ${answer.status}`);
  return room;
}

export class Drafter {
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;
  readonly closed: number[] = [];
  readonly refused: string[] = [];
  readonly synced: Promise<void>;

  private constructor(base: string, room: string, headers: object, clientId: number) {
    this.doc.clientID = clientId;
    this.provider = new WebsocketProvider(`${base.replace("http", "ws")}/sync`, room, this.doc, {
      disableBc: true,
      WebSocketPolyfill: class extends WebSocket {
        constructor(url: string | URL) {
          super(url, { headers: { ...headers } });
        }
      } as unknown as typeof globalThis.WebSocket,
    });
    this.synced = new Promise((resolve) => this.provider.once("sync", () => resolve()));
    this.provider.on("connection-close", (event) => event && this.closed.push(event.code));
    this.provider.messageHandlers[message.refused] = () => void this.refused.push("refused");
  }

  static async join({ base }: HttpServer, caller: Caller, room: string): Promise<Drafter> {
    const answer = await caller.post("/api/v1/client-ids", { room });
    const { clientId = 0 } = (await answer.json()) as { clientId?: number };
    const drafter = new Drafter(base, room, caller.headers, clientId);
    await drafter.synced;
    return drafter;
  }

  body(id: ParagraphId = draftingBlocks.words): Y.Text {
    return bodyOf(yBlock(blocksOf(this.doc), id)!)!;
  }

  words(id?: ParagraphId): string {
    return flatText(contentOf(this.body(id)));
  }

  leave(): void {
    this.provider.destroy();
    this.doc.destroy();
  }
}
