/** Silence, adoption and statements on the pages that need no script. */
import { JSDOM } from "jsdom";
import { afterEach, expect, test } from "vitest";
import { certificateOf } from "../../../server/http/pages/certificate.tsx";
import { tickOf } from "../../../server/http/pages/light-form.ts";
import { certificateTold } from "../../../server/publication/certificate.ts";
import { toMarkdown } from "../../../server/publication/markdown.ts";
import { print, printSections } from "../../../server/publication/printed-report.ts";
import { toldInMarkdown } from "../../../server/publication/told-markdown.ts";
import { numbersToday } from "../../../shared/domain/held-numbers.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { DelegationCode, EpochMs, SilenceId } from "../../../shared/domain/values.ts";
import { sayHowAgreed } from "../../../shared/messages/agreed.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, idOf, p } from "../../support/negotiations.ts";
import type { Site } from "../../support/pages-site.ts";
import { aSite } from "../../support/pages-site.ts";
import { printableOf } from "../../support/printed.ts";

let site: Site;
afterEach(() => site.stop());

const wordsOf = (element: Element | null | undefined): string =>
  element?.textContent?.replace(/\s+/g, " ").trim() ?? "";
const light = "/n/working-group/desk/delegation:XAA/light";

async function read(path: string): Promise<Document> {
  return new JSDOM(await (await fetch(site.base + path)).text()).window.document;
}

async function send(form: Element, button: string, values: Readonly<Record<string, string>>): Promise<Response> {
  const fields = new URLSearchParams(values);
  for (const field of form.querySelectorAll<HTMLInputElement>("input:not([type=checkbox]), textarea, select"))
    if (!fields.has(field.name)) fields.set(field.name, field.value);
  fields.set("act", button);
  return fetch(site.base + form.getAttribute("action"), { method: "POST", body: fields, redirect: "manual" });
}

const deadline = Date.UTC(2026, 10, 27, 22) as EpochMs;
function underSilence(): { talks: ANegotiation; procedure: SilenceId } {
  const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
  return { talks, procedure: announced(talks) };
}
const announced = (talks: ANegotiation): SilenceId =>
  talks.does("chair", {
    kind: "announce-silence",
    scope: "whole",
    deadline,
    zone: "America/New_York",
  }) as SilenceId;

test("[SIL1] [SIL14] the public page tells the deadline on three clocks, on what the silence still means agreement, and that the silence was broken, not by whom", async () => {
  const { talks, procedure } = underSilence();
  talks.does("delegation:XAB", { kind: "break-silence", procedure, paragraphs: [idOf(2)], reason: "A secret reason." });
  site = await aSite([talks]);
  const slip = (await read("/n/working-group")).querySelector(".slip.silence");
  expect(wordsOf(slip)).toContain("Silence runs on paragraph 1; it was broken on paragraph 2");
  expect(wordsOf(slip)).toContain("Where nobody broke it silence means");
  expect(wordsOf(slip)).toContain(
    "Friday, 27 November 2026, 17:00 New York · Friday, 27 November 2026, 23:00 Geneva · Friday, 27 November 2026, 22:00 UTC",
  );
  expect(wordsOf(slip)).toContain("Silence broken on paragraph 2");
  expect(wordsOf(slip)).not.toMatch(/Sylvania|secret/);
  const told = wordsOf(
    await read("/n/working-group/record?kind=silence").then((page) => page.querySelector("table.log")),
  );
  expect(told).toContain(
    "The chair announced silence on the whole consensus text until Friday, 27 November 2026, 17:00 New York (22:00 UTC)",
  );
  expect(told).toContain("A delegation broke the silence on paragraph 2");
});

test("[SIL14] once the report is adopted, a procedure that ended before is told in the record and no longer at its head", async () => {
  const { talks, procedure } = underSilence();
  talks.does("chair", { kind: "cancel-silence", procedure, reason: "Announced too early." });
  site = await aSite([talks]);
  const head = async () => wordsOf((await read("/n/working-group")).querySelector(".slip.silence"));
  expect(await head()).toContain("was cancelled");
  talks.does("chair", { kind: "adopt" });
  expect(await head()).toBe("");
});

