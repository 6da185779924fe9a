/** What every answer has in common, and what the server says of itself. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { get as httpGet } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeApp } from "../../../server/http/app.ts";
import { problemCodes } from "../../../server/http/problems.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { Browser, httpServer, program } from "../../support/http-server.ts";

interface Document {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<string, { parameters: object[]; requestBody?: object; responses: Record<string, object> }>
  >;
  readonly components: {
    readonly schemas: Record<string, { readonly properties?: { readonly code?: { readonly enum: string[] } } }>;
  };
}

const client = mkdtempSync(join(tmpdir(), "rapporteur-client-"));
let server: HttpServer;
beforeAll(async () => {
  mkdirSync(join(client, "assets"));
  writeFileSync(
    join(client, "index.html"),
    `<html><head><meta property="csp-nonce" nonce="__CSP_NONCE__"></head></html>`,
  );
  writeFileSync(join(client, "assets", "main-1a2b.js"), "export {};");
  server = await httpServer({ client, demo: { slug: "talks", reset: async () => undefined } });
});
afterAll(async () => {
  await server.close();
  rmSync(client, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.base + path, { headers, redirect: "manual" });

/** As a browser asks that follows a link on `site`; fetch would say how it asks itself. */
async function followLink(path: string, site: string): Promise<string> {
  const headers = { "sec-fetch-site": site, "sec-fetch-mode": "navigate", accept: "text/html" };
  const [response] = (await once(httpGet(server.base + path, { headers }), "response")) as [IncomingMessage];
  return text(response);
}

interface Route {
  readonly path: string | readonly string[];
  readonly methods: object;
  readonly stack: readonly { readonly name: string }[];
}

/** Every method and path that the router answers, as OpenAPI spells them. */
function routes(): string[] {
  interface Layer {
    readonly route?: Route;
    readonly handle: { readonly stack?: readonly Layer[] };
  }
  const { router } = makeApp(server.ports) as unknown as { router: { stack: readonly Layer[] } };
  return router.stack
    .flatMap((layer) => (layer.route ? [layer] : (layer.handle.stack ?? [])))
    .flatMap(({ route }) => (route === undefined || route.stack[0]?.name === "refuseMethod" ? [] : [route]))
    .flatMap(({ path, methods }) =>
      [path]
        .flat()
        .flatMap((one) => Object.keys(methods).map((method) => `${method} ${one.replace(/:(\w+)/g, "{$1}")}`)),
    );
}

describe("the OpenAPI document", () => {
  test("[IDE13] knows every route, its parameters and every code, and every reference in it leads somewhere", async () => {
    const document = (await (await get("/api/openapi.json")).json()) as Document;
    expect(document.openapi).toBe("3.1.0");
    const known = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(new Set(known)).toEqual(new Set(routes()));
    expect(known.length).toBeGreaterThan(25);
    expect(document.components.schemas["Problem"]?.properties?.code?.enum).toEqual(problemCodes);
    const written = JSON.stringify(document.paths);
    for (const code of problemCodes) expect(written, code).toContain(`"${code}"`);
    for (const [, name = ""] of JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)) {
      expect(document.components.schemas, name).toHaveProperty([name.replace("#/components/schemas/", "")]);
    }
    for (const path of Object.keys(document.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(document.paths[path] ?? {})) {
        expect(parameters).toEqual(
          expect.arrayContaining(named.map((name) => expect.objectContaining({ name, in: "path" }))),
        );
      }
    }
  });
});

describe("headers", () => {
  test("[IDE12] every answer forbids framing, foreign scripts and referrers", async () => {
    const paths = [
      "/",
      "/healthz",
      "/readyz",
      "/metrics",
      "/version",
      "/api/v1/me",
      "/n/talks",
      "/n/talks.csv",
      "/n/talks/desk/chair",
      "/new",
      "/assets/main-1a2b.js",
      "/enter/x",
      "/demo",
      "/nothing",
      "/api/nothing",
    ];
    for (const path of paths) {
      const { headers } = await get(path, { accept: "text/html" });
      const policy = headers.get("content-security-policy") ?? "";
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
      ]) {
        expect(policy, path).toContain(rule);
      }
      expect(policy, path).not.toContain("unsafe");
      expect(headers.get("referrer-policy"), path).toBe("no-referrer");
      expect(headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy"), path).toBe("same-origin");
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("x-powered-by"), path).toBeNull();
      expect(headers.get("access-control-allow-origin"), path).toBeNull();
    }
  });

  test("[IDE12] the desks' page carries a nonce of its own each time; its files are kept for ever", async () => {
    const nonces = [];
    for (let i = 0; i < 2; i++) {
      const response = await get("/n/talks/desk/delegation:XAA/overview");
      const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1] ?? "";
      expect(response.headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
      nonces.push(nonce);
    }
    expect(new Set(nonces).size).toBe(2);
    expect((await get("/assets/main-1a2b.js")).headers.get("cache-control")).toContain("immutable");
    expect((await get("/assets/..%2f..%2f..%2fetc%2fpasswd")).status).toBe(404);
  });

  test("what belongs to one caller is kept by no cache between", async () => {
    const token = await server.token("chair");
    const chair = program(server, token);
    for (const path of [
      "/api/v1/me",
      "/api/v1/negotiations",
      "/api/v1/negotiations/talks",
      "/api/v1/negotiations/talks/report",
      "/n/talks.json",
    ]) {
      expect((await chair.get(path)).headers.get("cache-control"), path).toMatch(/private|no-store/);
    }
  });
});

