import { expect, test } from "vitest";
import { mountWordsEditor } from "../../../client/editor/words-editor.ts";
import type { Inline } from "../../../shared/domain/text.ts";
import { idOf, paragraph } from "../../support/table.ts";
import { placeOnPage } from "./support.ts";

const content: readonly Inline[] = [
  { t: "text", text: "States decide" },
  { t: "footnote", id: "a", text: "See A." },
  { t: "text", text: " as in paragraph " },
  { t: "ref", to: idOf("b") },
  { t: "text", text: "." },
];

function open(keepsEmbeds: boolean) {
  let now = content;
  const place = placeOnPage();
  const view = mountWordsEditor(place, {
    block: paragraph("a", "", { content }),
    name: "Words",
    focus: false,
    keepsEmbeds,
    numberOf: (to) => (to === idOf("b") ? "7" : ""),
    noteNumber: (id) => (id === "a" ? 4 : undefined),
    onChange: (next) => (now = next),
  });
  return { view, place, words: () => now };
}

test("[COR1] a footnote or reference is a chip with its words, and is not deleted like a letter", () => {
  const { view, place, words } = open(true);
  expect(place.querySelector(".footnote")?.getAttribute("data-text")).toBe("See A.");
  expect(place.querySelector(".footnote")?.textContent).toBe("4");
  expect(place.querySelector(".ref")?.textContent).toBe("7");
  view.dispatch(view.state.tr.delete(1, 15));
  expect(words()).toBe(content);
  view.dispatch(view.state.tr.delete(1, 7).insertText("All States", 1));
  expect(words()).toEqual([{ t: "text", text: "All States decide" }, ...content.slice(1)]);
  // What is selected with it and typed over stays as it was.
  view.dispatch(
    view.state.tr.replaceSelectionWith(view.state.schema.text("x")).delete(1, view.state.doc.content.size - 1),
  );
  expect(words().slice(1)).toEqual(content.slice(1));
  const other = open(false);
  other.view.dispatch(other.view.state.tr.delete(1, 15));
  expect(other.words()).toHaveLength(3);
});
