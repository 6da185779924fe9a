/**
 * A disk that outlives the processes that use it. A call takes a while on its way there and back; the process may die on either, and then
 * nobody knows which writes were done, until the data are opened again: as long as a process can still write, the lock of its data folder
 * keeps the next one out. It can be slow, full, unreadable, refuse once, or do what it was asked and lose the answer.
 */
import * as Y from "yjs";
import type { Entry } from "../../shared/domain/entries.ts";
import type { EpochMs, PersonId } from "../../shared/domain/values.ts";
import { memoryStore } from "../../server/store/memory-store.ts";
import type { RoomId, Store, Write } from "../../server/store/port.ts";
import { StorageTrouble } from "../../server/store/port.ts";
import type { World } from "./world.ts";

/** What a process may do to the promises of the port, for tests that such a thing is found. */
export type Lie =
  | "none"
  /** A commit is answered before it is done. */
  | "answers-early"
  /** The answers to commands are not kept. */
  | "forgets-answers"
  /** What was typed with an act is not written with it. */
  | "tears"
  /** A text is read without its last update. */
  | "reads-short";

type Done =
  | { readonly kind: "commit"; readonly writes: readonly Write[] }
  | {
      readonly kind: "client-id";
      readonly room: RoomId;
      readonly person: PersonId;
      readonly at: EpochMs;
      readonly id: number;
    };

const changes = ["commit", "saveSnapshot", "issueClientId"] as const satisfies readonly (keyof Store)[];
const isChange = (method: keyof Store): boolean => (changes as readonly string[]).includes(method);

export class Disk {
  isFull = false;
  isUnreadable = false;
  /** Of each call; by chance up to ten times as long now and then. */
  slowMs = 0;
  /** So many of the next changes are refused, or done without an answer. */
  refusals = 0;
  lostAnswers = 0;
  /** What is there, as any reader would find it. */
  store: Store;
  readonly #world: World;
  readonly #lie: Lie;
  readonly #done: Done[] = [];
  readonly #texts = new Map<RoomId, Y.Doc>();
  #entries: readonly Entry[] = [];
  /** How often somebody took the data for themselves: what was asked before that and is not done by then never is. */
  #openings = 0;
  /** When the last change is done that was asked for: they are done one after the other. */
  #busyUntil = 0;

  constructor(world: World, lie: Lie = "none") {
    this.#world = world;
    this.#lie = lie;
    this.store = this.#empty();
  }

  /** What is there of a room's text. */
  text(room: RoomId): Y.Doc {
    let doc = this.#texts.get(room);
    if (!doc) this.#texts.set(room, (doc = new Y.Doc()));
    return doc;
  }

  /** What is there of the record; there is one negotiation in this world. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** As far as a backup made now would go. */
  get length(): number {
    return this.#done.length;
  }

  /** Puts what was there at that moment in the place of what is there. */
  async goBackTo(length: number): Promise<void> {
    this.#openings++;
    const kept = this.#done.splice(0).slice(0, length);
    this.store = this.#empty(kept.flatMap((one) => (one.kind === "client-id" ? [one.id] : [])));
    for (const doc of this.#texts.values()) doc.destroy();
    this.#texts.clear();
    this.#entries = [];
    for (const one of kept) {
      if (one.kind === "commit") await this.store.commit(one.writes);
      else await this.store.issueClientId(one.room, one.person, one.at);
      this.#note(one);
    }
  }

  /** As one process has it, for as long as that lives. */
  attach(isAlive: () => boolean): Store {
    this.#openings++;
    return new Proxy({} as Store, {
      get: (_, method: keyof Store) =>
        method === "close"
          ? async () => undefined
          : (...asked: readonly unknown[]) => this.#call(method, asked, isAlive),
    });
  }

  /** What somebody does who is alone with it: a command line. */
  get alone(): Store {
    return new Proxy({} as Store, {
      get:
        (_, method: keyof Store) =>
        (...asked: readonly unknown[]) =>
          this.#do(method, asked),
    });
  }

  #empty(ids: number[] = []): Store {
    const { chance } = this.#world;
    return memoryStore(() => ids.shift() ?? 1 + chance.below(2 ** 32 - 1));
  }

