/** A file that comes back over HTTP (SPEC: RET): for its delegation alone, read and not recorded. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { returnedFile } from "../../../shared/wire/returned.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer, program } from "../../support/http-server.ts";
import { WordProcessor } from "../../support/word-processor.ts";

const root = "/api/v1/negotiations/talks";
let server: HttpServer;
beforeAll(async () => {
  server = await httpServer();
});
afterAll(() => server.close());

const callers = new Map<string, ReturnType<typeof program>>();
async function as(seat: string): Promise<ReturnType<typeof program>> {
  const caller = callers.get(seat) ?? program(server, await server.token(seat));
  callers.set(seat, caller);
  return caller;
}

const sends = async (
  seat: string,
  bytes: Uint8Array | string,
  { type = "application/octet-stream", query = "" } = {},
): Promise<Response> =>
  fetch(`${server.base}${root}/returned-files${query}`, {
    method: "POST",
    headers: { ...(await as(seat)).headers, "content-type": type },
    body: bytes as BodyInit,
  });

test("[RET1] a file is downloaded, changed, sent back and told, and nothing is recorded", async () => {
  const delegation = await as("delegation:XAA");
  const download = await delegation.get(`/n/talks.docx?seat=delegation:XAA`);
  const file = new WordProcessor(new Uint8Array(await download.arrayBuffer()));
  const report = (await (await delegation.get(`${root}/report`)).json()) as {
    seq: number;
    parts: { consensus: { id: string; text: string }[] };
  };
  const { id, text } = report.parts.consensus[0]!;
  file.replace(id, text.length, text.length, " And so on.");
  const response = await sends("delegation:XAA", file.save());
  expect(response.status).toBe(200);
  const back = returnedFile.parse(await response.json());
  expect(back.proposals).toMatchObject([{ change: "replace", paragraph: id, by: ["Jane Doe"] }]);
  expect(back.origin).toMatchObject({ slug: "talks" });
  expect(((await (await delegation.get(`${root}/report`)).json()) as { seq: number }).seq).toBe(report.seq);
});

test("[REA3] what cannot be read, and who may not send it, is told by its code", async () => {
  const codeOf = async (response: Promise<Response>): Promise<string> =>
    ((await (await response).json()) as { code: string }).code;
  expect(await codeOf(sends("delegation:XAA", "%PDF-1.7"))).toBe("file-of-another-kind");
  expect(await codeOf(sends("delegation:XAA", "%PDF-1.7", { type: "text/plain" }))).toBe("not-a-file");
  const ofAnother = { query: "?onBehalfOf=XAB" };
  expect(await codeOf(sends("delegation:XAA", "%PDF-1.7", ofAnother))).toBe("not-allowed");
  expect(await codeOf(sends("chair", "%PDF-1.7", { query: "?onBehalfOf=XZZ" }))).toBe("not-allowed");
  expect(await codeOf(sends("chair", "%PDF-1.7"))).toBe("delegation-needed");
  expect(await codeOf(sends("chair", "%PDF-1.7", ofAnother))).toBe("file-of-another-kind");
  expect(await codeOf(sends("observer", "%PDF-1.7"))).toBe("not-allowed");
});
