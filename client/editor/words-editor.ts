/** A small editor for the words of one paragraph: what a delegation proposes, and what the chair makes of it. By itself it has no Y.Doc behind it. */
import { baseKeymap, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import type { Node } from "prosemirror-model";
import { DOMSerializer, Fragment, Slice } from "prosemirror-model";
import type { Command, Transaction } from "prosemirror-state";
import { EditorState, Plugin, TextSelection } from "prosemirror-state";
import type { NodeView } from "prosemirror-view";
import { EditorView } from "prosemirror-view";
import type { Block, Inline } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { mintId } from "../../shared/domain/values.ts";
import { blockOfNode, nodeOfBlock } from "../../shared/schema/block-node.ts";
import { schema } from "../../shared/schema/schema.ts";
import { caretStays } from "./caret.ts";
import { cleanHtml, cleanSlice } from "./paste.ts";
import type { NumberedReferences } from "./references.ts";
import { References } from "./references.ts";

export interface ShownWords extends NumberedReferences {
  /** Accessible name. */
  readonly name: string;
  readonly focus: boolean;
  /** Of a footnote in the report; undefined for one that does not stand there. */
  readonly noteNumber: (id: string) => number | undefined;
}

export interface WordsEditorOptions extends ShownWords {
  readonly block: Block;
  readonly onChange: (content: readonly Inline[]) => void;
  /** Footnotes and references stay, each in its turn: only the words between them change. */
  readonly keepsEmbeds?: boolean;
}

const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));
export const newId = (): ParagraphId => mintId(randomBytes) as ParagraphId;

/** Enter belongs to the form around it, and a paragraph stays one. */
const swallow: Command = () => true;

export function mountWordsEditor(
  place: HTMLElement,
  { block, onChange, keepsEmbeds = false, ...shown }: WordsEditorOptions,
): EditorView {
  return openWords(
    place,
    shown,
    true,
    schema.node("doc", null, [nodeOfBlock({ ...block, kind: "paragraph" })]),
    keepsEmbeds ? [embedsKept] : [],
    (tr) => {
      const now = tr.docChanged && blockOfNode(tr.doc.child(0));
      if (now) onChange(now.content);
    },
  );
}

/** Refuses what would take one away, bring one in or exchange two. */
const embedsKept = new Plugin({
  filterTransaction: (tr) => !tr.docChanged || embedsIn(tr.doc) === embedsIn(tr.before),
});

function embedsIn(doc: Node): string {
  const found: unknown[] = [];
  doc.descendants((node) => {
    if (node.isInline && node.isAtom && !node.isText) found.push([node.type.name, node.attrs]);
  });
  return JSON.stringify(found);
}

/** @param plugins before the others, because a binding must be */
export function openWords(
  place: HTMLElement,
  { name, focus, numberOf, noteNumber }: ShownWords,
  writable: boolean,
  doc: Node,
  plugins: readonly Plugin[],
  onChange?: (tr: Transaction) => void,
): EditorView {
  const view = new EditorView(place, {
    state: EditorState.create({
      doc,
      plugins: [
        ...plugins,
        history(),
        caretStays,
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
    editable: () => writable,
    nodeViews: { ref: new References({ numberOf }).create, footnote: noteShown(noteNumber) },
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": name,
      "aria-readonly": String(!writable),
      dir: "auto",
    },
    transformPastedHTML: cleanHtml,
    transformPasted: (slice) => asOneParagraph(cleanSlice(slice, newId)),
    dispatchTransaction(this: EditorView, tr) {
      const wanted = withinParagraph(this.state, tr);
      if (!wanted) return;
      const { state, transactions } = this.state.applyTransaction(wanted);
      this.updateState(state);
      if (transactions.length > 0) onChange?.(wanted);
    },
  });
  if (focus) view.focus();
  return view;
}

/** A footnote as its number in the report and, by the style sheet, its words; one that is new here keeps the neutral sign. */
const noteShown =
  (numberOf: ShownWords["noteNumber"]) =>
  ({ type, attrs }: Node): NodeView => {
    const { dom } = DOMSerializer.renderSpec(document, type.spec.toDOM!(type.create(attrs)));
    const number = numberOf(attrs["id"] as string);
    if (number !== undefined) dom.textContent = String(number);
    return { dom, ignoreMutation: () => true };
  };

/** The same edit as one of the paragraph's words: everything selected and typed over makes another paragraph. Null for what makes several. */
function withinParagraph(state: EditorState, tr: Transaction): Transaction | null {
  if (!tr.docChanged) return tr;
  if (tr.doc.childCount !== 1) return null;
  const [was, now] = [state.doc.child(0), tr.doc.child(0)];
  if (now.sameMarkup(was)) return tr;
  const words = state.tr.replaceWith(1, 1 + was.content.size, now.content);
  return words.setSelection(TextSelection.atEnd(words.doc));
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
