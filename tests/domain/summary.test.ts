/** What the chair's summary owes to those who spoke, rule by rule (SPEC: SUM). */
import { describe, expect, test } from "vitest";
import type { DisposeProposal, TableProposal } from "../../shared/domain/proposals.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import type { DelegationCode, ProposalId } from "../../shared/domain/values.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const team: Viewer = { kind: "team" };
const thePublic: Viewer = { kind: "public" };
const delegation = (code: string): Viewer => ({ kind: "delegation", code: code as DelegationCode });

const aTable = (setting: ConstructorParameters<typeof Table>[1] = {}): Table => {
  const table = new Table(
    [
      paragraph("a", "States should cooperate and share what they learn."),
      paragraph("b", "States decide to establish a directory."),
      paragraph("c", "Some States proposed a convention.", { part: "chair-summary" }),
    ],
    setting,
  );
  table.circulate();
  return table;
};

describe("the annex", () => {
  const propose = (table: Table, code: string, name: string, more: Partial<TableProposal>): ProposalId =>
    table.do(`delegation:${code}`, {
      kind: "table-proposal",
      paragraph: idOf(name),
      wording: table.wording(name),
      ...more,
    }) as ProposalId;
  const dispose = (table: Table, proposal: ProposalId, fate: DisposeProposal["fate"], more: object = {}) =>
    table.do("chair", { kind: "dispose-proposal", proposal, fate, ...more });
  const annex = (table: Table, viewer: Viewer = team) => composeReport(table.record, table.text, viewer).annex;

  test("[SUM1] holds what was not taken up, by paragraph in reading order, with fate and reason", () => {
    const table = aTable();
    const onB = propose(table, "XBB", "b", { text: "States shall establish a directory." });
    const onA = propose(table, "XAA", "a", { text: "States shall cooperate and share what they learn." });
    expect(annex(table)).toEqual([]); // the chair's team has not decided
    dispose(table, onB, "not-taken-up", { reason: "no mandate" });
    dispose(table, onA, "not-taken-up", { reason: "no consensus" });
    expect(annex(table)).toMatchObject([
      { number: "1", proposals: [{ id: onA, by: { code: "XAA" }, fate: { reason: "no consensus" } }] },
      { number: "2", proposals: [{ id: onB, by: { code: "XBB" }, fate: { reason: "no mandate" } }] },
    ]);
  });

  test("[SUM1] holds what was taken up in part, merged or superseded by the chair, and not what stands in the text", () => {
    const table = aTable();
    const text = "States shall cooperate and share all that they learn.";
    const inPart = propose(table, "XAA", "a", { text });
    dispose(table, inPart, "taken-up-in-part", { hunks: [0] });
    const taken = propose(table, "XBB", "b", { text: "States agree to establish a directory." });
    dispose(table, taken, "taken-up");
    table.circulate();
    const reported = propose(table, "XCC", "a", { change: "insert-after", text: "A fund is established." });
    dispose(table, reported, "in-chair-summary");
    const left = propose(table, "XCC", "a", { change: "delete" });
    dispose(table, left, "superseded");
    expect(annex(table).flatMap(({ proposals }) => proposals.map(({ id }) => id))).toEqual([inPart, left]);
  });

  test("[SUM1] what was reported or bracketed comes into it once the text does not say it any more", () => {
    const table = aTable();
    const reported = propose(table, "XAA", "a", { change: "insert-after", text: "A fund is established." });
    dispose(table, reported, "in-chair-summary");
    const bracketed = propose(table, "XBB", "b", { text: "States decide to consider a directory." });
    dispose(table, bracketed, "bracketed");
    expect(annex(table)).toEqual([]);
    table.text = table.text.filter(({ id }) => idOf("a") === id || idOf("b") === id || idOf("c") === id);
    table.retype("b", "States decide to establish a directory.");
    expect(annex(table).map(({ proposals }) => proposals.map(({ id }) => id))).toEqual([[reported], [bracketed]]);
  });

  test("[SUM1] leaves out what its author withdrew or said in other words, and keeps what was on a removed paragraph", () => {
    const table = aTable();
    const withdrawn = propose(table, "XAA", "a", { text: "States may cooperate." });
    table.do("delegation:XAA", { kind: "withdraw-proposal", proposal: withdrawn });
    const first = propose(table, "XBB", "a", { text: "States must cooperate." });
    const second = table.do("delegation:XBB", {
      kind: "amend-proposal",
      proposal: first,
      wording: table.wording("a"),
      text: "All States must cooperate.",
    });
    dispose(table, second as ProposalId, "not-taken-up", { reason: "too far" });
    table.text = table.text.filter(({ id }) => id !== idOf("a"));
    expect(annex(table)).toMatchObject([{ number: null, proposals: [{ id: second }] }]);
  });

  test("[SUM2] says to each viewer what the proposal discloses", () => {
    for (const disclosure of ["closed", "delegations", "open"] as const) {
      const table = aTable({ disclosure });
      const id = propose(table, "XAA", "a", { text: "States shall cooperate." });
      dispose(table, id, "not-taken-up", { reason: "no consensus" });
      const seen = (viewer: Viewer) => annex(table, viewer)[0]?.proposals[0];
      expect(seen(delegation("XAA"))).toMatchObject({ by: { code: "XAA" }, text: "States shall cooperate." });
      const whole = { by: { code: "XAA" }, text: "States shall cooperate.", fate: { reason: "no consensus" } };
      if (disclosure === "closed")
        expect(JSON.stringify(annex(table, delegation("XBB")))).not.toMatch(/XAA|shall|no con/);
      else expect(seen(delegation("XBB"))).toMatchObject(whole);
      if (disclosure === "closed") expect(annex(table, thePublic)).toEqual([]);
      else if (disclosure === "open") expect(seen(thePublic)).toMatchObject(whole);
      else expect(JSON.stringify(annex(table, thePublic))).not.toMatch(/XAA|shall|no con/);
    }
  });
});
