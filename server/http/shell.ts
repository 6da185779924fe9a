/** The desks' page: one document for every address that the client's own routes serve, and the built files it loads. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Express, Response } from "express";
import express from "express";
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
  app.use("/assets", express.static(join(client, "assets"), { immutable: true, maxAge: "1y", index: false }));
  app.use(express.static(client, { index: false, maxAge: "1h" }));
  const page = readFileSync(join(client, "index.html"), "utf8");
  app.get([...shellPaths], (_, response) => sendShell(response, page));
}

/** Each answer has a nonce of its own, written where the page asks for it; React Aria marks its style element with it. */
function sendShell(response: Response, page: string): void {
  const nonce = (response.locals as { nonce: string }).nonce;
  const marked = page.replaceAll("__CSP_NONCE__", nonce);
  response.set("Cache-Control", "private, no-cache").type("html").send(marked);
}
