/** `GET /n/S/p/ID`: the life of one paragraph: where its words come from, what became of it version after version, what is on the record. */
import type { Express } from "express";
import { Fragment } from "react";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { parseParagraphId } from "../../../shared/domain/values.ts";
import type { Step } from "../../../shared/domain/lineage.ts";
import { factOf } from "../../../shared/domain/record.ts";
import type { Moment, Related, Seeing, SeenRun } from "../../../shared/domain/seen-lineage.ts";
import { lifeOf, seeWords, successorOf } from "../../../shared/domain/seen-lineage.ts";
import { embedCharacter } from "../../../shared/domain/text.ts";
import { canonicalText } from "../../../shared/domain/wording.ts";
import { placedIn, sayNumber, signsIn } from "../../../shared/messages/numbers.ts";
import { readable } from "../../../shared/messages/signs.ts";
import { reasonIn, tell, tellWhy } from "../../../shared/messages/tell.ts";
import { linkHeader } from "./alternates.ts";
import type { PageDeps } from "./deps.ts";
import { Document, htmlOf } from "./document.tsx";
import { embedCode, embedTitle, oembedOf, Successor } from "./embed-page.tsx";
import { keepPage, sendKeptHere } from "./kept-page.ts";
import { ActLine, ActLines, lineageIn } from "./lineage-parts.tsx";
import { labelOf } from "./lineage-page.tsx";
import { linksOf } from "./reader.tsx";
import { isAbout } from "./record-page.tsx";
import { seenBy } from "./seen-record.ts";
import { pieces, say, speaker } from "./speaker.ts";
import { NewYork } from "./time.tsx";
import { NotThere, sendPage } from "./trouble.tsx";
import type { Viewing } from "./viewing.tsx";
import { ReadAs, viewing } from "./viewing.tsx";
import { Redline, Told } from "./words.tsx";

export function lifePages(app: Express, deps: PageDeps): void {
  app.get("/n/:slug/p/:paragraph", async (req, res) => {
    const reading = await viewing(req, res, deps);
    if (!reading) return;
    const { talks, viewer } = reading;
    const paragraph = parseParagraphId(req.params.paragraph);
    const seeing: Seeing = { lineage: lineageIn(talks), entries: talks.entries, viewer };
    const life = paragraph ? lifeOf(seeing, paragraph) : [];
    // Circulated, and removed before there was a version: its last words are with the text (PAG5).
    if (paragraph && life.length === 0 && talks.record.removed.has(paragraph)) {
      return res.redirect(`/n/${talks.row.slug}#para-${paragraph}`);
    }
    if (!paragraph || life.length === 0) return sendPage(res, 404, <NotThere what="page" />);
    const successor = successorOf(seeing, paragraph);
    const path = `/n/${talks.row.slug}/p/${paragraph}`;
    res.append("Link", [
      linkHeader(path, "canonical"),
      ...(successor ? [linkHeader(`/n/${talks.row.slug}/p/${successor.paragraph}`, "successor-version")] : []),
    ]);
    const page = (
      <LifePage
        reading={reading}
        seeing={seeing}
        paragraph={paragraph}
        life={life}
        successor={successor}
        address={deps.base + path}
      />
    );
    await sendKeptHere(req, res, keepPage(htmlOf(page)));
  });
}

interface Props {
  readonly reading: Viewing;
  readonly seeing: Seeing;
  readonly paragraph: ParagraphId;
  readonly life: readonly Moment[];
  /** Where its words stand when it was removed. */
  readonly successor: Related | null;
  /** Under which anyone reads of it, whatever its number becomes. */
  readonly address: string;
}

