/** What a PDF file says of itself and in words: enough of the format for the files that we write. */
import { inflateSync } from "node:zlib";

export interface ReadPdf {
  readonly title: string | undefined;
  readonly language: string | undefined;
  readonly isTagged: boolean;
  /** Titles of the bookmarks, in order. */
  readonly bookmarks: readonly string[];
  /** Kinds of the elements that a screen reader is told of: `H1`, `P`, `Note`. */
  readonly roles: ReadonlySet<string>;
  readonly pages: readonly {
    /** The text itself, as it is read. */
    readonly words: string;
    /** Header, footer and line numbers. */
    readonly beside: readonly string[];
  }[];
  /** Everything in the file, its streams inflated. */
  readonly whole: string;
}

interface Part {
  readonly dictionary: string;
  readonly stream: string;
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const parts = partsOf(Buffer.from(bytes));
  const whole = [...parts.values()].map(({ dictionary, stream }) => `${dictionary}\n${stream}`).join("\n");
  const dictionaries = [...parts.values()].map(({ dictionary }) => dictionary);
  const all = (pattern: RegExp): string[] =>
    dictionaries.flatMap((dictionary) => [...dictionary.matchAll(pattern)].map((found) => found[1]!));
  const catalog = dictionaries.find((dictionary) => /\/Type \/Catalog/.test(dictionary)) ?? "";
  const info = dictionaries.find((dictionary) => /\/Creator/.test(dictionary)) ?? "";
  const title = stringAfter(info, "Title");
  return {
    title,
    language: /\/Lang \(([^)]*)\)/.exec(catalog)?.[1],
    isTagged: /\/Marked true/.test(catalog) && catalog.includes("/StructTreeRoot"),
    bookmarks: dictionaries
      .filter((dictionary) => dictionary.includes("/Dest") && dictionary.includes("/Title"))
      .map((dictionary) => stringAfter(dictionary, "Title") ?? ""),
    roles: new Set(all(/\/S \/([A-Za-z0-9]+)/g)),
    pages: pagesIn(parts).map((page) => textOf(page, parts)),
    whole,
  };
}

/** Latin-1, in which every byte is one character. */
function partsOf(file: Buffer): Map<number, Part> {
  const parts = new Map<number, Part>();
  const text = file.toString("latin1");
  for (let at = 0; ;) {
    const begin = /(?<=^|\n)(\d+) 0 obj\n/g;
    begin.lastIndex = at;
    const found = begin.exec(text);
    if (!found) return parts;
    const from = begin.lastIndex;
    const until = text.indexOf("\nendobj", from);
    const streamAt = text.indexOf("\nstream\n", from);
    if (streamAt < 0 || streamAt > until) {
      parts.set(Number(found[1]), { dictionary: text.slice(from, until), stream: "" });
      at = until;
      continue;
    }
    const dictionary = text.slice(from, streamAt);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
    const start = streamAt + "\nstream\n".length;
    const raw = file.subarray(start, start + length);
    const stream = (dictionary.includes("/FlateDecode") ? inflateSync(raw) : raw).toString("latin1");
    parts.set(Number(found[1]), { dictionary, stream });
    at = start + length;
  }
}

const partAt = (parts: Map<number, Part>, reference: string | undefined): Part => {
  const found = parts.get(Number(reference));
  if (!found) throw new Error(`the file has no part ${reference}`);
  return found;
};

/** In the order of the tree of pages. */
function pagesIn(parts: Map<number, Part>): string[] {
  const below = (dictionary: string): string[] => {
    const kids = /\/Kids \[([^\]]*)\]/.exec(dictionary)?.[1];
    if (kids === undefined) return [dictionary];
    return [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, kid]) => below(partAt(parts, kid).dictionary));
  };
  const root = [...parts.values()].find(
    ({ dictionary }) => /\/Type \/Pages/.test(dictionary) && !dictionary.includes("/Parent"),
  );
  return below(root?.dictionary ?? "");
}

