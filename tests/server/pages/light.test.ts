import { allProposals } from "../../../shared/domain/proposals.ts";
import { brotliCompressSync, constants } from "node:zlib";
import { JSDOM } from "jsdom";
import { afterEach, describe, expect, test } from "vitest";

import type { DelegationCode, DraftingId, GroupId, PackageId, ProposalId } from "../../../shared/domain/values.ts";
import { canonicalText } from "../../../shared/domain/wording.ts";
import { StorageTrouble } from "../../../server/store/port.ts";
import { bigReport } from "../../support/big-report.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, aNegotiationWith, idOf, p, s } from "../../support/negotiations.ts";
import type { Site } from "../../support/pages-site.ts";
import { commandIn, tickOf } from "../../../server/http/pages/light-form.ts";
import { aSite } from "../../support/pages-site.ts";

let site: Site;
afterEach(() => site.stop());

const desk = (seat: string): string => `/n/working-group/desk/${seat}/light`;
const wordsOf = (element: Element | null | undefined): string =>
  element?.textContent?.replace(/\s+/g, " ").trim() ?? "";
const read = (html: string): Document => new JSDOM(html).window.document;

/** The page as that seat gets it; the site asks for nobody else until the test ends. */
async function open(talks: ANegotiation, seat = "delegation:XAA", how: Parameters<typeof aSite>[1] = {}) {
  site = await aSite([talks], { seats: [seat], ...how });
  const answer = await fetch(site.base + desk(seat));
  return { answer, page: read(await answer.text()) };
}

/** Fills in a form of a page and sends it, as a browser without a script does. */
async function send(form: Element, button: string, values: Readonly<Record<string, string>> = {}) {
  const fields = new URLSearchParams();
  for (const field of form.querySelectorAll<HTMLInputElement>("input, textarea, select")) {
    if (field.type !== "checkbox") fields.set(field.name, field.value);
  }
  for (const [name, value] of Object.entries(values)) fields.set(name, value);
  fields.set("act", button);
  return fetch(site.base + form.getAttribute("action"), { method: "POST", body: fields, redirect: "manual" });
}

const formFor = (page: Document, index: number, button: string): Element =>
  page.querySelector(`#para-${idOf(index)} button[value="${button}"]`)!.closest("form")!;

const positionsIn = (talks: ANegotiation) => [...talks.record.positions.values()];

