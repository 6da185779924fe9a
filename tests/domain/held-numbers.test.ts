/** Numbers between two versions (SPEC: NUM7–NUM9). */
import { describe, expect, test } from "vitest";
import type { Vacancy } from "../../shared/domain/held-numbers.ts";
import { numbersToday, vacantAfter } from "../../shared/domain/held-numbers.ts";
import { numberText } from "../../shared/domain/numbering.ts";
import type { Block, Text } from "../../shared/domain/text.ts";
import type { EpochMs, ParagraphId } from "../../shared/domain/values.ts";
import type { Version } from "../../shared/domain/versions.ts";
import { emptyRecord } from "../../shared/domain/record.ts";
import { heading, idOf, paragraph } from "../support/table.ts";

/** `a` a paragraph, `b1` a point, `c2` a sub-point, `s!` in the chair's summary, `H` a heading. */
const aText = (sketch: string): Text =>
  sketch.split(" ").map((word): Block => {
    const [, name = "", level = "0", summary] = /^([A-Za-z]+)(\d)?(!)?$/.exec(word)!;
    if (name.startsWith("H")) return heading(name, name);
    return paragraph(name, `Words of ${name}.`, {
      level: Number(level),
      part: summary ? "chair-summary" : "consensus",
    });
  });

const versionOf = (text: Text): Version => ({
  name: "rev-1",
  label: "Rev.1",
  symbol: null,
  date: "2026-11-23",
  note: null,
  seq: 1,
  at: 0 as EpochMs,
  text,
  numbers: numberText(text),
  changes: [],
});

const today = (version: string, draft: string) => {
  const text = aText(draft);
  const { numbers, vacancies } = numbersToday({ ...emptyRecord, versions: [versionOf(aText(version))] }, text);
  return {
    numbers: text.flatMap(({ id }) => numbers.get(id) ?? []).join(" · "),
    vacant: vacancies
      .map(({ number, why, after }) => `${number} ${why} ${after?.replace(/0+$/, "") ?? "-"}`)
      .join(" · "),
  };
};

