import { expect, test } from "vitest";
import { toJson } from "../../../server/publication/json.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { composed } from "../../support/composed.ts";

test("a report as JSON says what it is and holds both parts, or the one asked for", () => {
  const report = composed([
    { id: "a" as ParagraphId, kind: "paragraph", level: 0, part: "consensus", content: [{ t: "text", text: "A" }] },
    { id: "b" as ParagraphId, kind: "paragraph", level: 0, part: "chair-summary", content: [{ t: "text", text: "B" }] },
  ]);
  const file = JSON.parse(toJson(report)) as object;
  expect(file).toMatchObject({ format: "rapporteur-report", v: 1, ...report });
  expect(JSON.parse(toJson(report, "consensus"))).toMatchObject({ parts: { consensus: [{ id: "a", number: "1" }] } });
  expect(toJson(report, "consensus")).not.toContain('chairSummary": [');
});
