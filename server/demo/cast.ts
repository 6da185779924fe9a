/**
 * Who takes part in the demo negotiation. All states and people are invented; their codes are from the range that ISO 3166 leaves to
 * users (XAA to XZZ), and no name comes near that of a state (a test compares them).
 */
import type { Delegation, RegionalGroup, Seat } from "../../shared/domain/roster.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";

const state = (code: string, name: string, regionalGroup: RegionalGroup) =>
  ({ code: code as DelegationCode, name, kind: "member-state", regionalGroup }) satisfies Delegation;

export const states = {
  halvern: state("XHA", "Halvern", "western-european-others"),
  brennfell: state("XBR", "Brennfell", "western-european-others"),
  rostavia: state("XRO", "Rostavia", "eastern-european"),
  velkany: state("XVE", "Velkany", "eastern-european"),
  kasimbe: state("XKA", "Kasimbe", "african"),
  umbessa: state("XUM", "Umbessa", "african"),
  tamborel: state("XTA", "Tamborel", "asia-pacific"),
  oshenara: state("XOS", "Oshenara", "asia-pacific"),
  lunari: state("XLU", "Lunari", "asia-pacific"),
  quenlo: state("XQU", "Quenlo", "latin-american-caribbean"),
  calidora: state("XCA", "Calidora", "latin-american-caribbean"),
} as const;
export type State = keyof typeof states;

export interface Player {
  readonly name: string;
  readonly seat: Seat;
  /** What a visitor finds in this seat: one line on the front door. */
  readonly finds: string;
}

const speaksFor = (state: State, name: string, finds: string): Player => ({
  name,
  seat: { role: "delegation", delegation: states[state].code },
  finds,
});

/** In the order of the front door: first those with something to decide. */
export const cast = {
  hale: {
    name: "Ines Hale",
    seat: { role: "chair" },
    finds:
      "Ambassador of Maravelle, in the chair. She needs to know what still stands between this text and consensus.",
  },
  tolui: speaksFor(
    "lunari",
    "Sefa Tolui",
    "Head of a delegation of two. Objects to one phrase of paragraph 24, alone.",
  ),
  voskan: speaksFor("rostavia", "Dmir Voskan", "Objects to paragraph 16, with one other delegation."),
  mbori: speaksFor("kasimbe", "Adaeze Mbori", "Objected to paragraph 27; its words have changed since."),
  halmos: speaksFor("velkany", "Petra Halmos", "Does not object to the words of paragraph 36, but to where it stands."),
  quintar: speaksFor("quenlo", "Rosa Quintar", "Objects to paragraph 16 and has said what would do instead."),
  esterlin: speaksFor("halvern", "Maud Esterlin", "Insists that paragraph 16 stays in the consensus text."),
  sunde: speaksFor("brennfell", "Ivar Sunde", "Asked for a stronger verb in paragraph 19, which was reopened."),
  ferrant: speaksFor("calidora", "Lucio Ferrant", "Withdrew its objection to paragraph 31 at 15:10."),
  tarim: speaksFor("umbessa", "Joel Tarim", "Has to confirm a reservation that was taken down from the floor."),
  ilhan: speaksFor("tamborel", "Nadir Ilhan", "Supported paragraph 19 before it was reopened."),
  amari: speaksFor("oshenara", "Keira Amari", "Asked a question on paragraph 11 that has no answer yet."),
  kirre: speaksFor("lunari", "Ano Kirre", "Its other half, on a phone in the corridor."),
  reyl: {
    name: "Tomas Reyl",
    seat: { role: "secretariat" },
    finds: "Drafts for the chair. Writes the text, but does not circulate it and holds no gavel.",
  },
  whitlock: {
    name: "Dana Whitlock",
    seat: { role: "observer" },
    finds: "Reports on the talks. Reads what everyone may read.",
  },
} satisfies { readonly [name: string]: Player };
export type Name = keyof typeof cast;
export const names = Object.keys(cast) as Name[];