describe("stating a position", () => {
  test("[PAG7] an objection goes on the record with what would lift it, and is answered by its receipt", async () => {
    const talks = aNegotiation(p("States should cooperate at all hours."));
    const { page } = await open(talks);
    const sent = await send(formFor(page, 1, "objection"), "objection", {
      lift: "during working hours",
      quote: "at all hours",
    });
    expect(sent.status).toBe(303);
    const [position] = positionsIn(talks);
    expect(position).toMatchObject({
      level: "objection",
      by: "XAA",
      remedy: { kind: "other", text: "during working hours" },
      span: { from: 24, to: 36, quote: "at all hours" },
    });
    const receipt = read(await (await fetch(site.base + sent.headers.get("location")!)).text()).querySelector(
      "#receipt",
    );
    expect(wordsOf(receipt)).toContain("Freedonia objected to paragraph 1.");
    expect(wordsOf(receipt)).toContain(`Entry ${talks.record.seq}, 5 November 2026`);
    expect(wordsOf(receipt)).toContain(talks.record.head.slice(0, 16));
  });

  test("reserve and support take one form each", async () => {
    const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
    const { page } = await open(talks);
    await send(formFor(page, 1, "reservation"), "reservation", { reason: "Capital is asleep." });
    await send(formFor(page, 2, "support"), "support");
    expect(positionsIn(talks).map(({ level, reason }) => [level, reason])).toEqual([
      ["reservation", "Capital is asleep."],
      ["support", null],
    ]);
  });

  test("[DIS9] wording is proposed and joined without a script, and the public page shows as much of it as the rule discloses", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    const { page } = await open(talks);
    await send(formFor(page, 1, "propose"), "propose", { words: "States shall cooperate.", reason: "It binds." });
    await site.stop();
    const { page: others } = await open(talks, "delegation:XAB");
    const [proposal] = allProposals(talks.record);
    const item = others.querySelector(".proposed li")!;
    expect(wordsOf(item)).toContain("Freedonia proposes other words. Reason: It binds.");
    expect(item.querySelector("ins")?.textContent).toContain("shall");
    await send(item.querySelector("form")!, "cosponsor", {});
    expect(allProposals(talks.record)[0]?.cosponsors).toMatchObject([{ by: "XAB" }]);
    talks.does("chair", { kind: "dispose-proposal", proposal: proposal!.id, fate: "not-taken-up", reason: "Not now." });
    await site.stop();
    const { page: after } = await open(talks);
    expect(wordsOf(after.querySelector(".proposed"))).toContain("with Sylvania");
    expect(wordsOf(after.querySelector(".proposed"))).toContain("Not taken up: Not now.");
  });

  test("everything else is said under More", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    const { page } = await open(talks);
    await send(formFor(page, 1, "lodge"), "lodge", {
      level: "objection",
      lift: "may",
      how: "replace",
      quote: "should",
      ground: "agreed-language",
      condition: "if paragraph 2 stays",
      audience: "public",
      reason: "Resolution\r\n70/237",
    });
    expect(positionsIn(talks)[0]).toMatchObject({
      remedy: { kind: "replace", text: "may" },
      ground: "agreed-language",
      condition: "if paragraph 2 stays",
      disclosure: { existence: "public", name: "public", reason: "public" },
      reason: "Resolution\n70/237",
    });
  });

  test("an objection can be to the part the paragraph stands in", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    const { page } = await open(talks);
    await send(formFor(page, 1, "lodge"), "lodge", { level: "objection", placement: "on" });
    expect(positionsIn(talks)[0]?.placement).toBe("consensus");
  });

  test("[PAG7] a form sent twice acts once, and a used form with other words does nothing", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    const { page } = await open(talks);
    const form = formFor(page, 1, "objection");
    const first = await send(form, "objection", { lift: "may" });
    const again = await send(form, "objection", { lift: "may" });
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    const other = await send(form, "objection", { lift: "might" });
    expect(other.status).toBe(409);
    expect(wordsOf(read(await other.text()).querySelector("#refused"))).toContain("This form was sent before");
    expect(positionsIn(talks)).toHaveLength(1);
  });

  test("[PAG7] a form that was gone back to and names other paragraphs is another act", () => {
    const { record } = aNegotiation(p("States should cooperate."), p("States should consult."), p("States report."));
    const keyOf = (...named: readonly number[]) => {
      const ticks = Object.fromEntries(named.map((index) => [tickOf(idOf(index)), "on"]));
      const fields = {
        key: "k",
        act: "statement",
        form: "explanation-of-position",
        text: "Words.",
        on: "some",
        ...ticks,
      };
      const asked = commandIn(fields, record);
      if (!asked.ok) throw new Error(String(asked.why));
      return asked.key;
    };
    expect(new Set([keyOf(1, 2), keyOf(1, 3), keyOf(1)])).toHaveLength(3);
    expect(keyOf(2, 1)).toBe(keyOf(1, 2));
  });

  test("[PAG7] a form from elsewhere, for a seat not held, or of no shape of ours does nothing", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    const { page } = await open(talks, "delegation:XAA", { fromHere: false });
    expect((await send(formFor(page, 1, "support"), "support")).status).toBe(403);
    await site.stop();
    const { page: own } = await open(talks);
    const form = formFor(own, 1, "support");
    form.setAttribute("action", desk("delegation:XAB"));
    expect((await send(form, "support")).status).toBe(403);
    form.setAttribute("action", desk("delegation:XAA"));
    expect((await send(form, "gavel")).status).toBe(400);
    expect((await send(form, "support", { key: "" })).status).toBe(400);
    expect((await send(form, "support", { wording: "<b>" })).status).toBe(400);
    const tooMuch = await send(form, "reservation", { reason: "a".repeat(70_000) });
    expect(tooMuch.status).toBe(413);
    expect(positionsIn(talks)).toEqual([]);
  });

  test("[PAG9] words concerned that are not in the paragraph are refused, and the form stands as it was sent", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    const { page } = await open(talks);
    const sent = await send(formFor(page, 1, "objection"), "objection", { lift: "may <b>", quote: "Should" });
    expect(sent.status).toBe(422);
    const after = read(await sent.text());
    expect(wordsOf(after.querySelector("#refused"))).toContain("not in this paragraph, letter by letter");
    const form = formFor(after, 1, "objection");
    expect(form.closest("details")?.hasAttribute("open")).toBe(true);
    expect(form.querySelector("textarea")?.value).toBe("may <b>");
    expect(form.querySelector<HTMLInputElement>('[name="quote"]')?.value).toBe("Should");
    expect((await send(form, "objection", { quote: "should" })).status).toBe(303);
  });

  test("[PAG8] a refusal is said in words", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    talks.objects("XAA", 1);
    const { page } = await open(talks);
    const sent = await send(formFor(page, 1, "support"), "support");
    expect(sent.status).toBe(409);
    expect(wordsOf(read(await sent.text()).querySelector("#refused"))).toContain("Withdraw it first");
  });

  test("[PAG8] words that changed meanwhile are still objected to, as they were", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    const { page } = await open(talks);
    const before = talks.wordingOf(1);
    talks.writes(1, "States shall cooperate.").circulates();
    expect((await send(formFor(page, 1, "objection"), "objection", { quote: "should" })).status).toBe(303);
    expect(positionsIn(talks)[0]).toMatchObject({ wording: before, on: [idOf(1)] });
    expect((await send(formFor(page, 1, "support"), "support")).status).toBe(409);
  });

  test("[PAG8] a disk that refuses costs the writer nothing", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    talks.submit = async () => {
      throw new StorageTrouble("full");
    };
    const { page } = await open(talks);
    const sent = await send(formFor(page, 1, "reservation"), "reservation", { reason: "A long thought." });
    expect(sent.status).toBe(503);
    const after = read(await sent.text());
    expect(wordsOf(after.querySelector("#refused"))).toContain("cannot save at the moment");
    expect(formFor(after, 1, "reservation").querySelector("textarea")?.value).toBe("A long thought.");
  });
});

