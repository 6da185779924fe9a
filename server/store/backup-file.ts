/**
 * A backup in one file that anyone can look into: a line with the checksum of all that follows, a line of JSON that says what it holds, then
 * the database as SQLite writes it. `head -n 2 FILE` shows the lines; `tail -n +3 FILE` is the database.
 */
import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSyncInstance as DatabaseSync } from "@photostructure/sqlite";
import { Damaged, NewerDatabase } from "./port.ts";
import type { OpenDatabase } from "./sqlite-engine.ts";
import type { Contents } from "./sqlite-soundness.ts";
import { readSound } from "./sqlite-soundness.ts";

export interface Manifest extends Contents {
  /** The release that made it. */
  readonly release: string;
  /** Version of the database. */
  readonly schema: number;
  /** ISO, UTC. */
  readonly at: string;
  /** Of the database. */
  readonly bytes: number;
}

const magic = "rapporteur-backup";
const formatVersion = 1;
const headerOf = (sum: string): string => `${magic} ${formatVersion} ${sum}\n`;
const headerBytes = headerOf("0".repeat(64)).length;
/** The second line lists negotiations and tables: some kilobytes. */
const longestManifest = 16 * 1024 * 1024;
const chunkBytes = 1024 * 1024;

/** A moment, as files are named by. */
export const stamp = (): string => new Date().toISOString().replaceAll(":", "-");

/**
 * Writes all that the database holds at one moment, while others go on writing to it. The file has its name only once it is whole, checked
 * and on disk.
 * @throws Damaged when what would be kept is not what was written; what the disk throws
 */
export function writeBackup(
  database: DatabaseSync,
  file: string,
  { open, release }: { readonly open: OpenDatabase; readonly release: string },
): Manifest {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const [copy, part] = [`${file}.database`, `${file}.part`];
  rmSync(copy, { force: true });
  try {
    database.prepare("vacuum into ?").run(copy);
    chmodSync(copy, 0o600);
    const { contents, schema } = look(copy, open);
    const manifest = { release, schema, at: new Date().toISOString(), bytes: statSync(copy).size, ...contents };
    pack(copy, part, manifest);
    renameSync(part, file);
    sync(dirname(file));
    return manifest;
  } finally {
    for (const left of [copy, part]) rmSync(left, { force: true });
  }
}

/**
 * Takes the database out of a backup and checks all of it.
 * @param to must not exist
 * @throws Damaged, NewerDatabase, or what the disk throws; then `to` is not there
 */
export function readBackup(file: string, to: string, open: OpenDatabase, known: number, release: string): Manifest {
  try {
    const manifest = unpack(file, to);
    if (manifest.schema > known) {
      throw new NewerDatabase(
        `${file} was made by Rapporteur ${manifest.release} at version ${manifest.schema} of the database; this release, ${release}, knows versions up to ${known}`,
      );
    }
    const { contents, schema } = look(to, open);
    const found = { ...manifest, ...contents, schema };
    if (JSON.stringify(found) !== JSON.stringify(manifest)) {
      throw new Damaged(`${file} does not hold what its second line says`);
    }
    return manifest;
  } catch (trouble) {
    rmSync(to, { force: true });
    throw trouble;
  }
}

/** Does it begin as a backup does? */
export function isBackup(file: string): boolean {
  const input = openSync(file, "r");
  try {
    return read(input, 0, magic.length).toString("latin1") === magic;
  } finally {
    closeSync(input);
  }
}

function look(file: string, open: OpenDatabase): { readonly contents: Contents; readonly schema: number } {
  const database = open(file, { readOnly: true });
  try {
    const schema = Number(database.prepare("pragma user_version").get()?.["user_version"]);
    return { contents: readSound(database), schema };
  } finally {
    database.close();
  }
}

function pack(database: string, file: string, manifest: Manifest): void {
  const input = openSync(database, "r");
  const output = openSync(file, "w", 0o600);
  try {
    const hash = createHash("sha256");
    let at = headerBytes;
    const append = (bytes: Uint8Array): void => {
      hash.update(bytes);
      at += writeAll(output, bytes, at);
    };
    append(Buffer.from(`${JSON.stringify(manifest)}\n`));
    for (const chunk of chunks(input, 0)) append(chunk);
    writeAll(output, Buffer.from(headerOf(hash.digest("hex"))), 0);
    fsyncSync(output);
  } finally {
    closeSync(input);
    closeSync(output);
  }
}

function unpack(file: string, to: string): Manifest {
  const input = openSync(file, "r");
  try {
    const [, format = "", sum = ""] =
      /^rapporteur-backup (\d+) ([0-9a-f]{64})\n$/.exec(read(input, 0, headerBytes).toString("latin1")) ?? [];
    if (format === "") throw new Damaged(`${file} is no backup of Rapporteur, or its first line is damaged`);
    if (Number(format) > formatVersion) {
      throw new NewerDatabase(`${file} has backup format ${format}; this release reads formats up to ${formatVersion}`);
    }
    const hash = createHash("sha256");
    for (const chunk of chunks(input, headerBytes)) hash.update(chunk);
    if (hash.digest("hex") !== sum) throw new Damaged(`${file} is damaged: it does not match its own checksum`);

    const line = read(input, headerBytes, longestManifest);
    const end = line.indexOf("\n");
    const manifest = JSON.parse(line.subarray(0, end).toString("utf8")) as Manifest;
    const output = openSync(to, "wx", 0o600);
    try {
      let at = 0;
      for (const chunk of chunks(input, headerBytes + end + 1)) at += writeAll(output, chunk, at);
      fsyncSync(output);
    } finally {
      closeSync(output);
    }
    return manifest;
  } finally {
    closeSync(input);
  }
}

function read(input: number, at: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(Math.min(bytes, longestManifest));
  return buffer.subarray(0, readSync(input, buffer, 0, buffer.length, at));
}

function* chunks(input: number, from: number): Generator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (let at = from; ;) {
    const length = readSync(input, buffer, 0, chunkBytes, at);
    if (length === 0) return;
    at += length;
    yield buffer.subarray(0, length);
  }
}

function writeAll(output: number, bytes: Uint8Array, at: number): number {
  for (let done = 0; done < bytes.length;) done += writeSync(output, bytes, done, bytes.length - done, at + done);
  return bytes.length;
}

/** Makes what was renamed in a folder outlast a power cut. */
export function sync(folder: string): void {
  const opened = openSync(folder, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
