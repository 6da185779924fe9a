/** References and footnotes in every page and file that the server makes: each is read as its number, never as a sign of the machine (SPEC: NUM11). */
import { afterEach, expect, test } from "vitest";
import { changedSince } from "../../../server/http/pages/changes.ts";
import { briefFor } from "../../../server/publication/brief.ts";
import { commentsAsCsv, positionsAsCsv } from "../../../server/publication/csv.ts";
import { toDocx } from "../../../server/publication/docx.ts";
import { differencesAsJson, toJson } from "../../../server/publication/json.ts";
import { toMarkdown } from "../../../server/publication/markdown.ts";
import { letterOn } from "../../../server/publication/letters.ts";
import { modes, printSections } from "../../../server/publication/printed-report.ts";
import { certificateOf } from "../../../server/http/pages/certificate.tsx";
import { lineageAsCsv, lineageTable } from "../../../server/publication/lineage.ts";
import { newsFor } from "../../../server/publication/news.ts";
import { lineageAsked } from "../../../server/http/routes/lineage.ts";
import { statusTable } from "../../../server/publication/status-table.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import type { Inline } from "../../../shared/domain/text.ts";
import type { DelegationCode, ProposalId, SilenceId } from "../../../shared/domain/values.ts";
import { epochMs } from "../../../shared/domain/values.ts";
import { differencesOf } from "../../../shared/domain/versions.ts";
import { canonicalText } from "../../../shared/domain/wording.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, h, idOf, p, s } from "../../support/negotiations.ts";
import type { Site } from "../../support/pages-site.ts";
import { aSite } from "../../support/pages-site.ts";
import { printableOf, printed } from "../../support/printed.ts";
import { readDocx } from "../../support/read-docx.ts";

let site: Site | null = null;
afterEach(async () => {
  await site?.stop();
  site = null;
});

const voice = voiceIn("en");
const code = "XAA" as DelegationCode;
const viewer: Viewer = { kind: "delegation", code };

const hours = 3_600_000;
const words = (text: string): Inline => ({ t: "text", text });
const referring = (end: string): readonly Inline[] => [
  words("States act in accordance with paragraphs "),
  { t: "ref", to: idOf(2) },
  words(" to "),
  { t: "ref", to: idOf(3) },
  words(end),
  { t: "footnote", id: "n1", text: "A/RES/1" },
];
const read = "in accordance with paragraphs 1 to 2";

/** A paragraph that refers to others: objected to in those very words, proposed on, written anew and issued. */
function referred(): ANegotiation {
  const talks = aNegotiation(
    h("Norms"),
    p("States should cooperate."),
    p("States should consult."),
    p(referring(" of this report.")),
    s(referring(", some said.")),
  );
  talks.does("chair", { kind: "issue-version", label: "Zero draft" });
  const stated = canonicalText(talks.text[3]!.content);
  const quote = stated.slice(stated.indexOf("paragraphs"), stated.indexOf(" of this"));
  const from = stated.indexOf(quote);
  talks.objects("XAA", 4, { reason: "Too wide.", span: { from, to: from + quote.length, quote } });
  const on = { paragraph: idOf(4), wording: talks.wordingOf(4) };
  const proposal = talks.does("delegation:XAA", {
    kind: "table-proposal",
    ...on,
    content: referring(" of the report."),
  }) as ProposalId;
  talks.does("chair", { kind: "dispose-proposal", proposal, fate: "not-taken-up", reason: "No support." });
  talks.writes(4, referring(" of this very report.")).circulates();
  const covers = differencesOf(talks.record, talks.text).filter(({ open }) => open.length > 0);
  const reason = "Clearer.";
  talks.does("chair", {
    kind: "issue-version",
    label: "Rev.1",
    covers: covers.map(({ id }) => ({ paragraph: id, reason })),
  });
  return talks;
}

/** Bridging text is put back, made of two proposals that refer to others, while an objection stands on words that were written anew. */
function bridged(): ANegotiation {
  const talks = referred();
  const on = { paragraph: idOf(4), wording: talks.wordingOf(4) };
  const proposals = [" of this whole report.", " of this very report and others."].map(
    (end, index) =>
      talks.does(`delegation:${["XAA", "XAB"][index]}`, {
        kind: "table-proposal",
        ...on,
        content: referring(end),
      }) as ProposalId,
  );
  const content = referring(" of this whole report and others.");
  talks.does("chair", { kind: "put-bridging", ...on, proposals, content });
  return talks;
}

/** Passed over in silence that was broken once, an alternative of it left to the annex, and adopted. */
function adopted(): ANegotiation {
  const talks = referred();
  const [objection] = [...talks.record.positions.keys()];
  talks.withdraws("XAA", objection!);
  talks.does("chair", { kind: "group-alternatives", paragraphs: [idOf(3), idOf(4)] });
  talks.does("chair", { kind: "choose-alternative", paragraph: idOf(3), others: "annex", reason: "Shorter." });
  talks.writes(2, referring(", all the same.")).circulates();
  const deadline = epochMs(talks.now + 80 * hours);
  const procedure = talks.does("chair", {
    kind: "announce-silence",
    scope: "whole",
    deadline,
    zone: "UTC",
  }) as SilenceId;
  talks.settles(procedure);
  talks.does("chair", { kind: "adopt" });
  return talks;
}

