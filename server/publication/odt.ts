/**
 * The printed report as an OpenDocument text: the same as the Word document, in the words of the other standard. Tracked changes and
 * comments under the names of those who made them, numbers as text, a bookmark round each paragraph.
 */
import type { Element } from "@xmldom/xmldom";
import { strToU8, zipSync } from "fflate";
import type { Voice } from "../../shared/messages/say.ts";
import type { Look } from "./odt-styles.ts";
import { contentStyles, namespaces, stylesFile, textWidth } from "./odt-styles.ts";
import type {
  Change,
  PrintedBlock,
  PrintedPart,
  PrintedPiece,
  PrintedProposal,
  PrintedReport,
  PrintedSection,
  PrintedTable,
  Remark,
} from "./printed-report.ts";
import { changeOfAll, originOf, originProperty, runsOf } from "./printed-report.ts";
import type { Child, XmlFile } from "./xml-file.ts";
import { xmlFile } from "./xml-file.ts";

const mediaType = "application/vnd.oasis.opendocument.text";

export async function toOdt(report: PrintedReport, voice: Voice): Promise<Uint8Array> {
  const files = {
    "content.xml": new Writing(report, voice).content(),
    "styles.xml": stylesFile(report),
    "meta.xml": metaFile(report),
  };
  const manifest = manifestFile(Object.keys(files));
  // What kind of file it is stands at the very beginning, uncompressed, and no file tells when it was written.
  const plain = { level: 0, mtime: "1980-01-01T12:00:00" } as const;
  const packed = { level: 6, mtime: "1980-01-01T12:00:00" } as const;
  return zipSync({
    mimetype: [strToU8(mediaType), plain],
    "META-INF/manifest.xml": [strToU8(manifest), packed],
    ...Object.fromEntries(Object.entries(files).map(([name, written]) => [name, [strToU8(written), packed] as const])),
  });
}

function metaFile(report: PrintedReport): string {
  const { title, symbol, original } = report;
  const { root, element, append, written } = xmlFile(namespaces, "office:document-meta");
  root.setAttribute("office:version", "1.3");
  append(root, [
    element("office:meta", {}, [
      element("meta:generator", {}, ["Rapporteur"]),
      element("dc:title", {}, [[symbol, title].filter(Boolean).join(" ")]),
      element("dc:language", {}, [original]),
      element("meta:user-defined", { "meta:name": originProperty }, [originOf(report)]),
    ]),
  ]);
  return written();
}

function manifestFile(names: readonly string[]): string {
  const uri = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
  const { root, element, append, written } = xmlFile({ manifest: uri }, "manifest:manifest");
  root.setAttributeNS(uri, "manifest:version", "1.3");
  const entry = (path: string, type: string): Element =>
    element("manifest:file-entry", { "manifest:full-path": path, "manifest:media-type": type });
  append(root, [entry("/", mediaType), ...names.map((name) => entry(name, "text/xml"))]);
  return written();
}

/** Changes, comments and footnotes are counted through the whole document. */
class Writing {
  readonly #report: PrintedReport;
  readonly #say: Voice["say"];
  readonly #file: XmlFile;
  readonly #styles: ReturnType<typeof contentStyles>;
  readonly #changes: Element[] = [];
  #comments = 0;
  #notes = 0;

  constructor(report: PrintedReport, { say }: Voice) {
    this.#report = report;
    this.#say = say;
    this.#file = xmlFile(namespaces, "office:document-content");
    this.#styles = contentStyles(this.#file);
  }

