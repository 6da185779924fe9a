/** `GET /n/S/overview`: delegations by paragraphs in a table, and the smallest steps to consensus; for who may not know names, counts. */
import type { Express } from "express";
import { alternativesOf } from "../../../shared/domain/alternatives.ts";
import { burnDown, milestones } from "../../../shared/domain/burn-down.ts";
import type { Level } from "../../../shared/domain/positions.ts";
import { levels } from "../../../shared/domain/positions.ts";
import type { ComposedParagraph, ComposedReport, Stance, Step } from "../../../shared/domain/report.ts";
import { stanceOf } from "../../../shared/domain/report.ts";
import type { Delegation, RegionalGroup } from "../../../shared/domain/roster.ts";
import type { DelegationCode, ParagraphId } from "../../../shared/domain/values.ts";
import { sayConditionNow } from "../../../shared/messages/conditions.ts";
import { shownStatus } from "../../../shared/messages/status.ts";
import { sayParagraphs } from "../../../shared/messages/silence.ts";
import { readable } from "../../../shared/messages/signs.ts";
import { mention, sayRemedy, sayTally, sayNamed, sayStance } from "../../../shared/messages/tell.ts";
import type { PageDeps } from "./deps.ts";
import { Document } from "./document.tsx";
import { FileLinks } from "./file-links.tsx";
import { linksOf, Notice } from "./reader.tsx";
import { seenBy } from "./seen-record.ts";
import { list, say, speaker } from "./speaker.ts";
import { sendPage } from "./trouble.tsx";
import type { Viewing } from "./viewing.tsx";
import { ReadAs, viewing } from "./viewing.tsx";
import { capital, Glyph, StatusMark, stop } from "./words.tsx";

export function overviewPages(app: Express, deps: PageDeps): void {
  app.get("/n/:slug/overview", async (req, res) => {
    const reading = await viewing(req, res, deps);
    if (reading) sendPage(res, 200, <OverviewPage reading={reading} />);
  });
}

function OverviewPage({ reading }: { readonly reading: Viewing }) {
  const { talks, viewer, query } = reading;
  const report = talks.report(viewer);
  const { slug, title, overview } = report;
  const rated = report.parts.consensus.filter(({ status }) => status !== null);
  const fileQuery = query === "?seat=public" ? "" : query;
  return (
    <Document
      title={`${say("overview.title")}: ${title}`}
      look="wide"
      links={linksOf(slug, "overview", query)}
      banner={
        <div className="masthead">
          <h1>
            {say("overview.title")}
            <small>{title}</small>
          </h1>
          <div className="imprimatur">
            <ReadAs viewing={reading} path={`/n/${slug}/overview`} />
            <p>
              <a href={`/n/${slug}.csv${fileQuery}`}>{say("overview.csv")}</a>
            </p>
            <p>
              <FileLinks title={say("publication.status.title")} path={`/n/${slug}/status`} query={fileQuery} />
            </p>
          </div>
        </div>
      }
    >
      {rated.length === 0 ? (
        <Notice title={say("reader.noConsensusText")}>
          <p>{say("overview.empty")}</p>
        </Notice>
      ) : (
        <>
          <p className="sentence">
            <strong>{say("reader.agreedOf", { agreed: overview.agreed, count: overview.total })}</strong>{" "}
            <Distance report={report} />
          </p>
          {overview.blocked !== null && <Steps reading={reading} report={report} />}
          <Standings reading={reading} rated={rated} isKnown={overview.blocked !== null} />
          <Brackets reading={reading} />
        </>
      )}
    </Document>
  );
}

/** The versions before the last few say little about today. */
const shownVersions = 6;

