/**
 * Words that say how many hold a view ("some States", "a number of delegations"), found in the chair's summary and held against the
 * number of States behind them (SPEC: SUM).
 *
 * No body of the United Nations has written down what these words mean, and this scale is the house's own: of 24 States a few are 2 to 4,
 * a number 6 or more, many 10 or more, most more than half. It holds for any roster of 24 and above, since of 193 States few speak on one
 * paragraph, and in proportion for smaller ones; "some", which the UN uses of any minority, begins at two.
 */

export type Quantifier = "one" | "few" | "some" | "several" | "number" | "many" | "most" | "all";

/** How many States a word speaks for, of so many at the table. */
const bounds: { readonly [Q in Quantifier]: (table: number) => readonly [least: number, most: number] } = {
  one: () => [1, 1],
  few: () => [2, 4],
  some: (table) => [2, half(table)],
  several: (table) => [3, half(table)],
  number: (table) => [scaled(6, table), half(table)],
  many: (table) => [scaled(10, table), table],
  most: (table) => [Math.floor(table / 2) + 1, table],
  all: (table) => [table, table],
};

/** More than that is most of them. */
const half = (table: number): number => Math.max(2, Math.floor(table / 2));
const scaled = (figure: number, table: number): number =>
  Math.max(2, Math.min(figure, Math.ceil((figure * table) / 24)));

/** How words and number disagree: `fewer` stand behind them than they say, or `more`. */
export function disagreement(
  { quantifier, count: said }: Pick<QuantifierFound, "quantifier" | "count">,
  count: number,
  table: number,
): "fewer" | "more" | null {
  const [least, most] = said === null ? bounds[quantifier](table) : [said, said];
  return count < least ? "fewer" : count > most ? "more" : null;
}

/** The word for so many. */
export function quantifierFor(count: number, table: number): "one" | "few" | "some" | "many" | "most" {
  const fitting = (["one", "few", "many", "some"] as const).find(
    (quantifier) => disagreement({ quantifier, count: null }, count, table) === null,
  );
  return count > table / 2 && count > 1 ? "most" : (fitting ?? "some");
}

export interface QuantifierFound {
  readonly from: number;
  readonly to: number;
  readonly words: string;
  readonly quantifier: Quantifier;
  /** Where the words name a number. */
  readonly count: number | null;
}

const numerals = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const who = "(?:member |other |of the )*(?:states?|delegations?|countries|members|parties|speakers)";
const shapes: readonly (readonly [Quantifier, string])[] = [
  ["few", "(?:a )?few"],
  ["number", "a number of"],
  ["several", "several"],
  ["some", "some"],
  ["many", "(?:a (?:large|great) number of|many|numerous)"],
  ["most", "(?:most|(?:a|the) (?:large |great |vast )?majority of)"],
  ["all", "(?:all|every|each)"],
  ["one", "(?:one|an?|another)"],
];
const pattern = new RegExp(
  `\\b(?:${shapes.map(([name, shape]) => `(?<${name}>${shape})`).join("|")}|(?<numeral>${numerals.join("|")}|\\d{1,3})) ${who}\\b`,
  "giu",
);

/** In reading order, in offsets of the text given. */
export function quantifiersIn(text: string): readonly QuantifierFound[] {
  return [...text.matchAll(pattern)].map(({ 0: words, index: from, groups = {} }) => {
    const numeral = groups["numeral"]?.toLowerCase();
    const place = numeral === undefined ? -1 : numerals.indexOf(numeral);
    const quantifier = shapes.find(([name]) => groups[name] !== undefined)?.[0] ?? "some";
    const count = numeral === undefined ? null : place < 0 ? Number(numeral) : place + 2;
    return { from, to: from + words.length, words, quantifier, count };
  });
}