describe("what awaits its answer", () => {
  test("[REP11] it is counted over the rest, and an invitation into a drafting room leads to the full desk", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    talks.does("chair", {
      kind: "create-group",
      name: "the Coast",
      of: "political",
      invite: ["XAA" as DelegationCode],
    });
    talks.drafting.rooms.push({
      id: idOf(9) as string as DraftingId,
      at: talks.now,
      change: "replace",
      paragraph: idOf(1),
      wording: talks.wordingOf(1),
      standing: "invited",
      leader: "XAB" as DelegationCode,
      members: [],
      ended: null,
      room: null,
    });
    const { page } = await open(talks);
    const box = page.querySelector(".concerns")!;
    expect(wordsOf(box.querySelector("h2"))).toBe("Two things await your answer");
    expect([...box.querySelectorAll("li")].map(wordsOf)).toEqual([
      "Sylvania asks you to draft a proposal on paragraph 1 together. Join or decline at the full desk",
      "You are asked to join the Coast.",
    ]);
    expect(box.querySelector("a[href$='/desk/delegation:XAA']")).not.toBeNull();
  });
});

describe("ending a position", () => {
  const objected = () => {
    const talks = aNegotiation(p("States should cooperate."));
    talks.objects("XAA", 1, { remedy: { kind: "replace", text: "shall" }, span: talks.spanOf(1, "should") });
    return talks;
  };

  test("the words asked for are in: the page asks whether it is met, with the redline", async () => {
    const talks = objected().writes(1, "States shall cooperate.").circulates();
    const { page } = await open(talks);
    const box = page.querySelector(".concerns")!;
    expect(wordsOf(box.querySelector("h2"))).toBe("One thing awaits your answer");
    expect(wordsOf(box)).toContain("the words you asked for are in");
    expect(wordsOf(box.querySelector("del"))).toBe("Deleted: should");
    await send(box.querySelector("form")!, "met");
    expect(positionsIn(talks)[0]?.standing).toBe("met");
  });

  test.each([
    ["withdraw", "withdrawn"],
    ["met", "met"],
  ] as const)("%s ends it", async (act, standing) => {
    const talks = objected();
    const { page } = await open(talks);
    const sent = await send(page.querySelector(".own form")!, act);
    expect(sent.status).toBe(303);
    expect(positionsIn(talks)[0]?.standing).toBe(standing);
  });

  test("reaffirm binds it to today’s words", async () => {
    const talks = objected().writes(1, "States should always cooperate.").circulates();
    const { page } = await open(talks);
    await send(page.querySelector(".own form")!, "reaffirm");
    expect(positionsIn(talks)[0]?.wording).toBe(talks.wordingOf(1));
  });

  test("it can be turned into a reservation", async () => {
    const talks = objected();
    const { page } = await open(talks);
    await send(page.querySelector(".own form")!, "reserve");
    expect(positionsIn(talks).map(({ level, standing }) => [level, standing])).toEqual([
      ["objection", "replaced"],
      ["reservation", "standing"],
    ]);
  });

  test("what the team recorded from the floor waits to be confirmed", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    talks.does("chair", {
      kind: "lodge-position",
      paragraph: idOf(1),
      wording: talks.wordingOf(1),
      level: "objection",
      onBehalfOf: "XAA" as never,
    });
    const { page } = await open(talks);
    await send(page.querySelector(".concerns form")!, "confirm");
    expect(positionsIn(talks)[0]?.confirmed).toBe(true);
  });

  test("my positions are listed in the order of the text", async () => {
    const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
    talks.reserves("XAA", 2);
    talks.objects("XAA", 1);
    const { page } = await open(talks);
    expect([...page.querySelectorAll(".mine li")].map(wordsOf)).toEqual([
      "✕ Objection: paragraph 1",
      "◐ Reservation: paragraph 2",
    ]);
  });
});

