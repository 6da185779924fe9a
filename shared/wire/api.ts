/**
 * What the HTTP interface answers (contract: stable for other programs). Reports are `ComposedReport`, records `RecordFrame`,
 * commands `Command`; here is the rest. Errors are `Problem`.
 */
import type { ChangedFor } from "../domain/changed-for.ts";
import type { SeenDrafting } from "../domain/drafting.ts";
import type { DisclosurePreset, Method, Topic } from "../domain/entries.ts";
import type { ImportFormat } from "../domain/import-text.ts";
import type { GroupKind } from "../domain/groups.ts";
import type { RegionalGroup, DelegationKind } from "../domain/roster.ts";
import type { RefusalCode } from "../domain/refusals.ts";
import type { DelegationCode, EpochMs, GroupId, ParagraphId, PersonId } from "../domain/values.ts";

/** Proof that an act is on the record. `at` is ISO 8601 in UTC with milliseconds. */
export interface Receipt {
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
}

/** Answer to a command that was decided. `link`: for `invite`, the one-time sign-in address. */
export interface CommandAnswer {
  readonly receipt: Receipt;
  readonly id?: string;
  readonly link?: string;
}

export interface Me {
  /** Of the first seat below: a browser's session can hold seats of several persons, as in the demo. */
  readonly person: { readonly id: PersonId; readonly name: string } | null;
  /** The seats this session or token may act for. `seat` is what goes into `Rapporteur-Seat` and into desk addresses. */
  readonly seats: readonly MySeat[];
  /** Whether this person may open a negotiation: everyone who signed in with a link made for it, or holds a chair. */
  readonly mayOpen: boolean;
  /** Whether they may open one from an archive: whoever signed in with such a link. */
  readonly mayUnarchive: boolean;
}

export interface MySeat {
  readonly negotiation: string;
  readonly title: string;
  readonly seat: string;
  readonly name: string;
}

export interface NegotiationSummary {
  readonly slug: string;
  readonly title: string;
  readonly agreed: number;
  readonly total: number;
  readonly circulatedAt: string | null;
  /** The caller's seats in it. */
  readonly seats: readonly string[];
}

export interface NegotiationInfo {
  readonly slug: string;
  readonly title: string;
  readonly method: Method;
  readonly disclosure: DisclosurePreset;
  /** Every rule of disclosure there was, oldest first, and last the one that is announced, if one is. */
  readonly phases: readonly {
    readonly disclosure: DisclosurePreset;
    readonly name: string | null;
    readonly from: string;
    readonly seq: number;
  }[];
  readonly silenceMinimumHours: number;
  readonly topics: readonly Topic[];
  /** Issued versions, oldest first. `name` stands in addresses: `/n/S/v/NAME`. */
  readonly versions: readonly {
    readonly name: string;
    readonly label: string;
    readonly symbol: string | null;
    readonly date: string;
    readonly note: string | null;
    readonly seq: number;
    readonly at: string;
  }[];
  /** Each time the text became known to everyone, versions included. */
  readonly circulations: readonly { readonly seq: number; readonly at: string; readonly note: string | null }[];
  readonly delegations: readonly {
    readonly code: DelegationCode;
    readonly name: string;
    readonly kind: DelegationKind;
    readonly regionalGroup: RegionalGroup;
  }[];
  /** Regional groups that have a delegation in the roster, and those the chair's team made; `speaker` states things on its behalf. */
  readonly groups: readonly {
    readonly id: GroupId;
    readonly name: string;
    readonly kind: GroupKind;
    readonly members: readonly DelegationCode[];
    readonly speaker: DelegationCode | null;
  }[];
  /** `text`: null where this caller may not join the live text. `record`: frames of type 110 for everyone. */
  readonly rooms: { readonly text: string | null; readonly record: string };
  /** For each act that is a matter of role: null where allowed, else why not. */
  readonly rights: Readonly<Record<string, RefusalCode | null>>;
  readonly seat: string | null;
  /** The last entry that this person in this seat has seen, on whatever device; null when unknown, or where many share the seat. */
  readonly seen: number | null;
  readonly demo: boolean;
}

/** `POST /api/v1/negotiations/S/seen {upTo}`; the answer is what is kept, which never goes back. */
export interface SeenAnswer {
  readonly seen: number;
}

/** `GET /api/v1/negotiations/S/changed?since=N`: what changed for the delegation of this seat between two entries. */
export interface ChangedAnswer extends Omit<ChangedFor, "course"> {
  readonly since: number;
  readonly upTo: number;
  /** The entries that say so, to be read in the record. */
  readonly course: readonly { readonly seq: number; readonly at: EpochMs; readonly kind: string }[];
}

/** `POST /api/v1/client-ids {room}` */
export interface ClientIdAnswer {
  readonly clientId: number;
}

/** `POST /api/v1/tickets {room}`; the ticket is good for one connection. */
export interface TicketAnswer {
  readonly ticket: string;
  readonly expires: string;
}

/** `POST /sync/ROOM`: the name of a line over HTTP, known to nobody else. */
export interface LineAnswer {
  readonly line: string;
}

/** RFC 9457. `code` is stable; `detail` is for people. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Reference to find this in the server's log. */
  readonly reference?: string;
  readonly paragraph?: ParagraphId;
  /** All that stand in the way, where more than one can. */
  readonly paragraphs?: readonly ParagraphId[];
  readonly by?: readonly DelegationCode[];
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
}

/** `POST /api/v1/negotiations`: open a negotiation. Delegations by code from the list of states, or given whole. */
export interface OpenNegotiation {
  /** 72 when left out. */
  readonly silenceMinimumHours?: number;
  readonly title: string;
  readonly slug: string;
  readonly method: Method;
  readonly disclosure: DisclosurePreset;
  readonly text?: string;
  /** How to read `text`; without it the text is looked at. */
  readonly format?: ImportFormat;
  /** Typed numbers of paragraphs become references. */
  readonly references?: boolean;
  readonly delegations: readonly {
    readonly code: string;
    readonly name: string;
    readonly kind: DelegationKind;
    readonly regionalGroup: RegionalGroup;
  }[];
}

/** `GET /api/v1/negotiations/S/silences/ID/receipts`: who has opened the text since the silence was announced. For the chair. */
export interface Receipts {
  readonly receipts: readonly { readonly code: DelegationCode; readonly name: string; readonly at: string }[];
}

/** A private drafting room as a delegation in it sees it. `room`: where its words are, once it has joined. */
export type SeenDraftingRoom = SeenDrafting & { readonly room: string | null };

/** `GET /api/v1/negotiations/S/drafting`, for the delegations in them alone. */
export interface DraftingRoomsAnswer {
  readonly rooms: readonly SeenDraftingRoom[];
}

/** Whether somebody follows at a secret address: until when, or null. */
export interface FeedKey {
  readonly expires: string | null;
}

/** A secret address, told this once. */
export interface FeedKeyMade {
  readonly expires: string;
  readonly atom: string;
  readonly json: string;
  readonly calendar: string;
}

/** `POST /api/v1/negotiations/S/invitations {seats}`: every link at once. */
export interface Invitation {
  readonly seat: string;
  readonly name: string;
  readonly link: string;
  readonly expires: string;
}
