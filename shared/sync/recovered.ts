/**
 * Recovered words (SPEC: SYN6): what somebody typed into a paragraph while somebody else removed it or joined it to another.
 * Whoever removes a paragraph notes in `seen` how far they had read its body: for each client the first clock that they had not.
 * What stands in a removed body beyond that was never seen by the remover, for every reader alike, whatever the order of delivery.
 */
import * as Y from "yjs";
import { embedCharacter } from "../domain/text.ts";
import type { ParagraphId } from "../domain/values.ts";
import type { YBlock } from "./model.ts";
import { blocksOf, bodyOf, fieldRules, isRemoved, yBlock } from "./model.ts";

const radix = 36;

function* standingItems(body: Y.Text): Generator<Y.Item> {
  // oxlint-disable-next-line no-underscore-dangle -- Yjs has no public walk over items; its version is pinned exactly
  for (let item = body._start; item !== null; item = item.right) if (!item.deleted && item.countable) yield item;
}

/**
 * Notes that all of a block's present words have been seen, as whoever removes it does, and whoever has dealt with its recovered words.
 * What is too long to note, the words of some seven hundred sessions in one paragraph, is left: then more is listed than need be.
 */
export function noteAllSeen(block: YBlock): void {
  const body = bodyOf(block);
  const seen = body ? seenOf(body) : "";
  if (fieldRules.seen(seen)) block.set("seen", seen);
}

/** The present extent of a body. */
function seenOf(body: Y.Text): string {
  const upTo = new Map<number, number>();
  for (const { id, length } of standingItems(body)) {
    upTo.set(id.client, Math.max(upTo.get(id.client) ?? 0, id.clock + length));
  }
  return [...upTo].map(([client, clock]) => `${client.toString(radix)}.${clock.toString(radix)}`).join();
}

/** The words of a removed block that its remover had not seen; "" if there are none, or if the remover noted nothing. */
export function unseenWords(block: YBlock): string {
  const body = bodyOf(block);
  const seen = block.get("seen");
  if (!isRemoved(block) || !body || typeof seen !== "string") return "";
  const upTo = new Map(
    seen.split(",").map((pair) => {
      const [client = "", clock = ""] = pair.split(".");
      return [Number.parseInt(client, radix), Number.parseInt(clock, radix)];
    }),
  );
  let words = "";
  for (const item of standingItems(body)) {
    const known = Math.max(0, (upTo.get(item.id.client) ?? 0) - item.id.clock);
    if (known >= item.length) continue;
    words += item.content instanceof Y.ContentString ? item.content.str.slice(known) : embedCharacter;
  }
  return words;
}

/** Takes a removed block's recovered words off the list, for everyone: a drafter has put them back or let them go. */
export function noteSeen(doc: Y.Doc, id: ParagraphId): void {
  const block = yBlock(blocksOf(doc), id);
  if (block && isRemoved(block)) doc.transact(() => noteAllSeen(block));
}
