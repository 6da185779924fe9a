/**
 * One spelling for one value: RFC 8785 (JSON Canonicalization Scheme), as far as the record uses it.
 * Everything that is hashed is first spelled like this, so that a verifier in another language finds the same bytes.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * Strings, safe integers, booleans, null, arrays and plain objects.
 * @throws TypeError on everything else. Half a surrogate pair has no UTF-8 (RFC 8785, 3.2.2.2): see `wellFormed`.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "string") {
    if (halfPair.test(value)) throw new TypeError("canonicalJson: half a surrogate pair");
    return JSON.stringify(value);
  }
  if (value === null || typeof value === "boolean" || Number.isSafeInteger(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(",")}]`;
  if (isPlainObject(value)) {
    const members = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1)) // by UTF-16 code unit
      .map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  throw new TypeError(`canonicalJson: no JSON for ${Object.prototype.toString.call(value)}`);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

// With the `u` flag a whole pair is one character, so only halves match.
const halfPair = /\p{Surrogate}/u;
const halfPairs = /\p{Surrogate}/gu;

/** The text with each half of a surrogate pair replaced by U+FFFD; lengths stay. */
export const wellFormed = (text: string): string => text.replace(halfPairs, "\uFFFD");

/** SHA-256 of the text's UTF-8, in hex. */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
