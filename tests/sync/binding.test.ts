import { closeHistory, redo, undo } from "prosemirror-history";
import { Plugin, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { isRemote } from "../../client/editor/binding/block-binding.ts";
import { idOf } from "../../shared/schema/block-node.ts";
import { schema } from "../../shared/schema/schema.ts";
import { blocksOf, bodyOf, yBlock } from "../../shared/sync/model.ts";
import { flatText } from "../../shared/domain/text.ts";
import { ReportText, setPart } from "../../shared/sync/report-text.ts";
import { Editor } from "./editor.ts";
import { bringTogether, chance, copyOf, docWith, id, lines, nameOf, paragraph, push } from "./support.ts";

const random = chance(42);
const editorOn = (doc: Y.Doc, more: Partial<ConstructorParameters<typeof Editor>[1]> = {}): Editor =>
  new Editor(doc, { random, ...more });
const body = (doc: Y.Doc, name: string): Y.Text => {
  const block = yBlock(blocksOf(doc), id(name));
  const text = block && bodyOf(block);
  if (!text) throw new Error(`no body of ${name}`);
  return text;
};
const four = (): Y.Doc =>
  docWith(...["Alpha alpha", "LOCKED text stays", "Beta beta", "Gamma"].map((text, i) => paragraph(`p${i}`, text)));

/** "block:field" of everything that is written to a document. */
function writesTo(doc: Y.Doc): Set<string> {
  const writes = new Set<string>();
  blocksOf(doc).observeDeep((events) => {
    for (const event of events) {
      const [block, field] = event.path as string[];
      for (const key of event.keys.keys()) {
        writes.add(block === undefined ? nameOf(key) : `${nameOf(block)}:${key}`);
      }
      if (block !== undefined && field !== undefined) writes.add(`${nameOf(block)}:${field}`);
    }
  });
  return writes;
}

// The faults at which other bindings lose or misplace words (E1 to E5).

test("[BIN2] E1: a reader of an older version writes nothing, shows what it does not know, and loses none of it", () => {
  const server = docWith(paragraph("p0", "one"), paragraph("p1", "two"));
  const old = copyOf(server, 50);
  const reader = editorOn(old, { writable: false });
  let updates = 0;
  old.on("update", (_, origin) => (updates += origin === "network" ? 0 : 1));
  const newer = copyOf(server, 60);
  newer.transact(() => {
    const table = new Y.Map<unknown>(Object.entries({ order: "z", type: "table", level: 7, rows: 3 }));
    blocksOf(newer).set(id("tbl"), table);
    table.set("body", new Y.Text("cells"));
    body(newer, "p0").insertEmbed(1, { t: "hologram", of: ["x"] });
    body(newer, "p0").format(0, 1, { blink: true });
  });
  bringTogether(server, newer);
  const before = Y.encodeStateVector(newer);
  bringTogether(server, old);
  expect(reader.lines()).toEqual(["p0:one", "p1:two", "tbl:cells"]);
  expect(reader.state.doc.child(0).child(1).type.name).toBe("unknown");
  bringTogether(server, newer, old);
  expect(updates).toBe(0);
  expect(Y.encodeStateVector(newer)).toEqual(before);
  expect(body(newer, "p0").toDelta()[1]).toEqual({ insert: { t: "hologram", of: ["x"] } });
});

test("[BIN2] E1: a drafter of an older version types beside what it does not know, and writes only the letters", () => {
  const doc = docWith(paragraph("p0", "one"));
  body(doc, "p0").insertEmbed(1, { t: "hologram" });
  yBlock(blocksOf(doc), id("p0"))?.set("type", "table");
  const writes = writesTo(doc);
  const editor = editorOn(doc);
  editor.type("p0", 4, "!");
  expect([...writes]).toEqual(["p0:body"]);
  expect(body(doc, "p0").toDelta()).toEqual([{ insert: "o" }, { insert: { t: "hologram" } }, { insert: "ne!" }]);
  editor.dispatch(editor.state.tr.delete(1, 4));
  undo(editor.state, (tr) => editor.dispatch(tr));
  expect(body(doc, "p0").toDelta()).toEqual([{ insert: "o" }, { insert: { t: "hologram" } }, { insert: "ne!" }]);
});

test("[BIN3] E2: an edit of one block, a new block and a removal touch these three and not the paragraph between", () => {
  const doc = four();
  const editor = editorOn(doc);
  const writes = writesTo(doc);
  const { tr } = editor.state;
  const p2 = editor.at("p2");
  tr.delete(p2, p2 + (editor.state.doc.nodeAt(p2)?.nodeSize ?? 0));
  tr.insert(editor.at("p1"), schema.node("paragraph", null, schema.text("New words")));
  tr.insertText("X", 1);
  editor.dispatch(tr);
  expect(editor.lines()).toEqual(["p0:XAlpha alpha", "n1x1:New words", "p1:LOCKED text stays", "p3:Gamma"]);
  expect([...writes].sort()).toEqual(["n1x1", "p0:body", "p2:del", "p2:seen"]);
});

test("[BIN3] E2b: a move writes one string", () => {
  const doc = four();
  const editor = editorOn(doc);
  const writes = writesTo(doc);
  const at = editor.at("p2");
  const node = editor.state.doc.nodeAt(at);
  if (!node) throw new Error("no p2");
  editor.dispatch(editor.state.tr.delete(at, at + node.nodeSize).insert(0, node));
  expect(lines(doc)).toEqual(["p2:Beta beta", "p0:Alpha alpha", "p1:LOCKED text stays", "p3:Gamma"]);
  expect([...writes]).toEqual(["p2:order"]);
});

function pair(...texts: readonly string[]): { a: Editor; b: Editor; meet: () => string[] } {
  const doc = docWith(...texts.map((text, i) => paragraph(`p${i}`, text)));
  const [a, b] = [editorOn(copyOf(doc, 10)), editorOn(copyOf(doc, 20))];
  const meet = (): string[] => {
    bringTogether(a.doc, b.doc);
    expect(a.lines()).toEqual(b.lines());
    return a.lines();
  };
  return { a, b, meet };
}

test("E3: words typed into the tail of a paragraph that was split meanwhile stay visible", () => {
  const { a, b, meet } = pair("The Assembly decides to convene a meeting");
  a.dispatch(a.state.tr.split(1 + "The Assembly ".length));
  b.type("p0", "The Assembly decides to convene a".length, " high-level");
  expect(meet()).toEqual(["p0:The Assembly  high-level", "n10x1:decides to convene a meeting"]);
});

test("[SYN6] E3b: words typed into a paragraph that was joined meanwhile are listed as recovered, for both", () => {
  const { a, b, meet } = pair("First.", "Second.");
  a.dispatch(a.state.tr.join(a.at("p1")));
  b.type("p1", 6, " CONCURRENT");
  expect(meet()).toEqual(["p0:First.Second."]);
  for (const { doc } of [a, b]) {
    expect(new ReportText(doc).recovered()).toEqual([{ block: id("p1"), after: id("p0"), words: " CONCURRENT" }]);
  }
});

test("[BIN3] E3c: words typed into a paragraph that was moved meanwhile move with it", () => {
  const { a, b, meet } = pair("First.", "Second.", "Third.");
  const at = a.at("p2");
  const node = a.state.doc.nodeAt(at);
  if (!node) throw new Error("no p2");
  a.dispatch(a.state.tr.delete(at, at + node.nodeSize).insert(0, node));
  b.type("p2", 5, " CONCURRENT");
  expect(meet()).toEqual(["p2:Third CONCURRENT.", "p0:First.", "p1:Second."]);
});

test("E4: two people begin in the same empty paragraph, and both are heard", () => {
  const { a, b, meet } = pair("");
  a.type("p0", 0, "AAA");
  b.type("p0", 0, "BBB");
  expect(meet()).toHaveLength(1);
  expect(a.lines()[0]).toMatch(/AAABBB|BBBAAA/);
});

test.each([
  ["typing before it", (e: Editor) => e.type("p1", 4, "General ")],
  [
    "brackets around it",
    (e: Editor) => {
      const at = e.at("p1") + 1;
      e.dispatch(e.state.tr.insertText("]", at + 31).insertText("[", at + 13));
    },
  ],
  ["bold", (e: Editor) => e.dispatch(e.state.tr.addMark(e.at("p1") + 3, e.at("p1") + 30, schema.mark("strong")))],
  [
    "joining it to the end of the one before, and undo",
    (e: Editor) => {
      e.dispatch(e.state.tr.join(e.at("p1")));
      undo(e.state, (tr) => e.dispatch(tr));
    },
  ],
  [
    "a move",
    (e: Editor) => {
      const node = e.state.doc.child(1);
      e.dispatch(e.state.tr.delete(e.at("p1"), e.at("p1") + node.nodeSize).insert(0, node));
    },
  ],
  [
    "a change of kind and level",
    (e: Editor) =>
      e.dispatch(
        e.state.tr.setNodeMarkup(e.at("p1"), schema.nodes["heading"], { ...e.state.doc.child(1).attrs, level: 2 }),
      ),
  ],
  ["Enter at its beginning", (e: Editor) => e.dispatch(e.state.tr.split(e.at("p1") + 1))],
  [
    "a change before and one after it in one transaction",
    (e: Editor) => {
      const at = e.at("p1") + 1;
      e.dispatch(e.state.tr.insertText("!", at + 41).delete(at, at + 4));
    },
  ],
  [
    "the same words put in their place",
    (e: Editor) => {
      const node = e.state.doc.child(1);
      e.dispatch(
        e.state.tr.replaceWith(e.at("p1"), e.at("p1") + node.nodeSize, node.type.create(node.attrs, node.content)),
      );
    },
  ],
])("[BIN3] E5: an anchor in the text survives %s", (_, edit) => {
  const { a, b, meet } = pair("Intro.", "The Assembly decides to convene a meeting");
  const text = body(b.doc, "p1");
  const from = Y.createRelativePositionFromTypeIndex(text, 13, 0);
  const to = Y.createRelativePositionFromTypeIndex(text, 31, -1);
  edit(a);
  meet();
  const [start, end] = [from, to].map((p) => Y.createAbsolutePositionFromRelativePosition(p, b.doc));
  expect(start?.type).toBe(text);
  const words = new ReportText(b.doc).block(id("p1"));
  expect(words && flatText(words.content).slice(start?.index, end?.index)).toBe("decides to convene");
});

test("[BIN3] what others do around marked words leaves their decorations where they are", () => {
  const doc = docWith(paragraph("p0", "Intro."), paragraph("p1", "The Assembly decides to convene a meeting"));
  const a = editorOn(copyOf(doc, 10));
  const words = new Plugin<DecorationSet>({
    state: {
      init: (_, { doc: shown }) => DecorationSet.create(shown, [Decoration.inline(9 + 13, 9 + 31, {})]),
      apply: (tr, marked) => marked.map(tr.mapping, tr.doc),
    },
  });
  const b = new Editor(copyOf(doc, 20), { random, plugins: [words] });
  const marked = (): string[] =>
    (words.getState(b.state)?.find() ?? []).map(({ from, to }) => b.state.doc.textBetween(from, to));
  expect(marked()).toEqual(["decides to convene"]);
  a.dispatch(a.state.tr.insertText("]", a.at("p1") + 1 + 31).insertText("[", a.at("p1") + 1 + 13));
  a.type("p0", 0, "New ");
  a.dispatch(a.state.tr.addMark(a.at("p1") + 3, a.at("p1") + 9, schema.mark("em")));
  bringTogether(a.doc, b.doc);
  expect(b.lines()).toEqual(["p0:New Intro.", "p1:The Assembly [decides to convene] a meeting"]);
  expect(marked()).toEqual(["decides to convene"]);
});

// Identity.

test("[BIN4] when a paragraph is split the first half keeps the id, and the new one takes the part", () => {
  const doc = docWith(paragraph("p0", "One two", { part: "chair-summary", level: 1 }));
  const editor = editorOn(doc);
  editor.dispatch(editor.state.tr.split(4));
  expect(new ReportText(doc).text()).toEqual([
    paragraph("p0", "One", { part: "chair-summary", level: 1 }),
    { ...paragraph("p", " two", { part: "chair-summary", level: 1 }), id: id("n1x1") },
  ]);
});

test("[BIN4] Enter at the beginning puts an empty paragraph above, and the words keep their id", () => {
  const editor = editorOn(docWith(paragraph("p0", "One")));
  editor.dispatch(editor.state.tr.split(1));
  expect(editor.lines()).toEqual(["n1x1:", "p0:One"]);
});

test("[BIN4] a copy gets a new id wherever it stands, the original keeps its own", () => {
  const editor = editorOn(docWith(paragraph("p0", "One"), paragraph("p1", "Two", { part: "chair-summary" })));
  editor.dispatch(editor.state.tr.insert(0, editor.state.doc.child(1)));
  expect(editor.lines()).toEqual(["n1x1:Two", "p0:One", "p1:Two"]);
  const foreign = schema.node("paragraph", { part: "consensus" }, schema.text("Pasted"));
  editor.dispatch(editor.state.tr.insert(editor.state.doc.content.size, [foreign, foreign]));
  expect(editor.state.doc.lastChild?.attrs["part"]).toBe("chair-summary");
  expect(new Set(editor.lines().map((line) => line.split(":")[0])).size).toBe(5);
});

test("[SYN4] an edit that claims another part is put right from the text, and nothing is written", () => {
  const doc = docWith(paragraph("p0", "One"));
  const editor = editorOn(doc);
  const writes = writesTo(doc);
  editor.dispatch(editor.state.tr.setNodeAttribute(0, "part", "chair-summary"));
  expect(editor.state.doc.child(0).attrs["part"]).toBe("consensus");
  setPart(doc, id("p0"), "chair-summary");
  expect(editor.state.doc.child(0).attrs["part"]).toBe("chair-summary");
  expect([...writes]).toEqual(["p0:part"]);
});

// The empty report.

test("[BIN7] an empty report shows one unsaved paragraph, and the first letter creates it", () => {
  const doc = docWith();
  const [a, b] = [editorOn(copyOf(doc, 10)), editorOn(copyOf(doc, 20))];
  expect(a.lines()).toEqual(["-:"]);
  expect(blocksOf(a.doc).size).toBe(0);
  a.dispatch(a.state.tr.insertText("A", 1));
  b.dispatch(b.state.tr.insertText("B", 1));
  expect(a.lines()).toEqual(["n10x1:A"]);
  bringTogether(a.doc, b.doc);
  expect(a.lines()).toHaveLength(2);
  expect(a.lines()).toEqual(b.lines());
  undo(a.state, (tr) => a.dispatch(tr));
  expect(a.lines().toSorted()).toEqual(["n10x1:", "n20x1:B"]);
});

test("[BIN7] a heading chosen in an empty report is created", () => {
  const editor = editorOn(docWith());
  editor.dispatch(editor.state.tr.setNodeMarkup(0, schema.nodes["heading"]));
  expect(new ReportText(editor.doc).text()[0]?.kind).toBe("heading");
});

test("[BIN7] when others remove every block the view is empty but alive, and words typed then are kept", () => {
  const { a, b } = pair("One", "Two");
  a.dispatch(a.state.tr.delete(0, a.state.doc.content.size));
  expect(a.lines()).toEqual(["-:"]);
  push(a.doc, b.doc);
  expect(b.lines()).toEqual(["-:"]);
  b.dispatch(b.state.tr.insertText("Anew", 1));
  push(b.doc, a.doc);
  expect(a.lines()).toEqual(["n20x1:Anew"]);
  undo(a.state, (tr) => a.dispatch(tr));
  expect(a.lines().toSorted()).toEqual(["n20x1:Anew", "p0:One", "p1:Two"]);
});

// Locks.

test("[BIN5] a locked paragraph refuses typing, removal, joining, splitting and kind, and the user is told", () => {
  const doc = four();
  const editor = editorOn(doc);
  editor.binding.setLocks(new Set([id("p1")]));
  const before = editor.state.doc;
  const at = editor.at("p1");
  const size = before.nodeAt(at)?.nodeSize ?? 0;
  for (const tr of [
    editor.state.tr.insertText("x", at + 3),
    editor.state.tr.delete(at, at + size),
    editor.state.tr.join(at),
    editor.state.tr.join(at + size),
    editor.state.tr.split(at + 4),
    editor.state.tr.setNodeMarkup(at, schema.nodes["heading"], before.nodeAt(at)?.attrs),
    editor.state.tr.setNodeAttribute(at, "level", 2),
    editor.state.tr.addMark(at + 1, at + 4, schema.mark("strong")),
    editor.state.tr.delete(2, before.content.size - 2),
  ]) {
    editor.dispatch(tr);
    expect(editor.state.doc).toBe(before);
  }
  expect(editor.refused).toEqual(Array.from({ length: 9 }, () => id("p1")));
});

test("[BIN5] a locked paragraph can be moved, copied, and given an empty line above or below", () => {
  const editor = editorOn(four());
  editor.binding.setLocks(new Set([id("p1")]));
  const node = editor.state.doc.child(1);
  editor.dispatch(editor.state.tr.delete(editor.at("p1"), editor.at("p1") + node.nodeSize).insert(0, node));
  editor.dispatch(editor.state.tr.insert(editor.state.doc.content.size, node));
  editor.dispatch(editor.state.tr.split(1));
  editor.dispatch(editor.state.tr.split(editor.at("p1") + 1 + node.content.size));
  expect(editor.lines()).toEqual([
    "n1x2:",
    "p1:LOCKED text stays",
    "n1x3:",
    "p0:Alpha alpha",
    "p2:Beta beta",
    "p3:Gamma",
    "n1x1:LOCKED text stays",
  ]);
  expect(editor.refused).toEqual([]);
});

test("[BIN5] a lock that arrives after an edit holds back its undo, and what others write still arrives", () => {
  const { a, b, meet } = pair("One");
  a.type("p0", 3, "!");
  a.binding.setLocks(new Set([id("p0")]));
  undo(a.state, (tr) => a.dispatch(tr));
  expect(a.lines()).toEqual(["p0:One!"]);
  b.type("p0", 0, "B");
  expect(meet()).toEqual(["p0:BOne!"]);
  a.binding.setLocks(new Set());
  undo(a.state, (tr) => a.dispatch(tr));
  expect(meet()).toEqual(["p0:BOne"]);
});

// Undo.

test("[BIN6] undo takes back one's own words only, and redo brings them again", () => {
  const { a, b, meet } = pair("One");
  a.type("p0", 3, " mine");
  b.type("p0", 0, "Theirs ");
  meet();
  undo(a.state, (tr) => a.dispatch(tr));
  expect(meet()).toEqual(["p0:Theirs One"]);
  redo(a.state, (tr) => a.dispatch(tr));
  expect(meet()).toEqual(["p0:Theirs One mine"]);
});

test("[BIN6] a removal taken back brings the same block, with what others typed in it meanwhile", () => {
  const { a, b, meet } = pair("One", "Two", "Three");
  const at = a.at("p1");
  a.dispatch(a.state.tr.delete(at, at + 5));
  b.type("p1", 3, " and more");
  expect(meet()).toEqual(["p0:One", "p2:Three"]);
  undo(a.state, (tr) => a.dispatch(tr));
  expect(meet()).toEqual(["p0:One", "p1:Two and more", "p2:Three"]);
  expect(new ReportText(b.doc).recovered()).toEqual([]);
});

test("[BIN6] a join taken back keeps what others typed into both halves of the joined words, before and after", () => {
  const { a, b, meet } = pair("One", "Two");
  a.dispatch(a.state.tr.join(a.at("p1")));
  b.type("p1", 3, " unseen");
  push(a.doc, b.doc);
  b.type("p0", 6, " seen");
  meet();
  undo(a.state, (tr) => a.dispatch(tr));
  expect(meet()).toEqual(["p0:One", "p1:Two seen unseen"]);
});

test("[BIN6] undo of a pasted paragraph leaves alone what others put in its place", () => {
  const { a, b, meet } = pair("One", "Two");
  a.dispatch(a.state.tr.insert(a.at("p1"), schema.node("paragraph", null, schema.text("Pasted"))));
  push(a.doc, b.doc);
  b.doc.transact(() => {
    b.dispatch(b.state.tr.delete(b.at("n10x1"), b.at("p1")));
    b.dispatch(b.state.tr.insert(b.at("p1"), schema.node("paragraph", null, schema.text("Theirs"))));
  }, "both at once");
  meet();
  undo(a.state, (tr) => a.dispatch(tr));
  expect(meet()).toEqual(["p0:One", "n20x1:Theirs", "p1:Two"]);
});

test("[BIN6] a change and a removal taken back together leave the block as it was before both", () => {
  const { a, meet } = pair("One", "Two");
  a.dispatch(a.state.tr.insertText("x", a.at("p1") + 4));
  a.dispatch(a.state.tr.delete(a.at("p1"), a.state.doc.content.size));
  undo(a.state, (tr) => a.dispatch(tr));
  undo(a.state, (tr) => a.dispatch(tr));
  expect(meet()).toEqual(["p0:One", "p1:Two"]);
});

test("[BIN6] a split taken back joins the halves again, and redo splits them into the same two blocks", () => {
  const { a, meet } = pair("One two");
  a.dispatch(closeHistory(a.state.tr.split(4)));
  expect(meet()).toEqual(["p0:One", "n10x1: two"]);
  undo(a.state, (tr) => a.dispatch(tr));
  expect(meet()).toEqual(["p0:One two"]);
  redo(a.state, (tr) => a.dispatch(tr));
  expect(meet()).toEqual(["p0:One", "n10x1: two"]);
});

// Other plugins, other transactions, selections.

test("[BIN1] what another plugin appends to a change from others is an edit made here, and is written", () => {
  const base = docWith(paragraph("p0", "One"));
  const [doc, other] = [copyOf(base, 10), copyOf(base, 20)];
  const appends = new Plugin({
    appendTransaction: (trs, _, state) =>
      trs.some(isRemote) && !state.doc.textContent.includes("seen") ? state.tr.insertText("seen ", 1) : null,
  });
  const editor = new Editor(doc, { random, plugins: [appends] });
  body(other, "p0").insert(3, "!");
  bringTogether(doc, other);
  expect(editor.lines()).toEqual(["p0:seen One!"]);
  expect(lines(other)).toEqual(["p0:seen One!"]);
});

test("[BIN2] when another plugin keeps out what others wrote, nothing is written over it", () => {
  const base = docWith(paragraph("p0", "One"));
  const [doc, other] = [copyOf(base, 10), copyOf(base, 20)];
  const keepsOut = new Plugin({ filterTransaction: (tr) => !isRemote(tr) });
  const editor = new Editor(doc, { random, plugins: [keepsOut] });
  body(other, "p0").insert(3, "!");
  expect(() => push(other, doc)).toThrow("did not come from the text");
  expect(editor.lines()).toEqual(["p0:One"]);
  expect(lines(doc)).toEqual(["p0:One!"]);
});

test("[BIN1] what arrives between making the editor's state and showing it is shown", () => {
  const doc = docWith(paragraph("p0", "One"));
  const late = new Plugin({
    state: {
      init: () => body(doc, "p0").insert(3, "!"),
      apply: () => undefined,
    },
  });
  expect(new Editor(doc, { random, plugins: [late] }).lines()).toEqual(["p0:One!"]);
});

test("[BIN1] two editors on one document follow each other", () => {
  const doc = docWith(paragraph("p0", "One"));
  const [a, b] = [editorOn(doc), editorOn(doc)];
  a.type("p0", 3, "!");
  b.dispatch(b.state.tr.split(3));
  expect(a.lines()).toEqual(["p0:On", "n1x1:e!"]);
  expect(b.lines()).toEqual(a.lines());
  a.destroy();
  b.type("p0", 0, "B");
  expect(b.lines()[0]).toBe("p0:BOn");
});

test("[BIN3] a caret stays in its paragraph when somebody moves it", () => {
  const { a, b, meet } = pair("One", "Two", "Three");
  b.dispatch(b.state.tr.setSelection(TextSelection.create(b.state.doc, b.at("p2") + 3)));
  const node = a.state.doc.child(2);
  a.dispatch(a.state.tr.delete(a.at("p2"), a.at("p2") + node.nodeSize).insert(0, node));
  meet();
  const { $head } = b.state.selection;
  expect([idOf($head.parent), $head.parentOffset]).toEqual([id("p2"), 2]);
});

test("[BIN3] marks that two people set on the same words at once are both kept", () => {
  const { a, b, meet } = pair("One two");
  a.dispatch(a.state.tr.addMark(1, 4, schema.mark("strong")));
  b.dispatch(b.state.tr.addMark(2, 8, schema.mark("em")));
  meet();
  expect(body(a.doc, "p0").toDelta()).toEqual([
    { insert: "O", attributes: { strong: true } },
    { insert: "ne", attributes: { strong: true, em: true } },
    { insert: " two", attributes: { em: true } },
  ]);
});

test("[SYN2] blocks with equal keys stay where they are shown when something is put between them", () => {
  const doc = four();
  for (const name of ["p0", "p1", "p2", "p3"]) yBlock(blocksOf(doc), id(name))?.set("order", "h");
  const editor = editorOn(doc);
  editor.dispatch(editor.state.tr.insert(editor.at("p2"), schema.node("paragraph", null, schema.text("Between"))));
  expect(lines(doc).map((line) => line.split(":")[0])).toEqual(["p0", "p1", "n1x1", "p2", "p3"]);
});

test("[BIN3] a character that Yjs cannot keep is shown as it stands in the text", () => {
  const editor = editorOn(docWith(paragraph("p0", "a😀b")));
  editor.dispatch(editor.state.tr.insertText("x", 3));
  expect(editor.lines()).toEqual(["p0:a\uFFFDx\uFFFDb"]);
});

test("[BIN9] characters that deceive the eye are taken out of what is typed, also where ids are given", () => {
  const editor = editorOn(docWith(paragraph("p0", "One")));
  editor.type("p0", 3, "\u202E!\u200B");
  const copy = schema.node("paragraph", { id: id("p0") }, schema.text("Co\u2066py"));
  editor.dispatch(editor.state.tr.insert(0, [copy, copy]));
  expect(editor.lines()).toEqual(["n1x1:Copy", "n1x2:Copy", "p0:One!"]);
  undo(editor.state, (tr) => editor.dispatch(tr));
  expect(editor.lines()).toEqual(["p0:One!"]);
  undo(editor.state, (tr) => editor.dispatch(tr));
  expect(editor.lines()).toEqual(["p0:One"]);
});
