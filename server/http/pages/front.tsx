/** The front page, the list of negotiations, and the pages around signing in and out. */
import type { Express } from "express";
import type { ReactNode } from "react";
import type { Seat } from "../../../shared/domain/roster.ts";
import { delegationOf, parseSeat, spellSeat, thePublic } from "../../../shared/domain/roster.ts";
import type { Record as Log } from "../../../shared/domain/record.ts";
import { sayAdoption } from "../../../shared/messages/silence.ts";
import { nameOfSeat } from "../../../shared/messages/tell.ts";
import type { Held, LinkState, PageDeps, Talks, Visitor } from "./deps.ts";
import { Document } from "./document.tsx";
import { say, speaker } from "./speaker.ts";
import { timesOf } from "./time.tsx";
import { PlainPage, sendPage } from "./trouble.tsx";

export function frontPages(app: Express, { house, identify, linkState, demo }: PageDeps): void {
  app.get("/", async (req, res) => {
    sendPage(res, 200, <FrontPage visitor={await identify(req)} all={house.all()} hasDemo={demo} />);
  });
  app.get("/n", async (req, res) => {
    const visitor = await identify(req);
    sendPage(
      res,
      200,
      <PlainPage title={say("site.negotiations")}>
        <Negotiations visitor={visitor} all={house.all()} />
      </PlainPage>,
    );
  });
  app.get("/enter/:token", async (req, res) => {
    const { token } = req.params;
    const link = await linkState(token);
    sendPage(res, link.state === "good" ? 200 : 410, <EnterPage token={token} link={link} all={house.all()} />);
  });
  app.get("/sign-out", (_, res) => sendPage(res, 200, <SignOutPage />));
}

// ---------- front page ----------

interface Listing {
  readonly visitor: Visitor;
  readonly all: readonly Talks[];
}

function FrontPage({ visitor, all, hasDemo }: Listing & { readonly hasDemo: boolean }) {
  return (
    <Document
      title={say("site.name")}
      look="plain"
      banner={
        <div className="masthead">
          <h1>{say("site.purpose")}</h1>
        </div>
      }
    >
      {hasDemo && (
        <section className="slip">
          <p>{say("site.demoWhy")}</p>
          <p className="further">
            <a className="button" href="/demo">
              {say("site.demo")}
            </a>
          </p>
        </section>
      )}
      <Negotiations visitor={visitor} all={all} />
      <section className="after" aria-labelledby="sign-in">
        <h2 id="sign-in">{say("site.signIn")}</h2>
        {visitor.seats.length > 0 ? (
          <p>
            {say("site.signedIn", { count: visitor.seats.length })}. <a href="/sign-out">{say("site.signOut")}</a>
          </p>
        ) : (
          <p>{say("site.readWithout")}</p>
        )}
        <p className="further">{say("site.signInHow")}</p>
        <p className="further">{say("site.signInAgain")}</p>
      </section>
    </Document>
  );
}

function Negotiations({ visitor, all }: Listing) {
  const held = new Map<string, Held[]>();
  for (const seat of visitor.seats) held.set(seat.slug, [...(held.get(seat.slug) ?? []), seat]);
  const mine = all.filter(({ row }) => held.has(row.slug));
  const others = all.filter(({ row, record }) => !held.has(row.slug) && record.circulations.length > 0);
  return (
    <>
      {visitor.mayOpen && (
        <p>
          <a className="button quiet" href="/new">
            {say("site.newNegotiation")}
          </a>
        </p>
      )}
      {mine.length > 0 && (
        <section className="after" aria-labelledby="mine">
          <h2 id="mine">{say("site.yours")}</h2>
          <Cards all={mine} held={held} />
        </section>
      )}
      {(others.length > 0 || mine.length === 0) && (
        <section className="after" aria-labelledby="public">
          <h2 id="public">{say(mine.length > 0 ? "site.public" : "site.negotiations")}</h2>
          {others.length > 0 ? (
            <Cards all={others} held={held} />
          ) : (
            <>
              <p className="sentence">{say("site.noNegotiations")}</p>
              <p className="further">
                {say(all.length === 0 && !visitor.mayOpen ? "site.noNegotiationsWhy" : "site.nothingYours")}
              </p>
            </>
          )}
        </section>
      )}
    </>
  );
}