function textOf(page: string, parts: Map<number, Part>): ReadPdf["pages"][number] {
  const { stream } = partAt(parts, /\/Contents (\d+) 0 R/.exec(page)?.[1]);
  const held = /\/Resources (\d+) 0 R/.exec(page);
  const resources = held ? partAt(parts, held[1]).dictionary : page;
  const fonts = new Map(
    [...resources.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name, font]) => [name!, charactersOf(font!, parts)]),
  );
  const words: { text: string; line: string }[] = [];
  const beside: string[] = [];
  const open: boolean[] = [];
  let line = "";
  let characters: ReadonlyMap<number, string> = new Map();
  for (const [operator, font] of inHex(stream).matchAll(
    /\/(f\d+) [\d.]+ Tf|[-\d. ]+ cm|\/\w+(?: <<(?:[^<>]|<<[^>]*>>|<[^<>]*>)*>>)? B(?:DC|MC)|EMC|(?:<[0-9a-fA-F]*>|\[[^\]]*\]) T[jJ]/g,
  )) {
    if (operator.endsWith("Tf")) characters = fonts.get(font!) ?? new Map();
    else if (operator.endsWith("cm")) line = operator.trim().split(" ").at(-2)!;
    else if (/B(DC|MC)$/.test(operator)) open.push(operator.startsWith("/Artifact"));
    else if (operator === "EMC") open.pop();
    else {
      const glyphs = [...operator.matchAll(/<([0-9a-fA-F]*)>/g)].flatMap(([, hex]) => hex!.match(/.{4}/g) ?? []);
      const text = glyphs.map((glyph) => characters.get(Number.parseInt(glyph, 16)) ?? "\u{FFFD}").join("");
      if (open.includes(true)) beside.push(text);
      else words.push({ text, line });
    }
  }
  return {
    words: words
      .map(({ text, line: here }, index) => (index > 0 && words[index - 1]!.line !== here ? ` ${text}` : text))
      .join("")
      .replace(/\s+/g, " ")
      .trim(),
    beside,
  };
}

function charactersOf(font: string, parts: Map<number, Part>): ReadonlyMap<number, string> {
  const unicode = /\/ToUnicode (\d+) 0 R/.exec(partAt(parts, font).dictionary)?.[1];
  if (unicode === undefined) return new Map();
  return new Map(
    [...partAt(parts, unicode).stream.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>\n/g)].map(([, glyph, text]) => [
      Number.parseInt(glyph!, 16),
      Buffer.from(text!, "hex").swap16().toString("utf16le"),
    ]),
  );
}

/** Every string of a stream as hexadecimal digits, which know neither escapes nor brackets. */
function inHex(stream: string): string {
  let written = "";
  for (let at = 0; at < stream.length; at++) {
    if (stream[at] !== "(") {
      written += stream[at];
      continue;
    }
    const from = at + 1;
    for (let depth = 1; depth > 0;) {
      at++;
      if (stream[at] === "\\") at++;
      else if (stream[at] === "(") depth++;
      else if (stream[at] === ")") depth--;
    }
    written += `<${Buffer.from(unescaped(stream.slice(from, at)), "latin1").toString("hex")}>`;
  }
  return written;
}

const letters: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
const unescaped = (string: string): string =>
  string.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, escaped: string) =>
    /^[0-7]/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (letters[escaped] ?? escaped),
  );

function stringAfter(dictionary: string, name: string): string | undefined {
  const hex = new RegExp(`/${name} <FEFF([0-9A-F]*)>`).exec(dictionary)?.[1];
  if (hex !== undefined) return Buffer.from(hex, "hex").swap16().toString("utf16le");
  const string = new RegExp(`/${name} \\(((?:\\\\[\\s\\S]|[^\\\\)])*)\\)`).exec(dictionary)?.[1];
  if (string === undefined) return undefined;
  const bytes = Buffer.from(unescaped(string), "latin1");
  return bytes.length >= 2 && bytes.readUInt16BE(0) === 0xfeff
    ? Buffer.from(bytes.subarray(2)).swap16().toString("utf16le")
    : bytes.toString("latin1");
}
