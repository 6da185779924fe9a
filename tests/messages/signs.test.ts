import { expect, test } from "vitest";
import type { Inline } from "../../shared/domain/text.ts";
import { readable, readableRedline } from "../../shared/messages/signs.ts";
import { idOf } from "../support/negotiations.ts";

const note = (id: string): Inline => ({ t: "footnote", id, text: "A/RES/1" });
const words = (text: string): Inline => ({ t: "text", text });

test("in a line a footnote is its number and a reference what it refers to, and nothing is a box", () => {
  const content: Inline[] = [
    words("agreed"),
    note("n1"),
    words(" in paragraph "),
    { t: "ref", to: idOf(3) },
    words(" and"),
    note("n2"),
  ];
  expect(readable(content, () => "3(a)")).toBe("agreed¹ in paragraph 3(a) and²");
  expect(readable("agreed\uFFFC")).toBe("agreed*");
});

test("in a redline a footnote that stays is no change, though it has another number now", () => {
  const was: Inline[] = [words("agreed"), note("n1"), words(" and noted"), note("n2")];
  const is: Inline[] = [words("agreed and noted"), note("n2")];
  expect(readableRedline(was, is)).toEqual([
    { kind: "same", text: "agreed" },
    { kind: "deleted", text: "¹" },
    { kind: "same", text: " and noted¹" },
  ]);
});
