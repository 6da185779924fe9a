/** A delegation's own papers (SPEC: OWN): who may, and when a tripwire springs. */
import { expect, test } from "vitest";
import type { PaperDraft } from "../../shared/domain/papers.ts";
import { isSprung, mayWithPapers } from "../../shared/domain/papers.ts";
import type { Seat } from "../../shared/domain/roster.ts";
import { parseSeat } from "../../shared/domain/roster.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

test("[OWN2] heads and advisers write, readers read, heads release, and nobody else does anything", () => {
  const may = (spelled: string) =>
    (["read", "write", "release"] as const).filter((act) => mayWithPapers(parseSeat(spelled) as Seat, act));
  expect(may("delegation:XAA")).toEqual(["read", "write", "release"]);
  expect(may("adviser:XAA")).toEqual(["read", "write"]);
  expect(may("reader:XAA")).toEqual(["read"]);
  for (const seat of ["chair", "facilitator", "secretariat", "observer", "stakeholder:press-1"])
    expect(may(seat)).toEqual([]);
});

test("[OWN4] a tripwire springs when a circulated text loses its words or their paragraph, and rests when they return", () => {
  const words = "States should cooperate on a voluntary basis.";
  const table = new Table([paragraph("a", words), paragraph("b", "States decide to meet.")]);
  table.circulate();
  const wire: PaperDraft = { id: "1", kind: "tripwire", paragraph: idOf("a"), text: "on a  Voluntary basis" };
  const after = (act: () => void): boolean => {
    act();
    return isSprung(wire, table.record);
  };
  expect(after(() => undefined)).toBe(false);
  expect(after(() => table.retype("a", "States should cooperate."))).toBe(false);
  expect(after(() => table.circulate())).toBe(true);
  const back = (): void => {
    table.retype("a", `${words} All of them.`);
    table.circulate();
  };
  expect(after(back)).toBe(false);
  const removed = (): void => {
    table.text = table.text.filter(({ id }) => id !== idOf("a"));
    table.circulate();
  };
  expect(after(removed)).toBe(true);
  expect(isSprung({ ...wire, kind: "note" }, table.record)).toBe(false);
});
