/**
 * A private drafting room, looked for by every kind of outsider on every way there is: routes, sockets, tickets, lines over HTTP, the
 * record, events, frames, exports, the log and the metrics; then by somebody who was in it and no longer is (SPEC: DRA).
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { thePublic, parseSeat, viewerOf } from "../../shared/domain/roster.ts";
import { draftingBlocks } from "../../shared/sync/drafting-text.ts";
import { blocksOf, newYBlock } from "../../shared/sync/model.ts";
import type { Problem, SeenDraftingRoom } from "../../shared/wire/api.ts";
import { message } from "../../shared/wire/protocol.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { act, Drafter, openRoom, roomsOf } from "../support/drafter.ts";
import type { HttpServer } from "../support/http-server.ts";
import { Browser, httpServer, paragraphAt, program } from "../support/http-server.ts";
import { GlassPress } from "../support/glass-press.ts";
import { until } from "../support/socket-server.ts";

const root = "/api/v1/negotiations/talks";
const secret = "zymurgy";
const inside = ["delegation:XAA", "adviser:XAA", "delegation:XAB", "reader:XAB"];
const outside = [
  "chair",
  "facilitator",
  "secretariat",
  "delegation:XAC",
  "adviser:XAC",
  "delegation:XAD",
  "stakeholder:press-1",
  "observer",
];
const callers = new Map<string, ReturnType<typeof program>>();
const log: string[] = [];
const note = (details: object, words: string): void => void log.push(words + JSON.stringify(details));
let server: HttpServer;
let room: SeenDraftingRoom;
let subject: { change: "replace"; paragraph: string; wording: string };
let freedonia: Drafter;
let sylvania: Drafter;
const as = (seat: string): ReturnType<typeof program> => callers.get(seat)!;
const nowhere = "0".repeat(22);

beforeAll(async () => {
  server = await httpServer({ press: new GlassPress(), log: { info: note, warn: note, error: note } });
  for (const seat of [...inside, ...outside]) callers.set(seat, program(server, await server.token(seat)));
  const { id: paragraph, wording } = await paragraphAt(as("delegation:XAA").get(`${root}/report`), 0);
  subject = { change: "replace", paragraph, wording };
  room = await openRoom(as("delegation:XAA"), subject, ["XAB", "XAD"]);
  expect((await act(as("delegation:XAB"), room.id, { kind: "join" })).status).toBe(200);
  expect((await act(as("delegation:XAD"), room.id, { kind: "decline" })).status).toBe(200);
  freedonia = await Drafter.join(server, as("adviser:XAA"), room.room!);
  sylvania = await Drafter.join(server, as("delegation:XAB"), room.room!);
  freedonia.body().insert(0, `${secret} `);
  freedonia.body(draftingBlocks.reason).insert(0, `${secret} because`);
  await until(() => sylvania.words().includes(secret) && sylvania.words(draftingBlocks.reason).includes(secret));
});
afterAll(async () => {
  freedonia.leave();
  sylvania.leave();
  await server.close();
});

/** How a handshake ends: refused, or with which code the socket is closed. */
async function knock(path: string, headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(`${server.base.replace("http", "ws")}/sync/${path}`, { headers });
  return new Promise((resolve) => {
    socket.on("open", () => {
      socket.close();
      resolve("open");
    });
    socket.on("error", (trouble) => resolve(trouble.message));
  });
}

const seen = async (answer: Promise<Response>): Promise<readonly [number, string, string]> => {
  const response = await answer;
  const { reference: _, ...problem } = (await response.json()) as Problem;
  return [response.status, JSON.stringify(problem), [...response.headers.keys()].toSorted().join()];
};

