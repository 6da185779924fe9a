/** What happened in a negotiation, for those who follow it from elsewhere: its versions and decisions as Atom (RFC 4287) and JSON Feed 1.1. */
import type { What } from "../../shared/domain/entries.ts";
import { isOfTheCourse } from "../../shared/domain/news.ts";
import { factOf } from "../../shared/domain/record.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { evolveSeen, nothingSeen } from "../../shared/domain/seen-record.ts";
import type { EpochMs } from "../../shared/domain/values.ts";
import type { Voice } from "../../shared/messages/say.ts";
import { capital, reasonIn, tell, tellWhy } from "../../shared/messages/tell.ts";
import { isoOf } from "../../shared/messages/times.ts";
import type { Talks } from "../http/pages/deps.ts";
import { inXml } from "./in-xml.ts";

export interface News {
  /** Of the entry, by its hash: the same wherever the negotiation is served. */
  readonly id: string;
  readonly kind: What["kind"];
  readonly at: EpochMs;
  readonly title: string;
  readonly words: string;
  readonly path: string;
}

export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly updated: EpochMs;
  /** Newest first. */
  readonly news: readonly News[];
}

const mostNews = 50;

/** @returns null before anything can be seen by this viewer */
export function newsFor(talks: Pick<Talks, "frame" | "row">, viewer: Viewer, voice: Voice): Feed | null {
  const { events } = talks.frame(viewer, 0);
  const [first] = events;
  if (!first || "sealed" in first) return null;
  const told = events.filter((entry) => !("sealed" in entry) && isNews(entry.what)).slice(-mostNews);
  let record = nothingSeen;
  const news = told.flatMap((entry): News[] => {
    // As it was then, so that what was once read in a feed is not told in other numbers later.
    record = evolveSeen(record, events.slice(record.seq, entry.seq));
    const fact = factOf(entry);
    if (!fact) return [];
    const telling = { record, text: record.text, voice };
    const pieces = tell(fact, telling);
    const reason = reasonIn(fact.what);
    return [
      {
        id: urnOf(fact.hash),
        kind: fact.what.kind,
        at: fact.at,
        title: capital(pieces.map((piece) => (typeof piece === "string" ? piece : piece.words)).join("")),
        words: [...(reason === null ? [] : [reason]), ...tellWhy(fact, telling)].join("\n"),
        path: pathOf(talks.row.slug, fact.what, fact.seq),
      },
    ];
  });
  record = evolveSeen(record, events.slice(record.seq));
  return {
    id: urnOf(first.hash),
    title: voice.say("feeds.title", { title: record.settings.title }),
    updated: news.at(-1)?.at ?? first.at,
    news: news.toReversed(),
  };
}

const urnOf = (hash: string): string => `urn:sha256:${hash}`;

/** What changed the text or its state, and every step of the negotiation as a whole. */
function isNews(what: What): boolean {
  switch (what.kind) {
    case "circulated":
      return what.auto !== true;
    case "paragraph-moved":
      return what.drafting !== true;
    case "paragraph-gavelled":
    case "paragraph-reopened":
    case "paragraph-corrected":
    case "alternative-chosen":
    case "proposal-disposed":
    case "text-restored":
      return true;
    default:
      return isOfTheCourse(what);
  }
}

function pathOf(slug: string, what: What, seq: number): string {
  if (what.kind === "version-issued") return `/n/${slug}/v/${what.name}`;
  if (what.kind === "circulated" || what.kind === "adopted") return `/n/${slug}`;
  if ("paragraph" in what) return `/n/${slug}/p/${what.paragraph}`;
  return `/n/${slug}/record#entry-${seq}`;
}

/** Where a feed is read, and where what it tells of is. */
export interface Addresses {
  readonly self: string;
  readonly base: string;
  readonly slug: string;
}

export function toAtom({ id, title, updated, news }: Feed, { self, base, slug }: Addresses, author: string): string {
  const entries = news.map(
    (one) => `
  <entry>
    <id>${one.id}</id>
    <title>${escaped(one.title)}</title>
    <published>${isoOf(one.at)}</published>
    <updated>${isoOf(one.at)}</updated>
    <link rel="alternate" type="text/html" href="${escaped(base + one.path)}"/>
    <category term="${one.kind}"/>
    <content type="text">${escaped(one.words)}</content>
  </entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>${id}</id>
  <title>${escaped(title)}</title>
  <updated>${isoOf(updated)}</updated>
  <author><name>${escaped(author)}</name></author>
  <generator>Rapporteur</generator>
  <link rel="self" type="application/atom+xml" href="${escaped(self)}"/>
  <link rel="alternate" type="text/html" href="${escaped(`${base}/n/${slug}`)}"/>${entries.join("")}
</feed>
`;
}

export function toJsonFeed({ title, news }: Feed, { self, base, slug }: Addresses, author: string): string {
  const items = news.map(({ id, kind, at, title: headline, words, path }) => ({
    id,
    url: base + path,
    title: headline,
    content_text: words || headline,
    date_published: isoOf(at),
    tags: [kind],
  }));
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title,
    home_page_url: `${base}/n/${slug}`,
    feed_url: self,
    language: "en",
    authors: [{ name: author }],
    items,
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}

const entities: Readonly<{ [sign: string]: string }> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escaped = (text: string): string => inXml(text).replace(/[&<>"]/g, (sign) => entities[sign]!);
