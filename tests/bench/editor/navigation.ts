/** From an address to words that can be typed: the chair's desk as it is served, beside the least shared page that y-prosemirror makes of the same text. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, Page } from "playwright-core";
import * as Y from "yjs";
import { Writer } from "../server/clients.ts";
import { start, template } from "../server/servers.ts";
import { quantile } from "../server/sheet.ts";
import { blockWithWords } from "../server/words.ts";
import type { Bundle } from "./browser.ts";

const paragraphs = 300;
const text = Array.from({ length: paragraphs }, (_, index) => blockWithWords(index));

export interface Arrival {
  /** Until the frame after the one that shows the text, with nothing in the browser's cache. */
  readonly editableMs: number;
  readonly threadMs: number;
}

/** Runs in the page before anything of it does. */
const watch = `globalThis.editable = new Promise((resolve) => {
  const look = () => {
    const text = document.querySelector('.ProseMirror[contenteditable="true"]');
    if ((text?.childElementCount ?? 0) < ${paragraphs}) requestAnimationFrame(look);
    else requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
  };
  look();
});`;

export type MainThread = (page: Page) => Promise<() => Promise<number>>;

export async function ourArrival(browser: Browser, mainThread: MainThread, times: number): Promise<Arrival> {
  const server = await start("ours", await template(null, { text, method: "chair-pen" }));
  try {
    const { slug, link } = server.seeded;
    const entered = await browser.newContext();
    const page = await entered.newPage();
    await page.goto(`${server.base}/enter/${link}`);
    await page.getByRole("button", { name: "Enter" }).click();
    await page.waitForURL(/desk/);
    const cookies = await entered.cookies();
    await entered.close();
    const enter = (context: BrowserContext): Promise<void> => context.addCookies(cookies);
    return await arrivals(browser, mainThread, {
      times,
      enter,
      from: "/healthz",
      to: `/n/${slug}/desk/chair`,
      ...server,
    });
  } finally {
    await server.stop();
  }
}

export async function peersArrival(
  browser: Browser,
  mainThread: MainThread,
  times: number,
  { scripts }: Bundle,
): Promise<Arrival> {
  const server = await start("websocket", await template(null));
  const site = createServer(({ url = "" }, response) => {
    const isScript = url.endsWith(".js");
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(
      isScript ? scripts.join("\n") : `<!doctype html><title>Editor</title><body><script src="/page.js"></script>`,
    );
  }).listen(0, "127.0.0.1");
  try {
    await once(site, "listening");
    const writer = new Writer(server);
    await writer.connect();
    writer.doc.getXmlFragment("text").push(
      text.map(({ content }) => {
        const paragraph = new Y.XmlElement("paragraph");
        paragraph.insert(0, [
          new Y.XmlText(content.map((inline) => (inline.t === "text" ? inline.text : "")).join("")),
        ]);
        return paragraph;
      }),
    );
    const base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const to = `/?${server.url()}`;
    return await arrivals(browser, mainThread, { times, enter: async () => undefined, base, from: "/blank.js", to });
  } finally {
    site.close();
    site.closeAllConnections();
    await server.stop();
  }
}

interface Way {
  readonly times: number;
  readonly enter: (context: BrowserContext) => Promise<void>;
  readonly base: string;
  /** A page of the same site, so that the process is there already whose time is counted. */
  readonly from: string;
  readonly to: string;
}

async function arrivals(
  browser: Browser,
  mainThread: MainThread,
  { times, enter, base, from, to }: Way,
): Promise<Arrival> {
  const [walls, threads]: [number[], number[]] = [[], []];
  for (let time = 0; time < times; time++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await enter(context);
    const page = await context.newPage();
    await page.goto(base + from);
    await page.addInitScript({ content: watch });
    const spent = await mainThread(page);
    const before = await spent();
    await page.goto(base + to, { waitUntil: "commit" });
    walls.push(await page.evaluate(() => (globalThis as unknown as { editable: Promise<number> }).editable));
    threads.push((await spent()) - before);
    await context.close();
  }
  return { editableMs: quantile(walls, 0.5), threadMs: quantile(threads, 0.5) };
}
