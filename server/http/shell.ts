/** The desks' page: one document for every address that the client's own routes serve, and the built files it loads. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Express, RequestHandler } from "express";
import express from "express";
import type { Seat } from "../../shared/domain/roster.ts";
import { isTeam, parseSeat } from "../../shared/domain/roster.ts";
import { asksForLess, isOnSlowLine, lightPath, lineHint } from "./pages/sparing.ts";
import { say } from "./pages/speaker.ts";
import { encodingFor } from "./compress.ts";
import type { HttpPorts } from "./ports.ts";

/** What the client serves; every other page is the server's. */
export const shellPaths = ["/new", "/n/:slug/desk/:seat", "/n/:slug/desk/:seat/:page"] as const;

export function mountShell(app: Express, { client, development }: Pick<HttpPorts, "client" | "development">): void {
  if (development) {
    app.use(development.middlewares);
    app.get([...shellPaths], async (request, response) => {
      const page = readFileSync(join(development.config.root, "index.html"), "utf8");
      response.type("html").send(await development.transformIndexHtml(request.originalUrl, page));
    });
    return;
  }
  if (client === null) return;
  // Files are named by their contents, so they never change under a name.
  const kept = { immutable: true, maxAge: "1y", index: false, setHeaders: nameEncoding } as const;
  app.use("/assets", smallest(join(client, "assets")), express.static(join(client, "assets"), kept));
  app.use(express.static(client, { index: false, maxAge: "1h" }));
  const page = readFileSync(join(client, "index.html"), "utf8");
  const needs = filesOf(client);
  const named = new Set(needs("index.html"));
  app.get([...shellPaths], (request, response) => {
    const { slug, seat: spelled, page: beside } = request.params;
    const seat = typeof spelled === "string" ? parseSeat(spelled) : null;
    response.set({ "Cache-Control": "private, no-cache", ...lineHint }).vary("Save-Data, ECT");
    if (seat && hasLight(seat) && !beside && asksForLess(request) && !("open" in request.query)) {
      return response.redirect(lightPath(String(slug), seat));
    }
    // All at once: on a line with a long round trip, files that name one another one by one cost most of the time.
    const files = seat === null ? [] : needs(isTeam(seat) ? "chair/chair-desk.tsx" : "delegation/delegation-desk.tsx");
    const links = files
      .filter((file) => !named.has(file))
      .map((file) =>
        file.endsWith(".css")
          ? `<link rel="preload" as="style" crossorigin href="/${file}">`
          : `<link rel="modulepreload" crossorigin href="/${file}">`,
      );
    // Each answer has a nonce of its own, written where the page asks for it; React Aria marks its style element with it.
    const marked = page
      .replaceAll("__CSP_NONCE__", (response.locals as { nonce: string }).nonce)
      .replace("</head>", `${links.join("")}</head>`)
      .replace(
        '<div id="root"></div>',
        `<div id="root">${seat === null ? "" : opening(String(slug), seat, isOnSlowLine(request))}</div>`,
      );
    response.type("html").send(marked);
  });
}

/** Whom the light page is offered in place of the desk. */
const hasLight = ({ role }: Seat): boolean => role === "delegation";

/** What there is to read while the script is on its way; the script puts its own in its place. */
function opening(slug: string, seat: Seat, isSlow: boolean): string {
  const light = `<a href="${lightPath(slug, seat)}">${say("desk.opening.light")}</a>`;
  const other = `<p>${say(isSlow ? "desk.opening.knownSlow" : "desk.opening.slow")} ${light}</p>`;
  return `<main class="opening" aria-busy="true"><h1>${say("desk.loading")}</h1>${hasLight(seat) ? other : ""}</main>`;
}

const encodings = { br: ".br", gzip: ".gz" } as const;

/** Answers with the smallest form of a file that the caller takes. */
function smallest(folder: string): RequestHandler {
  const files = new Set(existsSync(folder) ? readdirSync(folder) : []);
  return (request, response, next) => {
    response.vary("Accept-Encoding");
    const taken = encodingFor(request);
    if (taken !== null) {
      const form = request.path + encodings[taken];
      if (files.has(form.slice(1))) request.url = form;
    }
    next();
  };
}

/** A compressed form is the file in another encoding, not a file of its own. */
function nameEncoding(response: Parameters<RequestHandler>[1], path: string): void {
  const encoding = path.endsWith(".br") ? "br" : path.endsWith(".gz") ? "gzip" : null;
  if (encoding === null) return;
  response.setHeader("Content-Encoding", encoding);
  response.type(path.slice(0, -encodings[encoding].length).replace(/^.*\./, ""));
}

interface Built {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

/** The files that a desk with these parts needs before it can show anything. */
export function filesOf(client: string): (...parts: readonly string[]) => readonly string[] {
  const path = join(client, ".vite", "manifest.json");
  const manifest = (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {}) as Record<string, Built>;
  const gather = (names: readonly string[], found: Set<string>): Set<string> => {
    for (const name of names) {
      const built = manifest[name];
      if (!built || found.has(built.file)) continue;
      found.add(built.file);
      for (const sheet of built.css ?? []) found.add(sheet);
      gather(built.imports ?? [], found);
    }
    return found;
  };
  return (...parts) => [...gather(parts, new Set())];
}
