/** What changed between two wordings, by words, and between two texts, by paragraphs (SPEC: RED). */
import type { Matches, Token } from "./matching.ts";
import { longestRise, matchesOf, tokensOf } from "./matching.ts";
import type { Block, Inline, Text } from "./text.ts";
import { blocksById } from "./text.ts";
import type { ParagraphId } from "./values.ts";
import { wordingOf } from "./wording.ts";

export interface Run {
  readonly kind: "same" | "inserted" | "deleted";
  readonly text: string;
}

/**
 * Both wordings in one: leaving out the inserted runs gives `from`, leaving out the deleted ones gives `to`, letter by letter.
 * Whole words change, never parts of one; what is deleted stands before what takes its place. White space that both have beside a change stays.
 */
export function redline(from: string, to: string): Run[] {
  const runs: Run[] = [];
  const push = (kind: Run["kind"], text: string): void => {
    const last = runs.at(-1);
    if (text === "") return;
    if (last?.kind === kind) runs[runs.length - 1] = { kind, text: last.text + text };
    else runs.push({ kind, text });
  };
  let [at, upTo, same] = [0, 0, 0];
  const changeTo = (end: number, there: number): void => {
    const old = from.slice(at, end);
    const fresh = to.slice(upTo, there);
    if (old === fresh) return;
    push("same", from.slice(same, at));
    const lead = commonSpace(old, fresh);
    const trail = commonSpace(old.slice(lead), fresh.slice(lead), "end");
    push("same", old.slice(0, lead));
    push("deleted", old.slice(lead, old.length - trail));
    push("inserted", fresh.slice(lead, fresh.length - trail));
    same = end - trail;
  };
  const [ours, theirs] = [tokensOf(from), tokensOf(to)];
  matchesBetweenEnds(ours, theirs).forEach((match, index) => {
    if (match < 0) return;
    changeTo(ours[index]!.from, theirs[match]!.from);
    at = ours[index]!.to;
    upTo = theirs[match]!.to;
  });
  changeTo(from.length, to.length);
  push("same", from.slice(same));
  return runs;
}

/** How much white space both begin with, or end with. */
function commonSpace(a: string, b: string, end?: "end"): number {
  const most = Math.min(a.length, b.length);
  const sign = (text: string, nth: number): string => text[end ? text.length - 1 - nth : nth]!;
  let length = 0;
  while (length < most && sign(a, length) === sign(b, length) && /\s/.test(sign(a, length))) length++;
  return length;
}

/** What is the same at the beginning and at the end of both stays there. */
function matchesBetweenEnds(ours: readonly Token[], theirs: readonly Token[]): Matches {
  const shorter = Math.min(ours.length, theirs.length);
  let start = 0;
  while (start < shorter && ours[start]!.word === theirs[start]!.word) start++;
  let end = 0;
  while (end < shorter - start && ours.at(-1 - end)!.word === theirs.at(-1 - end)!.word) end++;
  const matches = matchesOf(ours.slice(start, ours.length - end), theirs.slice(start, theirs.length - end));
  return ours.map((_, index) => {
    if (index < start) return index;
    if (index >= ours.length - end) return index - ours.length + theirs.length;
    const match = matches[index - start]!;
    return match < 0 ? -1 : match + start;
  });
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
