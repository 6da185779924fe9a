/** A file that holds a text as more than words: from a word processor, or a web page. */
import { decode } from "./decode.ts";
import { readHtml } from "./html.ts";
import type { ReadDocument } from "./read-document.ts";
import { readFile } from "./read-file.ts";
import { declaredIn, isNoWords } from "./read-words.ts";
import type { ReadingLimits } from "./reading-limits.ts";

/** @param bytes of a file that `readWords` does not take. @throws FileRefused */
export const readText = (bytes: Uint8Array, limits: ReadingLimits): ReadDocument =>
  isNoWords(bytes) ? readFile(bytes, limits) : readHtml(decode(bytes, declaredIn(bytes)).text, limits);
