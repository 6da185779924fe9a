/** Files as word processors write them, from the XML that a test is about. */
import { strToU8, zipSync } from "fflate";

const w = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`;
const related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export interface DocxParts {
  readonly comments?: string;
  readonly commentsExtended?: string;
  readonly footnotes?: string;
  readonly styles?: string;
  readonly numbering?: string;
}

const roots = {
  comments: "comments",
  commentsExtended: "w15:commentsEx",
  footnotes: "footnotes",
  styles: "styles",
  numbering: "numbering",
} as const satisfies Record<keyof DocxParts, string>;

/** @param body what stands in `w:body` */
export function docxFiles(body: string, parts: DocxParts = {}): Record<string, string> {
  const given = Object.entries(parts) as [keyof DocxParts, string][];
  const relations = given.map(
    ([kind], id) => `<Relationship Id="r${id}" Type="${related}/${kind}" Target="${kind}.xml"/>`,
  );
  const rels = (inner: string): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
  return {
    "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    "_rels/.rels": rels(`<Relationship Id="r" Type="${related}/officeDocument" Target="word/document.xml"/>`),
    "word/document.xml": `<w:document ${w}><w:body>${body}</w:body></w:document>`,
    "word/_rels/document.xml.rels": rels(relations.join("")),
    ...Object.fromEntries(
      given.map(([kind, inner]) => {
        const root = roots[kind].includes(":") ? roots[kind] : `w:${roots[kind]}`;
        return [`word/${kind}.xml`, `<${root} ${w}>${inner}</${root}>`];
      }),
    ),
  };
}

export const packed = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

export const aDocx = (body: string, parts?: DocxParts): Uint8Array => packed(docxFiles(body, parts));

/** A workbook of one sheet. @param rows what stands in `sheetData`; @param shared what stands in `sst` */
export const anXlsx = (rows: string, shared = ""): Uint8Array =>
  packed({
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": `<workbook xmlns:r="${related}"><sheets><sheet name="Comments" r:id="r1"/><sheet name="Kept" state="hidden" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="${related}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    "xl/sharedStrings.xml": `<sst>${shared}</sst>`,
  });

const o = "urn:oasis:names:tc:opendocument:xmlns";
const spaces = `xmlns:office="${o}:office:1.0" xmlns:text="${o}:text:1.0" xmlns:table="${o}:table:1.0" xmlns:draw="${o}:drawing:1.0" xmlns:style="${o}:style:1.0" xmlns:fo="${o}:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="${o}:meta:1.0" xmlns:loext="${o}:loext:1.0"`;

/** @param text what stands in `office:text`; @param styles in `office:automatic-styles` */
export const anOdt = (text: string, styles = ""): Uint8Array =>
  packed({
    mimetype: "application/vnd.oasis.opendocument.text",
    "META-INF/manifest.xml": `<manifest:manifest xmlns:manifest="${o}:manifest:1.0"/>`,
    "content.xml": `<office:document-content ${spaces}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>${text}</office:text></office:body></office:document-content>`,
  });
