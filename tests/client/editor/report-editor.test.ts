import { afterEach, expect, test, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { CompositionHold, patienceMs, settleMs } from "../../../client/editor/composition.ts";
import type { Concern } from "../../../client/editor/decorations.ts";
import type { ReportEditor, ReportEditorOptions } from "../../../client/editor/report-editor.ts";
import { mountReportEditor } from "../../../client/editor/report-editor.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { blocksOf, bodyOf, yBlock } from "../../../shared/sync/model.ts";
import { ReportText } from "../../../shared/sync/report-text.ts";
import { bringTogether, copyOf, docWith, id, lines, nameOf, paragraph, push } from "../../sync/support.ts";
import { placeOnPage } from "./support.ts";

const open: ReportEditor[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) if (!editor.view.isDestroyed) editor.destroy();
  document.body.replaceChildren();
  vi.useRealTimers();
});

const words = {
  footnote: (number: number, text: string) => `Footnote ${number}: ${text}`,
  title: "Footnote",
  save: "Save footnote",
  remove: "Remove footnote",
  cancel: "Cancel",
};

function mount(doc: Y.Doc, more: Partial<ReportEditorOptions> = {}): ReportEditor {
  const editor = mountReportEditor(placeOnPage(), {
    doc,
    writable: true,
    name: "Draft report",
    words,
    facts: (block) => ({
      label: `Paragraph ${nameOf(block)}`,
      number: nameOf(block),
      called: nameOf(block),
      part: "consensus",
      words: [],
    }),
    ...more,
  });
  open.push(editor);
  return editor;
}

const press = (editor: ReportEditor, key: string, how: KeyboardEventInit = {}): boolean =>
  !editor.view.dom.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how }));
const group = (name: string): HTMLElement | null => document.querySelector(`[data-id="${id(name)}"]`);
/** As soon as it was seen that the block is near the screen. */
const gutterOf = (name: string): Promise<HTMLElement> =>
  vi.waitFor(() => {
    const gutter = group(name)?.querySelector<HTMLElement>(".block-gutter");
    if (!gutter) throw new Error(`no gutter beside ${name}`);
    return gutter;
  });
const body = (doc: Y.Doc, name: string): Y.Text => {
  const block = yBlock(blocksOf(doc), id(name));
  const text = block && bodyOf(block);
  if (!text) throw new Error(`no body of ${name}`);
  return text;
};
const three = (): Y.Doc => docWith(paragraph("p0", "One"), paragraph("p1", "Two words"), paragraph("p2", "Three"));
const newNames = (doc: Y.Doc): string[] =>
  lines(doc).map((line) => (/^[^:]{22}:/.test(line) ? line.replace(/^[^:]*/, "new") : line));

test("the text is a textbox named as it is told, and each block a group with a name of its own", () => {
  mount(docWith(paragraph("h", "Title", { kind: "heading", level: 1 }), paragraph("p1", "One")));
  const box = document.querySelector('[role="textbox"]');
  expect(box?.getAttribute("aria-label")).toBe("Draft report");
  expect(box?.getAttribute("aria-multiline")).toBe("true");
  const groups = [...(box?.querySelectorAll('[role="group"]') ?? [])].map((each) => each.getAttribute("aria-label"));
  expect(groups).toEqual(["Paragraph h", "Paragraph p1"]);
  expect(group("h")?.querySelector("h3")?.textContent).toBe("Title");
});

test("a block's label and gutter follow the facts, and no other block is touched", async () => {
  const counts = new Map<ParagraphId, number>();
  const editor = mount(three(), {
    facts: (block) => ({
      label: `Paragraph, ${counts.get(block) ?? 0} objections`,
      number: "1",
      called: "1",
      part: "chair-summary",
      words: counts.has(block) ? [{ kind: "objection", text: `${counts.get(block)} obj.` }] : [],
    }),
  });
  const untouched = await gutterOf("p0");
  counts.set(id("p1"), 2);
  editor.refresh();
  expect(group("p1")?.getAttribute("aria-label")).toBe("Paragraph, 2 objections");
  expect(group("p1")?.querySelector(".block-word-objection")?.textContent).toBe("2 obj.");
  expect(group("p0")?.querySelector(".block-number")?.parentElement).toBe(untouched);
});

