/** Bytes as text, in the encoding they say they are in or can only be in (SPEC: REA). */
import { FileRefused } from "./read-document.ts";

export interface Decoded {
  readonly text: string;
  /** By its name in the Encoding Standard: "utf-8", "utf-16le", "windows-1252". */
  readonly encoding: string;
}

/** @param declared what a page says of itself, believed where the bytes do not say otherwise. @throws FileRefused for what is no text */
export function decode(bytes: Uint8Array, declared: string | null = null): Decoded {
  const encoding = encodingOf(bytes, declared);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes("\0")) throw new FileRefused("file-of-another-kind", "it holds bytes that are no text");
  return { text, encoding };
}

function encodingOf(bytes: Uint8Array, declared: string | null): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const wide = withoutMark(bytes.subarray(0, 4_096));
  if (wide) return wide;
  if (isUtf8(bytes)) return "utf-8";
  return (declared === null ? null : named(declared)) ?? "windows-1252";
}

/** UTF-16 without its mark: in most scripts every other byte is the same few, and in Latin ones zero. */
function withoutMark(bytes: Uint8Array): string | null {
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2]!++;
  const many = bytes.length / 8;
  if (zeros[1]! > many && zeros[0]! < many / 8) return "utf-16le";
  return zeros[0]! > many && zeros[1]! < many / 8 ? "utf-16be" : null;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The name in the standard of what a page says of itself; null for one that is unknown. */
function named(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
