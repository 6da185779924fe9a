/** What hangs together on the chair's desk, in a real browser: vacant numbers, alternatives, labels of brackets, conditions, corrections. */
import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import type { LiveNegotiation } from "../../../server/negotiation/live-negotiation.ts";
import type { Command } from "../../../shared/domain/commands.ts";
import type { Block } from "../../../shared/domain/text.ts";
import { blocksById } from "../../../shared/domain/text.ts";
import type { PersonId, ProposalId } from "../../../shared/domain/values.ts";
import { wordingOf } from "../../../shared/domain/wording.ts";
import { desksInBrowser } from "../../support/desks-in-browser.ts";
import { someStates } from "../../support/negotiations.ts";
import { actor, idOf, paragraph } from "../../support/table.ts";

const desks = desksInBrowser();
const folder = process.env["SCREENSHOTS"];
const look = async (page: Page, name: string): Promise<void> => {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
};

const text: readonly Block[] = [
  paragraph("gone", "This stood at the beginning."),
  paragraph("own", "States [Freedonia: should] share what they learn in good time."),
  paragraph("one", "States decide to meet."),
  paragraph("two", "States decide to report."),
  paragraph("year", "States report every second year."),
  paragraph("list", "States establish a voluntary directory."),
  paragraph("note", "", {
    content: [
      { t: "text", text: "States take note of the report" },
      { t: "footnote", id: "n", text: "See the annex." },
      { t: "text", text: " of the Group" },
    ],
  }),
];

let talks: LiveNegotiation;

beforeAll(async () => {
  const founder = { person: "F".repeat(22) as PersonId, name: "The founder", seat: { role: "chair" } } as const;
  const settings = {
    title: "Brackets",
    method: "chair-pen",
    disclosure: "delegations",
    silenceMinimumHours: 72,
  } as const;
  talks = await desks.server.ports.house.create(
    { slug: "brackets", settings, delegations: someStates, text, takesSeat: true },
    founder,
  );
  let nth = 0;
  const submit = async (seat: string, command: Command): Promise<string> => {
    const answer = await talks.submit(command, seat === "chair" ? founder : actor(seat), `key-${nth++}`);
    if (!answer.ok) throw new Error(`${command.kind}: ${JSON.stringify(answer)}`);
    return answer.id ?? "";
  };
  const about = (name: string) => {
    const id = idOf(name);
    return { paragraph: id, wording: wordingOf(blocksById(talks.record.text).get(id)!.content).hash };
  };
  const propose = (seat: string, name: string, more: object) =>
    submit(seat, { kind: "table-proposal", ...about(name), ...more }) as Promise<ProposalId>;
  await submit("chair", { kind: "circulate" });
  const yearly = await propose("delegation:XAA", "year", { text: "States report every year." });
  await submit("chair", { kind: "dispose-proposal", proposal: yearly, fate: "taken-up" });
  await submit("chair", { kind: "group-alternatives", paragraphs: [idOf("one"), idOf("two")] });
  await submit("chair", { kind: "issue-version", label: "Rev.1" });
  await submit("chair", { kind: "gavel", ...about("note") });
  const bracketed = await propose("delegation:XAD", "own", {
    text: "States [Freedonia: should] share what they learn in due time.",
  });
  await submit("chair", { kind: "dispose-proposal", proposal: bracketed, fate: "bracketed" });
  const removal = await propose("delegation:XAA", "gone", { change: "delete" });
  await submit("chair", { kind: "dispose-proposal", proposal: removal, fate: "taken-up" });
  await submit("chair", { kind: "circulate" });
  await propose("delegation:XAA", "year", { text: "States shall report every year." });
  await propose("delegation:XAD", "year", { text: "States report publicly every year." });
  await submit("delegation:XAD", {
    kind: "lodge-position",
    ...about("year"),
    level: "objection",
    remedy: { kind: "revert" },
  });
  await submit("delegation:XAA", {
    kind: "lodge-position",
    ...about("list"),
    level: "objection",
    conditions: [{ is: "stays", paragraph: idOf("year"), words: "every year" }],
  });
}, 120_000);

