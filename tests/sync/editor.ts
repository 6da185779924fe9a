/** An editor without a DOM: state, plugins and the real binding, as an EditorView would drive them. */
import { history } from "prosemirror-history";
import type { Plugin, PluginView, Transaction } from "prosemirror-state";
import { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import type { BindingOptions, View } from "../../client/editor/binding/block-binding.ts";
import { BlockBinding } from "../../client/editor/binding/block-binding.ts";
import { idOf } from "../../shared/schema/block-node.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { id, nameOf } from "./support.ts";

export type BindingClass = new (doc: Y.Doc, options: BindingOptions) => BlockBinding;

export class Editor implements View {
  state: EditorState;
  readonly binding: BlockBinding;
  readonly refused: ParagraphId[] = [];
  readonly #views: PluginView[] = [];

  constructor(
    doc: Y.Doc,
    options: Partial<BindingOptions> & { random: () => number },
    Binding: BindingClass = BlockBinding,
    plugins: readonly Plugin[] = [],
  ) {
    let minted = 0;
    this.binding = new Binding(doc, {
      writable: true,
      mintId: () => id(`n${doc.clientID}x${++minted}`),
      onLocked: (ids) => this.refused.push(...ids),
      ...options,
    });
    this.state = EditorState.create({
      doc: this.binding.docNode(),
      plugins: [this.binding.plugin(), history(), ...plugins],
    });
    for (const plugin of this.state.plugins) {
      const view = plugin.spec.view?.(this as unknown as EditorView);
      if (view) this.#views.push(view);
    }
  }

  get doc(): Y.Doc {
    return this.binding.doc;
  }

  dispatch(tr: Transaction): void {
    const before = this.state;
    this.state = before.apply(tr);
    for (const view of this.#views) view.update?.(this as unknown as EditorView, before);
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
    for (const view of this.#views) view.destroy?.();
  }
}
