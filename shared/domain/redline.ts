/** What changed between two wordings, by words, and between two texts, by paragraphs (SPEC: RED). */
import type { Block, Inline, Text } from "./text.ts";
import { blocksById } from "./text.ts";
import type { ParagraphId } from "./values.ts";
import { piecesOf } from "./words.ts";
import { wordingOf } from "./wording.ts";

export interface Run {
  readonly kind: "same" | "inserted" | "deleted";
  readonly text: string;
}

/**
 * Both wordings in one: leaving out the inserted runs gives `from`, leaving out the deleted ones gives `to`, letter by letter.
 * Whole words change, never parts of one; what is deleted stands before what takes its place.
 */
export function redline(from: string, to: string): Run[] {
  const runs: Run[] = [];
  let deleted = "";
  let inserted = "";
  let space = ""; // white space between two changes: it goes with them, or the line would be in shreds
  const push = (kind: Run["kind"], text: string) => {
    if (text !== "") runs.push({ kind, text });
  };
  const endChange = () => {
    push("deleted", deleted);
    push("inserted", inserted);
    push("same", space);
    deleted = inserted = space = "";
  };
  for (const { kind, text } of merged(differences(piecesOf(from), piecesOf(to)))) {
    if (kind === "same") {
      if (text.trim() === "" && deleted !== "" && inserted !== "" && space === "") space = text;
      else {
        endChange();
        push("same", text);
      }
    } else {
      deleted += space;
      inserted += space;
      space = "";
      if (kind === "deleted") deleted += text;
      else inserted += text;
    }
  }
  endChange();
  return merged(runs);
}

/** Neighbouring runs of one kind made one. */
function merged(runs: Iterable<Run>): Run[] {
  const whole: Run[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    if (last?.kind === run.kind) whole[whole.length - 1] = { kind: run.kind, text: last.text + run.text };
    else whole.push(run);
  }
  return whole;
}

/**
 * Which piece of the one text is which of the other, told from the beginning and from the end. Where pieces stand several times the same
 * difference can be told in several ways: what both say is certain. -1 for a piece that is not in the other.
 */
export function matchesFromBothEnds(from: readonly string[], to: readonly string[]): readonly [number[], number[]] {
  const backwards = matchesOf(from.toReversed(), to.toReversed());
  return [matchesOf(from, to), backwards.map((match) => (match < 0 ? -1 : to.length - 1 - match)).toReversed()];
}

/** For each piece of the one text its place in the other, -1 where it is not in it; told from the beginning. */
export function matchesOf(from: readonly string[], to: readonly string[]): number[] {
  const found: number[] = [];
  let at = 0;
  for (const { kind } of shortestScript(from, to)) {
    if (kind !== "inserted") found.push(kind === "same" ? at : -1);
    if (kind !== "deleted") at++;
  }
  return found;
}

/** Beyond so many changed pieces two wordings have nothing to do with each other, and a redline of them helps nobody. */
const mostChanges = 2000;

