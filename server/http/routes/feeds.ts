/**
 * A negotiation followed from elsewhere: versions and decisions as feeds, deadlines as a calendar. Without a seat they hold what everyone
 * may see. Programs that cannot send a token follow at an address with a secret in it (SPEC: FED3–FED5).
 */
import * as z from "zod";
import type { Actor, Viewer } from "../../../shared/domain/roster.ts";
import { viewerOf } from "../../../shared/domain/roster.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import { isoOf } from "../../../shared/messages/times.ts";
import * as answers from "../../../shared/wire/answers.ts";
import type { FeedKey, FeedKeyMade } from "../../../shared/wire/api.ts";
import { spelledSeat } from "../../../shared/wire/values.ts";
import { toCalendar } from "../../publication/calendar.ts";
import { newsFor, toAtom, toJsonFeed } from "../../publication/news.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";
import { Bucket } from "../../rooms/allowance.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";
import { RateLimit } from "../rate-limits.ts";
import type { SeatInQuery } from "./files.ts";
import { readerOf } from "./files.ts";
import { negotiationOf, underNegotiation } from "./negotiations.ts";

const feedQuery = z.strictObject({ seat: spelledSeat.exactOptional() });
const problems = ["not-found", "seat-not-held"] as const;
const voice = voiceIn("en");

const feeds = {
  "feed.atom": { type: "application/atom+xml", write: toAtom },
  "feed.json": { type: "application/feed+json", write: toJsonFeed },
} as const;
type FeedName = keyof typeof feeds;
const names = Object.keys(feeds) as readonly FeedName[];

interface Followed {
  readonly negotiation: LiveNegotiation;
  readonly viewer: Viewer;
  /** Seen by everyone: may be kept by whoever passes it on. */
  readonly isPublic: boolean;
}

export function feedRoutes(ports: HttpPorts): readonly Endpoint[] {
  const { site, identity, clock, limits } = ports;

  const limit = new RateLimit(clock, () => new Bucket(limits.feedsBurst, limits.feedsPerMinute / 60_000, clock.now()));

  /** Whoever is signed in besides does not matter: the address is all that counts. Unknown and ended are the same answer. */
  async function followed({ params }: Asked<unknown, unknown>): Promise<Followed> {
    const secret = params["secret"] ?? "";
    const found = await identity.followerBy(secret);
    if (!found) throw new Trouble("not-found");
    limit.take(secret);
    return { negotiation: found.negotiation, viewer: viewerOf(found.seat), isPublic: false };
  }
  const inOpen = (asked: Asked<unknown, SeatInQuery>): Followed => ({
    ...readerOf(ports, asked),
    isPublic: asked.caller.kind === "public",
  });

  /** Named by its contents (express), so that a reader who has it is told only that nothing is new. */
  const send = ({ response }: Asked<unknown, unknown>, isPublic: boolean, type: string, file: string): void => {
    response.set("Cache-Control", isPublic ? "public, no-cache" : "private, no-cache");
    response.type(type).send(file);
  };

  const sendNews = (
    asked: Asked<unknown, unknown>,
    { negotiation, viewer, isPublic }: Followed,
    { type, write }: (typeof feeds)[FeedName],
  ): void => {
    const found = newsFor(negotiation, viewer, voice);
    if (!found) throw new Trouble("not-found");
    const { slug } = negotiation.row;
    // Its own address, secret or not: whoever reads it came by that.
    const self = site.base + asked.request.path;
    send(asked, isPublic, type, write(found, { self, base: site.base, slug }, voice.say("site.name")));
  };
  const sendDeadlines = (asked: Asked<unknown, unknown>, { negotiation, viewer, isPublic }: Followed): void => {
    const { record, row } = negotiation;
    const address = `${site.base}/n/${row.slug}`;
    const file = toCalendar({ report: negotiation.report(viewer), record, address, voice });
    send(asked, isPublic, "text/calendar", file);
  };

  /** Who holds a seat by which more is seen than by everyone. @throws Trouble */
  function holder(asked: Asked<unknown, unknown>): { negotiation: LiveNegotiation; actor: Actor } {
    const { negotiation, actor } = negotiationOf(ports, asked);
    if (!actor) throw new Trouble(asked.caller.kind === "public" ? "not-signed-in" : "not-allowed");
    if (viewerOf(actor.seat).kind === "public") throw new Trouble("not-allowed");
    return { negotiation, actor };
  }

  return [
    ...names.flatMap((name) => [
      endpoint(
        {
          method: "get",
          path: `/n/:slug/${name}`,
          summary: `Versions and decisions, the newest first, as ${feeds[name].type}.`,
          query: feedQuery,
          answer: feeds[name].type,
          problems,
        },
        (asked) => sendNews(asked, inOpen(asked), feeds[name]),
      ),
      endpoint(
        {
          method: "get",
          path: `/feeds/:secret/${name}`,
          summary: `The same as the seat sees it whose secret address this is.`,
          answer: feeds[name].type,
          problems: ["not-found"],
        },
        async (asked) => sendNews(asked, await followed(asked), feeds[name]),
      ),
    ]),
    endpoint(
      {
        method: "get",
        path: "/n/:slug/deadlines.ics",
        summary: "When silences end, announced phases begin and versions were issued, as iCalendar.",
        query: feedQuery,
        answer: "text/calendar",
        problems,
      },
      (asked) => sendDeadlines(asked, inOpen(asked)),
    ),
    endpoint(
      {
        method: "get",
        path: "/feeds/:secret/deadlines.ics",
        summary: "The same as the seat sees it whose secret address this is.",
        answer: "text/calendar",
        problems: ["not-found"],
      },
      async (asked) => sendDeadlines(asked, await followed(asked)),
    ),
    endpoint(
      {
        method: "get",
        path: underNegotiation("/feed-key"),
        summary: "Whether this person follows from this seat at a secret address, and until when.",
        seated: true,
        answer: answers.feedKey,
        problems: ["not-allowed"],
      },
      async (asked): Promise<FeedKey> => {
        const { negotiation, actor } = holder(asked);
        const ends = await identity.feedKeyEnds(negotiation, actor);
        return { expires: ends && isoOf(ends) };
      },
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/feed-key"),
        summary:
          "Makes a secret address of feeds and calendar as this seat sees them, for programs that cannot sign in, in place of the one before. Told this once.",
        seated: true,
        answer: answers.feedKeyMade,
        problems: ["not-allowed"],
      },
      async (asked): Promise<FeedKeyMade> => {
        const { negotiation, actor } = holder(asked);
        const { secret, expiresAt } = await identity.makeFeedKey(negotiation, actor);
        const address = `${site.base}/feeds/${secret}`;
        return {
          expires: isoOf(expiresAt),
          atom: `${address}/feed.atom`,
          json: `${address}/feed.json`,
          calendar: `${address}/deadlines.ics`,
        };
      },
    ),
    endpoint(
      {
        method: "post",
        path: underNegotiation("/feed-key/end"),
        summary: "Ends this person's secret address for this seat, at once.",
        seated: true,
        answer: answers.feedKey,
        problems: ["not-allowed"],
      },
      async (asked): Promise<FeedKey> => {
        const { negotiation, actor } = holder(asked);
        await identity.endFeedKey(negotiation, actor);
        return { expires: null };
      },
    ),
  ];
}