test("far from the screen a block has its name alone; its gutter and marks are there once it comes near, or is printed", async () => {
  const doc = docWith(paragraph("p0", "Near [it]"), paragraph("p1", "Far [off]"));
  const far = vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
    return new DOMRect(0, this === group("p1") ? 9_000 : 0);
  });
  mount(doc);
  await gutterOf("p0");
  const drawn = (name: string): boolean[] =>
    [".block-gutter", ".bracket"].map((mark) => group(name)?.querySelector(mark) !== null);
  expect(drawn("p0")).toEqual([true, true]);
  expect(drawn("p1")).toEqual([false, false]);
  expect(group("p1")?.getAttribute("aria-label")).toBe("Paragraph p1");
  dispatchEvent(new Event("beforeprint"));
  expect(drawn("p1")).toEqual([true, true]);
  far.mockRestore();
});

test("when blocks come, go or move, the others' facts are read again", () => {
  const doc = three();
  const report = new ReportText(doc);
  const editor = mount(doc, {
    facts: (block) => {
      const number = String(report.text().findIndex((each) => each.id === block) + 1);
      return { label: `Paragraph ${number}`, number, called: number, part: "consensus", words: [] };
    },
  });
  editor.goTo(id("p2"));
  editor.run(editor.commands.moveUp);
  expect(group("p1")?.getAttribute("aria-label")).toBe("Paragraph 3");
  yBlock(blocksOf(doc), id("p0"))?.set("del", 1);
  expect(group("p1")?.getAttribute("aria-label")).toBe("Paragraph 2");
});

test("a reference shows its paragraph's number, and follows it", () => {
  const doc = docWith(paragraph("p0", "One"), paragraph("p1", "Two"), {
    ...paragraph("p2", ""),
    content: [
      { t: "text", text: "As in " },
      { t: "ref", to: id("p1") },
    ],
  });
  const report = new ReportText(doc);
  mount(doc, {
    facts: (block) => {
      const at = report.text().findIndex((each) => each.id === block);
      return at < 0
        ? null
        : { label: "", number: String(at + 1), called: String(at + 1), part: "consensus", words: [] };
    },
  });
  const reference = (): string | null | undefined => group("p2")?.querySelector(".ref")?.textContent;
  expect(reference()).toBe("2");
  yBlock(blocksOf(doc), id("p0"))?.set("del", 1);
  expect(reference()).toBe("1");
  yBlock(blocksOf(doc), id("p1"))?.set("del", 1);
  expect(reference()).toBe("¶");
});

test("the gutter tells which paragraph was chosen and where it is", async () => {
  const onGutter = vi.fn<NonNullable<ReportEditorOptions["onGutter"]>>();
  mount(three(), { onGutter });
  const gutter = await gutterOf("p1");
  gutter.click();
  expect(onGutter).toHaveBeenCalledWith(id("p1"), gutter);
});

test("keys: Enter splits, Backspace joins, Tab and Shift-Tab change the level, undo takes back", () => {
  const doc = three();
  const editor = mount(doc);
  editor.goTo(id("p1"), 4);
  expect(press(editor, "Enter")).toBe(true);
  expect(newNames(doc)).toEqual(["p0:One", "p1:Two ", "new:words", "p2:Three"]);
  press(editor, "Tab");
  expect(new ReportText(doc).text()[2]?.level).toBe(1);
  press(editor, "Tab", { shiftKey: true });
  expect(new ReportText(doc).text()[2]?.level).toBe(0);
  press(editor, "Backspace");
  expect(lines(doc)).toEqual(["p0:One", "p1:Two words", "p2:Three"]);
  editor.run(editor.commands.undo);
  expect(lines(doc)).toHaveLength(4);
});

