/** Files that people bring, as the text that is imported. Read without the process that reads them, which takes its time to start. */
import { strToU8 } from "fflate";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textOf } from "../../../server/intake/text-of.ts";
import { toDocx } from "../../../server/publication/docx.ts";
import { toOdt } from "../../../server/publication/odt.ts";
import { readWords } from "../../../server/reading/read-words.ts";
import { readText } from "../../../server/reading/read-text.ts";
import { readingLimits } from "../../../server/reading/reading-limits.ts";
import { importText } from "../../../shared/domain/import-text.ts";
import { numberText, partOf } from "../../../shared/domain/numbering.ts";
import type { Text } from "../../../shared/domain/text.ts";
import { flatText } from "../../../shared/domain/text.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { parts } from "../../../shared/domain/values.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import type { TextRead, TrackedChoice } from "../../../shared/wire/intake.ts";
import { bigReport } from "../../support/big-report.ts";
import { aNegotiation, idOf } from "../../support/negotiations.ts";
import { bracketedDrafts, negotiatedFiles } from "../../support/negotiated-texts.ts";
import { aDocx, anOdt } from "../../support/office-file.ts";
import { printed } from "../../support/printed.ts";
import { aText, carried } from "../../support/random-report.ts";

const read = (bytes: Uint8Array, name = "", changes: TrackedChoice | null = null): TextRead =>
  textOf(readWords(bytes) ?? readText(bytes, readingLimits), name, changes);

function newIds(): () => ParagraphId {
  let count = 0;
  return () => `n${++count}` as ParagraphId;
}

const imported = ({ text, format }: TextRead): Text =>
  importText(text ?? "", format === "plain" ? "plain" : "markdown", newIds()).text;

