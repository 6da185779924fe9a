/** What a server refuses whose memory is full, and what goes on, on the whole server (server/rooms/SPEC.md: MEM). */
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer, program } from "../../support/http-server.ts";
import { until } from "../../support/socket-server.ts";
import { Typist } from "../../support/typist.ts";

const memory = { isFull: false, isBrimful: false };
const api = "/api/v1/negotiations/talks";
let server: HttpServer;
let chair: ReturnType<typeof program>;
let delegation: ReturnType<typeof program>;
beforeEach(async () => {
  Object.assign(memory, { isFull: false, isBrimful: false });
  server = await httpServer({ memory });
  chair = program(server, await server.token("chair"));
  delegation = program(server, await server.token("delegation:XAA"));
});
afterEach(() => server.close());

const full = { status: 503, code: "full" };
const said = async (answer: Promise<Response>): Promise<unknown> => {
  const response = await answer;
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code, ...(code === "full" && { after: response.headers.get("retry-after") }) };
};

test("[MEM2] documents, whole texts, files and texts that nobody has open are refused, with when to ask again", async () => {
  server.talks.ease();
  memory.isFull = true;
  const later = { ...full, after: "10" };
  expect(await said(chair.get("/n/talks.docx"))).toEqual(later);
  expect(await said(chair.get("/n/talks/archive.zip"))).toEqual(later);
  expect(await said(chair.post(`${api}/text`, { text: "More.", append: true }))).toEqual(later);
  expect(await said(chair.post("/api/v1/files/text", {}))).toEqual(later);
  expect(await said(chair.get(`${api}/report`))).toEqual(later);
  expect(server.talks.textRoom.isAwake).toBe(false);
  // What everyone may read, and the record, take no text of their own.
  for (const path of ["/n/talks", "/n/talks/record", `${api}/events`, api])
    expect((await delegation.get(path)).status, path).toBe(200);
  expect((await delegation.get(`${api}/report`)).status).toBe(200);
  memory.isFull = false;
  expect((await chair.get(`${api}/report`)).status).toBe(200);
});

test("[MEM2] statements go on, also about a text that nobody has open; brimful, only about those that somebody has", async () => {
  const { parts } = (await (await delegation.get(`${api}/report`)).json()) as ComposedReport;
  const { id: paragraph, wording } = parts.consensus[0]!;
  const asked = { kind: "lodge-position", paragraph, wording, level: "question" } as const;
  server.talks.ease();
  memory.isFull = true;
  expect((await delegation.submit("talks", asked)).status).toBe(200);
  expect(server.talks.textRoom.isAwake).toBe(true);
  memory.isBrimful = true;
  expect((await delegation.submit("talks", asked, "second")).status).toBe(200);
  server.talks.ease();
  const { seq } = server.talks.record;
  expect(await said(delegation.submit("talks", asked, "third"))).toEqual({ ...full, after: "10" });
  // What was answered before is answered again.
  expect((await delegation.submit("talks", asked, "second")).status).toBe(200);
  expect(server.talks.record.seq).toBe(seq);
  memory.isBrimful = false;
  expect((await delegation.submit("talks", asked, "third")).status).toBe(200);
});

test("[MEM2] who is on line types on and is told; who comes is asked to come later, over a socket and over HTTP", async () => {
  const { textRoom } = server.talks;
  const token = chair.headers.authorization.replace("Bearer ", "");
  const { clientId } = (await (await chair.post("/api/v1/client-ids", { room: textRoom.id })).json()) as {
    clientId: number;
  };
  const typist = new Typist(server.base, textRoom.id, clientId, "t", token);
  try {
    await typist.begin(10);
    await until(() => typist.durable > 3, "words are saved");
    Object.assign(memory, { isFull: true, isBrimful: true });
    server.talks.ease();
    const { durable } = typist;
    await until(() => typist.durable > durable + 3, "words are saved while it is full");
    expect((await chair.submit("talks", { kind: "circulate" })).status).toBe(200);

    const socket = new WebSocket(`${server.base.replace("http", "ws")}/sync/${textRoom.id}`, {
      headers: chair.headers,
    });
    const messages: unknown[] = [];
    socket.on("message", (message) => messages.push(message));
    const code = await new Promise((resolve) => socket.on("close", resolve));
    expect([code, messages]).toEqual([1013, []]);

    const { line } = (await (await chair.post(`/sync/${textRoom.id}`, {})).json()) as { line: string };
    const polled = await chair.post(`/sync/${textRoom.id}/${line}?received=0`, {});
    expect(polled.headers.get("rapporteur-close")).toBe("1013 full");
    expect(typist.closed).toEqual([]);
  } finally {
    typist.stop();
  }
});

test("[MEM3] what is eased is made again as it was", async () => {
  const before = await (await chair.get(`${api}/report`)).text();
  const page = await (await chair.get("/n/talks/record")).text();
  server.talks.ease();
  expect(server.talks.textRoom.isAwake).toBe(false);
  expect(await (await chair.get(`${api}/report`)).text()).toBe(before);
  const nonce = /nonce="[^"]*"/g;
  expect((await (await chair.get("/n/talks/record")).text()).replace(nonce, "")).toBe(page.replace(nonce, ""));
});

test("[MEM4] /readyz and the metrics say so", async () => {
  expect(await (await fetch(`${server.base}/readyz`)).json()).toMatchObject({ status: "ready" });
  memory.isFull = true;
  const answer = await fetch(`${server.base}/readyz`);
  expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ status: "full" })]);
});
