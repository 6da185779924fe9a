/** What a paragraph is called, wherever it is spoken of (SPEC: NUM10). */
import { expect, test } from "vitest";
import { markOf, numberOf } from "../../shared/messages/numbers.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { sayParagraphs } from "../../shared/messages/silence.ts";
import { mention } from "../../shared/messages/tell.ts";
import { toMarkdown } from "../../server/publication/markdown.ts";
import { aNegotiation, h, idOf, p, s } from "../support/negotiations.ts";

const voice = voiceIn("en");

test("[NUM10] a number alone is of the consensus text; the other part is said with it, short where there is little room", () => {
  const { record, text } = aNegotiation(h("Norms"), p("States should cooperate."), s("Some States agreed."));
  const telling = { record, text, voice };
  const names = [1, 2, 3].map((index) => {
    const id = idOf(index);
    return [numberOf(id, telling), markOf(id, telling), mention(id, telling).words];
  });
  expect(names).toEqual([
    ["", null, "the heading “Norms”"],
    ["1", "¶1", "paragraph 1"],
    ["1 of the chair's summary", "summary ¶1", "paragraph 1 of the chair's summary"],
  ]);
  expect(sayParagraphs([idOf(2), idOf(3)], telling)).toBe("paragraphs 1 and 1 of the chair's summary");
});

test("[NUM10] a reference from one part to the other says which it means, in a file too", () => {
  const talks = aNegotiation(
    p([
      { t: "text", text: "States recall paragraph " },
      { t: "ref", to: idOf(2) },
      { t: "text", text: "." },
    ]),
    s([
      { t: "text", text: "Some States recalled paragraph " },
      { t: "ref", to: idOf(1) },
      { t: "text", text: "." },
    ]),
  );
  const written = toMarkdown(talks.report({ kind: "team" }));
  expect(written).toContain("States recall paragraph 1 of the chair's summary.");
  expect(written).toContain("Some States recalled paragraph 1.");
});
