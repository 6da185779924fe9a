/** The pages in a real browser: nothing for axe to find, nothing that needs a script, nothing wider than the screen. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { htmlOf } from "../../../server/http/pages/document.tsx";
import { troublePage } from "../../../server/http/pages/trouble.tsx";
import { bigReport } from "../../support/big-report.ts";
import { openBrowser } from "../../support/browser.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, aNegotiationWith, idOf } from "../../support/negotiations.ts";
import type { Site } from "../../support/pages-site.ts";
import { aSite } from "../../support/pages-site.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Something of everything: agreed, contested, reopened, reworded, removed, moved, with notes, reasons and several levels. */
function aLivelyOne(): ANegotiation {
  const talks = aNegotiationWith({ disclosure: "delegations" }, ...bigReport(28));
  const asked = { kind: "add", text: "on a voluntary basis" } as const;
  talks.objects("XAD", 3, { remedy: asked, reason: "We are a delegation of two.", span: talks.spanOf(3, "the") });
  talks.objects("XAA", 5);
  talks.reserves("XAC", 5, "Awaiting a view from capital.");
  talks.supports("XAD", 4);
  talks.lodges("XAE", 9, "question", { reason: "Which fund?" });
  talks.gavels(7).gavels(10).reopens(10, "New language from the drafting group.");
  talks.writes(4, "States shall take into account the different capacities of States.");
  talks.writes(12, "States [agree] [decide] to meet again[, as appropriate].");
  talks.removes(13).circulates("Second reading").moves(14, "chair-summary");
  return talks;
}

/** Two versions, and words that nobody breaks for a narrow screen. */
function aVersioned(): ANegotiation {
  const talks = aNegotiationWith({}, ...bigReport(6));
  talks.does("chair", { kind: "issue-version" });
  talks.does("chair", { kind: "move-paragraph", paragraph: idOf(4), to: "chair-summary", reason: "No consensus." });
  talks.does("chair", { kind: "issue-version" });
  return Object.assign(talks, { row: { slug: "versioned" } });
}

let browser: Browser;
let site: Site;
const talks = aLivelyOne();
const empty = Object.assign(aNegotiationWith({ circulated: false }), { row: { slug: "friends-of-the-chair" } });

beforeAll(async () => {
  browser = await openBrowser();
  site = await aSite([talks, empty, aVersioned()], {
    seats: ["delegation:XAD", "chair"],
    demo: true,
    mayOpen: true,
    links: { fresh: { state: "good", title: "Draft report of the working group", seat: "delegation:XAD" } },
  });
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

async function withPage<T>(how: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(how);
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

const light = "/n/working-group/desk/delegation:XAD/light";
const all = {
  "the report": "/n/working-group",
  "the report before its first circulation": "/n/friends-of-the-chair",
  "one part alone": "/n/working-group?part=chair-summary",
  "the front page": "/",
  "the list of negotiations": "/n",
  "a fresh link": "/enter/fresh",
  "a link that is not known": "/enter/unknown",
  "signing out": "/sign-out",
  "which seat": "/n/working-group/record",
  "the record": "/n/working-group/record?seat=delegation:XAD",
  "the public record": "/n/working-group/record?seat=public",
  "the overview": "/n/working-group/overview?seat=delegation:XAD",
  "the public overview": "/n/working-group/overview?seat=public",
  "the light page": light,
  "the light page of a team": "/n/working-group/desk/chair/light",
  "a negotiation that is not there": "/n/elsewhere",
  "a version that is not there": "/n/working-group/v/rev-1",
  "the lineage": "/n/versioned/lineage",
  "versions beside each other": "/n/versioned/v/rev-1?beside=zero-draft",
  "a seat that is not held": "/n/working-group/desk/delegation:XAA/light",
};

/** What axe finds, as sentences; every `details` is opened first, so that what is in it is looked at. */
async function foundOn(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
    };
    return (await checker.run()).violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
    );
  });
  return found;
}

