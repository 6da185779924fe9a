/** Random edits, as a person makes them in a file of ours at whatever program, and what they ask for. */
import { canonicalText } from "../../shared/domain/wording.ts";
import type { ANegotiation } from "./negotiations.ts";
import { aNegotiation, h, idOf, p, s } from "./negotiations.ts";
import type { Chance } from "./random.ts";

/** What a person does to a paragraph of ours. Places are in its words as they are to be seen. */
export interface Hands {
  wordsOf(id: string): string;
  replace(id: string, from: number, to: number, words: string): void;
  comment(id: string, from: number, to: number, text: string): void;
  deleteParagraph(id: string): void;
  insertParagraph(after: string, words: string): void;
  split(id: string, at: number): void;
}

const subjects = ["States", "Delegations", "Regional organisations", "Interested parties", "Technical experts"];
const verbs = ["underlined", "recalled", "stressed", "reaffirmed", "welcomed", "noted"];
const objects = ["the value of a directory", "the need for capacity", "the role of confidence", "the growing threats"];

const sentence = (by: Chance, index: number): string =>
  `${by.pick(subjects)} ${by.pick(verbs)} ${by.pick(objects)} under item ${index}, and ${by.pick(verbs)} ${by.pick(objects)}.`;

/** Two headings, points, footnotes, a reference, both parts; some proposals and positions of others, printed in review. */
export function someTalks(by: Chance): ANegotiation {
  const talks = aNegotiation(
    h("Introduction"),
    p(sentence(by, 2)),
    p([
      { t: "text", text: sentence(by, 3) },
      { t: "footnote", id: "f1", text: "See A/75/816." },
    ]),
    p(sentence(by, 4), 1),
    p(
      [
        { t: "text", text: "As in paragraph " },
        { t: "ref", to: idOf(2) },
        { t: "text", text: `, ${sentence(by, 5)}` },
      ],
      1,
    ),
    h("Norms"),
    p(sentence(by, 7)),
    p(sentence(by, 8)),
    p(`${sentence(by, 9)} ${sentence(by, 10)}`),
    s(sentence(by, 11)),
    s(sentence(by, 12)),
  );
  talks.does("delegation:XAA", {
    kind: "table-proposal",
    paragraph: idOf(7),
    wording: talks.wordingOf(7),
    text: canonicalText(talks.text[6]!.content).replace(/^(\w+)/, "All $1, without exception,"),
  });
  talks.does("delegation:XAC", {
    kind: "table-proposal",
    paragraph: idOf(8),
    wording: talks.wordingOf(8),
    change: "delete",
  });
  talks.does("delegation:XAC", {
    kind: "table-proposal",
    paragraph: idOf(3),
    wording: talks.wordingOf(3),
    change: "insert-after",
    text: "A new one.",
  });
  talks.objects("XAA", 4, { reason: "Too soon." });
  return talks;
}

const words = ["promptly", "in good faith", "as appropriate", "without delay", "by consensus"];

export interface Edits {
  readonly expected: Map<string, string>;
  comments: number;
}

export const everywhere = [2, 3, 4, 5, 7, 8, 9, 10, 11];
/** The words of the others' proposals. */
export const besides = everywhere.filter((index) => index !== 7 && index !== 8);

/** Some edits, each on a paragraph of its own, and what they ask for. */
export function edit(file: Hands, by: Chance, indexes: readonly number[]): Edits {
  const edits: Edits = { expected: new Map(), comments: 0 };
  const { expected } = edits;
  const free = indexes.filter(() => by() < 0.5);
  for (const index of free) {
    const id = idOf(index);
    const before = file.wordsOf(id);
    const spaces = [...before.matchAll(/ /g)].map((match) => match.index);
    const [from, to] = [by.pick(spaces.slice(0, 4)), by.pick(spaces.slice(5))];
    switch (by.below(index === 5 ? 4 : 8)) {
      case 0:
        file.replace(id, from + 1, from + 1, `${by.pick(words)} `);
        expected.set(`replace ${id}`, file.wordsOf(id));
        break;
      case 1:
        file.replace(id, from, to, "");
        expected.set(`replace ${id}`, file.wordsOf(id));
        break;
      case 2:
        file.replace(id, from + 1, to, by.pick(words));
        if (by() < 0.5) file.replace(id, 0, 0, "Therefore ");
        expected.set(`replace ${id}`, file.wordsOf(id));
        break;
      case 3:
        file.comment(id, from + 1, to, `Why ${by.pick(words)}?`);
        edits.comments++;
        break;
      case 4:
        file.deleteParagraph(id);
        expected.set(`delete ${id}`, "");
        break;
      case 5: {
        const fresh = `${by.pick(subjects)} shall report ${by.pick(words)} on item ${index} bis.`;
        file.insertParagraph(id, fresh);
        expected.set(`insert-after ${id}`, fresh);
        break;
      }
      case 6:
        file.split(id, to + 1);
        expected.set(`replace ${id}`, before.slice(0, to));
        expected.set(`insert-after ${id}`, before.slice(to + 1));
        break;
      case 7:
        file.replace(id, before.length, before.length, ` And ${by.pick(words)}.`);
        expected.set(`replace ${id}`, file.wordsOf(id));
    }
  }
  return edits;
}
