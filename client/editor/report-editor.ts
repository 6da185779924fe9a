/**
 * The editor of a report: a plain ProseMirror view bound to the text, with everything it draws. React mounts it in an empty element
 * and otherwise leaves it alone. Every word it shows is given to it.
 */
import { history } from "prosemirror-history";
import type { Command, Transaction } from "prosemirror-state";
import { EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { mintId } from "../../shared/domain/values.ts";
import { idOf } from "../../shared/schema/block-node.ts";
import { schema } from "../../shared/schema/schema.ts";
import { noteSeen } from "../../shared/sync/recovered.ts";
import type { RecoveredWords } from "../../shared/sync/report-text.ts";
import { BlockBinding } from "./binding/block-binding.ts";
import { changedWindow } from "./binding/changed-window.ts";
import type { BlockOptions } from "./block-views.ts";
import { BlockViews } from "./block-views.ts";
import type { EditorCommands } from "./commands.ts";
import { editorCommands } from "./commands.ts";
import { caretStays, readCaret } from "./caret.ts";
import { CompositionHold } from "./composition.ts";
import type { NameOf } from "./cursors.ts";
import { cursorsPlugin } from "./cursors.ts";
import type { Concern, Proposed } from "./decorations.ts";
import { overlayPlugin, setConcerns, setNear, setProposed } from "./decorations.ts";
import type { FootnoteWords } from "./footnotes.ts";
import { Footnotes } from "./footnotes.ts";
import { editorKeys } from "./keys.ts";
import { NearScreen } from "./near-screen.ts";
import { References } from "./references.ts";
import { cleanHtml, cleanSlice } from "./paste.ts";
import "./editor.css";

export interface ReportEditorOptions extends BlockOptions {
  readonly doc: Y.Doc;
  /** False for readers: nothing they do changes the text. */
  readonly writable: boolean;
  /** Others' carets, and one's own for them. */
  readonly presence?: { readonly awareness: Awareness; readonly nameOf: NameOf };
  /** Accessible name of the whole: "Draft report". */
  readonly name: string;
  readonly words: FootnoteWords;
  /** An edit was held back because these paragraphs are agreed; tell the user how to reopen them. */
  readonly onLocked?: (paragraphs: readonly ParagraphId[]) => void;
  /** The caret came into another block, or left the text. */
  readonly onBlock?: (paragraph: ParagraphId | null) => void;
}

export interface ReportEditor {
  readonly view: EditorView;
  /** For a toolbar: `run(commands.strong)`. */
  readonly commands: EditorCommands & { readonly footnote: Command };
  /** Does it and gives the focus back to the text; false if it cannot be done here. */
  run(command: Command): boolean;
  /** Whether it could be done here, for a button that knows when it is of no use. */
  can(command: Command): boolean;
  setLocks(paragraphs: ReadonlySet<ParagraphId>): void;
  setConcerns(concerns: readonly Concern[]): void;
  setProposed(proposed: readonly Proposed[]): void;
  /** Reads the facts of blocks again after the record changed. Changes of the text are noticed here. */
  refresh(only?: ReadonlySet<ParagraphId>): void;
  /** Puts the caret into a block and brings it on the screen; false if it does not stand. */
  goTo(paragraph: ParagraphId, from?: number, to?: number): boolean;
  /** The selected words in flat offsets, if they are in one block. */
  selected(): { readonly block: ParagraphId; readonly from: number; readonly to: number } | null;
  /** Puts recovered words back as a paragraph of their own, or only takes them off the list. */
  recover(words: RecoveredWords, decision: "put back" | "dismiss"): void;
  /** Hold a provider's updates with it while an input method composes. */
  readonly composition: CompositionHold;
  destroy(): void;
}

const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));
const newId = (): ParagraphId => mintId(randomBytes) as ParagraphId;
const random = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

