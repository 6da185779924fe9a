/**
 * A room: one Y.Doc, its peers, what may be written, when it is saved, who is told (SPEC: ROO).
 *
 * A word goes this way: authorise → apply in memory → gather → COMMIT → tell. Nobody hears of what is not on disk, so memory may run
 * ahead of the disk, but only by what waits for the next commit; whoever needs the text exactly as it is on disk (a newcomer, a
 * snapshot) waits for a quiet moment, and the room makes one by holding back frames for the length of a commit.
 */
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import type { ParagraphId, PersonId } from "../../shared/domain/values.ts";
import { blocksOf } from "../../shared/sync/model.ts";
import type { TextRefusal } from "../../shared/wire/protocol.ts";
import { closeCode, message } from "../../shared/wire/protocol.ts";
import type { Limits } from "../limits.ts";
import type { RoomId, Store, TextUpdate, Write } from "../store/port.ts";
import { Damaged, StorageTrouble } from "../store/port.ts";
import { authorizeUpdate } from "./authorize-update.ts";
import type { Clock } from "./clock.ts";
import { durableFrame, stateIn, sync, syncFrame } from "./frames.ts";
import type { Log } from "./log.ts";
import { NamedStates } from "./named-states.ts";
import type { Caller, Socket } from "./peer.ts";
import { Peer } from "./peer.ts";
import { Presence } from "./presence.ts";
import { mergeAll, Readers } from "./readers.ts";
import { Recent } from "./recent.ts";

/** What those above the room know about its text. */
export interface RoomRules {
  /** Agreed paragraphs: body, type, level, part and removal may not change; the order may. */
  readonly locks: () => ReadonlySet<ParagraphId>;
  /** Nothing of the text may change, nor anything be added. */
  readonly isFrozen?: () => boolean;
  /** Only words may be written, in the blocks that the server made. */
  readonly wordsOnly?: boolean;
}

export interface RoomHooks {
  /** Before anything else is sent to the peer. */
  readonly onJoin?: (peer: Peer) => void;
  /** The text changed and is on disk. */
  readonly onText?: () => void;
  /** The document was let go of; the next one will be another. */
  readonly onRest?: () => void;
}

export interface RoomOptions {
  readonly id: RoomId;
  readonly store: Store;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  /** Unpredictable bytes. */
  readonly random: (count: number) => Uint8Array;
  readonly rules: RoomRules;
  readonly hooks: RoomHooks;
}

/** What will be, or is being, committed together, and who waits for it. */
class Batch {
  readonly updates: TextUpdate[] = [];
  readonly writes: Write[] = [];
  /** Null: the server itself. */
  readonly authors = new Set<Peer | null>();
  readonly marks = new Map<Peer, number>();
  readonly onDurable: (() => void)[] = [];
  readonly onLost: ((trouble: unknown) => void)[] = [];

  get isEmpty(): boolean {
    return this.updates.length === 0 && this.writes.length === 0;
  }
}

type Turn = () => { readonly writes: readonly Write[]; readonly result: unknown };
interface WaitingTurn {
  readonly turn: Turn;
  readonly resolve: (result: unknown) => void;
  readonly reject: (trouble: unknown) => void;
}

/** A writer whose synchronisation leaves a gap this often in a row has something that cannot be placed at all. */
const syncTries = 3;
/** Kept at a time; each may be as large as the text. */
const mostResumptions = 16;

export class Room {
  readonly id: RoomId;
  readonly #options: RoomOptions;
  readonly #peers = new Set<Peer>();
  readonly #writers = new Set<Peer>();
  readonly #readers: Readers;
  readonly #presence: Presence;
  readonly #recent: Recent;
  /** Every client id ever issued here, with its person. */
  #owners = new Map<number, PersonId>();
  /** The text; while the room rests, only the bytes that it is encoded in. */
  #text: Y.Doc | Uint8Array = newDoc();
  /** Somebody needed the document since the room last looked whether it may rest. */
  #isUsed = false;
  /** `open`: reads and writes. `read-only`: memory is what the disk has, which takes nothing new. `lost`: memory cannot be trusted. */
  #state: "open" | "read-only" | "lost" | "stopped" = "lost";
  /** Number of the last update on disk. */
  #upTo = 0;

