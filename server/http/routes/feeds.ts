/** A negotiation followed from elsewhere: versions and decisions as feeds, deadlines as a calendar. Without a seat they hold what everyone may see. */
import * as z from "zod";
import { voiceIn } from "../../../shared/messages/say.ts";
import { spelledSeat } from "../../../shared/wire/values.ts";
import { toCalendar } from "../../publication/calendar.ts";
import { newsFor, toAtom, toJsonFeed } from "../../publication/news.ts";
import type { Asked, Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";
import { readerOf } from "./files.ts";

const feedQuery = z.strictObject({ seat: spelledSeat.exactOptional() });
const problems = ["not-found", "seat-not-held"] as const;
const voice = voiceIn("en");

export function feedRoutes(ports: HttpPorts): readonly Endpoint[] {
  const { site } = ports;

  /** Named by its contents (express), so that a reader who has it is told only that nothing is new. */
  const send = ({ caller, response }: Asked<unknown, unknown>, type: string, file: string): void => {
    response.set("Cache-Control", caller.kind === "public" ? "public, no-cache" : "private, no-cache");
    response.type(type).send(file);
  };

  const feed = (name: string, type: string, write: typeof toAtom): Endpoint =>
    endpoint(
      {
        method: "get",
        path: `/n/:slug/${name}`,
        summary: `Versions and decisions, the newest first, as ${type}.`,
        query: feedQuery,
        answer: type,
        problems,
      },
      (asked) => {
        const { negotiation, viewer } = readerOf(ports, asked);
        const found = newsFor(negotiation, viewer, voice);
        if (!found) throw new Trouble("not-found");
        const { slug } = negotiation.row;
        const self = `${site.base}/n/${slug}/${name}`;
        send(asked, type, write(found, { self, base: site.base, slug }, voice.say("site.name")));
      },
    );

  return [
    feed("feed.atom", "application/atom+xml", toAtom),
    feed("feed.json", "application/feed+json", toJsonFeed),
    endpoint(
      {
        method: "get",
        path: "/n/:slug/deadlines.ics",
        summary: "When silences end, announced phases begin and versions were issued, as iCalendar.",
        query: feedQuery,
        answer: "text/calendar",
        problems,
      },
      (asked) => {
        const { negotiation, viewer } = readerOf(ports, asked);
        const { record, row } = negotiation;
        const address = `${site.base}/n/${row.slug}`;
        send(asked, "text/calendar", toCalendar({ report: negotiation.report(viewer), record, address, voice }));
      },
    ),
  ];
}
