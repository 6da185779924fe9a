import { describe, expect, test } from "vitest";
import type { Cells, RowChoices } from "../../shared/domain/comment-table.ts";
import { placesIn } from "../../shared/domain/comment-places.ts";
import { planComments, readCommentTable } from "../../shared/domain/comment-table.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import { understandChange } from "../../shared/domain/proposed-change.ts";
import { actor, idOf, paragraph, Table } from "../support/table.ts";

const heads = [
  "MB/NC",
  "Clause/ Subclause",
  "Type of comment",
  "Comments",
  "Proposed change",
  "Observations of the secretariat",
];

const words = "States should exchange information on threats, and should do so in good time.";

function aTable(): Table {
  const talks = new Table([
    paragraph("a", words),
    paragraph("b", "States recalled that the Charter applies in its entirety to the use of technology."),
    paragraph("c", "in particular its second article;", { level: 1 }),
    paragraph("s", "Some States spoke of a further body.", { part: "chair-summary" }),
  ]);
  talks.circulate();
  return talks;
}

function plan(
  talks: Table,
  seat: string,
  rows: Cells,
  head: readonly string[] = heads,
  choices: RowChoices = new Map(),
) {
  const { record } = talks;
  const table = readCommentTable([head, ...rows]);
  if (!table) throw new Error("no heads were found");
  const { numbers } = numbersToday(record, record.text);
  return planComments(talks.negotiation, { text: record.text, numbers }, table, actor(seat), talks.now, choices);
}

/** What each row becomes, in a line. */
const told = (talks: Table, seat: string, rows: Cells, head?: readonly string[]): readonly string[] =>
  plan(talks, seat, rows, head).rows.map(({ blocks, level, change, troubles }) =>
    [...blocks.map(({ id }) => id.replace(/0+$/, "")), level, change?.change, ...troubles].filter(Boolean).join(" "),
  );

describe("[COM1] the heads of a table", () => {
  test("are found under a title, in the words of standards bodies and of ministries, and what is not read is named", () => {
    const table = readCommentTable([
      ["Template for comments", "", ""],
      [],
      [...heads.slice(0, 2), "Paragraph/ Figure/ Table", ...heads.slice(2)],
      ["XAA", "2", "(a)", "te", "Unclear.", "", "Noted"],
      ["", "", "", "", "", "", ""],
      ["XBB", "", "1", "ed", "", "Delete", ""],
    ]);
    expect(table?.comments).toMatchObject([
      { row: 4, by: "XAA", places: ["2", "(a)"], type: "te", comment: "Unclear.", change: "" },
      { row: 6, by: "XBB", places: ["1"], change: "Delete" },
    ]);
    expect(table?.unread).toEqual(["Observations of the secretariat"]);
    expect(readCommentTable([["Delegation", "Paragraph", "Position", "Reason", "Proposed text"]])?.comments).toEqual(
      [],
    );
  });

  test("are missed where there are none", () => {
    expect(
      readCommentTable([
        ["Date", "Amount"],
        ["1", "2"],
      ]),
    ).toBeNull();
    expect(readCommentTable([])).toBeNull();
  });
});

