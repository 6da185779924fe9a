/** Which stretches of a document a run of ProseMirror steps replaced, so that an edit is written exactly where it was made. */
import type { StepMap } from "prosemirror-transform";

/** `a` counts in the document before, `b` in the one after. Everything between two ranges is unchanged but for marks and attributes. */
export interface ChangedRange {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

export function changedRanges(maps: readonly StepMap[]): ChangedRange[] {
  let ranges: readonly ChangedRange[] = [];
  for (const map of maps) ranges = after(ranges, map);
  return [...ranges];
}

/** The ranges once one more step has been made. */
function after(ranges: readonly ChangedRange[], map: StepMap): ChangedRange[] {
  // Both the earlier ranges and the step's own, in the document between: where they touch they become one.
  const touched = ranges.map(({ b0, b1 }) => ({ from: b0, to: b1 }));
  map.forEach((from, to) => touched.push({ from, to }));
  touched.sort((x, y) => x.from - y.from || x.to - y.to);
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of touched) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged.map(({ from, to }) => ({
    a0: before(ranges, from, "start"),
    a1: before(ranges, to, "end"),
    b0: map.map(from, -1),
    b1: map.map(to, 1),
  }));
}

/** A position between the two documents, brought back to the first; at a range that starts or ends there, its outer edge. */
function before(ranges: readonly ChangedRange[], position: number, edge: "start" | "end"): number {
  let shift = 0;
  for (const { a0, a1, b0, b1 } of ranges) {
    if (b0 > position || (b0 === position && edge === "start")) {
      return b0 === position ? a0 : position + shift;
    }
    if (b1 >= position) return edge === "start" ? a0 : a1;
    shift = a1 - b1;
  }
  return position + shift;
}
