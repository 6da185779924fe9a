/** Documents about the report: how its paragraphs stand and where they come from, the chair's letters, a delegation's brief (SPEC: PUB11, PUB12, PUB17, PUB18). */
import { expect, test } from "vitest";
import { toAkn } from "../../../server/publication/akn.ts";
import { toMarkdown, toRedlineMarkdown } from "../../../server/publication/markdown.ts";
import { toDocx } from "../../../server/publication/docx.ts";
import type { Told } from "../../../server/publication/printed-report.ts";
import { printSections } from "../../../server/publication/printed-report.ts";
import { lineageTable } from "../../../server/publication/lineage.ts";
import { toldInMarkdown } from "../../../server/publication/told-markdown.ts";
import { statusTable } from "../../../server/publication/status-table.ts";
import { lineageAsked } from "../../../server/http/routes/lineage.ts";
import { briefFor } from "../../../server/publication/brief.ts";
import { letterOn } from "../../../server/publication/letters.ts";
import { changedSince } from "../../../server/http/pages/changes.ts";
import { certificateOf } from "../../../server/http/pages/certificate.tsx";
import type { Letter } from "../../../shared/domain/silence.ts";
import { lettersOn } from "../../../shared/domain/silence.ts";
import type { DelegationCode, PersonId, ProposalId, SilenceId } from "../../../shared/domain/values.ts";
import { epochMs } from "../../../shared/domain/values.ts";
import type { Version } from "../../../shared/domain/versions.ts";
import { documentFormats } from "../../../shared/wire/document-formats.ts";
import { httpServer } from "../../support/http-server.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, h, p } from "../../support/negotiations.ts";
import { printableOf, printed } from "../../support/printed.ts";
import { readDocx } from "../../support/read-docx.ts";

const voice = voiceIn("en");
const team: Viewer = { kind: "team" };

const tableIn = ({ sections }: Told): readonly (readonly string[])[] =>
  sections.flatMap(({ items }) => items.flatMap((item) => (item.t === "table" ? item.rows : [])));

const status = (talks: ANegotiation, viewer: Viewer): Told => statusTable(printableOf(talks, viewer), voice);

test("[PUB11] each paragraph of the consensus text has one row: status, what is stated and by whom, what is pending", () => {
  const talks = aNegotiation(
    h("Norms"),
    p("States should cooperate."),
    p("States should [consult]."),
    p([
      { t: "text", text: "Agreed." },
      { t: "footnote", id: "f", text: "A note." },
    ]),
  );
  talks.objects("XAA", 2);
  talks.reserves("XAB", 2, "Awaiting the capital.");
  talks.supports("XAC", 3);
  talks.gavels(4);
  talks.does("delegation:XAD", {
    kind: "table-proposal",
    paragraph: talks.text[2]!.id,
    wording: talks.wordingOf(3),
    text: "States shall consult.",
  });
  expect(tableIn(status(talks, team))).toEqual([
    [
      "1",
      "Contested",
      "1 delegation objects: Freedonia\n1 delegation reserves: Sylvania",
      "",
      "States should cooperate.",
    ],
    ["2", "In brackets", "1 delegation supports: Osterlich", "a proposal awaits its fate", "States should [consult]."],
    ["3", "Agreed, gavelled", "", "", "Agreed."],
  ]);
  const [first] = tableIn(status(talks, thePublic));
  expect(first).toEqual([
    "1",
    "Contested",
    "1 delegation objects\n1 delegation reserves",
    "",
    "States should cooperate.",
  ]);
});

test("[PUB12] the lineage is a table: new, old, contributors, acts and words", () => {
  const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
  talks.does("chair", { kind: "issue-version" });
  talks.writes(1, "States shall cooperate.").moves(2, "chair-summary", "not agreed yet").circulates();
  const { rows, between } = lineageAsked(talks, thePublic, { from: "zero-draft" });
  const told = lineageTable(rows, between);
  expect(told.sections[0]?.items[0]).toMatchObject({ text: "Latest text, and what it came of in Zero draft." });
  expect(tableIn(told)).toEqual([
    ["1", "1", "the chair’s team", "Redrafted, the chair’s team entry 11", "States shall cooperate."],
    [
      "1 of the chair's summary",
      "2",
      "the chair’s team",
      expect.stringMatching(/: not agreed yet entry \d+$/),
      "States should consult.",
    ],
  ]);
});

