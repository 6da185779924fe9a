/** The chair's summary on desks and pages: its annex, its disclaimer, whom its words speak for, and what is said to be wrong in it. */
import { plural } from "../plural.ts";

export const summary = {
  annex: {
    title: "Annex to the chair's summary",
    lead: "What delegations proposed and the text does not say, or not in full, with what became of it.",
    alternative: "An alternative that was not chosen: “{text}” {reason}",
    on: "On paragraph {number}",
    onHeading: "On a heading",
    onRemoved: "On a paragraph that was removed",
    hidden: plural({
      one: "{count} proposal whose words are not disclosed to you.",
      other: "{count} proposals whose words are not disclosed to you.",
    }),
    more: "Not disclosed to you",
    others: plural({
      one: "One proposal of which neither words nor author are disclosed to you, {places}: {fates}.",
      other: "{count} proposals of which neither words nor authors are disclosed to you, {places}: {fates}.",
    }),
    fated: "{count} {fate}",
  },
  alternatives: {
    above: "Alternatives for paragraph {number}: choose one",
    title: "Alternatives",
    stands: "{number}: {words}",
    group: {
      next: "Make alternatives of {numbers}",
      explains:
        "Of these paragraphs one is to stay. They are labelled as alternatives everywhere, and block the adoption until one is chosen.",
      done: "They are alternatives.",
    },
    ungroup: {
      name: "No alternative",
      explains: "The paragraph stands for itself again.",
      done: "The paragraph stands for itself.",
    },
    choose: {
      name: "Choose this alternative",
      explains: "This paragraph stays. The others go, with their points:",
      others: "Where the others go",
      to: {
        "chair-summary": "To the chair's summary",
        annex: "To the annex of the chair's summary",
        removed: "Out of the text; the record keeps them",
      },
      reason: "Reason",
      done: "The alternative is chosen.",
    },
    scheme: "How alternatives are called",
    schemes: {
      alt: "3 Alt 1, 3 Alt 2",
      bis: "3, 3 bis, 3 ter",
      option: "3 Option 1, 3 Option 2",
      letter: "3 Alternative A, 3 Alternative B",
    },
  },
  disclaimer: {
    label: "What the chair's summary says of itself",
    help: "It stands over the summary on every page and in every file.",
  },
  speaksFor: "“{words}”: {names}.",
  drawer: {
    title: "Chair's summary",
    none: "No paragraph stands in the chair's summary.",
    refers: plural({
      one: "The consensus text refers to the summary in paragraph {numbers}.",
      other: "The consensus text refers to the summary in paragraphs {numbers}.",
    }),
    refersNot:
      "No paragraph of the consensus text refers to the summary. If one is wanted, it is negotiated like any other; usual words are:",
    quantifiers: "For whom it speaks",
    quantifiersNone: "No words such as “some States” stand in the summary.",
    requests: "Corrections of fact asked for",
    requestsNone: "Nobody has asked for a correction of fact.",
  },
  quantifier: {
    title: "For whom these words speak",
    name: "Say for whom",
    explains:
      "Name the delegations for which these words speak. You state a fact on the record; it is known as far as names are in this negotiation, and not before the words are circulated. No rule of the United Nations says how many “some” are: of 24 States or more a few are 2 to 4 here, a number at least 6, many at least 10, most more than half; of fewer, in proportion.",
    add: "Add a delegation…",
    remove: "Leave out {name}",
    of: "Of {table} States at the table",
    nobody: "Nobody is named yet.",
    done: "It is on the record for whom “{words}” speaks.",
    warning: {
      untied: "It is not said for whom these words speak.",
      stale: "This was said of earlier words. Say it again, or change it.",
      fewer: "Fewer States stand behind these words than they say, by this house’s own scale.",
      more: "More States stand behind these words than they say, by this house’s own scale.",
    },
    warnings: plural({ one: "{count} question of quantity", other: "{count} questions of quantity" }),
  },
  request: {
    name: "Ask for a correction",
    explains:
      "For facts only, most of all what you are said to have said. It blocks nothing; the Chair answers on the record.",
    floor: "Heard from the floor, for",
    what: "What is wrong, and what is right",
    done: "Your request on paragraph {number} is on the record.",
    title: "Corrections of fact",
    asks: "{who} asks for a correction of fact",
    asksHidden: "A delegation asks for a correction of fact",
    waiting: "Not answered yet.",
    answered: {
      corrected: "Corrected.",
      "not-corrected": "Not corrected.",
      withdrawn: "Withdrawn.",
    },
    outstanding: "The words of the correction are not in circulation.",
    because: "The Chair: {reason}",
    withdraw: {
      name: "Withdraw request",
      explains: "The record keeps that you asked.",
      done: "Withdrawn.",
    },
    answer: {
      name: "Answer",
      explains: "An answer is given once. If you correct the words, everyone sees them with the next circulation.",
      how: "What you do",
      edit: "Correct the words now",
      edited: "The words have been corrected since",
      removed: "The paragraph is no longer in the text",
      not: "Do not correct them",
      words: "The paragraph as it is to be",
      reason: "Reason",
      reasonOptional: "Reason (optional)",
      done: "The answer is on the record.",
    },
  },
} as const;
