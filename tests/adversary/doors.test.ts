/** Who gets in through links, and what the numbers of an answer betray (SPEC: IDE, SEA, DIS; security H-LINK, H-FIX). */
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../server/rooms/clock.ts";
import type { EpochMs } from "../../shared/domain/values.ts";
import type { HttpServer } from "../support/http-server.ts";
import { Browser, httpServer, paragraphAt, program } from "../support/http-server.ts";

let server: HttpServer;
afterEach(() => server.close());

const tokenIn = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { link: string }).link.split("/enter/")[1] ?? "";

test("[SEA2] an invitation sent again after the head has come gives the chair's team no second seat", async () => {
  server = await httpServer();
  const chair = program(server, await server.token("chair"));
  const invite = { kind: "invite", seat: "delegation:XAA" };
  const first = await chair.submit("talks", invite, "the-invitation");
  expect(first.status).toBe(200);
  expect((await new Browser(server).enter(await tokenIn(first))).status).toBe(303);
  const again = await chair.submit("talks", invite, "the-invitation");
  expect(again.status).toBe(403);
  expect(await again.text()).not.toContain("/enter/");
});

test("[SEA2] of several links that the chair's team made for a delegation, one opens a seat", async () => {
  server = await httpServer();
  const chair = program(server, await server.token("chair"));
  const links = [];
  for (let i = 0; i < 3; i++)
    links.push(await tokenIn(await chair.submit("talks", { kind: "invite", seat: "delegation:XAA" })));
  expect((await new Browser(server).enter(links[0] ?? "")).status).toBe(303);
  expect((await new Browser(server).enter(links[1] ?? "")).status).toBe(410);
});

test("[DIS4] nothing in the public report moves with an entry that is sealed to the public", async () => {
  server = await httpServer();
  const closed = await server.open("quiet", "chair-pen", "closed");
  const look = async () => {
    const answers = await Promise.all(
      ["/api/v1/negotiations/quiet/report", "/n/quiet", "/n/quiet.json", "/n/quiet.csv", "/n/quiet.md"].map((path) =>
        fetch(server.base + path),
      ),
    );
    return Promise.all(answers.map(async (answer) => [answer.headers.get("etag"), await answer.text()]));
  };
  const before = await look();
  const state = program(server, await server.token("delegation:XAA", closed));
  const { id: paragraph, wording } = await paragraphAt(state.get("/api/v1/negotiations/quiet/report"), 0);
  const objected = await state.submit("quiet", { kind: "lodge-position", paragraph, wording, level: "objection" });
  expect(objected.status).toBe(200);
  expect(await look()).toEqual(before);
});

test("a page that caches may keep never carries a session's cookie (security H-FIX)", async () => {
  let now = systemClock.now();
  server = await httpServer({ clock: { ...systemClock, now: () => now } });
  const browser = new Browser(server);
  await browser.enter(await server.link("observer"));
  now = (now + 3 * 86_400_000) as EpochMs;
  for (const path of ["/n/talks", "/", "/n/talks.json", "/api/v1/me", "/n/talks/record"]) {
    const answer = await browser.get(path);
    if (answer.headers.get("set-cookie") !== null)
      expect(answer.headers.get("cache-control")).toMatch(/private|no-store/);
    now = (now + 2 * 86_400_000) as EpochMs;
  }
});

test("the form without a script takes no more statements at once than any other door", async () => {
  server = await httpServer({ limits: { commandsBurst: 2, commandsPerSecond: 1 } });
  const browser = new Browser(server);
  await browser.enter(await server.link("delegation:XAA"));
  const { id: paragraph, wording } = await paragraphAt(
    browser.get("/api/v1/negotiations/talks/report", { "rapporteur-seat": "delegation:XAA" }),
    0,
  );
  const form = (key: string) =>
    fetch(`${server.base}/n/talks/desk/delegation:XAA/light`, {
      method: "POST",
      redirect: "manual",
      headers: {
        origin: server.base,
        cookie: browser.cookie ?? "",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ act: "lodge", level: "question", paragraph, wording, key, reason: `Why, ${key}?` }),
    });
  const answers = [];
  for (const key of ["one", "two", "three"]) answers.push(await form(`a-key-of-form-${key}`));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 429]);
  // What was typed is still there.
  expect(await answers[2]?.text()).toContain("Why, a-key-of-form-three?");
});
