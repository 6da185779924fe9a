import { cleanup, screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { expect, test } from "vitest";
import type { DelegationCode, GroupId, ProposalId } from "../../../shared/domain/values.ts";
import { aNegotiation, aNegotiationWith, idOf, p, s } from "../../support/negotiations.ts";
import { openDesk } from "./support.tsx";

const first = "States should designate a point of contact available at all hours.";
const talks = () => aNegotiation(p(first), p("States should consult."), s("Some States proposed a treaty."));
const paragraph = (number: number) =>
  screen.findByRole("group", { name: new RegExp(`^Paragraph ${number}, consensus`) });

test("a paragraph's group is named by its number, part, status and what stands on it", async () => {
  const told = talks();
  told.objects("XAB", 1);
  told.gavels(2);
  await openDesk(told, "delegation:XAA");
  expect(screen.getAllByRole("group", { name: /^Paragraph/ }).map((group) => group.getAttribute("aria-label"))).toEqual(
    [
      "Paragraph 1, consensus text, contested, 1 objection",
      "Paragraph 2, consensus text, agreed",
      "Paragraph 1, chair's summary",
    ],
  );
});

test("[NUM11] footnotes are counted through both parts", async () => {
  const noted = (id: string) => [
    { t: "text" as const, text: "States agree" },
    { t: "footnote" as const, id, text: "Pending." },
  ];
  await openDesk(aNegotiation(s(noted("f0")), p([...noted("f1"), ...noted("f2")]), p(noted("f3"))), "delegation:XAA");
  const numbersIn = async (group: RegExp) =>
    [...(await screen.findByRole("group", { name: group })).querySelectorAll("sup")].map(
      (one) => one.firstChild?.textContent,
    );
  expect(await numbersIn(/^Paragraph 1, consensus/)).toEqual(["1", "2"]);
  expect(await numbersIn(/^Paragraph 2, consensus/)).toEqual(["3"]);
  expect(await numbersIn(/^Paragraph 1, chair's summary/)).toEqual(["4"]);
});

test("who stands where on a paragraph, and why, can be read on another delegation's desk", async () => {
  const told = talks();
  told.objects("XAA", 1, { reason: "Too soon.", remedy: { kind: "add", text: "where possible" } });
  told.objects("XAB", 1);
  told.supports("XAC", 1);
  told.objects("XAD", 1);
  const { user } = await openDesk(told, "delegation:XAD");
  const line = within(await paragraph(1)).getByText("Freedonia and Sylvania object", { exact: false });
  expect(within(await paragraph(1)).getByText("Osterlich supports", { exact: false })).toBeTruthy();
  await user.click(line);
  const card = within(await within(await paragraph(1)).findByRole("article", { name: "Freedonia: Objection" }));
  expect(card.getByText("Too soon.")).toBeTruthy();
  expect(card.getByText(/where possible/)).toBeTruthy();
  expect(within(await paragraph(1)).queryByRole("article", { name: "Lunari: Objection" })).toBeNull();
});

test("[DIS5] where names are not disclosed a desk says how many there are, and has nothing behind it", async () => {
  const told = aNegotiationWith({ disclosure: "closed" }, p(first));
  told.objects("XAA", 1, { reason: "Too soon." });
  told.objects("XAB", 1);
  await openDesk(told, "delegation:XAC");
  const line = within(await paragraph(1)).getByText("2 delegations object", { exact: false });
  expect(line.closest("details")).toBeNull();
});

test("an objection takes three actions, says what would lift it, and ends with its receipt", async () => {
  const told = talks();
  const { user, standing } = await openDesk(told, "delegation:XAA");
  await user.click(within(await paragraph(1)).getByRole("button", { name: "Object" }));
  const dialog = await screen.findByRole("dialog", { name: "Object" });
  await user.type(within(dialog).getByRole("textbox", { name: "What would lift it?" }), "at reasonable hours");
  await user.click(within(dialog).getByRole("button", { name: "Object" }));
  expect(
    await screen.findByText(/You object to paragraph 1\. On the record as no\. \d+/, { selector: "p" }),
  ).toBeTruthy();
  expect(standing()).toMatchObject([
    { level: "objection", by: "XAA", remedy: { kind: "other", text: "at reasonable hours" } },
  ]);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(await screen.findByText("you object alone")).toBeTruthy();
});

test("an objection's help promises to put words into the text only where it asks for words", async () => {
  const { user } = await openDesk(talks(), "delegation:XAA");
  await user.click(within(await paragraph(1)).getByRole("button", { name: "Object" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Object" }));
  const inOneClick = /the chair can put them into the text in one click/;
  expect(dialog.queryByText(inOneClick)).toBeNull();
  expect(dialog.getByText(/the chair reads it, and finds the words/)).toBeTruthy();
  await user.click(dialog.getByRole("radio", { name: "adds your words" }));
  expect(dialog.getByText(inOneClick)).toBeTruthy();
  await user.click(dialog.getByRole("radio", { name: "deletes the paragraph" }));
  expect(dialog.queryByText(inOneClick)).toBeNull();
});

test("before an objection is stated its author sees what would stand there, of the words concerned or of the whole paragraph", async () => {
  const { user, standing } = await openDesk(talks(), "delegation:XAA");
  await user.click(within(await paragraph(1)).getByRole("button", { name: "Object" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Object" }));
  const struck = () =>
    [...dialog.getByRole("region", { name: "What would stand there" }).querySelectorAll("del, ins")].map((one) =>
      one.textContent.replace(/^(deleted|inserted): /, ""),
    );
  await user.click(dialog.getByRole("radio", { name: "puts your words in the place of the whole paragraph" }));
  expect(dialog.queryByRole("region", { name: "What would stand there" })).toBeNull();
  await user.type(dialog.getByRole("textbox", { name: "What would lift it?" }), "in office hours");
  expect(struck()).toEqual(["States should designate a point of contact available at all", "in office", "."]);
  await user.type(dialog.getByRole("textbox", { name: "Words concerned" }), "at all hours");
  expect(dialog.getByRole("radio", { name: "puts your words in their place" })).toBeTruthy();
  expect(struck()).toEqual(["at all", "in office"]);
  expect(dialog.queryByRole("radio", { name: "goes back to the earlier words" })).toBeNull();
  await user.click(dialog.getByRole("button", { name: "Object" }));
  await screen.findByText(/You object to paragraph 1\./, { selector: "p" });
  expect(standing()).toMatchObject([
    { span: { quote: "at all hours" }, remedy: { kind: "replace", text: "in office hours" } },
  ]);
});

test("going back to earlier words is offered where there are some, and shown", async () => {
  const told = talks();
  told.writes(2, "States shall consult.");
  told.circulates();
  const { user } = await openDesk(told, "delegation:XAA");
  await user.click(within(await paragraph(2)).getByRole("button", { name: "Object" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Object" }));
  await user.click(dialog.getByRole("radio", { name: "goes back to the earlier words" }));
  expect(dialog.getByRole("region", { name: "What would stand there" }).querySelector("ins")?.textContent).toBe(
    "inserted: should",
  );
});

test("from the floor the chair's team records the words concerned and any remedy", async () => {
  const { user, standing } = await openDesk(talks(), "chair", "/floor");
  const dialog = within(await screen.findByRole("dialog", { name: "Record from the floor" }));
  await user.selectOptions(dialog.getByRole("combobox", { name: "Delegation" }), "Freedonia");
  await user.type(dialog.getByRole("textbox", { name: "Words concerned" }), "at all hours");
  await user.click(dialog.getByRole("radio", { name: "deletes them" }));
  await user.click(dialog.getByRole("button", { name: "Record from the floor" }));
  await screen.findByText(/Recorded from the floor on paragraph 1\./, { selector: "p" });
  expect(standing()).toMatchObject([
    { by: "XAA", confirmed: false, span: { quote: "at all hours" }, remedy: { kind: "delete" } },
  ]);
});

test("whoever is deep in the text is told at the foot of a phone that bridging text awaits an answer", async () => {
  const told = talks();
  const [about, wording] = [idOf(1), told.wordingOf(1)];
  const tables = (code: string, text: string) =>
    told.does(`delegation:${code}`, { kind: "table-proposal", paragraph: about, wording, text }) as ProposalId;
  const proposals = [tables("XAA", "States must designate."), tables("XAB", "States should designate freely.")];
  const { tell } = await openDesk(told, "delegation:XAA");
  const foot = within(screen.getByRole("navigation", { name: "On this page" }));
  expect(foot.getByRole("link", { name: "Your delegation" }).getAttribute("href")).toBe("#beside");
  told.does("chair", { kind: "put-bridging", paragraph: about, wording, proposals, text: "States must freely." });
  tell();
  expect(await foot.findByRole("link", { name: "One thing awaits your answer" })).toBeTruthy();
});

test("what was not sent says so, and is sent again under the same key, once", async () => {
  const told = talks();
  const { user, line, keys, standing } = await openDesk(told, "delegation:XAA");
  line.up = false;
  await user.click(within(await paragraph(2)).getByRole("button", { name: "Reserve" }));
  const dialog = await screen.findByRole("dialog", { name: "Reserve" });
  await user.click(within(dialog).getByRole("button", { name: "Reserve" }));
  expect((await within(dialog).findByRole("alert")).textContent).toMatch(/^Not sent/);
  expect(standing()).toEqual([]);
  line.up = true;
  await user.click(within(dialog).getByRole("button", { name: "Reserve: try again" }));
  expect(await screen.findByText(/You reserve on paragraph 2/, { selector: "p" })).toBeTruthy();
  expect(standing()).toHaveLength(1);
  expect(new Set(keys).size).toBe(1);
  expect(keys).toHaveLength(2);
});

test("whoever may not state a position is told why, by a button that can be reached", async () => {
  const { user, keys } = await openDesk(talks(), "reader:XAA");
  const button = within(await paragraph(1)).getByRole("button", { name: "Object" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  const reason = document.getElementById(button.getAttribute("aria-describedby")!);
  expect(reason?.textContent).toBe("Your seat cannot do this.");
  button.focus();
  expect(document.activeElement).toBe(button);
  await user.click(button);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(keys).toEqual([]);
});

test("support is not offered over an own objection, and only comments to those who are no member States", async () => {
  const told = talks();
  told.objects("XAA", 1);
  await openDesk(told, "delegation:XAA");
  expect(
    within(await paragraph(1))
      .getByRole("button", { name: "Support" })
      .getAttribute("aria-disabled"),
  ).toBe("true");
  expect(
    within(await paragraph(2))
      .getByRole("button", { name: "Support" })
      .getAttribute("aria-disabled"),
  ).toBeNull();
});

test("an objection on earlier words shows objected words → today's words; when the asked words are in, its author is asked: met?", async () => {
  const told = talks();
  told.objects("XAA", 1, {
    span: told.spanOf(1, "available at all hours"),
    remedy: { kind: "replace", text: "as far as its capacities allow" },
  });
  told.supports("XAA", 2);
  told.writes(1, "States should designate a point of contact as far as its capacities allow.");
  told.writes(2, "States shall consult.");
  told.circulates();
  const { user, standing } = await openDesk(told, "delegation:XAA");
  expect(await screen.findByRole("heading", { name: "Two things await your answer" })).toBeTruthy();
  const concern = (await screen.findByText("your words are in: met?")).closest("li")!;
  expect([...concern.querySelectorAll("del, ins")].map((one) => one.textContent)).toEqual([
    "deleted: available at all hours",
    "inserted: as far as its capacities allow",
  ]);
  expect(screen.getByText("changed after you supported it")).toBeTruthy();
  await user.click(within(concern).getByRole("button", { name: "Met" }));
  await user.click(within(await screen.findByRole("dialog", { name: "Met" })).getByRole("button", { name: "Met" }));
  expect(await screen.findByText(/Your objection is met\. On the record/, { selector: "p" })).toBeTruthy();
  expect(standing().map(({ level }) => level)).toEqual(["support"]);
});

test("an objection is changed to a reservation, and withdrawn only after being asked", async () => {
  const told = talks();
  told.objects("XAA", 1, { reason: "Too soon." });
  const { user, standing } = await openDesk(told, "delegation:XAA");
  await user.click(screen.getByRole("button", { name: "Change to reservation" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Change to reservation" }));
  await screen.findByText(/now a reservation/, { selector: "p" });
  expect(standing()).toMatchObject([{ level: "reservation", reason: "Too soon." }]);
  await user.click(screen.getByRole("button", { name: "Withdraw" }));
  expect(standing()).toHaveLength(1);
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Withdraw" }));
  await screen.findByText(/^Withdrawn\./, { selector: "p" });
  expect(standing()).toEqual([]);
});

test("a lost line is said, and nothing is queued", async () => {
  const { socket } = await openDesk(talks(), "delegation:XAA");
  socket().drops(1006);
  expect(await screen.findByText(/nothing you state is sent before the line is back/)).toBeTruthy();
  expect(screen.getByRole("status", { name: /^Offline since/ })).toBeTruthy();
});

test.each(["online", "visibilitychange"])("[SAV11] a lost line is tried again at once at %s", async (event) => {
  const { socket } = await openDesk(talks(), "delegation:XAA");
  const lost = socket();
  lost.drops(1006);
  expect(socket()).toBe(lost);
  (event === "online" ? window : document).dispatchEvent(new Event(event));
  expect(socket()).not.toBe(lost);
});

test("the overview is a table with a row for each delegation, under its regional group", async () => {
  const told = talks();
  told.objects("XAB", 1);
  await openDesk(told, "chair", "/overview");
  const table = within(await screen.findByRole("region", { name: "Delegations by paragraphs" }));
  const row = table.getByRole("rowheader", { name: "Sylvania" }).closest("tr")!;
  expect(
    within(row)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual(["✕Objection", "·No position"]);
  expect(screen.getByRole("rowheader", { name: "Eastern European States" })).toBeTruthy();
});

test("[REF3] the chair's overview says of each delegation where its inputs can be found, with the list behind each figure", async () => {
  const told = talks();
  told.objects("XAB", 1);
  const { user } = await openDesk(told, "chair", "/overview");
  const card = within(await screen.findByRole("region", { name: "What was put in, and where it can be found" }));
  const row = within(card.getByRole("rowheader", { name: "Sylvania" }).closest("tr")!);
  expect(row.getAllByRole("cell").map(({ textContent }) => textContent.trim())[5]).toBe("0");
  await user.click(row.getByRole("button", { name: /Sylvania, Consensus text/ }));
  expect(card.getByRole("listitem").textContent).toBe("Objection on paragraph 1: Consensus text");
});

test("axe finds nothing on the desk nor in its dialog", async () => {
  const told = talks();
  told.objects("XAA", 1, { span: told.spanOf(1, "available at all hours"), reason: "Two persons cannot." });
  const { user } = await openDesk(told, "delegation:XAA");
  const violations = async () =>
    (await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
    );
  expect(await violations()).toEqual([]);
  await user.click(within(await paragraph(2)).getByRole("button", { name: "Object" }));
  await screen.findByRole("dialog");
  expect(await violations()).toEqual([]);
});

test("[REP7] what was not seen is listed, acts and words, and is seen once it was shown", async () => {
  const told = talks();
  told.objects("XAA", 1);
  const visited = told.record.seq;
  told.objects("XAB", 1);
  told.gavels(2).writes(1, `${first} Every day.`).circulates();
  const { user, seen } = await openDesk(told, "delegation:XAA", "", visited);
  await user.click(screen.getByRole("button", { name: "3 changes you have not seen" }));
  const dialog = within(await screen.findByRole("dialog", { name: "What changed" }));
  const acts = dialog.getByRole("list", { name: "What else others did that you have not seen" });
  expect(
    within(acts)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual([expect.stringContaining("paragraph 2"), expect.stringContaining("Sylvania objected to paragraph 1")]);
  expect(dialog.getByText("Every day.", { exact: false })).toBeTruthy();
  expect(seen.upTo).toBe(told.record.seq);
  await user.keyboard("{Escape}");
  expect(screen.getByRole("button", { name: "No change that you have not seen" })).toBeTruthy();
});

test("[REP13] who comes back without having opened what changed is told of the same and more", async () => {
  const told = talks();
  const first = await openDesk(told, "delegation:XAA");
  await waitFor(() => expect(first.seen.upTo).toBe(told.record.seq));
  told.gavels(2);
  cleanup();
  const second = await openDesk(told, "delegation:XAA", "", first.seen.upTo);
  expect(screen.getByRole("button", { name: "1 change you have not seen" })).toBeTruthy();
  expect(second.seen.upTo).toBe(first.seen.upTo);
  told.reopens(2, "Too soon.");
  cleanup();
  const third = await openDesk(told, "delegation:XAA", "", first.seen.upTo);
  await third.user.click(screen.getByRole("button", { name: "2 changes you have not seen" }));
  await waitFor(() => expect(third.seen.upTo).toBe(told.record.seq));
  cleanup();
  await openDesk(told, "delegation:XAA", "", third.seen.upTo);
  expect(screen.getByRole("button", { name: "No change that you have not seen" })).toBeTruthy();
});

test("[REP13] a first visit at which nothing was opened is remembered by where it began", async () => {
  const told = talks();
  told.writes(1, `${first} Every day.`).circulates();
  const begun = await openDesk(told, "delegation:XAA");
  expect(screen.getByRole("button", { name: "1 change since the last circulation" })).toBeTruthy();
  await waitFor(() => expect(begun.seen.upTo).toBe(told.record.seq - 1));
  told.writes(2, "States should consult weekly.").circulates();
  cleanup();
  await openDesk(told, "delegation:XAA", "", begun.seen.upTo);
  expect(screen.getByRole("button", { name: "2 changes you have not seen" })).toBeTruthy();
});

test("[REP13] who came before the first circulation had nothing to see, and is not told that every word is new", async () => {
  const told = aNegotiationWith({ circulated: false }, p(first), p("States should consult."));
  const before = await openDesk(told, "delegation:XAA");
  await waitFor(() => expect(before.seen.upTo).toBe(told.record.seq));
  cleanup();
  told.circulates();
  await openDesk(told, "delegation:XAA", "", before.seen.upTo);
  await paragraph(1);
  expect(screen.queryByRole("button", { name: /you have not seen|since the last circulation/ })).toBeNull();
});

test("[REP13] a first visit that lasts over several circulations begins what changed where it began", async () => {
  const told = talks();
  const { user, tell } = await openDesk(told, "delegation:XAA");
  await paragraph(1);
  told.writes(1, `${first} Every day.`).circulates();
  told.writes(2, "States should consult weekly.").circulates();
  tell();
  await user.click(await screen.findByRole("button", { name: "2 changes you have not seen" }));
  const dialog = within(await screen.findByRole("dialog", { name: "What changed" }));
  expect(dialog.getByText("Every day.", { exact: false })).toBeTruthy();
  expect(dialog.getByText("weekly", { exact: false })).toBeTruthy();
});

test("where many share a seat, what was seen is remembered on the device, and that is said", async () => {
  const told = talks();
  told.writes(1, `${first} Every day.`).circulates();
  const { user, seen } = await openDesk(told, "observer");
  await user.click(screen.getByRole("button", { name: "1 change since the last circulation" }));
  expect(await screen.findByText(/remembered on this device only/)).toBeTruthy();
  expect(seen.upTo).toBeNull();
  expect(localStorage.getItem(`rapporteur.seen.${told.row.slug}.observer`)).toBe(String(told.record.seq));
});

test("a member sees what its group stated, adds to it, and departs; the speaker chooses in which capacity it states", async () => {
  const told = talks();
  const members = ["XAA", "XAB"].map((code) => code as DelegationCode);
  const group = told.does("chair", {
    kind: "create-group",
    name: "the Coastal States",
    of: "political",
    invite: members,
  }) as GroupId;
  for (const code of members) told.does(`delegation:${code}`, { kind: "join-group", group });
  told.does("chair", { kind: "name-speaker", group, speaker: members[1]! });
  told.objects("XAB", 1, { onBehalfOfGroup: group, reason: "Too many hours." });
  const { user } = await openDesk(told, "delegation:XAA");
  const groups = within(await screen.findByRole("region", { name: "Your groups" }));
  expect(groups.getByText("Sylvania on behalf of the Coastal States")).toBeTruthy();
  expect(groups.getByText("It counts for you as a member.")).toBeTruthy();
  await user.click(groups.getByRole("button", { name: /^Add/ }));
  const add = within(await screen.findByRole("dialog", { name: "Add" }));
  await user.type(add.getByRole("textbox", { name: "What do you add?" }), "Above all at night.");
  await user.click(add.getByRole("button", { name: "Add" }));
  expect(await groups.findByText("You are aligned and added to it.")).toBeTruthy();
  await user.click(groups.getByRole("button", { name: /^Depart/ }));
  await user.click(
    within(await screen.findByRole("dialog", { name: "Depart" })).getByRole("button", { name: "Depart" }),
  );
  expect(await groups.findByText("You have departed from it.")).toBeTruthy();
  expect(screen.queryByText("In which capacity")).toBeNull();
});

test("whoever speaks for a group chooses in which capacity it states something", async () => {
  const told = talks();
  const speaker = "XAA" as DelegationCode;
  const invite = [speaker];
  const group = told.does("chair", { kind: "create-group", name: "the Hills", of: "political", invite }) as GroupId;
  told.does("delegation:XAA", { kind: "join-group", group });
  told.does("chair", { kind: "name-speaker", group, speaker });
  const { user, standing } = await openDesk(told, "delegation:XAA");
  await user.click(within(await paragraph(1)).getByRole("button", { name: "Reserve" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Reserve" }));
  await user.click(dialog.getByRole("radio", { name: "On behalf of the Hills" }));
  await user.click(dialog.getByRole("button", { name: "Reserve" }));
  await screen.findByText("You stated it.");
  expect(standing()).toMatchObject([{ level: "reservation", by: "XAA", group }]);
});

test("an adviser prepares a position and notes, which its head finds and releases", async () => {
  const told = talks();
  const adviser = await openDesk(told, "adviser:XAA");
  const { user } = adviser;
  await user.click(within(await paragraph(1)).getByRole("button", { name: "Reserve" }));
  const title = "Keep as draft: Reserve";
  const dialog = within(await screen.findByRole("dialog", { name: title }));
  await user.type(dialog.getByRole("textbox", { name: /On what do you reserve/ }), "the hours");
  await user.click(dialog.getByRole("button", { name: title }));
  const side = within(await screen.findByRole("region", { name: "Our side" }));
  expect(await side.findByText("the hours")).toBeTruthy();
  expect(side.getByText("It waits for a head of your delegation.")).toBeTruthy();
  expect(side.queryByRole("button", { name: "Release" })).toBeNull();
  expect(adviser.standing()).toEqual([]);
  cleanup();
  const head = await openDesk(told, "delegation:XAA", "", null, adviser.papers());
  const release = await screen.findByRole("button", { name: "Release" });
  await head.user.click(release);
  await head.user.click(
    within(await screen.findByRole("dialog", { name: "Release" })).getByRole("button", { name: "Release" }),
  );
  await screen.findByText(/^Stated\. On the record as no\./, { selector: "p" });
  expect(head.standing()).toMatchObject([{ level: "reservation", by: "XAA", reason: "the hours" }]);
  expect(head.papers()).toEqual([]);
});

test("[OWN4] words that a delegation wants to keep are told of when a circulated text loses them", async () => {
  const told = talks();
  const { user } = await openDesk(told, "delegation:XAA");
  await user.click(await screen.findByRole("button", { name: "Note for ourselves" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Note for ourselves" }));
  await user.selectOptions(dialog.getByRole("combobox", { name: "What it is" }), "Tell us if it loses these words");
  await user.type(dialog.getByRole("textbox", { name: "Words" }), "at any hour");
  expect(dialog.getByText("These words are not in the paragraph now.")).toBeTruthy();
  await user.clear(dialog.getByRole("textbox", { name: "Words" }));
  await user.type(dialog.getByRole("textbox", { name: "Words" }), "available at all hours");
  await user.click(dialog.getByRole("button", { name: "Note for ourselves" }));
  const side = within(await screen.findByRole("region", { name: "Our side" }));
  expect(await side.findByText("available at all hours")).toBeTruthy();
  expect(side.queryByText(/no longer holds/)).toBeNull();
});

test("[REP8] what changed for the delegation comes first, with the reason and the way to the paragraph", async () => {
  const told = talks();
  const proposal = told.does("delegation:XAA", {
    kind: "table-proposal",
    paragraph: idOf(1),
    wording: told.wordingOf(1),
    text: "States shall designate a point of contact.",
  }) as ProposalId;
  told.circulates();
  told.does("chair", { kind: "dispose-proposal", proposal, fate: "not-taken-up", reason: "Too strong." });
  told.circulates();
  const { user } = await openDesk(told, "delegation:XAA");
  await user.click(screen.getByRole("button", { name: /since the last circulation$/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "What changed" }));
  const forMe = dialog.getByRole("list", { name: "What changed for you" });
  expect(forMe.textContent).toBe("Not used: your proposal on paragraph 1 (not taken up)Too strong.");
  await user.click(within(forMe).getByRole("button", { name: "paragraph 1" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("[NUM9] numbers that nothing stands for any more are shown where they stood", async () => {
  const told = talks();
  told.does("chair", { kind: "issue-version" });
  told.removes(2).circulates();
  await openDesk(told, "delegation:XAA");
  expect((await paragraph(1)).nextElementSibling?.textContent).toBe("[2 deleted]");
});
