/**
 * A chair who tries to have words agreed against which an objection stands: by disguise, by hiding, by going the long way round, and by
 * speaking for its author (SPEC: FOL, POS).
 */
import { describe, expect, test } from "vitest";
import type { Command } from "../../shared/domain/commands.ts";
import type { Level } from "../../shared/domain/positions.ts";
import { concernsOf } from "../../shared/domain/concerns.ts";
import { objectionsTo, orphans } from "../../shared/domain/status.ts";
import type { Block } from "../../shared/domain/text.ts";
import type { DelegationCode, PositionId } from "../../shared/domain/values.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const words =
  "States should cooperate on the security of information networks and share what they learn with all other States in a timely manner.";
const dialogue = "Regular dialogue among all States continues under the auspices of the organisation each year.";
const programme =
  "The working group took note of the programme of work proposed by its chair and agreed to meet again in the spring of next year.";

function aTable(...more: Block[]): Table {
  const table = new Table([paragraph("a", words), paragraph("c", dialogue), paragraph("f", programme), ...more]);
  table.circulate();
  return table;
}

/** Paragraph `a` goes, these come. */
function replace(table: Table, ...by: Block[]): void {
  table.text = table.text.flatMap((block) => (block.id === idOf("a") ? by : [block]));
  table.circulate();
}

const noted = (body: string, note: string): Block =>
  paragraph("d", body, {
    content: [
      { t: "text", text: body },
      { t: "footnote", id: "n", text: note },
    ],
  });

/** The objection stands, and whoever names this paragraph is told of it. */
function mustBeContested(table: Table, name: string, objection: PositionId): void {
  expect(table.position(objection).standing).toBe("standing");
  expect(objectionsTo(table.record, table.block(name)).map(({ id }) => id)).toContain(objection);
  expect(table.mayGavel(name)).toBe("contested");
}

describe("words in disguise", () => {
  const lookalikes: Readonly<Record<string, string>> = {
    a: "а",
    c: "с",
    e: "е",
    i: "і",
    o: "о",
    p: "р",
    s: "ѕ",
    y: "у",
  };
  test.each([
    ["Cyrillic letters", words.replace(/[aceiopsy]/g, (letter) => lookalikes[letter] ?? letter)],
    ["grapheme joiners", words.replaceAll("e", "e\u034F")],
    ["variation selectors", words.replaceAll("e", "e\uFE0E")],
    ["letters that are not drawn", words.replaceAll("e", "e\u3164")],
    ["hyphens, and one word changed", words.replace(/(\w\w)(\w\w)/g, "$1-$2").replace("timely", "prompt")],
    ["hair spaces, and one word changed", words.replace(/(\w)(\w)/g, "$1\u200A$2").replace("timely", "prompt")],
    [
      "its clauses in another order",
      "In a timely manner and with all other States, share what they learn; on the security of information networks, States should cooperate.",
    ],
  ])("[FOL4] retyped with %s, a paragraph keeps its objection (security C4)", (_, disguised) => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    replace(table, paragraph("d", disguised));
    mustBeContested(table, "d", objection);
  });

  test("[FOL4] hidden in a footnote, words keep their objection", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    replace(table, noted("Noted.", words));
    mustBeContested(table, "d", objection);
  });

  test("[FOL4] some words of a paragraph, hidden in a footnote of another one, keep their objection", () => {
    const table = aTable();
    const objection = table.object("XAA", "a", "share what they learn with all other States");
    replace(
      table,
      paragraph("a", "States should cooperate on the security of information networks."),
      noted(`${dialogue} Again.`, "They share what they learn with all other States."),
    );
    mustBeContested(table, "d", objection);
  });

  test("[FOL5] a decoy that holds the words does not free a paragraph that says them in another order", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    const turned =
      "In a timely manner with all other States, share what they learn; on the security of information networks, States should cooperate.";
    replace(table, paragraph("a", turned), paragraph("d", words));
    mustBeContested(table, "a", objection);
    table.text = table.text.filter(({ id }) => id !== idOf("d"));
    table.circulate();
    mustBeContested(table, "a", objection);
  });
});