test("[DRA1] no address shows outsiders that there is a room, and no address but its own shows it to those inside", async () => {
  const documented = (await (await fetch(`${server.base}/api/openapi.json`)).json()) as { paths: object };
  const pages = [
    "",
    "/record",
    "/overview",
    ...["chair", "delegation:XAA", "delegation:XAC"].map((s) => `/desk/${s}/light`),
  ];
  const addresses = [
    ...Object.keys(documented.paths).map((path) => path.replace("{slug}", "talks").replace(/\{\w+\}/g, room.id)),
    ...pages.map((page) => `/n/talks${page}`),
    ...["json", "md", "html", "csv"].map((format) => `/n/talks.${format}`),
    "/",
    "/metrics",
    `${root}/events?after=0`,
    `${root}/papers`,
  ];
  expect(addresses).toContain(`${root}/drafting`);
  const tells = (text: string): readonly string[] => [secret, room.id, room.room!].filter((one) => text.includes(one));
  const browser = new Browser(server);
  const anyone = { get: (path: string) => browser.get(path) };
  for (const address of new Set(addresses)) {
    for (const [seat, caller] of [
      ["nobody", anyone] as const,
      ...outside.map((other) => [other, as(other)] as const),
    ]) {
      const text = await (await caller.get(address)).text();
      // A path that was asked for may be repeated; words may not.
      expect(
        tells(text).filter((one) => !address.includes(one)),
        `${seat} at ${address}`,
      ).toEqual([]);
    }
    if (address === `${root}/drafting`) continue;
    for (const seat of inside) expect(await (await as(seat).get(address)).text(), address).not.toContain(secret);
  }
  for (const viewer of [...inside, ...outside].map((seat) => viewerOf(parseSeat(seat)!)).concat(thePublic))
    expect(tells(JSON.stringify([server.talks.frame(viewer, 0), server.talks.report(viewer)]))).toEqual([]);
  expect(tells(JSON.stringify(server.talks.entries))).toEqual([]);
  expect(log.filter((line) => line.includes(secret))).toEqual([]);
  for (const seat of inside) expect(await roomsOf(as(seat))).toHaveLength(1);
});

test("[DRA1] whatever outsiders do to it is answered as for a room that does not exist", async () => {
  const deeds = [
    { kind: "join" },
    { kind: "leave" },
    { kind: "close" },
    { kind: "carry-over" },
    { kind: "take-out", delegation: "XAB" },
    { kind: "invite", delegations: ["XAC"] },
    { kind: "sponsor", wording: subject.wording },
  ];
  for (const seat of outside) {
    for (const deed of deeds)
      expect(await seen(act(as(seat), room.id, deed)), `${seat} ${deed.kind}`).toEqual(
        await seen(act(as(seat), nowhere, deed)),
      );
    const table = (id: string) => seen(as(seat).post(`${root}/drafting/table`, { id }));
    expect(await table(room.id)).toEqual(await table(nowhere));
    for (const path of ["/api/v1/tickets", "/api/v1/client-ids"]) {
      const ask = (id: string) => seen(as(seat).post(path, { room: id }));
      expect(await ask(room.room!), `${seat} ${path}`).toEqual(await ask(nowhere));
    }
    const { headers } = as(seat);
    for (const query of ["", `?seat=${encodeURIComponent("delegation:XAA")}`, "?seat=delegation:XAB&after=0"]) {
      expect(await knock(room.room! + query, headers), seat).toBe(await knock(nowhere + query, headers));
      const line = (id: string) => seen(fetch(`${server.base}/sync/${id}${query}`, { method: "POST", headers }));
      expect(await line(room.room!), seat).toEqual(await line(nowhere));
    }
  }
  expect(await knock(room.room!, {})).toBe(await knock(nowhere, {}));
  expect((await new Browser(server).get(`${root}/drafting`)).status).toBe(401);
  for (const seat of ["chair", "observer"]) expect((await as(seat).get(`${root}/drafting`)).status).toBe(403);
  expect(await roomsOf(as("delegation:XAC"))).toEqual([]);
  expect(await roomsOf(as("delegation:XAD"))).toEqual([]);
  // A ticket of theirs for another room opens no door here.
  const ticket = await as("chair").post("/api/v1/tickets", { room: server.talks.row.textRoom });
  const spelled = ((await ticket.json()) as { ticket: string }).ticket;
  expect(await knock(`${room.room!}?ticket=${spelled}`, {})).toMatch(/403/);
});

