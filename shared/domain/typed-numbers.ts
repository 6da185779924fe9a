/**
 * Numbers of paragraphs of the report itself in its words, "paragraph 5 (a)", "paragraphs 5 and 6" (SPEC: TYR1, TYR2), as people of all
 * houses write them in English. Where other documents' paragraphs may be meant nothing is found: a wrong reference is worse than none.
 */
import { adverbs } from "./alternatives.ts";
import { letters } from "./numbering.ts";
import type { Part } from "./values.ts";
import type { Range } from "./wording.ts";

export interface TypedNumber extends Range {
  /** As the report writes it: "5(a)", "3 bis". */
  readonly number: string;
  /** That the words say themselves; a number alone is one of the consensus text (NUM10). */
  readonly part: Part;
}

const adverb = `\\s?(?:${adverbs.join("|")})\\b`;
/** (a) to (z), then (aa), or (i), (ii). */
const doubled = Array.from({ length: 26 }, (_, index) => letters(27 + index)).join("|");
const point = `\\((?:[a-z]|${doubled}|[ivxl]{2,5})(?:${adverb})?\\)`;
const points = `(?:\\s?${point}){0,2}`;
const number = `\\d{1,3}(?:${adverb})?${points}(?![\\p{L}\\d/%]|[.,]\\d)`;
const and = "\\s?(?:,(?:\\s(?:and|or)\\b)?|\\band\\b|\\bor\\b|\\bto\\b|\\bthrough\\b|[-–—])\\s?";
/** A row may hold a reference already. "paragraph 5, 12 States" is one number; "paragraph 5 (a) and (b)" and "paragraph 7-9" are more. */
const phrases = new RegExp(
  `(?<![\\p{L}\\d-])(?:(?:paragraphs|paras\\.?)\\s(?:${number}|\\uFFFC)(?:${and}(?:${number}|${point}|\\uFFFC))*|` +
    `(?:paragraph|para\\.?)\\s${number}(?:\\s?(?:[-–—]|\\bto\\b)\\s?${number}|(?:${and}${point})+)?)`,
  "giu",
);
const numbers = new RegExp(`(?<alone>${point})|(?<base>\\d{1,3}(?:${adverb})?)(?<points>${points})`, "giu");

/** So much of what stands beside a number is looked at, in UTF-16 units. */
const near = 200;

