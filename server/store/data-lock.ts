/**
 * One process at a time writes a data folder. The lock is SQLite's own on an empty database `server.lock`: the operating system lets go of
 * it when the process dies, however it dies, so there is no stale lock to judge (a process id in a file says nothing in a container,
 * where every server is process 1). `server.pid` beside it only helps people.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSyncInstance as DatabaseSync } from "@photostructure/sqlite";
import { InUse } from "./port.ts";

/**
 * @returns the way to let go
 * @throws InUse
 */
export function lockData(folder: string, open: (file: string) => DatabaseSync): () => void {
  const pidFile = join(folder, "server.pid");
  const lock = open(join(folder, "server.lock"));
  try {
    lock.exec("pragma busy_timeout = 0; pragma locking_mode = exclusive; begin exclusive");
  } catch (trouble) {
    lock.close();
    if (!isBusy(trouble)) throw trouble;
    throw new InUse(`${holder(pidFile)} has it in use; stop that one first, or set DATA_DIR to another folder`);
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return () => {
    rmSync(pidFile, { force: true });
    lock.close();
  };
}

const isBusy = (trouble: unknown): boolean =>
  trouble instanceof Error && "errcode" in trouble && Number(trouble.errcode) % 256 === 5;

function holder(pidFile: string): string {
  try {
    return `process ${readFileSync(pidFile, "utf8").trim()}`;
  } catch {
    return "another process";
  }
}
