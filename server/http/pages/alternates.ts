/** The other forms in which a negotiation can be followed: named in the head of the page, in its headers, and as links on it. */
import type { Alternate } from "./document.tsx";
import { say } from "./speaker.ts";

export const feedsOf = (slug: string): readonly Alternate[] => [
  { href: `/n/${slug}/feed.atom`, type: "application/atom+xml", title: say("feeds.atom") },
  { href: `/n/${slug}/feed.json`, type: "application/feed+json", title: say("feeds.json") },
  { href: `/n/${slug}/deadlines.ics`, type: "text/calendar", title: say("feeds.calendar") },
];

/** A value of `Link` (RFC 8288). */
export const linkHeader = (href: string, rel: string, type?: string): string =>
  `<${href}>; rel="${rel}"${type === undefined ? "" : `; type="${type}"`}`;
