/** Numbers of paragraphs that are typed as words (SPEC: TYR). */
import { describe, expect, test } from "vitest";
import { nextEdition } from "../../shared/domain/editions.ts";
import { numbersAfresh, numbersToday } from "../../shared/domain/held-numbers.ts";
import { importText } from "../../shared/domain/import-text.ts";
import type { Inline, Text } from "../../shared/domain/text.ts";
import { editText, embedCharacter, flatText } from "../../shared/domain/text.ts";
import { typedNumbers } from "../../shared/domain/typed-numbers.ts";
import { typedReferences, withReferences } from "../../shared/domain/typed-references.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { bracketedDrafts } from "../support/negotiated-texts.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const found = (words: string): string[] =>
  typedNumbers(words).map(
    ({ from, to, number, part }) => `${words.slice(from, to)} = ${part === "consensus" ? "" : "summary "}${number}`,
  );

describe("a number of a paragraph in words", () => {
  test.each([
    ["States recalled paragraph 5.", ["5 = 5"]],
    ["in paragraphs 5 and 6 above", ["5 = 5", "6 = 6"]],
    ["paragraphs 1, 2 and 4 (a) (ii), and 7", ["1 = 1", "2 = 2", "4 (a) (ii) = 4(a)(ii)", "7 = 7"]],
    ["see para. 5 (a) and (b)", ["5 (a) = 5(a)", "(b) = 5(b)"]],
    ["paras. 7–9 below", ["7 = 7", "9 = 9"]],
    ["paragraph 3 bis and paragraph 3ter", ["3 bis = 3 bis", "3ter = 3 ter"]],
    ["paragraph 3 (a bis) of the present report", ["3 (a bis) = 3(a bis)"]],
    ["Paragraph 2 of the chair’s summary", ["2 of the chair’s summary = summary 2"]],
    ["paragraph 5 (aa)", ["5 (aa) = 5(aa)"]],
    ["this report (paragraph 4)", ["4 = 4"]],
    ["[paragraph 5] [and paragraph 6]", ["5 = 5", "6 = 6"]],
    ["paragraph 5, 12 States", ["5 = 5"]],
    [`paragraphs ${embedCharacter} and 6`, ["6 = 6"]],
  ])("[TYR1] is found: %s", (words, numbers) => expect(found(words)).toEqual(numbers));

  test.each([
    "paragraph 5 of resolution 78/237",
    "General Assembly resolution 77/36, paragraph 2",
    "decision 1/CP.18 paragraph 51",
    "A/RES/78/237, para. 5",
    "Article 4, paragraphs 3, 4 and 5, and paragraph 9, of the Convention",
    "Article [3, paragraph 2]",
    "annex I, paragraph 2",
    "paragraph 4 of this Article",
    "paragraph 1, subparagraph (d), of the Convention",
    "paragraph 2 (option 2 (a)) of that Article",
    "the Convention, paragraph 4",
    "paragraph 12 thereof",
    "paragraph 26, decision 2/CP.17",
    "decision paragraphs 44 and 45",
    "paragraph 8 (A/78/237)",
    "preambular paragraph 3",
    "subparagraph 5",
    "paragraph 5.2",
    "paragraph 78/237",
    "5 paragraphs",
  ])("[TYR2] of another document, or none, is left alone: %s", (words) => expect(found(words)).toEqual([]));

  test.runIf(bracketedDrafts.length > 0)("[TYR2] in five real drafts no number of another document is taken", () => {
    const taken = bracketedDrafts.flatMap(({ markdown }) =>
      markdown
        .split("\n")
        .flatMap((line) =>
          typedNumbers(line).map(
            ({ from, to }) =>
              `${line.slice(Math.max(0, from - 60), from)}‹${line.slice(from, to)}›${line.slice(to, to + 30)}`,
          ),
        ),
    );
    expect(taken.length).toBeGreaterThan(50);
    // Looked at one by one: these two are of a paper that was sent in.
    const others = taken
      .filter((words) => !/(?:above|below)/.test(words))
      .filter((words) => /submission on/.test(words));
    expect(others).toHaveLength(2);
    expect(
      taken.filter((words) => /(?:articles?|decision|resolution) [^ ]*\d[^ ]*,? paragraphs? ‹/i.test(words)),
    ).toEqual([]);
    expect(taken.filter((words) => /›,? of (?!the present|this)/i.test(words))).toEqual([]);
  });
});

