/** The words of the room, the same on every screen and in every document. */
import { plural } from "../plural.ts";

export const words = {
  part: { consensus: "Consensus text", "chair-summary": "Chair's summary" },
  /** The same inside a sentence. */
  thePart: { consensus: "the consensus text", "chair-summary": "the chair's summary" },
  status: { agreed: "Agreed", contested: "Contested", bracketed: "In brackets", reopened: "Reopened", open: "Open" },
  /** What each status says, in plain words. */
  statusMeans: {
    agreed:
      "The chair gavelled exactly these words, a silence on them was not broken, or they were agreed with the adoption of the report; and no one reopened them.",
    contested: "A delegation objects.",
    bracketed: "Nobody objects, and the words still hold square brackets: they are not settled.",
    reopened: "Was agreed, then reopened by the chair; nothing stands against it now.",
    open: "Nothing stands against it, and it is not agreed yet.",
  },
  /** Beside "Agreed": by what. */
  agreedBy: { gavel: "gavelled", silence: "by silence", adoption: "with the adoption" },
  level: {
    support: "Support",
    accept: "No objection",
    question: "Question",
    concern: "Concern",
    reservation: "Reservation",
    "awaiting-instructions": "Awaiting instructions",
    objection: "Objection",
  },
  /** What they do, in the present: `count` of them are named in `who`. */
  does: {
    support: plural({ one: "{who} supports", other: "{who} support" }),
    accept: plural({ one: "{who} has no objection", other: "{who} have no objection" }),
    question: plural({ one: "{who} asks", other: "{who} ask" }),
    concern: plural({ one: "{who} is concerned", other: "{who} are concerned" }),
    reservation: plural({ one: "{who} reserves", other: "{who} reserve" }),
    "awaiting-instructions": plural({ one: "{who} awaits instructions", other: "{who} await instructions" }),
    objection: plural({ one: "{who} objects", other: "{who} object" }),
  },
  /** The same of those who are not named. */
  counted: {
    support: plural({ one: "{count} delegation supports", other: "{count} delegations support" }),
    accept: plural({ one: "{count} delegation has no objection", other: "{count} delegations have no objection" }),
    question: plural({ one: "{count} delegation asks", other: "{count} delegations ask" }),
    concern: plural({ one: "{count} delegation is concerned", other: "{count} delegations are concerned" }),
    reservation: plural({ one: "{count} delegation reserves", other: "{count} delegations reserve" }),
    "awaiting-instructions": plural({
      one: "{count} delegation awaits instructions",
      other: "{count} delegations await instructions",
    }),
    objection: plural({ one: "{count} delegation objects", other: "{count} delegations object" }),
  },
  ground: {
    substance: "Substance",
    mandate: "Mandate",
    "agreed-language": "Agreed language",
    balance: "Balance of the text",
    procedure: "Procedure",
    translation: "Translation",
    fact: "Fact",
  },
  remedy: {
    delete: "Delete the words",
    replace: "Replace them with",
    add: "Add",
    bracket: "Put them in brackets",
    "move-to-chair-summary": "Move the paragraph to the chair's summary",
    revert: "Go back to the earlier words",
    other: "Something else",
  },
  audience: { chair: "the chair’s team", delegations: "delegations", public: "everybody" },
  standing: {
    standing: "stands",
    withdrawn: "withdrawn",
    met: "met",
    replaced: "replaced by a later position",
    lapsed: "lapsed with a silence that was not broken",
  },
  statement: {
    "explanation-of-position": "Explanation of position",
    reservation: "Reservation",
    dissociation: "Dissociation",
  },
  blocker: {
    objection: "objection to the words",
    placement: "objection to the part it stands in",
    brackets: "open brackets",
    alternatives: "alternatives to choose from",
    reopened: "reopened",
    "reopening-asked": "reopening asked",
    "words-removed": "words objected to were removed",
    proposal: "a proposal awaits its fate",
  },
  proposalsAwait: plural({ one: "a proposal awaits its fate", other: "{count} proposals await their fate" }),
  role: {
    chair: "Chair",
    facilitator: "Facilitator",
    secretariat: "Secretariat",
    delegation: "Delegate",
    adviser: "Adviser",
    reader: "Reader",
    stakeholder: "Stakeholder",
    observer: "Observer",
  },
  region: {
    african: "African States",
    "asia-pacific": "Asia-Pacific States",
    "eastern-european": "Eastern European States",
    "latin-american-caribbean": "Latin American and Caribbean States",
    "western-european-others": "Western European and other States",
    none: "Other delegations",
  },
  regionShort: {
    african: "African",
    "asia-pacific": "Asia-Pacific",
    "eastern-european": "Eastern European",
    "latin-american-caribbean": "GRULAC",
    "western-european-others": "WEOG",
    none: "Other",
  },
  method: { "chair-pen": "Chair’s pen", "on-screen": "On screen" },
  rule: { closed: "closed", delegations: "among delegations", open: "open" },
  phase: "{name}: {rule}",
  disclosure: { closed: "Closed", delegations: "Among delegations", open: "Open" },
  paragraph: "Paragraph {number}",
  /** After "paragraph", for one of the summary: numbers alone are of the consensus text. */
  ofSummary: "{number} of the chair's summary",
  /** Where there is little room. */
  mark: { consensus: "¶{number}", "chair-summary": "summary ¶{number}" },
  onBehalf: "{who} on behalf of {group}",
  someGroup: "a group",
  throughGroup: "{level}, stated on behalf of {group}",
  groupKind: { regional: "Regional", political: "Political", "cross-regional": "Cross-regional" },
} as const;
