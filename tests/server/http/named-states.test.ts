/** Large states that a line only names, fetched over HTTP (SPEC: ROO21): by whom, how, and until when. */
import { readVarString, readVarUint, createDecoder } from "lib0/decoding";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { apiPaths } from "../../../client/paths.ts";
import { message } from "../../../shared/wire/protocol.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer, program } from "../../support/http-server.ts";
import { encodeFrame } from "../../support/test-peer.ts";

let server: HttpServer;
beforeAll(async () => {
  server = await httpServer({ limits: { frameStateBytes: 200 } });
});
afterAll(() => server.close());

/** What a socket is told for its step 1: the first frame of the state, or its name. */
async function told(query: string, token: string): Promise<Uint8Array> {
  const url = `${server.base.replace("http", "ws")}/sync/${server.talks.row.textRoom}?${query}`;
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
  try {
    return await new Promise((resolve, reject) => {
      socket.on("error", reject);
      socket.on("open", () => socket.send(encodeFrame(message.sync, 0, Uint8Array.of(0))));
      socket.on("message", (data: Buffer) => {
        if (data[0] === message.namedState || (data[0] === message.sync && data[1] === 1)) resolve(data);
      });
    });
  } finally {
    socket.terminate();
  }
}

function named(frame: Uint8Array): { readonly name: string; readonly bytes: number } {
  const decoder = createDecoder(frame);
  expect(readVarUint(decoder)).toBe(message.namedState);
  return { name: readVarString(decoder), bytes: readVarUint(decoder) };
}

test("[ROO21] is told in a frame to whoever does not ask for names, and by one name to all who do", async () => {
  const token = await server.token("chair");
  const frame = await told("", token);
  expect([...frame.subarray(0, 2)]).toEqual([message.sync, 1]);
  const { name, bytes } = named(await told("states=named", token));
  expect(named(await told("states=named", await server.token("secretariat")))).toEqual({ name, bytes });
  const chair = program(server, token);
  const answer = await chair.get(apiPaths.state(server.talks.row.textRoom, name, 0));
  expect(answer.headers.get("cache-control")).toBe("private, max-age=600, immutable");
  const state = new Uint8Array(await answer.arrayBuffer());
  expect(state).toHaveLength(bytes);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  expect(doc.getMap("blocks").size).toBe(3);
});

test("[ROO21] comes compressed, and from any byte on", async () => {
  const token = await server.token("chair");
  const { name, bytes } = named(await told("states=named", token));
  const chair = program(server, token);
  const get = async (from: number, encoding: string): Promise<Buffer> => {
    const answer = await chair.get(apiPaths.state(server.talks.row.textRoom, name, from), {
      "accept-encoding": encoding,
    });
    expect(answer.headers.get("content-encoding")).toBe(encoding === "identity" ? null : encoding);
    return Buffer.from(await answer.arrayBuffer());
  };
  const whole = await get(0, "identity");
  for (const encoding of ["identity", "gzip", "br"]) {
    expect((await get(0, encoding)).equals(whole)).toBe(true);
    expect((await get(100, encoding)).equals(whole.subarray(100))).toBe(true);
    expect(await get(bytes, encoding)).toHaveLength(0);
  }
});

test("[ROO21] only whoever may be in the room gets it, and others cannot tell it from one that does not exist", async () => {
  const { name } = named(await told("states=named", await server.token("chair")));
  const address = apiPaths.state(server.talks.row.textRoom, name, 0);
  const other = await server.open("others");
  const strangers = [
    program(server, await server.token("delegation:XAA")),
    program(server, await server.token("observer")),
    program(server, await server.token("chair", other)),
  ];
  for (const stranger of strangers) {
    const [existing, made] = [await stranger.get(address), await stranger.get(address.replace(name, "x".repeat(43)))];
    expect([existing.status, made.status]).toEqual([404, 404]);
    expect(((await existing.json()) as { code: string }).code).toBe(((await made.json()) as { code: string }).code);
  }
  expect((await fetch(server.base + address)).status).toBe(404);
  const elsewhere = program(server, await server.token("chair"));
  expect((await elsewhere.get(apiPaths.state(server.talks.row.recordRoom, name, 0))).status).toBe(404);
});
