/**
 * Backup, verify, restore and the start after it, of as much data as an installation may ever hold, each in a process of its own, with its time
 * and its highest memory. By hand: `node --import tsx tests/faults/gigabyte.ts`; `--negotiations n` takes others than 1,700 of 300 paragraphs (1.06 GiB).
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readConfig } from "../../server/config.ts";
import { openWorkplace } from "../../server/serve.ts";
import { bigReport } from "../support/big-report.ts";
import { idOf } from "../support/negotiations.ts";
import { actor } from "../support/table.ts";

const { values } = parseArgs({ options: { negotiations: { type: "string", default: "1700" } } });
const negotiations = Number(values.negotiations);
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "rapporteur-gigabyte-"));
const data = join(folder, "data");
const backup = join(folder, "backup");

const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

/** Runs until it ends, or until it says what is waited for, and is then stopped. */
async function measure(what: string, args: readonly string[], until?: RegExp): Promise<void> {
  const env = { ...process.env, DATA_DIR: data, DEMO: "0", LOG_LEVEL: "error", PORT: "10471" };
  const begun = performance.now();
  const child = spawn(process.execPath, ["server/cli/start.mjs", ...args], { cwd: root, env });
  let said = "";
  let highest = 0;
  let seconds = 0;
  const look = setInterval(() => {
    highest = Math.max(highest, highestOf(child.pid));
  }, 50);
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (!until?.test(said) || seconds > 0) return;
      seconds = (performance.now() - begun) / 1000;
      child.kill();
    });
  const [code] = (await once(child, "exit")) as [number | null];
  clearInterval(look);
  if (until ? seconds === 0 : code !== 0) throw new Error(`${what}: ${said}`);
  seconds ||= (performance.now() - begun) / 1000;
  console.log(JSON.stringify({ what, negotiations, seconds: +seconds.toFixed(1), highestMiB: mebibytes(highest) }));
}

/** Of resident memory, as Linux counts it; 0 where there is no such file any more. */
function highestOf(pid: number | undefined): number {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

const place = await openWorkplace(readConfig({ DATA_DIR: data, DEMO: "0", LOG_LEVEL: "error", PORT: "1" }), 1);
const text = bigReport(300).map((sketch, index) => ({ id: idOf(index + 1), ...sketch }));
const settings = { title: "Report", method: "chair-pen", disclosure: "delegations", silenceMinimumHours: 72 } as const;
for (let index = 0; index < negotiations; index++) {
  const opening = { slug: `talks-${index}`, settings, delegations: [], text, takesSeat: true };
  const talks = await place.house.create(opening, actor("chair"));
  await talks.submit({ kind: "circulate" }, actor("chair"), "first");
}
await place.close();
console.log(JSON.stringify({ what: "database", MiB: mebibytes(statSync(join(data, "rapporteur.sqlite")).size) }));

execFileSync(process.execPath, ["server/cli/build.mjs"], { cwd: root });
await measure("start", ["serve"], /is ready at/);
await measure("backup", ["backup", "--out", backup]);
await measure("verify", ["verify", backup]);
await measure("restore", ["restore", backup, "--replace"]);
await measure("start after it", ["serve"], /is ready at/);
rmSync(folder, { recursive: true });
