/** What a Word document says (SPEC: REA). */
import { describe, expect, test } from "vitest";
import type { ReadDocument, ReadPiece } from "../../../server/reading/read-document.ts";
import { readFile } from "../../../server/reading/read-file.ts";
import { readingLimits } from "../../../server/reading/reading-limits.ts";
import type { DocxParts } from "../../support/office-file.ts";
import { aDocx } from "../../support/office-file.ts";
import { idOf } from "../../support/negotiations.ts";

const read = (body: string, parts?: DocxParts): ReadDocument => readFile(aDocx(body, parts), readingLimits);
const r = (text: string, looks = ""): string =>
  `<w:r>${looks && `<w:rPr>${looks}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const by = (who: string): string => `w:id="1" w:author="${who}" w:date="2026-11-05T14:00:00Z"`;
const words = (pieces: readonly ReadPiece[]): string =>
  pieces.map((piece) => (piece.t === "text" ? piece.text : `{${words(piece.pieces)}}`)).join("");
const at = Date.UTC(2026, 10, 5, 14);
const anna = { by: "Anna", at };
const ben = { by: "Ben", at };

test("[REA4] insertions and deletions keep their authors, one in another as well", () => {
  const { paragraphs } = read(
    `<w:p>${r("States ")}<w:del ${by("Anna")}><w:r><w:delText>should</w:delText></w:r></w:del><w:ins ${by("Anna")}>${r("shall")}<w:del ${by("Ben")}><w:r><w:delText xml:space="preserve"> always</w:delText></w:r></w:del></w:ins></w:p>`,
  );
  expect(paragraphs[0]?.pieces).toEqual([
    { t: "text", text: "States " },
    { t: "text", text: "should", deleted: anna },
    { t: "text", text: "shall", inserted: anna },
    { t: "text", text: " always", inserted: anna, deleted: ben },
  ]);
});

test("[REA4] ends of paragraphs that were inserted or deleted, rows and moves say so", () => {
  const { paragraphs, notices } = read(
    `<w:p><w:pPr><w:rPr><w:ins ${by("Anna")}/></w:rPr></w:pPr>${r("One.")}</w:p><w:p><w:moveFrom ${by("Ben")}>${r("Two.")}</w:moveFrom></w:p><w:tbl><w:tr><w:trPr><w:del ${by("Ben")}/></w:trPr><w:tc><w:p>${r("Three.")}</w:p></w:tc></w:tr></w:tbl>`,
  );
  expect(paragraphs.map(({ end }) => end)).toEqual([{ inserted: anna }, {}, { deleted: ben }]);
  expect(paragraphs[1]?.pieces).toEqual([{ t: "text", text: "Two.", deleted: ben, moved: true }]);
  expect(paragraphs[2]?.cell).toEqual({ table: 0, row: 0, column: 0 });
  expect(notices).toEqual({ table: 1 });
});

test("[REA5] comments keep author, time, words concerned and what they answer", () => {
  const { paragraphs, comments } = read(
    `<w:p>${r("States ")}<w:commentRangeStart w:id="0"/>${r("should")}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>${r(" act.")}<w:r><w:commentReference w:id="1"/></w:r></w:p>`,
    {
      comments: `<w:comment w:id="0" w:author="Anna" w:date="2026-11-05T14:00:00Z"><w:p w14:paraId="0A">${r("Too strong.")}</w:p></w:comment><w:comment w:id="1" w:author="Ben" w:date="x"><w:p>${r("Well,")}</w:p><w:p w14:paraId="0B">${r("no.")}</w:p></w:comment>`,
      commentsExtended: `<w15:commentEx w15:paraId="0A" w15:done="0"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="1"/>`,
    },
  );
  expect(comments).toEqual([
    { id: "0", ...anna, text: "Too strong.", to: null, isResolved: false },
    { id: "1", by: "Ben", at: null, text: "Well,\nno.", to: "0", isResolved: true },
  ]);
  expect(paragraphs[0]?.pieces.map(({ comments: on }) => on)).toEqual([undefined, ["0"], undefined]);
  expect(paragraphs[0]?.comments).toEqual(["0", "1"]);
});

test("[REA6] our marks are found, and one that a paragraph's cut left open goes on in the next", () => {
  const name = `para_${idOf(7)}_0123456789ab`;
  const { paragraphs } = read(
    `<w:p>${r("1.")}<w:r><w:tab/></w:r><w:bookmarkStart w:id="4" w:name="${name}"/>${r("First")}</w:p><w:p>${r("half")}<w:bookmarkEnd w:id="4"/>${r(" more")}</w:p><w:p><w:bookmarkStart w:id="5" w:name="_GoBack"/>${r("Other.")}</w:p>`,
  );
  const of = { kind: "paragraph", id: idOf(7), hash: "0123456789ab" };
  expect(paragraphs.map(({ anchors }) => anchors)).toEqual([
    [{ of, from: 3, to: null }],
    [{ of, from: null, to: 4 }],
    [],
  ]);
});