const enter = async (seat: string, size?: { width: number; height: number }): Promise<Page> =>
  desks.enter(await desks.linkTo(seat, talks), size);

test("[BRA13] [ALT8] labels of brackets and the choice between alternatives stand on every desk and on the public page", async () => {
  const above = "Alternatives for paragraph 3: choose one";
  const lunari = await enter("delegation:XAB", { width: 390, height: 844 });
  await lunari.getByText(above).waitFor();
  const label = lunari.locator(`[data-words="${idOf("own")}"]`).getByText("Lunari:");
  expect(await label.count()).toBe(1);
  await label.scrollIntoViewIfNeeded();
  await look(lunari, "delegation-phone");
  await lunari.goto(`${desks.server.base}/n/brackets`);
  await lunari.getByText(above).waitFor();
  expect(await lunari.locator(".of").allTextContents()).toEqual(["Freedonia: "]);
  await lunari.locator(".of").scrollIntoViewIfNeeded();
  await look(lunari, "public-phone");
});

test("[CON7] the chair is told what an act would break, goes back in one click, and opens the merge desk from a step", async () => {
  const chair = await enter("chair");
  const steps = chair.getByRole("region", { name: "Who still stands where, and what would lift it" });
  await steps.getByText("This would break what Freedonia hangs on it: paragraph 4 keeps “every year”.").waitFor();
  await steps.scrollIntoViewIfNeeded();
  await look(chair, "chair-wide");
  await chair.emulateMedia({ colorScheme: "dark" });
  await look(chair, "chair-dark");
  await chair.emulateMedia({ colorScheme: "light" });
  await steps.getByRole("button", { name: "Merge desk for paragraph 4" }).click();
  const merging = chair.getByRole("dialog");
  await merging.waitFor();
  await chair.keyboard.press("Escape");
  await merging.waitFor({ state: "detached" });
  await steps.getByRole("button", { name: "Do what they ask: go back to the earlier words" }).click();
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("every second year").waitFor();
  await chair.getByRole("button", { name: "Undo", exact: true }).first().click();
  await chair.getByRole("link", { name: "Overview" }).click();
  await chair.getByRole("columnheader", { name: "Frees" }).waitFor();
});

test("[VER6] [NUM9] a removed paragraph is restored from its vacant number", async () => {
  const chair = await enter("chair");
  const draft = chair.getByRole("textbox", { name: "Draft report" });
  const vacant = draft.locator(".block-line-vacant");
  await vacant.getByText("[1 deleted]").waitFor();
  await look(chair, "chair-vacant");
  await vacant.getByText("restore").click();
  const restoring = chair.getByRole("dialog", { name: "Restore a removed paragraph" });
  await restoring.getByText("This stood at the beginning.").waitFor();
  await restoring.getByRole("textbox", { name: "Reason" }).fill("It was removed too early.");
  await look(chair, "restoring");
  await restoring.getByRole("button", { name: "Restore a removed paragraph" }).click();
  await draft.getByText("This stood at the beginning.").waitFor();
});

test("[COR1] a correction keeps the footnote, which is a chip with its words", async () => {
  const chair = await enter("chair");
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("States take note of the report").click();
  await chair.getByRole("button", { name: "Editorial correction" }).click();
  const correcting = chair.getByRole("dialog", { name: "Editorial correction" });
  const words = correcting.getByRole("textbox", { name: "The words as they are to be" });
  await words.locator(".footnote").waitFor();
  await words.click();
  await chair.keyboard.press("End");
  await chair.keyboard.type(".");
  // What would take the footnote along is not done.
  await chair.keyboard.press("Control+a");
  await chair.keyboard.press("Delete");
  await words.getByText("States take note of the report").waitFor();
  await look(chair, "correcting");
  await correcting.getByRole("textbox", { name: "Reason" }).fill("A stop was missing.");
  await correcting.getByRole("button", { name: "Editorial correction" }).click();
  await correcting.waitFor({ state: "detached" });
  expect(wordingOf(blocksById(talks.record.text).get(idOf("note"))!.content).text).toBe(
    "States take note of the report\uFFFC of the Group.",
  );
});
