/**
 * The ProseMirror schema of a report: a flat run of paragraphs and headings. Every attribute is validated, so that nothing from
 * outside (a paste, another version's text) makes a document that the house does not understand.
 *
 * Ids are never read from HTML: a paste makes new paragraphs, and their ids are minted where they are inserted (BIN4).
 */
import type { Attrs, NodeSpec, TagParseRule } from "prosemirror-model";
import { Schema } from "prosemirror-model";
import { parseParagraphId, parts } from "../domain/values.ts";
import { isEmbed } from "../sync/model.ts";

/** What of an element the parse rules read; `shared` knows no DOM. */
interface MarkedUp {
  readonly tagName: string;
  readonly style: { readonly fontWeight: string; readonly textDecoration: string };
  getAttribute(name: string): string | null;
}

const refuseUnless =
  (name: string, holds: (value: unknown) => boolean) =>
  (value: unknown): void => {
    if (!holds(value)) throw new RangeError(`Invalid value for attribute ${name}: ${JSON.stringify(value)}`);
  };

const isLevel = (value: unknown): boolean => value === 0 || value === 1 || value === 2;
const isPart = (value: unknown): boolean => parts.some((part) => part === value);
/** Null for a paragraph that is not in the Y.Doc: the one shown in an empty report, and a copy before its id is minted. */
const isIdOrNone = (value: unknown): boolean => value === null || parseParagraphId(value) !== null;

const blockAttrs = {
  id: { default: null, validate: refuseUnless("id", isIdOrNone) },
  level: { default: 0, validate: refuseUnless("level", isLevel) },
  part: { default: "consensus", validate: refuseUnless("part", isPart) },
};

/** Our own output says its level; in foreign HTML h1 is the highest and everything below h3 counts as h3. */
function readAttrs(element: MarkedUp): Attrs {
  const level = Number(element.getAttribute("data-level") ?? Number.NaN);
  const part = element.getAttribute("data-part");
  const ofTag = /^h([1-6])$/i.exec(element.tagName);
  return {
    level: isLevel(level) ? level : ofTag ? Math.min(Number(ofTag[1]) - 1, 2) : 0,
    part: isPart(part) ? part : "consensus",
  };
}

const blockDomAttrs = (attrs: Attrs): Record<string, string> => ({
  class: "block",
  "data-level": String(attrs["level"]),
  "data-part": String(attrs["part"]),
});

const rule = (tag: string, getAttrs: (element: MarkedUp) => Attrs | false): TagParseRule => ({
  tag,
  getAttrs,
});

const paragraph: NodeSpec = {
  group: "block",
  content: "inline*",
  attrs: blockAttrs,
  parseDOM: [rule("p", readAttrs)],
  toDOM: (node) => ["p", blockDomAttrs(node.attrs), 0],
};

const heading: NodeSpec = {
  group: "block",
  content: "inline*",
  defining: true,
  attrs: blockAttrs,
  parseDOM: [1, 2, 3, 4, 5, 6].map((level) => rule(`h${level}`, readAttrs)),
  // The page's own title is its h1.
  toDOM: (node) => [`h${Number(node.attrs["level"]) + 2}`, blockDomAttrs(node.attrs), 0],
};

/** An inline atom takes one character in ProseMirror and in Y.Text alike, so that offsets agree. */
const atom = (attrs: NonNullable<NodeSpec["attrs"]>, rest: Pick<NodeSpec, "toDOM" | "parseDOM">): NodeSpec => ({
  group: "inline",
  inline: true,
  atom: true,
  attrs,
  ...rest,
});

const footnoteOf = (attrs: Attrs): unknown => ({ t: "footnote", id: attrs["id"], text: attrs["text"] });

const footnote = atom(
  {
    id: { validate: refuseUnless("id", (id) => isEmbed(footnoteOf({ id, text: "" }))) },
    text: { default: "", validate: refuseUnless("text", (text) => isEmbed(footnoteOf({ id: "f", text }))) },
  },
  {
    parseDOM: [
      rule("span[data-footnote]", (element) => {
        const attrs = { id: element.getAttribute("data-footnote"), text: element.getAttribute("data-text") ?? "" };
        return isEmbed(footnoteOf(attrs)) && attrs;
      }),
    ],
    toDOM: ({ attrs }) => [
      "span",
      { class: "footnote", "data-footnote": String(attrs["id"]), "data-text": String(attrs["text"]) },
      "*",
    ],
  },
);

const ref = atom(
  { to: { validate: refuseUnless("to", (to) => parseParagraphId(to) !== null) } },
  {
    parseDOM: [
      rule("span[data-ref]", (element) => {
        const to = parseParagraphId(element.getAttribute("data-ref"));
        return to !== null && { to };
      }),
    ],
    toDOM: ({ attrs }) => ["span", { class: "ref", "data-ref": String(attrs["to"]) }, "¶"],
  },
);

/** An embed of a later version: shown as a marker, kept as it is, never written differently. It cannot be pasted. */
const unknown = atom(
  { json: { validate: "string" } },
  { toDOM: () => ["span", { class: "unknown-content" }, "\u25A1"] },
);

/** A ProseMirror mark's rules: tags, and the styles that word processors write instead. */
const boldStyle = /^(bold(er)?|[6-9]\d{2})$/;

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph,
    heading,
    text: { group: "inline" },
    footnote,
    ref,
    unknown,
  },
  marks: {
    strong: {
      parseDOM: [
        { tag: "strong" },
        // Google Docs wraps everything in <b style="font-weight: normal">.
        rule("b", (element) => (element.style.fontWeight === "normal" ? false : {})),
        { style: "font-weight", getAttrs: (value) => boldStyle.test(value) && null },
      ],
      toDOM: () => ["strong", 0],
    },
    em: {
      parseDOM: [{ tag: "em" }, { tag: "i" }, { style: "font-style=italic" }, { style: "font-style=oblique" }],
      toDOM: () => ["em", 0],
    },
    underline: {
      parseDOM: [
        { tag: "u" },
        { style: "text-decoration", getAttrs: (value) => /\bunderline\b/.test(value) && null },
        { style: "text-decoration-line", getAttrs: (value) => /\bunderline\b/.test(value) && null },
      ],
      toDOM: () => ["u", 0],
    },
  },
});
