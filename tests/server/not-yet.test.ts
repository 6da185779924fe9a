import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { answerNotYet } from "../../server/not-yet.ts";

test("who comes while the server starts is told to come back, handshakes too, until others answer", async () => {
  const server = createServer();
  const othersAnswer = answerNotYet(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  const early = await fetch(`http://${address}/n/talks`);
  expect([early.status, early.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await early.text()).toContain("is starting");
  const socket = new WebSocket(`ws://${address}/sync/room`);
  const refused = once(socket, "error");
  expect(String(await refused)).toContain("503");

  server.on("request", (_, response) => response.end("here"));
  othersAnswer();
  expect(await (await fetch(`http://${address}/n/talks`)).text()).toBe("here");
  expect(server.listenerCount("upgrade")).toBe(0);
});
