// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HttpSocket } from "../../../client/live/http-socket.ts";
import { RecordConnection } from "../../../client/live/record-connection.ts";
import { PatientSocket, Ways } from "../../support/browser-sockets.ts";
import type { HttpProxy } from "../../support/http-proxy.ts";
import { httpProxy } from "../../support/http-proxy.ts";
import { reportDoc } from "../../support/report-doc.ts";
import type { SocketServer } from "../../support/socket-server.ts";
import { roomId, socketServer, until } from "../../support/socket-server.ts";

const memory = { isFull: false, isBrimful: false };
let server: SocketServer;
let proxy: HttpProxy;
let kept: Map<string, string>;
/** What is to be done later, with when. */
let later: { ms: number; run: () => void }[];
const undo: (() => void)[] = [];
beforeEach(async () => {
  memory.isFull = false;
  server = await socketServer({ memory, text: reportDoc(1, { a: "States cooperate." }) });
  proxy = await httpProxy(server.port);
  kept = new Map();
  later = [];
});
afterEach(async () => {
  for (const close of undo.splice(0)) close();
  await proxy.close();
  await server.close();
});

const tab = (): InstanceType<typeof Ways> =>
  new Ways({
    webSocket: (url, patienceMs) => new PatientSocket(url, patienceMs && 300),
    httpSocket: (url) => new HttpSocket(url, null),
    memory: { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) },
    after(ms, run) {
      const one = { ms, run };
      later.push(one);
      return () => void (later = later.filter((other) => other !== one));
    },
  });

const url = (): string => `ws://127.0.0.1:${proxy.port}/sync/${roomId}?as=observer`;

/** A desk's record line, which comes back by itself. */
function recordOver(ways: InstanceType<typeof Ways>): RecordConnection {
  const connection = new RecordConnection({
    connect: () => ways.open(url()),
    fetchAfter: () => Promise.reject(new Error("not asked for")),
    now: Date.now,
  });
  undo.push(() => connection.close());
  return connection;
}
const isLive = (connection: RecordConnection): boolean => connection.seen().line.state === "live";

describe("the way of a page's lines", () => {
  test("[WAY1] is HTTP after two handshakes that failed, at once for the tab's next page, and told to whoever shows it", async () => {
    const ways = tab();
    const shown: string[] = [];
    ways.subscribe(() => shown.push(ways.way()));
    const connection = recordOver(ways);
    await until(() => isLive(connection), "a live line", 10_000);
    expect([ways.way(), shown, proxy.handshakes]).toEqual(["http", ["http"], 2]);
    const next = recordOver(tab());
    await until(() => isLive(next));
    expect(proxy.handshakes).toBe(2);
  });

  test("[WAY1] is HTTP after one handshake that was swallowed", async () => {
    proxy.upgrades = "swallow";
    const ways = tab();
    const connection = recordOver(ways);
    await until(() => isLive(connection), "a live line", 10_000);
    expect([ways.way(), proxy.handshakes]).toEqual(["http", 1]);
  });

  test("[SAV14] stays as it is while the server is full: that is a word of the server", async () => {
    proxy.upgrades = "pass";
    memory.isFull = true;
    const ways = tab();
    const codes: number[] = [];
    for (let time = 0; time < 4; time++) {
      const socket = ways.open(url());
      await new Promise<void>((resolve) =>
        socket.addEventListener("close", (event) => {
          codes.push((event as CloseEvent).code);
          resolve();
        }),
      );
    }
    expect([ways.way(), codes]).toEqual(["websocket", [1013, 1013, 1013, 1013]]);
  });

  test("[WAY2] stays with websockets where one was heard, while the server is only away for a moment", async () => {
    proxy.upgrades = "pass";
    const ways = tab();
    const connection = recordOver(ways);
    await until(() => isLive(connection));
    proxy.upgrades = "refuse";
    for (const peer of server.room.peers) peer.close(1012, "restarting");
    await until(() => proxy.handshakes >= 4, "three tries");
    expect(ways.way()).toBe("websocket");
    proxy.upgrades = "pass";
    await until(() => isLive(connection), "back", 10_000);
    expect(ways.way()).toBe("websocket");
  });

  test("[WAY3] takes turns while neither is heard", async () => {
    const ways = tab();
    proxy.loses = () => true;
    const connection = recordOver(ways);
    const shown: string[] = [];
    ways.subscribe(() => shown.push(ways.way()));
    await until(() => shown.length >= 3, "three turns", 20_000);
    expect(shown.slice(0, 3)).toEqual(["http", "websocket", "http"]);
    proxy.loses = () => false;
    await until(() => isLive(connection), "a live line", 20_000);
  });

  test("[WAY4] is websockets again when one is heard beside it; the desk does not even look offline", async () => {
    const ways = tab();
    const connection = recordOver(ways);
    await until(() => isLive(connection), "a live line", 10_000);
    const states = new Set<string>();
    connection.subscribe(() => states.add(connection.seen().line.state));
    const [probe] = later.splice(0);
    expect(probe?.ms).toBe(30_000);
    probe?.run();
    await until(() => later.length === 1, "the next try is set for later");
    expect([later[0]?.ms, ways.way()]).toEqual([60_000, "http"]);
    proxy.upgrades = "pass";
    ways.networkChanged();
    await until(() => ways.way() === "websocket" && server.room.peers.size === 1, "the line moves");
    await until(() => isLive(connection));
    expect([...states]).toEqual(states.size === 0 ? [] : ["live"]);
    expect(kept.get("rapporteur.way")).toBe("websocket");
  });
});
