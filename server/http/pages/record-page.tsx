/** `GET /n/S/record`: the numbered log in sentences, as far as the reader may see it, and whether its chain holds. */
import type { Express } from "express";
import type { Verdict } from "../../../shared/domain/chain.ts";
import type { SeenEntry, What } from "../../../shared/domain/entries.ts";
import { numbersToday } from "../../../shared/domain/held-numbers.ts";
import type { Record as Log } from "../../../shared/domain/record.ts";
import { factOf } from "../../../shared/domain/record.ts";
import { spellSeat } from "../../../shared/domain/roster.ts";
import type { Text } from "../../../shared/domain/text.ts";
import { blocksById } from "../../../shared/domain/text.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { parseParagraphId } from "../../../shared/domain/values.ts";
import type { Telling } from "../../../shared/messages/tell.ts";
import { tellConditions } from "../../../shared/messages/conditions.ts";
import { mention, nameOfStamp, tell, tellWhy } from "../../../shared/messages/tell.ts";
import type { PageDeps } from "./deps.ts";
import { Document, htmlOf } from "./document.tsx";
import type { KeptPage } from "./kept-page.ts";
import { keepPage, sendKeptHere } from "./kept-page.ts";
import { linksOf, Notice } from "./reader.tsx";
import { seenBy, verdictOn } from "./seen-record.ts";
import { say, speaker } from "./speaker.ts";
import { Moment } from "./time.tsx";
import type { Viewing } from "./viewing.tsx";
import { ReadAs, viewing } from "./viewing.tsx";
import { Told } from "./words.tsx";

const perPage = 100;

const groups = ["positions", "proposals", "decisions", "silence", "circulations", "meeting"] as const;
type Group = (typeof groups)[number];

const groupOf = {
  "negotiation-opened": "meeting",
  "settings-changed": "meeting",
  "agenda-set": "meeting",
  "data-restored": "meeting",
  "delegation-entered": "meeting",
  "delegation-changed": "meeting",
  "delegation-removed": "meeting",
  "seat-invited": "meeting",
  "seat-taken": "meeting",
  "seat-revoked": "meeting",
  circulated: "circulations",
  "version-issued": "circulations",
  "change-covered": "decisions",
  "paragraph-corrected": "decisions",
  "correction-contested": "decisions",
  "text-restored": "decisions",
  "alternatives-grouped": "decisions",
  "alternative-ungrouped": "decisions",
  "alternative-chosen": "decisions",
  "quantifier-tied": "decisions",
  "correction-requested": "positions",
  "correction-answered": "decisions",
  "correction-request-withdrawn": "positions",
  "position-lodged": "positions",
  "position-confirmed": "positions",
  "position-withdrawn": "positions",
  "position-ending-heard": "positions",
  "position-asked": "positions",
  "position-reaffirmed": "positions",
  "position-met": "positions",
  "position-followed": "positions",
  "position-lapsed": "positions",
  "silence-announced": "silence",
  "silence-extended": "silence",
  "silence-cancelled": "silence",
  "silence-broken": "silence",
  "silence-closed": "silence",
  adopted: "silence",
  "statement-made": "silence",
  "paragraph-gavelled": "decisions",
  "paragraph-reopened": "decisions",
  "paragraph-moved": "decisions",
  "bracket-lifted": "decisions",
  "group-made": "meeting",
  "group-renamed": "meeting",
  "group-invited": "meeting",
  "group-joined": "meeting",
  "group-left": "meeting",
  "group-speaker-named": "meeting",
  "group-dissolved": "meeting",
  "package-prepared": "decisions",
  "package-released": "decisions",
  "package-withdrawn": "decisions",
  "alignment-stated": "positions",
  "departure-stated": "positions",
  "proposal-tabled": "proposals",
  "proposal-confirmed": "proposals",
  "proposal-cosponsored": "proposals",
  "proposal-cosponsor-left": "proposals",
  "proposal-withdrawn": "proposals",
  "proposal-disposed": "proposals",
  "bridging-put": "proposals",
  "bridging-answered": "proposals",
  "bridging-ended": "proposals",
} satisfies { readonly [K in What["kind"]]: Group };

interface Asked {
  readonly paragraph: ParagraphId | null;
  readonly group: Group | null;
  /** Counted from the newest, from 1. */
  readonly page: number;
}

export function recordPages(app: Express, deps: PageDeps): void {
  app.get("/n/:slug/record", async (req, res) => {
    const reading = await viewing(req, res, deps);
    if (!reading) return;
    const { page } = req.query;
    const asked = {
      paragraph: parseParagraphId(req.query["paragraph"]),
      group: groups.find((group) => group === req.query["kind"]) ?? null,
      page: typeof page === "string" && /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
    };
    await sendKeptHere(req, res, recordPage(reading, asked));
  });

  app.get("/n/:slug/record.json", async (req, res) => {
    const reading = await viewing(req, res, deps);
    if (!reading) return;
    const { talks, viewer } = reading;
    res.set({
      "Cache-Control": "private, no-store",
      "Content-Disposition": `attachment; filename="${talks.row.slug}-record.json"`,
    });
    res.json(talks.frame(viewer, 0));
  });
}

