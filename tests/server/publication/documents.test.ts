/** Documents about the report: tables that say how its paragraphs stand and where they come from (SPEC: PUB11, PUB12). */
import { expect, test } from "vitest";
import { toDocx } from "../../../server/publication/docx.ts";
import type { Told } from "../../../server/publication/formats.ts";
import { printSections } from "../../../server/publication/printed-report.ts";
import { lineageTable } from "../../../server/publication/lineage.ts";
import { statusTable } from "../../../server/publication/status-table.ts";
import { lineageAsked } from "../../../server/http/routes/lineage.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, h, p } from "../../support/negotiations.ts";
import { printableOf } from "../../support/printed.ts";
import { readDocx } from "../../support/read-docx.ts";

const voice = voiceIn("en");
const team: Viewer = { kind: "team" };

const tableIn = ({ sections }: Told): readonly (readonly string[])[] =>
  sections.flatMap(({ items }) => items.flatMap((item) => (item.t === "table" ? item.rows : [])));

const status = (talks: ANegotiation, viewer: Viewer): Told => statusTable(printableOf(talks, viewer), voice);

test("[PUB11] each paragraph of the consensus text has one row: status, what is stated and by whom, what is pending", () => {
  const talks = aNegotiation(h("Norms"), p("States should cooperate."), p("States should [consult]."), p("Agreed."));
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
    ["1", "Contested", "1 objects: Freedonia\n1 reserves: Sylvania", "", "States should cooperate."],
    ["2", "Contested", "1 supports: Osterlich", "a proposal awaits its fate", "States should [consult]."],
    ["3", "Agreed", "", "", "Agreed."],
  ]);
  const [first] = tableIn(status(talks, thePublic));
  expect(first).toEqual(["1", "Contested", "1 objects\n1 reserves", "", "States should cooperate."]);
});

test("[PUB12] the lineage is a table: new, old, contributors, acts and words", () => {
  const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
  talks.does("chair", { kind: "issue-version" });
  talks.writes(1, "States shall cooperate.").moves(2, "chair-summary", "not agreed yet").circulates();
  const { rows, between } = lineageAsked(talks, thePublic, { from: "zero-draft" });
  const told = lineageTable(rows, between);
  expect(told.sections[0]?.items[0]).toMatchObject({ text: "Latest text, and what it came of in Zero draft." });
  expect(tableIn(told)).toEqual([
    ["1", "1", "the chair’s team", "unchanged", "States shall cooperate."],
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
  const printed = printSections(
    what,
    { address: "https://drafting.example.org/n/working-group", now: talks.now, voice },
    statusTable(what, voice),
  );
  const { files, paragraphs } = readDocx(await toDocx(printed, voice));
  expect(files["word/document.xml"]).toContain("<w:tblHeader/>");
  const said = paragraphs.map(({ lead }) => lead);
  expect(said).toContain("1 objects: Freedonia");
  expect(said.slice(0, 5).join("\n")).toContain("Status of paragraphs");
  expect(files["word/footer1.xml"]).toContain("Not adopted");
});
