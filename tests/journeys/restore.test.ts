/** The data go back in time under an open desk: nothing of the later text comes back by itself, and nothing unsaved is lost. */
import { rmSync, writeFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { ServerProcess } from "../support/server-process.ts";

let server: ServerProcess;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([ServerProcess.start(), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test("[CAR6] [SAV10] after a restore an open desk is told to load again, and shows what it had not saved as a draft", async () => {
  const draft = `${server.dataDir}.md`;
  const backup = `${server.dataDir}.backup`;

  writeFileSync(draft, "1. States should meet.\n\n2. States should talk.\n");
  await server.cli("new", "--title", "Draft report", "--slug", "talks", "--from", draft);
  const chair = await server.caller("talks", "chair");
  const link = await server.cli("link", "--negotiation", "talks", "--seat", "chair");
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(link);
  await page.getByRole("button", { name: "Enter" }).click();
  const editor = page.getByRole("textbox", { name: "Draft report" });
  const saved = page.getByRole("status", { name: /^Saved on the server/ }).first();
  await editor.getByText("States should meet.").click();
  await saved.waitFor();
  expect(await server.cli("backup", "--out", backup)).toMatch(/1 negotiation/);

  await page.keyboard.press("End");
  await page.keyboard.type(" Saved after the backup.");
  await expect.poll(async () => (await chair.report()).parts.consensus[0]?.text).toContain("after the backup.");
  await saved.waitFor();
  await server.end();
  await page
    .getByRole("status", { name: /^(Offline|Connecting)/ })
    .first()
    .waitFor();
  await page.keyboard.type(" Never saved.");
  expect(await server.cli("restore", backup, "--replace")).toMatch(/kept aside|is in/);
  await server.start();

  await page.getByRole("button", { name: "Reload" }).waitFor();
  const notices = page.getByRole("region", { name: "Notices about the text" });
  await notices.getByText("Never saved.").waitFor();
  await photograph("ended");
  await page.getByRole("button", { name: "Reload" }).click();
  await saved.waitFor();
  await notices.getByText("Never saved.").waitFor();
  await photograph("reloaded");
  await page.setViewportSize({ width: 390, height: 844 });
  await photograph("phone");
  expect((await chair.report()).parts.consensus.map(({ text }) => text)).toEqual([
    "States should meet.",
    "States should talk.",
  ]);
  // The line is whole again: what is typed now is saved.
  await page.setViewportSize({ width: 1440, height: 900 });
  await editor.getByText("States should talk.").click();
  await page.keyboard.press("End");
  await page.keyboard.type(" Often.");
  await expect.poll(async () => (await chair.report()).parts.consensus[1]?.text).toBe("States should talk. Often.");
  await notices.getByRole("button", { name: "Understood" }).click();
  await expect.poll(() => notices.isVisible()).toBe(false);
  for (const file of [draft, backup]) rmSync(file);

  /** For people who want to see it: `SCREENSHOTS=folder`. */
  async function photograph(name: string): Promise<void> {
    const folder = process.env["SCREENSHOTS"];
    if (folder) await page.screenshot({ path: `${folder}/restore-${name}.png` });
  }
}, 120_000);
