/**
 * Random drafting by several people at once, checked after every step (shared/sync/SPEC.md: BIN).
 * `drafting(seed, steps)` is one script; the same seed gives the same script.
 */
import { redo, undo } from "prosemirror-history";
import type { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { canSplit } from "prosemirror-transform";
import * as Y from "yjs";
import { idOf } from "../../shared/schema/block-node.ts";
import { schema } from "../../shared/schema/schema.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { flatText } from "../../shared/domain/text.ts";
import { blocksOf, markNames, yBlock } from "../../shared/sync/model.ts";
import { ReportText, setPart } from "../../shared/sync/report-text.ts";
import type { EditorOptions } from "./editor.ts";
import { Editor } from "./editor.ts";
import { bringTogether, chance, copyOf, docWith, paragraph, push } from "./support.ts";

const people = 3;

export interface How extends Pick<EditorOptions, "Binding" | "open"> {
  /** Locked for everyone from the beginning, instead of locks that come and go. */
  readonly locks?: ReadonlySet<ParagraphId>;
  /** Told of the text to begin with, and of every update as it is made, before anybody else learns of it. */
  readonly onBase?: (base: Y.Doc) => void;
  readonly onUpdate?: (update: Uint8Array, by: number, origin: unknown) => void;
}

/** @returns how many operations there were, edits and deliveries: everything is looked at after each */
export function drafting(seed: number, steps: number, how: How = {}): number {
  const { Binding, open } = how;
  const drawn = { ...(Binding && { Binding }), ...(open && { open }) };
  const random = chance(seed);
  const int = (below: number): number => Math.floor(random() * below);
  const one = <T>(items: readonly T[]): T => items[int(items.length)] as T;

  const base =
    random() < 0.1
      ? docWith()
      : docWith(...["Alpha one two", "Beta three four", "", "Gamma 😀 five"].map((t, i) => paragraph(`p${i}`, t)));
  const editors = Array.from({ length: people }, (_, i) => new Editor(copyOf(base, 10 + i), { random, ...drawn }));
  const reader = new Editor(copyOf(base, 90), { random, writable: false, ...drawn });
  // A reader looks on in every third script.
  const everyone = random() < 0.3 ? [...editors, reader] : editors;
  const docs = everyone.map((editor) => editor.doc);
  const watch = everyone.map(watchOf);
  how.onBase?.(base);
  for (const { doc, binding } of everyone) {
    if (how.locks) binding.setLocks(how.locks);
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "network") how.onUpdate?.(update, doc.clientID, origin);
    });
  }
  /** What became visible where it was typed; an edit that a lock refuses types nothing. */
  const typed = new Set<string>();
  const deleted = new Set<string>();
  let nextCharacter = 0x4e00;
  /** Updates captured on the way, delivered late, in any order, and more than once. */
  const late: Uint8Array[] = [];
  docs[0]?.on("update", (update: Uint8Array) => void (random() < 0.05 && late.push(update)));

  // In some scripts everyone is on one machine, as it were: each update reaches the others before the edit has returned.
  if (random() < 0.15) {
    for (const doc of docs) {
      doc.on("update", (update: Uint8Array, origin: unknown) => {
        if (origin !== "network") for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, "network");
      });
    }
  }

  const fresh = (): string => {
    let text = random() < 0.15 ? one(["a", "aa", " ", "😀", "😁", "[", "]", "é", "\uFFFC", "\u200B", "\u202E"]) : "";
    for (let i = int(3); i >= 0; i--) {
      const character = String.fromCodePoint(nextCharacter++);
      text += character;
    }
    return text;
  };

  function act(editor: Editor): string {
    const { doc } = editor.state;
    const { tr } = editor.state;
    const blocks = placesOf(doc);
    const { node, at } = one(blocks);
    const inside = onBoundary(doc, at + 1 + int(node.content.size + 1));
    const done = (name: string): string => {
      if (tr.docChanged) editor.dispatch(tr);
      return name;
    };
    switch (int(19)) {
      case 0:
      case 1:
      case 2:
      case 3:
        tr.insertText(fresh(), inside);
        return done("type");
      case 4: {
        deleteWhole(tr, inside, Math.min(inside + int(6), at + node.nodeSize - 1));
        return done("delete");
      }
      case 5: {
        const other = one(blocks);
        const to = other.at + 1 + int(other.node.content.size + 1);
        deleteWhole(tr, Math.min(inside, to), Math.max(inside, to));
        return done("delete a range");
      }
      case 6:
        if (canSplit(doc, onBoundary(doc, inside))) tr.split(onBoundary(doc, inside));
        return done("split");
      case 7:
        if (at > 0) tr.join(at);
        return done("join");
      case 8: {
        tr.delete(at, at + node.nodeSize);
        if (blocks.length === 1) return "move nothing";
        const to = one(placesOf(tr.doc));
        tr.insert(random() < 0.5 ? to.at : tr.doc.content.size, node);
        return done("move");
      }
      case 9: {
        if (node.content.size < 2) return "mark nothing";
        const from = onBoundary(doc, at + 1 + int(node.content.size - 1));
        const to = onBoundary(doc, Math.min(from + 4, at + 1 + node.content.size));
        const mark = schema.mark(one(markNames));
        if (from < to) tr[random() < 0.6 ? "addMark" : "removeMark"](from, to, mark);
        return done("mark");
      }
      case 10:
        if (random() < 0.5) tr.setNodeAttribute(at, "level", int(3));
        else tr.setNodeMarkup(at, schema.nodes[random() < 0.5 ? "heading" : "paragraph"], node.attrs);
        return done("level or kind");
      case 11:
        tr.insert(onBoundary(doc, inside), schema.node("footnote", { id: `f${int(99)}`, text: "note" }));
        return done("footnote");
      case 12: {
        // A paste: a copy with the same id, foreign paragraphs without, or a paragraph that claims another part.
        const copies =
          random() < 0.5 ? [node] : [node, schema.node("paragraph", { part: "chair-summary" }, schema.text(fresh()))];
        tr.insert(one(blocks).at, copies);
        return done("paste");
      }
      case 13: {
        const to = onBoundary(doc, Math.min(inside + 5, at + node.nodeSize - 1));
        tr.insertText("]", to).insertText("[", Math.min(onBoundary(doc, inside), to));
        return done("bracket");
      }
      case 14:
        undo(editor.state, (step) => editor.dispatch(step));
        return "undo";
      case 15:
        redo(editor.state, (step) => editor.dispatch(step));
        return "redo";
      case 16: {
        if (random() < 0.2) tr.delete(0, doc.content.size);
        else tr.delete(at, at + node.nodeSize);
        return done("remove");
      }
      case 17: {
        const ids = blocks.map((block) => idOf(block.node)).filter((each) => each !== null);
        if (!how.locks) editor.binding.setLocks(new Set(random() < 0.4 && ids.length > 0 ? [one(ids)] : []));
        return "lock";
      }
      default: {
        // Several edits in one transaction, in one block and in another.
        tr.insertText(fresh(), inside);
        const second = one(placesOf(tr.doc));
        tr.insertText(fresh(), second.at + 1);
        const third = one(placesOf(tr.doc));
        tr.delete(third.at + 1, onBoundary(tr.doc, third.at + 1 + int(third.node.content.size + 1)));
        return done("several at once");
      }
    }
  }

  const trace: string[] = [];
  const shown = new Map<Editor, Node>();
  // Whoever's text changed must be looked at again, also if the view did not.
  for (const each of everyone) each.doc.on("afterTransaction", () => shown.delete(each));
  try {
    for (let step = 0; step < steps; step++) {
      const who = int(people);
      const editor = editors[who] as Editor;
      const before = countOf(editor.state.doc);
      watch[who]?.start();
      trace.push(`${who} ${act(editor)}`);
      watch[who]?.check();
      const after = countOf(editor.state.doc);
      for (const character of after.keys()) typed.add(character);
      for (const [character, count] of before) if ((after.get(character) ?? 0) < count) deleted.add(character);
      if (random() < 0.35) {
        const [from, to] = [one(docs), one(docs)];
        trace.push(`${docs.indexOf(from)} → ${docs.indexOf(to)}`);
        if (from !== to) push(from, to);
      }
      if (random() < 0.05 && late.length > 0) {
        trace.push("late");
        Y.applyUpdate(one(docs), one(late), "network");
      }
      if (random() < 0.02) {
        // The server decides a move between parts; it writes to one document and everyone gets it.
        const doc = one(docs.slice(0, people));
        const tagged = one([...blocksOf(doc).keys()]);
        doc.transact(() => tagged !== undefined && setPart(doc, tagged as ParagraphId, "chair-summary"), "server");
        trace.push("part");
      }
      if (random() < 0.03) {
        const refusing = reader.state.doc;
        reader.dispatch(reader.state.tr.insertText("reader", 1));
        if (reader.state.doc !== refusing) throw new Error("a reader edited");
      }
      for (const each of everyone) showsItsText(each, shown);
    }
    bringTogether(...docs);
    for (const each of everyone) showsItsText(each, new Map());
    allAgree(everyone);
    nothingIsLost(editors[0] as Editor, typed, deleted);
    if (everyone.includes(reader) && watch.at(-1)?.wrote()) throw new Error("a reader wrote");
    return trace.length;
  } catch (error) {
    const message = `seed ${seed}, after ${trace.length} of ${steps} steps: ${trace.slice(-6).join(" · ")}`;
    throw new Error(message, { cause: error });
  } finally {
    for (const each of [...editors, reader]) each.destroy();
  }
}

