/** The public report in its two parts. A pure function of what is given: the same page for everyone, and the same as the exported file. */
import { flatText } from "../../../shared/domain/text.ts";
import { languageOf } from "../../../shared/domain/languages.ts";
import type { ReactNode } from "react";
import { Fragment } from "react";
import type { Record } from "../../../shared/domain/record.ts";
import type { SeenRecord } from "../../../shared/domain/seen-record.ts";
import type { BlockChange } from "../../../shared/domain/redline.ts";
import type { Vacancy } from "../../../shared/domain/held-numbers.ts";
import type { SeenProposal } from "../../../shared/domain/seen-proposals.ts";
import { bracketedIn } from "../../../shared/domain/bracket-labels.ts";
import { vacantAfter } from "../../../shared/domain/held-numbers.ts";
import { numberNotes, shortNumber } from "../../../shared/domain/numbering.ts";
import type { ComposedParagraph, ComposedReport, SeenPosition } from "../../../shared/domain/report.ts";
import type { Inline, Text } from "../../../shared/domain/text.ts";
import type { ParagraphId, Part } from "../../../shared/domain/values.ts";
import { parts } from "../../../shared/domain/values.ts";
import type { Version } from "../../../shared/domain/versions.ts";
import { tellConditions } from "../../../shared/messages/conditions.ts";
import { shownStatus, shownStatuses } from "../../../shared/messages/status.ts";
import { sayHowAgreed } from "../../../shared/messages/agreed.ts";
import { sayNumber, signsToday } from "../../../shared/messages/numbers.ts";
import { sayAdoption } from "../../../shared/messages/silence.ts";
import type { Telling } from "../../../shared/messages/tell.ts";
import { mention, sayWho, sayRule, tell, tellGiven, sayOriginal } from "../../../shared/messages/tell.ts";
import { deadlineIn } from "../../../shared/messages/times.ts";
import { readable } from "../../../shared/messages/signs.ts";
import { feedsOf } from "./alternates.ts";
import { sayAsOf } from "./as-of.ts";
import { Annex } from "./annex.tsx";
import type { Changes } from "./changes.ts";
import { Corrections } from "./corrections.tsx";
import { Document } from "./document.tsx";
import { FileLinks } from "./file-links.tsx";
import { Proposed } from "./proposed.tsx";
import { OnSummary } from "./summary-parts.tsx";
import { SilenceSlips, Statements, StatementsOn } from "./silence.tsx";
import { pieces, say, speaker } from "./speaker.ts";
import { timesOf } from "./time.tsx";
import type { Surroundings } from "./words.tsx";
import { VersionChanges, VersionLinks, VersionLine } from "./version-parts.tsx";
import { capital, CountsMark, Glyph, Redline, StatusMark, stop, Told, Words } from "./words.tsx";

export interface Reading {
  readonly report: ComposedReport;
  /** As its reader knows it. */
  readonly record: SeenRecord;
  /** What the report was composed of. */
  readonly text: Text;
  readonly changes: Changes | null;
  /** All that were issued so far. */
  readonly versions: readonly Version[];
  /** One part alone, or null for both. */
  readonly only: Part | null;
  /** The issued version that this is; without it, what was circulated last. */
  readonly version?: Version;
  /** A file of its own: no links to other pages of the site, the stylesheet inside. */
  readonly alone?: boolean;
}

const anchorOf = { consensus: "consensus", "chair-summary": "chairs-summary" } as const satisfies {
  [P in Part]: string;
};

export const paragraphsOf = (report: ComposedReport, part: Part): readonly ComposedParagraph[] =>
  part === "consensus" ? report.parts.consensus : report.parts.chairSummary;

