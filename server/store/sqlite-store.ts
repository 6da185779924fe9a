/** The store on disk: SQLite in threads of its own, so that a slow disk stalls nothing but those who wait for it. */
import type { Worker } from "node:worker_threads";
import { startWorker } from "../start-worker.ts";
import type { Migrated } from "./migrations.ts";
import { StorageTrouble } from "./port.ts";
import type { Store, Write } from "./port.ts";
import type { SqliteTables } from "./sqlite-tables.ts";
import { readTrouble } from "./sqlite-trouble.ts";
import type { Answer, Call, WorkPlace } from "./sqlite-worker.ts";

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (trouble: Error) => void;
}

interface Opening {
  /** This release, for the backups that it makes. */
  readonly release?: string;
  /** Told when the data had to be brought to this release's version. */
  readonly onMigrated?: (migrated: Migrated) => void;
  readonly onCommit?: (seconds: number, outcome: "kept" | "refused") => void;
}

/** A thread with a connection of its own, and the calls it has not answered yet. */
class Thread {
  /** What the thread has to say of its start, or why it could not. */
  readonly opened: Promise<unknown>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  gone: StorageTrouble | null = null;

  constructor(place: WorkPlace) {
    const source = new URL("./sqlite-worker.ts", import.meta.url);
    const worker = startWorker("sqlite-worker", source, { workerData: place });
    this.#worker = worker;
    this.opened = this.#answerTo(0);
    worker.on("message", (answer: Answer) => {
      const asked = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ("trouble" in answer) asked?.reject(readTrouble(answer.trouble));
      else asked?.resolve(answer.value as never);
    });
    worker.on("error", (trouble) => this.#lost(`the database thread failed: ${trouble.message}`));
    worker.on("exit", () => this.#lost("the store is closed"));
  }

  async ask(name: Call["name"], asked: readonly unknown[]): Promise<unknown> {
    if (this.gone) throw this.gone;
    this.#calls += 1;
    this.#worker.postMessage({ id: this.#calls, name, asked } satisfies Call);
    return this.#answerTo(this.#calls);
  }

  /** Lets what was asked for finish. */
  async close(): Promise<void> {
    if (this.gone) return;
    const exit = new Promise((resolve) => this.#worker.once("exit", resolve));
    const closed = this.ask("close", []);
    this.gone = new StorageTrouble("the store is closed");
    await closed;
    await exit;
  }

  #answerTo(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #lost(why: string): void {
    this.gone ??= new StorageTrouble(why);
    for (const { reject } of this.#waiting.values()) reject(this.gone);
    this.#waiting.clear();
  }
}

/**
 * Opens the database in `folder`, makes it if there is none, and brings it to this release's version.
 * @throws InUse, NewerDatabase, Damaged, StorageTrouble
 */
export async function openSqliteStore(
  folder: string,
  { release = "unknown", onMigrated, onCommit }: Opening = {},
): Promise<Store> {
  const writer = new Thread({ folder, release, isReader: false });
  let reader: Thread | null = null;
  let writing = 0;
  let isClosed = false;
  const migrated = (await writer.opened) as Migrated | null;
  if (migrated) onMigrated?.(migrated);

  type Asked<Name> = Name extends keyof SqliteTables ? Parameters<SqliteTables[Name]> : never;
  type Answered<Name> = Name extends keyof SqliteTables ? ReturnType<SqliteTables[Name]> : never;
  const mustBeOpen = (): void => {
    if (isClosed) throw new StorageTrouble("the store is closed");
  };
  const write = async <Name extends Call["name"]>(name: Name, ...asked: Asked<Name>): Promise<Answered<Name>> => {
    mustBeOpen();
    writing += 1;
    try {
      return (await writer.ask(name, asked)) as Answered<Name>;
    } finally {
      writing -= 1;
    }
  };
  /**
   * As soon as one question met a writer that waits for the disk, all are put to another thread, which reads what was committed before.
   * One that cannot be started (its file is being replaced by another release's) or that died is no trouble of the disk: the writer answers.
   */
  const ask = async <Name extends Call["name"]>(name: Name, ...asked: Asked<Name>): Promise<Answered<Name>> => {
    mustBeOpen();
    if (!reader && writing === 0) return (await writer.ask(name, asked)) as Answered<Name>;
    if (!reader || reader.gone) {
      reader = new Thread({ folder, release, isReader: true });
      reader.opened.catch(() => undefined);
    }
    const beside = reader;
    try {
      return (await beside.ask(name, asked)) as Answered<Name>;
    } catch (trouble) {
      if (isClosed || !beside.gone) throw trouble;
      return (await writer.ask(name, asked)) as Answered<Name>;
    }
  };

  return {
    async commit(writes) {
      const begun = performance.now();
      let outcome: "kept" | "refused" = "refused";
      try {
        await write("commit", writes.map(unshared));
        outcome = "kept";
      } finally {
        onCommit?.((performance.now() - begun) / 1_000, outcome);
      }
    },
    negotiations: () => ask("negotiations"),
    negotiationBySlug: (slug) => ask("negotiationBySlug", slug),
    formerRooms: () => ask("formerRooms"),
    entries: (negotiation, after = 0) => ask("entries", negotiation, after),
    wording: (hash) => ask("wording", hash),
    text: (room) => ask("text", room),
    lastUpdates: (room, most, mostBytes) => ask("lastUpdates", room, most, mostBytes),
    saveSnapshot: (room, upTo, state) => write("saveSnapshot", room, upTo, new Uint8Array(state)),
    issueClientId: (room, person, at) => write("issueClientId", room, person, at),
    clientIds: (room) => ask("clientIds", room),
    answer: (negotiation, owner, key) => ask("answer", negotiation, owner, key),
    forgetAnswers: (before) => write("forgetAnswers", before),
    pulse: (negotiation) => ask("pulse", negotiation),
    deliveries: (negotiation, silence) => ask("deliveries", negotiation, silence),
    person: (id) => ask("person", id),
    seatsOf: (person) => ask("seatsOf", person),
    seen: (holding) => ask("seen", holding),
    papers: (negotiation, delegation) => ask("papers", negotiation, delegation),
    draftings: (negotiation) => ask("draftings", negotiation),
    webhooks: (negotiation) => ask("webhooks", negotiation),
    holdersOf: (negotiation, seat) => ask("holdersOf", negotiation, seat),
    feedKey: (keyHash) => ask("feedKey", keyHash),
    feedKeyOf: (holding) => ask("feedKeyOf", holding),
    link: (tokenHash) => ask("link", tokenHash),
    session: (tokenHash) => ask("session", tokenHash),
    token: (tokenHash) => ask("token", tokenHash),
    schemaVersion: () => ask("schemaVersion"),
    writable: () =>
      write("probe").then(
        () => true,
        () => false,
      ),
    async close() {
      if (isClosed) return;
      isClosed = true;
      // The last connection to go is the one that puts the log into the database.
      await reader?.close();
      await writer.close();
    },
  };
}

/** With bytes in a buffer of their own: a view's whole buffer would travel with it, and a socket's frame lies in a large one. */
const unshared = (write: Write): Write =>
  write.kind === "text"
    ? { ...write, updates: write.updates.map((update) => ({ ...update, bytes: new Uint8Array(update.bytes) })) }
    : write;
