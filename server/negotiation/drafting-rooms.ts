/**
 * The private drafting rooms of one negotiation (SPEC: DRA): who is in them is kept in rows of the store, their words in rooms like that of
 * the report's text, opened when somebody comes. Nothing of them is in the record, and only their delegations are told that there are any.
 */
import { createHash } from "node:crypto";
import * as Y from "yjs";
import type { Drafting, DraftingAct, DraftingOpening } from "../../shared/domain/drafting.ts";
import {
  carriedOver,
  decideDrafting,
  draftingAccess,
  ended,
  leaderOf,
  mayInDrafting,
  openDrafting,
  seeDrafting,
  sponsorsOf,
} from "../../shared/domain/drafting.ts";
import { wordsAs } from "../../shared/domain/folds/proposals.ts";
import type { TableProposal } from "../../shared/domain/proposals.ts";
import type { Record } from "../../shared/domain/record.ts";
import type { Refusal } from "../../shared/domain/refusals.ts";
import { refuse } from "../../shared/domain/refusals.ts";
import type { Actor, Seat } from "../../shared/domain/roster.ts";
import { delegationOf } from "../../shared/domain/roster.ts";
import type { DelegationCode, DraftingId, EpochMs, ProposalId, Result } from "../../shared/domain/values.ts";
import { accept, mintId } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { beginDraft, draftingBlocks, hasWords, readDraft } from "../../shared/sync/drafting-text.ts";
import { writeEdits } from "../../shared/sync/write-edits.ts";
import type { SeenDraftingRoom } from "../../shared/wire/api.ts";
import { commandBody } from "../../shared/wire/commands.ts";
import type { Access } from "../rooms/peer.ts";
import { Room } from "../rooms/room.ts";
import type { RoomId, Write } from "../store/port.ts";
import type { LiveNegotiation, Submitted } from "./live-negotiation.ts";
import type { Ports } from "./ports.ts";

/** A draft on its way to the record: what it is in the turn that tables it, and what is written with it. */
export interface Drafted {
  compose(record: Record): Result<{ readonly command: TableProposal; readonly sponsors: readonly Actor[] }, Refusal>;
  tabled(proposal: ProposalId, at: EpochMs): readonly Write[];
}

interface Kept {
  readonly room: RoomId;
  readonly drafting: Drafting;
}

const noLocks: ReadonlySet<never> = new Set();

export class DraftingRooms {
  readonly #negotiation: LiveNegotiation;
  readonly #ports: Ports;
  readonly #kept = new Map<DraftingId, Kept>();
  readonly #rooms = new Map<DraftingId, Promise<Room>>();
  readonly #loaded = new Map<DraftingId, Room>();
  /** Being tabled: what comes now would be in no proposal. */
  readonly #closing = new Set<DraftingId>();
  /** Nobody knows whether the last act got to the disk: it is read again before the next one. */
  readonly #unsure = new Set<DraftingId>();
  /** One act after the other: each is decided on what is on disk. */
  #acting: Promise<unknown> = Promise.resolve();

  private constructor(negotiation: LiveNegotiation, ports: Ports) {
    this.#negotiation = negotiation;
    this.#ports = ports;
  }

  static async load(negotiation: LiveNegotiation, ports: Ports): Promise<DraftingRooms> {
    const rooms = new DraftingRooms(negotiation, ports);
    for (const { id, room, drafting } of await ports.store.draftings(negotiation.row.id))
      rooms.#kept.set(id, { room, drafting: JSON.parse(drafting) as Drafting });
    return rooms;
  }

