/**
 * The printed report as a Word document: real tracked changes and comments under the names of those who made them, numbers as text, for
 * a number is a citation that no program may count anew, and a bookmark round each paragraph, under which it is found when it comes back.
 */
import type { ICommentOptions, IParagraphOptions, IRunOptions, ParagraphChild } from "docx";
import {
  AlignmentType,
  BookmarkEnd,
  BookmarkStart,
  BorderStyle,
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  DeletedTextRun,
  Document,
  Footer,
  FootnoteReference,
  Header,
  HeadingLevel,
  InsertedTextRun,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from "docx";
import type { Mark } from "../../shared/domain/text.ts";
import type { Language } from "../../shared/domain/languages.ts";
import type { Voice } from "../../shared/messages/say.ts";
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
import { changeOfAll, originOf, originProperty } from "./printed-report.ts";
import { inXml } from "./in-xml.ts";

export async function toDocx(report: PrintedReport, voice: Voice): Promise<Buffer> {
  return Packer.toBuffer(new Document(new Writing(report, voice).options()));
}

/** Word counts footnotes, comments and changes through the whole document. */
class Writing {
  readonly #report: PrintedReport;
  readonly #say: Voice["say"];
  readonly #footnotes: Record<number, { children: Paragraph[] }> = {};
  readonly #comments: ICommentOptions[] = [];
  #changes = 0;
  #bookmarks = 0;

  constructor(report: PrintedReport, { say }: Voice) {
    this.#report = report;
    this.#say = say;
  }

  options(): ConstructorParameters<typeof Document>[0] {
    const { title, symbol, mode } = this.#report;
    const children = [
      ...this.#masthead(),
      ...this.#report.parts.flatMap((part) => this.#part(part)),
      ...this.#annex(),
      ...this.#statements(),
      ...this.#report.sections.flatMap((section) => this.#section(section)),
    ];
    return {
      title: inXml([symbol, title].filter(Boolean).join(" ")),
      creator: "Rapporteur",
      lastModifiedBy: "Rapporteur",
      features: { trackRevisions: mode === "review" },
      customProperties: [{ name: originProperty, value: originOf(this.#report) }],
      footnotes: this.#footnotes,
      comments: { children: this.#comments },
      styles: stylesIn(this.#report.original),
      sections: [
        {
          headers: { default: this.#header() },
          footers: { default: this.#footer() },
          children,
        },
      ],
    };
  }

  #header(): Header {
    const { title, symbol } = this.#report;
    return new Header({
      children: [
        new Paragraph({
          tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
          children: [
            new TextRun(inXml(title)),
            new TextRun({ children: [new Tab()], bold: true }),
            new TextRun({ text: inXml(symbol ?? ""), bold: true }),
          ],
        }),
      ],
    });
  }

  #footer(): Footer {
    const { status, asOf, address } = this.#report;
    return new Footer({
      children: [
        new Paragraph({
          style: "Small",
          tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
          children: [
            new TextRun(inXml(`${status}. ${asOf}.`)),
            new TextRun({ text: inXml(address), break: 1 }),
            new TextRun({ children: [new Tab(), PageNumber.CURRENT, "/", PageNumber.TOTAL_PAGES] }),
          ],
        }),
      ],
    });
  }

  #masthead(): Paragraph[] {
    const { title, symbol, label, imprint, status, comparison } = this.#report;
    const line = (text: string, more: IParagraphOptions = {}): Paragraph =>
      new Paragraph({ ...more, children: [new TextRun(inXml(text))] });
    return [
      new Paragraph({
        style: "Masthead",
        tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
        children: [
          new TextRun({ text: this.#say("publication.organisation") }),
          new TextRun({ children: [new Tab(), inXml(symbol ?? label)], bold: true }),
        ],
      }),
      ...imprint.map((said) => line(said, { alignment: AlignmentType.END })),
      line(title, { heading: HeadingLevel.TITLE }),
      ...(symbol === null ? [] : [line(label, { style: "Standing" })]),
      line(comparison ?? status, { style: "Standing" }),
    ];
  }

  #part({ title, standing, blocks }: PrintedPart): Paragraph[] {
    return [
      new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(inXml(title))] }),
      new Paragraph({ style: "Standing", keepNext: true, children: [new TextRun(inXml(standing))] }),
      ...(blocks.length === 0 ? [new Paragraph(this.#say("publication.emptyPart"))] : []),
      ...blocks.flatMap((block) => this.#block(block)),
    ];
  }

  #annex(): Paragraph[] {
    const { annex } = this.#report;
    if (annex.length === 0) return [];
    return [
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        keepNext: true,
        children: [new TextRun(this.#say("summary.annex.title"))],
      }),
      new Paragraph({ style: "Standing", keepNext: true, children: [new TextRun(this.#say("summary.annex.lead"))] }),
      ...annex.flatMap(({ title, proposals }) => [
        new Paragraph({ heading: HeadingLevel.HEADING_3, keepNext: true, children: [new TextRun(inXml(title))] }),
        ...this.#proposals(proposals),
      ]),
    ];
  }

  #statements(): Paragraph[] {
    const { statements } = this.#report;
    if (statements.length === 0) return [];
    return [
      new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(this.#say("publication.statements"))] }),
      ...statements.flatMap(({ title, text }) => [
        new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun(inXml(title))] }),
        ...lines(text),
      ]),
    ];
  }

  #section({ title, items }: PrintedSection): (Paragraph | Table)[] {
    return [
      new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(inXml(title))] }),
      ...items.flatMap((item) => (item.t === "words" ? lines(item.text) : [tableOf(item), new Paragraph("")])),
    ];
  }

  #block(block: PrintedBlock): Paragraph[] {
    const { anchor, kind, level, number, aside, pieces, remarks, proposals, direction } = block;
    const comments = remarks.map((remark) => this.#comment(remark));
    const whole = comments.filter((_, index) => !remarks[index]!.onWords);
    const isHeading = kind === "heading";
    const rtl = direction === "rtl";
    const lead = [...(number === "" ? [] : [number]), ...(aside === null ? [] : [aside])].join(" ");
    const change = changeOfAll(pieces);
    return [
      new Paragraph({
        ...(isHeading ? { heading: headings[level] ?? HeadingLevel.HEADING_4 } : { style: `Paragraph${level}` }),
        ...(rtl && { bidirectional: true }),
        // The paragraph's own end is part of what is inserted or deleted with all of its words.
        ...(change && {
          run: change.kind === "inserted" ? { insertion: this.#tracked(change) } : { deletion: this.#tracked(change) },
        }),
        children: [
          ...(lead === "" ? [] : [new TextRun({ text: inXml(lead), rightToLeft: rtl })]),
          ...(isHeading && lead === "" ? [] : [new TextRun({ children: [new Tab()] })]),
          ...this.#bookmarked(anchor, [
            ...whole.map((id) => new CommentRangeStart(id)),
            ...this.#pieces(pieces, comments, rtl),
            ...whole.flatMap((id) => endOfComment(id)),
          ]),
        ],
      }),
      ...this.#compiled(number, proposals),
    ];
  }

  /** Numbered by document: the library's own bookmarks are numbered by process, and would tell how many files were written before. */
  #bookmarked(name: string, children: readonly ParagraphChild[]): ParagraphChild[] {
    const id = ++this.#bookmarks;
    // The library's type of what stands in a paragraph leaves these two out.
    return [new BookmarkStart(name, id), ...children, new BookmarkEnd(id)] as ParagraphChild[];
  }

  /** @param comments the numbers of the remarks on this block, in their order */
  #pieces(pieces: readonly PrintedPiece[], comments: readonly number[], rightToLeft: boolean): ParagraphChild[] {
    const lastOf = new Map<number, number>();
    pieces.forEach((piece, index) => piece.remarks?.forEach((remark) => lastOf.set(remark, index)));
    const open = new Set<number>();
    return pieces.flatMap((piece, index): ParagraphChild[] => {
      const about = piece.remarks ?? [];
      const begin = about.filter((remark) => !open.has(remark));
      for (const remark of begin) open.add(remark);
      const end = about.filter((remark) => lastOf.get(remark) === index);
      return [
        ...begin.map((remark) => new CommentRangeStart(comments[remark]!)),
        this.#piece(piece, rightToLeft),
        ...end.flatMap((remark) => endOfComment(comments[remark]!)),
      ];
    });
  }

  #piece(piece: PrintedPiece, rightToLeft: boolean): ParagraphChild {
    const content =
      piece.t === "footnote"
        ? { style: "FootnoteReference", children: [new FootnoteReference(this.#footnote(piece.text))] }
        : { text: inXml(piece.text), rightToLeft, ...(piece.t === "text" && looks(piece.marks ?? [])) };
    switch (piece.change?.kind) {
      case undefined:
        return new TextRun(content);
      case "inserted":
        return new InsertedTextRun({ ...content, ...this.#tracked(piece.change) });
      case "deleted":
        return new DeletedTextRun({ ...content, ...this.#tracked(piece.change) });
    }
  }

  #tracked({ by, at }: Change): { id: number; author: string; date: string } {
    // Without milliseconds: what Word itself writes.
    return { id: ++this.#changes, author: inXml(by), date: `${new Date(at).toISOString().slice(0, 19)}Z` };
  }

  #footnote(text: string): number {
    const id = Object.keys(this.#footnotes).length + 1;
    this.#footnotes[id] = { children: [new Paragraph(inXml(text))] };
    return id;
  }

  #comment({ by, at, text }: Remark): number {
    const id = this.#comments.length;
    this.#comments.push({ id, author: inXml(by), initials: initialsOf(by), date: new Date(at), children: lines(text) });
    return id;
  }

  #compiled(number: string, proposals: readonly PrintedProposal[]): Paragraph[] {
    if (proposals.length === 0) return [];
    const title = this.#say("publication.proposals", { number: number.replace(/\.$/, "") });
    return [
      new Paragraph({ style: "Proposal", keepNext: true, children: [new TextRun({ text: title, bold: true })] }),
      ...this.#proposals(proposals),
    ];
  }

  #proposals(proposals: readonly PrintedProposal[]): Paragraph[] {
    const said = (text: string): Paragraph =>
      new Paragraph({ style: "Proposal", children: [new TextRun(inXml(text))] });
    return proposals.flatMap(({ title, pieces, reason, fate }) => [
      new Paragraph({
        style: "Proposal",
        keepNext: true,
        children: [new TextRun({ text: inXml(title), italics: true })],
      }),
      ...(pieces.length === 0
        ? []
        : [new Paragraph({ style: "Proposal", children: pieces.map((piece) => this.#shown(piece)) })]),
      ...(reason === null ? [] : [said(reason)]),
      ...(fate === null ? [] : [said(fate)]),
    ]);
  }

  /** In a compilation changes are shown, not tracked: nobody is to accept them there. */
  #shown(piece: PrintedPiece): ParagraphChild {
    if (piece.t === "footnote")
      return new TextRun({ style: "FootnoteReference", children: [new FootnoteReference(this.#footnote(piece.text))] });
    const kind = piece.change?.kind;
    return new TextRun({
      text: inXml(piece.text),
      ...(piece.t === "text" && looks(piece.marks ?? [])),
      ...(kind === "inserted" && { underline: {}, bold: true }),
      ...(kind === "deleted" && { strike: true }),
    });
  }
}

const lines = (text: string, look: IParagraphOptions = {}, run: IRunOptions = {}): Paragraph[] =>
  text.split("\n").map((line) => new Paragraph({ ...look, children: [new TextRun({ ...run, text: inXml(line) })] }));

/** Its head stands again on each page; no row is torn by the end of one. */
function tableOf({ columns, rows }: PrintedTable): Table {
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  const widths = columns.map(({ width }) => Math.round((textWidth * width) / whole));
  const cells = (texts: readonly string[], run: IRunOptions = {}): TableCell[] =>
    texts.map(
      (text, index) =>
        new TableCell({
          width: { size: widths[index]!, type: WidthType.DXA },
          children: lines(text, { style: "Cell" }, run),
        }),
    );
  const head = columns.map(({ title }) => title);
  return new Table({
    columnWidths: widths,
    width: { size: textWidth, type: WidthType.DXA },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: cells(head, { bold: true }) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: cells(row) })),
    ],
  });
}

const endOfComment = (id: number): ParagraphChild[] => [
  new CommentRangeEnd(id),
  new TextRun({ children: [new CommentReference(id)] }),
];

const looks = (marks: readonly Mark[]) => ({
  ...(marks.includes("strong") && { bold: true }),
  ...(marks.includes("em") && { italics: true }),
  ...(marks.includes("underline") && { underline: {} }),
});

const initialsOf = (name: string): string =>
  inXml(name)
    .split(/\s+/)
    .map((word) => word[0] ?? "")
    .join("")
    .slice(0, 3)
    .toUpperCase();

/** In twentieths of a point. */
const a4 = { width: 11_906, height: 16_838 };
const textWidth = a4.width - 2 * 1_440;
const indent = 567;

const headings = [HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4];

const font = { ascii: "Times New Roman", hAnsi: "Times New Roman", cs: "Times New Roman", eastAsia: "SimSun" };
const heading = (size: number) => ({
  run: { bold: true, size, color: "000000", font },
  paragraph: { spacing: { before: 240, after: 120 }, keepNext: true },
});

/** A language alone is not enough for Word; words in Chinese or Arabic letters have languages of their own beside it. */
const regions = { ar: "en-GB", zh: "en-GB", en: "en-GB", fr: "fr-FR", ru: "ru-RU", es: "es-ES" } as const;

const stylesIn = (original: Language): NonNullable<ConstructorParameters<typeof Document>[0]["styles"]> => ({
  default: {
    document: {
      run: {
        font,
        size: 21,
        language: { value: regions[original], eastAsia: "zh-CN", bidirectional: "ar-SA" },
      },
      paragraph: { spacing: { after: 120, line: 264 } },
    },
    title: heading(32),
    heading1: heading(28),
    heading2: heading(24),
    heading3: heading(22),
    heading4: { ...heading(21), run: { italics: true, size: 21, color: "000000", font } },
  },
  paragraphStyles: [
    ...[0, 1, 2].map((level) => ({
      id: `Paragraph${level}`,
      name: `Numbered paragraph ${level + 1}`,
      basedOn: "Normal",
      paragraph: {
        indent: { start: indent * level },
        tabStops: [{ type: TabStopType.LEFT, position: indent * (level + 1) }],
      },
    })),
    { id: "Standing", name: "Standing of a part", basedOn: "Normal", run: { italics: true } },
    {
      id: "Proposal",
      name: "Proposal",
      basedOn: "Normal",
      run: { size: 19 },
      paragraph: { indent: { start: indent } },
    },
    {
      id: "Cell",
      name: "Cell",
      basedOn: "Normal",
      run: { size: 18 },
      paragraph: { spacing: { after: 40, line: 240 } },
    },
    { id: "Small", name: "Small print", basedOn: "Normal", run: { size: 16 } },
    {
      id: "Masthead",
      name: "Masthead",
      basedOn: "Normal",
      run: { size: 24 },
      paragraph: { border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: "000000", space: 4 } } },
    },
  ],
});
