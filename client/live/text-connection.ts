/**
 * The live text's line to the server: the stock y-websocket provider, told honestly apart what is sent and what is saved (SPEC: SAV).
 * *Saved* means that the server has acknowledged, after its disk has, everything that was typed here. Knows nothing of React:
 * `subscribe` and `getSnapshot` fit `useSyncExternalStore`.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Awareness } from "y-protocols/awareness";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { RecordFrame } from "../../shared/domain/entries.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import type { TextRefusal } from "../../shared/wire/protocol.ts";
import { closeCode, message, recordFrameVersion, statesNamed } from "../../shared/wire/protocol.ts";
import { secondsToWait } from "./full-server.ts";
import type { LocalCopies, Unsent } from "./local-copies.ts";
import type { KeptWords } from "./salvage.ts";
import { salvage, touchedBy, wordsOfEarlierEpoch } from "./salvage.ts";

export type Saved =
  /** `at`: when the server last said so; null until it has, on the first line that writes. */
  | { readonly kind: "saved"; readonly at: number | null }
  | { readonly kind: "saving" }
  | { readonly kind: "unsaved"; readonly changes: number; readonly offlineSince: number };

/** Why there will be no further connection. */
export type Ending = "signed-out" | "not-allowed" | "reload";

/**
 * What becomes of unsaved words when this page goes: kept on the device until they are saved, kept as long as the browser likes
 * (private windows end, and some browsers drop what was not visited for days), or gone.
 */
export type Keeping = "kept" | "kept-for-now" | "not-kept";

export interface Arriving {
  readonly bytes: number;
  readonly of: number;
}

export interface ConnectedText {
  /** Another one after a refusal: whoever holds on to it must take the new one. */
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** The text is complete; false until the first state has come. */
  readonly isSynced: boolean;
  /** How much is here of a state that is too large for the line; null while none is on its way. */
  readonly arriving: Arriving | null;
  readonly isOnline: boolean;
  /** The server has no room for the line now, and is asked again after so many seconds. */
  readonly waitsForRoom: number | null;
  readonly saved: Saved;
  readonly keeping: Keeping;
  readonly ended: Ending | null;
  /** The last refusal, until it is dismissed. */
  readonly refusal: TextRefusal | null;
  /** Words that were refused and fit nowhere, until they are dismissed. */
  readonly kept: readonly KeptWords[];
}

export interface TextPorts {
  /** `ws(s)://HOST/sync`, without the room. */
  readonly server: string;
  readonly room: string;
  /** Parameters of the socket's address, such as `seat`. */
  readonly params: Readonly<Record<string, string>>;
  /** A client id for this page load; null for those who only read. Asked again after a refusal. */
  readonly clientId: (() => Promise<number>) | null;
  /** A ticket for one connection, where no cookie goes along. */
  readonly ticket?: () => Promise<string>;
  /** Fetches what the server told by name, for as long as that takes; rejects when there is no such state any more. Without it states come in frames. */
  readonly fetchState?: (
    name: string,
    size: number,
    onBytes: (bytes: number) => void,
    signal: AbortSignal,
  ) => Promise<Uint8Array>;
  readonly copies: LocalCopies | null;
  /** Agreed paragraphs, as far as the record here knows. */
  readonly isLocked: (paragraph: ParagraphId) => boolean;
  readonly onRecord: (frame: RecordFrame) => void;
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
  /** A line to this address, open or about to be: a WebSocket, or what does the same. */
  readonly connect: (url: string) => unknown;
  /** The window, asked before the page is left. */
  readonly page: Pick<EventTarget, "addEventListener" | "removeEventListener">;
}

/** The server takes 768 KiB at a time. */
const batchBytes = 480 * 1024;
/** Beyond this *saving* is no longer the truth. */
const patienceMs = 5_000;
const retryMs = 2_000;
/** Between two tries of the provider. */
const longestBackoffMs = 2_500;
const sync = { step1: 0, step2: 1, update: 2 } as const;

/** Delivers at once or later, each in its turn. */
type Pass = (deliver: () => void) => void;

