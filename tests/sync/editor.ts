/** An editor without a DOM: state, plugins and the real binding, driven as an EditorView drives them. */
import { history } from "prosemirror-history";
import type { Plugin, PluginView, Transaction } from "prosemirror-state";
import { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import type { BindingOptions, View } from "../../client/editor/binding/block-binding.ts";
import { BlockBinding } from "../../client/editor/binding/block-binding.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { idOf } from "../../shared/schema/block-node.ts";
import { id, nameOf } from "./support.ts";

export type BindingClass = new (doc: Y.Doc, options: BindingOptions) => BlockBinding;
export type OpenView = View & { destroy(): void };

class HeadlessView implements OpenView {
  state: EditorState;
  readonly #plugins: PluginView[] = [];

  constructor(state: EditorState) {
    this.state = state;
    for (const plugin of state.plugins) {
      const view = plugin.spec.view?.(this as unknown as EditorView);
      if (view) this.#plugins.push(view);
    }
  }

  dispatch(tr: Transaction): void {
    const before = this.state;
    this.state = before.apply(tr);
    for (const plugin of this.#plugins) plugin.update?.(this as unknown as EditorView, before);
  }

  destroy(): void {
    for (const plugin of this.#plugins) plugin.destroy?.();
  }
}

export interface EditorOptions extends Partial<BindingOptions> {
  readonly random: () => number;
  readonly Binding?: BindingClass;
  readonly plugins?: readonly Plugin[];
  /** A real EditorView, where there is a DOM. */
  readonly open?: (state: EditorState) => OpenView;
}

export class Editor implements View {
  readonly binding: BlockBinding;
  readonly view: OpenView;
  readonly refused: ParagraphId[] = [];

  constructor(doc: Y.Doc, { Binding = BlockBinding, plugins = [], open, ...options }: EditorOptions) {
    let minted = 0;
    this.binding = new Binding(doc, {
      writable: true,
      mintId: () => id(`n${doc.clientID}x${++minted}`),
      onLocked: (ids) => this.refused.push(...ids),
      ...options,
    });
    const state = EditorState.create({
      doc: this.binding.docNode(),
      plugins: [this.binding.plugin(), history(), ...plugins],
    });
    this.view = open ? open(state) : new HeadlessView(state);
  }

  get doc(): Y.Doc {
    return this.binding.doc;
  }

  get state(): EditorState {
    return this.view.state;
  }

  dispatch(tr: Transaction): void {
    this.view.dispatch(tr);
  }

  /** Position before the block. */
  at(name: string): number {
    let found = -1;
    this.state.doc.forEach((node, at) => {
      if (idOf(node) === id(name)) found = at;
    });
    if (found < 0) throw new Error(`no block ${name}`);
    return found;
  }

  type(name: string, offset: number, text: string): void {
    this.dispatch(this.state.tr.insertText(text, this.at(name) + 1 + offset));
  }

  lines(): string[] {
    const shown: string[] = [];
    this.state.doc.forEach((node) => shown.push(`${nameOf(idOf(node) ?? "-")}:${node.textContent}`));
    return shown;
  }

  destroy(): void {
    this.view.destroy();
  }
}
