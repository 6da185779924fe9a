/** The language that a report is written in: a setting of the negotiation, and of single words what their letters say (SPEC: REP14). */

/** The six official languages of the United Nations, in their English alphabetical order. */
export const languages = ["ar", "zh", "en", "fr", "ru", "es"] as const;
export type Language = (typeof languages)[number];

const scripts = {
  Arab: /\p{Script=Arabic}/u,
  Cyrl: /\p{Script=Cyrillic}/u,
  Hani: /\p{Script=Han}/u,
  Latn: /\p{Script=Latin}/u,
} as const;
const scriptOf = { ar: "Arab", zh: "Hani", en: "Latn", fr: "Latn", ru: "Cyrl", es: "Latn" } as const;

/** Of words in a report that is written in `original`, as RFC 5646 spells it: that language where its script fits them, else their script alone. */
export function languageOf(text: string, original: Language): string {
  const letter = /\p{L}/u.exec(text)?.[0];
  if (letter === undefined || scripts[scriptOf[original]].test(letter)) return original;
  const [script] = Object.entries(scripts).find(([, draws]) => draws.test(letter)) ?? [];
  return script === undefined ? "und" : `und-${script}`;
}
