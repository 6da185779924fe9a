/** The blocks in which two documents differ, found by object identity: a keystroke looks at one. */
import type { Node } from "prosemirror-model";

export interface Placed {
  readonly node: Node;
  readonly at: number;
}

/** The blocks between those that are the same objects at both ends. */
export function changedWindow(was: Node, now: Node): { was: Placed[]; now: Placed[] } {
  let start = 0;
  let at = 0;
  while (start < was.childCount && start < now.childCount && was.child(start) === now.child(start)) {
    at += was.child(start).nodeSize;
    start++;
  }
  let wasEnd = was.childCount;
  let nowEnd = now.childCount;
  while (wasEnd > start && nowEnd > start && was.child(wasEnd - 1) === now.child(nowEnd - 1)) {
    wasEnd--;
    nowEnd--;
  }
  const placed = (doc: Node, end: number): Placed[] => {
    const blocks: Placed[] = [];
    let position = at;
    for (let i = start; i < end; i++) {
      const node = doc.child(i);
      blocks.push({ node, at: position });
      position += node.nodeSize;
    }
    return blocks;
  };
  return { was: placed(was, wasEnd), now: placed(now, nowEnd) };
}