/** Open brackets and alternatives by section, version after version (BRA12). */
function Brackets({ reading: { talks, viewer } }: { readonly reading: Viewing }) {
  const { record } = talks;
  const before = milestones(record, shownVersions);
  const today = talks.textFor(viewer);
  const texts = [...before.map(({ text }) => text), today];
  const { sections, totals } = burnDown(texts, alternativesOf(record, today));
  if (sections.length === 0) return null;
  return (
    <section className="after" aria-labelledby="brackets">
      <h2 id="brackets">{say("desk.overview.brackets.title")}</h2>
      <p>{say("desk.overview.brackets.caution")}</p>
      <div className="scroll" tabIndex={0} role="group" aria-labelledby="brackets">
        <table className="lineage">
          <thead>
            <tr>
              <th scope="col">{say("desk.overview.brackets.section")}</th>
              {before.map(({ version }) => (
                <th key={version?.name ?? ""} scope="col">
                  {version?.label ?? say("desk.overview.brackets.begun")}
                </th>
              ))}
              <th scope="col">{say(`desk.overview.brackets.${viewer.kind === "team" ? "draft" : "now"}`)}</th>
            </tr>
          </thead>
          <tbody>
            {sections.map(({ heading, tallies }) => (
              <tr key={heading?.id ?? ""}>
                <th scope="row">{heading ? readable(heading.content) : say("desk.overview.brackets.before")}</th>
                {tallies.map((tally, index) => (
                  <td key={index}>{sayTally(tally, speaker)}</td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{say("desk.overview.brackets.total")}</th>
              {totals.map((tally, index) => (
                <td key={index}>{sayTally(tally, speaker)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Distance({ report: { overview } }: { readonly report: ComposedReport }) {
  const { blocked, proposed, delegations } = overview;
  return (
    <>
      {blocked !== null && blocked > 0 && say("reader.standBetween", { count: blocked })}{" "}
      {delegations !== null && delegations > 0 && say("overview.byDelegations", { count: delegations })}{" "}
      {proposed !== null && proposed > 0 && say("overview.proposed", { count: proposed })}
    </>
  );
}

function Steps({ reading, report }: { readonly reading: Viewing; readonly report: ComposedReport }) {
  const { steps } = report.overview;
  return (
    <section className="after" aria-labelledby="steps">
      <h2 id="steps">{say("overview.steps")}</h2>
      {steps.length === 0 ? (
        <p>{say("overview.stepsNone")}</p>
      ) : (
        <ol className="steps">
          {steps.map((step) => (
            <li key={step.paragraph}>
              <StepItem step={step} reading={reading} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function StepItem({ step, reading: { talks, viewer } }: { readonly step: Step; readonly reading: Viewing }) {
  const { paragraph, kinds, by, words, remedies, links, frees } = step;
  const { record } = seenBy(viewer, talks);
  const text = talks.textFor(viewer);
  const named = mention(paragraph, { record, text, voice: speaker });
  return (
    <>
      <a href={`/n/${talks.row.slug}#para-${paragraph}`}>{capital(named.words)}</a>:{" "}
      {list(kinds.map((kind) => say(`words.blocker.${kind}`)))}.
      {by.length > 0 &&
        kinds.some((kind) => kind !== "proposal") &&
        ` ${say("overview.stepBy", { names: list(by.map((named) => sayNamed(named, speaker))) })}`}
      {words > 0 && by.length > 0 && ` ${say("overview.stepWords", { count: words })}`}
      {links.map(({ by: who, condition, state }, index) => {
        const said = sayConditionNow(condition, state, { record, text, voice: speaker });
        return (
          <p key={index} className="why">
            {stop(
              who
                ? say("packages.links.hangs", { who: sayNamed(who, speaker), condition: said })
                : say("packages.links.hangsUnnamed", { condition: said }),
            )}
          </p>
        );
      })}
      {frees.length > 0 && (
        <p className="why">
          {say("packages.links.frees", { paragraphs: sayParagraphs(frees, { record, text, voice: speaker }) })}
        </p>
      )}
      {remedies.map((remedy, index) => (
        <p key={index} className="why">
          {stop(say("overview.stepRemedy", { remedy: sayRemedy(remedy, say) }))}
        </p>
      ))}
    </>
  );
}

// ---------- the table ----------

const regions: readonly RegionalGroup[] = [
  "african",
  "asia-pacific",
  "eastern-european",
  "latin-american-caribbean",
  "western-european-others",
  "none",
];

/** The stance that counts, by delegation and paragraph. */
type Grid = ReadonlyMap<DelegationCode, ReadonlyMap<ParagraphId, Stance>>;

function gridOf(rated: readonly ComposedParagraph[], delegations: readonly Delegation[]): Grid {
  const grid = new Map<DelegationCode, Map<ParagraphId, Stance>>();
  for (const { code } of delegations) {
    const row = new Map(
      rated.flatMap((paragraph) => {
        const stance = stanceOf(paragraph, code);
        return stance ? [[paragraph.id, stance] as const] : [];
      }),
    );
    if (row.size > 0) grid.set(code, row);
  }
  return grid;
}

function Standings({
  reading,
  rated,
  isKnown,
}: {
  readonly reading: Viewing;
  readonly rated: readonly ComposedParagraph[];
  readonly isKnown: boolean;
}) {
  const { talks, viewer } = reading;
  const { slug } = talks.row;
  const knowsNames =
    viewer.kind === "team" || viewer.kind === "delegation" || talks.record.settings.disclosure === "open";
  if (!knowsNames || !isKnown) {
    return isKnown ? <CountsTable rated={rated} slug={slug} /> : <p className="further">{say("overview.noCounts")}</p>;
  }
  const delegations = [...talks.record.delegations.values()];
  const grid = gridOf(rated, delegations);
  return (
    <div className="after">
      <h2 id="table">{say("overview.table")}</h2>
      <p className="aside">
        {say("overview.caption")} <strong>{say("overview.caution")}</strong>
      </p>
      {grid.size === 0 ? (
        <Notice title={say("overview.none")}>
          <p>{say("overview.noneWhy")}</p>
        </Notice>
      ) : (
        // A wide table scrolls by itself; the keyboard must reach it for that.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <section className="scroll" aria-labelledby="table" tabIndex={0}>
          <table className="grid">
            <thead>
              <tr>
                <th scope="col">{say("overview.delegation")}</th>
                {rated.map(({ id, number, status }) => (
                  <th key={id} scope="col" className={status ?? ""}>
                    <a href={`/n/${slug}#para-${id}`}>
                      <span className="unseen">{say("words.paragraph", { number: "" })} </span>
                      {number}
                    </a>
                  </th>
                ))}
              </tr>
            </thead>
            {regions.map((region) => (
              <Region
                key={region}
                region={region}
                delegations={delegations.filter(({ regionalGroup }) => regionalGroup === region)}
                grid={grid}
                rated={rated}
              />
            ))}
          </table>
        </section>
      )}
      <Key />
    </div>
  );
}

function Region({
  region,
  delegations,
  grid,
  rated,
}: {
  readonly region: RegionalGroup;
  readonly delegations: readonly Delegation[];
  readonly grid: Grid;
  readonly rated: readonly ComposedParagraph[];
}) {
  if (delegations.length === 0) return null;
  const silent = delegations.filter(({ code }) => !grid.has(code));
  return (
    <tbody>
      <tr className="region">
        <th scope="rowgroup" colSpan={rated.length + 1}>
          {say(`words.region.${region}`)}
        </th>
      </tr>
      {delegations.map(({ code, name }) => {
        const row = grid.get(code);
        if (!row) return null;
        return (
          <tr key={code}>
            <th scope="row">{name}</th>
            {rated.map(({ id }) => {
              const stance = row.get(id);
              return (
                <td key={id} className={stance && `${stance.level}${stance.throughGroup ? " through" : ""}`}>
                  {stance && (
                    <>
                      <Glyph of={stance.level} />
                      <span className="unseen">{sayStance(stance, speaker)}</span>
                    </>
                  )}
                </td>
              );
            })}
          </tr>
        );
      })}
      {silent.length > 0 && (
        <tr className="silent">
          <td colSpan={rated.length + 1}>
            {say("overview.silent", { count: silent.length, names: list(silent.map(({ name }) => name)) })}
          </td>
        </tr>
      )}
    </tbody>
  );
}

const Key = () => (
  <ul className="key">
    {levels.map((level) => (
      <li key={level} className={`count ${level}`}>
        <Glyph of={level} /> {say(`words.level.${level}`)}
      </li>
    ))}
  </ul>
);

const shownCounts: readonly Level[] = levels.toReversed();

function CountsTable({ rated, slug }: { readonly rated: readonly ComposedParagraph[]; readonly slug: string }) {
  return (
    <div className="after">
      <h2 id="counts">{say("overview.countsTitle")}</h2>
      <p className="aside">
        {say("overview.countsCaption")} <strong>{say("overview.caution")}</strong>
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="scroll" aria-labelledby="counts" tabIndex={0}>
        <table className="grid counts">
          <thead>
            <tr>
              <th scope="col">{say("overview.paragraph")}</th>
              <th scope="col">{say("overview.status")}</th>
              {shownCounts.map((level) => (
                <th key={level} scope="col">
                  <Glyph of={level} /> {say(`words.level.${level}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rated.map((paragraph) => {
              const { id, number, counts } = paragraph;
              const status = shownStatus(paragraph);
              return (
                <tr key={id}>
                  <th scope="row">
                    <a href={`/n/${slug}#para-${id}`}>{number}</a>
                  </th>
                  <td>{status && <StatusMark status={status} />}</td>
                  {shownCounts.map((level) => (
                    <td key={level} className={counts && counts[level] > 0 ? level : undefined}>
                      {counts && counts[level] > 0 ? counts[level] : ""}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </div>
  );
}
