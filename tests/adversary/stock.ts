/**
 * Do the checks of `wire-checks.ts` bite? By hand: `node --import tsx tests/adversary/stock.ts` puts them to `@y/websocket-server` as published,
 * a fresh one for each check, and prints a table. It is no dependency of ours: it comes from `tests/bench/peers`, where it is installed if
 * need be.
 */
import { spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { WireCheck } from "./wire-checks.ts";
import { wireChecks } from "./wire-checks.ts";

const peers = fileURLToPath(new URL("../bench/peers", import.meta.url));
const program = join(peers, "node_modules/@y/websocket-server/src/server.js");
if (!existsSync(program)) {
  spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], {
    cwd: peers,
    stdio: "inherit",
  });
}

async function ask({ check }: WireCheck): Promise<string | null> {
  const port = randomInt(20_000, 60_000);
  const server = spawn(process.execPath, [program], {
    env: { ...process.env, HOST: "127.0.0.1", PORT: String(port) },
    stdio: ["ignore", "pipe", "ignore"],
  });
  await new Promise((resolve) => server.stdout.once("data", resolve));
  try {
    const asked = check({
      port,
      path: (who, room = "report") => `/${room}?as=${who}`,
      clientId: async () => randomInt(100, 2 ** 32),
      isAlive: () => server.exitCode === null,
      memory: () => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) * 1024,
    });
    return await Promise.race([asked, pause(60_000, "no answer in a minute")]);
  } catch (trouble) {
    return server.exitCode === null ? String(trouble) : "the server died";
  } finally {
    server.kill("SIGKILL");
  }
}

console.log("| | asked | stock `@y/websocket-server` |\n| --- | --- | --- |");
let failed = 0;
for (const each of wireChecks) {
  const kept = await ask(each);
  if (kept !== null) failed++;
  console.log(`| ${each.id} | ${each.asks} | ${kept ?? "kept"} |`);
}
console.log(`\nOf ${wireChecks.length} checks the stock server fails ${failed}.`);
process.exit(failed > wireChecks.length / 2 ? 0 : 1);
