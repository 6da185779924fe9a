/** Two texts beside each other, paragraph by paragraph: what a redline between versions is made of (SPEC: VER8). */
import { partOf } from "./numbering.ts";
import type { ChangeKind } from "./redline.ts";
import { changedBlocks } from "./redline.ts";
import type { Block, Text } from "./text.ts";
import { blocksById } from "./text.ts";
import type { ParagraphId, Part } from "./values.ts";

/** A text with the numbers under which it is spoken of. */
export interface Numbered {
  readonly text: Text;
  readonly numbers: ReadonlyMap<ParagraphId, string>;
}

export interface Row {
  readonly id: ParagraphId;
  /** Null where it is new. */
  readonly before: Block | null;
  /** Null where it was removed. */
  readonly after: Block | null;
  /** Its number today, and the one it had. */
  readonly number: string | null;
  readonly was: string | null;
  readonly kinds: readonly ChangeKind[];
  /** The place it left: it stands elsewhere, with its words. */
  readonly left?: true;
}

/** One part of the later text in its order, with what was removed or moved away where it stood. */
export function compare(before: Numbered, after: Numbered, part: Part): readonly Row[] {
  const changes = new Map(changedBlocks(before.text, after.text).map((change) => [change.id, change]));
  const was = blocksById(before.text);
  const row = (id: ParagraphId, block: Block | null): Row => ({
    id,
    before: was.get(id) ?? null,
    after: block,
    number: after.numbers.get(id) ?? null,
    was: before.numbers.get(id) ?? null,
    kinds: changes.get(id)?.kinds ?? [],
  });
  const present = blocksById(after.text);
  const shown = partOf(after.text, part);
  const shows = new Set(shown.map(({ id }) => id));
  const gone = new Map<ParagraphId | null, Row[]>();
  let stoodAfter: ParagraphId | null = null;
  for (const { id } of partOf(before.text, part)) {
    const kinds = changes.get(id)?.kinds ?? [];
    const isAway = kinds.includes("order") || kinds.includes("part");
    if (shows.has(id) && !isAway) {
      stoodAfter = id;
      continue;
    }
    // A heading without paragraphs is not shown, and still is no removed one.
    if (!isAway && present.has(id)) continue;
    const left = present.get(id);
    const one = left ? { ...row(id, left), left: true as const } : row(id, null);
    gone.set(stoodAfter, [...(gone.get(stoodAfter) ?? []), one]);
  }
  return [
    ...(gone.get(null) ?? []),
    ...shown.flatMap((block) => [row(block.id, block), ...(gone.get(block.id) ?? [])]),
  ];
}

/** The ids of several texts in one order: that of the last, and what is not in it after what it followed. */
export function alignment(texts: readonly Text[]): readonly ParagraphId[] {
  return texts.reduceRight<ParagraphId[]>((order, text) => {
    let place = -1;
    for (const { id } of text) {
      const at = order.indexOf(id);
      if (at >= 0) place = at;
      else order.splice(++place, 0, id);
    }
    return order;
  }, []);
}
