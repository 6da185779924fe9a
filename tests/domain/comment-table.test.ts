import { describe, expect, test } from "vitest";
import type { Cells } from "../../shared/domain/comment-table.ts";
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

function plan(talks: Table, seat: string, rows: Cells, head: readonly string[] = heads) {
  const { record } = talks;
  const table = readCommentTable([head, ...rows]);
  if (!table) throw new Error("no heads were found");
  const { numbers } = numbersToday(record, record.text);
  return planComments(talks.negotiation, { text: record.text, numbers }, table, actor(seat), talks.now);
}

/** What each row becomes, in a line. */
const told = (talks: Table, seat: string, rows: Cells, head?: readonly string[]): readonly string[] =>
  plan(talks, seat, rows, head).rows.map(({ block, level, change, troubles }) =>
    [block?.id.replace(/0+$/, ""), level, change?.change, ...troubles].filter(Boolean).join(" "),
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
          ["XAA", "1", "te", "Too vague.", "", "", ""],
          ["XBB", "Paragraph 2 (a)", "ge", "Not ours.", "", "", "Objection"],
          ["XCC", "1", "ed", "Weak.", "Replace “in good time” with “at once”", "", ""],
          ["XCC", "2", "te", "Weak.", "Delete the paragraph", "", ""],
          ["Nowhere", "1", "te", "No.", "", "", ""],
          ["", "1", "te", "No.", "", "", ""],
          ["XAA", "17", "te", "No.", "", "", ""],
          ["XAA", "1-2", "te", "No.", "", "", ""],
          ["XAA", "1.2", "te", "No.", "", "", ""],
          ["XAA", "", "ge", "Too long.", "", "", ""],
          ["XAA", "1", "te", "No.", "", "", "veto"],
          ["XAA", "1", "ed", "", "", "", ""],
          ["XAA", "Chair's summary 1", "te", "Not all.", "", "", ""],
          ["XAA", "2", "te", "x".repeat(4_001), "", "", ""],
        ],
        head,
      ),
    ).toEqual([
      "a concern",
      "c objection",
      "a replace",
      "b delete",
      "a delegation-unknown",
      "a no-delegation",
      "paragraph-unknown",
      "paragraph-unknown",
      "paragraph-unknown",
      "no-paragraph",
      "a level-unknown",
      "a no-words",
      "s concern",
      "b too-long",
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
      ["", "1", "te", "Too vague.", "", ""],
      ["XAA", "2", "te", "Too long.", "", ""],
      ["XBB", "1", "te", "Not ours.", "", ""],
    ]);
    expect(own.rows.map(({ level, troubles }) => level ?? troubles[0])).toEqual(["concern", "concern", "not-yours"]);
    expect(own.acts.map(({ command }) => "onBehalfOf" in command)).toEqual([false, false]);
  });

  test("[COM3] from the chair's team is stated on behalf of the delegation, and awaits its confirmation", () => {
    const talks = aTable();
    const { acts } = plan(talks, "secretariat", [["XAA", "1", "te", "Too vague.", "", ""]]);
    for (const { command } of acts) talks.do("secretariat", command);
    expect([...talks.record.positions.values()]).toMatchObject([{ by: "XAA", level: "concern", confirmed: false }]);
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
      ["XAA", "1", "te", "Too vague.", "", ""],
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
  const { acts } = plan(aTable(), "delegation:XAA", [["XAA", "1", "te", "'=1+1 is not a reason", "", ""]]);
  expect(acts).toMatchObject([{ command: { reason: "=1+1 is not a reason" } }]);
  const quoted = plan(aTable(), "delegation:XAA", [["XAA", "1", "te", "'sic' stays", "", ""]]);
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
  const table = readCommentTable([heads, ["XAA", "1", "te", "Too vague.", "", ""]])!;
  const made = planComments(talks.negotiation, { text: before, numbers }, table, actor("delegation:XAA"), talks.now);
  expect(made.rows[0]?.block?.id).toBe(idOf("a"));
  expect(made.acts).toHaveLength(1);
});
