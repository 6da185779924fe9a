/** The server as a process: what it says, what it lets the command line do, how it stops. */
import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Me, NegotiationInfo, NegotiationSummary } from "../../../shared/wire/api.ts";

const home = fileURLToPath(new URL("../../..", import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), "rapporteur-serve-"));
const { npm_lifecycle_event: _, ...here } = process.env;
const env = { ...here, DATA_DIR: dataDir, LOG_LEVEL: "warn", PORT: "0", DEMO: "1", NODE_ENV: "production" };
/** Built where it is stale, so that each command takes a fraction of a second. */
const program = ["server/cli/start.mjs"];
const run = promisify(execFile);
const cli = async (...args: string[]): Promise<string> =>
  (await run(process.execPath, [...program, ...args], { cwd: home, env })).stdout;

let server: ChildProcess;
let said = "";
let base = "";

beforeAll(async () => {
  server = spawn(process.execPath, [...program, "serve"], { cwd: home, env, stdio: ["ignore", "pipe", "pipe"] });
  await new Promise<void>((ready, failed) => {
    server.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Stop with")) ready();
    });
    server.stderr?.on("data", (chunk: Buffer) => void (said += chunk.toString()));
    server.on("exit", () => failed(new Error(said)));
  });
  base = /is ready at (\S+)/.exec(said)?.[1] ?? "";
}, 60_000);
afterAll(() => {
  server.kill("SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
});

const me = async (authorization: string): Promise<Me> =>
  (await (await fetch(`${base}/api/v1/me`, { headers: { authorization } })).json()) as Me;

test("it says where it is, what the public sees, and a link for each seat that can be entered", async () => {
  const links = [...said.matchAll(/^ {4}(.+?) {2,}(http\S+\/enter\/\S+)$/gm)];
  expect(links.length).toBeGreaterThanOrEqual(12);
  expect(said).toContain(`${base}/n/`);
  const chair = links.find(([, name]) => name?.startsWith("Chair"))?.[2] ?? "";
  const entered = await fetch(chair, { method: "POST", redirect: "manual" });
  expect([entered.status, entered.headers.get("location")]).toEqual([303, "/n/last-thursday/desk/chair"]);
  expect((await fetch(chair, { method: "POST", redirect: "manual" })).status).toBe(410);
});

test("the command line works on its data while it runs", async () => {
  const token = (await cli("token", "--negotiation", "last-thursday", "--seat", "delegation:XLU")).trim();
  expect((await me(`Bearer ${token}`)).seats).toMatchObject([{ seat: "delegation:XLU", name: "Lunari" }]);
  const link = (await cli("link", "--negotiation", "last-thursday", "--seat", "chair")).trim();
  expect(link.startsWith(`${base}/enter/`)).toBe(true);
  expect(await cli("new", "--title", "Side talks", "--slug", "side")).toBe(`${base}/n/side\n`);
  const { negotiations } = (await (await fetch(`${base}/api/v1/negotiations`)).json()) as {
    negotiations: NegotiationSummary[];
  };
  expect(negotiations.map(({ slug }) => slug)).toContain("side");
  expect(await cli("verify", "--negotiation", "last-thursday")).toContain("is whole");
  expect(await cli("doctor")).not.toContain("FAIL");
  // Nobody else on this machine can ask it.
  expect(statSync(join(dataDir, "control.sock")).mode & 0o077).toBe(0);
}, 60_000);

test("a second server on the same data, and one on a port that is taken, say what is the matter", async () => {
  const second = await run(process.execPath, [...program, "serve"], { cwd: home, env }).catch(
    (trouble: unknown) => trouble,
  );
  expect(second).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/in use/) });
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const elsewhere = { ...env, PORT: String(port), DATA_DIR: join(dataDir, "other") };
  const refused = await run(process.execPath, [...program, "serve"], { cwd: home, env: elsewhere }).catch(
    (trouble: unknown) => trouble,
  );
  expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^PORT.*taken/m) });
  taken.close();
}, 60_000);

test("asked to stop, it tells its sockets to come back and ends in order within ten seconds", async () => {
  const info = (await (await fetch(`${base}/api/v1/negotiations/last-thursday`)).json()) as NegotiationInfo;
  const socket = new WebSocket(`${base.replace("http", "ws")}/sync/${info.rooms.record}`);
  await once(socket, "open");
  const closed = once(socket, "close");
  const over = once(server, "exit");
  const asked = performance.now();
  server.kill("SIGTERM");
  expect((await closed)[0]).toBe(1012);
  expect(await over).toEqual([0, null]);
  expect(performance.now() - asked).toBeLessThan(10_000);
  expect(existsSync(join(dataDir, "server.pid"))).toBe(false);
}, 20_000);
