/**
 * The main steps of a negotiation in Chromium with three people at once: the chair and one delegation at wide windows, another one on a
 * phone. Everything is done with the hands, but for the last silence, whose deadline no person could wait for. An error on any
 * console fails it; `SCREENSHOTS=folder` keeps a picture of each step.
 */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { EpochMs, PersonId } from "../../../shared/domain/values.ts";
import { desksInBrowser } from "../../support/desks-in-browser.ts";
import { paragraph } from "../../support/table.ts";
import { states } from "./cast.ts";

const desks = desksInBrowser();
const text = [
  paragraph("a", "States affirm that lighthouses serve everybody."),
  paragraph("b", "States should keep their telephone directories up to date."),
  paragraph("c", "States shall report every month on what they have repaired."),
  paragraph("d", "A meeting of engineers is held in the spring."),
  paragraph("e", "Harbours are closed to whoever disturbs them."),
];

const group = (page: Page, number: number): Locator =>
  page.getByRole("group", { name: new RegExp(`^Paragraph ${number}, consensus text`) }).first();
const draft = (page: Page): Locator => page.getByRole("textbox", { name: "Draft report" });
/** Opens a form with its button, fills it in, and sends it with the button of the same name. */
async function state(
  page: Page,
  from: Locator,
  name: string,
  fill?: (dialog: Locator) => Promise<void>,
): Promise<void> {
  await from.getByRole("button", { name, exact: true }).first().click();
  const dialog = page.getByRole("dialog", { name });
  await dialog.waitFor();
  await fill?.(dialog);
  await dialog.getByRole("button", { name, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}
const write = (label: string, words: string) => (dialog: Locator) =>
  dialog.getByRole("textbox", { name: label }).first().fill(words);

test("from the zero draft to the dissociation, with three desks open", { timeout: 300_000 }, async () => {
  const founder = { person: "F".repeat(22) as PersonId, name: "The founder", seat: { role: "chair" } } as const;
  const settings = {
    title: "Draft report on being good neighbours",
    method: "chair-pen",
    disclosure: "delegations",
    silenceMinimumHours: 0,
  } as const;
  const delegations = states.slice(0, 5);
  const talks = await desks.server.ports.house.create(
    { slug: "neighbours", settings, delegations, text, takesSeat: true },
    founder,
  );
  const seat = async (name: string, size?: { width: number; height: number }): Promise<Page> =>
    desks.enter(await desks.linkTo(name, talks), size);
  const chair = await seat("chair");
  const arvenna = await seat("delegation:XAA");
  const belcorra = await seat("delegation:XAB", { width: 390, height: 844 });
  const pages = { chair, arvenna, belcorra };
  const look = async (step: string): Promise<void> => {
    const folder = process.env["SCREENSHOTS"];
    if (!folder) return;
    for (const [name, page] of Object.entries(pages)) await page.screenshot({ path: `${folder}/${step}-${name}.png` });
  };
  const panel = (number: number): Locator => chair.getByRole("region", { name: `Paragraph ${number}`, exact: true });
  const goTo = async (number: number, words: string): Promise<Locator> => {
    await draft(chair).getByText(words).first().click();
    await panel(number).waitFor();
    return panel(number);
  };

  const saved = (): Promise<void> =>
    chair
      .getByRole("status", { name: /^Saved on the server/ })
      .first()
      .waitFor();
  /** The one difference that no act covers gets this reason. */
  const issueWith = async (reason: string, step?: string): Promise<void> => {
    await chair.getByRole("button", { name: "Issue version" }).click();
    const issue = chair.getByRole("dialog", { name: "Issue version" });
    await issue.getByText(/^1 difference from .* is covered by no act\./).waitFor();
    await issue.getByRole("textbox", { name: "Reason", exact: true }).first().fill(reason);
    if (step) await look(step);
    await issue.getByRole("button", { name: "Issue version" }).click();
    await issue.waitFor({ state: "detached" });
  };

  await draft(chair).waitFor();
  await look("00-before");
  await state(chair, chair.locator("body"), "Issue version");
  await group(arvenna, 3).waitFor();
  await look("01-zero-draft");

  // Both ask for other words in the same paragraph; one of them objects to another, and joins what the other proposes there.
  await state(arvenna, group(arvenna, 3), "Object", write("What would lift it?", "every second year"));
  await state(
    arvenna,
    group(arvenna, 2),
    "Propose wording",
    write("Words proposed", "States shall keep their telephone directories up to date."),
  );
  await state(
    belcorra,
    group(belcorra, 2),
    "Propose wording",
    write("Words proposed", "States should keep their telephone directories up to date and printed."),
  );
  await state(
    belcorra,
    group(belcorra, 3),
    "Propose wording",
    write("Words proposed", "States shall report every second year on what they have repaired."),
  );
  const theirs = group(arvenna, 3).getByRole("article", { name: "Proposal of Belcorra" });
  await theirs.getByRole("button", { name: "Co-sponsor" }).click();
  await look("02-proposed");

  // The merge desk for one paragraph, taking up for the other.
  await (await goTo(2, "telephone directories")).getByRole("button", { name: "Merge proposals" }).click();
  const merge = chair.getByRole("dialog", { name: "Merge proposals" });
  await merge.getByRole("radio", { name: /^shall/ }).check();
  await merge.getByRole("radio", { name: /printed/ }).check();
  await look("03-merge-desk");
  await merge.getByRole("button", { name: "Merge proposals" }).click();
  await draft(chair).getByText("States shall keep their telephone directories up to date and printed.").waitFor();
  const third = await goTo(3, "repaired.");
  await third.getByRole("article", { name: "Proposal of Belcorra" }).getByText("with Arvenna").waitFor();
  await state(chair, third.getByRole("article", { name: "Proposal of Belcorra" }), "Take up");
  await draft(chair).getByText("every second year").waitFor();

  // The chair types, moves and issues: what was typed needs a reason, the rest has acts.
  await draft(chair).getByText("A meeting of engineers").click();
  await chair.keyboard.press("End");
  await chair.keyboard.type(" It is open to all.");
  await chair
    .getByRole("status", { name: /^Saved on the server/ })
    .first()
    .waitFor();
  await (await goTo(5, "Harbours are closed")).getByRole("button", { name: "Move to chair's summary" }).click();
  const moving = chair.getByRole("dialog", { name: "Move to chair's summary" });
  await moving.getByRole("button", { name: "Move to chair's summary" }).click();
  await chair
    .getByRole("group", { name: /^Paragraph 1, chair's summary/ })
    .first()
    .waitFor();
  await issueWith("Asked for from the floor.", "04-issue");

  await arvenna.getByText("your words are in: met?").first().waitFor();
  await look("05-rev-1");
  await arvenna.getByRole("button", { name: "Met" }).first().click();
  await arvenna.getByRole("dialog", { name: "Met" }).getByRole("button", { name: "Met" }).click();
  await state(chair, await goTo(1, "States affirm"), "Gavel as agreed");

  // Silence: announced, broken on a phone, cancelled, announced anew.
  await state(chair, chair.locator("body"), "Announce silence");
  await belcorra.getByRole("region", { name: "Silence procedure" }).waitFor();
  await look("06-silence");
  await state(
    belcorra,
    belcorra.getByRole("region", { name: "Silence procedure" }),
    "Break silence",
    async (dialog) => {
      await dialog.getByRole("radio", { name: "These paragraphs" }).check();
      await dialog.getByRole("checkbox", { name: /^4\b|Paragraph 4/ }).check();
      await dialog.getByRole("textbox", { name: "Reason, in a sentence" }).fill("Our engineers are at sea in spring.");
    },
  );
  await chair
    .getByText(/Silence broken by Belcorra on paragraph 4/)
    .first()
    .waitFor();
  await look("07-broken");
  await state(chair, chair.locator("body"), "Cancel the silence", write("Reason", "Broken on paragraph 4."));
  await draft(chair).getByText("A meeting of engineers").click();
  await chair.keyboard.press("End");
  await chair.keyboard.type(" Nobody has to come.");
  await saved();
  await issueWith("To meet the one who broke the silence.");
  await belcorra.getByText("Nobody has to come.").first().waitFor();
  const objection = belcorra.getByRole("region", { name: "Your positions" });
  await look("08-rev-2");
  await objection.getByRole("button", { name: "Withdraw" }).first().click();
  await belcorra.getByRole("dialog", { name: "Withdraw" }).getByRole("button", { name: "Withdraw" }).click();
  await chair.getByText("Nothing stands between here and consensus.").first().waitFor();
  const announced = await talks.submit(
    { kind: "announce-silence", scope: "whole", deadline: (Date.now() + 4_000) as EpochMs, zone: "Europe/Zurich" },
    founder,
    "the last silence",
  );
  expect(announced.ok).toBe(true);
  await chair
    .getByText(/^Silence held/)
    .first()
    .waitFor();
  await look("09-held");

  await state(chair, chair.locator("body"), "Adopt the report");
  await arvenna
    .getByText(/^Adopted by consensus/)
    .first()
    .waitFor();
  await state(arvenna, arvenna.locator("body"), "Make a statement", async (dialog) => {
    await dialog.getByRole("radio", { name: "Dissociation" }).check();
    await dialog.getByRole("checkbox").first().check();
    await dialog.getByRole("textbox", { name: "Text" }).fill("Our directories stay as they are.");
  });
  // On the phone statements are folded up below the text.
  await belcorra.getByText("Our directories stay as they are.").first().waitFor({ state: "attached" });
  await look("10-adopted");

  const page = await (await chair.context().browser()!.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(`${desks.server.base}/n/neighbours`);
  await page.getByText("Our directories stay as they are.").first().waitFor();
  expect(await page.getByText(/^Adopted by consensus/).count()).toBeGreaterThan(0);
  if (process.env["SCREENSHOTS"])
    await page.screenshot({ path: `${process.env["SCREENSHOTS"]}/11-public.png`, fullPage: true });
  await page.context().close();
});
