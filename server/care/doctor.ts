/** What a server needs to be well, looked at one by one (SPEC: CAR8): each finding says what is so and, where something is amiss, what to do. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { totalmem, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { getHeapStatistics } from "node:v8";
import type { Config } from "../config.ts";
import { latestVersion } from "../store/migrations.ts";
import type { OpenDatabase } from "../store/sqlite-engine.ts";
import { databaseName, loadSqlite } from "../store/sqlite-engine.ts";
import { readSound } from "../store/sqlite-soundness.ts";
import { lastBackup } from "./last-backup.ts";

/** `warn`: it works, and will not always. */
export interface Finding {
  readonly level: "ok" | "warn" | "fail";
  readonly what: string;
  readonly says: string;
}
type Answer = Pick<Finding, "level" | "says">;

const ok = (says: string): Answer => ({ level: "ok", says });
const warn = (says: string): Answer => ({ level: "warn", says });
const fail = (says: string): Answer => ({ level: "fail", says });

const megabyte = 1_000_000;
const hourMs = 3_600_000;

/** Below this a busy day's log may not fit; below the smaller figure not even a restart is sure to. */
const roomyBytes = 1_000 * megabyte;
const leastBytes = 100 * megabyte;
/** A commit waits for the disk; beyond this people notice. */
const slowDiskMs = 100;
/** Two thousand readers, their pages, and what the process itself needs. */
const enoughFiles = 4_096;
/** A day, and the time a backup takes. */
const oldBackupHours = 26;

export interface Surroundings {
  readonly config: Config;
  /** Asks the server that runs on these data whether it can write; null when none does. */
  readonly askServer: () => Promise<{ readonly ok: boolean; readonly says: string } | null>;
  /** What to say of an exception; null when nothing is known. */
  readonly explained: (trouble: unknown) => string | null;
  readonly now: number;
}

export function nodeIsRecent(version: string = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isOld = major < 20 || (major === 20 && minor < 19);
  return { what: "Node", ...(isOld ? fail(`v${version} is too old; install 20.19 or newer`) : ok(`v${version}`)) };
}

export async function examine(surroundings: Surroundings): Promise<readonly Finding[]> {
  const { config, askServer, explained, now } = surroundings;
  const folder = config.dataDir;
  const findings: Finding[] = [];
  const look = async (what: string, check: () => Answer | Promise<Answer>): Promise<void> => {
    try {
      findings.push({ what, ...(await check()) });
    } catch (trouble) {
      findings.push({ what, ...fail(explained(trouble) ?? String(trouble)) });
    }
  };
  await look("Address", () => addressOf(config));
  await look("Memory", () => memory());
  await look("Open files", () => openFiles(folder));
  if (!existsSync(folder)) {
    await look("Data folder", () => ok(`${folder} will be made by the first start`));
    return findings;
  }
  await look("Data folder", () => dataFolder(folder));
  await look("Disk", () => disk(folder));
  await look("Server", async () => {
    const answer = await askServer();
    if (!answer) return ok("none runs on these data");
    return answer.ok ? ok(answer.says) : fail(`${answer.says}: look at its log; /readyz answers 503 until it can`);
  });
  if (!existsSync(join(folder, databaseName))) return findings;
  const open = await loadSqlite();
  await look("Database", () => database(folder, open));
  await look("Clock", () => clock(folder, open, now));
  await look("Last backup", () => backups(folder, now));
  return findings;
}

function addressOf({ publicUrl, trustProxy }: Config): Answer {
  if (publicUrl === null) {
    return ok(
      "this machine only, cookies for its loopback names; set PUBLIC_URL to the https address for others to come",
    );
  }
  if (!publicUrl.startsWith("https:")) return ok(`${publicUrl}, on this machine only`);
  if (trustProxy === false) {
    return warn(
      `${publicUrl} needs a proxy in front, but TRUST_PROXY is not set: all people count as one address; set TRUST_PROXY=1`,
    );
  }
  return ok(`${publicUrl}, cookies for https only`);
}

function memory(): Answer {
  // A container's limit, where there is one.
  const limit = process.constrainedMemory();
  const machine = limit > 0 && limit < totalmem() ? limit : totalmem();
  const heap = getHeapStatistics().heap_size_limit;
  const told = `a heap of up to ${inMegabytes(heap)} in ${inMegabytes(machine)}`;
  const advised = `NODE_OPTIONS=--max-old-space-size=${Math.floor(machine / 2 / 2 ** 20)}`;
  if (heap > machine * 0.8)
    return warn(`${told}: the system would end the server before Node frees memory; set ${advised}`);
  if (heap < 256 * megabyte) return warn(`${told} is little for more than a few negotiations; set ${advised}`);
  return ok(told);
}