test("[PUB2] a document about the report stands under its masthead, and is a table in Word", async () => {
  const talks = aNegotiation(p("States should cooperate."));
  talks.objects("XAA", 1);
  const what = printableOf(talks, team);
  const document = printSections(
    what,
    { address: "https://drafting.example.org/n/working-group", now: talks.now, voice },
    statusTable(what, voice),
  );
  const { files, paragraphs } = readDocx(await toDocx(document, voice));
  expect(files["word/document.xml"]).toContain("<w:tblHeader/>");
  const said = paragraphs.map(({ lead }) => lead);
  expect(said).toContain("1 delegation objects: Freedonia");
  expect(said.slice(0, 5).join("\n")).toContain("Status of paragraphs");
  expect(files["word/footer1.xml"]).toContain("Not adopted");
});

test("[REP12] the masthead says how far a copy may go: restricted for a seat, limited as a draft, general once adopted", () => {
  const talks = aNegotiation(p("States should cooperate."));
  const imprintFor = (viewer: Viewer): readonly string[] => printed(talks, "clean", viewer).imprint;
  expect(imprintFor(thePublic)).toEqual(["Distr.: Limited", "5 November 2026", "Original: English"]);
  // What is made for either of them is kept for both.
  expect(imprintFor({ kind: "stakeholder" })).toEqual(imprintFor(thePublic));
  expect(imprintFor(team)[0]).toBe("Distr.: Restricted");
  expect(imprintFor({ kind: "delegation", code: "XAA" as DelegationCode })[0]).toBe("Distr.: Restricted");
  talks.gavels(1);
  talks.does("chair", { kind: "adopt" });
  expect(imprintFor(thePublic)[0]).toBe("Distr.: General");
});

test("[PUB11] as Markdown its tables are tables, and no words in them are anything else", () => {
  const talks = aNegotiation(p("States | should *cooperate*."));
  talks.objects("XAA", 1);
  talks.reserves("XAB", 1);
  const what = printableOf(talks, team);
  const how = { address: "https://drafting.example.org/n/working-group", now: talks.now, voice };
  const lines = toldInMarkdown(printSections(what, how, statusTable(what, voice))).split("\n");
  expect(lines[0]).toBe("# Draft report of the working group");
  expect(lines).toContain("Distr.: Restricted · 5 November 2026 · Original: English");
  expect(lines).toContain("| No. | Status | Stated | Pending | Words |");
  expect(lines).toContain(
    "| 1 | Contested | 1 delegation objects: Freedonia<br>1 delegation reserves: Sylvania |  | States \\| should \\*cooperate\\*. |",
  );
});

const hours = 3_600_000;
const said = ({ sections }: Pick<Told, "sections">): readonly string[] =>
  sections.flatMap(({ title, items }) => [
    title,
    ...items.flatMap((item) => (item.t === "words" ? item.text : item.rows.map((row) => row.join(" | ")))),
  ]);

