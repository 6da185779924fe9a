/**
 * What is drawn over the words without being in them: the words that positions concern, those that proposals would have otherwise, and
 * brackets. Nothing of it can come into the document: it is laid over the view, and copying takes what is under it.
 * A keystroke maps what is drawn and draws its own paragraph anew. Only what is near the screen is drawn: ProseMirror looks through all
 * that is drawn for each paragraph, and each piece of it is an element on the page.
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

/** Words that would become others, in flat offsets of the block as it stands; `from` is `to` where words only come in. */
export interface ProposedChange {
  readonly from: number;
  readonly to: number;
  /** Put in their place; empty for a deletion. */
  readonly words: string;
  readonly by: string;
  /** Not who would have other words, but whose words the bracket holds that begins here. */
  readonly isLabel?: true;
}

/** What is proposed for one block, of which the offsets were taken when it was of this size. */
export interface Proposed {
  readonly block: ParagraphId;
  readonly size: number;
  readonly changes: readonly ProposedChange[];
}

interface Overlay {
  /** With offsets as of now. */
  readonly concerns: ReadonlyMap<ParagraphId, readonly Concern[]>;
  /** With offsets as of now. */
  readonly proposed: ReadonlyMap<ParagraphId, readonly ProposedChange[]>;
  /** Null: everything is. */
  readonly near: ReadonlySet<ParagraphId> | null;
  readonly drawn: DecorationSet;
}

/** What a transaction tells the overlay. */
type Told =
  | { readonly concerns: readonly Concern[] }
  | { readonly proposed: readonly Proposed[] }
  | { readonly near: Overlay["near"] };

const key = new PluginKey<Overlay>("overlay");

const tell = (state: EditorState, told: Told): Transaction =>
  state.tr.setMeta(key, told).setMeta("addToHistory", false);
export const setConcerns = (state: EditorState, concerns: readonly Concern[]): Transaction => tell(state, { concerns });
export const setProposed = (state: EditorState, proposed: readonly Proposed[]): Transaction =>
  tell(state, { proposed });
export const setNear = (state: EditorState, near: Overlay["near"]): Transaction => tell(state, { near });

/** @param near the blocks to draw on, until `setNear` says otherwise; null for all */
export const overlayPlugin = (near: ReadonlySet<ParagraphId> | null): Plugin<Overlay> =>
  new Plugin<Overlay>({
    key,
    state: {
      init: (_, { doc }) =>
        redraw({ concerns: new Map(), proposed: new Map(), near, drawn: DecorationSet.empty }, doc, placesIn(doc)),
      apply: (tr, overlay, { doc: was }) => {
        const followed = tr.docChanged ? follow(overlay, tr, was) : overlay;
        const told = tr.getMeta(key) as Told | undefined;
        if (!told) return followed;
        const now = after(followed, told, tr.doc);
        const differs = ({ node }: Placed): boolean => {
          const id = idOf(node);
          const [is, was] = [isNear(now, id), isNear(followed, id)];
          if (id === null || !(is || was)) return false;
          return (
            is !== was ||
            now.concerns.get(id) !== followed.concerns.get(id) ||
            now.proposed.get(id) !== followed.proposed.get(id)
          );
        };
        return redraw(now, tr.doc, placesIn(tr.doc).filter(differs));
      },
    },
    props: { decorations: (state) => key.getState(state)?.drawn },
  });

function after(overlay: Overlay, told: Told, doc: Node): Overlay {
  if ("near" in told) return { ...overlay, near: told.near };
  if ("concerns" in told) return { ...overlay, concerns: byBlock(told.concerns) };
  const sizes = new Map(placesIn(doc).map(({ node }) => [idOf(node), node.content.size]));
  const proposed = new Map<ParagraphId, readonly ProposedChange[]>();
  for (const { block, size, changes } of told.proposed) {
    const known = overlay.proposed.get(block);
    // What was typed since has moved what is drawn already; the places that fit it are on their way.
    const now = sizes.get(block) === size ? changes : known;
    if (now) proposed.set(block, known && sameChanges(known, now) ? known : now);
  }
  return { ...overlay, proposed };
}