test("Tab does not leave the text where no level is left to change, but after Escape it does", () => {
  const editor = mount(three());
  editor.goTo(id("p0"));
  expect(press(editor, "Tab", { shiftKey: true })).toBe(true);
  press(editor, "Escape");
  expect(press(editor, "Tab", { shiftKey: true })).toBe(false);
  expect(press(editor, "Tab", { shiftKey: true })).toBe(true);
});

test("whoever came in by Tab goes on by Tab, and changes a level only after having done something in the text", () => {
  const doc = three();
  const editor = mount(doc);
  const level = () => new ReportText(doc).text()[1]?.level;
  const release = () => editor.view.dom.dispatchEvent(new KeyboardEvent("keyup", { key: "Tab", bubbles: true }));
  editor.goTo(id("p1"));
  release();
  expect(press(editor, "Tab")).toBe(false);
  editor.view.dom.dispatchEvent(new FocusEvent("blur"));
  release();
  expect(press(editor, "Shift")).toBe(false);
  expect(press(editor, "Tab", { shiftKey: true })).toBe(false);
  editor.view.dom.dispatchEvent(new FocusEvent("blur"));
  release();
  press(editor, "ArrowDown");
  expect(press(editor, "Tab")).toBe(true);
  release();
  expect(level()).toBe(1);
  expect(press(editor, "Tab")).toBe(true);
  expect(level()).toBe(2);
});

test("Backspace after an empty paragraph removes the empty one, and the words keep their id", () => {
  const doc = docWith(paragraph("p0", ""), paragraph("p1", "Words"));
  const editor = mount(doc);
  editor.goTo(id("p1"));
  press(editor, "Backspace");
  expect(lines(doc)).toEqual(["p1:Words"]);
});

test("Enter after a heading begins a paragraph, and in an empty deep paragraph comes up a level", () => {
  const doc = docWith(paragraph("h", "Title", { kind: "heading", level: 1 }), paragraph("p1", "", { level: 2 }));
  const editor = mount(doc);
  editor.goTo(id("h"), 5);
  press(editor, "Enter");
  expect(new ReportText(doc).text().map(({ kind, level }) => [kind, level])).toEqual([
    ["heading", 1],
    ["paragraph", 0],
    ["paragraph", 2],
  ]);
  editor.goTo(id("p1"));
  press(editor, "Enter");
  expect(new ReportText(doc).block(id("p1"))?.level).toBe(1);
});

test("paragraphs move up and down with the keys, and the caret goes along", () => {
  const doc = three();
  const editor = mount(doc);
  editor.goTo(id("p2"), 2);
  press(editor, "ArrowUp", { altKey: true, shiftKey: true });
  expect(lines(doc)).toEqual(["p0:One", "p2:Three", "p1:Two words"]);
  expect(editor.selected()).toEqual({ block: id("p2"), from: 2, to: 2 });
  press(editor, "ArrowDown", { altKey: true, shiftKey: true });
  expect(lines(doc)).toEqual(["p0:One", "p1:Two words", "p2:Three"]);
  expect(editor.can(editor.commands.moveDown)).toBe(false);
});

test("brackets go around the selected words, in each paragraph its own pair", () => {
  const doc = three();
  const editor = mount(doc);
  editor.goTo(id("p1"), 4, 9);
  press(editor, "{", { ctrlKey: true, shiftKey: true, keyCode: 219 });
  expect(lines(doc)[1]).toBe("p1:Two [words]");
  const { view } = editor;
  view.dispatch(
    view.state.tr.setSelection(
      view.state.selection.constructor.prototype.constructor.create(view.state.doc, 2, view.state.doc.content.size - 2),
    ),
  );
  editor.run(editor.commands.bracket);
  expect(lines(doc)).toEqual(["p0:O[ne]", "p1:[Two [words]]", "p2:[Thre]e"]);
});

