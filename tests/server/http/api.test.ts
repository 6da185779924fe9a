/** What programs ask of one negotiation, over real HTTP; every answer is held against its codec. */
import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import type { SeenEntry } from "../../../shared/domain/entries.ts";
import { verifySeen } from "../../../shared/domain/chain.ts";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import type { ChangedAnswer, CommandAnswer, Me, NegotiationInfo, Problem } from "../../../shared/wire/api.ts";
import * as answers from "../../../shared/wire/answers.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { Browser, httpServer, paragraphAt, program } from "../../support/http-server.ts";

const root = "/api/v1/negotiations/talks";
let server: HttpServer;
let chair: ReturnType<typeof program>;
let freedonia: ReturnType<typeof program>;
let sylvania: ReturnType<typeof program>;

beforeAll(async () => {
  server = await httpServer();
  chair = program(server, await server.token("chair"));
  freedonia = program(server, await server.token("delegation:XAA"));
  sylvania = program(server, await server.token("delegation:XAB"));
});
afterAll(async () => {
  expect(server.complaints).toEqual([]);
  await server.close();
});

const everyone = {
  get: (path: string, headers: Record<string, string> = {}) => fetch(server.base + path, { headers }),
};
const codeOf = async (response: Response): Promise<string> => ((await response.json()) as Problem).code;

/** The answer, if it is exactly what the OpenAPI document says. */
async function read<Answer>(asked: Promise<Response>, codec: z.ZodType): Promise<Answer> {
  const response = await asked;
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body)).toBeLessThan(300);
  const parsed = codec.safeParse(body);
  expect(parsed.error?.issues).toBeUndefined();
  return body as Answer;
}

async function objection(by: ReturnType<typeof program>, index: number, more: object = {}) {
  const { id: paragraph, wording } = await paragraphAt(by.get(`${root}/report`), index);
  return { kind: "lodge-position", paragraph, wording, level: "objection", ...more };
}