interface Place {
  readonly node: Node;
  readonly at: number;
}

function placesOf(doc: Node): Place[] {
  const places: Place[] = [];
  doc.forEach((node, at) => places.push({ node, at }));
  return places;
}

/** No keyboard cuts a character in two. */
function onBoundary(doc: Node, position: number): number {
  const { nodeBefore, nodeAfter } = doc.resolve(position);
  const cut = /[\uD800-\uDBFF]$/.test(nodeBefore?.text ?? "") && /^[\uDC00-\uDFFF]/.test(nodeAfter?.text ?? "");
  return cut ? position - 1 : position;
}

function deleteWhole(tr: Transaction, from: number, to: number): void {
  tr.delete(onBoundary(tr.doc, from), onBoundary(tr.doc, to));
}

function countOf(doc: Node): Map<string, number> {
  const count = new Map<string, number>();
  for (const character of doc.textContent) {
    if (character >= "\u4E00" && character < "\uA000") count.set(character, (count.get(character) ?? 0) + 1);
  }
  return count;
}

/**
 * [BIN1] [BIN4] [BIN7]
 * @param shown what was looked at already and has not changed since
 */
function showsItsText(editor: Editor, shown: Map<Editor, Node>): void {
  const { state, binding, doc } = editor;
  if (shown.get(editor) === state.doc) return;
  shown.set(editor, state.doc);
  const projection = binding.docNode();
  if (!state.doc.eq(projection)) {
    throw new Error(`the view differs from its own text\n${state.doc.toString()}\n${projection.toString()}`);
  }
  state.doc.check();
  const ids = placesOf(state.doc).map(({ node }) => idOf(node));
  if (ids.includes(null) ? ids.length > 1 : new Set(ids).size !== ids.length) throw new Error(`ids: ${ids.join()}`);
  if (doc.store.pendingStructs !== null && doc.store.pendingStructs.missing.size === 0) throw new Error("pending");
}

