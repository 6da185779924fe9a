/** Tables as rows of words (SPEC: REA13). */
import { strToU8 } from "fflate";
import { expect, test } from "vitest";
import { FileRefused } from "../../../server/reading/read-document.ts";
import { readTables } from "../../../server/reading/tables.ts";
import { readingLimits } from "../../../server/reading/reading-limits.ts";
import { anXlsx, docxFiles, packed } from "../../support/office-file.ts";

const read = (bytes: Uint8Array) => readTables(bytes, readingLimits);
const refusal = (bytes: Uint8Array): string => {
  try {
    read(bytes);
    return "read";
  } catch (error) {
    if (error instanceof FileRefused) return error.code;
    throw error;
  }
};

test("[REA13] CSV with any of its signs, line ends and encodings is rows of words", () => {
  const cells = [
    ["Country", "Comment"],
    ["XAA", 'says "no",\nfor now'],
  ];
  for (const sign of [",", ";", "\t"]) {
    const csv = `Country${sign}Comment\r\nXAA${sign}"says ""no"",\nfor now"\r\n`;
    expect(read(strToU8(`\uFEFF${csv}`)).sheets[0]?.cells).toEqual(cells);
    expect(read(Buffer.from(`\uFEFF${csv}`, "utf16le")).sheets[0]?.cells).toEqual(cells);
  }
});

test("[REA13] a workbook gives its visible sheets: shared words and words of the cell, gaps kept, nothing computed", () => {
  const shared = `<si><t>Country</t></si><si><r><t>Com</t></r><r><t>ment</t></r><rPh><t>reading</t></rPh></si>`;
  const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
    <row r="3"><c r="A3" t="inlineStr"><is><t>XAA</t></is></c><c r="B3"><v>45000</v></c><c r="C3" t="str"><f>HYPERLINK("https://x")</f><v>shown</v></c></row>`;
  expect(read(anXlsx(rows, shared))).toEqual({
    sheets: [{ name: "Comments", cells: [["Country", "", "Comment"], [], ["XAA", "45000", "shown"]] }],
    formulas: 1,
  });
});

test("[REA13] rows and columns by the million are not made of a few bytes, and what is no table is refused", () => {
  const far = `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`;
  expect(read(anXlsx(far)).sheets[0]?.cells).toEqual([]);
  expect(read(anXlsx(`<row r="1"><c r="XFD1"><v>1</v></c></row>`)).sheets[0]?.cells).toEqual([[]]);
  expect(read(strToU8("a,b\n".repeat(9_000))).sheets[0]?.cells.length).toBe(5_000);
  expect(refusal(packed(docxFiles("<w:p/>")))).toBe("file-of-another-kind");
  expect(refusal(strToU8(`"${"x".repeat(3_000_000)}`))).toBe("file-too-large");
  const entity = `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>`;
  expect(refusal(packed({ "xl/workbook.xml": `<workbook/>`, "xl/sharedStrings.xml": entity }))).toBe("file-unsafe");
});
