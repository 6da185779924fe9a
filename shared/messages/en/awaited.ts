/** What awaits a delegation's answer: one list, the first thing on its desk and on its light page. */
import { plural } from "../plural.ts";

export const awaited = {
  none: "Nothing awaits your answer",
  title: plural({ one: "One thing awaits your answer", other: "{many} things await your answer" }),
  many: {
    two: "Two",
    three: "Three",
    four: "Four",
    five: "Five",
    six: "Six",
    seven: "Seven",
    eight: "Eight",
    nine: "Nine",
  },
  /** Over what nobody asks about: it is as the delegation left it. */
  known: "For you to know",
  silence: "Silence runs on {scope}: it means agreement unless you break it in time",
  "co-sponsor": "{who} asks you to co-sponsor a proposal on {paragraph}",
  "proposal-to-confirm": "A proposal on {paragraph} was recorded for you from the floor: is it yours?",
  bridging: "The chair puts bridging text on {paragraph} to you",
  dissociation:
    "You let {paragraph} be adopted to dissociate yourselves from it afterwards: your statement is not made yet",
  drafting: "{who} asks you to draft a proposal on {paragraph} together",
  group: "You are asked to join {group}",
  offer: "The chair offers {title}: say on its paragraphs what you think of it",
  "request-answered": {
    corrected: "You asked for a correction in {paragraph}: the chair corrected it",
    "not-corrected": "You asked for a correction in {paragraph}: the chair did not take it",
  },
  toDesk: "Join or decline at the full desk",
} as const;
