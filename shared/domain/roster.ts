/** Who takes part: delegations, seats and what each seat may see. Rights themselves are in `rights.ts`. */
import type { DelegationCode, PersonId } from "./values.ts";
import { parseDelegationCode } from "./values.ts";

export type DelegationKind = "member-state" | "observer-state" | "regional-organisation" | "un-entity";
export type RegionalGroup =
  | "african"
  | "asia-pacific"
  | "eastern-european"
  | "latin-american-caribbean"
  | "western-european-others"
  | "none";

export interface Delegation {
  readonly code: DelegationCode;
  readonly name: string;
  readonly kind: DelegationKind;
  readonly regionalGroup: RegionalGroup;
}

/** `delegation` is a head or delegate: the seat that speaks. Advisers draft; readers read. */
export type Role =
  | "chair"
  | "facilitator"
  | "secretariat"
  | "delegation"
  | "adviser"
  | "reader"
  | "stakeholder"
  | "observer";

/**
 * A capacity in one negotiation, spelled as links and addresses spell it: `chair`, `secretariat`, `delegation:XAA`, `adviser:XAA`,
 * `reader:XAA`, `stakeholder:ID`, `observer`. Several persons may hold the same seat.
 */
export type Seat =
  | { readonly role: "chair" | "facilitator" | "secretariat" | "observer" }
  | { readonly role: "delegation" | "adviser" | "reader"; readonly delegation: DelegationCode }
  | { readonly role: "stakeholder"; readonly stakeholder: string };

/** A person acting for exactly one seat. Comes from the session or token, never from a request's body. */
export interface Actor {
  readonly person: PersonId;
  readonly name: string;
  readonly seat: Seat;
}

/** Whose eyes: what disclosure asks about. Every seat maps to one of these. */
export type Viewer =
  | { readonly kind: "team" }
  | { readonly kind: "delegation"; readonly code: DelegationCode }
  | { readonly kind: "stakeholder" }
  | { readonly kind: "public" };

export const thePublic: Viewer = { kind: "public" };

export function viewerOf(seat: Seat): Viewer {
  switch (seat.role) {
    case "chair":
    case "facilitator":
    case "secretariat":
      return { kind: "team" };
    case "delegation":
    case "adviser":
    case "reader":
      return { kind: "delegation", code: seat.delegation };
    case "stakeholder":
      return { kind: "stakeholder" };
    case "observer":
      return thePublic;
  }
}

export const isTeam = (seat: Seat): boolean => viewerOf(seat).kind === "team";

/** The delegation a seat acts for, whatever its role in it. */
export const delegationOf = (seat: Seat): DelegationCode | null => ("delegation" in seat ? seat.delegation : null);

export function spellSeat(seat: Seat): string {
  if ("delegation" in seat) return `${seat.role}:${seat.delegation}`;
  if ("stakeholder" in seat) return `stakeholder:${seat.stakeholder}`;
  return seat.role;
}

export function parseSeat(spelled: unknown): Seat | null {
  if (typeof spelled !== "string") return null;
  const [role, id, ...rest] = spelled.split(":");
  if (rest.length > 0) return null;
  switch (role) {
    case "chair":
    case "facilitator":
    case "secretariat":
    case "observer":
      return id === undefined ? { role } : null;
    case "delegation":
    case "adviser":
    case "reader": {
      const delegation = parseDelegationCode(id);
      return delegation && { role, delegation };
    }
    case "stakeholder":
      return id !== undefined && /^[A-Za-z0-9-]{1,40}$/.test(id) ? { role, stakeholder: id } : null;
    default:
      return null;
  }
}

/** How many States take part. */
export const statesIn = ({ delegations }: { readonly delegations: ReadonlyMap<DelegationCode, Delegation> }): number =>
  [...delegations.values()].filter(({ kind }) => kind === "member-state").length;
