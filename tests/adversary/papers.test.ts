/** A delegation's own papers, looked for by every kind of viewer on every address there is (SPEC: OWN). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { thePublic, viewerOf } from "../../shared/domain/roster.ts";
import { parseSeat } from "../../shared/domain/roster.ts";
import type { Problem } from "../../shared/wire/api.ts";
import type { Paper } from "../../shared/domain/papers.ts";
import type { HttpServer } from "../support/http-server.ts";
import { Browser, httpServer, paragraphAt, program } from "../support/http-server.ts";
import { GlassPress } from "../support/glass-press.ts";

const root = "/api/v1/negotiations/talks";
const secret = "zymurgy";
const own = ["delegation:XAA", "adviser:XAA", "reader:XAA"];
const others = [
  "chair",
  "facilitator",
  "secretariat",
  "delegation:XAB",
  "adviser:XAB",
  "stakeholder:press-1",
  "observer",
];
const callers = new Map<string, ReturnType<typeof program>>();
let server: HttpServer;
const as = (seat: string): ReturnType<typeof program> => callers.get(seat)!;
const idOf = (n: number): string => String(n).padStart(22, "0");
const papersOf = async (seat: string): Promise<readonly Paper[]> =>
  ((await (await as(seat).get(`${root}/papers`)).json()) as { papers: readonly Paper[] }).papers;
let position: object;

beforeAll(async () => {
  server = await httpServer({ press: new GlassPress() });
  for (const seat of [...own, ...others]) callers.set(seat, program(server, await server.token(seat)));
  const { id: paragraph, wording } = await paragraphAt(as("delegation:XAA").get(`${root}/report`), 0);
  const kinds = ["note", "instruction", "fallback", "tripwire"];
  for (const [index, kind] of kinds.entries()) {
    const paper = { id: idOf(index), kind, paragraph, text: `${secret} ${kind}` };
    expect((await as("adviser:XAA").post(`${root}/papers`, { paper })).status).toBe(200);
  }
  position = { kind: "lodge-position", paragraph, wording, level: "reservation", reason: `${secret} draft` };
  const draft = { id: idOf(9), kind: "draft", position };
  expect((await as("adviser:XAA").post(`${root}/papers`, { paper: draft })).status).toBe(200);
});
afterAll(() => server.close());

test("[OWN1] no address shows anything of it to anybody but the delegation's own seats", async () => {
  for (const seat of own) expect(await papersOf(seat)).toHaveLength(5);
  const documented = (await (await fetch(`${server.base}/api/openapi.json`)).json()) as { paths: object };
  const addresses = [
    ...Object.keys(documented.paths).map((path) => path.replace("{slug}", "talks").replace(/\{\w+\}/g, idOf(1))),
    ...[
      "",
      "/record",
      "/overview",
      "/desk/chair/light",
      "/desk/delegation:XAA/light",
      "/desk/delegation:XAB/light",
    ].map((page) => `/n/talks${page}`),
    ...["json", "md", "html", "csv"].map((format) => `/n/talks.${format}`),
    "/",
    "/metrics",
    `${root}/events?after=0`,
  ];
  expect(addresses).toContain(`${root}/papers`);
  const browser = new Browser(server);
  const anyone = { get: (path: string) => browser.get(path) };
  for (const address of new Set(addresses)) {
    for (const [seat, caller] of [["nobody", anyone] as const, ...others.map((other) => [other, as(other)] as const)]) {
      for (const query of ["", `${address.includes("?") ? "&" : "?"}seat=${encodeURIComponent(seat)}`]) {
        const answer = await caller.get(address + query);
        expect(await answer.text(), `${seat} at ${address}${query}`).not.toContain(secret);
      }
    }
    if (address === `${root}/papers`) continue;
    for (const seat of own) expect(await (await as(seat).get(address)).text(), address).not.toContain(secret);
  }
  for (const viewer of [...own, ...others].map((seat) => viewerOf(parseSeat(seat)!)).concat(thePublic))
    expect(JSON.stringify([server.talks.frame(viewer, 0), server.talks.report(viewer)])).not.toContain(secret);
  expect(JSON.stringify(server.talks.entries)).not.toContain(secret);
});

test("[OWN2] another delegation's adviser keeps and throws away its own only, the rest none at all", async () => {
  const paper = { id: idOf(0), kind: "note", paragraph: server.talks.record.text[0]!.id, text: "ours" };
  const codes = async (seat: string, path: string, body: object): Promise<[number, string]> => {
    const answer = await as(seat).post(`${root}/papers${path}`, body);
    return [answer.status, answer.ok ? "" : ((await answer.json()) as Problem).code];
  };
  expect(await codes("adviser:XAB", "", { paper })).toEqual([200, ""]);
  expect(await codes("adviser:XAB", "/remove", { id: idOf(1) })).toEqual([200, ""]);
  expect(await papersOf("delegation:XAB")).toMatchObject([{ text: "ours", by: "Person in adviser:XAB" }]);
  expect(await papersOf("delegation:XAA")).toHaveLength(5);
  for (const seat of ["chair", "secretariat", "observer", "stakeholder:press-1"]) {
    expect((await as(seat).get(`${root}/papers`)).status).toBe(403);
    for (const [path, body] of [["", { paper }] as const, ["/remove", { id: idOf(0) }] as const])
      expect(await codes(seat, path, body)).toEqual([403, "not-allowed"]);
  }
  expect(await codes("reader:XAA", "", { paper })).toEqual([403, "not-allowed"]);
  expect(await codes("adviser:XAA", "/release", { id: idOf(9) })).toEqual([403, "not-allowed"]);
  expect(await codes("delegation:XAB", "/release", { id: idOf(9) })).toEqual([404, "not-found"]);
  expect((await new Browser(server).get(`${root}/papers`)).status).toBe(401);
});

test("[OWN3] a head releases a draft: the position is the delegation's, stated once, and the draft is gone", async () => {
  const before = server.talks.record.seq;
  const release = () => as("delegation:XAA").post(`${root}/papers/release`, { id: idOf(9) });
  const outcomes = await Promise.all([release(), release()]);
  // The second of two at once finds it done, or gone.
  expect(outcomes.map(({ status }) => status).filter((status) => status !== 404)).toContain(200);
  expect(server.talks.record.seq).toBe(before + 1);
  const [stated] = [...server.talks.record.positions.values()];
  expect(stated).toMatchObject({ by: "XAA", level: "reservation", confirmed: true, reason: `${secret} draft` });
  expect(await papersOf("adviser:XAA")).toHaveLength(4);
  expect((await release()).status).toBe(404);
});

test("[OWN3] a draft that cannot be stated any more is refused in words, and kept", async () => {
  const draft = { id: idOf(8), kind: "draft", position: { ...position, level: "support", wording: "f".repeat(64) } };
  expect((await as("adviser:XAA").post(`${root}/papers`, { paper: draft })).status).toBe(200);
  const refused = await as("delegation:XAA").post(`${root}/papers/release`, { id: idOf(8) });
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([422, "wording-unknown"]);
  expect((await papersOf("delegation:XAA")).map(({ id }) => id)).toContain(idOf(8));
});
