/** What opens at the address of a desk for a browser that asks for less, or knows its line for slow. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HttpServer } from "../../support/http-server.ts";
import { Browser, httpServer } from "../../support/http-server.ts";

let server: HttpServer;
const folder = mkdtempSync(join(tmpdir(), "rapporteur-client-"));
const desk = "/n/talks/desk/delegation:XAA";
const less = { "save-data": "on" };

beforeAll(async () => {
  writeFileSync(join(folder, "index.html"), `<html><head></head><body><div id="root"></div></body></html>`);
  server = await httpServer({ client: folder });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("[PAG16] a browser that asks for less gets the light page in place of the desk, and the desk when it is asked for", async () => {
  const browser = new Browser(server);
  await browser.enter(await server.link("delegation:XAA"));
  const opened = await browser.get(desk, less);
  expect([opened.status, opened.headers.get("location")]).toEqual([302, `${desk}/light`]);
  expect(opened.headers.get("vary")).toContain("Save-Data");
  const read = async (headers: Record<string, string>): Promise<Document> =>
    new JSDOM(await (await browser.get(`${desk}/light`, headers)).text()).window.document;
  const page = await read(less);
  expect(page.querySelector("#consensus")?.textContent).toContain("States should aaaa.");
  expect(page.querySelector("details.objection form")).not.toBeNull();
  const anyway = page.querySelector(".masthead a.button");
  expect([anyway?.textContent, anyway?.getAttribute("href")]).toEqual(["Open the desk", `${desk}?open`]);
  expect(await (await browser.get(`${desk}?open`, less)).text()).toContain("Opening the desk…");
  expect((await read({})).querySelector(`.masthead a[href="${desk}"]`)?.textContent).toBe("Desk with the editor");
});

test("[PAG16] the chair's desk, the overview, and browsers that ask for nothing are not concerned", async () => {
  const browser = new Browser(server);
  for (const [path, headers] of [
    ["/n/talks/desk/chair", less],
    [`${desk}/overview`, less],
    [desk, {}],
    [desk, { "save-data": "off" }],
  ] as const) {
    const answer = await browser.get(path, headers);
    expect([path, answer.status, await answer.text()]).toEqual([
      path,
      200,
      expect.stringContaining("Opening the desk…"),
    ]);
  }
});

test("[PAG17] a line that the browser knows for slow is called so while a desk opens, and the light page is offered on any", async () => {
  const browser = new Browser(server);
  const opening = async (ect?: string): Promise<string> => {
    const answer = await browser.get(desk, ect === undefined ? {} : { ect });
    expect(answer.headers.get("accept-ch")).toBe("ECT");
    const page = await answer.text();
    expect(page).toContain(`href="${desk}/light"`);
    return page;
  };
  for (const ect of ["2g", "slow-2g"]) expect(await opening(ect)).toContain("Your browser says that the line is slow");
  for (const ect of [undefined, "3g", "4g"]) expect(await opening(ect)).not.toContain("Your browser says");
});
