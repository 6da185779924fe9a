/**
 * The demo's front door, and the page on which its 90 seconds are played. Neither needs a script.
 *
 * The play is not shown in frames: no page of ours may be framed (`frame-ancestors 'none'`), and the demo should not be the exception
 * that makes it untrue. Instead its page is sent piece by piece while the play goes on, both sides beside each other, and real desks
 * in other tabs follow by themselves.
 */
import type { Express } from "express";
import type { ReactElement, ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { Seat } from "../../shared/domain/roster.ts";
import { spellSeat, thePublic } from "../../shared/domain/roster.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import { Document, htmlOf } from "../http/pages/document.tsx";
import { linksOf } from "../http/pages/reader.tsx";
import { say } from "../http/pages/speaker.ts";
import { PlainPage, sendPage } from "../http/pages/trouble.tsx";
import { Redline, StatusMark } from "../http/pages/words.tsx";
import type { Demo } from "../http/ports.ts";
import { Trouble } from "../http/problems.ts";
import type { House } from "../negotiation/house.ts";
import type { LiveNegotiation } from "../negotiation/live-negotiation.ts";
import type { Ports } from "../negotiation/ports.ts";
import type { Player } from "./cast.ts";
import { cast, states } from "./cast.ts";
import type { Beat, Glance, Phrase } from "./play.ts";
import { Performance, phraseIn } from "./play.ts";

export interface FrontDoorDeps extends Pick<Ports, "clock" | "random" | "log"> {
  readonly house: Pick<House, "bySlug">;
  readonly demo: Demo;
}

export function demoPages(app: Express, { house, demo, ...ports }: FrontDoorDeps): void {
  let performance: Performance | null = null;
  const talks = (): LiveNegotiation => {
    const found = house.bySlug(demo.slug);
    // Only for the moment in which it begins anew.
    if (!found) throw new Trouble("not-found");
    return found;
  };

  app.get("/demo", (_, res) => sendPage(res, 200, <FrontDoor report={talks().report(thePublic)} />));

  app.post("/demo/play", async (_, res) => {
    if (performance?.state !== "playing") {
      if (!phraseIn(talks())) await demo.reset();
      performance = new Performance(talks(), ports);
    }
    res.redirect(303, "/demo/play");
  });

  app.get("/demo/play", (req, res) => {
    const played = performance;
    if (!played) return sendPage(res, 200, <NothingPlayed />);
    const { number, ...about } = aboutPlay(talks(), played.phrase);
    const [before = "", after = ""] = htmlOf(<PlayPage number={number} slug={demo.slug} />).split(here);
    res.set({ "Cache-Control": "private, no-store", "X-Accel-Buffering": "no" }).type("html");
    if (req.method === "HEAD") return void res.end();
    res.write(before);
    let last: Beat | null = null;
    const leave = played.follow({
      onBeat: (beat) => {
        res.write(renderToStaticMarkup(<BeatItem beat={beat} last={last} about={{ number, ...about }} />));
        last = beat;
      },
      onEnd: (how) => void res.end(renderToStaticMarkup(<Ending how={how} />) + after),
    });
    res.on("close", leave);
  });
}

interface About {
  readonly number: string;
  readonly name: string;
  readonly phrase: string;
}

const aboutPlay = (talks: LiveNegotiation, { paragraph, quote }: Phrase): About => ({
  number: numbersToday(talks.record, talks.record.text).numbers.get(paragraph) ?? "",
  name: states.lunari.name,
  phrase: quote,
});

// ---------- the front door ----------

function FrontDoor({ report }: { readonly report: ComposedReport }) {
  const { slug, overview } = report;
  const { agreed, total, blocked } = overview;
  return (
    <Document
      title={`${say("demo.title")} · ${say("site.name")}`}
      look="wide"
      links={linksOf(slug, null)}
      banner={
        <div className="masthead">
          <h1>{say("demo.title")}</h1>
          <p className="imprimatur">{say("demo.invented")}</p>
        </div>
      }
    >
      <p className="sentence">{say("demo.lead")}</p>
      <p className="sentence">
        {blocked === null || blocked === 0
          ? say("demo.nothingStands", { agreed, total })
          : say("demo.stands", { agreed, total, paragraphs: say("demo.paragraphsStand", { count: blocked }) })}
      </p>
      <section className="doorway" aria-labelledby="play">
        <h2 id="play">{say("demo.play")}</h2>
        <p>{say("demo.playWhy")}</p>
        <Act to="/demo/play" aside={say("demo.playAnew")}>
          {say("demo.play")}
        </Act>
      </section>
      <section className="doorway" aria-labelledby="seats">
        <h2 id="seats">{say("demo.seats")}</h2>
        <p>{say("demo.seatsHow")}</p>
        <p className="aside">{say("demo.mayDiffer")}</p>
        <ul className="places">
          {places.map((players) => (
            <Place key={players[0].name} players={players} />
          ))}
        </ul>
      </section>
      <section className="doorway" aria-labelledby="read">
        <h2 id="read">{say("demo.withoutSeat")}</h2>
        <p>{say("demo.withoutSeatWhy")}</p>
        <p className="further">
          <a className="button quiet" href={`/n/${slug}`}>
            {say("demo.readReport")}
          </a>
        </p>
      </section>
      <section className="doorway" aria-labelledby="reset">
        <h2 id="reset">{say("demo.reset")}</h2>
        <Act to="/demo/reset" aside={say("demo.resetWhy")} quiet>
          {say("demo.reset")}
        </Act>
      </section>
    </Document>
  );
}

/** The cast by seat, in its order; Lunari's two share theirs. */
const places = Object.values<Player>(cast).reduce<[Player, ...Player[]][]>((found, player) => {
  const shared = found.find(([first]) => spellSeat(first.seat) === spellSeat(player.seat));
  if (shared) shared.push(player);
  else found.push([player]);
  return found;
}, []);

const nameOf = (seat: Seat): string =>
  "delegation" in seat
    ? (Object.values(states).find(({ code }) => code === seat.delegation)?.name ?? seat.delegation)
    : say(`words.role.${seat.role}`);

const Place = ({ players }: { readonly players: readonly [Player, ...Player[]] }) => (
  <li className="place">
    <h3>{nameOf(players[0].seat)}</h3>
    {players.map(({ name, finds }) => (
      <p key={name}>
        <strong>{name}</strong>. {finds}
      </p>
    ))}
    <Sit seat={players[0].seat} />
  </li>
);

const Sit = ({ seat }: { readonly seat: Seat }) => (
  <Act to={`/demo/enter/${spellSeat(seat)}`} inNewTab>
    {say("demo.takeSeat", { name: nameOf(seat) })}
  </Act>
);

/** A button that does something; what it does beyond its name is said beside it. */
function Act(act: {
  readonly to: string;
  readonly aside?: string;
  readonly quiet?: boolean;
  readonly inNewTab?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <form method="post" action={act.to} {...(act.inNewTab && { target: "_blank", rel: "noopener" })}>
      <button type="submit" className={act.quiet ? "quiet" : undefined}>
        {act.children}
        {act.inNewTab && <span className="unseen"> ({say("demo.newTab")})</span>}
      </button>
      {act.aside && <p className="aside">{act.aside}</p>}
    </form>
  );
}

// ---------- the play ----------

/** Where the page is cut: what comes before is sent at once, the beats as they happen, the rest at the end. */
const here = "<!--beats-->";

function PlayPage({ number, slug }: { readonly number: string; readonly slug: string }) {
  return (
    <Document
      title={`${say("demo.play")} · ${say("demo.title")}`}
      look="wide"
      links={linksOf(slug, null)}
      banner={
        <div className="masthead">
          <h1>{say("demo.playing.title", { number })}</h1>
          <p className="imprimatur">{say("demo.playing.how")}</p>
        </div>
      }
    >
      <div className="sit">
        <Sit seat={cast.hale.seat} />
        <Sit seat={cast.tolui.seat} />
      </div>
      <div role="log" aria-label={say("demo.play")}>
        <ol className="beats" dangerouslySetInnerHTML={{ __html: here }} />
      </div>
    </Document>
  );
}

function BeatItem({ beat, last, about }: { readonly beat: Beat; readonly last: Beat | null; readonly about: About }) {
  return (
    <li className="beat">
      <p className="sentence">
        <span className="at">{clockOf(beat.at)}</span> {say(`demo.beat.${beat.name}`, { ...about })}
      </p>
      <div className="sides">
        <Side title={say("demo.playing.chair")} glance={beat.chair} last={last?.chair}>
          {progressOf(beat.chair)}
        </Side>
        <Side title={say("demo.playing.lunari", { name: about.name })} glance={beat.lunari} last={last?.lunari}>
          {say(`demo.playing.${beat.lunari.own}`)}
        </Side>
      </div>
    </li>
  );
}

function Side(side: {
  readonly title: string;
  readonly glance: Glance;
  readonly last: Glance | undefined;
  readonly children: string;
}) {
  const { words, status } = side.glance;
  return (
    <section className="side">
      <h2>{side.title}</h2>
      <p>
        {status && <StatusMark status={status} />} {side.children}
      </p>
      {!side.last ? (
        <p className="words">{words}</p>
      ) : side.last.words === words ? (
        <p className="aside">{say("demo.playing.asBefore")}</p>
      ) : (
        <Redline from={side.last.words} to={words} />
      )}
    </section>
  );
}

function progressOf({ overview: { agreed, total, blocked, delegations } }: Glance): string {
  if (!blocked) return say("demo.playing.clear", { agreed, total });
  return say("demo.playing.stands", {
    agreed,
    total,
    paragraphs: say("demo.playing.paragraphs", { count: blocked }),
    delegations: say("demo.playing.delegations", { count: delegations ?? 0 }),
  });
}

const clockOf = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

const Ending = ({ how }: { readonly how: "over" | "interrupted" }): ReactElement => (
  <li className="beat">
    <p className="sentence">{say(`demo.playing.${how}`)}</p>
    <p>
      <a className="button quiet" href="/demo">
        {say("demo.back")}
      </a>
    </p>
  </li>
);

const NothingPlayed = () => (
  <PlainPage title={say("demo.play")}>
    <p className="sentence">{say("demo.playing.notYet")}</p>
    <Act to="/demo/play">{say("demo.play")}</Act>
  </PlainPage>
);
