// @vitest-environment node
import * as Y from "yjs";
import { describe, expect, test } from "vitest";
import { salvage } from "../../../client/live/salvage.ts";
import { blocksOf, contentOf, markNames } from "../../../shared/sync/model.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { addParagraph, block, bodyIn, copyOf, fieldsOf, newsOf, reportDoc, wordsOf } from "../../support/report-doc.ts";
import { chance } from "../../support/random.ts";

const all = (): boolean => true;
const notB = (paragraph: ParagraphId): boolean => paragraph !== block("b");

/** My unsaved edits on `mine`; what the server has, with the edits of others, in `fresh`. */
function apart(): { mine: Y.Doc; others: Y.Doc } {
  const server = reportDoc(1, { a: "States should cooperate fully.", b: "The Assembly decides." });
  return { mine: copyOf(server, 100), others: copyOf(server, 200) };
}

describe("salvage", () => {
  test("[SAV5] words that still fit are written into the fresh text, among what others wrote meanwhile", () => {
    const { mine, others } = apart();
    bodyIn(mine, "a").insert(14, "solemnly ");
    bodyIn(mine, "a").delete(0, 6);
    bodyIn(mine, "a").format(0, 8, { em: true });
    fieldsOf(mine, "a").set("level", 2);
    addParagraph(mine, "c", "A third one.");
    bodyIn(others, "a").insert(30, " And soon.");
    const fresh = copyOf(others, 101);
    expect(salvage(mine, fresh, all)).toEqual([]);
    expect(wordsOf(fresh, "a")).toBe(" should solemnly cooperate fully. And soon.");
    expect(contentOf(bodyIn(fresh, "a"))[0]).toEqual({ t: "text", text: " should ", marks: ["em"] });
    expect([fieldsOf(fresh, "a").get("level"), wordsOf(fresh, "c")]).toEqual([2, "A third one."]);
  });

  test("[SAV5] words in a paragraph that may not be touched are kept beside what stands", () => {
    const { mine, others } = apart();
    bodyIn(mine, "b").insert(0, "Never ever: ");
    const fresh = copyOf(others, 101);
    expect(salvage(mine, fresh, notB)).toEqual([
      { paragraph: block("b"), mine: "Never ever: The Assembly decides.", stands: "The Assembly decides." },
    ]);
    expect(wordsOf(fresh, "b")).toBe("The Assembly decides.");
  });

  test("[SAV5] nothing unsaved, nothing written: the fresh text gets no update", () => {
    const { mine, others } = apart();
    bodyIn(others, "a").insert(0, "All ");
    bodyIn(others, "a").format(0, 3, { strong: true });
    const fresh = copyOf(others, 101);
    let updates = 0;
    fresh.on("update", () => updates++);
    expect(salvage(mine, fresh, all)).toEqual([]);
    expect(updates).toBe(0);
  });

  for (const seed of [11, 12, 13]) {
    test(`[SAV5] seed ${seed}: whatever was typed, the fresh text reads as the old one would`, () => {
      const random = chance(seed);
      for (let round = 0; round < 60; round++) {
        const { mine, others } = apart();
        for (let step = 0; step < 30; step++) {
          const doc = random() < 0.5 ? mine : others;
          const body = bodyIn(doc, random.pick(["a", "b"]));
          const at = random.below(body.length + 1);
          const deed = random.below(6);
          if (deed < 3) body.insert(at, random.pick(["x", "yes ", "no"]));
          else if (deed === 3 && body.length > at) body.delete(at, 1);
          else if (deed === 4 && body.length > at + 3)
            body.format(at, 3, { [random.pick(markNames)]: random() < 0.5 || null });
          else if (deed === 5) body.insertEmbed(at, { t: "ref", to: block("a") });
          if (random() < 0.1) Y.applyUpdate(mine, newsOf(others, mine));
        }
        const fresh = copyOf(others, 101);
        expect(salvage(mine, fresh, all)).toEqual([]);
        const read = (doc: Y.Doc): unknown => ["a", "b"].map((name) => contentOf(bodyIn(doc, name)));
        expect(read(fresh), `round ${round}`).toEqual(read(mine));
        expect(blocksOf(fresh).size).toBe(2);
      }
    });
  }
});
