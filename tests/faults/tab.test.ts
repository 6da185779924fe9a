/**
 * A tab dies, the device is full, the browser keeps nothing (security: F21): words that were typed for more than two seconds are there when the
 * page is opened again, and where they would not be, the desk has said so.
 */
import { rmSync, writeFileSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openChromium } from "../support/chromium.ts";
import { ServerProcess } from "../support/server-process.ts";

let server: ServerProcess;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([ServerProcess.start(), openChromium()]);
  const draft = `${server.dataDir}.md`;
  writeFileSync(draft, "1. States should meet.\n\n2. States should talk.\n\n3. States should listen.\n");
  await server.cli("new", "--title", "Draft report", "--slug", "talks", "--from", draft);
  rmSync(draft);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const signed = (page: Page, sentence: RegExp) => page.getByRole("status", { name: sentence }).first().waitFor();
const words = (page: Page) => page.getByRole("textbox", { name: "Draft report" });

/** Counts in `asked` how often the browser was asked to keep things for good. */
const counting = `
  const { storage } = navigator;
  const { persist } = storage;
  globalThis.asked = 0;
  storage.persist = () => (globalThis.asked++, persist.call(storage));
`;
/** As where a browser is told to keep nothing of a site. */
const withoutDatabase = `
  const open = () => {
    throw new DOMException("", "SecurityError");
  };
  Object.defineProperty(globalThis, "indexedDB", { value: { open } });
`;

async function sitDown(prepare: (context: BrowserContext) => Promise<unknown> = async () => undefined): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(counting);
  await prepare(context);
  const page = await context.newPage();
  await page.goto(await server.cli("link", "--negotiation", "talks", "--seat", "chair"));
  await page.getByRole("button", { name: "Enter" }).click();
  await signed(page, /^Saved on the server/);
  return page;
}

async function type(page: Page, after: string, more: string): Promise<void> {
  await words(page).getByText(after).click();
  await page.keyboard.press("End");
  await page.keyboard.type(more);
}

/** As for a page that its user has installed, or said it of. */
async function promise(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { targetInfo } = await devtools.send("Target.getTargetInfo");
  await (
    await browser.newBrowserCDPSession()
  ).send("Browser.grantPermissions", {
    origin: server.base,
    permissions: ["durableStorage"],
    browserContextId: targetInfo.browserContextId!,
  });
}

test("[SAV4] [SAV12] unsaved words outlive their tab; where they would not, on a full device and where nothing can be kept, the desk says so", async () => {
  const [trusted, dying, full, refusing] = [
    await sitDown(),
    await sitDown(),
    await sitDown(),
    await sitDown((context) => context.addInitScript(withoutDatabase)),
  ];
  await promise(trusted);
  await type(trusted, "States should meet.", " Often.");
  for (const page of [trusted, dying]) await words(page).getByText("States should meet. Often.").waitFor();
  await signed(trusted, /^Saved on the server/);
  expect([await trusted.evaluate("asked"), await dying.evaluate("asked")]).toEqual([1, 0]);
  await server.kill();
  for (const page of [trusted, dying, full, refusing]) await signed(page, /^(Offline|Connecting)/);

  const quota = await full.context().newCDPSession(full);
  await quota.send("Storage.overrideQuotaForOrigin", { origin: server.base, quotaSize: 1 });
  await type(dying, "States should meet. Often.", " Soon.");
  await type(full, "States should talk.", " Aloud.");
  await type(refusing, "States should listen.", " Well.");
  await trusted.getByText("Your typing is kept on this device and is not yet saved on the server.").waitFor();
  await signed(dying, /^Offline, kept on this device$/);
  await dying.getByText("It is kept on this device, for now").waitFor();
  for (const page of [full, refusing]) {
    await signed(page, /^Offline, not kept on this device$/);
    await page.getByText("this device does not keep it. Leave this page open").waitFor();
  }
  await photograph(dying, "kept-for-now");
  await photograph(refusing, "not-kept");

  await dying.waitForTimeout(2_000);
  const crashed = dying.waitForEvent("crash");
  const killer = await dying.context().newCDPSession(dying);
  void killer.send("Page.crash").catch(() => undefined);
  await crashed;
  await server.start();
  const again = await dying.context().newPage();
  await again.goto(`${server.base}/n/talks/desk/chair`);
  await words(again).getByText("States should meet. Often. Soon.").waitFor();
  for (const page of [again, full, refusing]) await signed(page, /^Saved on the server/);
  const chair = await server.caller("talks", "chair");
  expect((await chair.report()).parts.consensus.map(({ text }) => text)).toEqual([
    "States should meet. Often. Soon.",
    "States should talk. Aloud.",
    "States should listen. Well.",
  ]);
}, 120_000);

/** For people who want to see it: `SCREENSHOTS=folder`. */
async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env["SCREENSHOTS"];
  if (folder) await page.screenshot({ path: `${folder}/tab-${name}.png` });
}
