/** Words that have changed since, and proposals to move, in a real browser: told with the numbers they refer to, and taken up in words of States. */
import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import type { LiveNegotiation } from "../../../server/negotiation/live-negotiation.ts";
import type { Command } from "../../../shared/domain/commands.ts";
import type { Block, Inline } from "../../../shared/domain/text.ts";
import { blocksById } from "../../../shared/domain/text.ts";
import type { PersonId, ProposalId } from "../../../shared/domain/values.ts";
import { canonicalText, wordingOf } from "../../../shared/domain/wording.ts";
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

const words = (text: string): Inline => ({ t: "text", text });
const recalling = (end: string): readonly Inline[] => [
  words("Recalling paragraphs "),
  { t: "ref", to: idOf("meet") },
  words(" and "),
  { t: "ref", to: idOf("report") },
  words(` and resolution 75/240`),
  { t: "footnote", id: "n1", text: "A/RES/75/240." },
  words(`, States ${end}`),
];
const read = "Recalling paragraphs 1 and 2 and resolution 75/240¹,";

const text: readonly Block[] = [
  paragraph("meet", "States decide to meet."),
  paragraph("report", "States decide to report."),
  paragraph("recall", "", { content: recalling("agree to act in good time.") }),
  paragraph("body", "States establish a permanent body."),
];

let talks: LiveNegotiation;

beforeAll(async () => {
  const founder = { person: "F".repeat(22) as PersonId, name: "The founder", seat: { role: "chair" } } as const;
  const settings = {
    title: "Told again",
    method: "chair-pen",
    disclosure: "delegations",
    silenceMinimumHours: 72,
  } as const;
  talks = await desks.server.ports.house.create(
    { slug: "told-again", settings, delegations: someStates, text, takesSeat: true },
    founder,
  );
  let nth = 0;
  const submit = async (seat: string, command: Command): Promise<string> => {
    const answer = await talks.submit(command, seat === "chair" ? founder : actor(seat), `key-${nth++}`);
    if (!answer.ok) throw new Error(`${command.kind}: ${JSON.stringify(answer)}`);
    return answer.id ?? "";
  };
  const content = (name: string): readonly Inline[] => blocksById(talks.record.text).get(idOf(name))!.content;
  const about = (name: string) => ({ paragraph: idOf(name), wording: wordingOf(content(name)).hash });
  const propose = (seat: string, name: string, more: object) =>
    submit(`delegation:${seat}`, { kind: "table-proposal", ...about(name), ...more }) as Promise<ProposalId>;
  await submit("chair", { kind: "circulate" });
  const stated = canonicalText(content("recall"));
  const [from, to] = [stated.indexOf("paragraphs"), stated.indexOf(" and resolution")];
  const span = { from, to, quote: stated.slice(from, to) };
  await submit("delegation:XAA", { kind: "lodge-position", ...about("recall"), level: "objection", span });
  await submit("delegation:XAB", {
    kind: "lodge-position",
    ...about("body"),
    level: "objection",
    reason: "Too costly.",
  });
  await propose("XAA", "body", { change: "move", to: "chair-summary", reason: "No consensus on a body." });
  const first = await propose("XAB", "recall", { content: recalling("agree to act at once and in good time.") });
  await submit("chair", { kind: "dispose-proposal", proposal: first, fate: "taken-up" });
  await submit("chair", { kind: "circulate" });
  const left = await propose("XAA", "report", { text: "States decide to report yearly." });
  await submit("chair", { kind: "dispose-proposal", proposal: left, fate: "not-taken-up", reason: "No support." });
  const second = await propose("XAC", "recall", { content: recalling("decide to act at once and in good time.") });
  const third = await propose("XAD", "recall", {
    content: [
      ...recalling("agree to act at once and in good time.").slice(0, -1),
      words(", and paragraph "),
      { t: "ref", to: idOf("body") },
      words(", States agree to act at once and in good time."),
    ],
  });
  await submit("chair", {
    kind: "put-bridging",
    ...about("recall"),
    proposals: [second, third],
    content: [
      ...recalling("").slice(0, -1),
      words(", and paragraph "),
      { t: "ref", to: idOf("body") },
      words(", States decide to act at once and in good time."),
    ],
  });
}, 120_000);

