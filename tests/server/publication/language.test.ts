/** The language that a report is written in: in mastheads, in every file, and on the words of pages (SPEC: REP14). */
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { toAkn } from "../../../server/publication/akn.ts";
import { toDocx } from "../../../server/publication/docx.ts";
import { toMarkdown } from "../../../server/publication/markdown.ts";
import { toOdt } from "../../../server/publication/odt.ts";
import { toPrintedHtml } from "../../../server/publication/printed-html.tsx";
import { toHtml } from "../../../server/publication/html.ts";
import { languageOf } from "../../../shared/domain/languages.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import { faultsOf } from "../../support/akoma-ntoso.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, h, p } from "../../support/negotiations.ts";
import { akomaNtoso } from "../../support/negotiated-texts.ts";
import { printed } from "../../support/printed.ts";

const voice = voiceIn("en");

function inFrench(): ANegotiation {
  const talks = aNegotiation(h("Principes"), p("Les États coopèrent."), p("الدول الأعضاء تتعاون."), p("2030"));
  talks.does("chair", { kind: "set-language", language: "fr" });
  return talks;
}

test("[REP14] words are in the language of the report where their script fits it, else known by their script", () => {
  expect(languageOf("States cooperate.", "en")).toBe("en");
  expect(languageOf("Les États", "fr")).toBe("fr");
  expect(languageOf("الدول", "ar")).toBe("ar");
  expect(languageOf("1. 国家", "zh")).toBe("zh");
  expect(languageOf("государства", "ru")).toBe("ru");
  expect(languageOf("الدول", "en")).toBe("und-Arab");
  expect(languageOf("States", "ar")).toBe("und-Latn");
  expect(languageOf("Κράτη", "en")).toBe("und");
  expect(languageOf("2030", "ru")).toBe("ru");
});

test("[REP14] it is English until the chair says otherwise", () => {
  const talks = aNegotiation(p("States meet."));
  expect(talks.report(thePublic).language).toBe("en");
  talks.does("chair", { kind: "set-language", language: "fr" });
  expect(talks.report(thePublic).language).toBe("fr");
});

describe("[REP14] a report in French says so", () => {
  const talks = inFrench();
  const report = printed(talks, "clean", thePublic);

  test("in its masthead, as Markdown, as a page and in print", () => {
    expect(report.imprint).toContain("Original: French");
    expect(toMarkdown(talks.report(thePublic))).toContain("Original: French");
    const page = toHtml(talks, thePublic);
    expect(page).toContain("Original: French");
    expect(page).toContain('<p class="words" lang="fr">Les États');
    expect(page).toContain('<p class="words" lang="und-Arab">');
    expect(page).toContain('<html lang="en"');
  });

  test("as Akoma Ntoso, valid by its schema where that is at hand", async () => {
    const xml = strFromU8(await toAkn(report, voice));
    expect(xml).toContain('<FRBRlanguage language="fr"/>');
    expect(xml).toContain("/fra@");
    expect(xml.match(/xml:lang="[^"]*"/g)).toEqual(['xml:lang="und-Arab"']);
    if (akomaNtoso !== null) expect(await faultsOf({ french: xml })).toEqual([]);
  });

  test("as Word, OpenDocument and HTML", async () => {
    const part = (bytes: Uint8Array, name: string): string => strFromU8(unzipSync(bytes)[name]!);
    expect(part(await toDocx(report, voice), "word/styles.xml")).toMatch(/<w:lang [^>]*w:val="fr-FR"/);
    const odt = await toOdt(report, voice);
    expect(part(odt, "meta.xml")).toContain("<dc:language>fr</dc:language>");
    expect(part(odt, "styles.xml")).toContain('fo:language="fr" fo:country="FR"');
    expect(strFromU8(await toPrintedHtml(report, voice))).toContain('lang="fr"');
  });
});