describe("commands", () => {
  test("a position is lodged, answered with a receipt, and read by all who may", async () => {
    const command = await objection(freedonia, 0, { reason: "Too soon." });
    const answer = await read<CommandAnswer>(freedonia.submit("talks", command), answers.commandAnswer);
    expect(answer.receipt.seq).toBe(server.talks.record.seq);
    expect(answer.receipt.hash).toBe(server.talks.record.head);
    for (const reader of [chair, sylvania, freedonia]) {
      const report = await read<ComposedReport>(reader.get(`${root}/report`), answers.composedReport);
      expect(report.parts.consensus[0]).toMatchObject({
        status: "contested",
        positions: [{ id: answer.id, reason: "Too soon." }],
      });
    }
    // The public sees that there is one, not whose, nor why.
    const report = await read<ComposedReport>(everyone.get(`${root}/report`), answers.composedReport);
    const [seen] = report.parts.consensus[0]?.positions ?? [];
    expect(seen).toMatchObject({ id: answer.id, level: "objection" });
    expect(JSON.stringify(report)).not.toMatch(/Too soon|Freedonia/);
  });

  test("[IDE9] the same key is done once and answered alike; for something else, or nothing, it is refused", async () => {
    const command = await objection(sylvania, 1);
    const before = server.talks.record.seq;
    const repeated = await Promise.all(Array.from({ length: 20 }, () => sylvania.submit("talks", command, "same")));
    const bodies = await Promise.all(repeated.map((response) => response.text()));
    expect(new Set(bodies).size).toBe(1);
    expect(server.talks.record.seq).toBe(before + 1);
    const other = await sylvania.submit("talks", { ...command, reason: "Another." }, "same");
    expect([other.status, await codeOf(other)]).toEqual([422, "idempotency-mismatch"]);
    const without = await sylvania.post(`${root}/commands`, { command });
    expect([without.status, await codeOf(without)]).toEqual([400, "idempotency-key-needed"]);
    const bad = await sylvania.post(`${root}/commands`, { command }, { "idempotency-key": "with space" });
    expect([bad.status, await codeOf(bad)]).toEqual([422, "invalid"]);
    // Keys belong to a seat: another one's is no repetition.
    expect((await freedonia.submit("talks", await objection(freedonia, 1), "same")).status).toBe(200);
  });

  test("a refusal is a problem with the code of the rule, its status and the paragraph", async () => {
    const { id: paragraph, wording } = await paragraphAt(chair.get(`${root}/report`), 0);
    const refusals: [ReturnType<typeof program>, Record<string, unknown>, number, string][] = [
      [chair, { kind: "gavel", paragraph, wording }, 409, "contested"],
      [chair, { kind: "gavel", paragraph, wording: "0".repeat(64) }, 409, "wording-stale"],
      [freedonia, { kind: "gavel", paragraph, wording }, 403, "only-the-chair"],
      [freedonia, { kind: "withdraw-position", position: "0".repeat(22) }, 422, "position-unknown"],
      [freedonia, { kind: "lodge-position", paragraph, wording, level: "support" }, 409, "own-objection-stands"],
      [chair, { kind: "reopen", paragraph, reason: "To see." }, 409, "not-agreed"],
    ];
    for (const [by, command, status, code] of refusals) {
      const response = await by.submit("talks", command);
      const problem = await response.json();
      expect([response.status, (problem as Problem).code]).toEqual([status, code]);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
      expect(answers.problem.safeParse(problem).error).toBeUndefined();
    }
  });

  test("[IDE1] a seat, a name or a time in the body is refused, not believed", async () => {
    const command = await objection(freedonia, 2);
    for (const more of [{ by: "XAB" }, { seat: "chair" }, { at: 0 }, { person: "x" }]) {
      const response = await freedonia.submit("talks", { ...command, ...more });
      expect([response.status, await codeOf(response)]).toEqual([422, "invalid"]);
    }
    const body = { command, seat: "chair" };
    expect((await freedonia.post(`${root}/commands`, body, { "idempotency-key": "b" })).status).toBe(422);
  });

  test("an invitation comes with a link that its guest can use", async () => {
    const answer = await read<CommandAnswer>(
      chair.submit("talks", { kind: "invite", seat: "delegation:XAC" }),
      answers.commandAnswer,
    );
    const token = answer.link?.split("/enter/")[1] ?? "";
    expect((await new Browser(server).enter(token)).headers.get("location")).toBe("/n/talks/desk/delegation:XAC");
  });

  test("invitations are sent all at once, or none of them", async () => {
    const invite = (seats: string[], key: string) =>
      chair.post(`${root}/invitations`, { seats }, { "idempotency-key": key });
    const before = server.talks.record.seq;
    const refused = await invite(["delegation:XAD", "delegation:XZZ"], "i1");
    expect([refused.status, await codeOf(refused)]).toEqual([422, "delegation-unknown"]);
    expect(server.talks.record.seq).toBe(before);
    const { invitations } = await read<{ invitations: { link: string; seat: string; name: string }[] }>(
      invite(["delegation:XAD", "delegation:XAE", "secretariat", "secretariat"], "i2"),
      answers.invitations,
    );
    expect(invitations.map(({ seat, name }) => [seat, name])).toEqual([
      ["delegation:XAD", "Lunari"],
      ["delegation:XAE", "Calidora"],
      ["secretariat", "Secretariat"],
      ["secretariat", "Secretariat"],
    ]);
    for (const { link } of invitations) {
      expect((await new Browser(server).enter(link.split("/enter/")[1] ?? "")).status).toBe(303);
    }
  });
});

