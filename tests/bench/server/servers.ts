/** The servers that are measured, each in a process of its own on loopback, with a copy of the data that was made for it. */
import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { History } from "./history.ts";
import { cpuMs, memoryKiB } from "./process-figures.ts";
import type { Seeded } from "./seed.ts";
import { seed } from "./seed.ts";
import type { Wire } from "./wire.ts";
import { documentName, hocuspocusWire, ourWire, plainWire } from "./wire.ts";

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const root = here("../../..");
const work = mkdtempSync(join(tmpdir(), "rapporteur-bench-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

/** Nobody types as fast as a bench; what guards against floods is measured by the tests. */
const limits = JSON.stringify({
  updatesPerSecond: 1e9,
  updatesBurst: 1e9,
  framesPerSecond: 1e9,
  framesBurst: 1e9,
  connectsPerSecond: 1e9,
  connectsBurst: 1e9,
  socketsPerAccount: 1e6,
  socketsPerAddress: 1e6,
  accountBytesPerHour: 1e9,
  commandsPerSecond: 1e9,
  commandsBurst: 1e9,
});

export const names = {
  limit: "the limit",
  gathered: "the limit, gathered over 50 ms",
  ours: "Rapporteur, durable",
  websocket: "@y/websocket-server",
  level: "@y/websocket-server + LevelDB",
  hocuspocus3: "Hocuspocus 3 + SQLite",
  hocuspocus4: "Hocuspocus 4 + SQLite",
} as const;
export type ServerKind = keyof typeof names;

/** What is in a folder before the server starts. */
export interface Template {
  readonly past: History | null;
  readonly folder: string;
  readonly seeded: Seeded;
  /** Which peers have it, or why not. */
  readonly peers: Map<ServerKind, string | null>;
}

export interface Running {
  readonly kind: ServerKind;
  readonly wire: Wire;
  readonly base: string;
  /** Address of a socket; those of peers name documents as they like. */
  url(room?: number): string;
  headers(): Record<string, string>;
  /** A client id for a writer. */
  clientId(): Promise<number>;
  /** What our own client says when it comes back: the last entry of the record that it has. */
  backAgain(): Promise<string>;
  cpuMs(): number;
  /** After its garbage was collected. */
  memoryKiB(): Promise<number>;
  restart(): Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
  readonly seeded: Seeded;
  /** Of the whole text, at least: y-leveldb first answers with an empty one, and sends the stored one after it as an update. */
  readonly wholeBytes: number;
}

const longestSeedingMs = 90_000;
const running = new Set<ChildProcess>();

/** Whoever did not come to an end with its server is let go with it. */
export function killServers(): void {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
let folders = 0;
const newFolder = (): string => {
  const folder = join(work, String(++folders));
  mkdirSync(folder);
  return folder;
};

/** The same text, with the same past, for each of the servers: ours is made now, a peer's when it is first asked for. */
export async function template(
  past: History | null,
  more: Omit<Parameters<typeof seed>[1], "past"> = {},
): Promise<Template> {
  const folder = newFolder();
  const seeded = await seed(join(folder, "ours"), { past, ...more });
  if (past) {
    writeFileSync(join(folder, "state"), past.state);
    writeFileSync(join(folder, "updates"), Buffer.concat(past.updates.map(withLength)));
    writeFileSync(join(folder, "frame"), plainWire.answer(past.state));
  }
  return { past, folder, seeded, peers: new Map() };
}

/** @throws each time what it threw the first time: seeding takes long, and what failed fails again */
function seedPeer(kind: ServerKind, { folder, past, peers }: Template): void {
  const file = kind === "level" ? "updates" : kind.startsWith("hocuspocus") ? "state" : null;
  if (file === null || past === null) return;
  if (!peers.has(kind)) peers.set(kind, whyNotSeeded(kind, folder, join(folder, file)));
  const why = peers.get(kind) ?? null;
  if (why !== null) throw new Error(why);
}

function withLength(update: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(update.length);
  return Buffer.concat([head, update]);
}

function whyNotSeeded(kind: ServerKind, folder: string, from: string): string | null {
  const { file, env } = command(kind, folder, folder);
  const { status, stderr } = spawnSync(process.execPath, [file], {
    env: { ...process.env, ...env, SEED: from },
    encoding: "utf8",
    timeout: longestSeedingMs,
  });
  return status === 0 ? null : `could not be seeded: ${stderr.trim() || "it took too long"}`;
}

/** @param files of the template, which nobody writes */
function command(kind: ServerKind, folder: string, files: string): { file: string; env: Record<string, string> } {
  switch (kind) {
    case "limit":
    case "gathered": {
      const state = join(files, "frame");
      return {
        file: here("limit.mjs"),
        env: { GATHER: kind === "limit" ? "0" : "50", ...(existsSync(state) && { STATE: state }) },
      };
    }
    case "ours":
      return {
        file: join(root, "server/cli/start.mjs"),
        env: { DATA_DIR: join(folder, "ours"), DEMO: "0", LOG_LEVEL: "error", LIMITS: limits, NODE_ENV: "production" },
      };
    case "websocket":
      return { file: here("../peers/websocket-server.mjs"), env: {} };
    case "level":
      return { file: here("../peers/websocket-server.mjs"), env: { YPERSISTENCE: join(folder, "level") } };
    case "hocuspocus3":
    case "hocuspocus4":
      return {
        file: here("../peers/hocuspocus.mjs"),
        env: { VERSION: kind.at(-1) as string, DATABASE: join(folder, kind) },
      };
  }
}

export async function start(kind: ServerKind, template: Template): Promise<Running> {
  const { folder: original, seeded, past } = template;
  seedPeer(kind, template);
  const folder = newFolder();
  if (existsSync(join(original, kind))) cpSync(join(original, kind), join(folder, kind), { recursive: true });
  const { file, env } = command(kind, folder, original);
  let child: ChildProcess;
  let port = 0;
  const open = async (): Promise<void> => {
    if (kind === "ours" && port === 0) port = await freePort();
    child = spawn(process.execPath, [file, ...(kind === "ours" ? ["serve"] : [])], {
      cwd: root,
      env: {
        ...process.env,
        ...env,
        NODE_OPTIONS: `--import ${new URL("collect.mjs", import.meta.url).href}`,
        ...(kind === "ours" && { PORT: String(port) }),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    port = await portOf(child, names[kind]);
  };
  await open();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    running.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  const pid = (): number => child.pid as number;
  const { rooms, chair } = seeded;
  const base = (): string => `http://127.0.0.1:${port}`;
  return {
    kind,
    seeded,
    wholeBytes: (past?.state.length ?? 0) / 2,
    wire: kind === "ours" ? ourWire : kind.startsWith("hocuspocus") ? hocuspocusWire : plainWire,
    get base() {
      return base();
    },
    url: (room = 0) =>
      `ws://127.0.0.1:${port}/${kind === "ours" ? `sync/${rooms[room]}` : room === 0 ? documentName : `${documentName}${room}`}`,
    headers: () => (kind === "ours" ? { authorization: `Bearer ${chair}` } : {}),
    async clientId() {
      if (kind !== "ours") return Math.floor(Math.random() * 2 ** 32);
      const response = await fetch(`${base()}/api/v1/client-ids`, {
        method: "POST",
        headers: { authorization: `Bearer ${chair}`, "content-type": "application/json" },
        body: JSON.stringify({ room: rooms[0] }),
      });
      if (!response.ok) throw new Error(`no client id: ${await response.text()}`);
      return ((await response.json()) as { clientId: number }).clientId;
    },
    async backAgain() {
      if (kind !== "ours") return "";
      const { upTo } = (await (await fetch(`${base()}/api/v1/negotiations/${seeded.slug}/events`)).json()) as {
        upTo: number;
      };
      return `?after=${upTo}`;
    },
    cpuMs: () => cpuMs(pid()),
    async memoryKiB() {
      child.kill("SIGUSR2");
      await pause(400);
      return memoryKiB(pid());
    },
    async restart() {
      await end("SIGTERM");
      await open();
    },
    async kill() {
      await end("SIGKILL");
      await open();
    },
    async stop() {
      await end("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function portOf(child: ChildProcess, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const said = /PORT (\d+)|is ready at http:\/\/[^:]+:(\d+)/.exec(output);
      if (said) resolve(Number(said[1] ?? said[2]));
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => reject(new Error(`${name} ended (${code}):\n${output}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
