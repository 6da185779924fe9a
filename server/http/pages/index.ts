/** The pages that the server renders: everything a reader, and a delegate without the editor, can do without a line of script. */
import type { Express } from "express";
import { certificatePages } from "./certificate.tsx";
import type { PageDeps } from "./deps.ts";
import { embedPages } from "./embed-page.tsx";
import { frontPages } from "./front.tsx";
import { lifePages } from "./life-page.tsx";
import { lightPages } from "./light-routes.tsx";
import { lineagePages } from "./lineage-page.tsx";
import { overviewPages } from "./overview-page.tsx";
import { readerPages } from "./reader-routes.tsx";
import { recordPages } from "./record-page.tsx";
import { speaker } from "./speaker.ts";
import { stylesheetIn } from "./stylesheet.ts";

export type { Held, LinkState, PageDeps, Talks } from "./deps.ts";

export function pages(app: Express, deps: PageDeps): void {
  const { css, href } = stylesheetIn(speaker);
  app.get(href, (_, res) => {
    res.set("Cache-Control", "public, max-age=31536000, immutable").type("css").send(css);
  });
  frontPages(app, deps);
  readerPages(app, deps);
  recordPages(app, deps);
  lifePages(app, deps);
  embedPages(app, deps);
  lineagePages(app, deps);
  certificatePages(app, deps);
  overviewPages(app, deps);
  lightPages(app, deps);
}
