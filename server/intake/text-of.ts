/** A file that somebody brings, as a text to import (SPEC: INT). */
import type { PlaceInFile } from "../../shared/domain/file-notices.ts";
import { formatOf } from "../../shared/domain/import-text.ts";
import type { IntakeNotice, MetInFile, TextRead, TrackedChoice } from "../../shared/wire/intake.ts";
import type { Result } from "../../shared/domain/values.ts";
import { accept } from "../../shared/domain/values.ts";
import type { ReadDocument, ReadParagraph, ReadPiece } from "../reading/read-document.ts";
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
  const places = new Map<IntakeNotice, PlaceInFile[]>();
  const commented = new Set<string>();
  const words = paragraphs.map(({ pieces }) => wordsIn(pieces));
  for (const [index, paragraph] of paragraphs.entries()) {
    const meet = (code: IntakeNotice, at: number, left?: string): void => {
      const known = places.get(code) ?? [];
      places.set(code, known);
      if (known.length < mostPlaces)
        known.push({ ...placeIn(words, index, at), ...(left !== undefined && { words: left }) });
    };
    if (paragraph.unclear) meet("unknown-change", 0);
    for (const { code, at, words: left } of paragraph.met) if (code !== "table") meet(code, at, left);
    for (const id of paragraph.comments) {
      if (!commented.has(id)) meet("comment", beginningOf(paragraph, id));
      commented.add(id);
    }
  }
  const met = (code: IntakeNotice, count: number): MetInFile[] =>
    count === 0 ? [] : [{ code, count, at: places.get(code) ?? [] }];
  return [
    ...met("unknown-change", unknown),
    ...met("comment", comments.length),
    ...Object.entries(others).flatMap(([code, count]) => met(code as IntakeNotice, count)),
    ...met("masthead", furniture),
  ];
}

const mostPlaces = 20;

/** A note is a space, and counts one. */
const wordsIn = (pieces: readonly ReadPiece[]): string =>
  pieces.map((piece) => (piece.t === "text" ? piece.text : " ")).join("");

/** Where the words of a comment begin. */
function beginningOf({ pieces }: ReadParagraph, comment: string): number {
  const first = pieces.findIndex((piece) => piece.comments?.includes(comment));
  return wordsIn(pieces.slice(0, Math.max(0, first))).length;
}

/** Enough to find it by. In a paragraph without words it is between those before and after it. */
function placeIn(words: readonly string[], index: number, at: number): PlaceInFile {
  const own = words[index]!;
  const isBare = own.trim() === "";
  const before = isBare ? (words.slice(0, index).findLast((one) => one.trim() !== "") ?? "") : own.slice(0, at);
  const after = isBare ? (words.slice(index + 1).find((one) => one.trim() !== "") ?? "") : own.slice(at);
  const [all, rest] = [before, after].map((one) => one.replace(/\s+/g, " ").trim()) as [string, string];
  return {
    before: all.length > enough ? `…${all.slice(-enough).replace(/^\S{0,12}\s/, "")}` : all,
    after: rest.length > enough ? `${rest.slice(0, enough).replace(/\s\S{0,12}$/, "")}…` : rest,
  };
}

const enough = 40;
