/** What Word keeps apart from the words: the names of styles, which of them are headings, and the numbers that it counts itself. */
import { letters, roman } from "../../shared/domain/numbering.ts";
import type { Element } from "./xml.ts";
import { childOf, childrenOf } from "./xml.ts";

/** The namespace of Word's own elements; the second is that of the strict form. */
const words = new Set([
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
  "http://purl.oclc.org/ooxml/wordprocessingml/main",
]);
export const isWords = (element: Element): boolean => words.has(element.namespaceURI ?? "");

/** An attribute of an element of Word's; some programs write it without the prefix. */
export const attribute = (element: Element | null, name: string): string | null =>
  element?.getAttributeNS(element.namespaceURI, name) ?? element?.getAttribute(name) ?? null;

export const valueOf = (parent: Element | null, name: string): string | null => attribute(childOf(parent, name), "val");

/** `<w:b/>` and `<w:b w:val="1"/>` are on, `<w:b w:val="0"/>` is off. */
export function isOn(parent: Element | null, name: string): boolean {
  const element = childOf(parent, name);
  return element !== null && !["0", "false", "off", "none"].includes(attribute(element, "val") ?? "");
}

interface Style {
  readonly name: string;
  readonly basedOn: string | null;
  readonly outline: number | null;
  readonly numbering: Element | null;
}

export class Styles {
  readonly #styles = new Map<string, Style>();
  #default = "";

  constructor(root: Element | null) {
    if (!root) return;
    for (const style of childrenOf(root)) {
      const id = attribute(style, "styleId");
      if (style.localName !== "style" || id === null) continue;
      const properties = childOf(style, "pPr");
      const name = valueOf(style, "name") ?? id;
      this.#styles.set(id, {
        name,
        basedOn: valueOf(style, "basedOn"),
        outline: outlineOf(properties) ?? headingNamed(name),
        numbering: childOf(properties, "numPr"),
      });
      if (attribute(style, "default") === "1" && attribute(style, "type") === "paragraph") this.#default = id;
    }
  }

  nameOf(id: string | null): string {
    return this.#styles.get(id ?? this.#default)?.name ?? id ?? "";
  }

  headingOf(id: string | null): number | null {
    return this.#inherited(id, ({ outline }) => outline);
  }

  numberingOf(id: string | null): Element | null {
    return this.#inherited(id, ({ numbering }) => numbering);
  }

  #inherited<Value>(id: string | null, of: (style: Style) => Value | null): Value | null {
    const seen = new Set<string>();
    for (let at = id ?? this.#default; !seen.has(at);) {
      seen.add(at);
      const style = this.#styles.get(at);
      const value = style && of(style);
      if (value !== null && value !== undefined) return value;
      at = style?.basedOn ?? at;
    }
    return null;
  }
}

/** 1 to 9; Word counts from 0, and 9 is body text. */
export function outlineOf(properties: Element | null): number | null {
  const level = Number(valueOf(properties, "outlineLvl") ?? Number.NaN);
  return level >= 0 && level < 9 ? level + 1 : null;
}

/** As both formats call their styles of headings. */
export const headingNamed = (name: string): number | null => {
  const level = Number(/^heading ([1-9])$/i.exec(name)?.[1] ?? 0);
  return level > 0 ? level : null;
};

interface Level {
  readonly format: string;
  /** "%1.%2" */
  readonly text: string;
  readonly start: number;
}

/** The numbers that Word sets before paragraphs, counted as it does. */
export class Numbering {
  readonly #lists = new Map<string, { readonly abstract: string; readonly levels: readonly Level[] }>();
  readonly #counts = new Map<string, number[]>();

  constructor(root: Element | null) {
    if (!root) return;
    const abstracts = new Map<string, readonly Level[]>();
    for (const one of childrenOf(root)) {
      if (one.localName === "abstractNum") abstracts.set(attribute(one, "abstractNumId") ?? "", levelsOf(one, []));
      if (one.localName !== "num") continue;
      const abstract = valueOf(one, "abstractNumId") ?? "";
      this.#lists.set(attribute(one, "numId") ?? "", {
        abstract,
        levels: overridden(one, abstracts.get(abstract) ?? []),
      });
    }
  }

  /** The next number; each call counts. @param numbering `w:numPr`. Null: no list. */
  next(numbering: Element | null): { text: string; level: number } | null {
    const list = this.#lists.get(valueOf(numbering, "numId") ?? "0");
    if (!list) return null;
    const level = Math.min(8, Math.max(0, Math.trunc(Number(valueOf(numbering, "ilvl") ?? 0)) || 0));
    const counts = this.#counts.get(list.abstract) ?? [];
    this.#counts.set(list.abstract, counts);
    counts[level] = (counts[level] ?? (list.levels[level]?.start ?? 1) - 1) + 1;
    counts.length = level + 1;
    const { format = "decimal", text = "" } = list.levels[level] ?? {};
    const shown = text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      return spelled(counts[at] ?? list.levels[at]?.start ?? 1, list.levels[at]?.format ?? "decimal");
    });
    return { text: format === "bullet" ? "•" : shown, level };
  }
}

const overridden = (list: Element, levels: readonly Level[]): readonly Level[] => {
  const own = [...levels];
  for (const override of childrenOf(list)) {
    if (override.localName !== "lvlOverride") continue;
    const at = Number(attribute(override, "ilvl") ?? 0);
    const start = Number(valueOf(override, "startOverride") ?? own[at]?.start ?? 1);
    const changed = levelsOf(override, own)[at];
    if (changed) own[at] = { ...changed, start };
  }
  return own;
};

function levelsOf(parent: Element, before: readonly Level[]): readonly Level[] {
  const levels = [...before];
  for (const one of childrenOf(parent)) {
    const at = Number(attribute(one, "ilvl") ?? Number.NaN);
    if (one.localName !== "lvl" || !(at >= 0 && at < 9)) continue;
    levels[at] = {
      format: valueOf(one, "numFmt") ?? "decimal",
      text: valueOf(one, "lvlText") ?? "",
      start: Number(valueOf(one, "start") ?? 0) || 0,
    };
  }
  return levels;
}

/** A number as lists spell it. Names of formats are Word's. */
export function spelled(count: number, format: string): string {
  // A start that no list has would make letters by the million.
  if (count < 1 || count > 700) return format === "none" ? "" : String(count);
  switch (format) {
    case "none":
    case "bullet":
      return "";
    case "lowerLetter":
      return letters(count);
    case "upperLetter":
      return letters(count).toUpperCase();
    case "lowerRoman":
      return roman(count);
    case "upperRoman":
      return roman(count).toUpperCase();
    default:
      return String(count);
  }
}
