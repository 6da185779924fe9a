/**
 * A Word document as paragraphs: insertions and deletions with their authors, comments with the words they are on, notes, and the numbers
 * that Word counts itself. What is not words and not known is counted as a notice, never dropped in silence.
 */
import type { Mark } from "../../shared/domain/text.ts";
import type { Archive } from "./archive.ts";
import type { Form } from "./assembling.ts";
import { Assembling, Findings, plainText } from "./assembling.ts";
import { attribute, isOn, isWords, Numbering, outlineOf, Styles, valueOf } from "./docx-forms.ts";
import { originFrom, timeFrom } from "./origin.ts";
import type { ReadComment, ReadDocument, ReadParagraph, Tracked } from "./read-document.ts";
import { FileRefused } from "./read-document.ts";
import type { ReadingLimits } from "./reading-limits.ts";
import type { Element } from "./xml.ts";
import { childOf, childrenOf, parseXml } from "./xml.ts";

/** @throws FileRefused */
export function readDocx(archive: Archive, limits: ReadingLimits): ReadDocument {
  return new Docx(archive, limits).read();
}

/** Changes of looks, of which the later ones stand. */
const looks = /^(?:rPr|pPr|sectPr|tblPr|tblGrid|trPr|tcPr|tblPrEx|numbering)Change$/;
/** What says nothing: marks of spelling, permissions, ends of what is known by its beginning. */
const silent =
  /^(?:proofErr|perm(?:Start|End)|lastRenderedPageBreak|move(?:From|To)Range(?:Start|End)|annotationRef|footnoteRef|endnoteRef|separator|continuationSeparator|softHyphen|[a-zA-Z]*Pr|tblGrid|instrText|delInstrText|pgNum)$/;
/** As a paragraph of Word may carry them and others do. */
const changeLike = /ins|del|move|change|merge/i;

interface Cell {
  readonly table: number;
  readonly row: number;
  readonly column: number;
}

/** What surrounds what is being read. */
interface Around {
  readonly tracked: Tracked;
  readonly cell: Cell | null;
}

class Docx {
  readonly #archive: Archive;
  readonly #limits: ReadingLimits;
  readonly #findings: Findings;
  readonly #parts: ReadonlyMap<string, string>;
  readonly #main: string;
  readonly #styles: Styles;
  readonly #numbering: Numbering;
  readonly #notes = new Map<string, readonly ReadParagraph[]>();
  #tables = 0;

  constructor(archive: Archive, limits: ReadingLimits) {
    this.#archive = archive;
    this.#limits = limits;
    this.#findings = new Findings(limits);
    this.#main = [...this.#related("").values()].find((name) => /document\d*\.xml$/.test(name)) ?? "word/document.xml";
    this.#parts = this.#related(this.#main);
    this.#styles = new Styles(this.#part("styles"));
    this.#numbering = new Numbering(this.#part("numbering"));
  }

