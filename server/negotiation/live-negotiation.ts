/**
 * One negotiation as it lives on the server: its record, its text's room, and the way of a command through both:
 * decide on the text as it is, append the entries and the change of text in one transaction, answer, tell everyone.
 */
import { canonicalJson } from "../../shared/domain/canonical-json.ts";
import { sealEntry } from "../../shared/domain/chain.ts";
import type { Command } from "../../shared/domain/commands.ts";
import type { Draft } from "../../shared/domain/acts/acting.ts";
import { Acting } from "../../shared/domain/acts/acting.ts";
import { adoptBySilence } from "../../shared/domain/acts/adoption.ts";
import { takeSeat } from "../../shared/domain/acts/roster.ts";
import { beginPhase } from "../../shared/domain/acts/settings.ts";
import { settle } from "../../shared/domain/acts/silence.ts";
import { circulate, differsFromCirculated } from "../../shared/domain/acts/text.ts";
import { decide } from "../../shared/domain/decide.ts";
import type { Recognised } from "../../shared/domain/editions.ts";
import { nextEdition } from "../../shared/domain/editions.ts";
import { audienceKey, present } from "../../shared/domain/disclosure.ts";
import type { Entry, RecordFrame, Section, SeenEntry } from "../../shared/domain/entries.ts";
import { sections } from "../../shared/domain/entries.ts";
import type { Imported } from "../../shared/domain/import-text.ts";
import type { Record } from "../../shared/domain/record.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import type { Refusal } from "../../shared/domain/refusals.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Actor, Viewer } from "../../shared/domain/roster.ts";
import { spellSeat } from "../../shared/domain/roster.ts";
import { runningSilences } from "../../shared/domain/silence.ts";
import { isFrozen, lockedParagraphs } from "../../shared/domain/status.ts";
import type { Block, Text } from "../../shared/domain/text.ts";
import type {
  DelegationCode,
  EpochMs,
  ParagraphId,
  PersonId,
  ProposalId,
  Result,
  SilenceId,
} from "../../shared/domain/values.ts";
import { accept, epochMs, mintId } from "../../shared/domain/values.ts";
import type { Wording } from "../../shared/domain/wording.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { ReportText, writeText } from "../../shared/sync/report-text.ts";
import { writeEdits } from "../../shared/sync/write-edits.ts";
import type { Receipt } from "../../shared/wire/api.ts";
import { ownSideFrame, recordFrame } from "../rooms/frames.ts";
import { InTurns } from "../rooms/in-turns.ts";
import type { Peer } from "../rooms/peer.ts";
import { Room } from "../rooms/room.ts";
import type { AnswerRow, DeliveryRow, FormerRoom, NegotiationRow, Write } from "../store/port.ts";
import { LinkSpent } from "../store/port.ts";
import type { Drafted } from "./drafting-rooms.ts";
import { DraftingRooms } from "./drafting-rooms.ts";
import { sha256 } from "./hash.ts";
import type { Ports } from "./ports.ts";
import { isDue, SilenceWatch } from "./silence-watch.ts";

/** On screen the live text is circulated by itself once nobody has typed for this long, or at the latest after the longer time. */
const pauseMs = 1_500;
const longestPauseMs = 15_000;
/** On screen, words that were seen can be answered for so long after they changed. */
const answerableMs = 120_000;
/** A whole record each, at most; after an outage everyone lacks the same. */
const mostWelcomes = 32;

export type Submitted =
  | { readonly ok: true; readonly receipt: Receipt; readonly id?: string }
  | { readonly ok: false; readonly refusal: Refusal }
  /** The idempotency key was used before, for another command. */
  | { readonly ok: false; readonly mismatch: true };

/** Nothing was begun. */
export class ServerFull extends Error {
  override readonly name = "ServerFull";

  constructor() {
    super("the server has no memory to spare just now; try again in a moment");
  }
}

