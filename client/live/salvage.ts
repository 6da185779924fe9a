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
  /** Null when nothing tells any more where they stood. */
  readonly paragraph: ParagraphId | null;
  /** The paragraph as its writer had it; only what was typed where the paragraph is not known. */
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

/** The paragraphs that these updates of `doc` touched, as they read there: when the text has another epoch, nothing of it may be sent. */
export function touchedBy(doc: Y.Doc, updates: readonly Uint8Array[]): KeptWords[] {
  const blocks = blocksOf(doc);
  const touched = new Set<string>();
  for (const update of updates) {
    const { structs, ds } = Y.decodeUpdate(update);
    for (const { id, length } of structs) for (const block of blocksWithin(doc, id, length)) touched.add(block);
    for (const [client, ranges] of ds.clients) {
      for (const { clock, len } of ranges) {
        for (const block of blocksWithin(doc, Y.createID(client, clock), len)) touched.add(block);
      }
    }
  }
  return [...touched].flatMap((key) => {
    const block = yBlock(blocks, key);
    const mine = block ? flatText(contentOf(bodyOf(block))) : "";
    return mine === "" ? [] : [{ paragraph: key as ParagraphId, mine, stands: null }];
  });
}

function* blocksWithin(doc: Y.Doc, { client, clock }: Y.ID, length: number): Generator<string> {
  const end = Math.min(clock + length, Y.getState(doc.store, client));
  for (let at = clock; at < end;) {
    const struct = Y.getItem(doc.store, Y.createID(client, at)) as Y.Item | Y.GC;
    at = struct.id.clock + struct.length;
    let top = struct instanceof Y.Item ? struct : null;
    for (let above = holderOf(top); above !== null; above = holderOf(above)) top = above;
    if (top?.parentSub) yield top.parentSub;
  }
}

/** The item that holds the type in which this one stands; null at a root. */
const holderOf = (item: Y.Item | null): Y.Item | null =>
  (item?.parent as Y.AbstractType<unknown> | null)?._item ?? null;

/**
 * What updates of an earlier epoch would change in the text of today, tried out on a copy. What they build on may be gone with that epoch:
 * of those, the words that were typed.
 */
export function wordsOfEarlierEpoch(today: Y.Doc, updates: readonly Uint8Array[]): KeptWords[] {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(today));
  for (const update of updates) Y.applyUpdate(copy, update);
  const mine = blocksOf(copy);
  const wordsIn = (block: ReturnType<typeof yBlock>): string | null =>
    block ? flatText(contentOf(bodyOf(block))) : null;
  const kept: KeptWords[] = [...mine.keys()].flatMap((key) => {
    const words = wordsIn(yBlock(mine, key)) ?? "";
    const stands = wordsIn(yBlock(blocksOf(today), key));
    return words === (stands ?? "") ? [] : [{ paragraph: key as ParagraphId, mine: words, stands }];
  });
  const placeless = copy.store.pendingStructs;
  const typed = placeless
    ? Y.decodeUpdateV2(placeless.update)
        .structs.map((struct) =>
          struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : "",
        )
        .join("")
        .trim()
    : "";
  copy.destroy();
  return typed === "" ? kept : [...kept, { paragraph: null, mine: typed, stands: null }];
}