function openFiles(folder: string): Answer {
  const running = pidOf(folder);
  const file = `/proc/${running ?? "self"}/limits`;
  if (!existsSync(file)) return ok("the limit is not known on this system");
  const [, soft = ""] = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync(file, "utf8")) ?? [];
  const whose = running === null ? "a server started from here" : `the server (process ${running})`;
  return soft === "unlimited" || Number(soft) >= enoughFiles
    ? ok(`${whose} may have ${soft}`)
    : warn(
        `${whose} may have ${soft}, one for each reader and page; set LimitNOFILE=65536 in its systemd unit, or ulimit -n`,
      );
}

function pidOf(folder: string): number | null {
  try {
    const pid = Number(readFileSync(join(folder, "server.pid"), "utf8"));
    return existsSync(`/proc/${pid}/limits`) ? pid : null;
  } catch {
    return null;
  }
}

function dataFolder(folder: string): Answer {
  const begun = performance.now();
  const probe = join(folder, `.doctor-${process.pid}`);
  const file = openSync(probe, "w", 0o600);
  try {
    writeSync(file, "can this be kept?");
    fsyncSync(file);
  } finally {
    closeSync(file);
    rmSync(probe);
  }
  const ms = Math.ceil(performance.now() - begun);
  const { uid } = userInfo();
  const { mode, uid: owner } = statSync(folder);
  if (uid > 0 && owner !== uid)
    return fail(`${folder} belongs to another user; chown -R it to the one that runs the server`);
  // Where nobody else may enter the folder, what its files say does not matter.
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    return warn(`others on this machine may enter ${folder}, which holds everything; chmod go-rwx ${folder}`);
  }
  if (ms > slowDiskMs) {
    return warn(
      `${folder} took ${ms} ms to keep a line; every saved word waits that long. Use a local disk, not a network folder`,
    );
  }
  return ok(`${folder} keeps a line in ${ms} ms, and is closed to others`);
}

async function disk(folder: string): Promise<Answer> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const file = join(folder, databaseName);
  const data = existsSync(file) ? statSync(file).size : 0;
  const told = `${inMegabytes(free)} free, ${inMegabytes(data)} of data`;
  if (free < leastBytes) return fail(`${told}: words will soon be refused; make room now`);
  // A backup here is written twice before it is whole.
  if (free < Math.max(roomyBytes, 3 * data)) return warn(`${told}: make room, or put backups on another disk`);
  return ok(told);
}

function inDatabase<T>(folder: string, open: OpenDatabase, use: (opened: ReturnType<OpenDatabase>) => T): T {
  const opened = open(join(folder, databaseName), { readOnly: true });
  try {
    return use(opened);
  } finally {
    opened.close();
  }
}

/** Every page, row and chain. */
const database = (folder: string, open: OpenDatabase): Answer =>
  inDatabase(folder, open, (opened) => {
    const { negotiations, rows } = readSound(opened);
    const version = Number(opened.prepare("pragma user_version").get()?.["user_version"]);
    const told = `version ${version}, ${negotiations.length} negotiations, ${rows["entries"]} entries, every row and chain whole`;
    if (version > latestVersion) {
      return fail(`${told}, but this release knows versions up to ${latestVersion}: install the one that wrote it`);
    }
    return version < latestVersion
      ? warn(
          `${told}; the next start brings it to version ${latestVersion}, after a backup into ${join(folder, "backups")}`,
        )
      : ok(told);
  });

/** Deadlines are read off this clock; what can be seen without asking others is whether it ran back. */
const clock = (folder: string, open: OpenDatabase, now: number): Answer =>
  inDatabase(folder, open, (opened) => {
    const { last } = opened.prepare("select max(json_extract(entry, '$.at')) as last from entries").get() ?? {};
    const told = new Date(now).toISOString();
    return typeof last === "number" && last > now + 1_000
      ? fail(`${told} is before the record's last entry, ${new Date(last).toISOString()}; set the clock, by NTP`)
      : ok(`${told}, after everything on record`);
  });

function backups(folder: string, now: number): Answer {
  const last = lastBackup(folder);
  const advice = "run `backup --out FILE` each day, onto another disk";
  if (!last) return warn(`none is known of; ${advice}`);
  const hours = Math.floor((now - Date.parse(last.at)) / hourMs);
  if (hours >= oldBackupHours) return warn(`${hours} hours ago; ${advice}`);
  if (!existsSync(last.file)) return ok(`${last.at}, since moved away from ${dirname(last.file)}`);
  return ok(`${last.at}, ${last.file}`);
}

const inMegabytes = (bytes: number): string => `${Math.round(bytes / megabyte).toLocaleString("en")} MB`;
