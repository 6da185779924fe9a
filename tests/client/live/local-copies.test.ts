// @vitest-environment node
/** The copy on this device, in a browser's own IndexedDB: jsdom has none. */
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "vite";
import type { openLocalCopies } from "../../../client/live/local-copies.ts";
import type { KeptWords } from "../../../client/live/salvage.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { openBrowser } from "../../support/browser.ts";

declare const copies: { readonly openLocalCopies: typeof openLocalCopies };

let browser: Browser;
let server: Server;
let page: Page;

beforeAll(async () => {
  const entry = fileURLToPath(new URL("../../../client/live/local-copies.ts", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, lib: { entry, formats: ["iife"], name: "copies" } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const script = first && "output" in first ? first.output[0].code : "";
  server = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(`<!doctype html><script>${script}</script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await openBrowser();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

test("[SAV4] updates outlive the page, in the order in which they were typed, until they are forgotten", async () => {
  await page.evaluate(async () => {
    const mine = await copies.openLocalCopies({ negotiation: "talks", room: "room", person: "ann" });
    for (const byte of [3, 1, 2]) await mine.keep(Uint8Array.of(byte));
  });
  await page.reload();
  const left = await page.evaluate(async () => {
    const mine = await copies.openLocalCopies({ negotiation: "talks", room: "room", person: "ann" });
    const before = await mine.unsent();
    await mine.forget(before.slice(0, 2).map(({ key }) => key));
    return [before, await mine.unsent()].map((rows) => rows.map(({ update }) => [...update]));
  });
  expect(left).toEqual([[[3], [1], [2]], [[2]]]);
});

test("[SAV4] another person on this device, and another epoch of the text, see nothing of them", async () => {
  const seen = await page.evaluate(async () => {
    const mine = await copies.openLocalCopies({ negotiation: "talks", room: "room", person: "ben" });
    await mine.keep(Uint8Array.of(9));
    const others = [
      await copies.openLocalCopies({ negotiation: "talks", room: "room", person: "cid" }),
      await copies.openLocalCopies({ negotiation: "talks", room: "later", person: "ben" }),
    ];
    return Promise.all(others.map(async (each) => (await each.unsent()).length));
  });
  expect(seen).toEqual([0, 0]);
});

test("[SAV10] what was unsent in an earlier epoch is found by the same person in the same negotiation alone", async () => {
  const seen = await page.evaluate(async () => {
    const whose = { negotiation: "talks", room: "first", person: "dee" };
    await (await copies.openLocalCopies(whose)).keep(Uint8Array.of(7));
    const owners = [
      { ...whose, room: "second" },
      whose,
      { ...whose, person: "de", room: "second" },
      { ...whose, negotiation: "talk", room: "second" },
    ];
    const found = owners.map(async (owner) => (await copies.openLocalCopies(owner)).unsentBefore());
    return (await Promise.all(found)).map((rows) => rows.map(({ update }) => [...update]));
  });
  expect(seen).toEqual([[[7]], [], [], []]);
});

test("[SAV5] words kept as drafts outlive the page until they are dismissed", async () => {
  const words: KeptWords[] = [{ paragraph: "p".repeat(22) as ParagraphId, mine: "Never.", stands: null }];
  await page.evaluate(
    async (kept) => (await copies.openLocalCopies({ negotiation: "talks", room: "room", person: "ann" })).setKept(kept),
    words,
  );
  await page.reload();
  const kept = (): Promise<readonly KeptWords[]> =>
    page.evaluate(async () =>
      (await copies.openLocalCopies({ negotiation: "talks", room: "room", person: "ann" })).kept(),
    );
  expect(await kept()).toEqual(words);
  await page.evaluate(async () =>
    (await copies.openLocalCopies({ negotiation: "talks", room: "room", person: "ann" })).setKept([]),
  );
  expect(await kept()).toEqual([]);
});