export function mountReportEditor(place: HTMLElement, options: ReportEditorOptions): ReportEditor {
  const { doc, writable, presence, onLocked, onBlock } = options;
  const binding = new BlockBinding(doc, { writable, mintId: newId, random, ...(onLocked && { onLocked }) });
  const shown = binding.docNode();
  const near = new NearScreen((ids) => {
    blocks.comeNear(ids);
    tell((state) => setNear(state, ids));
  });
  const blocks = new BlockViews(options, near);
  const references = new References({ numberOf: (to) => options.facts(to)?.called ?? "" });
  const footnotes = new Footnotes(options.words, newId);
  const footnote: Command = (state, dispatch, view) =>
    writable && state.selection.$to.parent.isTextblock && (!dispatch || !view || footnotes.insert(view));

  const refresh = (only?: ReadonlySet<ParagraphId>): void => {
    blocks.refresh(only);
    if (!only) references.refresh();
  };
  let block: ParagraphId | null = null;
  const view = new EditorView(place, {
    state: EditorState.create({
      doc: shown,
      plugins: [
        binding.plugin(),
        history(),
        caretStays,
        ...editorKeys(footnote),
        overlayPlugin(new Set()),
        footnotes.plugin(),
        ...(presence ? [cursorsPlugin(doc, presence.awareness, presence.nameOf)] : []),
      ],
    }),
    editable: () => writable,
    // Not hidden under bars that stay at the edges.
    scrollThreshold: 80,
    scrollMargin: 120,
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": options.name,
      "aria-readonly": String(!writable),
      class: "report-editor",
    },
    nodeViews: { paragraph: blocks.create, heading: blocks.create, footnote: footnotes.create, ref: references.create },
    transformPastedHTML: cleanHtml,
    transformPasted: (slice) => cleanSlice(slice, newId),
    // `this`, because the binding may already dispatch while the view is being made.
    dispatchTransaction(this: EditorView, tr) {
      const was = this.state.doc;
      this.updateState(this.state.apply(tr));
      if (was !== this.state.doc && changesPlaces(was, this.state.doc)) refresh();
      const { $head } = this.state.selection;
      const now = $head.depth > 0 ? idOf($head.node(1)) : null;
      if (now !== block) onBlock?.((block = now));
    },
  });
  const composition = new CompositionHold(view.dom);

  // Whoever shows the text may tell an editor once more that has just made way for another one, as when silence begins.
  const tell = (change: (state: EditorState) => Transaction): void => {
    if (view.isDestroyed) return;
    readCaret(view.dom);
    view.dispatch(change(view.state));
  };
  near.watch(view.dom);

  const startOf = (paragraph: ParagraphId): number | null => {
    let found: number | null = null;
    view.state.doc.forEach((node, at) => {
      if (idOf(node) === paragraph) found = at;
    });
    return found;
  };

  return {
    view,
    composition,
    commands: { ...editorCommands, footnote },
    run(command) {
      view.focus();
      return command(view.state, view.dispatch, view);
    },
    can: (command) => writable && command(view.state),
    setLocks(paragraphs) {
      const concerned = new Set([...binding.locked, ...paragraphs]);
      binding.setLocks(paragraphs);
      blocks.refresh(concerned);
    },
    setConcerns: (concerns) => tell((state) => setConcerns(state, concerns)),
    setProposed: (proposed) => tell((state) => setProposed(state, proposed)),
    refresh,
    goTo(paragraph, from = 0, to = from) {
      const at = startOf(paragraph);
      const size = at === null ? 0 : (view.state.doc.nodeAt(at)?.content.size ?? 0);
      if (at === null) return false;
      // First, because ProseMirror scrolls to a selection only where the focus is.
      view.focus();
      const [anchor, head] = [from, to].map((offset) => at + 1 + Math.min(offset, size));
      view.dispatch(
        view.state.tr.setSelection(TextSelection.create(view.state.doc, anchor ?? at + 1, head)).scrollIntoView(),
      );
      return true;
    },
    selected() {
      const { $from, $to } = view.state.selection;
      const id = $from.sameParent($to) && $from.depth > 0 ? idOf($from.parent) : null;
      return id && { block: id, from: $from.parentOffset, to: $to.parentOffset };
    },
    recover(words, decision) {
      if (decision === "put back") {
        const after = words.after === null ? null : startOf(words.after);
        const at = after === null ? 0 : after + (view.state.doc.nodeAt(after)?.nodeSize ?? 0);
        view.dispatch(view.state.tr.insert(at, schema.node("paragraph", null, schema.text(words.words))));
      }
      noteSeen(doc, words.block);
    },
    destroy() {
      composition.destroy();
      near.destroy();
      view.destroy();
    },
  };
}

/** Whether blocks came, went, moved, or changed kind, level or part: then others may have another number. */
function changesPlaces(...[was, now]: Parameters<typeof changedWindow>): boolean {
  const window = changedWindow(was, now);
  return (
    window.was.length !== window.now.length ||
    window.was.some(({ node }, i) => {
      const other = window.now[i]?.node;
      return (
        !other ||
        node.type !== other.type ||
        ["id", "level", "part"].some((name) => node.attrs[name] !== other.attrs[name])
      );
    })
  );
}