/** In reading order. @param flat the flat text of one block */
export function typedNumbers(flat: string): readonly TypedNumber[] {
  if (!/para/i.test(flat)) return [];
  const found: TypedNumber[] = [];
  let others = -1; // where the last of another document's ends
  for (const { 0: phrase, index } of flat.matchAll(phrases)) {
    const end = index + phrase.length;
    const [before, after] = [flat.slice(Math.max(0, index - near), index), flat.slice(end, end + near)];
    const goesOn = others >= 0 && /^[\s,]*(?:and|or|to)?\s*$/.test(flat.slice(others, index));
    if (goesOn || isCited(before) || isElsewhere(after)) {
      others = end;
      continue;
    }
    const part = /^,?\s+of\s+(?:the\s+chair['’]s\s+summary|part\s+(?:ii|two|2))\b/i.exec(after);
    const lead = /^\p{L}+\.?\s+/u.exec(phrase)![0].length;
    const row = numbersIn(phrase.slice(lead)).map((one): TypedNumber => ({
      from: index + lead + one.from,
      to: index + lead + one.to,
      number: one.number,
      part: part ? "chair-summary" : "consensus",
    }));
    const last = row.at(-1);
    // The part is printed with the number that a reference shows.
    if (part && last && last.to === end) row[row.length - 1] = { ...last, to: end + part[0].length };
    found.push(...row);
  }
  return found;
}

function numbersIn(row: string): (Range & { readonly number: string })[] {
  let parent = "";
  return [...row.matchAll(numbers)].flatMap(({ 0: words, index, groups = {} }) => {
    const range = { from: index, to: index + words.length };
    // The (b) of "5 (a) and (b)".
    if (groups["alone"]) return parent === "" ? [] : [{ ...range, number: parent + spelled(words) }];
    const said = spelled(words);
    parent = said.replace(/\([^()]*\)$/, "");
    return [{ ...range, number: said }];
  });
}

/** "5 (a)" as "5(a)", "3bis" as "3 bis": as numbers are written in a report. */
export const spelled = (words: string): string =>
  words
    .toLowerCase()
    .replace(/\s+(?=\()/g, "")
    .replace(spelledAdverb, " $1");
const spelledAdverb = new RegExp(`\\s*(${adverbs.join("|")})(?=\\(|\\)|$)`, "g");

const nouns =
  "articles?|arts?\\.?|rules?|regulations?|sections?|sect\\.|chapters?|chap\\.|annex(?:es)?|append(?:ix|ices)|resolutions?|decisions?|declarations?|conventions?|protocols?|agreements?|charters?|statutes?|covenants?|treat(?:y|ies)|reports?|documents?|notes?|letters?|addendum|corrigendum|agendas?|programmes?|plans?|frameworks?|pacts?|compacts?|outcomes?|principles?|goals?|targets?|guidelines?|options?|pledge|statements?|opinions?|judge?ments?|memorand(?:um|a)|understandings?";
const ownDocument =
  /^(?:this|the\s+present|the\s+current)\s+(?:draft\s+)?(?:report|text|document|draft|decision|resolution|outcome(?:\s+document)?|declaration|paper)\b|^the\s+(?:chair['’]s\s+summary|consensus\s+(?:text|part))\b|^part\s+(?:ii?|one|two|1|2)\b/i;

/** What comes before makes it a paragraph of something else: "Article 6, ", "decision 1/CP.18 ", "the Convention (". */
function isCited(before: string): boolean {
  const said = before.replace(/[[\]*_]/g, "").trimEnd();
  if (/(?:\b(?:its|their|whose|preambular|operative)|\bibid\.?,?)$/i.test(said)) return true;
  const [, last = "", token = ""] = /(?:(\S+)\s+)?(\S+?)[,:]?\s*\(?$/.exec(said.slice(-80)) ?? [];
  if (/[\p{L}\d]\/\S*\d/u.test(token)) return true;
  const isNamed = /\d/.test(token) || /^[IVXLC]+(?:\.[A-Z])?$/.test(token) || /^[A-Z]$/.test(token);
  if (isNamed && isNoun(last)) return true;
  // "the Convention, paragraph 4", "decision paragraph 4", and not "this report (paragraph 4)".
  return isNoun(token) && !/^(?:this|present|current)$/i.test(last);
}

const nounAlone = new RegExp(`^[("“]?(?:${nouns})$`, "i");
const isNoun = (word: string): boolean => nounAlone.test(word);

/** What comes after does: " of resolution 78/237", ", of the Convention", " thereof", " (A/78/237)". */
function isElsewhere(after: string): boolean {
  const rest = after
    .replace(/[[\]*_]/g, "")
    .replace(/^\s*\(option\b[^()]*(?:\([^()]*\))?\)/i, "")
    .replace(/^,?\s+(?:sub-?paragraphs?|points?)\s+\([a-z]+\)(?:\s(?:and|or)\s\([a-z]+\))*/i, "")
    .replace(/^,?\s+(?:above|below)\b/i, "");
  if (/^,?\s+there(?:of|to|in)\b|^\s*\([^)]*[\p{L}\d]\/[^)]*\d/iu.test(rest)) return true;
  const of = /^,?\s+of\s+/i.exec(rest);
  if (of) return !ownDocument.test(rest.slice(of[0].length));
  return elsewhere.test(rest);
}

const elsewhere = new RegExp(
  `^\\s*\\(?,?\\s*(?:in|to|from|under)\\s+(?:(?:its|the|that|those|said|same|General|Assembly|Security|Council|Paris)\\s+)*(?:${nouns})\\b|^,?\\s+(?:${nouns})\\s+[\\p{Lu}\\d]`,
  "iu",
);
