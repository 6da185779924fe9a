/** When the last backup was made: a note in the data folder, for `doctor` and the metrics. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface LastBackup {
  /** ISO, UTC. */
  readonly at: string;
  readonly file: string;
}

const noteIn = (folder: string): string => join(folder, "last-backup.json");

export function noteBackup(folder: string, backup: LastBackup): void {
  writeFileSync(`${noteIn(folder)}.part`, `${JSON.stringify(backup)}\n`, { mode: 0o600 });
  renameSync(`${noteIn(folder)}.part`, noteIn(folder));
}

/** Null when none is known of. */
export function lastBackup(folder: string): LastBackup | null {
  try {
    return JSON.parse(readFileSync(noteIn(folder), "utf8")) as LastBackup;
  } catch {
    return null;
  }
}
