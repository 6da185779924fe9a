/** The page that the browser test and the benchmark drive: one editor, and a second document that stands for somebody else. */
import * as Y from "yjs";
import type { ReportEditor } from "../../../client/editor/report-editor.ts";
import { mountReportEditor } from "../../../client/editor/report-editor.ts";
import { numberText } from "../../../shared/domain/numbering.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { blocksOf, bodyOf, orderedIds, yBlock } from "../../../shared/sync/model.ts";
import { ReportText } from "../../../shared/sync/report-text.ts";
import { docWith, paragraph } from "../../sync/support.ts";

const sentence =
  "[Reaffirming][Recalling] the outcome of the conference [and recalling all previous resolutions on the matter], in particular paragraph";

export interface Bench {
  editor: ReportEditor;
  doc: Y.Doc;
  other: Y.Doc;
  /** Makes the text, as a server would send it. */
  prepare(paragraphs: number): void;
  /** @param proposals so many, spread over the text, each with two changes */
  open(proposals?: number): void;
  setUp(paragraphs: number, proposals?: number): void;
  caret(index: number, offset: number): void;
  /** Somebody else types so many keys; nothing of them has come yet. */
  typeElsewhere(index: number, keys: number): void;
  /** They come one by one, and each is laid out. */
  takeAll(): void;
  /** What somebody else types reaches this page; ms until it is laid out. */
  remoteKey(index: number, text: string): number;
  /** Begins to wait for one key; `framed` then says how many ms went by from the key to the frame that shows it. */
  awaitKey(): void;
  framed: Promise<number>;
  /** The text of a paragraph as the Y.Doc, the view and the page have it. */
  three(index: number): [string, string, string];
  lines(): string[];
}

let sent: Uint8Array = new Uint8Array();
let onTheWay: Uint8Array[] = [];

const bench = {
  setUp(paragraphs: number, proposals = 0): void {
    this.prepare(paragraphs);
    this.open(proposals);
  },
  prepare(paragraphs: number): void {
    document.body.replaceChildren();
    const blocks = Array.from({ length: paragraphs }, (_, i) =>
      paragraph(`p${i}`, `${sentence} ${i}`, {
        part: i % 7 === 0 ? "chair-summary" : "consensus",
        level: i % 5 === 4 ? 1 : 0,
      }),
    );
    this.other = docWith(...blocks);
    this.other.clientID = 22;
    sent = Y.encodeStateAsUpdate(this.other);
  },
  open(proposals = 0): void {
    document.body.style.cssText = "margin:0; font: 16px/1.5 serif";
    const place = document.body.appendChild(document.createElement("div"));
    this.doc = new Y.Doc();
    this.doc.clientID = 11;
    Y.applyUpdate(this.doc, sent, "network");
    const report = new ReportText(this.doc);
    const paragraphs = report.text().length;
    this.editor = mountReportEditor(place, {
      doc: this.doc,
      writable: true,
      name: "Draft report",
      words: {
        footnote: (n, text) => `Footnote ${n}: ${text}`,
        title: "Footnote",
        save: "Save",
        remove: "Remove",
        cancel: "Cancel",
      },
      facts: (id) => {
        const number = numberText(report.text()).get(id) ?? "";
        return {
          label: `Paragraph ${number}, contested`,
          number,
          called: number,
          part: "consensus",
          words: [{ kind: "contested", text: "contested" }],
        };
      },
    });
    this.editor.setConcerns(
      orderedIds(blocksOf(this.doc)).flatMap((block, i) =>
        [0, 1, 2].map((k) => ({
          id: `${i}-${k}`,
          block,
          from: 2 + k * 20,
          to: 14 + k * 20,
          level: "objection" as const,
        })),
      ),
    );
    const ids = orderedIds(blocksOf(this.doc));
    this.editor.setProposed(
      // Also on the paragraph that is typed in.
      Array.from({ length: proposals }, (_, i) => {
        const index = (Math.floor(paragraphs / 2) + i * Math.floor(paragraphs / proposals)) % paragraphs;
        return {
          block: ids[index]!,
          size: `${sentence} ${index}`.length,
          changes: [
            { from: 29, to: 36, words: "result", by: "Freedonia" },
            { from: 62, to: 71, words: "taking into account", by: "Osterlich and Sylvania" },
          ],
        };
      }),
    );
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "network") Y.applyUpdate(this.other, update, "network");
    });
  },
  at(index: number): ParagraphId {
    const id = orderedIds(blocksOf(this.doc))[index];
    if (id === undefined) throw new Error(`no paragraph ${index}`);
    return id;
  },
  caret(index: number, offset: number): void {
    this.editor.goTo(this.at(index), offset);
  },
  typeElsewhere(index: number, keys: number): void {
    const block = yBlock(blocksOf(this.other), this.at(index));
    const keep = (update: Uint8Array): unknown => onTheWay.push(update);
    this.other.on("update", keep);
    for (let key = 0; key < keys; key++) (block && bodyOf(block))?.insert(3, "z");
    this.other.off("update", keep);
  },
  takeAll(): void {
    for (const update of onTheWay) {
      this.editor.composition.pass(() => Y.applyUpdate(this.doc, update, "network"));
      void document.body.offsetHeight;
    }
    onTheWay = [];
  },
  remoteKey(index: number, text: string): number {
    const block = yBlock(blocksOf(this.other), this.at(index));
    const before = Y.encodeStateVector(this.doc);
    (block && bodyOf(block))?.insert(3, text);
    const update = Y.encodeStateAsUpdate(this.other, before);
    const start = performance.now();
    this.editor.composition.pass(() => Y.applyUpdate(this.doc, update, "network"));
    void document.body.offsetHeight;
    return performance.now() - start;
  },
  awaitKey(): void {
    let pressed = 0;
    document.addEventListener("keydown", () => (pressed = performance.now()), { once: true, capture: true });
    const { view } = this.editor;
    const { doc } = view.state;
    this.framed = new Promise((resolve) => {
      const look = (): void => {
        if (view.state.doc === doc) {
          requestAnimationFrame(look);
          return;
        }
        void document.body.offsetHeight;
        resolve(performance.now() - pressed);
      };
      requestAnimationFrame(look);
    });
  },
  three(index: number): [string, string, string] {
    const id = this.at(index);
    const words = document.querySelector(`[data-id="${id}"] .block-words`)?.textContent ?? "";
    const report = new ReportText(this.doc);
    const inText =
      report
        .block(id)
        ?.content.map((inline) => (inline.t === "text" ? inline.text : "*"))
        .join("") ?? "";
    return [inText, this.editor.view.state.doc.child(index).textContent, words];
  },
  lines(): string[] {
    const report = new ReportText(this.doc);
    return report
      .text()
      .map(({ content }) => content.map((inline) => (inline.t === "text" ? inline.text : "*")).join(""));
  },
} as Bench & { at(index: number): ParagraphId };

declare global {
  // oxlint-disable-next-line no-var -- the only way to declare a global
  var bench: Bench;
}
globalThis.bench = bench;
