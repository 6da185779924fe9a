/** Hostile lines over HTTP against the whole server on loopback: no right, and no byte, that a socket would not give (SPEC: LIN). */
import { randomBytes } from "node:crypto";
import * as Y from "yjs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closeHeader, pack, unpack } from "../../shared/wire/http-line.ts";
import { message } from "../../shared/wire/protocol.ts";
import type { HttpServer } from "../support/http-server.ts";
import { Browser, httpServer } from "../support/http-server.ts";
import { addParagraph } from "../support/report-doc.ts";
import { until } from "../support/socket-server.ts";
import { encodeFrame } from "../support/test-peer.ts";

let server: HttpServer;
beforeEach(async () => {
  server = await httpServer();
});
afterEach(() => server.close());

type Room = "text" | "record";
type Headers = Record<string, string>;

const roomOf = (kind: Room): string => (kind === "text" ? server.talks.textRoom : server.talks.recordRoom).id;
const words = (): string => JSON.stringify(server.talks.textRoom.doc.getMap("blocks").toJSON());
const bearer = async (seat: string): Promise<Headers> => ({ authorization: `Bearer ${await server.token(seat)}` });

const post = (path: string, headers: Headers, body?: Uint8Array<ArrayBuffer>): Promise<Response> =>
  fetch(server.base + path, { method: "POST", headers, ...(body && { body }) });

/** The path of a line that was let in. */
async function lineOf(kind: Room, headers: Headers, query = ""): Promise<string> {
  const answer = await post(`/sync/${roomOf(kind)}${query}`, headers);
  expect(answer.status).toBe(201);
  return `/sync/${roomOf(kind)}/${((await answer.json()) as { line: string }).line}`;
}

/** What there is for a line, at once. */
async function heard(line: string, headers: Headers, received = 0) {
  const answer = await post(`${line}?received=${received}&now`, headers);
  const parcel = answer.ok ? unpack(new Uint8Array(await answer.arrayBuffer())) : null;
  return { status: answer.status, parcel, close: answer.headers.get(closeHeader) };
}

const closeOf = async (line: string, headers: Headers): Promise<number> => {
  for (;;) {
    const { status, close } = await heard(line, headers);
    if (status !== 200 || close !== null) return Number.parseInt(close ?? "0");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** An update that adds a paragraph, made under this client id. */
function paragraphBy(client: number, name: string): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = client;
  addParagraph(doc, name, `Paragraph ${name}.`);
  return encodeFrame(message.sync, 2, Y.encodeStateAsUpdate(doc));
}

const clientIdOf = async (headers: Headers): Promise<number> => {
  const answer = await fetch(`${server.base}/api/v1/client-ids`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ room: roomOf("text") }),
  });
  return ((await answer.json()) as { clientId: number }).clientId;
};