describe("people and programs", () => {
  test("[IDE8] a person gets a page, a program a problem", async () => {
    const page = await get("/nothing", { accept: "text/html,*/*" });
    expect([page.status, page.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    const problem = await get("/nothing", { accept: "*/*" });
    expect(problem.headers.get("content-type")).toContain("application/problem+json");
    expect((await get("/api/v1/nothing", { accept: "text/html" })).headers.get("content-type")).toContain(
      "problem+json",
    );
  });

  test("a page opened from another site is opened once more, so that the browser brings its cookie", async () => {
    for (const path of ["/", "/n/talks/desk/delegation:XAA/light"]) {
      expect(await followLink(path, "cross-site")).toContain('http-equiv="refresh"');
      expect(await followLink(path, "same-origin")).not.toContain("http-equiv");
    }
    // What is the same for everybody is shown at once.
    expect(await followLink("/n/talks", "cross-site")).toContain('id="consensus"');
  });

  test("machines learn whether it lives, can record, what it counts and which release it is", async () => {
    expect(await (await get("/healthz")).json()).toEqual({ status: "alive" });
    expect(await (await get("/readyz")).json()).toEqual({ status: "ready", schema: 1 });
    expect(await (await get("/version")).json()).toEqual({ name: "rapporteur", version: "0.0.0-test" });
    await get("/enter/secret-token-in-the-address");
    const metrics = await (await get("/metrics")).text();
    expect(metrics).toContain('rapporteur_http_request_seconds_count{method="GET",route="/enter/:token"');
    expect(metrics).not.toMatch(/secret-token|Freedonia|States should/);
  });

  test("[DRA1] what a delegation does on its own side is not counted", async () => {
    const token = await server.token("delegation:XAA");
    for (const path of ["drafting", "papers", "me"]) {
      const under = path === "me" ? "" : "negotiations/talks/";
      const headers = { authorization: `Bearer ${token}` };
      expect((await fetch(`${server.base}/api/v1/${under}${path}`, { headers })).status).toBe(200);
    }
    const metrics = await (await get("/metrics")).text();
    expect(metrics).toContain('route="/api/v1/me"');
    expect(metrics).not.toMatch(/drafting|papers/);
  });

  test("every seat of the demo is for everyone, and one visitor may hold several", async () => {
    await server.token("delegation:XAA");
    const visitor = new Browser(server);
    for (const seat of ["chair", "delegation:XAA"]) {
      const response = await visitor.post(`/demo/enter/${seat}`);
      expect([response.status, response.headers.get("location")]).toEqual([303, `/n/talks/desk/${seat}`]);
    }
    const { seats } = (await (await visitor.get("/api/v1/me")).json()) as { seats: { seat: string }[] };
    expect(seats.map(({ seat }) => seat).sort()).toEqual(["chair", "delegation:XAA"]);
    expect((await visitor.post("/demo/enter/delegation:XAF")).status).toBe(404);
    expect((await visitor.post("/demo/reset")).headers.get("location")).toBe("/demo");
  });

  test("whoever asks too often is asked to wait; this machine and onlookers are not counted", async () => {
    const busy = await httpServer({
      trustProxy: true,
      limits: { requestsBurst: 3, requestsPerSecond: 1, commandsBurst: 2, commandsPerSecond: 1 },
    });
    const from = async (address: string) => {
      const response = await fetch(`${busy.base}/healthz`, { headers: { "x-forwarded-for": address } });
      return response.status;
    };
    const tried = [];
    for (let i = 0; i < 5; i++) tried.push(await from("192.0.2.1"));
    expect(tried).toEqual([200, 200, 200, 429, 429]);
    expect(await from("192.0.2.2")).toBe(200);
    for (let i = 0; i < 10; i++) expect(await from("127.0.0.1")).toBe(200);
    const chair = program(busy, await busy.token("chair"));
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push(await chair.submit("talks", { kind: "circulate" }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 429]);
    expect(answers[3]?.headers.get("retry-after")).toBe("1");
    await busy.close();
  });
});
