/** Files that harm whoever opens them, and files that tell more than they show (security.md §1.3: E2, E6; SPEC: PUB). `FUZZ=n` puts more of them in PDF. */
import { strFromU8 } from "fflate";
import { expect, test } from "vitest";
import { toAkn } from "../../server/publication/akn.ts";
import { commentsAsCsv, positionsAsCsv } from "../../server/publication/csv.ts";
import { toDocx } from "../../server/publication/docx.ts";
import { toJson } from "../../server/publication/json.ts";
import { toMarkdown } from "../../server/publication/markdown.ts";
import { toOdt } from "../../server/publication/odt.ts";
import { Typesetter } from "../../server/publication/pdf.ts";
import { toPrintedHtml } from "../../server/publication/printed-html.tsx";
import { print } from "../../server/publication/printed-report.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { thePublic } from "../../shared/domain/roster.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { aNegotiation, idOf, p } from "../support/negotiations.ts";
import { printableOf, printed } from "../support/printed.ts";
import { breakingLetters, keptLetters } from "../support/breaking-letters.ts";
import { chance } from "../support/random.ts";
import { accepting, readDocx } from "../support/read-docx.ts";
import { readOdt } from "../support/read-odt.ts";
import { readPdf } from "../support/read-pdf.ts";

const voice = voiceIn("en");
const times = Number(process.env["FUZZ"] ?? 1);
const typesetter = await Typesetter.start([]);

test("[E2] 1,000 strings of what breaks files come back letter by letter from Word and OpenDocument, and PDF is made of a hundred", async () => {
  const seed = Number(process.env["SEED"] ?? 2);
  const random = chance(seed);
  const texts = Array.from({ length: 1_000 }, (_, index) => `x${index}${breakingLetters(random, 20)}y`);
  const report = printed(aNegotiation(...texts.map((text) => p(text))), "clean");
  const kept = texts.map(keptLetters);
  for (const { paragraphs } of [readDocx(await toDocx(report, voice)), readOdt(await toOdt(report, voice))]) {
    const found = new Map(paragraphs.map((paragraph) => [paragraph.anchor?.slice(5, 27), paragraph]));
    for (const [index, text] of kept.entries())
      expect(
        accepting(found.get(idOf(index + 1))!, () => true),
        `seed ${seed}`,
      ).toBe(text);
  }
  const some = texts.slice(0, 100 * times);
  const drawn = printed(aNegotiation(...some.map((text) => p(text))), "clean");
  const { pages } = readPdf(await typesetter.toPdf(drawn, voice));
  const said = pages.map(({ words }) => words).join(" ");
  for (const index of some.keys()) expect(said).toContain(`x${index}`);
});

test("[E6] files for those who may not know tell no name, no reason and no draft, in no part of them", async () => {
  const talks = aNegotiation(p("States should cooperate."), p("States should consult."));
  talks.objects("XAA", 1, { reason: "canary reason" });
  const tabled = {
    kind: "table-proposal",
    paragraph: idOf(2),
    wording: talks.wordingOf(2),
    text: "A canary proposal.",
  };
  talks.does("delegation:XAA", tabled as never);
  // Written, and not circulated.
  talks.writes(2, "States should consult on the canary.");
  const told = new Map<string, string>();
  for (const viewer of [thePublic, { kind: "delegation", code: "XAB" as DelegationCode }] satisfies Viewer[]) {
    const { report, ...rest } = printableOf(talks, viewer);
    const parts = [undefined, "consensus", "chair-summary"] as const;
    const tell = (what: string, file: string): void => void told.set(`${viewer.kind} ${what}`, file);
    for (const mode of ["clean", "review", "compilation"] as const)
      for (const only of parts) {
        const how = { mode, address: "https://drafting.example.org/n/talks", now: talks.now, voice };
        const file = print({ ...rest, report, only }, how);
        const name = `${mode} ${only}`;
        tell(`docx ${name}`, Object.values(readDocx(await toDocx(file, voice)).files).join("\n"));
        tell(`odt ${name}`, Object.values(readOdt(await toOdt(file, voice)).files).join("\n"));
        tell(`xml ${name}`, strFromU8(await toAkn(file, voice)));
        tell(`html ${name}`, strFromU8(await toPrintedHtml(file, voice)));
        if (only !== undefined) continue; // The same letters, slower.
        const { whole, pages } = readPdf(await typesetter.toPdf(file, voice));
        tell(`pdf ${name}`, whole + pages.map(({ words }) => words).join(" "));
      }
    for (const only of parts) {
      tell(`csv ${only}`, positionsAsCsv(report, only));
      tell(`comments ${only}`, commentsAsCsv(report, only));
      tell(`md ${only}`, toMarkdown(report, only));
      tell(`json ${only}`, toJson(report, only, { record: talks.frame(viewer, 0).events }));
    }
  }
  expect(told.size).toBeGreaterThanOrEqual(50);
  for (const [name, file] of told) {
    expect(file, name).not.toContain("on the canary");
    if (!name.startsWith("public")) continue;
    // Who takes part is everybody's to know, and stands in the record that JSON brings along.
    expect(file, name).not.toMatch(name.includes(" json ") ? /canary/ : /canary|Freedonia/);
  }
});

test("[E6] files say of themselves what they are, and neither who wrote them nor on which machine", async () => {
  const report = printed(aNegotiation(p("States should cooperate.")), "clean");
  const docx = readDocx(await toDocx(report, voice)).files;
  expect(docx["docProps/core.xml"]).toMatch(/<dc:creator>Rapporteur</);
  const { whole } = readPdf(await typesetter.toPdf(report, voice));
  expect(whole).not.toMatch(/\/(Author|CreationDate|ModDate|Producer) /);
  for (const file of [JSON.stringify(docx), whole]) expect(file).not.toContain(process.cwd());
});
