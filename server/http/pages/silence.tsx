/** Silence procedures, and statements on the adopted report, as pages show them: the same facts as on the desks, without a script. */
import type { ReactNode } from "react";
import type { ComposedReport, SeenSilence, SeenStatement } from "../../../shared/domain/report.ts";
import { lettersOn } from "../../../shared/domain/silence.ts";
import type { Record } from "../../../shared/domain/record.ts";
import type { Text } from "../../../shared/domain/text.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { sayBreak, sayParagraphs, saySilence, silencesToShow, silenceTerms } from "../../../shared/messages/silence.ts";
import { isoOf, momentIn, zonesFor } from "../../../shared/messages/times.ts";
import { FileLinks } from "./file-links.tsx";
import { say, speaker } from "./speaker.ts";
import { NewYork } from "./time.tsx";

interface Reading {
  readonly report: ComposedReport;
  readonly record: Record;
  readonly text: Text;
}

/** What runs, and what ended last. */
export function SilenceSlips({
  report,
  record,
  text,
  alone = false,
  query = "",
  children,
}: Reading & {
  /** In a file of its own, which leads nowhere. */
  readonly alone?: boolean;
  /** Keeps the seat. */
  readonly query?: string;
  readonly children?: (silence: SeenSilence) => ReactNode;
}) {
  const saying = { record, text, voice: speaker };
  return silencesToShow(report).map((silence) => (
    <section key={silence.id} className="slip silence" aria-label={say("silence.region")}>
      {/* A page that is kept does not know the time: until the closing is recorded, the procedure runs. */}
      <h2>{saySilence(silence, silence.deadline, saying)}</h2>
      {silence.ended === null && (
        <p>
          {say("silence.ends")}:{" "}
          {zonesFor(silence.zone).map((zone, index) => (
            <span key={zone}>
              {index > 0 && " · "}
              <time dateTime={isoOf(silence.deadline)}>{momentIn(silence.deadline, zone, speaker.language)}</time>
            </span>
          ))}
        </p>
      )}
      {silence.breaks.length > 0 && (
        <ul>
          {silence.breaks.map((one) => (
            <li key={one.id}>
              {sayBreak(silence, one, saying)}
              {one.reason !== undefined && `. ${say("record.reason", { reason: one.reason })}`}
            </li>
          ))}
        </ul>
      )}
      {silenceTerms(silence, saying).map((term) => (
        <p key={term} className="aside">
          {term}
        </p>
      ))}
      {!alone &&
        lettersOn(silence).map((letter) => (
          <p key={letter} className="aside">
            <FileLinks
              title={say(`publication.letter.link.${letter}`)}
              path={`/n/${report.slug}/silence/${silence.id}/${letter}`}
              query={query}
            />
          </p>
        ))}
      {!alone && (
        <p className="aside">
          <a href={`/n/${record.slug}/silence/${silence.id}${query}`}>{say("silence.certificate.link")}</a>
        </p>
      )}
      {silence.ended === null && children?.(silence)}
    </section>
  ));
}

const anchorOf = ({ id }: SeenStatement): string => `statement-${id}`;

/** Under a paragraph: who made which statement on it. */
export function StatementsOn({
  report: { statements },
  paragraph,
}: {
  readonly report: ComposedReport;
  readonly paragraph: ParagraphId;
}) {
  const on = statements.filter(({ paragraphs }) => paragraphs.includes(paragraph));
  if (on.length === 0) return null;
  return (
    <ul className="said">
      {on.map((statement) => (
        <li key={statement.id}>
          <a href={`#${anchorOf(statement)}`}>
            {say("silence.statement.marks", {
              who: statement.by.name,
              form: say(`words.statement.${statement.form}`),
            })}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The compendium: every statement as it was made. */
export function Statements({ report: { statements }, record, text }: Reading) {
  if (statements.length === 0) return null;
  return (
    <section id="statements" className="part statements" aria-labelledby="statements-title">
      <h2 id="statements-title">{say("silence.statement.title")}</h2>
      <p className="standing">{say("silence.statement.lead")}</p>
      {statements.map((statement) => {
        const { id, by, form, paragraphs, at, confirmed } = statement;
        const on =
          paragraphs.length === 0
            ? say("silence.statement.onWhole")
            : say("silence.statement.onSome", { scope: sayParagraphs(paragraphs, { record, text, voice: speaker }) });
        return (
          <section key={id} id={anchorOf(statement)} className="statement">
            <h3>
              {by.name}: {say(`words.statement.${form}`)} {on}
            </h3>
            {statement.text.split(/\n+/).map((line, index) => (
              <p key={index} dir="auto">
                {line}
              </p>
            ))}
            <p className="aside">
              <NewYork at={at} />
              {!confirmed && ` (${say("silence.fromTheFloor")})`}
            </p>
          </section>
        );
      })}
    </section>
  );
}
