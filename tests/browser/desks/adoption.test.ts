/** The dialog of adoption in a real browser: what blocks by paragraph, and every way out opens its act and leads back to the list. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Command } from "../../../shared/domain/commands.ts";
import { parseSeat } from "../../../shared/domain/roster.ts";
import type { DelegationCode, ParagraphId, PersonId, PositionId } from "../../../shared/domain/values.ts";
import { wordingOf } from "../../../shared/domain/wording.ts";
import { desksInBrowser } from "../../support/desks-in-browser.ts";

const desks = desksInBrowser();

test("[ADO2][POS14] each way out of what stands in the way opens its act, and the author is asked on its own desk", async () => {
  const talks = await desks.server.open("adoption");
  const [a, b, c] = talks.record.text.map(({ id }) => id) as [ParagraphId, ParagraphId, ParagraphId];
  let acts = 0;
  const does = async (seat: string, command: Command): Promise<string | undefined> => {
    const actor = { person: seat.padEnd(22, "0") as PersonId, name: seat, seat: parseSeat(seat)! };
    const answer = await talks.submit(command, actor, `act ${(acts += 1)}`);
    if (!answer.ok) throw new Error(`${command.kind}: ${JSON.stringify(answer)}`);
    return answer.id;
  };
  const wording = (id: ParagraphId) => wordingOf(talks.record.text.find((block) => block.id === id)!.content).hash;
  const objects = async (code: string, paragraph: ParagraphId): Promise<PositionId> =>
    (await does(`delegation:${code}`, {
      kind: "lodge-position",
      paragraph,
      wording: wording(paragraph),
      level: "objection",
    })) as PositionId;
  const first = await objects("XAA", a);
  await objects("XAD", a);
  await objects("XAD", b);
  const invited = { change: "replace", text: "States should bbbb often.", invited: ["XAA" as DelegationCode] } as const;
  await does("delegation:XAD", { kind: "table-proposal", paragraph: b, wording: wording(b), ...invited });
  const tabled = { kind: "table-proposal", paragraph: c, wording: wording(c), change: "replace" } as const;
  await does("delegation:XAA", { ...tabled, text: "States must cccc." });

  const chair = await desks.enter(await desks.linkTo("chair", talks));
  const freedonia = await desks.enter(await desks.linkTo("delegation:XAA", talks), { width: 390, height: 844 });
  const adopt = async () => {
    await chair.getByRole("button", { name: "Adopt the report" }).click();
    return chair.getByRole("dialog", { name: "Adopt the report" });
  };
  const list = await adopt();
  const blocked = (number: number) => list.getByRole("listitem", { name: `Paragraph ${number}` });
  await blocked(1).getByText("Freedonia and Lunari: objection to the words").waitFor();
  expect(await list.getByRole("list", { name: "What stands in the way" }).getByRole("listitem").count()).toBe(3);

  // Asked, and back on the list.
  await blocked(1).getByRole("button", { name: "Ask to dissociate instead" }).click();
  const asking = chair.getByRole("dialog", { name: "Ask to dissociate instead" });
  await asking.getByRole("combobox", { name: "Whom" }).selectOption({ label: "Freedonia" });
  await asking.getByRole("textbox", { name: "A word to the delegation" }).fill("Would that do?");
  await asking.getByRole("button", { name: "Ask to dissociate instead" }).click();
  await blocked(1).waitFor();
  expect(talks.record.positions.get(first)?.asked).toEqual({ whether: "dissociation", note: "Would that do?" });
  await freedonia.getByRole("heading", { name: "Two things await your answer" }).waitFor();
  await freedonia.getByText("Lunari asks you to co-sponsor a proposal on").waitFor();
  await freedonia.getByText("Would that do?").first().waitFor();
  await freedonia.getByRole("button", { name: "Withdraw" }).first().click();
  await freedonia.getByRole("dialog", { name: "Withdraw" }).getByRole("button", { name: "Withdraw" }).click();
  await blocked(1).getByText("Lunari: objection to the words").waitFor();

  // A package, given up: nothing happened.
  await blocked(1).getByRole("button", { name: "Make it part of a package" }).click();
  await cancelled(chair, "Prepare a package");
  // Carried forward, with its reason on the record.
  await blocked(1).getByRole("button", { name: "Carry it forward" }).click();
  const moving = chair.getByRole("dialog", { name: "Move to chair's summary" });
  await moving.getByRole("button", { name: "Move to chair's summary" }).click();
  await moving.waitFor({ state: "detached" });
  expect(talks.record.moves.at(-1)).toMatchObject({ paragraph: a, reason: "carried forward to the next session" });
  // Deleted from the draft: it is circulated from the same list.
  await blocked(1).getByRole("button", { name: "Delete it" }).click();
  await chair
    .getByRole("dialog", { name: "Delete the paragraph" })
    .getByRole("button", { name: "Delete" })
    .last()
    .click();
  await list.getByRole("button", { name: "Circulate" }).click();
  const circulating = chair.getByRole("dialog", { name: "Circulate" });
  await circulating.getByRole("button", { name: "Circulate" }).click();
  await circulating.waitFor({ state: "detached" });
  // What objected to it is asked about, though its paragraph is gone.
  const gone = list.getByRole("listitem").filter({ hasText: "words objected to were removed" });
  await gone.getByRole("button", { name: "Ask whether it is met" }).click();
  await cancelled(chair, "Ask whether it is met");

  // Proposals are answered in the panel beside the text.
  await list.getByRole("button", { name: "Answer the proposals" }).click();
  await list.waitFor({ state: "detached" });
  const panel = chair.getByRole("region", { name: /^Paragraph 1$/ });
  await panel.getByRole("article", { name: "Proposal of Freedonia" }).waitFor();
  expect(await panel.locator("[data-place=proposals] button:focus").count()).toBe(1);
});

async function cancelled(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
}
