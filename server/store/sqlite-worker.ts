/**
 * The thread that owns the SQLite database. Writes that wait together go into one transaction and one disk sync, each under a savepoint of
 * its own, so that a refused one takes no other with it; reads run after it and so never see what is not on disk.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import type { DatabaseSyncInstance as DatabaseSync } from "@photostructure/sqlite";
import { finishRestore } from "./data-folder.ts";
import { lockData } from "./data-lock.ts";
import type { Migrated } from "./migrations.ts";
import { migrate } from "./migrations.ts";
import type { OpenDatabase } from "./sqlite-engine.ts";
import { databaseName, loadSqlite } from "./sqlite-engine.ts";
import { sqliteTables } from "./sqlite-tables.ts";
import type { SqliteTables } from "./sqlite-tables.ts";
import { isOfTheDisk, spellTrouble } from "./sqlite-trouble.ts";
import type { SpelledTrouble } from "./sqlite-trouble.ts";

export interface Call {
  readonly id: number;
  readonly name: keyof SqliteTables | "close";
  readonly asked: readonly unknown[];
}
/** What the thread is told when it is started. */
export interface WorkPlace {
  readonly folder: string;
  readonly release: string;
  /** Reads beside the thread that writes, and was opened after it. */
  readonly isReader: boolean;
}
/** To the call `id`, or, with id 0, whether the database could be opened, and what had to be done to it. */
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

const { folder, release, isReader } = workerData as WorkPlace;
try {
  const open = await loadSqlite();
  answer(0, { value: isReader ? readBeside(open) : serve(open) });
} catch (trouble) {
  const { name, message } = spellTrouble(trouble);
  answer(0, { trouble: { name, message: `cannot open the data in ${folder}: ${message}` } });
  port.close();
}

function serve(open: OpenDatabase): Migrated | null {
  mkdirSync(folder, { recursive: true });
  const unlock = lockData(folder, open);
  let database: DatabaseSync | null = null;
  let migrated: Migrated | null;
  try {
    finishRestore(folder);
    database = openDatabase(open);
    migrated = migrate(database, { open, folder: join(folder, "backups"), release });
  } catch (trouble) {
    database?.close();
    unlock();
    throw trouble;
  }
  answerCalls(database, unlock);
  return migrated;
}

function readBeside(open: OpenDatabase): null {
  const database = open(join(folder, databaseName), { readOnly: true });
  database.exec("pragma busy_timeout = 5000");
  answerCalls(database, () => undefined);
  return null;
}

function answerCalls(database: DatabaseSync, unlock: () => void): void {
  const tables = sqliteTables(database);
  const run = ({ name, asked }: Call): unknown =>
    name === "close" ? null : (tables[name] as (...asked: readonly unknown[]) => unknown)(...asked);
  /** An answer of several statements speaks of one moment, whatever is written meanwhile. */
  const inOneMoment = (call: Call): unknown => {
    if (!isReader) return run(call);
    database.exec("begin");
    try {
      return run(call);
    } finally {
      database.exec("commit");
    }
  };

  port.on("message", (first: Call) => {
    const calls = [first, ...queued()];
    const waiting = calls.filter(({ name }) => writes.has(name));
    for (const [index, outcome] of together(waiting).entries()) answer(waiting[index]?.id ?? 0, outcome);
    for (const call of calls) {
      if (!writes.has(call.name))
        answer(
          call.id,
          attempt(() => inOneMoment(call)),
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

function openDatabase(open: OpenDatabase): DatabaseSync {
  const database = open(join(folder, databaseName));
  try {
    // Someone who looks at a running server's data from outside may hold it for moments.
    database.exec("pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full");
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
