/** The least that must be done to a paragraph's Y.Text to make it say what the paragraph says now (BIN3). Pure. */
import type { Fragment } from "prosemirror-model";
import { Mark } from "prosemirror-model";
import type { Run } from "../../../shared/sync/model.ts";
import { markNames } from "../../../shared/sync/model.ts";
import { runOfNode } from "../../../shared/schema/block-node.ts";
import type { ChangedRange } from "./changed-ranges.ts";

export type BodyEdit =
  | { readonly at: number; readonly remove: number; readonly insert: readonly Run[] }
  | { readonly at: number; readonly format: number; readonly marks: Readonly<Record<string, true | null>> };

/**
 * Edits in the order in which they are to be made: the last place first, so that earlier offsets stay right.
 * @param changed what was replaced, counted inside the paragraph; null if it is not known, then the edits are found by comparing
 */
export function bodyEdits(was: Fragment, now: Fragment, changed: readonly ChangedRange[] | null): BodyEdit[] {
  return ((changed && editsAlong(was, now, changed)) ?? editsByComparing(was, now, 0)).toReversed();
}

/** Null if the ranges do not explain the paragraph, for instance because another one was joined to it. */
function editsAlong(was: Fragment, now: Fragment, changed: readonly ChangedRange[]): BodyEdit[] | null {
  const edits: BodyEdit[] = [];
  let a = 0;
  let b = 0;
  for (const range of [...changed, { a0: was.size, a1: was.size, b0: now.size, b1: now.size }]) {
    const marks = markEdits(was.cut(a, range.a0), now.cut(b, range.b0), a);
    if (!marks) return null;
    edits.push(...marks);
    edits.push(...editsByComparing(was.cut(range.a0, range.a1), now.cut(range.b0, range.b1), range.a0));
    a = range.a1;
    b = range.b1;
  }
  return edits;
}

function editsByComparing(was: Fragment, now: Fragment, offset: number): BodyEdit[] {
  if (was.size === 0 && now.size === 0) return [];
  const marks = markEdits(was, now, offset);
  if (marks) return marks;
  const { start, wasEnd, nowEnd } = difference(was, now);
  return [{ at: offset + start, remove: wasEnd - start, insert: runsOf(now.cut(start, nowEnd)) }];
}

/** The smallest stretch outside of which two fragments are the same. */
export function difference(was: Fragment, now: Fragment): { start: number; wasEnd: number; nowEnd: number } {
  const start = was.findDiffStart(now);
  const end = was.findDiffEnd(now);
  if (start === null || !end) return { start: was.size, wasEnd: was.size, nowEnd: now.size };
  // In "aa" → "aaa" what is the same at the start and what is the same at the end overlap.
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const found = { start, wasEnd: end.a + overlap, nowEnd: end.b + overlap };
  // Yjs turns both halves of a character into U+FFFD when it must cut between them.
  if (splitsPair(was, found.start) || splitsPair(now, found.start)) found.start--;
  if (splitsPair(was, found.wasEnd) || splitsPair(now, found.nowEnd)) {
    found.wasEnd++;
    found.nowEnd++;
  }
  return found;
}

function splitsPair(content: Fragment, at: number): boolean {
  if (at <= 0 || at >= content.size) return false;
  const text = content.textBetween(at - 1, at + 1, null, "\uFFFC");
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text);
}

/**
 * Edits of `theirs` that bring into it what `mine` says otherwise than `left`, from which both came.
 * Where both changed the same words theirs stay, and what mine added stands behind them: nothing is lost, whoever is right.
 */
export function mergingEdits(left: Fragment, mine: Fragment, theirs: Fragment): BodyEdit[] {
  if (left.eq(theirs)) return bodyEdits(theirs, mine, null);
  if (markEdits(left, mine, 0)) return [];
  const m = difference(left, mine);
  const t = difference(left, theirs);
  const insert = runsOf(mine.cut(m.start, m.nowEnd));
  const remove = m.wasEnd - m.start;
  if (m.wasEnd <= t.start) return [{ at: m.start, remove, insert }];
  if (m.start >= t.wasEnd) return [{ at: m.start + t.nowEnd - t.wasEnd, remove, insert }];
  return [{ at: t.nowEnd, remove: 0, insert }];
}

function runsOf(content: Fragment): Run[] {
  const runs: Run[] = [];
  content.forEach((node) => runs.push(runOfNode(node)));
  return runs;
}

/** Edits of marks alone; null if the two do not hold the same characters. */
function markEdits(was: Fragment, now: Fragment, offset: number): BodyEdit[] | null {
  if (was.size !== now.size) return null;
  const edits: BodyEdit[] = [];
  let a = 0;
  let b = 0;
  let aFrom = 0;
  let bFrom = 0;
  for (let at = 0; at < was.size;) {
    const x = was.child(a);
    const y = now.child(b);
    const length = Math.min(x.nodeSize - aFrom, y.nodeSize - bFrom);
    const same =
      x.isText && y.isText
        ? x.text?.slice(aFrom, aFrom + length) === y.text?.slice(bFrom, bFrom + length)
        : x.type === y.type && JSON.stringify(x.attrs) === JSON.stringify(y.attrs);
    if (!same) return null;
    if (!Mark.sameSet(x.marks, y.marks)) {
      edits.push({ at: offset + at, format: length, marks: marksChanged(x.marks, y.marks) });
    }
    at += length;
    if ((aFrom += length) === x.nodeSize) [a, aFrom] = [a + 1, 0];
    if ((bFrom += length) === y.nodeSize) [b, bFrom] = [b + 1, 0];
  }
  return edits;
}

/** Only the marks that changed, so that a mark that somebody else sets meanwhile stays. */
function marksChanged(was: readonly Mark[], now: readonly Mark[]): Record<string, true | null> {
  const changed: Record<string, true | null> = {};
  for (const name of markNames) {
    const has = now.some((mark) => mark.type.name === name);
    if (has !== was.some((mark) => mark.type.name === name)) changed[name] = has || null;
  }
  return changed;
}