/** Under which key of whom an act is done once. */
type Once = Pick<AnswerRow, "owner" | "key" | "bodyHash">;

/** Entries at the end of a record, and the record with them. */
interface Chained {
  readonly record: Record;
  readonly entries: readonly Entry[];
}

/** Acts that the server does by itself are stamped with this name and the secretariat's seat. */
export const theServer: Actor = {
  person: "0".repeat(22) as PersonId,
  name: "Rapporteur",
  seat: { role: "secretariat" },
};

export class LiveNegotiation {
  readonly row: NegotiationRow;
  readonly #ports: Ports;
  #drafting: DraftingRooms | null = null;
  /** What is on disk and may be told. */
  #committed: Record;
  #entries: Entry[];
  /** What has been decided, committed or about to be: the next decision is made on this. Null after a failed commit, until reloaded. */
  #head: Record | null;
  #reloading: Promise<void> | null = null;
  #rooms: { readonly text: Room; readonly record: Room } | null = null;
  #reader: { readonly doc: Room["doc"]; readonly text: ReportText } | null = null;
  readonly #reports = new Map<
    string,
    { readonly record: Record; readonly text: Text; readonly report: ComposedReport }
  >();
  /** By audience and by what it has already; as of the last entry. */
  readonly #welcomes = new Map<string, Uint8Array>();
  readonly #submitting = new Map<string, Promise<Submitted>>();
  readonly #followers = new Set<() => void>();
  /** On screen: words that were seen lately, oldest first. They are named when somebody answers: a key must not pay for a hash. */
  #onScreen: (Pick<Block, "id" | "content"> & { readonly until: EpochMs })[] = [];
  #lastOnScreen: Text = [];
  /** People take their seats one after the other, so that a link is used once. */
  #seating: Promise<void> = Promise.resolve();
  readonly #watch: SilenceWatch;
  readonly #turns: InTurns;
  /** Who is known to have opened the text since silence was announced on it: `silence delegation`. */
  readonly #delivered = new Set<string>();
  #cancelPause: (() => void) | null = null;
  #typingSince: EpochMs | null = null;

