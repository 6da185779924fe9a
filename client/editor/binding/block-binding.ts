/**
 * ProseMirror ↔ Yjs, block by block, matched by id and never by position (shared/sync/SPEC.md: BIN).
 *
 * One fact carries everything: `#shown`, the ProseMirror document that is exactly what the Y.Doc says. When the view holds another one,
 * somebody edited here, and the difference is written in one Y transaction. When the Y.Doc changed, the view is given the difference,
 * and nothing is ever written on that way. What we wrote and what then stands in the Y.Doc are compared; where they differ the Y.Doc is right.
 */
import type { Node } from "prosemirror-model";
import { Fragment, Slice } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import type { StepMap } from "prosemirror-transform";
import { Mapping, ReplaceStep } from "prosemirror-transform";
import * as Y from "yjs";
import type { BlockKind, ParagraphId } from "../../../shared/domain/values.ts";
import { blockNode, fragmentOfBody, idOf, kindOfNode, nodeOfRun } from "../../../shared/schema/block-node.ts";
import { schema } from "../../../shared/schema/schema.ts";
import type { YBlock } from "../../../shared/sync/model.ts";
import {
  attributesOf,
  blocksOf,
  bodyOf,
  isRemoved,
  kindOf,
  levelOf,
  markNames,
  newYBlock,
  orderedIds,
  orderOf,
  partOf,
  yBlock,
} from "../../../shared/sync/model.ts";
import { noteAllSeen } from "../../../shared/sync/recovered.ts";
import type { BodyEdit } from "./body-edits.ts";
import { bodyEdits, difference, mergingEdits } from "./body-edits.ts";
import type { ChangedRange } from "./changed-ranges.ts";
import { changedRanges } from "./changed-ranges.ts";
import { changedWindow } from "./changed-window.ts";
import { takeOutDeceptive } from "./deceptive.ts";
import { giveIds, isPlaceholder, placeholder } from "./identity.ts";
import { longestInOrder, newKeys } from "./placing.ts";

/** What the binding needs of an EditorView, so that it can be proven without a DOM. */
export interface View {
  readonly state: EditorState;
  dispatch(tr: Transaction): void;
}

export interface BindingOptions {
  /** Readers' views change nothing. */
  readonly writable: boolean;
  readonly mintId: () => ParagraphId;
  /** Uniform in [0, 1), for order keys. */
  readonly random: () => number;
  /** The view shows this block and no other; edits change its words and nothing else of it. */
  readonly only?: ParagraphId;
  /** An edit was held back because these paragraphs are locked. */
  readonly onLocked?: (paragraphs: readonly ParagraphId[]) => void;
}

/** Steps since an earlier document, newest first. */
interface Trail {
  readonly before: Node;
  readonly maps: readonly StepMap[];
  earlier: Trail | null;
}

const key = new PluginKey<Trail | null>("blocks");
const remote = "remote";

/** Whether a transaction brings what stands in the Y.Doc already, rather than an edit made here. */
export const isRemote = (tr: Transaction): boolean => tr.getMeta(key) === remote;

/** What a Y.Text event says it did; null where only the outcome is known. */
type Delta = Y.YTextEvent["delta"] | null;

interface Changed {
  readonly was: Node;
  readonly now: Node;
  readonly wasAt: number;
  readonly nowAt: number;
}

/** Members that are `protected` are the seams at which the mutation check breaks the binding; nothing else overrides them. */
export class BlockBinding {
  readonly doc: Y.Doc;
  readonly #blocks: Y.Map<unknown>;
  readonly #options: BindingOptions;
  #view: View | null = null;
  #shown: Node | null = null;
  /** The document as it was made last, until the Y.Doc says something else. */
  #made: Node | null = null;
  #locked: ReadonlySet<ParagraphId> = new Set();
  /** Blocks as they were when they were removed here: what an undo may compare with. */
  readonly #removedHere = new Map<ParagraphId, Node>();

  constructor(doc: Y.Doc, options: BindingOptions) {
    this.doc = doc;
    this.#blocks = blocksOf(doc);
    this.#options = options;
  }

  get locked(): ReadonlySet<ParagraphId> {
    return this.#locked;
  }

