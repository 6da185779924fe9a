/** What the public page says of versions: which there are, which one this is, and how it came of the one before. */
import { Fragment } from "react";
import { compare } from "../../../shared/domain/comparison.ts";
import type { Row } from "../../../shared/domain/comparison.ts";
import type { Record } from "../../../shared/domain/record.ts";
import type { Text } from "../../../shared/domain/text.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { parts } from "../../../shared/domain/values.ts";
import type { Version } from "../../../shared/domain/versions.ts";
import { placedIn, sayNumber, wasCalled } from "../../../shared/messages/numbers.ts";
import { mention } from "../../../shared/messages/tell.ts";
import type { WordsOrLetters } from "../../../shared/messages/signs.ts";
import { say, speaker } from "./speaker.ts";
import { timesOf } from "./time.tsx";

/** "A/AC.290/L.4/Rev.1 · Rev.1, issued on 5 November, 14:00 New York" and the cover note. */
export function VersionLine({ version: { label, symbol, date, note, at } }: { readonly version: Version }) {
  return (
    <>
      <p>
        {symbol && <strong>{symbol} · </strong>}
        {say("versions.issued", { label, ...timesOf(at) })}
        {date && ` · ${say("versions.dated", { date })}`}
      </p>
      {note && <p className="cover">{note}</p>}
    </>
  );
}

/** Links to every version, and a form to compare this text with one of them. */
export function VersionLinks({
  slug,
  versions,
  here,
}: {
  readonly slug: string;
  readonly versions: readonly Version[];
  readonly here: Version | null;
}) {
  if (versions.length === 0) return null;
  const others = versions.filter(({ name }) => name !== here?.name).toReversed();
  const path = here ? `/n/${slug}/v/${here.name}` : `/n/${slug}`;
  return (
    <nav className="versions" aria-label={say("versions.list")}>
      <ul>
        <li>
          <a href={`/n/${slug}`} aria-current={here === null ? "page" : undefined}>
            {say("versions.today")}
          </a>
        </li>
        {versions.toReversed().map(({ name, label }) => (
          <li key={name}>
            <a href={`/n/${slug}/v/${name}`} aria-current={here?.name === name ? "page" : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <form className="filter" method="get" action={path}>
          <label>
            {say("versions.compare")}
            <select name="against">
              {others.map(({ name, label }) => (
                <option key={name} value={name}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <button className="quiet">{say("versions.show")}</button>
          <a href={`/n/${slug}/lineage${here ? `?to=${here.name}` : ""}`}>{say("lineage.table.title")}</a>
          {versions.length > 1 && (
            <a
              href={`/n/${slug}/v/${versions.at(-1)!.name}?beside=${versions
                .slice(-4, -1)
                .map(({ name }) => name)
                .join(",")}`}
            >
              {say("versions.beside")}
            </a>
          )}
        </form>
      )}
    </nav>
  );
}

/** VER5: new paragraph, old paragraph, how. */
export function VersionChanges({
  version,
  record,
  text,
  alone,
}: {
  readonly version: Version;
  readonly record: Record;
  readonly text: Text;
  readonly alone: boolean;
}) {
  const before = record.versions[record.versions.findIndex(({ name }) => name === version.name) - 1];
  if (!before) return null;
  if (version.changes.length === 0) return <p>{say("versions.noChanges", { label: before.label })}</p>;
  const telling = { record, text, voice: speaker };
  const number = (of: Version, id: ParagraphId): string | null => {
    const placed = placedIn(id, of);
    return placed && sayNumber(placed, speaker);
  };
  return (
    <details className="changes">
      <summary>{say("versions.changes", { count: version.changes.length, label: before.label })}</summary>
      {!alone && (
        <p>
          <a href={`/n/${record.slug}/lineage?from=${before.name}&to=${version.name}`}>{say("lineage.table.title")}</a>
        </p>
      )}
      <table className="lineage">
        <thead>
          <tr>
            <th scope="col">{say("versions.table.number")}</th>
            <th scope="col">{say("versions.table.was")}</th>
            <th scope="col">{say("versions.table.kinds")}</th>
            <th scope="col">{say("versions.table.acts")}</th>
          </tr>
        </thead>
        <tbody>
          {version.changes.map(({ paragraph, kinds, from = [], acts }) => (
            <tr key={paragraph}>
              <th scope="row">
                <a href={alone ? `#para-${paragraph}` : `/n/${record.slug}/p/${paragraph}`}>
                  {number(version, paragraph) ?? (kinds.includes("removed") ? "–" : mention(paragraph, telling).words)}
                </a>
              </th>
              <td>
                {number(before, paragraph) ?? "–"}
                {from.length > 0 &&
                  ` · ${say("versions.table.from")}: ${from.map((id) => number(before, id) ?? number(version, id) ?? "–").join(", ")}`}
              </td>
              <td>{kinds.map((kind) => say(`versions.kinds.${kind}`)).join(", ")}</td>
              <td>
                {acts.map(({ seq, how, reason }, index) => (
                  <Fragment key={seq}>
                    {index > 0 && "; "}
                    {say(`versions.how.${how}`)}
                    {reason && `: ${reason}`}
                    {!alone && (
                      <>
                        {" "}
                        <a href={`/n/${record.slug}/record#entry-${seq}`}>{say("versions.entry", { seq })}</a>
                      </>
                    )}
                  </Fragment>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Every row of both parts. */
export const rowsOf = (before: Parameters<typeof compare>[0], after: Parameters<typeof compare>[1]) =>
  parts.map((part) => ({ part, rows: compare(before, after, part) }));

/** "[3, now 5]", "[4 deleted]": what is said where a paragraph stood. */
export function sayLeft({ was, number, kinds, before, after }: Row): string {
  const name = wasCalled({ was, before }, speaker) ?? "–";
  if (!after) return say("versions.wentAway", { number: name });
  const now = number === null ? "–" : sayNumber({ number, part: after.part }, speaker);
  return kinds.includes("part")
    ? say("versions.wentToPart", { number: name, now, part: say(`words.thePart.${after.part}`) })
    : say("versions.wentTo", { number: name, now });
}

export const wordsBefore = ({ before }: Row): WordsOrLetters => before?.content ?? "";
export const wordsAfter = ({ after }: Row): WordsOrLetters => after?.content ?? "";