export function ReaderPage(reading: Reading) {
  const { report, record, only, version, alone = false } = reading;
  const { slug, title } = report;
  const shown = parts.filter((part) => only === null || part === only);
  const empty = report.parts.consensus.length + report.parts.chairSummary.length === 0;
  return (
    <Document
      title={report.adoption ? title : `${title}: ${say("reader.notAdopted").toLowerCase()}`}
      look="reader"
      alone={alone}
      alternates={alone ? [] : feedsOf(slug)}
      links={linksOf(slug, "report")}
      banner={<Masthead {...reading} />}
    >
      {empty ? (
        <Notice title={say("reader.empty")}>
          <p>{say("reader.emptyWhy")}</p>
        </Notice>
      ) : (
        <>
          <div className="lead">
            <p className="sentence">
              <Sentence report={report} />
            </p>
            {only !== null && (
              <p className="only">
                {say("reader.onlyPart")} {!alone && <a href={pathOf(reading)}>{say("reader.both")}</a>}
              </p>
            )}
            {!version && <SilenceSlips {...reading} />}
            {version ? (
              <VersionChanges version={version} record={record} text={reading.text} alone={alone} />
            ) : (
              <ChangesBox {...reading} />
            )}
            {!alone && <VersionLinks slug={slug} versions={reading.versions} here={version ?? null} />}
          </div>
          <Contents report={report} record={record} shown={shown} />
          <article className="text" lang="en">
            {shown.map((part) => (
              <ReportPart key={part} part={part} reading={reading} />
            ))}
            <Corrections record={record} text={reading.text} />
            <Statements {...reading} />
            {!alone && <Removed {...reading} />}
          </article>
        </>
      )}
    </Document>
  );
}

/** The pages of one negotiation; the same in every banner. */
export const linksOf = (slug: string, here: "report" | "record" | "overview" | null, query = "") => [
  { href: `/n/${slug}`, words: say("reader.twoParts"), here: here === "report" },
  { href: `/n/${slug}/record${query}`, words: say("reader.record"), here: here === "record" },
  { href: `/n/${slug}/overview${query}`, words: say("reader.overview"), here: here === "overview" },
];

export const Notice = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="notice">
    <h2>{title}</h2>
    {children}
  </section>
);

const pathOf = ({ report: { slug }, version }: Pick<Reading, "report" | "version">): string =>
  version ? `/n/${slug}/v/${version.name}` : `/n/${slug}`;

function Masthead(reading: Reading) {
  const { report, record, only, version, alone } = reading;
  const path = pathOf(reading);
  const at = report.circulatedAt;
  return (
    <div className="masthead">
      <h1>{report.title}</h1>
      <div className="imprimatur">
        <p className="adoption">{sayAdoption(report.adoption, speaker)}</p>
        {version && <VersionLine version={version} />}
        {at !== null && !version && (
          <p>
            {record.settings.method === "on-screen"
              ? say("reader.draftAsOf", { seq: report.seq })
              : sayAsOf(at, report, reading)}
          </p>
        )}
        <p>
          {say(`publication.distribution.${report.distribution}`)} · {sayOriginal(report.language, speaker)}
          {at !== null && (
            <>
              {" · "}
              {say("reader.words", { count: report.lengths.consensus + report.lengths.chairSummary })}
            </>
          )}
        </p>
      </div>
      {at !== null && !alone && (
        <nav className="choice" aria-label={say("reader.parts")}>
          <ul>
            {([null, ...parts] as const).map((part) => (
              <li key={part}>
                <a
                  href={part === null ? path : `${path}?part=${part}`}
                  aria-current={part === only ? "page" : undefined}
                >
                  {part === null ? say("reader.both") : say(`words.part.${part}`)}
                </a>
              </li>
            ))}
          </ul>
          <Downloads slug={report.slug} path={path} only={only} />
          <Follow slug={report.slug} />
        </nav>
      )}
    </div>
  );
}

