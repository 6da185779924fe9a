/** The store on disk: SQLite in a thread of its own, so that a slow disk stalls nothing but those who wait for it. */
import { Worker } from "node:worker_threads";
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
}

/**
 * Opens the database in `folder`, makes it if there is none, and brings it to this release's version.
 * @throws InUse, NewerDatabase, Damaged, StorageTrouble
 */
export async function openSqliteStore(
  folder: string,
  { release = "unknown", onMigrated }: Opening = {},
): Promise<Store> {
  const worker = startWorker({ folder, release });
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let gone: StorageTrouble | null = null;

  worker.on("message", (answer: Answer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ("trouble" in answer) asked?.reject(readTrouble(answer.trouble));
    else asked?.resolve(answer.value as never);
  });
  const lost = (why: string): void => {
    gone ??= new StorageTrouble(why);
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };
  worker.on("error", (trouble) => lost(`the database thread failed: ${trouble.message}`));
  worker.on("exit", () => lost("the store is closed"));

  const answerTo = <Value>(id: number): Promise<Value> =>
    new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  const ask = async <Name extends Call["name"]>(
    name: Name,
    ...asked: Name extends keyof SqliteTables ? Parameters<SqliteTables[Name]> : []
  ): Promise<Name extends keyof SqliteTables ? ReturnType<SqliteTables[Name]> : null> => {
    if (gone) throw gone;
    calls += 1;
    worker.postMessage({ id: calls, name, asked } satisfies Call);
    return answerTo(calls);
  };

  const migrated = await answerTo<Migrated | null>(0);
  if (migrated) onMigrated?.(migrated);

  return {
    commit: (writes) => ask("commit", writes.map(unshared)),
    negotiations: () => ask("negotiations"),
    negotiationBySlug: (slug) => ask("negotiationBySlug", slug),
    formerRooms: () => ask("formerRooms"),
    entries: (negotiation, after = 0) => ask("entries", negotiation, after),
    wording: (hash) => ask("wording", hash),
    text: (room) => ask("text", room),
    saveSnapshot: (room, upTo, state) => ask("saveSnapshot", room, upTo, new Uint8Array(state)),
    issueClientId: (room, person, at) => ask("issueClientId", room, person, at),
    clientIds: (room) => ask("clientIds", room),
    answer: (negotiation, owner, key) => ask("answer", negotiation, owner, key),
    forgetAnswers: (before) => ask("forgetAnswers", before),
    pulse: (negotiation) => ask("pulse", negotiation),
    deliveries: (negotiation, silence) => ask("deliveries", negotiation, silence),
    person: (id) => ask("person", id),
    seatsOf: (person) => ask("seatsOf", person),
    seen: (holding) => ask("seen", holding),
    papers: (negotiation, delegation) => ask("papers", negotiation, delegation),
    holdersOf: (negotiation, seat) => ask("holdersOf", negotiation, seat),
    link: (tokenHash) => ask("link", tokenHash),
    session: (tokenHash) => ask("session", tokenHash),
    token: (tokenHash) => ask("token", tokenHash),
    schemaVersion: () => ask("schemaVersion"),
    writable: () =>
      ask("probe").then(
        () => true,
        () => false,
      ),
    async close() {
      if (gone) return;
      const exit = new Promise((resolve) => worker.once("exit", resolve));
      const closed = ask("close");
      gone = new StorageTrouble("the store is closed");
      await closed;
      await exit;
    },
  };
}

/** With bytes in a buffer of their own: a view's whole buffer would travel with it, and a socket's frame lies in a large one. */
const unshared = (write: Write): Write =>
  write.kind === "text"
    ? { ...write, updates: write.updates.map((update) => ({ ...update, bytes: new Uint8Array(update.bytes) })) }
    : write;

/** The worker lies beside this file under the same ending: TypeScript in development and tests, JavaScript when built. */
function startWorker(workerData: WorkPlace): Worker {
  const isBuilt = import.meta.url.endsWith(".js");
  const file = new URL(isBuilt ? "./sqlite-worker.js" : "./sqlite-worker.ts", import.meta.url);
  if (isBuilt) return new Worker(file, { workerData });
  // Node 20 does not read TypeScript, and `--import tsx` does not reach the first file of a worker.
  const spelled = JSON.stringify(file.href);
  return new Worker(`import("tsx/esm/api").then(({ tsImport }) => tsImport(${spelled}, ${spelled}))`, {
    eval: true,
    workerData,
  });
}
