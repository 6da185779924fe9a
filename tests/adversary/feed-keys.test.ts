/** Secret addresses of feeds: what they open, what they do not, and when they are dead (SPEC: FED3–FED5). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { cookieName } from "../../server/http/identity.ts";
import { beginEpochs } from "../../server/negotiation/epochs.ts";
import { systemClock } from "../../server/rooms/clock.ts";
import { memoryStore } from "../../server/store/memory-store.ts";
import { epochMs } from "../../shared/domain/values.ts";
import type { FeedKey, FeedKeyMade } from "../../shared/wire/api.ts";
import type { HttpServer } from "../support/http-server.ts";
import { Browser, httpServer, paragraphAt, program } from "../support/http-server.ts";

const talks = "/api/v1/negotiations/talks";
const logged: unknown[] = [];
const store = memoryStore();
let ahead = 0;
let server: HttpServer;
beforeAll(async () => {
  const write = (...line: unknown[]): void => void logged.push(line);
  server = await httpServer({
    store,
    limits: { feedsBurst: 40, feedsPerMinute: 1 },
    log: { info: write, warn: write, error: write },
    clock: { ...systemClock, now: () => epochMs(systemClock.now() + ahead) },
  });
  const xab = program(server, await server.token("delegation:XAB"));
  const { id: paragraph, wording } = await paragraphAt(xab.get(`${talks}/report`), 0);
  await xab.submit("talks", {
    kind: "lodge-position",
    paragraph,
    wording,
    level: "objection",
    reason: "Hidden reason.",
  });
  await server.open("others");
});
afterAll(() => server.close());

async function seated(seat: string): Promise<Browser> {
  const browser = new Browser(server);
  await browser.enter(await server.link(seat));
  return browser;
}
const made = async (by: Browser): Promise<FeedKeyMade> => {
  const answer = await by.post(`${talks}/feed-key`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as FeedKeyMade;
};
const has = async (by: Browser): Promise<string | null> =>
  ((await (await by.get(`${talks}/feed-key`)).json()) as FeedKey).expires;
const statusOf = async (address: string): Promise<number> => (await fetch(address)).status;
const all = ({ atom, json, calendar }: FeedKeyMade): readonly string[] => [atom, json, calendar];
const secretIn = ({ atom }: FeedKeyMade): string => /\/feeds\/([\w-]{43})\//.exec(atom)![1]!;

test("[FED3] it tells what its seat may see, to whoever has it, and is for those who see more than everyone", async () => {
  for (const seat of ["delegation:XAA", "chair", "reader:XAA"]) {
    const browser = await seated(seat);
    expect(await has(browser)).toBeNull();
    const addresses = await made(browser);
    expect(await has(browser)).toBe(addresses.expires);
    for (const address of all(addresses)) {
      const { pathname } = new URL(address);
      const name = pathname.slice(pathname.lastIndexOf("/"));
      const own = await (await browser.get(`/n/talks${name}?seat=${seat}`)).text();
      const answer = await fetch(address);
      expect(answer.headers.get("cache-control")).toBe("private, no-cache");
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
      expect((await answer.text()).replaceAll(pathname, `/n/talks${name}`)).toBe(own);
    }
  }
  const observer = await seated("observer");
  expect((await observer.post(`${talks}/feed-key`)).status).toBe(403);
  expect((await new Browser(server).post(`${talks}/feed-key`)).status).toBe(401);
  const foreign = await seated("delegation:XAC");
  expect((await foreign.post(`${talks}/feed-key`, undefined, { origin: "https://evil.example" })).status).toBe(403);
});

test("[FED4] it opens nothing else, and is no sign-in of any kind", async () => {
  const addresses = await made(await seated("chair"));
  const secret = secretIn(addresses);
  const bearer = { authorization: `Bearer ${secret}` };
  for (const path of ["/api/v1/me", `${talks}/report`, "/n/talks/feed.atom?seat=chair"])
    expect([path, (await fetch(server.base + path, { headers: bearer })).status]).toEqual([path, 401]);
  const session = await fetch(`${server.base}/api/v1/me`, { headers: { cookie: `${cookieName}=${secret}` } });
  expect(await session.json()).toMatchObject({ person: null, seats: [] });
  expect((await new Browser(server).post(`/enter/${secret}`)).status).toBe(410);
  const rest = ["", "/", "/report", "/archive.zip", "/n/talks/archive.zip", "/%2e%2e/n/talks", "/feed.atom/report"];
  for (const path of rest) expect([path, await statusOf(`${server.base}/feeds/${secret}${path}`)]).toEqual([path, 404]);
  expect((await fetch(addresses.atom, { method: "POST" })).status).toBe(405);
  // Of that negotiation alone, whatever else is asked for.
  expect(await (await fetch(`${addresses.atom}?slug=others&seat=delegation:XAB`)).text()).toContain("/n/talks");
  const socket = await fetch(`${server.base}/sync/${server.talks.row.textRoom}?ticket=${secret}`);
  expect(socket.status).toBeGreaterThanOrEqual(400);
});

test("[FED4] replaced, ended, or with its seat gone it is dead at once, and nobody ends another's", async () => {
  const [one, other] = [await seated("delegation:XAA"), await seated("delegation:XAA")];
  const first = await made(one);
  const second = await made(one);
  for (const address of all(first)) expect(await statusOf(address)).toBe(404);
  // A colleague in the same seat is another person.
  expect(await has(other)).toBeNull();
  expect((await other.post(`${talks}/feed-key/end`)).status).toBe(200);
  for (const address of all(second)) expect(await statusOf(address)).toBe(200);
  expect((await one.post(`${talks}/feed-key/end`)).status).toBe(200);
  for (const address of all(second)) expect(await statusOf(address)).toBe(404);

  const third = await made(other);
  const person = server.talks.record.holdings.at(-1)!.person;
  const chair = program(server, await server.token("chair"));
  const revoked = await chair.submit("talks", { kind: "revoke-seat", seat: "delegation:XAA", person });
  expect(revoked.status).toBe(200);
  expect(await statusOf(third.atom)).toBe(404);

  const fourth = await made(await seated("delegation:XAB"));
  ahead = 366 * 86_400_000;
  expect(await statusOf(fourth.atom)).toBe(404);
  ahead = 0;
  expect(await statusOf(fourth.atom)).toBe(200);
});

test("[FED3] it is in no log, no record, and not in the store", async () => {
  const addresses = await made(await seated("delegation:XAC"));
  const secret = secretIn(addresses);
  for (const address of all(addresses)) expect(await statusOf(address)).toBe(200);
  expect(await store.feedKey(secret)).toBeNull();
  await statusOf(addresses.atom.replace("/feeds/", "/feeds/x"));
  expect(logged.length).toBeGreaterThan(0);
  expect(JSON.stringify(logged)).not.toContain(secret);
  expect(JSON.stringify(server.talks.entries)).not.toContain(secret);
});

test("[FED5] it is asked so often and no more, and guesses are all answered alike", async () => {
  const addresses = await made(await seated("delegation:XAC"));
  const statuses = [];
  for (let asked = 0; asked < 42; asked++) statuses.push(await statusOf(addresses.calendar));
  expect(statuses.filter((status) => status === 200)).toHaveLength(40);
  expect(statuses.at(-1)).toBe(429);
  const ended = addresses.atom.replace(secretIn(addresses), "a".repeat(43));
  const bodies = [ended, `${server.base}/feeds/short/feed.atom`].map(async (address) => {
    const { reference: _, ...problem } = (await (await fetch(address)).json()) as { reference: string };
    return problem;
  });
  const [unknown, malformed] = await Promise.all(bodies);
  expect(unknown).toEqual(malformed);
});

test("[FED4] after a restore none is good: those that were ended since would be again", async () => {
  const addresses = await made(await seated("delegation:XAB"));
  expect(await statusOf(addresses.json)).toBe(200);
  const now = systemClock.now();
  const random = server.ports.random;
  await beginEpochs(store, { from: now, now, others: [], random });
  expect(await statusOf(addresses.json)).toBe(404);
});