test("[SIL5] [SIL12] the light page breaks the silence without a script, and opening it is noted for the chair", async () => {
  const talks = aNegotiation(p("One stands."), p("Two stands."), p("Three stands."), p("Four is agreed.")).gavels(4);
  announced(talks);
  site = await aSite([talks], { seats: ["delegation:XAA"] });
  const page = await read(light);
  expect(talks.openedBy).toEqual(["XAA"]);
  const form = page.querySelector('button[value="break"]')!.closest("form")!;
  const breaks = async (fields: Readonly<Record<string, string>>): Promise<Response> =>
    send(form, "break", { ...fields, reason: "No instructions yet." });
  const both = { [tickOf(idOf(1))]: "on", [tickOf(idOf(3))]: "on" };
  expect(await (await breaks({ on: "all", ...both })).text()).toContain("You ticked paragraphs and chose everything.");
  expect(await (await breaks({ on: "some" })).text()).toContain("Choose at least one paragraph.");
  expect(form.textContent).toContain("you would object to paragraph 4 as well, and so ask to reopen it");
  const sent = await breaks({ on: "some", ...both });
  expect(sent.status).toBe(303);
  const [silence] = talks.record.silences.values();
  expect(silence?.breaks).toMatchObject([
    { by: "XAA", paragraphs: [idOf(1), idOf(3)], reason: "No instructions yet." },
  ]);
  const receipt = (await read(sent.headers.get("location")!)).querySelector("#receipt");
  expect(wordsOf(receipt)).toContain("Freedonia broke the silence on paragraph 1, paragraph 3");
});

test("[ADO6] what was corrected after adoption is listed with the words before and after", async () => {
  const talks = aNegotiation(p("States should cooperate closly."), p("States should consult."));
  talks.does("chair", { kind: "adopt" });
  talks.does("chair", {
    kind: "editorial-correction",
    paragraph: idOf(1),
    wording: talks.wordingOf(1),
    text: "States should cooperate closely.",
    reason: "Spelling.",
  });
  site = await aSite([talks], { seats: ["delegation:XAA"] });
  for (const path of ["/n/working-group", light]) {
    const listed = wordsOf((await read(path)).querySelector("#corrections"));
    expect(listed).toContain("Paragraph 1");
    expect(listed).toContain("closly");
    expect(listed).toContain("closely");
    expect(listed).toContain("Reason: Spelling.");
  }
  const about = async (paragraph: number): Promise<string> =>
    wordsOf((await read(`/n/working-group/p/${idOf(paragraph)}/embed`)).querySelector(".about"));
  expect(await about(1)).toContain("with corrections, the last on");
  expect(await about(2)).not.toContain("corrections");
});

test("[ADO2] [ADO5] the adopted report says how it was adopted, and carries every statement where it belongs", async () => {
  const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
  talks.objects("XAB", 2);
  talks.does("chair", { kind: "adopt" });
  site = await aSite([talks], { seats: ["delegation:XAA"] });
  const form = (await read(light)).querySelector('button[value="statement"]')!.closest("form")!;
  const sent = await send(form, "statement", {
    form: "dissociation",
    on: "some",
    [tickOf(idOf(1))]: "on",
    text: "We cannot\njoin this.",
  });
  expect(sent.status).toBe(303);
  talks.does("chair", {
    kind: "make-statement",
    form: "explanation-of-position",
    text: "In the light of the Charter.",
    onBehalfOf: "XAC" as DelegationCode,
  });
  const page = await read("/n/working-group");
  // Who objected is known among delegations here: the public reads that objections are recorded.
  expect(wordsOf(page.querySelector(".adoption"))).toMatch(/^Adopted on .*; objections are recorded$/);
  expect(wordsOf(page.querySelector(`#para-${idOf(1)} .said`))).toBe("Freedonia: Dissociation");
  const statements = [...page.querySelectorAll("#statements .statement")].map(wordsOf);
  expect(statements[0]).toContain("Freedonia: Dissociation on paragraph 1We cannotjoin this.");
  expect(statements[1]).toContain("recorded from the floor, not confirmed yet");
  const file = toMarkdown(talks.report({ kind: "delegation", code: "XAA" as DelegationCode }));
  expect(file).toContain("the objections of Sylvania are recorded");
  expect(file).toContain("**Freedonia**, dissociation (1): We cannot");
});