describe("the long way round", () => {
  test.each(["consensus", "chair-summary"] as const)(
    "[FOL4] a copy that stood in the %s part beforehand is objected to with the paragraph",
    (part) => {
      const table = aTable(paragraph("s", words, { part }));
      const objection = table.object("XAA", "a");
      replace(table);
      if (part === "chair-summary") table.move("s", "consensus");
      mustBeContested(table, "s", objection);
    },
  );

  test("[FOL4] a paragraph that resembled the words beforehand takes the objection on when it becomes nearly them", () => {
    const table = aTable(
      paragraph(
        "s",
        "States should cooperate on the security of networks and share what they learn with others some day.",
      ),
    );
    const objection = table.object("XAA", "a");
    table.retype("s", words.replace("timely", "prompt"));
    replace(table);
    mustBeContested(table, "s", objection);
  });

  const unlike = "Delegations recalled a wholly distinct matter concerning budget lines for interpretation services.";

  const [aLong, bLong, cLong] = ["budget", "staff", "venue"].map(
    (matter) =>
      `On the matter of the ${matter} the working group heard several reports, asked a number of questions to those who gave them, thanked them for the ${matter} answers received, and will come back to all of it in due course;`,
  ) as [string, string, string];
  const thirds = [words.slice(0, 44), words.slice(44, 87), words.slice(87)] as const;

  test("[FOL4] words cut in thirds into three long paragraphs stay objected to on each", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    const filler = [aLong, bLong, cLong];
    replace(
      table,
      ...["x", "y", "z"].map((name, index) => paragraph(name, `${filler[index]} ${thirds[index]} ${filler[index]}`)),
    );
    for (const name of ["x", "y", "z"]) mustBeContested(table, name, objection);
  });

  test("[FOL4] words taken away one third a circulation stay objected to on each", () => {
    const table = aTable(paragraph("x", aLong), paragraph("y", bLong), paragraph("z", cLong));
    const objection = table.object("XAA", "a");
    table.retype("x", `${aLong} ${thirds[0]}`);
    table.circulate();
    table.retype("y", `${bLong} ${thirds[1]}`);
    table.circulate();
    mustBeContested(table, "a", objection);
    expect(table.position(objection).on).toEqual([idOf("a")]);
    table.retype("z", `${cLong} ${thirds[2]}`);
    replace(table);
    for (const name of ["x", "y", "z"]) mustBeContested(table, name, objection);
  });

  test("[FOL4] words of a footnote alone, pasted as text when the paragraph goes, stay objected to", () => {
    const note = "Pending the report of the expert group on verification.";
    const table = new Table([noted(words, note), paragraph("c", dialogue), paragraph("f", programme)]);
    table.circulate();
    const objection = table.object("XAA", "d");
    table.text = [paragraph("e", `${aLong} ${note} ${bLong}`), ...table.text.filter(({ id }) => id !== idOf("d"))];
    table.circulate();
    mustBeContested(table, "e", objection);
  });

  test("[FOL4] a reference in a footnote that other paragraphs share carries no objection to them", () => {
    const reference = "See General Assembly resolution 75/240, paragraph 1.";
    const table = new Table([noted(words, reference), paragraph("c", dialogue)]);
    table.circulate();
    const objection = table.object("XAA", "d");
    table.text = [...table.text, { ...noted(programme, reference), id: idOf("e") }];
    table.circulate();
    expect(table.position(objection).on).toEqual([idOf("d")]);
  });

  describe("cut and pasted into the chair's summary, without a move", () => {
    const orphaned = (table: Table): PositionId[] => orphans(table.record).map(({ id }) => id);

    test.each([
      ["at once", (table: Table) => replace(table, paragraph("d", words, { part: "chair-summary" }))],
      [
        "in two circulations",
        (table: Table) => {
          replace(table);
          table.text = [...table.text, paragraph("d", words, { part: "chair-summary" })];
          table.circulate();
        },
      ],
      [
        "as a copy beforehand",
        (table: Table) => {
          table.text = [...table.text, paragraph("d", words, { part: "chair-summary" })];
          table.circulate();
          replace(table);
        },
      ],
      [
        "tagged by the team before anyone sees it",
        (table: Table) => {
          table.text = table.text.flatMap((block) => (block.id === idOf("a") ? [paragraph("d", words)] : [block]));
          table.do("chair", { kind: "move-paragraph", paragraph: idOf("d"), to: "chair-summary" });
          table.circulate();
        },
      ],
      [
        "as a heading that becomes a paragraph",
        (table: Table) => {
          replace(table, paragraph("d", words, { part: "chair-summary", kind: "heading" }));
          expect(orphaned(table)).toEqual([]);
          table.text = table.text.map((block) => (block.id === idOf("d") ? { ...block, kind: "paragraph" } : block));
          table.circulate();
        },
      ],
    ])("[FOL8] %s, words suspend no objection", (_, paste) => {
      const table = aTable();
      const objection = table.object("XAA", "a");
      paste(table);
      expect(table.position(objection).on).toEqual([idOf("d")]);
      expect(orphaned(table)).toEqual([objection]);
      expect(concernsOf(table.record, table.record.text, "XAA" as DelegationCode)).toEqual([
        expect.objectContaining({ kind: "words-removed", position: table.position(objection) }),
      ]);
      // Moved back it stands; moved away on the record it is suspended.
      table.move("d", "consensus");
      expect(orphaned(table)).toEqual([]);
      mustBeContested(table, "d", objection);
      table.move("d", "chair-summary");
      table.circulate();
      expect(orphaned(table)).toEqual([]);
    });

    test("[FOL8] what was moved there on the record may be cut and pasted within the summary", () => {
      const table = aTable();
      const objection = table.object("XAA", "a");
      table.move("a", "chair-summary");
      replace(table, paragraph("d", words, { part: "chair-summary" }));
      expect(table.position(objection).on).toEqual([idOf("d")]);
      expect(orphaned(table)).toEqual([]);
    });
  });

  test("[FOL7] removed and put back, a paragraph has the objection that stood on it, whatever its words were by then", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    table.retype("a", unlike);
    table.circulate();
    const { text } = table;
    replace(table);
    expect(orphans(table.record).map(({ id }) => id)).toEqual([objection]);
    table.text = text;
    table.circulate();
    mustBeContested(table, "a", objection);
  });

  test("[FOL4] edited away in place and then pasted elsewhere, a paragraph takes its objection along", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    table.retype("a", unlike);
    table.circulate();
    replace(table, paragraph("d", unlike.replace("wholly", "quite")));
    mustBeContested(table, "d", objection);
  });
});