  read(): ReadDocument {
    const body = childOf(this.#xml(this.#main), "body");
    if (!body) throw new FileRefused("file-damaged", "it has no body");
    for (const kind of ["footnote", "endnote"] as const) this.#readNotes(kind);
    const comments = this.#comments();
    const paragraphs = this.#flow(body, { tracked: {}, cell: null });
    const title = childOf(this.#xml("docProps/core.xml"), "title")?.textContent?.trim() ?? "";
    return {
      format: "docx",
      origin: originFrom(childrenOf, this.#xml("docProps/custom.xml")),
      title: title === "" ? null : this.#findings.words(title),
      paragraphs,
      comments,
      notices: this.#findings.notices,
    };
  }

  /** The parts that belong to this one, by the last word of their kind. */
  #related(name: string): ReadonlyMap<string, string> {
    const folder = name.slice(0, name.lastIndexOf("/") + 1);
    const root = this.#xml(`${folder}_rels/${name.slice(folder.length)}.rels`);
    const parts = new Map<string, string>();
    for (const { attributes } of root ? childrenOf(root) : []) {
      const given = (key: string): string => attributes.getNamedItem(key)?.value ?? "";
      const target = given("Target");
      if (given("TargetMode") !== "External")
        parts.set(given("Type").replace(/.*\//, ""), target.startsWith("/") ? target.slice(1) : folder + target);
    }
    return parts;
  }

  #part(kind: string): Element | null {
    const name = this.#parts.get(kind);
    return name === undefined ? null : this.#xml(name);
  }

  #xml(name: string): Element | null {
    const source = this.#archive.get(name);
    return source === undefined ? null : parseXml(source, name, this.#limits);
  }

  #readNotes(kind: "footnote" | "endnote"): void {
    const root = this.#part(`${kind}s`);
    for (const note of root ? childrenOf(root) : []) {
      const type = attribute(note, "type") ?? "normal";
      if (type !== "normal") continue;
      this.#notes.set(`${kind}Reference ${attribute(note, "id")}`, this.#flow(note, { tracked: {}, cell: null }));
    }
  }

  #comments(): readonly ReadComment[] {
    const root = this.#part("comments");
    const all = root ? [...childrenOf(root)] : [];
    this.#findings.comments(all.length);
    // Answers are told of by the last paragraph of each comment.
    const paragraphOf = (comment: Element): string =>
      [...childrenOf(comment)].findLast(({ localName }) => localName === "p")?.getAttribute("w14:paraId") ?? "";
    const byParagraph = new Map(all.map((comment) => [paragraphOf(comment), attribute(comment, "id")]));
    const threads = new Map<string, Element>();
    const extended = this.#part("commentsExtended");
    for (const one of extended ? childrenOf(extended) : []) threads.set(attribute(one, "paraId") ?? "", one);
    return all.map((comment) => {
      const thread = threads.get(paragraphOf(comment)) ?? null;
      const parent = attribute(thread, "paraIdParent");
      return {
        id: attribute(comment, "id") ?? "",
        by: attribute(comment, "author") ?? "",
        at: timeFrom(attribute(comment, "date")),
        text: plainText(this.#flow(comment, { tracked: {}, cell: null })),
        to: (parent !== null && byParagraph.get(parent)) || null,
        isResolved: attribute(thread, "done") === "1",
      };
    });
  }

  /** The paragraphs of a part of the document. */
  #flow(parent: Element, around: Around): ReadParagraph[] {
    const assembling = new Assembling(this.#findings);
    this.#blocks(parent, around, assembling);
    return assembling.paragraphs;
  }

  #blocks(parent: Element, around: Around, into: Assembling): void {
    for (const child of childrenOf(parent)) {
      if (child.localName === "p" && isWords(child)) this.#paragraph(child, around, into);
      else if (child.localName === "tbl" && isWords(child)) this.#table(child, around, into);
      else if (child.localName === "altChunk") into.notice("embedded-file");
      else this.#through(child, around, into, (inner, within) => this.#blocks(inner, within, into));
    }
  }

  #table(table: Element, around: Around, into: Assembling): void {
    into.notice(around.cell ? "nested-table" : "table");
    const number = around.cell?.table ?? this.#tables++;
    let row = 0;
    const rows = (parent: Element, outer: Around): void => {
      for (const child of childrenOf(parent)) {
        if (child.localName !== "tr") {
          this.#through(child, outer, into, rows);
          continue;
        }
        const inRow = trackedBy(childOf(child, "trPr"), outer.tracked);
        let column = 0;
        const cells = (within: Element, around: Around): void => {
          for (const cell of childrenOf(within)) {
            if (cell.localName !== "tc") {
              this.#through(cell, around, into, cells);
              continue;
            }
            const properties = childOf(cell, "tcPr");
            if (childOf(properties, "cellMerge")) into.unclear();
            const tracked = trackedBy(properties, around.tracked);
            this.#blocks(cell, { tracked, cell: around.cell ?? { table: number, row, column } }, into);
            column++;
          }
        };
        cells(child, { ...outer, tracked: inRow });
        row++;
      }
    };
    rows(table, around);
  }

