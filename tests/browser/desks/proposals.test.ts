/** Proposals in a real browser, as built, on the whole server: proposed, joined in one click, taken up beside others, answered. */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { desksInBrowser } from "../../support/desks-in-browser.ts";

const desks = desksInBrowser();
const enter = async (seat: string, size?: { width: number; height: number }): Promise<Page> =>
  desks.enter(await desks.linkTo(seat), size);

const paragraph = (page: Page, number: number) =>
  page.getByRole("group", { name: new RegExp(`^Paragraph ${number}, consensus text`) });
const second = (page: Page) => paragraph(page, 2);

async function propose(page: Page, words: string, number = 2): Promise<void> {
  await paragraph(page, number).getByRole("button", { name: "Propose wording" }).click();
  const dialog = page.getByRole("dialog", { name: "Propose wording" });
  await dialog.getByRole("textbox", { name: "Words proposed" }).fill(words);
  await dialog.getByRole("region", { name: "What changes" }).waitFor();
  await dialog.getByRole("button", { name: "Propose wording" }).click();
  await dialog.waitFor({ state: "detached" });
}

test("from two proposals on one paragraph to their fates: one taken up, the other on its words, and each author is told", async () => {
  const chair = await enter("chair");
  const lunari = await enter("delegation:XAD", { width: 390, height: 844 });
  const freedonia = await enter("delegation:XAA");

  await propose(lunari, "States must bbbb.");
  await propose(freedonia, "States should bbbb freely.");
  await second(lunari).getByRole("article", { name: "Proposal of Freedonia" }).waitFor();
  await second(lunari)
    .getByRole("article", { name: "Proposal of Freedonia" })
    .getByRole("button", { name: "Co-sponsor" })
    .click();
  await lunari.getByText("You co-sponsor the proposal.").first().waitFor();

  // What is proposed is drawn in the text itself, on both desks, and is no part of it.
  await second(lunari).locator("[data-words]").getByText("freely", { exact: true }).waitFor();
  const drafted = chair.getByRole("group", { name: "Paragraph 2, consensus text, open, 2 proposals" });
  await drafted.getByText("freely", { exact: true }).waitFor();
  await drafted.getByText("should", { exact: true }).click();
  const panel = chair.getByRole("region", { name: "Paragraph 2" });
  await panel.getByRole("article", { name: "Proposal of Freedonia" }).getByText("with Lunari").waitFor();
  await panel
    .getByRole("article", { name: "Proposal of Freedonia" })
    .getByRole("button", { name: "Take up", exact: true })
    .click();
  await chair.getByRole("dialog", { name: "Take up" }).getByRole("button", { name: "Take up" }).click();
  await chair.getByRole("button", { name: "Show proposals in the text" }).click();
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("States should bbbb freely.").waitFor();

  // The other one stands, on the words that are there now.
  const others = panel.getByRole("article", { name: "Proposal of Lunari" });
  await others.getByText("freely").first().waitFor();
  await others.getByRole("button", { name: "Not taken up" }).click();
  const no = chair.getByRole("dialog", { name: "Not taken up" });
  await no.getByRole("textbox", { name: "Reason" }).fill("No consensus on must.");
  await no.getByRole("button", { name: "Not taken up" }).click();

  await lunari.getByRole("region", { name: "Your proposals" }).getByText("Reason: No consensus on must.").waitFor();
  await freedonia
    .getByRole("region", { name: "Your proposals" })
    .getByText(/^Taken up,/)
    .waitFor();
});

test("a notice covers no button of the dialog that is opened next, on a phone", async () => {
  const lunari = await enter("delegation:XAD", { width: 390, height: 844 });
  await propose(lunari, "States must cccc.");
  const notice = lunari.getByRole("region", { name: "Notices" }).getByText("is tabled");
  await notice.waitFor();
  await second(lunari).getByRole("button", { name: "Propose wording" }).click();
  const cancel = lunari.getByRole("dialog", { name: "Propose wording" }).getByRole("button", { name: "Cancel" });
  await cancel.scrollIntoViewIfNeeded();
  const [told, answered] = await Promise.all([notice.locator("..").boundingBox(), cancel.boundingBox()]);
  expect(told!.y + told!.height).toBeLessThan(answered!.y);
});