describe("[COM2] each row", () => {
  test("becomes a concern, a position it names, a proposal, or says why it becomes nothing", () => {
    const head = [...heads, "Position"];
    expect(
      told(
        aTable(),
        "chair",
        [
          ["XAA", "1", "te", "Too vague.", "Make it clearer", "", ""],
          ["XAA", "1", "ge", "We welcome the report.", "", "", ""],
          ["XBB", "Paragraph 2 (a)", "ge", "Not ours.", "", "", "Objection"],
          ["XCC", "1", "ed", "Weak.", "Replace “in good time” with “at once”", "", ""],
          ["XCC", "2", "te", "Weak.", "Delete the paragraph", "", ""],
          ["Nowhere", "1", "te", "No.", "", "", ""],
          ["", "1", "te", "No.", "", "", ""],
          ["XAA", "17", "te", "No.", "", "", ""],
          ["XAA", "1.2", "te", "No.", "", "", ""],
          ["XAA", "", "ge", "Too long.", "", "", ""],
          ["XAA", "1", "te", "No.", "", "", "veto"],
          ["XAA", "1", "ed", "", "", "", ""],
          ["XAA", "Chair's summary 1", "te", "Not all.", "Say which", "", ""],
          ["XAA", "2", "te", "x".repeat(4_001), "", "", ""],
        ],
        head,
      ),
    ).toEqual([
      "a concern",
      "a no-position",
      "c objection",
      "a replace",
      "b delete",
      "a delegation-unknown",
      "a no-delegation",
      "paragraph-unknown",
      "paragraph-unknown",
      "no-paragraph",
      "a level-unknown",
      "a no-words",
      "s concern",
      "b too-long",
    ]);
  });

  test("that asks for no words and names no position is what a person says it is; any other can be left out", () => {
    const rows = [
      ["XAA", "1", "ge", "We welcome the report.", "", ""],
      ["XBB", "1", "ge", "Why so late?", "", ""],
      ["XCC", "1", "te", "Weak.", "Replace “in good time” with “at once”", ""],
      ["XAA", "17", "te", "No.", "", ""],
    ];
    const becomes = (choices: RowChoices) =>
      plan(aTable(), "chair", rows, heads, choices).rows.map(({ isOpen, level, change, troubles }) =>
        [isOpen && "open", level, change?.change, ...troubles].filter(Boolean).join(" "),
      );
    expect(becomes(new Map())).toEqual([
      "open no-position",
      "open no-position",
      "concern replace",
      "paragraph-unknown",
    ]);
    const choices: RowChoices = new Map([
      [2, "support"],
      [3, "nothing"],
      [4, "nothing"],
      [5, "nothing"],
    ]);
    expect(becomes(choices)).toEqual(["open support", "open no-position", "left-out", "paragraph-unknown"]);
    const { acts } = plan(aTable(), "chair", rows, heads, choices);
    expect(acts).toMatchObject([
      { rows: [2], command: { kind: "lodge-position", level: "support", reason: "We welcome the report." } },
    ]);
  });

  test("is of a delegation by its code, its name, or two letters with a number", () => {
    const talks = new Table([paragraph("a", words)], {});
    talks.do("chair", {
      kind: "add-delegation",
      delegation: { code: "FRA" as never, name: "France", kind: "member-state", regionalGroup: "none" },
    });
    talks.circulate();
    const rows = ["fra", "FRANCE", "FR", "FR-012", "Freedonia"].map((by) => [by, "1", "te", "So.", "", ""]);
    expect(plan(talks, "chair", rows).rows.map(({ by }) => by?.code ?? null)).toEqual([
      "FRA",
      "FRA",
      "FRA",
      "FRA",
      null,
    ]);
  });

  test("[COM3] of a delegation's own table is its own, and no other delegation's", () => {
    const own = plan(aTable(), "delegation:XAA", [
      ["", "1", "te", "Too vague.", "Make it clearer", ""],
      ["XAA", "2", "te", "Too long.", "Say it in half", ""],
      ["XBB", "1", "te", "Not ours.", "", ""],
    ]);
    expect(own.rows.map(({ level, troubles }) => level ?? troubles[0])).toEqual(["concern", "concern", "not-yours"]);
    expect(own.acts.map(({ command }) => "onBehalfOf" in command)).toEqual([false, false]);
  });

  test("[COM3] from the chair's team is stated on behalf of the delegation, and awaits its confirmation", () => {
    const talks = aTable();
    const { acts } = plan(talks, "secretariat", [["XAA", "1", "te", "Too vague.", "Make it clearer", ""]]);
    for (const { command } of acts) talks.do("secretariat", command);
    expect([...talks.record.positions.values()]).toMatchObject([{ by: "XAA", level: "concern", confirmed: false }]);
  });
});