/** Each block in a line, as the tests of the import have it; a note in braces. */
const outline = (file: TextRead): string[] => {
  const text = imported(file);
  const numbers = numberText(text);
  return text.map(({ id, kind, level, part, content }) => {
    const words = content
      .map((inline) => (inline.t === "footnote" ? `{${inline.text}}` : inline.t === "text" ? inline.text : ""))
      .join("");
    return `${part === "chair-summary" ? "S " : ""}${kind === "heading" ? "#".repeat(level + 1) : numbers.get(id)} ${words}`;
  });
};
const html = (body: string, head = ""): Uint8Array =>
  strToU8(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`);

describe("[INT1] [REA11] a web page", () => {
  test("gives its headings, lists, points, tables and notes", () => {
    const page = html(
      `<header><h1>Draft report</h1></header><h2>Threats</h2><p>1. States <em>noted</em><sup><a href="#n1">1</a></sup> this:</p>
       <ol type="a"><li>first;<ol type="i"><li>small;</li><li>smaller;</li></ol></li><li><p>second.</p></li></ol>
       <p>2.&nbsp;[States] decided.</p><ul><li>to meet</li></ul>
       <table><tr><th>State</th><th>Year</th></tr><tr><td>One</td><td><p>2021</p></td></tr></table>
       <section><ol><li id="n1"><p>Document A. <a href="#r1" role="doc-backlink">↩</a></p></li></ol></section>`,
      "<title>A page</title>",
    );
    const file = read(page);
    expect(file).toMatchObject({ format: "html", changes: 0, notices: [] });
    expect(outline(file)).toEqual([
      "# Draft report",
      "## Threats",
      "1 States noted{Document A.} this:",
      "1(a) first;",
      "1(a)(i) small;",
      "1(a)(ii) smaller;",
      "1(b) second.",
      "2 [States] decided.",
      "2(a) to meet",
      "3 State | Year",
      "4 One | 2021",
    ]);
  });

  test("runs nothing and fetches nothing: scripts, styles, pictures, frames and hidden words are left out and counted", () => {
    const page = html(
      `<script>document.write("x")</script><style>p{}</style><p onclick="x()">Words<img src="https://example.org/track.png"></p>
       <iframe src="https://example.org"></iframe><p hidden>secret</p><p style="display: none">secret</p><svg><text>drawn</text></svg>
       <template><p>kept back</p></template><noscript><p>kept back</p></noscript>`,
      `<script src="https://example.org/a.js"></script><link rel="stylesheet" href="https://example.org/a.css">`,
    );
    const file = read(page);
    expect(outline(file)).toEqual(["1 Words"]);
    expect(Object.fromEntries(file.notices.map(({ code, count }) => [code, count]))).toEqual({
      "page-machinery": 6,
      image: 2,
      "embedded-file": 1,
      "hidden-text": 2,
    });
  });
});

test("[REA11] a page nested deeper than a person nests, or with more tags, is given up while it is put together", () => {
  expect(() => read(html(`${"<div>".repeat(100_000)}x`))).toThrow("nested more than");
  expect(() => read(html("<p>x".repeat(readingLimits.tags + 1)))).toThrow("more than");
});

describe("[INT2] [REA12] words of a file", () => {
  test("are read in the encoding they are in, and another than UTF-8 is named", () => {
    const words = "États: «non»";
    const files: readonly (readonly [Uint8Array, string])[] = [
      [strToU8(words), "utf-8"],
      [strToU8(`\uFEFF${words}`), "utf-8"],
      [Buffer.from(`\uFEFF${words}`, "utf16le"), "utf-16le"],
      [Buffer.from(`\uFEFF${words}`, "utf16le").swap16(), "utf-16be"],
      [Buffer.from(words, "utf16le"), "utf-16le"],
      [Buffer.from(words, "latin1"), "windows-1252"],
    ];
    for (const [file, encoding] of files) {
      expect(read(file, "a.txt")).toMatchObject({ format: "plain", encoding });
      expect(outline(read(file, "a.txt"))).toEqual([`1 ${words}`]);
    }
    const declared = Uint8Array.from([...strToU8('<html><meta charset="windows-1251"><p>'), 0xcc, 0xe8, 0xf0]);
    expect(outline(read(declared))).toEqual(["1 Мир"]);
  });

  test("that are none are refused", () => {
    expect(() => read(Uint8Array.from([1, 2, 0, 0, 7, 0, 0, 0, 1]), "a.txt")).toThrow("no text");
    expect(() => read(strToU8("%PDF-1.7"))).toThrow("PDF");
  });
});

const tracked = aDocx(
  `<w:p><w:r><w:t xml:space="preserve">States </w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>should</w:delText></w:r></w:del><w:ins w:id="2" w:author="A"><w:r><w:t>shall</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> meet.</w:t></w:r></w:p>
   <w:p><w:pPr><w:rPr><w:ins w:id="3" w:author="B"/></w:rPr></w:pPr><w:ins w:id="4" w:author="B"><w:r><w:t xml:space="preserve">And </w:t></w:r></w:ins></w:p><w:p><w:r><w:t>agree.</w:t></w:r></w:p>`,
);

describe("[INT3] tracked changes", () => {
  test("are told, and no text is given before somebody says what is done with them", () => {
    expect(read(tracked)).toMatchObject({ changes: 3, text: null });
  });

  test("are accepted, refused, or both sides kept in brackets, and ends of paragraphs with them", () => {
    expect(outline(read(tracked, "", "accept"))).toEqual(["1 States shall meet.", "2 And", "3 agree."]);
    expect(outline(read(tracked, "", "refuse"))).toEqual(["1 States should meet.", "2 agree."]);
    expect(outline(read(tracked, "", "brackets"))).toEqual(["1 States [should][shall] meet.", "2 [And ]", "3 agree."]);
  });
});

test("[INT3] [INT4] the number of a paragraph that stands in brackets as a whole is none of its words", () => {
  const whole = aDocx(
    `<w:p><w:r><w:t>1. One.</w:t></w:r></w:p><w:p><w:pPr><w:rPr><w:ins w:id="3" w:author="B"/></w:rPr></w:pPr><w:ins w:id="4" w:author="B"><w:r><w:t>2. Two.</w:t></w:r></w:ins></w:p><w:p><w:r><w:t>[(a) point;]</w:t></w:r></w:p><w:p><w:r><w:t>[1] is no number</w:t></w:r></w:p>`,
  );
  expect(outline(read(whole, "", "brackets"))).toEqual(["1 One.", "2 [Two.]", "2(a) [point;]", "3 [1] is no number"]);
});

describe("[INT4] numbers", () => {
  const p = (words: string, form = ""): string =>
    `<w:p><w:pPr>${form}</w:pPr><w:r><w:t xml:space="preserve">${words}</w:t></w:r></w:p>`;

  test("that stand in the words are taken for numbers, with bis, letters and signs", () => {
    const file = aDocx(
      [
        "1.  One:",
        "(a) point;",
        "(i) small;",
        "(b) point.",
        "2 bis. Two",
        "3) Three",
        "• sign",
        "2021 was a year",
        "* star",
      ]
        .map((words) => p(words))
        .join(""),
    );
    expect(outline(read(file))).toEqual([
      "1 One:",
      "1(a) point;",
      "1(a)(i) small;",
      "1(b) point.",
      "2 Two",
      "3 Three",
      "3(a) sign",
      "4 2021 was a year",
      "4(a) star",
    ]);
  });

  test("that the program counts by itself give the levels", () => {
    const listed = (level: number): string => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`;
    const lvl = (level: number, format: string, text: string): string =>
      `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const numbering = `<w:abstractNum w:abstractNumId="0">${lvl(0, "decimal", "%1.")}${lvl(1, "decimal", "%1.%2")}${lvl(2, "decimal", "%1.%2.%3")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`;
    const body = [
      p("One", listed(0)),
      p("point", listed(1)),
      p("point", listed(1)),
      p("small", listed(2)),
      p("small", listed(2)),
      p("Two", listed(0)),
    ].join("");
    expect(outline(read(aDocx(body, { numbering })))).toEqual([
      "1 One",
      "1(a) point",
      "1(b) point",
      "1(b)(i) small",
      "1(b)(ii) small",
      "2 Two",
    ]);
  });

  test("of an OpenDocument list too", () => {
    const item = (inner: string): string => `<text:list-item>${inner}</text:list-item>`;
    const odt = anOdt(
      `<text:h text:outline-level="1">Threats</text:h><text:p>1. One:</text:p><text:list text:style-name="L">${item("<text:p>sign</text:p>")}${item("<text:p>sign</text:p>")}</text:list>`,
      `<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>`,
    );
    expect(outline(read(odt))[0]).toBe("# Threats");
    expect(outline(read(odt)).map((line) => line.split(" ")[0])).toEqual(["#", "1", "1(a)", "1(b)"]);
  });
});

describe("[INT5] what has no place in a text", () => {
  test("is told by kind, with the words where it was met as far as they are known", () => {
    const comments = `<w:comment w:id="0" w:author="A"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>`;
    const body = `<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>States meet.</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`;
    expect(read(aDocx(body, { comments })).notices).toEqual([
      { code: "comment", count: 1, at: [{ before: "", after: "States meet." }] },
    ]);
  });

  test("is told with the words between which it was: pictures, text boxes, fields and formulas, in notes and in paragraphs without words too", () => {
    const run = (words: string): string => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`;
    const picture = `<w:r><w:drawing/></w:r>`;
    const box = `<w:r><w:pict><v:textbox xmlns:v="urn:v"><w:txbxContent><w:p>${run("boxed")}</w:p></w:txbxContent></v:textbox></w:pict></w:r>`;
    const field = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run("7")}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const formula = `<m:oMath xmlns:m="urn:m"><m:r/></m:oMath>`;
    const footnotes = `<w:footnote w:id="5"><w:p>${run("See ")}${picture}</w:p></w:footnote>`;
    const body = [
      `${run("States that met in the course of the first and second weeks ")}${box}${run("decided.")}`,
      picture,
      `${run("On page ")}${field}${run(" it says")}<w:r><w:footnoteReference w:id="5"/></w:r>${run(" so")}${formula}`,
    ];
    const { notices } = read(aDocx(body.map((inner) => `<w:p>${inner}</w:p>`).join(""), { footnotes }));
    expect(Object.fromEntries(notices.map(({ code, at }) => [code, at]))).toEqual({
      "text-box": [{ before: "…course of the first and second weeks", after: "decided.", words: "boxed" }],
      image: [
        { before: "…of the first and second weeks decided.", after: "On page 7 it says so" },
        { before: "On page 7 it says", after: "so" },
      ],
      field: [{ before: "On page", after: "7 it says so" }],
      formula: [{ before: "On page 7 it says so", after: "" }],
    });
    const odt = anOdt(
      `<text:p>On page <text:page-number>7</text:page-number> it says <draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:image/></draw:frame>so.</text:p>`,
    );
    expect(read(odt).notices).toEqual([
      { code: "field", count: 1, at: [{ before: "On page", after: "7 it says so." }] },
      { code: "image", count: 1, at: [{ before: "On page 7 it says", after: "so." }] },
    ]);
    expect(read(html("<p>States <img>met.</p>")).notices).toEqual([
      { code: "image", count: 1, at: [{ before: "States", after: "met." }] },
    ]);
  });

  test("signs that Markdown would take for its own stay words", () => {
    const odd = [
      "# not a heading",
      "> not a quotation",
      "a *b* _c_ `d` <e> &amp;lt; [f](g) [^h]",
      "[i]: /j",
      "| k",
      "--- l",
      "=== m",
    ];
    const words = odd.map((one) => one.replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
    const body = words.map((one) => `<w:p><w:r><w:t xml:space="preserve">${one}</w:t></w:r></w:p>`).join("");
    const shown = odd.map((one) => one.replace("&amp;", "&"));
    expect(outline(read(aDocx(body)))).toEqual(shown.map((one, index) => `${index + 1} ${one}`));
  });
});

