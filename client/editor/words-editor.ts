/** A small editor for the words of one paragraph: what a delegation proposes, and what the chair makes of it. No Y.Doc behind it. */
import { baseKeymap, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { Fragment, Slice } from "prosemirror-model";
import type { Command } from "prosemirror-state";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import type { Block, Inline } from "../../shared/domain/text.ts";
import { mintId } from "../../shared/domain/values.ts";
import { blockOfNode, nodeOfBlock } from "../../shared/schema/block-node.ts";
import { schema } from "../../shared/schema/schema.ts";
import { cleanHtml, cleanSlice } from "./paste.ts";

export interface WordsEditorOptions {
  readonly block: Block;
  /** Accessible name. */
  readonly name: string;
  readonly focus: boolean;
  readonly onChange: (content: readonly Inline[]) => void;
}

const newId = (): string => mintId((count) => crypto.getRandomValues(new Uint8Array(count)));

/** Enter belongs to the form around it, and a paragraph stays one. */
const swallow: Command = () => true;

/** @returns takes it off the page */
export function mountWordsEditor(place: HTMLElement, { block, name, focus, onChange }: WordsEditorOptions): () => void {
  const view = new EditorView(place, {
    state: EditorState.create({
      doc: schema.node("doc", null, [nodeOfBlock({ ...block, kind: "paragraph" })]),
      plugins: [
        history(),
        keymap({
          "Mod-b": toggleMark(schema.marks.strong),
          "Mod-i": toggleMark(schema.marks.em),
          "Mod-u": toggleMark(schema.marks.underline),
          "Mod-z": undo,
          "Mod-y": redo,
          "Shift-Mod-z": redo,
          Enter: swallow,
          "Shift-Enter": swallow,
        }),
        keymap(baseKeymap),
      ],
    }),
    attributes: { role: "textbox", "aria-multiline": "true", "aria-label": name, dir: "auto" },
    transformPastedHTML: cleanHtml,
    transformPasted: (slice) => asOneParagraph(cleanSlice(slice, newId)),
    dispatchTransaction(this: EditorView, tr) {
      const state = this.state.apply(tr);
      if (state.doc.childCount !== 1) return;
      this.updateState(state);
      const now = tr.docChanged && blockOfNode(state.doc.child(0));
      if (now) onChange(now.content);
    },
  });
  if (focus) view.focus();
  return () => view.destroy();
}

/** Several pasted paragraphs become one, with a space between. */
function asOneParagraph(slice: Slice): Slice {
  let words = Fragment.empty;
  slice.content.forEach((node) => {
    if (words.size > 0) words = words.addToEnd(schema.text(" "));
    words = words.append(node.isTextblock ? node.content : Fragment.from(node));
  });
  return new Slice(words, 0, 0);
}
