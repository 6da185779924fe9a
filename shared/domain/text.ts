/** A report's text as plain data: blocks in order, each a paragraph or a heading with its inline content. */
import type { BlockKind, ParagraphId, Part } from "./values.ts";

export type Mark = "strong" | "em" | "underline";

/** Inline content. A footnote or a reference counts as one character wherever offsets are used. */
export type Inline =
  | { readonly t: "text"; readonly text: string; readonly marks?: readonly Mark[] }
  | { readonly t: "footnote"; readonly id: string; readonly text: string }
  | { readonly t: "ref"; readonly to: ParagraphId };

export interface Block {
  readonly id: ParagraphId;
  readonly kind: BlockKind;
  /** 0 to 2. For paragraphs: numbered paragraph, (a), (i). For headings: the three heading levels. */
  readonly level: number;
  /** A heading belongs to no part of its own; it is shown in each part that has paragraphs under it. */
  readonly part: Part;
  readonly content: readonly Inline[];
}

/**
 * The part in which objections to a block's words count. A heading may be shown in both parts, so there it counts as consensus text:
 * otherwise a paragraph could be moved away, made a heading, and stand above consensus text with nobody's objection to it.
 */
export const partThatCounts = (block: Block): Part => (block.kind === "heading" ? "consensus" : block.part);

/** The blocks in reading order. */
export type Text = readonly Block[];

/** The place that a footnote or reference takes in flat text: OBJECT REPLACEMENT CHARACTER. */
export const embedCharacter = "\uFFFC";

/** Flat text of inline content; embeds become one `embedCharacter` each, so that offsets agree with the editor and with Yjs. */
export function flatText(content: readonly Inline[]): string {
  let flat = "";
  for (const inline of content) flat += inline.t === "text" ? inline.text : embedCharacter;
  return flat;
}

/** A change of text that an act makes: decided on plain data, written into the live text by the server (`shared/sync/write-edits.ts`). */
export type TextEdit =
  | { readonly kind: "set-part"; readonly paragraph: ParagraphId; readonly part: Part }
  | { readonly kind: "replace-content"; readonly paragraph: ParagraphId; readonly content: readonly Inline[] }
  /** `after` null: at the beginning. */
  | { readonly kind: "insert-block"; readonly after: ParagraphId | null; readonly block: Block }
  | { readonly kind: "remove-block"; readonly paragraph: ParagraphId }
  | { readonly kind: "place-block"; readonly paragraph: ParagraphId; readonly after: ParagraphId | null }
  | { readonly kind: "set-form"; readonly paragraph: ParagraphId; readonly block: BlockKind; readonly level: number };

/** The text after these edits; one of a block that does not stand changes nothing. */
export function editText(text: Text, edits: readonly TextEdit[]): Text {
  return edits.reduce<Text>((now, edit) => {
    switch (edit.kind) {
      case "set-part":
        return now.map((block) => (block.id === edit.paragraph ? { ...block, part: edit.part } : block));
      case "replace-content":
        return now.map((block) => (block.id === edit.paragraph ? { ...block, content: edit.content } : block));
      case "insert-block":
        return now.toSpliced(edit.after === null ? 0 : now.findIndex(({ id }) => id === edit.after) + 1, 0, edit.block);
      case "remove-block":
        return now.filter(({ id }) => id !== edit.paragraph);
      case "place-block": {
        const moved = now.find(({ id }) => id === edit.paragraph);
        const rest = now.filter((block) => block !== moved);
        const place = edit.after === null ? 0 : rest.findIndex(({ id }) => id === edit.after) + 1;
        return moved ? rest.toSpliced(place, 0, moved) : now;
      }
      case "set-form":
        return now.map((block) =>
          block.id === edit.paragraph ? { ...block, kind: edit.block, level: edit.level } : block,
        );
    }
  }, text);
}

/** The content between two offsets of its flat text. */
export function sliceContent(content: readonly Inline[], from: number, to: number): Inline[] {
  const slice: Inline[] = [];
  let at = 0;
  for (const inline of content) {
    const length = inline.t === "text" ? inline.text.length : 1;
    const [start, end] = [Math.max(from - at, 0), Math.min(to - at, length)];
    if (start < end) slice.push(inline.t === "text" ? { ...inline, text: inline.text.slice(start, end) } : inline);
    at += length;
  }
  return slice;
}

/** Pieces of content as one, neighbouring text that looks the same made one run. */
export function joinContent(pieces: readonly (readonly Inline[])[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of pieces.flat()) {
    const last = joined.at(-1);
    if (inline.t === "text" && last?.t === "text" && (inline.marks ?? []).join() === (last.marks ?? []).join()) {
      joined[joined.length - 1] = { ...last, text: last.text + inline.text };
    } else joined.push(inline);
  }
  return joined;
}

const indexed = new WeakMap<Text, ReadonlyMap<ParagraphId, Block>>();

/** The blocks of a text by id; made once per text. */
export function blocksById(text: Text): ReadonlyMap<ParagraphId, Block> {
  let index = indexed.get(text);
  if (!index) indexed.set(text, (index = new Map(text.map((block) => [block.id, block]))));
  return index;
}
