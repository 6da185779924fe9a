import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer } from "../../support/http-server.ts";

let server: HttpServer;
const folder = mkdtempSync(join(tmpdir(), "rapporteur-client-"));
const script = "export const words = 'States should cooperate';";

beforeAll(async () => {
  mkdirSync(join(folder, "assets"));
  mkdirSync(join(folder, ".vite"));
  const built = { file: "assets/desk.js", css: ["assets/desk.css"] };
  writeFileSync(join(folder, ".vite/manifest.json"), JSON.stringify({ "delegation/delegation-desk.tsx": built }));
  writeFileSync(join(folder, "index.html"), `<html><head></head><body><div id="root"></div></body></html>`);
  for (const [name, words] of [
    ["desk.js", script],
    ["desk.js.br", "in brotli"],
    ["desk.js.gz", "in gzip"],
    ["plain.css", "p {}"],
  ] as const) {
    writeFileSync(join(folder, "assets", name), words);
  }
  server = await httpServer({ client: folder });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The answer as it came over the line. */
function ask(path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    request(server.base + path, { headers }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
    })
      .on("error", reject)
      .end();
  });
}

describe("an answer goes in the smallest form that the caller takes", () => {
  test("pages and JSON, in brotli before gzip, with one name in every form", async () => {
    for (const path of ["/api/openapi.json", "/n/talks", "/n/talks/record", "/api/v1/negotiations/talks/events"]) {
      const plain = await ask(path, {});
      const [br, gzip] = [
        await ask(path, { "accept-encoding": "gzip, br" }),
        await ask(path, { "accept-encoding": "gzip" }),
      ];
      expect([
        plain.headers["content-encoding"],
        br.headers["content-encoding"],
        gzip.headers["content-encoding"],
      ]).toEqual([undefined, "br", "gzip"]);
      expect(brotliDecompressSync(br.body).length).toBe(plain.body.length);
      expect(gunzipSync(gzip.body).length).toBe(plain.body.length);
      expect(br.body.length).toBeLessThan(plain.body.length / 2);
      expect(String(br.headers["vary"])).toContain("Accept-Encoding");
      const { etag } = br.headers;
      if (typeof etag !== "string" || String(br.headers["cache-control"]).includes("no-store")) continue;
      expect((await ask(path, { "accept-encoding": "br", "if-none-match": etag })).status).toBe(304);
    }
  });

  test("what is small goes as it is", async () => {
    expect((await ask("/version", { "accept-encoding": "br" })).headers["content-encoding"]).toBe(undefined);
  });

  test("the desks' files in the forms made when they were built, under their own type", async () => {
    const [br, gzip, plain, bare] = [
      await ask("/assets/desk.js", { "accept-encoding": "gzip, br" }),
      await ask("/assets/desk.js", { "accept-encoding": "gzip" }),
      await ask("/assets/desk.js", {}),
      await ask("/assets/plain.css", { "accept-encoding": "br" }),
    ];
    expect([br, gzip, plain, bare].map(({ body }) => body.toString())).toEqual([
      "in brotli",
      "in gzip",
      script,
      "p {}",
    ]);
    expect([br, gzip, plain].map(({ headers }) => String(headers["content-type"]))).toEqual(
      Array.from({ length: 3 }, () => "text/javascript; charset=utf-8"),
    );
    expect([br, gzip, plain, bare].map(({ headers }) => headers["content-encoding"])).toEqual([
      "br",
      "gzip",
      undefined,
      undefined,
    ]);
  });

  test("the page of a desk names all its files at once, and says to a delegation what else there is", async () => {
    const desk = (await ask("/n/talks/desk/delegation:XAA", {})).body.toString();
    expect(desk).toContain(`<link rel="modulepreload" crossorigin href="/assets/desk.js">`);
    expect(desk).toContain(`<link rel="preload" as="style" crossorigin href="/assets/desk.css">`);
    expect(desk).toContain(`href="/n/talks/desk/delegation:XAA/light"`);
    expect((await ask("/n/talks/desk/chair", {})).body.toString()).not.toContain("/light");
    expect((await ask("/n/%22%3E%3Cb%3E/desk/delegation:XAA", {})).body.toString()).not.toContain("<b>");
  });
});
