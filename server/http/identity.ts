/**
 * Who asks. A browser's session holds persons, a person holds seats, a request acts for one seat; an API token is one person in one
 * seat. Secrets are 256 random bits and only their SHA-256 is kept. Which seats a person holds is always read from the record as it
 * is now, never from the secret, so that revoking a seat ends it everywhere at once (SPEC: IDE).
 */
import { parseCookie, stringifySetCookie } from "cookie";
import type { IncomingHttpHeaders } from "node:http";
import type { Actor, Seat } from "../../shared/domain/roster.ts";
import { parseSeat, spellSeat } from "../../shared/domain/roster.ts";
import type { EpochMs, PersonId } from "../../shared/domain/values.ts";
import { epochMs, mintId } from "../../shared/domain/values.ts";
import { sha256 } from "../negotiation/hash.ts";
import type { House } from "../negotiation/house.ts";
import type { LiveNegotiation } from "../negotiation/live-negotiation.ts";
import type { Ports } from "../negotiation/ports.ts";
import type { LinkRow, SeatHolding, Write } from "../store/port.ts";
import { LinkSpent } from "../store/port.ts";
import type { Site } from "./origins.ts";
import { Trouble } from "./problems.ts";

const day = 86_400_000;
const sessionMs = 30 * day;
/** A session in use is prolonged once a day, not with each request. */
const renewalMs = 29 * day;
/** How long the secret before the newest still opens what it opened before: requests of other tabs are under way with it. */
const graceMs = 30_000;
const linkMs = day;
const tokenMs = 365 * day;
const feedKeyMs = 365 * day;

/** `__Host-` binds the cookie to this host and to https; most browsers take loopback for secure (seen in Chromium 156 and Firefox 153). */
export const cookieName = "__Host-rapporteur";
/** WebKit does not (seen in WebKitGTK 2.50): without https it keeps this one, which nobody else reads. */
const plainCookieName = "rapporteur";
const cookieRules = { httpOnly: true, sameSite: "strict", path: "/" } as const;

/** The seat of those who may open a negotiation, held in no negotiation: `LinkRow.negotiation` is null, the holding's is empty. */
export const openerSeat = "opener";
const noNegotiation = "";

export type Caller =
  | { readonly kind: "public" }
  | {
      readonly kind: "session";
      readonly hash: string;
      readonly persons: readonly PersonId[];
      /** Cookies to be set again. */
      readonly renew: readonly string[];
    }
  | { readonly kind: "token"; readonly person: PersonId; readonly negotiation: string; readonly seat: string };

export interface Link {
  readonly token: string;
  readonly expiresAt: EpochMs;
}

/** Where a link leads. */
export interface Destination {
  /** Null for `openerSeat`. */
  readonly negotiation: string | null;
  /** Spelled. */
  readonly seat: string;
  /** Null: called by the name of the seat. */
  readonly name: string | null;
  /** Someone who holds the seat already, for a further device; by default the link makes a person. */
  readonly person?: PersonId;
}

/** Only a link that is good says for whom. */
export type LinkState =
  | { readonly state: "good"; readonly title: string | null; readonly seat: string }
  | { readonly state: "used" | "expired" | "unknown" };

interface Opener {
  readonly person: PersonId;
  readonly name: string;
}

/** Where someone came in. */
export interface Entered {
  /** To be set, all of them. */
  readonly cookies: readonly string[];
  /** Null for those who may open a negotiation. */
  readonly negotiation: LiveNegotiation | null;
  readonly seat: string;
}

type IdentityPorts = Pick<Ports, "store" | "clock" | "random"> & { readonly site: Pick<Site, "isSecure"> };

export class Identity {
  readonly #ports: IdentityPorts;
  readonly #house: House;

  constructor(house: House, ports: IdentityPorts) {
    this.#house = house;
    this.#ports = ports;
  }

  // ---------- who asks ----------

  /** @throws not-signed-in for a token that is not good; a cookie that is not good is the public's, as when a session has ended */
  async callerOf({ authorization, cookie }: IncomingHttpHeaders): Promise<Caller> {
    if (authorization !== undefined) return this.#byToken(authorization);
    const cookies = cookie === undefined ? {} : parseCookie(cookie);
    const secret = cookies[cookieName] ?? (this.#ports.site.isSecure ? undefined : cookies[plainCookieName]);
    return secret === undefined ? { kind: "public" } : this.#bySession(secret);
  }

  async #byToken(authorization: string): Promise<Caller> {
    const secret = /^Bearer ([\w-]{43})$/i.exec(authorization)?.[1];
    const row = secret === undefined ? null : await this.#ports.store.token(sha256(secret));
    if (!row || row.expiresAt <= this.#now()) {
      throw new Trouble("not-signed-in", {}, { "WWW-Authenticate": 'Bearer error="invalid_token"' });
    }
    return { kind: "token", person: row.person, negotiation: row.negotiation, seat: row.seat };
  }

