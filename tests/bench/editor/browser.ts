/** Bundles the page and opens it in headless Chromium. */
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { build } from "vite";

export async function openPage(): Promise<{ browser: Browser; page: Page; errors: string[] }> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      cssCodeSplit: false,
      lib: { entry: fileURLToPath(new URL("page.ts", import.meta.url)), formats: ["iife"], name: "page" },
    },
  });
  const files = [built].flat().flatMap((result) => ("output" in result ? result.output : []));
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.setContent("<!doctype html><html lang=en><meta charset=utf-8><title>Editor</title><body></body></html>");
  for (const file of files) {
    if (file.type === "chunk") await page.addScriptTag({ content: file.code });
    else if (file.fileName.endsWith(".css")) await page.addStyleTag({ content: String(file.source) });
  }
  return { browser, page, errors };
}
