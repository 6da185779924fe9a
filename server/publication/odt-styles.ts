/** How an OpenDocument text looks: the page with its header and footer, the styles that a hand may change, and those that follow from the words. */
import type { Element } from "@xmldom/xmldom";
import type { Mark } from "../../shared/domain/text.ts";
import type { PrintedReport } from "./printed-report.ts";
import type { Attributes, XmlFile } from "./xml-file.ts";
import { xmlFile } from "./xml-file.ts";

const oasis = (name: string): string => `urn:oasis:names:tc:opendocument:xmlns:${name}:1.0`;

export const namespaces = {
  office: oasis("office"),
  style: oasis("style"),
  text: oasis("text"),
  table: oasis("table"),
  meta: oasis("meta"),
  fo: oasis("xsl-fo-compatible"),
  dc: "http://purl.org/dc/elements/1.1/",
} as const;

/** Of letters: marks of the text, and changes where they are shown and not tracked. */
export type Look = Mark | "inserted" | "deleted";

const underlined = { "style:text-underline-style": "solid", "style:text-underline-width": "auto" };
const bold = { "fo:font-weight": "bold", "style:font-weight-asian": "bold", "style:font-weight-complex": "bold" };
const italic = { "fo:font-style": "italic", "style:font-style-asian": "italic", "style:font-style-complex": "italic" };
const sized = (points: number): Attributes => ({
  "fo:font-size": `${points}pt`,
  "style:font-size-asian": `${points}pt`,
  "style:font-size-complex": `${points}pt`,
});

const looks: { readonly [L in Look]: Attributes } = {
  strong: bold,
  em: italic,
  underline: underlined,
  inserted: { ...bold, ...underlined },
  deleted: { "style:text-line-through-style": "solid", "style:text-line-through-type": "single" },
};

/** Styles that are needed as the words come: runs of letters, right-to-left paragraphs, columns of tables. */
export function contentStyles({ element }: XmlFile): {
  readonly text: (wanted: readonly Look[]) => string;
  readonly paragraph: (style: string, direction?: "ltr" | "rtl") => string;
  readonly column: (width: number) => string;
  readonly element: () => Element;
} {
  const made = new Map<string, Element>();
  const style = (name: string, family: string, properties: Element, more: Attributes = {}): string => {
    if (!made.has(name))
      made.set(name, element("style:style", { "style:name": name, "style:family": family, ...more }, [properties]));
    return name;
  };
  style(
    "Table",
    "table",
    element("style:table-properties", {
      "style:width": `${textWidth}mm`,
      "table:align": "left",
      "table:border-model": "collapsing",
      "fo:margin-bottom": "4mm",
    }),
  );
  style("Row", "table-row", element("style:table-row-properties", { "fo:keep-together": "always" }));
  style(
    "Boxed",
    "table-cell",
    element("style:table-cell-properties", { "fo:border": "0.5pt solid #000000", "fo:padding": "1.2mm" }),
  );
  return {
    text: (wanted) => {
      const sorted = (Object.keys(looks) as Look[]).filter((look) => wanted.includes(look));
      const properties = Object.assign({}, ...sorted.map((look) => looks[look])) as Attributes;
      return style(sorted.join("_"), "text", element("style:text-properties", properties));
    },
    paragraph: (name, direction = "ltr") =>
      direction === "ltr"
        ? name
        : style(
            `${name}_rtl`,
            "paragraph",
            // Not "start", which LibreOffice takes for the left.
            element("style:paragraph-properties", { "style:writing-mode": "rl-tb", "fo:text-align": "right" }),
            { "style:parent-style-name": name },
          ),
    column: (width) =>
      style(
        `Column_${width}`,
        "table-column",
        element("style:table-column-properties", { "style:column-width": `${width}mm` }),
      ),
    element: () => element("office:automatic-styles", {}, [...made.values()]),
  };
}

/** In millimetres. */
const a4 = { width: 210, height: 297, margin: 25.4 };
export const textWidth = a4.width - 2 * a4.margin;
const indent = 10;

/** The languages of text in other scripts: what a program checks the spelling of Arabic or Chinese words by. */
const languages = {
  "style:language-asian": "zh",
  "style:country-asian": "CN",
  "style:language-complex": "ar",
  "style:country-complex": "SA",
};

