/**
 * What the server needs remembered. One port; adapters: SQLite in a worker thread, and memory for tests.
 * Both pass `tests/contracts/store-contract.ts`.
 *
 * There is one door for changes, `commit`: a list of writes that is durable as a whole when the promise resolves,
 * and not there at all when it rejects. Commits made in the same turn may share one disk sync.
 */
import type { Entry } from "../../shared/domain/entries.ts";
import type {
  DelegationCode,
  DraftingId,
  EpochMs,
  PersonId,
  SilenceId,
  WordingHash,
} from "../../shared/domain/values.ts";

/** What the first entry of a record names as the hash before it. */
export const genesis = "0".repeat(64);

/** 128 random bits in base 62; the path of a socket. Names one text in one epoch. */
export type RoomId = string;
/** Internal name of a negotiation, never shown. */
export type NegotiationId = string;

export interface NegotiationRow {
  readonly id: NegotiationId;
  readonly slug: string;
  /** Room of the report's text in its present epoch. A restore or rebuild gives a new one, so that old local copies cannot merge in. */
  readonly textRoom: RoomId;
  /** Room through which those who may not see the live text get the record. */
  readonly recordRoom: RoomId;
  readonly createdAt: EpochMs;
}

/** A room of an earlier epoch: nobody enters it any more, but whoever held it open is told to load the page again. */
export interface FormerRoom {
  readonly room: RoomId;
  readonly negotiation: NegotiationId;
  /** What it was of: the report's text, the record, or one drafting. */
  readonly kind: "text" | "record" | DraftingId;
}

export interface TextUpdate {
  readonly bytes: Uint8Array;
  /** Who typed it; null for what the server wrote when a command was decided. */
  readonly person: PersonId | null;
  readonly at: EpochMs;
}

export interface PersonRow {
  readonly id: PersonId;
  readonly name: string;
}

/** A seat held by a person. `seat` is spelled as in `spellSeat`. */
export interface SeatHolding {
  readonly person: PersonId;
  readonly negotiation: NegotiationId;
  readonly seat: string;
}

/** How far a person in a seat has seen the record: their own business, and so in no log. */
export interface SeenRow extends SeatHolding {
  readonly upTo: number;
}

/** A one-time sign-in link; only the SHA-256 of its token is kept. `person` null: a new person is made when it is used. */
export interface LinkRow {
  readonly tokenHash: string;
  readonly negotiation: NegotiationId | null;
  readonly seat: string;
  readonly person: PersonId | null;
  readonly name: string | null;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly usedAt: EpochMs | null;
}

/** A browser's session; holds any number of seats through its persons. Only the SHA-256 of the cookie's value is kept. */
export interface SessionRow {
  readonly tokenHash: string;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
}

/** An API token for one seat. */
export interface TokenRow extends SeatHolding {
  readonly tokenHash: string;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
}

/** The stored answer to a command, so that a repetition gets the same answer. */
export interface AnswerRow {
  readonly negotiation: NegotiationId;
  /** Whose key: `person seat`. */
  readonly owner: string;
  readonly key: string;
  /** SHA-256 of the canonical command. */
  readonly bodyHash: string;
  readonly answer: string;
  readonly at: EpochMs;
}

/** That a delegation has opened the text since silence on it was announced: for the chair alone, so never in the record. */
export interface DeliveryRow {
  readonly negotiation: NegotiationId;
  readonly silence: SilenceId;
  readonly delegation: DelegationCode;
  readonly at: EpochMs;
}

/** A paper of a delegation, for its own seats alone. `paper` is JSON. */
export interface PaperRow {
  readonly negotiation: NegotiationId;
  readonly delegation: DelegationCode;
  readonly id: string;
  readonly paper: string;
}

/** A private drafting room, for the delegations in it alone. `drafting` is JSON; its words are the text of `room` in the present epoch. */
export interface DraftingRow {
  readonly negotiation: NegotiationId;
  readonly id: DraftingId;
  readonly room: RoomId;
  readonly drafting: string;
}

