/** Every role on every route that changes something, forged origins, and rights that end. */
import * as decoding from "lib0/decoding";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { cookieName } from "../../../server/http/identity.ts";
import { statusOf } from "../../../server/http/problems.ts";
import type { Act } from "../../../shared/domain/rights.ts";
import { whyNot } from "../../../shared/domain/rights.ts";
import { parseSeat } from "../../../shared/domain/roster.ts";
import type { Block } from "../../../shared/domain/text.ts";
import { flatText } from "../../../shared/domain/text.ts";
import type { EpochMs, PersonId, SilenceId } from "../../../shared/domain/values.ts";
import type { NegotiationInfo, Problem } from "../../../shared/wire/api.ts";
import { closeCode, message } from "../../../shared/wire/protocol.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { Browser, httpServer, paragraphAt, program } from "../../support/http-server.ts";
import { Pen } from "../../support/pen.ts";

const seats = [
  "chair",
  "facilitator",
  "secretariat",
  "delegation:XAA",
  "adviser:XAA",
  "reader:XAA",
  "stakeholder:press-1",
  "observer",
];
const talks = "/api/v1/negotiations/talks";
let server: HttpServer;
beforeAll(async () => {
  server = await httpServer();
  await server.open("others");
});
afterAll(() => server.close());

const codeOf = async (response: Response): Promise<string> => ((await response.json()) as Problem).code;

