/** Files that take a while (SPEC: PUB16). */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { PressBusy, PressFailed } from "../../../server/publication/press.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer, program } from "../../support/http-server.ts";

let server: HttpServer;
beforeAll(async () => {
  server = await httpServer();
});
afterAll(() => server.close());

const asBrowser = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const bytes = new TextEncoder().encode("%PDF-1.7 as asked");
const browse = (path: string): Promise<Response> => fetch(new URL(path, server.base), { headers: asBrowser });

/** The next document is written when the test says so. */
function nextDocument(): { written(): void; lost(trouble: Error): void } {
  let settle!: { resolve(written: Uint8Array): void; reject(trouble: Error): void };
  const promise = new Promise<Uint8Array>((resolve, reject) => (settle = { resolve, reject }));
  promise.catch(() => undefined);
  vi.spyOn(server.ports.press, "write").mockImplementationOnce(() => promise);
  return { written: () => settle.resolve(bytes), lost: (trouble) => settle.reject(trouble) };
}

test("[PUB16] a browser is shown that the file is being written, looks again by itself, and gets the file", async () => {
  const document = nextDocument();
  const waiting = await browse("/n/talks.pdf");
  expect(waiting.status).toBe(202);
  expect(waiting.url).toMatch(/\/n\/talks\/files\/[0-9A-Za-z]{22}$/);
  expect(waiting.headers.get("refresh")).toBe("2");
  expect(await waiting.text()).toContain("talks.pdf is being written");
  document.written();
  const there = await browse(waiting.url);
  expect(there.headers.get("content-type")).toBe("application/pdf");
  expect(there.headers.get("content-disposition")).toBe('attachment; filename="talks.pdf"');
  expect(await there.text()).toBe("%PDF-1.7 as asked");
});

test("[PUB16] a program waits, and so does a browser for what is soon there", async () => {
  const document = nextDocument();
  const asked = fetch(`${server.base}/n/talks.pdf?mode=review`);
  setTimeout(() => document.written(), 1_200);
  expect(await (await asked).text()).toBe("%PDF-1.7 as asked");
  const soon = nextDocument();
  soon.written();
  expect(await (await browse("/n/talks/status.pdf")).text()).toBe("%PDF-1.7 as asked");
});

test("[PUB16] what could not be written is told in words, at once or after the wait, and can be asked for again", async () => {
  const document = nextDocument();
  const { url } = await browse("/n/talks.pdf?mode=compilation");
  document.lost(new PressFailed("canary for the log"));
  const failed = await browse(url);
  expect(failed.status).toBe(500);
  const words = await failed.text();
  expect(words).toContain("talks.pdf could not be written");
  expect(words).toContain("it took too long, or needs more memory");
  expect(words).not.toContain("canary");
  expect(server.complaints.at(-1)).toContain("canary for the log");
  nextDocument().lost(new PressBusy());
  const busy = await browse("/n/talks.pdf?mode=compilation");
  expect([busy.status, (await busy.text()).includes("More documents are being")]).toEqual([503, true]);
  nextDocument().lost(new PressFailed("again"));
  const problem = await fetch(`${server.base}/n/talks.pdf?mode=compilation`);
  expect([problem.status, ((await problem.json()) as { code: string }).code]).toEqual([500, "document-failed"]);
  nextDocument().written();
  expect((await browse("/n/talks.pdf?mode=compilation")).status).toBe(200);
});

test("[PUB16] [PUB1] the address of a file that is being written is of no use to anybody else", async () => {
  const freedonia = program(server, await server.token("delegation:XAA"));
  const sylvania = program(server, await server.token("delegation:XAB"));
  const document = nextDocument();
  const waiting = await freedonia.get("/n/talks.pdf?seat=delegation:XAA", asBrowser);
  const { pathname, search } = new URL(waiting.url);
  document.written();
  expect((await fetch(server.base + pathname)).status).toBe(404);
  expect((await fetch(server.base + pathname + search)).status).toBe(401);
  expect((await sylvania.get(pathname + search)).status).toBe(403);
  expect((await sylvania.get(`${pathname}?seat=delegation:XAB`)).status).toBe(404);
  expect((await fetch(`${server.base}/n/talks/files/${"A".repeat(22)}`)).status).toBe(404);
  expect(await (await freedonia.get(pathname + search)).text()).toBe("%PDF-1.7 as asked");
});
