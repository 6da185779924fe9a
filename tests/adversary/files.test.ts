/** Files made to hurt (security: E2, E3, E4): each is answered in its own process, in time, while those who type notice nothing. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Reader } from "../../server/reading/reader.ts";
import { builtReader } from "../support/built-reader.ts";
import { aDocx, docxFiles, packed } from "../support/office-file.ts";

let reader: Reader;
beforeAll(async () => void (reader = await builtReader()));
afterAll(() => reader.close());

interface Figure {
  readonly answer: string;
  readonly ms: number;
  /** The longest that anybody here had to wait meanwhile. */
  readonly stallMs: number;
  readonly grownMiB: number;
}

async function readingOf(bytes: Uint8Array): Promise<Figure> {
  const before = process.memoryUsage.rss();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const start = performance.now();
  const answer = await reader.read(bytes);
  const ms = performance.now() - start;
  delay.disable();
  const figure = {
    answer: answer.ok ? "read" : answer.refusal.code,
    ms: Math.round(ms),
    stallMs: Math.round(delay.max / 1e6),
    grownMiB: Math.round((process.memoryUsage.rss() - before) / 2 ** 20),
  };
  if (process.env["FIGURES"]) console.log(expect.getState().currentTestName, figure);
  return figure;
}

const files = docxFiles("<w:p><w:r><w:t>Hello</w:t></w:r></w:p>");
const run = "<w:r><w:t>a</w:t></w:r>";
/** The same with another main part. */
const withDocument = (document: string): Uint8Array => packed({ ...files, "word/document.xml": document });
const inBody = (body: string): string =>
  files["word/document.xml"]!.replace(/<w:body>.*<\/w:body>/, `<w:body>${body}</w:body>`);

/** What an archive says of a file in its directory. */
function withSize(bytes: Uint8Array, name: string, size: number): Uint8Array {
  const lying = Buffer.from(bytes);
  for (let at = lying.indexOf("PK\u0001\u0002"); at >= 0; at = lying.indexOf("PK\u0001\u0002", at + 1)) {
    const length = lying.readUInt16LE(at + 28);
    if (lying.toString("latin1", at + 46, at + 46 + length) === name) lying.writeUInt32LE(size, at + 24);
  }
  return lying;
}

const laughs = `<!DOCTYPE w [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, index) => {
  const [name, of] = [String.fromCharCode(98 + index), String.fromCharCode(97 + index)];
  return `<!ENTITY ${name} "${`&${of};`.repeat(10)}">`;
}).join("")}]>`;

const bombs: readonly (readonly [name: string, make: () => Uint8Array, answer: string])[] = [
  ["60 MiB of nothing in 60 kB", () => withDocument(" ".repeat(60 * 2 ** 20)), "file-too-large"],
  ["30 MiB of nothing in 30 kB", () => withDocument(" ".repeat(30 * 2 ** 20)), "file-unsafe"],
  ["a header that promises 4 GiB", () => withSize(packed(files), "word/document.xml", 0xfffffffe), "file-too-large"],
  ["a header that promises less", () => withSize(packed(files), "word/document.xml", 100), "file-damaged"],
  [
    "3,000 files",
    () => zipSync(Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`f${index}.xml`, strToU8("<x/>")]))),
    "file-unsafe",
  ],
  ["a billion laughs", () => withDocument(laughs + inBody("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>")), "file-unsafe"],
  [
    "a file of this machine",
    () => withDocument(`<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>${inBody(run)}`),
    "file-unsafe",
  ],
  ["a name that climbs", () => packed({ ...files, "../../../tmp/evil.xml": "<x/>" }), "file-unsafe"],
  ["a million runs", () => withDocument(inBody(`<w:p>${run.repeat(1_000_000)}</w:p>`)), "file-unsafe"],
  // Each unlike the other, so that they do not pack well.
  [
    "a million runs of their own",
    () =>
      withDocument(
        inBody(
          `<w:p>${Array.from({ length: 1_000_000 }, (_, i) => `<w:r><w:t>${(i * 2654435761) >>> 7}</w:t></w:r>`).join("")}</w:p>`,
        ),
      ),
    "file-too-large",
  ],
  [
    "ten thousand deep",
    () => aDocx(`${"<w:sdt><w:sdtContent>".repeat(5_000)}${"</w:sdtContent></w:sdt>".repeat(5_000)}`),
    "file-unsafe",
  ],
  ["a control character, which is left out", () => aDocx("<w:p><w:r><w:t>a\u0001b</w:t></w:r></w:p>"), "read"],
  ["an endless name", () => withDocument(`<${"a".repeat(5 * 2 ** 20)}`), "file-unsafe"],
];

describe("[REA1] [REA2] a file made to hurt is answered in time and stalls nobody", () => {
  test.each(bombs)("%s", async (_, make, answer) => {
    const figure = await readingOf(make());
    expect(figure.answer).toBe(answer);
    expect(figure.ms).toBeLessThan(10_000);
    expect(figure.stallMs).toBeLessThan(1_000);
    expect(figure.grownMiB).toBeLessThan(100);
  });
});

test("[REA1] [REA5] ten thousand comments are read in time, and stall nobody", async () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => index);
  const commented = (id: number): string =>
    `<w:commentRangeStart w:id="${id}"/>${run}<w:commentRangeEnd w:id="${id}"/>`;
  const said = (id: number): string =>
    `<w:comment w:id="${id}" w:author="Jane Doe"><w:p><w:r><w:t>Number ${id}.</w:t></w:r></w:p></w:comment>`;
  const bytes = aDocx(`<w:p>${ids.map(commented).join("")}</w:p>`, { comments: ids.map(said).join("") });
  const figure = await readingOf(bytes);
  expect(["read", "file-too-slow"]).toContain(figure.answer);
  expect(figure.stallMs).toBeLessThan(1_000);
});