describe("who may do what", () => {
  test("an adviser and the chair’s team read; there is no form", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    for (const seat of ["adviser:XAA", "reader:XAA", "chair", "observer"]) {
      const { page } = await open(talks, seat);
      expect(page.querySelectorAll("form")).toHaveLength(0);
      expect(wordsOf(page.querySelector("#consensus"))).toContain("States should cooperate.");
      await site.stop();
    }
    await open(talks);
  });

  test("[BRA11] the chair’s team lifts a bracket and is told before whom it concerns; nobody else can", async () => {
    const talks = aNegotiation(p("States [should][shall] cooperate [XAB: always]."));
    talks.objects("XAA", 1);
    const { page } = await open(talks, "chair");
    expect([...page.querySelectorAll("form blockquote")].map(wordsOf)).toEqual([
      "[should]",
      "[shall]",
      "[XAB: always]",
    ]);
    const form = [...page.querySelectorAll("form")].at(-1)!;
    expect(wordsOf(form)).toMatch(/Freedonia objects to these words\..* is named in the bracket/);
    expect([...form.querySelectorAll("option")].map(({ value }) => value)).toEqual(["keep", "drop"]);
    expect((await send(form, "lift", { how: "keep", reason: "They agree." })).status).toBe(303);
    expect(canonicalText(talks.text[0]!.content)).toBe("States [should][shall] cooperate always.");
    // The same form once more: the words are others by now.
    const again = await send([...page.querySelectorAll("form")][0]!, "lift", { how: "choose" });
    expect(await again.text()).toContain("The words have changed since.");
    await site.stop();
    const { page: theirs } = await open(talks);
    expect(theirs.querySelector('button[value="lift"]')).toBeNull();
  });

  test("[PKG7] packages are offered until the adoption", async () => {
    const talks = aNegotiation(p("States meet weekly."), p("Costs are shared."));
    const offered = talks.does("secretariat", {
      kind: "prepare-package",
      title: "Package A",
      paragraphs: [idOf(1), idOf(2)],
    }) as PackageId;
    talks.does("chair", { kind: "release-package", package: offered });
    const { page } = await open(talks);
    expect(wordsOf(page.querySelector("#offers-title")?.parentElement)).toContain("Package A");
    await site.stop();
    talks.does("chair", { kind: "adopt" });
    const adopted = await open(talks);
    expect(adopted.answer.status).toBe(200);
    expect(adopted.page.querySelector("#offers-title")).toBeNull();
  });

  test("who is not a state comments with a question or a concern", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    const { page } = await open(talks, "delegation:XAF");
    expect([...page.querySelectorAll("select[name=level] option")].map(wordsOf)).toEqual(["Question", "Concern"]);
    expect(page.querySelector('button[value="objection"]')).toBeNull();
    await send(formFor(page, 1, "lodge"), "lodge", { level: "question", reason: "Why?" });
    expect(positionsIn(talks)[0]).toMatchObject({ level: "question", ofState: false });
  });

  test("a seat that is not held is not opened, and names nobody", async () => {
    const { answer } = await open(aNegotiation(p("States should cooperate.")), "delegation:XAA", { seats: [] });
    expect(answer.status).toBe(403);
  });

  test("a receipt is shown only for what this seat did", async () => {
    const talks = aNegotiation(p("States should cooperate."));
    talks.objects("XAB", 1, { reason: "Secret." });
    await open(talks);
    const page = read(await (await fetch(`${site.base}${desk("delegation:XAA")}?done=${talks.record.seq}`)).text());
    expect(page.querySelector("#receipt")).toBeNull();
  });

  test("[PAG4] a delegation reads who stands against a paragraph, on which words and why, where the rule discloses it", async () => {
    const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
    talks.objects("XAB", 1, {
      reason: "Too soon.",
      ground: "mandate",
      conditions: [{ is: "agreed", paragraph: idOf(2) }],
    });
    talks.writes(1, "States may cooperate.");
    talks.circulates();
    const { page } = await open(talks);
    expect(wordsOf(page.querySelector(".said"))).toBe(
      "✕ Sylvania objects (on earlier words). Reason: Too soon. Ground: Mandate. Hangs on: paragraph 2 is agreed.",
    );
  });

  test("[PAG4] a delegation sees no more of others than the rules disclose", async () => {
    const talks = aNegotiationWith({ disclosure: "closed" }, p("States should cooperate."), s("Some proposed."));
    talks.objects("XAB", 1, { reason: "Between us." });
    const { page } = await open(talks);
    expect(wordsOf(page.querySelector(".said"))).toBe("✕ A delegation objects");
    expect(wordsOf(page.body)).not.toMatch(/Sylvania|Between us/);
  });
});

