/** Words as they are, Markdown or not: the one kind of file that needs no process of its own, for reading it is a look at each byte. */
import { decode } from "./decode.ts";

export interface ReadWords {
  readonly format: "words";
  readonly text: string;
  readonly encoding: string;
}

/** What begins a file that is no words: packed, PDF, RTF, and what older programs wrote. */
const packedOrPrinted = ["PK", "%PDF", "{\\rtf", "\xd0\xcf\x11\xe0"];

export function isNoWords(bytes: Uint8Array): boolean {
  const begin = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  return packedOrPrinted.some((sign) => begin.startsWith(sign));
}

/** @returns null for a file of another kind, and for a web page. @throws FileRefused */
export function readWords(bytes: Uint8Array): ReadWords | null {
  if (isNoWords(bytes)) return null;
  const { text, encoding } = decode(bytes, declaredIn(bytes));
  return isPage(text) ? null : { format: "words", text: text.replace(/^\uFEFF/, ""), encoding };
}

/** The encoding that a page says it is in. */
export const declaredIn = (bytes: Uint8Array): string | null =>
  /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})/i.exec(
    Buffer.from(bytes.subarray(0, 2_048)).toString("latin1"),
  )?.[1] ?? null;

const isPage = (text: string): boolean =>
  /^\uFEFF?\s*(?:<!--[^]{0,500}?-->\s*)?<(?:!doctype html|html|head|body|meta)\b/i.test(text.slice(0, 2_048));