test("brackets are drawn, deeper ones and lonely ones told apart, and only in the paragraph that changed", async () => {
  const doc = docWith(paragraph("p0", "[shall [not]] act]"), paragraph("p1", "[open"));
  mount(doc);
  await gutterOf("p0");
  const classes = (name: string): string[] =>
    [...(group(name)?.querySelectorAll(".bracket") ?? [])].map(
      (each) => `${each.textContent}${each.className.replace("bracket bracket-", "")}`,
    );
  expect(classes("p0")).toEqual(["[1", "[2", "]2", "]1", "]alone"]);
  expect(classes("p1")).toEqual(["[alone"]);
  const kept = group("p0")?.querySelector(".bracket");
  body(doc, "p1").insert(5, " and shut]");
  expect(classes("p1")).toEqual(["[1", "]1"]);
  expect(group("p0")?.querySelector(".bracket")).toBe(kept);
});

test("words concerned are drawn, stay on their words while others type and move, and go when told", async () => {
  const doc = three();
  const other = copyOf(doc, 77);
  const editor = mount(doc);
  await gutterOf("p1");
  const concern: Concern = { id: "pos1", block: id("p1"), from: 4, to: 9, level: "objection" };
  editor.setConcerns([concern, { ...concern, id: "gone", block: id("nowhere") }]);
  const drawn = (): string[] =>
    [...document.querySelectorAll(".concern-objection")].map((each) => each.textContent ?? "");
  expect(drawn()).toEqual(["words"]);
  body(other, "p1").insert(0, "Say: ");
  bringTogether(doc, other);
  expect(drawn()).toEqual(["words"]);
  editor.goTo(id("p1"));
  editor.run(editor.commands.bracket);
  yBlock(blocksOf(other), id("p1"))?.set("order", "0001");
  push(other, doc);
  expect(group("p1")?.querySelector(".concern")?.textContent).toBe("words");
  editor.setConcerns([]);
  expect(drawn()).toEqual([]);
});

test("a footnote is asked for, put in the text, numbered, changed and removed", () => {
  const doc = three();
  const editor = mount(doc);
  const field = (): HTMLTextAreaElement | null => document.querySelector(".footnote-form textarea");
  const choose = (name: string): void =>
    [...document.querySelectorAll<HTMLButtonElement>(".footnote-form button")]
      .find((each) => each.textContent === name)
      ?.click();
  editor.goTo(id("p1"), 3);
  editor.run(editor.commands.footnote);
  expect(document.querySelector('[role="dialog"]')?.getAttribute("aria-label")).toBe("Footnote");
  expect(document.activeElement).toBe(field());
  field()?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(field()).toBeNull();
  expect(body(doc, "p1").length).toBe(9);
  editor.run(editor.commands.footnote);
  if (field()) (field() as HTMLTextAreaElement).value = " Pending. ";
  choose("Save footnote");
  expect(new ReportText(doc).block(id("p1"))?.content[1]).toMatchObject({ t: "footnote", text: "Pending." });
  editor.goTo(id("p0"), 0);
  editor.run(editor.commands.footnote);
  if (field()) (field() as HTMLTextAreaElement).value = "First.";
  choose("Save footnote");
  const labels = (): (string | null)[] =>
    [...document.querySelectorAll(".footnote")].map((each) => each.getAttribute("aria-label"));
  expect(labels()).toEqual(["Footnote 1: First.", "Footnote 2: Pending."]);
  document.querySelectorAll<HTMLButtonElement>(".footnote")[1]?.click();
  if (field()) (field() as HTMLTextAreaElement).value = "Changed.";
  choose("Save footnote");
  expect(labels()).toEqual(["Footnote 1: First.", "Footnote 2: Changed."]);
  document.querySelectorAll<HTMLButtonElement>(".footnote")[0]?.click();
  choose("Remove footnote");
  expect(labels()).toEqual(["Footnote 1: Changed."]);
});