  #paragraph(paragraph: Element, around: Around, into: Assembling): void {
    const properties = childOf(paragraph, "pPr");
    this.#lookChanges(properties, into);
    this.#lookChanges(childOf(properties, "rPr"), into);
    const field: Field[] = [];
    this.#inline(paragraph, around, into, field);
    into.endParagraph(this.#form(properties, around), trackedBy(childOf(properties, "rPr"), around.tracked));
  }

  #form(properties: Element | null, { cell }: Around): Form {
    const style = valueOf(properties, "pStyle");
    return {
      style: this.#styles.nameOf(style),
      heading: outlineOf(properties) ?? this.#styles.headingOf(style),
      label: this.#numbering.next(childOf(properties, "numPr") ?? this.#styles.numberingOf(style)),
      cell,
    };
  }

  #inline(parent: Element, around: Around, into: Assembling, fields: Field[]): void {
    for (const child of childrenOf(parent)) {
      if (child.localName === "r" && isWords(child)) this.#run(child, around, into, fields);
      else this.#through(child, around, into, (inner, within) => this.#inline(inner, within, into, fields));
    }
  }

  /** What may stand between paragraphs, between runs, and around either. */
  #through(child: Element, around: Around, into: Assembling, walk: (inner: Element, around: Around) => void): void {
    const name = child.localName ?? "";
    if (name === "AlternateContent") {
      const chosen = childOf(child, "Choice") ?? childOf(child, "Fallback");
      return chosen ? walk(chosen, around) : undefined;
    }
    if (!isWords(child)) return this.#foreign(child, into);
    switch (name) {
      case "ins":
      case "del":
      case "moveFrom":
      case "moveTo":
        return walk(child, { ...around, tracked: tracking(child, around.tracked) });
      case "sdt": {
        const content = childOf(child, "sdtContent");
        return content ? walk(content, around) : undefined;
      }
      case "fldSimple":
        into.notice("field");
        return walk(child, around);
      case "hyperlink":
      case "smartTag":
      case "customXml":
      case "sdtContent":
      case "dir":
      case "bdo":
        return walk(child, around);
      case "bookmarkStart":
        return into.beginAnchor(attribute(child, "id") ?? "", attribute(child, "name") ?? "");
      case "bookmarkEnd":
        return into.endAnchor(attribute(child, "id") ?? "");
      case "commentRangeStart":
        return into.beginComment(attribute(child, "id") ?? "");
      case "commentRangeEnd":
        return into.endComment(attribute(child, "id") ?? "");
      case "commentReference":
        return into.touchComment(attribute(child, "id") ?? "");
    }
    if (looks.test(name)) into.notice("looks-changed");
    else if (!silent.test(name)) this.#unknown(child, into);
  }

  #run(run: Element, around: Around, into: Assembling, fields: Field[]): void {
    const properties = childOf(run, "rPr");
    this.#lookChanges(properties, into);
    const marks = marksOf(properties);
    const isHidden = isOn(properties, "vanish");
    const { tracked } = around;
    const say = (text: string): void => {
      if (text === "" || fields.some(({ isAsked }) => isAsked)) return;
      if (isHidden) return into.notice("hidden-text");
      into.text(text, marks, tracked);
    };
    if ((isOn(properties, "strike") || isOn(properties, "dstrike")) && run.textContent !== "")
      into.notice("struck-by-hand");
    const content = (parent: Element): void => {
      for (const child of childrenOf(parent)) {
        if (child.localName === "AlternateContent" || !isWords(child)) {
          this.#through(child, around, into, content);
          continue;
        }
        switch (child.localName) {
          case "t":
          case "delText":
            say(textOf(child));
            break;
          case "tab":
          case "ptab":
            say("\t");
            break;
          case "br":
          case "cr":
            say("\n");
            break;
          case "noBreakHyphen":
            say("\u2011");
            break;
          case "sym":
            into.notice("symbol");
            say("\uFFFD");
            break;
          case "footnoteReference":
          case "endnoteReference":
            into.note(this.#notes.get(`${child.localName} ${attribute(child, "id")}`) ?? [], tracked);
            break;
          case "fldChar":
            this.#field(attribute(child, "fldCharType"), fields, into);
            break;
          case "drawing":
          case "pict":
          case "object":
            this.#picture(child, into);
            break;
          case "ruby": {
            const base = childOf(child, "rubyBase");
            into.notice("unknown-content");
            if (base) this.#inline(base, around, into, fields);
            break;
          }
          default:
            this.#through(child, around, into, content);
        }
      }
    };
    content(run);
  }

  /** A field is asked between its beginning and its middle, and answered between that and its end. */
  #field(type: string | null, fields: Field[], into: Assembling): void {
    if (type === "begin") {
      into.notice("field");
      fields.push({ isAsked: true });
    } else if (type === "separate") {
      const last = fields.at(-1);
      if (last) last.isAsked = false;
    } else fields.pop();
  }

  #picture(element: Element, into: Assembling): void {
    const box = [...element.getElementsByTagName("*")].find(({ localName }) => localName === "txbxContent");
    if (box) into.notice("text-box", plainText(this.#flow(box, { tracked: {}, cell: null })));
    else into.notice(element.localName === "object" ? "embedded-file" : "image");
  }

  #foreign(element: Element, into: Assembling): void {
    const name = element.localName ?? "";
    if (name.startsWith("oMath")) into.notice("formula");
    else if (name === "drawing" || name === "pict") this.#picture(element, into);
    else if (!/office\/(?:word\/)?20\d\d|markup-compatibility/.test(element.namespaceURI ?? ""))
      into.notice("unknown-content");
  }

  #unknown(element: Element, into: Assembling): void {
    if (changeLike.test(element.localName ?? "")) into.unclear();
    else into.notice("unknown-content");
  }

  #lookChanges(properties: Element | null, into: Assembling): void {
    for (const child of properties ? childrenOf(properties) : []) {
      if (looks.test(child.localName ?? "")) into.notice("looks-changed");
    }
  }
}

