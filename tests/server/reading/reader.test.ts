/** The door for files from outside (SPEC: REA). */
import { afterAll, expect, test } from "vitest";
import { strToU8, zipSync } from "fflate";
import { FileRefused } from "../../../server/reading/read-document.ts";
import { readFile } from "../../../server/reading/read-file.ts";
import { readingLimits } from "../../../server/reading/reading-limits.ts";
import { Reader, ReaderBusy, readerLimits } from "../../../server/reading/reader.ts";
import { aDocx, anOdt, docxFiles, packed } from "../../support/office-file.ts";

const reader = new Reader();
afterAll(() => reader.close());

/** Without the process, which takes its time to start. */
const refusal = (bytes: Uint8Array): string => {
  try {
    readFile(bytes, readingLimits);
    return "read";
  } catch (error) {
    if (error instanceof FileRefused) return error.code;
    throw error;
  }
};
const hello = "<w:p><w:r><w:t>Hello</w:t></w:r></w:p>";

test("[REA1] a file is read in another process, and one that takes too long there is given up", async () => {
  const answer = await reader.read(aDocx(hello));
  expect(answer).toMatchObject({ ok: true, value: { format: "docx", paragraphs: [{ pieces: [{ text: "Hello" }] }] } });
  const hasty = new Reader({ ...readerLimits, longestMs: 1 });
  expect(await hasty.read(aDocx(hello))).toMatchObject({ ok: false, refusal: { code: "file-too-slow" } });
});

test("[REA1] more files than can wait are sent away", async () => {
  const small = new Reader({ ...readerLimits, atOnce: 1, waiting: 1 });
  const first = small.read(anOdt("<text:p>One</text:p>"));
  const second = small.read(anOdt("<text:p>Two</text:p>"));
  await expect(small.read(anOdt("<text:p>Three</text:p>"))).rejects.toThrow(ReaderBusy);
  expect(await first).toMatchObject({ ok: true });
  expect(await second).toMatchObject({ ok: true });
});

test("[REA3] what cannot be read is refused with its reason", async () => {
  expect(refusal(strToU8("%PDF-1.7"))).toBe("file-of-another-kind");
  expect(refusal(strToU8("{\\rtf1}"))).toBe("file-of-another-kind");
  expect(refusal(zipSync({ "xl/workbook.xml": strToU8("<x/>") }))).toBe("file-of-another-kind");
  const old = new Uint8Array(600);
  old.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  expect(refusal(old)).toBe("file-of-another-kind");
  old.set(Buffer.from("EncryptedPackage", "utf16le"), 512);
  expect(refusal(old)).toBe("file-locked");
  const locked = `<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`;
  expect(refusal(packed({ "META-INF/manifest.xml": locked, "content.xml": "<x/>" }))).toBe("file-locked");
  expect(refusal(aDocx("<w:p>"))).toBe("file-damaged");
  expect(refusal(aDocx(hello).subarray(0, 700))).toBe("file-damaged");
  expect(await reader.read(strToU8("%PDF-1.7"))).toMatchObject({
    ok: false,
    refusal: { code: "file-of-another-kind" },
  });
  const large = await reader.read(new Uint8Array(readerLimits.fileBytes + 1));
  expect(large).toMatchObject({ ok: false, refusal: { code: "file-too-large" } });
});

test("[REA2] entities, paths, doubled names and depth are refused", () => {
  const files = docxFiles(hello);
  const document = files["word/document.xml"] ?? "";
  const entity = `<!DOCTYPE x [<!ENTITY a "b">]>${document}`;
  expect(refusal(packed({ ...files, "word/document.xml": entity }))).toBe("file-unsafe");
  expect(refusal(packed({ ...files, "../../etc/passwd.xml": "<x/>" }))).toBe("file-unsafe");
  expect(refusal(packed({ ...files, "/etc/passwd.xml": "<x/>" }))).toBe("file-unsafe");
  const deep = `${"<w:sdt><w:sdtContent>".repeat(200)}${hello}${"</w:sdtContent></w:sdt>".repeat(200)}`;
  expect(refusal(aDocx(deep))).toBe("file-unsafe");
});
