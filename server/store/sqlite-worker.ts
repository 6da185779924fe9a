/**
 * The thread that owns the SQLite database. Writes that wait together go into one transaction and one disk sync, each under a savepoint of
 * its own, so that a refused one takes no other with it; reads run after it and so never see what is not on disk.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import type { DatabaseSyncInstance as DatabaseSync } from "@photostructure/sqlite";
import { lockData } from "./data-lock.ts";
import { migrate } from "./migrations.ts";
import { sqliteTables } from "./sqlite-tables.ts";
import type { SqliteTables } from "./sqlite-tables.ts";
import { isOfTheDisk, spellTrouble } from "./sqlite-trouble.ts";
import type { SpelledTrouble } from "./sqlite-trouble.ts";

export interface Call {
  readonly id: number;
  readonly name: keyof SqliteTables | "close";
  readonly asked: readonly unknown[];
}
/** To the call `id`, or, with id 0, whether the database could be opened. */
export type Answer = { readonly id: number } & Outcome;
type Outcome = { readonly value: unknown } | { readonly trouble: SpelledTrouble };

const writes: ReadonlySet<Call["name"]> = new Set([
  "commit",
  "saveSnapshot",
  "issueClientId",
  "forgetAnswers",
  "probe",
]);

/** Every worker thread has one. */
const port = parentPort as MessagePort;
const answer = (id: number, outcome: Outcome): void => port.postMessage({ id, ...outcome } satisfies Answer);

try {
  // Node has SQLite built in from 22.13; the package has the same interface.
  const { DatabaseSync } =
    (process.getBuiltinModule("node:sqlite" as never) as typeof import("@photostructure/sqlite") | undefined) ??
    (await import("@photostructure/sqlite"));
  serve(String(workerData), (file) => new DatabaseSync(file));
  answer(0, { value: null });
} catch (trouble) {
  const { name, message } = spellTrouble(trouble);
  answer(0, { trouble: { name, message: `cannot open the data in ${String(workerData)}: ${message}` } });
  port.close();
}

function serve(folder: string, open: (file: string) => DatabaseSync): void {
  mkdirSync(folder, { recursive: true });
  const unlock = lockData(folder, open);
  let database: DatabaseSync;
  try {
    database = openDatabase(folder, open);
  } catch (trouble) {
    unlock();
    throw trouble;
  }
  const tables = sqliteTables(database);
  const run = ({ name, asked }: Call): unknown =>
    name === "close" ? null : (tables[name] as (...asked: readonly unknown[]) => unknown)(...asked);

  port.on("message", (first: Call) => {
    const calls = [first, ...queued()];
    const waiting = calls.filter(({ name }) => writes.has(name));
    for (const [index, outcome] of together(waiting).entries()) answer(waiting[index]?.id ?? 0, outcome);
    for (const call of calls) {
      if (!writes.has(call.name))
        answer(
          call.id,
          attempt(() => run(call)),
        );
    }
    if (calls.some(({ name }) => name === "close")) {
      database.close();
      unlock();
      port.close();
    }
  });

  /** One transaction and one sync for all; what the disk refuses is refused to all. */
  function together(calls: readonly Call[]): readonly Outcome[] {
    if (calls.length === 0) return [];
    try {
      database.exec("begin immediate");
      const outcomes = calls.map(alone);
      database.exec("commit");
      return outcomes;
    } catch (trouble) {
      // After some errors SQLite has rolled back already, and says so.
      attempt(() => database.exec("rollback"));
      return calls.map(() => ({ trouble: spellTrouble(trouble) }));
    }
  }

  function alone(call: Call): Outcome {
    database.exec("savepoint alone");
    try {
      const value = run(call);
      database.exec("release alone");
      return { value };
    } catch (trouble) {
      if (isOfTheDisk(trouble)) throw trouble;
      database.exec("rollback to alone; release alone");
      return { trouble: spellTrouble(trouble) };
    }
  }
}

function openDatabase(folder: string, open: (file: string) => DatabaseSync): DatabaseSync {
  const database = open(join(folder, "rapporteur.sqlite"));
  try {
    // Someone who looks at a running server's data from outside may hold it for moments.
    database.exec("pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full");
    migrate(database, join(folder, "backups"));
    return database;
  } catch (trouble) {
    database.close();
    throw trouble;
  }
}

/** The messages that have arrived besides the one being handled. */
function* queued(): Generator<Call> {
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
    yield next.message as Call;
  }
}

function attempt(deed: () => unknown): Outcome {
  try {
    return { value: deed() };
  } catch (trouble) {
    return { trouble: spellTrouble(trouble) };
  }
}
