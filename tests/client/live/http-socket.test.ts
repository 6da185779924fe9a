// @vitest-environment node
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HttpSocket } from "../../../client/live/http-socket.ts";
import { TextConnection } from "../../../client/live/text-connection.ts";
import type { HttpProxy } from "../../support/http-proxy.ts";
import { httpProxy } from "../../support/http-proxy.ts";
import { block, bodyIn, reportDoc, wordsOf } from "../../support/report-doc.ts";
import type { SocketServer } from "../../support/socket-server.ts";
import { roomId, socketServer, until } from "../../support/socket-server.ts";
import { person } from "../../support/test-peer.ts";

let server: SocketServer;
let proxy: HttpProxy;
const undo: (() => void)[] = [];
beforeEach(async () => {
  server = await socketServer({ text: reportDoc(1, { a: "States cooperate.", b: "The Assembly decides." }) });
  proxy = await httpProxy(server.port);
});
afterEach(async () => {
  for (const close of undo.splice(0)) close();
  await proxy.close();
  await server.close();
});

function lineOf(query: string): HttpSocket {
  const line = new HttpSocket(`ws://127.0.0.1:${proxy.port}/sync/${roomId}?${query}`, null);
  undo.push(() => line.close());
  return line;
}

/** The stock provider, with lines over HTTP in place of websockets. */
async function stockOverHttp(name: string): Promise<{ doc: Y.Doc; provider: WebsocketProvider }> {
  const doc = new Y.Doc();
  if (name !== "observer") doc.clientID = await server.room.issueClientId(person(name));
  const provider = new WebsocketProvider(`ws://127.0.0.1:${proxy.port}/sync`, roomId, doc, {
    WebSocketPolyfill: class extends HttpSocket {
      constructor(url: string) {
        super(url, null);
      }
    } as unknown as typeof WebSocket,
    disableBc: true,
    params: { as: name },
  });
  provider.messageHandlers[110] = () => undefined;
  undo.push(() => provider.destroy());
  await until(() => provider.synced, `${name} synchronises`);
  return { doc, provider };
}

function textOverHttp(name: string): TextConnection {
  const connection = new TextConnection({
    server: `ws://127.0.0.1:${proxy.port}/sync`,
    room: roomId,
    params: { as: name },
    clientId: () => server.room.issueClientId(person(name)),
    copies: null,
    isLocked: (paragraph) => server.locked.has(paragraph),
    onRecord: () => undefined,
    now: Date.now,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    connect: (url) => new HttpSocket(url, null),
    page: new EventTarget(),
  });
  undo.push(() => connection.close());
  return connection;
}

const closeOf = (line: HttpSocket): Promise<number> =>
  new Promise((resolve) => line.addEventListener("close", (event) => resolve((event as CloseEvent).code)));

