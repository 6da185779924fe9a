/** What is said of the chair's summary, in the record (SPEC: SUM). */
import { delegationBehind } from "../disclosure.ts";
import type { Fact } from "../record.ts";
import type { CorrectionAnswer, CorrectionRequest, SummaryWhat } from "../summary.ts";
import type { CorrectionRequestId } from "../values.ts";
import type { Folding } from "./folding.ts";
import { explain } from "./versions.ts";

export function foldSummary(next: Folding, fact: Fact, what: SummaryWhat): void {
  const { seq, at } = fact;
  const { summary } = next.state;
  switch (what.kind) {
    case "quantifier-tied": {
      const { kind: _, ...tie } = what;
      const { paragraph, wording, from } = what;
      const others = summary.ties.filter(
        (one) => one.paragraph !== paragraph || one.wording !== wording || one.from !== from,
      );
      next.set("summary", { ...summary, ties: [...others, { ...tie, seq, at }] });
      return;
    }
    case "correction-requested": {
      const { kind: _, ...asked } = what;
      const request: CorrectionRequest = {
        ...asked,
        by: fact.who && delegationBehind({ who: fact.who }),
        says: fact.why?.reason ?? null,
        span: fact.why?.span ?? null,
        at,
        seq,
        answer: null,
      };
      next.set("summary", { ...summary, requests: [...summary.requests, request] });
      return;
    }
    case "correction-answered": {
      const { before, after = null, paragraph } = what;
      const reason = fact.why?.reason ?? null;
      answer(next, what.request, { how: what.corrected ? "corrected" : "not-corrected", reason, after, seq, at });
      // Everyone reads it in the version; what was asked for and why may not be everyone's to know.
      if (before && after) explain(next, { act: { paragraph, seq, how: "edit", wording: after } });
      return;
    }
    case "correction-request-withdrawn":
      answer(next, what.request, { how: "withdrawn", reason: null, after: null, seq, at });
      return;
  }
}

function answer(next: Folding, id: CorrectionRequestId, given: CorrectionAnswer): void {
  const { summary } = next.state;
  const requests = summary.requests.map((request) => (request.id === id ? { ...request, answer: given } : request));
  next.set("summary", { ...summary, requests });
}