describe("numbers between versions", () => {
  test("[NUM7] a text as it was issued has its frozen numbers", () => {
    expect(today("a b1 c1 d H e s!", "a b1 c1 d H e s!")).toEqual({
      numbers: "1 · 1(a) · 1(b) · 2 · 3 · 1",
      vacant: "",
    });
  });

  test("[NUM7] a paragraph that moves in its part takes its number along", () => {
    expect(today("a b c d", "a d b c").numbers).toBe("1 · 4 · 2 · 3");
  });

  test.each([
    ["a paragraph", "a b c", "a b x y c", "1 · 2 · 2 bis · 2 ter · 3"],
    ["a point", "a b1 c1 d", "a b1 x1 c1 d", "1 · 1(a) · 1(a bis) · 1(b) · 2"],
    ["a paragraph after points", "a b1 c", "a b1 x c", "1 · 1(a) · 1 bis · 2"],
    ["points under a paragraph that had none", "a b", "a x1 y1 b", "1 · 1(a) · 1(b) · 2"],
    ["points under an inserted paragraph", "a b", "a x y1 z1 b", "1 · 1 bis · 1 bis(a) · 1 bis(b) · 2"],
    ["before the first", "a b", "x y a b", "0 · 0 bis · 1 · 2"],
    ["before the first point", "a b1", "a x1 b1", "1 · 1(0) · 1(a)"],
    ["the first of a part", "a b", "a b x! y!", "1 · 2 · 1 · 2"],
    ["after one that moved", "a b c", "c x a b", "3 · 3 bis · 1 · 2"],
  ])("[NUM8] %s inserted is named after what it follows", (_what, version, draft, numbers) => {
    expect(today(version, draft).numbers).toBe(numbers);
  });

  test("[NUM9] the number of a deleted paragraph stays vacant where it stood, and is not given again", () => {
    expect(today("a b c d", "a c x d")).toEqual({ numbers: "1 · 3 · 3 bis · 4", vacant: "2 deleted a" });
    expect(today("a b c", "x b c")).toEqual({ numbers: "1 bis · 2 · 3", vacant: "1 deleted -" });
    expect(today("a b1 c1 d", "a c1 d").vacant).toBe("1(a) deleted a");
  });

  test("[NUM9] retyped under another id, a paragraph stands after its vacant number", () => {
    expect(today("a b c", "a x c")).toEqual({ numbers: "1 · 2 bis · 3", vacant: "2 deleted a" });
  });

  test("[NUM9] a paragraph moved to the other part leaves its number behind, and has it again on return", () => {
    expect(today("a b c s!", "a c s! b!")).toEqual({ numbers: "1 · 3 · 1 · 1 bis", vacant: "2 moved a" });
    expect(today("a b c s!", "a b c s!").numbers).toBe("1 · 2 · 3 · 1");
  });

  test("[NUM9] a paragraph that became a point leaves its number, and so do its own points", () => {
    expect(today("a b c1 d", "a b1 c2 d")).toEqual({
      numbers: "1 · 1(a) · 1(a)(i) · 3",
      vacant: "2 moved a · 2(a) moved a",
    });
  });

  test("[NUM8] no number is given twice in a part, whatever was done to the text", () => {
    const names = "abcdefghijklmnop".split("");
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    const some = (): string =>
      names
        .filter(() => random(3) > 0)
        .sort(() => random(3) - 1)
        .map((name) => `${name}${random(3)}${random(4) === 0 ? "!" : ""}`)
        .join(" ");
    for (let round = 0; round < 2_000; round++) {
      const [before, after] = [aText(some() || "a"), aText(some() || "b")];
      const { numbers, vacancies } = numbersToday({ ...emptyRecord, versions: [versionOf(before)] }, after);
      for (const part of ["consensus", "chair-summary"] as const) {
        const given = after.filter((block) => block.part === part).map(({ id }) => numbers.get(id));
        const vacant = vacancies.filter((one) => one.part === part).map(({ number }) => number);
        expect(new Set([...given, ...vacant]).size, `seed 7, round ${round}`).toBe(given.length + vacant.length);
      }
    }
  });
});

test("[NUM7] before any version the numbers are simply counted", () => {
  const text = aText("a b c");
  expect(numbersToday({ ...emptyRecord, versions: [] }, text).numbers.get(idOf("c"))).toBe("3");
});

test("[NUM9] a vacant number is shown after the block it stood after, in its part, or at the beginning", () => {
  const [a, b, c] = ["a", "b", "c"].map(idOf) as [ParagraphId, ParagraphId, ParagraphId];
  const vacancy = (id: ParagraphId, number: string, after: ParagraphId | null): Vacancy => ({
    id,
    number,
    part: "consensus",
    after,
    why: "deleted",
  });
  const vacancies = [vacancy(a, "1", null), vacancy(b, "2", c), vacancy(c, "3", b)];
  const found = vacantAfter([...vacancies, { ...vacancies[0]!, part: "chair-summary" }], "consensus", [
    { id: c, kind: "paragraph" },
  ]);
  expect([...found].map(([after, all]) => [after, all.map(({ number }) => number)])).toEqual([
    [null, ["1", "3"]],
    [c, ["2"]],
  ]);
});

test("[NUM9] a vacant number is never above the title, and stays where it was when its heading has left the part with it", () => {
  const first = idOf("a");
  const title: Block = { ...aText("H")[0]!, id: idOf("h") };
  const vacancy: Vacancy = { id: first, number: "1", part: "consensus", after: null, why: "moved" };
  expect([...vacantAfter([vacancy], "consensus", [title]).keys()]).toEqual([title.id]);
  expect(today("H a b HJ c", "H a b HJ c!").vacant).toBe("3 moved b");
});
