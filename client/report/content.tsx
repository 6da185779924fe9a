/**
 * The words of one paragraph, with the words that positions concern and those that proposals would change marked in them. Each piece
 * carries its offset in the flat text, so that what a reader selects can be named exactly. What is proposed is for the eyes: who listens
 * hears the words as they stand, and finds each proposal below them.
 */
import type { ReactNode } from "react";
import { memo } from "react";
import type { BracketLabels } from "../../shared/domain/bracket-labels.ts";
import { bracketLabels } from "../../shared/domain/bracket-labels.ts";
import type { Level } from "../../shared/domain/positions.ts";
import type { ComposedParagraph, SeenPosition } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import type { Inline, Mark } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import type { Range } from "../../shared/domain/wording.ts";
import { flatToCanonical } from "../../shared/domain/wording.ts";
import { sayNamed, sayWho } from "../../shared/messages/tell.ts";
import { list, say, voice } from "../ui/voice.ts";
import styles from "./content.module.css";
import type { ProposedChange } from "./proposed-words.ts";

export interface Concerned extends Range {
  readonly level: Level;
  readonly by: string | null;
}

/** Where the words concerned stand in today's words, in flat offsets; a position whose words are gone marks nothing. */
export function wordsConcerned(paragraph: Pick<ComposedParagraph, "content" | "text" | "positions">): Concerned[] {
  return paragraph.positions.flatMap((position) => {
    const range = rangeToday(position, paragraph);
    return range ? [{ ...range, level: position.level, by: position.by ? sayNamed(position.by, voice) : null }] : [];
  });
}

/** The words that a position concerns, in flat offsets of the paragraph as it is; null when they are not in it. */
export function rangeToday(
  { span, stale, standing }: Pick<SeenPosition, "span" | "stale" | "standing">,
  { content, text }: Pick<ComposedParagraph, "content" | "text">,
): Range | null {
  if (!span || !standing) return null;
  const from = stale ? text.indexOf(span.quote) : span.from;
  if (from < 0) return null;
  return flatToCanonical(content).toFlat({ from, to: from + span.quote.length });
}

interface Props {
  readonly content: readonly Inline[];
  readonly concerned?: readonly Concerned[];
  readonly proposed?: readonly ProposedChange[];
  /** Proposals of which brackets in it were made. */
  readonly bracketed?: readonly SeenProposal[] | undefined;
  readonly numberOf?: (id: ParagraphId) => string;
  /** The number of its first footnote. */
  readonly firstNote?: number | undefined;
}

export const Content = memo(function Content({
  content,
  concerned = [],
  proposed = [],
  bracketed,
  numberOf,
  firstNote = 1,
}: Props) {
  const labels = bracketLabels(content, bracketed);
  let at = 0;
  let note = firstNote;
  let told = 0;
  /** What is proposed up to here and was not shown yet; it stands after the words that it would replace. */
  const proposedUpTo = (end: number): ReactNode[] => {
    const from = told;
    while (told < proposed.length && proposed[told]!.to <= end) told++;
    return proposed.slice(from, told).map((change, index) => <Proposed key={`+${from + index}`} {...change} />);
  };
  const pieces = content.flatMap((inline): ReactNode[] => {
    const start = at;
    at += inline.t === "text" ? inline.text.length : 1;
    if (inline.t === "text") {
      return cut(start, inline.text, concerned, proposed, labels.written).flatMap((piece) => [
        ...proposedUpTo(piece.from),
        ...labels.known
          .filter((label) => label.at === piece.from)
          .map((label) => <KnownLabel key={`of ${label.at}`} {...label} />),
        <Piece key={piece.from} {...piece} marks={inline.marks} />,
      ]);
    }
    const before = proposedUpTo(start);
    if (inline.t === "footnote") {
      return [
        ...before,
        <sup key={start} data-at={start} data-embed className={styles["note"]} title={inline.text}>
          {note++}
          <span className="unseen"> {say("desk.footnote", { text: inline.text })}</span>
        </sup>,
      ];
    }
    return [
      ...before,
      <span key={start} data-at={start} data-embed className={styles["ref"]}>
        {numberOf?.(inline.to) || "?"}
      </span>,
    ];
  });
  return [...pieces, ...proposedUpTo(Number.POSITIVE_INFINITY)];
});

/** Not part of the text: it is not read out in it, nor selected or copied with it. */
function Proposed({ to, words, by }: ProposedChange) {
  return (
    <span aria-hidden data-at={to} data-beside className={styles["proposed"]}>
      <span className={styles["proposedBy"]}>{by}</span>
      {words !== "" && <span className={styles["proposedIn"]}>{words}</span>}
    </span>
  );
}

/** Not part of the text either. */
function KnownLabel({ at, of }: BracketLabels["known"][number]) {
  return (
    <span aria-hidden data-at={at} data-beside className={styles["knownLabel"]}>
      {`${list(of.map(({ by }) => sayWho(by, voice)))}: `}
    </span>
  );
}

interface Cut {
  readonly from: number;
  readonly text: string;
  readonly over: readonly Concerned[];
  /** A name at the beginning of a bracket. */
  readonly isLabel: boolean;
  /** Who would have other words here, or none. */
  readonly struckBy: readonly string[];
}

/** The text in pieces, each wholly inside or outside of each range; brackets are pieces of their own. */
function cut(
  start: number,
  text: string,
  concerned: readonly Concerned[],
  proposed: readonly ProposedChange[],
  written: readonly Range[],
): Cut[] {
  const end = start + text.length;
  const edges = new Set([start, end]);
  for (const { from, to } of [...concerned, ...proposed, ...written]) {
    if (from > start && from < end) edges.add(from);
    if (to > start && to < end) edges.add(to);
  }
  for (const { index } of text.matchAll(/[[\]]/g)) edges.add(start + index).add(start + index + 1);
  const sorted = [...edges].toSorted((a, b) => a - b);
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1]!;
    return {
      from,
      text: text.slice(from - start, to - start),
      isLabel: written.some((range) => range.from <= from && range.to >= to),
      over: concerned.filter((range) => range.from <= from && range.to >= to),
      struckBy: proposed.flatMap((range) => (range.from <= from && range.to >= to ? [range.by] : [])),
    };
  });
}

function Piece({
  from,
  text,
  over,
  isLabel,
  struckBy,
  marks = [],
}: Cut & { readonly marks: readonly Mark[] | undefined }) {
  const strictest = over.some(({ level }) => level === "objection") ? "objection" : over[0]?.level;
  let piece = (
    <span
      data-at={from}
      className={[
        over.length > 0 ? styles["concerned"] : /^[[\]]$/.test(text) ? styles["bracket"] : undefined,
        struckBy.length > 0 ? styles["struck"] : undefined,
        isLabel ? styles["label"] : undefined,
      ]
        .filter(Boolean)
        .join(" ")}
      data-level={strictest}
      title={
        [
          ...over.flatMap(({ by, level }) => (by ? say(`words.does.${level}`, { who: by, count: 1 }) : [])),
          ...struckBy,
        ].join("; ") || undefined
      }
    >
      {text}
    </span>
  );
  if (marks.includes("strong")) piece = <strong>{piece}</strong>;
  if (marks.includes("em")) piece = <em>{piece}</em>;
  if (marks.includes("underline")) piece = <u>{piece}</u>;
  return piece;
}