  async #bySession(secret: string): Promise<Caller> {
    const hash = sha256(secret);
    const session = await this.#ports.store.session(hash);
    const now = this.#now();
    if (!session || session.expiresAt <= now) return { kind: "public" };
    const left = session.expiresAt - now;
    if (left > renewalMs || left <= graceMs) return { kind: "session", hash, persons: session.persons, renew: [] };
    const expiresAt = epochMs(now + sessionMs);
    await this.#ports.store.commit([{ kind: "session-renewed", tokenHash: hash, expiresAt }]);
    return { kind: "session", hash, persons: session.persons, renew: this.#cookies(secret, sessionMs) };
  }

  /** The seats this caller holds in a negotiation, by its record as it is now; the one taken last first. */
  actorsIn(caller: Caller, negotiation: LiveNegotiation): readonly Actor[] {
    if (caller.kind === "public") return [];
    if (caller.kind === "token" && caller.negotiation !== negotiation.row.id) return [];
    return negotiation.record.holdings
      .filter(
        ({ person, seat }) =>
          seatExists(negotiation, seat) &&
          (caller.kind === "token"
            ? person === caller.person && spellSeat(seat) === caller.seat
            : caller.persons.includes(person)),
      )
      .map(({ person, name, seat }) => ({ person, name, seat }))
      .toReversed();
  }

  /**
   * For which seat this request acts; null: for the public.
   * @param wanted the seat it names, if it names one
   * @throws seat-not-held, seat-needed
   */
  actorIn(caller: Caller, negotiation: LiveNegotiation, wanted: string | undefined): Actor | null {
    const actors = this.actorsIn(caller, negotiation);
    if (wanted !== undefined) {
      const actor = actors.find(({ seat }) => spellSeat(seat) === wanted);
      if (!actor) throw new Trouble(caller.kind === "public" ? "not-signed-in" : "seat-not-held");
      return actor;
    }
    const [actor = null] = actors;
    if (actor && actors.some(({ seat }) => spellSeat(seat) !== spellSeat(actor.seat))) throw new Trouble("seat-needed");
    return actor;
  }

  /** The person whom the host itself invited to open negotiations. Null: nobody of this caller. */
  async operatorOf(caller: Caller): Promise<Opener | null> {
    if (caller.kind !== "session") return null;
    for (const person of caller.persons) {
      const seats = await this.#ports.store.seatsOf(person);
      if (!seats.some(({ seat }) => seat === openerSeat)) continue;
      const row = await this.#ports.store.person(person);
      if (row) return { person, name: row.name };
    }
    return null;
  }

  /** The person who may open negotiations: an operator, or in a chair somewhere. Null: nobody of this caller may. */
  async openerOf(caller: Caller): Promise<Opener | null> {
    if (caller.kind !== "session") return null;
    const operator = await this.operatorOf(caller);
    if (operator) return operator;
    for (const negotiation of this.#house.all()) {
      const chair = this.actorsIn(caller, negotiation).find(({ seat }) => seat.role === "chair");
      if (chair) return { person: chair.person, name: chair.name };
    }
    return null;
  }

  // ---------- how they come in ----------

  /** What must be written for a link to exist. */
  newLink(to: Destination): { readonly link: Link; readonly write: Write } {
    const token = this.#secret();
    const createdAt = this.#now();
    const expiresAt = epochMs(createdAt + linkMs);
    const { person = null } = to;
    const row: LinkRow = { ...to, person, tokenHash: sha256(token), createdAt, expiresAt, usedAt: null };
    return { link: { token, expiresAt }, write: { kind: "link", row } };
  }

  async makeLink(to: Destination): Promise<Link> {
    const { link, write } = this.newLink(to);
    await this.#ports.store.commit([write]);
    return link;
  }

