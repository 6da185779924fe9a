/** Drafting rooms through restarts, restores and disks that fail (SPEC: DRA). */
import { randomBytes } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { beginEpochs } from "../../../server/negotiation/epochs.ts";
import { memoryStore } from "../../../server/store/memory-store.ts";
import type { Store } from "../../../server/store/port.ts";
import { epochMs } from "../../../shared/domain/values.ts";
import type { Problem } from "../../../shared/wire/api.ts";
import { draftingBlocks } from "../../../shared/sync/drafting-text.ts";
import { blocksOf, bodyOf, yBlock } from "../../../shared/sync/model.ts";
import { act, Drafter, openRoom, roomsOf } from "../../support/drafter.ts";
import { failingStore } from "../../support/failing-store.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer, paragraphAt, program } from "../../support/http-server.ts";
import { until } from "../../support/socket-server.ts";

const root = "/api/v1/negotiations/talks";
let server: HttpServer;
const drafters: Drafter[] = [];
afterEach(async () => {
  for (const drafter of drafters.splice(0)) drafter.leave();
  await server.close();
});

const enter = async (seat: string) => program(server, await server.token(seat, server.ports.house.bySlug("talks")!));
const join = async (caller: ReturnType<typeof program>, room: string): Promise<Drafter> => {
  const drafter = await Drafter.join(server, caller, room);
  drafters.push(drafter);
  return drafter;
};
async function aRoom(store: Store) {
  server = await httpServer({ store });
  const [one, two] = [await enter("delegation:XAA"), await enter("delegation:XAB")];
  const { id: paragraph, wording } = await paragraphAt(one.get(`${root}/report`), 0);
  const room = await openRoom(one, { change: "replace", paragraph, wording }, ["XAB"]);
  expect((await act(two, room.id, { kind: "join" })).status).toBe(200);
  return { one, two, room, paragraph, wording };
}

/** How the handshake or the socket ended. */
async function endOf(room: string, headers: Record<string, string>): Promise<number | string> {
  const socket = new WebSocket(`${server.base.replace("http", "ws")}/sync/${room}`, { headers });
  return new Promise((resolve) => {
    socket.on("close", resolve);
    socket.on("error", ({ message }) => resolve(message));
  });
}

test("[DRA10] after a restore a room has another epoch with the same words; only who is in it is told to load again", async () => {
  const store = memoryStore();
  const { one, room } = await aRoom(store);
  (await join(one, room.room!)).body().insert(0, "All ");
  const reader = await join(one, room.room!);
  await until(() => reader.words() === "All States should aaaa.");
  for (const drafter of drafters.splice(0)) drafter.leave();
  await server.close();
  await beginEpochs(store, { from: epochMs(1), now: epochMs(2), others: [], random: (count) => randomBytes(count) });
  server = await httpServer({ store, slug: "later" });
  const [member, outsider] = [await enter("delegation:XAB"), await enter("delegation:XAC")];
  const [again] = await roomsOf(member);
  expect(again).toMatchObject({ id: room.id, standing: "joined", leader: "XAA" });
  expect(again!.room).not.toBe(room.room);
  expect(await endOf(room.room!, member.headers)).toBe(4409);
  expect(await endOf(room.room!, outsider.headers)).toMatch(/403/);
  expect((await join(member, again!.room!)).words()).toBe("All States should aaaa.");
});

test("[DRA6] a tabling whose commit fails records nothing and closes nothing; sent again it is done", async () => {
  const store = failingStore(memoryStore());
  const { one, two, room } = await aRoom(store);
  const writer = await join(two, room.room!);
  const other = await join(one, room.room!);
  writer.body().insert(0, "All ");
  await until(() => other.words() === "All States should aaaa.");
  const { seq } = server.talks.record;
  const table = () => one.post(`${root}/drafting/table`, { id: room.id });
  store.fault("commit", 1, { does: "fail" });
  expect((await table()).status).toBe(503);
  expect(server.talks.record.seq).toBe(seq);
  expect((await roomsOf(one))[0]?.ended).toBeNull();
  writer.body().insert(0, "Again ");
  await until(() => other.words().startsWith("Again "));
  await until(() => server.talks.textRoom.isWritable);
  expect((await table()).status).toBe(200);
  expect([...server.talks.record.proposals.values()].flat()).toMatchObject([
    { content: [{ t: "text", text: "Again All States should aaaa." }] },
  ]);
  expect((await roomsOf(two))[0]?.ended).not.toBeNull();
});

