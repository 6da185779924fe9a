/** The one way out of the server, on a real network: to whom it goes and to whom it never does (SPEC: HOK4, HOK6). */
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { networksOf, outside } from "../../../server/webhooks/post.ts";

let server: Server;
let port = 0;
const came: string[] = [];
let answer: (asked: IncomingMessage, path: string) => number = () => 204;
beforeAll(async () => {
  server = createServer((asked, response) => {
    came.push(`${asked.method} ${asked.url}`);
    const status = answer(asked, asked.url ?? "");
    if (status === 0) return;
    response.writeHead(status, status >= 300 && status < 400 ? { location: `http://127.0.0.1:${port}/elsewhere` } : {});
    response.end("x".repeat(100_000));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((done) => server.close(done));
});

const { post: strict, refuses } = outside(networksOf([]));
const { post: lenient, refuses: leniently } = outside(networksOf(["127.0.0.0/8"]));

test("[HOK4] addresses that are not public are refused however they are spelled, and nothing arrives", async () => {
  came.length = 0;
  const spelled = [
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fd00::1]",
    "[ff02::1]",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
  ];
  for (const host of spelled) {
    for (const scheme of ["http", "https"]) {
      const url = `${scheme}://${host}:${port}/`;
      expect([url, await strict(url, {}, "{}")]).toEqual([url, { trouble: "address" }]);
      expect([url, await refuses(url)]).toEqual([url, "address"]);
    }
  }
  expect(came).toEqual([]);
});

test("[HOK4] networks that are named are excepted; plain http elsewhere, unknown names and nonsense are refused", async () => {
  came.length = 0;
  expect(await lenient(`http://127.0.0.1:${port}/hook`, { "webhook-id": "1" }, "{}")).toEqual({ status: 204 });
  expect(await lenient(`http://localhost:${port}/named`, {}, "{}")).toEqual({ status: 204 });
  expect(came).toEqual(["POST /hook", "POST /named"]);
  expect(await lenient("http://93.184.215.14/", {}, "{}")).toEqual({ trouble: "plain" });
  expect(await leniently("http://93.184.215.14/")).toBe("plain");
  expect(await leniently("http://localhost/")).toBeNull();
  // It may be known by tomorrow; until then each delivery says that it is not.
  expect(await leniently("https://nowhere.invalid/")).toBeNull();
  expect(await lenient("https://10.0.0.1/", {}, "{}")).toEqual({ trouble: "address" });
  expect(await lenient("https://nowhere.invalid/", {}, "{}")).toEqual({ trouble: "unresolved" });
  expect(await lenient("https://x:99999/", {}, "{}")).toEqual({ trouble: "unresolved" });
  expect(await lenient("http://127.0.0.1:1/", {}, "{}")).toEqual({ trouble: "unreachable" });
  expect(came).toHaveLength(2);
});

test("[HOK4] a redirect is an answer like any other, and not followed", async () => {
  came.length = 0;
  answer = () => 307;
  expect(await lenient(`http://127.0.0.1:${port}/moved`, {}, "{}")).toEqual({ status: 307 });
  expect(came).toEqual(["POST /moved"]);
  answer = () => 204;
});

test("[HOK3] who does not answer within ten seconds has not answered", { timeout: 20_000 }, async () => {
  answer = () => 0;
  const began = performance.now();
  expect(await lenient(`http://127.0.0.1:${port}/silent`, {}, "{}")).toEqual({ trouble: "late" });
  expect(performance.now() - began).toBeLessThan(15_000);
  answer = () => 204;
});

test("[HOK6] no other file of the server can open a connection to anybody", () => {
  const top = new URL("../../../server/", import.meta.url).pathname;
  const files = readdirSync(top, { recursive: true, encoding: "utf8" }).filter((file) => /\.(tsx?|mjs)$/.test(file));
  const opens =
    /\bfetch\(|from "node:(?:https|tls|dgram|http2)"|\b(?:net|https?)\.(?:connect|request|get)\(|\brequest[,\s}][^;]*from "node:http"|\bconnect\b[^;]*from "node:net"/;
  const found = files
    .filter((file) => opens.test(readFileSync(top + file, "utf8").replace(/^import type .*$/gm, "")))
    .toSorted();
  // The command line speaks to its own server, through a socket in the data folder.
  expect(found).toEqual(["cli/control.ts", "webhooks/post.ts"]);
});
