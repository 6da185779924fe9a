/**
 * The inside of a paragraph in Markdown, as `import-inline.ts` reads it back (SPEC: IMP10). Square brackets stand as they are; signs that Markdown
 * would take for its own are escaped.
 */
import type { Inline } from "./text.ts";

/**
 * @param notes footnotes so far, in order; those met here are added
 * @param comments on the words that begin at this place in the flat text; they are not read back
 */
export function writtenContent(
  content: readonly Inline[],
  numbers: ReadonlyMap<string, string>,
  notes: string[],
  comments: ReadonlyMap<number, string> = new Map(),
): string {
  let at = 0;
  return content
    .map((inline, index) => {
      const start = at;
      at += inline.t === "text" ? inline.text.length : 1;
      if (inline.t === "footnote") return `[^${notes.push(inline.text)}]`;
      if (inline.t === "ref") return escaped(numbers.get(inline.to) ?? "…");
      const words = commented(inline.text, start, comments);
      return marked(words, inline, [content[index - 1], content[index + 1]]);
    })
    .join("");
}

/** Stars where they stand for emphasis in every reader of Markdown; tags inside words, beside white space, and for what has no sign. */
function marked(
  written: string,
  { text, marks = [] }: Extract<Inline, { readonly t: "text" }>,
  [before, after]: readonly (Inline | undefined)[],
): string {
  const stars = (marks.includes("strong") ? "**" : "") + (marks.includes("em") ? "*" : "");
  const starred = /^\S(?:.*\S)?$/s.test(text) && endsWord(before, -1) && endsWord(after, 0);
  let words = written;
  if (starred) words = stars + words + stars;
  else {
    if (marks.includes("em")) words = `<em>${words}</em>`;
    if (marks.includes("strong")) words = `<strong>${words}</strong>`;
  }
  return marks.includes("underline") ? `<u>${words}</u>` : words;
}

/** @param start where these words begin in the flat text */
function commented(text: string, start: number, comments: ReadonlyMap<number, string>): string {
  const places = [...comments.keys()].filter((at) => at >= start && at < start + text.length);
  const cuts = [start, ...places, start + text.length].map((at) => at - start);
  return cuts
    .slice(1)
    .map((to, index) => escaped(text.slice(cuts[index], to)) + comment(comments.get(start + to)))
    .join("");
}

/** Whatever it says, it ends where it ends. */
const comment = (said: string | undefined): string =>
  said === undefined ? "" : `<!-- ${said.replace(/-{2,}|>/g, " ")} -->`;

/** No letter and no other emphasis touches from this side. */
const endsWord = (neighbour: Inline | undefined, at: 0 | -1): boolean =>
  neighbour?.t !== "text" || ((neighbour.marks ?? []).length === 0 && /[\s\p{P}]/u.test(neighbour.text.at(at) ?? " "));

/** Signs that are Markdown's anywhere; brackets stand unless they would make a link or a footnote. */
export const escaped = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_<]/g, "\\$&")
    .replaceAll("](", "]\\(")
    .replaceAll("[^", "[\\^")
    .replace(/&(?=#?\w+;)|\{(?=[:#])/g, "\\$&");

/** Words at the beginning of a paragraph that would begin something else: a list, a heading, a quotation, a table, a definition. */
export const guarded = (words: string): string =>
  words.replace(/^(\d+)([.)])/, "$1\\$2").replace(/^[#>+|=~-]|^\[(?=[^[\]^]+\]:\s)/, "\\$&");
