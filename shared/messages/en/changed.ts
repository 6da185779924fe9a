/** What changed for one delegation: its proposals, agreed words, brackets near what it stated, and what waits for its answer. */
import { plural } from "../plural.ts";

export const changed = {
  title: "What changed for you",
  sinceVersion: "Since {label}",
  sinceCirculation: "Since the circulation of {day}, {clock} New York",
  none: "Nothing that is about you changed.",
  outcome: { used: "Used", adapted: "Adapted", "not-used": "Not used" },
  proposal: "{outcome}: your proposal on {paragraph} ({fate})",
  cosponsored: "{outcome}: the proposal on {paragraph} that you co-sponsor ({fate})",
  agreed: {
    reopened: "Agreed words were reopened: {paragraph}",
    corrected: "Agreed words were corrected editorially: {paragraph}",
    anew: "Agreed in other words than before: {paragraph}",
  },
  bracketsOpened: "New brackets near what you stated, in {paragraph}: {words}",
  bracketsLifted: "Brackets lifted near what you stated, in {paragraph}: {words}",
  awaited: plural({
    one: "One thing waits for your answer; your desk lists it.",
    other: "{count} things wait for your answer; your desk lists them.",
  }),
  awaitedNew: plural({ one: "One of them is new.", other: "{count} of them are new." }),
  until: "by {deadline}",
  first: "The first answer is due by {deadline}.",
} as const;
