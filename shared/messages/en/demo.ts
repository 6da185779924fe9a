/** The front door of the demo, and what is told while it plays. The report itself and its people are in `server/demo`. */
import { plural } from "../plural.ts";

export const demo = {
  title: "Last Thursday",
  lead: "It is the last Thursday of the session. Eleven delegations have until tomorrow, 18:00 in New York, to agree a report on security in the use of information technology.",
  stands: "{agreed} of {total} paragraphs are agreed. {paragraphs} between here and consensus.",
  paragraphsStand: plural({ one: "{count} paragraph stands", other: "{count} paragraphs stand" }),
  nothingStands: "{agreed} of {total} paragraphs are agreed, and nothing stands between here and consensus.",
  invented: "All States and all people here are invented. The rules, the record and its seals are the real ones.",
  seats: "Take a seat",
  seatsHow:
    "Every seat is open to everyone, as often as you like. Each desk opens in a tab of its own, so that you can sit on both sides of the table; what one side does, the other sees.",
  mayDiffer: "What each seat finds is told as it is in the beginning. Visitors before you may have moved it on.",
  takeSeat: "Sit as {name}",
  newTab: "opens in a new tab",
  withoutSeat: "Or read without a seat",
  withoutSeatWhy: "What everyone may read: the two parts, how far each paragraph is, counts but no names.",
  readReport: "Read the report",
  play: "Play 90 seconds",
  playWhy:
    "Watch one phrase keep eleven delegations apart and stop doing so: the chair’s side and a small delegation’s side by side, through the real commands.",
  playAnew:
    "If the paragraph has moved on since the beginning, the demo begins anew first; desks that are open then ask to be loaded again.",
  reset: "Reset",
  resetWhy:
    "Brings the Thursday afternoon back for everyone. Desks that are open ask to be loaded again and keep their seats; what was done since the beginning is gone from them.",
  back: "To the front door",
  playing: {
    title: "90 seconds with paragraph {number}",
    how: "This page is written while it happens. Open both desks beside it, and watch the same there.",
    notYet: "Nothing is being played. It takes a minute and a half.",
    chair: "On the chair’s desk",
    lunari: "On the desk of {name}",
    asBefore: "The words are as before.",
    stands: "{agreed} of {total} agreed. In the way: {paragraphs}, {delegations}.",
    clear: "{agreed} of {total} agreed. Nothing is in the way.",
    paragraphs: plural({ one: "{count} paragraph", other: "{count} paragraphs" }),
    delegations: plural({ one: "{count} delegation", other: "{count} delegations" }),
    objects: "You object.",
    wordsIn: "Your words are in: met?",
    noObjection: "You do not object.",
    interrupted:
      "Here someone else did something with the paragraph, so the play stops. What they did is on the record; begin anew to see the whole.",
    over: "That was the paragraph. Each step is on the record, with its hour, its author and its seal.",
  },
  beat: {
    stands:
      "Thursday evening. The chair’s desk opens with one sentence: how far the text is, and what is closest. Closest is paragraph {number}: one phrase, one delegation.",
    objects:
      "{name} is a delegation of two. It objects to “{phrase}”, alone, and has said what would lift the objection. Nobody had to ask.",
    words:
      "The chair presses “Use their words”. They are in the draft, and only there: the chair holds the pen, and {name} sees nothing yet.",
    circulated:
      "The chair circulates. Now everyone reads the new words. The objection still stands, because only its author can end it; support for the old words does not count for the new ones.",
    met: "On a phone in the corridor {name} reads “your words are in: met?” and confirms. Nothing stands against the paragraph any more.",
    agreed:
      "The chair brings down the gavel on exactly these words. They are locked: to change them takes an act, with a reason, that everyone sees.",
  },
} as const;
