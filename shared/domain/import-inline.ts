/**
 * The inside of a Markdown paragraph as inline content: emphasis, links to their text, footnotes (SPEC: IMP).
 * Square brackets are words not agreed unless they are certainly Markdown's: a link needs an address, a footnote its text.
 */
import type { Inline, Mark } from "./text.ts";
import { hiddenCharacters } from "./wording.ts";

export interface Footing {
  /** Text of a footnote by its label, and an id for a new one; null when there is no such footnote. */
  readonly footnote: (label: string) => { readonly id: string; readonly text: string } | null;
  /** Labels of link definitions, lower case. */
  readonly links: ReadonlySet<string>;
  /** Told of an image, which a report cannot hold; its description stays. */
  readonly onImage: () => void;
}

/** Of Markdown, with the emphasis of HTML. */
export function inlineOf(source: string, footing: Footing): Inline[] {
  const pieces: Piece[] = [];
  const open: Delimiter[] = [];
  const tags = new Set<Mark>();
  let at = 0;
  const words = (text: string) => pieces.push({ inline: { t: "text", text }, marks: new Set(tags) });
  const construct = new RegExp(constructs, "gi");
  for (let match; (match = construct.exec(source));) {
    if (match.index > at) words(source.slice(at, match.index));
    const sign = match[0];
    const after = match.index + sign.length;
    const groups = match.groups ?? {};
    const { escaped, run, label, link, address, reference, target, entity, tag, code, autolink, attribute, bang } =
      groups;
    at = after;
    if (escaped !== undefined) words(escaped);
    else if (run !== undefined) emphasize(pieces, open, tags, run, source[after - run.length - 1], source[after]);
    else if (label !== undefined) {
      const note = footing.footnote(label);
      if (note) pieces.push({ inline: { t: "footnote", ...note }, marks: new Set() });
      else words(sign);
    } else if (
      address !== undefined ||
      (target !== undefined && footing.links.has((target || reference!).toLowerCase()))
    ) {
      if (bang) footing.onImage();
      // What stands for the link is itself Markdown, and has no link in it.
      pieces.push(...inlineOf(link ?? reference!, footing).map(asPiece));
    } else if (entity !== undefined) words(entities[entity] ?? sign);
    else if (code !== undefined) words(code);
    else if (autolink !== undefined) words(autolink);
    else if (tag !== undefined) {
      const mark = markOfTag[tag.toLowerCase()];
      if (mark && sign.startsWith("</")) tags.delete(mark);
      else if (mark) tags.add(mark);
      else if (tag.toLowerCase() === "br") words(" ");
    } else if (attribute === undefined) {
      // A bracket of the text: only this sign is passed, what follows may be Markdown.
      words(sign[0]!);
      at = construct.lastIndex = match.index + 1;
    }
  }
  if (at < source.length) words(source.slice(at));
  return joined(pieces);
}

/** What is Markdown's. Each alternative stops at the next sign of its kind, so that no text takes long. */
const constructs = [
  /\\(?<escaped>[!-/:-@[-`{-~])/,
  /\[\^(?<label>[^\]\s]{1,40})\]/,
  /(?<bang>!?)\[(?<link>[^[\]]*)\]\((?<address><?(?:https?:|mailto:|www\.|\/|#|\.{1,2}\/)[^\s)]{0,2000}>?)(?:\s+(?:"[^"]*"|'[^']*'))?\)/,
  /\[(?<reference>[^[\]]*)\]\[(?<target>[^[\]]*)\]/,
  /(?<run>\*+|_+)/,
  /`(?<code>[^`]+)`/,
  /<(?<autolink>https?:[^\s<>]+)>/,
  /<\/?(?<tag>[a-z][a-z0-9]*)(?:\s[^<>]*)?\/?>/i,
  /(?<attribute>\{[:#][^{}]*\})/,
  /&(?<entity>amp|lt|gt|quot|apos|nbsp|#39);/,
  /!?\[/,
]
  .map((one) => one.source)
  .join("|");

const entities: { readonly [name: string]: string } = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#39": "'",
  nbsp: "\u00A0",
};

const markOfTag: { readonly [tag: string]: Mark } = {
  b: "strong",
  strong: "strong",
  i: "em",
  em: "em",
  u: "underline",
  ins: "underline",
};

interface Piece {
  inline: Inline;
  readonly marks: Set<Mark>;
}

const asPiece = (inline: Inline): Piece => ({ inline, marks: new Set(inline.t === "text" ? inline.marks : []) });

/** Stars or underscores that may begin emphasis, and still stand as words at `piece`. */
interface Delimiter {
  readonly piece: number;
  readonly sign: string;
  left: number;
}

/** CommonMark's rule in short: a run closes what it can, innermost first, and what is left of it may open. */
function emphasize(
  pieces: Piece[],
  open: Delimiter[],
  tags: ReadonlySet<Mark>,
  run: string,
  before: string | undefined,
  after: string | undefined,
): void {
  const sign = run[0]!;
  const inWord = sign === "_" && isLetter(before) && isLetter(after);
  let left = run.length;
  if (isSolid(before) && !inWord) {
    for (let last; left > 0 && (last = open.findLastIndex((delimiter) => delimiter.sign === sign)) >= 0;) {
      const opener = open[last]!;
      const used = left >= 2 && opener.left >= 2 ? 2 : 1;
      for (const piece of pieces.slice(opener.piece + 1)) piece.marks.add(used === 2 ? "strong" : "em");
      opener.left -= used;
      left -= used;
      pieces[opener.piece]!.inline = { t: "text", text: sign.repeat(opener.left) };
      open.length = opener.left > 0 ? last + 1 : last;
    }
  }
  if (left === 0) return;
  if (isSolid(after) && !inWord) open.push({ piece: pieces.length, sign, left });
  pieces.push({ inline: { t: "text", text: sign.repeat(left) }, marks: new Set(tags) });
}

const isSolid = (character: string | undefined): boolean => character !== undefined && !/\s/.test(character);
const isLetter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

const order: readonly Mark[] = ["strong", "em", "underline"];

/** Runs of equal marks made one, white space single and none at the ends. */
function joined(pieces: readonly Piece[]): Inline[] {
  const content: Inline[] = [];
  let spaced = true; // what stands before ends in white space, or nothing does
  for (const { inline, marks } of pieces) {
    if (inline.t !== "text") {
      content.push(inline);
      spaced = false;
      continue;
    }
    const single = inline.text.replace(/\s+/g, " ");
    const text: string = spaced ? single.replace(/^ /, "") : single;
    if (text === "") continue;
    spaced = text.endsWith(" ");
    const own = order.filter((mark) => marks.has(mark));
    const last = content.at(-1);
    if (last?.t === "text" && (last.marks ?? []).join() === own.join()) {
      content[content.length - 1] = { ...last, text: last.text + text };
    } else content.push(own.length > 0 ? { t: "text", text, marks: own } : { t: "text", text });
  }
  const last = content.at(-1);
  if (last?.t === "text" && spaced) {
    content.pop();
    if (last.text !== " ") content.push({ ...last, text: last.text.slice(0, -1) });
  }
  return content;
}

/** The text in NFC and without characters that a reader cannot see; `found` is how many there were. */
export function visible(source: string): { text: string; found: number } {
  const normal = source.normalize("NFC");
  const hidden = hiddenCharacters(normal.replace(/[\t\n]/g, " "));
  let text = "";
  let from = 0;
  for (const { at } of hidden) {
    text += normal.slice(from, at);
    from = at + (normal.codePointAt(at)! > 0xffff ? 2 : 1);
  }
  return { text: text + normal.slice(from), found: hidden.length };
}
