/**
 * What is drawn over the words without being in them: the words that positions concern, and brackets.
 * A keystroke maps what is drawn and looks at its own paragraph only.
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
import { changedWindow } from "./binding/changed-window.ts";

/** Words concerned by a position, in flat offsets of the block as it stands. */
export interface Concern {
  readonly id: string;
  readonly block: ParagraphId;
  readonly from: number;
  readonly to: number;
  readonly level: Level;
}

const concernsKey = new PluginKey<DecorationSet>("concerns");

export const setConcerns = (state: EditorState, concerns: readonly Concern[]): Transaction =>
  state.tr.setMeta(concernsKey, concerns).setMeta("addToHistory", false);

export const concernsPlugin = (): Plugin<DecorationSet> =>
  new Plugin<DecorationSet>({
    key: concernsKey,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, drawn) => {
        const concerns = tr.getMeta(concernsKey) as readonly Concern[] | undefined;
        const mapped = tr.docChanged ? followBlocks(tr, drawn) : drawn;
        return concerns ? redrawn(tr.doc, mapped, concerns) : mapped;
      },
    },
    props: { decorations: (state) => concernsKey.getState(state) },
  });

/** Maps decorations; those in a block that was moved, which mapping drops, are drawn again where it went. */
function followBlocks(tr: Transaction, drawn: DecorationSet): DecorationSet {
  const dropped = new Set<string>();
  const mapped = drawn.map(tr.mapping, tr.doc, { onRemove: (spec: Concern) => dropped.add(spec.id) });
  if (dropped.size === 0) return mapped;
  const starts = new Map<ParagraphId | null, { at: number; size: number }>();
  tr.doc.forEach((node, at) => starts.set(idOf(node), { at, size: node.content.size }));
  const again: Decoration[] = [];
  for (const old of drawn.find(undefined, undefined, (spec: Concern) => dropped.has(spec.id))) {
    const before = tr.before.resolve(old.from);
    const start = before.depth > 0 ? starts.get(idOf(before.parent)) : undefined;
    // A block that changed as it moved is drawn when its concerns are set anew.
    if (!start || start.size !== before.parent.content.size) continue;
    const concern = old.spec as Concern;
    again.push(
      drawConcern(start.at, { ...concern, from: before.parentOffset, to: before.parentOffset + old.to - old.from }),
    );
  }
  return mapped.add(tr.doc, again);
}

function redrawn(doc: Node, drawn: DecorationSet, concerns: readonly Concern[]): DecorationSet {
  const starts = new Map<ParagraphId | null, { at: number; size: number }>();
  doc.forEach((node, at) => starts.set(idOf(node), { at, size: node.content.size }));
  const wanted = new Map<string, Decoration>();
  for (const concern of concerns) {
    const start = starts.get(concern.block);
    const to = Math.min(concern.to, start?.size ?? 0);
    if (start && concern.from < to) wanted.set(concern.id, drawConcern(start.at, { ...concern, to }));
  }
  const gone: Decoration[] = [];
  for (const old of drawn.find()) {
    const { id, level } = old.spec as Concern;
    const now = wanted.get(id);
    if (now && now.from === old.from && now.to === old.to && (now.spec as Concern).level === level) wanted.delete(id);
    else gone.push(old);
  }
  return drawn.remove(gone).add(doc, [...wanted.values()]);
}

const drawConcern = (at: number, concern: Concern): Decoration =>
  Decoration.inline(
    at + 1 + concern.from,
    at + 1 + concern.to,
    { class: `concern concern-${concern.level}`, "data-position": concern.id },
    concern,
  );

/** Brackets in bold, deeper ones told apart, and those without a partner marked. */
export const bracketsPlugin = (): Plugin<DecorationSet> => {
  const key = new PluginKey<DecorationSet>("brackets");
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, { doc }) => {
        const drawn: Decoration[] = [];
        doc.forEach((node, at) => drawn.push(...drawBrackets(node, at)));
        return DecorationSet.create(doc, drawn);
      },
      apply: (tr, drawn, { doc: was }) => {
        if (!tr.docChanged) return drawn;
        let mapped = drawn.map(tr.mapping, tr.doc);
        for (const { node, at } of changedWindow(was, tr.doc).now) {
          const old = mapped.find(at, at + node.nodeSize);
          const now = drawBrackets(node, at);
          if (sameDrawing(old, now)) continue;
          mapped = mapped.remove(old).add(tr.doc, now);
        }
        return mapped;
      },
    },
    props: { decorations: (state) => key.getState(state) },
  });
};

const sameDrawing = (old: readonly Decoration[], now: readonly Decoration[]): boolean =>
  old.length === now.length &&
  old.every(({ from, to, spec }, i) => {
    const other = now[i];
    return other?.from === from && other.to === to && (other.spec as Drawn).className === (spec as Drawn).className;
  });

interface Drawn {
  readonly className: string;
}

function drawBrackets(node: Node, at: number): Decoration[] {
  const text = node.textBetween(0, node.content.size, null, embedCharacter);
  if (!hasOpenBrackets(text) && !/[\]］]/.test(text)) return [];
  const drawn: Decoration[] = [];
  const draw = (from: number, className: string): void => {
    drawn.push(Decoration.inline(at + 1 + from, at + 2 + from, { class: className }, { className } satisfies Drawn));
  };
  const walk = (nodes: readonly BracketNode[]): void => {
    for (const part of nodes) {
      if (part.kind === "stray-close") draw(part.from, "bracket bracket-alone");
      if (part.kind !== "bracket") continue;
      const className = `bracket ${part.closed ? `bracket-${Math.min(part.depth, 4)}` : "bracket-alone"}`;
      draw(part.from, className);
      walk(part.children);
      if (part.closed) draw(part.to - 1, className);
    }
  };
  walk(bracketsOf(text).tree);
  return drawn;
}
