/**
 * What the report is written as, opened by LibreOffice (SPEC: PUB): Word and OpenDocument in Writer, PDF in Draw. Each is saved as PDF again, and the
 * first words of its text are looked for there. Where LibreOffice is at hand: `LIBREOFFICE=soffice`.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { toDocx } from "../../../server/publication/docx.ts";
import { toOdt } from "../../../server/publication/odt.ts";
import { Typesetter } from "../../../server/publication/pdf.ts";
import type { PrintedReport } from "../../../server/publication/printed-report.ts";
import { modes, print } from "../../../server/publication/printed-report.ts";
import { numbersToday } from "../../../shared/domain/held-numbers.ts";
import { importText } from "../../../shared/domain/import-text.ts";
import { composeReport } from "../../../shared/domain/report.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import { libreOffice } from "../../support/libreoffice.ts";
import type { Sketch } from "../../support/negotiations.ts";
import { aNegotiation, h, idOf, p } from "../../support/negotiations.ts";
import { bracketedDrafts, declarationInArabic } from "../../support/negotiated-texts.ts";
import { printed } from "../../support/printed.ts";
import { demo, record } from "../demo/support.ts";

const voice = voiceIn("en");
const run = promisify(execFile);

/** By name, what is printed. */
function reports(): ReadonlyMap<string, PrintedReport> {
  const all = new Map<string, PrintedReport>();
  const { numbers } = numbersToday(record, demo.text);
  const report = composeReport(record, demo.text, { kind: "team" });
  const text = { text: demo.text, numbers, label: "Today" };
  const what = { report, text, version: null, against: null, only: undefined };
  const how = { address: "https://drafting.example.org/n/demo", now: record.at, voice };
  for (const mode of modes) all.set(`demo-${mode}`, print(what, { ...how, mode }));
  const [paris] = bracketedDrafts;
  let count = 0;
  const sketches = paris
    ? importText(paris.markdown, "markdown", () => idOf(++count)).text.map(
        ({ kind, level, part, content }): Sketch => ({ kind, level, part, content }),
      )
    : [];
  if (sketches.length > 0) all.set("paris", printed(aNegotiation(...sketches), "clean"));
  if (declarationInArabic.length > 0)
    all.set(
      "arabic",
      printed(aNegotiation(...declarationInArabic.map((words, at) => (at % 10 === 0 ? h(words) : p(words)))), "clean"),
    );
  return all;
}

/** Opens each and saves it as PDF. @returns the words of each that came of it, by its name */
async function reopened(program: string, files: ReadonlyMap<string, Uint8Array>): Promise<ReadonlyMap<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "rapporteur-opened-"));
  try {
    const out = join(folder, "out");
    await mkdir(out);
    for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const those = [...files.keys()].map((name) => join(folder, name));
    await run(program, [profile, "--headless", "--convert-to", "pdf", "--outdir", out, ...those], { timeout: 550_000 });
    const words = new Map<string, string>();
    for (const name of await readdir(out)) {
      const { stdout } = await run("pdftotext", [join(out, name), "-"], { maxBuffer: 64 * 1024 * 1024 });
      words.set(name.replace(/\.pdf$/, ""), stdout.replace(/\s+/g, " "));
    }
    return words;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const sought = [voice.say("publication.part.consensus"), "Distr.: Restricted"];

test("what is looked for in LibreOffice stands in each report that it is given", async () => {
  for (const [name, report] of reports()) {
    const written = strFromU8(unzipSync(await toDocx(report, voice))["word/document.xml"]!);
    for (const words of sought) expect(written.replace(/<[^>]*>/g, ""), name).toContain(words);
  }
});

if (libreOffice !== null) {
  const program = libreOffice;
  describe("LibreOffice opens", { timeout: 600_000 }, () => {
    test.each([
      ["Word", toDocx],
      ["OpenDocument", toOdt],
      ["PDF", async (report) => (await Typesetter.start([])).toPdf(report, voice)],
    ] as const satisfies readonly (readonly [
      string,
      (report: PrintedReport, of: typeof voice) => Promise<Uint8Array>,
    ])[])("[PUB9] the demo in each mode, a real draft and an Arabic text as %s", async (kind, write) => {
      const extension = { Word: "docx", OpenDocument: "odt", PDF: "pdf" }[kind];
      const printedReports = reports();
      const files = new Map<string, Uint8Array>();
      for (const [name, report] of printedReports) files.set(`${name}.${extension}`, await write(report, voice));
      const words = await reopened(program, files);
      expect([...words.keys()].toSorted()).toEqual([...printedReports.keys()].toSorted());
      for (const [name, said] of words) {
        for (const sign of sought) expect(said, name).toContain(sign);
      }
    });
  });
}
