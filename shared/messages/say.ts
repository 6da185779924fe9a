/**
 * Every sentence a person reads, said in their language. The sentences are plain objects in one folder a language (`en/`), one file
 * an area; a key is the path to one of them, and the compiler knows which values each needs.
 *
 * A sentence may hold `{names}`; a plural chooses its form by `{count}`. English is complete; another language may be partly
 * translated and falls back to English sentence by sentence.
 */
import type { Language } from "../domain/languages.ts";
import { languages } from "../domain/languages.ts";
import { en } from "./en/index.ts";
import type { Plural } from "./plural.ts";

export { languages };
export type { Language };

type Leaf = string | Plural;
type Keys<Tree> = {
  [K in keyof Tree & string]: Tree[K] extends Leaf ? K : `${K}.${Keys<Tree[K]>}`;
}[keyof Tree & string];
/** Path to a sentence, such as `reader.consensus`. */
export type Key = Keys<typeof en>;

type At<Tree, K extends string> = K extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Tree
    ? At<Tree[Head], Rest>
    : never
  : K extends keyof Tree
    ? Tree[K]
    : never;
type Names<Sentence> = Sentence extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesIn<Said> = Said extends Plural ? "count" | Names<Said["plural"][keyof Said["plural"]]> : Names<Said>;
type Values<K extends Key, Value> = [NamesIn<At<typeof en, K>>] extends [never]
  ? readonly []
  : readonly [values: Readonly<Record<NamesIn<At<typeof en, K>>, Value>>];

/** One language, ready to be said. */
export interface Voice {
  readonly language: Language;
  readonly dir: "ltr" | "rtl";
  /** The sentence with its values in place; numbers are written as the language writes them. */
  readonly say: <K extends Key>(key: K, ...values: Values<K, string | number>) => string;
  /** The same in pieces, for values that are more than words: a link, an emphasis. */
  readonly pieces: <K extends Key, T>(key: K, ...values: Values<K, string | number | T>) => (string | T)[];
  /** "Freedonia, Sylvania and Osterlich" */
  readonly list: (items: readonly string[]) => string;
}

/** Another language holds whichever of the English sentences are translated; its plurals may have other forms. */
type Translation<Tree> = {
  readonly [K in keyof Tree]?: Tree[K] extends Plural ? Plural : Tree[K] extends string ? string : Translation<Tree[K]>;
};

const translations: { readonly [L in Language]?: Translation<typeof en> } = { en };

/** "en" alone would write American dates and lists; the United Nations write "5 November 2026" and "a, b and c". */
export const localeOf = (language: Language): string => (language === "en" ? "en-GB" : language);

const voices = new Map<Language, Voice>();

/** The same voice for the same language. */
export function voiceIn(language: Language): Voice {
  let voice = voices.get(language);
  if (!voice) voices.set(language, (voice = makeVoice(language)));
  return voice;
}

function makeVoice(language: Language): Voice {
  const plurals = new Intl.PluralRules(localeOf(language));
  const numbers = new Intl.NumberFormat(localeOf(language));
  const lists = new Intl.ListFormat(localeOf(language), { type: "conjunction" });

  const pieces = <T>(key: Key, values: Readonly<Record<string, string | number | T>> = {}): (string | T)[] => {
    const said = find(translations[language], key) ?? find(en, key);
    if (said === undefined) throw new Error(`say: no sentence ${key}`);
    const sentence = typeof said === "string" ? said : form(said, Number(values["count"]));
    const found: (string | T)[] = [];
    for (const [index, piece] of sentence.split(/\{(\w+)\}/).entries()) {
      // `split` gives the words between at even places and the names at odd ones.
      const value = index % 2 === 0 ? piece : values[piece];
      if (value === undefined) throw new Error(`say: ${key} needs {${piece}}`);
      if (value !== "") found.push(typeof value === "number" ? numbers.format(value) : value);
    }
    return found;
  };
  const form = ({ plural }: Plural, count: number): string => plural[plurals.select(count)] ?? plural.other;

  return {
    language,
    dir: language === "ar" ? "rtl" : "ltr",
    say: (key, ...[values]) => pieces<never>(key, values).join(""),
    pieces: (key, ...[values]) => pieces(key, values),
    list: (items) => lists.format(items),
  };
}

function find(tree: unknown, key: string): Leaf | undefined {
  let at = tree;
  for (const step of key.split(".")) at = (at as Record<string, unknown> | undefined)?.[step];
  return at as Leaf | undefined;
}
