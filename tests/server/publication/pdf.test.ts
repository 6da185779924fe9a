/** The report as PDF (SPEC: PUB). */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { Fonts } from "../../../server/publication/fonts.ts";
import { Typesetter } from "../../../server/publication/pdf.ts";
import type { PrintedReport } from "../../../server/publication/printed-report.ts";
import { printSections } from "../../../server/publication/printed-report.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { EpochMs } from "../../../shared/domain/values.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import { bigReport } from "../../support/big-report.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, h, idOf, markedWords, p, s } from "../../support/negotiations.ts";
import { printableOf, printed } from "../../support/printed.ts";
import { chance } from "../../support/random.ts";
import type { ReadPdf } from "../../support/read-pdf.ts";
import { readPdf } from "../../support/read-pdf.ts";

const voice = voiceIn("en");
let typesetter: Typesetter;
beforeAll(async () => {
  typesetter = await Typesetter.start([]);
});

const set = async (report: PrintedReport): Promise<ReadPdf> => readPdf(await typesetter.toPdf(report, voice));
const pdf = (...given: Parameters<typeof printed>): Promise<ReadPdf> => set(printed(...given));
const wordsOf = ({ pages }: ReadPdf): string => pages.map(({ words }) => words).join(" ");
const proposes = (talks: ANegotiation, code: string, index: number, more: object): string =>
  talks.does(`delegation:${code}`, {
    kind: "table-proposal",
    paragraph: idOf(index),
    wording: talks.wordingOf(index),
    ...more,
  })!;

const words = "States should cooperate and share what they learn.";

test("[PUB2] every page says whether it is adopted, which state it is, where it is read, and which page it is", async () => {
  const { pages } = await pdf(aNegotiation(...bigReport(30)), "clean");
  expect(pages.length).toBeGreaterThan(1);
  pages.forEach(({ beside }, index) => {
    const said = beside.join(" ").replaceAll("- ", "-");
    expect(said).toContain("Not adopted. As circulated on 5 November 2026");
    expect(said).toContain("https://drafting.example.org/n/working-group");
    expect(said).toContain(`${index + 1}/${pages.length}`);
    if (index > 0) expect(said).toContain("Draft report of the working group");
  });
});

test("[PUB15] a screen reader is told title, language, headings and footnotes, and finds its way by bookmarks", async () => {
  const talks = aNegotiation(
    h("Norms"),
    p([
      { t: "text", text: "States agree" },
      { t: "footnote", id: "f1", text: "See A/75/816." },
    ]),
    s("Some spoke."),
  );
  const read = await pdf(talks, "clean");
  expect(read).toMatchObject({ title: "Draft report of the working group", language: "en", isTagged: true });
  expect(read.bookmarks.slice(0, 2)).toEqual(["Part one. Consensus text", "Norms"]);
  for (const role of ["Title", "H1", "H2", "P", "Note"]) expect([...read.roles]).toContain(role);
  expect(wordsOf(read)).toContain("1 See A/75/816.");
});

test("[PUB15] lines are numbered on each page anew, beside the text and not in it", async () => {
  const { pages } = await pdf(aNegotiation(...bigReport(30)), "clean");
  for (const { beside } of pages) {
    const numbers = beside.filter((said) => /^\d+$/.test(said)).map(Number);
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  }
});

