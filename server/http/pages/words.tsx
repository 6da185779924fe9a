/** The words of a paragraph, and what is said about them: content with notes and references, redlines, statuses, counts. */
import type { ReactNode } from "react";
import { Fragment } from "react";
import type { BracketLabels } from "../../../shared/domain/bracket-labels.ts";
import { bracketLabels } from "../../../shared/domain/bracket-labels.ts";
import type { Level } from "../../../shared/domain/positions.ts";
import { levels } from "../../../shared/domain/positions.ts";
import type { SeenProposal } from "../../../shared/domain/seen-proposals.ts";
import type { Counts } from "../../../shared/domain/status.ts";
import type { Inline, Mark } from "../../../shared/domain/text.ts";
import type { Agreement, ParagraphId } from "../../../shared/domain/values.ts";
import { levelGlyph, statusGlyph } from "../../../shared/messages/glyphs.ts";
import type { ShownStatus } from "../../../shared/messages/status.ts";
import type { Piece } from "../../../shared/messages/tell.ts";
import type { Numbers, WordsOrLetters } from "../../../shared/messages/signs.ts";
import { readableRedline } from "../../../shared/messages/signs.ts";
import { sayWho } from "../../../shared/messages/tell.ts";
import { list, say, speaker } from "./speaker.ts";

/** What content needs to know of the report around it. */
export interface Surroundings {
  /** "3(a)"; undefined for what is not in the text any more. */
  readonly numberOf: (id: ParagraphId) => string | undefined;
  /** The number of a note, counted through the whole report. */
  readonly noteOf: (inline: Inline) => number;
  /** The page that the paragraphs stand on; left out for this one. */
  readonly page?: string;
  /** Beginning of the anchors of notes: a heading that stands in both parts has its note in both. */
  readonly notesIn: string;
  /** Where it is not the page's. */
  readonly languageOf: (content: readonly Inline[]) => string | undefined;
  /** The proposals of which brackets in this content were made. */
  readonly bracketed: (content: readonly Inline[]) => readonly SeenProposal[];
}

const elementOf = { strong: "strong", em: "em", underline: "u" } as const satisfies Record<Mark, string>;

export const Marked = ({ text, marks }: { readonly text: ReactNode; readonly marks: readonly Mark[] }) =>
  marks.reduce<ReactNode>((words, mark) => {
    const Element = elementOf[mark];
    return <Element>{words}</Element>;
  }, text);

export function Words({ content, around }: { readonly content: readonly Inline[]; readonly around: Surroundings }) {
  const labels = bracketLabels(content, around.bracketed(content));
  let at = 0;
  return content.map((inline, index) => {
    const start = at;
    at += inline.t === "text" ? inline.text.length : 1;
    if (inline.t === "text")
      return <Marked key={index} text={withLabels(inline.text, start, labels)} marks={inline.marks ?? []} />;
    if (inline.t === "footnote") {
      const number = around.noteOf(inline);
      return (
        <sup key={index}>
          <a id={`${around.notesIn}-noted-${number}`} href={`#${around.notesIn}-note-${number}`} role="doc-noteref">
            <span className="unseen">{say("reader.note", { number: "" })}</span>
            {number}
          </a>
        </sup>
      );
    }
    const number = around.numberOf(inline.to);
    return (
      <a key={index} href={`${around.page ?? ""}#para-${inline.to}`}>
        {number ?? say("reader.refersNowhere")}
      </a>
    );
  });
}

/** The name at the beginning of a bracket: written there, or known from the record and then not copied with the words. */
function withLabels(text: string, start: number, { written, known }: BracketLabels): ReactNode {
  const end = start + text.length;
  const marks = [
    ...written
      .filter(({ from, to }) => from >= start && to <= end)
      .map(({ from, to }) => ({ from, to, label: <span className="of">{text.slice(from - start, to - start)}</span> })),
    ...known
      .filter(({ at }) => at > start && at <= end)
      .map(({ at, of }) => ({
        from: at,
        to: at,
        label: <span className="of known">{`${list(of.map(({ by }) => sayWho(by, speaker)))}: `}</span>,
      })),
  ].toSorted((a, b) => a.from - b.from);
  if (marks.length === 0) return text;
  const pieces: ReactNode[] = [];
  let at = start;
  for (const { from, to, label } of marks) {
    pieces.push(text.slice(at - start, from - start), <Fragment key={from}>{label}</Fragment>);
    at = to;
  }
  return [...pieces, text.slice(at - start)];
}

interface Redlined {
  readonly from: WordsOrLetters;
  readonly to: WordsOrLetters;
  readonly numbers?: Numbers;
  /** How what went was called. */
  readonly before?: Numbers;
}

/** Old words struck, new ones underlined, each also said in words for those who cannot see either. */
export const Redline = (words: Redlined) => (
  <p className="redline">
    <RedlineRuns {...words} />
  </p>
);

/** The same inside of a line. */
export const RedlineRuns = ({ from, to, numbers, before }: Redlined) =>
  readableRedline(from, to, numbers, before).map(({ kind, text }, index) =>
    kind === "same" ? (
      text
    ) : kind === "deleted" ? (
      <del key={index}>
        <span className="unseen">{say("reader.deletedWords")}</span>
        {text}
      </del>
    ) : (
      <ins key={index}>
        <span className="unseen">{say("reader.insertedWords")}</span>
        {text}
      </ins>
    ),
  );

const glyphs: Readonly<Record<ShownStatus | Level, string>> = { ...levelGlyph, ...statusGlyph };

export const Glyph = ({ of }: { readonly of: ShownStatus | Level }) => (
  <span className="glyph" aria-hidden="true">
    {glyphs[of]}
  </span>
);

/** @param by what agreed the words, where that is to be said */
export const StatusMark = ({ status, by = null }: { readonly status: ShownStatus; readonly by?: Agreement | null }) => (
  <span className={`status ${status}`}>
    <Glyph of={status} /> {say(`words.status.${status}`)}
    {by && ` · ${say(`words.agreedBy.${by}`)}`}
  </span>
);

/** "2 object · 1 reserves"; nothing where nobody said anything or nothing may be known. The strictest first. */
export function CountsMark({ counts }: { readonly counts: Counts | null }) {
  if (!counts) return null;
  return levels.toReversed().map((level) =>
    counts[level] === 0 ? null : (
      <span key={level} className={`count ${level}`}>
        <Glyph of={level} /> {say(`words.counted.${level}`, { count: counts[level] })}
      </span>
    ),
  );
}

/** A sentence in which the names of paragraphs are links. */
export const Told = ({
  pieces,
  href = (id) => `#para-${id}`,
}: {
  readonly pieces: readonly Piece[];
  readonly href?: (id: ParagraphId) => string;
}) =>
  pieces.map((piece, index) =>
    typeof piece === "string" ? (
      <Fragment key={index}>{piece}</Fragment>
    ) : (
      <a key={index} href={href(piece.paragraph)}>
        {piece.words}
      </a>
    ),
  );

/** "Paragraph 12", at the beginning of a sentence. */
export const capital = (words: string): string => words.charAt(0).toLocaleUpperCase(speaker.language) + words.slice(1);

/** With a full stop, unless what somebody typed brought its own. */
export const stop = (words: string): string => (/[.!?…][”’)]?$/.test(words) ? words : `${words}.`);