  /** What a link is good for now. Looking uses nothing up. */
  async linkState(token: string): Promise<LinkState> {
    const row = await this.#link(token);
    if (!row) return { state: "unknown" };
    if (row.usedAt !== null) return { state: "used" };
    if (row.expiresAt < this.#now()) return { state: "expired" };
    return { state: "good", title: this.#negotiationOf(row)?.record.settings.title ?? null, seat: row.seat };
  }

  /**
   * Uses a link up. Its seat joins those the caller holds already, in a session with a new secret, so that nobody who knew the old one
   * gains a seat. Link, person, seat and session are one commit.
   * @throws link-spent
   */
  async enter(token: string, caller: Caller): Promise<Entered> {
    const row = await this.#link(token);
    if (!row || row.usedAt !== null || row.expiresAt < this.#now()) throw new Trouble("link-spent");
    const negotiation = this.#negotiationOf(row);
    const person = row.person ?? (mintId(this.#ports.random) as PersonId);
    const { cookies, writes } = this.#nextSession(caller, person);
    const used: Write = { kind: "link-used", tokenHash: row.tokenHash, at: this.#now() };
    try {
      if (row.person !== null) await this.#ports.store.commit([used, ...writes]);
      else await this.#seat({ ...row, person, name: this.#nameFor(row, negotiation) }, negotiation, [used, ...writes]);
    } catch (trouble) {
      if (trouble instanceof LinkSpent) throw new Trouble("link-spent");
      throw trouble;
    }
    return { cookies, negotiation, seat: row.seat };
  }

  /** A new person takes a seat: who they are, the seat, its entry, and `also`, in one commit. */
  async #seat(
    {
      person,
      name,
      seat,
      negotiation: id,
    }: { person: PersonId; name: string; seat: string; negotiation: string | null },
    negotiation: LiveNegotiation | null,
    also: readonly Write[],
  ): Promise<void> {
    const writes: Write[] = [
      ...also,
      { kind: "person", row: { id: person, name } },
      { kind: "seat-holding", row: { person, negotiation: id ?? noNegotiation, seat } },
    ];
    if (negotiation) await negotiation.takeSeat({ person, name, seat: seatOf(seat) }, writes);
    else await this.#ports.store.commit(writes);
  }

  /**
   * Adds a person who has a seat already to what the caller holds. Only for seats that are open to everyone, as the demo's are: there is
   * nothing to steal, so the session keeps its secret and several tabs may do this at once.
   * @returns the cookies to set, none where the session goes on
   */
  async join(caller: Caller, person: PersonId): Promise<readonly string[]> {
    if (caller.kind === "session") {
      await this.#ports.store.commit([{ kind: "session-holds", tokenHash: caller.hash, person }]);
      return [];
    }
    const { cookies, writes } = this.#nextSession(caller, person);
    await this.#ports.store.commit(writes);
    return cookies;
  }

  /** @returns the cookies that make the browser forget */
  async leave(caller: Caller): Promise<readonly string[]> {
    if (caller.kind === "session") await this.#ports.store.commit([{ kind: "session-ended", tokenHash: caller.hash }]);
    return this.#cookies("", 0);
  }

  /** An API token for a seat, held by a person of its own, who takes it now. */
  async makeToken(negotiation: LiveNegotiation, seat: Seat, name: string): Promise<string> {
    const token = this.#secret();
    const person = mintId(this.#ports.random) as PersonId;
    const createdAt = this.#now();
    const holding = { person, negotiation: negotiation.row.id, seat: spellSeat(seat) };
    const expiresAt = epochMs(createdAt + tokenMs);
    await this.#seat({ ...holding, name }, negotiation, [
      { kind: "token", row: { ...holding, tokenHash: sha256(token), createdAt, expiresAt } },
    ]);
    return token;
  }

  // ---------- followed from elsewhere ----------

  /** When the address ends at which this person follows from this seat; null where there is none. */
  async feedKeyEnds(negotiation: LiveNegotiation, actor: Actor): Promise<EpochMs | null> {
    const row = await this.#ports.store.feedKeyOf(holdingOf(negotiation, actor));
    return row && row.expiresAt > this.#now() ? row.expiresAt : null;
  }

  /** The secret of a new address, in place of the one there was. It reads feeds and the calendar as this seat, and nothing else. */
  async makeFeedKey(negotiation: LiveNegotiation, actor: Actor): Promise<{ secret: string; expiresAt: EpochMs }> {
    const secret = this.#secret();
    const createdAt = this.#now();
    const expiresAt = epochMs(createdAt + feedKeyMs);
    const row = { ...holdingOf(negotiation, actor), keyHash: sha256(secret), createdAt, expiresAt };
    await this.#ports.store.commit([{ kind: "feed-key", row }]);
    return { secret, expiresAt };
  }

  async endFeedKey(negotiation: LiveNegotiation, actor: Actor): Promise<void> {
    await this.#ports.store.commit([{ kind: "feed-key-gone", row: holdingOf(negotiation, actor) }]);
  }

  /** Who follows by this secret: null also once the seat is no longer held, or the address has ended. */
  async followerBy(secret: string): Promise<{ readonly negotiation: LiveNegotiation; readonly seat: Seat } | null> {
    const row = /^[\w-]{43}$/.test(secret) ? await this.#ports.store.feedKey(sha256(secret)) : null;
    if (!row || row.expiresAt <= this.#now()) return null;
    const negotiation = this.#house.all().find((one) => one.row.id === row.negotiation);
    const seat = seatOf(row.seat);
    return negotiation && holds(negotiation, row.person, seat) ? { negotiation, seat } : null;
  }

  /** Null also when what it leads to is gone: the negotiation, the delegation on its roster, the seat of the person it is for. */
  async #link(token: string): Promise<LinkRow | null> {
    const row = /^[\w-]{43}$/.test(token) ? await this.#ports.store.link(sha256(token)) : null;
    if (!row || row.negotiation === null) return row;
    const negotiation = this.#negotiationOf(row);
    const seat = seatOf(row.seat);
    if (!negotiation || !seatExists(negotiation, seat)) return null;
    if (row.person === null && row.name === null && headCameSince(negotiation, seat, row.createdAt)) return null;
    return row.person === null || holds(negotiation, row.person, seat) ? row : null;
  }

  #negotiationOf(row: LinkRow): LiveNegotiation | null {
    return this.#house.all().find((negotiation) => negotiation.row.id === row.negotiation) ?? null;
  }

  #nameFor(row: LinkRow, negotiation: LiveNegotiation | null): string {
    return row.name ?? (negotiation ? seatName(negotiation, seatOf(row.seat)) : roleNames.chair);
  }

  #nextSession(
    caller: Caller,
    person: PersonId,
  ): { readonly cookies: readonly string[]; readonly writes: readonly Write[] } {
    const secret = this.#secret();
    const tokenHash = sha256(secret);
    const createdAt = this.#now();
    const persons = new Set([...(caller.kind === "session" ? caller.persons : []), person]);
    return {
      cookies: this.#cookies(secret, sessionMs),
      writes: [
        { kind: "session", row: { tokenHash, createdAt, expiresAt: epochMs(createdAt + sessionMs) } },
        ...[...persons].map((held): Write => ({ kind: "session-holds", tokenHash, person: held })),
        ...(caller.kind === "session"
          ? [{ kind: "session-renewed", tokenHash: caller.hash, expiresAt: epochMs(createdAt + graceMs) } as const]
          : []),
      ],
    };
  }

  #cookies(secret: string, maxAgeMs: number): readonly string[] {
    const value = { value: secret, maxAge: Math.floor(maxAgeMs / 1_000), ...cookieRules };
    const bound = stringifySetCookie({ name: cookieName, secure: true, ...value });
    return this.#ports.site.isSecure ? [bound] : [bound, stringifySetCookie({ name: plainCookieName, ...value })];
  }

