/** Files made to do harm, through the route: each is refused in words, nothing of it is run, and whoever types meanwhile waits for nobody (SPEC: REA, INT). */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TablesRead, TextRead } from "../../shared/wire/intake.ts";
import { builtReader } from "../support/built-reader.ts";
import type { HttpServer } from "../support/http-server.ts";
import { httpServer } from "../support/http-server.ts";
import { anXlsx, docxFiles, packed } from "../support/office-file.ts";

let server: HttpServer;
let token: string;
beforeAll(async () => {
  server = await httpServer({ limits: { filesBurst: 100 }, reader: await builtReader() });
  token = await server.token("chair");
});
afterAll(() => server.close());

async function bring(
  as: "text" | "tables",
  bytes: Uint8Array,
): Promise<{ status: number; body: unknown; longestMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const response = await fetch(`${server.base}/api/v1/files/${as}`, {
    method: "POST",
    body: Buffer.from(bytes),
    headers: { "content-type": "application/octet-stream", authorization: `Bearer ${token}` },
  });
  const body: unknown = await response.json();
  delay.disable();
  const longestMs = Math.round(delay.max / 1e6);
  console.log(
    `${as}, ${bytes.length} bytes: ${response.status} ${(body as { code?: string }).code ?? ""}, loop ${longestMs} ms`,
  );
  return { status: response.status, body, longestMs };
}

const zeros = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(0x20);

/** Which of them it is hangs on how busy the machine is; each by itself is asked of in `server/reading` and `server/intake`. */
const refused = /^file-(?:unsafe|too-large|too-slow)$/;

const harmful: readonly (readonly [string, "text" | "tables", () => Uint8Array, RegExp])[] = [
  [
    "a packed file of 60 MB of blanks",
    "text",
    () => zipSync({ "[Content_Types].xml": strToU8("<Types/>"), "word/document.xml": zeros(60 * 1024 * 1024) }),
    refused,
  ],
  [
    "a workbook whose sheet is a bomb",
    "tables",
    () => zipSync({ "xl/workbook.xml": strToU8("<workbook/>"), "xl/worksheets/sheet1.xml": zeros(60 * 1024 * 1024) }),
    refused,
  ],
  [
    "entities that multiply",
    "text",
    () =>
      packed({
        ...docxFiles(""),
        "word/document.xml": `<!DOCTYPE d [<!ENTITY a "${"x".repeat(99)}"><!ENTITY b "&a;&a;">]><d>&b;</d>`,
      }),
    refused,
  ],
  ["a web page of 100,000 nested boxes", "text", () => strToU8(`<!doctype html>${"<div>".repeat(100_000)}x`), refused],
  [
    "a web page of misnested marks, which a browser puts right at a cost that grows by the square",
    "text",
    () => strToU8(`<!doctype html>${"<b><p><i><table>".repeat(600_000)}x`),
    refused,
  ],
  ["a row of 9 MB in quotes that never end", "tables", () => strToU8(`"${"x".repeat(9_000_000)}`), refused],
  ["more than is taken at all", "tables", () => zeros(11 * 1024 * 1024), /^too-large$/],
];

for (const [what, as, make, code] of harmful) {
  test(`[REA2] [REA11] ${what}: refused in words, while the server answers others`, async () => {
    const { body, longestMs } = await bring(as, make());
    expect((body as { code?: string }).code).toMatch(code);
    // Ten times what the chair's keys may wait; the test's own files are made before it is measured.
    expect(longestMs).toBeLessThan(1_000);
  });
}

test("[REA13] what a spreadsheet would run comes as words, and a formula is not computed", async () => {
  const csv = (await bring("tables", strToU8('Paragraph,Comments\n1,"=HYPERLINK(""https://x"")"\n')))
    .body as TablesRead;
  expect(csv.sheets[0]?.cells[1]).toEqual(["1", '=HYPERLINK("https://x")']);
  const book = (await bring("tables", anXlsx(`<row r="1"><c r="A1"><f>1+1</f><v>7</v></c></row>`))).body as TablesRead;
  expect(book).toMatchObject({ formulas: 1, sheets: [{ cells: [["7"]] }] });
});

test("[REA11] a web page names other servers, and none of them is asked", async () => {
  const { port } = server;
  const before = await (await fetch(`${server.base}/metrics`)).text();
  const page = `<!doctype html><base href="http://127.0.0.1:${port}/"><link rel=stylesheet href="/n/asked"><img src="/n/asked"><script src="/n/asked"></script><p>Words.</p>`;
  const { body } = await bring("text", strToU8(page));
  expect((body as TextRead).text).toBe("Words.\n");
  const asked = (metrics: string): string[] =>
    metrics.split("\n").filter((line) => /request_seconds_count.*route="\/n\//.test(line));
  expect(asked(await (await fetch(`${server.base}/metrics`)).text())).toEqual(asked(before));
});
