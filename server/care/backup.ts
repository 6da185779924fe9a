/**
 * Backups: all data in one file that carries its own proof (SPEC: CAR). Made beside a running server by this process alone, which reads one
 * moment of the database while the server writes on; so a large backup takes none of the server's time.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { epochMs } from "../../shared/domain/values.ts";
import { beginEpochs } from "../negotiation/epochs.ts";
import type { Manifest } from "../store/backup-file.ts";
import { readBackup, writeBackup } from "../store/backup-file.ts";
import { isEmptyFolder, putInPlace } from "../store/data-folder.ts";
import { lockData } from "../store/data-lock.ts";
import { latestVersion } from "../store/migrations.ts";
import type { FormerRoom } from "../store/port.ts";
import type { OpenDatabase } from "../store/sqlite-engine.ts";
import { databaseName, loadSqlite } from "../store/sqlite-engine.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { Hindrance } from "./hindrance.ts";
import { noteBackup } from "./last-backup.ts";

export { isBackup } from "../store/backup-file.ts";

/** @throws Hindrance, Damaged, or what the disk throws; then there is no file */
export async function backUp(folder: string, file: string, release: string): Promise<string> {
  const source = join(folder, databaseName);
  if (!existsSync(source)) throw new Hindrance(`there are no data in ${folder}`);
  if (existsSync(file)) throw new Hindrance(`${file} is there already; give each backup a name of its own`);
  const open = await loadSqlite();
  const database = open(source, { readOnly: true });
  try {
    database.exec("pragma busy_timeout = 5000");
    const manifest = writeBackup(database, resolve(file), { open, release });
    noteBackup(folder, { at: manifest.at, file: resolve(file) });
    return `Backed up to ${file}: ${tell(manifest)}.`;
  } finally {
    database.close();
  }
}

/** @throws Hindrance, Damaged, NewerDatabase */
export async function verifyBackup(file: string, release: string): Promise<string> {
  const scratch = mkdtempSync(join(tmpdir(), "rapporteur-verify-"));
  try {
    const manifest = readBackup(file, join(scratch, databaseName), await loadSqlite(), latestVersion, release);
    return [
      `The backup in ${file} is whole: ${tell(manifest)}.`,
      ...manifest.negotiations.map(
        ({ slug, entries, head }) => `  ${slug}: ${entries} entries, the last with hash ${head}`,
      ),
    ].join("\n");
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

interface Restoring {
  readonly file: string;
  readonly folder: string;
  /** Takes the place of what is there, which is kept aside. */
  readonly replace: boolean;
  readonly release: string;
  readonly random: (count: number) => Uint8Array;
}

/**
 * Everything is read, checked and made ready beside the data before any of them is touched.
 * @throws Hindrance, InUse, Damaged, NewerDatabase; then the folder is as it was
 */
export async function restore({ file, folder, replace, release, random }: Restoring): Promise<string> {
  if (!existsSync(file)) throw new Hindrance(`there is no file ${file}`);
  if (!replace && !isEmptyFolder(folder)) {
    throw new Hindrance(
      `${folder} is not empty; --replace puts the backup there and keeps what is there now in a folder of its own`,
    );
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const open = await loadSqlite();
  const unlock = lockData(folder, open);
  const ready = join(folder, "unpacked");
  try {
    rmSync(ready, { recursive: true, force: true });
    mkdirSync(ready, { mode: 0o700 });
    const manifest = readBackup(file, join(ready, databaseName), open, latestVersion, release);
    const store = await openSqliteStore(ready, { release });
    const from = epochMs(Date.parse(manifest.at));
    const epoch = { from, now: epochMs(Date.now()), others: roomsIn(folder, open), random };
    await beginEpochs(store, epoch).finally(() => store.close());
    rmSync(join(ready, "server.lock"));
    // What an upgrade on the way has kept: the file itself is that.
    rmSync(join(ready, "backups"), { recursive: true, force: true });
    const aside = putInPlace(folder, ready);
    return [
      `Restored ${folder} from ${file}: ${tell(manifest)}.`,
      ...(aside === null ? [] : [`What was there before is in ${aside}.`]),
      "Open pages will ask to be loaded again; what was typed there and not saved is kept as drafts on those devices.",
    ].join("\n");
  } finally {
    rmSync(ready, { recursive: true, force: true });
    unlock();
  }
}

/** The rooms that pages open today may still be in, as far as the data that are there can be read. */
function roomsIn(folder: string, open: OpenDatabase): readonly FormerRoom[] {
  if (!existsSync(join(folder, databaseName))) return [];
  try {
    const database = open(join(folder, databaseName), { readOnly: true });
    try {
      const rooms = `select textRoom as room, id as negotiation, 'text' as kind from negotiations
           union all select recordRoom, id, 'record' from negotiations
           union all select room, negotiation, kind from formerRooms`;
      // Data of an earlier release have no drafting rooms.
      const drafts = database.prepare("select 1 from sqlite_schema where name = 'draftings'").get()
        ? " union all select room, negotiation, id from draftings"
        : "";
      return database.prepare(rooms + drafts).all() as never;
    } finally {
      database.close();
    }
  } catch {
    // Data that cannot be read are why people restore.
    return [];
  }
}

function tell({ at, release, schema, bytes, negotiations }: Manifest): string {
  const entries = negotiations.reduce((sum, one) => sum + one.entries, 0);
  const size = bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  return `${counted(negotiations.length, "negotiation")}, ${counted(entries, "entry", "entries")}, ${size}, as of ${at}, by Rapporteur ${release} (database version ${schema})`;
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