test("[PUB17] a letter tells of a silence that was announced, then of a break, in three zones and with the names its reader may know", () => {
  const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
  const zone = "Europe/Zurich";
  const deadline = epochMs(talks.now + 80 * hours);
  talks.does("chair", { kind: "announce-silence", scope: "whole", deadline, zone, note: "As agreed on Friday." });
  const silenceFor = (viewer: Viewer) => talks.report(viewer).silences[0]!;
  const letter = (which: Letter, viewer: Viewer): readonly string[] =>
    said(letterOn(silenceFor(viewer), which, { negotiation: talks, viewer, ...printableOf(talks, viewer) }, voice));
  expect(lettersOn(silenceFor(team))).toEqual(["announced"]);
  const announced = letter("announced", thePublic);
  expect(announced.find((line) => line.startsWith("The deadline:"))?.split("\n")).toEqual([
    "The deadline:",
    expect.stringMatching(/^Sunday,? 8 November 2026, 23:0\d Geneva$/),
    expect.stringMatching(/^Sunday,? 8 November 2026, 17:0\d New York$/),
    expect.stringMatching(/^Sunday,? 8 November 2026, 22:0\d UTC$/),
  ]);
  expect(announced).toContain("Note: As agreed on Friday.");
  expect(announced.at(-2)).toMatch(/^Paragraph 2 \| States should consult\. \| [0-9a-f]{12}$/);

  const procedure = silenceFor(team).id;
  talks.does("delegation:XAB", {
    kind: "break-silence",
    procedure,
    paragraphs: [talks.text[1]!.id],
    reason: "Too soon.",
  });
  expect(lettersOn(silenceFor(team))).toEqual(["announced", "broken"]);
  expect(letter("broken", team)).toContain("Silence broken by Sylvania on paragraph 2. Reason: Too soon.");
  expect(letter("broken", thePublic)).toContain("Silence broken on paragraph 2.");
});

test("[PUB20] a letter and a certificate keep the whole words of their day, with their footnotes, and not the status of a later one", async () => {
  const long = `States should cooperate${", and consult".repeat(20)}`;
  const talks = aNegotiation(
    p([
      { t: "text", text: long },
      { t: "footnote", id: "n1", text: "A/RES/1." },
    ]),
  );
  const deadline = epochMs(talks.now + 80 * hours);
  const procedure = talks.does("chair", {
    kind: "announce-silence",
    scope: "whole",
    deadline,
    zone: "UTC",
  }) as SilenceId;
  talks.does("chair", { kind: "cancel-silence", procedure, reason: "Too soon." });
  talks.writes(1, "Other words.").circulates();
  talks.does("chair", { kind: "adopt" });
  const exported = { negotiation: talks, viewer: thePublic, ...printableOf(talks, thePublic) };
  const told = letterOn(exported.report.silences[0]!, "announced", exported, voice);
  const whole = `${long}¹\n¹ A/RES/1.`;
  expect(said(told).join()).toContain(whole);
  const letter = toldInMarkdown(printSections(exported, { address: "https://x.example", now: talks.now, voice }, told));
  expect(letter).toContain("Letter of 5 November 2026");
  // As it stood on that day: neither what was circulated later nor who may read it since.
  const now = printSections(
    exported,
    { address: "https://x.example", now: talks.now, voice },
    { label: "", sections: [] },
  );
  expect(now.imprint[0]).toBe("Distr.: General");
  expect(told.imprint?.[0]).toBe("Distr.: Limited");
  expect(told.seq).toBeLessThan(now.seq);
  expect(told.asOf).not.toBe(now.asOf);
  expect(letter).not.toContain("dopted");
  const certificate = (await certificateOf(talks, thePublic, null, procedure))!;
  expect(certificate.paragraphs[0]!.words).toBe(whole);
});

test("[ADO6] every file of an adopted report lists what was corrected since, and its masthead says so", async () => {
  const talks = aNegotiation(p("States should cooperate closly."));
  talks.does("chair", { kind: "issue-version", label: "Final draft" });
  const [adopted] = talks.record.versions as [Version];
  talks.does("chair", { kind: "adopt" });
  expect(printed(talks, "clean", thePublic).sections).toEqual([]);
  talks.does("chair", {
    kind: "editorial-correction",
    paragraph: talks.text[0]!.id,
    wording: talks.wordingOf(1),
    text: "States should cooperate closely.",
    reason: "Spelling.",
  });
  const report = printed(talks, "clean", thePublic);
  const akn = Buffer.from(await toAkn(report, voice)).toString();
  const markdown = toMarkdown(talks.report(thePublic));
  for (const file of [said(report).join("\n"), akn, markdown])
    for (const words of [
      "Was: States should cooperate closly.",
      "Is: States should cooperate closely.",
      "the chair on",
    ])
      expect(file).toContain(words);
  const compared = toRedlineMarkdown(talks.report(thePublic), adopted, {
    text: talks.text,
    numbers: adopted.numbers,
    label: "Today",
  });
  expect(compared).toContain("Is: States should cooperate closely.");
  for (const masthead of [report.asOf, akn, markdown, compared])
    expect(masthead).toContain("with corrections, the last on 5 November");
  const { paragraphs } = readDocx(await toDocx(report, voice));
  expect(JSON.stringify(paragraphs)).toContain("Was: States should cooperate closly.");
  talks.does("chair", { kind: "issue-version", label: "Corr.1" });
  expect(toMarkdown(talks.report(thePublic))).toContain("Corr.1: corrected by the chair on");
});

