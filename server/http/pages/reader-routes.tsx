/** `GET /n/S`: the public report, the same bytes for everyone until the record or the text moves on. */
import type { Express } from "express";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { Part } from "../../../shared/domain/values.ts";
import { parts } from "../../../shared/domain/values.ts";
import { changesIn } from "./changes.ts";
import type { PageDeps, Talks } from "./deps.ts";
import { htmlOf } from "./document.tsx";
import type { KeptPage } from "./kept-page.ts";
import { keepPage, sendKept } from "./kept-page.ts";
import { ReaderPage } from "./reader.tsx";
import { NoVersion, NotThere, sendPage } from "./trouble.tsx";

export function readerPages(app: Express, { house }: PageDeps): void {
  app.get("/n/:slug", (req, res) => {
    const talks = house.bySlug(req.params.slug);
    if (!talks) return sendPage(res, 404, <NotThere what="negotiation" />);
    const only = parts.find((part) => part === req.query["part"]) ?? null;
    sendKept(req, res, readerPage(talks, only));
  });

  app.get("/n/:slug/v/:version", (req, res) => {
    const talks = house.bySlug(req.params.slug);
    if (!talks) return sendPage(res, 404, <NotThere what="negotiation" />);
    sendPage(res, 404, <NoVersion slug={talks.row.slug} title={talks.record.settings.title} />);
  });
}

/** By the report it shows: the same report, the same page. */
const kept = new WeakMap<ComposedReport, Map<Part | null, KeptPage>>();

function readerPage(talks: Talks, only: Part | null): KeptPage {
  const report = talks.report(thePublic);
  let variants = kept.get(report);
  if (!variants) kept.set(report, (variants = new Map()));
  let page = variants.get(only);
  if (!page) {
    const reading = { report, record: talks.record, text: talks.textFor(thePublic), changes: changesIn(talks), only };
    variants.set(only, (page = keepPage(htmlOf(<ReaderPage {...reading} />))));
  }
  return page;
}