interface Field {
  isAsked: boolean;
}

/** An insertion or deletion within what is tracked already: words may be inserted by one and struck by another. */
function tracking(change: Element, around: Tracked): Tracked {
  const author = { by: attribute(change, "author") ?? "", at: timeFrom(attribute(change, "date")) };
  const moved = change.localName?.startsWith("move") ? ({ moved: true } as const) : {};
  return change.localName === "ins" || change.localName === "moveTo"
    ? { ...around, ...moved, inserted: author }
    : { ...around, ...moved, deleted: author };
}

/** What the properties of a paragraph's end, of a row or of a cell say was done to it. */
function trackedBy(properties: Element | null, around: Tracked): Tracked {
  let tracked = around;
  for (const child of properties ? childrenOf(properties) : []) {
    if (/^(?:ins|del|moveFrom|moveTo)$/.test(child.localName ?? "")) tracked = tracking(child, tracked);
    else if (child.localName === "cellIns" || child.localName === "cellDel") {
      const author = { by: attribute(child, "author") ?? "", at: timeFrom(attribute(child, "date")) };
      tracked = child.localName === "cellIns" ? { ...tracked, inserted: author } : { ...tracked, deleted: author };
    }
  }
  return tracked;
}

function marksOf(properties: Element | null): readonly Mark[] {
  const marks: Mark[] = [];
  if (isOn(properties, "b")) marks.push("strong");
  if (isOn(properties, "i")) marks.push("em");
  if (isOn(properties, "u")) marks.push("underline");
  return marks;
}

/** White space at the ends counts only where it is said to. */
function textOf(element: Element): string {
  const text = element.textContent ?? "";
  return element.getAttribute("xml:space") === "preserve" ? text : text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
}
