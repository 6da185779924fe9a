import { describe, expect, test } from "vitest";
import { bracketedIn, bracketLabels } from "../../shared/domain/bracket-labels.ts";
import type { DisclosurePreset } from "../../shared/domain/entries.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { thePublic } from "../../shared/domain/roster.ts";
import { flatText } from "../../shared/domain/text.ts";
import type { DelegationCode, ProposalId } from "../../shared/domain/values.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const team: Viewer = { kind: "team" };
const other: Viewer = { kind: "delegation", code: "XCC" as DelegationCode };

test("[BRA13] a name written at the beginning of a bracket is a label, and nothing else is", () => {
  const text = "States [Freedonia: shall [Lunari, Solara: promptly]] act [note: now] [always].";
  const { written, known } = bracketLabels([{ t: "text", text }]);
  expect(written.map(({ from, to }) => text.slice(from, to))).toEqual(["Freedonia: ", "Lunari, Solara: "]);
  expect(known).toEqual([]);
  expect(bracketLabels([{ t: "text", text: "No brackets." }]).written).toEqual([]);
});

/** Of each bracket in the text, those whose name the viewer sees beside it. */
function labels(table: Table, viewer: Viewer): readonly string[] {
  const report = composeReport(table.record, table.text, viewer);
  return report.parts.consensus.flatMap(({ id, content }) =>
    bracketLabels(content, bracketedIn(report).get(id)).known.map(
      ({ at, of }) => `${of.map(({ by }) => by?.code).join()}: ${flatText(content).slice(at).split("]")[0]}`,
    ),
  );
}

describe("a bracket made of a proposal", () => {
  function bracketed(disclosure: DisclosurePreset): Table {
    const table = new Table([paragraph("a", "States should act.")], { disclosure });
    table.circulate();
    const about = { paragraph: idOf("a"), wording: table.wording("a") };
    const asked = [
      table.do("delegation:XAA", { kind: "table-proposal", ...about, text: "States shall act." }),
      table.do("delegation:XBB", {
        kind: "table-proposal",
        ...about,
        change: "insert-after",
        text: "They meet every year.",
      }),
    ];
    for (const proposal of asked)
      table.do("chair", { kind: "dispose-proposal", proposal: proposal as ProposalId, fate: "bracketed" });
    table.circulate();
    return table;
  }

  test("[BRA13] carries its author's name, which is no part of the words", () => {
    const table = bracketed("delegations");
    expect(table.text.map(({ content }) => flatText(content))).toEqual([
      "States [should][shall] act.",
      "[They meet every year.]",
    ]);
    for (const viewer of [team, other])
      expect(labels(table, viewer)).toEqual(["XAA: shall", "XBB: They meet every year."]);
    table.retype("a", "States [should][must] act.");
    expect(labels(table, team)).toEqual(["XBB: They meet every year."]);
  });

  test("[BRA13] is just a bracket to those who may not know whose it is", () => {
    expect(labels(bracketed("delegations"), thePublic)).toEqual([]);
    expect(labels(bracketed("open"), thePublic)).toHaveLength(2);
    expect(labels(bracketed("closed"), other)).toEqual([]);
    expect(labels(bracketed("closed"), team)).toHaveLength(2);
  });
});