describe("roles", () => {
  test.each(seats)(
    "[IDE1] %s may do what the table of rights says, and nothing in another negotiation",
    async (seat) => {
      const parsed = parseSeat(seat);
      if (!parsed) throw new Error(seat);
      const caller = program(server, await server.token(seat));
      const { id: paragraph, wording } = await paragraphAt(caller.get(`${talks}/report`), 0);
      const position = "0".repeat(22);
      const delegation = { code: "XQQ", name: "Quenlo", kind: "member-state", regionalGroup: "none" };
      const commands: { readonly [A in Exclude<Act, "write-text" | "read-live-text">]: object } = {
        "lodge-position": { paragraph, wording, level: "question" },
        "withdraw-position": { position },
        "confirm-position": { position },
        "reaffirm-position": { position, wording },
        "confirm-met": { position },
        circulate: {},
        gavel: { paragraph, wording: "0".repeat(64) },
        reopen: { paragraph, reason: "Why." },
        "move-paragraph": { paragraph, to: "consensus", reason: "Why." },
        "lift-bracket": { paragraph, wording, at: 0, how: "keep" },
        "issue-version": {},
        "cover-change": { paragraph, reason: "Why." },
        "editorial-correction": { paragraph, wording, text: "Other words.", reason: "Why." },
        "contest-correction": { paragraph },
        restore: { version: "rev-1", reason: "Why." },
        "group-alternatives": { paragraphs: [paragraph, position] },
        "ungroup-alternative": { paragraph },
        "choose-alternative": { paragraph, others: "removed", reason: "Why." },
        "set-label-scheme": { scheme: "bis" },
        "tie-quantifier": { paragraph, wording, from: 0, delegations: [] },
        "request-correction": { paragraph, wording, text: "We did not say so." },
        "answer-correction": { request: position, corrected: false, reason: "It was said." },
        "withdraw-correction-request": { request: position },
        "set-disclaimer": { text: "The Chair's own." },
        "set-disclosure": { preset: "delegations" },
        "set-method": { method: "chair-pen" },
        "set-language": { language: "en" },
        "set-title": { title: "Talks talks" },
        "set-agenda": { topics: [] },
        "add-delegation": { delegation: { ...delegation, code: "XAA" } },
        "change-delegation": { delegation },
        "remove-delegation": { delegation: "XQQ" },
        invite: { seat: "delegation:XQQ" },
        "revoke-seat": { seat: "delegation:XQQ", person: "0".repeat(22) },
        // While it runs nobody adopts the report before the others have tried what they may.
        "announce-silence": { scope: [paragraph], deadline: 4_000_000_000_000, zone: "UTC" },
        "extend-silence": { procedure: position, deadline: 0 },
        "cancel-silence": { procedure: position, reason: "Why." },
        "break-silence": { procedure: position },
        "set-silence-minimum": { hours: 72 },
        adopt: {},
        "make-statement": { form: "reservation", text: "What we think." },
        "create-group": { name: "the Coastal States", of: "political", invite: [] },
        "change-group": { group: "none", name: "the Island States" },
        "dissolve-group": { group: "none" },
        "name-speaker": { group: "african", speaker: null },
        "join-group": { group: "none" },
        "leave-group": { group: "none" },
        align: { position },
        depart: { paragraph },
        "prepare-package": { title: "A", paragraphs: [paragraph] },
        "release-package": { package: position },
        "withdraw-package": { package: position },
        "table-proposal": { paragraph, wording, change: "delete" },
        "amend-proposal": { proposal: position, wording, text: "Other words." },
        cosponsor: { proposal: position },
        "confirm-proposal": { proposal: position },
        "withdraw-proposal": { proposal: position },
        "merge-proposals": { paragraph, wording: "0".repeat(64), text: "Words.", proposals: [position] },
        "dispose-proposal": { proposal: position, fate: "taken-up" },
        "put-bridging": { paragraph, wording: "0".repeat(64), text: "Words.", proposals: [position] },
        "ask-author": { position, whether: "dissociation" },
        "answer-bridging": { bridging: position, answer: "accept" },
        "take-up-bridging": { bridging: position },
        "withdraw-bridging": { bridging: position },
      };
      for (const [kind, fields] of Object.entries(commands)) {
        const no = whyNot({ person: "p" as PersonId, name: "", seat: parsed }, kind as Act, server.talks.record);
        const response = await caller.submit("talks", { kind, ...fields });
        if (no) expect([kind, response.status, await codeOf(response)]).toEqual([kind, statusOf(no.code), no.code]);
        else
          expect([kind, response.status, await response.json()], kind).not.toMatchObject([
            kind,
            403,
            { code: "only-the-chair" },
          ]);
        const elsewhere = await caller.submit("others", { kind, ...fields });
        expect([elsewhere.status, await codeOf(elsewhere)]).toEqual([403, "not-allowed"]);
      }
      const mayWrite = ["chair", "facilitator", "secretariat"].includes(seat);
      const { textRoom } = server.talks.row;
      expect((await caller.post("/api/v1/client-ids", { room: textRoom })).status).toBe(mayWrite ? 200 : 404);
      expect((await caller.post("/api/v1/tickets", { room: textRoom })).status).toBe(mayWrite ? 200 : 404);
      expect((await caller.post(`${talks}/text`, { text: "x", append: true })).status).toBe(mayWrite ? 200 : 403);
      const invited = await caller.post(`${talks}/invitations`, { seats: ["chair"] }, { "idempotency-key": "i" });
      expect(invited.status).toBe(seat === "chair" ? 200 : 403);
      const opened = await caller.post(
        "/api/v1/negotiations",
        { title: "T", slug: "t", method: "chair-pen", disclosure: "open", delegations: [] },
        { "idempotency-key": "o" },
      );
      expect([opened.status, await codeOf(opened)]).toEqual([403, "not-allowed"]);
    },
  );

  test("[IDE1] nobody who is not signed in may change anything", async () => {
    const anyone = new Browser(server);
    const key = { "idempotency-key": "k" };
    const asked = [
      anyone.post(`${talks}/commands`, { command: { kind: "circulate" } }, key),
      anyone.post(`${talks}/invitations`, { seats: ["chair"] }, key),
      anyone.post(`${talks}/text`, { text: "x" }),
      anyone.post(
        "/api/v1/negotiations",
        { title: "T", slug: "t", method: "chair-pen", disclosure: "open", delegations: [] },
        key,
      ),
      anyone.post("/api/v1/client-ids", { room: server.talks.row.recordRoom }),
    ];
    for (const response of await Promise.all(asked)) {
      expect([response.url, response.status, await codeOf(response)]).toEqual([response.url, 401, "not-signed-in"]);
    }
  });
});

describe("forgery", () => {
  const forged = [
    "https://evil.example",
    "null",
    "http://127.0.0.1:1",
    "http://talks.localhost",
    "HTTP://LOCALHOST",
    "",
  ];

  test("[IDE3] no route that changes something takes a cookie from another origin, or from none", async () => {
    const browser = new Browser(server);
    await browser.enter(await server.link("chair"));
    const cookie = browser.cookie ?? "";
    const paths = [
      `${talks}/commands`,
      `${talks}/invitations`,
      `${talks}/text`,
      "/api/v1/negotiations",
      "/api/v1/tickets",
      "/api/v1/client-ids",
      "/enter/x",
      "/sign-out",
      "/n/talks/desk/chair/light",
      "/no-such-thing",
    ];
    const before = server.talks.record.seq;
    for (const path of paths) {
      for (const origin of [...forged, undefined]) {
        const headers = { cookie, "content-type": "application/json", ...(origin !== undefined && { origin }) };
        const response = await fetch(server.base + path, { method: "POST", headers, body: "{}", redirect: "manual" });
        expect([path, origin, response.status, await codeOf(response)]).toEqual([path, origin, 403, "foreign-origin"]);
      }
    }
    expect(server.talks.record.seq).toBe(before);
    expect((await browser.get("/api/v1/me")).status).toBe(200);
  });

  test("[IDE3] a form of ours whose origin the browser hides counts when the browser calls it same-origin", async () => {
    const { base } = server;
    const enter = async (site: string) =>
      fetch(`${base}/enter/${await server.link("chair")}`, {
        method: "POST",
        redirect: "manual",
        headers: { origin: "null", "sec-fetch-site": site, cookie: "other=1" },
      });
    expect((await enter("same-origin")).status).toBe(303);
    for (const site of ["same-site", "cross-site", "none"]) expect((await enter(site)).status).toBe(403);
  });
});

