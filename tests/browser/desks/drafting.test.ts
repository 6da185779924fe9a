/** A proposal drafted together in a real browser: two delegations write in a private room, and the chair sees nothing until it is tabled. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { desksInBrowser } from "../../support/desks-in-browser.ts";

const desks = desksInBrowser();
const enter = async (seat: string, size?: { width: number; height: number }): Promise<Page> =>
  desks.enter(await desks.linkTo(seat), size);
const second = (page: Page) => page.getByRole("group", { name: /^Paragraph 2, consensus text/ });
const room = (page: Page) => page.getByRole("dialog", { name: "Drafting room" });
const words = (page: Page) => room(page).getByRole("textbox", { name: "Words" });
const saved = (page: Page) => room(page).getByRole("status", { name: /^Saved on the server/ });

test("two delegations draft a proposal together; the chair sees nothing of it before it is tabled, and then who sponsors it", async () => {
  const chair = await enter("chair");
  const lunari = await enter("delegation:XAD", { width: 390, height: 844 });
  const freedonia = await enter("delegation:XAA");
  const heard: string[] = [];
  chair.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard.push(payload.toString())));
  await chair.reload();
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("States should bbbb.").waitFor();

  await second(freedonia).getByRole("button", { name: "Propose wording" }).click();
  const propose = freedonia.getByRole("dialog", { name: "Propose wording" });
  await propose.getByRole("textbox", { name: "Words proposed" }).fill("States must bbbb.");
  await propose.getByRole("button", { name: "Draft it with others…" }).click();
  const open = freedonia.getByRole("dialog", { name: "Open a drafting room" });
  await open.getByLabel("Ask delegations in").selectOption({ label: "Lunari" });
  await open.getByRole("button", { name: "Open a drafting room" }).click();
  // What was written already came along.
  await words(freedonia).getByText("States must bbbb.").waitFor();

  const invitation = lunari.getByRole("region", { name: "Drafting with others" });
  await invitation.getByText("Freedonia asks you to draft this together.").waitFor();
  expect(await lunari.getByText("States must bbbb.").count()).toBe(0);
  await invitation.getByRole("button", { name: "Join" }).click();
  await words(lunari).getByText("States must bbbb.").waitFor();
  await words(lunari).press("ControlOrMeta+End");
  await lunari.keyboard.type(" zymurgy");
  await words(freedonia).getByText("States must bbbb. zymurgy").waitFor();
  await words(freedonia)
    .locator(".caret-name", { hasText: /^Lunari$/ })
    .waitFor();
  await room(lunari).getByRole("textbox", { name: "Reason" }).click();
  await lunari.keyboard.type("Together.");
  await room(freedonia).getByRole("textbox", { name: "Reason" }).getByText("Together.").waitFor();
  await saved(lunari).waitFor();

  // Everything selected and typed over is still the same paragraph.
  await words(freedonia).press("ControlOrMeta+a");
  await freedonia.keyboard.type("States must bbbb, zymurgy or not.");
  await words(lunari).getByText("States must bbbb, zymurgy or not.").waitFor();
  await saved(freedonia).waitFor();
  await room(lunari).getByRole("button", { name: "Sponsor these words" }).click();
  await room(freedonia).getByText("has joined · sponsors these words").waitFor();

  // The chair's desk, its lines and its other pages hold nothing of it.
  expect(await chair.getByText("zymurgy").count()).toBe(0);
  expect(heard.filter((frame) => frame.includes("zymurgy") || frame.includes("drafting"))).toEqual([]);
  expect(await chair.getByRole("region", { name: "Drafting with others" }).count()).toBe(0);

  await room(freedonia).getByRole("button", { name: "Table it" }).click();
  const table = freedonia.getByRole("dialog", { name: "Table it" });
  await table.getByText("With it is named: Lunari.").waitFor();
  await table.getByRole("button", { name: "Table it" }).click();
  await room(freedonia).waitFor({ state: "detached" });
  await room(lunari)
    .getByText(/^Tabled by Freedonia/)
    .waitFor();
  expect(await words(lunari).getAttribute("aria-readonly")).toBe("true");

  const drafted = chair.getByRole("group", { name: "Paragraph 2, consensus text, open, 1 proposal" });
  await drafted.getByText("should", { exact: true }).click();
  const card = chair
    .getByRole("region", { name: "Paragraph 2" })
    .getByRole("article", { name: "Proposal of Freedonia" });
  await card.getByText("with Lunari").waitFor();
  await card.getByText("Reason: Together.").waitFor();
}, 120_000);

test("who is taken out is told so, and can write no more", async () => {
  const lunari = await enter("delegation:XAD");
  const freedonia = await enter("delegation:XAA");
  await second(freedonia).getByRole("button", { name: "Propose wording" }).click();
  const propose = freedonia.getByRole("dialog", { name: "Propose wording" });
  await propose.getByText("A new paragraph after it").click();
  await propose.getByRole("button", { name: "Draft it with others…" }).click();
  await freedonia.getByRole("button", { name: "Open a drafting room" }).click();
  await words(freedonia).click();
  await freedonia.keyboard.type("A new paragraph.");
  await room(freedonia).getByLabel("Ask another delegation in").selectOption({ label: "Lunari" });
  await lunari.getByRole("button", { name: "Join" }).click();
  await words(lunari).getByText("A new paragraph.").waitFor();
  await room(freedonia).getByRole("button", { name: "Take out: Lunari" }).click();
  await room(lunari).getByText("Your delegation is no longer in this room.").waitFor();
  expect(await words(lunari).getAttribute("aria-readonly")).toBe("true");
  await words(freedonia).press("ControlOrMeta+End");
  await freedonia.keyboard.type(" Among us.");
  await saved(freedonia).waitFor();
  expect(await lunari.getByText("Among us.").count()).toBe(0);
  await room(freedonia).getByRole("button", { name: "Close without tabling" }).click();
  const sure = freedonia.getByRole("dialog", { name: "Close without tabling" });
  await sure.getByRole("button", { name: "Close without tabling" }).click();
  await room(freedonia)
    .getByText(/^Closed by Freedonia without tabling/)
    .waitFor();
}, 120_000);
