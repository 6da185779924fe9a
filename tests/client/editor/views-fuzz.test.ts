/** The same random drafting as in tests/sync, in real EditorViews, so that what they draw is looked at too. */
import type { Node } from "prosemirror-model";
import { EditorView } from "prosemirror-view";
import { expect, test } from "vitest";
import { BlockViews } from "../../../client/editor/block-views.ts";
import { overlayPlugin } from "../../../client/editor/decorations.ts";
import { Footnotes } from "../../../client/editor/footnotes.ts";
import type { OpenView } from "../../sync/editor.ts";
import { drafting } from "../../sync/fuzz.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { placeOnPage } from "./support.ts";

const firstSeed = Number(process.env["FUZZ_SEED"] ?? 1);
const operations = Number(process.env["FUZZ_OPS"] ?? 1_000);
const words = {
  footnote: (n: number, text: string) => `Footnote ${n}: ${text}`,
  title: "",
  save: "",
  remove: "",
  cancel: "",
};

test(
  `[BIN1] ${operations} operations in views on a page draw what the text says (from seed ${firstSeed})`,
  { timeout: 600_000 },
  () => {
    let done = 0;
    for (let seed = firstSeed; done < operations; seed++) {
      done += drafting(seed, 40, {
        open: (state): OpenView => {
          const facts = (id: ParagraphId) => ({
            label: id,
            number: "1",
            called: "1",
            part: "consensus" as const,
            words: [],
          });
          const blocks = new BlockViews({ facts }, { look: () => undefined });
          const footnotes = new Footnotes(words, () => "f");
          const place = placeOnPage();
          const view = new EditorView(place, {
            state: state.reconfigure({
              plugins: [...state.plugins, overlayPlugin(null), footnotes.plugin()],
            }),
            nodeViews: { paragraph: blocks.create, heading: blocks.create, footnote: footnotes.create },
          });
          return {
            get state() {
              return view.state;
            },
            dispatch(tr) {
              view.dispatch(tr);
              const drawn = [...place.querySelectorAll<HTMLElement>(".block")].map(({ dataset }) => dataset["id"]);
              const shown: unknown[] = [];
              view.state.doc.forEach((node) => shown.push(node.attrs["id"] ?? undefined));
              expect(drawn).toEqual(shown);
              const copy = place.cloneNode(true) as HTMLElement;
              for (const note of copy.querySelectorAll(".footnote")) note.textContent = "#";
              const text = [...copy.querySelectorAll(".block-words")].map((block) => block.textContent).join("");
              const { doc } = view.state;
              const atom = (node: Node): string => (node.type.name === "footnote" ? "#" : "\u25A1");
              expect(text).toBe(doc.textBetween(0, doc.content.size, "", atom));
              const numbers = [...place.querySelectorAll(".footnote")].map((note) => Number(note.textContent));
              expect(numbers).toEqual(numbers.map((_, i) => i + 1));
            },
            destroy() {
              view.destroy();
              place.remove();
            },
          };
        },
      });
    }
    expect(done).toBeGreaterThanOrEqual(operations);
  },
);