test("[REA7] Word's own numbers are counted as it counts them", () => {
  const item = (level: number, text: string): string =>
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="3"/></w:numPr></w:pPr>${r(text)}</w:p>`;
  const level = (at: number, format: string, text: string): string =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const { paragraphs } = read(
    item(0, "a") + item(1, "b") + item(1, "c") + item(2, "d") + `<w:p>${r("-")}</w:p>` + item(0, "e") + item(1, "f"),
    {
      numbering: `<w:abstractNum w:abstractNumId="9">${level(0, "decimal", "%1.")}${level(1, "lowerLetter", "(%2)")}${level(2, "upperRoman", "%1.%3")}</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>`,
    },
  );
  expect(paragraphs.map(({ label }) => label?.text)).toEqual(["1.", "(a)", "(b)", "1.I", undefined, "2.", "(a)"]);
  expect(words(paragraphs[0]?.pieces ?? [])).toBe("a");
});

test("headings are known by their style, by what that is based on, and by their own level", () => {
  const styled = (style: string): string => `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${r("x")}</w:p>`;
  const { paragraphs } = read(
    `${styled("H")}${styled("Mine")}<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>${r("x")}</w:p>${styled("None")}`,
    {
      styles: `<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style><w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My heading"/><w:basedOn w:val="H"/></w:style>`,
    },
  );
  expect(paragraphs.map(({ heading }) => heading)).toEqual([2, 2, 1, null]);
  expect(paragraphs[1]?.style).toBe("My heading");
});

describe("[REA8] what is not understood", () => {
  test("is counted by kind, and words around and in it stay", () => {
    const { paragraphs, notices } = read(
      `<w:p><w:pPr><w:pPrChange ${by("Anna")}/></w:pPr>${r("a", `<w:b/><w:rPrChange ${by("Anna")}/>`)}<w:hyperlink>${r("b")}</w:hyperlink><w:sdt><w:sdtContent>${r("c")}</w:sdtContent></w:sdt><w:smartTag>${r("d")}</w:smartTag><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:drawing/></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p>${r("boxed")}</w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r("today")}<w:r><w:fldChar w:fldCharType="end"/></w:r>${r("gone", "<w:strike/>")}<w:zork/></w:p>`,
    );
    expect(words(paragraphs[0]?.pieces ?? [])).toBe("abcdtodaygone");
    expect(paragraphs[0]?.unclear).toBe(false);
    expect(notices).toEqual({
      "looks-changed": 2,
      formula: 1,
      image: 1,
      "text-box": 1,
      field: 1,
      "struck-by-hand": 1,
      "unknown-content": 1,
    });
  });

  test("a change mark of an unknown kind makes its paragraph unclear, and no other", () => {
    const { paragraphs, notices } = read(
      `<w:p>${r("a")}<w:customXmlInsRangeStart ${by("Anna")}/></w:p><w:p>${r("b")}</w:p>`,
    );
    expect(paragraphs.map(({ unclear }) => unclear)).toEqual([true, false]);
    expect(notices).toEqual({ "unknown-change": 1 });
  });
});

test("[REA9] a footnote stands where it is called, with changes of its own", () => {
  const { paragraphs } = read(`<w:p>${r("Act")}<w:r><w:footnoteReference w:id="2"/></w:r>${r(".")}</w:p>`, {
    footnotes: `<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>${r("See ")}<w:ins ${by("Anna")}>${r("also ")}</w:ins>${r("A/75.")}</w:p></w:footnote>`,
  });
  expect(words(paragraphs[0]?.pieces ?? [])).toBe("Act{See also A/75.}.");
  expect(paragraphs[0]?.pieces[1]).toMatchObject({ t: "note", pieces: [{}, { inserted: anna }, {}] });
});

test("[REA10] hidden words and hidden characters are left out and counted", () => {
  const { paragraphs, notices } = read(`<w:p>${r("a")}${r("secret", "<w:vanish/>")}${r("b\u200Bc\u202Ed")}</w:p>`);
  expect(words(paragraphs[0]?.pieces ?? [])).toBe("abcd");
  expect(notices).toEqual({ "hidden-text": 1, "hidden-characters": 2 });
});