test("[DRA1] nobody's line but that of the delegations concerned carries a byte when something is done in a room", async () => {
  const heard = new Map<string, number[]>();
  const sockets = ["chair", "delegation:XAA", "delegation:XAC", "observer"].map((seat) => {
    const url = `${server.base.replace("http", "ws")}/sync/${server.talks.row.recordRoom}`;
    const socket = new WebSocket(url, { headers: as(seat).headers });
    heard.set(seat, []);
    socket.on("message", (data: Buffer) => heard.get(seat)!.push(data[0]!));
    return socket;
  });
  await until(() => [...heard.values()].every((types) => types.includes(message.record)));
  const before = new Map([...heard].map(([seat, types]) => [seat, types.length]));
  freedonia.body().insert(0, "more ");
  expect((await act(as("delegation:XAA"), room.id, { kind: "invite", delegations: ["XAE"] })).status).toBe(200);
  await until(() => heard.get("delegation:XAA")!.includes(message.ownSide));
  for (const seat of ["chair", "delegation:XAC", "observer"])
    expect(heard.get(seat)!.length, seat).toBe(before.get(seat));
  for (const socket of sockets) socket.close();
});

test("[DRA9] a member writes words and nothing else; what is forged is refused and changes nothing", async () => {
  const whole = () => JSON.stringify(blocksOf(sylvania.doc).toJSON());
  const forgeries: readonly ((doc: Drafter) => void)[] = [
    ({ doc }) =>
      blocksOf(doc).set(
        "9".repeat(22),
        newYBlock({ kind: "paragraph", level: 0, part: "consensus", content: [{ t: "text", text: "more" }] }, "c"),
      ),
    ({ doc }) => blocksOf(doc).delete(draftingBlocks.reason),
    ({ doc }) => (blocksOf(doc).get(draftingBlocks.words) as ReturnType<typeof newYBlock>).set("del", 1),
    ({ doc }) => (blocksOf(doc).get(draftingBlocks.words) as ReturnType<typeof newYBlock>).set("order", "z"),
    ({ doc }) => (blocksOf(doc).get(draftingBlocks.words) as ReturnType<typeof newYBlock>).set("type", "heading"),
    ({ doc }) => doc.getMap("elsewhere").set("hidden", "channel"),
    (drafter) => drafter.body().insert(0, "x".repeat(20_001)),
    (drafter) => drafter.body().insert(0, "\u202Eevil"),
    (drafter) => (drafter.doc.clientID = freedonia.doc.clientID),
  ];
  for (const forgery of forgeries) {
    const forger = await Drafter.join(server, as("delegation:XAB"), room.room!);
    const before = whole();
    forgery(forger);
    forger.body().insert(0, "forged");
    await until(() => forger.refused.length > 0 && forger.closed.length > 0);
    expect(forger.closed).toEqual([4403]);
    expect(whole()).toBe(before);
    forger.leave();
  }
});

test("[DRA9] the line of one room carries nothing into another, nor into the report", async () => {
  const other = await openRoom(as("delegation:XAC"), subject, []);
  const theirs = await Drafter.join(server, as("delegation:XAC"), other.room!);
  const text = JSON.stringify(server.talks.textFor({ kind: "team" }));
  // A client id is good for the room it was issued for.
  theirs.doc.clientID = freedonia.doc.clientID;
  theirs.body().insert(0, "elsewhere");
  await until(() => theirs.closed.length > 0);
  expect(theirs.closed).toEqual([4403]);
  const chairs = await knock(server.talks.row.textRoom, as("delegation:XAA").headers);
  expect(chairs).toMatch(/403/);
  expect(freedonia.words()).not.toContain("elsewhere");
  expect(JSON.stringify(server.talks.textFor({ kind: "team" }))).toBe(text);
  theirs.doc.clientID = theirs.provider.awareness.clientID;
  theirs.leave();
});

test("[DRA3] a reader of a delegation inside reads, and what it sends is dropped", async () => {
  const refused = await as("reader:XAB").post("/api/v1/client-ids", { room: room.room! });
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([403, "not-allowed"]);
  const reader = await Drafter.join(server, as("reader:XAB"), room.room!);
  expect(reader.words()).toContain(secret);
  reader.body().insert(0, "reader ");
  freedonia.body().insert(0, "writer ");
  await until(() => sylvania.words().startsWith("writer "));
  expect(sylvania.words()).not.toContain("reader");
  reader.leave();
});

