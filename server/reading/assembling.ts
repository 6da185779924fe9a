/** Paragraphs put together from what a reader meets in the order of a document: both formats tell it differently, and both tell this. */
import type { Notice } from "../../shared/domain/file-notices.ts";
import { visible } from "../../shared/domain/import-inline.ts";
import type { Mark } from "../../shared/domain/text.ts";
import { parseParagraphId } from "../../shared/domain/values.ts";
import type { Anchor, Met, ReadParagraph, ReadPiece, Tracked } from "./read-document.ts";
import { FileRefused } from "./read-document.ts";

export interface DocumentLimits {
  readonly paragraphs: number;
  /** UTF-16 units of all its words, notes and comments included. */
  readonly characters: number;
  readonly pieces: number;
  readonly comments: number;
}

/** What is counted through a whole document, notes and comments included. */
export class Findings {
  readonly #limits: DocumentLimits;
  readonly notices: { [code in Notice]?: number } = {};
  #characters = 0;
  #pieces = 0;

  constructor(limits: DocumentLimits) {
    this.#limits = limits;
  }

  /** @returns how often it was met so far */
  notice(code: Notice, times = 1): number {
    const count = (this.notices[code] ?? 0) + times;
    if (times > 0) this.notices[code] = count;
    return count;
  }