function LifePage({ reading, seeing, paragraph, life, successor, address }: Props) {
  const { talks, query } = reading;
  const { record } = talks;
  const { slug } = talks.row;
  const last = life.findLast(({ block }) => block !== null)!;
  const stands = life.at(-1)!.block !== null && life.at(-1)!.step === seeing.lineage.steps.at(-1);
  const placed = placedIn(paragraph, last.step);
  const heading = !stands
    ? say("lineage.titleGone")
    : placed === null
      ? say("lineage.titleHeading", { words: readable(last.block!.content, signsIn(last.step, speaker)) })
      : say("lineage.title", { number: sayNumber(placed, speaker) });
  const path = `/n/${slug}/p/${paragraph}`;
  return (
    <Document
      title={`${heading}: ${record.settings.title}`}
      look="reader"
      alternates={[{ href: oembedOf(address), type: "application/json+oembed", title: heading }]}
      links={linksOf(slug, null, query)}
      banner={
        <div className="masthead">
          <h1>
            {heading}
            <small>{record.settings.title}</small>
          </h1>
          <div className="imprimatur">
            <ReadAs viewing={reading} path={path} />
            {stands && (
              <p>
                <a href={`/n/${slug}#para-${paragraph}`}>{say("lineage.here")}</a>
              </p>
            )}
            {successor && (
              <p>
                <Successor
                  slug={slug}
                  query={query}
                  of={successor}
                  text={talks.textFor(reading.viewer)}
                  record={record}
                />
              </p>
            )}
          </div>
        </div>
      }
    >
      <div className="lead life">
        <p className="sentence">{say("lineage.lead")}</p>
        <h2>{say(stands ? "lineage.words" : "lineage.wordsGone")}</h2>
        <WordsBySource
          runs={legible(seeWords(seeing, last.step, paragraph), last)}
          reading={reading}
          steps={seeing.lineage.steps}
        />
        <h2>{say("lineage.life")}</h2>
        <ol className="moments">
          {life.map((moment) => (
            <li key={moment.step.seq}>
              <InOneVersion
                moment={moment}
                previous={seeing.lineage.steps[seeing.lineage.steps.indexOf(moment.step) - 1]}
                paragraph={paragraph}
                reading={reading}
              />
            </li>
          ))}
        </ol>
        <h2>{say("lineage.recorded")}</h2>
        <Entries reading={reading} paragraph={paragraph} />
        <details className="embedding">
          <summary>{say("feeds.embed")}</summary>
          <p>{say("feeds.embedWhy")}</p>
          <label>
            {say("feeds.embedCode")}
            <textarea readOnly rows={3} value={embedCode(address, embedTitle(talks, paragraph))} />
          </label>
        </details>
      </div>
    </Document>
  );
}

const recordPath = ({ talks, query }: Viewing): string => `/n/${talks.row.slug}/record${query}`;

/** "a", "b", …, "aa": the marks between words and the list of acts below them. */
const markOf = (index: number): string =>
  (index >= 26 ? markOf(Math.floor(index / 26) - 1) : "") + String.fromCharCode(97 + (index % 26));

