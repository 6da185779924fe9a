/** Desks that were left open on a laptop that slept for an hour, in a real browser: the line dead without a word, the clock an hour further. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flatText } from "../../../shared/domain/text.ts";
import { builtClient } from "../../support/built-client.ts";
import { openChromium } from "../../support/chromium.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer, paragraphAt, program } from "../../support/http-server.ts";
import { chance } from "../../support/random.ts";
import type { SlowLine } from "../../support/slow-line.ts";
import { slowLine } from "../../support/slow-line.ts";

const hourMs = 3_600_000;
const patient = { timeout: 50_000 };

let client: Awaited<ReturnType<typeof builtClient>>;
let server: HttpServer;
let browser: Browser;
let line: SlowLine;
beforeAll(async () => {
  client = await builtClient();
  line = await slowLine({ bitsPerSecond: 10_000_000, roundTripMs: 40, loss: 0 }, chance(1));
  server = await httpServer({ client: client.folder, publicUrl: `http://127.0.0.1:${line.port}` });
  line.target = server.port;
  browser = await openChromium();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await line?.close();
  client?.remove();
});

async function enter(seat: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(patient.timeout);
  await page.clock.install();
  await page.goto(`${server.base}/enter/${await server.link(seat)}`);
  await page.getByRole("button", { name: "Enter" }).click();
  await page.getByRole("status", { name: /^Saved on the server/ }).waitFor();
  await page.evaluate("window.wasNeverLoadedAgain = true");
  return page;
}

const inDraft = (chair: Page, words: string) => chair.getByRole("textbox", { name: "Draft report" }).getByText(words);

test("[SAV11] after an hour of sleep both desks catch up without being loaded again, and what was typed is saved", async () => {
  const [chair, lunari] = [await enter("chair"), await enter("delegation:XAD")];
  await inDraft(chair, "States should aaaa.").click();
  await chair.keyboard.press("Home");
  line.isCut = true;
  await chair.keyboard.type("Typed in the lift. ");
  line.lose();

  // Meanwhile the others go on, on lines of their own.
  const other = program({ base: `http://127.0.0.1:${server.port}` }, await server.token("delegation:XAA"));
  const { id: paragraph, wording } = await paragraphAt(other.get("/api/v1/negotiations/talks/report"), 1);
  const objection = { kind: "lodge-position", paragraph, wording, level: "objection", reason: "Not so." };
  expect((await other.submit("talks", objection)).status).toBe(200);

  await Promise.all([chair, lunari].map((page) => page.clock.fastForward(hourMs)));
  line.isCut = false;
  const looked = performance.now();
  for (const page of [chair, lunari]) {
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.getByRole("group", { name: /^Paragraph 2,.* 1 objection/ }).waitFor();
  }
  const seenMs = performance.now() - looked;
  await chair.getByRole("status", { name: /^Saved on the server/ }).waitFor();
  await inDraft(chair, "Typed in the lift. States should aaaa.").waitFor();
  await expect
    .poll(() => flatText(server.talks.textFor({ kind: "team" })[0]?.content ?? []), patient)
    .toBe("Typed in the lift. States should aaaa.");
  console.info(JSON.stringify({ seenMs: Math.round(seenMs), savedMs: Math.round(performance.now() - looked) }));
  for (const page of [chair, lunari]) {
    expect(await page.evaluate("window.wasNeverLoadedAgain")).toBe(true);
    await page.context().close();
  }
});
