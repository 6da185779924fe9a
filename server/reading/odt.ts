/**
 * An OpenDocument text as paragraphs. Insertions stand in the text between two points, deletions apart from it, with the ends of paragraphs
 * that they took; here each is put back where it was struck.
 */
import type { Mark } from "../../shared/domain/text.ts";
import type { Archive } from "./archive.ts";
import type { Form } from "./assembling.ts";
import { Assembling, Findings, plainText } from "./assembling.ts";
import { headingNamed, spelled } from "./docx-forms.ts";
import { originFrom, timeFrom } from "./origin.ts";
import type { Author, ReadComment, ReadDocument, ReadParagraph, Tracked } from "./read-document.ts";
import { FileRefused } from "./read-document.ts";
import type { ReadingLimits } from "./reading-limits.ts";
import type { Element } from "./xml.ts";
import { childOf, childrenOf, parseXml } from "./xml.ts";

/** @throws FileRefused */
export function readOdt(archive: Archive, limits: ReadingLimits): ReadDocument {
  return new Odt(archive, limits).read();
}

/** An attribute by its name without the prefix, which is the program's to choose. */
function attribute(element: Element | null, name: string): string | null {
  const attributes = element?.attributes;
  for (let at = 0; at < (attributes?.length ?? 0); at++) {
    const one = attributes?.item(at);
    if (one?.localName === name) return one.value;
  }
  return null;
}

interface Change {
  readonly tracked: Tracked;
  /** What a deletion took out. */
  readonly taken: Element | null;
}

interface Style {
  readonly name: string;
  readonly parent: string | null;
  readonly marks: readonly Mark[] | null;
  readonly isStruck: boolean;
  readonly isHidden: boolean;
}

interface List {
  readonly style: string | null;
  readonly level: number;
  /** Counted through, one for each level. */
  readonly counts: number[];
}

/** What surrounds what is being read. */
interface Around {
  readonly tracked: Tracked;
  readonly cell: ReadParagraph["cell"];
  readonly list: List | null;
  /** The paragraph is the first of its item. */
  readonly item: { isNumbered: boolean } | null;
  readonly marks: readonly Mark[];
}

class Odt {
  readonly #archive: Archive;
  readonly #limits: ReadingLimits;
  readonly #findings: Findings;
  readonly #styles = new Map<string, Style>();
  readonly #lists = new Map<string, readonly Element[]>();
  readonly #changes = new Map<string, Change>();
  /** Those between whose points we are. */
  readonly #open = new Map<string, Author>();
  readonly #comments: ReadComment[] = [];
  /** Of comments that are on words. */
  readonly #ends = new Set<string>();
  readonly #counts = new Map<string, number[]>();
  #tables = 0;

  constructor(archive: Archive, limits: ReadingLimits) {
    this.#archive = archive;
    this.#limits = limits;
    this.#findings = new Findings(limits);
  }

