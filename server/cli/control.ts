/**
 * The way in for this machine's own commands while a server runs: a socket in the data folder that only its owner may open (ruling 23).
 * HTTP on it, one POST an operation, JSON both ways.
 */
import { createHash } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";

/** What an operation says: on standard output when it is done, on standard error when it is not. */
export interface Outcome {
  readonly ok: boolean;
  readonly says: string;
}

/** The kernel keeps 108 bytes for the path of a socket, some 104. */
const longestPath = 100;

export function controlPath(dataDir: string): string {
  const path = join(resolve(dataDir), "control.sock");
  if (Buffer.byteLength(path) <= longestPath) return path;
  const name = createHash("sha256").update(path).digest("hex").slice(0, 16);
  return join(tmpdir(), `rapporteur-${userInfo().uid}-${name}.sock`);
}

/** @param path no other server may be using it: the data folder's lock is held */
export async function serveControl(
  path: string,
  run: (operation: string, args: unknown) => Promise<Outcome>,
): Promise<() => Promise<void>> {
  rmSync(path, { force: true });
  const server = createServer((asked, answer) => {
    const chunks: Buffer[] = [];
    asked.on("data", (chunk: Buffer) => chunks.push(chunk));
    asked.on("end", () => {
      const given = Promise.resolve().then(() => JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown);
      given
        .then((args) => run((asked.url ?? "/").slice(1), args))
        .catch((trouble: unknown): Outcome => ({ ok: false, says: String(trouble) }))
        .then(
          (outcome) => answer.end(JSON.stringify(outcome)),
          () => answer.destroy(),
        );
    });
  });
  // Made before anyone else can open it.
  const mask = process.umask(0o177);
  await new Promise<void>((done, failed) => server.once("error", failed).listen(path, done)).finally(() =>
    process.umask(mask),
  );
  return () =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
}

/** The running server's answer; null when none runs on this data. */
export function askRunning(path: string, operation: string, args: unknown): Promise<Outcome | null> {
  if (!isOwn(path)) return Promise.resolve(null);
  return new Promise((done, failed) => {
    const asking = request({ socketPath: path, path: `/${operation}`, method: "POST" }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", failed);
      answer.on("end", () => done(JSON.parse(Buffer.concat(chunks).toString("utf8")) as Outcome));
    });
    asking.on("error", (trouble: NodeJS.ErrnoException) => {
      // What a server that was killed left behind.
      if (trouble.code === "ECONNREFUSED" || trouble.code === "ENOENT") done(null);
      else failed(trouble);
    });
    asking.end(JSON.stringify(args));
  });
}

/** Nobody else's socket is believed, wherever it lies. */
function isOwn(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.uid === userInfo().uid;
}
