/**
 * Words for comparing: do these words stand in that paragraph, and how much of a paragraph does another one hold?
 * Case, punctuation, accents of encoding, invisible characters and letters that look alike do not count, so that none of them can make words look gone.
 *
 * Our own rule and not `Intl.Segmenter`: both ends must find the same words, and its dictionaries differ between
 * releases of ICU, hence between a browser and the server.
 */

/**
 * The words of a text in order, folded for comparison; not for display. Scripts without spaces give one word per character.
 * The same array for the same text, while it is remembered.
 */
export function wordsOf(text: string): readonly string[] {
  const known = remembered.get(text);
  if (known) return known;
  const found = text.normalize("NFKC").toLowerCase().replace(ignored, "").match(word) ?? [];
  const words = found.map((one) => (disguised.test(one) ? one.replace(foreign, asLatin) : one));
  if (remembered.size >= capacity) remembered.clear();
  remembered.set(text, words);
  return words;
}

const remembered = new Map<string, readonly string[]>();
const capacity = 8192;

// What cannot be seen, such as joiners, soft hyphens, variation selectors and fillers; apostrophes inside words; and what Arabic
// writes or leaves out at will: the stretch and the vowel signs.
const ignored = /\p{Cf}|\p{Default_Ignorable_Code_Point}|(?<=\p{L})['’ʼ](?=\p{L})|\u0640|\u0670|[\u{064B}-\u{0652}]/gu;

/** Cyrillic, Greek and Armenian letters, each with the Latin one it is taken for, in small letters or in capitals. */
const lookalikes = new Map(
  "аa вb сc ԁd еe һh нh іi ѕs јj кk мm оo рp ԛq тt уy ѵv ԝw хx ӏl αa βb εe ηh ιi κk μm νv οo ρp τt υy χx ζz օo սu հh ոn ıi ɑa ɡg"
    .split(" ")
    .map(([foreign, latin]) => [foreign as string, latin as string]),
);
const alike = [...lookalikes.keys()].join("");
const foreign = new RegExp(`[${alike}]`, "gu");
const asLatin = (letter: string): string => lookalikes.get(letter) ?? letter;
/** A word made of look-alikes alone, or of Latin letters and others: honest words of another script are left as they are. */
const disguised = new RegExp(`^[${alike}]+$|\\p{Script=Latin}.*[${alike}]|[${alike}].*\\p{Script=Latin}`, "u");

const unspaced = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"]
  .map((script) => `\\p{Script=${script}}`)
  .join("");
const number = "\\p{N}+(?:[.,٫٬]\\p{N}+)+";
const letters = `(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}])+`;
// A number with its separators; a character of a script without spaces; or a run of letters, marks and digits.
const word = new RegExp(`${number}|[${unspaced}]\\p{M}*|${letters}`, "gu");
const piece = new RegExp(`${number}|[${unspaced}]\\p{M}*|${letters}(?:['’]${letters})*|\\s+|.`, "gsu");

/** The text cut into words, white space and single signs, nothing left out: what a redline is made of. */
export const piecesOf = (text: string): string[] => text.match(piece) ?? [];

/**
 * True when all of `needle` stands in `haystack` in one piece. How compounds are written makes no difference:
 * "co-operation" holds "cooperation". No words are held by nothing.
 */
export function contains(haystack: readonly string[], needle: readonly string[]): boolean {
  const sought = lettersOf(needle);
  if (sought === "" || !mayHold(sketchOf(needle).runs, sketchOf(haystack).runBits, 1)) return false;
  const letters = lettersOf(haystack);
  let at = letters.indexOf(sought);
  if (at < 0) return false;
  const edges = new Set([0]);
  let edge = 0;
  for (const word of haystack) edges.add((edge += word.length));
  for (; at >= 0; at = letters.indexOf(sought, at + 1)) {
    if (edges.has(at) && edges.has(at + sought.length)) return true;
  }
  return false;
}

function lettersOf(words: readonly string[]): string {
  let all = joined.get(words);
  if (all === undefined) joined.set(words, (all = words.join("")));
  return all;
}

const joined = new WeakMap<readonly string[], string>();

/**
 * Whether at least this share of `needle` stands in `haystack`: in order (`share`), or in another order and cut otherwise (`resemblance`).
 * Nearly every pair of paragraphs is unlike, and is told so by a glance.
 */
export function isHeld(needle: readonly string[], haystack: readonly string[], atLeast: number): boolean {
  const [sought, held] = [sketchOf(needle), sketchOf(haystack)];
  return (
    (mayHold(sought.words, held.wordBits, atLeast) && share(needle, haystack) >= atLeast) ||
    (mayHold(sought.runs, held.runBits, atLeast) && resemblance(needle, haystack) >= atLeast)
  );
}

/** False only where less than this share of what is sought can be there. */
function mayHold(sought: Uint32Array, bits: Uint32Array, atLeast: number): boolean {
  let most = sought.length;
  for (let i = 0; i < sought.length; i++) {
    const at = sought[i]! & bitMask;
    if (((bits[at >> 5]! >>> (at & 31)) & 1) === 0 && --most / sought.length < atLeast) return false;
  }
  return true;
}

/** What is in a text, as numbers, and as a set that may take one for another but never denies what is there. */
interface Sketch {
  /** In order, repeated words repeated. */
  readonly words: Uint32Array;
  readonly wordBits: Uint32Array;
  /** Each run of letters once, sorted. */
  readonly runs: Uint32Array;
  readonly runBits: Uint32Array;
}

const bitMask = 4095;

function sketchOf(words: readonly string[]): Sketch {
  let sketch = sketches.get(words);
  if (!sketch) {
    const numbers = Uint32Array.from(words, (word) => numberOf(word, 0, word.length));
    const runs = runsIn(lettersOf(words));
    sketch = { words: numbers, wordBits: bitsOf(numbers), runs, runBits: bitsOf(runs) };
    sketches.set(words, sketch);
  }
  return sketch;
}

const sketches = new WeakMap<readonly string[], Sketch>();

function bitsOf(numbers: Uint32Array): Uint32Array {
  const bits = new Uint32Array((bitMask + 1) >> 5);
  for (const number of numbers) {
    const at = number & bitMask;
    bits[at >> 5] = bits[at >> 5]! | (1 << (at & 31));
  }
  return bits;
}

/**
 * How much of `needle` stands in `haystack` in the same order, from 0 to 1: their longest common subsequence of words,
 * divided by the length of `needle`. 0 when `needle` has no words.
 */
export function share(needle: readonly string[], haystack: readonly string[]): number {
  if (needle.length === 0) return 0;
  return commonLength(needle, haystack) / needle.length;
}

/**
 * How much of `needle` stands in `haystack` as runs of eight letters, from 0 to 1, in whatever order and however it is cut into words.
 * What `share` misses: clauses in another order, words cut by hyphens or thin spaces.
 */
export function resemblance(needle: readonly string[], haystack: readonly string[]): number {
  const sought = sketchOf(needle).runs;
  const held = sketchOf(haystack).runs;
  let common = 0;
  for (let i = 0, j = 0; i < sought.length && j < held.length;) {
    const difference = sought[i]! - held[j]!;
    if (difference === 0) common++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return sought.length === 0 ? 0 : common / sought.length;
}

/**
 * Where `needle` stands in `haystack` in stretches of at least so many letters: true at the beginning of each run of eight letters that
 * is part of one. Null when it nowhere does.
 */
export function stretchesOf(needle: readonly string[], haystack: readonly string[], letters: number): boolean[] | null {
  const sought = runsInOrder(needle);
  const { runs, runBits } = sketchOf(haystack);
  const stands = (at: number): boolean => at >= 0 && at < sought.length && isIn(runs, runBits, sought[at]!);
  // No stretch is so short that it lies between two places that are looked at.
  const step = Math.max(1, letters - runLength + 1);
  let found: boolean[] | null = null;
  for (let at = step - 1; at < sought.length; at += step) {
    if (!stands(at)) continue;
    let [from, to] = [at, at + 1];
    while (stands(from - 1)) from--;
    while (stands(to)) to++;
    if (to - from < step) continue;
    found ??= Array<boolean>(sought.length).fill(false);
    found.fill(true, from, to);
  }
  return found;
}

function isIn(sorted: Uint32Array, bits: Uint32Array, number: number): boolean {
  const bit = number & bitMask;
  if (((bits[bit >> 5]! >>> (bit & 31)) & 1) === 0) return false;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === number;
}

function runsInOrder(words: readonly string[]): Uint32Array {
  let runs = ordered.get(words);
  if (!runs) {
    const letters = lettersOf(words);
    const count = Math.max(0, letters.length - runLength + 1);
    ordered.set(words, (runs = Uint32Array.from({ length: count }, (_, at) => numberOf(letters, at, at + runLength))));
  }
  return runs;
}

const ordered = new WeakMap<readonly string[], Uint32Array>();

const runLength = 8;

/** Each run of letters as a number, sorted. */
function runsIn(letters: string): Uint32Array {
  const found = new Set<number>();
  for (let at = 0; at + runLength <= letters.length; at++) found.add(numberOf(letters, at, at + runLength));
  return Uint32Array.from(found).sort();
}

function numberOf(letters: string, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) number = (Math.imul(number, 31) + letters.charCodeAt(i)) >>> 0;
  return number;
}

/**
 * Length of the longest common subsequence, 32 words of `needle` at a time (Hyyrö, 2004: V' = (V + (V & M)) | (V & ~M);
 * each zero bit of V is one word in common).
 */
function commonLength(needle: readonly string[], haystack: readonly string[]): number {
  const places = placesOf(needle);
  const row = new Uint32Array((needle.length + 31) >> 5).fill(0xffffffff);
  for (const word of haystack) {
    const mask = places.get(word);
    if (!mask) continue;
    let carry = 0;
    for (let i = 0; i < row.length; i++) {
      const value = row[i]!;
      const sum = value + ((value & mask[i]!) >>> 0) + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      row[i] = sum | (value & ~mask[i]!);
    }
  }
  let common = 0;
  for (let i = 0; i < needle.length; i++) if (((row[i >> 5]! >>> (i & 31)) & 1) === 0) common++;
  return common;
}

/** For each word of `needle`, the places where it stands, one bit each. */
function placesOf(needle: readonly string[]): ReadonlyMap<string, Uint32Array> {
  const known = places.get(needle);
  if (known) return known;
  const map = new Map<string, Uint32Array>();
  needle.forEach((word, i) => {
    let mask = map.get(word);
    if (!mask) map.set(word, (mask = new Uint32Array((needle.length + 31) >> 5)));
    mask[i >> 5] = mask[i >> 5]! | (1 << (i & 31));
  });
  places.set(needle, map);
  return map;
}

const places = new WeakMap<readonly string[], ReadonlyMap<string, Uint32Array>>();
