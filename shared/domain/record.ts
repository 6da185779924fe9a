/**
 * The record folded into a state (SPEC: REC). Both ends fold the same entries with `evolve`; a viewer's state differs from the
 * server's only where disclosure hid something, and what is hidden is null there, never guessed.
 */
import type { Entry, Hidden, SeenEntry, Settings, Stamp, StampPerson, Topic, What, Why } from "./entries.ts";
import type { Position, Span } from "./positions.ts";
import type { Delegation, Seat } from "./roster.ts";
import { spellSeat } from "./roster.ts";
import type { Block, Text } from "./text.ts";
import type { DelegationCode, EpochMs, ParagraphId, Part, PersonId, PositionId, WordingHash } from "./values.ts";
import { wordingOf } from "./wording.ts";

/** An entry as far as it is known: null where hidden. */
export interface Fact {
  readonly seq: number;
  readonly hash: string;
  readonly at: EpochMs;
  readonly who: Stamp | null;
  readonly person: StampPerson | null;
  readonly what: What;
  readonly why: Why | null;
}

export interface Circulation {
  readonly seq: number;
  readonly at: EpochMs;
  readonly note: string | null;
}

export interface Gavel {
  readonly wording: WordingHash;
  readonly seq: number;
  readonly at: EpochMs;
  readonly reopened: { readonly seq: number; readonly at: EpochMs; readonly reason: string } | null;
}

export interface Move {
  readonly paragraph: ParagraphId;
  readonly to: Part;
  readonly reason: string;
  readonly seq: number;
  readonly at: EpochMs;
}

export interface Holding {
  readonly seat: Seat;
  readonly person: PersonId;
  readonly name: string;
}

export interface Record {
  readonly slug: string;
  readonly settings: Settings;
  readonly topics: readonly Topic[];
  /** The last entry folded, sealed ones included. */
  readonly seq: number;
  readonly head: string;
  readonly at: EpochMs;
  readonly delegations: ReadonlyMap<DelegationCode, Delegation>;
  readonly holdings: readonly Holding[];
  /** Delegations whose first head has come, whoever holds a seat now. */
  readonly headed: ReadonlySet<DelegationCode>;
  readonly circulations: readonly Circulation[];
  /** What was circulated last, with moves between the parts since; empty before the first circulation. */
  readonly text: Text;
  /** The wordings a paragraph has had in circulation, oldest first. */
  readonly wordings: ReadonlyMap<ParagraphId, readonly WordingHash[]>;
  /** Blocks as they were when last circulated, for ids that are no longer in the text. */
  readonly removed: ReadonlyMap<ParagraphId, Block>;
  /** Canonical text of every wording that was circulated. */
  readonly words: ReadonlyMap<WordingHash, string>;
  readonly positions: ReadonlyMap<PositionId, Position>;
  /** Standing positions by each paragraph that holds their words, in the order in which they were lodged. Kept up entry by entry. */
  readonly standing: ReadonlyMap<ParagraphId, readonly Position[]>;
  /** The pseudonym of each delegation on each paragraph where it has spoken, as far as the viewer may know names. */
  readonly holders: ReadonlyMap<ParagraphId, ReadonlyMap<DelegationCode, string>>;
  readonly gavels: ReadonlyMap<ParagraphId, Gavel>;
  readonly moves: readonly Move[];
}

const noHash = "0".repeat(64);

export const emptyRecord: Record = {
  slug: "",
  settings: { title: "", method: "chair-pen", disclosure: "delegations", silenceMinimumHours: 72 },
  topics: [],
  seq: 0,
  head: noHash,
  at: 0 as EpochMs,
  delegations: new Map(),
  holdings: [],
  headed: new Set(),
  circulations: [],
  text: [],
  wordings: new Map(),
  removed: new Map(),
  words: new Map(),
  positions: new Map(),
  standing: new Map(),
  holders: new Map(),
  gavels: new Map(),
  moves: [],
};

/** What an entry tells its viewer, or null when it is sealed. */
export function factOf(entry: Entry | SeenEntry): Fact | null {
  if ("sealed" in entry) return null;
  return {
    seq: entry.seq,
    hash: entry.hash,
    at: entry.at,
    who: shown(entry.who),
    person: shown(entry.person),
    what: entry.what,
    why: shown(entry.why),
  };
}