describe("speaking for the author", () => {
  const heard = (table: Table, level: Level, replaces?: PositionId): Command => ({
    kind: "lodge-position",
    paragraph: idOf("a"),
    wording: table.wording("a"),
    level,
    onBehalfOf: "XAA" as DelegationCode,
    ...(replaces && { replaces }),
  });

  test.each(["support", "accept", "question", "concern", "reservation", "awaiting-instructions", "objection"] as const)(
    "[POS7] [POS8] the chair's team cannot end an objection by recording that its author said: %s",
    (level) => {
      const table = aTable();
      const objection = table.object("XAA", "a");
      expect(table.refusal("chair", heard(table, level, objection))).toBe("not-yours");
      if (table.refusal("secretariat", heard(table, level)) === null) table.do("secretariat", heard(table, level));
      mustBeContested(table, "a", objection);
    },
  );

  test("[POS8] an objection heard from the floor is not softened from the floor", () => {
    const table = aTable();
    const objection = table.do("chair", heard(table, "objection")) as PositionId;
    expect(table.refusal("chair", heard(table, "reservation", objection))).toBe("not-yours");
  });

  test("[POS9] an objection that came to stand on two paragraphs is not taken off one by another on the other", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    replace(table, paragraph("a", words.slice(0, 67)), paragraph("d", words.slice(67)));
    table.object("XAA", "a");
    mustBeContested(table, "d", objection);
  });
});
