/** All negotiations of this server, opened at start and kept open. */
import * as Y from "yjs";
import type { Entry, Settings } from "../../shared/domain/entries.ts";
import { takeSeat } from "../../shared/domain/acts/roster.ts";
import { openNegotiation } from "../../shared/domain/acts/settings.ts";
import type { Holding } from "../../shared/domain/record.ts";
import { emptyRecord } from "../../shared/domain/record.ts";
import type { Actor, Delegation } from "../../shared/domain/roster.ts";
import { spellSeat } from "../../shared/domain/roster.ts";
import type { Text } from "../../shared/domain/text.ts";
import { mintId } from "../../shared/domain/values.ts";
import { writeText } from "../../shared/sync/report-text.ts";
import { closeCode } from "../../shared/wire/protocol.ts";
import type { FormerRoom, NegotiationRow, RoomId, Write } from "../store/port.ts";
import { LiveNegotiation, sealAll, wordingsIn } from "./live-negotiation.ts";
import type { Ports } from "./ports.ts";

export interface Opening {
  readonly slug: string;
  readonly settings: Settings;
  readonly delegations: readonly Delegation[];
  readonly text?: Text;
  /** The actor takes their seat in the same breath. */
  readonly takesSeat?: boolean;
}

/** A room that there is: of the report's text, of the record, or of one drafting. `LiveNegotiation.room` opens it. */
export interface FoundRoom {
  readonly negotiation: LiveNegotiation;
  readonly id: RoomId;
  readonly kind: FormerRoom["kind"];
}

export class SlugTaken extends Error {
  override readonly name = "SlugTaken";
}

export class House {
  readonly #ports: Ports;
  readonly #bySlug = new Map<string, LiveNegotiation>();
  readonly #byRoom = new Map<RoomId, FoundRoom>();

  /** Rooms of earlier epochs, with the negotiation they belonged to. */
  readonly #formerRooms = new Map<RoomId, FormerRoom>();

  private constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** @throws what the store throws: a negotiation that cannot be read whole is not served */
  static async open(ports: Ports): Promise<House> {
    const house = new House(ports);
    for (const row of await ports.store.negotiations()) if (!isRetired(row)) await house.#load(row);
    for (const former of await ports.store.formerRooms()) house.#formerRooms.set(former.room, former);
    return house;
  }

