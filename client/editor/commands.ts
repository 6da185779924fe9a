/** What a drafter can do to the text, each as a ProseMirror command: for keys, and for a toolbar built elsewhere. */
import { chainCommands, createParagraphNear, deleteSelection, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import type { Node } from "prosemirror-model";
import type { Command, EditorState, Transaction } from "prosemirror-state";
import { TextSelection } from "prosemirror-state";
import type { Mark } from "../../shared/domain/text.ts";
import { schema } from "../../shared/schema/schema.ts";

const { heading, paragraph } = schema.nodes;

interface Place {
  readonly node: Node;
  readonly at: number;
}

/** The blocks that the selection touches. */
function selectedBlocks({ doc, selection }: EditorState): Place[] {
  const places: Place[] = [];
  doc.nodesBetween(selection.from, selection.to, (node, at) => {
    places.push({ node, at });
    return false;
  });
  return places;
}

/** Changes attributes of every selected block for which `change` says something; false if it does for none. */
const changeBlocks =
  (change: (node: Node) => { kind?: typeof paragraph; level?: number } | null): Command =>
  (state, dispatch) => {
    const { tr } = state;
    for (const { node, at } of selectedBlocks(state)) {
      const { kind = node.type, level = node.attrs["level"] as number } = change(node) ?? {};
      if (kind !== node.type) tr.setNodeMarkup(at, kind, { ...node.attrs, level });
      else if (level !== node.attrs["level"]) tr.setNodeAttribute(at, "level", level);
    }
    if (tr.docChanged) dispatch?.(tr.scrollIntoView());
    return tr.docChanged;
  };

const byLevels = (levels: 1 | -1): Command =>
  changeBlocks((node) => ({ level: Math.max(0, Math.min(2, Number(node.attrs["level"]) + levels)) }));

/** Headings become paragraphs if all that is selected are headings, else all become headings. */
const toggleHeading: Command = (state, dispatch) => {
  const kind = selectedBlocks(state).every(({ node }) => node.type === heading) ? paragraph : heading;
  return changeBlocks(() => (kind ? { kind, level: 0 } : null))(state, dispatch);
};

/** Exchanges the selected blocks with the one before or after them; the selection goes along. */
const move =
  (direction: -1 | 1): Command =>
  (state, dispatch) => {
    const { doc, selection } = state;
    const first = doc.resolve(selection.from).index(0);
    const last = doc.resolve(selection.to).index(0);
    const neighbour = doc.maybeChild(direction < 0 ? first - 1 : last + 1);
    if (!neighbour) return false;
    const blocks = selectedBlocks(state);
    const from = blocks[0]?.at ?? 0;
    const to = blocks.reduce((end, { node }) => end + node.nodeSize, from);
    // The neighbour is taken out and put on the other side, so that what is selected is not touched at all.
    const tr =
      direction < 0
        ? state.tr.delete(from - neighbour.nodeSize, from).insert(to - neighbour.nodeSize, neighbour)
        : state.tr.delete(to, to + neighbour.nodeSize).insert(from, neighbour);
    dispatch?.(tr.scrollIntoView());
    return true;
  };

/**
 * Splits the paragraph. After a heading comes a paragraph; an empty paragraph of a deeper level comes up first, as in other word processors.
 */
const split: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const block = $from.parent;
  if (!block.isTextblock) return false;
  if (empty && block.content.size === 0 && Number(block.attrs["level"]) > 0) return byLevels(-1)(state, dispatch);
  const { tr } = state;
  if (!empty) tr.deleteSelection();
  const at = tr.mapping.map($from.pos);
  const here = tr.doc.resolve(at);
  const endsHeading =
    here.parent.type === heading && here.parentOffset === here.parent.content.size && here.parentOffset > 0;
  const next =
    endsHeading && paragraph ? [{ type: paragraph, attrs: { part: here.parent.attrs["part"] as string } }] : undefined;
  dispatch?.(tr.split(at, 1, next).scrollIntoView());
  return true;
};

/**
 * Puts brackets around the selected words, in each paragraph its own: what opens in one paragraph closes in it.
 * Without a selection an empty pair, and the caret in it.
 */
const bracket: Command = (state, dispatch) => {
  const { from, to } = state.selection;
  const { tr } = state;
  for (const { node, at } of selectedBlocks(state).toReversed()) {
    const end = Math.min(to, at + 1 + node.content.size);
    const start = Math.max(from, at + 1);
    if (start === end && from !== to) continue;
    tr.insertText("]", end).insertText("[", start);
  }
  if (!tr.docChanged) return false;
  if (from === to) tr.setSelection(TextSelection.create(tr.doc, from + 1));
  dispatch?.(tr.scrollIntoView());
  return true;
};

const mark = (name: Mark): Command => toggleMark(schema.mark(name).type);

export const editorCommands = {
  strong: mark("strong"),
  em: mark("em"),
  underline: mark("underline"),
  toggleHeading,
  deeper: byLevels(1),
  shallower: byLevels(-1),
  moveUp: move(-1),
  moveDown: move(1),
  split: chainCommands(split, deleteSelection, createParagraphNear),
  bracket,
  undo,
  redo,
} satisfies Record<string, Command>;
export type EditorCommands = typeof editorCommands;

/** Puts a footnote at the end of the selection. */
export function insertFootnote(state: EditorState, id: string, text: string): Transaction {
  const { to } = state.selection;
  const tr = state.tr.insert(to, schema.node("footnote", { id, text }));
  return tr.setSelection(TextSelection.create(tr.doc, to + 1)).scrollIntoView();
}
