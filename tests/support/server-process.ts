/** The real server, built as `npm start` builds it, in a process of its own on a folder of its own, and the command line beside it: what an operator has. */
import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Command } from "../../shared/domain/commands.ts";
import type { RecordFrame } from "../../shared/domain/entries.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { CommandAnswer, NegotiationInfo, Problem } from "../../shared/wire/api.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

export class ServerProcess {
  readonly dataDir = mkdtempSync(`${tmpdir()}/rapporteur-`);
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | null = null;
  #base = "";
  output = "";

  private constructor(env: Readonly<Record<string, string>>) {
    this.#env = {
      ...process.env,
      NODE_ENV: "production",
      DEMO: "0",
      LOG_LEVEL: "error",
      ...env,
      DATA_DIR: this.dataDir,
    };
    delete this.#env["npm_lifecycle_event"];
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const server = new ServerProcess(env);
    await server.start();
    return server;
  }

  /** Of the server while it runs. */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error("the server does not run");
    return pid;
  }

  get base(): string {
    return this.#base;
  }

  /** Resolves when it says that it is ready; at the same port as before, if it ran before. */
  async start(): Promise<void> {
    // It is to be had again after a kill: below the ports that systems give to lines that go out (Linux from 32,768).
    const port = this.#base
      ? { PORT: new URL(this.#base).port }
      : { PORT: String(10_000 + Math.floor(Math.random() * 20_000)) };
    this.#env["PORT"] = port.PORT;
    const child = spawn(process.execPath, ["server/cli/start.mjs", "serve"], {
      cwd: root,
      env: this.#env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        this.output += chunk.toString();
        const ready = /is ready at (http\S+)/.exec(this.output);
        if (ready) {
          this.#base = ready[1] as string;
          resolve();
        }
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("exit", (code, signal) =>
        reject(new Error(`the server ended (${code ?? signal}) before it was ready:\n${this.output}`)),
      );
    });
  }

  /** Dies as in a power cut of the process: nothing is said, nothing is flushed. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
    this.output = "";
  }

  /** Stops in order; the data stay. */
  async end(): Promise<void> {
    await this.#end("SIGTERM");
    this.output = "";
  }

  /** Stops in order and removes the data. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  /** What the command line prints. @throws with what it complains of */
  async cli(...args: readonly string[]): Promise<string> {
    const { stdout } = await run(process.execPath, ["server/cli/start.mjs", ...args], {
      cwd: root,
      env: this.#env,
    });
    return stdout.trim();
  }

  /** Someone who acts through the interface for programs. */
  async caller(negotiation: string, seat: string): Promise<Caller> {
    return new Caller(this, negotiation, await this.cli("token", "--negotiation", negotiation, "--seat", seat));
  }
}

export class Caller {
  readonly token: string;
  readonly #server: ServerProcess;
  readonly #path: string;
  #keys = 0;

  constructor(server: ServerProcess, negotiation: string, token: string) {
    this.#server = server;
    this.#path = `/api/v1/negotiations/${negotiation}`;
    this.token = token;
  }

  info = (): Promise<NegotiationInfo> => this.#get("");
  report = (): Promise<ComposedReport> => this.#get("/report");
  async clientId(room: string): Promise<number> {
    const response = await fetch(`${this.#server.base}/api/v1/client-ids`, {
      method: "POST",
      headers: { ...this.#headers, "content-type": "application/json" },
      body: JSON.stringify({ room }),
    });
    return ((await response.json()) as { clientId: number }).clientId;
  }
  events = (after = 0): Promise<RecordFrame> => this.#get(`/events?after=${after}`);

  /** The act, which must stand. */
  async do(command: CommandAtTheEdge): Promise<CommandAnswer> {
    const answer = await this.try(command);
    if ("code" in answer) throw new Error(`${command.kind} was refused: ${JSON.stringify(answer)}`);
    return answer;
  }

  async try(
    command: CommandAtTheEdge,
    key = `${this.token.slice(0, 8)}-${++this.#keys}`,
  ): Promise<CommandAnswer | Problem> {
    const response = await fetch(`${this.#server.base}${this.#path}/commands`, {
      method: "POST",
      headers: { ...this.#headers, "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify({ command }),
    });
    return (await response.json()) as CommandAnswer | Problem;
  }

  get #headers() {
    return { authorization: `Bearer ${this.token}` };
  }

  async #get<Answer>(path: string): Promise<Answer> {
    const response = await fetch(`${this.#server.base}${this.#path}${path}`, { headers: this.#headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}

/** A command as it travels: seats are spelled. */
type CommandAtTheEdge =
  | Exclude<Command, { readonly seat: unknown }>
  | { readonly kind: "invite"; readonly seat: string }
  | { readonly kind: "revoke-seat"; readonly seat: string; readonly person: string };