export function stylesFile(report: PrintedReport): string {
  const { language, original, direction, title, symbol, status, asOf, address } = report;
  const { root, element, append, written } = xmlFile(namespaces, "office:document-styles");
  // Words in Arabic or Chinese letters have languages of their own beside it.
  const western = original === "ar" || original === "zh" ? language : original;
  root.setAttribute("office:version", "1.3");

  const tabAt = (position: number, type: "left" | "right"): Element[] => [
    element("style:tab-stops", {}, [
      element("style:tab-stop", { "style:position": `${position}mm`, "style:type": type }),
    ]),
  ];
  const style = (
    name: string,
    shown: string,
    paragraph: Attributes,
    text: Attributes,
    { parent = "Text", stops = [] }: { readonly parent?: string; readonly stops?: readonly Element[] } = {},
  ): Element =>
    element(
      "style:style",
      {
        "style:name": name,
        "style:display-name": shown,
        "style:family": "paragraph",
        "style:parent-style-name": name === parent ? undefined : parent,
      },
      [element("style:paragraph-properties", paragraph, stops), element("style:text-properties", text)],
    );
  const heading = (level: number, points: number): Element =>
    style(
      `Heading_${level}`,
      `Heading ${level}`,
      { "fo:margin-top": "4mm", "fo:margin-bottom": "2mm", "fo:keep-with-next": "always" },
      { ...bold, ...sized(points), ...(level === 4 && italic) },
    );
  const together = { "fo:keep-with-next": "always" };
  const toTheRight = (): Element[] => tabAt(textWidth, "right");
  const aside = { "fo:margin-left": `${indent}mm`, "fo:margin-bottom": "1mm" };
  const font = {
    "fo:font-family": "'Times New Roman'",
    "style:font-family-asian": "SimSun",
    "style:font-family-complex": "'Times New Roman'",
  };

  append(root, [
    element("office:styles", {}, [
      element("style:default-style", { "style:family": "paragraph" }, [
        element("style:paragraph-properties", {
          "style:writing-mode": direction === "rtl" ? "rl-tb" : "lr-tb",
          "style:tab-stop-distance": `${indent}mm`,
        }),
        element("style:text-properties", {
          ...font,
          ...sized(10.5),
          "fo:language": western,
          "fo:country": countries[western] ?? "none",
          ...languages,
        }),
      ]),
      style("Text", "Text", { "fo:margin-bottom": "2mm", "fo:line-height": "110%", "fo:text-align": "start" }, {}),
      heading(1, 14),
      heading(2, 12),
      heading(3, 11),
      heading(4, 10.5),
      style("Title", "Title", { "fo:margin-top": "6mm", "fo:margin-bottom": "3mm" }, { ...bold, ...sized(16) }),
      ...[0, 1, 2].map((level) =>
        style(
          `Paragraph_${level}`,
          `Numbered paragraph ${level + 1}`,
          { "fo:margin-left": `${indent * level}mm` },
          {},
          // Counted from the indent.
          { stops: tabAt(indent, "left") },
        ),
      ),
      style("Standing", "Standing of a part", {}, italic),
      style("Standing_before", "Standing of a part, with what follows", together, {}, { parent: "Standing" }),
      style("Proposal", "Proposal", aside, sized(9.5)),
      style("Proposal_before", "Proposal, with what follows", together, {}, { parent: "Proposal" }),
      style("Cell", "Cell", { "fo:margin-bottom": "0.7mm", "fo:line-height": "100%" }, sized(9)),
      style("Cell_head", "Head of a column", {}, bold, { parent: "Cell" }),
      style("Footnote", "Footnote", { "fo:margin-bottom": "1mm" }, sized(9)),
      style("Small", "Small print", {}, sized(8), { stops: toTheRight() }),
      style("Header", "Header", {}, {}, { stops: toTheRight() }),
      style("Imprint", "Imprint", { "fo:text-align": "end" }, {}),
      style(
        "Masthead",
        "Masthead",
        { "fo:border-bottom": "0.75pt solid #000000", "fo:padding-bottom": "1.4mm" },
        sized(12),
        { stops: toTheRight() },
      ),
      element("style:style", { "style:name": "strong", "style:family": "text" }, [
        element("style:text-properties", bold),
      ]),
      element("text:notes-configuration", {
        "text:note-class": "footnote",
        "style:num-format": "1",
        "style:num-suffix": " ",
        "text:start-value": 0,
        "text:footnotes-position": "page",
        "text:start-numbering-at": "document",
      }),
    ]),
    element("office:automatic-styles", {}, [
      element("style:page-layout", { "style:name": "Page" }, [
        element("style:page-layout-properties", {
          "fo:page-width": `${a4.width}mm`,
          "fo:page-height": `${a4.height}mm`,
          "fo:margin": `${a4.margin}mm`,
          "style:writing-mode": direction === "rtl" ? "rl-tb" : "lr-tb",
        }),
        element("style:header-style", {}, [
          element("style:header-footer-properties", { "fo:min-height": "8mm", "fo:margin-bottom": "4mm" }),
        ]),
        element("style:footer-style", {}, [
          element("style:header-footer-properties", { "fo:min-height": "8mm", "fo:margin-top": "4mm" }),
        ]),
      ]),
    ]),
    element("office:master-styles", {}, [
      element("style:master-page", { "style:name": "Standard", "style:page-layout-name": "Page" }, [
        element("style:header", {}, [
          element("text:p", { "text:style-name": "Header" }, [
            title,
            element("text:tab"),
            element("text:span", { "text:style-name": "strong" }, [symbol ?? ""]),
          ]),
        ]),
        element("style:footer", {}, [
          element("text:p", { "text:style-name": "Small" }, [
            `${status}. ${asOf}.`,
            element("text:line-break"),
            address,
            element("text:tab"),
            element("text:page-number", { "text:select-page": "current" }, ["1"]),
            "/",
            element("text:page-count", {}, ["1"]),
          ]),
        ]),
      ]),
    ]),
  ]);
  return written();
}

/** A language alone is not enough for some programs. */
const countries: { readonly [language: string]: string } = {
  ar: "SA",
  zh: "CN",
  en: "GB",
  fr: "FR",
  ru: "RU",
  es: "ES",
};
