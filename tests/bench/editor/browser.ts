/** Bundles a page and opens it in headless Chromium; the editor alone in whichever browser is asked for. */
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { build } from "vite";
import { openBrowser } from "../../support/browser.ts";

/** A script and the styles it brings, as one page has them. */
export interface Bundle {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** @param entry beside this file */
export async function bundleOf(entry: string): Promise<Bundle> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      cssCodeSplit: false,
      lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ["iife"], name: "page" },
    },
  });
  const files = [built].flat().flatMap((result) => ("output" in result ? result.output : []));
  return {
    scripts: files.flatMap((file) => (file.type === "chunk" ? [file.code] : [])),
    styles: files.flatMap((file) =>
      file.type === "asset" && file.fileName.endsWith(".css") ? [String(file.source)] : [],
    ),
  };
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });

export async function openTab(browser: Browser, { scripts, styles }: Bundle): Promise<Page> {
  const page = await browser.newPage();
  await page.setContent("<!doctype html><html lang=en><meta charset=utf-8><title>Editor</title><body></body></html>");
  for (const content of scripts) await page.addScriptTag({ content });
  for (const content of styles) await page.addStyleTag({ content });
  return page;
}

/** Our editor, for those who want nothing beside it. */
export async function openPage(): Promise<{ browser: Browser; page: Page; errors: string[] }> {
  const browser = await openBrowser();
  const errors: string[] = [];
  const page = await openTab(browser, await bundleOf("page.ts"));
  page.on("pageerror", (error) => errors.push(error.message));
  return { browser, page, errors };
}
