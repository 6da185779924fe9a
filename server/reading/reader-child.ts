/** The process in which one file is read. It is given the file, answers, and ends; what a file does to it, it does to nobody else. */
import { randomBytes } from "node:crypto";
import { mintId } from "../../shared/domain/values.ts";
import type { Unreadable } from "./read-document.ts";
import { FileRefused } from "./read-document.ts";
import { readFile } from "./read-file.ts";
import { readText } from "./read-text.ts";
import { readingLimits } from "./reading-limits.ts";
import type { Returned } from "../../shared/domain/returned.ts";
import { returnedFrom } from "./returned.ts";
import type { Sent } from "./sent.ts";
import { readTables } from "./tables.ts";

/** What a file can be read as. */
const readings = { document: readFile, text: readText, tables: readTables };
type Readings = typeof readings;
export type ReadAs = keyof Readings;
export type Read<As extends ReadAs> = ReturnType<Readings[As]>;

/** `sent`: what a returned file is compared with; here, for that costs as well. */
export type Given = { readonly bytes: Uint8Array } & ({ readonly as: ReadAs } | { readonly sent: Sent });
export type Said =
  | { readonly read: Read<ReadAs> | Returned }
  | { readonly refused: Unreadable; readonly detail: string }
  /** A fault of ours. */
  | { readonly trouble: string };

process.once("message", (given: Given) => {
  process.send?.(answer(given), () => process.disconnect());
});

function answer(given: Given): Said {
  const { bytes } = given;
  try {
    if ("as" in given) return { read: readings[given.as](bytes, readingLimits) };
    return { read: returnedFrom(readFile(bytes, readingLimits), given.sent, () => mintId(randomBytes)) };
  } catch (error) {
    if (error instanceof FileRefused) return { refused: error.code, detail: error.message };
    return { trouble: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
