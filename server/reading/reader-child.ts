/** The process in which one file is read. It is given the file, answers, and ends; what a file does to it, it does to nobody else. */
import type { ReadDocument, Unreadable } from "./read-document.ts";
import { FileRefused } from "./read-document.ts";
import { readFile } from "./read-file.ts";
import { readingLimits } from "./reading-limits.ts";

export interface Given {
  readonly bytes: Uint8Array;
}
export type Said =
  | { readonly document: ReadDocument }
  | { readonly refused: Unreadable; readonly detail: string }
  /** A fault of ours. */
  | { readonly trouble: string };

process.once("message", ({ bytes }: Given) => {
  process.send?.(answer(bytes), () => process.disconnect());
});

function answer(bytes: Uint8Array): Said {
  try {
    return { document: readFile(bytes, readingLimits) };
  } catch (error) {
    if (error instanceof FileRefused) return { refused: error.code, detail: error.message };
    return { trouble: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
