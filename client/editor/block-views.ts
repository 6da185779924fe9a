/**
 * How a block stands on the page: a group with a name of its own, a gutter, the words, and lines below them. What the gutter and the
 * lines say comes from outside; only the blocks for which it changed are touched.
 */
import type { Node } from "prosemirror-model";
import type { NodeView, NodeViewConstructor, ViewMutationRecord } from "prosemirror-view";
import type { ParagraphId, Part } from "../../shared/domain/values.ts";
import { idOf } from "../../shared/schema/block-node.ts";
import type { NearScreen } from "./near-screen.ts";

/** A short word in the gutter; `kind` for its shape and colour, `text` for everyone. */
export interface GutterWord {
  readonly kind: string;
  readonly text: string;
}

/** What is known of a block outside its text. Every word is ready to be read. */
export interface BlockFacts {
  /** Accessible name of the group: "Paragraph 3, consensus text, contested, 1 objection". */
  readonly label: string;
  /** "3", "(a)"; "" for a heading. */
  readonly number: string;
  /** How a reference speaks of it: "3(a)", "1 of the chair's summary". */
  readonly called: string;
  readonly part: Part;
  readonly words: readonly GutterWord[];
  /** Said above and below its words, to be seen only: it must be found elsewhere as well. */
  readonly above?: readonly BlockLine[];
  readonly below?: readonly BlockLine[];
}

/** A line beside the words of a block. */
export interface BlockLine {
  readonly kind: "proposal" | "vacant" | "choice";
  readonly text: string;
  /** What is offered at its end, for the pointer: a word for everyone, and what is told to `onLine`. */
  readonly offers?: { readonly name: string; readonly about: ParagraphId };
}

export interface BlockOptions {
  /** Null while the block is not in the text: the one shown in an empty report. */
  readonly facts: (id: ParagraphId) => BlockFacts | null;
  /** Somebody chose the gutter of a paragraph, by click or key. */
  readonly onGutter?: (id: ParagraphId, gutter: HTMLElement) => void;
  /** Somebody took up what a line offers. */
  readonly onLine?: (about: ParagraphId) => void;
}

export class BlockViews {
  readonly #options: BlockOptions;
  readonly #near: Pick<NearScreen, "look">;
  readonly #views = new Set<BlockView>();

  /** @param near looks again when blocks come and go */
  constructor(options: BlockOptions, near: Pick<NearScreen, "look">) {
    this.#options = options;
    this.#near = near;
  }

