/** What becomes of a file that somebody brings: its text, or its tables, and what of it was not understood (SPEC: INT). */

import type { PlaceInFile } from "../domain/file-notices.ts";
import { noticeCodes } from "../domain/file-notices.ts";

/** What is done with changes that were tracked in a file: nothing silently. */
export const trackedChoices = ["accept", "refuse", "brackets"] as const;
export type TrackedChoice = (typeof trackedChoices)[number];

export const brought = ["docx", "odt", "html", "markdown", "plain"] as const;

/** What was met in a file that a text has no place for; tables are told of by the import itself. */
export const intakeNotices = [
  ...noticeCodes.filter((code) => code !== "table"),
  "comment",
  // Of a report that we wrote: what stands around its paragraphs.
  "masthead",
] as const;
export type IntakeNotice = (typeof intakeNotices)[number];

/** `POST /api/v1/files/text` */
export interface TextRead {
  readonly format: (typeof brought)[number];
  /** Of a file of words, by its name in the Encoding Standard. */
  readonly encoding: string | null;
  /** How many changes are tracked in it. */
  readonly changes: number;
  /** As it can be imported; null while changes are tracked in it and nobody has said what is done with them. */
  readonly text: string | null;
  readonly notices: readonly MetInFile[];
}

export interface MetInFile {
  readonly code: IntakeNotice;
  readonly count: number;
  /** The first places where it was met, as far as they are known. */
  readonly at: readonly PlaceInFile[];
}

/** `POST /api/v1/files/tables`. No formula is computed: what a cell last showed was read. */
export interface TablesRead {
  readonly sheets: readonly { readonly name: string; readonly cells: readonly (readonly string[])[] }[];
  readonly formulas: number;
}
