/** Who stands where, and the smallest steps from here to consensus. */
import { plural } from "../plural.ts";

export const overview = {
  title: "Overview",
  byDelegations: plural({ one: "{count} delegation objects.", other: "{count} delegations object." }),
  proposed: plural({
    one: "On {count} paragraph only proposals wait for the chair’s answer.",
    other: "On {count} paragraphs only proposals wait for the chair’s answer.",
  }),
  steps: "Smallest steps to consensus",
  stepsNone: "Nothing stands in the way of any paragraph.",
  step: "{paragraph}: {kinds}.",
  stepBy: "Talk to {names}.",
  stepWords: plural({ one: "About {count} word.", other: "About {count} words." }),
  stepRemedy: "What would lift it: {remedy}",
  table: "Who stands where",
  caption:
    "One row a delegation, one column a paragraph of the consensus text. A cell holds the strictest position of the delegation on the words as they are now.",
  caution: "No position is not agreement.",
  delegation: "Delegation",
  total: "Stated",
  silent: plural({
    one: "{count} delegation has stated nothing: {names}.",
    other: "{count} delegations have stated nothing: {names}.",
  }),
  unnamed: "Not named to you",
  none: "No delegation has stated a position yet",
  noneWhy: "Delegations can state theirs from the first circulation on.",
  csv: "Download as CSV",
  countsTitle: "How many stand where",
  countsCaption: "One row a paragraph of the consensus text, with the number of delegations at each position.",
  paragraph: "Paragraph",
  status: "Status",
  noCounts: "This negotiation discloses positions among the chair and the delegations only.",
  empty: "Nothing has been circulated yet, so nobody can state a position.",
} as const;
