import { expect, test } from "vitest";

import { en } from "../../shared/messages/en/index.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { clockInNewYork, dayInNewYork, momentInUtc } from "../../shared/messages/times.ts";

const { say, pieces, list } = voiceIn("en");

test("A sentence is said with its values in place.", () => {
  expect(say("words.paragraph", { number: "12(a)" })).toBe("Paragraph 12(a)");
});

test("A plural chooses its form by the count and writes the number as the language does.", () => {
  expect(say("words.counted.objection", { count: 1 })).toBe("1 delegation objects");
  expect(say("words.counted.objection", { count: 1284 })).toBe("1,284 delegations object");
});

test("The other remedy is a sentence, although a plural has a form of that name.", () => {
  expect(say("words.remedy.other")).toBe("Something else");
});

test("Pieces keep values that are more than words apart from the words.", () => {
  const link = { href: "#para-1" };
  expect(pieces("record.lodged.objection", { who: "Freedonia", paragraph: link })).toEqual([
    "Freedonia",
    " objected to ",
    link,
  ]);
});

test("A language that is not translated yet says it in English and keeps its direction.", () => {
  expect(voiceIn("ar").say("words.part.consensus")).toBe("Consensus text");
  expect(voiceIn("ar").dir).toBe("rtl");
  expect(voiceIn("fr").dir).toBe("ltr");
});

test("Names are listed as the language lists them.", () => {
  expect(list(["Lunari", "Velkany", "Kasimbe"])).toBe("Lunari, Velkany and Kasimbe");
});

test("Values are never read as sentences again.", () => {
  expect(say("words.paragraph", { number: "{number}" })).toBe("Paragraph {number}");
});

test("Every sentence is written with typographic quotation marks, and no placeholder is left empty.", () => {
  const sentences: string[] = [];
  const walk = (tree: object) => {
    for (const value of Object.values(tree)) {
      if (typeof value === "string") sentences.push(value);
      else walk(value as object);
    }
  };
  walk(en);
  expect(sentences.length).toBeGreaterThan(50);
  for (const sentence of sentences) {
    expect(sentence).not.toContain('"');
    expect(sentence).not.toMatch(/\{\W*\}/);
  }
});

test("A moment is written in New York time and in UTC, with the day in UTC only when it differs.", () => {
  const evening = Date.UTC(2026, 10, 5, 23, 0);
  expect(dayInNewYork(evening, "en")).toBe("5 November 2026");
  expect(clockInNewYork(evening, "en")).toBe("18:00");
  expect(momentInUtc(evening, "en")).toBe("23:00");
  expect(momentInUtc(evening + 3_600_000, "en")).toBe("6 November 2026, 00:00");
});