const asRead = async (path: string, how: BrowserContextOptions): Promise<void> =>
  withPage(how, async (page) => {
    await page.goto(site.base + path);
    expect(await foundOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

describe("[PAG13] axe finds nothing, and nothing is wider than the screen,", () => {
  test.each(Object.entries(all))("on %s", (_, path) =>
    asRead(path, { colorScheme: "light", viewport: { width: 1280, height: 900 } }),
  );

  test.each([
    "the report",
    "the front page",
    "the record",
    "the overview",
    "the light page",
    "the lineage",
    "versions beside each other",
  ] as const)("on %s in the dark on a phone", (name) =>
    asRead(all[name], { colorScheme: "dark", viewport: { width: 390, height: 844 } }),
  );
});

test.each([403, 404, 500, 503])("[PAG13] axe finds nothing on the page for %d", async (status) => {
  await withPage({}, async (page) => {
    await page.goto(site.base);
    await page.setContent(htmlOf(troublePage(status, "reference")), { waitUntil: "load" });
    expect(await foundOn(page)).toEqual([]);
  });
});

describe("[PAG1] without a script", () => {
  test("a delegation objects, reads its receipt, and withdraws", async () => {
    const own = aNegotiation(...bigReport(8));
    const place = await aSite([own], { seats: ["delegation:XAD"] });
    try {
      await withPage({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, async (page) => {
        await page.goto(place.base + light);
        const paragraph = page.locator(`#para-${idOf(2)}`);
        await paragraph.locator("summary", { hasText: /^Object/ }).click();
        await paragraph.getByRole("textbox", { name: "What would lift it?" }).first().fill("as appropriate");
        await paragraph.getByRole("button", { name: "Object", exact: true }).first().click();
        await page.getByRole("heading", { name: "On the record" }).waitFor();
        expect(await page.locator("#receipt").innerText()).toContain("Lunari objected to paragraph 1.");
        expect([...own.record.positions.values()][0]?.remedy?.text).toBe("as appropriate");
        await paragraph.locator(".own summary", { hasText: "Answer" }).click();
        await paragraph.getByRole("button", { name: "Withdraw" }).click();
        await page.getByRole("heading", { name: "On the record" }).waitFor();
        expect([...own.record.positions.values()][0]?.standing).toBe("withdrawn");
      });
    } finally {
      await place.stop();
    }
  });

  test("[PAG5] a link to a removed paragraph shows its last words, and hides them from everyone else", async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.base}/n/working-group`);
      expect(await page.locator(`#para-${idOf(13)}`).isVisible()).toBe(false);
      await page.goto(`${site.base}/n/working-group#para-${idOf(13)}`);
      expect(await page.locator(`#para-${idOf(13)}`).isVisible()).toBe(true);
    });
  });

  test("the keyboard reaches the text first", async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.base}/n/working-group`);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(new URL(page.url()).hash).toBe("#text");
    });
  });
});

test("on a phone the way to a paragraph's life stands on one line, under its words", async () => {
  await withPage({ viewport: { width: 390, height: 844 } }, async (page) => {
    await page.goto(`${site.base}/n/working-group`);
    const paragraph = page.locator(`#para-${idOf(2)}`);
    const words = await paragraph.locator(".words").boundingBox();
    const link = await paragraph.locator(".history").boundingBox();
    expect(link?.x).toBe(words?.x);
    expect(link?.height).toBeLessThan(30);
  });
});

test("on paper both parts are there, the second on a page of its own, and nothing to click", async () => {
  await withPage({}, async (page) => {
    await page.goto(`${site.base}/n/working-group`);
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".imprint nav", ".choice", ".beside", ".changes"]) {
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
    }
    expect(await page.locator("#chairs-summary").evaluate((part) => getComputedStyle(part).breakBefore)).toBe("page");
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
  });
});