  private constructor(row: NegotiationRow, ports: Ports, entries: readonly Entry[], lastPulse: EpochMs | null) {
    this.row = row;
    this.#ports = ports;
    this.#entries = [...entries];
    this.#committed = this.#head = evolve(emptyRecord, entries);
    this.#turns = new InTurns(ports.clock);
    this.#watch = new SilenceWatch(
      ports.clock,
      {
        record: () => this.#committed,
        pulse: (at) => ports.store.commit([{ kind: "pulse", negotiation: row.id, at }]),
        settle: () => this.#settle(),
        complain: (trouble) => ports.log.error({ err: trouble, negotiation: row.slug }, "a silence was not settled"),
      },
      epochMs(Math.max(lastPulse ?? 0, lastHere(entries))),
    );
  }

  /** @throws what the store throws; never opens half a negotiation */
  static async load(row: NegotiationRow, ports: Ports): Promise<LiveNegotiation> {
    const negotiation = new LiveNegotiation(
      row,
      ports,
      await ports.store.entries(row.id),
      await ports.store.pulse(row.id),
    );
    const { store, clock, limits, log, random } = ports;
    const shared = { store, clock, limits, log, random };
    const onJoin = (peer: Peer): void => negotiation.#welcome(peer);
    const locks = (): ReadonlySet<ParagraphId> => negotiation.#locks();
    negotiation.#rooms = {
      text: await Room.load({
        ...shared,
        id: row.textRoom,
        rules: { locks, isFrozen: () => isFrozen(negotiation.#head ?? negotiation.#committed) },
        hooks: { onJoin, onText: () => negotiation.#typed(), onRest: () => negotiation.#rest() },
      }),
      record: await Room.load({ ...shared, id: row.recordRoom, rules: { locks }, hooks: { onJoin } }),
    };
    negotiation.#drafting = await DraftingRooms.load(negotiation, ports);
    negotiation.#watch.start();
    return negotiation;
  }

  /** As committed. */
  get record(): Record {
    return this.#committed;
  }

  get textRoom(): Room {
    return this.#loaded().text;
  }

  get recordRoom(): Room {
    return this.#loaded().record;
  }

  get drafting(): DraftingRooms {
    if (!this.#drafting) throw new Error("the rooms are not loaded yet");
    return this.#drafting;
  }

  /** @throws what the store throws: drafting rooms are opened when somebody comes */
  async room(kind: FormerRoom["kind"]): Promise<Room> {
    if (kind === "text") return this.textRoom;
    return kind === "record" ? this.recordRoom : this.drafting.open(kind);
  }

  /** Everyone who is in any of its rooms. */
  *peers(): Iterable<Peer> {
    for (const room of [this.textRoom, this.recordRoom, ...this.drafting.loaded()]) yield* room.peers;
  }

  /**
   * The live text for the team and, on screen, for everyone; else what was circulated.
   * @throws ServerFull when the live text would have to be opened for it (MEM2)
   */
  textFor(viewer: Viewer): Text {
    if (viewer.kind !== "team" && this.#committed.settings.method !== "on-screen") return this.#committed.text;
    if (!this.textRoom.isAwake && this.#ports.memory.isFull) throw new ServerFull();
    return this.#text();
  }

  report(viewer: Viewer): ComposedReport {
    const key = audienceKey(viewer);
    const text = this.textFor(viewer);
    const cached = this.#reports.get(key);
    if (cached && cached.record === this.#committed && cached.text === text) return cached.report;
    // Beside the report, never in it: what it was made from is for nobody's eyes. Nor does its number move with what is sealed (DIS4).
    const report = { ...composeReport(this.#committed, text, viewer), seq: this.#lastShownTo(viewer) };
    this.#reports.set(key, { record: this.#committed, text, report });
    return report;
  }

  #lastShownTo(viewer: Viewer): number {
    const { seq } = this.#committed;
    return (
      this.#entries.findLast((entry) => entry.seq <= seq && !("sealed" in present(entry, viewer, this.#committed)))
        ?.seq ?? 0
    );
  }

  /** What this viewer may see of the entries after `after`. Sealed ones at the end are held back until one that is visible follows (ruling 11). */
  frame(viewer: Viewer, after: number): RecordFrame {
    const events: SeenEntry[] = this.#entries.slice(after).map((entry) => present(entry, viewer, this.#committed));
    while (events.length > 0 && "sealed" in (events.at(-1) as SeenEntry)) events.pop();
    return { kind: "snapshot", after, upTo: events.at(-1)?.seq ?? after, events };
  }

  /** Told whenever something is on the record and on disk; the answer ends it. */
  follow(tell: () => void): () => void {
    this.#followers.add(tell);
    return () => this.#followers.delete(tell);
  }

  /** Whole entries, for the server's own use: export, verification. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /**
   * Decides a command and, if it stands, makes it part of the record; the promise resolves when that is on disk.
   * A repeated key gets the first answer again.
   * @throws what the store throws, or ServerFull: then nothing was recorded
   */
  submit(command: Command, actor: Actor, key: string): Promise<Submitted> {
    const owner = `${actor.person} ${spellSeat(actor.seat)}`;
    const running = `${owner} ${key}`;
    const bodyHash = sha256(canonicalJson({ ...command }));
    const earlier = this.#submitting.get(running);
    // The same key at the same time: wait for the first, then compare with what it stored.
    const answer = (earlier ? earlier.catch(() => undefined) : Promise.resolve()).then(() =>
      this.#submitOnce(command, actor, { owner, key, bodyHash }),
    );
    this.#submitting.set(running, answer);
    const forget = (): void => {
      if (this.#submitting.get(running) === answer) this.#submitting.delete(running);
    };
    answer.then(forget, forget);
    return answer;
  }

  async #submitOnce(command: Command, actor: Actor, once: Once): Promise<Submitted> {
    const known = await this.#ports.store.answer(this.row.id, once.owner, once.key);
    if (known) {
      if (known.bodyHash !== once.bodyHash) return { ok: false, mismatch: true };
      return JSON.parse(known.answer) as Submitted;
    }
    this.#mustHaveRoom();
    return this.#act<Submitted>((record, now) => {
      const text = this.#text();
      const first = this.#circulationFor(command, record, text, now);
      const decided = decide({ record: first.record, text }, command, actor, now, () => this.#mint());
      if (!decided.ok) return { result: decided };
      const { drafts, id, own = 0, edits = [] } = decided.value;
      const { record: after, entries } = this.#chain(first.record, drafts);
      if (edits.length > 0) writeEdits(this.textRoom.doc, edits, this.#ports.chance);
      const { answer, write } = this.#answer(entries[own] as Entry, id, once, now);
      return { made: { record: after, entries: [...first.entries, ...entries] }, also: [write], result: answer };
    });
  }

  #mustHaveRoom(): void {
    if (!this.textRoom.isAwake && this.#ports.memory.isBrimful) throw new ServerFull();
  }

  /** What is answered to an act, now and whenever it is sent again. */
  #answer(own: Entry, id: string | undefined, once: Once, now: EpochMs): { answer: Submitted; write: Write } {
    const receipt: Receipt = { seq: own.seq, hash: own.hash, at: new Date(own.at).toISOString() };
    const answer: Submitted = { ok: true, receipt, ...(id !== undefined && { id }) };
    const row: AnswerRow = { negotiation: this.row.id, ...once, answer: JSON.stringify(answer), at: now };
    return { answer, write: { kind: "answer", row } };
  }

  /**
   * Tables a proposal that several delegations drafted, as its room holds it in this very turn, with an entry of each sponsor and the
   * room's end: all of it or nothing (DRA6).
   */
  async table(drafted: Drafted, actor: Actor, key: string): Promise<Submitted> {
    const once: Once = { owner: `${actor.person} ${spellSeat(actor.seat)}`, key, bodyHash: sha256(key) };
    const known = await this.#ports.store.answer(this.row.id, once.owner, key);
    if (known) return JSON.parse(known.answer) as Submitted;
    this.#mustHaveRoom();
    return this.#act<Submitted>((record, now) => {
      const composed = drafted.compose(record);
      if (!composed.ok) return { result: composed };
      const { command, sponsors } = composed.value;
      const text = this.#text();
      const first = this.#circulationFor(command, record, text, now);
      const mint = (): string => this.#mint();
      const decided = decide({ record: first.record, text }, command, actor, now, mint);
      if (!decided.ok) return { result: decided };
      const id = decided.value.id as ProposalId;
      let chained = this.#chain(first.record, decided.value.drafts);
      const entries = [...chained.entries];
      for (const sponsor of sponsors) {
        const joined = decide(
          { record: chained.record, text },
          { kind: "cosponsor", proposal: id },
          sponsor,
          now,
          mint,
        );
        if (!joined.ok) continue;
        chained = this.#chain(chained.record, joined.value.drafts);
        entries.push(...chained.entries);
      }
      const { answer, write } = this.#answer(entries[0] as Entry, id, once, now);
      return {
        made: { record: chained.record, entries: [...first.entries, ...entries] },
        also: [write, ...drafted.tabled(id, now)],
        result: answer,
      };
    });
  }

  /**
   * A person takes a seat: the entry, and whatever else must be written with it or not at all.
   * @throws LinkSpent when `also` uses a link that is gone: found before the commit, so that what others typed meanwhile is not refused with it
   */
  takeSeat(actor: Actor, also: readonly Write[]): Promise<void> {
    const taken = this.#seating.then(async () => {
      for (const write of also) if (write.kind === "link-used") await this.#mustBeFresh(write.tokenHash, write.at);
      await this.#act((record, now) => ({
        made: this.#chain(record, [takeSeat(actor, now)]),
        also,
        result: undefined,
      }));
    });
    this.#seating = taken.catch(() => undefined);
    return taken;
  }

  async #mustBeFresh(tokenHash: string, at: EpochMs): Promise<void> {
    const link = await this.#ports.store.link(tokenHash);
    if (!link || link.usedAt !== null || link.expiresAt < at) throw new LinkSpent("The link was used or has expired.");
  }

  /** A text from outside, at the end of the live text. @returns why not, or null when it was done */
  appendText(blocks: Text): Promise<Refusal | null> {
    return this.#act((record) => {
      if (record.adoption) return { result: { code: "adopted" } };
      writeText(this.textRoom.doc, blocks, this.#ports.chance);
      return { result: null };
    });
  }

  /** A text from outside, in the place of the live text. */
  takeEdition({
    text: edition,
    ...more
  }: Pick<Imported, "text" | "referring" | "marks">): Promise<Result<Recognised, Refusal>> {
    return this.#act<Result<Recognised, Refusal>>((record) => {
      const decided = nextEdition({ record, text: this.#text() }, edition, more);
      if (!decided.ok) return { result: decided };
      const { edits, recognised } = decided.value;
      if (edits.length > 0) writeEdits(this.textRoom.doc, edits, this.#ports.chance);
      return { result: accept(recognised) };
    });
  }

  /** What the author of a delegation's or team's seat may no longer do ends now: their sockets are cut, and come back as who they are. */
  closePeersOf(person: PersonId): void {
    for (const room of [this.textRoom, this.recordRoom, ...this.drafting.loaded()]) room.closePeersOf(person);
  }

  /** Something of these delegations' own sides changed: their desks ask again. Nobody else gets as much as a byte. */
  tellOwnSides(codes: ReadonlySet<DelegationCode>): void {
    for (const peer of this.recordRoom.peers) {
      if (peer.viewer.kind === "delegation" && codes.has(peer.viewer.code)) peer.send(ownSideFrame);
    }
  }

  /** A delegation reads the text: the chair is told who did while silence runs on it (SIL11). */
  opened(delegation: DelegationCode): void {
    for (const { id: silence } of runningSilences(this.#committed)) {
      const key = `${silence} ${delegation}`;
      if (this.#delivered.has(key)) continue;
      this.#delivered.add(key);
      const row: DeliveryRow = { negotiation: this.row.id, silence, delegation, at: this.#ports.clock.now() };
      this.#ports.store.commit([{ kind: "delivery", row }]).catch((trouble: unknown) => {
        this.#delivered.delete(key);
        this.#ports.log.error({ err: trouble, negotiation: this.row.slug }, "a delivery was not noted");
      });
    }
  }

  deliveries(silence: SilenceId): Promise<readonly DeliveryRow[]> {
    return this.#ports.store.deliveries(this.row.id, silence);
  }

  /** Lets go of what can be made again and nobody needs at this moment (MEM3). */
  ease(): void {
    for (const room of [this.textRoom, this.recordRoom, ...this.drafting.loaded()]) room.ease();
    this.#reports.clear();
    this.#welcomes.clear();
    // What pages and documents keep by the record goes with the object.
    const committed = { ...this.#committed };
    if (this.#head === this.#committed) this.#head = committed;
    this.#committed = committed;
  }

  async stop(): Promise<void> {
    this.#watch.stop();
    this.#turns.stop();
    this.#cancelPause?.();
    await Promise.all([this.textRoom, this.recordRoom, ...this.drafting.loaded()].map((room) => room.stop()));
  }

  // ---------- one transaction ----------

  /**
   * Runs `turn` on the newest state in one synchronous turn and commits what it answers, together with what was typed before it.
   * When the commit fails the state is read again from disk before the next act.
   */
  async #act<T>(
    turn: (record: Record, now: EpochMs) => { made?: Chained; also?: readonly Write[]; result: T },
  ): Promise<T> {
    if (this.#head === null) await this.#reload();
    try {
      const { entries, after, result } = await this.textRoom.transact(() => {
        const record = this.#head;
        if (record === null) throw new Error("the record is being read again");
        // The record's time never runs backwards, whatever the clock does.
        const now = epochMs(Math.max(record.at, this.#ports.clock.now()));
        const woken = this.#chain(record, [
          ...this.#watch.afterOutage(record, theServer, now),
          ...beginPhase(record, theServer, now),
        ]);
        const { made, also = [], result } = turn(woken.record, now);
        const entries = [...woken.entries, ...(made?.entries ?? [])];
        const after = (this.#head = made?.record ?? woken.record);
        return { writes: this.#writes(record.seq, entries, also), result: { entries, after, result } };
      });
      this.#watch.awake();
      this.#publish(entries, after);
      return result;
    } catch (trouble) {
      this.#head = null;
      // What was recorded all the same, its answer lost on the way, is known without waiting for the next act.
      this.#reload().catch(() => undefined);
      throw trouble;
    }
  }

  #writes(after: number, entries: readonly Entry[], also: readonly Write[]): Write[] {
    if (entries.length === 0) return [...also];
    const wordings = wordingsIn(entries);
    return [
      { kind: "entries", negotiation: this.row.id, after, entries },
      ...(wordings.length > 0 ? [{ kind: "wordings", wordings } as const] : []),
      ...also,
    ];
  }

  /** What is due is closed, what passed is agreed, and what was announced to be adopted by it is adopted, all at once. */
  #settle(): Promise<void> {
    return this.#act((record, now) => {
      let next = this.#circulation(record, this.#text(), now);
      const act = new Acting(theServer, now);
      const add = (drafts: readonly Draft[]): void => {
        const more = this.#chain(next.record, drafts);
        next = { record: more.record, entries: [...next.entries, ...more.entries] };
      };
      for (const silence of runningSilences(record)) {
        if (!isDue(silence, now)) continue;
        add(settle(next.record, silence, act));
        const adopted =
          silence.adopts && isUnbroken(next.record, silence.id) ? adoptBySilence(next.record, silence.id, act) : null;
        if (adopted) add([adopted]);
      }
      return { made: next, also: [{ kind: "pulse", negotiation: this.row.id, at: now }], result: undefined };
    });
  }

  /** One at a time: a second one would take back what was decided since the first. */
  #reload(): Promise<void> {
    this.#reloading ??= this.#readAgain().finally(() => (this.#reloading = null));
    return this.#reloading;
  }

  async #readAgain(): Promise<void> {
    const fresh = await this.#ports.store.entries(this.row.id, this.#committed.seq);
    this.#publish(fresh);
    this.#head = this.#committed;
  }

  /** @param decided the record with them, where it is known: it need not be folded again */
  #publish(entries: readonly Entry[], decided: Record | null = null): void {
    const fresh = entries.filter((entry) => entry.seq > this.#committed.seq);
    const [first] = fresh;
    if (!first) return;
    this.#committed = decided && first.prev === this.#committed.head ? decided : evolve(this.#committed, fresh);
    this.#entries.push(...fresh);
    this.#welcomes.clear();
    // Who is answered waits for those who act here, and not for a crowd.
    const everyone = [...this.textRoom.peers, ...this.recordRoom.peers].toSorted(
      (a, b) => Number(a.actor === null) - Number(b.actor === null),
    );
    const frames = new Map<string, Uint8Array | null>();
    for (const { viewer } of everyone) {
      const key = audienceKey(viewer);
      if (!frames.has(key)) frames.set(key, this.#batch(viewer, first.seq));
    }
    this.#turns.each(everyone, (peer) => {
      const frame = frames.get(audienceKey(peer.viewer));
      if (frame) peer.send(frame);
    });
    this.#recheck(fresh);
    this.#watch.look();
    for (const tell of this.#followers) tell();
    if (fresh.some(({ what }) => what.kind === "silence-announced")) for (const peer of everyone) this.#read(peer);
  }

  /** Rights that ended end on open sockets too: of one person, of a delegation, or of all who were let in to the live text. */
  #recheck(fresh: readonly Entry[]): void {
    for (const { what } of fresh) {
      if (what.kind === "seat-revoked") this.closePeersOf(what.person);
      else if (what.kind === "settings-changed" || what.kind === "delegation-removed") {
        for (const room of [this.textRoom, this.recordRoom, ...this.drafting.loaded()]) room.recheckAccess();
      }
    }
  }

  /** The frame for everyone who sees what this viewer sees, or null while all of it is sealed to them. */
  #batch(viewer: Viewer, firstSeq: number): Uint8Array | null {
    let after = firstSeq - 1;
    while (after > 0 && "sealed" in present(this.#entries[after - 1] as Entry, viewer, this.#committed)) after--;
    const frame = this.frame(viewer, after);
    return frame.upTo < firstSeq ? null : recordFrame({ ...frame, kind: "batch" });
  }

  /** The record so far, or what came to it since the peer was last here: made once for all who see and lack the same. */
  #welcome(peer: Peer): void {
    const key = `${peer.after} ${audienceKey(peer.viewer)}`;
    let frame = this.#welcomes.get(key);
    if (!frame) {
      frame = recordFrame(this.frame(peer.viewer, peer.after));
      if (this.#welcomes.size < mostWelcomes) this.#welcomes.set(key, frame);
    }
    peer.send(frame);
    this.#read(peer);
  }

  #read({ viewer }: Peer): void {
    if (viewer.kind === "delegation") this.opened(viewer.code);
  }

  // ---------- text ----------

  #text(): Text {
    const { doc } = this.textRoom;
    // After a failed commit the room reads its text again, into a new document.
    if (this.#reader?.doc !== doc) {
      this.#reader?.text.destroy();
      this.#reader = { doc, text: new ReportText(doc) };
    }
    return this.#reader.text.text();
  }

  /** Nobody has the text open: what is made of it, and can be made again, goes with it. */
  #rest(): void {
    this.#reader?.text.destroy();
    this.#reader = null;
    this.#reports.clear();
    this.#welcomes.clear();
    this.#lastOnScreen = [];
  }

  #locks(): ReadonlySet<ParagraphId> {
    return lockedBy(this.#head ?? this.#committed);
  }

  /** On screen what is read is what is answered: before anything is decided, the live text is circulated. */
  #circulation(record: Record, text: Text, now: EpochMs): Chained {
    if (record.settings.method !== "on-screen" || !differsFromCirculated({ record, text }))
      return { record, entries: [] };
    const circulated = circulate({ record, text }, theServer, now, { auto: true });
    return circulated.ok ? this.#chain(record, circulated.value.drafts) : { record, entries: [] };
  }

  /**
   * On screen people answer words that they see, and the next key makes them others: what a position names as it stood a moment ago
   * is circulated first, so that nobody keeps objections away by typing on (POS3, CIR4).
   */
  #circulationFor(command: Command, record: Record, text: Text, now: EpochMs): Chained {
    if (command.kind !== "lodge-position" && command.kind !== "table-proposal")
      return this.#circulation(record, text, now);
    const { paragraph, wording } = command;
    const asked = this.#onScreen.findLast(({ id, content }) => id === paragraph && wordingOf(content).hash === wording);
    if (!asked) return this.#circulation(record, text, now);
    const asSeen = text.map((block) => (block.id === asked.id ? { ...block, content: asked.content } : block));
    const seen = this.#circulation(record, asSeen, now);
    const today = this.#circulation(seen.record, text, now);
    return { record: today.record, entries: [...seen.entries, ...today.entries] };
  }

  /** Keeps for a while what a paragraph said on screen before each change. */
  #remember(now: EpochMs): void {
    const text = this.#text();
    const before = this.#lastOnScreen;
    for (const [at, block] of text.entries()) {
      if (before[at] === block || before.includes(block)) continue;
      this.#onScreen.push({ id: block.id, content: block.content, until: epochMs(now + answerableMs) });
    }
    this.#lastOnScreen = text;
    const fresh = this.#onScreen.findIndex(({ until }) => until >= now);
    if (fresh !== 0) this.#onScreen.splice(0, fresh < 0 ? Infinity : fresh);
  }

  #typed(): void {
    if (this.#committed.settings.method !== "on-screen") return;
    const now = this.#ports.clock.now();
    this.#remember(now);
    this.#typingSince ??= now;
    this.#cancelPause?.();
    const wait = Math.max(0, Math.min(pauseMs, this.#typingSince + longestPauseMs - now));
    this.#cancelPause = this.#ports.clock.after(wait, () => {
      this.#cancelPause = this.#typingSince = null;
      this.#act((record, at) => ({
        made: this.#circulation(record, this.#text(), at),
        result: undefined,
      })).catch((trouble: unknown) =>
        this.#ports.log.error({ err: trouble, negotiation: this.row.slug }, "circulation at a pause failed"),
      );
    });
  }

  // ---------- chain ----------

  #chain(record: Record, drafts: readonly Draft[]): Chained {
    const entries = sealAll(record, drafts, this.#ports.random);
    return { record: evolve(record, entries), entries };
  }

  #mint(): string {
    return mintId(this.#ports.random);
  }

  #loaded(): { readonly text: Room; readonly record: Room } {
    if (!this.#rooms) throw new Error("the rooms are not loaded yet");
    return this.#rooms;
  }
}

