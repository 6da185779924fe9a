import { connect } from "node:net";
import { WebSocket } from "ws";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { SocketServer, StockClient } from "../../support/socket-server.ts";
import { bareSocket, closeOf, roomId, socketServer, stockClient, until } from "../../support/socket-server.ts";
import { addParagraph, block, bodyIn, reportDoc, wordsOf } from "../../support/report-doc.ts";
import { encodeFrame, person } from "../../support/test-peer.ts";

let server: SocketServer;
const clients: StockClient[] = [];
beforeEach(async () => {
  server = await socketServer({ text: reportDoc(1, { a: "States cooperate." }) });
});
afterEach(async () => {
  for (const { provider } of clients.splice(0)) provider.destroy();
  vi.restoreAllMocks();
  await server.close();
});

async function stock(name: string): Promise<StockClient> {
  const client = await stockClient(server, name);
  clients.push(client);
  await until(() => client.provider.synced, `${name} synchronises`);
  return client;
}

/** The raw answer to an upgrade. */
function knock(path: string, headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, "127.0.0.1");
    let answer = "";
    socket.on("data", (data) => (answer += data.toString("latin1")));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
    const all = {
      Host: "127.0.0.1",
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
      ...headers,
    };
    socket.write(
      `GET ${path} HTTP/1.1\r\n${Object.entries(all)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join("")}\r\n`,
    );
  });
}

describe("the stock provider", () => {
  test("synchronises, writes, is told, and complains of nothing but frames it does not know", async () => {
    const noise = [vi.spyOn(console, "error"), vi.spyOn(console, "warn")].map((spy) => spy.mockReturnValue());
    const [chair, facilitator, observer] = [await stock("chair"), await stock("facilitator"), await stock("observer")];
    bodyIn(chair.doc, "a").insert(0, "All ");
    addParagraph(facilitator.doc, "b", "A second one.");
    await until(
      () => observer.doc.getMap("blocks").has(block("b")) && wordsOf(observer.doc, "a") === "All States cooperate.",
    );
    await until(() => wordsOf(facilitator.doc, "a") === "All States cooperate.");
    for (const spy of noise) {
      // The provider says this of each record frame unless it is given a handler, and goes on.
      const words = spy.mock.calls.filter(([first]) => first !== "Unable to compute message");
      expect(words).toEqual([]);
    }
  });

  test("with a handler for record frames there is no word on the console", async () => {
    const noise = vi.spyOn(console, "error");
    const client = await stockClient(server, "chair");
    clients.push(client);
    const seen: number[] = [];
    client.provider.messageHandlers[110] = (_encoder, _decoder, _provider, _emit, type) => void seen.push(type);
    await until(() => client.provider.synced && seen.length > 0);
    expect(noise).not.toHaveBeenCalled();
  });

  test("[ROO8] of an observer can try to write, and changes nothing for anybody", async () => {
    const [observer, chair] = [await stock("observer"), await stock("chair")];
    bodyIn(observer.doc, "a").insert(0, "EVIL ");
    bodyIn(chair.doc, "a").insert(0, "All ");
    await until(() => wordsOf(observer.doc, "a").includes("All "));
    expect(wordsOf(chair.doc, "a")).toBe("All States cooperate.");
    expect(observer.provider.wsconnected).toBe(true);
  });

  test("sees the cursors of other writers", async () => {
    const [chair, facilitator, observer] = [await stock("chair"), await stock("facilitator"), await stock("observer")];
    chair.provider.awareness.setLocalStateField("cursor", { at: 3 });
    await until(() => facilitator.provider.awareness.getStates().get(chair.doc.clientID)?.["cursor"] !== undefined);
    expect(facilitator.provider.awareness.getStates().get(chair.doc.clientID)).toEqual({
      cursor: { at: 3 },
      user: { name: "chair", seat: "chair" },
    });
    expect([...observer.provider.awareness.getStates().keys()]).toEqual([observer.doc.clientID]);
  });

  test("[ROO7] stops when its update was refused", async () => {
    const chair = await stock("chair");
    server.locked.add(block("a"));
    const closed = new Promise<{ code: number }>((resolve) => chair.provider.on("closed", resolve));
    bodyIn(chair.doc, "a").insert(0, "Never ");
    expect((await closed).code).toBe(4403);
    expect(wordsOf(server.room.doc, "a")).toBe("States cooperate.");
  });
});

