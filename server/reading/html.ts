/**
 * A web page as what it says: its paragraphs, lists, tables and notes. Nothing in it is run or fetched; what is no text of it is left out
 * and counted (SPEC: REA).
 */
import type { Notice } from "../../shared/domain/file-notices.ts";
import type { DefaultTreeAdapterTypes } from "parse5";
import { defaultTreeAdapter, parse } from "parse5";
import type { Mark } from "../../shared/domain/text.ts";
import { letters, roman } from "../../shared/domain/numbering.ts";
import type { DocumentLimits, Form } from "./assembling.ts";
import { Assembling, Findings } from "./assembling.ts";
import type { ReadDocument, Tracked } from "./read-document.ts";
import { FileRefused } from "./read-document.ts";
import type { XmlLimits } from "./xml.ts";

type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/** @param source the page, decoded. @throws FileRefused */
export function readHtml(source: string, limits: XmlLimits & DocumentLimits): ReadDocument {
  const byId = new Map<string, Element>();
  const page = guardedTree(source, limits, byId);
  const findings = new Findings(limits);
  const reading = new Reading(findings, byId);
  reading.within(page, outermost);
  reading.flush(outermost);
  return {
    format: "html",
    origin: null,
    title: reading.title,
    paragraphs: reading.assembling.paragraphs,
    comments: [],
    notices: findings.notices,
  };
}

/** The tree, given up as soon as it is deeper or larger than a person writes: what is nested by the thousand takes minutes to put together. */
function guardedTree(source: string, { tags, depth }: XmlLimits, byId: Map<string, Element>): Parent {
  const deep = new WeakMap<object, number>();
  let count = 0;
  const attach = (parent: object, node: object): void => {
    const at = (deep.get(parent) ?? 0) + 1;
    if (at > depth) throw new FileRefused("file-unsafe", `the page is nested more than ${depth} deep`);
    deep.set(node, at);
  };
  return parse(source, {
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement(name, namespace, attributes) {
        if (++count > tags) throw new FileRefused("file-too-large", `the page has more than ${tags} tags`);
        const element = defaultTreeAdapter.createElement(name, namespace, attributes);
        const id = attributes.find((attribute) => attribute.name === "id")?.value;
        if (id !== undefined && !byId.has(id)) byId.set(id, element);
        return element;
      },
      appendChild(parent, node) {
        attach(parent, node);
        defaultTreeAdapter.appendChild(parent, node);
      },
      insertBefore(parent, node, reference) {
        attach(parent, node);
        defaultTreeAdapter.insertBefore(parent, node, reference);
      },
    },
  });
}

/** What is known of a place in the page from what is around it. */
interface Around {
  readonly heading: number | null;
  /** How many lists it stands in. */
  readonly lists: number;
  readonly cell: Form["cell"];
  readonly marks: readonly Mark[];
  readonly tracked: Tracked;
}
const outermost: Around = { heading: null, lists: 0, cell: null, marks: [], tracked: {} };

const leftOut: Readonly<Record<string, Notice>> = {
  ...each("page-machinery", "script style link template noscript input select textarea button datalist progress meter"),
  ...each("embedded-file", "iframe frame frameset object embed video audio applet portal"),
  ...each("image", "img svg canvas picture map"),
  ...each("formula", "math"),
};

function each(notice: Notice, names: string): Record<string, Notice> {
  return Object.fromEntries(names.split(" ").map((name) => [name, notice]));
}

const marksOf: Readonly<Record<string, Mark>> = { b: "strong", strong: "strong", i: "em", em: "em", u: "underline" };

