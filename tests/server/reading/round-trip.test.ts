/** What is changed in a file of ours comes back as just that (SPEC: RET): random edits, as Word writes them. */
import { describe, expect, test } from "vitest";
import { canonicalText } from "../../../shared/domain/wording.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import type { ReadDocument, ReadPiece, Tracked } from "../../../server/reading/read-document.ts";
import { readFile } from "../../../server/reading/read-file.ts";
import { readingLimits } from "../../../server/reading/reading-limits.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiation, h, idOf, p, s } from "../../support/negotiations.ts";
import type { Chance } from "../../support/random.ts";
import { chance } from "../../support/random.ts";
import { asked, downloaded, uploaded } from "../../support/returning-files.ts";
import { WordProcessor } from "../../support/word-processor.ts";

const subjects = ["States", "Delegations", "Regional organisations", "Interested parties", "Technical experts"];
const verbs = ["underlined", "recalled", "stressed", "reaffirmed", "welcomed", "noted"];
const objects = ["the value of a directory", "the need for capacity", "the role of confidence", "the growing threats"];

const sentence = (by: Chance, index: number): string =>
  `${by.pick(subjects)} ${by.pick(verbs)} ${by.pick(objects)} under item ${index}, and ${by.pick(verbs)} ${by.pick(objects)}.`;

/** Two headings, points, footnotes, a reference, both parts; some proposals and positions of others, printed in review. */
function someTalks(by: Chance): ANegotiation {
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

interface Edits {
  readonly expected: Map<string, string>;
  comments: number;
}

const everywhere = [2, 3, 4, 5, 7, 8, 9, 10, 11];
/** The words of the others' proposals. */
const besides = everywhere.filter((index) => index !== 7 && index !== 8);

/** Some edits, each on a paragraph of its own, and what they ask for. */
function edit(file: WordProcessor, by: Chance, indexes: readonly number[]): Edits {
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

/** Every change in the file, counted by itself. */
function changesIn(document: ReadDocument, by: string): number {
  const isOf = ({ inserted, deleted }: Tracked): boolean => inserted?.by === by || deleted?.by === by;
  const inPieces = (pieces: readonly ReadPiece[]): number => pieces.filter((piece) => isOf(piece)).length;
  return document.paragraphs.reduce((sum, { pieces, end }) => sum + inPieces(pieces) + Number(isOf(end)), 0);
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

describe.each([
  { isTracking: true, mode: "clean" },
  { isTracking: false, mode: "clean" },
  { isTracking: true, mode: "review" },
  { isTracking: false, mode: "review" },
] as const)("[RET1] [RET9] tracking $isTracking, in $mode", ({ isTracking, mode }) => {
  const seeds = process.env["SEED"]
    ? [Number(process.env["SEED"])]
    : Array.from({ length: 25 }, (_, index) => index + 1);
  test.each(seeds)("seed %i: exactly the edits made come back, and all is accounted for", async (seed) => {
    const by = chance(seed);
    const talks = someTalks(by);
    const file = new WordProcessor(await downloaded(talks, mode), { isTracking });
    const { expected, comments } = edit(file, by, mode === "clean" ? everywhere : besides);
    const bytes = file.save();
    const returned = uploaded(talks, bytes);
    const plain = (text: string): string => text.replaceAll(/\{[^}]*\}/g, "").replaceAll(/<[^>]*>/g, "1");
    expect(
      new Map(asked(returned).map(([change, id, text]) => [`${change} ${id}`, plain(text)])),
      `seed ${seed}`,
    ).toEqual(expected);
    expect(
      returned.comments.map(({ paragraph }) => paragraph).filter((id): id is ParagraphId => id !== null),
    ).toHaveLength(comments);
    const document = readFile(bytes, readingLimits);
    expect(sum(returned.accounted.paragraphs)).toBe(document.paragraphs.length);
    expect(sum(returned.accounted.tracked)).toBe(changesIn(document, "Jane Doe"));
    expect(returned.untabled).toEqual([]);
  });
});