/** Shortest script of changes (Myers, 1986) between what is left when a common beginning and end are set aside. */
function differences(from: readonly string[], to: readonly string[]): Run[] {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  let end = 0;
  while (end < from.length - start && end < to.length - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  return [
    { kind: "same", text: from.slice(0, start).join("") },
    ...shortestScript(from.slice(start, from.length - end), to.slice(start, to.length - end)),
    { kind: "same", text: from.slice(from.length - end).join("") },
  ];
}

function shortestScript(from: readonly string[], to: readonly string[]): Run[] {
  if (from.length > 0 && to.length > 0) {
    const most = Math.min(from.length + to.length, mostChanges);
    // reach[zero + k]: how far in `from` one gets on diagonal k = (place in from) - (place in to) with so many changes.
    const zero = most + 1;
    const reach = new Int32Array(2 * most + 3);
    const reached: Int32Array[] = [];
    for (let changes = 0; changes <= most; changes++) {
      reached.push(reach.slice(zero - changes - 1, zero + changes + 2));
      for (let k = -changes; k <= changes; k += 2) {
        let x = inserts(reach, zero, k, changes) ? reach[zero + k + 1]! : reach[zero + k - 1]! + 1;
        while (x < from.length && x - k < to.length && from[x] === to[x - k]) x++;
        reach[zero + k] = x;
        if (x >= from.length && x - k >= to.length) return traced(from, to, reached);
      }
    }
  }
  return [
    ...from.map((text): Run => ({ kind: "deleted", text })),
    ...to.map((text): Run => ({ kind: "inserted", text })),
  ];
}

/** Whether the furthest way to diagonal k ends with an insertion, not a deletion. */
const inserts = (reach: Int32Array, zero: number, k: number, changes: number): boolean =>
  k === -changes || (k !== changes && reach[zero + k - 1]! < reach[zero + k + 1]!);

/** The way back from the ends, through what was reached with ever fewer changes. */
function traced(from: readonly string[], to: readonly string[], reached: readonly Int32Array[]): Run[] {
  const back: Run[] = [];
  let x = from.length;
  let y = to.length;
  for (let changes = reached.length - 1; changes >= 0; changes--) {
    const reach = reached[changes]!;
    const zero = changes + 1;
    const k = x - y;
    const inserted = inserts(reach, zero, k, changes);
    const x0 = changes === 0 ? 0 : inserted ? reach[zero + k + 1]! : reach[zero + k - 1]!;
    const y0 = changes === 0 ? 0 : x0 - (inserted ? k + 1 : k - 1);
    for (; x > x0 && y > y0; x--, y--) back.push({ kind: "same", text: from[x - 1]! });
    if (changes > 0) back.push(inserted ? { kind: "inserted", text: to[y0]! } : { kind: "deleted", text: from[x0]! });
    x = x0;
    y = y0;
  }
  return back.toReversed();
}

/** `appearance`: marks, white space or the like, none of which is part of the wording. `order`: moved among the others. */
export type ChangeKind = "added" | "removed" | "reworded" | "appearance" | "kind" | "level" | "part" | "order";

export interface BlockChange {
  readonly id: ParagraphId;
  /** Null when added. */
  readonly before: Block | null;
  /** Null when removed. */
  readonly after: Block | null;
  readonly kinds: readonly ChangeKind[];
}

/** Every block that is not what or where it was, in the new order; what was removed stands after what it stood after. */
export function changedBlocks(before: Text, after: Text): BlockChange[] {
  const old = blocksById(before);
  const stays = inPlace(before, after);
  const present = new Set(after.map((block) => block.id));

  const removedAfter = new Map<ParagraphId | null, BlockChange[]>();
  let stoodAfter: ParagraphId | null = null;
  for (const block of before) {
    if (present.has(block.id)) stoodAfter = block.id;
    else {
      const removed = removedAfter.get(stoodAfter) ?? [];
      removedAfter.set(stoodAfter, removed);
      removed.push({ id: block.id, before: block, after: null, kinds: ["removed"] });
    }
  }

  const changes = [...(removedAfter.get(null) ?? [])];
  for (const block of after) {
    const was = old.get(block.id) ?? null;
    const kinds = was ? differencesOf(was, block) : ["added" as const];
    if (was && !stays.has(block.id)) kinds.push("order");
    if (kinds.length > 0) changes.push({ id: block.id, before: was, after: block, kinds });
    changes.push(...(removedAfter.get(block.id) ?? []));
  }
  return changes;
}

function differencesOf(was: Block, is: Block): ChangeKind[] {
  if (was === is) return [];
  const kinds: ChangeKind[] = [];
  if (wordingOf(was.content).hash !== wordingOf(is.content).hash) kinds.push("reworded");
  else if (!isSameContent(was.content, is.content) && looks(was.content) !== looks(is.content))
    kinds.push("appearance");
  if (was.kind !== is.kind) kinds.push("kind");
  if (was.level !== is.level) kinds.push("level");
  // The part of a heading says nothing: it is shown wherever it has paragraphs.
  if (was.part !== is.part && was.kind === "paragraph" && is.kind === "paragraph") kinds.push("part");
  return kinds;
}

/** Nearly every paragraph is just as it was, and is told so at once. */
const isSameContent = (was: readonly Inline[], is: readonly Inline[]): boolean =>
  was === is || JSON.stringify(was) === JSON.stringify(is);

/** Content as it looks, however its runs are cut and its footnotes are named. */
const looks = (content: readonly Inline[]): string =>
  JSON.stringify(
    content.flatMap((inline): unknown[] => {
      if (inline.t !== "text") return [inline.t];
      const marks = [...(inline.marks ?? [])].sort().join();
      return Array.from(inline.text, (character) => character + marks);
    }),
  );

/** The blocks of both texts that keep their order among each other: as few as possible are left out, which are those that moved. */
export function inPlace(before: Text, after: Text): ReadonlySet<ParagraphId> {
  const places = new Map(before.map(({ id }, place) => [id, place]));
  const kept = after.filter(({ id }) => places.has(id));
  const rise = longestRise(kept.map(({ id }) => places.get(id)!));
  return new Set(kept.filter((_, index) => rise.has(index)).map(({ id }) => id));
}

/** Indices of a longest rising subsequence. */
function longestRise(values: readonly number[]): Set<number> {
  const tails: number[] = []; // tails[n]: index of the smallest value that ends a rise of length n + 1
  const before: (number | undefined)[] = [];
  values.forEach((value, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[index] = tails[low - 1];
    tails[low] = index;
  });
  const rise = new Set<number>();
  for (let index = tails.at(-1); index !== undefined; index = before[index]) rise.add(index);
  return rise;
}
