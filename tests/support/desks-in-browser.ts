/** Desks in a real browser, as built, on the whole server, for one file of tests: every error of a page fails the test it came in. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { builtClient } from "./built-client.ts";
import { openBrowser } from "./browser.ts";
import type { HttpServer, HttpServerOptions } from "./http-server.ts";
import { httpServer } from "./http-server.ts";

export interface DesksInBrowser {
  readonly server: HttpServer;
  /** A browser of its own that has taken the seat of this link. */
  readonly enter: (link: string, size?: { width: number; height: number }) => Promise<Page>;
  readonly linkTo: (seat: string, talks?: HttpServer["talks"]) => Promise<string>;
}

/**
 * To be called once at the top of a file. What it gives can be used inside of tests.
 * @param refusing an address at which being refused is no error of the page
 */
export function desksInBrowser(options: HttpServerOptions = {}, refusing?: RegExp): DesksInBrowser {
  let client: Awaited<ReturnType<typeof builtClient>>;
  let server: HttpServer;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    client = await builtClient();
    [server, browser] = await Promise.all([httpServer({ ...options, client: client.folder }), openBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    client?.remove();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(errors.splice(0)).toEqual([]);
  });

  return {
    get server() {
      return server;
    },
    async enter(link, size = { width: 1440, height: 900 }) {
      const context = await browser.newContext({ viewport: size });
      contexts.push(context);
      const page = await context.newPage();
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        // What is asked of a page that has no icon is the browser's own affair.
        const { url } = message.location();
        if (message.type() === "error" && !url.endsWith("/favicon.ico") && !refusing?.test(url)) {
          errors.push(message.text());
        }
      });
      await page.goto(link);
      await page.getByRole("button", { name: "Enter" }).click();
      await page.waitForURL(/desk|new|\/$/);
      return page;
    },
    linkTo: async (seat, talks = server.talks) => `${server.base}/enter/${await server.link(seat, talks)}`,
  };
}