const troubles = (table: Table, issuing = false): string[] =>
  typedReferences(table.record, table.text, issuing ? numbersAfresh(table.record, table.text) : undefined).map(
    ({ paragraph: holder, words, trouble, names, targets }) =>
      [name(holder), words, trouble ?? "fine", name(names), targets.map(name).join("+")].join(" "),
  );
const name = (id: ParagraphId | null): string => id?.replace(/0+$/, "") ?? "-";
const move = (table: Table, id: string, after: string | null): void => {
  table.text = editText(table.text, [
    { kind: "place-block", paragraph: idOf(id), after: after === null ? null : idOf(after) },
  ]);
};
const three = (): Table =>
  new Table([
    paragraph("a", "States met."),
    paragraph("b", "States agreed."),
    paragraph("c", "They recalled paragraph 2."),
  ]);

describe("what a typed number names", () => {
  test("[TYR3] it names what has the number, nothing, or its own paragraph", () => {
    const table = new Table([
      paragraph("a", "See paragraph 2, paragraph 1 and paragraph 9."),
      paragraph("b", "States agreed."),
      paragraph("s", "See paragraph 2, and paragraph 1 of the chair's summary.", { part: "chair-summary" }),
    ]);
    expect(troubles(table)).toEqual([
      "a 2 fine b b",
      "a 1 itself a ",
      "a 9 none - ",
      "s 2 fine b b",
      "s 1 of the chair's summary itself s ",
    ]);
  });

  test("[TYR3] after a move it is told that the number names another paragraph, or its own, through later circulations", () => {
    const table = three();
    table.circulate();
    move(table, "b", null);
    expect(troubles(table)).toEqual(["c 2 changed a b+a"]);
    table.circulate();
    move(table, "c", "b");
    table.circulate();
    expect(troubles(table)).toEqual(["c 2 changed c b"]);
  });

  test("[TYR3] words that name another number mean what they name when they come", () => {
    const table = three();
    table.circulate();
    move(table, "b", null);
    table.retype("c", "They recalled paragraph 1.");
    expect(troubles(table)).toEqual(["c 1 fine b b"]);
    table.circulate();
    expect(troubles(table)).toEqual(["c 1 fine b b"]);
  });

  test("[TYR3] before a version it is asked by the numbers that the version gives", () => {
    const table = three();
    table.do("chair", { kind: "issue-version", label: "Zero draft" });
    move(table, "b", null);
    // Between versions numbers stay with their paragraphs.
    expect(numbersToday(table.record, table.text).numbers.get(idOf("b"))).toBe("2");
    expect(troubles(table)).toEqual(["c 2 fine b b"]);
    expect(troubles(table, true)).toEqual(["c 2 changed a b+a"]);
  });

  test("[TYR3] a paragraph that was removed leaves a number that names nothing", () => {
    const table = three();
    table.circulate();
    table.text = editText(table.text, [{ kind: "remove-block", paragraph: idOf("b") }]);
    expect(troubles(table)).toEqual(["c 2 changed c "]);
  });

  test("[TYR4] alternatives share a number and are left alone", () => {
    const table = three();
    table.circulate();
    table.do("chair", { kind: "group-alternatives", paragraphs: [idOf("a"), idOf("b")] });
    table.retype("c", "They recalled paragraph 1.");
    expect(troubles(table)).toEqual([]);
  });
});

