/** The desks in a real browser, as built, on the whole server: from an invitation to a gavel, by keyboard and by pointer. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { textNamed } from "../../../shared/domain/wording.ts";
import { desksInBrowser } from "../../support/desks-in-browser.ts";

const desks = desksInBrowser();
const { enter, linkTo } = desks;

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`${axe.source}; 0`);
  const found = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

test("from the delegation's objection to the gavel: their words in one click, circulated, met, agreed", async () => {
  const talks = await desks.server.open("journey");
  const chair = await enter(await linkTo("chair", talks));
  const lunari = await enter(await linkTo("delegation:XAD", talks), { width: 390, height: 844 });

  await lunari
    .getByRole("group", { name: "Paragraph 2, consensus text, open" })
    .getByRole("button", { name: "Object" })
    .click();
  const object = lunari.getByRole("dialog", { name: "Object" });
  await object.getByRole("textbox", { name: "What would lift it?" }).fill("where they can");
  await object.getByRole("radio", { name: "adds your words" }).check();
  await object.getByRole("button", { name: "Object" }).click();
  await lunari
    .getByText(/On the record as no\. \d+/)
    .first()
    .waitFor();

  await chair.getByText("0 of 3 agreed. 1 paragraph and 1 delegation stand between here and consensus.").waitFor();
  await chair.getByRole("button", { name: "Show me" }).click();
  await chair.getByRole("heading", { name: "Paragraph 2" }).waitFor();
  const gavel = chair.getByRole("button", { name: "Gavel as agreed" });
  expect(await gavel.getAttribute("aria-disabled")).toBe("true");
  await chair.getByRole("button", { name: "Use their words" }).click();
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("States should bbbb where they can.").waitFor();
  await chair.getByRole("status", { name: /^Saved on the server \d\d:\d\d:\d\d$/ }).waitFor();
  await chair.getByRole("button", { name: "Circulate" }).click();
  await chair.getByRole("dialog", { name: "Circulate" }).getByRole("button", { name: "Circulate" }).click();

  await lunari.getByText("your words are in: met?").waitFor();
  await lunari.getByRole("button", { name: "Met" }).first().click();
  await lunari.getByRole("dialog", { name: "Met" }).getByRole("button", { name: "Met" }).click();

  await chair.getByText("Nothing stands between here and consensus.").waitFor();
  await gavel.click();
  await chair.getByRole("dialog", { name: "Gavel as agreed" }).getByRole("button", { name: "Gavel as agreed" }).click();
  await chair.getByText("1 of 3 agreed.").waitFor();
  await chair.getByRole("group", { name: "Paragraph 2, consensus text, agreed" }).waitFor();
});

test("a paragraph is tagged with one key and Enter, since others have seen it, and comes back in the same way", async () => {
  const talks = await desks.server.open("tagging");
  const chair = await enter(await linkTo("chair", talks));
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("States should cccc.").click();
  await chair.keyboard.press("F9");
  await chair.getByRole("dialog", { name: "Move to chair's summary" }).waitFor();
  await chair.keyboard.press("Enter");
  await chair.getByRole("group", { name: "Paragraph 1, chair's summary" }).waitFor();
  await chair.getByRole("dialog").waitFor({ state: "detached" });
  await chair.keyboard.press("F9");
  await chair.getByRole("dialog", { name: "Move to consensus text" }).waitFor();
  await chair.keyboard.press("Enter");
  await chair.getByRole("group", { name: "Paragraph 3, consensus text, open" }).waitFor();
  expect(talks.record.moves.map(({ to, reason }) => [to, reason])).toEqual([
    ["chair-summary", "no consensus at this stage"],
    ["consensus", "consensus is sought again"],
  ]);
});

test("brackets are lifted one by one beside the text, and the draft follows", async () => {
  const talks = await desks.server.open("brackets");
  const chair = await enter(await linkTo("chair", talks));
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("States should cccc.").click();
  await chair.keyboard.press("End");
  await chair.keyboard.type(" They [shall][should] report [each year].");
  await chair.getByRole("heading", { name: "3 open brackets" }).waitFor();
  for (const name of ["Lift: choose this", "Lift: drop"]) {
    await chair.getByRole("button", { name }).last().click();
    await chair.getByRole("dialog", { name }).getByRole("button", { name }).click();
  }
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("cccc. They should report.").waitFor();
  expect(talks.entries.slice(-2).map(({ what }) => (what.kind === "bracket-lifted" ? what.words : ""))).toEqual([
    "[should]",
    "[each year]",
  ]);
});

test("words selected in the text are the words concerned", async () => {
  const talks = await desks.server.open("words");
  const page = await enter(await linkTo("delegation:XAA", talks));
  const group = page.getByRole("group", { name: /^Paragraph 1,/ });
  await group
    .locator("[data-at]")
    .first()
    .dblclick({ position: { x: 70, y: 10 } });
  await group.getByText(/^On “/).waitFor();
  await group.getByRole("button", { name: "Object" }).click();
  await page.getByRole("dialog", { name: "Object" }).getByRole("button", { name: "Object" }).click();
  await page
    .getByText(/On the record as no/)
    .first()
    .waitFor();
  const [objection] = [...talks.record.positions.values()];
  expect(objection?.span?.quote).toMatch(/^\w+$/);
  expect(textNamed(talks.record, objection!.wording).slice(objection!.span!.from, objection!.span!.to)).toBe(
    objection!.span!.quote,
  );
});

test("a new negotiation, its text, its delegations and their links, on one page: at most eight actions to the first delegation in", async () => {
  const { identity } = desks.server.ports;
  const { token } = await identity.makeLink({ negotiation: null, seat: "opener", name: "Ines Hale" });
  const page = await enter(`${desks.server.base}/enter/${token}`);
  await page.goto(`${desks.server.base}/new`);
  let actions = 0;
  const act = async (doing: Promise<unknown>): Promise<void> => {
    actions += 1;
    await doing;
  };
  const source =
    "# Report on points of contact\n\n# Consensus text\n\n1. States should [may] consult.\n\n# Chair's summary\n\n2. Some States said more.";
  await act(page.getByRole("textbox", { name: "Paste a text, or drop a file here" }).fill(source));
  await page.getByText(/1 paragraph of consensus text, 1 paragraph of chair's summary,? and 1 bracket/).waitFor();
  expect(await page.getByRole("textbox", { name: "Title" }).inputValue()).toBe("Report on points of contact");
  const delegation = page.getByRole("combobox", { name: "Add a delegation" });
  await act(delegation.fill("norw"));
  await act(delegation.press("Enter"));
  expect(await violations(page)).toEqual([]);
  await act(page.getByRole("button", { name: "Open and make the invitation link" }).click());
  const link = await page.locator("code", { hasText: "/enter/" }).innerText();
  expect(await violations(page)).toEqual([]);
  await act(page.getByRole("link", { name: "Go to the chair's desk" }).click());
  await act(page.getByRole("button", { name: "Circulate" }).click());
  await act(page.getByRole("dialog").getByRole("button", { name: "Circulate" }).click());
  await page
    .getByText(/^Circulated\. On the record/)
    .first()
    .waitFor();
  actions += 1; // the delegation's own: Enter
  const norway = await enter(link);
  await norway.getByRole("group", { name: "Paragraph 1, consensus text, contested" }).waitFor();
  expect(actions).toBeLessThanOrEqual(8);
});

test("on screen, a delegation reads each key as it is typed, and writes none", async () => {
  const talks = await desks.server.open("screen", "on-screen");
  const chair = await enter(await linkTo("chair", talks));
  const reader = await enter(await linkTo("delegation:XAB", talks));
  await reader.getByText("States should aaaa.").waitFor();
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("States should aaaa.").click();
  await chair.keyboard.press("End");
  await chair.keyboard.type(" Indeed.");
  await reader.getByText("States should aaaa. Indeed.").waitFor();
  expect(await reader.getByRole("textbox").count()).toBe(0);
});

test("axe finds nothing on the desks, light and dark, nor on the overview", async () => {
  const talks = await desks.server.open("axe");
  for (const seat of ["chair", "delegation:XAB"]) {
    const page = await enter(await linkTo(seat, talks));
    await page
      .getByRole("group", { name: /^Paragraph 1,/ })
      .first()
      .click();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByRole("heading", { name: "Consensus overview" }).waitFor();
    expect(await violations(page)).toEqual([]);
  }
});
