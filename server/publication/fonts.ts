/**
 * The fonts that a PDF is drawn with: ours for Latin, Greek, Cyrillic, Hebrew and Arabic, and for what they lack those of FONT_PATHS.
 * These are looked at only for a text that needs them: the ones for Chinese are 20 MB each.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";

/** The faces of one file, as the typesetter describes them and takes them back. */
export interface Faces {
  readonly info: readonly {
    readonly family: string;
    /** Lengths of runs of characters from zero on, in turn left out and drawn. */
    readonly coverage: readonly number[];
  }[];
}

export interface FontFile {
  readonly path: string;
  readonly faces: Faces;
}

export interface Choice {
  readonly files: readonly FontFile[];
  /** In the order in which they are asked for a character. */
  readonly families: readonly string[];
  /** What none of them draws. */
  readonly missing: ReadonlySet<string>;
}

interface Family {
  readonly name: string;
  readonly files: Set<FontFile>;
  readonly coverages: (readonly number[])[];
}

export class Fonts {
  readonly #paths: readonly string[];
  readonly #facesIn: (bytes: Uint8Array) => Faces;
  #own: readonly Family[] | null = null;
  #others: readonly Family[] | null = null;

  /** @param paths files, and folders in which every font is taken */
  constructor(paths: readonly string[], facesIn: (bytes: Uint8Array) => Faces) {
    this.#paths = paths;
    this.#facesIn = facesIn;
  }

  choose(text: ReadonlySet<string>): Choice {
    const chosen = [...(this.#own ??= this.#read(ownFolders))];
    let missing = [...text].filter((character) => !unseen.test(character));
    for (const family of chosen) missing = leftBy(family, missing);
    while (missing.length > 0) {
      const best = bestFor(missing, (this.#others ??= this.#read(this.#paths)));
      if (!best) break;
      chosen.push(best);
      missing = leftBy(best, missing);
    }
    return {
      files: chosen.flatMap(({ files }) => [...files]),
      families: chosen.map(({ name }) => name),
      missing: new Set(missing),
    };
  }

  #read(paths: readonly string[]): readonly Family[] {
    const families = new Map<string, Family>();
    for (const path of paths.flatMap(fontsAt)) {
      const file = { path, faces: this.#facesIn(readFileSync(path)) };
      for (const { family: name, coverage } of file.faces.info) {
        const family = families.get(name) ?? { name, files: new Set(), coverages: [] };
        families.set(name, family);
        family.files.add(file);
        family.coverages.push(coverage);
      }
    }
    return [...families.values()];
  }
}

const { resolve } = createRequire(import.meta.url);
const ownFolders = ["@expo-google-fonts/tinos", "@expo-google-fonts/amiri"].map((name) =>
  dirname(resolve(`${name}/package.json`)),
);

/** Not drawn, but obeyed: spaces, controls, joiners, signs of direction. */
const unseen = /[\p{Z}\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

function fontsAt(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => [".ttf", ".otf", ".ttc", ".otc"].includes(extname(name).toLowerCase()))
    .toSorted()
    .map((name) => join(path, name));
}

/** Of the families that draw nearly as many of these characters as any, one with serifs, as ours are, and for Chinese as the UN writes it. */
function bestFor(characters: readonly string[], families: readonly Family[]): Family | undefined {
  const drawn = families.map((family) => ({ family, count: characters.length - leftBy(family, characters).length }));
  const most = Math.max(0, ...drawn.map(({ count }) => count));
  const unlike = ({ name }: Family): number => (/\bserif\b/i.test(name) ? 0 : 2) + (/\bSC\b/.test(name) ? 0 : 1);
  return drawn
    .filter(({ count }) => count > 0 && count >= most * 0.9)
    .toSorted((a, b) => unlike(a.family) - unlike(b.family))[0]?.family;
}

const leftBy = ({ coverages }: Family, characters: readonly string[]): string[] =>
  characters.filter((character) => !coverages.some((coverage) => draws(coverage, character.codePointAt(0)!)));

function draws(coverage: readonly number[], character: number): boolean {
  let end = 0;
  return coverage.findIndex((length) => (end += length) > character) % 2 === 1;
}