test("[SIL13] a silence is certified: words with their hashes, three clocks, the order of the log, and by whom as far as it may be known", async () => {
  const { talks, procedure } = underSilence();
  talks.does("delegation:XAB", { kind: "break-silence", procedure, paragraphs: [idOf(2)], reason: "A secret reason." });
  talks.opened("XAA" as DelegationCode);
  site = await aSite([talks], { seats: ["chair", "delegation:XAA"] });
  const page = (seat: string, extension = "") => `/n/working-group/silence/${procedure}${extension}?seat=${seat}`;
  const [everyone, chair, other] = await Promise.all(
    ["public", "chair", "delegation:XAA"].map((seat) => read(page(seat))),
  );
  for (const document of [everyone, chair, other]) {
    const words = wordsOf(document!.querySelector("main"));
    expect(words).toContain("Friday, 27 November 2026, 17:00 New York");
    expect(words).toContain("Friday, 27 November 2026, 23:00 Geneva");
    for (const { wording } of talks.record.silences.get(procedure)!.paragraphs) expect(words).toContain(wording);
    expect(words).toContain("Checked now: the record holds");
    expect(words.indexOf("announced silence")).toBeLessThan(words.indexOf("broke the silence"));
  }
  expect(wordsOf(everyone!.body)).not.toMatch(/Sylvania|secret|Opened by/);
  expect(wordsOf(other!.body)).toMatch(/Sylvania.*secret/);
  expect(wordsOf(other!.body)).not.toContain("Opened by");
  expect(wordsOf(chair!.body)).toMatch(/Opened by.*Freedonia/);
  expect((await fetch(`${site.base}/n/working-group/silence/${"0".repeat(22)}?seat=public`)).status).toBe(404);
  expect(wordsOf((await read("/n/working-group")).querySelector(".slip.silence"))).toContain("Certificate");
});

test("[SIL13] the certificate as Markdown says the same", async () => {
  const { talks, procedure } = underSilence();
  const certificate = (await certificateOf(talks, { kind: "public" }, null, procedure))!;
  const how = { address: "https://drafting.example.org", now: talks.now, voice: voiceIn("en") };
  const file = toldInMarkdown(printSections(printableOf(talks, { kind: "public" }), how, certificateTold(certificate)));
  for (const { wording } of certificate.paragraphs) expect(file).toContain(wording);
  for (const { hash } of certificate.log) expect(file).toContain(hash);
  expect(file).toContain("Silence runs on the whole consensus text");
});

test("[ADO7] page and files say of each paragraph whether the gavel, a silence or the adoption agreed it", async () => {
  const words = ["consult", "report", "meet", "train", "share"];
  const talks = aNegotiation(p("States should cooperate."), ...words.map((word) => p(`States should ${word}.`)));
  talks.gavels(1);
  const procedure = talks.does("chair", { kind: "announce-silence", scope: [idOf(2)], deadline, zone: "UTC" });
  talks.settles(procedure as SilenceId);
  talks.objects("XAB", 5);
  site = await aSite([talks]);
  expect(wordsOf((await read("/n/working-group")).querySelector("#consensus"))).not.toContain("Passed by silence:");
  talks.does("chair", { kind: "adopt" });
  const page = await read("/n/working-group");
  const marks = [1, 2, 3, 4, 5, 6].map((index) => wordsOf(page.querySelector(`#para-${idOf(index)} .status`)));
  expect(marks.map((mark) => mark.replace(/^\S+ /, ""))).toEqual([
    "Agreed · gavelled",
    "Agreed · by silence",
    "Agreed · with the adoption",
    "Agreed · with the adoption",
    "Contested",
    "Agreed · with the adoption",
  ]);
  const told = [
    "Gavelled by the chair: paragraph 1.",
    "Passed by silence: paragraph 2.",
    "Agreed with the adoption, not before: paragraphs 3, 4 and 6.",
  ].join(" ");
  expect(wordsOf(page.querySelector("#consensus"))).toContain(told);
  const report = talks.report(thePublic);
  expect(toMarkdown(report)).toContain(told);
  const text = { text: talks.record.text, numbers: numbersToday(talks.record, talks.record.text).numbers, label: "" };
  const printed = print(
    { report, text, version: null, against: null, only: undefined },
    { mode: "clean", address: "", now: deadline, voice: voiceIn("en") },
  );
  expect(printed.parts[0]!.standing).toContain(told);
});

test("[ADO7] many paragraphs in a row are named by the first and the last", () => {
  const talks = aNegotiation(...Array.from({ length: 9 }, (_, index) => p(`States should do ${index}.`)));
  for (const index of [1, 2, 3, 4, 6, 8, 9]) talks.gavels(index);
  expect(sayHowAgreed(talks.report(thePublic).parts.consensus, voiceIn("en"))).toEqual([
    "Gavelled by the chair: paragraphs 1 to 4, 6, 8 and 9.",
  ]);
});