test("[PAG1] the light page of 80 paragraphs weighs at most 60 kB, with no script", async () => {
  const talks = aNegotiation(...bigReport(80));
  for (const index of [3, 8, 14, 21]) {
    talks.objects("XAA", index, {
      reason: "This goes beyond the mandate.",
      remedy: { kind: "other", text: "as appropriate" },
    });
    talks.reserves("XAB", index);
  }
  for (const index of [3, 8, 40]) talks.writes(index, `States shall take note of item ${index}, as appropriate.`);
  talks.circulates();
  site = await aSite([talks], { seats: ["delegation:XAA"] });
  const html = await (await fetch(site.base + desk("delegation:XAA"))).text();
  expect(html).not.toContain("<script");
  expect(brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length).toBeLessThan(60_000);
});

describe("groups", () => {
  test("[PAG7] a member aligns with what its group stated, adds to it, and departs, without a script", async () => {
    const talks = aNegotiation(p("States should cooperate at all hours."));
    const members = ["XAA", "XAB"].map((code) => code as DelegationCode);
    const group = talks.does("chair", {
      kind: "create-group",
      name: "the Coastal States",
      of: "political",
      invite: members,
    }) as GroupId;
    for (const code of members) talks.does(`delegation:${code}`, { kind: "join-group", group });
    talks.does("chair", { kind: "name-speaker", group, speaker: members[1]! });
    talks.objects("XAB", 1, { onBehalfOfGroup: group });
    const { page } = await open(talks);
    const stated = page.querySelector('[aria-labelledby="groups-title"]')!;
    expect(wordsOf(stated)).toContain("Sylvania on behalf of the Coastal States objects (for 2 States)");
    const form = stated.querySelector("form")!;
    expect((await send(form, "align", { reason: "Above all at night." })).status).toBe(303);
    expect(positionsIn(talks)[0]?.behind).toContainEqual(
      expect.objectContaining({ aligned: true, adds: "Above all at night." }),
    );
    const after = read(await (await fetch(site.base + desk("delegation:XAA"))).text());
    const again = after.querySelector('[aria-labelledby="groups-title"] form')!;
    expect((await send(again, "depart")).status).toBe(303);
    expect(talks.record.groups.departures.size).toBe(1);
  });
});

