import { expect, test } from "vitest";
import type { WordChange } from "../../../shared/domain/remedies.ts";
import { changesFor, contentAfter } from "../../../client/report/their-words.ts";
import { flatText } from "../../../shared/domain/text.ts";
import type { Remedy } from "../../../shared/domain/positions.ts";

const text = "Each State designates a point of contact, available at all hours, by next year.";
const paragraph = { text, content: [{ t: "text", text }] } as const;
const quote = "available at all hours";
const span = { from: text.indexOf(quote), to: text.indexOf(quote) + quote.length, quote };

function after(remedy: Remedy, about: { span?: typeof span; stale?: boolean } = { span }): string | null {
  const changes = changesFor({ remedy, stale: false, standing: true, ...about }, paragraph);
  return (
    changes &&
    changes.reduce((flat, { from, to, words }: WordChange) => flat.slice(0, from) + words + flat.slice(to), text)
  );
}

test("the asked words take the place of the words concerned, and of nothing else", () => {
  expect(after({ kind: "replace", text: "within its capacity" })).toBe(
    "Each State designates a point of contact, within its capacity, by next year.",
  );
});

test("added words stand after the words concerned, or at the end before the stop", () => {
  expect(after({ kind: "add", text: "where possible" })).toContain("at all hours where possible, by next year.");
  expect(after({ kind: "add", text: ", if it can" })).toContain("at all hours, if it can, by");
  expect(after({ kind: "add", text: "at the latest" }, {})).toMatch(/by next year at the latest\.$/);
});

test("deleting leaves no doubled space, and brackets go around", () => {
  expect(after({ kind: "delete" })).toBe("Each State designates a point of contact,, by next year.");
  const first = { span: { from: 0, to: 4, quote: "Each" } };
  expect(after({ kind: "delete" }, first)).toMatch(/^State designates/);
  expect(after({ kind: "bracket" })).toContain("contact, [available at all hours], by");
});

test("words that moved are found again; words that are gone offer nothing", () => {
  const moved = { span: { from: 0, to: quote.length, quote }, stale: true };
  expect(after({ kind: "replace", text: "always" }, moved)).toContain("contact, always, by");
  const gone = { span: { from: 0, to: 4, quote: "gone words" }, stale: true };
  expect(after({ kind: "replace", text: "always" }, gone)).toBeNull();
});

test("going back to the earlier words changes what differs, and nothing else", () => {
  const earlier = [{ t: "text", text: "Each State may designate a point of contact by next year." }] as const;
  const back = { remedy: { kind: "revert" }, stale: false, standing: true } as const;
  const changes = changesFor(back, paragraph, earlier)!;
  expect(flatText(contentAfter(paragraph.content, changes))).toBe(earlier[0].text);
  expect(changes.map(({ words }) => words.trim()).toReversed()).toEqual(["may designate", ""]);
  expect(changesFor(back, paragraph, paragraph.content)).toBeNull();
  expect(changesFor(back, paragraph, null)).toBeNull();
  // A footnote that is gone does not come back as a letter.
  expect(changesFor(back, paragraph, [...earlier, { t: "footnote", id: "a", text: "See A." }])).toBeNull();
});

test("what is no change of words offers none", () => {
  expect(after({ kind: "move-to-chair-summary" })).toBeNull();
  expect(after({ kind: "other", text: "Consult us." })).toBeNull();
  expect(after({ kind: "delete" }, {})).toBeNull();
});
