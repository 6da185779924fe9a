import type { Chance } from "./random.ts";

/** What breaks files that are written carelessly. */
const letters = [
  "a",
  " ",
  "\t",
  "&",
  "<",
  ">",
  '"',
  "'",
  "]]>",
  "<!--",
  "-->",
  "<?x",
  "&#0;",
  "&lt;",
  "\u0000",
  "\u0001",
  "\u0007",
  "\u0008",
  "\u000B",
  "\u001F",
  "\uFFFE",
  "é",
  "🕊",
  "日",
  "ع",
  "[",
  "{{x}}",
  "#x",
  "\\",
];

/** @param most pieces, of which some are several letters long */
export const breakingLetters = (random: Chance, most: number): string =>
  Array.from({ length: 1 + random.below(most) }, () => random.pick(letters)).join("");

/** Without what no XML may hold. */
export const keptLetters = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- they are what is left out
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE]/g, "");
