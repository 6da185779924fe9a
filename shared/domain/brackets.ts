/**
 * Square brackets in one paragraph: words not agreed, nested, side by side as alternatives, sometimes attributed (SPEC: BRA).
 * They are plain characters that the chair types. The parser reads them as they stand, balanced or not; it never fails and changes nothing.
 */

import type { Inline } from "./text.ts";
import { flatText } from "./text.ts";

/** Offsets are UTF-16, half-open, in the text that was parsed. */
export type BracketNode = Words | StrayClose | Bracket;

export interface Words {
  readonly kind: "words";
  readonly from: number;
  readonly to: number;
}

/** A closing bracket that closes nothing in this paragraph. */
export interface StrayClose {
  readonly kind: "stray-close";
  readonly from: number;
  readonly to: number;
}

export interface Bracket {
  readonly kind: "bracket";
  /** Offset of the opening bracket. */
  readonly from: number;
  /** After the closing bracket; the end of the paragraph when it is not closed there. */
  readonly to: number;
  readonly closed: boolean;
  /** 1 for an outermost bracket. */
  readonly depth: number;
  /** Who asked for it, as written before a colon at its beginning: `[Freedonia: words]`. A reading of plain words, not a position. */
  readonly attribution: string | null;
  /** Where the words begin: after the opening bracket and the attribution. */
  readonly wordsFrom: number;
  /** `placeholder`: promises text, as `[X]`, `[…]`, `[Placeholder for …]`. */
  readonly holds: "words" | "nothing" | "placeholder";
  /** 1, 2, … for brackets side by side, such as `[shall][should]`: the reader is to choose. Null for one that stands alone. */
  readonly alternative: number | null;
  /** What is between `wordsFrom` and the closing bracket. */
  readonly children: readonly BracketNode[];
}

export interface Brackets {
  readonly tree: readonly BracketNode[];
  /** Every bracket in the order of opening, for those who do not care how they nest. */
  readonly all: readonly Bracket[];
  readonly opens: number;
  readonly closes: number;
  readonly strayCloses: number;
  readonly unclosed: number;
  /** The deepest nesting. */
  readonly depth: number;
  /** How often a bracket follows another one side by side. */
  readonly alternatives: number;
}

/** True when the text opens a bracket. */
export const hasOpenBrackets = (text: string): boolean => /[[［]/.test(text);

/** True when the paragraph opens a bracket, in its words or in a footnote. One that was opened in another paragraph does not reach it (BRA4). */
export const isBracketed = (content: readonly Inline[]): boolean => hasOpenBrackets(withNotes(content));

/** What is read in a paragraph: its words, and under them those of its footnotes. */
export const withNotes = (content: readonly Inline[]): string =>
  [flatText(content), ...content.flatMap((inline) => (inline.t === "footnote" ? inline.text : []))].join("\n");

type Draft = { -readonly [Key in keyof Bracket]: Bracket[Key] } & { children: BracketNode[] };

/** @param text flat or canonical text of one paragraph */
export function bracketsOf(text: string): Brackets {
  const tree: BracketNode[] = [];
  const all: Draft[] = [];
  const open: Draft[] = [];
  let siblings = tree;
  let wordsFrom = 0;
  let closes = 0;
  let strayCloses = 0;
  let depth = 0;

  const endWords = (at: number) => {
    if (at > wordsFrom) siblings.push({ kind: "words", from: wordsFrom, to: at });
  };
  for (const { 0: sign, index } of text.matchAll(/[[\]［］]/g)) {
    endWords(index);
    wordsFrom = index + 1;
    if (sign === "[" || sign === "［") {
      const attributed = attributionOf(text.slice(wordsFrom, wordsFrom + longestAttribution));
      const bracket: Draft = {
        kind: "bracket",
        from: index,
        to: text.length,
        closed: false,
        depth: open.length + 1,
        attribution: attributed?.name ?? null,
        wordsFrom: (wordsFrom += attributed?.length ?? 0),
        holds: "words",
        alternative: null,
        children: [],
      };
      standBeside(siblings, bracket, text);
      siblings.push(bracket);
      all.push(bracket);
      open.push(bracket);
      siblings = bracket.children;
      depth = Math.max(depth, open.length);
    } else {
      closes++;
      const bracket = open.pop();
      if (bracket) {
        bracket.to = wordsFrom;
        bracket.closed = true;
        bracket.holds = holds(text.slice(bracket.wordsFrom, index));
        siblings = open.at(-1)?.children ?? tree;
      } else {
        strayCloses++;
        tree.push({ kind: "stray-close", from: index, to: wordsFrom });
      }
    }
  }
  endWords(text.length);
  return {
    tree,
    all,
    opens: all.length,
    closes,
    strayCloses,
    unclosed: open.length,
    depth,
    alternatives: all.filter((bracket) => (bracket.alternative ?? 1) > 1).length,
  };
}

/** Numbers brackets that only white space or a stroke separates: `[shall] [should]`, `[may]/[will]`. */
function standBeside(siblings: readonly BracketNode[], bracket: Draft, text: string): void {
  const last = siblings.at(-1);
  const separated = last?.kind === "words" && /^\s*\/?\s*$/.test(text.slice(last.from, last.to));
  const beside = separated ? siblings.at(-2) : last;
  if (beside?.kind !== "bracket") return;
  (beside as Draft).alternative ??= 1;
  bracket.alternative = beside.alternative! + 1;
}

// A name, or several: letters first, short, no sentence before the colon.
const beforeColon = /^\s*([\p{Lu}\p{Lo}][^[\]［］.;:：?!\uFFFC]{1,60}?)\s*[:：](?:\s+|(?=\p{Lo}))/u;
// What numbers or introduces text is not a name.
const introduces =
  /^(?:option|alternative|alt|variant|article|paragraph|section|chapter|annex|preamble|chapeau|title|note|placeholder)\b/i;
const longestAttribution = 80;

function attributionOf(text: string): { name: string; length: number } | null {
  const match = beforeColon.exec(text);
  return match && !introduces.test(match[1]!) ? { name: match[1]!, length: match[0].length } : null;
}

const placeholder = /^\s*(?:x{1,5}|\.{2,}|…+|_+|tb[acd]|placeholder\b.*)\s*$/isu;

function holds(words: string): Bracket["holds"] {
  if (words.trim() === "") return "nothing";
  return placeholder.test(words) ? "placeholder" : "words";
}
