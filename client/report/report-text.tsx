/** The report as it is read: both parts, each paragraph a group with its number, its status, its words and what a desk puts below them. */
import type { ReactNode } from "react";
import { Fragment, memo, useMemo } from "react";
import type { Vacancy } from "../../shared/domain/held-numbers.ts";
import { vacantAfter } from "../../shared/domain/held-numbers.ts";
import type { ComposedParagraph, ComposedReport } from "../../shared/domain/report.ts";
import type { ParagraphId, Part } from "../../shared/domain/values.ts";
import { firstNoteIn, numberNotes, shortNumber } from "../../shared/domain/numbering.ts";
import { proposalGlyph } from "../../shared/messages/glyphs.ts";
import { shownStatus } from "../../shared/messages/status.ts";
import { signsOf } from "../../shared/messages/numbers.ts";
import type { Numbers } from "../../shared/messages/signs.ts";
import { Button } from "../ui/button.tsx";
import { prefer, usePreferences } from "../ui/preferences.ts";
import { say, voice } from "../ui/voice.ts";
import { Content, wordsConcerned } from "./content.tsx";
import { LevelSign, StatusSign } from "./glyphs.tsx";
import { bracketedIn } from "../../shared/domain/bracket-labels.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import { groupLabel } from "./group-label.ts";
import { proposedWords } from "./proposed-words.ts";
import styles from "./report-text.module.css";
import { WordsInForce } from "./words-in-force.tsx";

interface Props {
  readonly report: ComposedReport;
  readonly current: ParagraphId | null;
  readonly onCurrent: (paragraph: ParagraphId) => void;
  /** What a desk lets its seat do on a paragraph. */
  readonly below?: (paragraph: ComposedParagraph) => ReactNode;
  /** After the chair's summary: its annex. */
  readonly annex?: ReactNode;
}

export function ReportText({ report, current, onCurrent, below, annex = null }: Props) {
  const hasProposals = [...report.parts.consensus, ...report.parts.chairSummary].some((one) => openProposals(one) > 0);
  return (
    <div className={styles["report"]}>
      <WordsInForce />
      {hasProposals && <ShowProposals />}
      <PartText part="consensus" paragraphs={report.parts.consensus} {...{ report, current, onCurrent, below }} />
      {report.parts.chairSummary.length + report.annex.length > 0 && (
        <PartText
          part="chair-summary"
          paragraphs={report.parts.chairSummary}
          {...{ report, current, onCurrent, below, annex }}
        />
      )}
    </div>
  );
}

/** So many without a fate. */
const openProposals = ({ proposals }: ComposedParagraph): number =>
  proposals.filter(({ fate }) => fate === null).length;

function ShowProposals() {
  const { showsProposals } = usePreferences();
  return (
    <Button
      size="small"
      tone="quiet"
      className={styles["switch"]}
      aria-pressed={showsProposals}
      onClick={() => prefer({ showsProposals: !showsProposals })}
    >
      <span aria-hidden>{showsProposals ? "☑" : "☐"}</span> {say("proposals.drawn.show")}
    </Button>
  );
}

function PartText({
  part,
  paragraphs,
  report,
  current,
  onCurrent,
  below,
  annex = null,
}: Omit<Props, "below"> & {
  readonly part: Part;
  readonly paragraphs: readonly ComposedParagraph[];
  readonly below: Props["below"];
}) {
  const signs = useMemo(() => signsOf(report, voice), [report]);
  const notes = useMemo(() => numberNotes([...report.parts.consensus, ...report.parts.chairSummary]), [report]);
  const vacant = vacantAfter(report.vacancies, part, paragraphs);
  const bracketed = bracketedIn(report);
  return (
    <section className={styles["part"]} data-part={part} aria-labelledby={`part-${part}`}>
      <header className={styles["partHead"]}>
        <h2 id={`part-${part}`}>{say(`words.part.${part}`)}</h2>
        <p>
          {part === "consensus"
            ? say(`desk.partNote.${report.adoption ? (report.adoption.byConsensus ? "agreed" : "adopted") : "open"}`)
            : report.disclaimer}
        </p>
      </header>
      <Vacancies all={vacant.get(null)} />
      {paragraphs.map((paragraph) => (
        <Fragment key={`${part} ${paragraph.id}`}>
          <ChoiceAbove report={report} paragraph={paragraph} />
          {paragraph.kind === "heading" ? (
            <Heading paragraph={paragraph} firstNote={firstNoteIn(paragraph.content, notes)} />
          ) : (
            <Paragraph
              paragraph={paragraph}
              bracketed={bracketed.get(paragraph.id)}
              signs={signs}
              firstNote={firstNoteIn(paragraph.content, notes)}
              isCurrent={paragraph.id === current}
              onCurrent={onCurrent}
              below={below}
            />
          )}
          <Vacancies all={vacant.get(paragraph.id)} />
        </Fragment>
      ))}
      {annex}
    </section>
  );
}