/** By the record, and under it by who asks for what. Whoever asks for very many drives out the others, and only that. */
const kept = new WeakMap<Log, Map<string, { readonly text: Text; readonly page: KeptPage }>>();
const mostKept = 100;

/** Checking the chain and telling each entry is work: done once for each audience until an entry comes, or the text its numbers are from changes. */
function recordPage(reading: Viewing, asked: Asked): KeptPage {
  const { talks, viewer, seat, hasOthers, query } = reading;
  let pages = kept.get(talks.record);
  if (!pages) kept.set(talks.record, (pages = new Map()));
  const key = JSON.stringify([talks.row.slug, seat && spellSeat(seat), hasOthers, query, asked]);
  const text = talks.textFor(viewer);
  const known = pages.get(key);
  if (known?.text === text) return known.page;
  const page = keepPage(htmlOf(<RecordPage reading={reading} asked={asked} />));
  if (pages.size >= mostKept) pages.clear();
  pages.set(key, { text, page });
  return page;
}

function RecordPage({ reading, asked }: { readonly reading: Viewing; readonly asked: Asked }) {
  const { talks, viewer, query } = reading;
  const text = talks.textFor(viewer);
  const seen = seenBy(viewer, talks);
  const { events, record } = seen;
  const path = `/n/${talks.row.slug}/record`;
  const telling: Telling = { record, text, voice: speaker };
  const found = events.filter((entry) => isAskedFor(entry, asked, record)).toReversed();
  const from = (asked.page - 1) * perPage;
  const shown = found.slice(from, from + perPage);
  return (
    <Document
      title={`${say("record.title")}: ${record.settings.title}`}
      look="wide"
      links={linksOf(talks.row.slug, "record", query)}
      banner={
        <div className="masthead">
          <h1>
            {say("record.title")}
            <small>{record.settings.title}</small>
          </h1>
          <div className="imprimatur">
            <ReadAs viewing={reading} path={path} />
            <p>
              <a href={`/n/${talks.row.slug}/record.json${query}`}>{say("record.download")}</a>
            </p>
          </div>
        </div>
      }
    >
      <p className="lead-in">{say("record.lead")}</p>
      <Chain verdict={verdictOn(seen)} events={events} />
      {events.length === 0 ? (
        <Notice title={say("record.empty")}>
          <p>{say("reader.emptyWhy")}</p>
        </Notice>
      ) : (
        <>
          <Filter reading={reading} asked={asked} telling={telling} path={path} />
          <p className="aside" role="note">
            {found.length === 0 ? say("record.nothingFound") : say("record.found", { count: found.length })}
          </p>
          {shown.length > 0 && <Log shown={shown} telling={telling} slug={talks.row.slug} />}
          <Pager asked={asked} count={found.length} path={path} reading={reading} />
        </>
      )}
    </Document>
  );
}

function isAskedFor(entry: SeenEntry, { paragraph, group }: Asked, record: Log): boolean {
  if ("sealed" in entry) return paragraph === null && group === null;
  if (group !== null && groupOf[entry.what.kind] !== group) return false;
  return paragraph === null || isAbout(entry, paragraph, record);
}

/** Whether an entry concerns this paragraph. @param record as the viewer of the entry may know it */
export function isAbout(entry: SeenEntry, paragraph: ParagraphId, record: Log): boolean {
  if ("sealed" in entry) return false;
  const { what } = entry;
  if ("paragraph" in what && what.paragraph === paragraph) return true;
  if ("paragraphs" in what) {
    return what.paragraphs.some((one) => (typeof one === "string" ? one : one.paragraph) === paragraph);
  }
  // The report is adopted as a whole, what was agreed long before included.
  if (what.kind === "adopted") return blocksById(record.text).has(paragraph);
  if ("silence" in what && what.silence !== undefined && what.kind !== "position-lapsed") {
    const passed = what.kind === "silence-closed" ? what.passed : [];
    const scope = record.silences.get(what.silence)?.paragraphs ?? passed;
    return scope.some((one) => one.paragraph === paragraph);
  }
  if (what.kind === "proposal-disposed" && what.block === paragraph) return true;
  if ("changed" in what) return what.changed.some(({ id }) => id === paragraph);
  return "position" in what && record.positions.get(what.position)?.paragraph === paragraph;
}

function Chain({ verdict, events }: { readonly verdict: Verdict; readonly events: readonly SeenEntry[] }) {
  if (!verdict.ok) {
    return (
      <section className="slip refused" role="alert" aria-labelledby="chain">
        <h2 id="chain">{say("record.broken", { seq: verdict.seq })}</h2>
        <p>
          {say(`record.brokenWhy.${verdict.why}`)} {say("record.brokenDo")}
        </p>
      </section>
    );
  }
  if (events.length === 0) return null;
  const sealed = events.filter((entry) => "sealed" in entry).length;
  const { seq, hash } = verdict.last;
  return (
    <section className="slip" aria-labelledby="chain">
      <h2 id="chain">
        <span aria-hidden="true">{"\u2713"} </span>
        {say("record.intact", { count: events.length })}
      </h2>
      {sealed > 0 && <p>{say("record.sealedAmong", { count: sealed })}</p>}
      <p className="aside">{say("record.head", { seq, hash: hash.slice(0, 32) })}</p>
    </section>
  );
}