  #batch = new Batch();
  #committing: Batch | null = null;
  #turns: WaitingTurn[] = [];
  #cancelBatch: (() => void) | null = null;
  #cancelProbe: (() => void) | null = null;
  #cancelWaiting: (() => void) | null = null;
  #cancelRest: (() => void) | null = null;
  /** Peers whose step 1 is not answered yet. */
  readonly #waiting = new Set<Peer>();
  /** Frames that arrived while the room makes a quiet moment, in order. */
  #held: [Peer, Uint8Array][] = [];
  #heldBytes = 0;
  #holding = false;

  /** The whole state as a frame, as of the last commit; made when somebody asks. */
  #firstState: Buffer | null = null;
  /** The same for readers who come back, by what they have. */
  readonly #resumptions = new Map<string, Buffer>();
  readonly #named: NamedStates;
  #sinceSnapshot = { updates: 0, bytes: 0 };
  /** Encoded live state when last measured, and the bytes that came since: an upper bound together. */
  #size = { measured: 0, since: 0 };

  private constructor(options: RoomOptions) {
    const { id, clock, limits } = options;
    this.id = id;
    this.#options = options;
    this.#readers = new Readers(clock, limits);
    this.#recent = new Recent(limits);
    this.#named = new NamedStates(options);
    this.#presence = new Presence(clock, limits, () => this.#writers);
  }

  /**
   * The room with its text; empty if it was never written.
   * @throws what the store throws, or Damaged: a text that cannot be read whole is not served
   */
  static async load(options: RoomOptions): Promise<Room> {
    const room = new Room(options);
    await room.#read();
    room.#state = "open";
    // Of a house with many texts few are opened on a day.
    room.#rest();
    return room;
  }

  /** Another one after a failed commit, or a rest: do not keep it. */
  get doc(): Y.Doc {
    return this.#doc;
  }

  get isAwake(): boolean {
    return this.#text instanceof Y.Doc;
  }

  get peers(): ReadonlySet<Peer> {
    return this.#peers;
  }

  get isWritable(): boolean {
    return this.#state === "open";
  }

  /** Number of the last update on disk. */
  get upTo(): number {
    return this.#upTo;
  }

  /** What was told by this name; null where nothing was, or too long ago. */
  namedState(name: string): Uint8Array | null {
    return this.#named.state(name);
  }

  // ---------- peers ----------

