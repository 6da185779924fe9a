/** A real server on a real port with one room, and stock clients for it. Credentials are `?as=NAME`; `?as=observer` reads. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Limits } from "../../server/limits.ts";
import { defaultLimits } from "../../server/limits.ts";
import { systemClock } from "../../server/rooms/clock.ts";
import { recordFrame } from "../../server/rooms/frames.ts";
import type { Access } from "../../server/rooms/peer.ts";
import { Room } from "../../server/rooms/room.ts";
import type { Sockets } from "../../server/rooms/sockets.ts";
import { attachSockets } from "../../server/rooms/sockets.ts";
import type { Store } from "../../server/store/port.ts";
import { memoryStore } from "../../server/store/memory-store.ts";
import { viewerOf } from "../../shared/domain/roster.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { chairOf, person } from "./test-peer.ts";
import type { MemoryGuard } from "../../server/rooms/memory-guard.ts";
import { plentyOfMemory } from "./plenty-of-memory.ts";

export const roomId = "R".repeat(22);

export interface SocketServer {
  readonly port: number;
  readonly room: Room;
  readonly sockets: Sockets;
  readonly locked: Set<ParagraphId>;
  readonly complaints: string[];
  /** Rights by name where they are not "write". */
  readonly access: Map<string, Access>;
  /** Everyone who comes names an earlier epoch. */
  outdated: boolean;
  url(query: string, room?: string): string;
  close(): Promise<void>;
}

export interface SocketServerOptions {
  readonly limits?: Partial<Limits>;
  readonly store?: Store;
  readonly text?: Y.Doc;
  /** Counts the sockets of loopback, as those of any other address. */
  readonly countAddresses?: boolean;
  readonly memory?: MemoryGuard;
}

export async function socketServer(options: SocketServerOptions = {}): Promise<SocketServer> {
  const limits = { ...defaultLimits, ...options.limits };
  const store = options.store ?? memoryStore();
  const complaints: string[] = [];
  const complain = (_: object, words: string): void => void complaints.push(words);
  const log = { info: () => undefined, warn: complain, error: complain };
  const locked = new Set<ParagraphId>();
  const access = new Map<string, Access>([["observer", "read"]]);
  if (options.text) {
    const update = { bytes: Y.encodeStateAsUpdate(options.text), person: null, at: systemClock.now() };
    await store.commit([{ kind: "text", room: roomId, updates: [update] }]);
  }
  const state = { outdated: false };
  const greeting = recordFrame({ kind: "snapshot", after: 0, upTo: 0, events: [] });
  const room = await Room.load({
    id: roomId,
    store,
    clock: systemClock,
    limits,
    log,
    random: (count) => randomBytes(count),
    rules: { locks: () => locked },
    hooks: { onJoin: (peer) => peer.send(greeting) },
  });
  const server = createServer((request, response) => void answer(request, response));
  const sockets = attachSockets(server, {
    clock: systemClock,
    limits,
    log,
    memory: options.memory ?? plentyOfMemory,
    random: (count) => randomBytes(count),
    ...(options.countAddresses && { addressOf: ({ socket }) => socket.remoteAddress ?? null }),
    gatekeeper: {
      async admit(request, url) {
        const name = url.searchParams.get("as");
        if (url.pathname !== `/sync/${roomId}` || name === null || name === "nobody") return null;
        if (request.headers.origin !== undefined && request.headers.origin !== "http://localhost") return null;
        const actor = name === "observer" ? null : chairOf(name);
        return {
          room,
          actor,
          viewer: actor ? viewerOf(actor.seat) : { kind: "public" },
          account: actor?.person ?? null,
          access: () => access.get(name) ?? "write",
          isOutdated: state.outdated || url.searchParams.has("outdated"),
        };
      },
    },
  });
  /** The lines over HTTP, without what else stands before them. */
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = await sockets.lines.open(request);
    if (line !== null) response.writeHead(201).end(JSON.stringify({ line }));
    else if (!(await sockets.lines.serve(request, response))) response.writeHead(403).end();
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    port,
    room,
    sockets,
    locked,
    complaints,
    access,
    url: (query: string, id = roomId) => `ws://127.0.0.1:${port}/sync/${id}?${query}`,
    async close() {
      await room.stop();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

export interface StockClient {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
}

/** The provider as published, with a client id from the server for those who write. */
export async function stockClient(server: SocketServer, name: string, doc = new Y.Doc()): Promise<StockClient> {
  if (name !== "observer") doc.clientID = await server.room.issueClientId(person(name));
  const provider = new WebsocketProvider(`ws://127.0.0.1:${server.port}/sync`, roomId, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { as: name },
  });
  return { doc, provider };
}

/** Waits for a fact; fails with its name rather than by the test's time running out. */
export async function until(fact: () => boolean, what = "it", ms = 8_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!fact()) {
    if (Date.now() > deadline) throw new Error(`${what} did not happen in ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A bare socket, open. */
export async function bareSocket(server: SocketServer, query: string): Promise<WebSocket> {
  const socket = new WebSocket(server.url(query));
  socket.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("close", () => reject(new Error("refused")));
  });
  return socket;
}

export const closeOf = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => (socket.readyState === socket.CLOSED ? resolve(0) : socket.once("close", resolve)));
