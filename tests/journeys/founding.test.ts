/**
 * The main job on a real text, whole: two chairs draft at once in two browsers, twelve delegations lodge sixty positions, the chair moves,
 * circulates, gavels and reopens, the server dies in between, and everybody reads the two parts.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifySeen } from "../../shared/domain/chain.ts";
import type { ComposedParagraph, ComposedReport } from "../../shared/domain/report.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { openBrowser } from "../support/browser.ts";
import { bracketedDrafts } from "../support/negotiated-texts.ts";
import type { Caller } from "../support/server-process.ts";
import { ServerProcess } from "../support/server-process.ts";

const codes = Array.from({ length: 12 }, (_, index) => `XA${String.fromCharCode(65 + index)}`);

/** A draft of our own, so that the journey is made wherever the real ones are not at hand. */
const ownDraft = [
  "# Draft report on the security of information networks",
  ...Array.from({ length: 8 }, (_, section) => [
    `## Section ${section + 1}`,
    ...Array.from(
      { length: 10 },
      (_, index) =>
        `${index + 1}. States ${["recall", "affirm", "note", "encourage", "invite"][index % 5]} matter ${section * 10 + index} of ${["trade", "health", "energy", "water", "rescue", "schools", "harbours", "archives"][section]}, and ${["study it", "report on it", "share what they learn of it", "support one another in it"][index % 4]}${index === 7 ? " [every year][every second year]" : ""}.`,
    ),
  ]).flat(),
].join("\n\n");

const drafts = [
  { name: "a draft of our own", markdown: ownDraft },
  ...bracketedDrafts
    .filter(({ name }) => name === "agreement-2015-12-09.md")
    .map(({ markdown }) => ({ name: "the Paris draft of 9 December 2015", markdown })),
];

const numbered = (report: ComposedReport): ComposedParagraph[] =>
  report.parts.consensus.filter(({ kind }) => kind === "paragraph");
const signIn = async (browser: Browser, link: string): Promise<Page> => {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(link);
  await page.getByRole("button", { name: "Enter" }).click();
  await page.getByRole("textbox", { name: "Draft report" }).waitFor();
  return page;
};
/** The machine of a build is slow and busy. */
const patient = { timeout: 30_000 };
/** Puts the caret into a paragraph, also while others type above it and push it down. */
const goTo = async (page: Page, { number, text }: ComposedParagraph): Promise<void> => {
  const words = page.getByRole("textbox", { name: "Draft report" }).getByText(text.slice(0, 40)).first();
  await expect
    .poll(async () => {
      await words.click();
      return page.getByRole("heading", { name: `Paragraph ${number}`, exact: true }).isVisible();
    }, patient)
    .toBe(true);
};
const saved = (page: Page): Promise<void> =>
  page
    .getByRole("status", { name: /^Saved on the server/ })
    .first()
    .waitFor();

