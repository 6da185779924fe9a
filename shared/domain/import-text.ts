/**
 * A text from outside, Markdown or plain, as blocks (SPEC: IMP): headings, numbered paragraphs and points, footnotes, both parts.
 * It takes what it finds and reports what it could not keep; no input makes it fail, and no words are lost without being said.
 */
import { bracketsOf, withNotes } from "./brackets.ts";
import type { Marks } from "./editions.ts";
import { inlineOf, visible } from "./import-inline.ts";
import type { Draft } from "./import-outline.ts";
import type { ImportReferences } from "./import-references.ts";
import { referencesIn } from "./import-references.ts";
import { isCounted, markerOf, Outline, wordsOf } from "./import-outline.ts";
import type { Block, Inline, Text } from "./text.ts";
import { flatText } from "./text.ts";
import type { BlockKind, ParagraphId, Part } from "./values.ts";
import { parseParagraphId } from "./values.ts";

export type ImportFormat = "markdown" | "plain";

/** How a text is to be read when nobody says: Markdown shows itself by its headings, its footnotes or its emphasis. */
export const formatOf = (text: string): ImportFormat =>
  /^#{1,6} \S|^\[\^[^\]]+\]:|\*\*\S/m.test(text) ? "markdown" : "plain";

export type ImportWarningCode =
  /** The text is longer than can be taken; the rest is left out. */
  | "cut"
  /** A paragraph is longer than can be kept; it goes on in another one. */
  | "paragraph-split"
  | "footnote-missing"
  | "footnote-unused"
  | "table"
  | "image"
  /** Characters that a reader cannot see were taken out. */
  | "hidden-characters"
  /** Brackets that are opened and not closed in the same paragraph, or the reverse. Kept as they are. */
  | "unbalanced-brackets";

export interface ImportReport {
  /** What the text calls itself: in its front matter, or in a heading at its beginning. */
  readonly title: string | null;
  readonly headings: number;
  readonly paragraphs: { readonly [part in Part]: number };
  readonly footnotes: number;
  readonly brackets: number;
  /** Written numbers, such as "12bis." and "(a)", that were left out: numbers are derived. */
  readonly numbers: number;
  /** Typed numbers of paragraphs, "paragraph 5", that could be references (SPEC: TYR5). */
  readonly references: ImportReferences;
  /** How often each trouble was met. */
  readonly warnings: { readonly [code in ImportWarningCode]?: number };
  /** Where, in the order of the text, as far as it is one place. */
  readonly places: readonly ImportPlace[];
}

export interface ImportPlace {
  readonly code: ImportWarningCode;
  /** The block where it was met; what is left out comes after it. Null for words that have no place. */
  readonly paragraph: ParagraphId | null;
  /** What was left out. */
  readonly words?: string;
}

/** UTF-16 units, and blocks. */
export interface ImportLimits {
  readonly characters: number;
  readonly blocks: number;
  readonly blockCharacters: number;
}

export const importLimits: ImportLimits = { characters: 2_000_000, blocks: 5_000, blockCharacters: 20_000 };

/** So that a text made of nothing but trouble can be told of. */
const mostPlaces = 200;

/** A text from outside, under ids of its own. */
export interface Imported {
  readonly text: Text;
  /** The same with references in place of the typed numbers that the report counts. */
  readonly referring: Text;
  readonly report: ImportReport;
  /** Of blocks that say which of ours they are. */
  readonly marks: Marks;
}

