/** Files over HTTP: who may have one read, what is answered, and that whoever types goes on typing meanwhile (SPEC: INT). */
import { strToU8 } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TablesRead, TextRead } from "../../../shared/wire/intake.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer } from "../../support/http-server.ts";
import { aDocx } from "../../support/office-file.ts";

let server: HttpServer;
let token: string;
beforeAll(async () => {
  server = await httpServer({ limits: { filesBurst: 30 } });
  token = await server.token("chair");
});
afterAll(() => server.close());

const bring = (
  as: "text?name=x" | "tables",
  bytes: Uint8Array,
  by: string | null = token,
  type = "application/octet-stream",
) =>
  fetch(`${server.base}/api/v1/files/${as}`, {
    method: "POST",
    body: Buffer.from(bytes),
    headers: { "content-type": type, ...(by !== null && { authorization: `Bearer ${by}` }) },
  });
const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code;

describe("[INT8] a file", () => {
  test("is read for those who write or state, and for nobody else", async () => {
    const words = strToU8("1. States meet.");
    expect((await bring("text?name=x", words)).status).toBe(200);
    expect((await bring("text?name=x", words, await server.token("delegation:XAA"))).status).toBe(200);
    expect(await codeOf(await bring("text?name=x", words, null))).toBe("not-signed-in");
    expect(await codeOf(await bring("text?name=x", words, await server.token("observer")))).toBe("not-allowed");
    expect(await codeOf(await bring("text?name=x", words, token, "text/plain"))).toBe("not-a-file");
  });

  test("from Word is answered as Markdown, and a table as its cells", async () => {
    const docx = aDocx("<w:p><w:r><w:t>1. States [shall] meet.</w:t></w:r></w:p>");
    const text = (await (await bring("text?name=x", docx)).json()) as TextRead;
    expect(text).toMatchObject({ format: "docx", changes: 0, text: "1. States [shall] meet.\n" });
    const tables = (await (await bring("tables", strToU8('a;b\n1;"=x;y"'))).json()) as TablesRead;
    expect(tables).toEqual({
      sheets: [
        {
          name: "",
          cells: [
            ["a", "b"],
            ["1", "=x;y"],
          ],
        },
      ],
      formulas: 0,
    });
  });

  test("that is none is refused with a reason, and no account has many read at once", async () => {
    expect(await codeOf(await bring("text?name=x", strToU8("%PDF-1.7")))).toBe("file-of-another-kind");
    const few = await httpServer({ limits: { filesBurst: 1, filesPerMinute: 1 } });
    const chair = await few.token("chair");
    const ask = () =>
      fetch(`${few.base}/api/v1/files/text`, {
        method: "POST",
        body: "words",
        headers: { "content-type": "application/octet-stream", authorization: `Bearer ${chair}` },
      });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 429]);
    await few.close();
  });
});
