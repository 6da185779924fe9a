/**
 * `npm run bench`: our figures beside the peers' in one run, each part in a process of its own; tables, one JSON line per measurement, and at
 * the end all goals in one table. `-- --quick` takes smaller crowds and a shorter past; `-- --only server`, `editor`, `rooms` or `domain` a part;
 * `-- --row WORDS` some rows of the servers; `-- --markdown FILE` writes the tables there too. The peers are installed by the bench itself, into
 * `tests/bench/peers`; where they cannot be had, ours stand beside the limit alone. A part that fails costs no other.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, findBrowser, first, home } from "../../server/cli/set-up.mjs";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean" },
    only: { type: "string" },
    row: { type: "string" },
    markdown: { type: "string" },
  },
});
const wanted = (part) => values.only === undefined || values.only === part;
const quick = values.quick ? ["--quick"] : [];
const folder = fileURLToPath(new URL("peers", import.meta.url));

/** One part must not take the time of the others; the servers end by themselves before that. */
const longestMs = 14 * 60_000;
const goals = "| goal | reached | met |\n| --- | ---: | --- |\n";

first(build);
const peers = wanted("server") || wanted("editor") ? installPeers() : [];
const load = () => loadavg()[0].toFixed(1);
const told = [];
const machine = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`;
console.log(`${machine}, load ${load()}`);
if (wanted("server")) {
  const row = values.row === undefined ? [] : ["--row", values.row];
  run("server/run.ts", ...quick, ...row, "--peers", peers.filter((name) => name !== "y-prosemirror").join(","));
}
if (wanted("editor")) {
  process.env["CHROMIUM_PATH"] = first(findBrowser);
  run("editor/run.ts", ...quick, ...(peers.includes("y-prosemirror") ? ["--peer"] : []));
}
if (wanted("rooms")) {
  run("rooms/run.ts");
  run("rooms/memory.ts", "--negotiations", values.quick ? "50" : "500");
}
if (wanted("domain")) run("domain/run.ts");

const rows = told.flatMap(({ said }) =>
  said
    .split(goals)
    .slice(1)
    .map((rest) => rest.split("\n\n")[0].trim()),
);
console.log(`\n# Goals\n\n${goals}${rows.join("\n")}`);
if (values.markdown) writeFileSync(values.markdown, asMarkdown());

function run(file, ...args) {
  console.log(`\n# ${file}`);
  const before = load();
  const { status, stdout } = spawnSync(process.execPath, ["--import", "tsx", `tests/bench/${file}`, ...args], {
    cwd: home,
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    timeout: longestMs,
  });
  console.log(stdout);
  told.push({ file, said: stdout, how: `load ${before} to ${load()}${status === 0 ? "" : ", not to its end"}` });
  if (status !== 0) process.exitCode = 1;
}

function asMarkdown() {
  const parts = told.map(({ file, said, how }) => {
    const tables = said.split("\n").filter((line) => !line.startsWith("{"));
    const figures = said.split("\n").filter((line) => line.startsWith("{"));
    // Where a part has no table of its own, its measurements are all there is to tell.
    const body = tables.some((line) => line.startsWith("|")) ? tables.join("\n") : figures.join("\n\n");
    return `## ${file} (${how})\n\n${body.split(goals)[0].trim()}`;
  });
  return `# ${machine}\n\n## Goals\n\n${goals}${rows.join("\n")}\n\n${parts.join("\n\n")}\n`;
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