  all(): readonly LiveNegotiation[] {
    return [...this.#bySlug.values()];
  }

  bySlug(slug: string): LiveNegotiation | null {
    return this.#bySlug.get(slug) ?? null;
  }

  byRoom(id: RoomId): FoundRoom | null {
    const found = this.#byRoom.get(id);
    if (found) return found;
    for (const negotiation of this.#bySlug.values()) {
      const kind = negotiation.drafting.inRoom(id);
      if (kind !== null) return { negotiation, id, kind };
    }
    return null;
  }

  /** The room that has taken the place of one of an earlier epoch. */
  byFormerRoom(id: RoomId): FoundRoom | null {
    const former = this.#formerRooms.get(id);
    const negotiation = this.all().find(({ row }) => row.id === former?.negotiation);
    if (!former || !negotiation) return null;
    const { kind } = former;
    const { textRoom, recordRoom } = negotiation.row;
    const room = kind === "text" ? textRoom : kind === "record" ? recordRoom : negotiation.drafting.roomOf(kind);
    return room === null ? null : this.byRoom(room);
  }

  /**
   * Opens a negotiation: row, first entries, text and `also` in one commit.
   * @throws SlugTaken
   */
  async create(
    opening: Opening,
    actor: Actor,
    also: (row: NegotiationRow) => readonly Write[] = () => [],
  ): Promise<LiveNegotiation> {
    const now = this.#ports.clock.now();
    const drafts = [
      ...openNegotiation(opening.slug, opening.settings, opening.delegations, actor, now),
      ...(opening.takesSeat ? [takeSeat(actor, now)] : []),
    ];
    return this.openWhole(opening.slug, sealAll(emptyRecord, drafts, this.#ports.random), opening.text ?? [], also);
  }

  /** Opens a negotiation that already has a history. The entries must start at 1 and verify; its text is the live one. */
  async openWhole(
    slug: string,
    entries: readonly Entry[],
    text: Text,
    also: (row: NegotiationRow) => readonly Write[] = () => [],
  ): Promise<LiveNegotiation> {
    if (this.#bySlug.has(slug)) throw new SlugTaken(`There is a negotiation named ${slug} already.`);
    const { store, clock } = this.#ports;
    const mint = (): string => mintId(this.#ports.random);
    const row: NegotiationRow = { id: mint(), slug, textRoom: mint(), recordRoom: mint(), createdAt: clock.now() };
    const words = wordingsIn(entries);
    await store.commit([
      { kind: "negotiation", row },
      { kind: "entries", negotiation: row.id, after: 0, entries },
      ...(words.length > 0 ? [{ kind: "wordings", wordings: words } as const] : []),
      ...(text.length > 0 ? [this.#firstText(row, text)] : []),
      ...also(row),
    ]);
    return this.#load(row);
  }

  /**
   * Opens a negotiation from elsewhere, checked, with those who hold seats in it by its record. Who is known here keeps the name they
   * have here: an archive says nothing of other negotiations.
   * @throws SlugTaken
   */
  async openFrom(
    slug: string,
    entries: readonly Entry[],
    draft: Text,
    holdings: readonly Holding[],
  ): Promise<LiveNegotiation> {
    const known = await Promise.all(holdings.map(({ person }) => this.#ports.store.person(person)));
    return this.openWhole(slug, entries, draft, (row) =>
      holdings.flatMap(({ person, name, seat }, index): Write[] => [
        ...(known[index] ? [] : [{ kind: "person", row: { id: person, name } } as const]),
        { kind: "seat-holding", row: { person, negotiation: row.id, seat: spellSeat(seat) } },
      ]),
    );
  }

  /**
   * Frees a negotiation's name for another one: nobody is in it any more and it is not opened again, but it stays on disk.
   * Whoever was in it is told to load their page again.
   */
  async retire(negotiation: LiveNegotiation): Promise<void> {
    const { row } = negotiation;
    // A tilde can stand in no address, so nobody else has or can ask for this name.
    await this.#ports.store.commit([{ kind: "negotiation", row: { ...row, slug: `${row.slug}~${row.id}` } }]);
    this.#bySlug.delete(row.slug);
    for (const room of [row.textRoom, row.recordRoom]) this.#byRoom.delete(room);
    for (const peer of negotiation.peers()) peer.close(closeCode.reload, "opened anew");
    await negotiation.stop();
  }

  /** Lets go of what can be made again and nobody needs at this moment. */
  ease(): void {
    for (const negotiation of this.#bySlug.values()) negotiation.ease();
  }

  async stop(): Promise<void> {
    await Promise.all(this.all().map((negotiation) => negotiation.stop()));
  }

  #firstText(row: NegotiationRow, text: Text): Write {
    const doc = new Y.Doc();
    doc.clientID = Buffer.from(this.#ports.random(4)).readUInt32LE();
    writeText(doc, text, this.#ports.chance);
    const bytes = Y.encodeStateAsUpdate(doc);
    doc.destroy();
    return { kind: "text", room: row.textRoom, updates: [{ bytes, person: null, at: row.createdAt }] };
  }

  async #load(row: NegotiationRow): Promise<LiveNegotiation> {
    const negotiation = await LiveNegotiation.load(row, this.#ports);
    this.#bySlug.set(row.slug, negotiation);
    this.#byRoom.set(row.textRoom, { negotiation, id: row.textRoom, kind: "text" });
    this.#byRoom.set(row.recordRoom, { negotiation, id: row.recordRoom, kind: "record" });
    return negotiation;
  }
}

const isRetired = ({ slug }: NegotiationRow): boolean => slug.includes("~");
