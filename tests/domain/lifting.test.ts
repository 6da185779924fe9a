import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bracketsOf } from "../../shared/domain/brackets.ts";
import { present } from "../../shared/domain/disclosure.ts";
import { consentTo, liftBracket } from "../../shared/domain/lifting.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { flatText } from "../../shared/domain/text.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const words = (text: string): Inline[] => [{ t: "text", text }];
const lift = (text: string, at: number, how: "keep" | "drop" | "choose"): string | null => {
  const content = liftBracket(words(text), at, how);
  return content && flatText(content);
};

describe("[BRA9] lifting a bracket", () => {
  test.each([
    ["States [shall] consult.", 7, "keep", "States shall consult."],
    ["States [shall] consult.", 7, "drop", "States consult."],
    ["States consult [, at once].", 15, "drop", "States consult."],
    ["[Urgently] States consult.", 0, "drop", "States consult."],
    ["States [Halvern: shall] consult.", 7, "keep", "States shall consult."],
    ["States [shall][should] consult.", 7, "choose", "States shall consult."],
    ["States [shall] / [should] / [may] consult.", 17, "choose", "States should consult."],
    ["States [shall [urgently]] consult.", 14, "keep", "States [shall urgently] consult."],
    ["States [shall [urgently]] consult.", 7, "drop", "States consult."],
    ["States [shall consult.", 7, "keep", "States shall consult."],
    ["[may][shall] consult", 0, "keep", "may [shall] consult"],
    ["[may][shall] consult", 5, "keep", "[may] shall consult"],
    ["[noted][, and welcomed] it", 0, "keep", "noted[, and welcomed] it"],
    ["State[s] consult", 5, "keep", "States consult"],
  ] as const)("%s at %i, %s: %s", (text, at, how, after) => {
    expect(lift(text, at, how)).toBe(after);
  });

  test("where no bracket opens, or there is nothing to choose from, nothing is lifted", () => {
    expect(lift("States [shall] consult.", 8, "keep")).toBeNull();
    expect(lift("States [shall] consult.", 99, "keep")).toBeNull();
    expect(lift("States [shall] consult.", 7, "choose")).toBeNull();
    expect(lift("[a] and [b]", 0, "choose")).toBeNull();
  });

  const piece = fc.constantFrom("[", "]", "States", " ", "shall", "\uFFFC", "Halvern: ", "/", "é", "[should]", "[may]");
  const content = fc
    .array(piece, { maxLength: 14 })
    .map((pieces): Inline[] =>
      pieces.map((text, index) =>
        text === "\uFFFC"
          ? { t: "footnote", id: `n${index}`, text: "A note." }
          : { t: "text", text, marks: index % 3 ? [] : ["em"] },
      ),
    );

  test("keeping every bracket, one after the other, leaves each word, note and mark, and no bracket that could be lifted", () => {
    fc.assert(
      fc.property(content, (start) => {
        let now = start;
        for (let guard = 0; guard < 50; guard++) {
          const [first] = bracketsOf(canonicalText(now)).all;
          if (!first) break;
          const next = liftBracket(now, first.from, "keep")!;
          const text = canonicalText(now);
          const inner = text.slice(first.wordsFrom, first.to - (first.closed ? 1 : 0));
          const letters = (of: string): string => of.replaceAll(" ", "");
          expect(letters(canonicalText(next))).toBe(letters(text.slice(0, first.from) + inner + text.slice(first.to)));
          now = next;
        }
        expect(bracketsOf(canonicalText(now)).all).toEqual([]);
        expect(now.filter(({ t }) => t === "footnote")).toEqual(start.filter(({ t }) => t === "footnote"));
      }),
      { numRuns: 3_000 },
    );
  });

  test("dropping or choosing takes nothing from outside of the bracket and its alternatives, and doubles no space", () => {
    fc.assert(
      fc.property(content, fc.nat(), fc.constantFrom("drop" as const, "choose" as const), (start, nth, how) => {
        const text = canonicalText(start);
        const { all } = bracketsOf(text);
        const bracket = all[nth % Math.max(1, all.length)];
        const next = bracket && liftBracket(start, bracket.from, how);
        if (!bracket || !next) return;
        const after = canonicalText(next);
        const kept = how === "drop" ? "" : text.slice(bracket.wordsFrom, bracket.to - (bracket.closed ? 1 : 0));
        const letters = (of: string): string => of.replaceAll(" ", "");
        expect(letters(after)).toContain(letters(kept));
        expect(after).not.toMatch(how === "drop" && !text.includes("  ") ? / {2}/ : /^$a/);
        if (how === "drop") expect(letters(after)).toBe(letters(text.slice(0, bracket.from) + text.slice(bracket.to)));
        else expect(bracketsOf(after).all.length).toBeLessThan(all.length);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("the act", () => {
  const text = "States [shall] consult [XBB: in good time].";
  const table = (): Table => {
    const talks = new Table([paragraph("a", text)]);
    talks.circulate();
    return talks;
  };
  const command = (talks: Table, at = 7, how: "keep" | "drop" = "keep") =>
    ({ kind: "lift-bracket", paragraph: idOf("a"), wording: talks.wording("a"), at, how }) as const;

  test("[BRA10] writes the draft, names both wordings, and leaves what was circulated as it was", () => {
    const talks = table();
    const before = talks.wording("a");
    talks.do("secretariat", command(talks));
    expect(flatText(talks.block("a").content)).toBe("States shall consult [XBB: in good time].");
    expect(talks.entries.at(-1)?.what).toEqual({
      kind: "bracket-lifted",
      paragraph: idOf("a"),
      how: "keep",
      words: "[shall]",
      before,
      after: talks.wording("a"),
      drafting: true,
    });
    expect(flatText(talks.record.text[0]!.content)).toBe(text);
  });

  test("[BRA10] its entry is the team's with the chair's pen, and everybody's on screen", () => {
    for (const method of ["chair-pen", "on-screen"] as const) {
      const talks = new Table([paragraph("a", text)], { method });
      talks.circulate();
      talks.do("chair", command(talks));
      const seen = present(talks.entries.at(-1)!, { kind: "delegation", code: "XAA" as DelegationCode }, talks.record);
      expect("sealed" in seen).toBe(method === "chair-pen");
    }
  });

  test("[BRA10] on other words than these, where none opens, by others than the team, and in agreed words it is refused", () => {
    const talks = table();
    const earlier = command(talks);
    talks.do("chair", earlier);
    expect(talks.refusal("chair", earlier)).toBe("wording-stale");
    expect(talks.refusal("chair", command(talks, 3))).toBe("bracket-unknown");
    expect(talks.refusal("delegation:XAA", command(talks))).toBe("not-allowed");
    talks.do("chair", command(talks, 21, "drop"));
    talks.circulate();
    talks.gavel("a");
    expect(talks.refusal("chair", command(talks))).toBe("agreed");
  });

  test("[BRA11] who objects to the words and who is named are told, and an objection outlives its bracket", () => {
    const talks = table();
    talks.object("XAA", "a", "shall");
    talks.object("XCC", "a");
    const block = talks.block("a");
    expect(consentTo(talks.record, block, 7, "keep").map(({ by, why }) => [by, why])).toEqual([
      ["XAA", "objects"],
      ["XCC", "objects"],
    ]);
    expect(consentTo(talks.record, block, 23, "keep").map(({ by, why }) => [by, why])).toEqual([
      ["XBB", "asked"],
      ["XCC", "objects"],
    ]);
    talks.do("chair", command(talks));
    talks.do("chair", command(talks, 21, "drop"));
    talks.circulate();
    expect(talks.status("a")).toBe("contested");
  });
});

test("[BRA11] whoever spoke on an alternative is told of when another is chosen", () => {
  const talks = new Table([paragraph("a", "States [shall][should] consult [at once].")]);
  talks.circulate();
  const words = flatText(talks.block("a").content);
  const from = words.indexOf("should");
  const span = { from, to: from + 6, quote: "should" };
  const on = { paragraph: idOf("a"), wording: talks.wording("a"), span };
  talks.do("delegation:XAA", { kind: "lodge-position", level: "concern", ...on });
  talks.do("delegation:XBB", { kind: "lodge-position", level: "support", ...on });
  expect(consentTo(talks.record, talks.block("a"), 7, "choose")).toEqual([{ by: "XAA", why: "speaks" }]);
  expect(consentTo(talks.record, talks.block("a"), 7, "keep")).toEqual([]);
});
