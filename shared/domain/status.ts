/** What stands against a paragraph, and the status that follows (SPEC: STA). Derived each time, never stored. */
import { isBracketed } from "./brackets.ts";
import type { Level, Position } from "./positions.ts";
import { isAgreeing, strictness } from "./positions.ts";
import { hasLeft, holderOn } from "./pseudonyms.ts";
import type { Gavel, Record } from "./record.ts";
import type { Block } from "./text.ts";
import { partThatCounts } from "./text.ts";
import type { ParagraphId, Part } from "./values.ts";
import { wordingOf } from "./wording.ts";

export type Status = "agreed" | "contested" | "reopened" | "open";

/** The gavel that holds now: these exact words, not reopened since (STA1). */
export function gavelOn(record: Record, paragraph: ParagraphId): Gavel | null {
  const gavel = record.gavels.get(paragraph);
  return gavel && gavel.reopened === null ? gavel : null;
}

/** The text is adopted, or as a whole under a silence procedure: nothing of it may change, nor anything be added (SIL4, ADO3). */
export const isFrozen = (record: Record): boolean =>
  record.adoption !== null || [...record.silences.values()].some(({ ended, whole }) => ended === null && whole);

/**
 * Paragraphs whose body, type, level, part and presence may not change now: agreed ones without reopening them first (STA2), those
 * in the scope of a silence procedure while it runs (SIL4), and everything when the text is frozen as a whole.
 */
export function lockedParagraphs(record: Record): ReadonlySet<ParagraphId> {
  const locked = new Set<ParagraphId>();
  for (const [paragraph, gavel] of record.gavels) if (gavel.reopened === null) locked.add(paragraph);
  for (const { ended, paragraphs } of record.silences.values())
    if (ended === null) for (const { paragraph } of paragraphs) locked.add(paragraph);
  if (isFrozen(record)) for (const { id } of record.text) locked.add(id);
  return locked;
}

/** Why a paragraph is locked, or null when it is not. */
export function whyLocked(record: Record, paragraph: ParagraphId): "adopted" | "under-silence" | "agreed" | null {
  if (record.adoption) return "adopted";
  for (const { ended, whole, paragraphs } of record.silences.values())
    if (ended === null && (whole || paragraphs.some((frozen) => frozen.paragraph === paragraph)))
      return "under-silence";
  return gavelOn(record, paragraph) ? "agreed" : null;
}

/** Status of a block in the consensus part: the first of these that holds (STA3). The chair's summary has none (STA4). */
export function statusOf(record: Record, block: Block): Status {
  const gavel = record.gavels.get(block.id);
  if (gavel && gavel.reopened === null && gavel.wording === wordingOf(block.content).hash) return "agreed";
  if (objectionsTo(record, block).length > 0 || isBracketed(block.content)) return "contested";
  return gavel?.reopened ? "reopened" : "open";
}

const none: readonly Position[] = [];

/** Standing positions by the paragraph on which their words are now, in the order in which they were lodged. */
export function positionsOn(record: Record, paragraph: ParagraphId): readonly Position[] {
  return record.standing.get(paragraph) ?? none;
}

/** The objections that stand on a paragraph and can block (STA5: only states; POS8: heard from the floor counts at once). */
export function objectionsTo(record: Record, block: Block): readonly Position[] {
  return positionsOn(record, block.id).filter(
    (position) => isBlocking(position) && blocksIn(position, partThatCounts(block)),
  );
}

export const isBlocking = (position: Position): boolean =>
  position.standing === "standing" && position.level === "objection" && position.ofState;

/** STA4, POS10: words can only block consensus text; a placement only the part it is about. In the other part the objection is suspended. */
export const blocksIn = (position: Position, part: Part): boolean => (position.placement ?? "consensus") === part;

/** A standing objection whose words were removed from the text, or pasted into the other part (FOL6, FOL8). */
export const isOrphan = (position: Position): boolean =>
  isBlocking(position) && (position.on.length === 0 || position.strayed);

/** Those that nobody has answered for. */
export function orphans(record: Record): readonly Position[] {
  let found = orphaned.get(record.positions);
  if (!found) {
    found = [...record.positions.values()].filter(isOrphan);
    orphaned.set(record.positions, found);
  }
  return found;
}

const orphaned = new WeakMap<Record["positions"], readonly Position[]>();

/**
 * Whether a position says something of the words as they are now. Support and acceptance count only on exactly their words, and count
 * again when these words return (POS5); everything stricter stands whatever the words (POS6).
 */
export function counts(position: Position, block: Block): boolean {
  if (position.standing !== "standing") return false;
  const agreeing = position.level === "support" || position.level === "accept";
  if (agreeing) return position.confirmed && position.wording === wordingOf(block.content).hash;
  return true;
}

/**
 * Each holder's strictest stance that counts on a paragraph: a delegation is counted once (POS4). Its own beats a departure, a departure
 * beats what its groups state, and of these what it aligned with beats what it only belongs to (GRP7).
 */
export function stances(record: Record, block: Block): ReadonlyMap<string, Position> {
  const own = new Map<string, Position>();
  const aligned = new Map<string, Position>();
  const throughGroup = new Map<string, Position>();
  for (const position of positionsOn(record, block.id)) {
    if (!counts(position, block)) continue;
    if (position.behind === null) {
      if (position.ofState) keepStrictest(own, holderOn(position, block.id, position.holder), position);
      continue;
    }
    for (const { holder, member, aligned: isAligned, confirmed } of position.behind) {
      if (hasLeft(record, position, block.id, holder)) continue;
      // GRP13: what was heard from the floor counts for nobody as agreement.
      const saidSo = isAligned && (confirmed || !isAgreeing(position.level));
      if (!saidSo && !member) continue;
      keepStrictest(saidSo ? aligned : throughGroup, holderOn(position, block.id, holder), position);
    }
  }
  return new Map([...throughGroup, ...aligned, ...own]);
}

function keepStrictest(stances: Map<string, Position>, holder: string, position: Position): void {
  const other = stances.get(holder);
  if (!other || strictness(position.level) > strictness(other.level)) stances.set(holder, position);
}

export type Counts = { readonly [L in Level]: number };

export function countsOn(record: Record, block: Block): Counts {
  const count = {
    support: 0,
    accept: 0,
    question: 0,
    concern: 0,
    reservation: 0,
    "awaiting-instructions": 0,
    objection: 0,
  };
  for (const position of stances(record, block).values()) count[position.level]++;
  return count;
}
