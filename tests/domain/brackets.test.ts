import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BracketNode, Brackets } from "../../shared/domain/brackets.ts";
import { bracketsOf, hasOpenBrackets, isBracketed } from "../../shared/domain/brackets.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { bracketedDrafts } from "../support/negotiated-texts.ts";

/** The tree as nested lists of words, `!` before a bracket that is not closed. */
function sketch(text: string): unknown {
  const walk = (nodes: readonly BracketNode[]): unknown[] =>
    nodes.map((node) => {
      if (node.kind === "words") return text.slice(node.from, node.to);
      if (node.kind === "stray-close") return "stray ]";
      return node.closed ? walk(node.children) : ["!", ...walk(node.children)];
    });
  return walk(bracketsOf(text).tree);
}

const numbers = (text: string) => bracketsOf(text).all.map((bracket) => bracket.alternative);
const by = (text: string) => bracketsOf(text).all.map((bracket) => bracket.attribution);
const holds = (text: string) => bracketsOf(text).all.map((bracket) => bracket.holds);

test("[BRA1] brackets nest", () => {
  expect(sketch("States [should [voluntarily] cooperate [on [all] matters]].")).toEqual([
    "States ",
    ["should ", ["voluntarily"], " cooperate ", ["on ", ["all"], " matters"]],
    ".",
  ]);
  expect(bracketsOf("a [b [c [d]]]")).toMatchObject({ opens: 3, closes: 3, depth: 3, unclosed: 0, strayCloses: 0 });
  expect(bracketsOf("a [b [c [d]] e] [f]").all.map((bracket) => bracket.depth)).toEqual([1, 2, 3, 1]);
});

test("[BRA2] a bracket that is not closed reaches to the end of its paragraph, and one that was not opened closes nothing", () => {
  expect(sketch("a [b [c] d")).toEqual(["a ", ["!", "b ", ["c"], " d"]]);
  expect(sketch("a] b [c]] d")).toEqual(["a", "stray ]", " b ", ["c"], "stray ]", " d"]);
  expect(bracketsOf("a] [b [c [d]")).toMatchObject({ opens: 3, closes: 2, strayCloses: 1, unclosed: 2, depth: 3 });
});

test("[BRA3] brackets side by side are alternatives, numbered within their group", () => {
  expect(numbers("Parties [shall][should][other] report")).toEqual([1, 2, 3]);
  expect(numbers("Parties [shall] [should] report [and]/[or] cooperate [soon]")).toEqual([1, 2, 1, 2, null]);
  expect(numbers("[a [x][y]] [b]")).toEqual([1, 1, 2, 2]);
  expect(numbers("[a] and [b]")).toEqual([null, null]);
  expect(bracketsOf("[a][b] c [d] [e] [f]").alternatives).toBe(3);
});

test("[BRA4] a paragraph has open brackets when it opens one; a stray closing bracket opens nothing", () => {
  expect(["[a]", "a [b", "a ［b］"].map(hasOpenBrackets)).toEqual([true, true, true]);
  expect(["a", "a] b", "(a) {b}"].map(hasOpenBrackets)).toEqual([false, false, false]);
});

test("[BRA4] a bracket in a footnote is open as well", () => {
  const noting = (text: string): readonly Inline[] => [
    { t: "text", text: "States agree." },
    { t: "footnote", id: "f1", text },
  ];
  expect(isBracketed(noting("[Placeholder for a reservation]"))).toBe(true);
  expect(isBracketed(noting("See A/75/816."))).toBe(false);
});

test("[BRA5] who asked for a bracket is read from its beginning", () => {
  expect(by("[Freedonia: and other measures]")).toEqual(["Freedonia"]);
  expect(by("[Freedonia, Sylvania and the Coastal Group: and [Osterlich: other] measures]")).toEqual([
    "Freedonia, Sylvania and the Coastal Group",
    "Osterlich",
  ]);
  expect(by("［弗里多尼亚：其他措施］ [فريدونيا: تدابير]")).toEqual(["弗里多尼亚", "فريدونيا"]);
  expect(by("[as follows: a, b]")).toEqual([null]);
  expect(by("[Option 1: no text] [Article 4: scope] [Placeholder for: finance]")).toEqual([null, null, null]);
  expect(by("[States agree. They: cooperate] [the ratio 1:2] [10:30]")).toEqual([null, null, null]);
  const [bracket] = bracketsOf("a [Freedonia: b]").all;
  expect("a [Freedonia: b]".slice(bracket!.wordsFrom)).toBe("b]");
});