describe("the way in", () => {
  test("[SOC1] every failure gets the same answer", async () => {
    const answers = await Promise.all([
      knock(`/sync/${roomId}`),
      knock(`/sync/${roomId}?as=nobody`),
      knock(`/sync/${"X".repeat(22)}?as=chair`),
      knock(`/sync/short?as=chair`),
      knock(`/sync/../${roomId}?as=chair`),
      knock(`/elsewhere?as=chair`),
      knock(`//?as=chair`),
      knock(`/sync/${roomId}?as=chair`, { Origin: "https://evil.example" }),
      knock(`/sync/${roomId}?as=chair`, { Origin: "null" }),
    ]);
    expect(new Set(answers)).toEqual(
      new Set(["HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"]),
    );
    expect(server.room.peers.size).toBe(0);
  });

  test("[SOC3] an old epoch that the caller may read: accepted, and told to load the page again", async () => {
    const socket = new WebSocket(server.url("as=chair&outdated"));
    expect(await closeOf(socket)).toBe(4409);
  });

  test("[SOC4] an account holds so many sockets and no more", async () => {
    await server.close();
    server = await socketServer({ limits: { socketsPerAccount: 3, connectsBurst: 100 } });
    const sockets = await Promise.all([1, 2, 3].map(() => bareSocket(server, "as=chair")));
    await expect(bareSocket(server, "as=chair")).rejects.toThrow("refused");
    await bareSocket(server, "as=facilitator");
    sockets[0]?.close();
    await until(() => server.sockets.count === 3);
    await bareSocket(server, "as=chair");
    // Those who only look on are not counted as one.
    for (let i = 0; i < 5; i++) await bareSocket(server, "as=observer");
  });

  test("[SOC4] an address holds so many sockets, and an account connects so often", async () => {
    await server.close();
    server = await socketServer({ limits: { socketsPerAddress: 2 }, countAddresses: true });
    for (let i = 0; i < 2; i++) await bareSocket(server, "as=observer");
    await expect(bareSocket(server, "as=observer")).rejects.toThrow("refused");
    await server.close();
    server = await socketServer({ limits: { connectsBurst: 3, connectsPerSecond: 1 } });
    for (let i = 0; i < 3; i++) (await bareSocket(server, "as=chair")).terminate();
    await expect(bareSocket(server, "as=chair")).rejects.toThrow("refused");
  });

  test("[SOC5] a text frame closes the socket", async () => {
    const socket = await bareSocket(server, "as=chair");
    socket.send("hello");
    expect(await closeOf(socket)).toBe(4400);
  });

  test("[SOC2] whoever loses a seat is cut", async () => {
    const socket = await bareSocket(server, "as=chair");
    await until(() => server.room.peers.size === 1);
    server.room.closePeersOf(person("chair"));
    expect(await closeOf(socket)).toBe(4403);
  });
});

describe("idle sockets", () => {
  test("[ROO13] hear a frame that means nothing, and whoever answers no ping is cut", async () => {
    await server.close();
    server = await socketServer({ limits: { pingMs: 30 } });
    const deaf = await bareSocket(server, "as=observer");
    const frames: string[] = [];
    deaf.on("message", (data: Buffer) => frames.push(data.toString("hex")));
    await until(() => frames.filter((frame) => frame === "010100").length >= 2, "keep-alive");
    // Stops reading, like a laptop whose lid was closed.
    deaf.pause();
    await until(() => server.sockets.count === 0, "the cut");
    await until(() => server.room.peers.size === 0);
  });

  test("[ROO2] a mark sent right behind an update is answered", async () => {
    const chair = await stock("chair");
    const answers: number[] = [];
    chair.provider.messageHandlers[101] = (_encoder, decoder) => void answers.push(decoder.arr[1] as number);
    bodyIn(chair.doc, "a").insert(0, "x");
    chair.provider.ws?.send(encodeFrame(100, 7) as Uint8Array<ArrayBuffer>);
    await until(() => answers.includes(7));
  });
});
