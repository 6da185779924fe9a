/** A package the chair's team prepares, looked for by every kind of viewer on every address there is (SPEC: PKG1). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseSeat, thePublic, viewerOf } from "../../shared/domain/roster.ts";
import type { HttpServer } from "../support/http-server.ts";
import { Browser, httpServer, paragraphAt, program } from "../support/http-server.ts";

const root = "/api/v1/negotiations/talks";
const team = ["chair", "facilitator", "secretariat"];
const others = ["delegation:XAA", "adviser:XAA", "reader:XAA", "stakeholder:press-1", "observer"];
const callers = new Map<string, ReturnType<typeof program>>();
const as = (seat: string): ReturnType<typeof program> => callers.get(seat)!;
let server: HttpServer;
beforeAll(async () => {
  server = await httpServer();
  for (const seat of [...team, ...others]) callers.set(seat, program(server, await server.token(seat)));
  await as("chair").submit("talks", { kind: "set-disclosure", preset: "open" });
});
afterAll(() => server.close());

/** Every place that tells of `secret`, by who was told. */
async function told(secret: string): Promise<readonly string[]> {
  const found = new Set<string>();
  const documented = (await (await fetch(`${server.base}/api/openapi.json`)).json()) as { paths: object };
  const addresses = new Set([
    ...Object.keys(documented.paths).map((path) => path.replace("{slug}", "talks").replace(/\{\w+\}/g, "0".repeat(22))),
    ...["", "/record", "/record.json", "/overview", ...others.map((seat) => `/desk/${seat}/light`)].map(
      (page) => `/n/talks${page}`,
    ),
    ...["json", "md", "html", "csv"].flatMap((format) => [`/n/talks.${format}`, `/n/talks.${format}?mode=review`]),
    "/",
    "/metrics",
    `${root}/events?after=0`,
  ]);
  const browser = new Browser(server);
  const anyone = { get: (path: string) => browser.get(path) };
  for (const address of addresses) {
    for (const [seat, caller] of [["nobody", anyone] as const, ...others.map((seat) => [seat, as(seat)] as const)]) {
      for (const query of ["", `${address.includes("?") ? "&" : "?"}seat=${encodeURIComponent(seat)}`]) {
        const answer = await caller.get(address + query);
        if ((await answer.text()).includes(secret)) found.add(`${seat} at ${address}`);
      }
    }
  }
  for (const seat of others) {
    const viewer = viewerOf(parseSeat(seat)!);
    if (JSON.stringify([server.talks.frame(viewer, 0), server.talks.report(viewer)]).includes(secret)) found.add(seat);
  }
  if (JSON.stringify([server.talks.frame(thePublic, 0), server.talks.report(thePublic)]).includes(secret))
    found.add("the public");
  return [...found];
}

test("[PKG1] no address tells anybody but the chair's team of it, until it is released", async () => {
  const { id: paragraph } = await paragraphAt(as("delegation:XAA").get(`${root}/report`), 0);
  const { id } = (await (
    await as("secretariat").submit("talks", {
      kind: "prepare-package",
      title: "Zymurgy",
      paragraphs: [paragraph],
      conditions: [{ is: "agreed", paragraph }],
    })
  ).json()) as { id: string };
  expect(await told("Zymurgy")).toEqual([]);
  expect(await told(id)).toEqual([]);
  for (const seat of team) expect(await (await as(seat).get(`${root}/report`)).text()).toContain("Zymurgy");
  await as("chair").submit("talks", { kind: "release-package", package: id });
  const now = await told("Zymurgy");
  expect(now).toEqual(expect.arrayContaining([...others, "the public", "nobody at /n/talks/record"]));
  await as("facilitator").submit("talks", {
    kind: "prepare-package",
    package: id,
    title: "Quincunx",
    paragraphs: [paragraph],
  });
  expect(await told("Quincunx")).toEqual([]);
});
