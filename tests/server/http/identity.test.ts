/** Links, sessions, tokens, seats: who a request is taken for. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { epochMs } from "../../../shared/domain/values.ts";
import type { Me, Problem } from "../../../shared/wire/api.ts";
import { sha256 } from "../../../server/negotiation/hash.ts";
import { systemClock } from "../../../server/rooms/clock.ts";
import { cookieName, openerSeat } from "../../../server/http/identity.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { Browser, httpServer, program } from "../../support/http-server.ts";

let ahead = 0;
let server: HttpServer;
beforeAll(async () => {
  server = await httpServer({ clock: { ...systemClock, now: () => epochMs(Date.now() + ahead) } });
});
afterAll(() => server.close());

const codeOf = async (response: Response): Promise<string> => ((await response.json()) as Problem).code;
const me = async (browser: Browser): Promise<Me> => (await (await browser.get("/api/v1/me")).json()) as Me;
const info = "/api/v1/negotiations/talks";

describe("links", () => {
  test("[IDE4] a link is entered by POST and leads to its desk, with a cookie that only this site gets", async () => {
    const browser = new Browser(server);
    const response = await browser.enter(await server.link("delegation:XAA"));
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/n/talks/desk/delegation:XAA");
    const cookie = response.headers.getSetCookie()[0] ?? "";
    expect(cookie).toMatch(/^__Host-rapporteur=[\w-]{43}; /);
    for (const rule of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"]) expect(cookie).toContain(rule);
    expect(await me(browser)).toEqual({
      person: { id: expect.stringMatching(/^[0-9A-Za-z]{22}$/), name: "Freedonia" },
      seats: [{ negotiation: "talks", title: "Talks talks", seat: "delegation:XAA", name: "Freedonia" }],
      mayOpen: false,
      mayUnarchive: false,
    });
  });

  test("[IDE4] the seat taken is an entry of the record", async () => {
    const before = server.talks.record.seq;
    await new Browser(server).enter(await server.link("delegation:XAB"));
    expect(server.talks.record.seq).toBe(before + 1);
    expect(server.talks.entries.at(-1)?.what).toMatchObject({ kind: "seat-taken", name: "Sylvania" });
  });

  test("[IDE4] ten looks by GET use nothing up", async () => {
    const token = await server.link("delegation:XAC");
    for (let i = 0; i < 10; i++) await new Browser(server).get(`/enter/${token}`);
    expect((await new Browser(server).enter(token)).status).toBe(303);
  });

  test("[IDE4] of fifty POSTs at once exactly one succeeds, and one seat is taken", async () => {
    const token = await server.link("delegation:XAD");
    const before = server.talks.record.seq;
    const answers = await Promise.all(Array.from({ length: 50 }, () => new Browser(server).enter(token)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(49);
    expect(server.talks.record.seq).toBe(before + 1);
    expect(await codeOf(await new Browser(server).enter(token))).toBe("link-spent");
  });

  test("an expired link, an invented one and one to a delegation no longer on the roster are spent", async () => {
    const expired = await server.link("delegation:XAA");
    ahead += 25 * 3_600_000;
    expect(await codeOf(await new Browser(server).enter(expired))).toBe("link-spent");
    expect(await codeOf(await new Browser(server).enter("x".repeat(43)))).toBe("link-spent");
    expect(await codeOf(await new Browser(server).enter("short"))).toBe("link-spent");
    const orphan = await server.link("adviser:XAE");
    const chair = program(server, await server.token("chair"));
    expect((await chair.submit("talks", { kind: "remove-delegation", delegation: "XAE" })).status).toBe(200);
    expect(await codeOf(await new Browser(server).enter(orphan))).toBe("link-spent");
  });

  test("[IDE3] a link cannot be entered from another site", async () => {
    const token = await server.link("delegation:XAA");
    const foreign = await new Browser(server).post(`/enter/${token}`, undefined, { origin: "https://evil.example" });
    expect([foreign.status, await codeOf(foreign)]).toEqual([403, "foreign-origin"]);
    // A program without a cookie may enter without an origin.
    const response = await fetch(`${server.base}/enter/${token}`, { method: "POST", redirect: "manual" });
    expect(response.status).toBe(303);
  });

  test("a link to open negotiations leads to a new one, whose chair its holder takes", async () => {
    const { token } = await server.ports.identity.makeLink({ negotiation: null, seat: openerSeat, name: "Ada" });
    const browser = new Browser(server);
    expect((await browser.enter(token)).headers.get("location")).toBe("/new");
    expect(await me(browser)).toEqual({
      person: { id: expect.any(String), name: "Ada" },
      seats: [],
      mayOpen: true,
      mayUnarchive: true,
    });
    const opening = {
      title: "Fresh",
      slug: "fresh",
      method: "chair-pen",
      disclosure: "open",
      delegations: [],
      text: "# One\n\nStates meet.",
    };
    const post = (key: string, body: object = opening) =>
      browser.post("/api/v1/negotiations", body, { "idempotency-key": key });
    const answers = await Promise.all([post("k1"), post("k1")]);
    for (const answer of answers) expect([answer.status, await answer.json()]).toEqual([201, { slug: "fresh" }]);
    expect(await codeOf(await post("k1", { ...opening, title: "Other" }))).toBe("idempotency-mismatch");
    expect(await codeOf(await post("k2"))).toBe("slug-taken");
    expect((await me(browser)).seats).toMatchObject([{ negotiation: "fresh", seat: "chair" }]);
    const stranger = new Browser(server);
    expect(await codeOf(await stranger.post("/api/v1/negotiations", opening, { "idempotency-key": "k" }))).toBe(
      "not-signed-in",
    );
    await stranger.enter(await server.link("delegation:XAA"));
    expect(await codeOf(await stranger.post("/api/v1/negotiations", opening, { "idempotency-key": "k" }))).toBe(
      "not-allowed",
    );
  });
});

describe("sessions", () => {
  test("[IDE5] taking another seat gives a new secret, and the one before ends", async () => {
    const browser = new Browser(server);
    await browser.enter(await server.link("chair"));
    const first = browser.cookie ?? "";
    await browser.enter(await server.link("delegation:XAB"));
    expect(browser.cookie).not.toBe(first);
    expect((await me(browser)).seats.map(({ seat }) => seat)).toEqual(["delegation:XAB", "chair"]);
    ahead += 60_000;
    const old = new Browser(server);
    old.cookie = first;
    expect((await me(old)).seats).toEqual([]);
  });

  test("[IDE5] a secret chosen by somebody else becomes no session", async () => {
    const browser = new Browser(server);
    const planted = `${cookieName}=${"p".repeat(43)}`;
    browser.cookie = planted;
    await browser.enter(await server.link("chair"));
    expect(browser.cookie).not.toBe(planted);
  });

  test("[IDE17] without https the session comes by a second cookie too, for browsers that keep the first for https alone; over https nobody reads it", async () => {
    const response = await new Browser(server).enter(await server.link("chair"));
    const [bound, plain, ...more] = response.headers.getSetCookie();
    expect(plain).toMatch(/^rapporteur=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
    expect([/=([\w-]{43});/.exec(plain!)?.[1], more]).toEqual([/=([\w-]{43});/.exec(bound!)?.[1], []]);
    const webkit = new Browser(server);
    webkit.cookie = plain!.split(";")[0]!;
    expect((await me(webkit)).seats).toHaveLength(1);
    expect((await webkit.post("/sign-out")).headers.getSetCookie().map((cookie) => cookie.split(";")[0])).toEqual([
      `${cookieName}=`,
      "rapporteur=",
    ]);

    const secure = await httpServer({ publicUrl: "https://report.example" });
    const { cookies } = await secure.ports.identity.enter(await secure.link("chair"), { kind: "public" });
    expect(cookies).toHaveLength(1);
    const secret = /=([\w-]{43});/.exec(cookies[0]!)![1]!;
    const callerBy = async (name: string) =>
      (await secure.ports.identity.callerOf({ cookie: `${name}=${secret}` })).kind;
    expect([await callerBy(cookieName), await callerBy("rapporteur")]).toEqual(["session", "public"]);
    await secure.close();
  });

  test("[IDE5] the store knows hashes only", async () => {
    const token = await server.link("chair");
    expect(await server.ports.store.link(token)).toBeNull();
    expect(await server.ports.store.link(sha256(token))).not.toBeNull();
  });

  test("a session is prolonged while it is used and ends after thirty days without use", async () => {
    const browser = new Browser(server);
    await browser.enter(await server.link("chair"));
    for (let i = 0; i < 3; i++) {
      ahead += 20 * 86_400_000;
      expect((await me(browser)).seats).toHaveLength(1);
    }
    ahead += 31 * 86_400_000;
    expect((await me(browser)).seats).toEqual([]);
  });

  test("signing out ends the session", async () => {
    const browser = new Browser(server);
    await browser.enter(await server.link("chair"));
    const { cookie } = browser;
    expect((await browser.post("/sign-out")).status).toBe(303);
    browser.cookie = cookie;
    expect((await me(browser)).seats).toEqual([]);
  });
});

describe("one seat a request", () => {
  test("[IDE2] with several seats in a negotiation a request names one", async () => {
    const browser = new Browser(server);
    await browser.enter(await server.link("delegation:XAA"));
    await browser.enter(await server.link("chair"));
    const unnamed = await browser.get(info);
    expect([unnamed.status, await codeOf(unnamed)]).toEqual([409, "seat-needed"]);
    for (const seat of ["chair", "delegation:XAA"]) {
      expect(await (await browser.get(info, { "rapporteur-seat": seat })).json()).toMatchObject({ seat });
    }
    const other = await browser.get(info, { "rapporteur-seat": "delegation:XAC" });
    expect([other.status, await codeOf(other)]).toEqual([403, "seat-not-held"]);
  });

  test("[IDE2] a token acts for its own seat, in its own negotiation", async () => {
    const delegate = program(server, await server.token("delegation:XAA"));
    expect(await (await delegate.get(info)).json()).toMatchObject({ seat: "delegation:XAA" });
    expect(await codeOf(await delegate.get(info, { "rapporteur-seat": "chair" }))).toBe("seat-not-held");
    await server.open("others");
    expect(await (await delegate.get("/api/v1/negotiations/others")).json()).toMatchObject({ seat: null });
  });

  test("[IDE1] an invented token is refused, and never taken for the public", async () => {
    for (const authorization of ["Bearer " + "x".repeat(43), "Bearer", "Basic YTpi", "Bearer \t"]) {
      const response = await fetch(server.base + info, { headers: { authorization } });
      expect([response.status, await codeOf(response)]).toEqual([401, "not-signed-in"]);
    }
  });

  test("[IDE1] a revoked seat is gone from the next request on", async () => {
    const chair = program(server, await server.token("chair"));
    const delegate = program(server, await server.token("delegation:XAB"));
    const holding = server.talks.record.holdings.at(-1);
    await chair.submit("talks", { kind: "revoke-seat", seat: "delegation:XAB", person: holding?.person ?? "" });
    expect(await (await delegate.get(info)).json()).toMatchObject({ seat: null });
    const refused = await delegate.submit("talks", { kind: "circulate" });
    expect([refused.status, await codeOf(refused)]).toEqual([403, "not-allowed"]);
  });
});
