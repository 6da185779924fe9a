/**
 * What is drawn over the words without being in them: the words that positions concern, and brackets.
 * A keystroke maps what is drawn and draws its own paragraph anew. In a long text only what is near the screen is drawn:
 * ProseMirror looks through all that is drawn for each paragraph.
 */
import type { Node } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { BracketNode } from "../../shared/domain/brackets.ts";
import { bracketsOf, hasOpenBrackets } from "../../shared/domain/brackets.ts";
import type { Level } from "../../shared/domain/positions.ts";
import { embedCharacter } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { idOf } from "../../shared/schema/block-node.ts";
import type { Placed } from "./binding/changed-window.ts";
import { changedWindow } from "./binding/changed-window.ts";

/** Words concerned by a position, in flat offsets of the block as it stands. */
export interface Concern {
  readonly id: string;
  readonly block: ParagraphId;
  readonly from: number;
  readonly to: number;
  readonly level: Level;
}

interface Overlay {
  /** With offsets as of now. */
  readonly concerns: ReadonlyMap<ParagraphId, readonly Concern[]>;
  /** Null: everything is. */
  readonly near: ReadonlySet<ParagraphId> | null;
  readonly drawn: DecorationSet;
}

/** What a transaction tells the overlay. */
type Told = { readonly concerns: readonly Concern[] } | { readonly near: ReadonlySet<ParagraphId> };

const key = new PluginKey<Overlay>("overlay");

const tell = (state: EditorState, told: Told): Transaction =>
  state.tr.setMeta(key, told).setMeta("addToHistory", false);
export const setConcerns = (state: EditorState, concerns: readonly Concern[]): Transaction => tell(state, { concerns });
export const setNear = (state: EditorState, near: ReadonlySet<ParagraphId>): Transaction => tell(state, { near });

/** @param near the blocks to draw on, until `setNear` says otherwise; null for all */
export const overlayPlugin = (near: ReadonlySet<ParagraphId> | null): Plugin<Overlay> =>
  new Plugin<Overlay>({
    key,
    state: {
      init: (_, { doc }) => redraw({ concerns: new Map(), near, drawn: DecorationSet.empty }, doc, placesIn(doc)),
      apply: (tr, overlay, { doc: was }) => {
        const followed = tr.docChanged ? follow(overlay, tr, was) : overlay;
        const told = tr.getMeta(key) as Told | undefined;
        if (!told) return followed;
        const now =
          "near" in told ? { ...followed, near: told.near } : { ...followed, concerns: byBlock(told.concerns) };
        const differs = ({ node }: Placed): boolean => {
          const id = idOf(node);
          return (
            id !== null &&
            ("near" in told
              ? isNear(now, id) !== isNear(followed, id)
              : now.concerns.get(id) !== followed.concerns.get(id))
          );
        };
        return redraw(now, tr.doc, placesIn(tr.doc).filter(differs));
      },
    },
    props: { decorations: (state) => key.getState(state)?.drawn },
  });

const isNear = ({ near }: Overlay, id: ParagraphId | null): boolean => near === null || (id !== null && near.has(id));

function placesIn(doc: Node): Placed[] {
  const places: Placed[] = [];
  doc.forEach((node, at) => places.push({ node, at }));
  return places;
}

function byBlock(concerns: readonly Concern[]): Map<ParagraphId, Concern[]> {
  const blocks = new Map<ParagraphId, Concern[]>();
  for (const concern of concerns) {
    const same = blocks.get(concern.block);
    if (same) same.push(concern);
    else blocks.set(concern.block, [concern]);
  }
  return blocks;
}