  /** Those that a delegation is in or is asked into, the newest first. */
  seenBy(code: DelegationCode): readonly SeenDraftingRoom[] {
    const { record } = this.#negotiation;
    return [...this.#kept.values()]
      .flatMap(({ room, drafting }) => {
        const seen = seeDrafting(drafting, record, code);
        return seen ? [{ ...seen, room: seen.standing === "joined" ? room : null }] : [];
      })
      .toReversed();
  }

  inRoom(room: RoomId): DraftingId | null {
    for (const [id, kept] of this.#kept) if (kept.room === room) return id;
    return null;
  }

  roomOf(id: DraftingId): RoomId | null {
    return this.#kept.get(id)?.room ?? null;
  }

  accessOf(id: DraftingId, seat: Seat): Access {
    const kept = this.#kept.get(id);
    return kept ? draftingAccess(kept.drafting, this.#negotiation.record, seat) : "none";
  }

  /** Rooms that somebody has come into since the start. */
  loaded(): Iterable<Room> {
    return this.#loaded.values();
  }

  /** @throws what the store throws */
  open(id: DraftingId): Promise<Room> {
    const known = this.#rooms.get(id);
    if (known) return known;
    const loading = this.#load(id);
    this.#rooms.set(id, loading);
    loading.catch(() => this.#rooms.delete(id));
    return loading;
  }

  async #load(id: DraftingId): Promise<Room> {
    const kept = this.#kept.get(id);
    if (!kept) throw new Error("there is no such drafting room");
    const { store, clock, limits, log, random } = this.#ports;
    const room = await Room.load({
      store,
      clock,
      log,
      random,
      limits: { ...limits, roomBytes: limits.draftingBytes },
      id: kept.room,
      rules: {
        locks: () => noLocks,
        isFrozen: () => this.#closing.has(id) || this.#kept.get(id)?.drafting.ended !== null,
        wordsOnly: true,
      },
      hooks: {},
    });
    this.#loaded.set(id, room);
    return room;
  }

  /** @param key the same for each attempt: the room is opened once */
  begin(opening: DraftingOpening, actor: Actor, key: string): Promise<Result<DraftingId, Refusal>> {
    return this.#inTurn(async () => {
      const { record, row } = this.#negotiation;
      const { clock, store, limits } = this.#ports;
      // From the asker's own key, so that nobody else can hit upon it.
      const digest = createHash("sha256").update(`${row.id} ${actor.person} ${key}`).digest();
      const id = mintId(() => digest) as DraftingId;
      if (this.#kept.has(id)) return accept(id);
      const code = delegationOf(actor.seat);
      const own = code ? this.seenBy(code).filter(({ ended: over, leader }) => !over && leader === code) : [];
      if (own.length >= limits.draftingsOfDelegation) return refuse({ code: "too-many-draftings" });
      const now = clock.now();
      const opened = openDrafting(record, opening, actor, id, now);
      if (!opened.ok) return opened;
      const kept: Kept = { room: mintId(this.#ports.random), drafting: opened.value };
      const { change, paragraph, wording, reason = "" } = opening;
      const begins = change === "replace" ? wordsAs(record, paragraph, wording) : [];
      const doc = new Y.Doc();
      beginDraft(doc, { content: opening.content ?? begins, reason });
      const bytes = Y.encodeStateAsUpdate(doc);
      doc.destroy();
      await store.commit([
        this.#row(kept),
        { kind: "text", room: kept.room, updates: [{ bytes, person: null, at: now }] },
      ]);
      this.#keep(kept);
      return accept(id);
    });
  }

  /** @returns null where the actor cannot know of such a room */
  act(id: DraftingId, act: DraftingAct, actor: Actor): Promise<Result<DraftingId, Refusal> | null> {
    return this.#inTurnOf(id, actor, async (kept) => {
      const room = await this.open(id);
      let next: Kept | null = null;
      const decided = await room.transact<Result<DraftingId, Refusal> | null>(() => {
        const { record } = this.#negotiation;
        const { content } = readDraft(room.doc, kept.drafting.change);
        const now = this.#ports.clock.now();
        const done = decideDrafting(kept.drafting, record, act, actor, wordingOf(content).hash, now);
        if (!done?.ok) return { writes: [], result: done };
        next = { ...kept, drafting: done.value };
        const carried = act.kind === "carry-over" ? carriedOver(kept.drafting, record, content) : null;
        if (carried && hasWords(kept.drafting.change))
          writeEdits(
            room.doc,
            [{ kind: "replace-content", paragraph: draftingBlocks.words, content: carried }],
            this.#ports.chance,
          );
        return { writes: [this.#row(next)], result: accept(id) };
      });
      if (next) this.#keep(next);
      return decided;
    });
  }

  /** Tables what the room holds, with those who sponsor exactly that, and closes it. @returns null as `act` does */
  table(id: DraftingId, actor: Actor): Promise<Submitted | null> {
    return this.#inTurnOf(id, actor, async (kept) => {
      if (!mayInDrafting(actor.seat, "decide")) return refuse({ code: "not-allowed" });
      const room = await this.open(id);
      let next: Kept | null = null;
      const drafted: Drafted = {
        compose: (record) => {
          const code = delegationOf(actor.seat);
          if (kept.drafting.ended) return refuse({ code: "drafting-ended" });
          if (code === null || leaderOf(kept.drafting, record) !== code) return refuse({ code: "drafting-not-led" });
          return composed(kept.drafting, record, room.doc);
        },
        tabled: (proposal, at) => {
          this.#closing.add(id);
          next = { ...kept, drafting: ended(kept.drafting, delegationOf(actor.seat) as DelegationCode, at, proposal) };
          return [this.#row(next)];
        },
      };
      try {
        const answer = await this.#negotiation.table(drafted, actor, `drafting-${id}`);
        if (next) this.#keep(next);
        // Tabled before, and the answer was lost on its way.
        else if (answer.ok && !kept.drafting.ended) await this.#readAgain(id);
        return answer;
      } finally {
        this.#closing.delete(id);
      }
    });
  }

  #visible(id: DraftingId, { seat }: Actor): Kept | null {
    const kept = this.#kept.get(id);
    const code = delegationOf(seat);
    return kept && code && seeDrafting(kept.drafting, this.#negotiation.record, code) ? kept : null;
  }

  /** On disk: whoever may no longer be in it is cut at once, and those concerned are told to ask again. */
  #keep(kept: Kept): void {
    const { id, members } = kept.drafting;
    const before = this.#kept.get(id)?.drafting.members ?? [];
    this.#kept.set(id, kept);
    this.#loaded.get(id)?.recheckAccess();
    this.#negotiation.tellOwnSides(new Set([...before, ...members].map(({ code }) => code)));
  }

  #row({ room, drafting }: Kept): Write {
    const { id } = drafting;
    return {
      kind: "drafting",
      row: { negotiation: this.#negotiation.row.id, id, room, drafting: JSON.stringify(drafting) },
    };
  }

  async #readAgain(id: DraftingId): Promise<void> {
    const rows = await this.#ports.store.draftings(this.#negotiation.row.id);
    const row = rows.find((one) => one.id === id);
    if (row) this.#keep({ room: row.room, drafting: JSON.parse(row.drafting) as Drafting });
    this.#unsure.delete(id);
  }

  /** An act in a room that its actor may know of; null, as for one that does not exist, where it may not. */
  #inTurnOf<T>(id: DraftingId, actor: Actor, act: (kept: Kept) => Promise<T>): Promise<T | null> {
    return this.#inTurn(async () => {
      if (this.#unsure.has(id)) await this.#readAgain(id);
      const kept = this.#visible(id, actor);
      if (!kept) return null;
      try {
        return await act(kept);
      } catch (trouble) {
        this.#unsure.add(id);
        throw trouble;
      }
    });
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const acted = this.#acting.then(act);
    this.#acting = acted.catch(() => undefined);
    return acted;
  }
}

/** The command a head would send by itself, through the same door, with the sponsors of exactly these words. */
function composed(drafting: Drafting, record: Record, doc: Y.Doc): ReturnType<Drafted["compose"]> {
  const { change, paragraph, wording, to } = drafting;
  const { content, reason } = readDraft(doc, change);
  const sponsors = sponsorsOf(drafting, record, wordingOf(content).hash);
  const invited = sponsors.flatMap(({ seat }) => delegationOf(seat) ?? []);
  const command = {
    kind: "table-proposal",
    change,
    paragraph,
    wording,
    ...(hasWords(change) && { content }),
    ...(to && { to }),
    ...(reason !== "" && { reason }),
    ...(invited.length > 0 && { invited }),
  };
  const asked = commandBody.safeParse({ command });
  if (asked.success) return accept({ command: asked.data.command as TableProposal, sponsors });
  return refuse({ code: reason.length > longestReason ? "words-too-long" : "hidden-characters" });
}

/** UTF-16 units that the reason of a command may have. */
const longestReason = 4_000;
