/**
 * A person at a word processor: opens a Word file of ours, changes it with tracking on or off, and saves it. What it writes is what Word
 * writes for the same act; it knows nothing of how files are read back.
 */
import { DOMParser, XMLSerializer } from "@xmldom/xmldom";
import type { Document, Element } from "@xmldom/xmldom";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

const w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const relations = "word/_rels/document.xml.rels";
const commentsRelated = `<Relationship Id="rIdComments" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/>`;
/** Of a file without comments, which gets one when somebody comments. */
const withoutComments = { "word/comments.xml": strToU8(`<w:comments xmlns:w="${w}"/>`) };

export class WordProcessor {
  isTracking: boolean;
  readonly #files: Record<string, Uint8Array>;
  readonly #document: Document;
  readonly #comments: Document;
  readonly #author: string;
  #count = 9_000;

  constructor(bytes: Uint8Array, { isTracking = true, author = "Jane Doe" } = {}) {
    this.#files = { ...withoutComments, ...unzipSync(bytes) };
    const related = strFromU8(this.#files[relations]!);
    if (!related.includes("comments.xml"))
      this.#files[relations] = strToU8(related.replace("</Relationships>", `${commentsRelated}</Relationships>`));
    this.isTracking = isTracking;
    this.#author = author;
    this.#document = this.#parse("word/document.xml");
    this.#comments = this.#parse("word/comments.xml");
  }

  /** Word keeps times to the minute, those of others' changes too. */
  save(): Uint8Array {
    const written = (document: Document): Uint8Array =>
      strToU8(
        new XMLSerializer().serializeToString(document).replace(/(w:date="\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d/g, "$1:00"),
      );
    return zipSync({
      ...this.#files,
      "word/document.xml": written(this.#document),
      "word/comments.xml": written(this.#comments),
    });
  }

  /** The words of a paragraph as they are to be seen now. */
  wordsOf(id: string): string {
    return this.#runs(this.#paragraph(id))
      .map((run) => textOf(run))
      .join("");
  }

  /** @param from,to in the words to be seen */
  replace(id: string, from: number, to: number, words: string): void {
    const paragraph = this.#paragraph(id);
    this.#cut(paragraph, from);
    this.#cut(paragraph, to);
    let at = 0;
    const runs = this.#runs(paragraph);
    const next = runs.find((run) => {
      const begin = at;
      at += textOf(run).length;
      return begin >= to;
    });
    at = 0;
    for (const run of runs) {
      const begin = at;
      at += textOf(run).length;
      if (begin >= from && at <= to && at > begin) this.#strike(run);
    }
    if (words === "") return;
    const fresh = this.#written(words);
    const before = next ? holderOf(next) : null;
    if (before) before.parentNode!.insertBefore(fresh, before);
    else paragraph.appendChild(fresh);
  }

  deleteParagraph(id: string): void {
    const paragraph = this.#paragraph(id);
    if (!this.isTracking) {
      paragraph.parentNode!.removeChild(paragraph);
      return;
    }
    for (const run of this.#all(paragraph, "r").filter(isSeen)) this.#strike(run);
    this.#markEnd(paragraph, "del");
  }

  /** After this one, as a person does it at its end: the end that was there becomes that of the new paragraph. */
  insertParagraph(after: string, words: string): void {
    const before = this.#paragraph(after);
    const fresh = this.#make("p");
    if (this.isTracking) this.#markEnd(before, "ins");
    fresh.appendChild(this.#written(words));
    before.parentNode!.insertBefore(fresh, before.nextSibling);
  }

  /** Cuts a paragraph in two at a place in its words; its mark ends in the second. */
  split(id: string, at: number): void {
    const first = this.#paragraph(id);
    this.#cut(first, at);
    let seen = 0;
    const second = this.#make("p");
    const later = this.#runs(first).filter((run) => {
      const begin = seen;
      seen += textOf(run).length;
      return begin >= at;
    });
    const start = later[0] ? holderOf(later[0]) : null;
    for (let node = start; node;) {
      const next = node.nextSibling as Element | null;
      second.appendChild(node);
      node = next;
    }
    if (this.isTracking) this.#markEnd(first, "ins");
    first.parentNode!.insertBefore(second, first.nextSibling);
  }

  /** Takes the end of a paragraph, and the number before the next one. */
  join(id: string, withNext: string): void {
    const [first, second] = [this.#paragraph(id), this.#paragraph(withNext)];
    const start = this.#all(second, "bookmarkStart")[0]!;
    for (const run of this.#all(second, "r").filter((one) => precedes(one, start))) this.#strike(run);
    if (this.isTracking) {
      first.appendChild(this.#written(" "));
      this.#markEnd(first, "del");
      return;
    }
    first.appendChild(this.#written(" "));
    for (let node = second.firstChild; node;) {
      const next = node.nextSibling;
      if ((node as Element).localName !== "pPr") first.appendChild(node);
      node = next;
    }
    second.parentNode!.removeChild(second);
  }

  /** Drags a paragraph behind another, without tracking. */
  moveAfter(id: string, other: string): void {
    const [moved, after] = [this.#paragraph(id), this.#paragraph(other)];
    after.parentNode!.insertBefore(moved, after.nextSibling);
  }

  /** @param from,to in the words to be seen */
  comment(id: string, from: number, to: number, text: string): void {
    const paragraph = this.#paragraph(id);
    this.#cut(paragraph, from);
    this.#cut(paragraph, to);
    const number = String(++this.#count);
    let at = 0;
    const about = this.#runs(paragraph).filter((run) => {
      const begin = at;
      at += textOf(run).length;
      return begin >= from && at <= to && at > begin;
    });
    const [first, last] = [holderOf(about[0]!), holderOf(about.at(-1)!)];
    first.parentNode!.insertBefore(this.#make("commentRangeStart", { id: number }), first);
    const reference = this.#make("r");
    reference.appendChild(this.#make("commentReference", { id: number }));
    last.parentNode!.insertBefore(reference, last.nextSibling);
    last.parentNode!.insertBefore(this.#make("commentRangeEnd", { id: number }), last.nextSibling);
    const comment = this.#comments.createElementNS(w, "w:comment");
    for (const [key, value] of Object.entries({ id: number, ...this.#signature() }))
      comment.setAttributeNS(w, `w:${key}`, value);
    const words = this.#make("p");
    words.appendChild(this.#run(text));
    comment.appendChild(this.#comments.importNode(words, true));
    this.#comments.documentElement!.appendChild(comment);
  }

  /** As a program leaves them that knows no bookmarks. */
  withoutMarks(): this {
    for (const mark of [...this.#all(this.#document, "bookmarkStart"), ...this.#all(this.#document, "bookmarkEnd")])
      mark.parentNode!.removeChild(mark);
    return this;
  }

  /** As some leave them when the paragraph before a heading was deleted. */
  withoutHeadings(): this {
    for (const style of this.#all(this.#document, "pStyle"))
      if (style.getAttributeNS(w, "val") === "Heading1") style.setAttributeNS(w, "w:val", "Paragraph0");
    return this;
  }

  insertUnknownChange(id: string): void {
    this.#paragraph(id).appendChild(this.#make("customXmlInsRangeStart", this.#signed()));
  }

  #parse(name: string): Document {
    return new DOMParser().parseFromString(strFromU8(this.#files[name]!), "application/xml");
  }

  #all(parent: Element | Document, name: string): Element[] {
    return [...parent.getElementsByTagNameNS(w, name)];
  }

  #paragraph(id: string): Element {
    const start = this.#all(this.#document, "bookmarkStart").find((one) =>
      one.getAttributeNS(w, "name")?.startsWith(`para_${id}_`),
    );
    for (let node = start?.parentNode; node; node = node.parentNode)
      if ((node as Element).localName === "p") return node as Element;
    throw new Error(`${id} is not in the file`);
  }

  /** Those with words to be seen, after the mark of the paragraph. */
  #runs(paragraph: Element): Element[] {
    const start = this.#all(paragraph, "bookmarkStart")[0]!;
    return this.#all(paragraph, "r").filter((run) => isSeen(run) && !precedes(run, start) && textOf(run) !== "");
  }

  #cut(paragraph: Element, at: number): void {
    let begin = 0;
    for (const run of this.#runs(paragraph)) {
      const text = textOf(run);
      if (begin < at && at < begin + text.length) {
        const holder = holderOf(run);
        const copy = holder.cloneNode(true) as Element;
        const first = copy === holder || copy.localName === "r" ? copy : this.#all(copy, "r")[0]!;
        setText(first, text.slice(0, at - begin));
        setText(run, text.slice(at - begin));
        holder.parentNode!.insertBefore(copy, holder);
        return;
      }
      begin += text.length;
    }
  }

  #strike(run: Element): void {
    const holder = holderOf(run);
    const isOwn = holder.localName === "ins" && holder.getAttributeNS(w, "author") === this.#author;
    if (!this.isTracking || isOwn) {
      holder.parentNode!.removeChild(holder);
      return;
    }
    const struck = this.#make("del", this.#signed());
    run.parentNode!.insertBefore(struck, run);
    struck.appendChild(run);
    for (const text of this.#all(run, "t")) {
      const deleted = this.#make("delText");
      deleted.setAttribute("xml:space", "preserve");
      deleted.appendChild(this.#document.createTextNode(text.textContent ?? ""));
      run.replaceChild(deleted, text);
    }
  }

  #written(words: string): Element {
    const run = this.#run(words);
    if (!this.isTracking) return run;
    const inserted = this.#make("ins", this.#signed());
    inserted.appendChild(run);
    return inserted;
  }

  #run(words: string): Element {
    const run = this.#make("r");
    const text = this.#make("t");
    text.setAttribute("xml:space", "preserve");
    text.appendChild(this.#document.createTextNode(words));
    run.appendChild(text);
    return run;
  }

  #markEnd(paragraph: Element, kind: "ins" | "del"): void {
    let properties = this.#all(paragraph, "pPr")[0];
    if (!properties) {
      properties = this.#make("pPr");
      paragraph.insertBefore(properties, paragraph.firstChild);
    }
    let looks = this.#all(properties, "rPr")[0];
    if (!looks) {
      looks = this.#make("rPr");
      properties.appendChild(looks);
    }
    looks.appendChild(this.#make(kind, this.#signed()));
  }

  #make(name: string, attributes: Readonly<Record<string, string>> = {}): Element {
    const element = this.#document.createElementNS(w, `w:${name}`);
    for (const [key, value] of Object.entries(attributes)) element.setAttributeNS(w, `w:${key}`, value);
    return element;
  }

  #signature(): Record<string, string> {
    return { author: this.#author, date: "2026-11-20T09:30:00Z" };
  }

  #signed(): Record<string, string> {
    return { id: String(++this.#count), ...this.#signature() };
  }
}

const isSeen = (run: Element): boolean => (run.parentNode as Element).localName !== "del";

/** The run, or what says that it was inserted. */
const holderOf = (run: Element): Element =>
  (run.parentNode as Element).localName === "ins" ? (run.parentNode as Element) : run;

const textOf = (run: Element): string =>
  [...run.getElementsByTagNameNS(w, "t")].map((one) => one.textContent ?? "").join("");

function setText(run: Element, text: string): void {
  const [element] = run.getElementsByTagNameNS(w, "t");
  element!.setAttribute("xml:space", "preserve");
  element!.textContent = text;
}

/** 4: the other one comes later. */
const precedes = (a: Element, b: Element): boolean => (a.compareDocumentPosition(b) & 4) !== 0;
