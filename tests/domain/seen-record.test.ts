/** SPEC: DIS12. */
import { expect, test } from "vitest";
import { present } from "../../shared/domain/disclosure.ts";
import { factOf } from "../../shared/domain/record.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { thePublic } from "../../shared/domain/roster.ts";
import { evolveSeen, nothingSeen } from "../../shared/domain/seen-record.ts";
import type { DelegationCode, ProposalId } from "../../shared/domain/values.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { flatPieces, tell } from "../../shared/messages/tell.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const voice = voiceIn("en");

test("[DIS12] whose proposal it was is told from the record of the reader, and no other record compiles", () => {
  const table = new Table([paragraph("a", "States should cooperate.")]);
  table.circulate();
  const proposal = table.do("delegation:XAA", {
    kind: "table-proposal",
    change: "replace",
    paragraph: idOf("a"),
    wording: table.wording("a"),
    text: "States shall cooperate.",
  }) as ProposalId;
  table.do("chair", { kind: "dispose-proposal", proposal, fate: "not-taken-up", reason: "Not now." });
  const toldTo = (viewer: Viewer): string => {
    const events = table.entries.map((entry) => present(entry, viewer, table.record));
    const record = evolveSeen(nothingSeen, events);
    return flatPieces(tell(factOf(events.at(-1)!)!, { record, text: table.text, voice }));
  };
  expect(toldTo({ kind: "delegation", code: "XBB" as DelegationCode })).toContain("the proposal of XAA");
  expect(toldTo(thePublic)).toContain("the proposal of a delegation");
  const fact = factOf(present(table.entries.at(-1)!, thePublic, table.record))!;
  // @ts-expect-error the whole record knows every name, and the sentence would say it
  expect(flatPieces(tell(fact, { record: table.record, text: table.text, voice }))).toContain("XAA");
});