describe("reading", () => {
  test("a negotiation tells each caller what it may do and which rooms it may join", async () => {
    const ofChair = await read<NegotiationInfo>(chair.get(root), answers.negotiationInfo);
    expect(ofChair.rooms.text).toBe(server.talks.row.textRoom);
    expect(ofChair.rights).toMatchObject({ gavel: null, "write-text": null });
    const ofDelegate = await read<NegotiationInfo>(freedonia.get(root), answers.negotiationInfo);
    expect(ofDelegate.rooms).toEqual({ text: null, record: server.talks.row.recordRoom });
    expect(ofDelegate.rights).toMatchObject({
      gavel: "only-the-chair",
      "lodge-position": null,
      "read-live-text": "not-allowed",
    });
    const ofPublic = await read<NegotiationInfo>(everyone.get(root), answers.negotiationInfo);
    expect([ofPublic.seat, ofPublic.rooms.text, ofPublic.rights["lodge-position"]]).toEqual([
      null,
      null,
      "not-allowed",
    ]);
    const onScreen = await server.open("screen", "on-screen");
    const info = await read<NegotiationInfo>(everyone.get("/api/v1/negotiations/screen"), answers.negotiationInfo);
    expect(info.rooms.text).toBe(onScreen.row.textRoom);
    await read(everyone.get("/api/v1/negotiations"), answers.negotiationSummaries);
  });

  test("how far someone has seen the record is theirs alone, on all their devices, and never goes back", async () => {
    const seenBy = async (who: typeof chair): Promise<number | null> =>
      (await read<NegotiationInfo>(who.get(root), answers.negotiationInfo)).seen;
    const other = program(server, await server.token("delegation:XAA"));
    expect(await seenBy(freedonia)).toBeNull();
    const { seq } = server.talks.record;
    expect(await read(freedonia.post(`${root}/seen`, { upTo: 2 }), answers.seenAnswer)).toEqual({ seen: 2 });
    expect(await read(freedonia.post(`${root}/seen`, { upTo: 1 }), answers.seenAnswer)).toEqual({ seen: 2 });
    expect([await seenBy(freedonia), await seenBy(other), await seenBy(chair)]).toEqual([2, null, null]);
    expect(await read(freedonia.post(`${root}/seen`, { upTo: seq + 99 }), answers.seenAnswer)).toEqual({ seen: seq });
    // Nothing of it is on the record.
    expect(server.talks.record.seq).toBe(seq);
    const observer = program(server, await server.token("observer"));
    expect((await observer.post(`${root}/seen`, { upTo: 1 })).status).toBe(403);
    expect((await new Browser(server).post(`${root}/seen`, { upTo: 1 })).status).toBe(401);
  });

  test("who asks is told by id and name", async () => {
    const { person } = await read<Me>(freedonia.get("/api/v1/me"), answers.me);
    expect(person).toEqual({ id: expect.stringMatching(/^[0-9A-Za-z]{22}$/), name: "Person in delegation:XAA" });
  });

  test("[IDE10] the record has no holes; what the public may not see is sealed, and the chain holds", async () => {
    for (const reader of [everyone, freedonia, chair]) {
      const { events, after, upTo } = await read<{ events: SeenEntry[]; after: number; upTo: number }>(
        reader.get(`${root}/events`),
        answers.events,
      );
      expect([after, upTo]).toEqual([0, events.length]);
      expect(verifySeen(events, null).ok).toBe(true);
      const sealed = events.filter((entry) => "sealed" in entry);
      expect(sealed.length > 0).toBe(reader !== chair);
      for (const entry of sealed) expect(Object.keys(entry).sort()).toEqual(["hash", "prev", "sealed", "seq"]);
      expect(events.length > 0 && "sealed" in (events.at(-1) as SeenEntry)).toBe(false);
      const rest = await read<{ events: SeenEntry[] }>(reader.get(`${root}/events?after=3`), answers.events);
      expect(rest.events).toEqual(events.slice(3));
    }
    const shown = await (await everyone.get(`${root}/events`)).text();
    expect(shown).not.toMatch(/Too soon|Person in/);
    const beyond = await read<object>(everyone.get(`${root}/events?after=100000`), answers.events);
    expect(beyond).toEqual({ events: [], after: 100_000, upTo: 100_000 });
  });

  test("a report that has not changed is not sent again", async () => {
    const first = await chair.get(`${root}/report`);
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("content-encoding")).toBe("gzip");
    const again = await chair.get(`${root}/report`, { "if-none-match": etag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const plain = await chair.get(`${root}/report`, { "accept-encoding": "identity" });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(await plain.json()).toEqual(await first.json());
    // Another viewer's is another one, under the same address.
    expect((await everyone.get(`${root}/report`)).headers.get("etag")).not.toBe(etag);
    expect(plain.headers.get("vary")).toContain("Cookie");
  });

  test("[IDE7] an unknown negotiation is answered alike on every route", async () => {
    for (const path of ["", "/report", "/events"]) {
      for (const reader of [everyone, chair]) {
        const response = await reader.get(`/api/v1/negotiations/unknown${path}`);
        expect([response.status, await codeOf(response)]).toEqual([404, "not-found"]);
      }
    }
    const room = "R".repeat(22);
    for (const path of ["/api/v1/tickets", "/api/v1/client-ids"]) {
      const unknown = await freedonia.post(path, { room });
      const unseen = await freedonia.post(path, { room: server.talks.row.textRoom });
      expect([unseen.status, await codeOf(unseen)]).toEqual([unknown.status, await codeOf(unknown)]);
    }
  });
});

describe("files", () => {
  test("[IDE10] a table of positions says no more than its reader may know, and runs nothing in a spreadsheet", async () => {
    await freedonia.submit("talks", await objection(freedonia, 2, { reason: '=HYPERLINK("https://evil.example")' }));
    const read = async (response: Promise<Response>) =>
      parseCsv<Record<string, string>>(await (await response).text(), { columns: true, bom: true });
    const ofPublic = await read(everyone.get("/n/talks.csv"));
    expect(ofPublic.filter(({ level }) => level === "objection").map(({ delegation }) => delegation)).not.toContain(
      "Freedonia",
    );
    const ofDelegate = await read(freedonia.get("/n/talks.csv?seat=delegation:XAA"));
    const own = ofDelegate.find(({ delegation, paragraph }) => delegation === "Freedonia" && paragraph === "3");
    expect(own?.["reason"]).toMatch(/^'=HYPERLINK/);
    expect((await everyone.get("/n/talks.csv?seat=chair")).status).toBe(401);
    expect((await freedonia.get("/n/talks.csv?seat=chair")).status).toBe(403);
  });

  test("a kept JSON file can be verified; Markdown holds the words", async () => {
    const kept = (await (await everyone.get("/n/talks.json")).json()) as { record: SeenEntry[]; parts: object };
    expect(verifySeen(kept.record, null).ok).toBe(true);
    expect(await (await everyone.get("/n/talks.md")).text()).toContain("States should aaaa.");
    expect(await (await everyone.get("/n/talks.html")).text()).toContain('id="consensus"');
    expect(await (await everyone.get("/n/talks.md?part=chair-summary")).text()).not.toContain("States should aaaa.");
    expect((await everyone.get("/n/talks.md?part=preamble")).status).toBe(422);
    expect((await everyone.get("/n/nothing.md")).status).toBe(404);
  });

  test("a text is imported by the chair's team only, and over nothing", async () => {
    const text = "# Title\n\n1. States meet.\n\n2. States talk.";
    expect(await codeOf(await freedonia.post(`${root}/text`, { text }))).toBe("not-allowed");
    const over = await chair.post(`${root}/text`, { text });
    expect([over.status, await codeOf(over)]).toEqual([409, "text-not-empty"]);
    await read(chair.post(`${root}/text`, { text, append: true }), answers.imported);
    const { parts } = await read<ComposedReport>(chair.get(`${root}/report`), answers.composedReport);
    expect(parts.consensus.at(-1)?.text).toBe("States talk.");
    // With the chair's pen nobody else sees it before it is circulated.
    expect(await (await everyone.get(`${root}/report`)).text()).not.toContain("States talk.");

    const kept = parts.consensus.find(({ text: words }) => words === "States talk.")!.id;
    await read(
      chair.post(`${root}/text`, { text: "1. States talk.\n\n2. States listen.", next: true }),
      answers.imported,
    );
    const { parts: after } = await read<ComposedReport>(chair.get(`${root}/report`), answers.composedReport);
    expect(after.consensus.map(({ id, text: words }) => [id === kept, words])).toEqual([
      [true, "States talk."],
      [false, "States listen."],
    ]);
  });
});

describe("what changed for a delegation", () => {
  test("[REP8] is answered since an entry, to whoever sits for one", async () => {
    const since = server.talks.record.seq;
    const { id: paragraph, wording } = await paragraphAt(sylvania.get(`${root}/report`), 2);
    const tabled = await read<CommandAnswer>(
      sylvania.submit("talks", { kind: "table-proposal", paragraph, wording, text: "Quite other words." }),
      answers.commandAnswer,
    );
    const disposed = { kind: "dispose-proposal", proposal: tabled.id, fate: "not-taken-up", reason: "Too far." };
    await read(chair.submit("talks", disposed), answers.commandAnswer);
    const path = `${root}/changed?since=${since}`;
    const changed = await read<ChangedAnswer>(sylvania.get(path), answers.changed);
    expect(changed.proposals).toMatchObject([{ proposal: tabled.id, outcome: "not-used", reason: "Too far." }]);
    expect((await read<ChangedAnswer>(freedonia.get(path), answers.changed)).proposals).toEqual([]);
    expect((await sylvania.get(`${root}/changed`)).status).toBe(200);
    expect(await codeOf(await everyone.get(path))).toBe("not-signed-in");
    expect(await codeOf(await chair.get(path))).toBe("delegation-needed");
  });
});