test("[TYR4] references take the place of the numbers and of nothing else", () => {
  const content: readonly Inline[] = [
    { t: "text", text: "See paragraphs " },
    { t: "text", text: "1 and 2", marks: ["strong"] },
    { t: "text", text: "." },
  ];
  const [one, two] = typedNumbers(flatText(content));
  expect(
    withReferences(content, [
      { ...one!, target: idOf("a") },
      { ...two!, target: idOf("b") },
    ]),
  ).toEqual([
    { t: "text", text: "See paragraphs " },
    { t: "ref", to: idOf("a") },
    { t: "text", text: " and ", marks: ["strong"] },
    { t: "ref", to: idOf("b") },
    { t: "text", text: "." },
  ]);
});

describe("[TYR5] a text from outside", () => {
  const read = (source: string) => {
    let count = 0;
    return importText(source, "plain", () => idOf(`n${++count}`));
  };
  /** Each reference by the beginning of the paragraph it refers to. */
  const referring = (text: Text): string[] =>
    text.map(({ content }) =>
      content
        .map((inline) =>
          inline.t === "ref"
            ? `{${flatText(text.find(({ id }) => id === inline.to)!.content).split(" ")[0]}}`
            : inline.text,
        )
        .join(""),
    );

  test("refers by the numbers that it writes itself, which are others here", () => {
    const {
      text,
      referring: made,
      report,
    } = read(
      "Alpha preamble.\n\n7. Bravo.\n\n8. Charlie, see paragraph 7 and paragraph 9 (a).\n\n9. Delta:\n\n(a) Echo.",
    );
    expect(report.references).toEqual({ found: 2, renumbered: 2 });
    expect(referring(made)[2]).toBe("Charlie, see paragraph {Bravo.} and paragraph {Echo.}.");
    expect(flatText(text[2]!.content)).toContain("paragraph 7");
  });

  test("where numbers begin anew they are those of the same row", () => {
    const { referring: made } = read(
      "ARTICLE ONE\n\n1. Alpha.\n\n2. Bravo, see paragraph 1.\n\nARTICLE TWO\n\n1. Charlie.\n\n2. Delta, see paragraph 1 and paragraph 3.\n\n3. Echo.",
    );
    expect(referring(made).filter((words) => words.includes("see"))).toEqual([
      "Bravo, see paragraph {Alpha.}.",
      "Delta, see paragraph {Charlie.} and paragraph {Echo.}.",
    ]);
  });

  test("without written numbers those count that it gets", () => {
    const { referring: made, report } = read("Alpha.\n\nBravo, see paragraph 1 and paragraph 7.");
    expect(report.references).toEqual({ found: 1, renumbered: 0 });
    expect(referring(made)[1]).toBe("Bravo, see paragraph {Alpha.} and paragraph 7.");
  });

  test("as a later edition refers to the paragraphs it is recognised as, and keeps references that stand", () => {
    const source = "1. States met in the spring of that year.\n\n2. They recalled paragraph 1 and what it says.";
    const text = read(source).referring.map((block, index) => ({ ...block, id: idOf(`k${index}`) }));
    const standing = text.map((block) => ({
      ...block,
      content: block.content.map((inline) => (inline.t === "ref" ? { ...inline, to: idOf("k0") } : inline)),
    }));
    const next = nextEdition(new Table(standing).negotiation, read(source).referring);
    expect(next).toMatchObject({ ok: true, value: { edits: [] } });
  });

  test("where we have a reference a later edition's number goes on being one, asked for or not, in agreed words too", () => {
    const source = "1. States met in the spring of that year.\n\n2. They recalled paragraph 1 and what it says.";
    const ours = read(source).referring;
    const talks = new Table(ours);
    talks.circulate();
    talks.gavel(ours[1]!.id);
    const next = (words: string) => {
      const edition = read(words);
      return nextEdition(talks.negotiation, edition.text, edition);
    };
    expect(next(source)).toMatchObject({ ok: true, value: { edits: [] } });
    expect(next(source.replace("paragraph 1", "paragraph 7"))).toMatchObject({ refusal: { code: "agreed" } });
  });
});