/** At the merge desk of a paragraph, with "must" of one proposal and "freely" of the other chosen. */
async function merging(chair: Page, number: number): Promise<Locator> {
  await chair
    .getByRole("group", { name: `Paragraph ${number}, consensus text, open, 2 proposals` })
    .getByText("should", { exact: true })
    .click();
  await chair.getByRole("button", { name: "Merge proposals" }).click();
  const dialog = chair.getByRole("dialog", { name: "Merge proposals" });
  await dialog.getByRole("radio", { name: /^must/ }).check();
  await dialog.getByRole("radio", { name: /^freely/ }).check();
  return dialog;
}

test("at the merge desk wordings stand side by side, and the bridging text says who gave what", async () => {
  const chair = await enter("chair");
  const lunari = await enter("delegation:XAD");
  const freedonia = await enter("delegation:XAA");
  await propose(lunari, "States must aaaa.", 1);
  await propose(freedonia, "States should aaaa freely.", 1);
  const dialog = await merging(chair, 1);
  await dialog.getByText("Lunari: “must”").waitFor();
  await dialog.getByText("Freedonia: “freely”").waitFor();
  await dialog.getByRole("button", { name: "Merge proposals" }).click();
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("States must aaaa freely.").waitFor();
  await lunari
    .getByRole("region", { name: "Your proposals" })
    .getByText(/^Merged with others/)
    .waitFor();
});

test("bridging text goes back to the proposers, whose answers stand beside it, before it is taken up", async () => {
  const chair = await enter("chair");
  const lunari = await enter("delegation:XAD", { width: 390, height: 844 });
  const freedonia = await enter("delegation:XAA");
  await propose(lunari, "States must cccc.", 3);
  await propose(freedonia, "States should cccc freely.", 3);
  const dialog = await merging(chair, 3);
  await dialog.getByRole("radio", { name: /^Put it back/ }).check();
  await dialog.getByRole("button", { name: "Merge proposals" }).click();
  await dialog.waitFor({ state: "detached" });

  const card = chair.getByRole("region", { name: "Paragraph 3" }).getByRole("article", { name: "Bridging text" });
  const take = chair.getByRole("dialog", { name: "Take up bridging text" });
  await card.getByRole("button", { name: "Take up bridging text" }).click();
  await take.getByText(/^No answer yet from .*Freedonia.*\. You may take it up all the same/).waitFor();
  await take.getByRole("button", { name: "Cancel" }).click();

  await lunari.getByText(/^The chair puts bridging text on/).waitFor();
  const theirs = paragraph(lunari, 3).getByRole("article", { name: "Bridging text" });
  await theirs.getByRole("button", { name: "Accept bridging text" }).click();
  await lunari.getByRole("dialog").getByRole("button", { name: "Accept bridging text" }).click();
  const ours = paragraph(freedonia, 3).getByRole("article", { name: "Bridging text" });
  await ours.getByRole("button", { name: "Object to bridging text" }).click();
  const no = freedonia.getByRole("dialog", { name: "Object to bridging text" });
  await no.getByRole("textbox", { name: "Reason" }).fill("Must goes too far.");
  await no.getByRole("button", { name: "Object to bridging text" }).click();
  await ours.getByText("Freedonia objects to it.").waitFor();

  await card.getByText("Lunari accepts it.").waitFor();
  await card.getByText("Reason: Must goes too far.").waitFor();
  await card.getByRole("button", { name: "Take up bridging text" }).click();
  await take.getByText(/^Not accepted by Freedonia\./).waitFor();
  await take.getByRole("button", { name: "Take up bridging text" }).click();
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("States must cccc freely.").waitFor();
  const fates = freedonia.getByRole("region", { name: "Your proposals" }).getByRole("listitem");
  await fates
    .filter({ hasText: "Paragraph 3" })
    .getByText(/^Merged with others/)
    .waitFor();
});
