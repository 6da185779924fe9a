/** Two versions in one text, and several beside each other (SPEC: VER8). */
import { alignment } from "../../../shared/domain/comparison.ts";
import type { Numbered, Row } from "../../../shared/domain/comparison.ts";
import { shortNumber } from "../../../shared/domain/numbering.ts";
import { blocksById } from "../../../shared/domain/text.ts";
import type { ParagraphId, Part } from "../../../shared/domain/values.ts";
import type { Version } from "../../../shared/domain/versions.ts";
import { wordingOf } from "../../../shared/domain/wording.ts";
import { hasOtherNumber, sayNumber, signsIn, wasCalled } from "../../../shared/messages/numbers.ts";
import type { Numbers } from "../../../shared/messages/signs.ts";
import { readable } from "../../../shared/messages/signs.ts";
import { Document } from "./document.tsx";
import { Heading, linksOf } from "./reader.tsx";
import { say, speaker } from "./speaker.ts";
import { rowsOf, sayLeft, VersionLinks, wordsAfter, wordsBefore } from "./version-parts.tsx";
import { RedlineRuns } from "./words.tsx";

interface Comparing {
  readonly slug: string;
  readonly title: string;
  readonly before: Version;
  readonly after: Numbered & { readonly label: string };
  /** The version that `after` is; null for what was circulated last. */
  readonly version: Version | null;
  readonly versions: readonly Version[];
  readonly alone?: boolean;
}

export function RedlinePage({ slug, title, before, after, version, versions, alone = false }: Comparing) {
  const all = rowsOf(before, after);
  const signs = { numbers: signsIn(after, speaker), before: signsIn(before, speaker) };
  const count = new Set(all.flatMap(({ rows }) => rows.filter(({ kinds }) => kinds.length > 0).map(({ id }) => id)))
    .size;
  const heading = say("versions.redline", { after: after.label, before: before.label });
  const clean = version ? `/n/${slug}/v/${version.name}` : `/n/${slug}`;
  return (
    <Document
      title={`${heading}: ${title}`}
      look="reader"
      alone={alone}
      links={linksOf(slug, null)}
      banner={
        <div className="masthead">
          <h1>
            {title}
            <small>{heading}</small>
          </h1>
        </div>
      }
    >
      <div className="lead">
        <p className="sentence">{count === 0 ? say("versions.redlineNone") : say("versions.redlineLead", { count })}</p>
        {!alone && (
          <>
            <p>
              <a href={clean}>{say("versions.clean", { label: after.label })}</a>
            </p>
            <VersionLinks slug={slug} versions={versions} here={version} />
          </>
        )}
      </div>
      <article className="text compared" lang="en">
        {all.map(({ part, rows }) => (
          <section key={part} id={part === "consensus" ? "consensus" : "chairs-summary"} className={`part ${part}`}>
            <h2>{say(`words.part.${part}`)}</h2>
            {rows.map((row) => (
              <Compared key={`${row.id} ${row.left ?? ""}`} row={row} {...signs} />
            ))}
          </section>
        ))}
      </article>
    </Document>
  );
}

function Compared({ row, ...signs }: { readonly row: Row; readonly numbers: Numbers; readonly before: Numbers }) {
  const { id, before, after, number, kinds, left } = row;
  if (left) {
    return (
      <p className="vacant">
        <a href={`#para-${id}`}>{sayLeft(row)}</a>
      </p>
    );
  }
  const words = <RedlineRuns from={wordsBefore(row)} to={wordsAfter(row)} {...signs} />;
  const block = (after ?? before)!;
  if (block.kind === "heading") {
    return (
      <Heading depth={block.level + 1} id={`para-${id}`}>
        {words}
      </Heading>
    );
  }
  const notes = [
    ...(kinds.includes("added") ? [say("versions.new")] : []),
    ...(after && hasOtherNumber(row) ? [say("versions.was", { number: wasCalled(row, speaker) ?? "–" })] : []),
    ...(kinds.some((kind) => kind === "appearance" || kind === "level" || kind === "kind")
      ? [say("versions.relaid")]
      : []),
  ];
  return (
    <div id={`para-${id}`} className={`para l${block.level} ${kinds.length > 0 ? "differs" : "same"}`}>
      <span className="number">{after ? shortNumber(number ?? "") : sayLeft(row)}</span>
      <p className="words">{words}</p>
      {notes.length > 0 && <p className="mark">{notes.join(" · ")}</p>}
    </div>
  );
}

export function BesidePage({
  slug,
  title,
  shown,
  versions,
}: {
  readonly slug: string;
  readonly title: string;
  /** Oldest first, at most four. */
  readonly shown: readonly Version[];
  readonly versions: readonly Version[];
}) {
  const byId = shown.map(({ text }) => blocksById(text));
  const hash = (column: number, id: Parameters<(typeof byId)[number]["get"]>[0]): string | null => {
    const block = byId[column]?.get(id);
    return block ? wordingOf(block.content).hash : null;
  };
  /** Where it stood in the column before, if it stood there. */
  const partBefore = (column: number, id: ParagraphId, now: Part): Part => byId[column - 1]?.get(id)?.part ?? now;
  return (
    <Document
      title={`${say("versions.beside")}: ${title}`}
      look="wide"
      links={linksOf(slug, null)}
      banner={
        <div className="masthead">
          <h1>
            {title}
            <small>{say("versions.beside")}</small>
          </h1>
        </div>
      }
    >
      <p className="lead-in">{say("versions.besideLead")}</p>
      <VersionLinks slug={slug} versions={versions} here={shown.at(-1)!} />
      <div className="scroll" tabIndex={0} role="group" aria-label={say("versions.beside")}>
        <table className="beside-each-other" lang="en">
          <thead>
            <tr>
              {shown.map(({ name, label }) => (
                <th key={name} scope="col">
                  <a href={`/n/${slug}/v/${name}`}>{label}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {alignment(shown.map(({ text }) => text)).map((id) => (
              <tr key={id}>
                {shown.map((version, column) => {
                  const block = byId[column]!.get(id);
                  const isMoved = block?.kind === "paragraph" && partBefore(column, id, block.part) !== block.part;
                  const differs = isMoved || (column > 0 && hash(column, id) !== hash(column - 1, id));
                  return (
                    <td
                      key={version.name}
                      className={[block?.kind ?? "none", differs ? "differs" : ""].join(" ").trim()}
                    >
                      {block ? (
                        <>
                          {block.kind === "paragraph" && (
                            <b>{sayNumber({ number: version.numbers.get(id) ?? "", part: block.part }, speaker)}.</b>
                          )}{" "}
                          {isMoved && (
                            <small>{say("versions.movedTo", { part: say(`words.thePart.${block.part}`) })}</small>
                          )}{" "}
                          {readable(block.content, signsIn(version, speaker))}
                        </>
                      ) : (
                        <span aria-label={say("versions.kinds.removed")}>–</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Document>
  );
}