  async #call(method: keyof Store, asked: readonly unknown[], isAlive: () => boolean): Promise<unknown> {
    const { chance } = this.#world;
    const change = isChange(method);
    const openings = this.#openings;
    // The weather is that of the moment in which it was asked; a lost answer is one of a change that is done.
    const fate = change ? this.#fate() : "done";
    const isEarly = this.#lie === "answers-early" && method === "commit";
    const done = this.#onItsWay(change).then(async () => {
      if (openings !== this.#openings || (!isAlive() && !(change && chance() < 0.5))) return never;
      if (method === "writable") return !this.isFull && !this.isUnreadable;
      if (fate === "refused" || (change && this.isFull)) throw new StorageTrouble(`${method}: the disk is full`);
      if (this.isUnreadable && !change) throw new StorageTrouble(`${method}: the disk cannot be read`);
      const answer = await this.#do(method, asked);
      if (fate === "lost") throw new StorageTrouble(`${method}: its answer was lost`);
      return answer;
    });
    if (isEarly) done.catch(() => undefined);
    const answer = isEarly ? undefined : await done.finally(() => this.#world.pause(this.#delay() / 2));
    return isAlive() ? answer : never;
  }

  #fate(): "refused" | "lost" | "done" {
    if (this.refusals > 0) {
      this.refusals--;
      return "refused";
    }
    if (this.lostAnswers > 0) {
      this.lostAnswers--;
      return "lost";
    }
    return "done";
  }

  #onItsWay(isChange: boolean): Promise<void> {
    const { now } = this.#world;
    const done = now + this.#delay();
    if (!isChange) return this.#world.pause(done - now);
    this.#busyUntil = Math.max(this.#busyUntil, done);
    return this.#world.pause(this.#busyUntil - now);
  }

  #delay(): number {
    const { chance } = this.#world;
    const usual = 0.2 + chance() * 4 + this.slowMs * (0.5 + chance());
    return chance() < 0.02 ? usual * 10 : usual;
  }

  async #do(method: keyof Store, asked: readonly unknown[]): Promise<unknown> {
    const [first, person, at] = asked;
    const writes = method === "commit" ? this.#asToldTo(first as readonly Write[]) : null;
    const answer = await (this.store[method] as (...asked: readonly unknown[]) => Promise<unknown>)(
      ...(writes ? [writes] : asked),
    );
    if (writes) this.#note({ kind: "commit", writes });
    if (method === "issueClientId") {
      const id = answer as number;
      this.#note({ kind: "client-id", room: first as RoomId, person: person as PersonId, at: at as EpochMs, id });
    }
    const text = answer as Awaited<ReturnType<Store["text"]>>;
    if (method === "text" && this.#lie === "reads-short" && text)
      return { ...text, updates: text.updates.slice(0, -1) };
    return answer;
  }

  #asToldTo(writes: readonly Write[]): readonly Write[] {
    if (this.#lie === "forgets-answers") return writes.filter(({ kind }) => kind !== "answer");
    const isAct = writes.some(({ kind }) => kind === "entries") && this.#done.length > 1;
    return this.#lie === "tears" && isAct ? writes.filter(({ kind }) => kind !== "text") : writes;
  }

  #note(done: Done): void {
    this.#done.push(done);
    if (done.kind !== "commit") return;
    for (const write of done.writes) {
      if (write.kind === "entries") this.#entries = [...this.#entries, ...write.entries];
      if (write.kind === "text") for (const { bytes } of write.updates) Y.applyUpdate(this.text(write.room), bytes);
    }
    this.#world.tell(`disk: ${done.writes.map(({ kind }) => kind).join(" ")}`);
  }
}

/** The answer to those who are dead. */
const never = new Promise<never>(() => undefined);
