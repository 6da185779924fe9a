/**
 * After a refusal: puts what this browser had not saved into a fresh copy of the text, where it still fits (SPEC: SAV).
 * What the server refused cannot be taken back in Yjs, so the old document is given up. Told everything that the server has, it differs
 * from the fresh one by exactly the unsaved edits, character by character; those are made again under the new client id.
 */
/* oxlint-disable no-underscore-dangle -- Yjs has no public walk over items; its version is pinned exactly */
import * as Y from "yjs";
import { flatText } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import {
  attributesOf,
  blocksOf,
  bodyOf,
  contentOf,
  fieldRules,
  isEmbed,
  marksIn,
  newYBlock,
  orderOf,
  readBlock,
  yBlock,
} from "../../shared/sync/model.ts";

/** Words that no longer fit anywhere: to be kept as a draft and shown to their writer. */
export interface KeptWords {
  readonly paragraph: ParagraphId;
  /** The paragraph as its writer had it. */
  readonly mine: string;
  /** As it stands; null where it never came to stand. */
  readonly stands: string | null;
}

/**
 * Changes `fresh` and answers what could not be placed.
 * @param old is told what the server has; it must not be connected any more
 * @param fits false for paragraphs that may not be touched: agreed ones, and the one that was refused
 */
export function salvage(old: Y.Doc, fresh: Y.Doc, fits: (paragraph: ParagraphId) => boolean): KeptWords[] {
  Y.applyUpdate(old, Y.encodeStateAsUpdate(fresh));
  const kept: KeptWords[] = [];
  const mine = blocksOf(old);
  const standing = blocksOf(fresh);
  fresh.transact(() => {
    for (const key of mine.keys()) {
      const paragraph = key as ParagraphId;
      const [mineBlock, freshBlock] = [yBlock(mine, key), yBlock(standing, key)];
      if (!mineBlock) continue;
      const words = flatText(contentOf(bodyOf(mineBlock)));
      const stands = freshBlock && flatText(contentOf(bodyOf(freshBlock)));
      if (!freshBlock && fits(paragraph)) {
        standing.set(key, newYBlock(readBlock(paragraph, mineBlock), orderOf(mineBlock)));
      } else if (freshBlock && fits(paragraph)) {
        repeatFields(mineBlock, freshBlock);
        const [from, to] = [bodyOf(mineBlock), bodyOf(freshBlock)];
        if (from && to) repeatEdits(from, to, fresh.store);
      } else if (words !== stands && (words !== "" || stands !== null)) {
        kept.push({ paragraph, mine: words, stands });
      }
    }
  });
  return kept;
}

/** Fields that the server alone writes, or that would bring back what others removed meanwhile, stay as they are. */
function repeatFields(mine: Y.Map<unknown>, fresh: Y.Map<unknown>): void {
  for (const field of ["order", "type", "level", "del", "seen"] as const) {
    const value = mine.get(field);
    if (value === fresh.get(field)) continue;
    if (value === undefined) fresh.delete(field);
    else if (fieldRules[field](value)) fresh.set(field, value);
  }
}

/** Walks the old body, in which the known characters have the order of the fresh one, and makes each unknown edit again. */
function repeatEdits(mine: Y.Text, fresh: Y.Text, known: Y.Doc["store"]): void {
  let at = 0;
  for (let item = mine._start; item !== null; item = item.right) {
    if (!item.countable && !(item.content instanceof Y.ContentDeleted)) continue;
    const newFrom = Math.min(item.length, Math.max(0, Y.getState(known, item.id.client) - item.id.clock));
    at = repeatDeletions(item, newFrom, fresh, known, at);
    if (item.deleted || newFrom === item.length) continue;
    if (item.content instanceof Y.ContentString) {
      const words = item.content.str.slice(newFrom);
      fresh.insert(at, words, {});
      at += words.length;
    } else if (item.content instanceof Y.ContentEmbed && isEmbed(item.content.embed)) {
      fresh.insertEmbed(at, { ...item.content.embed });
      at += 1;
    }
  }
  repeatMarks(mine, fresh);
}

/** Of the known part of an item: deletes what stands in the fresh text and not in mine; answers where the next character goes. */
function repeatDeletions(item: Y.Item, length: number, fresh: Y.Text, known: Y.Doc["store"], at: number): number {
  let place = at;
  const structs = known.clients.get(item.id.client) ?? [];
  const end = item.id.clock + length;
  for (let clock = item.id.clock; clock < end;) {
    const struct = structs[Y.findIndexSS(structs, clock)] as Y.Item | Y.GC;
    const piece = Math.min(end, struct.id.clock + struct.length) - clock;
    // Where marks begin and end are items too, but take no place.
    if (!struct.deleted && (struct as Y.Item).countable) {
      if (item.deleted) fresh.delete(place, piece);
      else place += piece;
    }
    clock += piece;
  }
  return place;
}

/** Both bodies read alike by now; their marks may differ. */
function repeatMarks(mine: Y.Text, fresh: Y.Text): void {
  let at = 0;
  const wanted: { readonly from: number; readonly length: number; readonly attributes: Record<string, true> }[] = [];
  for (const op of mine.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
    if (typeof op.insert !== "string" && !isEmbed(op.insert)) continue;
    const length = typeof op.insert === "string" ? op.insert.length : 1;
    wanted.push({ from: at, length, attributes: attributesOf(marksIn(op.attributes ?? {})) });
    at += length;
  }
  if (JSON.stringify(mine.toDelta()) === JSON.stringify(fresh.toDelta())) return;
  for (const { from, length, attributes } of wanted) {
    fresh.format(from, length, { strong: null, em: null, underline: null, ...attributes });
  }
}