  /** For `nodeViews` of the EditorView. */
  readonly create: NodeViewConstructor = (node, editor) => {
    const view = new BlockView(node, this.#options, {
      named: () => this.#near.look(),
      forget: () => {
        this.#views.delete(view);
        this.#near.look();
      },
    });
    this.#views.add(view);
    this.#near.look();
    if (editor.hasFocus()) showAtOnce(view.dom);
    return view;
  };

  /** These are near the screen; null: all are wanted. */
  comeNear(ids: ReadonlySet<ParagraphId> | null): void {
    for (const view of this.#views) if (!ids || (view.id !== null && ids.has(view.id))) view.comeNear();
  }

  /** Reads the facts again, of all blocks or of these. */
  refresh(only?: ReadonlySet<ParagraphId>): void {
    for (const view of this.#views) if (!only || (view.id !== null && only.has(view.id))) view.refresh();
  }
}

/**
 * A block that comes while somebody types is there for the next key. Under `content-visibility: auto` it would be skipped until the next
 * frame, and a key that is pressed before then goes nowhere.
 */
function showAtOnce({ style }: HTMLElement): void {
  style.contentVisibility = "visible";
  requestAnimationFrame(() => requestAnimationFrame(() => style.removeProperty("content-visibility")));
}

/** What a block's view tells those who made it. */
interface Life {
  /** The unsaved paragraph of an empty report was saved, and has an id. */
  readonly named: () => void;
  readonly forget: () => void;
}

class BlockView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  /** Made when the block comes near the screen: most are read far from it, by their names. */
  #gutter: HTMLButtonElement | null = null;
  /** Made when there is a line to say: most blocks have none. */
  #above: HTMLElement | null = null;
  #below: HTMLElement | null = null;
  readonly #options: BlockOptions;
  readonly #life: Life;
  #node: Node;
  #facts: BlockFacts | null = null;
  /** The facts as last drawn. */
  #drawn = "";

  constructor(node: Node, options: BlockOptions, life: Life) {
    this.#node = node;
    this.#options = options;
    this.#life = life;
    this.dom = document.createElement("div");
    this.dom.className = "block";
    this.dom.setAttribute("role", "group");
    this.contentDOM = document.createElement(
      node.type.name === "heading" ? `h${Number(node.attrs["level"]) + 2}` : "p",
    );
    this.contentDOM.className = "block-words";
    this.dom.append(this.contentDOM);
    this.#drawAttrs();
    this.refresh();
  }

  get id(): ParagraphId | null {
    return idOf(this.#node);
  }

  update(node: Node): boolean {
    const was = this.#node;
    if (node.type !== was.type) return false;
    // Each paragraph has an element of its own, for as long as it stands.
    const unnamed = this.id === null;
    if (!unnamed && idOf(node) !== this.id) return false;
    // A heading of another level is another element.
    if (node.type.name === "heading" && node.attrs["level"] !== was.attrs["level"]) return false;
    this.#node = node;
    if (node.attrs !== was.attrs) {
      this.#drawAttrs();
      this.refresh();
    }
    if (unnamed && this.id !== null) this.#life.named();
    return true;
  }

  #drawAttrs(): void {
    const { id, level, part } = this.#node.attrs as { id: string | null; level: number; part: Part };
    this.dom.dataset["level"] = String(level);
    this.dom.dataset["part"] = part;
    this.dom.dataset["kind"] = this.#node.type.name;
    if (id !== null) this.dom.dataset["id"] = id;
  }

  refresh(): void {
    const facts = this.id === null ? null : this.#options.facts(this.id);
    const now = JSON.stringify(facts);
    if (now === this.#drawn) return;
    this.#drawn = now;
    this.#facts = facts;
    this.dom.setAttribute("aria-label", facts?.label ?? "");
    if (this.#gutter) this.#label(this.#gutter);
    if (facts?.above?.length) this.contentDOM.before((this.#above ??= beside()));
    if (facts?.below?.length) this.contentDOM.after((this.#below ??= beside()));
    if (this.#above) this.#write(this.#above, facts?.above ?? []);
    if (this.#below) this.#write(this.#below, facts?.below ?? []);
  }

  comeNear(): void {
    if (this.#gutter) return;
    const gutter = document.createElement("button");
    gutter.type = "button";
    gutter.className = "block-gutter";
    gutter.contentEditable = "false";
    // Reached by its own keys and by the pointer; Tab belongs to the text.
    gutter.tabIndex = -1;
    gutter.addEventListener("click", () => {
      if (this.id !== null) this.#options.onGutter?.(this.id, gutter);
    });
    this.#label(gutter);
    this.dom.prepend(gutter);
    this.#gutter = gutter;
  }

  #label(gutter: HTMLButtonElement): void {
    const { label = "", number = "", words = [] } = this.#facts ?? {};
    gutter.setAttribute("aria-label", label);
    gutter.hidden = this.#facts === null;
    gutter.replaceChildren(
      word("block-number", number),
      ...words.map(({ kind, text }) => word(`block-word block-word-${kind}`, text)),
    );
  }

  #write(place: HTMLElement, lines: readonly BlockLine[]): void {
    place.hidden = lines.length === 0;
    place.replaceChildren(
      ...lines.map(({ kind, text, offers }) => {
        const line = word(`block-line block-line-${kind}`, text);
        if (!offers) return line;
        const button = document.createElement("button");
        button.type = "button";
        button.tabIndex = -1;
        button.textContent = offers.name;
        button.addEventListener("click", () => this.#options.onLine?.(offers.about));
        line.append(" · ", button);
        return line;
      }),
    );
  }

  /** The gutter and the lines are ours; ProseMirror need not read them. */
  ignoreMutation({ type, target }: ViewMutationRecord): boolean {
    return type !== "selection" && (target === this.dom || this.#isOurs(target));
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof globalThis.Node && this.#isOurs(event.target);
  }

  readonly #isOurs = (target: globalThis.Node): boolean =>
    [this.#gutter, this.#above, this.#below].some((ours) => ours?.contains(target));

  destroy(): void {
    this.#life.forget();
  }
}

function beside(): HTMLElement {
  const lines = document.createElement("div");
  lines.className = "block-beside";
  lines.contentEditable = "false";
  lines.setAttribute("aria-hidden", "true");
  return lines;
}

function word(className: string, text: string): HTMLElement {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = text;
  return span;
}
