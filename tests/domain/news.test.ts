/** What others did since a seat last looked (SPEC: REP7). */
import { expect, test } from "vitest";
import { present } from "../../shared/domain/disclosure.ts";
import { newsSince } from "../../shared/domain/news.ts";
import type { Seat } from "../../shared/domain/roster.ts";
import { viewerOf } from "../../shared/domain/roster.ts";
import type { CorrectionRequestId, DelegationCode } from "../../shared/domain/values.ts";
import { actor, idOf, paragraph, Table } from "../support/table.ts";

const aTable = (): Table => {
  const table = new Table([
    paragraph("a", "States should cooperate on the security of information networks."),
    paragraph("b", "States decide to establish a directory of points of contact."),
    paragraph("c", "Regular dialogue continues under the auspices of the organisation."),
  ]);
  table.circulate();
  return table;
};

function newsFor(table: Table, seat: string, after: number): string[] {
  const held: Seat = actor(seat).seat;
  const entries = table.entries.map((entry) => present(entry, viewerOf(held), table.record));
  return newsSince(table.record, entries, after, held).map(({ what }) =>
    "paragraph" in what ? `${what.kind} ${what.paragraph.replaceAll("0", "")}` : what.kind,
  );
}

test("[REP7] a request for a correction is news for the chair's team, its answer for its author, a question for its author", () => {
  const table = aTable();
  table.move("c", "chair-summary");
  const position = table.object("XAA", "a");
  const after = table.record.seq;
  const asks = { kind: "request-correction", paragraph: idOf("c"), wording: table.wording("c") } as const;
  const request = table.do("delegation:XAA", { ...asks, text: "We did not." }) as CorrectionRequestId;
  table.do("chair", { kind: "answer-correction", request, corrected: false, reason: "It was said." });
  table.do("chair", { kind: "ask-author", position, whether: "met" });
  const group = { kind: "create-group", name: "the Coast", of: "political" } as const;
  table.do("chair", { ...group, invite: ["XAA" as DelegationCode] });
  expect(newsFor(table, "chair", after)).toEqual(["correction-requested c"]);
  const told = ["correction-answered c", "position-asked", "group-invited"];
  expect(newsFor(table, "delegation:XAA", after).map((one) => one.replace(/ $/, ""))).toEqual(told);
  expect(newsFor(table, "delegation:XBB", after)).toEqual([]);
});

test("[REP7] a delegation is told of gavels, reopenings and moves, and of others on the paragraphs where it has spoken", () => {
  const table = aTable();
  const own = table.object("XAA", "a");
  const after = table.record.seq;
  table.object("XBB", "a");
  table.support("XBB", "b");
  table.support("XCC", "c");
  table.gavel("b");
  table.do("chair", { kind: "reopen", paragraph: idOf("b"), reason: "New wording." });
  table.move("c", "chair-summary");
  expect(newsFor(table, "delegation:XAA", after)).toEqual([
    "position-lodged a",
    "paragraph-gavelled b",
    "paragraph-reopened b",
    "paragraph-moved c",
  ]);
  expect(newsFor(table, "delegation:XAA", table.record.seq)).toEqual([]);
  table.do("delegation:XAA", { kind: "withdraw-position", position: own });
  expect(newsFor(table, "delegation:XAA", table.record.seq - 1)).toEqual([]);
});

test("[REP7] a delegation is told what was recorded for it, and when its words went elsewhere", () => {
  const table = aTable();
  table.object("XAA", "a");
  const after = table.record.seq;
  table.do("chair", {
    kind: "lodge-position",
    paragraph: idOf("b"),
    wording: table.wording("b"),
    level: "reservation",
    onBehalfOf: "XAA" as DelegationCode,
  });
  table.text = table.text.filter(({ id }) => id !== idOf("a"));
  table.circulate();
  expect(newsFor(table, "delegation:XAA", after)).toEqual(["position-lodged b", "position-followed"]);
  expect(newsFor(table, "delegation:XBB", after)).toEqual([]);
});

test("[REP7] the chair's team is told of every position, and not of its own acts; whoever has no positions, of what the chair decided", () => {
  const table = aTable();
  const after = table.record.seq;
  table.support("XAA", "a");
  table.gavel("a");
  expect(newsFor(table, "secretariat", after)).toEqual(["position-lodged a"]);
  expect(newsFor(table, "observer", after)).toEqual(["paragraph-gavelled a"]);
});
