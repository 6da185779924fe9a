/**
 * What a file from a word processor says, as plain data: its paragraphs with who wrote and struck what in them, what was said beside them,
 * and what of it was not understood (SPEC: REA). It can be handed to another process.
 */
import type { Notice, Notices } from "../../shared/domain/file-notices.ts";
import type { Origin } from "../../shared/domain/returned.ts";
import type { Mark } from "../../shared/domain/text.ts";
import type { EpochMs, ParagraphId, ProposalId } from "../../shared/domain/values.ts";

export interface ReadDocument {
  readonly format: "docx" | "odt" | "html";
  /** For a file that we wrote. */
  readonly origin: Origin | null;
  readonly title: string | null;
  readonly paragraphs: readonly ReadParagraph[];
  readonly comments: readonly ReadComment[];
  readonly notices: Notices;
}

export interface ReadParagraph {
  /** Our hidden marks that stand in this paragraph, in their order. */
  readonly anchors: readonly Anchor[];
  /** The name of its style, as the program shows it. */
  readonly style: string;
  /** 1 to 9; null where it is no heading. */
  readonly heading: number | null;
  /** The number or sign that the program sets before it, which is not among its words. */
  readonly label: { readonly text: string; readonly level: number } | null;
  readonly pieces: readonly ReadPiece[];
  /** That stand in it, on words or on none. */
  readonly comments: readonly string[];
  /** The first of what was met of each kind and is no words: where, in the flat text of all pieces, a note counting one. */
  readonly met: readonly Met[];
  /** What was done to its end: inserted where a paragraph was cut in two, deleted where it is joined with the next. */
  readonly end: Tracked;
  /** In a table. Counted from 0 through the document. */
  readonly cell: { readonly table: number; readonly row: number; readonly column: number } | null;
  /** A change was made in it of a kind that is not understood: nothing may be concluded from its words. */
  readonly unclear: boolean;
}

export interface Met {
  readonly code: Notice;
  readonly at: number;
  /** The words that were left out with it. */
  readonly words?: string;
}

export interface Anchor {
  readonly of:
    | { readonly kind: "paragraph"; readonly id: ParagraphId; /** Twelve letters. */ readonly hash: string }
    | { readonly kind: "proposal"; readonly id: ProposalId };
  /** In the flat text of all pieces, a note counting one. Null: it began in a paragraph before. */
  readonly from: number | null;
  /** Null: it goes on in the next paragraph. */
  readonly to: number | null;
}

/** One stretch that looks the same, was written and struck by the same people, and has the same comments. */
export type ReadPiece = (
  | { readonly t: "text"; readonly text: string; readonly marks?: readonly Mark[] }
  | { readonly t: "note"; readonly pieces: readonly ReadPiece[] }
) &
  Tracked & { readonly comments?: readonly string[] };

export interface Tracked {
  readonly inserted?: Author;
  readonly deleted?: Author;
  /** The insertion or deletion is one end of a move. */
  readonly moved?: true;
}

export interface Author {
  readonly by: string;
  /** Null where the file does not say, or not understandably. */
  readonly at: EpochMs | null;
}

export interface ReadComment extends Author {
  readonly id: string;
  readonly text: string;
  /** The comment it answers. */
  readonly to: string | null;
  readonly isResolved: boolean;
}

/** Why a file is not read. */
export const unreadableCodes = [
  "file-of-another-kind",
  "file-locked",
  "file-damaged",
  "file-unsafe",
  "file-too-large",
  "file-too-slow",
] as const;
export type Unreadable = (typeof unreadableCodes)[number];

/** Thrown by whatever reads, and turned into a value at the door. */
export class FileRefused extends Error {
  readonly code: Unreadable;
  constructor(code: Unreadable, detail: string) {
    super(detail);
    this.code = code;
  }
}
