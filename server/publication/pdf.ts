/**
 * The printed report as PDF, set by Typst, which runs as WebAssembly: it reaches neither files nor network, and the report comes to it as
 * data. The look is `report.typ`. One typesetter serves one thread; it keeps some 200 MB until the thread ends.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import type { TypstCompiler } from "@myriaddreamin/typst-ts-web-compiler";
import startTypst, { TypstCompilerBuilder, TypstFontResolverBuilder } from "@myriaddreamin/typst-ts-web-compiler";
import type { Voice } from "../../shared/messages/say.ts";
import type { Choice, Faces } from "./fonts.ts";
import { Fonts } from "./fonts.ts";
import { inXml } from "./in-xml.ts";
import type { PrintedReport, Remark } from "./printed-report.ts";

/** In pages of 64 KiB: 512 MiB. A text that needs more is not a report. */
const mostMemory = 8_192;
const fullDiagnostics = 3;

/** What Typst answers; its own types say `any`. */
type Compiled =
  | { readonly result: Uint8Array }
  | { readonly result?: never; readonly diagnostics: readonly { readonly message: string }[] };

export class Typesetter {
  readonly #typst: TypstCompiler;
  readonly #fonts: Fonts;
  #loaded = "";

  private constructor(typst: TypstCompiler, fonts: Fonts) {
    this.#typst = typst;
    this.#fonts = fonts;
  }

  /** @param fontPaths where fonts are besides ours */
  static async start(fontPaths: readonly string[]): Promise<Typesetter> {
    // Holds for the whole process, in which nothing else needs more than a few pages.
    setFlagsFromString(`--wasm-max-mem-pages=${mostMemory}`);
    const { resolve } = createRequire(import.meta.url);
    await startTypst({ module_or_path: readFileSync(resolve("@myriaddreamin/typst-ts-web-compiler/wasm")) });
    const builder = new TypstCompilerBuilder();
    builder.set_dummy_access_model();
    const typst = await builder.build();
    typst.add_source("/report.typ", readFileSync(new URL("./report.typ", import.meta.url), "utf8"));
    const reader = new TypstFontResolverBuilder();
    return new Typesetter(typst, new Fonts(fontPaths, (bytes) => reader.get_font_info(bytes) as Faces));
  }

  /** @throws with Typst's own words; after that this typesetter may be of no more use */
  async toPdf(report: PrintedReport, voice: Voice): Promise<Uint8Array> {
    const readable = withTexts(report, inXml);
    const choice = this.#fonts.choose(charactersOf([readable, wordsOf(voice)]));
    await this.#load(choice);
    const data = { ...withTexts(told(readable, voice), numbering(choice.missing)), ...setting(report, choice, voice) };
    this.#typst.map_shadow("/report.json", Buffer.from(JSON.stringify(data)));
    const compiled = this.#compile();
    this.#typst.unmap_shadow("/report.json");
    // What it remembers of this report is of no use to the next.
    this.#typst.reset();
    if (!compiled.result) throw new Error(compiled.diagnostics.map(({ message }) => message).join("; "));
    return compiled.result;
  }

  #compile(): Compiled {
    try {
      return this.#typst.compile("/report.typ", undefined, "pdf", fullDiagnostics) as Compiled;
    } catch (trap) {
      if (!(trap instanceof Error && trap.name === "RuntimeError")) throw trap;
      throw new Error(`Typst broke off, as it does when it needs more than ${mostMemory / 16} MiB`, { cause: trap });
    }
  }

  async #load({ files }: Choice): Promise<void> {
    const key = files.map(({ path }) => path).join("\n");
    if (this.#loaded === key) return;
    const builder = new TypstFontResolverBuilder();
    for (const { path, faces } of files) builder.add_lazy_font(faces, () => readFileSync(path));
    this.#typst.set_fonts(await builder.build());
    this.#loaded = key;
  }
}

// ---------- what the look needs beside the report ----------

const wordsOf = ({ say }: Voice) => ({
  organisation: say("publication.organisation"),
  emptyPart: say("publication.emptyPart"),
  annex: say("summary.annex.title"),
  annexLead: say("summary.annex.lead"),
  statements: say("publication.statements"),
});

/** Each block with what stands under it as it is set: positions that say the same together, and the words over the proposals. */
const told = (report: PrintedReport, voice: Voice) => ({
  ...report,
  parts: report.parts.map((part) => ({
    ...part,
    blocks: part.blocks.map((block) => ({
      ...block,
      remarks: gathered(block.remarks, voice),
      proposalsTitle: voice.say("publication.proposals", { number: block.number.replace(/\.$/, "") }),
    })),
  })),
});

/** Those on words first, each with its place, by which the words know it; then those on the whole paragraph, each said once. */
function gathered(remarks: readonly Remark[], { list, say }: Voice) {
  const onWords = remarks.flatMap(({ by, text, onWords: isOnWords }, place) =>
    isOnWords ? [{ by, text, place }] : [],
  );
  const holders = new Map<string, Map<string, number>>();
  for (const { by, text, onWords: isOnWords } of remarks) {
    if (isOnWords) continue;
    const names = holders.get(text) ?? new Map<string, number>();
    holders.set(text, names.set(by, (names.get(by) ?? 0) + 1));
  }
  const others = [...holders].map(([text, names]) => ({
    by: list([...names].map(([name, count]) => (count > 1 ? say("publication.times", { name, count }) : name))),
    text,
    place: null,
  }));
  return [...onWords, ...others];
}

function setting(report: PrintedReport, { families, missing }: Choice, voice: Voice) {
  return {
    words: wordsOf(voice),
    families,
    missing: missing.size === 0 ? null : voice.say("publication.missing", { count: missing.size }),
    // Compared with a version every change is the chair's.
    isSigned: report.comparison === null,
  };
}

// ---------- texts ----------

/** The report with each of its texts as `change` makes it. */
function withTexts<Value>(value: Value, change: (text: string) => string): Value {
  if (typeof value === "string") return change(value) as Value;
  if (Array.isArray(value)) return value.map((one: unknown) => withTexts(one, change)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withTexts(one as unknown, change)]),
  ) as Value;
}

function charactersOf(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  withTexts(value, (text) => {
    for (const character of text) found.add(character);
    return text;
  });
  return found;
}

/** Writes characters that nothing draws as their numbers, between the signs that `report.typ` frames. */
const numbering =
  (missing: ReadonlySet<string>) =>
  (text: string): string => {
    if (missing.size === 0) return text;
    const numberOf = (character: string): string =>
      `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
    const pieces: string[] = [];
    let run: string[] = [];
    const frame = (): void => {
      if (run.length > 0) pieces.push(`\u{E000}${run.join(" ")}\u{E001}`);
      run = [];
    };
    for (const character of text) {
      if (missing.has(character)) run.push(numberOf(character));
      else {
        frame();
        pieces.push(character);
      }
    }
    frame();
    return pieces.join("");
  };