const enter = async (seat: string, size?: { width: number; height: number }): Promise<Page> =>
  desks.enter(await desks.linkTo(seat, talks), size);
const third = (page: Page) => page.getByRole("group", { name: /^Paragraph 3, consensus text/ });

test("[NUM11] earlier words, bridging text and what is proposed are read with their numbers on desk and light page", async () => {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    const osterlich = await enter("delegation:XAC", size);
    const group = third(osterlich);
    const bridging = group.getByRole("article", { name: "Bridging text" });
    await bridging.waitFor();
    expect(await bridging.textContent()).toContain(read);
    await group.locator("[data-words]").getByText("and paragraph 4", { exact: false }).first().waitFor();
    expect(await osterlich.locator("main").textContent()).not.toMatch(/\uFFFC|paragraphs [*…]/u);
    await bridging.scrollIntoViewIfNeeded();
    await look(osterlich, `bridging-${size.width}`);
    const desk = osterlich.url();
    await osterlich.goto(`${desk.split("#")[0]}/light`);
    await osterlich
      .locator("details.act > summary")
      .getByText(/^Propose wording/)
      .nth(2)
      .click();
    const box = osterlich.getByRole("textbox", { name: /^Words proposed/ }).first();
    expect(await box.inputValue()).toBe(
      "Recalling paragraphs 1 and 2 and resolution 75/240, States agree to act at once and in good time.",
    );
    await box.scrollIntoViewIfNeeded();
    await look(osterlich, `light-${size.width}`);
  }
});

test("[SUM2] the public annex says in one sentence of what no more is disclosed", async () => {
  const page = await enter("observer");
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: width > 400 ? 900 : 844 });
    await page.goto(`${desks.server.base}/n/told-again`);
    const sentence = page.getByText(
      "One proposal of which neither words nor author are disclosed to you, on paragraph 2",
    );
    await sentence.scrollIntoViewIfNeeded();
    await look(page, `annex-${width}`);
  }
});

test("a proposal to move is taken up in the words of States, and what is taken in part is read with its numbers", async () => {
  const chair = await enter("chair");
  await chair
    .getByRole("group", { name: /^Paragraph 3, consensus/ })
    .getByText("Recalling")
    .first()
    .click({ position: { x: 8, y: 8 } });
  const panel = chair.getByRole("region", { name: "Paragraph 3" });
  await panel.waitFor();
  await look(chair, "chair");
  const lunari = panel.getByRole("article", { name: "Proposal of Lunari" });
  await lunari.getByRole("button", { name: "Take up in part" }).click();
  const inPart = chair.getByRole("dialog", { name: "Take up in part" });
  await inPart.getByRole("checkbox").first().waitFor();
  expect(await inPart.getByRole("group").first().textContent()).toContain("and paragraph 4");
  await look(chair, "in-part");
  await inPart.getByRole("button", { name: "Cancel" }).click();

  await chair.getByRole("textbox", { name: "Draft report" }).getByText("permanent body").first().click();
  const proposal = chair.getByRole("article", { name: "Proposal of Freedonia" });
  await proposal.getByRole("button", { name: "Take up", exact: true }).click();
  const take = chair.getByRole("dialog", { name: "Take up" });
  await take.getByRole("checkbox", { name: "Report it as the views of States:" }).check();
  await look(chair, "take-up-move");
  await take.getByRole("button", { name: "Take up", exact: true }).click();
  await chair
    .getByRole("textbox", { name: "Draft report" })
    .getByText("It was proposed to state the following")
    .waitFor();
  expect(talks.record.moves.at(-1)).toMatchObject({ paragraph: idOf("body"), reason: "No consensus on a body." });
});
