/** Why something may not be done, by the codes of `shared/domain/refusals.ts`: what is the case, and what to do instead. */
import type { RefusalCode } from "../../domain/refusals.ts";

export const refusals = {
  "not-allowed": "Your seat cannot do this.",
  "only-the-chair": "Only the Chair can do this.",
  "not-yours": "Only the delegation that stated it can change or end it.",
  "not-a-state": "Only member States object, reserve or support. You can comment with a question or a concern.",
  "paragraph-unknown": "This paragraph is no longer in the text.",
  "wording-unknown": "These words were never circulated for this paragraph.",
  "wording-stale": "The words have changed since. Read today’s words and state your position again.",
  "draft-differs":
    "The draft differs from what was circulated. Circulate first, so that everyone has seen these words.",
  "hidden-characters":
    "It holds characters that nobody can see, such as a word joiner or a soft hyphen. Type the words again, then circulate.",
  "not-circulated": "This paragraph has not been circulated yet.",
  "bracket-unknown": "No bracket opens there in these words, or it has no alternative to choose from.",
  contested: "An objection or an open bracket stands against it.",
  agreed: "It is agreed and locked. Reopen it first, with a reason.",
  "already-agreed": "It is agreed already.",
  "not-agreed": "It is not agreed, so there is nothing to reopen.",
  "not-consensus-text": "Only paragraphs of the consensus text can be agreed.",
  "not-a-paragraph": "A heading goes where its paragraphs go.",
  "already-there": "It stands there already.",
  "reason-needed": "Give a reason: it goes on the record.",
  "span-mismatch": "The words marked are not in this paragraph any more. Mark them again.",
  "position-unknown": "This position is not on the record.",
  "position-ended": "This position has ended already.",
  "nothing-to-confirm": "There is nothing to confirm.",
  "own-objection-stands": "Your objection stands on this paragraph. Withdraw it first, or say that it is met.",
  "delegation-unknown": "This delegation is not in the roster.",
  "delegation-known": "This delegation is in the roster already.",
  "delegation-needed": "Say for which delegation.",
  "head-invites": "The head of this delegation invites its other members.",
  "seat-unknown": "Nobody holds this seat.",
  "nothing-changes": "Nothing would change.",
} as const satisfies Record<RefusalCode, string>;