/**
 * The record after these entries. Maps are copied at most once a call, so folding in batches is cheap.
 * @throws when an entry does not follow the record: that is a bug or a gap, never something a user can meet
 */
export function evolve(record: Record, entries: readonly (Entry | SeenEntry)[]): Record {
  if (entries.length === 0) return record;
  const next = new Folding(record);
  for (const entry of entries) {
    if (entry.seq !== next.seq + 1) throw new Error(`evolve: entry ${entry.seq} after ${next.seq}`);
    const fact = factOf(entry);
    if (fact) {
      next.at = fact.at;
      fold(next, fact);
    }
    next.seq = entry.seq;
    next.head = entry.hash;
  }
  return next.finished();
}

function shown<T extends object>(section: T): Exclude<T, Hidden> | null {
  return "hidden" in section ? null : (section as Exclude<T, Hidden>);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A record being folded: each map or list is copied when it is first changed. */
class Folding {
  seq: number;
  head: string;
  at: EpochMs;
  readonly #record: Mutable<Record>;
  readonly #owned = new Set<keyof Record>();

  constructor(record: Record) {
    this.#record = { ...record };
    this.seq = record.seq;
    this.head = record.head;
    this.at = record.at;
  }

  get state(): Record {
    return this.#record;
  }

  set<K extends keyof Record>(key: K, value: Record[K]): void {
    this.#record[key] = value;
  }

  map<K extends "delegations" | "wordings" | "removed" | "words" | "positions" | "standing" | "holders" | "gavels">(
    key: K,
  ): Record[K] extends ReadonlyMap<infer Key, infer Value> ? Map<Key, Value> : never {
    if (!this.#owned.has(key)) {
      this.#owned.add(key);
      (this.#record[key] as ReadonlyMap<unknown, unknown>) = new Map<unknown, unknown>(this.#record[key]);
    }
    return this.#record[key] as never;
  }

  finished(): Record {
    return { ...this.#record, seq: this.seq, head: this.head, at: this.at };
  }
}

function fold(next: Folding, fact: Fact): void {
  const { what } = fact;
  switch (what.kind) {
    case "negotiation-opened":
      next.set("slug", what.slug);
      next.set("settings", what.settings);
      return;
    case "settings-changed":
      next.set("settings", what.settings);
      return;
    case "agenda-set":
      next.set("topics", what.topics);
      return;
    case "delegation-entered":
    case "delegation-changed":
      next.map("delegations").set(what.delegation.code, what.delegation);
      return;
    case "delegation-removed":
      next.map("delegations").delete(what.delegation);
      return;
    case "seat-invited":
      return;
    case "seat-taken": {
      const taken = { seat: what.seat, person: what.person, name: what.name };
      next.set("holdings", [...next.state.holdings.filter((held) => !sameHolding(held, taken)), taken]);
      if (what.seat.role === "delegation") next.set("headed", new Set([...next.state.headed, what.seat.delegation]));
      return;
    }
    case "seat-revoked":
      next.set(
        "holdings",
        next.state.holdings.filter((held) => !sameHolding(held, what)),
      );
      return;
    case "circulated":
      foldCirculation(next, fact, what);
      return;
    case "position-lodged":
      foldPosition(next, fact, what);
      return;
    case "position-confirmed":
      amend(next, what.position, { confirmed: true });
      return;
    case "position-withdrawn":
      amend(next, what.position, { standing: "withdrawn", endingHeard: null });
      return;
    case "position-met":
      amend(next, what.position, { standing: "met", endingHeard: null });
      return;
    case "position-ending-heard":
      amend(next, what.position, { endingHeard: what.ending });
      return;
    case "position-reaffirmed": {
      const position = known(next, what.position);
      amend(next, what.position, {
        wording: what.wording,
        paragraph: what.paragraph,
        on: position.on.includes(what.paragraph) ? position.on : [...position.on, what.paragraph],
        span: position.span && spanIn(next.state.words.get(what.wording) ?? "", position.span.quote),
        endingHeard: null,
      });
      return;
    }
    case "position-followed":
      amend(next, what.position, { on: what.on });
      return;
    case "paragraph-gavelled":
      next.map("gavels").set(what.paragraph, { wording: what.wording, seq: fact.seq, at: fact.at, reopened: null });
      return;
    case "paragraph-reopened": {
      const gavel = next.state.gavels.get(what.paragraph);
      if (!gavel) throw new Error(`evolve: reopening of ${what.paragraph}, which was never gavelled`);
      const reopened = { seq: fact.seq, at: fact.at, reason: what.reason };
      next.map("gavels").set(what.paragraph, { ...gavel, reopened });
      return;
    }
    case "paragraph-moved": {
      const { paragraph, to, reason } = what;
      next.set("moves", [...next.state.moves, { paragraph, to, reason, seq: fact.seq, at: fact.at }]);
      next.set(
        "text",
        next.state.text.map((block) => (block.id === paragraph ? { ...block, part: to } : block)),
      );
      return;
    }
  }
}

const sameHolding = (a: { seat: Seat; person: PersonId }, b: { seat: Seat; person: PersonId }): boolean =>
  a.person === b.person && spellSeat(a.seat) === spellSeat(b.seat);

function foldCirculation(next: Folding, fact: Fact, what: What & { kind: "circulated" }): void {
  const known = new Map<ParagraphId, Block>(next.state.text.map((block) => [block.id, block]));
  const removed = next.map("removed");
  const wordings = next.map("wordings");
  const words = next.map("words");
  for (const block of what.changed) {
    known.set(block.id, block);
    const { hash, text } = wordingOf(block.content);
    words.set(hash, text);
    const had = wordings.get(block.id) ?? [];
    // The current wording is the last one, so words that return are listed again.
    if (had.at(-1) !== hash) wordings.set(block.id, [...had, hash]);
  }
  const text: Block[] = [];
  for (const id of what.order) {
    const block = known.get(id) ?? removed.get(id);
    if (!block) throw new Error(`evolve: circulated order names ${id}, which was never circulated`);
    text.push(block);
    known.delete(id);
    removed.delete(id);
  }
  for (const [id, block] of known) removed.set(id, block);
  next.set("text", text);
  next.set("circulations", [...next.state.circulations, { seq: fact.seq, at: fact.at, note: what.note ?? null }]);
}

function foldPosition(next: Folding, fact: Fact, what: What & { kind: "position-lodged" }): void {
  const { kind: _, replaces, on, ...stated } = what;
  for (const replaced of replaces) amend(next, replaced, { standing: "replaced" });
  const lodged: Position = {
    ...stated,
    by: fact.who ? (fact.who.onBehalfOf ?? ("delegation" in fact.who.seat ? fact.who.seat.delegation : null)) : null,
    at: fact.at,
    seq: fact.seq,
    standing: "standing",
    endingHeard: null,
    on: on ?? [what.paragraph],
    span: fact.why?.span ?? null,
    ground: fact.why?.ground ?? null,
    reason: fact.why?.reason ?? null,
    remedy: fact.why?.remedy ?? null,
    condition: fact.why?.condition ?? null,
  };
  next.map("positions").set(what.id, lodged);
  index(next, null, lodged);
  const { by, paragraph, holder } = lodged;
  if (by) next.map("holders").set(paragraph, new Map(next.state.holders.get(paragraph)).set(by, holder));
}

function amend(next: Folding, id: PositionId, change: Partial<Position>): void {
  const before = known(next, id);
  const after = { ...before, ...change };
  next.map("positions").set(id, after);
  index(next, before, after);
}

/** Keeps `standing` true for one position that changed. */
function index(next: Folding, before: Position | null, after: Position): void {
  const from = before?.standing === "standing" ? before.on : [];
  const to = after.standing === "standing" ? after.on : [];
  for (const paragraph of new Set([...from, ...to])) {
    const group = next.state.standing.get(paragraph) ?? [];
    const rest = group.filter(({ id }) => id !== after.id);
    const place = to.includes(paragraph) ? rest.findIndex(({ seq }) => seq > after.seq) : null;
    const now = place === null ? rest : rest.toSpliced(place < 0 ? rest.length : place, 0, after);
    if (now.length > 0) next.map("standing").set(paragraph, now);
    else next.map("standing").delete(paragraph);
  }
}

function known(next: Folding, id: PositionId): Position {
  const position = next.state.positions.get(id);
  // What happens to a position is told to nobody who may not know of the position, so it is always known here.
  if (!position) throw new Error(`evolve: an act on position ${id}, which was never lodged`);
  return position;
}

/** The same words in other words around them; null when they are not there any more, so that the whole paragraph is concerned. */
function spanIn(words: string, quote: string): Span | null {
  const from = words.indexOf(quote);
  return from < 0 ? null : { from, to: from + quote.length, quote };
}
