/** Which paragraphs a table of comments means: "3 (a)", "paras 3, 5 and 7 to 9", with the lines and days that tables write beside them (SPEC: COM). */
import { foldedName } from "./folded-name.ts";

/**
 * @param numbers of the paragraphs there are, such as "3(a)", in reading order
 * @returns those that are meant, in reading order; null where any of what is written is none of them
 */
export function placesIn(written: string, numbers: readonly string[]): readonly string[] | null {
  const byKey = new Map(numbers.map((number) => [keyOf(number), number]));
  const meant = new Set<string>();
  let last = "";
  /** "3 (a) and (b)" are both of paragraph 3. */
  const find = (item: string): string | undefined => {
    const over = item.startsWith("(") ? [above(last), baseOf(last)] : [""];
    const found = over.map((one) => byKey.get(keyOf(one + item))).find((one) => one !== undefined);
    last = found ?? last;
    return found;
  };
  for (const item of bare(written).split(/[,;&\n]+|\band\b/)) {
    if (item.trim() === "") continue;
    const ends = item.split(/-|–|\bto\b/).map((end) => find(end.trim()));
    const [first, end = first] = ends;
    if (ends.length > 2 || first === undefined || ends.includes(undefined)) return null;
    const range = between(numbers, first, end!);
    if (range.length === 0) return null;
    for (const number of range) meant.add(number);
  }
  return meant.size === 0 ? null : numbers.filter((number) => meant.has(number));
}

/** "3 (a)", "3.a" and "3(a)" are one place; "3.5" is not paragraph 35. */
const keyOf = (place: string): string => place.replace(/\.(?=[a-z]|\s*$)|[\s()[\]:]+/g, "");

const months = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\\.?";
const count = "\\d+(?:\\s*(?:-|–|to)\\s*(?:lines?\\s*)?\\d+)?";
/** What stands beside a place and is none: lines and pages of a print, days, the word itself. */
const beside = new RegExp(
  [
    `\\(?\\b(?:lines?|ll?\\.|pages?|pp?\\.)\\s*${count}\\)?`,
    `\\(?\\b(?:(?:as )?of |dated )?(?:\\d{4}-\\d\\d?-\\d\\d?|\\d\\d?[./]\\d\\d?[./]\\d{2,4}|\\d\\d?[ -]${months}(?:[ ,-]+\\d{2,4})?|${months}[ -]\\d\\d?\\b(?:,? \\d{4})?)\\)?`,
    "(?:of )?(?:the )?chair's summary|\\bpart (?:ii|i|2|1)\\b|\\bparagraphs?\\b|\\bparas?\\b\\.?|\\b(?:sub-?)?clauses?\\b|\\barticles?\\b|¶+",
  ].join("|"),
  "g",
);
const bare = (place: string): string => foldedName(place).replace(beside, " ").trim();

/** Those from one to the other that are as deep as both and under the same paragraph. */
function between(numbers: readonly string[], from: string, to: string): readonly string[] {
  const [first, last] = [numbers.indexOf(from), numbers.indexOf(to)];
  return above(from) === above(to)
    ? numbers.slice(first, last + 1).filter((number) => above(number) === above(from))
    : [];
}

/** "3" of "3(a)", nothing of "3". */
const above = (number: string): string => number.slice(0, Math.max(0, number.lastIndexOf("(")));
/** "3" of "3(a)(i)" and of "3". */
const baseOf = (number: string): string => /^[^(]*/.exec(number)![0];
