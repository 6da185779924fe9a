import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { planComments, readCommentTable } from "../../../shared/domain/comment-table.ts";
import { numbersToday } from "../../../shared/domain/held-numbers.ts";
import { composeReport } from "../../../shared/domain/report.ts";
import { viewerOf } from "../../../shared/domain/roster.ts";
import { wordingOf } from "../../../shared/domain/wording.ts";
import { commentsAsCsv } from "../../../server/publication/csv.ts";
import { actor, paragraph, Table } from "../../support/table.ts";

const text = [
  paragraph("a", "States should exchange information on threats, and should do so in good time."),
  paragraph("b", "States recalled that the Charter applies."),
  paragraph("s", "Some States spoke of a further body.", { part: "chair-summary" }),
];

function circulated(): Table {
  const talks = new Table(text);
  talks.circulate();
  return talks;
}

function plan(talks: Table, csv: string) {
  const table = readCommentTable(parse(csv, { bom: true }))!;
  const { numbers } = numbersToday(talks.record, talks.record.text);
  return planComments(talks.negotiation, { text: talks.record.text, numbers }, table, actor("chair"), talks.now);
}

test("[COM7] a table of comments that we wrote is read back: on the same talks it states nothing anew, on others the same", () => {
  const talks = circulated();
  const about = (index: number) => ({ paragraph: text[index]!.id, wording: wordingOf(text[index]!.content).hash });
  talks.do("delegation:XAA", { kind: "lodge-position", ...about(0), level: "objection", reason: '=cmd|"/c calc"!A1' });
  talks.do("delegation:XBB", {
    kind: "lodge-position",
    ...about(2),
    level: "reservation",
    reason: 'Not so,\n"some" is too few',
    remedy: { kind: "other", text: "-1 body" },
  });
  talks.do("delegation:XBB", { kind: "lodge-position", ...about(1), level: "support" });
  talks.do("delegation:XCC", { kind: "table-proposal", ...about(0), text: "Wholly other words.", reason: "Weak." });
  talks.do("delegation:XAA", { kind: "table-proposal", ...about(1), change: "delete" });
  talks.do("delegation:XAA", {
    kind: "table-proposal",
    ...about(1),
    change: "insert-after",
    text: "It applies to all.",
  });
  talks.do("delegation:XCC", {
    kind: "lodge-position",
    ...about(1),
    level: "objection",
    remedy: { kind: "other", text: "Delete this paragraph" },
  });
  talks.do("delegation:XBB", { kind: "lodge-position", ...about(0), level: "objection", remedy: { kind: "delete" } });
  const written = () => commentsAsCsv(composeReport(talks.record, talks.record.text, viewerOf({ role: "chair" })));
  const csv = written();
  // A spreadsheet runs what begins so.
  for (const cell of parse(csv, { bom: true }).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);

  const again = plan(talks, csv);
  expect(again.acts).toEqual([]);
  expect(again.rows.flatMap(({ troubles }) => troubles)).toEqual(Array(8).fill("stands-already"));

  const elsewhere = circulated();
  for (const { command } of plan(elsewhere, csv).acts) elsewhere.do("chair", command);
  const told = (of: Table) => [
    ...[...of.record.positions.values()].map(({ by, level, reason, paragraph: on }) => [by, on, level, reason]),
    ...[...of.record.proposals.values()].flat().map(({ by, change, content, reason }) => [by, change, content, reason]),
  ];
  const sorted = (of: Table) =>
    told(of)
      .map((one) => JSON.stringify(one))
      .toSorted();
  expect(sorted(elsewhere)).toEqual(sorted(talks));

  // What no table can ask for in words is known by what the row is of; what somebody changed in ours is theirs again.
  talks.do("delegation:XBB", { kind: "table-proposal", ...about(1), change: "move", to: "chair-summary" });
  expect(plan(talks, written()).acts).toEqual([]);
  expect(plan(talks, written().replace("too few", "far too few")).acts).toMatchObject([
    { command: { kind: "lodge-position", reason: 'Not so,\n"some" is far too few' } },
  ]);
});
