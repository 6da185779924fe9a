/** What our editor is held against: bare text that the browser itself edits, a bare ProseMirror, and the least that y-prosemirror makes an editor of. */
import { baseKeymap } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { Schema } from "prosemirror-model";
import { EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { initProseMirrorDoc, ySyncPlugin } from "y-prosemirror";
import * as Y from "yjs";

const schema = new Schema({
  nodes: {
    doc: { content: "paragraph*" },
    paragraph: { content: "text*", toDOM: () => ["p", 0], parseDOM: [{ tag: "p" }] },
    text: {},
  },
});

/** A shared editor; without a shared document, bare text. */
export function mount(place, shared, bare) {
  const fragment = shared?.getXmlFragment("text");
  const begun = fragment && initProseMirrorDoc(fragment, schema);
  const plugins = begun ? [ySyncPlugin(fragment, { mapping: begun.mapping })] : [];
  const state = EditorState.create({ doc: begun?.doc ?? bare, plugins: [...plugins, keymap(baseKeymap)] });
  return new EditorView(place, { state });
}

/** What a server would send of the text. */
let sent;
let onTheWay = [];

globalThis.peer = {
  prepare(kind, texts) {
    if (kind !== "y-prosemirror") return;
    const other = new Y.Doc();
    other.getXmlFragment("text").push(
      texts.map((text) => {
        const paragraph = new Y.XmlElement("paragraph");
        paragraph.insert(0, [new Y.XmlText(text)]);
        return paragraph;
      }),
    );
    sent = Y.encodeStateAsUpdate(other);
    this.typeElsewhere = (index, keys) => {
      const keep = (update) => onTheWay.push(update);
      other.on("update", keep);
      for (let key = 0; key < keys; key++) other.getXmlFragment("text").get(index).get(0).insert(3, "z");
      other.off("update", keep);
    };
    this.hear = (update) => Y.applyUpdate(other, update);
  },
  open(kind, texts) {
    document.body.style.cssText = "margin:0; font: 16px/1.5 serif";
    const place = document.body.appendChild(document.createElement("div"));
    if (kind === "contenteditable") {
      place.contentEditable = "true";
      place.append(...texts.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
      this.caret = (index) => {
        place.focus();
        getSelection().collapse(place.children[index].firstChild, 20);
        place.children[index].scrollIntoView();
      };
      return;
    }
    let view;
    if (kind === "prosemirror") {
      const nodes = texts.map((text) => schema.node("paragraph", null, schema.text(text)));
      view = mount(place, null, schema.node("doc", null, nodes));
    } else {
      const shared = new Y.Doc();
      Y.applyUpdate(shared, sent, "network");
      view = mount(place, shared);
      shared.on("update", (update, origin) => origin !== "network" && this.hear(update));
      this.takeAll = () => {
        for (const update of onTheWay) {
          Y.applyUpdate(shared, update, "network");
          void document.body.offsetHeight;
        }
        onTheWay = [];
      };
    }
    this.caret = (index) => {
      let at = 21;
      for (let i = 0; i < index; i++) at += view.state.doc.child(i).nodeSize;
      view.focus();
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at)).scrollIntoView());
    };
  },
};
