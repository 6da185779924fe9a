/**
 * Who a bracket is of (SPEC: BRA13). Either the words say so, before a colon: then the name is part of them. Or the bracket was made of a
 * proposal's words: then its sponsors are known from the record, to those who may know, and their name is drawn beside the words.
 */
import { bracketsOf, hasOpenBrackets } from "./brackets.ts";
import { redline } from "./redline.ts";
import type { ComposedReport } from "./report.ts";
import type { SeenProposal } from "./seen-proposals.ts";
import type { Inline } from "./text.ts";
import { flatText } from "./text.ts";
import type { ParagraphId } from "./values.ts";
import type { Range } from "./wording.ts";

/** In flat offsets. */
export interface BracketLabels {
  /** Where a name is written at the beginning of a bracket, its colon included. */
  readonly written: readonly Range[];
  /** Where a bracket's words begin and end, and whose proposals these are. */
  readonly known: readonly { readonly at: number; readonly to: number; readonly of: readonly SeenProposal[] }[];
}

const none: BracketLabels = { written: [], known: [] };

/** @param bracketed proposals that were put into brackets in this paragraph, as their reader may know of them */
export function bracketLabels(content: readonly Inline[], bracketed: readonly SeenProposal[] = []): BracketLabels {
  const text = flatText(content);
  if (!hasOpenBrackets(text)) return none;
  const { all } = bracketsOf(text);
  const asked = bracketed.map((proposal) => ({ proposal, words: wordsOf(proposal) }));
  return {
    written: all.flatMap(({ attribution, from, wordsFrom }) =>
      attribution === null ? [] : [{ from: from + 1, to: wordsFrom }],
    ),
    known: all.flatMap(({ attribution, closed, wordsFrom, to }) => {
      if (attribution !== null || !closed) return [];
      const words = text.slice(wordsFrom, to - 1).trim();
      const of = asked.filter((one) => one.words.includes(words)).map(({ proposal }) => proposal);
      return of.length > 0 ? [{ at: wordsFrom, to: to - 1, of }] : [];
    }),
  };
}

/** What a proposal asks for, each change by itself, as it stands between the brackets that were made of it. */
const wordsOf = ({ kind, base = "", text = "" }: SeenProposal): readonly string[] =>
  kind === "insert-after"
    ? [text]
    : redline(base, text).flatMap((run) => (run.kind === "inserted" ? [run.text.trim()] : []));

const found = new WeakMap<Pick<ComposedReport, "parts">, ReadonlyMap<ParagraphId, readonly SeenProposal[]>>();

/** Proposals of which brackets were made and whose sponsors the reader of the report may know, by the paragraph these stand in. */
export function bracketedIn(report: Pick<ComposedReport, "parts">): ReadonlyMap<ParagraphId, readonly SeenProposal[]> {
  const known = found.get(report);
  if (known) return known;
  const byParagraph = new Map<ParagraphId, SeenProposal[]>();
  for (const { id, proposals } of [...report.parts.consensus, ...report.parts.chairSummary]) {
    for (const proposal of proposals) {
      if (proposal.fate?.kind !== "bracketed" || !proposal.by || !proposal.text) continue;
      const where = proposal.fate.block ?? id;
      byParagraph.set(where, [...(byParagraph.get(where) ?? []), proposal]);
    }
  }
  found.set(report, byParagraph);
  return byParagraph;
}
