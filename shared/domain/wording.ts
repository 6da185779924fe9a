/**
 * The exact words of one paragraph, named by a hash (SPEC: WOR). Positions, gavels and silence are bound to this name.
 * What the words say counts; how they look, where they stand and how they are numbered does not.
 */
import { canonicalJson, sha256Hex, wellFormed } from "./canonical-json.ts";
import type { Span } from "./positions.ts";
import type { Inline } from "./text.ts";
import { embedCharacter } from "./text.ts";
import type { WordingHash } from "./values.ts";

export interface Wording {
  readonly hash: WordingHash;
  /** RFC 8785 JSON `{v:1,text,notes,refs}`: what the hash is taken of, and what is kept. */
  readonly canonical: string;
  /** The canonical text alone; a footnote or reference is one `embedCharacter` in it. */
  readonly text: string;
}

/** Cached by the identity of `content`, which therefore must not be changed in place. */
export function wordingOf(content: readonly Inline[]): Wording {
  const known = wordings.get(content);
  if (known) return known;
  const text = tidy(readable(content));
  const notes: string[] = [];
  const refs: string[] = [];
  for (const inline of content) {
    if (inline.t === "footnote") notes.push(tidy(inline.text));
    else if (inline.t === "ref") refs.push(inline.to);
  }
  const canonical = canonicalJson({ v: 1, text, notes, refs });
  const wording = { hash: sha256Hex(canonical) as WordingHash, canonical, text };
  wordings.set(content, wording);
  return wording;
}

const wordings = new WeakMap<readonly Inline[], Wording>();

/** What spans count in. */
export const canonicalText = (content: readonly Inline[]): string => wordingOf(content).text;

/** The canonical text of a wording that was circulated; empty where it was not. */
export const textNamed = (
  { words }: { readonly words: ReadonlyMap<WordingHash, readonly Inline[]> },
  wording: WordingHash,
): string => canonicalText(words.get(wording) ?? []);

/** The text of a wording as kept. @throws SyntaxError on anything that `wordingOf` did not make. */
export const textOfCanonical = (canonical: string): string => (JSON.parse(canonical) as { text: string }).text;

/** Flat text, except that only real embeds look like one: a typed U+FFFC must not pass for a footnote. Lengths stay. */
function readable(content: readonly Inline[]): string {
  let text = "";
  for (const inline of content) {
    text += inline.t === "text" ? inline.text.replaceAll(embedCharacter, "\uFFFD") : embedCharacter;
  }
  return text;
}

/** NFC, each run of white space (ECMAScript's `\s`) one space, none at the ends. */
const tidy = (text: string): string => wellFormed(text).normalize("NFC").replace(/\s+/g, " ").trim();

/** A half-open range of UTF-16 offsets. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * How offsets of the flat text (editor, Yjs) and of the canonical text (spans) go together. Ranges out of bounds are cut.
 * A range in canonical text becomes the narrowest flat range that shows it; a flat range becomes all that it touches.
 */
export interface Offsets {
  toFlat(range: Range): Range;
  toCanonical(range: Range): Range;
}

export function flatToCanonical(content: readonly Inline[]): Offsets {
  const flat = wellFormed(readable(content));
  if (flat === canonicalText(content)) {
    const cut = ({ from, to }: Range): Range => clamp(from, to, flat.length);
    return { toFlat: cut, toCanonical: cut };
  }
  // For each unit of the canonical text, the flat range it came from.
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const piece of pieces(flat)) {
    const end = at + piece.length;
    if (isSpace(piece)) {
      if (starts.length > 0 && end < flat.length) {
        starts.push(at);
        ends.push(end);
      }
    } else {
      const composed = piece.normalize("NFC");
      const same = composed === piece;
      for (let unit = 0; unit < composed.length; unit++) {
        starts.push(same ? at + unit : at);
        ends.push(same ? at + unit + 1 : end);
      }
    }
    at = end;
  }
  return {
    toFlat(range) {
      const { from, to } = clamp(range.from, range.to, starts.length);
      const start = starts[from] ?? ends.at(-1) ?? 0;
      return { from: start, to: to > from ? (ends[to - 1] ?? start) : start };
    },
    toCanonical(range) {
      const from = countWhile(ends, (end) => end <= range.from);
      return {
        from,
        to: Math.max(
          from,
          countWhile(starts, (start) => start < range.to),
        ),
      };
    },
  };
}

function clamp(from: number, to: number, length: number): Range {
  const start = Math.min(Math.max(from, 0), length);
  return { from: start, to: Math.min(Math.max(to, start), length) };
}

/** How many leading elements satisfy `holds`, which holds up to some element and never after it. */
export function countWhile<T>(sorted: readonly T[], holds: (value: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Runs of white space, and pieces that NFC treats on their own: their compositions put together are the composition of all. */
function* pieces(flat: string): Generator<string> {
  let piece = "";
  for (const character of flat) {
    if (piece !== "" && !(isSpace(piece) ? isSpace(character) : joins(piece, character))) {
      yield piece;
      piece = "";
    }
    piece += character;
  }
  if (piece !== "") yield piece;
}

const isSpace = (text: string): boolean => /^\s/.test(text);

/** Marks join what they follow; so do the few letters that compose with it, such as the parts of a Hangul syllable. */
const joins = (piece: string, character: string): boolean =>
  /^\p{M}/u.test(character) ||
  (character > "\u1100" &&
    (piece + character).normalize("NFC") !== piece.normalize("NFC") + character.normalize("NFC"));

/** The words concerned for a range of flat offsets, without white space at its ends; null when no word is in it. */
export function spanOf(content: readonly Inline[], range: Range): Span | null {
  const text = canonicalText(content);
  let { from, to } = flatToCanonical(content).toCanonical(range);
  while (from < to && text[from] === " ") from++;
  while (from < to && text[to - 1] === " ") to--;
  return from < to ? { from, to, quote: text.slice(from, to) } : null;
}

/** True when the span quotes this text at its offsets: the door for spans that come from outside. */
export const quotes = (text: string, span: Span): boolean =>
  span.quote !== "" && text.slice(span.from, span.to) === span.quote && span.to - span.from === span.quote.length;

/** A character that a reader cannot see, with its place. */
export interface HiddenCharacter {
  readonly at: number;
  readonly code: string;
}

/**
 * Characters that make a text read otherwise than it is: controls of direction, zero-width space and other controls.
 * Words that hold one cannot be agreed (WOR5). The joiners U+200C and U+200D and the marks U+200E, U+200F and U+061C stay: scripts need them.
 */
export function hiddenCharacters(text: string): HiddenCharacter[] {
  return [...text.matchAll(hidden)].map((match) => ({
    at: match.index,
    code: `U+${match[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`,
  }));
}

const hidden = /[\u202A-\u202E\u2066-\u2069\u200B\u2060-\u2064\u00AD\p{Cc}\u{E0000}-\u{E007F}]/gu;