interface Unacknowledged {
  readonly n: number;
  readonly update: Uint8Array;
  /** Under which it is kept in the browser, if it is. */
  readonly key: Promise<number | null>;
}

/** A document with its line; given up as a whole after a refusal. */
interface Line {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly writes: boolean;
  /** Ends with the line. */
  readonly over: AbortController;
  isFetching: boolean;
}

/** Marks updates that come from an earlier page load, or from salvage: ours, and to be sent. */
const restored = Symbol("restored");

export class TextConnection {
  readonly #ports: TextPorts;
  readonly #listeners = new Set<() => void>();
  #line: Line;
  readonly #passes = new Set<Pass>();
  #snapshot: ConnectedText;
  /** Number of local changes, and of the last one that is durable. */
  #local = 0;
  #acknowledged = 0;
  #unacknowledged: Unacknowledged[] = [];
  /** The server has been told, on this socket, all that it lacked; only then does a mark say what it seems to say. */
  #isResynced = false;
  /** Number of the last local change that the browser would not keep. */
  #unkept = 0;
  #isForNow = false;
  #savedAt: number | null = null;
  #offlineSince: number | null = null;
  /** Nothing has been acknowledged since; null while all is. */
  #waitingSince: number | null = null;
  #cancelPatience: (() => void) | null = null;
  #cancelRetry: (() => void) | null = null;
  /** A refusal was answered with salvage, and nothing was acknowledged since: another one must not be. */
  #isSecondTry = false;
  /** What was typed is in a document that has been given up, and not yet in the one that has taken its place. */
  #isSalvaging = false;
  #isClosed = false;
  readonly #onLeave = (event: Event): void => {
    if (this.#local > this.#acknowledged) event.preventDefault();
  };