describe("what changed for a delegation", () => {
  test("[REP8] is told with reasons and with the words that changed", async () => {
    const talks = aNegotiation(p("States should cooperate at all hours."), p("States should consult."));
    talks.gavels(2).circulates();
    const proposal = talks.does("delegation:XAA", {
      kind: "table-proposal",
      paragraph: idOf(1),
      wording: talks.wordingOf(1),
      text: "States shall cooperate.",
    }) as ProposalId;
    talks.does("chair", { kind: "dispose-proposal", proposal, fate: "not-taken-up", reason: "Too strong." });
    talks.reopens(2, "Two delegations asked.").circulates();
    const { page } = await open(talks);
    const told = [...page.querySelectorAll('[aria-labelledby="changed-title"] li')].map(wordsOf);
    expect(told).toEqual([
      "Not used: your proposal on paragraph 1 (not taken up). Reason: Too strong.",
      "Agreed words were reopened: paragraph 2. Reason: Two delegations asked.",
    ]);
  });

  test("[REP8] begins with what the negotiation came to, and no page tells it twice", async () => {
    const talks = aNegotiation(p("States should cooperate at all hours."));
    talks.writes(1, "States shall cooperate.").circulates();
    talks.does("chair", { kind: "adopt", note: "With thanks to all." });
    const { page } = await open(talks, "delegation:XAB");
    const first = page.querySelector("#changed-title ~ ul li");
    expect(wordsOf(first)).toContain("The chair adopted the report by consensus");
    expect(wordsOf(first)).toContain("With thanks to all.");
    expect(wordsOf(page.body).split("adopted the report by consensus")).toHaveLength(2);
    const everyone = read(await (await fetch(`${site.base}/n/${talks.row.slug}`)).text());
    expect(wordsOf(everyone.querySelector("details.changes"))).toContain("The chair adopted the report by consensus");
  });

  test("[REP8] says nothing where nothing is about it", async () => {
    const talks = aNegotiation(p("States should cooperate at all hours."));
    talks.writes(1, "States shall cooperate.").circulates();
    const { page } = await open(talks, "delegation:XAB");
    expect(page.querySelector("#changed-title")).toBeNull();
  });
});