describe("[COM8] the paragraphs that a row names", () => {
  const numbers = ["1", "1(a)", "1(b)", "1(b)(i)", "1(b)(ii)", "2", "3", "3 bis", "4"];
  const meant = (written: string): string | null => placesIn(written, numbers)?.join(" ") ?? null;

  test("are lists and ranges, as deep as they are written", () => {
    expect(meant("2-4")).toBe("2 3 3 bis 4");
    expect(meant("paras. 1 to 3")).toBe("1 2 3");
    expect(meant("1, 4 and 3 bis")).toBe("1 3 bis 4");
    expect(meant("4; 1 (a)")).toBe("1(a) 4");
    expect(meant("1 (a) and (b)")).toBe("1(a) 1(b)");
    expect(meant("1(a)–(b), 2")).toBe("1(a) 1(b) 2");
    expect(meant("¶ 1.b (i), (ii)")).toBe("1(b)(i) 1(b)(ii)");
    expect(meant("1(b)(ii) and (a)")).toBe("1(a) 1(b)(ii)");
    expect(meant("Clause 3bis")).toBe("3 bis");
  });

  test("are read past lines, pages and days, which are none", () => {
    expect(meant("p. 4, para 2, lines 12-14")).toBe("2");
    expect(meant("3 (l. 7)")).toBe("3");
    expect(meant("2 of 12 November 2026")).toBe("2");
    expect(meant("2 (2026-11-12)")).toBe("2");
    expect(meant("2, Nov. 12, 2026")).toBe("2");
    // What a spreadsheet makes of "3-4".
    expect(meant("4-Mar")).toBeNull();
    expect(meant("line 3")).toBeNull();
    expect(meant("12/11/2026")).toBeNull();
  });

  test("are none where any of them is not there, or what is written can be read in two ways", () => {
    for (const written of ["2, 17", "2-17", "4-2", "1-2-3", "1 to (a)", "1.2", "12", "all", "2 or 3", ""])
      expect(meant(written)).toBeNull();
  });

  test("get the position each, and a change where it can be of one of them alone", () => {
    const talks = aTable();
    expect(
      told(talks, "chair", [
        ["XAA", "1-2", "te", "Too vague.", "Replace “in good time” by “at once”", ""],
        ["XBB", "1 and 2", "te", "Superfluous.", "Delete this paragraph", ""],
        ["XCC", "1, 3", "te", "No.", "", ""],
      ]),
    ).toEqual(["a b concern replace", "a b concern", "paragraph-unknown"]);
    const { acts } = plan(talks, "chair", [["XBB", "1 and 2", "te", "Superfluous.", "Delete this paragraph", ""]]);
    expect(acts.map(({ command }) => command)).toMatchObject(
      ["a", "b"].map((name) => ({ paragraph: idOf(name), remedy: { kind: "other", text: "Delete this paragraph" } })),
    );
  });

  test("may stand in two columns", () => {
    const head = ["MB/NC", "Clause", "Paragraph", "Position", "Comments"];
    expect(told(aTable(), "chair", [["XAA", "2", "(a)", "Concern"]], head)).toEqual(["c concern"]);
    expect(told(aTable(), "chair", [["XAA", "2", "lines 3-4", "Concern"]], head)).toEqual(["b concern"]);
  });
});

