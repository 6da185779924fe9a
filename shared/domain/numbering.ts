/**
 * Numbers of paragraphs, derived and never stored (SPEC: NUM): 1, (a), (i), each part from 1.
 * A number says where a paragraph stands today; what it is, its id and its wording say.
 */
import type { Block, Inline, Text } from "./text.ts";
import type { ParagraphId, Part } from "./values.ts";
import { parts } from "./values.ts";

/** The blocks shown in one part, in order: its paragraphs, and the headings that have some of them under them (NUM5). */
export function partOf(text: Text, part: Part): Block[] {
  const shown: Block[] = [];
  let headings: Block[] = []; // above the next paragraph, not shown yet
  for (const block of text) {
    if (block.kind === "heading") {
      headings = [...headings.filter((heading) => heading.level < block.level), block];
    } else if (block.part === part) {
      shown.push(...headings, block);
      headings = [];
    }
  }
  return shown;
}

/**
 * The full number of every paragraph, such as "3", "3(a)" or "3(a)(ii)", in reading order; headings have none.
 * Cached by the identity of `text`.
 * @param part only the paragraphs of this part
 */
export function numberText(text: Text, part?: Part): ReadonlyMap<ParagraphId, string> {
  let numbers = numbered.get(text);
  if (!numbers) numbered.set(text, (numbers = numberAll(text)));
  if (part === undefined) return numbers;
  const ofPart = new Map<ParagraphId, string>();
  for (const { id, part: its } of text) {
    const number = numbers.get(id);
    if (its === part && number !== undefined) ofPart.set(id, number);
  }
  return ofPart;
}

const numbered = new WeakMap<Text, ReadonlyMap<ParagraphId, string>>();

/** Footnotes, counted through both parts (SPEC: NUM11): one that is read in both, in a heading, has one number. */
export function numberNotes(blocks: Iterable<Pick<Block, "content">>): ReadonlyMap<Inline, number> {
  const notes = new Map<Inline, number>();
  for (const { content } of blocks)
    for (const inline of content) if (inline.t === "footnote" && !notes.has(inline)) notes.set(inline, notes.size + 1);
  return notes;
}

/** The same by the ids of the notes, for words that are shown apart from their text. */
export const noteNumbersIn = (blocks: Iterable<Pick<Block, "content">>): ReadonlyMap<string, number> =>
  new Map(
    [...numberNotes(blocks)].flatMap(([inline, number]) => (inline.t === "footnote" ? [[inline.id, number]] : [])),
  );

/** Of a whole text. Cached by its identity. */
export function noteNumbers(text: Text): ReadonlyMap<string, number> {
  let notes = notesOf.get(text);
  if (!notes) notesOf.set(text, (notes = noteNumbersIn(parts.flatMap((part) => partOf(text, part)))));
  return notes;
}

const notesOf = new WeakMap<Text, ReadonlyMap<string, number>>();

/** Of the first note in this content, from which its others go on; undefined where there is none. */
export function firstNoteIn(content: readonly Inline[], notes: ReadonlyMap<Inline, number>): number | undefined {
  const first = content.find(({ t }) => t === "footnote");
  return first && notes.get(first);
}

/** What stands before the paragraph itself: "3", "(a)" or "(ii)", as documents print it. */
export const shortNumber = (number: string): string => /\([^()]*\)$/.exec(number)?.[0] ?? number;

/** Where a paragraph hangs: under another one, or in a part itself. */
export interface Hanging {
  readonly id: ParagraphId;
  readonly under: ParagraphId | Part;
  /** 0 in a part itself. */
  readonly depth: number;
}

/** What every paragraph is numbered under, in reading order. */
export function hangingIn(text: Text): readonly Hanging[] {
  // The paragraphs that the next one may stand under, outermost first. A heading ends them all.
  let above: { readonly level: number; readonly part: Part; readonly id: ParagraphId; readonly depth: number }[] = [];
  return text.flatMap(({ id, kind, level, part }) => {
    if (kind === "heading") {
      above = [];
      return [];
    }
    while (above.length > 0 && above.at(-1)!.level >= level) above.pop();
    // A point whose paragraph went to the other part stands on its own there: it must not be read under a stranger (NUM4).
    const parent = above.findLast((one) => one.part === part);
    const depth = parent ? parent.depth + 1 : 0;
    above.push({ level, part, id, depth });
    return [{ id, under: parent?.id ?? part, depth }];
  });
}

function numberAll(text: Text): Map<ParagraphId, string> {
  const numbers = new Map<ParagraphId, string>();
  const counted = new Map<ParagraphId | Part, number>();
  for (const { id, under, depth } of hangingIn(text)) {
    const count = (counted.get(under) ?? 0) + 1;
    counted.set(under, count);
    numbers.set(id, numberUnder(numbers.get(under as ParagraphId), depth, count));
  }
  return numbers;
}

/** The number of the so many-th paragraph under another one, or in a part itself. */
export const numberUnder = (parent: string | undefined, depth: number, count: number): string =>
  (parent ?? "") + label(depth, count);

function label(depth: number, count: number): string {
  if (depth === 0) return String(count);
  const known = depth === 1 ? lettered : numeralled;
  return (known[count] ??= `(${depth === 1 ? letters(count) : roman(count)})`);
}

const lettered: string[] = [];
const numeralled: string[] = [];

/** a to z, then aa, bb, cc as the United Nations letters its points. */
export const letters = (count: number): string =>
  String.fromCharCode(97 + ((count - 1) % 26)).repeat(Math.floor((count - 1) / 26) + 1);

export function roman(count: number): string {
  let numeral = "";
  let rest = count;
  for (const [sign, value] of signs) {
    numeral += sign.repeat(Math.floor(rest / value));
    rest %= value;
  }
  return numeral;
}

const signs = [
  ["m", 1000],
  ["cm", 900],
  ["d", 500],
  ["cd", 400],
  ["c", 100],
  ["xc", 90],
  ["l", 50],
  ["xl", 40],
  ["x", 10],
  ["ix", 9],
  ["v", 5],
  ["iv", 4],
  ["i", 1],
] as const;