function Cards({ all, held }: { readonly all: readonly Talks[]; readonly held: ReadonlyMap<string, readonly Held[]> }) {
  const newestFirst = all.toSorted((a, b) => b.record.at - a.record.at);
  return (
    <ul className="cards">
      {newestFirst.map((talks) => (
        <Card key={talks.row.slug} talks={talks} seats={held.get(talks.row.slug) ?? []} />
      ))}
    </ul>
  );
}

function Card({ talks, seats }: { readonly talks: Talks; readonly seats: readonly Held[] }) {
  const { record, row } = talks;
  const { overview, adoption } = talks.report(thePublic);
  const { total, agreed } = overview;
  const at = record.circulations.at(-1)?.at;
  // One seat may be held by several persons of one session: it is one desk.
  const desks = new Map(seats.map(({ actor }) => [spellSeat(actor.seat), actor.seat]));
  return (
    <li className="card">
      <h3>
        <a href={`/n/${row.slug}`}>{record.settings.title}</a>
      </h3>
      <p>
        {adoption
          ? sayAdoption(adoption, speaker)
          : at === undefined
            ? say("site.notCirculated")
            : `${say("site.agreedOf", { agreed, count: total })} · ${say("site.circulated", timesOf(at))}`}
      </p>
      {desks.size > 0 && (
        <ul className="desks">
          {[...desks].map(([spelled, seat]) => (
            <li key={spelled}>
              <a href={`/n/${row.slug}/desk/${spelled}`}>{say("site.sitAs", { seat: seatName(seat, record) })}</a>
              {delegationOf(seat) && (
                <>
                  {" · "}
                  <a href={`/n/${row.slug}/desk/${spelled}/light`}>
                    {say("site.light")}
                    <span className="unseen">: {seatName(seat, record)}</span>
                  </a>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

export const seatName = (seat: Seat, record: Log): string => nameOfSeat(seat, { record, voice: speaker });

// ---------- in and out ----------

function EnterPage({
  token,
  link,
  all,
}: {
  readonly token: string;
  readonly link: LinkState;
  readonly all: readonly Talks[];
}) {
  if (link.state === "good") {
    const { title } = link;
    const record = all.find((talks) => talks.record.settings.title === title)?.record;
    const seat = parseSeat(link.seat);
    return (
      <PlainPage title={say("site.enter.title")}>
        {title !== null && seat && record ? (
          <>
            <p className="sentence">{say("site.enter.as", { title })}</p>
            <p className="seat">{seatName(seat, record)}</p>
          </>
        ) : (
          <p className="sentence">{say("site.enter.opens")}</p>
        )}
        <form method="post" action={`/enter/${encodeURIComponent(token)}`} className="further">
          <button>{say("site.enter.button")}</button>
        </form>
        <p className="further aside">
          {say("site.enter.once")} {say("site.enter.shared")}
        </p>
      </PlainPage>
    );
  }
  return (
    <PlainPage title={say(`site.enter.${link.state}`)}>
      <p className="sentence">{say(`site.enter.${link.state}Why`)}</p>
      {link.state === "used" && <p className="further">{say("site.enter.usedDo")}</p>}
      <p className="further">{say("site.enter.askAgain")}</p>
      <p className="further">
        <a className="button quiet" href="/n">
          {say("site.enter.mine")}
        </a>
      </p>
    </PlainPage>
  );
}

const SignOutPage = () => (
  <PlainPage title={say("site.signOutAsk")}>
    <p className="sentence">{say("site.signOutWhy")}</p>
    <form method="post" action="/sign-out" className="further">
      <button>{say("site.signOut")}</button>{" "}
      <a className="button quiet" href="/">
        {say("site.signOutStay")}
      </a>
    </form>
  </PlainPage>
);

// ---------- which seat ----------

/** Asked where several seats are held and none is named. */
export const WhichSeat = ({
  path,
  seats,
  record,
}: {
  readonly path: string;
  readonly seats: readonly Seat[];
  readonly record: Log;
}): ReactNode => (
  <PlainPage title={say("site.seat.which")}>
    <p className="sentence">{say("site.seat.why")}</p>
    <ul className="cards further">
      {seats.map((seat) => (
        <li key={spellSeat(seat)} className="card">
          <a href={`${path}?seat=${encodeURIComponent(spellSeat(seat))}`}>{seatName(seat, record)}</a>
        </li>
      ))}
      <li className="card">
        <a href={`${path}?seat=public`}>{say("site.seat.public")}</a>
      </li>
    </ul>
  </PlainPage>
);