/** Whatever else there is stands inside a line. */
const blocks = new Set(
  "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);

class Reading {
  readonly assembling: Assembling;
  title: string | null = null;
  readonly #findings: Findings;
  readonly #byId: ReadonlyMap<string, Element>;
  /** Notes that were read where they are referred to. */
  readonly #notes = new Set<Element>();
  #isEmpty = true;
  #label: Form["label"] = null;
  #tables = -1;

  constructor(findings: Findings, byId: ReadonlyMap<string, Element>) {
    this.#findings = findings;
    this.#byId = byId;
    this.assembling = new Assembling(findings);
  }

  /** Ends the paragraph that stands open, if one does. */
  flush({ heading, cell }: Around): void {
    if (this.#isEmpty) return;
    this.assembling.endParagraph({ style: "", heading, cell, label: this.#label }, {});
    this.#isEmpty = true;
    this.#label = null;
  }

  within(parent: Parent, around: Around): void {
    for (const node of parent.childNodes) {
      if (defaultTreeAdapter.isTextNode(node)) this.#text(node.value, around);
      else if (defaultTreeAdapter.isElementNode(node)) this.#element(node, around);
    }
  }

  #text(value: string, { marks, tracked }: Around): void {
    const words = value.replace(/\s+/g, " ");
    if (this.#isEmpty && words === " ") return;
    if (words !== "") this.#isEmpty = false;
    this.assembling.text(words, marks, tracked);
  }

  #element(element: Element, around: Around): void {
    const { tagName: name } = element;
    if (this.#notes.has(element)) return;
    const notice = leftOut[name];
    if (notice) return this.assembling.notice(notice);
    if (name === "head") return this.#head(element);
    if (isHidden(element)) return this.assembling.notice("hidden-text");
    if (name === "br") return this.#text(" ", around);
    const note = this.#noteOf(element);
    if (note) return this.#note(note, around);
    if (!blocks.has(name)) return this.within(element, inline(name, around));
    this.flush(around);
    if (name === "table") this.#table(element, around);
    else if (name === "ol" || name === "ul") this.#list(element, around);
    else {
      const heading = /^h[1-6]$/.test(name) ? Number(name[1]) : around.heading;
      this.within(element, { ...around, heading });
      this.flush({ ...around, heading });
    }
  }

  #head(head: Element): void {
    for (const node of head.childNodes) {
      if (!defaultTreeAdapter.isElementNode(node)) continue;
      const notice = leftOut[node.tagName];
      if (notice) this.#findings.notice(notice);
      if (node.tagName === "title") this.title = wordsIn(node).replace(/\s+/g, " ").trim() || null;
    }
  }

  #list(list: Element, around: Around): void {
    const isOrdered = list.tagName === "ol";
    let count = Number(attribute(list, "start") ?? 1) || 1;
    for (const node of list.childNodes) {
      if (!defaultTreeAdapter.isElementNode(node)) continue;
      if (node.tagName === "li") {
        count = Number(attribute(node, "value") ?? count) || count;
        this.#label = { text: isOrdered ? numberAs(attribute(list, "type"), count++) : "•", level: around.lists };
      }
      this.#element(node, { ...around, lists: around.lists + 1 });
      this.#label = null;
    }
  }

  #table(table: Element, around: Around): void {
    if (around.cell) {
      this.assembling.notice("nested-table");
      return this.within(table, around);
    }
    this.assembling.notice("table");
    this.#tables++;
    let row = -1;
    const rowsIn = (parent: Element): void => {
      for (const node of parent.childNodes) {
        if (!defaultTreeAdapter.isElementNode(node)) continue;
        if (node.tagName === "tr") {
          row++;
          let column = -1;
          for (const cell of node.childNodes) {
            if (!defaultTreeAdapter.isElementNode(cell)) continue;
            const within = { ...around, heading: null, cell: { table: this.#tables, row, column: ++column } };
            this.#element(cell, within);
          }
        } else if (/^t(?:head|body|foot)$/.test(node.tagName)) rowsIn(node);
        else this.#element(node, around);
      }
    };
    rowsIn(table);
  }

  /** What a reference to a note refers to: the nearest block around the place it leads to. */
  #noteOf(element: Element): Element | null {
    const link = element.tagName === "sup" ? onlyChild(element) : element;
    if (link?.tagName !== "a") return null;
    const isReference =
      link !== element || attribute(link, "role") === "doc-noteref" || onlyChild(link)?.tagName === "sup";
    const [, id] = /^#(.+)$/.exec(attribute(link, "href") ?? "") ?? [];
    if (!isReference || id === undefined) return null;
    let target: Parent | null = this.#byId.get(id) ?? null;
    while (target && "tagName" in target && !/^(?:li|p|div|aside|dd)$/.test(target.tagName)) target = target.parentNode;
    // A note that holds its own reference would be a part of itself.
    return target && "tagName" in target && !isWithin(element, target) ? target : null;
  }

  #note(note: Element, around: Around): void {
    this.#notes.add(note);
    const reading = new Reading(this.#findings, this.#byId);
    reading.within(note, outermost);
    reading.flush(outermost);
    this.#isEmpty = false;
    this.assembling.note(withoutSigns(reading.assembling.paragraphs), around.tracked);
  }
}

/** Without the number a note begins with, and the arrow that leads back. */
function withoutSigns(paragraphs: Assembling["paragraphs"]): Assembling["paragraphs"] {
  return paragraphs.map((paragraph) => ({
    ...paragraph,
    pieces: paragraph.pieces.map((piece) =>
      piece.t === "text"
        ? { ...piece, text: piece.text.replace(/\s*[↩↑⏎]\uFE0E?\s*$|^\s*(?:\[?\d+\]?[.)]?|\^|\*)\s+(?=\S)/g, "") }
        : piece,
    ),
  }));
}

function inline(name: string, around: Around): Around {
  const mark = marksOf[name];
  if (mark) return around.marks.includes(mark) ? around : { ...around, marks: [...around.marks, mark] };
  const author = { by: "", at: null };
  if (name === "ins") return { ...around, tracked: { inserted: author } };
  return name === "del" ? { ...around, tracked: { deleted: author } } : around;
}

function numberAs(type: string | null, count: number): string {
  if (type === "a" || type === "A") return `(${letters(count)})`;
  return type === "i" || type === "I" ? `(${roman(count)})` : `${count}.`;
}

const attribute = (element: Element, name: string): string | null =>
  element.attrs.find((one) => one.name === name)?.value ?? null;

const isHidden = (element: Element): boolean =>
  attribute(element, "hidden") !== null ||
  /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attribute(element, "style") ?? "");

function onlyChild(element: Element): Element | null {
  const [child, other] = element.childNodes.filter(
    (node) => !defaultTreeAdapter.isTextNode(node) || node.value.trim() !== "",
  );
  return child && !other && defaultTreeAdapter.isElementNode(child) ? child : null;
}

function isWithin(element: Element, ancestor: Element): boolean {
  for (let at: Parent | null = element; at; at = "parentNode" in at ? at.parentNode : null)
    if (at === ancestor) return true;
  return false;
}

const wordsIn = (element: Element): string =>
  element.childNodes.map((node) => (defaultTreeAdapter.isTextNode(node) ? node.value : "")).join("");