  read(): ReadDocument {
    const manifest = this.#xml("META-INF/manifest.xml");
    for (const file of manifest ? childrenOf(manifest) : [])
      if (childOf(file, "encryption-data")) throw new FileRefused("file-locked", "it is encrypted");
    const content = this.#xml("content.xml");
    const text = childOf(childOf(content, "body"), "text");
    if (!content || !text) throw new FileRefused("file-damaged", "it has no text");
    const styles = this.#xml("styles.xml");
    for (const holder of ["styles", "automatic-styles"]) this.#readStyles(childOf(styles, holder));
    this.#readStyles(childOf(content, "automatic-styles"));
    this.#readChanges(childOf(text, "tracked-changes"));
    const into = new Assembling(this.#findings);
    for (const end of text.getElementsByTagName("office:annotation-end")) this.#ends.add(attribute(end, "name") ?? "");
    this.#blocks(text, nowhere, into);
    this.#findings.comments(this.#comments.length);
    const meta = childOf(this.#xml("meta.xml"), "meta");
    const title = childOf(meta, "title")?.textContent?.trim() ?? "";
    return {
      format: "odt",
      origin: originFrom(childrenOf, meta),
      title: title === "" ? null : this.#findings.words(title),
      paragraphs: into.paragraphs,
      comments: this.#comments,
      notices: this.#findings.notices,
    };
  }

  #xml(name: string): Element | null {
    const source = this.#archive.get(name);
    return source === undefined ? null : parseXml(source, name, this.#limits);
  }

  #readStyles(holder: Element | null): void {
    for (const style of holder ? childrenOf(holder) : []) {
      const name = attribute(style, "name") ?? "";
      if (style.localName === "list-style") this.#lists.set(name, [...childrenOf(style)]);
      if (style.localName !== "style") continue;
      const looks = childOf(style, "text-properties");
      this.#styles.set(`${attribute(style, "family")} ${name}`, {
        name: attribute(style, "display-name") ?? name,
        parent: attribute(style, "parent-style-name"),
        marks: looks && marksOf(looks),
        isStruck: !["none", null].includes(attribute(looks, "text-line-through-style")),
        isHidden: attribute(looks, "display") === "none",
      });
    }
  }

  #readChanges(holder: Element | null): void {
    for (const region of holder ? childrenOf(holder) : []) {
      let tracked: Tracked = {};
      let taken: Element | null = null;
      for (const change of childrenOf(region)) {
        const info = childOf(change, "change-info");
        const author: Author = {
          by: childOf(info, "creator")?.textContent ?? "",
          at: timeFrom(childOf(info, "date")?.textContent ?? null),
        };
        if (change.localName === "insertion") tracked = { ...tracked, inserted: author };
        else if (change.localName === "deletion") {
          tracked = { ...tracked, deleted: author };
          taken = change;
        } else if (change.localName === "format-change") this.#findings.notice("looks-changed");
        else this.#findings.notice("unknown-change");
      }
      this.#changes.set(attribute(region, "id") ?? "", { tracked, taken });
    }
  }

  #blocks(parent: Element, around: Around, into: Assembling): void {
    for (const child of childrenOf(parent)) {
      switch (child.localName) {
        case "p":
        case "h":
          this.#paragraph(child, around, into);
          break;
        case "list":
          this.#list(child, around, into);
          break;
        case "section":
        case "index-body":
        case "numbered-paragraph":
          this.#blocks(child, around, into);
          break;
        case "table":
          this.#table(child, around, into);
          break;
        case "tracked-changes":
        case "forms":
        case "soft-page-break":
        case "title":
          break;
        default:
          if (child.localName?.endsWith("-decls")) break;
          if (/(?:-index|-of-content|bibliography)$/.test(child.localName ?? "")) into.notice("index");
          else this.#mark(child, around, into);
      }
    }
  }

  #list(list: Element, around: Around, into: Assembling): void {
    const level = around.list ? around.list.level + 1 : 0;
    const style = attribute(list, "style-name") ?? around.list?.style ?? null;
    const before = attribute(list, "continue-list");
    const goesOn = attribute(list, "continue-numbering") === "true";
    const counts =
      around.list?.counts ?? ((before !== null || goesOn) && this.#counts.get(before ?? style ?? "")) ?? null;
    const own: List = { style, level, counts: counts || [] };
    for (const key of [attribute(list, "id"), style])
      if (key !== null && level === 0) this.#counts.set(key, own.counts);
    for (const item of childrenOf(list)) {
      const isHeader = item.localName === "list-header";
      const start = Number(attribute(item, "start-value") ?? Number.NaN);
      if (!Number.isNaN(start)) own.counts[level] = start - 1;
      this.#blocks(item, { ...around, list: own, item: isHeader ? null : { isNumbered: false } }, into);
    }
  }

  /** The sign of a list's item, for its first paragraph. */
  #label({ list, item }: Around, own: Element): Form["label"] {
    if (!list || !item || item.isNumbered) return null;
    item.isNumbered = true;
    const { level, counts } = list;
    const levels = this.#lists.get(list.style ?? "") ?? [];
    const of = (at: number): Element | null => levels.find((one) => attribute(one, "level") === String(at + 1)) ?? null;
    const style = of(level);
    counts[level] = (counts[level] ?? Number(attribute(style, "start-value") ?? 1) - 1) + 1;
    counts.length = level + 1;
    const written = childOf(own, "number")?.textContent;
    if (written) return { text: this.#findings.words(written), level };
    if (style?.localName === "list-level-style-bullet") return { text: "•", level };
    const shown = Math.min(level + 1, Number(attribute(style, "display-levels") ?? 1) || 1);
    const numbers = counts
      .slice(level + 1 - shown)
      .map((count, index) =>
        spelled(count, formats[attribute(of(level + 1 - shown + index), "num-format") ?? "1"] ?? "none"),
      );
    const text = `${attribute(style, "num-prefix") ?? ""}${numbers.join(".")}${attribute(style, "num-suffix") ?? ""}`;
    return { text, level };
  }

  #table(table: Element, around: Around, into: Assembling): void {
    into.notice(around.cell ? "nested-table" : "table");
    const number = around.cell?.table ?? this.#tables++;
    let row = 0;
    const rows = (parent: Element): void => {
      for (const child of childrenOf(parent)) {
        if (child.localName !== "table-row") {
          if (/^table-(?:header-)?row(?:s|-group)$/.test(child.localName ?? "")) rows(child);
          continue;
        }
        let column = 0;
        for (const cell of childrenOf(child)) {
          if (cell.localName !== "table-cell") continue;
          this.#blocks(
            cell,
            { ...around, list: null, item: null, cell: around.cell ?? { table: number, row, column } },
            into,
          );
          column++;
        }
        row++;
      }
    };
    rows(table);
  }

  #paragraph(paragraph: Element, around: Around, into: Assembling): void {
    const form = this.#form(paragraph, around);
    this.#inline(paragraph, { ...around, marks: [] }, into);
    into.endParagraph(form, this.#tracked(around));
  }

  #form(paragraph: Element, around: Around): Form {
    const style = attribute(paragraph, "style-name");
    const outline = Number(attribute(paragraph, "outline-level") ?? 1);
    return {
      style: this.#named(style),
      heading: paragraph.localName === "h" ? Math.min(9, Math.max(1, outline || 1)) : headingNamed(this.#named(style)),
      label: this.#label(around, paragraph),
      cell: around.cell,
    };
  }

  /** What the program shows: styles that it made itself are named after those they are made from. */
  #named(style: string | null): string {
    const known = this.#styles.get(`paragraph ${style ?? ""}`);
    if (!known || style === null) return style ?? "";
    return /^P\d+$/.test(style) && known.parent !== null ? this.#named(known.parent) : known.name;
  }

  #tracked({ tracked }: Around): Tracked {
    let now = tracked;
    for (const author of this.#open.values()) now = { ...now, inserted: author };
    return now;
  }

  #inline(parent: Element, around: Around, into: Assembling): void {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (node.nodeType === node.TEXT_NODE || node.nodeType === node.CDATA_SECTION_NODE)
        this.#say(node.nodeValue ?? "", around, into);
      else if (node.nodeType === node.ELEMENT_NODE) this.#piece(node as Element, around, into);
    }
  }

  #say(text: string, around: Around, into: Assembling): void {
    // White space with a line's end in it, of a file that was written to be looked at.
    if (text.trim() === "" && text.includes("\n")) return;
    into.text(text.replace(/[ \t\r\n]+/g, " "), around.marks, this.#tracked(around));
  }

  #piece(element: Element, around: Around, into: Assembling): void {
    switch (element.localName) {
      case "span": {
        const style = this.#styles.get(`text ${attribute(element, "style-name") ?? ""}`);
        if (style?.isHidden) return into.notice("hidden-text");
        if (style?.isStruck) into.notice("struck-by-hand");
        const parent = style?.parent === null ? undefined : this.#styles.get(`text ${style?.parent ?? ""}`);
        const marks = style?.marks ?? parent?.marks ?? [];
        return this.#inline(element, { ...around, marks: [...new Set([...around.marks, ...marks])] }, into);
      }
      case "s":
        return into.text(
          " ".repeat(Math.min(1_000, Number(attribute(element, "c") ?? 1) || 1)),
          around.marks,
          this.#tracked(around),
        );
      case "tab":
        return into.text("\t", around.marks, this.#tracked(around));
      case "line-break":
        return into.text("\n", around.marks, this.#tracked(around));
      case "a":
      case "meta":
      case "ruby-base":
        return this.#inline(element, around, into);
      case "ruby": {
        const base = childOf(element, "ruby-base");
        into.notice("unknown-content");
        return base ? this.#inline(base, around, into) : undefined;
      }
      case "note": {
        const body = childOf(element, "note-body");
        return into.note(body ? this.#apart(body) : [], this.#tracked(around));
      }
      case "number":
        return;
      default:
        return this.#mark(element, around, into);
    }
  }

  /** What may stand in a paragraph and between paragraphs. */
  #mark(element: Element, around: Around, into: Assembling): void {
    const name = (): string => attribute(element, "name") ?? "";
    switch (element.localName ?? "") {
      case "bookmark":
        into.beginAnchor(name(), name());
        return into.endAnchor(name());
      case "bookmark-start":
        return into.beginAnchor(name(), name());
      case "bookmark-end":
        return into.endAnchor(name());
      case "annotation":
        return this.#annotation(element, into);
      case "annotation-end":
        return into.endComment(name());
      case "change-start": {
        const id = attribute(element, "change-id") ?? "";
        const author = this.#changes.get(id)?.tracked.inserted;
        if (author) this.#open.set(id, author);
        else if (!this.#changes.has(id)) into.unclear();
        return;
      }
      case "change-end":
        this.#open.delete(attribute(element, "change-id") ?? "");
        return;
      case "change":
        return this.#deletion(attribute(element, "change-id") ?? "", around, into);
      case "soft-page-break":
      case "reference-mark":
      case "reference-mark-start":
      case "reference-mark-end":
      case "alphabetical-index-mark":
      case "toc-mark":
        return;
    }
    if (/:drawing:/.test(element.namespaceURI ?? "")) return this.#picture(element, into);
    if (!/:text:/.test(element.namespaceURI ?? "")) return into.notice("unknown-content");
    // A page number, a date, a reference: what it last said.
    into.notice("field");
    this.#inline(element, around, into);
  }

  /** Puts back what was taken out, with the ends of the paragraphs in it. */
  #deletion(id: string, around: Around, into: Assembling): void {
    const change = this.#changes.get(id);
    if (!change?.taken) return into.unclear();
    const within: Around = { ...around, tracked: { ...around.tracked, ...change.tracked } };
    let last: Element | null = null;
    for (const paragraph of paragraphsIn(change.taken)) {
      if (last) into.endParagraph({ ...this.#form(last, { ...within, list: null }) }, this.#tracked(within));
      this.#inline(paragraph, { ...within, marks: [] }, into);
      last = paragraph;
    }
  }

  #annotation(element: Element, into: Assembling): void {
    const id = attribute(element, "name") ?? `annotation ${this.#comments.length}`;
    this.#comments.push({
      id,
      by: childOf(element, "creator")?.textContent ?? "",
      at: timeFrom(childOf(element, "date")?.textContent ?? null),
      text: plainText(this.#apart(element)),
      to: attribute(element, "parent-name"),
      isResolved: attribute(element, "resolved") === "true",
    });
    if (this.#ends.has(id)) into.beginComment(id);
    else into.touchComment(id);
  }

  /** The paragraphs of a note or a comment. */
  #apart(parent: Element): readonly ReadParagraph[] {
    const into = new Assembling(this.#findings);
    for (const paragraph of paragraphsIn(parent)) this.#paragraph(paragraph, nowhere, into);
    return into.paragraphs;
  }

  #picture(element: Element, into: Assembling): void {
    const box = [element, ...element.getElementsByTagName("*")].find(
      ({ localName }) => localName === "text-box" || localName === "custom-shape",
    );
    if (box) into.notice("text-box", plainText(this.#apart(box)));
    else into.notice("image");
  }
}

const nowhere: Around = { tracked: {}, cell: null, list: null, item: null, marks: [] };

/** Those of lists and tables as well. */
function* paragraphsIn(parent: Element): Generator<Element> {
  for (const child of childrenOf(parent)) {
    if (child.localName === "p" || child.localName === "h") yield child;
    else yield* paragraphsIn(child);
  }
}

/** How this format names the spellings of numbers. */
const formats: { readonly [format: string]: string } = {
  "1": "decimal",
  a: "lowerLetter",
  A: "upperLetter",
  i: "lowerRoman",
  I: "upperRoman",
};

function marksOf(looks: Element): readonly Mark[] {
  const weight = attribute(looks, "font-weight") ?? "";
  const marks: Mark[] = [];
  if (weight === "bold" || Number(weight) >= 600) marks.push("strong");
  if (["italic", "oblique"].includes(attribute(looks, "font-style") ?? "")) marks.push("em");
  if (!["none", null].includes(attribute(looks, "text-underline-style"))) marks.push("underline");
  return marks;
}