test("[DRA6] a tabling whose answer was lost on its way is done once, and the room is closed by it", async () => {
  const store = failingStore(memoryStore());
  const { one, two, room } = await aRoom(store);
  const writer = await join(two, room.room!);
  writer.body(draftingBlocks.reason).insert(0, "Because.");
  writer.body().insert(0, "All ");
  const other = await join(one, room.room!);
  await until(() => other.words() === "All States should aaaa.");
  const { seq } = server.talks.record;
  const table = () => one.post(`${root}/drafting/table`, { id: room.id });
  store.fault("commit", 1, { does: "lose-answer" });
  expect((await table()).status).toBe(503);
  await until(() => server.talks.textRoom.isWritable);
  expect((await table()).status).toBe(200);
  expect(server.talks.record.seq).toBe(seq + 1);
  expect((await roomsOf(two))[0]?.ended).toMatchObject({ by: "XAA" });
});

test("[DRA2] an act that may or may not be on disk is read again before the next", async () => {
  const store = failingStore(memoryStore());
  const { one, room } = await aRoom(store);
  store.fault("commit", 1, { does: "lose-answer" });
  expect((await act(one, room.id, { kind: "take-out", delegation: "XAB" })).status).toBe(503);
  const live = await server.talks.room(room.id);
  await until(() => live.isWritable);
  const again = await act(one, room.id, { kind: "take-out", delegation: "XAB" });
  expect([again.status, ((await again.json()) as Problem).code]).toEqual([409, "nothing-changes"]);
});

test("[DRA5] opening is done once for each key, and begins with what was written already", async () => {
  const { one, paragraph, wording } = await aRoom(memoryStore());
  const begun = { paragraph, wording, invited: [], content: [{ t: "text", text: "Begun." }], reason: "Why." };
  const open = async (key: string, change = "insert-after") => {
    const answer = await one.post(`${root}/drafting`, { ...begun, change }, { "idempotency-key": key });
    return ((await answer.json()) as { id: string }).id;
  };
  const id = await open("same");
  expect(await open("same")).toBe(id);
  expect(await open("other", "delete")).not.toBe(id);
  const opened = (await roomsOf(one)).find((room) => room.id === id)!;
  const drafter = await join(one, opened.room!);
  expect([drafter.words(), drafter.words(draftingBlocks.reason)]).toEqual(["Begun.", "Why."]);
  const long = [{ t: "text", text: "x".repeat(20_001) }];
  const refused = await one.post(
    `${root}/drafting`,
    { ...begun, change: "replace", content: long },
    { "idempotency-key": "long" },
  );
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([422, "words-too-long"]);
});

test("[DRA8] carried over, the words in the room are put on those in circulation, live", async () => {
  const { one, two, room } = await aRoom(memoryStore());
  const drafter = await join(two, room.room!);
  drafter.body().insert(0, "All ");
  const other = await join(one, room.room!);
  await until(() => other.words() === "All States should aaaa.");
  const chair = await enter("chair");
  const refused = await act(one, room.id, { kind: "carry-over" });
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([409, "nothing-changes"]);
  await server.talks.textRoom.transact(() => {
    const body = bodyOf(yBlock(blocksOf(server.talks.textRoom.doc), room.paragraph)!)!;
    body.insert(body.length, " Promptly.");
    return { writes: [], result: null };
  });
  expect((await chair.submit("talks", { kind: "circulate" })).status).toBe(200);
  const led = await act(two, room.id, { kind: "carry-over" });
  expect([led.status, ((await led.json()) as Problem).code]).toEqual([403, "drafting-not-led"]);
  expect((await act(one, room.id, { kind: "carry-over" })).status).toBe(200);
  await until(() => other.words() === "All States should aaaa. Promptly.");
  await until(() => drafter.words() === other.words());
});

test("[DRA2] a delegation that the chair removes is cut from the rooms it was in, and the next one leads", async () => {
  const { one, two, room } = await aRoom(memoryStore());
  const drafter = await join(one, room.room!);
  const chair = await enter("chair");
  expect((await chair.submit("talks", { kind: "remove-delegation", delegation: "XAA" })).status).toBe(200);
  await until(() => drafter.closed.length > 0);
  expect(drafter.closed).toEqual([4403]);
  expect((await roomsOf(two))[0]?.leader).toBe("XAB");
});

test("[DRA4] a person whose seat is revoked is cut from the rooms at once", async () => {
  const { one, room } = await aRoom(memoryStore());
  const adviser = await enter("adviser:XAA");
  const drafter = await join(adviser, room.room!);
  const me = (await (await adviser.get("/api/v1/me")).json()) as { person: { id: string } };
  const revoked = await one.submit("talks", { kind: "revoke-seat", person: me.person.id, seat: "adviser:XAA" });
  expect(revoked.status).toBe(200);
  await until(() => drafter.closed.length > 0);
  expect(drafter.closed).toEqual([4403]);
});
