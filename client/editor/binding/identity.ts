/**
 * Every paragraph has an id and no two share one (BIN4). ProseMirror copies attributes when it splits or pastes;
 * here it is decided which piece stays the paragraph it was.
 */
import type { Node } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import type { Mappable } from "prosemirror-transform";
import type { ParagraphId, Part } from "../../../shared/domain/values.ts";
import { idOf } from "../../../shared/schema/block-node.ts";
import { schema } from "../../../shared/schema/schema.ts";

/** What an editor shows of a report without blocks; it is in no Y.Doc until somebody types in it (BIN7). */
export const placeholder = (): Node => schema.node("paragraph");
export const isPlaceholder = (doc: Node): boolean =>
  doc.childCount === 1 && idOf(doc.child(0)) === null && doc.child(0).eq(placeholder());

interface Piece {
  readonly node: Node;
  readonly at: number;
}

/**
 * The transaction that gives ids and parts to what is new in `state`; null if nothing is.
 * @param mapping from `was` to the document of `state`
 */
export function giveIds(
  was: Node,
  state: EditorState,
  mapping: Mappable,
  mintId: () => ParagraphId,
): Transaction | null {
  const now = state.doc;
  if (sameIds(was, now) || isPlaceholder(now)) return null;
  const pieces = new Map<ParagraphId | null, Piece[]>();
  now.forEach((node, at) => {
    const id = idOf(node);
    const same = pieces.get(id);
    if (same) same.push({ node, at });
    else pieces.set(id, [{ node, at }]);
  });
  const before = new Map<ParagraphId | null, Piece>();
  was.forEach((node, at) => before.set(idOf(node), { node, at: mapping.map(at) }));
  const tr = state.tr;
  for (const [id, same] of pieces) {
    const origin = id === null ? undefined : before.get(id);
    const keeper = id === null ? undefined : keeperOf(same, origin);
    for (const piece of same) {
      if (piece === keeper) continue;
      const part = (origin?.node.attrs["part"] as Part | undefined) ?? partAround(tr.doc, piece.at);
      tr.setNodeAttribute(piece.at, "id", mintId()).setNodeAttribute(piece.at, "part", part);
    }
  }
  return tr.docChanged ? tr : null;
}

/** Typing: the same blocks, in the same order. */
function sameIds(was: Node, now: Node): boolean {
  if (was.childCount !== now.childCount) return false;
  for (let i = 0; i < now.childCount; i++) {
    const node = now.child(i);
    if (node !== was.child(i) && (idOf(node) === null || idOf(node) !== idOf(was.child(i)))) return false;
  }
  return true;
}

/**
 * Identity follows the words: when Enter at its beginning puts an empty line above a paragraph, it is still that paragraph.
 * Where several pieces hold all its words, it is the one that stands where it stood.
 */
function keeperOf(same: readonly Piece[], origin: Piece | undefined): Piece | undefined {
  if (!origin) return same[0];
  const { node: old, at } = origin;
  const whole = same.filter(({ node }) => node === old || (old.content.size > 0 && node.content.eq(old.content)));
  return whole.find((piece) => piece.at === at) ?? whole.find(({ node }) => node === old) ?? whole[0] ?? same[0];
}

/** The part of the block before; at the beginning that of the next one that has its id. */
function partAround(doc: Node, at: number): Part {
  const index = doc.resolve(at).index();
  const next = (from: number): Node | null => {
    const node = doc.maybeChild(from);
    return node && idOf(node) === null ? next(from + 1) : node;
  };
  return ((doc.maybeChild(index - 1) ?? next(index))?.attrs["part"] as Part | undefined) ?? "consensus";
}