  constructor(ports: TextPorts) {
    this.#ports = ports;
    this.#offlineSince = ports.now();
    this.#line = this.#newLine();
    const { doc, provider } = this.#line;
    this.#snapshot = {
      doc,
      awareness: provider.awareness,
      isSynced: false,
      arriving: null,
      isOnline: false,
      waitsForRoom: null,
      saved: { kind: "saved", at: null },
      keeping: this.#keeping(),
      ended: null,
      refusal: null,
      kept: [],
    };
    if (ports.clientId) ports.page.addEventListener("beforeunload", this.#onLeave);
    void this.#begin();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): ConnectedText => this.#snapshot;

  /** The notice was read; the words were taken elsewhere or given up. */
  dismissRefusal(): void {
    void this.#ports.copies?.setKept([]).catch(() => undefined);
    this.#publish({ refusal: null, kept: [] });
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelPatience?.();
    this.#cancelRetry?.();
    this.#ports.page.removeEventListener("beforeunload", this.#onLeave);
    this.#giveUp(this.#line);
  }

  // ---------- beginning ----------

  async #begin(): Promise<void> {
    const { copies, clientId } = this.#ports;
    const unsent = await copies?.unsent().catch(() => []);
    const kept = await copies?.kept().catch(() => []);
    const before = await copies?.unsentBefore().catch(() => []);
    if (kept && kept.length > 0) this.#publish({ kept });
    await this.#identify(this.#line, clientId);
    if (this.#isClosed) return;
    this.#whenSynced(this.#line, () => {
      if (unsent && unsent.length > 0) this.#restore(unsent);
      if (before && before.length > 0) this.#keepFromEarlierEpoch(before);
    });
  }

  /** Words of an earlier epoch are never merged in by themselves: their writer reads them and decides. */
  #keepFromEarlierEpoch(before: readonly Unsent[]): void {
    const words = wordsOfEarlierEpoch(
      this.#line.doc,
      before.map(({ update }) => update),
    );
    this.#keepDrafts(words).then(
      () => this.#ports.copies?.forget(before.map(({ key }) => key)).catch(() => undefined),
      () => undefined,
    );
  }

  /** Adds drafts, the newest of each paragraph; resolves once they are kept in the browser, if anything can be kept there. */
  async #keepDrafts(words: readonly KeptWords[]): Promise<void> {
    const isNewer = ({ paragraph }: KeptWords): boolean =>
      paragraph !== null && words.some((word) => word.paragraph === paragraph);
    const kept = [...this.#snapshot.kept.filter((word) => !isNewer(word)), ...words];
    this.#publish({ kept });
    await this.#ports.copies?.setKept(kept);
  }

  /** Gets the line its client id before it is opened, for as long as that takes. */
  async #identify(line: Line, clientId: TextPorts["clientId"]): Promise<void> {
    try {
      if (clientId) takeClientId(line, await clientId());
      if (this.#ports.ticket) line.provider.params = { ...line.provider.params, ticket: await this.#ports.ticket() };
    } catch {
      await new Promise<void>((resolve) => (this.#cancelRetry = this.#ports.after(retryMs, resolve)));
      if (!this.#isClosed) await this.#identify(line, clientId);
      return;
    }
    if (this.#isClosed || line !== this.#line) return;
    line.provider.connect();
  }

  /** Words of a page load that ended before they were saved. They are the same updates, so nothing comes twice. */
  #restore(unsent: readonly Unsent[]): void {
    for (const { key, update } of unsent) {
      this.#count(update, Promise.resolve(key));
      Y.applyUpdate(this.#line.doc, update, restored);
    }
    this.#mark();
    this.#publish({});
  }

  /** Lets what changes the text through `pass`, which may hold it back while an input method composes. @returns ends it */
  passThrough(pass: Pass): () => void {
    this.#passes.add(pass);
    return () => this.#passes.delete(pass);
  }

  // ---------- the line ----------

  #newLine(): Line {
    const { server, room, connect, fetchState } = this.#ports;
    const params: Record<string, string> = { ...this.#ports.params };
    if (fetchState) params[statesNamed[0]] = statesNamed[1];
    const doc = new Y.Doc();
    // The provider calls it with `new`, and takes what it answers.
    const WebSocketPolyfill = function lineTo(url: string) {
      return connect(url);
    } as unknown as typeof WebSocket;
    // disableBc: another tab would pass on what the server has refused.
    const options = { connect: false, disableBc: true, params, WebSocketPolyfill };
    const provider = new WebsocketProvider(server, room, doc, options);
    const writes = this.#ports.clientId !== null;
    const line: Line = { doc, provider, writes, over: new AbortController(), isFetching: false };
    // Readers have no presence.
    if (!line.writes) provider.awareness.setLocalState(null);
    this.#handle(line);
    // After the provider's own listener, so that a mark follows its update.
    if (line.writes) doc.on("update", (update: Uint8Array, origin: unknown) => this.#changed(line, update, origin));
    provider.on("status", ({ status }) => this.#lineIs(line, status));
    provider.on("sync", (isSynced) => {
      if (line === this.#line && isSynced) this.#publish({ isSynced, waitsForRoom: null });
    });
    provider.on("connection-close", (event) => this.#dropped(line, event?.code));
    provider.on("closed", ({ code }) => this.#ended(line, code));
    return line;
  }

  #handle(line: Line): void {
    const { provider } = line;
    const handlers = provider.messageHandlers;
    const stock = handlers[message.sync] as (typeof handlers)[number];
    handlers[message.sync] = (encoder, decoder, ...rest) => {
      const isQuestion = decoding.peekVarUint(decoder) === sync.step1;
      if (isQuestion && line.writes) this.#answer(line, decoder);
      else if (isQuestion) stock(encoder, decoder, ...rest);
      else this.#deliver(() => stock(encoder, decoder, ...rest));
    };
    handlers[message.namedState] = (_, decoder) =>
      void this.#fetch(line, decoding.readVarString(decoder), decoding.readVarUint(decoder));
    handlers[message.durable] = (_, decoder) => this.#acknowledge(decoding.readVarUint(decoder));
    handlers[message.refused] = (_, decoder) =>
      this.#refused(line, JSON.parse(decoding.readVarString(decoder)) as TextRefusal);
    handlers[message.record] = (_, decoder) => {
      if (decoding.readVarUint(decoder) !== recordFrameVersion) return;
      const frame = JSON.parse(decoding.readVarString(decoder)) as RecordFrame;
      this.#ports.onRecord(frame);
      // The next line need not tell it all again.
      provider.params = { ...provider.params, after: String(frame.upTo) };
    };
  }

  #deliver(change: () => void): void {
    [...this.#passes].reduce<() => void>((next, pass) => () => pass(next), change)();
  }

  /**
   * A state that is too large for the line (112). What the line tells meanwhile waits in the Y.Doc for what it builds on. Where it breaks
   * it is not opened again before the state is here: what it would ask for then is what is on its way.
   */
  async #fetch(line: Line, name: string, of: number): Promise<void> {
    const { fetchState, after } = this.#ports;
    if (!fetchState) return;
    const { doc, provider, over } = line;
    const { ws } = provider;
    const tell = (bytes: number): void => this.#publish(line === this.#line ? { arriving: { bytes, of } } : {});
    line.isFetching = true;
    tell(0);
    const state = await fetchState(name, of, tell, over.signal).catch(() => null);
    if (!state) await new Promise<void>((resolve) => (this.#cancelRetry = after(retryMs, resolve)));
    line.isFetching = false;
    if (over.signal.aborted) return;
    this.#publish({ arriving: null });
    this.#deliver(() => {
      if (state) Y.applyUpdate(doc, state, provider);
      if (provider.ws !== ws) provider.connect();
      else if (state) provider.synced = true;
      else this.#sendSync(sync.step1, Y.encodeStateVector(doc));
    });
  }

  #lineIs(line: Line, status: string): void {
    if (line !== this.#line) return;
    const isOnline = status === "connected";
    if (isOnline) this.#offlineSince = null;
    else {
      this.#isResynced = false;
      this.#offlineSince ??= this.#ports.now();
    }
    this.#publish({ isOnline });
  }

  #dropped(line: Line, code: number | undefined): void {
    if (line !== this.#line || this.#isClosed) return;
    if (line.isFetching) line.provider.shouldConnect = false;
    const waitsForRoom = code === closeCode.full ? secondsToWait() : null;
    waitBeforeNext(line, waitsForRoom);
    if (waitsForRoom !== this.#snapshot.waitsForRoom) this.#publish({ waitsForRoom });
    // The socket itself would not take it; sent again as it is, it would meet the same end.
    if (code === 1009) this.#refused(line, { code: "too-large", message: "The update is too large." });
    else if (this.#ports.ticket) {
      this.#ports.ticket().then(
        (ticket) => (line.provider.params = { ...line.provider.params, ticket }),
        () => undefined,
      );
    }
  }

  #ended(line: Line, code: number): void {
    if (line !== this.#line) return;
    const ending = endings.get(code);
    if (ending) {
      line.over.abort();
      this.#publish({ ended: ending });
      if (ending === "reload") this.#setAside();
    } else this.#refused(line, { code: "malformed", message: `The server closed the line (${code}).` });
  }

  /** The text has another epoch: what was not saved can no longer be, and becomes drafts. */
  #setAside(): void {
    const given = this.#unacknowledged;
    if (given.length === 0) return;
    const words = touchedBy(
      this.#line.doc,
      given.map(({ update }) => update),
    );
    this.#keepDrafts(words).then(
      () => {
        if (this.#ports.copies === null) return;
        const left = this.#unacknowledged.filter((one) => !given.includes(one));
        this.#acknowledged += this.#unacknowledged.length - left.length;
        this.#unacknowledged = left;
        this.#forget(given);
        this.#publish({});
      },
      // They stay what they were, unsaved updates; the page asks before it is left.
      () => undefined,
    );
  }

  #giveUp({ doc, provider, over }: Line): void {
    over.abort();
    provider.destroy();
    doc.destroy();
  }

  // ---------- what goes out ----------

  #changed(line: Line, update: Uint8Array, origin: unknown): void {
    // While salvage waits for the fresh document, the old one is still being typed into.
    if (line.doc !== this.#snapshot.doc || origin === line.provider || origin === restored) return;
    this.#count(update, this.#keep(update));
    this.#mark();
    this.#publish({});
    if (this.#snapshot.ended === "reload") this.#setAside();
  }

  /** Answers the key, null where there is none. */
  async #keep(update: Uint8Array): Promise<number | null> {
    const { copies } = this.#ports;
    const n = this.#local + 1;
    if (!copies) return null;
    try {
      return await copies.keep(update);
    } catch {
      this.#unkept = n;
      this.#publish({});
      return null;
    }
  }

  /** With the first words of a page, for some browsers ask their user. */
  async #persist(): Promise<void> {
    const { copies } = this.#ports;
    this.#isForNow = copies !== null && !(await copies.persist().catch(() => false));
    this.#publish({});
  }

  #count(update: Uint8Array, key: Promise<number | null>): void {
    if (this.#local === 0) void this.#persist();
    this.#unacknowledged.push({ n: ++this.#local, update, key });
    this.#waitingSince ??= this.#ports.now();
    this.#cancelPatience ??= this.#ports.after(patienceMs, () => {
      this.#cancelPatience = null;
      this.#publish({});
    });
  }

  /**
   * Asks to be told once everything so far is durable, on each new socket even where nothing was typed, so that it is known since when.
   * Not before the server knows what was sent on earlier sockets.
   */
  #mark(): void {
    if (!this.#isResynced || this.#isSalvaging) return;
    this.#send((encoder) => {
      encoding.writeVarUint(encoder, message.mark);
      encoding.writeVarUint(encoder, this.#local);
    });
  }

  /** Step 1: the server asks for what it lacks. All of it at once might be more than it takes, so large news goes in pieces. */
  #answer(line: Line, decoder: decoding.Decoder): void {
    decoding.readVarUint(decoder);
    const stateVector = decoding.readVarUint8Array(decoder);
    let news = Y.encodeStateAsUpdate(line.doc, stateVector);
    if (news.length > batchBytes) {
      for (const piece of inPieces(this.#unacknowledged.map(({ update }) => update))) this.#sendUpdate(piece);
      news = Y.encodeStateAsUpdate(line.doc, Y.encodeStateVector(line.doc));
    }
    this.#sendSync(sync.step2, news);
    if (line !== this.#line) return;
    this.#isResynced = true;
    this.#mark();
  }

  #sendUpdate(update: Uint8Array): void {
    this.#sendSync(sync.update, update);
  }

  #sendSync(kind: number, bytes: Uint8Array): void {
    this.#send((encoder) => {
      encoding.writeVarUint(encoder, message.sync);
      encoding.writeVarUint(encoder, kind);
      encoding.writeVarUint8Array(encoder, bytes);
    });
  }

  #send(write: (encoder: encoding.Encoder) => void): void {
    const { ws } = this.#line.provider;
    if (!ws || ws.readyState !== ws.OPEN) return;
    const encoder = encoding.createEncoder();
    write(encoder);
    ws.send(encoding.toUint8Array(encoder));
  }

  // ---------- what comes in ----------

  #acknowledge(n: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, n);
    this.#forget(this.#unacknowledged.filter((one) => one.n <= n));
    this.#unacknowledged = this.#unacknowledged.filter((one) => one.n > n);
    this.#savedAt = this.#ports.now();
    this.#isSecondTry = false;
    this.#cancelPatience?.();
    this.#cancelPatience = null;
    this.#waitingSince = this.#local > this.#acknowledged ? this.#savedAt : null;
    this.#publish({});
  }

  #forget(saved: readonly Unacknowledged[]): void {
    const { copies } = this.#ports;
    if (!copies || saved.length === 0) return;
    void Promise.all(saved.map(({ key }) => key))
      .then((keys) => copies.forget(keys.filter((key) => key !== null)))
      .catch(() => undefined);
  }

  /**
   * A refused update cannot be taken back: a fresh document takes its place, and the words that still fit are written into it.
   * Refused a second time in a row, they are all kept as drafts instead.
   */
  #refused(line: Line, refusal: TextRefusal): void {
    if (line !== this.#line || this.#isClosed) return;
    // Of a fresh document that was refused before it was even complete, nothing has to be saved: its elder is still shown.
    const { doc: shown } = this.#snapshot;
    const mayRepeat = !this.#isSecondTry;
    this.#isSecondTry = this.#isSalvaging = true;
    this.#isResynced = false;
    line.provider.disconnect();
    line.over.abort();
    const fresh = this.#newLine();
    this.#line = fresh;
    this.#publish({ isOnline: false, arriving: null, refusal });
    this.#whenSynced(fresh, () => {
      const given = this.#unacknowledged;
      this.#unacknowledged = [];
      this.#acknowledged = this.#local;
      this.#waitingSince = null;
      this.#isSalvaging = false;
      const fits = (paragraph: ParagraphId): boolean =>
        mayRepeat && paragraph !== refusal.paragraph && !this.#ports.isLocked(paragraph);
      this.#publish({ doc: fresh.doc, awareness: fresh.provider.awareness });
      const kept = [...this.#snapshot.kept, ...salvage(shown, fresh.doc, fits)];
      this.#giveUp(line);
      // First the drafts, then the updates they came from: a crash in between, or a full device, shows words twice rather than never.
      this.#ports.copies?.setKept(kept).then(
        () => this.#forget(given),
        () => undefined,
      );
      this.#publish({ kept });
    });
    void this.#identify(fresh, this.#ports.clientId);
  }

  #whenSynced(line: Line, run: () => void): void {
    if (line.provider.synced) return run();
    const once = (isSynced: boolean): void => {
      if (!isSynced) return;
      line.provider.off("sync", once);
      if (line === this.#line && !this.#isClosed) run();
    };
    line.provider.on("sync", once);
  }

  // ---------- telling ----------

  #saved(): Saved {
    const changes = this.#local - this.#acknowledged;
    if (changes === 0) return { kind: "saved", at: this.#savedAt };
    const waited = this.#waitingSince === null ? 0 : this.#ports.now() - this.#waitingSince;
    const offlineSince = this.#offlineSince ?? (waited >= patienceMs ? this.#waitingSince : null);
    return offlineSince === null ? { kind: "saving" } : { kind: "unsaved", changes, offlineSince };
  }

  #keeping(): Keeping {
    if (!this.#ports.copies || this.#unkept > this.#acknowledged) return "not-kept";
    return this.#isForNow ? "kept-for-now" : "kept";
  }

  #publish(change: Partial<ConnectedText>): void {
    if (this.#isClosed) return;
    this.#snapshot = { ...this.#snapshot, ...change, saved: this.#saved(), keeping: this.#keeping() };
    for (const listener of this.#listeners) listener();
  }
}