/** @param newId ids for blocks and footnotes */
export function importText(
  source: string,
  format: ImportFormat,
  newId: () => ParagraphId,
  limits: ImportLimits = importLimits,
): Imported {
  const warnings: { [code in ImportWarningCode]?: number } = {};
  const warn = (code: ImportWarningCode, times = 1) => {
    if (times > 0) warnings[code] = (warnings[code] ?? 0) + times;
  };
  const places: ImportPlace[] = [];
  const place = (code: ImportWarningCode, paragraph: ParagraphId | null, words?: string): void => {
    warn(code);
    if (places.length < mostPlaces) places.push({ code, paragraph, ...(words !== undefined && { words }) });
  };
  /** What is met in the paragraph that is being read, which has no id yet. */
  let here: ImportWarningCode[] = [];
  const clean = visible(
    source
      .slice(0, limits.characters)
      .replace(/\r\n?|[\u2028\u2029]/g, "\n")
      .replaceAll("\uFFFC", ""),
  );
  warn("cut", Number(source.length > limits.characters));
  warn("hidden-characters", clean.found);

  const { drafts, notes, links, called } = format === "markdown" ? readMarkdown(clean.text) : readPlain(clean.text);
  const unused = new Set(notes.keys());
  const contentOf = (words: string): Inline[] =>
    format === "plain"
      ? plainInline(words)
      : inlineOf(words, {
          links,
          onImage: () => here.push("image"),
          footnote: (label) => {
            const text = notes.get(label);
            unused.delete(label);
            if (text === undefined) here.push("footnote-missing");
            return text === undefined ? null : { id: newId(), text };
          },
        });

  const title = isTitle(drafts) ? flatText(contentOf(wordsOf(drafts[0]!))) : null;
  const body = title === null ? drafts : drafts.slice(1);
  const headings = body.filter((draft) => draft.kind === "heading" && !beginsBare(draft));
  const ranks = [...new Set(headings.map((heading) => heading.level))].sort((a, b) => a - b);
  const text: Block[] = [];
  const marks = new Map<ParagraphId, ParagraphId>();
  const numbers = new Map<ParagraphId, string>();
  let part: Part = "consensus";
  for (const [index, draft] of body.entries()) {
    const { kind, level } = draft;
    here = draft.table && !body[index - 1]?.table ? ["table"] : [];
    const content = contentOf(wordsOf(draft));
    if (content.length === 0) continue;
    if (kind === "heading") {
      const begins = partBegunBy(flatText(content));
      part = begins?.part ?? part;
      const next = body[index + 1];
      // Without a heading of its own the part would be read under the last heading of the other one: then this one stays.
      const headed = next?.kind === "heading" && ranks.indexOf(next.level) === 0;
      if (begins?.bare && (headed || !text.some((block) => block.kind === "heading"))) continue;
    }
    if (text.length >= limits.blocks) {
      place("cut", text.at(-1)!.id);
      break;
    }
    const pieces = cutAt(content, limits.blockCharacters);
    here.push(...pieces.slice(1).map(() => "paragraph-split" as const));
    const rank = kind === "heading" ? Math.max(0, Math.min(ranks.indexOf(level), 2)) : level;
    const [first = null] = pieces.map((piece) => {
      const id = newId();
      text.push({ id, kind, level: rank, part, content: piece });
      return id;
    });
    if (first !== null && draft.number !== null) numbers.set(first, draft.number);
    for (const code of here) place(code, first);
    const mark = format === "markdown" ? markIn(wordsOf(draft)) : null;
    if (mark !== null && first !== null) marks.set(first, mark);
  }
  for (const label of unused) place("footnote-unused", null, notes.get(label));
  const heading = text[0]?.kind === "heading" ? flatText(text[0].content) : null;
  const referring = referencesIn(text, numbers);
  const report = {
    title: called ?? title ?? heading,
    ...reportOn(text, drafts, place),
    references: referring.report,
    warnings,
    places,
  };
  return { text, referring: referring.text, report, marks };
}

