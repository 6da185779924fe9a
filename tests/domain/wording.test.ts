import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Inline, Mark } from "../../shared/domain/text.ts";
import { flatText } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import {
  canonicalText,
  flatToCanonical,
  hiddenCharacters,
  quotes,
  spanOf,
  textOfCanonical,
  wordingOf,
} from "../../shared/domain/wording.ts";

const words = (text: string, ...marks: Mark[]): Inline =>
  marks.length > 0 ? { t: "text", text, marks } : { t: "text", text };
const note = (text: string, id = "n1"): Inline => ({ t: "footnote", id, text });
const ref = (to: string): Inline => ({ t: "ref", to: to as ParagraphId });

describe("the canonical form", () => {
  test("[WOR1] is RFC 8785 JSON of the text, the footnotes and the references, and the hash is its SHA-256", () => {
    const wording = wordingOf([words("States "), words("should", "em"), words(" cooperate"), note("As agreed.")]);
    expect(wording.canonical).toBe('{"notes":["As agreed."],"refs":[],"text":"States should cooperate\uFFFC","v":1}');
    expect(wording.hash).toBe(createHash("sha256").update(wording.canonical).digest("hex"));
    expect(textOfCanonical(wording.canonical)).toBe(wording.text);
  });

  test("[WOR1] of an empty paragraph is never written differently, so other programs can compare with it", () => {
    expect(wordingOf([])).toEqual({
      canonical: '{"notes":[],"refs":[],"text":"","v":1}',
      text: "",
      hash: "4406059892aa6a795273058813fcbad3746bb66a3266d51dd1d380cb43946bae",
    });
  });

  test("[WOR2] does not see marks, the ids of footnotes, or how runs are cut", () => {
    const plain = wordingOf([words("States should cooperate"), note("N", "n1")]).hash;
    expect(wordingOf([words("States ", "strong"), words("should cooperate", "underline"), note("N", "n2")]).hash).toBe(
      plain,
    );
  });

  test("[WOR2] does not see white space that changes nothing, nor how accents are encoded", () => {
    const plain = wordingOf([words("Côte d’Ivoire agrees")]).hash;
    expect(wordingOf([words("  Co\u0302te\u00A0\n d’Ivoire"), words("\tagrees \u3000")]).hash).toBe(plain);
  });

  test("[WOR3] sees every letter, the case, punctuation, footnotes and references, and their order", () => {
    const hashes = [
      [words("States should cooperate.")],
      [words("states should cooperate.")],
      [words("States should cooperate")],
      [words("States should co-operate.")],
      [words("States should cooperate."), note("")],
      [words("States should cooperate."), note("a")],
      [words("States should cooperate."), note("b"), note("a")],
      [words("States should cooperate."), note("a"), note("b")],
      [words("States should cooperate."), ref("1111111111111111111111")],
      [words("States should cooperate."), ref("2222222222222222222222")],
    ].map((content) => wordingOf(content).hash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test("[WOR3] a typed object replacement character does not pass for a footnote", () => {
    expect(canonicalText([words("a\uFFFCb"), note("n")])).toBe("a\uFFFDb\uFFFC");
  });

  test("half a surrogate pair, which broken input can hold, is replaced and refused nowhere", () => {
    expect(canonicalText([words("a\uD83D")])).toBe("a\uFFFD");
    expect(canonicalText([words("a\uD83D"), words("\uDE00b")])).toBe("a\uD83D\uDE00b");
  });

  test("the same content is hashed once", () => {
    const content = [words("States")];
    expect(wordingOf(content)).toBe(wordingOf(content));
  });
});

/** The flat text that shows a quote from the canonical text. */
const places = (content: readonly Inline[], quote: string) => {
  const from = canonicalText(content).indexOf(quote);
  const flat = flatToCanonical(content).toFlat({ from, to: from + quote.length });
  return flatText(content).slice(flat.from, flat.to);
};

describe("offsets", () => {
  test("[WOR4] words concerned are drawn at the place where they are in the editor", () => {
    const content = [words("  The  use\u00A0of"), note("n"), words(" cafe\u0301s   by States ")];
    expect(canonicalText(content)).toBe("The use of\uFFFC cafés by States");
    expect(places(content, "use of")).toBe("use\u00A0of");
    expect(places(content, "cafés")).toBe("cafe\u0301s");
    expect(places(content, "by States")).toBe("by States");
    expect(places(content, "of\uFFFC cafés by")).toBe("of\uFFFC cafe\u0301s   by");
  });

  test("[WOR4] a selection becomes a span whose quote is the selected words", () => {
    const content = [words("  The  use of cafe\u0301s   by States ")];
    const select = (selected: string) => {
      const from = flatText(content).indexOf(selected);
      return spanOf(content, { from, to: from + selected.length });
    };
    expect(select("  use of ")).toEqual({ from: 4, to: 10, quote: "use of" });
    expect(select("cafe\u0301s")).toEqual({ from: 11, to: 16, quote: "cafés" });
    expect(select("cafe")?.quote).toBe("café");
    expect(select("   ")).toBeNull();
    expect(spanOf(content, { from: -5, to: 999 })?.quote).toBe("The use of cafés by States");
  });

  test("[WOR4] a span holds only if it quotes the wording at its offsets", () => {
    expect(quotes("The use of", { from: 4, to: 7, quote: "use" })).toBe(true);
    expect(quotes("The use of", { from: 4, to: 8, quote: "use" })).toBe(false);
    expect(quotes("The use of", { from: 8, to: 12, quote: "of" })).toBe(false);
    expect(quotes("The use of", { from: 3, to: 3, quote: "" })).toBe(false);
    expect(quotes("The use of", { from: -2, to: 10, quote: "of" })).toBe(false);
  });

  const units = [
    "a",
    "B",
    "e\u0301",
    "\u0301",
    "\u0323",
    "\u0327",
    " ",
    "\u00A0",
    "\n",
    "\u1112",
    "\u1161",
    "\u11AB",
    "\uAC00",
    "😀",
    "\uD83D",
    "[",
    "文",
    "ﷺ",
    "\u2126",
    "\u0958",
  ];
  const content = fc.array(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.array(fc.constantFrom(...units), { maxLength: 5 }).map((letters) => words(letters.join(""))),
      },
      { weight: 1, arbitrary: fc.constant(note("n")) },
    ),
    { maxLength: 5 },
  );

  test("[WOR4] every range of canonical text goes to the editor and back, in any script", () => {
    fc.assert(
      fc.property(content, (content) => {
        const text = canonicalText(content);
        const offsets = flatToCanonical(content);
        for (let from = 0; from <= text.length; from++) {
          for (let to = from + 1; to <= text.length; to++) {
            if (/\p{Surrogate}/u.test(text.slice(from, to))) continue; // no words begin inside a letter
            const flat = offsets.toFlat({ from, to });
            // What is shown holds the quote: composed, it is or contains the same words.
            const shown = canonicalText([
              { t: "text", text: flatText(content).slice(flat.from, flat.to).replaceAll("\uFFFC", "\uFFFD") },
            ]);
            expect(shown).toContain(text.slice(from, to).replaceAll("\uFFFC", "\uFFFD").trim());
            const back = offsets.toCanonical(flat);
            expect(back.from <= from && back.to >= to).toBe(true);
          }
        }
        expect(offsets.toCanonical({ from: 0, to: flatText(content).length })).toEqual({ from: 0, to: text.length });
      }),
    );
  });
});

test.each([
  ["right-to-left override", "agreed \u202Etext", 7, "U+202E"],
  ["isolate", "\u2066agreed", 0, "U+2066"],
  ["zero-width space", "ag\u200Breed", 2, "U+200B"],
  ["soft hyphen", "ag\u00ADreed", 2, "U+00AD"],
  ["a control", "ag\u0007reed", 2, "U+0007"],
  ["a tag character", "a\u{E0041}", 1, "U+E0041"],
])("[WOR5] %s is found, so that words that hold it cannot be agreed", (_name, text, at, code) => {
  expect(hiddenCharacters(text)).toEqual([{ at, code }]);
});

test("[WOR5] the joiners and marks that Arabic, Persian and Indian scripts need are no trick", () => {
  expect(hiddenCharacters("می\u200Cخواهم \u200Fو क्\u200Dष")).toEqual([]);
});
