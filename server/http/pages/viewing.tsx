/** For which seat a page of a negotiation is read: the one named in `?seat=`, the only one held, or nobody's. */
import type { Request, Response } from "express";
import type { Seat, Viewer } from "../../../shared/domain/roster.ts";
import { spellSeat, thePublic, viewerOf } from "../../../shared/domain/roster.ts";
import type { PageDeps, Talks } from "./deps.ts";
import { seatName, WhichSeat } from "./front.tsx";
import { say } from "./speaker.ts";
import { NotThere, sendPage, troublePage } from "./trouble.tsx";

export interface Viewing {
  readonly talks: Talks;
  readonly viewer: Viewer;
  /** Null: as everybody. */
  readonly seat: Seat | null;
  /** Others to choose from. */
  readonly hasOthers: boolean;
  /** Keeps the seat in links to the other pages. */
  readonly query: string;
}

/** Answers itself, and gives null, when there is no such negotiation, the seat is not held, or must be chosen. */
export async function viewing(
  req: Request<{ slug: string }>,
  res: Response,
  { house, identify }: PageDeps,
): Promise<Viewing | null> {
  const talks = house.bySlug(req.params.slug);
  if (!talks) {
    sendPage(res, 404, <NotThere what="negotiation" />);
    return null;
  }
  const { seats } = await identify(req);
  const held = new Map(
    seats.filter(({ slug }) => slug === talks.row.slug).map(({ actor }) => [spellSeat(actor.seat), actor.seat]),
  );
  const wanted = req.query["seat"];
  const hasOthers = held.size > 0;
  if (wanted === "public" || (wanted === undefined && held.size === 0)) {
    const query = wanted === undefined ? "" : "?seat=public";
    return { talks, viewer: thePublic, seat: null, hasOthers, query };
  }
  const spelled = typeof wanted === "string" ? wanted : held.size === 1 ? [...held.keys()][0] : undefined;
  if (spelled === undefined) {
    sendPage(res, 200, <WhichSeat path={req.path} seats={[...held.values()]} record={talks.record} />);
    return null;
  }
  const seat = held.get(spelled);
  if (!seat) {
    sendPage(res, 403, troublePage(403));
    return null;
  }
  return { talks, viewer: viewerOf(seat), seat, hasOthers, query: `?seat=${encodeURIComponent(spelled)}` };
}

/** "You read as Delegate, Lunari. Change seat" */
export const ReadAs = ({
  viewing: { seat, talks, hasOthers },
  path,
}: {
  readonly viewing: Viewing;
  readonly path: string;
}) =>
  !hasOthers && seat === null ? null : (
    <p>
      {seat === null ? say("site.seat.asPublic") : say("site.seat.actingAs", { seat: seatName(seat, talks.record) })}{" "}
      <a href={seat === null ? path : `${path}?seat=public`}>
        {say(seat === null ? "site.seat.change" : "site.seat.public")}
      </a>
    </p>
  );
