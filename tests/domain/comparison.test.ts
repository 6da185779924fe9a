/** Two texts beside each other (SPEC: VER8). */
import { expect, test } from "vitest";
import type { Numbered } from "../../shared/domain/comparison.ts";
import { alignment, compare } from "../../shared/domain/comparison.ts";
import { numberText } from "../../shared/domain/numbering.ts";
import { redline } from "../../shared/domain/redline.ts";
import type { Text } from "../../shared/domain/text.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import { paragraph } from "../support/table.ts";

const numbered = (text: Text): Numbered => ({ text, numbers: numberText(text) });
const text = (names: string, words: (name: string) => string = (name) => `Words of ${name}.`): Text =>
  names.split(" ").map((name) => {
    const bare = name.replace("!", "");
    return paragraph(bare, words(bare), { part: name.endsWith("!") ? "chair-summary" : "consensus" });
  });
const rows = (before: Text, after: Text) =>
  compare(numbered(before), numbered(after), "consensus").map(({ id, was, number, kinds, left }) =>
    `${id.replace(/0+$/, "")} ${was ?? "-"}>${number ?? "-"} ${left ? "left" : kinds.join("+")}`.trim(),
  );

test("[VER8] a paragraph that moved is shown where it stands, and as gone from where it stood", () => {
  expect(rows(text("a b c d"), text("a d b c"))).toEqual(["a 1>1", "d 4>2 order", "b 2>3", "c 3>4", "d 4>2 left"]);
});

test("[VER8] what was removed stands where it stood, what is new where it stands, what went to the other part is told", () => {
  expect(rows(text("a b c d"), text("a x c d!"))).toEqual([
    "a 1>1",
    "b 2>- removed",
    "x ->2 added",
    "c 3>3",
    "d 4>1 left",
  ]);
  expect(rows(text("a b! c!"), text("a b c!"))).toEqual(["a 1>1", "b 1>2 part"]);
});

test("[VER8] several versions are read row by row, nothing left out", () => {
  const order = alignment([text("a b c"), text("a c x"), text("c a y")]).map((id) => id.replace(/0+$/, ""));
  expect(order).toHaveLength(5);
  expect(order.filter((id) => "cay".includes(id))).toEqual(["c", "a", "y"]);
  expect(new Set(order)).toEqual(new Set(["a", "b", "c", "x", "y"]));
});

test("[VER8] a redline of two versions of 300 paragraphs takes less than ten times the 50 ms it may take", () => {
  const long = (name: string): string =>
    `States ${name} should share what they learn, in good time and within their means. `.repeat(6);
  const names = Array.from({ length: 300 }, (_, index) => `p${index}x`).join(" ");
  const before = numbered(text(names, long));
  const after = numbered(
    text(names, (name) => long(name).replaceAll("should share", name.endsWith("7x") ? "shall share" : "should share")),
  );
  compare(before, after, "consensus");
  const begun = performance.now();
  const changed = compare(before, after, "consensus").filter(({ kinds }) => kinds.length > 0);
  for (const row of changed) redline(canonicalText(row.before!.content), canonicalText(row.after!.content));
  const took = performance.now() - begun;
  expect(changed).toHaveLength(30);
  expect(took).toBeLessThan(500);
});