describe("a line over HTTP, behind a proxy that refuses websockets and holds answers back until they are whole", () => {
  test("[LIN1] carries the stock provider both ways, cursors included", async () => {
    const [chair, facilitator, observer] = [
      await stockOverHttp("chair"),
      await stockOverHttp("facilitator"),
      await stockOverHttp("observer"),
    ];
    bodyIn(chair.doc, "a").insert(0, "All ");
    await until(() => wordsOf(facilitator.doc, "a") === "All States cooperate.", "the words arrive");
    await until(() => wordsOf(observer.doc, "a") === "All States cooperate.", "the words arrive at a reader");
    chair.provider.awareness.setLocalStateField("cursor", { at: 3 });
    await until(() => facilitator.provider.awareness.getStates().get(chair.doc.clientID)?.["cursor"] !== undefined);
    expect(proxy.handshakes).toBe(0);
  });

  test("[LIN3] what is typed is acknowledged after the disk has it, and nothing is lost when a third of the answers is", async () => {
    let nth = 0;
    proxy.loses = (path) => path.includes("/sync/") && path.split("/").length > 3 && ++nth % 3 === 0;
    const chair = textOverHttp("chair");
    await until(() => chair.getSnapshot().isSynced, "the chair synchronises");
    const { doc } = chair.getSnapshot();
    for (let i = 0; i < 60; i++) {
      bodyIn(doc, "a").insert(i, String(i % 10));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await until(() => chair.getSnapshot().saved.kind === "saved", "all is saved", 20_000);
    expect(wordsOf(server.room.doc, "a")).toBe(`${"0123456789".repeat(6)}States cooperate.`);
    expect(nth).toBeGreaterThan(10);
    expect(server.complaints).toEqual([]);
  });

  test("[LIN4] a close comes with its code, after the frames that were sent before it", async () => {
    const observer = lineOf("as=observer");
    await until(() => server.room.peers.size === 1);
    server.access.set("observer", "none");
    server.room.recheckAccess();
    expect(await closeOf(observer)).toBe(4403);
    expect(await closeOf(lineOf("as=chair&outdated"))).toBe(4409);
    const chair = lineOf("as=chair");
    let heard = 0;
    chair.addEventListener("message", () => heard++);
    const closed = closeOf(chair);
    await until(() => server.room.peers.size === 1);
    for (const peer of server.room.peers) {
      for (let i = 0; i < 5; i++) peer.send(Uint8Array.of(1, 1, 0));
      peer.close(1012, "restarting");
    }
    expect(await closed).toBe(1012);
    expect(heard).toBeGreaterThanOrEqual(5);
    await until(() => server.sockets.count === 0, "the line is forgotten at once", 1_000);
  });

  test("[LIN4] a refusal is named before the line ends, and unsaved words are salvaged as on a socket", async () => {
    const chair = textOverHttp("chair");
    await until(() => chair.getSnapshot().isSynced);
    server.locked.add(block("a"));
    bodyIn(chair.getSnapshot().doc, "a").insert(0, "Never ");
    await until(() => chair.getSnapshot().refusal !== null, "the refusal");
    expect(chair.getSnapshot().refusal).toMatchObject({ code: "paragraph-locked", paragraph: block("a") });
    await until(() => chair.getSnapshot().isOnline, "a fresh line");
    expect(wordsOf(server.room.doc, "a")).toBe("States cooperate.");
  });

  test("[LIN5] whoever does not poll is cut like a socket that answers no ping, and whoever leaves is gone at once", async () => {
    await server.close();
    server = await socketServer({ limits: { pingMs: 150, lineBatchMs: 10 } });
    await proxy.close();
    proxy = await httpProxy(server.port);
    const idle = lineOf("as=chair");
    await until(() => server.sockets.count === 1);
    // Several beats: each answers a poll, and the next poll counts as the pong.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect([idle.readyState, server.sockets.count]).toEqual([idle.OPEN, 1]);
    idle.close();
    await until(() => server.sockets.count === 0, "the good-bye");
    await fetch(`http://127.0.0.1:${server.port}/sync/${roomId}?as=chair`, { method: "POST" });
    expect(server.sockets.count).toBe(1);
    await until(() => server.sockets.count === 0 && server.room.peers.size === 0, "the cut");
  });

  test("[LIN6] a page that nobody looks at asks now and then, and keeps no request waiting", async () => {
    const page = Object.assign(new EventTarget(), { visibilityState: "hidden", defaultView: null });
    const line = new HttpSocket(`ws://127.0.0.1:${proxy.port}/sync/${roomId}?as=observer`, page as unknown as Document);
    undo.push(() => line.close());
    let heard = 0;
    line.addEventListener("message", () => heard++);
    await until(() => heard === 1, "what there is");
    const [peer] = server.room.peers;
    peer?.send(Uint8Array.of(1, 1, 0));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(heard).toBe(1);
    page.visibilityState = "visible";
    page.dispatchEvent(new Event("visibilitychange"));
    await until(() => heard === 2, "what came meanwhile");
  });
});
