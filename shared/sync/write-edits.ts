/** Changes of text that an act makes, written into the live text as its author would have typed them (SPEC: SYN7). */
import * as Y from "yjs";
import { redline } from "../domain/redline.ts";
import type { Block, Inline, TextEdit } from "../domain/text.ts";
import { embedCharacter, flatText, sliceContent } from "../domain/text.ts";
import type { ParagraphId } from "../domain/values.ts";
import type { YBlock } from "./model.ts";
import {
  attributesOf,
  blocksOf,
  bodyOf,
  comparePlaces,
  contentOf,
  isRemoved,
  kindOf,
  levelOf,
  markNames,
  newYBlock,
  orderedIds,
  orderOf,
  yBlock,
} from "./model.ts";
import { keyBetween } from "./order-key.ts";
import { noteAllSeen } from "./recovered.ts";
import { setPart } from "./report-text.ts";

type DeltaOp =
  | { retain: number; attributes?: object }
  | { delete: number }
  | { insert: string | object; attributes?: object };

/**
 * In one transaction. Only the words that differ are touched, so that a caret elsewhere in the paragraph stays where it is and what others
 * type at the same time stays theirs.
 * @param random uniform in [0, 1), for the order of a new block
 * @throws when an edit names a block that does not stand, or inserts one whose id is taken: it was decided on another text
 */
export function writeEdits(doc: Y.Doc, edits: readonly TextEdit[], random: () => number): void {
  doc.transact(() => {
    const places = new Places(blocksOf(doc));
    for (const edit of edits) writeEdit(doc, edit, places, random);
  });
}

function writeEdit(doc: Y.Doc, edit: TextEdit, places: Places, random: () => number): void {
  const blocks = blocksOf(doc);
  if (edit.kind === "insert-block") {
    const { id } = edit.block;
    const removed = yBlock(blocks, id);
    if (removed ? !isRemoved(removed) : blocks.has(id)) throw new Error(`writeEdits: block ${id} stands already`);
    const order = places.after(edit.after, random);
    if (removed) revive(removed, edit.block, order);
    else blocks.set(id, newYBlock(edit.block, order));
    places.put(id, order);
    return;
  }
  const block = yBlock(blocks, edit.paragraph);
  const body = block && bodyOf(block);
  if (!block || !body || isRemoved(block)) throw new Error(`writeEdits: block ${edit.paragraph} does not stand`);
  switch (edit.kind) {
    case "set-part":
      setPart(doc, edit.paragraph, edit.part);
      return;
    case "replace-content":
      body.applyDelta(delta(contentOf(body), edit.content), { sanitize: false });
      return;
    case "remove-block":
      noteAllSeen(block);
      block.set("del", 1);
      places.leave(edit.paragraph);
      return;
    case "place-block": {
      places.leave(edit.paragraph);
      const order = places.after(edit.after, random);
      block.set("order", order);
      places.put(edit.paragraph, order);
      return;
    }
    case "set-form":
      if (kindOf(block) !== edit.block) block.set("type", edit.block);
      if (levelOf(block) !== edit.level) block.set("level", edit.level);
      return;
  }
}

/** A removed block comes back under its id, as it is to be. */
function revive(block: YBlock, { kind, level, part, content }: Block, order: string): void {
  const body = bodyOf(block);
  if (!body) throw new Error("writeEdits: a removed block has no body");
  block.delete("del");
  block.delete("seen");
  block.set("order", order);
  block.set("type", kind);
  block.set("level", level);
  block.set("part", part);
  body.applyDelta(delta(contentOf(body), content), { sanitize: false });
}

/** The standing blocks in their order, read once for all edits: each insertion would else sort the whole text. */
class Places {
  readonly #blocks: Y.Map<unknown>;
  #standing: { readonly id: ParagraphId; readonly order: string }[] | null = null;

  constructor(blocks: Y.Map<unknown>) {
    this.#blocks = blocks;
  }

  /** A key between the block and the one after it; two who inserted at one place may share a key, then it goes after both. */
  after(id: ParagraphId | null, random: () => number): string {
    const standing = this.#read();
    const at = id === null ? -1 : standing.findIndex((place) => place.id === id);
    if (id !== null && at < 0) throw new Error(`writeEdits: block ${id} does not stand`);
    const low = standing[at]?.order ?? "";
    let next = at + 1;
    while (next < standing.length && standing[next]!.order <= low) next++;
    const high = standing[next]?.order ?? "";
    const key = keyBetween(low, high, random);
    if (key === null) throw new Error(`writeEdits: no key between "${low}" and "${high}"`);
    return key;
  }

  put(id: ParagraphId, order: string): void {
    const standing = this.#read();
    const place = { id, order };
    let [low, high] = [0, standing.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comparePlaces(standing[middle]!, place) < 0) low = middle + 1;
      else high = middle;
    }
    standing.splice(low, 0, place);
  }

  leave(id: ParagraphId): void {
    if (this.#standing) this.#standing = this.#standing.filter((place) => place.id !== id);
  }

  #read() {
    return (this.#standing ??= orderedIds(this.#blocks).map((id) => ({
      id,
      order: orderOf(yBlock(this.#blocks, id) as YBlock),
    })));
  }
}

/** What makes `from` into `to`: whole words, and marks and embeds where these differ under the same words. */
function delta(from: readonly Inline[], to: readonly Inline[]): DeltaOp[] {
  const ops: DeltaOp[] = [];
  let [at, upTo] = [0, 0];
  for (const { kind, text } of redline(flatText(from), flatText(to))) {
    const old = sliceContent(from, at, at + text.length);
    const fresh = sliceContent(to, upTo, upTo + text.length);
    if (kind === "deleted") ops.push({ delete: text.length });
    else if (kind === "inserted") ops.push(...fresh.map(inserted));
    else ops.push(...kept(old, fresh));
    if (kind !== "inserted") at += text.length;
    if (kind !== "deleted") upTo += text.length;
  }
  return ops;
}

const inserted = (inline: Inline): DeltaOp =>
  inline.t === "text"
    ? { insert: inline.text, attributes: attributesOf(inline.marks ?? []) }
    : { insert: { ...inline } };

/** The same characters: their marks as they are to be, and an embed anew where it is another one. */
function kept(old: readonly Inline[], fresh: readonly Inline[]): DeltaOp[] {
  const ops: DeltaOp[] = [];
  let at = 0;
  for (const inline of fresh) {
    const length = inline.t === "text" ? inline.text.length : 1;
    const was = sliceContent(old, at, at + length);
    at += length;
    if (JSON.stringify(was) === JSON.stringify([inline])) ops.push({ retain: length });
    else if (inline.t !== "text" || flatText(was).includes(embedCharacter))
      ops.push({ delete: length }, inserted(inline));
    else ops.push({ retain: length, attributes: marked(inline.marks ?? []) });
  }
  return ops;
}

const marked = (marks: readonly string[]): object =>
  Object.fromEntries(markNames.map((name) => [name, marks.includes(name) ? true : null]));