test("[BRA6] an empty bracket and a placeholder are told from words", () => {
  expect(holds("[] [ ] [Freedonia: ]")).toEqual(["nothing", "nothing", "nothing"]);
  expect(holds("[X] [xx] [...] [….] [TBD] [__] [Placeholder for Article 5]")).toEqual([
    "placeholder",
    "placeholder",
    "placeholder",
    "words",
    "placeholder",
    "placeholder",
    "placeholder",
  ]);
  expect(holds("[shall] [not]")).toEqual(["words", "words"]);
});

/** Everything the tree covers, put together again. */
function leaves(nodes: readonly BracketNode[], text: string): string {
  return nodes
    .map((node) => {
      if (node.kind !== "bracket") return text.slice(node.from, node.to);
      return (
        text.slice(node.from, node.wordsFrom) + leaves(node.children, text) + (node.closed ? text[node.to - 1] : "")
      );
    })
    .join("");
}

describe("random strings of brackets", () => {
  const text = fc
    .array(
      fc.constantFrom(
        "[",
        "]",
        "[",
        "]",
        "［",
        "］",
        " ",
        "/",
        ":",
        "Freedonia",
        "a",
        "X",
        "…",
        "\n",
        "\uFFFC",
        "\uD83D",
        "文",
      ),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join(""));

  test("[BRA7] the parser never throws and never alters text: the leaves put together are the text", () => {
    fc.assert(
      fc.property(text, (text) => {
        const brackets = bracketsOf(text);
        expect(leaves(brackets.tree, text)).toBe(text);
        expect(brackets.opens + brackets.strayCloses - brackets.unclosed).toBe(brackets.closes);
        expect(brackets.opens > 0).toBe(hasOpenBrackets(text));
        expect(brackets.opens + brackets.closes).toBe(text.replace(/[^[\]［］]/g, "").length);
      }),
      { numRuns: 1000 },
    );
  });

  test("[BRA7] a hundred thousand brackets are read in a moment", () => {
    const from = performance.now();
    expect(bracketsOf("[".repeat(50_000) + "]".repeat(50_001))).toMatchObject({ depth: 50_000, strayCloses: 1 });
    expect(performance.now() - from).toBeLessThan(1000);
  });
});

/** The preparation that the counting program makes: front matter, links, footnote marks and attributes away; blocks at blank lines and list marks. */
function blocksOf(markdown: string): string[] {
  const text = markdown
    .replace(/^---.*?---/s, "")
    .replace(/\[\^\d+\](:)?/g, "")
    .replace(/\[([^[\]]*)\]\((http[^)]*)\)/g, "$1")
    .replace(/^\[[^\]]*\]:\s*http.*$/gm, "")
    .replace(/\[([^[\]]*)\]\[source\]/g, "$1")
    .replace(/\{[:.][^}]*\}/g, "");
  return text.split(/\n\s*\n|\n(?=\s*(?:\d+\.|\([a-z]+\)|-|\*) )/).filter((block) => block.trim() !== "");
}

const within = (ours: number, theirs: number) => expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(theirs * 0.01);

for (const { name, markdown, metrics } of bracketedDrafts) {
  test(`[BRA8] the brackets of ${name} are counted as another program counts them`, () => {
    const blocks = blocksOf(markdown).map(bracketsOf);
    const sum = (count: (brackets: Brackets) => number) => blocks.reduce((all, one) => all + count(one), 0);
    within(blocks.length, metrics.blocks);
    within(
      sum((one) => one.opens),
      metrics.open,
    );
    within(
      sum((one) => one.closes),
      metrics.close,
    );
    within(
      sum((one) => Number(one.opens + one.closes > 0)),
      metrics.blocksWithBracket,
    );
    within(
      sum((one) => Number(one.opens !== one.closes)),
      metrics.blocksUnbalanced,
    );
    within(
      sum((one) => one.all.filter((bracket) => bracket.holds === "nothing").length),
      metrics.emptyBrackets,
    );
    expect(Math.max(...blocks.map((one) => one.depth))).toBe(metrics.maxDepthWithinBlock);
  });
}