  /** The document that the Y.Doc says; never empty (BIN7). */
  docNode(): Node {
    const made = schema.node("doc", null, this.#nodesOf(this.#standingIds()));
    this.#made = made;
    this.doc.once("update", () => (this.#made = null));
    return made;
  }

  /** Paragraphs whose words, kind, level and presence no edit may change from now on. */
  setLocks(paragraphs: ReadonlySet<ParagraphId>): void {
    this.#locked = paragraphs;
  }

  /** Must come before other plugins whose views change the document. */
  plugin(): Plugin<Trail | null> {
    return new Plugin<Trail | null>({
      key,
      state: {
        init: () => null,
        apply: (tr, trail) => (tr.docChanged ? { before: tr.before, maps: tr.mapping.maps, earlier: trail } : trail),
      },
      filterTransaction: (tr) => !tr.docChanged || isRemote(tr) || this.admits(tr.before, tr.doc),
      appendTransaction: (trs, was, state) => {
        if (!trs.some((tr) => tr.docChanged && !isRemote(tr))) return null;
        // In one go: ProseMirror asks again about what is appended, but then only about that.
        const tr = this.identify(was.doc, state, new Mapping(trs.flatMap((each) => each.mapping.maps))) ?? state.tr;
        takeOutDeceptive(was.doc, tr);
        // An undo must not take ids away from paragraphs that stay.
        return tr.docChanged ? tr.setMeta("addToHistory", false) : null;
      },
      view: (view) => {
        this.#connect(view);
        return { update: () => this.#flush(), destroy: () => this.#disconnect() };
      },
    });
  }

  #connect(view: View): void {
    this.#view = view;
    this.#blocks.observeDeep(this.#onDeep);
    this.#shown = view.state.doc;
    // Something may have arrived between making the state and showing it.
    if (this.#shown !== this.#made) this.show(new Map(this.#standingIds().map((id) => [id, null])), true);
  }

  #disconnect(): void {
    this.#blocks.unobserveDeep(this.#onDeep);
    this.#view = null;
  }

  // From the editor to the text.

  #flush(): void {
    const view = this.#view;
    const was = this.#shown;
    if (!view || !was || view.state.doc === was) return;
    const maps: StepMap[] = [];
    const head = key.getState(view.state) ?? null;
    let trail: Trail | null = head;
    for (; trail && trail.before !== was; trail = trail.earlier) maps.unshift(...trail.maps);
    if (!trail) throw new Error("binding: the view shows a document that did not come from the text");
    maps.unshift(...trail.maps);
    if (head) head.earlier = null;
    this.#shown = view.state.doc;
    this.#write(was, view.state.doc, changedRanges(maps));
  }

  #write(was: Node, now: Node, ranges: readonly ChangedRange[]): void {
    const window = changedWindow(was, now);
    const before = new Map(window.was.map((block) => [idOf(block.node), block]));
    const changed: Changed[] = [];
    const fresh: Node[] = [];
    for (const { node, at } of window.now) {
      const id = idOf(node);
      if (id === null) continue;
      const old = before.get(id);
      before.delete(id);
      if (!old) fresh.push(node);
      else if (old.node !== node) changed.push({ was: old.node, now: node, wasAt: old.at, nowAt: at });
    }
    const removed = [...before.values()].map((block) => block.node).filter((node) => idOf(node) !== null);
    const idsNow = window.now.map(({ node }) => idOf(node)).join();
    const structure = idsNow !== window.was.map(({ node }) => idOf(node)).join();
    this.transact(() => {
      for (const edit of changed) this.writeBlock(edit, ranges);
      for (const node of removed) this.remove(node);
      if (structure) this.#writePlaces(now, fresh);
    });
    const touched = [...changed.map((edit) => edit.now), ...fresh].map((node) => idOf(node) as ParagraphId);
    this.settle(touched, structure);
  }

  protected transact(write: () => void): void {
    this.doc.transact(write, this);
  }

  /** New blocks, and order keys for what was added or moved. */
  #writePlaces(now: Node, fresh: readonly Node[]): void {
    const ids = standingIn(now);
    const keyOf = (id: ParagraphId): string => {
      const block = yBlock(this.#blocks, id);
      return block ? orderOf(block) : "";
    };
    const keys = this.place(ids, keyOf);
    for (const node of fresh) {
      const id = idOf(node) as ParagraphId;
      const block = yBlock(this.#blocks, id);
      if (block) this.revive(id, block, node);
      else this.create(id, node, keys.get(id) ?? "");
      if (!block) keys.delete(id);
    }
    for (const [id, order] of keys) yBlock(this.#blocks, id)?.set("order", order);
  }

  protected place(ids: readonly ParagraphId[], keyOf: (id: ParagraphId) => string): Map<ParagraphId, string> {
    return newKeys(ids, keyOf, this.#options.random);
  }

  protected writeBlock(edit: Changed, ranges: readonly ChangedRange[] | null): void {
    const block = yBlock(this.#blocks, idOf(edit.now) as ParagraphId);
    if (!block) return;
    this.#writeAttrs(block, edit.was, edit.now);
    const body = bodyOf(block);
    if (!body || edit.was.content === edit.now.content) return;
    const inside = ranges && rangesInside(edit, ranges);
    this.writeBody(body, bodyEdits(edit.was.content, edit.now.content, inside));
  }

  #writeAttrs(block: YBlock, was: Node, now: Node): void {
    if (kindOfNode(was) !== kindOfNode(now)) block.set("type", kindOfNode(now));
    if (was.attrs["level"] !== now.attrs["level"]) block.set("level", now.attrs["level"]);
  }

  protected writeBody(body: Y.Text, edits: readonly BodyEdit[]): void {
    for (const edit of edits) {
      if ("format" in edit) {
        body.format(edit.at, edit.format, edit.marks);
        continue;
      }
      if (edit.remove > 0) body.delete(edit.at, edit.remove);
      let at = edit.at;
      for (const { insert, marks } of edit.insert) {
        // Given, even if empty, attributes are not taken over from the left.
        if (typeof insert === "string") body.insert(at, insert, attributesOf(marks));
        else body.insertEmbed(at, insert, attributesOf(marks));
        at += typeof insert === "string" ? insert.length : 1;
      }
    }
  }

  protected remove(node: Node): void {
    const id = idOf(node) as ParagraphId;
    const block = yBlock(this.#blocks, id);
    if (!block) return;
    this.#removedHere.set(id, node);
    noteAllSeen(block);
    block.set("del", 1);
  }

  protected create(id: ParagraphId, node: Node, order: string): void {
    const block = newYBlock(
      { kind: kindOfNode(node), level: node.attrs["level"] as number, part: node.attrs["part"], content: [] },
      order,
    );
    this.#blocks.set(id, block);
    const body = bodyOf(block);
    if (body) this.writeBody(body, bodyEdits(schema.node("paragraph").content, node.content, null));
  }

  /** Undo of a removal. What others changed in the block meanwhile stays, and so does what comes back with it (BIN6). */
  protected revive(id: ParagraphId, block: YBlock, node: Node): void {
    const left = this.#removedHere.get(id);
    this.#removedHere.delete(id);
    const stands = this.#nodeOf(id, block);
    block.delete("del");
    if (!left) return;
    this.#writeAttrs(block, left, node);
    const body = bodyOf(block);
    if (body) this.writeBody(body, mergingEdits(left.content, node.content, stands.content));
  }

  /** Compares what was written with what stands; the view is put right where they differ. */
  protected settle(touched: readonly ParagraphId[], structure: boolean): void {
    this.show(new Map(touched.map((id) => [id, null])), structure);
  }

  // From the text to the editor. Nothing below writes to the Y.Doc (BIN2).

  readonly #onDeep = (events: readonly Y.YEvent<any>[], { origin }: Y.Transaction): void => {
    if (origin === this) return;
    const dirty = new Map<ParagraphId, Delta>();
    // A delta says nothing where the whole block, or its body, is another one than before.
    const renewed = new Set<ParagraphId>();
    let structure = false;
    for (const event of events) {
      const [id, field] = event.path as ParagraphId[];
      if (id === undefined) {
        structure = true;
        for (const changed of (event as Y.YMapEvent<unknown>).keysChanged) {
          renewed.add(changed as ParagraphId);
          dirty.set(changed as ParagraphId, null);
        }
      } else if (field === "body" && event instanceof Y.YTextEvent) {
        if (!renewed.has(id)) dirty.set(id, event.delta);
      } else if (field === undefined) {
        const { keysChanged } = event as Y.YMapEvent<unknown>;
        structure ||= keysChanged.has("order") || keysChanged.has("del");
        if (keysChanged.has("body")) renewed.add(id);
        if (!dirty.has(id)) dirty.set(id, null);
      }
    }
    this.receive(dirty, structure);
  };

  protected receive(dirty: ReadonlyMap<ParagraphId, Delta>, structure: boolean): void {
    this.show(dirty, structure);
  }

  /**
   * Gives the view what the Y.Doc says of the blocks that may differ.
   * @param structure whether blocks may have come, gone or moved
   */
  protected show(dirty: ReadonlyMap<ParagraphId, Delta>, structure: boolean): void {
    const view = this.#view;
    if (!view) return;
    if (view.state.doc !== this.#shown) throw new Error("binding: the text changed while an edit was not written yet");
    const { tr } = view.state;
    this.#showInPlace(tr, dirty);
    if (structure) this.#showPlaces(tr, view.state);
    if (!tr.docChanged) return;
    this.#shown = tr.doc;
    view.dispatch(tr.setMeta(key, remote).setMeta("addToHistory", false));
  }

  #showInPlace(tr: Transaction, dirty: ReadonlyMap<ParagraphId, Delta>): void {
    const places: { id: ParagraphId; at: number; node: Node }[] = [];
    tr.doc.forEach((node, at) => {
      const id = idOf(node);
      if (id !== null && dirty.has(id)) places.push({ id, at, node });
    });
    // The last one first, so that positions stay right.
    for (const { id, at, node } of places.toReversed()) {
      const block = yBlock(this.#blocks, id);
      if (!block || isRemoved(block)) continue;
      const stands = this.#nodeOf(id, block);
      if (node.eq(stands)) continue;
      this.showBlock(tr, at, node, stands, dirty.get(id) ?? null);
    }
  }

  protected showBlock(tr: Transaction, at: number, was: Node, stands: Node, delta: Delta): void {
    if (delta) showDelta(tr, at + 1, delta);
    const { content } = tr.doc.nodeAt(at) ?? was;
    if (!content.eq(stands.content)) {
      const { start, wasEnd, nowEnd } = difference(content, stands.content);
      replaceApart(tr, at + 1 + start, at + 1 + wasEnd, stands.content.cut(start, nowEnd));
    }
    if (was.type !== stands.type) tr.setNodeMarkup(at, stands.type, stands.attrs);
    else
      for (const name of ["level", "part"]) {
        if (was.attrs[name] !== stands.attrs[name]) tr.setNodeAttribute(at, name, stands.attrs[name]);
      }
  }

  /** Additions, removals and moves; what stays in order is not touched. */
  #showPlaces(tr: Transaction, state: EditorState): void {
    const want = this.#standingIds();
    if (want.length === 0 && isPlaceholder(tr.doc)) return;
    const have: (ParagraphId | null)[] = [];
    tr.doc.forEach((node) => have.push(idOf(node)));
    if (have.length === want.length && have.every((id, i) => id === want[i])) return;
    const steps = tr.steps.length;
    const kept = longestInOrder<ParagraphId | null>(have, want);
    // Gap by gap between kept blocks, from the end.
    let to = tr.doc.content.size;
    let from = to;
    let next = want.length;
    const replaceGap = (first: number): void => {
      const nodes = first < next || want.length === 0 ? this.#nodesOf(want.slice(first, next)) : [];
      replaceApart(tr, from, to, Fragment.fromArray(nodes));
    };
    for (let i = have.length - 1; i >= 0; i--) {
      const id = have[i] ?? null;
      const { nodeSize } = tr.doc.child(i);
      if (id === null || !kept.has(id)) {
        from -= nodeSize;
        continue;
      }
      const at = want.lastIndexOf(id, next - 1);
      replaceGap(at + 1);
      next = at;
      from -= nodeSize;
      to = from;
    }
    replaceGap(0);
    keepSelection(tr, state, steps);
  }

  #nodesOf(ids: readonly ParagraphId[]): Node[] {
    const nodes: Node[] = [];
    for (const id of ids) {
      const block = yBlock(this.#blocks, id);
      if (block) nodes.push(this.#nodeOf(id, block));
    }
    return nodes.length > 0 ? nodes : [placeholder()];
  }

  #nodeOf(id: ParagraphId, block: YBlock): Node {
    const kind: BlockKind = kindOf(block);
    return blockNode({ id, kind, level: levelOf(block), part: partOf(block) }, fragmentOfBody(bodyOf(block)));
  }

  #standingIds(): ParagraphId[] {
    const { only } = this.#options;
    return orderedIds(this.#blocks).filter((id) => only === undefined || id === only);
  }

  // What an edit may be.

  /** Whether an edit made here may stand: not in a reader's view, and not in a locked paragraph but for its place (BIN5). */
  protected admits(was: Node, now: Node): boolean {
    if (!this.#options.writable) return false;
    if (this.#options.only !== undefined && !isOneAndTheSame(was, now)) return false;
    if (this.#locked.size === 0) return true;
    const window = changedWindow(was, now);
    const held = window.was.flatMap(({ node }) => {
      const id = idOf(node);
      if (id === null || !this.#locked.has(id)) return [];
      const stands = window.now.some((block) => idOf(block.node) === id && sameParagraph(block.node, node));
      return stands ? [] : [id];
    });
    if (held.length > 0) this.#options.onLocked?.(held);
    return held.length === 0;
  }

  protected identify(was: Node, state: EditorState, mapping: Mapping): Transaction | null {
    return giveIds(was, state, mapping, this.#options.mintId);
  }
}

/** One block on both sides, of which at most the words differ. */
const isOneAndTheSame = (was: Node, now: Node): boolean =>
  now.childCount === 1 && was.childCount === 1 && now.child(0).sameMarkup(was.child(0)) && idOf(was.child(0)) !== null;

const sameParagraph = (a: Node, b: Node): boolean =>
  a.type === b.type && a.attrs["level"] === b.attrs["level"] && a.content.eq(b.content);

function standingIn(doc: Node): ParagraphId[] {
  const ids: ParagraphId[] = [];
  doc.forEach((node) => {
    const id = idOf(node);
    if (id !== null) ids.push(id);
  });
  return ids;
}

/** Ranges that lie within a block before and after, counted from its content's start; null if one reaches beyond it. */
function rangesInside(edit: Changed, ranges: readonly ChangedRange[]): ChangedRange[] | null {
  const [a, b] = [edit.wasAt + 1, edit.nowAt + 1];
  const [aEnd, bEnd] = [a + edit.was.content.size, b + edit.now.content.size];
  const inside: ChangedRange[] = [];
  for (const range of ranges) {
    if (range.a1 < a || range.a0 > aEnd) continue;
    if (range.a0 < a || range.a1 > aEnd || range.b0 < b || range.b1 > bEnd) return null;
    inside.push({ a0: range.a0 - a, a1: range.a1 - a, b0: range.b0 - b, b1: range.b1 - b });
  }
  return inside;
}

/**
 * What comes is put in before what goes is taken out: the document is never empty in between, and an undo of one's own edit there
 * does not reach what others put in its place (BIN6).
 */
function replaceApart(tr: Transaction, from: number, to: number, content: Fragment): void {
  if (content.size > 0) tr.step(new ReplaceStep(to, to, new Slice(content, 0, 0)));
  if (from < to) tr.step(new ReplaceStep(from, to, Slice.empty));
}

/** Replays on the view what a Y.Text says it did, so that decorations and selections elsewhere in the block stay. */
function showDelta(tr: Transaction, start: number, delta: NonNullable<Delta>): void {
  let at = start;
  for (const op of delta) {
    const attributes = (op.attributes ?? {}) as Readonly<Record<string, unknown>>;
    if (op.retain !== undefined) {
      for (const name of markNames) {
        if (!(name in attributes)) continue;
        if (attributes[name]) tr.addMark(at, at + op.retain, schema.mark(name));
        else tr.removeMark(at, at + op.retain, schema.mark(name));
      }
      at += op.retain;
    } else if (op.delete !== undefined) {
      tr.step(new ReplaceStep(at, at + op.delete, Slice.empty));
    } else if (op.insert !== undefined) {
      const node = nodeOfRun({
        insert: op.insert as string | object,
        marks: markNames.filter((name) => Boolean(attributes[name])),
      });
      tr.step(new ReplaceStep(at, at, new Slice(Fragment.from(node), 0, 0)));
      at += node.nodeSize;
    }
  }
}

/** A caret in a paragraph that somebody moved goes with it. */
function keepSelection(tr: Transaction, state: EditorState, steps: number): void {
  const { selection } = state;
  if (!(selection instanceof TextSelection)) return;
  const follow = (position: number): number | null => {
    const place = tr.docs[steps]?.resolve(tr.mapping.slice(0, steps).map(position));
    if (!place || place.depth === 0 || !tr.mapping.slice(steps).mapResult(place.pos).deleted) return null;
    const id = idOf(place.parent);
    let found: number | null = null;
    tr.doc.forEach((node, at) => {
      if (id !== null && idOf(node) === id) found = at + 1 + Math.min(place.parentOffset, node.content.size);
    });
    return found;
  };
  const anchor = follow(selection.anchor);
  const head = follow(selection.head);
  if (anchor === null && head === null) return;
  tr.setSelection(
    TextSelection.between(
      tr.doc.resolve(anchor ?? tr.mapping.map(selection.anchor)),
      tr.doc.resolve(head ?? tr.mapping.map(selection.head)),
    ),
  );
}
