/**
 * Lines put together to paragraphs, and how deep each stands (SPEC: IMP1): by its written number, which is left out, and by how far it is
 * set in.
 */
import { letters } from "./numbering.ts";
import type { BlockKind } from "./values.ts";

/** What a block is before its inside is read. `level` of a heading is its rank in the source. */
export interface Draft {
  readonly kind: BlockKind;
  readonly level: number;
  /** Its written number without brackets and points; null for bullets, and where there is none. */
  readonly number: string | null;
  readonly table: boolean;
  readonly lines: string[];
}

/** The lines of a paragraph as one. A backslash at the end of one breaks it, in Markdown. */
export const wordsOf = ({ lines }: Draft): string => lines.join("\n").replace(/\\?\n/g, " ");

type Style = "number" | "letter" | "roman" | "bullet" | "none";

/** A paragraph found, and what tells how the next ones stand to it. */
interface Placed {
  /** How far it is set in, in spaces. */
  readonly indent: number;
  readonly level: number;
  readonly style: Style;
  /** Its written number without brackets and points. */
  readonly label: string;
}

/** Puts lines together to paragraphs and finds how deep each stands: by its kind of number, and by how far it is set in. */
export class Outline {
  readonly drafts: Draft[] = [];
  /** Paragraphs that the next one may stand under, outermost first. */
  #above: Placed[] = [];
  #inParagraph = false;
  /** The last (a) or (i) of each kind, to tell the letter i from the number i. */
  #last: { letter: string; roman: string } = { letter: "", roman: "" };
  /** Of the last heading that is marked as one, and of all that are counted: one below where the first of them is found. */
  #rank = 0;
  #counted: number | null = null;

  blank(): void {
    this.#inParagraph = false;
  }

  heading(rank: number, words: string): void {
    if (isCounted(words)) this.#counted ??= rank;
    this.#rank = rank;
    this.drafts.push({ kind: "heading", level: rank, number: null, table: false, lines: [words] });
    this.#above = [];
    this.#inParagraph = false;
  }

  /** Underlined: the line before was a heading. False when there is none. */
  makeHeading(rank: number): boolean {
    if (!this.#inParagraph) return false;
    this.heading(rank, wordsOf(this.drafts.pop()!));
    return true;
  }

  line(line: string): void {
    const spread = line.replace(/\t/g, "    ");
    const indent = spread.search(/\S/);
    const words = spread.trim();
    const table = words.startsWith("|");
    if (table && /^[|\s:-]+$/.test(words)) return;
    const number = numberOf(words);
    if (this.#inParagraph && !number && !table) {
      this.drafts.at(-1)!.lines.push(words);
      return;
    }
    if (number && /\d/.test(number.sign)) this.#findTitles();
    const { level, style, label } = this.#place(indent, number?.sign ?? "");
    const said = number ? words.slice(0, number.from) + words.slice(number.to) : words;
    this.drafts.push({
      kind: "paragraph",
      level,
      number: style === "none" || style === "bullet" ? null : label,
      table,
      lines: [table ? said.replace(/^\||\|$/g, "").trim() : said],
    });
    this.#inParagraph = !table;
  }

  /** "A. Introduction" over a numbered paragraph is a heading, and so is "II. Threats" over it; a row of them is one of points. */
  #findTitles(): void {
    const [before, over, last] = [this.drafts.at(-3), this.drafts.at(-2), this.drafts.at(-1)];
    if (!last || !isTitle(last)) return;
    const both = over !== undefined && isTitle(over);
    if (both && !(/^\W*[IVX]/.test(over.lines[0]!) && /^\W*A\b/.test(last.lines[0]!))) return;
    const above = both ? before : over;
    if (above && /:\W*$/.test(above.lines.at(-1)!)) return;
    const titles = both ? [over, last] : [last];
    const level = (this.#counted ??= this.#rank + 1);
    this.drafts.splice(-titles.length, 2, ...titles.map((title) => ({ ...title, kind: "heading" as const, level })));
    this.#above = [];
  }

  #place(indent: number, sign: string): Placed {
    let beside: Placed | null = null;
    while (this.#above.length > 0 && this.#above.at(-1)!.indent + 2 > indent) beside = this.#above.pop()!;
    const sibling = beside && beside.indent < indent + 2 ? beside : null;
    const label = sign.replace(/[().]/g, "");
    const style = this.#styleOf(label, sibling);
    const under = this.#above.length > 0 ? this.#above.at(-1)!.level + 1 : 0;
    // Points without numbers stand under the paragraph before them.
    const own = { number: 0, none: 0, letter: 1, roman: 2, bullet: beside ? beside.level + 1 : 0 }[style];
    const level = sibling?.style === style ? sibling.level : Math.min(2, Math.max(own, under));
    const placed = { indent, level, style, label };
    this.#above.push(placed);
    return placed;
  }

  #styleOf(label: string, sibling: Placed | null): Style {
    if (label === "") return "none";
    if (/^[-*+•–]/.test(label)) return "bullet";
    if (/^\d/.test(label)) return "number";
    const { letter, roman } = this.#last;
    const goesOn = sibling?.style === "letter" && next(sibling.label) === label;
    const numeral = roman === "" ? label === "i" && next(letter) !== "i" : isNextRoman(roman, label);
    if (numeral && !goesOn) {
      this.#last.roman = label;
      return "roman";
    }
    this.#last = { letter: label, roman: "" };
    return "letter";
  }
}

