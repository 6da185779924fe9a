import { expect, test } from "vitest";
import type { ProposalId } from "../../shared/domain/values.ts";
import { thePublic } from "../../shared/domain/roster.ts";
import { readAnnex } from "../../shared/messages/annexed.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { aNegotiation, idOf, p } from "../support/negotiations.ts";

test("[SUM2] proposals of which neither words nor author are disclosed are told in one sentence", () => {
  const talks = aNegotiation(p("States should cooperate."), p("States should consult."), p("States should report."));
  const tabled = [1, 2, 2].map(
    (index, nth) =>
      talks.does("delegation:XAA", {
        kind: "table-proposal",
        paragraph: idOf(index),
        wording: talks.wordingOf(index),
        text: `States shall act ${nth}.`,
      }) as ProposalId,
  );
  const fate = { kind: "dispose-proposal", reason: "No support." } as const;
  talks.does("chair", { ...fate, proposal: tabled[0]!, fate: "not-taken-up" });
  talks.does("chair", { ...fate, proposal: tabled[1]!, fate: "not-taken-up" });
  talks.does("chair", { ...fate, proposal: tabled[2]!, fate: "superseded", into: tabled[1]! });
  expect(readAnnex(talks.report(thePublic).annex, voiceIn("en"))).toEqual({
    entries: [],
    others:
      "3 proposals of which neither words nor authors are disclosed to you, on paragraph 1 and on paragraph 2: 2 not taken up and 1 superseded.",
  });
  const own = readAnnex(talks.report({ kind: "team" }).annex, voiceIn("en"));
  expect(own.entries.map(({ proposals }) => proposals.length)).toEqual([1, 2]);
  expect(own.others).toBeNull();
});
