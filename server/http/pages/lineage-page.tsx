/** `GET /n/S/lineage?from=VERSION&to=VERSION`: new paragraph ← old ← contributors ← how. */
import type { Express } from "express";
import type { Lineage, Step } from "../../../shared/domain/lineage.ts";
import type { LineageRow, Seeing } from "../../../shared/domain/seen-lineage.ts";
import { lineageRows } from "../../../shared/domain/seen-lineage.ts";
import type { Block } from "../../../shared/domain/text.ts";
import { sayNumber, signsIn } from "../../../shared/messages/numbers.ts";
import type { Numbers } from "../../../shared/messages/signs.ts";
import { readable } from "../../../shared/messages/signs.ts";
import type { PageDeps } from "./deps.ts";
import { Document, htmlOf } from "./document.tsx";
import { documentFormats } from "../../../shared/wire/document-formats.ts";
import { FileLinks } from "./file-links.tsx";
import { keepPage, sendKeptHere } from "./kept-page.ts";
import { ActLines, lineageIn, sayContributors } from "./lineage-parts.tsx";
import { linksOf, Notice } from "./reader.tsx";
import { say, speaker } from "./speaker.ts";
import { NotThere, sendPage } from "./trouble.tsx";
import type { Viewing } from "./viewing.tsx";
import { ReadAs, viewing } from "./viewing.tsx";

export function lineagePages(app: Express, deps: PageDeps): void {
  app.get("/n/:slug/lineage", async (req, res) => {
    const reading = await viewing(req, res, deps);
    if (!reading) return;
    const { talks, viewer } = reading;
    const seeing = { lineage: lineageIn(talks), entries: talks.entries, viewer };
    const between = stepsBetween(seeing.lineage, req.query["from"], req.query["to"]);
    if (between === null) return sendPage(res, 404, <NotThere what="page" />);
    const page = <LineagePage reading={reading} seeing={seeing} between={between} />;
    await sendKeptHere(req, res, keepPage(htmlOf(page)));
  });
}

export interface Between {
  /** Null: from the beginning. */
  readonly from: Step | null;
  /** Null: there is nothing to tell of yet. */
  readonly to: Step | null;
}

/** The steps that are asked for; without a name from the beginning, to the latest. Null where one is unknown, or the order is the other way round. */
export function stepsBetween({ steps }: Lineage, from: unknown, to: unknown): Between | null {
  const named = (name: unknown): Step | undefined => steps.findLast((step) => nameOf(step) === name);
  const isGiven = (name: unknown): boolean => name !== undefined && name !== "";
  const [start, end] = [isGiven(from) ? named(from) : null, isGiven(to) ? named(to) : (steps.at(-1) ?? null)];
  if (start === undefined || end === undefined) return null;
  return start && end && start.seq >= end.seq ? null : { from: start, to: end };
}

/** "Rev.2, and what it came of in Rev.1" */
export const sayBetween = ({ from, to }: Between & { readonly to: Step }): string =>
  from
    ? say("lineage.table.of", { after: labelOf(to), before: labelOf(from) })
    : say("lineage.table.fromBeginning", { after: labelOf(to) });

export const labelOf = ({ version, isToday }: Step): string =>
  version?.label ?? say(isToday ? "versions.today" : "lineage.first");

/** In addresses; empty for what is read today. A version may be called like what was circulated first, and then is meant. */
export const nameOf = ({ version, isToday }: Step): string => version?.name ?? (isToday ? "" : "first-circulated");

interface Props {
  readonly reading: Viewing;
  readonly seeing: Seeing;
  readonly between: Between;
}

function LineagePage({ reading, seeing, between: { from, to } }: Props) {
  const { talks, query } = reading;
  const { record } = talks;
  const { slug } = talks.row;
  const path = `/n/${slug}/lineage`;
  const search = new URLSearchParams(query);
  if (from) search.set("from", nameOf(from));
  if (to && !to.isToday) search.set("to", nameOf(to));
  return (
    <Document
      title={`${say("lineage.table.title")}: ${record.settings.title}`}
      look="wide"
      links={linksOf(slug, null, query)}
      banner={
        <div className="masthead">
          <h1>
            {say("lineage.table.title")}
            <small>{record.settings.title}</small>
          </h1>
          <div className="imprimatur">
            <ReadAs viewing={reading} path={path} />
            {to && (
              <p>
                <FileLinks
                  title={say("lineage.table.downloads")}
                  path={path}
                  query={`?${search.toString()}`}
                  formats={[...documentFormats, "csv", "json"]}
                />
              </p>
            )}
          </div>
        </div>
      }
    >
      {!to ? (
        <Notice title={say("lineage.table.title")}>
          <p>{say("lineage.table.empty")}</p>
        </Notice>
      ) : (
        <>
          <p className="lead-in">
            {sayBetween({ from, to })}. {say("lineage.table.lead", { after: labelOf(to) })}
          </p>
          <Choice reading={reading} steps={seeing.lineage.steps} from={from} to={to} path={path} />
          <Table rows={lineageRows(seeing, from, to)} to={to} reading={reading} />
        </>
      )}
    </Document>
  );
}

