/** A file that somebody brings, as a text to import (SPEC: INT). */
import { formatOf } from "../../shared/domain/import-text.ts";
import type { IntakeNotice, MetInFile, TextRead, TrackedChoice } from "../../shared/wire/intake.ts";
import type { Result } from "../../shared/domain/values.ts";
import { accept } from "../../shared/domain/values.ts";
import type { ReadDocument, ReadParagraph } from "../reading/read-document.ts";
import { FileRefused } from "../reading/read-document.ts";
import type { ReadWords } from "../reading/read-words.ts";
import { readWords } from "../reading/read-words.ts";
import type { Reader, Refused } from "../reading/reader.ts";
import { asMarkdown } from "./as-markdown.ts";
import { settle, trackedChanges } from "./settled.ts";

export interface BroughtFile {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** What is done with tracked changes; null while nobody has said. */
  readonly changes: TrackedChoice | null;
}

/** @throws ReaderBusy, ReaderFailed */
export async function takeText(
  reader: Reader,
  { bytes, name, changes }: BroughtFile,
): Promise<Result<TextRead, Refused>> {
  try {
    const words = readWords(bytes);
    if (words) return accept(textOf(words, name, changes));
  } catch (error) {
    if (error instanceof FileRefused) return { ok: false, refusal: { code: error.code, detail: error.message } };
    throw error;
  }
  const read = await reader.read(bytes, "text");
  return read.ok ? accept(textOf(read.value, name, changes)) : read;
}

export function textOf(read: ReadDocument | ReadWords, name: string, changes: TrackedChoice | null): TextRead {
  if (read.format === "words") {
    const { text, encoding } = read;
    return {
      format: /\.(?:md|markdown)$/i.test(name) ? "markdown" : formatOf(text),
      encoding,
      changes: 0,
      text,
      notices: [],
    };
  }
  const tracked = trackedChanges(read);
  const paragraphs = settle(read, changes ?? "accept", () => "");
  let furniture = 0;
  const text = asMarkdown(read, paragraphs, () => furniture++);
  return {
    format: read.format,
    encoding: null,
    changes: tracked,
    text: tracked > 0 && changes === null ? null : text,
    notices: noticesOf(read, furniture),
  };
}

/** Each kind of thing that was met, with the places that are known. Tables are told of by the import itself. */
function noticesOf({ paragraphs, comments, notices }: ReadDocument, furniture: number): MetInFile[] {
  const { "unknown-change": unknown = 0, table: _, ...others } = notices;
  const met = (code: IntakeNotice, count: number, at: readonly ReadParagraph[] = []): MetInFile[] =>
    count === 0 ? [] : [{ code, count, at: at.slice(0, mostPlaces).map(beginningOf) }];
  return [
    ...met(
      "unknown-change",
      unknown,
      paragraphs.filter(({ unclear }) => unclear),
    ),
    ...met(
      "comment",
      comments.length,
      paragraphs.filter(({ pieces }) => pieces.some((piece) => piece.comments)),
    ),
    ...Object.entries(others).flatMap(([code, count]) => met(code as IntakeNotice, count)),
    ...met("masthead", furniture),
  ];
}

const mostPlaces = 20;

/** Enough to find it by. */
function beginningOf({ pieces }: ReadParagraph): string {
  const words = pieces
    .map((piece) => (piece.t === "text" ? piece.text : ""))
    .join("")
    .replace(/\s+/g, " ")
    .trim();
  return words.length > 60 ? `${words.slice(0, 60)}…` : words;
}
