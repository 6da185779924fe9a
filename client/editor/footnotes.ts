/** Footnotes: a numbered button in the text, and a small form for their words. Numbers count through the whole text. */
import type { Node } from "prosemirror-model";
import type { Plugin as PluginType } from "prosemirror-state";
import { Plugin } from "prosemirror-state";
import type { EditorView, NodeView } from "prosemirror-view";
import { footnoteMaxLength } from "../../shared/sync/model.ts";
import { schema } from "../../shared/schema/schema.ts";
import { changedWindow } from "./binding/changed-window.ts";
import { insertFootnote } from "./commands.ts";
import { cleanText } from "./paste.ts";

/** What the form says, in the reader's language. */
export interface FootnoteWords {
  /** Accessible name of a footnote in the text: "Footnote 2: Pending." */
  readonly footnote: (number: number, text: string) => string;
  /** Name of the form, and of its field. */
  readonly title: string;
  readonly save: string;
  readonly remove: string;
  readonly cancel: string;
}

export class Footnotes {
  readonly #words: FootnoteWords;
  readonly #newId: () => string;
  readonly #views = new Set<FootnoteView>();
  #form: HTMLElement | null = null;

  constructor(words: FootnoteWords, newId: () => string) {
    this.#words = words;
    this.#newId = newId;
  }

  /** For `nodeViews` of the EditorView. */
  readonly create = (node: Node, view: EditorView, place: () => number | undefined): NodeView => {
    const footnote = new FootnoteView(node, place, this.#words, {
      edit: () => this.#edit(view, footnote),
      forget: () => this.#views.delete(footnote),
    });
    this.#views.add(footnote);
    return footnote;
  };

  /** Counts again when a paragraph with footnotes came, went or changed. */
  plugin(): PluginType {
    return new Plugin({
      view: () => {
        this.#number();
        return {
          update: ({ state }, { doc: was }) => {
            if (was === state.doc) return;
            const window = changedWindow(was, state.doc);
            if ([...window.was, ...window.now].some(({ node }) => hasFootnotes(node))) this.#number();
          },
          destroy: () => this.#close(),
        };
      },
    });
  }

  #number(): void {
    const placed = [...this.#views].map((view) => ({ view, at: view.place() ?? -1 })).sort((a, b) => a.at - b.at);
    for (const [i, { view }] of placed.entries()) view.setNumber(i + 1);
  }

  /** Asks for the words of a new footnote at the end of the selection. */
  insert(view: EditorView): boolean {
    this.#open(view, view.state.selection.to, "", {
      save: (text) => view.dispatch(insertFootnote(view.state, this.#newId(), text)),
    });
    return true;
  }

  #edit(view: EditorView, footnote: FootnoteView): void {
    const replaceWith = (node: Node | null): void => {
      const at = footnote.place();
      if (at !== undefined)
        view.dispatch(node ? view.state.tr.replaceWith(at, at + 1, node) : view.state.tr.delete(at, at + 1));
    };
    const { id, text } = footnote.attrs;
    this.#open(view, footnote.place() ?? 0, text, {
      save: (now) => now !== text && replaceWith(schema.node("footnote", { id, text: now })),
      remove: () => replaceWith(null),
    });
  }

  #open(
    view: EditorView,
    at: number,
    text: string,
    does: { save: (text: string) => unknown; remove?: () => void },
  ): void {
    this.#close();
    const form = document.createElement("form");
    form.className = "footnote-form";
    form.setAttribute("role", "dialog");
    form.setAttribute("aria-label", this.#words.title);
    const field = document.createElement("textarea");
    field.rows = 3;
    field.maxLength = footnoteMaxLength;
    field.value = text;
    field.setAttribute("aria-label", this.#words.title);
    field.readOnly = !view.editable;
    const finish = (act: () => unknown): void => {
      this.#close();
      view.focus();
      act();
    };
    const buttons = document.createElement("div");
    buttons.className = "footnote-buttons";
    if (view.editable) {
      const save = button(this.#words.save, null);
      save.type = "submit";
      buttons.append(save);
      if (does.remove) buttons.append(button(this.#words.remove, () => finish(() => does.remove?.())));
    }
    buttons.append(button(this.#words.cancel, () => finish(() => null)));
    form.append(field, buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = cleanText(field.value).trim();
      finish(() => text !== "" && does.save(text));
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") finish(() => null);
      else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    const host = view.dom.parentElement;
    const { bottom, left } = view.coordsAtPos(at);
    const frame = host?.getBoundingClientRect();
    // Physical, because coordinates on the screen are; which side the form opens to, the style sheet decides.
    form.style.top = `${bottom - (frame?.top ?? 0)}px`;
    form.style.left = `${left - (frame?.left ?? 0)}px`;
    host?.append(form);
    this.#form = form;
    field.focus();
  }

  #close(): void {
    this.#form?.remove();
    this.#form = null;
  }
}

const counts = new WeakMap<Node, boolean>();

function hasFootnotes(block: Node): boolean {
  const known = counts.get(block);
  if (known !== undefined) return known;
  let found = false;
  block.forEach((node) => (found ||= node.type.name === "footnote"));
  counts.set(block, found);
  return found;
}

function button(name: string, act: (() => void) | null): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = name;
  if (act) element.addEventListener("click", act);
  return element;
}

class FootnoteView implements NodeView {
  readonly dom: HTMLButtonElement;
  readonly place: () => number | undefined;
  readonly #words: FootnoteWords;
  readonly #forget: () => void;
  #node: Node;
  #number = 0;

  constructor(
    node: Node,
    place: () => number | undefined,
    words: FootnoteWords,
    does: { edit: () => void; forget: () => void },
  ) {
    this.#node = node;
    this.place = place;
    this.#words = words;
    this.#forget = does.forget;
    this.dom = document.createElement("button");
    this.dom.type = "button";
    this.dom.className = "footnote";
    this.dom.tabIndex = -1;
    this.dom.addEventListener("click", does.edit);
  }

  get attrs(): { id: string; text: string } {
    return this.#node.attrs as { id: string; text: string };
  }

  setNumber(number: number): void {
    if (number === this.#number) return;
    this.#number = number;
    this.#draw();
  }

  #draw(): void {
    this.dom.textContent = String(this.#number);
    this.dom.setAttribute("aria-label", this.#words.footnote(this.#number, this.attrs.text));
    this.dom.title = this.attrs.text;
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false;
    this.#node = node;
    this.#draw();
    return true;
  }

  stopEvent(event: Event): boolean {
    return event.type === "click" || event.type === "mousedown" || event.type === "keydown";
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy(): void {
    this.#forget();
  }
}