/** After an edit: everything mapped, and what stands in the edited blocks drawn anew. */
function follow(overlay: Overlay, tr: Transaction, was: Node): Overlay {
  const window = changedWindow(was, tr.doc);
  const before = new Map(window.was.map((place) => [idOf(place.node), place]));
  let { concerns } = overlay;
  for (const { node, at } of window.now) {
    const id = idOf(node);
    const old = before.get(id);
    const those = id === null ? undefined : overlay.concerns.get(id);
    if (id === null || !those || !old || old.node.content.eq(node.content)) continue;
    const moved: Concern[] = [];
    for (const concern of those) {
      const from = tr.mapping.map(old.at + 1 + concern.from, 1) - at - 1;
      const to = tr.mapping.map(old.at + 1 + concern.to, -1) - at - 1;
      if (from >= 0 && from < to && to <= node.content.size) moved.push({ ...concern, from, to });
    }
    concerns = new Map(concerns).set(id, moved);
  }
  return redraw({ ...overlay, concerns, drawn: overlay.drawn.map(tr.mapping, tr.doc) }, tr.doc, window.now);
}

function redraw(overlay: Overlay, doc: Node, places: readonly Placed[]): Overlay {
  const gone: Decoration[] = [];
  const come: Decoration[] = [];
  for (const { node, at } of places) {
    const id = idOf(node);
    const old = overlay.drawn.find(at, at + node.nodeSize);
    const concerns = (id === null ? undefined : overlay.concerns.get(id)) ?? [];
    const now = isNear(overlay, id) ? [...drawBrackets(node, at), ...drawConcerns(concerns, node, at)] : [];
    if (sameDrawing(old, now)) continue;
    gone.push(...old);
    come.push(...now);
  }
  const drawn = gone.length + come.length === 0 ? overlay.drawn : overlay.drawn.remove(gone).add(doc, come);
  return { ...overlay, drawn };
}

interface Drawn {
  readonly className: string;
  /** The position whose words these are; "" for a bracket. */
  readonly position: string;
}

const nameOf = (decoration: Decoration | undefined): string => {
  const { className, position } = (decoration?.spec ?? { className: "", position: "" }) as Drawn;
  return `${decoration?.from}-${decoration?.to} ${className} ${position}`;
};

const sameDrawing = (old: readonly Decoration[], now: readonly Decoration[]): boolean =>
  old.length === now.length && (old.length === 0 || old.map(nameOf).sort().join() === now.map(nameOf).sort().join());

const draw = (from: number, to: number, className: string, position = ""): Decoration =>
  Decoration.inline(from, to, { class: className, ...(position !== "" && { "data-position": position }) }, {
    className,
    position,
  } satisfies Drawn);

const drawConcerns = (concerns: readonly Concern[], node: Node, at: number): Decoration[] =>
  concerns
    .map((concern) => ({ ...concern, to: Math.min(concern.to, node.content.size) }))
    .filter(({ from, to }) => from < to)
    .map(({ id, from, to, level }) => draw(at + 1 + from, at + 1 + to, `concern concern-${level}`, id));

interface DrawnBracket {
  readonly at: number;
  readonly className: string;
}

const brackets = new WeakMap<Node, readonly DrawnBracket[]>();

/** In bold, deeper ones told apart, and those without a partner marked. */
function drawBrackets(node: Node, at: number): Decoration[] {
  let found = brackets.get(node);
  if (!found) brackets.set(node, (found = bracketsIn(node)));
  return found.map((each) => draw(at + 1 + each.at, at + 2 + each.at, each.className));
}

function bracketsIn(node: Node): DrawnBracket[] {
  const text = node.textBetween(0, node.content.size, null, embedCharacter);
  if (!hasOpenBrackets(text) && !/[\]］]/.test(text)) return [];
  const found: DrawnBracket[] = [];
  const walk = (nodes: readonly BracketNode[]): void => {
    for (const part of nodes) {
      if (part.kind === "stray-close") found.push({ at: part.from, className: "bracket bracket-alone" });
      if (part.kind !== "bracket") continue;
      const className = `bracket ${part.closed ? `bracket-${Math.min(part.depth, 4)}` : "bracket-alone"}`;
      found.push({ at: part.from, className });
      walk(part.children);
      if (part.closed) found.push({ at: part.to - 1, className });
    }
  };
  walk(bracketsOf(text).tree);
  return found;
}
