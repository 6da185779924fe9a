/** What is met in files from outside and has no place in a text: counted by kind, never dropped in silence (SPEC of server/reading: REA8). */
export const noticeCodes = [
  /** Formatting that was changed with tracking on; its words are as they stand. */
  "looks-changed",
  /** A change mark of a kind that is not known: its paragraph is `unclear`. */
  "unknown-change",
  /** Words of a text box, which stand nowhere in the running text. */
  "text-box",
  "image",
  "formula",
  /** Something that a program computes; its last result was read as words. */
  "field",
  "index",
  "table",
  /** Its paragraphs were read as those of the cell around it. */
  "nested-table",
  "embedded-file",
  /** Scripts, styles and controls of a web page: left out. */
  "page-machinery",
  /** A letter of a font of signs, which means nothing without it. */
  "symbol",
  /** Words that a reader of the document does not see: left out. */
  "hidden-text",
  /** Characters that nobody sees: left out. */
  "hidden-characters",
  /** Words struck by their looks alone: they still stand. */
  "struck-by-hand",
  "unknown-content",
] as const;
export type Notice = (typeof noticeCodes)[number];

/** How often each was met. */
export type Notices = { readonly [code in Notice]?: number };

/** Between which words something was met; empty at the beginning and at the end. */
export interface PlaceInFile {
  readonly before: string;
  readonly after: string;
  /** What was left out there, in its own words. */
  readonly words?: string;
}
