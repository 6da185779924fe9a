/** The process in which one file is read. It is given the file, answers, and ends; what a file does to it, it does to nobody else. */
import type { Unreadable } from "./read-document.ts";
import { FileRefused } from "./read-document.ts";
import { readFile } from "./read-file.ts";
import { readText } from "./read-text.ts";
import { readingLimits } from "./reading-limits.ts";
import { readTables } from "./tables.ts";

/** What a file can be read as. */
const readings = { document: readFile, text: readText, tables: readTables };
type Readings = typeof readings;
export type ReadAs = keyof Readings;
export type Read<As extends ReadAs> = ReturnType<Readings[As]>;

export interface Given {
  readonly bytes: Uint8Array;
  readonly as: ReadAs;
}
export type Said =
  | { readonly read: Read<ReadAs> }
  | { readonly refused: Unreadable; readonly detail: string }
  /** A fault of ours. */
  | { readonly trouble: string };

process.once("message", ({ bytes, as }: Given) => {
  process.send?.(answer(bytes, as), () => process.disconnect());
});

function answer(bytes: Uint8Array, as: ReadAs): Said {
  try {
    return { read: readings[as](bytes, readingLimits) };
  } catch (error) {
    if (error instanceof FileRefused) return { refused: error.code, detail: error.message };
    return { trouble: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
