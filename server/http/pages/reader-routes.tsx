/** `GET /n/S` and `/n/S/v/VERSION`: the public report, the same bytes for everyone until the record or the text moves on. */
import type { Express, Request, Response } from "express";
import type { ReactElement } from "react";
import { numbersToday } from "../../../shared/domain/held-numbers.ts";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import { parts } from "../../../shared/domain/values.ts";
import type { Version } from "../../../shared/domain/versions.ts";
import { versionNamed } from "../../../shared/domain/versions.ts";
import { feedsOf, linkHeader } from "./alternates.ts";
import { changesIn } from "./changes.ts";
import type { PageDeps, Talks } from "./deps.ts";
import { htmlOf } from "./document.tsx";
import { issuedReading } from "./issued.ts";
import type { KeptPage } from "./kept-page.ts";
import { keepPage, sendKept } from "./kept-page.ts";
import type { Reading } from "./reader.tsx";
import { ReaderPage } from "./reader.tsx";
import { BesidePage, RedlinePage } from "./redline-page.tsx";
import { seenBy } from "./seen-record.ts";
import { say } from "./speaker.ts";
import { NoVersion, NotThere, sendPage } from "./trouble.tsx";

export function readerPages(app: Express, { house }: PageDeps): void {
  app.get("/n/:slug", async (req, res) => {
    const talks = house.bySlug(req.params.slug);
    if (!talks) return sendPage(res, 404, <NotThere what="negotiation" />);
    const text = talks.textFor(thePublic);
    const { numbers } = numbersToday(talks.record, text);
    const after = { text, numbers, label: say("versions.today") };
    await answer(req, res, talks, null, { ...after, report: talks.report(thePublic) });
  });

  app.get("/n/:slug/v/:version", async (req, res) => {
    const talks = house.bySlug(req.params.slug);
    if (!talks) return sendPage(res, 404, <NotThere what="negotiation" />);
    const version = versionNamed(talks.record, req.params.version);
    if (!version) return noVersion(res, talks);
    await answer(req, res, talks, version, { ...version, report: issuedReading(talks, version, thePublic).report });
  });
}

const noVersion = (res: Response, { row, record }: Talks): void =>
  sendPage(res, 404, <NoVersion slug={row.slug} title={record.settings.title} />);

type Shown = Pick<Version, "text" | "numbers" | "label"> & { readonly report: ComposedReport };

/** As it is, against another version, or beside others. */
async function answer(req: Request, res: Response, talks: Talks, version: Version | null, after: Shown): Promise<void> {
  const { record } = talks;
  const { versions } = record;
  res.append(
    "Link",
    feedsOf(talks.row.slug).map(({ href, type }) => linkHeader(href, "alternate", type)),
  );
  const { against, beside, part } = req.query;
  const about = { slug: talks.row.slug, title: record.settings.title, versions };
  if (typeof against === "string") {
    const before = versionNamed(record, against);
    if (!before) return noVersion(res, talks);
    const page = () => <RedlinePage {...about} before={before} after={after} version={version} />;
    return send(req, res, after.report, versions, `against ${before.name}`, page);
  }
  if (typeof beside === "string" && version) {
    const names = new Set([...beside.split(","), version.name]);
    const shown = versions.filter(({ name }) => names.has(name)).slice(-4);
    const page = () => <BesidePage {...about} shown={shown} />;
    return send(req, res, after.report, versions, `beside ${shown.map(({ name }) => name).join()}`, page);
  }
  const only = parts.find((one) => one === part) ?? null;
  const reading: Reading = version
    ? { ...issuedReading(talks, version, thePublic), versions, only }
    : {
        report: after.report,
        record: seenBy(thePublic, talks).record,
        text: after.text,
        changes: changesIn(talks, thePublic),
        versions,
        only,
      };
  await send(req, res, after.report, versions, only ?? "", () => <ReaderPage {...reading} />);
}

/** By the report it shows and the versions there are: the same, the same page. */
const kept = new WeakMap<ComposedReport, { readonly of: readonly Version[]; readonly pages: Map<string, KeptPage> }>();
/** A negotiation has few versions, and each is compared with few others. */
const mostKept = 50;

function send(
  req: Request,
  res: Response,
  report: ComposedReport,
  versions: readonly Version[],
  variant: string,
  make: () => ReactElement,
): Promise<void> {
  let known = kept.get(report);
  if (known?.of !== versions) kept.set(report, (known = { of: versions, pages: new Map() }));
  let page = known.pages.get(variant);
  if (!page) {
    page = keepPage(htmlOf(make()));
    if (known.pages.size >= mostKept) known.pages.clear();
    known.pages.set(variant, page);
  }
  return sendKept(req, res, page);
}
