/**
 * Where others are writing. Awareness carries relative positions and nothing else; who it is says the roster, by client id,
 * so that nobody can write under another name.
 */
import type { EditorState } from "prosemirror-state";
import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { idOf } from "../../shared/schema/block-node.ts";
import { blocksOf, bodyOf, yBlock } from "../../shared/sync/model.ts";
import { readCaret } from "./caret.ts";
import "./cursors.css";

/** Null for a client whom the roster does not know: it is not shown. */
export type NameOf = (clientId: number) => string | null;

interface Cursor {
  readonly anchor: unknown;
  readonly head: unknown;
}

const key = new PluginKey<DecorationSet>("cursors");
const announceAfterMs = 100;
const hues = 6;

export function cursorsPlugin(doc: Y.Doc, awareness: Awareness, nameOf: NameOf): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, drawn) => (tr.getMeta(key) as DecorationSet | undefined) ?? drawn.map(tr.mapping, tr.doc),
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => {
      /** Somebody is beside words that have not come yet: presence waits for no disk. */
      let isEarly = false;
      let again: ReturnType<typeof setTimeout> | undefined;
      const draw = (): void => {
        clearTimeout(again);
        isEarly = false;
        readCaret(view.dom);
        const drawn = cursors(view.state, doc, awareness, nameOf, () => (isEarly = true));
        view.dispatch(view.state.tr.setMeta(key, drawn));
      };
      let timer: ReturnType<typeof setTimeout> | null = null;
      let isOurs = false;
      const onChange = ({ added, updated, removed }: Record<"added" | "updated" | "removed", number[]>): void => {
        if ([...added, ...updated, ...removed].some((client) => client !== doc.clientID)) draw();
      };
      const tell = (): void => {
        timer = null;
        const cursor = cursorOf(view, doc);
        // Beside another editor of the same text, whose cursor it may be.
        if (!cursor && !isOurs) return;
        isOurs = cursor !== null;
        const told = awareness.getLocalState()?.["cursor"] as Cursor | null | undefined;
        if (JSON.stringify(cursor) !== JSON.stringify(told ?? null)) awareness.setLocalStateField("cursor", cursor);
      };
      const soon = (): void => {
        timer ??= setTimeout(tell, announceAfterMs);
      };
      awareness.on("change", onChange);
      view.dom.addEventListener("focusin", soon);
      view.dom.addEventListener("focusout", soon);
      return {
        update: (_, before) => {
          if (before.doc !== view.state.doc || !before.selection.eq(view.state.selection)) soon();
          if (before.doc === view.state.doc || !isEarly) return;
          clearTimeout(again);
          again = setTimeout(draw);
        },
        destroy: () => {
          if (timer !== null) clearTimeout(timer);
          clearTimeout(again);
          awareness.off("change", onChange);
          view.dom.removeEventListener("focusin", soon);
          view.dom.removeEventListener("focusout", soon);
        },
      };
    },
  });
}

/** The own selection; null while the focus is elsewhere. */
function cursorOf(view: EditorView, doc: Y.Doc): Cursor | null {
  if (!view.hasFocus()) return null;
  const { $anchor, $head } = view.state.selection;
  const [anchor, head] = [$anchor, $head].map((place) => {
    const id = place.depth > 0 ? idOf(place.parent) : null;
    const block = id && yBlock(blocksOf(doc), id);
    const body = block && bodyOf(block);
    return body && Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(body, place.parentOffset, -1));
  });
  return anchor && head ? { anchor: anchor as unknown, head: head as unknown } : null;
}

function cursors(
  state: EditorState,
  doc: Y.Doc,
  awareness: Awareness,
  nameOf: NameOf,
  onEarly: () => void,
): DecorationSet {
  const starts = new Map<ParagraphId | null, { at: number; size: number }>();
  state.doc.forEach((node, at) => starts.set(idOf(node), { at, size: node.content.size }));
  const place = (json: unknown): number | null => {
    const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), doc);
    if (!found) onEarly();
    const block = found?.type.parent;
    // oxlint-disable-next-line no-underscore-dangle -- the only way from a shared type to the key it is kept under
    const start = block && starts.get((block._item?.parentSub ?? null) as ParagraphId | null);
    return found && start ? start.at + 1 + Math.min(found.index, start.size) : null;
  };
  const drawn: Decoration[] = [];
  for (const [client, presence] of awareness.getStates()) {
    const name = client === doc.clientID ? null : nameOf(client);
    const cursor = (presence as { cursor?: Cursor | null }).cursor;
    if (name === null || !cursor) continue;
    const at = safely(() => [place(cursor.anchor), place(cursor.head)]);
    const [anchor, head] = at ?? [];
    if (typeof anchor !== "number" || typeof head !== "number") continue;
    const hue = `cursor-${client % hues}`;
    drawn.push(Decoration.widget(head, () => caret(name, hue), { key: `${client} ${name}`, side: 10 }));
    if (anchor !== head) {
      drawn.push(Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), { class: `selected ${hue}` }));
    }
  }
  return DecorationSet.create(state.doc, drawn);
}

/** Presence is whatever another client sent. */
function safely<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** Not read aloud: other people's carets would never let a listener in peace. */
function caret(name: string, hue: string): HTMLElement {
  const element = document.createElement("span");
  element.className = `caret ${hue}`;
  element.setAttribute("aria-hidden", "true");
  const label = document.createElement("span");
  label.className = "caret-name";
  label.textContent = name;
  element.append(label);
  return element;
}