  #secret(): string {
    return Buffer.from(this.#ports.random(32)).toString("base64url");
  }

  #now(): EpochMs {
    return this.#ports.clock.now();
  }
}

const holdingOf = ({ row }: LiveNegotiation, { person, seat }: Actor): SeatHolding => ({
  person,
  negotiation: row.id,
  seat: spellSeat(seat),
});

function seatOf(spelled: string): Seat {
  const seat = parseSeat(spelled);
  if (!seat) throw new Error(`a stored seat cannot be read: ${spelled}`);
  return seat;
}

const roleNames = {
  chair: "Chair",
  facilitator: "Facilitator",
  secretariat: "Secretariat",
  observer: "Observer",
  delegation: "Delegate",
  adviser: "Adviser",
  reader: "Reader",
  stakeholder: "Stakeholder",
} as const;

/** What a seat is called where no person's name is known: "Chair", "Halvern", "Adviser, Halvern". */
export function seatName(negotiation: LiveNegotiation, seat: Seat): string {
  if (!("delegation" in seat)) return roleNames[seat.role];
  const name = negotiation.record.delegations.get(seat.delegation)?.name ?? seat.delegation;
  return seat.role === "delegation" ? name : `${roleNames[seat.role]}, ${name}`;
}

/**
 * The chair's team invites only the first head of a delegation (SEA2): of several links that it gave out before there was one, those
 * left over are void once one has come. Links that the host makes carry a name.
 */
function headCameSince({ record, entries }: LiveNegotiation, seat: Seat, since: EpochMs): boolean {
  if (seat.role !== "delegation") return false;
  const heads = record.holdings.filter((held) => spellSeat(held.seat) === spellSeat(seat));
  const cameSince = ({ person }: { person: PersonId }): boolean =>
    entries.some(({ what, at }) => what.kind === "seat-taken" && what.person === person && at >= since);
  return heads.length > 0 && heads.every(cameSince);
}

/** A seat of a delegation exists while the delegation is on the roster; every other seat always. */
export const seatExists = ({ record }: LiveNegotiation, seat: Seat): boolean =>
  !("delegation" in seat) || record.delegations.has(seat.delegation);

export const holds = (negotiation: LiveNegotiation, person: PersonId, seat: Seat): boolean =>
  seatExists(negotiation, seat) &&
  negotiation.record.holdings.some((held) => held.person === person && spellSeat(held.seat) === spellSeat(seat));