describe("[COM4] what is stated", () => {
  test("is one position for all that a delegation says of a paragraph, so that no row takes the place of another", () => {
    const talks = aTable();
    const { acts, rows } = plan(talks, "delegation:XAA", [
      ["XAA", "1", "te", "Too vague.", "Make it clearer", ""],
      ["XAA", "1", "te", "Too long.", "Say it in half", ""],
    ]);
    expect(rows.map(({ level }) => level)).toEqual(["concern", "concern"]);
    expect(acts).toMatchObject([
      {
        rows: [2, 3],
        command: {
          reason: "Too vague.\nToo long.",
          remedy: { kind: "other", text: "Make it clearer\nSay it in half" },
        },
      },
    ]);
  });

  test("is stated once, however often the table comes", () => {
    const talks = aTable();
    const rows = [
      ["XAA", "1", "te", "Too vague.", "Make it clearer", ""],
      ["XAA", "1", "ed", "Weak.", "Replace “in good time” with “at once”", ""],
    ];
    for (const { command } of plan(talks, "delegation:XAA", rows).acts) talks.do("delegation:XAA", command);
    const again = plan(talks, "delegation:XAA", rows);
    expect(again.acts).toEqual([]);
    expect(again.rows.map(({ troubles }) => troubles)).toEqual([["stands-already"], ["stands-already"]]);
  });

  test("is decided as the server will: what is refused is named with its reason", () => {
    const rows = [["XOB", "1", "te", "We object.", "Delete", "", "objection"]];
    expect(told(aTable(), "chair", rows, [...heads, "Position"])).toEqual(["a not-a-state"]);
    expect(told(aTable(), "chair", [["XOB", "1", "te", "Unclear.", "Delete", ""]])).toEqual(["a concern"]);
  });
});

test("[COM5] a sign that keeps a spreadsheet from running a formula is none of the words", () => {
  const { acts } = plan(aTable(), "delegation:XAA", [["XAA", "1", "te", "'=1+1 is not a reason", "Say why", ""]]);
  expect(acts).toMatchObject([{ command: { reason: "=1+1 is not a reason" } }]);
  const quoted = plan(aTable(), "delegation:XAA", [["XAA", "1", "te", "'sic' stays", "Say why", ""]]);
  expect(quoted.acts).toMatchObject([{ command: { reason: "'sic' stays" } }]);
});

describe("[COM6] a change asked for in free words", () => {
  const made = (asked: string): string | null => {
    const understood = understandChange(asked, words);
    return understood && (understood.text ?? understood.change);
  };

  test("is understood where it quotes words that stand once, deletes the paragraph, or is the paragraph in other words", () => {
    expect(made('Replace "exchange information" by "share information"')).toBe(
      "States should share information on threats, and should do so in good time.",
    );
    expect(made("Delete ‘, and should do so in good time’")).toBe("States should exchange information on threats.");
    expect(made("Insert “all” before “threats”")).toBe(words.replace("threats", "all threats"));
    expect(made("Add “and incidents” after “threats”.")).toBe(words.replace("threats", "threats and incidents"));
    expect(made("Delete this paragraph.")).toBe("delete");
    expect(made("New paragraph after this one: “States should meet.”")).toBeNull();
    expect(made("Add a new paragraph after this one: “States should meet.”")).toBe("States should meet.");
    expect(made("States could exchange information on threats, and do so in good time.")).toBe(
      "States could exchange information on threats, and do so in good time.",
    );
  });

  test("is left to people where it could mean two things or nothing", () => {
    expect(made('Replace "should" by "shall"')).toBeNull();
    expect(made('Replace "must" by "shall"')).toBeNull();
    expect(made("Delete “threat”")).toBeNull();
    expect(made("Make it stronger")).toBeNull();
    expect(made(words)).toBeNull();
    expect(made("")).toBeNull();
  });
});

test("[COM2] ids of paragraphs are those of the text whose numbers are meant", () => {
  const talks = aTable();
  const before = talks.record.text;
  const numbers = numbersToday(talks.record, before).numbers;
  talks.text = [paragraph("n", "A new first paragraph on other matters."), ...talks.text];
  talks.circulate();
  const table = readCommentTable([heads, ["XAA", "1", "te", "Too vague.", "Make it clearer", ""]])!;
  const made = planComments(talks.negotiation, { text: before, numbers }, table, actor("delegation:XAA"), talks.now);
  expect(made.rows[0]?.blocks[0]?.id).toBe(idOf("a"));
  expect(made.acts).toHaveLength(1);
});
