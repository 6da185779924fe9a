/** References and footnotes where a desk shows words in one line: dialogs, lists to choose from, cards. */
import { act, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ProposalId } from "../../../shared/domain/values.ts";
import { wordingOf } from "../../../shared/domain/wording.ts";
import { aNegotiation, idOf, p } from "../../support/negotiations.ts";
import { openDesk } from "./support.tsx";

const before = { t: "text", text: "Recalling paragraph " } as const;
const content = [
  before,
  { t: "ref", to: idOf(2) },
  { t: "text", text: " and resolution 75/240" },
  { t: "footnote", id: "n1", text: "A/RES/75/240." },
  { t: "text", text: ", States agree." },
] as const;
const shown = "Recalling paragraph 2 and resolution 75/240¹, States agree.";
const talks = () =>
  aNegotiation(
    p(content),
    p("States should consult."),
    p([
      { t: "text", text: "States note resolution 75/240." },
      { t: "footnote", id: "n2", text: "The same." },
    ]),
  );

const paragraph = (number: number) =>
  screen.findByRole("group", { name: new RegExp(`^Paragraph ${number}, consensus`) });

async function openedOn(number: number, name: "Object" | "Support", told = talks()) {
  const desk = await openDesk(told, "delegation:XAA");
  await desk.user.click(within(await paragraph(number)).getByRole("button", { name }));
  return { ...desk, dialog: await screen.findByRole("dialog", { name }) };
}

test.each(["Object", "Support"] as const)("[NUM11] %s quotes the paragraph as it is read", async (name) => {
  const { dialog } = await openedOn(1, name);
  expect(dialog.querySelector("q")?.textContent).toBe(shown);
  expect(within(dialog).getByRole("option", { name: /75\/240\.²$/, hidden: true })).toBeTruthy();
  expect(dialog.textContent).not.toContain("\uFFFC");
});

test("[NUM11] words that are objected to are named by their letters, and are sent as they stand", async () => {
  const { user, dialog, standing } = await openedOn(1, "Object");
  const words = within(dialog).getByRole("textbox", { name: /words concerned/i });
  await user.type(words, "paragraph … and");
  await user.type(within(dialog).getByRole("textbox", { name: "What would lift it?" }), "another paragraph");
  await user.click(within(dialog).getByRole("button", { name: "Object" }));
  await screen.findByText(/You object to paragraph 1\./, { selector: "p" });
  expect(standing()[0]?.span).toEqual({ from: 10, to: 25, quote: "paragraph \uFFFC and" });
  expect(document.querySelector("blockquote")?.textContent).toBe("paragraph 2 and");
});

test("[NUM11] a proposal is read with today's numbers, on its paragraph and after its fate", async () => {
  const told = talks();
  const decide = [...content.slice(0, 4), { t: "text", text: ", States decide." } as const];
  const { hash: wording } = wordingOf(content);
  const proposal = told.does("delegation:XAB", {
    kind: "table-proposal",
    paragraph: idOf(1),
    wording,
    content: decide,
  }) as ProposalId;
  const { tell } = await openDesk(told, "delegation:XAA");
  const isRead = async (): Promise<void> => {
    for (const card of await screen.findAllByRole("article", { name: /Sylvania/, hidden: true }))
      expect(card.textContent).toContain("Recalling paragraph 2 and resolution 75/240¹, States");
  };
  await isRead();
  told.does("chair", { kind: "dispose-proposal", proposal, fate: "not-taken-up", reason: "Too soon." });
  act(tell);
  expect(await screen.findByRole("region", { name: /Annex/ })).toBeTruthy();
  await isRead();
  expect(document.body.textContent).not.toContain("\uFFFC");
});