test("[LIN1] whoever would get no socket gets no line, and always the same answer", async () => {
  const [chair, state] = [await bearer("chair"), await bearer("delegation:XAA")];
  const browser = new Browser(server);
  await browser.enter(await server.link("chair"));
  const cookie = browser.cookie ?? "";
  const room = `/sync/${roomOf("text")}`;
  const answers = await Promise.all([
    post(room, {}),
    post(room, state),
    post(`${room}?seat=chair`, state),
    post(`${room}?seat=observer`, chair),
    post(`/sync/${"X".repeat(22)}`, chair),
    post(room, { ...chair, origin: "https://evil.example" }),
    post(room, { cookie }),
    post(room, { cookie, origin: "null" }),
    post(room, { cookie, origin: `${server.base}0` }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
  // A ticket opens one connection, and here each request is one.
  expect((await post(`${room}?ticket=${randomBytes(32).toString("base64url")}`, chair)).status).toBe(422);
  expect((await post(room, { cookie, origin: server.base })).status).toBe(201);
  expect(server.talks.textRoom.peers.size).toBe(1);
});

test("[LIN2] a line is served to nobody but who opened it: not to other persons, seats or origins, nor under an invented name", async () => {
  const browser = new Browser(server);
  await browser.enter(await server.link("chair"));
  const mine = { cookie: browser.cookie ?? "", origin: server.base };
  const line = await lineOf("text", mine);
  const frame = pack({ first: 1, frames: [paragraphBy(await clientIdOf(mine), "z")] });
  const before = words();
  const others: Headers[] = [
    {},
    await bearer("chair"),
    await bearer("secretariat"),
    await bearer("delegation:XAA"),
    { cookie: mine.cookie },
    { ...mine, origin: "https://evil.example" },
  ];
  for (const headers of others) {
    expect((await heard(line, headers)).status).toBe(403);
    expect((await post(line, headers, frame)).status).toBe(403);
    expect((await post(`${line}?leave`, headers)).status).toBe(403);
  }
  const invented = line.replace(/[^/]*$/, randomBytes(32).toString("base64url"));
  expect((await heard(invented, mine)).status).toBe(403);
  // In another room the name is that of no line, and there is no way to take the line there.
  expect((await heard(line.replace(roomOf("text"), roomOf("record")), mine)).status).toBe(403);
  expect(words()).toBe(before);
  expect((await post(line, mine, frame)).status).toBe(204);
  await until(() => words() !== before, "its owner's words arrive");
});

test("[LIN1] an observer and a delegation on a line write as little as on a socket", async () => {
  const talks = await server.open("screen", "on-screen");
  const client = await clientIdOf(await bearer("chair"));
  for (const seat of ["observer", "delegation:XAA"]) {
    const headers = { authorization: `Bearer ${await server.token(seat, talks)}` };
    const answer = await post(`/sync/${talks.textRoom.id}`, headers);
    const line = `/sync/${talks.textRoom.id}/${((await answer.json()) as { line: string }).line}`;
    const before = JSON.stringify(talks.textRoom.doc.getMap("blocks").toJSON());
    expect((await post(line, headers, pack({ first: 1, frames: [paragraphBy(client, "z")] }))).status).toBe(204);
    await talks.textRoom.flush();
    expect(JSON.stringify(talks.textRoom.doc.getMap("blocks").toJSON())).toBe(before);
    expect(talks.textRoom.peers.size).toBe(1);
    await post(`${line}?leave`, headers);
  }
});

test("[LIN3] a body that is sent again, in whole or in part, counts once; one with a gap before it ends the line", async () => {
  const headers = await bearer("chair");
  const line = await lineOf("text", headers);
  const client = await clientIdOf(headers);
  const doc = new Y.Doc();
  doc.clientID = client;
  const frames: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => frames.push(encodeFrame(message.sync, 2, update)));
  addParagraph(doc, "y", "");
  for (const letter of "abc") addParagraph(doc, letter.repeat(3), letter);
  let applied = 0;
  server.talks.textRoom.doc.on("update", () => applied++);
  for (const first of [1, 1, 2, 1, 3]) {
    expect((await post(line, headers, pack({ first, frames: frames.slice(first - 1) }))).status).toBe(204);
  }
  // What came in one body is one change (ROO20).
  expect(applied).toBe(1);
  await post(line, headers, pack({ first: 9, frames }));
  expect(await closeOf(line, headers)).toBe(4503);
  expect(applied).toBe(1);
});

test("[LIN5] what is too large, malformed or too much ends the line with the code of a socket", async () => {
  const headers = await bearer("chair");
  const [large, malformed, ahead, frames] = [
    await lineOf("text", headers),
    await lineOf("text", headers),
    await lineOf("text", headers),
    await lineOf("text", headers),
  ];
  await post(large, headers, pack({ first: 1, frames: [new Uint8Array(1024 * 1024 + 1)] })).catch(() => undefined);
  expect(await closeOf(large, headers)).toBe(1009);
  await post(malformed, headers, Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 200, 1));
  expect(await closeOf(malformed, headers)).toBe(4400);
  expect((await heard(ahead, headers, 1_000)).close).toMatch(/^4400/);
  await post(
    frames,
    headers,
    pack({ first: 1, frames: Array.from({ length: 2_000 }, () => encodeFrame(message.mark, 1)) }),
  );
  expect(await closeOf(frames, headers)).toBe(4529);
  await until(() => server.talks.textRoom.peers.size === 0, "all are gone");
});

test("[LIN5] a line that asks too often is ended, and others are not", async () => {
  await server.close();
  server = await httpServer({ limits: { lineRequestsBurst: 20, lineRequestsPerSecond: 1 } });
  const headers = await bearer("chair");
  const [greedy, modest] = [await lineOf("record", headers), await lineOf("record", headers)];
  const answers = await Promise.all(Array.from({ length: 40 }, () => heard(greedy, headers)));
  expect(answers.some(({ close }) => close === "4529 too fast")).toBe(true);
  await until(() => server.talks.recordRoom.peers.size === 1, "it is gone");
  expect((await heard(modest, headers)).close).toBe(null);
});

test("[LIN5] lines count against the account together with its sockets", async () => {
  await server.close();
  server = await httpServer({ limits: { socketsPerAccount: 3 } });
  const headers = await bearer("chair");
  const lines = [await lineOf("text", headers), await lineOf("record", headers), await lineOf("record", headers)];
  expect((await post(`/sync/${roomOf("text")}`, headers)).status).toBe(403);
  expect((await post(`${lines[0]}?leave`, headers)).status).toBe(204);
  await lineOf("text", headers);
});

test("[LIN4] whoever loses the seat is told 4403 on the line they have, and gets no frame more", async () => {
  const headers = await bearer("delegation:XAA");
  const line = await lineOf("record", headers);
  const { parcel } = await heard(line, headers);
  expect(parcel?.frames.length).toBe(1);
  const [peer] = server.talks.recordRoom.peers;
  const chair = { authorization: `Bearer ${await server.token("chair")}` };
  const revoked = await fetch(`${server.base}/api/v1/negotiations/talks/commands`, {
    method: "POST",
    headers: { ...chair, "content-type": "application/json", "idempotency-key": "revoke" },
    body: JSON.stringify({
      command: { kind: "revoke-seat", seat: "delegation:XAA", person: peer?.actor?.person },
    }),
  });
  expect(revoked.status).toBe(200);
  const last = await heard(line, headers);
  expect([last.close, last.parcel?.frames]).toEqual(["4403 rights have changed", []]);
});