describe.each(drafts)("a negotiation on $name", { timeout: 240_000 }, ({ markdown }) => {
  let server: ServerProcess;
  let browser: Browser;
  let chair: Caller;
  const delegations: Caller[] = [];
  let pages: [Page, Page];

  beforeAll(async () => {
    [server, browser] = await Promise.all([ServerProcess.start(), openBrowser()]);
    const file = `${server.dataDir}/draft.md`;
    mkdirSync(server.dataDir, { recursive: true });
    writeFileSync(file, markdown);
    await server.cli("new", "--title", "Draft report", "--slug", "talks", "--from", file);
    chair = await server.caller("talks", "chair");
    for (const code of codes) {
      const delegation = {
        code: code as DelegationCode,
        name: `Delegation ${code}`,
        kind: "member-state",
        regionalGroup: "none",
      } as const;
      await chair.do({ kind: "add-delegation", delegation });
      delegations.push(await server.caller("talks", `delegation:${code}`));
    }
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("two chairs edit at once and see each other's words", async () => {
    const links = [
      await server.cli("link", "--negotiation", "talks", "--seat", "chair"),
      await server.cli("link", "--negotiation", "talks", "--seat", "secretariat"),
    ];
    pages = [await signIn(browser, links[0] as string), await signIn(browser, links[1] as string)];
    const words = ["Words of the first chair. ", "Words of the second chair. "];
    const paragraphs = numbered(await chair.report());
    await Promise.all(
      pages.map(async (page, index) => {
        // Each in a paragraph of their own, and both in the third one: one at its beginning, one at its end.
        for (const at of [index, 2]) {
          await goTo(page, paragraphs[at] as ComposedParagraph);
          await page.keyboard.press(index === 0 ? "Home" : "End");
          await page.keyboard.type(words[index] as string, { delay: 5 });
        }
        await saved(page);
      }),
    );
    for (const page of pages) {
      for (const word of words)
        await expect
          .poll(() => page.getByRole("textbox", { name: "Draft report" }).innerText(), patient)
          .toContain(word.trim());
    }
    const holding = async (word: string): Promise<number> =>
      numbered(await chair.report()).filter(({ text }) => text.includes(word.trim())).length;
    for (const word of words) await expect.poll(() => holding(word), patient).toBe(2);
  });

  test("twelve delegations lodge sixty positions on what was circulated, one of them on the page", async () => {
    await chair.do({ kind: "circulate" });
    const free = numbered(await (delegations[0] as Caller).report());
    for (const [index, delegation] of delegations.entries()) {
      for (let nth = 0; nth < 5; nth++) {
        if (index === 11 && nth === 4) break;
        const { id: paragraph, wording } = free[(index * 5 + nth) % 25] as ComposedParagraph;
        await delegation.do({
          kind: "lodge-position",
          paragraph,
          wording,
          level: nth === 4 ? "support" : nth === 3 ? "reservation" : "objection",
          reason: `Reason ${nth}`,
        });
      }
    }
    const page = await (await browser.newContext()).newPage();
    await page.goto(await server.cli("link", "--negotiation", "talks", "--seat", "delegation:XAL"));
    await page.getByRole("button", { name: "Enter" }).click();
    const thirtieth = page.getByRole("group", { name: /^Paragraph 30,/ }).first();
    await thirtieth.getByRole("button", { name: "Object" }).click();
    await page
      .getByRole("dialog", { name: "Object" })
      .getByRole("textbox")
      .first()
      .fill("taking into account different capacities");
    await page.getByRole("dialog", { name: "Object" }).getByRole("button", { name: "Object" }).click();
    const standing = async (): Promise<ComposedParagraph[]> => numbered(await chair.report());
    await expect
      .poll(
        async () => (await standing()).find(({ number }) => number === "30")?.positions.map(({ by }) => by?.code),
        patient,
      )
      .toContain("XAL");
    expect((await chair.report()).blockers.filter(({ why }) => why === "objection").length).toBeGreaterThanOrEqual(36);
    const lodged = (await chair.events()).events.filter(
      (entry) => "what" in entry && entry.what.kind === "position-lodged",
    );
    expect(lodged).toHaveLength(60);
  });

  test("the server is killed, comes back, and nothing that was acknowledged is gone", async () => {
    const before = { report: await chair.report(), upTo: (await chair.events()).upTo };
    await goTo(pages[0], numbered(before.report)[0] as ComposedParagraph);
    await pages[0].keyboard.press("Home");
    await server.kill();
    const typing = pages[0].keyboard.type("Through the restart. ", { delay: 100 });
    await server.start();
    expect((await chair.events()).upTo).toBe(before.upTo);
    // The desks that stayed open come back by themselves, also when they try before it is ready, and what was typed meanwhile is saved.
    await typing;
    await pages[0].keyboard.type("After the restart. ");
    await expect
      .poll(async () => numbered(await chair.report())[0]?.text, patient)
      .toContain("Through the restart. After the restart. ");
    await saved(pages[0]);
    const [first, ...others] = numbered(await chair.report());
    expect(first?.id).toBe(numbered(before.report)[0]?.id);
    expect(others).toEqual(numbered(before.report).slice(1));
  });

  test("the chair moves eleven to the summary and two back, circulates, gavels forty and reopens three", async () => {
    const contested = numbered(await chair.report()).filter(({ positions }) =>
      positions.some(({ level }) => level === "objection"),
    );
    const moved = contested.slice(0, 11);
    for (const { id } of moved)
      await chair.do({
        kind: "move-paragraph",
        paragraph: id,
        to: "chair-summary",
        reason: "no consensus at this stage",
      });
    for (const { id } of moved.slice(0, 2))
      await chair.do({
        kind: "move-paragraph",
        paragraph: id,
        to: "consensus",
        reason: "back, as asked from the floor",
      });
    await chair.do({ kind: "circulate" });
    const free = numbered(await chair.report()).filter(({ status }) => status === "open");
    expect(free.length).toBeGreaterThanOrEqual(40);
    for (const { id, wording } of free.slice(0, 40)) await chair.do({ kind: "gavel", paragraph: id, wording });
    for (const { id } of free.slice(0, 3))
      await chair.do({ kind: "reopen", paragraph: id, reason: "new instructions from a capital" });
    const report = await chair.report();
    expect(report.overview.agreed).toBe(37);
    expect(report.parts.chairSummary.filter(({ kind }) => kind === "paragraph")).toHaveLength(9);
    for (const { id } of moved.slice(0, 2))
      expect(numbered(report).find((paragraph) => paragraph.id === id)?.status).toBe("contested");
  });

  test("the public page shows both parts, each numbered from 1, without a line of script", async () => {
    const reader = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await reader.goto(`${server.base}/n/talks`);
    const shown = (section: string): Promise<string[]> =>
      reader.locator(`${section} [id^="para-"]`).evaluateAll((all) => all.map((one) => one.id.slice(5)));
    const anyone = (await (await fetch(`${server.base}/api/v1/negotiations/talks/report`)).json()) as ComposedReport;
    for (const [section, paragraphs] of [
      ["#consensus", anyone.parts.consensus],
      ["#chairs-summary", anyone.parts.chairSummary],
    ] as const) {
      const wanted = paragraphs.filter(({ kind }) => kind === "paragraph");
      expect((await shown(section)).filter((id) => wanted.some((paragraph) => paragraph.id === id))).toEqual(
        wanted.map(({ id }) => id),
      );
      const tops = wanted.filter(({ number }) => !number.includes("(")).map(({ number }) => Number(number));
      expect(tops).toEqual(tops.map((_, index) => index + 1));
      for (const { id, number } of wanted.slice(0, 5))
        expect(await reader.locator(`${section} #para-${id}`).innerText()).toContain(number);
    }
    expect(await reader.locator("script").count()).toBe(0);
    expect(await reader.getByRole("heading", { name: "Consensus text" }).count()).toBe(1);
    expect(await reader.getByRole("heading", { name: "Chair's summary" }).count()).toBe(1);
  });

  test("the log verifies for the chair, for a delegation and for everyone", async () => {
    const anyone = {
      events: async () =>
        (await (await fetch(`${server.base}/api/v1/negotiations/talks/events?after=0`)).json()) as Awaited<
          ReturnType<Caller["events"]>
        >,
    };
    for (const caller of [chair, delegations[0] as Caller, anyone])
      expect(verifySeen((await caller.events()).events, null)).toMatchObject({ ok: true });
    expect(await server.cli("verify", "--negotiation", "talks")).not.toBe("");
  });
});