test("[BIN5] an agreed paragraph refuses the key, and the user is told which it was", () => {
  const doc = three();
  const onLocked = vi.fn<NonNullable<ReportEditorOptions["onLocked"]>>();
  const editor = mount(doc, { onLocked });
  editor.setLocks(new Set([id("p1")]));
  editor.goTo(id("p1"), 2);
  press(editor, "Enter");
  expect(lines(doc)).toHaveLength(3);
  expect(onLocked).toHaveBeenCalledWith([id("p1")]);
});

test("[BIN2] a reader's text takes no key and no command, and follows what others write", () => {
  const doc = three();
  const other = copyOf(doc, 77);
  const editor = mount(doc, { writable: false });
  expect(editor.view.dom.getAttribute("contenteditable")).toBe("false");
  expect(editor.can(editor.commands.strong)).toBe(false);
  editor.run(editor.commands.split);
  editor.run(editor.commands.footnote);
  body(other, "p0").insert(3, "!");
  push(other, doc);
  expect(lines(doc)).toEqual(["p0:One!", "p1:Two words", "p2:Three"]);
  expect(group("p0")?.textContent).toContain("One!");
});

test("[SYN6] recovered words are put back as a paragraph at their place, or let go, for everyone", () => {
  const doc = three();
  const other = copyOf(doc, 77);
  const editor = mount(doc);
  const { view } = editor;
  view.dispatch(view.state.tr.join(5));
  body(other, "p1").insert(9, " unseen");
  bringTogether(doc, other);
  const report = new ReportText(doc);
  const [recovered] = report.recovered();
  if (!recovered) throw new Error("nothing recovered");
  editor.recover(recovered, "put back");
  expect(newNames(doc)).toEqual(["p0:OneTwo words", "new: unseen", "p2:Three"]);
  expect(report.recovered()).toEqual([]);
});

test("others' carets stand where they write, under the name the roster gives, and strangers are not shown", () => {
  const doc = three();
  const other = copyOf(doc, 77);
  const awareness = new Awareness(doc);
  const names = new Map([[77, "Freedonia, vice-chair"]]);
  mount(doc, { presence: { awareness, nameOf: (client) => names.get(client) ?? null } });
  const at = (offset: number): unknown =>
    Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(body(other, "p1"), offset, -1));
  const tell = (client: number, cursor: unknown): void => {
    awareness.states.set(client, { cursor, user: { name: "Somebody else" } });
    awareness.emit("change", [{ added: [client], updated: [], removed: [] }, "network"]);
  };
  tell(77, { anchor: at(0), head: at(3) });
  tell(78, { anchor: at(0), head: at(3) });
  tell(79, { anchor: "rubbish", head: 5 });
  const carets = document.querySelectorAll(".caret");
  expect(carets).toHaveLength(1);
  expect(carets[0]?.textContent).toBe("Freedonia, vice-chair");
  expect(carets[0]?.getAttribute("aria-hidden")).toBe("true");
  expect(group("p1")?.querySelector(".selected")?.textContent).toBe("Two");
  body(doc, "p1").insert(0, "Again ");
  expect(group("p1")?.querySelector(".selected")?.textContent).toBe("Two");
  awareness.destroy();
});

test("[BIN8] while an input method composes, what others write waits; questions do not", () => {
  vi.useFakeTimers();
  const target = document.createElement("div");
  const hold = new CompositionHold(target);
  const seen: string[] = [];
  hold.pass(() => seen.push("before"));
  target.dispatchEvent(new Event("compositionstart"));
  hold.pass(() => seen.push("first"));
  hold.pass(() => seen.push("second"));
  expect(seen).toEqual(["before"]);
  target.dispatchEvent(new Event("compositionend"));
  hold.pass(() => seen.push("third"));
  expect(seen).toEqual(["before"]);
  vi.advanceTimersByTime(settleMs);
  expect(seen).toEqual(["before", "first", "second", "third"]);
  hold.destroy();
});