test("[PUB18] a brief has the delegation's positions and proposals with their fate, what awaits it and what changed", () => {
  const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
  talks.objects("XAA", 1, { reason: "Too early." });
  talks.reserves("XAB", 1, "Not ours to tell.");
  const proposal = talks.does("delegation:XAA", {
    kind: "table-proposal",
    paragraph: talks.text[1]!.id,
    wording: talks.wordingOf(2),
    text: "States shall consult.",
  }) as ProposalId;
  const since = talks.record.seq;
  talks.does("chair", { kind: "dispose-proposal", proposal, fate: "not-taken-up", reason: "No support." });
  talks.writes(1, "States may cooperate.").circulates();
  const code = "XAA" as DelegationCode;
  const viewer: Viewer = { kind: "delegation", code };
  const changed = changedSince(talks, viewer, code, since);
  const brief = briefFor(
    code,
    { changed, rooms: [] },
    { negotiation: talks, viewer, ...printableOf(talks, viewer) },
    voice,
  );
  expect(brief.label).toBe("Brief for Freedonia");
  expect(tableIn(brief)).toEqual([
    [
      "1",
      "Objection",
      "Stands",
      "Stated on earlier words of this paragraph.\nToo early.",
      "Contested",
      "States may cooperate.",
    ],
    ["2", "Freedonia", "other words", "States shall consult.", "Not taken up\nNo support."],
  ]);
  const all = said(brief).join("\n");
  expect(all).toContain("Paragraph 1: the words changed after you objected.");
  expect(all).toContain("Not used: your proposal on paragraph 2 (not taken up).\nReason: No support.");
  expect(all).not.toContain("Not ours to tell");
});

test("[PUB17] [PUB18] letters and briefs are files, for whom they are", async () => {
  const server = await httpServer();
  try {
    const ask = async (path: string, seat?: string): Promise<Response> =>
      fetch(`${server.base}/n/talks/${path}${seat === undefined ? "" : `?seat=${seat}`}`, {
        headers: seat === undefined ? {} : { authorization: `Bearer ${await server.token(seat)}` },
      });
    for (const format of documentFormats) {
      expect((await ask(`brief.${format}`, "delegation:XAA")).status).toBe(200);
      expect((await ask(`brief.${format}`, "adviser:XAA")).status).toBe(200);
      for (const seat of ["chair", "secretariat", "observer", undefined])
        expect((await ask(`brief.${format}`, seat)).status).toBe(422);
      expect((await ask(`status.${format}`)).status).toBe(200);
      expect((await ask(`silence/${"0".repeat(22)}/announced.${format}`)).status).toBe(404);
    }
    expect((await ask("brief.docx?since=nothing", undefined)).status).toBe(422);
    await server.talks.submit(
      { kind: "announce-silence", scope: "whole", deadline: epochMs(Date.now() + 100 * hours), zone: "UTC" },
      { person: "P".repeat(22) as PersonId, name: "Chair", seat: { role: "chair" } },
      "announced",
    );
    const [procedure] = server.talks.record.silences.keys();
    const letter = await ask(`silence/${procedure}/announced.html`);
    expect(letter.headers.get("content-disposition")).toBe('attachment; filename="talks-silence-announced.html"');
    expect(await letter.text()).toContain("Silence procedure announced");
    expect((await ask(`silence/${procedure}/held.html`)).status).toBe(404);
  } finally {
    await server.close();
  }
});
