/**
 * Cleans what is pasted (SPEC: PAS1–PAS4): HTML of word processors and browsers becomes headings and paragraphs of the schema.
 * The HTML is parsed into an inert document: no script runs and no picture is fetched.
 */
import type { Node } from "prosemirror-model";
import { Fragment, Slice } from "prosemirror-model";
import { deceptive, footnoteMaxLength } from "../../shared/sync/model.ts";

/** Characters that no keyboard types and no printer prints. */
// oxlint-disable-next-line no-control-regex -- removing control characters is the purpose
const invisible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2060\uFEFF]/g;

export const cleanText = (text: string): string =>
  text
    .replace(deceptive, "")
    .replace(invisible, "")
    .replace(/[ \t\r\n\u2028\u2029]+/g, " ")
    .normalize("NFC");

const dropped =
  "script, style, template, head, title, meta, link, noscript, iframe, object, embed, svg, math, img, video, audio, canvas, button, input, select, textarea";
const breaking =
  "p, h1, h2, h3, h4, h5, h6, div, li, tr, dt, dd, blockquote, pre, section, article, figure, figcaption, caption, address, header, footer, main, aside, nav, ul, ol, dl, table, tbody, thead, tfoot, hr, body";

/** HTML with nothing but `p`, `h1`–`h6`, inline marks and our own footnotes in it. */
export function cleanHtml(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  const notes = takeNotes(page);
  removeComments(page);
  // Word's `o:p` holds nothing but a space.
  for (const element of page.querySelectorAll(`${dropped}, o\\:p`)) element.remove();
  for (const element of page.querySelectorAll<HTMLElement>("[style], [hidden]"))
    if (isHidden(element)) element.remove();
  writeNotes(page, notes);
  const blocks: HTMLElement[] = [];
  flatten(page.body, { page, blocks, level: 0, open: null });
  const clean = page.createElement("div");
  clean.append(...blocks.filter((block) => block.textContent?.trim() || block.querySelector("span")));
  return clean.innerHTML;
}

function removeComments(page: Document): void {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  const comments: Comment[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode as Comment);
  for (const comment of comments) comment.remove();
}

/** Word hides list numbers, comments and fields; numbers are ours to count. Text its author hid is not pasted either. */
function isHidden(element: HTMLElement): boolean {
  const style = element.getAttribute("style") ?? "";
  return (
    element.hasAttribute("hidden") ||
    /mso-list\s*:\s*Ignore|mso-element\s*:\s*(comment|field)|display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden/i.test(
      style,
    )
  );
}

interface Note {
  readonly mark: Element;
  readonly text: string;
}

/** Links from the text to a note, as Word, Google Docs and LibreOffice write them; links back from the note look otherwise. */
const toNote = /^#(_(ftn|edn)\d+|ftnt\d+|sd(foot|end)note\d+sym)$/;

/** Takes the notes out of the page, each with the link that leads to it. */
function takeNotes(page: Document): Note[] {
  const notes: Note[] = [];
  const holders = new Set<Element>();
  for (const mark of page.querySelectorAll("a[href]")) {
    const [, target] = /(#.*)$/.exec(mark.getAttribute("href") ?? "") ?? [];
    if (target === undefined || !toNote.test(target)) continue;
    const name = target.slice(1);
    const holder = page.querySelector(`[id="${name}"], a[name="${name}"]`)?.closest("div[id], li, p");
    if (!holder || holder.contains(mark)) continue;
    holders.add(holder);
    notes.push({ mark, text: noteText(holder) });
  }
  for (const holder of holders) holder.remove();
  return notes;
}

const noteText = (holder: Element): string =>
  cleanText(holder.textContent ?? "")
    .trim()
    // Its own number, which is counted here anew.
    .replace(/^(\[\w{1,4}\]\s*|\d{1,4}[.)]?\s+)/, "")
    .slice(0, footnoteMaxLength);

function writeNotes(page: Document, notes: readonly Note[]): void {
  for (const { mark, text } of notes) {
    const footnote = page.createElement("span");
    footnote.setAttribute("data-footnote", "pasted");
    footnote.setAttribute("data-text", text);
    mark.replaceWith(footnote);
  }
}

interface Flattening {
  readonly page: Document;
  readonly blocks: HTMLElement[];
  /** Depth in lists, as the level of a paragraph. */
  level: number;
  /** The block that inline content goes to; null before the next one is begun. */
  open: HTMLElement | null;
}

function flatten(parent: Element, to: Flattening): void {
  for (const child of Array.from(parent.childNodes)) {
    if (child.nodeType === 3) {
      if (to.open || /\S/.test(child.textContent ?? "")) openBlock(to).append(child);
    } else if (child.nodeType === 1) flattenElement(child as HTMLElement, to);
  }
}

function flattenElement(element: HTMLElement, to: Flattening): void {
  const tag = element.tagName.toLowerCase();
  if (tag === "br") {
    to.open = null;
  } else if (tag === "td" || tag === "th") {
    if (to.open?.textContent?.trim()) to.open.append(" ");
    flatten(element, to);
  } else if (element.matches(breaking)) {
    const level = to.level;
    to.open = null;
    if (tag === "ul" || tag === "ol")
      to.level = Math.min(level + (element.parentElement?.closest("ul, ol") ? 1 : 0), 2);
    const wordLevel = /mso-list:[^;]*\blevel(\d)/i.exec(element.getAttribute("style") ?? "");
    if (wordLevel) to.level = Math.min(Number(wordLevel[1]) - 1, 2);
    if (/^(p|h[1-6])$/.test(tag)) openBlock(to, element);
    flatten(element, to);
    to.level = level;
    to.open = null;
  } else if (element.querySelector(`${breaking}, br, td`)) {
    // Inline wrappers around blocks (Google Docs): their marks are on the spans inside.
    flatten(element, to);
  } else {
    if (to.open || /\S/.test(element.textContent ?? "") || element.matches("[data-footnote]")) {
      openBlock(to).append(element);
    }
  }
}

function openBlock(to: Flattening, like?: HTMLElement): HTMLElement {
  if (to.open && !like) return to.open;
  const isHeading = like && /^H[1-6]$/.test(like.tagName);
  const wordHeading = /MsoTitle|MsoHeading(\d)?|^Heading(\d)/.exec(like?.className ?? "");
  const block = to.page.createElement(
    isHeading ? like.tagName : wordHeading ? `h${wordHeading[1] ?? wordHeading[2] ?? 1}` : "p",
  );
  const level = like?.getAttribute("data-level");
  if (level !== null && level !== undefined) block.setAttribute("data-level", level);
  else if (block.tagName === "P") block.setAttribute("data-level", String(to.level));
  to.blocks.push(block);
  to.open = block;
  return block;
}

/**
 * The last door, also for plain text: characters cleaned, footnotes under ids of their own.
 * @param newFootnoteId chance comes in as an argument
 */
export function cleanSlice(slice: Slice, newFootnoteId: () => string): Slice {
  const clean = (fragment: Fragment): Fragment => {
    const nodes: Node[] = [];
    fragment.forEach((node) => {
      if (node.isText) {
        const text = cleanText(node.text ?? "");
        if (text !== "") nodes.push(node.type.schema.text(text, node.marks));
      } else if (node.type.name === "footnote") {
        nodes.push(
          node.type.create({ id: newFootnoteId(), text: cleanText(String(node.attrs["text"])) }, null, node.marks),
        );
      } else nodes.push(node.isLeaf ? node : node.copy(clean(node.content)));
    });
    return Fragment.fromArray(nodes);
  };
  return new Slice(clean(slice.content), slice.openStart, slice.openEnd);
}