const endings: ReadonlyMap<number, Ending> = new Map([
  [closeCode.notSignedIn, "signed-out"],
  [closeCode.notAllowed, "not-allowed"],
  [closeCode.reload, "reload"],
]);

/** Merged as far as they stay below what the server takes at once. */
function inPieces(updates: readonly Uint8Array[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let piece: Uint8Array[] = [];
  let bytes = 0;
  for (const update of updates) {
    if (piece.length > 0 && (bytes + update.length > batchBytes || piece.length === 50)) {
      pieces.push(Y.mergeUpdates(piece));
      piece = [];
      bytes = 0;
    }
    piece.push(update);
    bytes += update.length;
  }
  if (piece.length > 0) pieces.push(Y.mergeUpdates(piece));
  return pieces;
}

/** As long as the provider would, or so many seconds. */
function waitBeforeNext({ provider }: Line, seconds: number | null): void {
  provider.maxBackoffTime = seconds === null ? longestBackoffMs : seconds * 1_000;
  // It waits 100 ms times two to this power, and no longer than that.
  if (seconds !== null) provider.wsUnsuccessfulReconnects = 10;
}

/** The id goes to the document and to its presence, both made before it was known. */
function takeClientId({ doc, provider: { awareness } }: Line, clientId: number): void {
  const shown = awareness.getLocalState();
  awareness.states.clear();
  awareness.meta.clear();
  doc.clientID = awareness.clientID = clientId;
  awareness.setLocalState(shown);
}