test("[PUB3] [PUB4] clean, it has the words with their numbers, footnotes and references, and both parts say what they are", async () => {
  const talks = aNegotiation(
    p(markedWords(idOf(2), " [and decide].")),
    p("States take note."),
    p("through contact points;", 1),
    s("Some spoke."),
  );
  proposes(talks, "XAA", 2, { text: "States welcome." });
  const said = wordsOf(await pdf(talks, "clean"));
  expect(said).toContain("1. As in 2, States agree 1 [and decide]. 2. States take note. (a) through contact points;");
  expect(said).toContain("Part one. Consensus text This part is negotiated word by word.");
  expect(said).toMatch(/Part two. Chair's summary This part is issued under the responsibility .* 1. Some spoke\./);
  expect(said).not.toContain("welcome.");
});

test("[PUB5] [PUB6] in review each change bears its author's name, and each position stands under its paragraph, with its words marked", async () => {
  const talks = aNegotiation(p(words), p("States should consult."));
  proposes(talks, "XAA", 1, { text: "States shall cooperate and share what they learn." });
  talks.objects("XAB", 1, { reason: "Too early.", span: talks.spanOf(1, "share what") });
  talks.reserves("XAC", 2, "Awaiting the capital.");
  const said = wordsOf(await pdf(talks, "review"));
  expect(said).toContain("States shouldshall ‹Freedonia› cooperate and share what a they learn.");
  expect(said).toContain("a Sylvania: Objection Too early.");
  expect(said).toContain("Osterlich: Reservation Awaiting the capital.");
});

test("[PUB6] those who say the same of a paragraph stand together", async () => {
  const talks = aNegotiation(p(words));
  for (const code of ["XAA", "XAB"]) talks.supports(code, 1);
  talks.reserves("XAC", 1);
  const said = wordsOf(await pdf(talks, "review"));
  expect(said).toContain("Freedonia and Sylvania: Support Osterlich: Reservation");
  expect(wordsOf(await pdf(talks, "review", thePublic))).toContain("A delegation (2): Support");
});

test("[PUB7] a compilation has every proposal under its paragraph, and the annex those of the annex", async () => {
  const talks = aNegotiation(p(words), p("States should consult."));
  const first = proposes(talks, "XAA", 1, { text: "States shall cooperate.", reason: "Stronger." });
  talks.does("chair", {
    kind: "dispose-proposal",
    proposal: first,
    fate: "not-taken-up",
    reason: "No support.",
  } as never);
  const said = wordsOf(await pdf(talks, "compilation"));
  expect(said).toMatch(
    /Proposals on paragraph 1 Freedonia: other words .* Reason: Stronger\. Not taken up: No support\. 2\. States should consult\./,
  );
  expect(said).toMatch(/Annex to the chair's summary .* Freedonia: other words/);
});

test("[PUB8] against a version, it says what is compared, and what went", async () => {
  const talks = aNegotiation(p(words), p("States should consult."));
  talks.does("chair", { kind: "issue-version" });
  talks.writes(1, "States shall cooperate and share what they learn.").removes(2).circulates();
  const said = wordsOf(await pdf(talks, "review", { kind: "team" }, talks.record.versions[0]));
  expect(said).toContain("Today compared with Zero draft");
  // All changes are the chair's: no name after each.
  expect(said).toContain("States shouldshall cooperate");
  expect(said).toContain("[2 deleted]");
});

test("[PUB1] what a viewer may not know is in no part of the file", async () => {
  const talks = aNegotiation(p(words));
  talks.objects("XAA", 1, { reason: "canary-of-the-reason" });
  proposes(talks, "XAA", 1, { text: "States shall cooperate canarily.", reason: "canary-of-the-proposal" });
  for (const mode of ["clean", "review", "compilation"] as const) {
    const read = await pdf(talks, mode, thePublic);
    expect(wordsOf(read) + read.whole).not.toMatch(/canar|Freedonia/);
  }
  expect(wordsOf(await pdf(talks, "review"))).toContain("canary-of-the-reason");
});

test("[PUB9] text is never read as markup, whatever stands in it", async () => {
  const told = '#panic("x") #read("/etc/passwd") *a* _b_ $c$ @d <e> `f` = g // h \\ i ~ --- #[j] {k} "l" U+0041';
  const talks = aNegotiation(h(told), p(told), p(`= ${told}`));
  talks.objects("XAA", 2, { reason: told });
  const said = wordsOf(await pdf(talks, "review"));
  expect(said).toContain(`${told} 1. ${told} Freedonia: Objection ${told} 2. = ${told}`);
});

test("[PUB9] whatever characters it is made of, it becomes a file", async () => {
  const seed = Number(process.env["SEED"] ?? 9);
  const random = chance(seed);
  const letters = [
    "a",
    "#",
    "\\",
    '"',
    "\u0000",
    "\u0007",
    "\uFFFE",
    "\uD800",
    "\u200F",
    "é",
    "\t",
    "🕊",
    "ع",
    "\uE000",
  ];
  for (let round = 0; round < 20; round++) {
    const text = `x${Array.from({ length: 1 + random.below(30) }, () => letters[random.below(letters.length)]).join("")}y`;
    const { pages } = await pdf(aNegotiation(p(text)), "clean");
    expect(pages.length, `seed ${seed}, round ${round}`).toBe(1);
  }
});

test("[PUB9] what no font draws stands as its number in a frame, and the first page says so", async () => {
  const said = wordsOf(await pdf(aNegotiation(p("Peace 🕊 and 和平.")), "clean"));
  expect(said).toContain("3 characters of this report could not be drawn");
  expect(said).toContain("1. Peace U+1F54A and U+548C U+5E73.");
  expect(wordsOf(await pdf(aNegotiation(p(words)), "clean"))).not.toContain("could not be drawn");
});

test("[PUB4] Greek, Cyrillic, Hebrew and Arabic have their letters, and all words of the look as well", async () => {
  const talks = aNegotiation(p("Ειρήνη, мир, שלום"), p("ينبغي للدول أن تتعاون."));
  talks.objects("XAA", 1, { reason: "“Qu’est-ce que c’est ?” – ‹…›", span: talks.spanOf(1, "мир") });
  const said = wordsOf(await pdf(talks, "review"));
  expect(said).toContain("Ειρήνη, мир");
  expect(said).not.toMatch(/\u{FFFD}|U\+|could not be drawn/u);
});

if (existsSync("/usr/bin/pdftotext"))
  test("[PUB15] Arabic is copied and searched as it is read", async () => {
    const sentences = [
      "يولد جميع الناس أحرار متساوين في الكرامة والحقوق، ولهم الحرية",
      "لكل إنسان حق التمتع بكافة الحقوق والحريات",
    ];
    const folder = mkdtempSync(join(tmpdir(), "arabic-"));
    const file = join(folder, "arabic.pdf");
    writeFileSync(
      file,
      await typesetter.toPdf(printed(aNegotiation(...sentences.map((one) => p(one))), "clean"), voice),
    );
    const said = execFileSync("pdftotext", [file, "-"], { encoding: "utf8" }).replace(/\p{Bidi_Control}/gu, "");
    rmSync(folder, { recursive: true });
    for (const sentence of sentences) for (const phrase of sentence.split("، ")) expect(said).toContain(phrase);
  });

test("a document of tables is set with its heads and all its cells", async () => {
  const table = {
    t: "table",
    columns: ["Number", "Words"].map((title) => ({ title, width: 1 })),
    rows: Array.from({ length: 60 }, (_, index) => [`${index + 1}`, `*Cell* ${index + 1}\nand more`]),
  } as const;
  const how = { address: "https://drafting.example.org", now: 0 as EpochMs, voice };
  const sections = [{ title: "Status", items: [{ t: "words", text: "So it stands." } as const, table] }];
  const { pages } = await set(
    printSections(printableOf(aNegotiation(p(words)), thePublic), how, { label: "Status", sections }),
  );
  const said = pages.map(({ words: page }) => page).join(" ");
  expect(said).toContain("Status So it stands.");
  for (let row = 1; row <= 60; row++) expect(said).toContain(`${row}*Cell* ${row} and more`);
  for (const { beside } of pages.slice(1)) expect(beside.join(" ")).toContain("Number Words");
});

test("of fonts beside ours, those are taken that draw what is left: serifs first, then Chinese as the UN writes it", () => {
  const han = [0x4e00, 0x5000];
  const faces = (...names: string[]) => ({ info: names.map((family) => ({ family, coverage: han })) });
  const path = createRequire(import.meta.url).resolve("@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf");
  const read: number[] = [];
  const others = ["Some Sans CJK SC", "Some Serif CJK JP", "Some Serif CJK SC"];
  const fonts = new Fonts([path], (bytes) => {
    read.push(bytes.length);
    return read.length <= 8 ? { info: [{ family: "Ours", coverage: [0, 0x400] }] } : faces(...others);
  });
  expect(fonts.choose(new Set("abc"))).toMatchObject({ families: ["Ours"], missing: new Set() });
  expect(read.length).toBe(8);
  const { families, missing } = fonts.choose(new Set("a和平🕊"));
  expect(families).toEqual(["Ours", "Some Serif CJK SC"]);
  expect([...missing]).toEqual(["🕊"]);
  expect(read.at(-1)).toBe(readFileSync(path).length);
});

test("[PUB10] a report of 300 paragraphs is set in less than a hundred seconds, and stays small", async () => {
  const report = printed(aNegotiation(...bigReport(300)), "clean");
  const began = performance.now();
  const bytes = await typesetter.toPdf(report, voice);
  expect(performance.now() - began).toBeLessThan(100_000);
  expect(bytes.length).toBeLessThan(1_000_000);
});