/** The address that a paragraph has on the report's page, as Markdown gives one to a paragraph: "States meet. {#para-…}" */
export const markOf = (id: ParagraphId): string => `{#para-${id}}`;
const markIn = (words: string): ParagraphId | null =>
  parseParagraphId(/\{#para-([0-9A-Za-z]{22})\}\s*$/.exec(words)?.[1] ?? "");

const beginsBare = (draft: Draft): boolean => draft.kind === "heading" && (partBegunBy(wordsOf(draft))?.bare ?? false);

/** A heading over the parts themselves is the title of the whole, which is no block of the text. */
const isTitle = ([first, second]: readonly Draft[]): boolean =>
  first?.kind === "heading" && !beginsBare(first) && second !== undefined && beginsBare(second);

function reportOn(
  text: Text,
  drafts: readonly Draft[],
  place: (code: ImportWarningCode, paragraph: ParagraphId) => void,
): Omit<ImportReport, "title" | "references" | "warnings" | "places"> {
  let brackets = 0;
  let footnotes = 0;
  for (const { id, content } of text) {
    const found = bracketsOf(withNotes(content));
    brackets += found.opens;
    footnotes += content.filter((inline) => inline.t === "footnote").length;
    if (found.strayCloses + found.unclosed > 0) place("unbalanced-brackets", id);
  }
  const count = (kind: BlockKind, part?: Part) =>
    text.filter((block) => block.kind === kind && (part === undefined || block.part === part)).length;
  return {
    headings: count("heading"),
    paragraphs: { consensus: count("paragraph", "consensus"), "chair-summary": count("paragraph", "chair-summary") },
    footnotes,
    brackets,
    numbers: drafts.filter((draft) => draft.number !== null).length,
  };
}

/**
 * The part that a heading begins. `bare`: it says nothing else, as the headings that reports themselves set above their parts,
 * and can be left out, because a report sets it again.
 */
export function partBegunBy(heading: string): { part: Part; bare: boolean } | null {
  const said = heading.replace(/^\s*part\s+(?:i{1,2}|1|2|one|two)\b[\s.:–—-]*/i, "").trim();
  const second = /^\s*part\s+(?:ii|2|two)\b/i.test(heading);
  if (/\bchair(?:person)?(?:['’]s|s['’])?\s+summary\b/i.test(said) || (second && said === "")) {
    return { part: "chair-summary", bare: /^(?:chair['’]s summary)?$/i.test(said) };
  }
  if (/^consensus (?:text|part)$/i.test(said)) return { part: "consensus", bare: true };
  return null;
}

interface Source {
  readonly drafts: readonly Draft[];
  readonly notes: ReadonlyMap<string, string>;
  readonly links: ReadonlySet<string>;
  /** The title in the front matter. */
  readonly called: string | null;
}

function readMarkdown(source: string): Source {
  const notes = new Map<string, string>();
  const links = new Set<string>();
  const outline = new Outline();
  let note: string | null = null;
  const front = /^\uFEFF?---\n([\s\S]*?)\n(?:---|\.\.\.)\n/.exec(source);
  const called = /^title:[ \t]*(["']?)(\S.*?)\1[ \t]*$/m.exec(front?.[1] ?? "")?.[2] ?? null;
  const text = withoutComments(source.slice(front?.[0].length ?? 0)).replace(
    /^[ \t]*[-*+] +\S[^\n]*\n[ \t]*\{:toc\}[ \t]*$/gim,
    "",
  );
  for (const line of text.split("\n")) {
    const bare = line.trim();
    const definition = /^ {0,3}\[\^([^\]\s]+)\]:\s*(.*)$/.exec(line);
    const link = /^ {0,3}\[([^[\]^]+)\]:\s+<?(?:https?:|mailto:|\/|#|\.{1,2}\/)\S*\s*(?:["'(].*)?$/.exec(line);
    const heading = /^ {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$/.exec(line);
    if (definition) {
      note = definition[1]!;
      // The first of a name is the one that is called; another is told of among those that nothing calls.
      while (notes.has(note)) note += " ";
      notes.set(note, definition[2]!.trim());
      outline.blank();
    } else if (note !== null && bare !== "" && /^(?: {2,}|\t)/.test(line)) {
      notes.set(note, `${notes.get(note)} ${bare}`.trim());
    } else if (bare === "") outline.blank();
    else {
      note = null;
      if (link) links.add(link[1]!.toLowerCase());
      else if (heading) outline.heading(heading[1]!.length, heading[2] ?? "");
      else if (/^\s*(?:=+|-{3,})\s*$/.test(line) && outline.makeHeading(bare.startsWith("=") ? 1 : 2)) continue;
      else if (!/^\s*(?:\{[:#][^}]*\}|`{3,}.*|~{3,}.*|([-*_])(?:\s*\1){2,}|=+)\s*$/.test(line))
        outline.line(line.replace(/^ {0,3}> ?/, ""));
    }
  }
  for (const [label, words] of notes)
    notes.set(label, flatText(inlineOf(words, { links, onImage: () => {}, footnote: () => null })));
  return { drafts: outline.drafts, notes, links, called };
}

/** Plain text: no marks and no footnotes; short lines in capitals, that say so, or that stand over a numbered paragraph are headings. */
function readPlain(source: string): Source {
  const outline = new Outline();
  const passages = source.split(/\n[ \t]*\n/).filter((passage) => passage.trim() !== "");
  // From the end: what stands over a heading can be one too, as a title over the first heading.
  let over = false;
  const headings = new Set<number>();
  for (const [place, passage] of [...passages.entries()].toReversed()) {
    const line = passage.trim();
    const isHeading: boolean = isPlainHeading(line) || (over && mayStandOver(line));
    if (isHeading) headings.add(place);
    over = isHeading || /^\[?\d{1,3}[.)]\s/.test(line);
  }
  for (const [place, passage] of passages.entries()) {
    outline.blank();
    if (headings.has(place)) outline.heading(1, passage.trim());
    else for (const line of passage.split("\n")) if (line.trim() !== "") outline.line(line);
  }
  return { drafts: outline.drafts, notes: new Map(), links: new Set(), called: null };
}

/** Short, in one line, not a point or a sentence: "Existing and potential threats". */
const mayStandOver = (line: string): boolean =>
  line.length <= 120 && /^\p{Lu}/u.test(line) && !/\n|[.,;:!?]$/.test(line) && markerOf(line) === null;

/** Comments of HTML left out; one that does not end is words. */
function withoutComments(source: string): string {
  let text = "";
  let from = 0;
  for (const { index } of source.matchAll(/(?<!\\)<!--/g)) {
    if (index < from) continue; // inside the comment before
    const end = source.indexOf("-->", index + 4);
    if (end < 0) break;
    text += source.slice(from, index);
    from = end + 3;
  }
  return text + source.slice(from);
}

function isPlainHeading(line: string): boolean {
  if (line.length > 120 || line.includes("\n") || /[.,;:]$/.test(line)) return false;
  if (/^(?:part|chapter|section|article|annex|preamble)\b/i.test(line) || isCounted(line)) return true;
  return partBegunBy(line) !== null || (/\p{Lu}{2}/u.test(line) && !/\p{Ll}/u.test(line) && !/[[\]]/.test(line));
}

function plainInline(words: string): Inline[] {
  const text = words.replace(/\s+/g, " ").trim();
  return text === "" ? [] : [{ t: "text", text }];
}

/** Content in pieces of at most so many characters, cut at white space where there is some. */
function cutAt(content: readonly Inline[], most: number): Inline[][] {
  const pieces: Inline[][] = [[]];
  let room = most;
  for (const inline of content) {
    if (inline.t !== "text") {
      if (room < 1) {
        pieces.push([]);
        room = most;
      }
      pieces.at(-1)!.push(inline);
      room--;
      continue;
    }
    let { text } = inline;
    while (text.length > room) {
      const space = text.lastIndexOf(" ", room);
      const cut = space > 0 ? space : wholeCharacters(text, room);
      if (cut > 0) pieces.at(-1)!.push({ ...inline, text: text.slice(0, cut) });
      text = text.slice(cut).trimStart();
      pieces.push([]);
      room = most;
    }
    if (text !== "") pieces.at(-1)!.push({ ...inline, text });
    room -= text.length;
  }
  return pieces.filter((piece) => piece.length > 0);
}

/** So many units of the text, or one less where that would cut a character in two. */
const wholeCharacters = (text: string, units: number): number =>
  units > 1 && /[\uD800-\uDBFF]/.test(text[units - 1]!) ? units - 1 : units;