/** The wordings that these entries bring into circulation: what the record refers to by their hashes. */
export function wordingsIn(entries: readonly Entry[]): readonly Pick<Wording, "hash" | "canonical">[] {
  const contents = entries.flatMap(({ what }) => {
    if ("changed" in what) return what.changed.map(({ content }) => content);
    return what.kind === "paragraph-corrected" ? [what.content] : [];
  });
  return contents.map((content) => wordingOf(content)).map(({ hash, canonical }) => ({ hash, canonical }));
}

/** Numbers, salts and chains drafts after a record. */
export function sealAll(
  record: Record,
  drafts: readonly Draft[],
  random: (count: number) => Uint8Array,
): readonly Entry[] {
  let { seq, head: prev } = record;
  return drafts.map((draft) => {
    const salts = Object.fromEntries(sections.map((section) => [section, hex(random(16))])) as {
      [S in Section]: string;
    };
    const entry = sealEntry({ ...draft, seq: ++seq, prev }, salts);
    prev = entry.hash;
    return entry;
  });
}

/** When the server was last here as it is: a restore is done while it is away. */
const lastHere = (entries: readonly Entry[]): number =>
  entries.findLast(({ what }) => what.kind !== "data-restored")?.at ?? 0;

/** Nobody broke it, and all of it passed. */
function isUnbroken(record: Record, id: SilenceId): boolean {
  const silence = record.silences.get(id);
  return silence?.ended?.how === "closed" && silence.breaks.every(({ inTime }) => !inTime);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const locks = new WeakMap<Record, ReadonlySet<ParagraphId>>();

function lockedBy(record: Record): ReadonlySet<ParagraphId> {
  let locked = locks.get(record);
  if (!locked) locks.set(record, (locked = lockedParagraphs(record)));
  return locked;
}
