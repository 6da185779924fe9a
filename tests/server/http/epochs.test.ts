/** Sockets that name a room of an earlier epoch, on the whole server. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { beginEpochs } from "../../../server/negotiation/epochs.ts";
import { memoryStore } from "../../../server/store/memory-store.ts";
import { House } from "../../../server/negotiation/house.ts";
import { verifySeen } from "../../../shared/domain/chain.ts";
import { epochMs } from "../../../shared/domain/values.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer } from "../../support/http-server.ts";

const store = memoryStore();
let before: { readonly text: string; readonly record: string };
let words: string;
let server: HttpServer;

beforeAll(async () => {
  const first = await httpServer({ store });
  const { row } = first.talks;
  before = { text: row.textRoom, record: row.recordRoom };
  words = JSON.stringify(first.talks.textFor({ kind: "team" }));
  await first.ports.house.retire(await first.open("gone"));
  await first.close();
  const random = (count: number): Uint8Array => randomBytes(count);
  await beginEpochs(store, { from: epochMs(1), now: epochMs(2), others: [], random });
  server = await httpServer({ store, slug: "later" });
});
afterAll(() => server.close());

/** How the handshake or the socket ended. */
async function endOf(room: string, token?: string): Promise<number | string> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`${server.base.replace("http", "ws")}/sync/${room}`, { headers });
  return new Promise((resolve) => {
    socket.on("close", resolve);
    socket.on("error", ({ message }) => resolve(message));
  });
}

test("[SOC3] whoever may read the text is told to load the page again; for everyone else the room does not exist", async () => {
  const talks = server.ports.house.bySlug("talks")!;
  const chair = await server.token("chair", talks);
  const delegation = await server.token("delegation:XAA", talks);
  expect(await endOf(before.text, chair)).toBe(4409);
  expect(await endOf(before.record, delegation)).toBe(4409);
  expect(await endOf(before.record)).toBe(4409);
  expect(await endOf(before.text, delegation)).toMatch(/403/);
  expect(await endOf(before.text)).toMatch(/403/);
});

test("[CAR6] the words of a new epoch are those of the one before", async () => {
  const { house } = server.ports;
  const talks = house.bySlug("talks")!;
  expect(JSON.stringify(talks.textFor({ kind: "team" }))).toBe(words);
  expect([talks.row.textRoom, talks.row.recordRoom]).not.toContain(before.text);
  // And the store can be opened as often as one likes.
  expect((await House.open(server.ports)).byFormerRoom(before.text)?.id).toBe(talks.row.textRoom);
});

test("[CAR9] the record says that the data went back, to whoever reads it, and still verifies", async () => {
  const talks = server.ports.house.bySlug("talks")!;
  const { events } = talks.frame({ kind: "public" }, 0);
  expect(events.at(-1)).toMatchObject({ what: { kind: "data-restored", from: 1 } });
  expect(verifySeen(events, null).ok).toBe(true);
  const page = await (await fetch(`${server.base}/n/talks/record`)).text();
  expect(page).toMatch(/restored from a backup made on [^:]*1 January 1970/);
});
