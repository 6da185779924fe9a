/** A reference shows the number its paragraph has now, as every page and export does. */
import type { Node } from "prosemirror-model";
import type { NodeView, NodeViewConstructor } from "prosemirror-view";
import type { ParagraphId } from "../../shared/domain/values.ts";

export interface NumberedReferences {
  /** What the paragraph is called; empty where it has no number. */
  readonly numberOf: (to: ParagraphId) => string;
}

export class References {
  readonly #numberOf: (to: ParagraphId) => string;
  readonly #views = new Set<ReferenceView>();

  constructor({ numberOf }: NumberedReferences) {
    this.#numberOf = (to) => numberOf(to) || gone;
  }

  /** For `nodeViews` of the EditorView. */
  readonly create: NodeViewConstructor = (node) => {
    const view = new ReferenceView(node, this.#numberOf, () => this.#views.delete(view));
    this.#views.add(view);
    return view;
  };

  refresh(): void {
    for (const view of this.#views) view.refresh();
  }
}

/** In place of the number of a paragraph that was removed. */
const gone = "¶";

class ReferenceView implements NodeView {
  readonly dom = document.createElement("span");
  readonly #to: ParagraphId;
  readonly #numberOf: (to: ParagraphId) => string;
  readonly #forget: () => void;

  constructor(node: Node, numberOf: (to: ParagraphId) => string, forget: () => void) {
    this.#to = node.attrs["to"] as ParagraphId;
    this.#numberOf = numberOf;
    this.#forget = forget;
    this.dom.className = "ref";
    this.dom.dataset["ref"] = this.#to;
    this.refresh();
  }

  refresh(): void {
    const number = this.#numberOf(this.#to);
    if (this.dom.textContent !== number) this.dom.textContent = number;
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy(): void {
    this.#forget();
  }
}