/** "A. Introduction", "II. Threats", also in bold. */
export const isCounted = (words: string): boolean => /^[*_]*(?:[IVX]{1,5}|[A-Z])\\?\.\s+\p{Lu}/u.test(words);

/** Counted, alone in its paragraph, short, and no sentence. */
const isTitle = ({ kind, number, table, lines: [words = "", ...more] }: Draft): boolean =>
  kind === "paragraph" &&
  number === null &&
  !table &&
  more.length === 0 &&
  words.length <= 120 &&
  isCounted(words) &&
  !/[.,;:!?][*_]*$/.test(words);

/** "1." "12bis." "3)" "(a)" "(iv)" "a)" or a bullet at the beginning of a line, with its length. */
export function markerOf(words: string): { sign: string; length: number } | null {
  const arabic = /^\(([\u0621-\u064A])\u0640?\)(?=\s|$)/.exec(words);
  const counted = abjad.indexOf(arabic?.[1] ?? "-") + 1;
  if (arabic && counted > 0) return { sign: `(${letters(counted)})`, length: arabic[0].length };
  const match =
    /^(?:(\(?\d{1,3}\s?(?:(?:bis|ter|quater|quin\w+|sexies|septies|octies|alt)\b)?[.)])|(\([a-z]{1,5}\)|[a-z]{1,2}\)|[a-z]\.)|([-*+•–]))(?=\s|$)/.exec(
      withLatinDigits(words.slice(0, longestMarker)),
    );
  const sign = match && (match[1] ?? match[2] ?? match[3]!);
  if (!sign || (match[2] && !/^(?:([a-z])\1{0,2}|[ivxlc]+)$/.test(sign.replace(/[().]/g, "")))) return null;
  return { sign, length: sign.length };
}

/** The order in which Arabic texts letter their points: "(أ)", "(ب)", "(ج)", "(د)", "(هـ)". */
const abjad = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";

/** "12 septies)" and what follows it. */
const longestMarker = 40;

/** Those of Arabic and of Persian, each one character like ours. */
const withLatinDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

/**
 * The number that a paragraph begins with, and where it stands with the white space around it. A number within the brackets of a whole
 * paragraph, as "[2. States …]", is its number all the same; a link, as "[2. States](…)", is none.
 */
export function numberOf(words: string): { readonly sign: string; readonly from: number; readonly to: number } | null {
  const from = /^\s*\[(?=\s*[\d(])(?![^[\]]*\]\()/.exec(words)?.[0].length ?? 0;
  const start = from + words.slice(from).search(/\S|$/);
  const marker = markerOf(words.slice(start));
  if (!marker) return null;
  const end = start + marker.length;
  return { sign: marker.sign, from, to: end + words.slice(end).search(/\S|$/) };
}

/** a → b, z → aa, aa → bb */
function next(letters: string): string {
  if (letters === "") return "a";
  const code = letters.charCodeAt(0);
  return code === 122 ? "a".repeat(letters.length + 1) : String.fromCharCode(code + 1).repeat(letters.length);
}

const romanDigits = [
  ["x", 10],
  ["ix", 9],
  ["v", 5],
  ["iv", 4],
  ["i", 1],
] as const;

function roman(count: number): string {
  let numeral = "";
  let rest = count;
  for (const [sign, value] of romanDigits) {
    for (; rest >= value; rest -= value) numeral += sign;
  }
  return numeral;
}

function isNextRoman(before: string, after: string): boolean {
  for (let count = 1; count < 50; count++) if (roman(count) === before) return roman(count + 1) === after;
  return false;
}
