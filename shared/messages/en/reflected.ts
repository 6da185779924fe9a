/** How far what delegations put in can be found in what comes out, and how long it is. `{paragraph}` is "paragraph 12". */
import { plural } from "../plural.ts";

export const reflected = {
  title: "What was put in, and where it can be found",
  own: "Where your inputs can be found",
  ownSentence: "{found} of {all} of what you put in can be found in the report, its annex or the record.",
  caution: "Words that stand in the text are counted wherever they stand, whoever else asked for them.",
  delegation: "Delegation",
  inputs: "Inputs",
  where: {
    consensus: "Consensus text",
    "chair-summary": "Chair’s summary",
    annex: "Annex",
    record: "Record",
    none: "No place yet",
  },
  words: "Words in the text",
  wordsOf: "{standing} of {asked}",
  behind: "{delegation}, {column}",
  nobody: "Nobody has put anything in yet.",
  input: { proposal: "Proposal on {paragraph}", position: "{level} on {paragraph}" },
  found: "{input}: {places}",
  lengths: {
    title: "Length",
    part: "Part",
    cell: plural({ one: "{words} words in {count} paragraph", other: "{words} words in {count} paragraphs" }),
  },
} as const;
