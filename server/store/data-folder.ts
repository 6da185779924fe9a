/**
 * What lies in a data folder, and how other data take the place of those there. The change is decided by the name of one folder,
 * `restoring-WHEN`: once that is there it will happen, whoever dies meanwhile, and a server that starts finishes it first.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { stamp, sync } from "./backup-file.ts";
import { databaseName } from "./sqlite-engine.ts";

const restoring = "restoring-";
/** What a server or a lock leaves behind, which nobody would miss. */
const leftovers: ReadonlySet<string> = new Set(["server.lock", "server.pid", "control.sock"]);

export const isEmptyFolder = (folder: string): boolean =>
  !existsSync(folder) || readdirSync(folder).every((name) => leftovers.has(name));

/**
 * Puts the database in `ready`, a folder inside of `folder`, in the place of the one there.
 * @returns the folder where the old data are kept; null when there were none
 */
export function putInPlace(folder: string, ready: string): string | null {
  renameSync(ready, join(folder, `${restoring}${stamp()}`));
  sync(folder);
  return finishRestore(folder);
}

/** Carries out what `putInPlace` has decided; nothing otherwise. */
export function finishRestore(folder: string): string | null {
  const decided = readdirSync(folder).find((name) => name.startsWith(restoring));
  if (decided === undefined) return null;
  const aside = join(folder, `replaced-${decided.slice(restoring.length)}`);
  const fresh = join(folder, decided, databaseName);
  // As long as the new database waits, what lies in its place is the old one.
  if (existsSync(fresh)) {
    for (const suffix of ["", "-wal", "-shm"]) {
      const old = join(folder, databaseName + suffix);
      if (!existsSync(old)) continue;
      mkdirSync(aside, { recursive: true, mode: 0o700 });
      renameSync(old, join(aside, databaseName + suffix));
    }
    if (existsSync(aside)) sync(aside);
    renameSync(fresh, join(folder, databaseName));
    sync(folder);
  }
  rmdirSync(join(folder, decided));
  return existsSync(aside) ? aside : null;
}