const sameChanges = (a: readonly ProposedChange[], b: readonly ProposedChange[]): boolean =>
  a.length === b.length &&
  a.every((one, index) => {
    const other = b[index]!;
    return (
      one.from === other.from &&
      one.to === other.to &&
      one.words === other.words &&
      one.by === other.by &&
      one.isLabel === other.isLabel
    );
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
  let { concerns, proposed } = overlay;
  for (const { node, at } of window.now) {
    const id = idOf(node);
    const old = before.get(id);
    if (id === null || !old || old.node.content.eq(node.content)) continue;
    const moved = <R extends { readonly from: number; readonly to: number }>(range: R): R | null => {
      const isPlace = range.from === range.to;
      const from = tr.mapping.map(old.at + 1 + range.from, isPlace ? -1 : 1) - at - 1;
      const to = isPlace ? from : tr.mapping.map(old.at + 1 + range.to, -1) - at - 1;
      return from >= 0 && (isPlace || from < to) && to <= node.content.size ? { ...range, from, to } : null;
    };
    const those = concerns.get(id);
    if (those)
      concerns = new Map(concerns).set(
        id,
        those.flatMap((concern) => moved(concern) ?? []),
      );
    const changes = proposed.get(id);
    if (changes)
      proposed = new Map(proposed).set(
        id,
        changes.flatMap((change) => moved(change) ?? []),
      );
  }
  const drawn = overlay.drawn.map(tr.mapping, tr.doc);
  return redraw({ ...overlay, concerns, proposed, drawn }, tr.doc, window.now);
}

function redraw(overlay: Overlay, doc: Node, places: readonly Placed[]): Overlay {
  const gone: Decoration[] = [];
  const come: Decoration[] = [];
  for (const { node, at } of places) {
    const id = idOf(node);
    const old = overlay.drawn.find(at, at + node.nodeSize);
    const concerns = (id === null ? undefined : overlay.concerns.get(id)) ?? [];
    const proposed = (id === null ? undefined : overlay.proposed.get(id)) ?? [];
    const now = isNear(overlay, id)
      ? [...drawBrackets(node, at), ...drawConcerns(concerns, node, at), ...drawProposed(proposed, node, at)]
      : [];
    if (sameDrawing(old, now)) continue;
    gone.push(...old);
    come.push(...now);
  }
  const drawn = gone.length + come.length === 0 ? overlay.drawn : overlay.drawn.remove(gone).add(doc, come);
  return { ...overlay, drawn };
}

interface Drawn {
  readonly className: string;
  /** The position whose words these are, or what is proposed; "" for a bracket. */
  readonly what: string;
}

const nameOf = (decoration: Decoration | undefined): string => {
  const { className, what } = (decoration?.spec ?? { className: "", what: "" }) as Drawn;
  return `${decoration?.from}-${decoration?.to} ${className} ${what}`;
};

const sameDrawing = (old: readonly Decoration[], now: readonly Decoration[]): boolean =>
  old.length === now.length && (old.length === 0 || old.map(nameOf).sort().join() === now.map(nameOf).sort().join());

const draw = (from: number, to: number, className: string, position = ""): Decoration =>
  Decoration.inline(from, to, { class: className, ...(position !== "" && { "data-position": position }) }, {
    className,
    what: position,
  } satisfies Drawn);

const drawConcerns = (concerns: readonly Concern[], node: Node, at: number): Decoration[] =>
  concerns
    .map((concern) => ({ ...concern, to: Math.min(concern.to, node.content.size) }))
    .filter(({ from, to }) => from < to)
    .map(({ id, from, to, level }) => draw(at + 1 + from, at + 1 + to, `concern concern-${level}`, id));

/** Words that would go are struck, and after them stands what would come, and who says so. For the eyes: who listens has the list. */
function drawProposed(changes: readonly ProposedChange[], node: Node, at: number): Decoration[] {
  const { size } = node.content;
  return changes.flatMap((change) => {
    const [from, to] = [Math.min(change.from, size), Math.min(change.to, size)];
    const what = `${change.words}\n${change.by}\n${change.isLabel ?? ""}`;
    const comes = Decoration.widget(at + 1 + to, () => proposedElement(change), {
      // After what is typed before it, and in the order in which they were tabled.
      side: 1,
      key: what,
      ignoreSelection: true,
      className: "proposed",
      what,
    });
    const goes = { className: "proposed-out", what } satisfies Drawn;
    return from < to
      ? [Decoration.inline(at + 1 + from, at + 1 + to, { class: "proposed-out" }, goes), comes]
      : [comes];
  });
}

function proposedElement({ words, by, isLabel }: ProposedChange): HTMLElement {
  const element = document.createElement("span");
  element.className = "proposed";
  element.contentEditable = "false";
  element.setAttribute("aria-hidden", "true");
  const piece = (className: string, text: string): void => {
    const span = element.appendChild(document.createElement("span"));
    span.className = className;
    span.textContent = text;
  };
  piece(isLabel ? "bracket-label" : "proposed-by", by);
  if (words !== "") piece("proposed-in", words);
  return element;
}

interface DrawnBracket {
  readonly from: number;
  readonly to: number;
  readonly className: string;
}

const brackets = new WeakMap<Node, readonly DrawnBracket[]>();

/** In bold, deeper ones told apart, those without a partner marked, and the name at the beginning of one set apart. */
function drawBrackets(node: Node, at: number): Decoration[] {
  let found = brackets.get(node);
  if (!found) brackets.set(node, (found = bracketsIn(node)));
  return found.map(({ from, to, className }) => draw(at + 1 + from, at + 1 + to, className));
}

function bracketsIn(node: Node): DrawnBracket[] {
  const text = node.textBetween(0, node.content.size, null, embedCharacter);
  if (!hasOpenBrackets(text) && !/[\]］]/.test(text)) return [];
  const found: DrawnBracket[] = [];
  const walk = (nodes: readonly BracketNode[]): void => {
    for (const part of nodes) {
      if (part.kind === "stray-close") found.push({ from: part.from, to: part.to, className: "bracket bracket-alone" });
      if (part.kind !== "bracket") continue;
      const className = `bracket ${part.closed ? `bracket-${Math.min(part.depth, 4)}` : "bracket-alone"}`;
      found.push({ from: part.from, to: part.from + 1, className });
      if (part.attribution !== null)
        found.push({ from: part.from + 1, to: part.wordsFrom, className: "bracket-label" });
      walk(part.children);
      if (part.closed) found.push({ from: part.to - 1, to: part.to, className });
    }
  };
  walk(bracketsOf(text).tree);
  return found;
}
