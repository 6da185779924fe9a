/**
 * `npm run bench`: our figures beside the peers' in one run, each part in a process of its own; a table, then one JSON line per measurement.
 * `-- --quick` takes smaller crowds and a shorter past; `-- --only server`, `editor`, `rooms` or `domain` a part; `-- --row WORDS` some rows of the
 * servers. The peers are installed by the bench itself, into `tests/bench/peers`; where they cannot be had, ours stand beside the limit alone.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, findBrowser, first, home } from "../../server/cli/set-up.mjs";

const { values } = parseArgs({
  options: { quick: { type: "boolean" }, only: { type: "string" }, row: { type: "string" } },
});
const wanted = (part) => values.only === undefined || values.only === part;
const quick = values.quick ? ["--quick"] : [];
const folder = fileURLToPath(new URL("peers", import.meta.url));

first(build);
const peers = wanted("server") || wanted("editor") ? installPeers() : [];
console.log(
  `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0].toFixed(1)} at the start`,
);
if (wanted("domain")) run("domain/run.ts");
if (wanted("rooms")) {
  run("rooms/run.ts");
  run("rooms/memory.ts", "--negotiations", values.quick ? "50" : "500");
}
if (wanted("server")) {
  const row = values.row === undefined ? [] : ["--row", values.row];
  run("server/run.ts", ...quick, ...row, "--peers", peers.filter((name) => name !== "y-prosemirror").join(","));
}
if (wanted("editor")) {
  process.env["CHROMIUM_PATH"] = first(findBrowser);
  run("editor/run.ts", ...quick, ...(peers.includes("y-prosemirror") ? ["--peer"] : []));
}

function run(file, ...args) {
  console.log(`\n# ${file}`);
  const { status } = spawnSync(process.execPath, ["--import", "tsx", `tests/bench/${file}`, ...args], {
    cwd: home,
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}

/** @returns the names of those that are there */
function installPeers() {
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const isThere = (name) => existsSync(join(folder, "node_modules", name, "package.json"));
  if (!Object.keys(dependencies).every(isThere)) {
    console.error("installing the peers; where their databases have to be compiled this takes some minutes, once");
    npm();
    // What cannot be compiled takes everything down with it: then those that need nothing compiled.
    if (!Object.keys(dependencies).every(isThere)) npm("--ignore-scripts");
  }
  const native = (name, file) => existsSync(join(folder, "node_modules", name, "build", "Release", file));
  const found = [
    ...(isThere("@y/websocket-server") ? ["websocket", "level"] : []),
    ...(native("sqlite3", "node_sqlite3.node") ? ["hocuspocus3"] : []),
    ...(native("better-sqlite3", "better_sqlite3.node") ? ["hocuspocus4"] : []),
    ...(isThere("y-prosemirror") ? ["y-prosemirror"] : []),
  ];
  if (found.length < 5) console.error(`not all peers can be had here; there are: ${found.join(", ") || "none"}`);
  return found;
}

function npm(...flags) {
  const include = join(dirname(dirname(process.execPath)), "include", "node");
  spawnSync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", ...flags], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    // Headers that lie beside Node need not be fetched.
    env: { ...process.env, ...(existsSync(include) && { npm_config_nodedir: dirname(dirname(include)) }) },
    shell: process.platform === "win32",
  });
}