/** The files in which the report leaves the house. */
function Downloads({ slug, path, only }: { readonly slug: string; readonly path: string; readonly only: Part | null }) {
  const asked = (mode?: "review" | "compilation"): string => {
    const query = [only && `part=${only}`, mode && `mode=${mode}`].filter(Boolean).join("&");
    return query && `?${query}`;
  };
  return (
    <details className="downloads">
      <summary>{say("reader.download")}</summary>
      <ul>
        <li>
          <FileLinks title={say("publication.mode.clean")} path={path} query={asked()} />
        </li>
        {(["review", "compilation"] as const).map((mode) => (
          <li key={mode}>
            <FileLinks title={say(`publication.mode.${mode}`)} path={path} query={asked(mode)} />
          </li>
        ))}
        <li>
          <FileLinks title={say("publication.web")} path={path} query={asked()} formats={["md", "xml"]} />
        </li>
        <li>
          <FileLinks title={say("publication.data")} path={path} query={asked()} formats={["json", "csv"]} />
        </li>
        <li>
          <FileLinks title={say("publication.status.title")} path={`/n/${slug}/status`} />
        </li>
        <li>
          <FileLinks title={say("lineage.table.title")} path={`/n/${slug}/lineage`} />
        </li>
        {(["archive", "research"] as const).map((name) => (
          <li key={name}>
            <a href={`/n/${slug}/${name}.zip`}>{say(`reader.format.${name}`)}</a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The negotiation as feeds and a calendar. */
const Follow = ({ slug }: { readonly slug: string }) => (
  <details className="downloads">
    <summary>{say("feeds.follow")}</summary>
    <ul>
      {feedsOf(slug).map(({ href, type, title }) => (
        <li key={href}>
          <a href={href} type={type}>
            {title}
          </a>
        </li>
      ))}
    </ul>
  </details>
);

/** "27 of 36 paragraphs agreed. Part two is the chair’s alone." */
function Sentence({ report: { overview, parts: found } }: { readonly report: ComposedReport }) {
  const { total, agreed, blocked, proposed } = overview;
  return (
    <>
      <strong>{total === 0 ? say("reader.noConsensusText") : say("reader.agreedOf", { agreed, count: total })}</strong>{" "}
      {blocked !== null && blocked > 0 && `${say("reader.standBetween", { count: blocked })} `}
      {proposed !== null && proposed > 0 && `${say("overview.proposed", { count: proposed })} `}
      {found.chairSummary.length > 0 && say("reader.summaryAlone")}
    </>
  );
}

// ---------- what changed ----------

export function ChangesBox({ changes, record, text, report }: Reading) {
  if (!changes) return null;
  const telling = { record, text, voice: speaker };
  const items = changes.blocks.flatMap((change) => {
    const item = <ChangedBlock key={change.id} change={change} telling={telling} />;
    // A change of part alone is a decision, and told as one.
    return change.kinds.every((kind) => kind === "part") ? [] : [item];
  });
  const gavelled = new Set<ParagraphId>();
  const decisions = changes.decisions.flatMap((fact) => {
    if (fact.what.kind === "paragraph-gavelled") {
      gavelled.add(fact.what.paragraph);
      return [];
    }
    return [
      <li key={fact.seq}>
        <Told pieces={tell(fact, telling)} />.
      </li>,
    ];
  });
  const isFirst = changes.since === null && record.settings.method === "chair-pen";
  const count = items.length + decisions.length + gavelled.size;
  return (
    <details className="changes" open={count > 0 && count <= 6}>
      <summary>
        {changes.since === null || record.settings.method === "on-screen"
          ? say(isFirst ? "reader.changedFirst" : "reader.changedLately")
          : say("reader.changed", timesOf(changes.since))}
      </summary>
      {count === 0 ? (
        !isFirst && <p>{say("reader.changedNothing")}</p>
      ) : (
        <ul>
          {items}
          {decisions}
          {gavelled.size > 0 && (
            <li>
              {say("reader.gavelled", { count: gavelled.size })}{" "}
              {[...gavelled].map((id, index) => (
                <Fragment key={id}>
                  {index > 0 && ", "}
                  <a href={`#para-${id}`}>{mention(id, telling).words}</a>
                </Fragment>
              ))}
              .
            </li>
          )}
        </ul>
      )}
      <p className="aside">{say("reader.asOf", timesOf(report.circulatedAt ?? 0))}</p>
    </details>
  );
}

function ChangedBlock({
  change: { id, before, after, kinds },
  telling,
}: {
  readonly change: BlockChange;
  readonly telling: Parameters<typeof mention>[1];
}) {
  if (!after) {
    const words = before ? readable(before.content, signsToday(telling)) : "";
    if (before?.kind === "heading") return <li>{say("reader.removedHeading", { words })}</li>;
    return (
      <li>
        {say("reader.removed")} <a href={`#para-${id}`}>{say("reader.removedShow")}</a>
      </li>
    );
  }
  const named = mention(id, telling);
  const paragraph =
    after.kind === "heading" ? (
      capital(named.words)
    ) : (
      <a key="paragraph" href={`#para-${id}`}>
        {capital(named.words)}
      </a>
    );
  if (kinds.includes("added")) return <li>{pieces("reader.added", { paragraph })}</li>;
  if (kinds.includes("reworded")) {
    return (
      <li>
        {pieces("reader.reworded", { paragraph })}
        <details>
          <summary>{say("reader.showChange")}</summary>
          <Redline from={before?.content ?? ""} to={after.content} numbers={signsToday(telling)} />
        </details>
      </li>
    );
  }
  return <li>{pieces(kinds.includes("order") ? "reader.reordered" : "reader.relaid", { paragraph })}</li>;
}

// ---------- contents ----------

export const Contents = ({
  report,
  record,
  shown,
}: Pick<Reading, "report" | "record"> & { readonly shown: readonly Part[] }) => (
  <aside className="beside" aria-label={say("reader.contents")}>
    <details className="contents">
      <summary>{say("reader.contents")}</summary>
      {shown.map((part) => (
        <PartContents key={part} part={part} paragraphs={paragraphsOf(report, part)} />
      ))}
      <Legend record={record} />
    </details>
  </aside>
);

/** Headings, each with the paragraphs under it as small links that say how they stand. */
function PartContents({
  part,
  paragraphs,
}: {
  readonly part: Part;
  readonly paragraphs: readonly ComposedParagraph[];
}) {
  const groups: { heading: ComposedParagraph | null; under: ComposedParagraph[] }[] = [];
  for (const block of paragraphs) {
    if (block.kind === "heading") groups.push({ heading: block, under: [] });
    else if (groups.length === 0) groups.push({ heading: null, under: [block] });
    else groups.at(-1)!.under.push(block);
  }
  return (
    <nav className={`map ${part}`} aria-labelledby={`map-${part}`}>
      <p id={`map-${part}`}>
        <a href={`#${anchorOf[part]}`}>{say(`words.part.${part}`)}</a>
      </p>
      <ul>
        {groups.map(({ heading, under }, index) => (
          <li key={heading?.id ?? index} className={`l${heading?.level ?? 0}`}>
            {heading && <a href={`#${part}-${heading.id}`}>{heading.text}</a>}
            {under.length > 0 && (
              <ol>
                {under.map((block) => {
                  const { id, number, status } = block;
                  const shown = shownStatus(block);
                  return (
                    <li key={id}>
                      <a href={`#para-${id}`} className={status ?? "summary"}>
                        {number}
                        {shown !== null && shown !== "agreed" && shown !== "open" && (
                          <>
                            {" "}
                            <Glyph of={shown} />
                          </>
                        )}
                        {shown !== null && <span className="unseen">, {say(`words.status.${shown}`)}</span>}
                      </a>
                    </li>
                  );
                })}
              </ol>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Legend({ record }: { readonly record: Record }) {
  return (
    <section className="legend" aria-labelledby="legend">
      <p id="legend">{say("reader.legend")}</p>
      <dl>
        {shownStatuses.map((status) => (
          <div key={status}>
            <dt>
              <StatusMark status={status} />
            </dt>
            <dd>{say(`words.statusMeans.${status}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <span className="status summary">
              <span className="glyph" aria-hidden="true">
                {"\u2016"}
              </span>{" "}
              {say("words.part.chair-summary")}
            </span>
          </dt>
          <dd>{say("reader.legendSummary")}</dd>
        </div>
      </dl>
      <p>{say("reader.brackets")}</p>
      <p>{say(`reader.disclosed.${record.settings.disclosure}`)}</p>
      {record.phases.length > 1 && (
        <>
          <p>{say("reader.phases")}</p>
          <ul>
            {record.phases.map((phase) => (
              <li key={phase.from}>
                {stop(
                  capital(
                    say("reader.phaseFrom", {
                      when: deadlineIn(phase.from, "America/New_York", speaker.language),
                      rule: sayRule(phase, speaker),
                    }),
                  ),
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

// ---------- the text ----------

function ReportPart({ part, reading }: { readonly part: Part; readonly reading: Reading }) {
  const { report, record, text, alone } = reading;
  const paragraphs = paragraphsOf(report, part);
  const anchor = anchorOf[part];
  const around = surroundingsOf(report, anchor);
  const vacant = vacantAfter(report.vacancies, part, paragraphs);
  return (
    <section id={anchor} className={`part ${part}`} aria-labelledby={`${anchor}-title`}>
      <p className="ordinal">{say(part === "consensus" ? "reader.partOne" : "reader.partTwo")}</p>
      <h2 id={`${anchor}-title`}>{say(`words.part.${part}`)}</h2>
      <p className="standing">
        {paragraphs.length === 0
          ? say(`reader.emptyPart.${part}`)
          : part === "consensus"
            ? say("reader.standing")
            : report.disclaimer}
      </p>
      {part === "consensus" && <HowAgreed report={report} />}
      <Vacancies all={vacant.get(null)} />
      {withDepths(paragraphs).map(({ block, depth }) => (
        <Fragment key={block.id}>
          <ChoiceAbove report={report} paragraph={block.id} />
          {block.kind === "heading" ? (
            <Heading depth={depth} id={`${part}-${block.id}`} lang={around.languageOf(block.content)}>
              <Words content={block.content} around={around} />
            </Heading>
          ) : (
            <Paragraph
              block={block}
              around={around}
              telling={{ record, text, voice: speaker }}
              life={alone ? null : `/n/${report.slug}/p/${block.id}`}
            >
              <StatementsOn report={report} paragraph={block.id} />
            </Paragraph>
          )}
          <Vacancies all={vacant.get(block.id)} />
        </Fragment>
      ))}
      <Notes paragraphs={paragraphs} around={around} />
      {part === "chair-summary" && <Annex report={report} />}
    </section>
  );
}

/** How each paragraph was agreed, once the report is adopted; until then each says it of itself. */
export function HowAgreed({ report: { adoption, parts: found } }: { readonly report: ComposedReport }) {
  return adoption && <p className="aside">{sayHowAgreed(found.consensus, speaker).join(" ")}</p>;
}

/** "[4 deleted]": numbers of the last version, where they stood. */
export const Vacancies = ({ all = [] }: { readonly all?: readonly Vacancy[] | undefined }) =>
  all.map(({ id, number, why }) => (
    <p key={id} className="vacant">
      {say(`versions.vacant.${why}`, { number })}
    </p>
  ));

/** Above the first of several paragraphs of which one is to be chosen (ALT8). */
export function ChoiceAbove({
  report,
  paragraph,
}: {
  readonly report: Pick<ComposedReport, "alternatives">;
  readonly paragraph: ParagraphId;
}) {
  const choice = report.alternatives.find(({ paragraphs }) => paragraphs[0] === paragraph);
  return choice ? <p className="choice">{say("summary.alternatives.above", { number: choice.number })}</p> : null;
}

/** The notes of these paragraphs, each with a link back to where it is called. */
export function Notes({
  paragraphs,
  around,
}: {
  readonly paragraphs: readonly ComposedParagraph[];
  readonly around: Surroundings;
}) {
  const notes = paragraphs.flatMap(({ content }) => content.filter((inline) => inline.t === "footnote"));
  if (notes.length === 0) return null;
  return (
    <section className="notes" role="doc-endnotes" aria-label={say("reader.notes")}>
      <ol>
        {notes.map((note) => {
          const number = around.noteOf(note);
          return (
            <li key={number} id={`${around.notesIn}-note-${number}`} value={number}>
              {note.text}{" "}
              <a href={`#${around.notesIn}-noted-${number}`} role="doc-backlink">
                <span aria-hidden="true">{"\u21A9"}</span>
                <span className="unseen">{say("reader.back")}</span>
              </a>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** Headings nest one step at a time, whatever levels were chosen: below the part's own, which is the second. */
export function withDepths<B extends Pick<ComposedParagraph, "kind" | "level">>(paragraphs: readonly B[]) {
  let above: number[] = [];
  return paragraphs.map((block) => {
    if (block.kind === "heading") above = [...above.filter((level) => level < block.level), block.level];
    return { block, depth: above.length };
  });
}

export function Heading({
  depth,
  id,
  dir,
  lang,
  children,
}: {
  readonly depth: number;
  readonly id: string | undefined;
  readonly dir?: "ltr" | "rtl";
  /** Where it is not the page's. */
  readonly lang?: string | undefined;
  readonly children: ReactNode;
}) {
  const Element = depth === 1 ? "h3" : depth === 2 ? "h4" : "h5";
  return (
    <Element id={id} dir={dir} lang={lang}>
      {children}
    </Element>
  );
}

function Paragraph({
  block,
  around,
  telling,
  life,
  children,
}: {
  readonly block: ComposedParagraph;
  readonly around: Surroundings;
  readonly telling: Telling;
  /** The page of its life; null in a file of its own. */
  readonly life: string | null;
  readonly children: ReactNode;
}) {
  const { id, number, level, status, agreedBy, counts, positions } = block;
  const said = positions.filter(({ by, reason, standing }) => (by ?? reason) !== undefined && standing);
  const shown = shownStatus(block);
  return (
    <div id={`para-${id}`} className={`para l${level} ${status ?? "summary"}`}>
      <Number id={id} number={number} />
      <p className="words" lang={around.languageOf(block.content)}>
        <Words content={block.content} around={around} />
      </p>
      {(status !== null || counts !== null) && (
        <p className="mark">
          {shown !== null && <StatusMark status={shown} by={agreedBy} />}
          {said.length === 0 && <CountsMark counts={counts} />}
        </p>
      )}
      {life !== null && (
        <a className="history" href={life} aria-label={say("lineage.linkTo", { number: sayNumber(block, speaker) })}>
          {say("lineage.link")}
        </a>
      )}
      {said.length > 0 && (
        <ul className="said">
          {said.map((position) => (
            <li key={position.id}>
              <Said position={position} content={block.content} telling={telling} />
            </li>
          ))}
        </ul>
      )}
      <Proposed paragraph={block} signs={signsToday(telling)} />
      <OnSummary paragraph={block} />
      {children}
    </div>
  );
}

/** The number is text, and the link to the paragraph. */
export const Number = ({ id, number }: { readonly id: ParagraphId; readonly number: string }) => (
  <a className="number" href={`#para-${id}`}>
    <span className="unseen">{say("words.paragraph", { number })}</span>
    <span aria-hidden="true">
      {shortNumber(number)}
      {number.endsWith(")") ? "" : "."}
    </span>
  </a>
);

/** "✕ Freedonia objects. Reason: too soon. What would lift it: delete the words." As far as its reader may know. */
export function Said({
  position,
  content,
  telling,
}: {
  readonly position: SeenPosition;
  /** Of the paragraph that it is on. */
  readonly content: readonly Inline[];
  readonly telling: Telling;
}) {
  const { level, by, behind, stale } = position;
  const why = [
    ...tellGiven(position, telling, stale ? telling.record.words.get(position.wording) : content),
    ...tellConditions(position.conditions, telling),
  ];
  return (
    <span className={`count ${level}`}>
      <Glyph of={level} /> {say(`words.does.${level}`, { who: sayWho(by, speaker), count: 1 })}
      {behind && ` (${say("reader.countsFor", { count: behind.count })})`}
      {stale && ` (${say("light.onEarlier")})`}
      {why.length > 0 && <span className="why">. {why.map(stop).join(" ")}</span>}
    </span>
  );
}

// ---------- links that lead nowhere any more ----------

/** Removed paragraphs keep their addresses: whoever follows a link to one is told, and sees its last words. Nobody else does. */
function Removed({ record, text }: Reading) {
  const here = new Set(text.map(({ id }) => id));
  const gone = [...record.removed.values()].filter(({ id, kind }) => kind === "paragraph" && !here.has(id));
  if (gone.length === 0) return null;
  const signs = signsToday({ record, text, voice: speaker });
  return (
    <div className="removed">
      {gone.slice(-mostRemoved).map(({ id, content }) => (
        <div key={id} id={`para-${id}`}>
          <p>{say("reader.removedWhy")}</p>
          <blockquote>{readable(content, signs)}</blockquote>
        </div>
      ))}
    </div>
  );
}

/** As many as a page can carry. */
const mostRemoved = 100;

// ---------- numbers ----------

export function surroundingsOf(report: ComposedReport, notesIn: string): Surroundings {
  const numbers = new Map<ParagraphId, string>();
  const bracketed = new Map<readonly Inline[], readonly SeenProposal[]>();
  const blocks = [...report.parts.consensus, ...report.parts.chairSummary];
  const notes = numberNotes(blocks);
  for (const block of blocks) {
    if (block.number !== "") numbers.set(block.id, sayNumber(block, speaker));
    bracketed.set(block.content, bracketedIn(report).get(block.id) ?? []);
  }
  return {
    numberOf: (id) => numbers.get(id),
    noteOf: (inline) => notes.get(inline) ?? 0,
    notesIn,
    languageOf: (content) => {
      const language = languageOf(flatText(content), report.language);
      return language === speaker.language ? undefined : language;
    },
    bracketed: (content) => bracketed.get(content) ?? [],
  };
}