function Choice({
  reading: { query },
  steps,
  from,
  to,
  path,
}: {
  readonly reading: Viewing;
  readonly steps: readonly Step[];
  readonly from: Step | null;
  readonly to: Step;
  readonly path: string;
}) {
  const options = steps.map((step) => (
    <option key={step.seq} value={nameOf(step)}>
      {labelOf(step)}
    </option>
  ));
  return (
    <form className="filter" method="get" action={path}>
      {query !== "" && <input type="hidden" name="seat" value={new URLSearchParams(query).get("seat") ?? ""} />}
      <label>
        {say("lineage.table.choose")}
        <select name="from" defaultValue={from ? nameOf(from) : ""}>
          <option value="">{say("lineage.table.beginning")}</option>
          {options.slice(0, -1)}
        </select>
      </label>
      <label>
        {say("lineage.table.to")}
        <select name="to" defaultValue={nameOf(to)}>
          {options.toReversed()}
        </select>
      </label>
      <button className="quiet">{say("lineage.table.show")}</button>
    </form>
  );
}

function Table({
  rows,
  to,
  reading,
}: {
  readonly rows: readonly LineageRow[];
  readonly to: Step;
  readonly reading: Viewing;
}) {
  const { talks, query } = reading;
  const { slug } = talks.row;
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={say("lineage.table.title")}>
      <table className="lineage">
        <thead>
          <tr>
            <th scope="col">{say("lineage.table.new")}</th>
            <th scope="col">{say("lineage.table.old")}</th>
            <th scope="col">{say("lineage.table.contributors")}</th>
            <th scope="col">{say("lineage.table.how")}</th>
            <th scope="col">{say("lineage.table.text")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.paragraph}>
              <th scope="row">
                <a href={`/n/${slug}/p/${row.paragraph}${query}`}>{sayNew(row)}</a>
              </th>
              <td>{sayOld(row)}</td>
              <td>{contributorsOf(row).join("; ")}</td>
              <td>
                {row.acts.length === 0 ? (
                  sayNothingDone(row)
                ) : (
                  <ActLines acts={row.acts} record={`/n/${slug}/record`} />
                )}
              </td>
              <td>{sayWords(row, to, readable)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What it is called now: "3", "1 of the chair's summary"; for a heading its sign, for what was removed none. */
export const sayNew = ({ number, block }: LineageRow): string =>
  block === null ? "–" : number === null ? "§" : sayNumber({ number, part: block.part }, speaker);

/** What those were called that it comes of. */
export const sayOld = ({ old, gone }: LineageRow): string =>
  old.length === 0
    ? gone
      ? "–"
      : say("lineage.table.isNew")
    : old.map(({ number, part }) => (number === null ? "§" : sayNumber({ number, part }, speaker))).join(", ");

/** Without an act it is as it was, or as it was first written. */
export const sayNothingDone = ({ old }: LineageRow): string =>
  say(old.length === 0 ? "lineage.how.drafted" : "lineage.table.same");

type Written = (content: Block["content"], numbers: Numbers) => string;

/** Its words; of one that was removed when that was, and its last ones. */
export const sayWords = (row: LineageRow, to: Step, written: Written): string =>
  row.gone
    ? say("lineage.table.gone", { label: labelOf(row.gone.step), words: lastWords(row.gone, written) })
    : wordsIn(row, to, written);

export const wordsIn = ({ block }: LineageRow, to: Step, written: Written): string =>
  block ? written(block.content, signsIn(to, speaker)) : "";

export const lastWords = ({ step, last }: NonNullable<LineageRow["gone"]>, written: Written): string =>
  written(last.content, signsIn(step, speaker));

/** Of the words that stand, and of the acts on the way that are not spent. Who broke a silence gave no words. */
export const contributorsOf = ({ words, acts }: LineageRow): readonly string[] => {
  const gave = acts.filter(({ isSpent, how }) => !isSpent && how !== "broken");
  return [...new Set([...words.map(({ act }) => act), ...gave].map(sayContributors))];
};
