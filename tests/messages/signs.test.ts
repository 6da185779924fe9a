import { expect, test } from "vitest";
import type { Inline } from "../../shared/domain/text.ts";
import { readable, readableRedline } from "../../shared/messages/signs.ts";
import { idOf } from "../support/negotiations.ts";

const note = (id: string): Inline => ({ t: "footnote", id, text: "A/RES/1" });
const words = (text: string): Inline => ({ t: "text", text });

test("[NUM11] in a line a footnote is its number in the report and a reference what it refers to, and nothing is a box", () => {
  const content: Inline[] = [
    words("agreed"),
    note("n1"),
    words(" in paragraph "),
    { t: "ref", to: idOf(3) },
    words(" and"),
    note("n2"),
  ];
  const notes = new Map([
    ["n1", 4],
    ["n2", 12],
  ]);
  expect(readable(content, { numberOf: () => "3(a)", notes })).toBe("agreed⁴ in paragraph 3(a) and¹²");
  // Which of the report's notes it is nobody can say here.
  expect(readable(content)).toBe("agreed* in paragraph … and*");
  expect(readable("agreed\uFFFC")).toBe("agreed…");
});

test("[NUM11] in a redline a footnote that stays is no change, though it has another number now", () => {
  const was: Inline[] = [words("agreed"), note("n1"), words(" and noted"), note("n2")];
  const is: Inline[] = [words("agreed and noted"), note("n2")];
  const redlined = (then?: ReadonlyMap<string, number>) =>
    readableRedline(was, is, { notes: new Map([["n2", 7]]) }, then && { notes: then })
      .map(({ kind, text }) => (kind === "deleted" ? `−${text}−` : text))
      .join("");
  expect(
    redlined(
      new Map([
        ["n1", 7],
        ["n2", 8],
      ]),
    ),
  ).toBe("agreed−⁷− and noted⁷");
  expect(redlined()).toBe("agreed−*− and noted⁷");
});

test("[NUM11] what stayed is called as it is called on the side of which more than its letters is known", () => {
  const content: Inline[] = [words("agreed"), note("n1"), words(" today")];
  const numbers = { notes: new Map([["n1", 3]]) };
  const told = (runs: ReturnType<typeof readableRedline>) => runs.map(({ text }) => text).join("|");
  expect(told(readableRedline("agreed\uFFFC now", content, numbers))).toContain("agreed³ ");
  expect(told(readableRedline(content, "agreed\uFFFC now", numbers))).toContain("agreed³ ");
});
