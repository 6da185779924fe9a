/**
 * A delegation on a bad line: 64 kbit/s each way, 800 ms there and back, 2 % of packets lost. `TRIES=200` makes two hundred tries of the light
 * page; figures are in RESULTS.md beside this file. Browsers take brotli over https, as in production; on loopback we say it for them.
 */
import { JSDOM } from "jsdom";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../../../shared/domain/roster.ts";
import type { PersonId } from "../../../shared/domain/values.ts";
import { builtClient } from "../../support/built-client.ts";
import { openBrowser } from "../../support/browser.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { Browser as Caller, httpServer } from "../../support/http-server.ts";
import { someStates } from "../../support/negotiations.ts";
import { chance } from "../../support/random.ts";
import type { SlowLine } from "../../support/slow-line.ts";
import { badLine, slowLine } from "../../support/slow-line.ts";
import { paragraph } from "../../support/table.ts";

const tries = Number(process.env["TRIES"] ?? 4);
const seed = Number(process.env["SEED"] ?? 1);
/** So many tries at a time. */
const atOnce = 20;
/** What the issue asks for. */
const goal = { bytes: 150_000, ms: 45_000 };
const https = { "accept-encoding": "br, gzip" };
const founder: Actor = { person: "F".repeat(22) as PersonId, name: "The founder", seat: { role: "chair" } };
const words = "States should cooperate with each other in good faith and share what they learn about threats to".split(
  " ",
);
/** Some 60 words each: together the length of a report of twelve pages. */
const paragraphs = Array.from({ length: 40 }, (_, index) =>
  paragraph(
    `p${index}x`,
    `${index + 1} ${Array.from({ length: 60 }, (_word, at) => words[(at * (index + 7)) % words.length]).join(" ")}.`,
  ),
);

let client: Awaited<ReturnType<typeof builtClient>>;
let server: HttpServer;
let browser: Browser;
let front: SlowLine;

beforeAll(async () => {
  client = await builtClient();
  // The address of the page, and a quarter of the time: nothing is counted in seconds here.
  front = await slowLine({ bitsPerSecond: 4 * badLine.bitsPerSecond, roundTripMs: 200, loss: 0.02 }, chance(seed));
  server = await httpServer({ client: client.folder, publicUrl: `http://127.0.0.1:${front.port}` });
  front.target = server.port;
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await front?.close();
  client?.remove();
});

async function open(slug: string) {
  const settings = {
    title: "Draft report",
    method: "chair-pen",
    disclosure: "delegations",
    silenceMinimumHours: 72,
  } as const;
  const talks = await server.ports.house.create(
    { slug, settings, delegations: someStates, text: paragraphs, takesSeat: true },
    founder,
  );
  await talks.submit({ kind: "circulate" }, founder, "first");
  return talks;
}

/** How often these words were put on the record. */
const lodged = (talks: Awaited<ReturnType<typeof open>>, remedy: string): number =>
  talks.entries.filter((entry) => entry.what.kind === "position-lodged" && entry.why?.remedy?.text === remedy).length;

