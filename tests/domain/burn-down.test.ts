import { expect, test } from "vitest";
import { burnDown, milestones } from "../../shared/domain/burn-down.ts";
import { aNegotiation, p, s } from "../support/negotiations.ts";

test("[BRA14] brackets are counted in the consensus text alone", () => {
  const { record } = aNegotiation(p("[States] [shall] act."), s("[Some] noted [it]."));
  expect(burnDown([record.text]).totals).toEqual([{ brackets: 2, blocks: 1, alternatives: 0 }]);
});

test("[BRA14] what today's text is held against begins with the first circulation, named or not", () => {
  const talks = aNegotiation(p("[States] [shall] act."), p("Others [may]."));
  const columns = () => milestones(talks.record, 2).map(({ version }) => version?.label ?? "first");
  expect(columns()).toEqual([]);
  talks.writes(1, "States [shall] act.").does("chair", { kind: "issue-version" });
  const { label } = talks.record.versions[0]!;
  expect(columns()).toEqual(["first", label]);
  const texts = milestones(talks.record, 2).map(({ text }) => text);
  expect(burnDown(texts).totals.map(({ brackets }) => brackets)).toEqual([3, 2]);

  const named = aNegotiation(p("[States] act."));
  expect(
    milestones({ ...named.record, versions: talks.record.versions, circulations: talks.record.versions }, 2),
  ).toEqual([{ version: talks.record.versions[0], text: talks.record.versions[0]!.text }]);
});