describe("an editorial correction", () => {
  const corrected = () => {
    const talks = aNegotiation(p("States should co-operate, always."));
    talks.gavels(1);
    talks.does("chair", {
      kind: "editorial-correction",
      paragraph: idOf(1),
      wording: talks.wordingOf(1),
      text: "States should cooperate, always.",
      reason: "Spelling.",
    });
    return talks;
  };

  test("[COR3] is shown as a redline and contested by a form, which reopens the paragraph", async () => {
    const talks = corrected();
    const { page } = await open(talks, "delegation:XAB");
    const form = formFor(page, 1, "contest");
    expect(wordsOf(form.closest("details")!.querySelector("del"))).toContain("co-operate");
    const sent = await send(form, "contest", { reason: "It is not only spelling." });
    expect(sent.status).toBe(303);
    expect(talks.record.corrections).toMatchObject([{ contested: true }]);
    const again = read(await (await fetch(site.base + desk("delegation:XAB"))).text());
    expect(again.querySelector('button[value="contest"]')).toBeNull();
  });

  test("[COR3] is contested by States alone; the others see what changed", async () => {
    const talks = corrected();
    const { page } = await open(talks, "delegation:XAF");
    expect(wordsOf(page.querySelector(`#para-${idOf(1)}`))).toContain("Agreed words corrected editorially");
    expect(page.querySelector('button[value="contest"]')).toBeNull();
  });
});

describe("proposals without a script", () => {
  const words = "States should cooperate and share what they learn.";
  const said = (page: Document): string => wordsOf(page.querySelector(`#para-${idOf(1)}`));
  const again = async (seat: string): Promise<Document> => read(await (await fetch(site.base + desk(seat))).text());

  test("[PAG7] a new paragraph, a deletion and a move are proposed, and one's own is amended, confirmed and withdrawn", async () => {
    const talks = aNegotiation(p(words));
    const { page } = await open(talks);
    const other = formFor(page, 1, "propose-other");
    expect((await send(other, "propose-other", { change: "insert-after" })).status).toBe(409);
    expect((await send(other, "propose-other", { change: "insert-after", words: "A new one." })).status).toBe(303);
    expect(
      (await send(formFor(await again("delegation:XAA"), 1, "propose-other"), "propose-other", { change: "delete" }))
        .status,
    ).toBe(303);
    expect(
      (await send(formFor(await again("delegation:XAA"), 1, "propose-other"), "propose-other", { change: "move" }))
        .status,
    ).toBe(303);
    const floor = talks.does("chair", {
      kind: "table-proposal",
      paragraph: idOf(1),
      wording: talks.report({ kind: "team" }).parts.consensus[0]!.wording,
      text: "States shall cooperate and share what they learn.",
      onBehalfOf: "XAA" as DelegationCode,
    });
    expect(allProposals(talks.record).map(({ change, to }) => [change, to])).toEqual([
      ["insert-after", null],
      ["delete", null],
      ["move", "chair-summary"],
      ["replace", null],
    ]);
    const asked = await again("delegation:XAA");
    await send(formFor(asked, 1, "confirm-proposal"), "confirm-proposal");
    const amending = [...asked.querySelectorAll('button[value="amend-proposal"]')].at(-1)!.closest("form")!;
    expect(amending.querySelector<HTMLInputElement>('[name="proposal"]')?.value).toBe(floor);
    expect((await send(amending, "amend-proposal", { words: "" })).status).toBe(409);
    expect((await send(amending, "amend-proposal", { words: `${words} Always.` })).status).toBe(303);
    const [first, , , confirmed, amended] = allProposals(talks.record);
    expect(confirmed).toMatchObject({ confirmed: true, fate: { fate: "superseded", into: amended?.id } });
    await send(formFor(await again("delegation:XAA"), 1, "withdraw-proposal"), "withdraw-proposal");
    expect(allProposals(talks.record)[0]).toMatchObject({ id: first?.id, fate: { fate: "withdrawn" } });
  });

  test("[MER5] bridging text is read and answered; an objection without its reason is asked for it", async () => {
    const talks = aNegotiation(p(words));
    const { wording } = talks.report({ kind: "team" }).parts.consensus[0]!;
    const proposal = talks.does("delegation:XAA", {
      kind: "table-proposal",
      paragraph: idOf(1),
      wording,
      text: "States shall cooperate and share what they learn.",
    }) as ProposalId;
    talks.does("chair", {
      kind: "put-bridging",
      paragraph: idOf(1),
      wording,
      text: "States shall always cooperate and share what they learn.",
      proposals: [proposal],
    });
    const { page } = await open(talks);
    expect(said(page)).toContain("Freedonia has not answered.");
    const form = formFor(page, 1, "bridging-objection");
    expect((await send(form, "bridging-objection")).status).toBe(409);
    expect((await send(form, "bridging-objection", { reason: "Not always." })).status).toBe(303);
    expect(said(await again("delegation:XAA"))).toContain("Freedonia objects to it. Reason: Not always.");
    await site.stop();
    const { page: others } = await open(talks, "delegation:XAB");
    expect(said(others)).not.toContain("Bridging text");
  });

  test("[GRP1] a group is joined, spoken for and left", async () => {
    const talks = aNegotiation(p(words));
    const group = talks.does("chair", {
      kind: "create-group",
      name: "the Coastal States",
      of: "political",
      invite: ["XAA" as DelegationCode],
    }) as GroupId;
    const { page } = await open(talks);
    expect((await send(page.querySelector('button[value="join-group"]')!.closest("form")!, "join-group")).status).toBe(
      303,
    );
    talks.does("chair", { kind: "name-speaker", group, speaker: "XAA" as DelegationCode });
    const speaking = await again("delegation:XAA");
    await send(formFor(speaking, 1, "objection"), "objection", { lift: "must", group });
    await send(formFor(speaking, 1, "propose"), "propose", { words: "States must cooperate.", group });
    expect(positionsIn(talks)).toMatchObject([{ group, level: "objection" }]);
    expect(allProposals(talks.record)).toMatchObject([{ group, by: "XAA" }]);
    expect(said(await again("delegation:XAA"))).toContain(
      "Freedonia on behalf of the Coastal States proposes other words",
    );
    await send(
      (await again("delegation:XAA")).querySelector('button[value="leave-group"]')!.closest("form")!,
      "leave-group",
    );
    expect(talks.record.groups.made.get(group)?.members).toEqual([]);
  });
});

