import * as fc from "fast-check";
import { expect, test } from "vitest";
import { numberText, partOf, shortNumber } from "../../shared/domain/numbering.ts";
import type { Block } from "../../shared/domain/text.ts";
import type { ParagraphId, Part } from "../../shared/domain/values.ts";

/** One letter per block: `H0` a heading of level 0, `c1` a consensus paragraph of level 1, `s0` one of the chair's summary. */
function aText(sketch: string): Block[] {
  return sketch.split(" ").map((word, index) => ({
    id: `${word}#${index}` as ParagraphId,
    kind: word.startsWith("H") ? "heading" : "paragraph",
    level: Number(word.slice(1)),
    part: word.startsWith("s") ? "chair-summary" : "consensus",
    content: [],
  }));
}
const numbers = (sketch: string, part?: Part) => [...numberText(aText(sketch), part).values()].join(" ");
const shown = (sketch: string, part: Part) =>
  partOf(aText(sketch), part)
    .map((block) => block.id)
    .join(" ");

test("[NUM1] paragraphs are numbered 1, (a), (i), and points begin again under each paragraph", () => {
  expect(numbers("c0 c1 c2 c2 c1 c2 c0 c1 c0")).toBe("1 1(a) 1(a)(i) 1(a)(ii) 1(b) 1(b)(i) 2 2(a) 3");
});

test("[NUM1] headings have no number and do not interrupt the numbers of paragraphs", () => {
  expect(numbers("H0 c0 H1 c0 c1 H0 c0")).toBe("1 2 2(a) 3");
});

test("[NUM2] each part is numbered from 1", () => {
  expect(numbers("c0 s0 c0 s0 s1 c0")).toBe("1 1 2 2 2(a) 3");
  expect(numbers("c0 s0 c0 s0 s1 c0", "chair-summary")).toBe("1 2 2(a)");
});

test("[NUM3] a level that was skipped leaves no gap in the numbers", () => {
  expect(numbers("c0 c2 c2 c1 c2")).toBe("1 1(a) 1(b) 1(c) 1(c)(i)");
  expect(numbers("c1 c2 c0")).toBe("1 1(a) 2");
  expect(numbers("c0 c1 H0 c1 c0")).toBe("1 1(a) 2 3");
});

test("[NUM4] a point is never numbered under a paragraph that it was not written under", () => {
  // The point moves to the summary and leaves its paragraph behind: it is not point (a) of the summary's paragraph before.
  expect(numbers("s0 c0 s1 c1")).toBe("1 1 2 1(a)");
  // The paragraph moves and leaves its points: they are paragraphs of their own.
  expect(numbers("c0 s0 c1 c1 c2")).toBe("1 1 2 3 3(a)");
  // The point between leaves: what stood under it stands under the paragraph.
  expect(numbers("c0 s1 c2 c1")).toBe("1 1 1(a) 1(b)");
});

test("[NUM5] a heading is shown in a part only when it has paragraphs there", () => {
  const text = "H0 H1 c0 H1 s0 H0 H2 H1 s0 H0";
  expect(shown(text, "consensus")).toBe("H0#0 H1#1 c0#2");
  expect(shown(text, "chair-summary")).toBe("H0#0 H1#3 s0#4 H0#5 H1#7 s0#8");
});

test("[NUM6] after z come aa and bb; Roman numbers go on", () => {
  const many = numberText(aText(["c0", ...Array<string>(54).fill("c1"), ...Array<string>(49).fill("c2")].join(" ")));
  const all = [...many.values()].map(shortNumber);
  expect([all[26], all[27], all[28], all[53]]).toEqual(["(z)", "(aa)", "(bb)", "(aaa)"]);
  expect([all[58], all[63], all[103]]).toEqual(["(iv)", "(ix)", "(xlix)"]);
});

test("the short number is what stands before the paragraph itself", () => {
  expect(["12", "12(a)", "12(a)(iv)"].map(shortNumber)).toEqual(["12", "(a)", "(iv)"]);
});

test("[NUM1] in every text all numbers of a part differ, and the parts hold each paragraph once", () => {
  const sketch = fc.array(fc.constantFrom("H0", "H1", "H2", "c0", "c1", "c2", "s0", "s1", "s2"), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(sketch, (words) => {
      const text = aText(words.join(" "));
      let paragraphs = 0;
      for (const part of ["consensus", "chair-summary"] as const) {
        const own = [...numberText(text, part).values()];
        expect(new Set(own).size).toBe(own.length);
        const blocks = partOf(text, part).filter((block) => block.kind === "paragraph");
        expect(blocks.map((block) => block.id)).toEqual([...numberText(text, part).keys()]);
        paragraphs += blocks.length;
      }
      expect(paragraphs).toBe(text.filter((block) => block.kind === "paragraph").length);
    }),
  );
});

test("3,000 blocks are numbered within a frame", () => {
  const text = aText(
    Array.from({ length: 3000 }, (_, index) => ["H0", "c0", "c1", "c2", "s0", "s1"][index % 6]).join(" "),
  );
  numberText([...text]);
  // The best of five: what else the machine does meanwhile is not the numbering's.
  const times = Array.from({ length: 5 }, () => {
    const fresh = [...text];
    const from = performance.now();
    expect(numberText(fresh).size).toBe(2500);
    return performance.now() - from;
  });
  expect(Math.min(...times)).toBeLessThan(20); // ten times the figure
});
