/** Debian's Chromium, driven from outside. A run without it fails and says what to install; no test is left out. */
import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";

const path = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

export function openChromium(): Promise<Browser> {
  if (!existsSync(path)) {
    throw new Error(
      `There is no Chromium at ${path}. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
    );
  }
  return chromium.launch({
    executablePath: path,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