describe("the chair's summary", () => {
  test("[SUM6] an observer asks for a correction of fact by a form, takes it back by another, and all is shown", async () => {
    const talks = aNegotiation(p("States should cooperate."), s("Some States proposed a convention."));
    const { page } = await open(talks, "delegation:XAF");
    expect(wordsOf(page.querySelector("#chairs-summary .standing"))).toContain("responsibility of the Chair");
    expect(page.querySelector(`#para-${idOf(1)} button[value="request"]`)).toBeNull();
    const sent = await send(formFor(page, 2, "request"), "request", { reason: "We proposed a protocol." });
    expect(sent.status).toBe(303);
    expect(talks.record.summary.requests).toMatchObject([{ by: "XAF", says: "We proposed a protocol.", answer: null }]);
    const again = read(await (await fetch(site.base + desk("delegation:XAF"))).text());
    expect(wordsOf(again.querySelector(`#para-${idOf(2)}`))).toContain("We proposed a protocol.");
    expect((await send(formFor(again, 2, "withdraw-request"), "withdraw-request")).status).toBe(303);
    expect(talks.record.summary.requests).toMatchObject([{ answer: { how: "withdrawn" } }]);
  });
});

test("[NUM9] numbers that nothing stands for any more are shown where they stood", async () => {
  const talks = aNegotiation(p("One stands."), p("Two stands."), p("Three stands."));
  talks.does("chair", { kind: "issue-version" });
  talks.removes(2).circulates();
  const { page } = await open(talks);
  expect(wordsOf(page.querySelector(`#para-${idOf(1)}`)!.nextElementSibling)).toBe("[2 deleted]");
});
