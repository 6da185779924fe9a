/** The chair's summary on desks and pages: its annex, its disclaimer, whom its words speak for, and what is said to be wrong in it. */
import { plural } from "../plural.ts";

export const summary = {
  annex: {
    title: "Annex to the chair's summary",
    lead: "What delegations proposed and the text does not say, or not in full, with what became of it.",
    on: "On paragraph {number}",
    onHeading: "On a heading",
    onRemoved: "On a paragraph that was removed",
    hidden: plural({
      one: "{count} proposal whose words are not disclosed to you.",
      other: "{count} proposals whose words are not disclosed to you.",
    }),
  },
} as const;