/** "[4 deleted]": numbers of the last version, where they stood. */
const Vacancies = ({ all = [] }: { readonly all?: readonly Vacancy[] | undefined }) =>
  all.map(({ id, number, why }) => (
    <p key={id} className={styles["vacant"]}>
      {say(`versions.vacant.${why}`, { number })}
    </p>
  ));

/** Above the first of several paragraphs of which one is to be chosen. */
function ChoiceAbove({
  report,
  paragraph: { id },
}: {
  readonly report: Pick<ComposedReport, "alternatives">;
  readonly paragraph: ComposedParagraph;
}) {
  const choice = report.alternatives.find(({ paragraphs }) => paragraphs[0] === id);
  if (!choice) return null;
  return <p className={styles["choice"]}>{say("summary.alternatives.above", { number: choice.number })}</p>;
}

function Heading({ paragraph, firstNote }: Pick<ParagraphProps, "paragraph" | "firstNote">) {
  const Level = `h${paragraph.level + 3}` as "h3" | "h4" | "h5";
  return (
    <Level className={styles["heading"]} data-level={paragraph.level}>
      <Content content={paragraph.content} firstNote={firstNote} />
    </Level>
  );
}

interface ParagraphProps {
  readonly bracketed: readonly SeenProposal[] | undefined;
  readonly paragraph: ComposedParagraph;
  readonly signs: Required<Numbers>;
  readonly firstNote: number | undefined;
  readonly isCurrent: boolean;
  readonly onCurrent: (paragraph: ParagraphId) => void;
  readonly below: Props["below"];
}

const Paragraph = memo(function Paragraph({
  paragraph,
  bracketed,
  signs,
  firstNote,
  isCurrent,
  onCurrent,
  below,
}: ParagraphProps) {
  const { id, number, level, part, status, counts, content } = paragraph;
  const { showsProposals } = usePreferences();
  const proposed = showsProposals ? proposedWords(paragraph, signs) : null;
  const open = openProposals(paragraph);
  const shown = shownStatus(paragraph);
  return (
    <div
      role="group"
      id={`para-${id}`}
      className={styles["paragraph"]}
      aria-label={groupLabel(paragraph)}
      aria-current={isCurrent || undefined}
      data-level={level}
      data-part={part}
      data-status={status}
      tabIndex={-1}
      onFocus={() => onCurrent(id)}
      onPointerDown={() => onCurrent(id)}
    >
      <div className={styles["gutter"]} aria-hidden>
        <span className={styles["number"]}>{shortNumber(number)}</span>
        {counts && counts.objection > 0 && <LevelSign level="objection" count={counts.objection} />}
        {counts && counts.reservation > 0 && <LevelSign level="reservation" count={counts.reservation} />}
        {counts && counts.support > 0 && <LevelSign level="support" count={counts.support} />}
        {open > 0 && (
          <span className={styles["proposals"]}>
            {proposalGlyph} {open}
          </span>
        )}
      </div>
      <div className={styles["body"]}>
        <p className={styles["words"]} data-words={id} dir="auto">
          <Content
            content={content}
            concerned={wordsConcerned(paragraph)}
            {...(proposed && { proposed: proposed.changes })}
            bracketed={bracketed}
            numberOf={signs.numberOf}
            firstNote={firstNote}
          />
        </p>
        {proposed && proposed.lines.length > 0 && (
          <ul className={styles["lines"]} aria-hidden>
            {proposed.lines.map((line, index) => (
              <li key={index} dir="auto">
                {line}
              </li>
            ))}
          </ul>
        )}
        <div className={styles["below"]}>
          {shown && <StatusSign status={shown} />}
          {below?.(paragraph)}
        </div>
      </div>
    </div>
  );
});
