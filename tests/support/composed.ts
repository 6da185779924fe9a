/** A composed report of a text that nobody has said anything about, for tests of what is made from reports. */
import { numberText, partOf } from "../../shared/domain/numbering.ts";
import type { ComposedParagraph, ComposedReport } from "../../shared/domain/report.ts";
import type { Text } from "../../shared/domain/text.ts";
import type { Part } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";

export function composed(text: Text, title = "Report"): ComposedReport {
  const numbers = numberText(text);
  const paragraphs = (part: Part): ComposedParagraph[] =>
    partOf(text, part).map(({ id, kind, level, content }) => ({
      id,
      number: numbers.get(id) ?? "",
      level,
      kind,
      text: wordingOf(content).text,
      content,
      part,
      status: null,
      agreedBy: null,
      wording: wordingOf(content).hash,
      counts: null,
      positions: [],
      proposals: [],
      bridging: [],
      quantifiers: [],
      corrections: [],
    }));
  return {
    title,
    slug: "report",
    seq: 0,
    circulatedAt: null,
    parts: { consensus: paragraphs("consensus"), chairSummary: paragraphs("chair-summary") },
    disclaimer: "The chair's own.",
    annex: [],
    vacancies: [],
    alternatives: [],
    blockers: [],
    overview: { total: 0, agreed: 0, blocked: 0, proposed: 0, delegations: 0, steps: [], smallest: null },
    packages: [],
    silences: [],
    adoption: null,
    statements: [],
    corrections: [],
    distribution: "limited",
    language: "en",
    lengths: { consensus: 0, chairSummary: 0 },
  };
}