/** What no reader should meet. */
const isOfTheMachine = (text: string): boolean => /\uFFFC|\u27E6|\u27E7|paragraphs {2}to|paragraphs to/u.test(text);

test("[NUM11] status table, brief, positions and lineage have the numbers that a paragraph refers to", () => {
  const talks = referred();
  const printable = printableOf(talks, viewer);
  const changed = changedSince(talks, viewer, code, 0);
  const { rows, between } = lineageAsked(talks, viewer, {});
  const files = [
    JSON.stringify(statusTable(printable, voice)),
    JSON.stringify(briefFor(code, { changed, rooms: [] }, { negotiation: talks, viewer, ...printable }, voice)),
    positionsAsCsv(printable.report),
    lineageAsCsv(rows, between.to),
    JSON.stringify(lineageTable(rows, between)),
  ];
  for (const file of files) {
    expect(isOfTheMachine(file), file).toBe(false);
    expect(file).toContain(read);
  }
});

test("[NUM11] the feed tells no sign of the machine", () => {
  for (const reader of [viewer, thePublic]) {
    expect(isOfTheMachine(JSON.stringify(newsFor(referred(), reader, voice)))).toBe(false);
  }
});

test.each(["", "delegation:XAA", "chair"])(
  "[NUM11] every page has the numbers that a paragraph refers to, as %j",
  async (seat) => {
    site = await aSite([referred()], seat ? { seats: [seat] } : {});
    const asked = [
      "",
      "/record",
      "/lineage",
      `/p/${idOf(4)}`,
      `/p/${idOf(5)}`,
      `/p/${idOf(4)}/embed`,
      "/v/zero-draft",
      "/v/rev-1",
      "/v/rev-1?against=zero-draft",
      "/v/rev-1?beside=zero-draft",
      "?against=zero-draft",
      "/overview",
      ...(seat === "delegation:XAA" ? [`/desk/${seat}/light`] : []),
    ];
    for (const path of asked) {
      const answer = await fetch(`${site.base}/n/working-group${path}`);
      expect(answer.status, path).toBe(200);
      const page = (await answer.text()).replace(/<[^>]*>/g, "");
      const found = /.{60}(?:\uFFFC|\u27E6|\u27E7|paragraphs {2}to|paragraphs to|paragraphs [*…→] ).{0,40}/u.exec(page);
      expect.soft(found?.[0], path).toBeUndefined();
    }
  },
);

test("[NUM11] files in every mode, letters and certificates have the numbers, of an adopted report too", async () => {
  for (const [talks, reader] of [
    [bridged(), viewer],
    [bridged(), { kind: "team" }],
    [adopted(), thePublic],
  ] as const) {
    const printable = printableOf(talks, reader);
    const how = { address: "https://x.example", now: talks.now, voice };
    const exported = { negotiation: talks, viewer: reader, ...printable };
    const [silence] = printable.report.silences;
    const told = silence ? [printSections(exported, how, letterOn(silence, "announced", exported, voice))] : [];
    const certificate = silence && (await certificateOf(talks, reader, null, silence.id));
    const documents = [...modes.map((mode) => printed(talks, mode, reader)), ...told];
    const words = await Promise.all(
      documents.map(async (one) => {
        const { files } = readDocx(await toDocx(one, voice));
        return `${files["word/document.xml"]}${files["word/comments.xml"] ?? ""}`.replace(/<[^>]*>/g, "");
      }),
    );
    const files = [
      JSON.stringify(documents),
      JSON.stringify(certificate ?? null),
      ...words,
      commentsAsCsv(printable.report),
      toMarkdown(printable.report),
    ];
    for (const file of files) expect(isOfTheMachine(file), file).toBe(false);
    expect(files.join()).toContain(read);
  }
});

test("[NUM11] in JSON the words stand beside their letters as they are read", () => {
  const talks = bridged();
  const { report } = printableOf(talks, viewer);
  const file = JSON.parse(toJson(report)) as ReturnType<typeof printableOf>["report"];
  const paragraph = file.parts.consensus.find(({ id }) => id === idOf(4))!;
  expect(paragraph).toMatchObject({ reads: expect.stringContaining(`${read} of this very report`) });
  expect(paragraph.bridging[0]).toMatchObject({ reads: expect.stringContaining(read) });
  const [zero, rev] = talks.record.versions;
  expect(isOfTheMachine(JSON.stringify(differencesAsJson(zero!, rev!)))).toBe(false);
});

test.each([
  ["", adopted],
  ["delegation:XAA", bridged],
  ["delegation:XAB", bridged],
])("[NUM11] pages tell bridging text, stale quotes and the annex with the numbers, as %j", async (seat, told) => {
  site = await aSite([told()], seat ? { seats: [seat] } : {});
  for (const path of ["", "/record", ...(seat ? [`/desk/${seat}/light`] : [])]) {
    const answer = await fetch(`${site.base}/n/working-group${path}`);
    expect(answer.status, path).toBe(200);
    const page = (await answer.text()).replace(/<[^>]*>/g, "");
    const found = /.{60}(?:\uFFFC|\u27E6|\u27E7|paragraphs {2}to|paragraphs to|paragraphs [*…→] ).{0,40}/u.exec(page);
    expect.soft(found?.[0], path).toBeUndefined();
    if (path !== "/record") expect(page).toContain(read);
  }
});
