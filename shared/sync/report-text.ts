/**
 * The report's text read from a Y.Doc as plain data (SPEC: SYN5), and the few ways to write it without an editor.
 * Blocks that did not change stay the same objects, so that whoever caches by block does no work for a keystroke elsewhere.
 */
import * as Y from "yjs";
import type { Block, Text } from "../domain/text.ts";
import type { ParagraphId, Part } from "../domain/values.ts";
import {
  blocksOf,
  comparePlaces,
  isRemoved,
  newYBlock,
  orderedIds,
  orderOf,
  partOf,
  readBlock,
  yBlock,
} from "./model.ts";
import { keysBetween } from "./order-key.ts";
import { unseenWords } from "./recovered.ts";

/** Words that a removed paragraph holds and its remover never saw. */
export interface RecoveredWords {
  readonly block: ParagraphId;
  /** The paragraph after which the removed one would stand; null at the beginning. */
  readonly after: ParagraphId | null;
  readonly words: string;
}

export class ReportText {
  readonly #blocks: Y.Map<unknown>;
  readonly #cache = new Map<ParagraphId, Block>();
  /** Standing blocks in reading order; null after something changed in the order or among the removed. */
  #order: ParagraphId[] | null = null;
  #index = new Map<ParagraphId, number>();
  #text: Text | null = null;
  /** Blocks of which only the content or a plain field changed since `#text` was made. */
  readonly #stale = new Set<ParagraphId>();
  #removed: readonly Block[] | null = null;
  #recovered: readonly RecoveredWords[] | null = null;
  readonly #onChange = (events: readonly Y.YEvent<any>[]): void => {
    for (const event of events) this.#invalidate(event);
  };

  constructor(doc: Y.Doc) {
    this.#blocks = blocksOf(doc);
    this.#blocks.observeDeep(this.#onChange);
  }

  destroy(): void {
    this.#blocks.unobserveDeep(this.#onChange);
  }

  /** The same array until something changes. */
  text(): Text {
    if (this.#order === null) {
      this.#order = orderedIds(this.#blocks);
      this.#index = new Map(this.#order.map((id, i) => [id, i]));
      this.#text = null;
    }
    if (this.#text === null) {
      this.#text = this.#order.map((id) => this.#read(id)).filter((block) => block !== null);
    } else if (this.#stale.size > 0) {
      const text = [...this.#text];
      for (const id of this.#stale) {
        const at = this.#index.get(id);
        const block = this.#read(id);
        if (at !== undefined && block) text[at] = block;
      }
      this.#text = text;
    }
    this.#stale.clear();
    return this.#text;
  }

  /** Removed blocks, whose text is kept for the record, in the order they would have. */
  removed(): readonly Block[] {
    this.#removed ??= orderedIds(this.#blocks, true)
      .map((id) => this.#read(id))
      .filter((block) => block !== null);
    return this.#removed;
  }

  /** What must be listed beside its place because nobody decided to remove it (SYN6). */
  recovered(): readonly RecoveredWords[] {
    if (this.#recovered) return this.#recovered;
    const found: RecoveredWords[] = [];
    for (const { id } of this.removed()) {
      const block = yBlock(this.#blocks, id);
      const words = block ? unseenWords(block) : "";
      if (block && words !== "") found.push({ block: id, after: this.#standingBefore(id, orderOf(block)), words });
    }
    this.#recovered = found;
    return found;
  }

  /** Null if there is no such block or it was removed. */
  block(id: ParagraphId): Block | null {
    const block = yBlock(this.#blocks, id);
    return block && !isRemoved(block) ? this.#read(id) : null;
  }

  #read(id: ParagraphId): Block | null {
    const cached = this.#cache.get(id);
    if (cached) return cached;
    const block = yBlock(this.#blocks, id);
    if (!block) return null;
    const read = readBlock(id, block);
    this.#cache.set(id, read);
    return read;
  }

  #standingBefore(id: ParagraphId, order: string): ParagraphId | null {
    let before: ParagraphId | null = null;
    for (const standing of this.text()) {
      const block = yBlock(this.#blocks, standing.id);
      if (!block || comparePlaces({ id: standing.id, order: orderOf(block) }, { id, order }) > 0) break;
      before = standing.id;
    }
    return before;
  }

  #invalidate(event: Y.YEvent<any>): void {
    const [id] = event.path;
    const touched = typeof id === "string" ? [id] : [...(event as Y.YMapEvent<unknown>).keysChanged];
    for (const key of touched as ParagraphId[]) {
      this.#cache.delete(key);
      this.#stale.add(key);
      const block = yBlock(this.#blocks, key);
      if (!block || isRemoved(block)) this.#removed = this.#recovered = null;
    }
    const places =
      event.path.length === 0 ||
      (event.path.length === 1 &&
        event instanceof Y.YMapEvent &&
        ["order", "del"].some((f) => event.keysChanged.has(f)));
    if (places) this.#order = this.#removed = this.#recovered = null;
  }
}

/**
 * Appends blocks to a text, empty or not, in one transaction: an import, or the demo.
 * Ids must be new: a block key is written once.
 */
export function writeText(doc: Y.Doc, text: Text, random: () => number): void {
  if (text.length === 0) return;
  const blocks = blocksOf(doc);
  doc.transact(() => {
    let last = "";
    for (const key of blocks.keys()) {
      const block = yBlock(blocks, key);
      if (block && orderOf(block) > last) last = orderOf(block);
    }
    const keys = keysBetween(last, "", text.length, random) ?? [];
    for (const [i, block] of text.entries()) {
      const order = keys[i];
      if (order === undefined || blocks.has(block.id)) throw new Error(`writeText: block ${block.id} stands already`);
      blocks.set(block.id, newYBlock(block, order));
    }
  });
}

/** Tags a paragraph; false if it does not stand. Called by the server when `move-paragraph` was decided. */
export function setPart(doc: Y.Doc, id: ParagraphId, part: Part): boolean {
  const block = yBlock(blocksOf(doc), id);
  if (!block || isRemoved(block)) return false;
  if (partOf(block) !== part) doc.transact(() => block.set("part", part));
  return true;
}