function allAgree([first, ...others]: readonly Editor[]): void {
  for (const other of others) {
    if (!first || !other.state.doc.eq(first.state.doc)) {
      throw new Error(`views diverged\n${first?.state.doc.toString()}\n${other.state.doc.toString()}`);
    }
  }
}

/** [SYN6] Every character typed is visible, deleted by someone, or listed as recovered. */
function nothingIsLost(editor: Editor, typed: ReadonlySet<string>, deleted: ReadonlySet<string>): void {
  const report = new ReportText(editor.doc);
  const found = new Set(
    [...report.text().map((block) => flatText(block.content)), ...report.recovered().map(({ words }) => words)].join(
      "",
    ),
  );
  report.destroy();
  const lost = [...typed].filter((character) => !found.has(character) && !deleted.has(character));
  if (lost.length > 0) throw new Error(`typed and lost: ${lost.join()}`);
}

/** [BIN3] [BIN5] What a local edit writes: only to blocks it changes in the view, and to locked ones nothing but their place. */
function watchOf(editor: Editor): { start(): void; check(): void; wrote(): boolean } {
  const fields = new Map<ParagraphId, Set<string>>();
  let before: Node = editor.state.doc;
  let wrote = false;
  blocksOf(editor.doc).observeDeep((events, { origin }) => {
    if (origin !== editor.binding) return;
    wrote = true;
    for (const event of events) {
      const [block, field] = event.path as [ParagraphId?, string?];
      const touched = block === undefined ? [...event.keys.keys()] : [block];
      for (const each of touched as ParagraphId[]) {
        const written = fields.get(each) ?? new Set();
        for (const name of block === undefined ? ["new"] : field ? [field] : event.keys.keys()) written.add(name);
        fields.set(each, written);
      }
    }
  });
  return {
    start() {
      before = editor.state.doc;
      fields.clear();
    },
    check() {
      const was = new Map(placesOf(before).map(({ node }) => [idOf(node), node]));
      const now = new Map(placesOf(editor.state.doc).map(({ node }) => [idOf(node), node]));
      for (const [block, written] of fields) {
        const [old, young] = [was.get(block), now.get(block)];
        if (old && young && written.has("part")) throw new Error("the client wrote a part");
        if (old && young?.eq(old) && [...written].some((field) => field !== "order")) {
          throw new Error(`wrote ${[...written].join()} to ${block}, which was not edited`);
        }
        if (!old && !young) throw new Error(`wrote to ${block}, which is not shown`);
        const { locked } = editor.binding;
        if (locked.has(block) && old && !(young && sameWords(old, young)))
          throw new Error(`a locked block changed: ${block}`);
        if (yBlock(blocksOf(editor.doc), block) === null) throw new Error(`no block ${block}`);
      }
    },
    wrote: () => wrote,
  };
}

const sameWords = (a: Node, b: Node): boolean =>
  a.type === b.type && a.attrs["level"] === b.attrs["level"] && a.content.eq(b.content);
