/** What is said when a page is not there, not yours, or not possible: what happened, what was kept, what to do. */
import type { Response } from "express";
import type { ReactElement, ReactNode } from "react";
import { Document, htmlOf } from "./document.tsx";
import { linksOf } from "./reader.tsx";
import { lineHint } from "./sparing.ts";
import { say } from "./speaker.ts";

/** Pages for one visitor, which no cache may keep. */
export function sendPage(res: Response, status: number, page: ReactElement): void {
  res
    .status(status)
    .set({ "Cache-Control": "private, no-store", ...lineHint })
    .type("html")
    .send(htmlOf(page));
}

export function PlainPage({
  title,
  links,
  children,
}: {
  readonly title: string;
  readonly links?: ReturnType<typeof linksOf>;
  readonly children: ReactNode;
}) {
  return (
    <Document
      title={`${title} · ${say("site.name")}`}
      look="plain"
      {...(links && { links })}
      banner={
        <div className="masthead">
          <h1>{title}</h1>
        </div>
      }
    >
      {children}
    </Document>
  );
}

const Home = () => (
  <p>
    <a className="button quiet" href="/">
      {say("site.home")}
    </a>
  </p>
);

const Reference = ({ reference }: { readonly reference: string }) => (
  <p className="aside">
    {say("site.trouble.reference", { reference })} {say("site.trouble.referenceWhy")}
  </p>
);

export const NotThere = ({ what }: { readonly what: "page" | "negotiation" }) => (
  <PlainPage title={say(what === "page" ? "site.trouble.notFound" : "site.trouble.noNegotiation")}>
    <p className="sentence">{say(what === "page" ? "site.trouble.notFoundWhy" : "site.trouble.noNegotiationWhy")}</p>
    <Home />
  </PlainPage>
);

export const NoVersion = ({ slug, title }: { readonly slug: string; readonly title: string }) => (
  <PlainPage title={say("reader.noVersion")} links={linksOf(slug, null)}>
    <p className="sentence">{say("reader.noVersionWhy")}</p>
    <p>
      <a className="button" href={`/n/${slug}`}>
        {title}
      </a>
    </p>
  </PlainPage>
);

const kinds = {
  403: ["forbidden", "forbiddenWhy", "forbiddenKept", "forbiddenDo"],
  500: ["failed", "failedWhy", "failedKept", "failedDo"],
  503: ["away", "awayWhy", "awayKept", "awayDo"],
} as const;

/** @param reference finds the trouble in the server's log */
export function TroublePage({ status, reference }: { readonly status: 403 | 500 | 503; readonly reference?: string }) {
  const [title, ...sentences] = kinds[status];
  return (
    <PlainPage title={say(`site.trouble.${title}`)}>
      {sentences.map((sentence, index) => (
        <p key={sentence} className={index === 0 ? "sentence" : "further"}>
          {say(`site.trouble.${sentence}`)}
        </p>
      ))}
      <Home />
      {reference !== undefined && <Reference reference={reference} />}
    </PlainPage>
  );
}

/** A page for whatever status a request ended with. */
export function troublePage(status: number, reference?: string): ReactElement {
  if (status === 401 || status === 403)
    return <TroublePage status={403} {...(reference !== undefined && { reference })} />;
  if (status === 404 || status === 405) return <NotThere what="page" />;
  if (status === 503) return <TroublePage status={503} {...(reference !== undefined && { reference })} />;
  if (status === 429) {
    return (
      <PlainPage title={say("site.trouble.tooMany")}>
        <p className="sentence">{say("site.trouble.tooManyWhy")}</p>
        <p className="further">{say("site.trouble.tooManyDo")}</p>
      </PlainPage>
    );
  }
  if (status >= 400 && status < 500) {
    return (
      <PlainPage title={say("site.trouble.badForm")}>
        <p className="sentence">{say("site.trouble.badFormWhy")}</p>
        <p className="further">{say("site.trouble.badFormDo")}</p>
        <Home />
      </PlainPage>
    );
  }
  return <TroublePage status={500} {...(reference !== undefined && { reference })} />;
}