/** A program that is told of new entries. `webhook` is JSON, with the secret that its messages are signed with. */
export interface WebhookRow {
  readonly negotiation: NegotiationId;
  readonly id: string;
  readonly webhook: string;
}

/** The secret address at which somebody follows a negotiation from a seat; only the SHA-256 of the secret is kept. */
export interface FeedKeyRow extends SeatHolding {
  readonly keyHash: string;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
}

export type Write =
  /** New, or in place of the row with the same id. A slug that another negotiation has is refused with `StaleRecord`. */
  | { readonly kind: "negotiation"; readonly row: NegotiationRow }
  | { readonly kind: "former-room"; readonly row: FormerRoom }
  | {
      readonly kind: "entries";
      readonly negotiation: NegotiationId;
      readonly after: number;
      readonly entries: readonly Entry[];
    }
  | {
      readonly kind: "wordings";
      readonly wordings: readonly { readonly hash: WordingHash; readonly canonical: string }[];
    }
  | { readonly kind: "text"; readonly room: RoomId; readonly updates: readonly TextUpdate[] }
  /** Refused with `StaleRecord` when the key has an answer: of two equal requests at once, the slower one finds that answer. */
  | { readonly kind: "answer"; readonly row: AnswerRow }
  | { readonly kind: "person"; readonly row: PersonRow }
  | { readonly kind: "seat-holding"; readonly row: SeatHolding }
  | { readonly kind: "seat-holding-ended"; readonly row: SeatHolding }
  /** Never less than before. */
  | { readonly kind: "seen"; readonly row: SeenRow }
  /** New, or in place of the delegation's paper with the same id. */
  | { readonly kind: "paper"; readonly row: PaperRow }
  | { readonly kind: "paper-gone"; readonly row: Omit<PaperRow, "paper"> }
  /** New, or in place of the row with the same id. */
  | { readonly kind: "drafting"; readonly row: DraftingRow }
  /** New, or in place of the row with the same id. */
  | { readonly kind: "webhook"; readonly row: WebhookRow }
  | { readonly kind: "webhook-gone"; readonly row: Omit<WebhookRow, "webhook"> }
  /** In place of the one that the same person had in the same seat. */
  | { readonly kind: "feed-key"; readonly row: FeedKeyRow }
  | { readonly kind: "feed-key-gone"; readonly row: SeatHolding }
  | { readonly kind: "feed-keys-gone"; readonly negotiation: NegotiationId }
  | { readonly kind: "link"; readonly row: LinkRow }
  /** Refused with `LinkSpent` when the link is unknown, expired at `at`, or already used. */
  | { readonly kind: "link-used"; readonly tokenHash: string; readonly at: EpochMs }
  | { readonly kind: "session"; readonly row: SessionRow }
  /** Refused with `StaleRecord` when the session has ended. */
  | { readonly kind: "session-holds"; readonly tokenHash: string; readonly person: PersonId }
  /** A session that has ended stays ended. */
  | { readonly kind: "session-renewed"; readonly tokenHash: string; readonly expiresAt: EpochMs }
  | { readonly kind: "session-ended"; readonly tokenHash: string }
  /** The server was there, and could write: by what is missing it knows how long it was away. */
  | { readonly kind: "pulse"; readonly negotiation: NegotiationId; readonly at: EpochMs }
  /** The first one stays. */
  | { readonly kind: "delivery"; readonly row: DeliveryRow }
  | { readonly kind: "token"; readonly row: TokenRow }
  | { readonly kind: "token-ended"; readonly tokenHash: string };

export interface StoredText {
  /** A whole state that holds every update up to and including `upTo`, or null. */
  readonly snapshot: Uint8Array | null;
  /** Updates after the snapshot, oldest first. */
  readonly updates: readonly Uint8Array[];
  /** Number of the last update; 0 when there is none. */
  readonly upTo: number;
}

export interface Store {
  /**
   * All or nothing, and on disk when it resolves.
   * @throws StaleRecord when an `entries` write does not follow the stored record in number and hash; LinkSpent; StorageTrouble for everything the disk does.
   */
  commit(writes: readonly Write[]): Promise<void>;