test("[BIN8] who composes word upon word does not keep the others' words away for ever", () => {
  vi.useFakeTimers();
  const target = document.createElement("div");
  const hold = new CompositionHold(target);
  const seen: string[] = [];
  for (let word = 0; word * 500 <= patienceMs; word++) {
    target.dispatchEvent(new Event("compositionstart"));
    if (word === 0) hold.pass(() => seen.push("words"));
    vi.advanceTimersByTime(500);
    target.dispatchEvent(new Event("compositionend"));
  }
  expect(seen).toEqual(["words"]);
  hold.destroy();
});

test("[PRO12] proposals are drawn over the words, follow them, and never come into the text", async () => {
  const doc = docWith(paragraph("p0", "States should cooperate."));
  const editor = mount(doc);
  await gutterOf("p0");
  const change = { from: 7, to: 13, words: "must", by: "Freedonia" };
  editor.setProposed([{ block: id("p0"), size: 24, changes: [change] }]);
  expect(group("p0")?.querySelector(".proposed-out")?.textContent).toBe("should");
  expect(group("p0")?.querySelector(".proposed-in")?.textContent).toBe("must");
  expect(group("p0")?.querySelector(".proposed")?.getAttribute("aria-hidden")).toBe("true");
  body(doc, "p0").insert(0, "All ");
  expect(group("p0")?.querySelector(".proposed-out")?.textContent).toBe("should");
  // What was measured before the last key does not put the mark elsewhere.
  editor.setProposed([{ block: id("p0"), size: 24, changes: [change] }]);
  expect(group("p0")?.querySelector(".proposed-out")?.textContent).toBe("should");
  editor.goTo(id("p0"), 17);
  editor.view.dispatch(editor.view.state.tr.insertText(" always"));
  expect(lines(doc)).toEqual(["p0:All States should always cooperate."]);
  editor.setProposed([]);
  expect(group("p0")?.querySelector(".proposed, .proposed-out")).toBeNull();
});

test("[PRO12] lines below a block are not part of it", () => {
  const doc = three();
  const editor = mount(doc, {
    facts: () => ({
      label: "Paragraph",
      number: "1",
      called: "1",
      part: "consensus",
      words: [],
      below: [{ kind: "proposal", text: "Freedonia: delete it" }],
    }),
  });
  expect(group("p1")?.querySelector(".block-beside:not([hidden])")?.textContent).toBe("Freedonia: delete it");
  expect(editor.view.state.doc.textContent).toBe("OneTwo wordsThree");
  expect(editor.view.dom.querySelector('[data-id] .block-beside:not([aria-hidden="true"])')).toBeNull();
});

test("[NUM9] a line above or below a block offers to restore what stood there, to the pointer", () => {
  const asked: string[] = [];
  mount(three(), {
    facts: () => ({
      label: "Paragraph",
      number: "2",
      called: "2",
      part: "consensus",
      words: [],
      above: [{ kind: "vacant", text: "[1 deleted]", offers: { name: "restore", about: id("gone") } }],
    }),
    onLine: (about) => asked.push(about),
  });
  const line = group("p1")?.querySelector<HTMLElement>(".block-line-vacant");
  expect(line?.textContent).toBe("[1 deleted] · restore");
  line?.querySelector("button")?.click();
  expect(asked).toEqual([id("gone")]);
});

test("what is told to an editor that was taken away does nothing", () => {
  const editor = mount(three());
  editor.destroy();
  editor.setConcerns([]);
  editor.setProposed([]);
  editor.setLocks(new Set([id("p1")]));
  editor.refresh();
  expect(group("p1")).toBeNull();
});