test(
  `[F22] [PAG16] with Save-Data the text is read and objected to within the goal from the address of a desk, and nothing is lost; seed ${seed}`,
  { timeout: 60_000 + tries * 5_000 },
  async () => {
    const figures: { bytes: number; readMs: number; ms: number }[] = [];
    for (let from = 0; from < tries; from += atOnce) {
      const talks = await open(`light-${from}`);
      const caller = new Caller({ base: `http://127.0.0.1:${server.port}` });
      const origin = server.base;
      await caller.post(`/enter/${await server.link("delegation:XAD", talks)}`, undefined, { origin });
      const desk = `/n/${talks.row.slug}/desk/delegation:XAD`;
      const batch = Array.from({ length: Math.min(atOnce, tries - from) }, (_, index) => from + index);
      figures.push(
        ...(await Promise.all(
          batch.map(async (nth) => {
            const line = await slowLine(badLine, chance(seed + nth));
            line.target = server.port;
            const began = performance.now();
            const ask = async (to: string, init: RequestInit = {}): Promise<Response> => {
              for (;;) {
                try {
                  const answer = await fetch(`http://127.0.0.1:${line.port}${to}`, {
                    redirect: "manual",
                    ...init,
                    headers: { ...https, "save-data": "on", cookie: caller.cookie ?? "", origin },
                  });
                  return new Response(
                    await answer.arrayBuffer(),
                    answer.status === 204 ? {} : { status: answer.status, headers: answer.headers },
                  );
                } catch {
                  // As a person presses it once more.
                }
              }
            };
            const path = (await ask(desk)).headers.get("location") ?? "";
            expect(path).toBe(`${desk}/light`);
            const { window } = new JSDOM(await (await ask(path)).text());
            const sheet = window.document.querySelector<HTMLLinkElement>("link[rel=stylesheet]");
            await ask(sheet?.getAttribute("href") ?? "");
            const readMs = performance.now() - began;
            const remedy = `what try ${nth} asks for`;
            const form = [...window.document.querySelectorAll("details.objection form")][nth % atOnce];
            const given = [...(form?.querySelectorAll<HTMLInputElement>("input[type=hidden]") ?? [])];
            const body = new URLSearchParams(given.map(({ name, value }) => [name, value]));
            body.set("lift", remedy);
            body.set("act", "objection");
            // The answer of every other one is cut off on its way back.
            if (nth % 2 === 1) setTimeout(() => line.reset(), 1_500 + 2 * badLine.roundTripMs * line.lost);
            const answer = await ask(path, { method: "POST", body });
            expect(answer.status).toBe(303);
            await ask(answer.headers.get("location") ?? "");
            const ms = performance.now() - began;
            expect(lodged(talks, remedy)).toBe(1);
            await line.close();
            return { bytes: line.down + line.up, readMs, ms };
          }),
        )),
      );
    }
    const worst = (of: (figure: (typeof figures)[number]) => number): number =>
      Math.round(Math.max(...figures.map(of)));
    console.info(
      JSON.stringify({
        what: "light page",
        tries,
        bytes: worst((f) => f.bytes),
        readMs: worst((f) => f.readMs),
        ms: worst((f) => f.ms),
      }),
    );
    expect(figures).toHaveLength(tries);
    expect(worst(({ bytes }) => bytes)).toBeLessThan(goal.bytes);
    expect(worst(({ ms }) => ms)).toBeLessThan(goal.ms);
  },
);

test(
  "[F22] the desk opens on a bad line, says meanwhile that it does and what else there is, and takes the objection",
  { timeout: 240_000 },
  async () => {
    const talks = await open("desk");
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, extraHTTPHeaders: https });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${server.base}/enter/${await server.link("delegation:XAD", talks)}`);
    await page.getByRole("button", { name: "Enter" }).click();
    await page.waitForURL(/desk/, { waitUntil: "commit" });
    const before = { bytes: front.down + front.up, at: performance.now() };
    const spent = () => ({
      bytes: front.down + front.up - before.bytes,
      ms: Math.round(performance.now() - before.at),
    });
    await page.getByRole("heading", { name: "Opening the desk…" }).waitFor();
    expect(await page.getByRole("link", { name: /light page/ }).getAttribute("href")).toBe(
      "/n/desk/desk/delegation:XAD/light",
    );
    const first = page.getByRole("group", { name: /^Paragraph 1,/ });
    await first.waitFor();
    const read = spent();
    await first.getByRole("button", { name: "Object" }).click();
    const dialog = page.getByRole("dialog", { name: "Object" });
    await dialog.getByRole("textbox", { name: "What would lift it?" }).fill("what the desk asks for");
    await dialog.getByRole("button", { name: "Object" }).click();
    await page
      .getByText(/On the record as no\. \d+/)
      .first()
      .waitFor();
    console.info(JSON.stringify({ what: "desk, on a line four times as fast", read, objected: spent() }));
    expect(lodged(talks, "what the desk asks for")).toBe(1);
    // The goal is 150 kB; 207 to read and 249 to have objected are seen. This is so that it does not grow unseen.
    expect(read.bytes).toBeLessThan(218_000);
    expect(spent().bytes).toBeLessThan(262_000);
    await context.close();
  },
);