test("[DRA4] who is taken out is cut at once, hears nothing more, and finds nothing where the room was", async () => {
  const ticket = await as("delegation:XAB").post("/api/v1/tickets", { room: room.room! });
  const spelled = ((await ticket.json()) as { ticket: string }).ticket;
  const line = await fetch(`${server.base}/sync/${room.room!}`, {
    method: "POST",
    headers: as("delegation:XAB").headers,
  });
  const path = `/sync/${room.room!}/${((await line.json()) as { line: string }).line}`;
  expect((await act(as("delegation:XAA"), room.id, { kind: "take-out", delegation: "XAB" })).status).toBe(200);
  await until(() => sylvania.closed.length > 0);
  expect(sylvania.closed).toEqual([4403]);
  freedonia.body().insert(0, "now among us ");
  await until(() => !sylvania.provider.wsconnected);
  expect(sylvania.words()).not.toContain("now among us");
  expect(await knock(`${room.room!}?ticket=${spelled}`, {})).toMatch(/403/);
  const polled = await fetch(`${server.base}${path}?received=0&now`, {
    method: "POST",
    headers: as("delegation:XAB").headers,
  });
  expect(await polled.text()).not.toContain("now among us");
  expect(await roomsOf(as("delegation:XAB"))).toEqual([]);
  expect(await seen(act(as("delegation:XAB"), room.id, { kind: "join" }))).toEqual(
    await seen(act(as("delegation:XAB"), nowhere, { kind: "join" })),
  );
});

test("[DRA6] [DRA7] what the room holds is tabled at once with its sponsors, once, and then it is closed and read only by those inside", async () => {
  const [one, two, three] = ["delegation:XAA", "delegation:XAC", "delegation:XAD"].map(as);
  const drafting = await openRoom(one!, subject, ["XAC", "XAD"]);
  for (const member of [two!, three!]) expect((await act(member, drafting.id, { kind: "join" })).status).toBe(200);
  const writer = await Drafter.join(server, two!, drafting.room!);
  writer.body().delete(0, writer.body().length);
  writer.body().insert(0, "States must aaaa.");
  writer.body(draftingBlocks.reason).insert(0, "Together.");
  const reader = await Drafter.join(server, one!, drafting.room!);
  await until(() => reader.words() === "States must aaaa." && reader.words(draftingBlocks.reason) === "Together.");
  const { hash } = wordingOf([{ t: "text", text: "States must aaaa." }]);
  expect((await act(two!, drafting.id, { kind: "sponsor", wording: hash })).status).toBe(200);
  // One that never said so is not named at all.
  const stale = await act(three!, drafting.id, { kind: "sponsor", wording: subject.wording });
  expect([stale.status, ((await stale.json()) as Problem).code]).toEqual([409, "wording-stale"]);
  const before = server.talks.record.seq;
  const table = () => one!.post(`${root}/drafting/table`, { id: drafting.id });
  expect((await two!.post(`${root}/drafting/table`, { id: drafting.id })).status).toBe(403);
  const answers = await Promise.all([table(), table()]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const [first, second] = await Promise.all(answers.map(async (answer) => answer.text()));
  expect(first).toBe(second);
  expect(server.talks.record.seq).toBe(before + 2);
  const [proposal] = [...server.talks.record.proposals.values()].flat();
  expect(proposal).toMatchObject({
    by: "XAA",
    content: [{ t: "text", text: "States must aaaa." }],
    reason: "Together.",
    cosponsors: [{ by: "XAC" }],
    invited: ["XAC"],
  });
  expect(JSON.stringify(server.talks.entries.slice(before))).not.toContain("XAD");
  const kept = (await roomsOf(three!)).find(({ id }) => id === drafting.id);
  expect(kept?.ended).toMatchObject({ by: "XAA", proposal: proposal!.id });
  writer.body().insert(0, "too late ");
  await until(() => writer.refused.length > 0);
  const later = await Drafter.join(server, as("delegation:XAD"), drafting.room!);
  expect(later.words()).toBe("States must aaaa.");
  expect((await act(one!, drafting.id, { kind: "leave" })).status).toBe(409);
  for (const drafter of [writer, reader, later]) drafter.leave();
});

test("[DRA6] a draft that cannot be tabled is refused in words, and the room goes on", async () => {
  const drafting = await openRoom(as("delegation:XAA"), subject, []);
  const refused = await as("delegation:XAA").post(`${root}/drafting/table`, { id: drafting.id });
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([422, "same-words"]);
  const writer = await Drafter.join(server, as("delegation:XAA"), drafting.room!);
  writer.body().insert(0, "All ");
  const second = await Drafter.join(server, as("adviser:XAA"), drafting.room!);
  await until(() => second.words().startsWith("All "));
  expect(writer.refused).toEqual([]);
  for (const drafter of [writer, second]) drafter.leave();
});