describe("[INT6] a report that we wrote ourselves", () => {
  for (const [kind, write] of [
    ["Word file", toDocx],
    ["OpenDocument text", toOdt],
  ] as const) {
    test(`comes back as ${kind} with the same words, notes, numbers, headings and parts, and without its masthead`, async () => {
      await fc.assert(
        fc.asyncProperty(aText, async (text) => {
          const talks = aNegotiation(...text);
          const file = read(await write(printed(talks, "clean"), voiceIn("en")));
          expect(file.changes).toBe(0);
          expect(carried(imported(file))).toEqual(carried(talks.text));
        }),
        { numRuns: 40 },
      );
    });
  }

  for (const [kind, write] of [
    ["Word file", toDocx],
    ["OpenDocument text", toOdt],
  ] as const) {
    test(`[INT9] carries as ${kind} which paragraph is which, in both parts`, async () => {
      const talks = aNegotiation(...bigReport(12));
      const file = read(await write(printed(talks, "clean"), voiceIn("en")));
      const { text, marks } = importText(file.text ?? "", "markdown", newIds());
      const printedIds = parts.flatMap((part) => partOf(talks.text, part).map(({ id }) => id));
      expect(text.map(({ id }) => marks.get(id))).toEqual(printedIds);
    });
  }

  test("[INT9] of two that were joined the one with more words left gives its mark, one cut in two bears it twice, and what is typed none", () => {
    let count = 0;
    const run = (words: string): string => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`;
    const marked = (id: number, ...inner: readonly string[]): string =>
      `<w:bookmarkStart w:id="${++count}" w:name="para_${idOf(id)}_0123456789ab"/>${inner.join("")}<w:bookmarkEnd w:id="${count}"/>`;
    const p = (inner: string): string => `<w:p>${inner}</w:p>`;
    const struck = `<w:del w:id="9" w:author="A"><w:r><w:delText>All that was said of it before.</w:delText></w:r></w:del>`;
    const body =
      p(marked(1, struck, run("Both ")) + marked(2, run("became one."))) +
      p(run("1. ") + marked(3, `${run("Cut")}</w:p><w:p>${run("in two.")}`)) +
      p(run("Typed."));
    const { text } = read(aDocx(body), "", "accept");
    const { text: blocks, marks } = importText(text ?? "", "markdown", newIds());
    expect(blocks.map((block) => [flatText(block.content), marks.get(block.id) ?? null])).toEqual([
      ["Both became one.", idOf(2)],
      ["Cut", idOf(3)],
      ["in two.", idOf(3)],
      ["Typed.", null],
    ]);
  });

  test("is told what of it was left out", async () => {
    const talks = aNegotiation(...bigReport(12));
    const about = { paragraph: idOf(2), wording: talks.wordingOf(2) };
    talks.does("delegation:XAA", { kind: "table-proposal", ...about, text: "Other words." });
    const file = read(await toDocx(printed(talks, "compilation"), voiceIn("en")));
    expect(carried(imported(file))).toEqual(carried(talks.text));
    expect(file.notices.map(({ code }) => code)).toContain("masthead");
  });
});

describe("[INT7] real texts", () => {
  for (const { name, bytes } of negotiatedFiles("udhr-six-languages", ".html")) {
    test(`the Universal Declaration in ${name} has thirty articles, and each line the direction of its language`, () => {
      const text = imported(read(bytes, name));
      const headings = text.filter(({ kind }) => kind === "heading");
      expect(headings).toHaveLength(32);
      const articles = headings.slice(2).map(({ id }) => text.findIndex((block) => block.id === id));
      // Under each heading stands at least one paragraph.
      for (const at of articles) expect(text[at + 1]?.kind).toBe("paragraph");
      const blocks = printed(aNegotiation(...text), "clean").parts.flatMap((part) => part.blocks);
      expect([...new Set(blocks.map(({ direction }) => direction))]).toEqual([name.startsWith("arb") ? "rtl" : "ltr"]);
    });
  }

  for (const { name, markdown } of bracketedDrafts) {
    test(`${name} comes through the door with its words and brackets as it does without it`, () => {
      const file = read(strToU8(markdown), name);
      expect(file).toMatchObject({ format: "markdown", encoding: "utf-8" });
      expect(file.text).toBe(markdown);
    });
  }
});