  content(): string {
    const { root, append, written } = this.#file;
    const text = [
      ...this.#masthead(),
      ...this.#report.parts.flatMap((part) => this.#part(part)),
      ...this.#annex(),
      ...this.#statements(),
      ...this.#report.sections.flatMap((section) => this.#section(section)),
    ];
    root.setAttribute("office:version", "1.3");
    append(root, [
      this.#styles.element(),
      this.#el("office:body", {}, [
        this.#el("office:text", {}, [
          ...(this.#changes.length === 0 ? [] : [this.#el("text:tracked-changes", {}, this.#changes)]),
          ...text,
        ]),
      ]),
    ]);
    return written();
  }

  #el(...given: Parameters<XmlFile["element"]>): Element {
    return this.#file.element(...given);
  }

  #masthead(): Element[] {
    const { title, symbol, label, imprint, status, comparison } = this.#report;
    return [
      this.#p("Masthead", [this.#say("publication.organisation"), this.#tab(), this.#run(symbol ?? label, ["strong"])]),
      ...imprint.map((said) => this.#p("Imprint", [said])),
      this.#h("Title", 1, [title]),
      ...(symbol === null ? [] : [this.#p("Standing", [label])]),
      this.#p("Standing", [comparison ?? status]),
    ];
  }

  #part({ title, standing, blocks }: PrintedPart): Element[] {
    const elements = [this.#h("Heading_1", 1, [title]), this.#p("Standing_before", [standing])];
    if (blocks.length === 0) elements.push(this.#p("Text", [this.#say("publication.emptyPart")]));
    for (const block of blocks) elements.push(...this.#block(block, elements.at(-1)!));
    return elements;
  }

  #annex(): Element[] {
    const { annex } = this.#report;
    if (annex.length === 0) return [];
    return [
      this.#h("Heading_1", 1, [this.#say("summary.annex.title")]),
      this.#p("Standing_before", [this.#say("summary.annex.lead")]),
      ...annex.flatMap(({ title, proposals }) => [this.#h("Heading_3", 3, [title]), ...this.#proposals(proposals)]),
    ];
  }

  #statements(): Element[] {
    const { statements } = this.#report;
    if (statements.length === 0) return [];
    return [
      this.#h("Heading_1", 1, [this.#say("publication.statements")]),
      ...statements.flatMap(({ title, text }) => [this.#h("Heading_2", 2, [title]), ...this.#lines("Text", text)]),
    ];
  }

  #section({ title, items }: PrintedSection): Element[] {
    return [
      this.#h("Heading_1", 1, [title]),
      ...items.flatMap((item) => (item.t === "words" ? this.#lines("Text", item.text) : [this.#table(item)])),
    ];
  }

  #table({ columns, rows }: PrintedTable): Element {
    const row = (cells: readonly string[], style: string): Element =>
      this.#el(
        "table:table-row",
        { "table:style-name": "Row" },
        cells.map((cell) =>
          this.#el(
            "table:table-cell",
            { "table:style-name": "Boxed", "office:value-type": "string" },
            this.#lines(style, cell),
          ),
        ),
      );
    const head = columns.map(({ title }) => title);
    const whole = columns.reduce((sum, { width }) => sum + width, 0);
    const inMillimetres = (width: number): number => Math.floor((textWidth * width) / whole);
    return this.#el("table:table", { "table:style-name": "Table" }, [
      ...columns.map(({ width }) =>
        this.#el("table:table-column", { "table:style-name": this.#styles.column(inMillimetres(width)) }),
      ),
      this.#el("table:table-header-rows", {}, [row(head, "Cell_head")]),
      ...rows.map((cells) => row(cells, "Cell")),
    ]);
  }

  /** @param before what the block follows: what is inserted with all of its words begins at the end of it, so that nothing stays when it is refused */
  #block(block: PrintedBlock, before: Element): Element[] {
    const { anchor, kind, level, number, aside, pieces, remarks, proposals, direction } = block;
    const comments = remarks.map((remark) => this.#comment(remark));
    const whole = comments.filter((_, index) => !remarks[index]!.onWords);
    const isHeading = kind === "heading";
    const lead = [...(number === "" ? [] : [number]), ...(aside === null ? [] : [aside])].join(" ");
    const change = changeOfAll(pieces);
    const inserted = change?.kind === "inserted" ? this.#change(change) : null;
    if (inserted) before.appendChild(this.#el("text:change-start", inserted));
    const words = [
      ...(lead === "" ? [] : this.#said(lead)),
      ...(isHeading && lead === "" ? [] : [this.#tab()]),
      this.#el("text:bookmark-start", { "text:name": anchor }),
      ...whole.map(({ start }) => start),
      ...(inserted ? pieces.flatMap((piece) => this.#piece(piece)) : this.#tracked(pieces, comments)),
      ...whole.map(({ end }) => end),
      this.#el("text:bookmark-end", { "text:name": anchor }),
      ...(inserted ? [this.#el("text:change-end", inserted)] : []),
    ];
    return [
      isHeading
        ? this.#h(`Heading_${level + 2}`, level + 2, words, direction)
        : this.#p(`Paragraph_${level}`, words, direction),
      ...this.#compiled(number, proposals),
    ];
  }

  /** @param comments those of the remarks on this block, in their order */
  #tracked(pieces: readonly PrintedPiece[], comments: readonly Comment[]): Child[] {
    const lastOf = new Map<number, number>();
    pieces.forEach((piece, index) => piece.remarks?.forEach((remark) => lastOf.set(remark, index)));
    const open = new Set<number>();
    let index = 0;
    return runsOf(pieces).flatMap(({ change, pieces: run }): Child[] => {
      const about = run.flatMap(({ remarks = [] }) => remarks);
      const begin = [...new Set(about)].filter((remark) => !open.has(remark));
      for (const remark of begin) open.add(remark);
      index += run.length;
      const end = [...new Set(about)].filter((remark) => lastOf.get(remark)! < index);
      return [
        ...begin.map((remark) => comments[remark]!.start),
        ...this.#changed(
          change,
          run.flatMap((piece) => this.#piece(piece)),
        ),
        ...end.map((remark) => comments[remark]!.end),
      ];
    });
  }

  /** What is inserted stands in the text, between two signs; what is deleted is kept apart, and a sign says where it stood. */
  #changed(change: Change | undefined, words: readonly Child[]): readonly Child[] {
    switch (change?.kind) {
      case undefined:
        return words;
      case "inserted": {
        const id = this.#change(change);
        return [this.#el("text:change-start", id), ...words, this.#el("text:change-end", id)];
      }
      case "deleted":
        return [this.#el("text:change", this.#change(change, [this.#p("Text", words)]))];
    }
  }

  #change({ kind, by, at }: Change, deleted: readonly Element[] = []): { readonly "text:change-id": string } {
    const id = `change${this.#changes.length + 1}`;
    this.#changes.push(
      this.#el("text:changed-region", { "xml:id": id, "text:id": id }, [
        this.#el(kind === "inserted" ? "text:insertion" : "text:deletion", {}, [
          this.#el("office:change-info", {}, this.#stamp(by, at)),
          ...deleted,
        ]),
      ]),
    );
    return { "text:change-id": id };
  }

  #comment({ by, at, text }: Remark): Comment {
    const name = { "office:name": `comment${++this.#comments}` };
    return {
      start: this.#el("office:annotation", name, [...this.#stamp(by, at), ...this.#lines("Text", text)]),
      end: this.#el("office:annotation-end", name),
    };
  }

  #stamp(by: string, at: number): Element[] {
    return [this.#el("dc:creator", {}, [by]), this.#el("dc:date", {}, [`${new Date(at).toISOString().slice(0, 19)}Z`])];
  }

  #piece(piece: PrintedPiece, looks: readonly Look[] = []): Child[] {
    if (piece.t === "footnote") return [this.#footnote(piece.text)];
    const all = [...(piece.t === "text" ? (piece.marks ?? []) : []), ...looks];
    return all.length === 0 ? this.#said(piece.text) : [this.#run(piece.text, all)];
  }

  #footnote(text: string): Element {
    const count = ++this.#notes;
    return this.#el("text:note", { "text:id": `note${count}`, "text:note-class": "footnote" }, [
      this.#el("text:note-citation", {}, [String(count)]),
      this.#el("text:note-body", {}, this.#lines("Footnote", text)),
    ]);
  }

  #compiled(number: string, proposals: readonly PrintedProposal[]): Element[] {
    if (proposals.length === 0) return [];
    const title = this.#say("publication.proposals", { number: number.replace(/\.$/, "") });
    return [this.#p("Proposal_before", [this.#run(title, ["strong"])]), ...this.#proposals(proposals)];
  }

  /** In a compilation changes are shown, not tracked: nobody is to accept them there. */
  #proposals(proposals: readonly PrintedProposal[]): Element[] {
    return proposals.flatMap(({ title, pieces, reason, fate }) => [
      this.#p("Proposal_before", [this.#run(title, ["em"])]),
      ...(pieces.length === 0
        ? []
        : [
            this.#p(
              "Proposal",
              pieces.flatMap((piece) => this.#piece(piece, piece.change ? [piece.change.kind] : [])),
            ),
          ]),
      ...[reason, fate].flatMap((words) => (words === null ? [] : this.#lines("Proposal", words))),
    ]);
  }

  #p(style: string, children: readonly Child[], direction?: "ltr" | "rtl"): Element {
    return this.#el("text:p", { "text:style-name": this.#styles.paragraph(style, direction) }, this.#spaced(children));
  }

  #h(style: string, level: number, children: readonly Child[], direction?: "ltr" | "rtl"): Element {
    const attributes = { "text:style-name": this.#styles.paragraph(style, direction), "text:outline-level": level };
    return this.#el("text:h", attributes, this.#spaced(children));
  }

  #lines(style: string, text: string): Element[] {
    return text.split("\n").map((line) => this.#p(style, [line]));
  }

  #run(text: string, looks: readonly Look[]): Element {
    return this.#el("text:span", { "text:style-name": this.#styles.text(looks) }, this.#said(text));
  }

  #tab(): Element {
    return this.#el("text:tab");
  }

  #spaced(children: readonly Child[]): readonly Child[] {
    return children.flatMap((child) => (typeof child === "string" ? this.#said(child) : [child]));
  }

  /** White space that would be taken for one space, or for none, is written as elements. */
  #said(text: string): Child[] {
    return text.split(/(\t|\n|^ +| {2,}| +$)/).flatMap((piece): Child[] => {
      if (piece === "") return [];
      if (piece === "\t") return [this.#tab()];
      if (piece === "\n") return [this.#el("text:line-break")];
      return /^ +$/.test(piece) ? [this.#el("text:s", { "text:c": piece.length })] : [piece];
    });
  }
}

interface Comment {
  readonly start: Element;
  readonly end: Element;
}