function Filter({
  reading: { seat, query, talks },
  asked,
  telling,
  path,
}: {
  readonly reading: Viewing;
  readonly asked: Asked;
  readonly telling: Telling;
  readonly path: string;
}) {
  const numbers = numbersToday(telling.record, telling.text).numbers;
  return (
    <form className="filter" method="get" action={path}>
      {query !== "" && <input type="hidden" name="seat" value={new URLSearchParams(query).get("seat") ?? ""} />}
      <label>
        {say("record.byParagraph")}
        <select name="paragraph" defaultValue={asked.paragraph ?? ""}>
          <option value="">{say("record.allParagraphs")}</option>
          {[...numbers.keys()].map((id) => (
            <option key={id} value={id}>
              {mention(id, telling).words}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say("record.byKind")}
        <select name="kind" defaultValue={asked.group ?? ""}>
          <option value="">{say("record.allKinds")}</option>
          {groups.map((group) => (
            <option key={group} value={group}>
              {say(`record.kinds.${group}`)}
            </option>
          ))}
        </select>
      </label>
      <button className="quiet">{say("record.show")}</button>
      {asked.paragraph !== null && (
        <a href={`/n/${talks.row.slug}/p/${asked.paragraph}${query}`}>{say("lineage.link")}</a>
      )}
      {(asked.paragraph !== null || asked.group !== null) && (
        <a href={`${path}${seat === null && query === "" ? "" : query}`}>{say("record.clear")}</a>
      )}
    </form>
  );
}

function Log({
  shown,
  telling,
  slug,
}: {
  readonly shown: readonly SeenEntry[];
  readonly telling: Telling;
  readonly slug: string;
}) {
  return (
    <table className="log">
      <thead>
        <tr>
          <th scope="col">{say("record.number")}</th>
          <th scope="col">{say("record.when")}</th>
          <th scope="col">{say("record.what")}</th>
          <th scope="col">{say("record.fingerprint")}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((entry) => (
          <Row key={entry.seq} entry={entry} telling={telling} slug={slug} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  entry,
  telling,
  slug,
}: {
  readonly entry: SeenEntry;
  readonly telling: Telling;
  readonly slug: string;
}) {
  const fact = factOf(entry);
  const { seq, hash } = entry;
  const print = (
    <td className="print">
      <code>{hash.slice(0, 12)}</code>
    </td>
  );
  if (!fact) {
    return (
      <tr id={`entry-${seq}`} className="sealed">
        <th scope="row">{seq}</th>
        <td colSpan={2}>{say("record.sealed")}</td>
        {print}
      </tr>
    );
  }
  const { what, at, why, person } = fact;
  const lines = [
    ...("reason" in what && what.reason ? [say("record.reason", { reason: what.reason })] : []),
    ...("note" in what && what.note ? [say("record.note", { note: what.note })] : []),
    ...("changed" in what ? [say("record.changedBlocks", { count: what.changed.length })] : []),
    ...(what.kind === "statement-made" ? [what.text] : []),
    ...tellWhy(fact, telling),
    ...tellConditions("conditions" in what ? what.conditions : why?.conditions, telling),
  ];
  return (
    <tr id={`entry-${seq}`}>
      <th scope="row">{seq}</th>
      <td className="when">
        <Moment at={at} />
      </td>
      <td>
        <Told pieces={tell(fact, telling)} href={(id) => `/n/${slug}#para-${id}`} />
        {person && person.name !== nameOfStamp(fact.who, telling) && what.kind !== "seat-taken" && (
          <span className="by"> {say("record.byPerson", { name: person.name })}</span>
        )}
        {lines.map((line) => (
          <p key={line} className="why">
            {line}
          </p>
        ))}
      </td>
      {print}
    </tr>
  );
}

function Pager({
  asked,
  count,
  path,
  reading: { query },
}: {
  readonly asked: Asked;
  readonly count: number;
  readonly path: string;
  readonly reading: Viewing;
}) {
  const to = (page: number): string => {
    const search = new URLSearchParams(query);
    if (asked.paragraph) search.set("paragraph", asked.paragraph);
    if (asked.group) search.set("kind", asked.group);
    search.set("page", String(page));
    return `${path}?${search.toString()}`;
  };
  const hasOlder = asked.page * perPage < count;
  if (asked.page === 1 && !hasOlder) return null;
  return (
    <nav className="pager" aria-label={say("record.pagesOf")}>
      {asked.page > 1 && <a href={to(asked.page - 1)}>{say("record.newer")}</a>}
      {hasOlder && <a href={to(asked.page + 1)}>{say("record.older")}</a>}
    </nav>
  );
}
