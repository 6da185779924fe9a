/** A package the chair's team prepares, looked for by every kind of viewer on every address there is (SPEC: PKG1). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseSeat, thePublic, viewerOf } from "../../shared/domain/roster.ts";
import type { HttpServer } from "../support/http-server.ts";
import { Browser, httpServer, paragraphAt, program } from "../support/http-server.ts";
import { GlassPress } from "../support/glass-press.ts";

const root = "/api/v1/negotiations/talks";
const team = ["chair", "facilitator", "secretariat"];
const others = ["delegation:XAA", "adviser:XAA", "reader:XAA", "stakeholder:press-1", "observer"];
const callers = new Map<string, ReturnType<typeof program>>();
const as = (seat: string): ReturnType<typeof program> => callers.get(seat)!;
let server: HttpServer;
beforeAll(async () => {
  server = await httpServer({ press: new GlassPress() });
  for (const seat of [...team, ...others]) callers.set(seat, program(server, await server.token(seat)));
  await as("chair").submit("talks", { kind: "set-disclosure", preset: "open" });
});
afterAll(() => server.close());

/** Every place that tells of one of these, by who was told, with which. */
async function told(...secrets: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  const look = (where: string, words: string): void => {
    for (const secret of secrets) if (words.includes(secret)) found.add(`${secret}: ${where}`);
  };
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
        look(`${seat} at ${address}`, await answer.text());
      }
    }
  }
  for (const seat of others) {
    const viewer = viewerOf(parseSeat(seat)!);
    look(seat, JSON.stringify([server.talks.frame(viewer, 0), server.talks.report(viewer)]));
  }
  look("the public", JSON.stringify([server.talks.frame(thePublic, 0), server.talks.report(thePublic)]));
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
  expect(await told("Zymurgy", id)).toEqual([]);
  for (const seat of team) expect(await (await as(seat).get(`${root}/report`)).text()).toContain("Zymurgy");
  await as("chair").submit("talks", { kind: "release-package", package: id });
  // Released, and prepared anew: of that the others learn nothing.
  await as("facilitator").submit("talks", {
    kind: "prepare-package",
    package: id,
    title: "Quincunx",
    paragraphs: [paragraph],
  });
  expect(await (await as("chair").get(`${root}/report`)).text()).toContain("Quincunx");
  const now = await told("Zymurgy", "Quincunx");
  expect(now.filter((found) => found.startsWith("Quincunx"))).toEqual([]);
  const everybody = [...others, "the public", "nobody at /n/talks/record", "observer at /n/talks/archive.zip"];
  expect(now).toEqual(expect.arrayContaining(everybody.map((where) => `Zymurgy: ${where}`)));
});