describe("sockets", () => {
  interface Tried {
    readonly outcome: "open" | number;
    readonly socket: WebSocket;
    /** The first frame it is sent. */
    readonly first: Promise<Uint8Array>;
  }
  const tryToOpen = (path: string, headers: Record<string, string> = {}): Promise<Tried> =>
    new Promise((done) => {
      const socket = new WebSocket(server.base.replace("http", "ws") + path, { headers });
      const first = new Promise<Uint8Array>((told) => socket.once("message", (data) => told(data as Buffer)));
      socket.on("open", () => done({ outcome: "open", socket, first }));
      socket.on("unexpected-response", (_, { statusCode = 0 }) => done({ outcome: statusCode, socket, first }));
      socket.on("error", () => undefined);
    });
  const outcomeOf = async (path: string, headers: Record<string, string> = {}) => {
    const { outcome, socket } = await tryToOpen(path, headers);
    socket.terminate();
    return outcome;
  };
  const textPath = () => `/sync/${server.talks.row.textRoom}`;
  const recordPath = () => `/sync/${server.talks.row.recordRoom}`;

  test("[IDE2] a cookie opens rooms for one seat, from our origin only", async () => {
    const browser = new Browser(server);
    await browser.enter(await server.link("chair"));
    const cookie = browser.cookie ?? "";
    const origin = server.base;
    expect(await outcomeOf(textPath(), { cookie, origin })).toBe("open");
    expect(await outcomeOf(textPath(), { cookie, origin: origin.replace("127.0.0.1", "localhost") })).toBe("open");
    for (const forged of ["https://evil.example", "null", "http://127.0.0.1:1"]) {
      expect(await outcomeOf(textPath(), { cookie, origin: forged })).toBe(403);
    }
    expect(await outcomeOf(textPath(), { cookie })).toBe(403);
    await browser.enter(await server.link("delegation:XAA"));
    const both = { cookie: browser.cookie ?? "", origin };
    expect(await outcomeOf(textPath(), both)).toBe(403);
    expect(await outcomeOf(`${textPath()}?seat=chair`, both)).toBe("open");
    expect(await outcomeOf(`${textPath()}?seat=delegation:XAA`, both)).toBe(403);
    expect(await outcomeOf(`${recordPath()}?seat=delegation:XAA`, both)).toBe("open");
    expect(await outcomeOf(`${textPath()}?seat=secretariat`, both)).toBe(403);
  });

  test("a token opens what its seat may join; the public joins the record only", async () => {
    const authorization = (token: string) => ({ authorization: `Bearer ${token}` });
    expect(await outcomeOf(textPath(), authorization(await server.token("chair")))).toBe("open");
    expect(await outcomeOf(textPath(), authorization(await server.token("delegation:XAA")))).toBe(403);
    expect(await outcomeOf(textPath())).toBe(403);
    expect(await outcomeOf(recordPath())).toBe("open");
    expect(await outcomeOf(recordPath(), authorization("x".repeat(43)))).toBe(403);
    expect(await outcomeOf(recordPath(), { cookie: `${cookieName}=${"x".repeat(43)}`, origin: server.base })).toBe(
      "open",
    );
    const onScreen = await server.open("on-screen", "on-screen");
    expect(await outcomeOf(`/sync/${onScreen.row.textRoom}`)).toBe("open");
  });

  test("[IDE6] a ticket opens one connection to its room", async () => {
    const chair = program(server, await server.token("chair"));
    const ticketFor = async (room: string) =>
      ((await (await chair.post("/api/v1/tickets", { room })).json()) as { ticket: string }).ticket;
    const ticket = await ticketFor(server.talks.row.textRoom);
    expect(await outcomeOf(`${textPath()}?ticket=${ticket}`, { origin: server.base })).toBe("open");
    expect(await outcomeOf(`${textPath()}?ticket=${ticket}`)).toBe(403);
    const other = await ticketFor(server.talks.row.recordRoom);
    expect(await outcomeOf(`${textPath()}?ticket=${other}`)).toBe(403);
    expect(await outcomeOf(`${recordPath()}?ticket=${other}`)).toBe(403);
  });

  test("[IDE14] revoked, a seat is cut from its sockets within five seconds", async () => {
    const chair = program(server, await server.token("chair"));
    const secretariat = await server.token("secretariat");
    const person = server.talks.record.holdings.at(-1)?.person ?? "";
    const headers = { authorization: `Bearer ${secretariat}` };
    const open = await Promise.all([textPath(), recordPath()].map((path) => tryToOpen(path, headers)));
    expect(open.map(({ outcome }) => outcome)).toEqual(["open", "open"]);
    const closed = open.map(({ socket }) => new Promise<number>((done) => socket.on("close", done)));
    const asked = performance.now();
    expect((await chair.submit("talks", { kind: "revoke-seat", seat: "secretariat", person })).status).toBe(200);
    expect(await Promise.all(closed)).toEqual([closeCode.notAllowed, closeCode.notAllowed]);
    expect(performance.now() - asked).toBeLessThan(5_000);
    expect(await outcomeOf(textPath(), headers)).toBe(403);
  });

  test("[IDE14] back in the chair's pen, whoever read along on screen is cut from the live text", async () => {
    const screen = await server.open("shared-screen", "on-screen");
    const chair = program(server, await server.token("chair", screen));
    const { socket } = await tryToOpen(`/sync/${screen.row.textRoom}`);
    const closed = new Promise<number>((done) => socket.on("close", done));
    await chair.submit("shared-screen", { kind: "set-method", method: "chair-pen" });
    expect(await closed).toBe(closeCode.notAllowed);
  });

  test("[SIL4] a writer whose words come while silence runs on the whole is told so in words, and one who comes then may stay", async () => {
    const frozen = await server.open("frozen");
    const token = await server.token("chair", frozen);
    const chair = program(server, token);
    await chair.submit("frozen", { kind: "circulate" });
    const headers = { authorization: `Bearer ${token}` };
    const early = await Pen.take(server.base, frozen.row.textRoom, headers);
    const [{ id: paragraph }] = frozen.record.text.filter(({ kind }) => kind === "paragraph") as [Block];
    const words = early.words(paragraph);
    const deadline = (server.ports.clock.now() + 100 * 3_600_000) as EpochMs;
    const silence = { kind: "announce-silence", scope: "whole", deadline, zone: "UTC" } as const;
    const procedure = (await (await chair.submit("frozen", silence)).json()) as { id: SilenceId };
    early.rewrite(paragraph, words, "Typed as it was announced.");
    expect(await early.refusal()).toMatchObject({ code: "paragraph-locked", paragraph });
    early.putDown();

    const later = await Pen.take(server.base, frozen.row.textRoom, headers);
    expect(later.words(paragraph)).toBe(words);
    await chair.submit("frozen", { kind: "cancel-silence", procedure: procedure.id, reason: "Not yet." });
    later.rewrite(paragraph, words, "Typed after it.");
    await later.saved();
    expect(flatText(frozen.textFor({ kind: "team" }).find(({ id }) => id === paragraph)!.content)).toBe(
      "Typed after it.",
    );
    later.putDown();
  });

  test("[IDE14] signing out cuts the sockets of the session", async () => {
    const browser = new Browser(server);
    await browser.enter(await server.link("chair"));
    const { socket } = await tryToOpen(textPath(), { cookie: browser.cookie ?? "", origin: server.base });
    const closed = new Promise<number>((done) => socket.on("close", done));
    await browser.post("/sign-out");
    expect(await closed).toBe(closeCode.notAllowed);
  });

  test("[IDE10] the record reaches a socket as its viewer may see it", async () => {
    const { socket, first } = await tryToOpen(recordPath());
    const decoder = decoding.createDecoder(await first);
    expect([decoding.readVarUint(decoder), decoding.readVarUint(decoder)]).toEqual([message.record, 1]);
    const told = JSON.parse(decoding.readVarString(decoder)) as object;
    expect(told).toMatchObject({ kind: "snapshot", after: 0 });
    expect(JSON.stringify(told)).not.toContain("Person in delegation");
    socket.terminate();
  });

  test("[IDE1] a delegation taken off the roster loses its seats, and its sockets with them", async () => {
    const chair = program(server, await server.token("chair"));
    const token = await server.token("delegation:XAE");
    const { socket } = await tryToOpen(recordPath(), { authorization: `Bearer ${token}` });
    const closed = new Promise<number>((done) => socket.on("close", done));
    await chair.submit("talks", { kind: "remove-delegation", delegation: "XAE" });
    expect(await closed).toBe(closeCode.notAllowed);
    const info = (await (await program(server, token).get(talks)).json()) as NegotiationInfo;
    expect(info.seat).toBeNull();
  });
});