/** Each stretch of words with a letter, and below what the letters stand for: a letter an act. */
function WordsBySource({
  runs,
  reading,
  steps,
}: {
  readonly runs: readonly SeenRun[];
  readonly reading: Viewing;
  readonly steps: readonly Step[];
}) {
  const keyOf = ({ act, step, number }: SeenRun): string =>
    JSON.stringify([act.seq, act.how, act.reason, act.by.map(({ code }) => code), act.others, step, number]);
  const labels = new Map(steps.map((step) => [step.seq, labelOf(step)]));
  const sources = [...new Map(runs.map((run) => [keyOf(run), run])).entries()];
  const mark = new Map(sources.map(([key], index) => [key, markOf(index)]));
  const { query, talks } = reading;
  return (
    <>
      <p className="sourced" lang="en" dir="auto">
        {runs.map((run, index) => (
          <Fragment key={index}>
            <span className="run">{run.text}</span>
            <sup>
              <a href={`#source-${mark.get(keyOf(run))}`}>{mark.get(keyOf(run))}</a>
            </sup>
          </Fragment>
        ))}
      </p>
      <dl className="sources">
        {sources.map(([key, { act, step, number, part, paragraph }]) => (
          <div key={key} id={`source-${mark.get(key)}`}>
            <dt>{mark.get(key)}</dt>
            <dd>
              {labels.get(step)}
              {number !== null && (
                <>
                  {", "}
                  <a href={`/n/${talks.row.slug}/p/${paragraph}${query}`}>
                    {say("words.paragraph", { number: sayNumber({ number, part }, speaker) })}
                  </a>
                </>
              )}
              {". "}
              <ActLine act={act} record={`/n/${talks.row.slug}/record`} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** A footnote stands as its number, with its words in round brackets, a reference as its number in that version. */
function legible(runs: readonly SeenRun[], { block, step }: Moment): readonly SeenRun[] {
  const signs = signsIn(step, speaker);
  const shown = (block?.content ?? [])
    .flatMap((inline) =>
      inline.t === "text"
        ? []
        : inline.t === "footnote"
          ? [`${readable([inline], signs)} (`, ")"]
          : [readable([inline], signs)],
    )
    .values();
  return runs.map((run) => ({
    ...run,
    text: run.text.replaceAll(embedCharacter, () => shown.next().value ?? "…"),
  }));
}

function InOneVersion({
  moment: { step, block, before, kinds, acts, from, to },
  previous,
  paragraph,
  reading,
}: {
  readonly moment: Moment;
  readonly previous: Step | undefined;
  readonly paragraph: ParagraphId;
  readonly reading: Viewing;
}) {
  const { talks, query } = reading;
  const { slug } = talks.row;
  const label = labelOf(step);
  const placed = placedIn(paragraph, step);
  const isReworded = canonicalText(block?.content ?? []) !== canonicalText(before?.content ?? []);
  const list = (related: readonly Related[]) => (
    <span key="numbers">
      {related.map(({ paragraph: id, number, part }, index) => (
        <Fragment key={id}>
          {index > 0 && ", "}
          <a href={`/n/${slug}/p/${id}${query}`}>{number === null ? "–" : sayNumber({ number, part }, speaker)}</a>
        </Fragment>
      ))}
    </span>
  );
  return (
    <>
      <h3>
        <a href={step.version ? `/n/${slug}/v/${step.version.name}` : `/n/${slug}`}>{label}</a>
        {placed && ` · ${say("lineage.numberIn", { number: sayNumber(placed, speaker) })}`}{" "}
        <small>
          <NewYork at={step.at} />
        </small>
      </h3>
      <p className="aside">
        {!block
          ? say("lineage.removedIn", { label })
          : !before
            ? say("lineage.newIn", { label })
            : kinds.length === 0
              ? say("lineage.unchanged", { label })
              : kinds.map((kind) => say(`versions.kinds.${kind}`)).join(", ")}
        {acts.length > 0 && (
          <>
            {" · "}
            <ActLines acts={acts} record={`/n/${slug}/record`} />
          </>
        )}
      </p>
      {from.length > 0 && <p className="aside">{pieces("lineage.from", { numbers: list(from) })}</p>}
      {to.length > 0 && <p className="aside">{pieces("lineage.to", { numbers: list(to) })}</p>}
      {(isReworded || !before) && (
        <Redline
          from={before?.content ?? []}
          to={block?.content ?? []}
          numbers={signsIn(step, speaker)}
          {...(previous && { before: signsIn(previous, speaker) })}
        />
      )}
    </>
  );
}

/** The last ones on this page, all of them in the record. */
const mostEntries = 100;

function Entries({ reading, paragraph }: { readonly reading: Viewing; readonly paragraph: ParagraphId }) {
  const { talks, viewer, query } = reading;
  const { events, record } = seenBy(viewer, talks);
  const telling = { record, text: talks.textFor(viewer), voice: speaker };
  const facts = events.flatMap((entry) => (isAbout(entry, paragraph, record) ? (factOf(entry) ?? []) : []));
  const search = new URLSearchParams(query);
  search.set("paragraph", paragraph);
  return (
    <>
      {facts.length === 0 ? (
        <p>{say("lineage.none")}</p>
      ) : (
        <ol className="entries">
          {facts.slice(-mostEntries).map((fact) => (
            <li key={fact.seq} value={fact.seq}>
              <Told pieces={tell(fact, telling)} href={(id) => `/n/${talks.row.slug}/p/${id}${query}`} />.{" "}
              {reasonIn(fact.what) && <q className="why">{reasonIn(fact.what)}</q>}
              <span className="why">{tellWhy(fact, telling).join(" ")}</span>{" "}
              <small>
                <NewYork at={fact.at} />
              </small>
            </li>
          ))}
        </ol>
      )}
      <p>
        <a href={`${recordPath({ ...reading, query: "" })}?${search.toString()}`}>{say("lineage.wholeRecord")}</a>
      </p>
    </>
  );
}