  /** Oldest first. */
  negotiations(): Promise<readonly NegotiationRow[]>;
  negotiationBySlug(slug: string): Promise<NegotiationRow | null>;
  /** The rooms of all earlier epochs. */
  formerRooms(): Promise<readonly FormerRoom[]>;
  /** Entries with `seq > after`, in order. @throws Damaged when a stored row does not match its checksum. */
  entries(negotiation: NegotiationId, after?: number): Promise<readonly Entry[]>;
  wording(hash: WordingHash): Promise<string | null>;

  /** Three outcomes that must never be confused: the text, null for a room that was never written, or an exception. */
  text(room: RoomId): Promise<StoredText | null>;
  /** The last updates of a text, oldest first, whether a snapshot holds them or not: no more than so many, and so many bytes. @throws Damaged */
  lastUpdates(room: RoomId, most: number, mostBytes: number): Promise<readonly Uint8Array[]>;
  /** Replaces the snapshot if `upTo` is higher than the stored one's, which must be the number of a stored update. Updates are never deleted. */
  saveSnapshot(room: RoomId, upTo: number, state: Uint8Array): Promise<void>;
  /** Issues a uint32 client id for one page load of this person in this room. Never issues the same one twice for a room. */
  issueClientId(room: RoomId, person: PersonId, at: EpochMs): Promise<number>;
  /** Every client id ever issued in this room, with its person. */
  clientIds(room: RoomId): Promise<ReadonlyMap<number, PersonId>>;

  answer(negotiation: NegotiationId, owner: string, key: string): Promise<AnswerRow | null>;
  /** Drops answers older than `before`; returns how many. */
  forgetAnswers(before: EpochMs): Promise<number>;

  /** The last pulse, or null. */
  pulse(negotiation: NegotiationId): Promise<EpochMs | null>;
  /** In the order in which they came. */
  deliveries(negotiation: NegotiationId, silence: SilenceId): Promise<readonly DeliveryRow[]>;

  person(id: PersonId): Promise<PersonRow | null>;
  seatsOf(person: PersonId): Promise<readonly SeatHolding[]>;
  /** In the order in which they were first written. @throws Damaged */
  papers(negotiation: NegotiationId, delegation: DelegationCode): Promise<readonly PaperRow[]>;
  /** In the order in which they were first written. @throws Damaged */
  draftings(negotiation: NegotiationId): Promise<readonly DraftingRow[]>;
  /** In the order in which they were first written. @throws Damaged */
  webhooks(negotiation: NegotiationId): Promise<readonly WebhookRow[]>;
  holdersOf(negotiation: NegotiationId, seat: string): Promise<readonly PersonRow[]>;
  /** The last entry that this person in this seat has seen; null when that was never said. */
  seen(holding: SeatHolding): Promise<number | null>;
  feedKey(keyHash: string): Promise<FeedKeyRow | null>;
  feedKeyOf(holding: SeatHolding): Promise<FeedKeyRow | null>;
  link(tokenHash: string): Promise<LinkRow | null>;
  session(tokenHash: string): Promise<(SessionRow & { readonly persons: readonly PersonId[] }) | null>;
  token(tokenHash: string): Promise<TokenRow | null>;

  /** True when a write would succeed now (a probe row is written and synced). Never throws. */
  writable(): Promise<boolean>;
  /** The version the database is at. */
  schemaVersion(): Promise<number>;
  close(): Promise<void>;
}

/** Another writer was faster: load again what was decided on, and decide again. */
export class StaleRecord extends Error {
  override readonly name = "StaleRecord";
}
/** The link cannot be used (any more). */
export class LinkSpent extends Error {
  override readonly name = "LinkSpent";
}
/** The disk refused: full, read-only, gone. Nothing of the commit was kept. */
export class StorageTrouble extends Error {
  override readonly name = "StorageTrouble";
}
/** Stored bytes are not what was written. The row is named in the message; nothing is served from it. */
export class Damaged extends Error {
  override readonly name = "Damaged";
}
/** The database was written by a newer release. */
export class NewerDatabase extends Error {
  override readonly name = "NewerDatabase";
}
/** Another process holds the data. */
export class InUse extends Error {
  override readonly name = "InUse";
}