  /** As words are kept: composed, and without characters that nobody sees. */
  words(text: string): string {
    this.#characters += text.length;
    if (this.#characters > this.#limits.characters) throw tooLong();
    const clean = visible(text.replaceAll("\uFFFC", ""));
    this.notice("hidden-characters", clean.found);
    return clean.text;
  }

  piece(): void {
    if (++this.#pieces > this.#limits.pieces) throw tooLong();
  }

  /** Of the document, or of one note or comment. */
  paragraphs(count: number): void {
    if (count > this.#limits.paragraphs) throw tooLong();
  }

  comments(count: number): void {
    if (count > this.#limits.comments) throw tooLong();
  }
}

const tooLong = (): FileRefused => new FileRefused("file-too-large", "longer than any report");

/** Of each kind: enough to look at. */
const mostPlaces = 20;

type Open = { -readonly [key in keyof Anchor]: Anchor[key] };

/** What is known of a paragraph besides its words. */
export type Form = Pick<ReadParagraph, "style" | "heading" | "label" | "cell">;

export class Assembling {
  readonly paragraphs: ReadParagraph[] = [];
  readonly #findings: Findings;
  readonly #comments = new Set<string>();
  #touched = new Set<string>();
  /** By the key under which its end names it. */
  readonly #open = new Map<string, Open>();
  #pieces: ReadPiece[] = [];
  #anchors: Open[] = [];
  #met: Met[] = [];
  #length = 0;
  #isUnclear = false;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  text(text: string, marks: readonly Mark[], tracked: Tracked): void {
    const words = this.#findings.words(text);
    if (words === "") return;
    this.#length += words.length;
    const piece: ReadPiece = { t: "text", text: words, ...(marks.length > 0 && { marks }), ...this.#around(tracked) };
    const last = this.#pieces.at(-1);
    if (last?.t === "text" && isAlike(last, piece)) {
      this.#pieces[this.#pieces.length - 1] = { ...last, text: last.text + words };
      return;
    }
    this.#findings.piece();
    this.#pieces.push(piece);
  }

  note(paragraphs: readonly ReadParagraph[], tracked: Tracked): void {
    this.#findings.piece();
    for (const { met } of paragraphs) for (const one of met) this.#met.push({ ...one, at: this.#length });
    this.#length++;
    this.#pieces.push({ t: "note", pieces: asOne(paragraphs), ...this.#around(tracked) });
  }

  beginComment(id: string): void {
    this.#comments.add(id);
    this.#touched.add(id);
  }

  /** Where it stands, if on no words. */
  touchComment(id: string): void {
    this.#touched.add(id);
  }

  endComment(id: string): void {
    this.#comments.delete(id);
  }

  /** @param key under which `endAnchor` names it; any bookmark may come, ours are kept */
  beginAnchor(key: string, name: string): void {
    const of = ours(name);
    if (!of) return;
    const anchor: Open = { of, from: this.#length, to: null };
    this.#open.set(key, anchor);
    this.#anchors.push(anchor);
  }

  endAnchor(key: string): void {
    const anchor = this.#open.get(key);
    // Word ends a mark between paragraphs when what follows it in its own was deleted.
    if (anchor && anchor.from === null && this.#length === 0) this.#anchors.splice(this.#anchors.indexOf(anchor), 1);
    else if (anchor) anchor.to = this.#length;
    this.#open.delete(key);
  }

  /** What is met here and is none of the words. @param words that stand in it */
  notice(code: Notice, words = ""): void {
    const said = this.#findings.words(words).replace(/\s+/g, " ").trim();
    if (this.#findings.notice(code) <= mostPlaces)
      this.#met.push({ code, at: this.#length, ...(said !== "" && { words: said }) });
  }

  unclear(): void {
    this.#findings.notice("unknown-change");
    this.#isUnclear = true;
  }

  endParagraph(form: Form, end: Tracked): void {
    this.#findings.paragraphs(this.paragraphs.length + 1);
    const unclear = this.#isUnclear;
    const comments = [...this.#touched];
    const [anchors, pieces, met] = [this.#anchors, this.#pieces, this.#met];
    this.paragraphs.push({ ...form, anchors, pieces, comments, met, end, unclear });
    this.#touched = new Set(this.#comments);
    this.#pieces = [];
    this.#length = 0;
    this.#isUnclear = false;
    this.#anchors = [];
    this.#met = [];
    for (const [key, { of }] of this.#open) {
      const goesOn: Open = { of, from: null, to: null };
      this.#open.set(key, goesOn);
      this.#anchors.push(goesOn);
    }
  }

  #around(tracked: Tracked): Tracked & { comments?: readonly string[] } {
    return this.#comments.size > 0 ? { ...tracked, comments: [...this.#comments] } : tracked;
  }
}

/** LibreOffice numbers a mark that it keeps with deleted words: "para_…_… Copy 1". */
function ours(name: string): Anchor["of"] | null {
  const [, paragraph = "", hash = ""] = /^para_([0-9A-Za-z]+)_([0-9a-f]{12})(?: |$)/.exec(name) ?? [];
  const id = parseParagraphId(paragraph);
  if (id) return { kind: "paragraph", id, hash };
  const [, proposal] = /^prop_([0-9A-Za-z]{22})(?: |$)/.exec(name) ?? [];
  return proposal === undefined
    ? null
    : { kind: "proposal", id: proposal as Extract<Anchor["of"], { kind: "proposal" }>["id"] };
}

/** Several paragraphs as the pieces of one, a space between them. */
export const asOne = (paragraphs: readonly ReadParagraph[]): readonly ReadPiece[] =>
  paragraphs
    .filter(({ pieces }) => pieces.length > 0)
    .flatMap(({ pieces }, index): readonly ReadPiece[] =>
      index === 0 ? pieces : [{ t: "text", text: " " }, ...pieces],
    );

/** What a comment says. */
export const plainText = (paragraphs: readonly ReadParagraph[]): string =>
  paragraphs
    .map(({ pieces }) => pieces.map((piece) => (piece.t === "text" ? piece.text : "")).join(""))
    .join("\n")
    .trim();

const isAlike = (a: ReadPiece & { t: "text" }, b: ReadPiece & { t: "text" }): boolean =>
  (a.marks ?? []).join() === (b.marks ?? []).join() &&
  (a.comments ?? []).join() === (b.comments ?? []).join() &&
  a.moved === b.moved &&
  isSame(a.inserted, b.inserted) &&
  isSame(a.deleted, b.deleted);

const isSame = (a: Tracked["inserted"], b: Tracked["inserted"]): boolean => a?.by === b?.by && a?.at === b?.at;