  join(socket: Socket, caller: Caller): Peer {
    const peer = new Peer(socket, caller, this.#options.clock, this.#options.limits);
    this.#peers.add(peer);
    this.#sort(peer);
    if (this.#state === "stopped") peer.close(closeCode.restarting, "restarting");
    else {
      this.#call(() => this.#options.hooks.onJoin?.(peer));
      if (this.#state === "open" && peer.writes) this.#ask(peer);
      else peer.gapped = true;
    }
    return peer;
  }

  leave(peer: Peer): void {
    this.#peers.delete(peer);
    this.#writers.delete(peer);
    this.#readers.delete(peer);
    this.#waiting.delete(peer);
    this.#presence.leave(peer);
  }

  /** Who lost a seat is cut at once and may come back as who they are now. */
  closePeersOf(person: PersonId, code: number = closeCode.notAllowed, reason = "rights have changed"): void {
    for (const peer of this.#peers) if (peer.actor?.person === person) peer.close(code, reason);
  }

  /** After a change of rights that concerns many: cuts those who may no longer be here. */
  recheckAccess(): void {
    for (const peer of this.#peers) this.#accessOf(peer);
  }

  /** A client id for one page load of this person; accepted from now on, on any of their sockets. */
  async issueClientId(person: PersonId): Promise<number> {
    const { store, clock } = this.#options;
    for (;;) {
      const client = await store.issueClientId(this.id, person, clock.now());
      if (this.#owners.has(client) || this.#isTaken(client)) continue;
      this.#owners.set(client, person);
      return client;
    }
  }

  #accessOf(peer: Peer): "write" | "read" | "none" {
    const access = peer.access();
    if (access === "none") peer.close(closeCode.notAllowed, "not allowed");
    else if ((access === "write") !== peer.writes) {
      peer.writes = access === "write";
      this.#sort(peer);
    }
    return access;
  }

  #sort(peer: Peer): void {
    this.#writers.delete(peer);
    this.#readers.delete(peer);
    if (peer.writes) this.#writers.add(peer);
    else {
      this.#readers.add(peer);
      this.#presence.leave(peer);
    }
  }

  /** What those above the room do wrong is no reason to lose its text. */
  #call(hook: () => void): void {
    try {
      hook();
    } catch (trouble) {
      this.#options.log.error({ err: trouble, room: this.id }, "a hook of the room failed");
    }
  }

  // ---------- what arrives ----------

  /** One binary frame from a peer. Never throws: a frame that cannot be read closes its socket. */
  receive(peer: Peer, frame: Uint8Array): void {
    if (!this.#peers.has(peer) || !peer.isOpen) return;
    if (this.#holding) return this.#hold(peer, frame);
    try {
      const access = this.#accessOf(peer);
      if (access === "read") this.#receiveFromReader(peer, frame);
      else if (access === "write") this.#receiveFromWriter(peer, frame);
    } catch (trouble) {
      this.#options.log.warn({ err: trouble, room: this.id, person: peer.actor?.person }, "frame cannot be read");
      peer.close(closeCode.malformed, "malformed");
    }
  }

  /**
   * What came in one piece. Words that follow each other are checked one by one and become one change of the text: one row, one event,
   * one frame for everybody else. Of the marks between them the last one speaks for all, once that change is gathered (ROO2).
   */
  receiveAll(peer: Peer, frames: readonly Uint8Array[]): void {
    let at = 0;
    while (at < frames.length) {
      const words = frames.slice(at, wordsUpTo(frames, at));
      if (words.length > 1 && peer.writes && !this.#holding) this.#receiveTogether(peer, words);
      else for (const frame of words) this.receive(peer, frame);
      at += words.length;
      if (at < frames.length) this.receive(peer, frames[at++] as Uint8Array);
    }
  }

  #receiveTogether(peer: Peer, words: readonly Uint8Array[]): void {
    let mark: Uint8Array | null = null;
    try {
      this.#doc.transact(() => {
        for (const frame of words) {
          if (frame[0] !== message.mark) this.receive(peer, frame);
          // A later one says the same of more; that there were many counts all the same.
          else if (mark && !peer.mayFrame()) return peer.close(closeCode.tooFast, "too fast");
          else mark = frame;
        }
      }, peer);
    } catch (trouble) {
      this.#lose(trouble);
    }
    if (mark) this.receive(peer, mark);
  }

  /** Keeps a frame for the length of a commit. */
  #hold(peer: Peer, frame: Uint8Array): void {
    if (!peer.writes && !isStep1(frame)) return;
    this.#heldBytes += frame.length;
    if (this.#heldBytes > this.#options.limits.slowBytes) peer.close(closeCode.tooFast, "too fast");
    else this.#held.push([peer, frame]);
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    this.#holding = false;
    for (let at = 0; at < held.length;) {
      const [peer] = held[at] as [Peer, Uint8Array];
      const frames: Uint8Array[] = [];
      for (; held[at]?.[0] === peer; at++) frames.push((held[at] as [Peer, Uint8Array])[1]);
      this.receiveAll(peer, frames);
    }
  }

  /** Everything but step 1 is dropped undecoded: passive clients send presence and tidying updates, and mean no harm. */
  #receiveFromReader(peer: Peer, frame: Uint8Array): void {
    if (!isStep1(frame)) return;
    const decoder = decoding.createDecoder(frame);
    decoder.pos = 2;
    this.#want(peer, decoding.readVarUint8Array(decoder));
  }

  #receiveFromWriter(peer: Peer, frame: Uint8Array): void {
    if (!peer.mayFrame()) return peer.close(closeCode.tooFast, "too fast");
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    switch (type) {
      case message.sync: {
        const kind = decoding.readVarUint(decoder);
        const bytes = decoding.readVarUint8Array(decoder);
        if (kind === sync.step1) return this.#want(peer, bytes);
        if (kind === sync.step2 || kind === sync.update) return this.#receiveUpdate(peer, bytes, kind === sync.step2);
        throw new Error(`sync message of kind ${kind}`);
      }
      case message.awareness:
        return this.#presence.receive(peer, decoding.readVarUint8Array(decoder), (client) => this.#owns(peer, client));
      case message.queryAwareness:
        return this.#presence.tell(peer);
      case message.mark:
        return this.#receiveMark(peer, decoding.readVarUint(decoder));
      default:
        throw new Error(`message of type ${type}`);
    }
  }

  #receiveUpdate(peer: Peer, update: Uint8Array, isSync: boolean): void {
    // Whatever becomes of it, a question is answered.
    if (isSync) peer.asked = Math.max(0, peer.asked - 1);
    if (this.#state !== "open") {
      // It is asked for what it has as soon as the disk takes something again.
      peer.gapped = true;
      return;
    }
    if (!peer.allowance.mayUpdate()) return peer.close(closeCode.tooFast, "too fast");
    const answer = authorizeUpdate(this.#doc, update, {
      owns: (client) => this.#owns(peer, client),
      locked: this.#options.rules.locks(),
      wordsOnly: this.#options.rules.wordsOnly ?? false,
      limits: this.#options.limits,
    });
    switch (answer.verdict) {
      case "gap":
        peer.gapped = true;
        if (isSync && ++peer.failedSyncs >= syncTries) {
          return this.#refuse(peer, { code: "forged", message: "The update builds on something that does not exist." });
        }
        return this.#ask(peer);
      case "refused":
        return this.#refuse(peer, answer.refusal);
      case "apply":
        if (this.#options.rules.isFrozen?.()) {
          return this.#refuse(peer, {
            code: "text-frozen",
            message: "The text is frozen as a whole; nothing of it can change.",
          });
        }
        if (!this.#hasRoomFor(answer.update.length)) {
          return this.#refuse(peer, { code: "quota", message: "The text is as large as it may be." });
        }
        if (!peer.allowance.mayStore(answer.update.length)) {
          return this.#refuse(peer, {
            code: "quota",
            message: "More was written in an hour than one account may write.",
          });
        }
        this.#apply(peer, answer.update);
        break;
      case "nothing":
    }
    if (!isSync) return;
    peer.failedSyncs = 0;
    // What it answered to an earlier question may lack what was lost since.
    if (peer.asked === 0) peer.gapped = false;
  }

  #apply(peer: Peer, update: Uint8Array): void {
    this.#size.since += update.length;
    try {
      Y.applyUpdate(this.#doc, update, peer);
      if (hasPending(this.#doc)) throw new Error("an authorised update left something pending");
    } catch (trouble) {
      // Only a bug comes here. Memory may hold half of the update now; the disk does not. Nor was it gathered, if more came with it.
      this.#batch.authors.add(peer);
      this.#lose(trouble);
    }
  }

  #receiveMark(peer: Peer, mark: number): void {
    if (peer.gapped || this.#state !== "open") return;
    // Whoever made them: what came on this socket may be a repetition of what came on another and is not on disk yet.
    const batch = this.#batch.isEmpty ? this.#committing : this.#batch;
    if (batch) batch.marks.set(peer, mark);
    else peer.send(durableFrame(mark));
  }

  #refuse(peer: Peer, refusal: TextRefusal): void {
    const { code, paragraph } = refusal;
    this.#options.log.warn({ room: this.id, person: peer.actor?.person, code, paragraph }, "update refused");
    peer.refuse(refusal);
  }

  #owns(peer: Peer, client: number): boolean {
    return peer.actor !== null && this.#owners.get(client) === peer.actor.person;
  }

  /** Step 1: asks for what the peer has and this room has not. */
  #ask(peer: Peer): void {
    peer.asked++;
    peer.send(syncFrame(sync.step1, Y.encodeStateVector(this.#doc)));
  }

  /** The encoded live state is measured only when the upper bound has passed the quota, and then not at every update. */
  #hasRoomFor(bytes: number): boolean {
    const { roomBytes } = this.#options.limits;
    if (this.#size.measured + this.#size.since + bytes <= roomBytes) return true;
    if (this.#size.since > roomBytes / 32) this.#measure(Y.encodeStateAsUpdate(this.#doc).length);
    return this.#size.measured + this.#size.since + bytes <= roomBytes;
  }

  #measure(bytes: number): void {
    this.#size = { measured: bytes, since: 0 };
  }

  // ---------- commit ----------

  /**
   * Runs `turn` synchronously on the text as it is, and commits the edits it makes to `doc`, the writes it answers and what was typed
   * before it, together. Resolves when that is on disk and the room's peers have been told of the text.
   * A turn decides first and edits last: what it has edited when it throws stays edited.
   * @throws what the turn throws or the store throws; after the latter nothing of it is kept
   */
  transact<T>(turn: () => { readonly writes: readonly Write[]; readonly result: T }): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#turns.push({ turn, resolve: resolve as (result: unknown) => void, reject });
      this.#pump();
    });
  }

  /** Resolves when everything applied so far is on disk. */
  flush(): Promise<void> {
    return new Promise((resolve, reject) => {
      const batch = this.#batch.isEmpty ? this.#committing : this.#batch;
      if (!batch) return resolve();
      batch.onDurable.push(resolve);
      batch.onLost.push(reject);
      this.#pump();
    });
  }

  /** Says good-bye to everyone and puts what is left on disk. */
  async stop(): Promise<void> {
    if (this.#state === "stopped") return;
    for (const peer of this.#peers) peer.close(closeCode.restarting, "restarting");
    await this.flush().catch(() => undefined);
    const saved = this.#state === "open" && this.#sinceSnapshot.updates > 0 ? this.#saveSnapshot() : null;
    this.#state = "stopped";
    for (const cancel of [this.#cancelBatch, this.#cancelProbe, this.#cancelWaiting, this.#cancelRest]) cancel?.();
    this.#readers.stop();
    this.#presence.stop();
    this.#named.stop();
    await saved;
  }

  #gather(bytes: Uint8Array, origin: unknown): void {
    // The end of a change that could not be made whole.
    if (this.#state === "lost") return;
    const author = origin instanceof Peer ? origin : null;
    this.#batch.updates.push({ bytes, person: author?.actor?.person ?? null, at: this.#options.clock.now() });
    this.#batch.authors.add(author);
    if (author === null) this.#size.since += bytes.length;
    this.#cancelBatch ??= this.#options.clock.after(this.#options.limits.batchMs, () => {
      this.#cancelBatch = null;
      this.#pump();
    });
  }

  /** Starts the next commit unless one is on its way. */
  #pump(): void {
    if (this.#committing) return;
    this.#cancelBatch?.();
    this.#cancelBatch = null;
    if (this.#state !== "open") return this.#rejectTurns(new StorageTrouble("the text cannot be written now"));
    const next = this.#takeTurn();
    const batch = this.#batch;
    if (batch.isEmpty) {
      next?.();
      return this.#quiet();
    }
    if (next) batch.onDurable.push(next);
    this.#batch = new Batch();
    this.#committing = batch;
    this.#holding = this.#wantsQuiet();
    const writes = [...batch.writes];
    if (batch.updates.length > 0) writes.unshift({ kind: "text", room: this.id, updates: batch.updates });
    void this.#commit(batch, writes);
  }

  async #commit(batch: Batch, writes: readonly Write[]): Promise<void> {
    try {
      await this.#options.store.commit(writes);
    } catch (trouble) {
      if (this.#committing === batch) this.#lose(trouble);
      return;
    }
    try {
      // The room may have been lost while the disk was busy with this.
      if (this.#committing === batch) this.#committed(batch);
    } catch (trouble) {
      // Only a bug comes here: what was told and what was not is unknown.
      this.#lose(trouble);
    }
  }

  /** Runs the first turn that does not throw; answers what is to be called once the batch is on disk. */
  #takeTurn(): (() => void) | null {
    for (let waiting = this.#turns.shift(); waiting; waiting = this.#turns.shift()) {
      const { turn, resolve, reject } = waiting;
      try {
        const { writes, result } = turn();
        this.#batch.writes.push(...writes);
        // A turn that changed nothing has nothing to wait for.
        if (writes.length === 0 && !this.#batch.authors.has(null)) {
          resolve(result);
          continue;
        }
        this.#batch.onLost.push(reject);
        return () => resolve(result);
      } catch (trouble) {
        reject(trouble);
      }
    }
    return null;
  }

  #committed(batch: Batch): void {
    this.#committing = null;
    if (batch.updates.length > 0) this.#tell(batch);
    for (const [peer, mark] of batch.marks) peer.send(durableFrame(mark));
    for (const done of batch.onDurable) done();
    if (this.#batch.isEmpty) this.#quiet();
    if (this.#turns.length > 0 || (!this.#batch.isEmpty && (this.#cancelBatch === null || this.#wantsQuiet()))) {
      this.#pump();
    }
  }

  #tell(batch: Batch): void {
    const update = mergeAll(batch.updates.map(({ bytes }) => bytes));
    this.#upTo += batch.updates.length;
    this.#sinceSnapshot.updates += batch.updates.length;
    this.#sinceSnapshot.bytes += update.length;
    this.#recent.add(update);
    this.#forgetStates();
    const [author] = batch.authors;
    this.#spread(update, batch.authors.size === 1 ? (author ?? null) : null);
  }

  #spread(update: Uint8Array, author: Peer | null): void {
    const frame = syncFrame(sync.update, update);
    for (const peer of this.#writers) if (peer.synced && peer !== author) peer.send(frame);
    this.#readers.tell(update);
    this.#call(() => this.#options.hooks.onText?.());
  }

  // ---------- quiet moments ----------

  /** Step 1: the peer is told everything it does not have, as soon as memory is what the disk has. */
  #want(peer: Peer, stateVector: Uint8Array): void {
    peer.wanted = stateVector;
    this.#waiting.add(peer);
    if (this.#committing && this.#batch.isEmpty) this.#holding = true;
    else this.#pump();
    if (this.#state === "read-only") this.#quiet();
  }

  #wantsQuiet(): boolean {
    const { snapshotUpdates, snapshotBytes } = this.#options.limits;
    const { updates, bytes } = this.#sinceSnapshot;
    return this.#waiting.size > 0 || updates >= snapshotUpdates || bytes >= snapshotBytes;
  }

  /** Memory is what the disk has: newcomers are served, a snapshot is saved if one is due, what was held back goes on. */
  #quiet(): void {
    const { snapshotUpdates, snapshotBytes } = this.#options.limits;
    for (const peer of this.#waiting) this.#answer(peer);
    if (this.#sinceSnapshot.updates >= snapshotUpdates || this.#sinceSnapshot.bytes >= snapshotBytes) {
      void this.#saveSnapshot();
    }
    if (this.#waiting.size > 0) {
      this.#cancelWaiting ??= this.#options.clock.after(this.#options.limits.readerBatchMs, () => {
        this.#cancelWaiting = null;
        if (!this.#committing && this.#batch.isEmpty && this.#state !== "lost") this.#quiet();
      });
    }
    if (this.#holding) this.#release();
  }

  #answer(peer: Peer): void {
    const { wanted } = peer;
    if (wanted === null || !peer.mayHaveState()) return;
    this.#waiting.delete(peer);
    peer.wanted = null;
    try {
      // An empty state vector: the whole text.
      const isNew = wanted.length <= 1;
      const frame = isNew
        ? (this.#firstState ??= syncFrame(sync.step2, this.#encode()))
        : this.#resumption(peer, wanted);
      const isLarge = peer.takesNames && frame.length > this.#options.limits.frameStateBytes;
      peer.send(isLarge ? this.#named.name(frame) : frame);
    } catch {
      return peer.close(closeCode.malformed, "malformed");
    }
    if (peer.writes && !peer.synced) this.#presence.tell(peer);
    peer.synced = true;
  }

  #resumption(peer: Peer, wanted: Uint8Array): Buffer {
    const had = Y.decodeStateVector(wanted);
    // A writer may have words from elsewhere than here, and so may a reader who once was one.
    if (peer.writes || [...had.keys()].some((client) => this.#owns(peer, client))) {
      return syncFrame(sync.step2, Y.encodeStateAsUpdate(this.#doc, wanted));
    }
    const key = Buffer.from(wanted).toString("latin1");
    let frame = this.#resumptions.get(key);
    if (!frame) {
      const news = this.#recent.since(had, Y.decodeStateVector(Y.encodeStateVector(this.#doc)));
      frame = syncFrame(sync.step2, news ?? Y.encodeStateAsUpdate(this.#doc, wanted));
      // Those who come back after one moment lack the same.
      if (this.#resumptions.size < mostResumptions) this.#resumptions.set(key, frame);
    }
    return frame;
  }

  #forgetStates(): void {
    this.#firstState = null;
    this.#resumptions.clear();
  }

  #encode(): Uint8Array {
    if (this.#text instanceof Uint8Array) return this.#text;
    const state = Y.encodeStateAsUpdate(this.#doc);
    this.#measure(state.length);
    return state;
  }

  async #saveSnapshot(): Promise<void> {
    this.#sinceSnapshot = { updates: 0, bytes: 0 };
    try {
      await this.#options.store.saveSnapshot(this.id, this.#upTo, this.#encode());
    } catch (trouble) {
      // It only speeds up loading; the log holds everything.
      this.#options.log.warn({ err: trouble, room: this.id }, "snapshot not saved");
    }
  }

  // ---------- rest ----------

  get #doc(): Y.Doc {
    this.#isUsed = true;
    if (this.#text instanceof Y.Doc) return this.#text;
    const doc = newDoc();
    Y.applyUpdate(doc, this.#text, "load");
    this.#take(doc);
    return doc;
  }

  /** Goes on with this document. */
  #take(doc: Y.Doc): void {
    if (this.#text instanceof Y.Doc) this.#text.destroy();
    this.#text = doc;
    // A fresh one for each: what it wrote before may have been lost, and its clocks with it.
    do doc.clientID = new DataView(this.#options.random(4).slice().buffer).getUint32(0);
    while (this.#owners.has(doc.clientID) || doc.store.clients.has(doc.clientID));
    doc.on("update", (bytes: Uint8Array, origin: unknown) => this.#gather(bytes, origin));
    this.#restLater();
  }

  #restLater(): void {
    this.#cancelRest?.();
    this.#isUsed = false;
    this.#cancelRest = this.#options.clock.after(this.#options.limits.restMs, () => {
      if (this.#isUsed) return this.#restLater();
      this.ease();
      if (this.isAwake) this.#restLater();
    });
  }

  /** Rests, if nobody needs the document at this moment. */
  ease(): void {
    const isBusy = this.#committing !== null || !this.#batch.isEmpty || this.#turns.length > 0;
    if (!this.isAwake || isBusy || this.#writers.size > 0 || this.#state !== "open") return;
    if (this.#sinceSnapshot.updates > 0) void this.#saveSnapshot();
    this.#rest();
    if (this.#peers.size > 0) return;
    this.#resumptions.clear();
    this.#recent.clear();
  }

  /** Lets go of the document. Nobody here writes, nothing is under way, and the bytes that stay are those that a newcomer is told. */
  #rest(): void {
    this.#cancelRest?.();
    this.#cancelRest = null;
    if (!(this.#text instanceof Y.Doc)) return;
    this.#call(() => this.#options.hooks.onRest?.());
    this.#firstState ??= syncFrame(sync.step2, this.#encode());
    this.#text.destroy();
    this.#text = stateIn(this.#firstState);
  }

  // ---------- trouble ----------

  /** Memory holds what the disk does not: forget it, cut those who wrote it, and read the text again. */
  #lose(trouble: unknown): void {
    this.#options.log.error({ err: trouble, room: this.id }, "text not saved; it is read again from disk");
    this.#state = "lost";
    this.#cancelBatch?.();
    this.#cancelBatch = null;
    const lost = [this.#committing, this.#batch].filter((batch) => batch !== null);
    this.#committing = null;
    this.#batch = new Batch();
    this.#recent.clear();
    this.#forgetStates();
    for (const batch of lost) {
      for (const author of batch.authors) author?.close(closeCode.storage, "storage");
      for (const reject of batch.onLost) reject(trouble);
    }
    this.#rejectTurns(trouble);
    // Nobody knows now who has sent what: all are asked again, and nothing is acknowledged before they answer.
    for (const peer of this.#writers) peer.gapped = true;
    // Words are asked for again; questions wait for the text, and answers are counted.
    this.#release();
    void this.#recover();
  }

  #rejectTurns(trouble: unknown): void {
    for (const { reject } of this.#turns.splice(0)) reject(trouble);
  }

  /** Reads first, for readers should read; writes again once a probe succeeds. */
  async #recover(): Promise<void> {
    const { store, clock, limits, log } = this.#options;
    if (this.#state === "lost") {
      try {
        const untold = await this.#read();
        if (this.#isStopped()) return;
        this.#state = "read-only";
        // The answer of a commit may have been lost, and the commit be done: nobody else has heard of those words.
        if (untold.length > 0) this.#spread(mergeAll(untold), null);
        this.#quiet();
      } catch (trouble) {
        log.error({ err: trouble, room: this.id }, "text cannot be read");
      }
    }
    const isWell = this.#state === "read-only" && (await store.writable());
    if (this.#isStopped()) return;
    if (isWell) {
      this.#state = "open";
      log.info({ room: this.id }, "text can be written again");
      for (const peer of this.#writers) if (peer.gapped) this.#ask(peer);
    } else {
      this.#cancelProbe = clock.after(limits.probeMs, () => void this.#recover());
    }
  }

  // A method, because the state changes while the disk is waited for.
  #isStopped(): boolean {
    return this.#state === "stopped";
  }

  /**
   * @returns updates that the disk has and this room did not know of
   * @throws and leaves everything as it was
   */
  async #read(): Promise<readonly Uint8Array[]> {
    const { store, limits, log } = this.#options;
    const [stored, owners, lately] = await Promise.all([
      store.text(this.id),
      store.clientIds(this.id),
      // It only spares those who come back some bytes.
      store.lastUpdates(this.id, limits.recentUpdates, limits.recentBytes).catch((trouble: unknown) => {
        log.warn({ err: trouble, room: this.id }, "what was told lately cannot be read");
        return [];
      }),
    ]);
    const doc = newDoc();
    try {
      doc.transact(() => {
        if (stored?.snapshot) Y.applyUpdate(doc, stored.snapshot, "load");
        for (const update of stored?.updates ?? []) Y.applyUpdate(doc, update, "load");
      }, "load");
    } catch (trouble) {
      throw new Damaged(`the text of room ${this.id} cannot be read: ${String(trouble)}`);
    }
    if (hasPending(doc)) throw new Damaged(`the text of room ${this.id} has a gap`);
    this.#owners = new Map([...owners, ...this.#owners]);
    this.#take(doc);
    const tail = stored?.updates ?? [];
    const unknown = (stored?.upTo ?? 0) - this.#upTo;
    this.#upTo += unknown;
    this.#sinceSnapshot = { updates: tail.length, bytes: tail.reduce((sum, update) => sum + update.length, 0) };
    this.#measure((stored?.snapshot?.length ?? 0) + this.#sinceSnapshot.bytes);
    // Ready for whoever comes first: after a restart that is everyone at once.
    if (stored) this.#firstState = syncFrame(sync.step2, (tail.length === 0 && stored.snapshot) || this.#encode());
    this.#recent.clear();
    for (const update of lately) this.#recent.add(update);
    return tail.slice(Math.max(0, tail.length - unknown));
  }

  #isTaken(client: number): boolean {
    return client === this.#doc.clientID || this.#doc.store.clients.has(client);
  }
}

const isStep1 = (frame: Uint8Array): boolean => frame[0] === message.sync && frame[1] === sync.step1;

function newDoc(): Y.Doc {
  const doc = new Y.Doc();
  blocksOf(doc);
  return doc;
}

/** Where the words and marks that begin at `from` end. */
function wordsUpTo(frames: readonly Uint8Array[], from: number): number {
  let at = from;
  while (at < frames.length && isOfWords(frames[at] as Uint8Array)) at++;
  return at;
}

const isOfWords = (frame: Uint8Array): boolean =>
  frame[0] === message.mark || (frame[0] === message.sync && frame[1] !== sync.step1);

const hasPending = (doc: Y.Doc): boolean => doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
