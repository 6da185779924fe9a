/**
 * The inside of a paragraph in Markdown, as `import-inline.ts` reads it back (SPEC: IMP10). Square brackets stand as they are; signs that Markdown
 * would take for its own are escaped.
 */
import type { Inline, Mark } from "./text.ts";

/** @param notes footnotes so far, in order; those met here are added */
export function writtenContent(
  content: readonly Inline[],
  numbers: ReadonlyMap<string, string>,
  notes: string[],
): string {
  return content
    .map((inline, index) => {
      if (inline.t === "footnote") return `[^${notes.push(inline.text)}]`;
      if (inline.t === "ref") return escaped(numbers.get(inline.to) ?? "…");
      return marked(inline.text, inline.marks ?? [], [content[index - 1], content[index + 1]]);
    })
    .join("");
}

/** Stars where they stand for emphasis in every reader of Markdown; tags inside words, beside white space, and for what has no sign. */
function marked(text: string, marks: readonly Mark[], [before, after]: readonly (Inline | undefined)[]): string {
  const stars = (marks.includes("strong") ? "**" : "") + (marks.includes("em") ? "*" : "");
  const starred = /^\S(?:.*\S)?$/s.test(text) && endsWord(before, -1) && endsWord(after, 0);
  let words = escaped(text);
  if (starred) words = stars + words + stars;
  else {
    if (marks.includes("em")) words = `<em>${words}</em>`;
    if (marks.includes("strong")) words = `<strong>${words}</strong>`;
  }
  return marks.includes("underline") ? `<u>${words}</u>` : words;
}

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
