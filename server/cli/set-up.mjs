/**
 * Everything that the commands of `package.json` need before they can begin: packages, built code, a browser. Plain JavaScript on Node alone,
 * because nothing else is there yet; called by the commands themselves, because `ignore-scripts` skips npm's own hooks.
 * It says what it does on standard error: standard output belongs to the command.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const home = fileURLToPath(new URL("../..", import.meta.url));

/** A step failed; its own output has said why. */
class SetUpFailed extends Error {}

/** Does what must be done first, or ends the process with what stood in the way. */
export function first(setUp) {
  try {
    return setUp();
  } catch (trouble) {
    if (!(trouble instanceof SetUpFailed)) throw trouble;
    say(trouble.message);
    return process.exit(1);
  }
}

/** Installs the packages of `package-lock.json` when what is there is not exactly that. */
export function installPackages() {
  if (packagesAreThere()) return;
  say("installing the packages");
  const clean = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  const npm = process.env["npm_execpath"];
  if (npm) run(process.execPath, [npm, ...clean]);
  else run("npm", clean);
}

/** Builds what is older than its sources: the server, and the client's pages unless only a command is to be run. */
export function build({ withClient = true } = {}) {
  installPackages();
  buildFrom("server", ["server", "shared"], ["--ssr"]);
  if (withClient) buildFrom("client", ["client", "shared"], []);
}

/** Finds Chromium; on Debian as root it installs it. @returns its path */
export function findBrowser() {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return given;
  const found = onPath("chromium", "chromium-browser", "google-chrome");
  if (found) return found;
  if (process.getuid?.() === 0 && onPath("apt-get")) {
    say("installing Chromium");
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      DEBIAN_FRONTEND: "noninteractive",
    });
    const installed = onPath("chromium");
    if (installed) return installed;
  }
  say(
    "The tests need the browser Chromium. Install it (Debian: apt-get install chromium), or name its file in CHROMIUM_PATH.",
  );
  throw new SetUpFailed("no Chromium");
}

/** Runs a program of node_modules/.bin, its output where ours goes. @returns its exit code */
export function runTool(name, args, stdio = "inherit") {
  const file = join(home, "node_modules", ".bin", name);
  const { status, error } = spawnSync(file, args, { cwd: home, stdio, shell: process.platform === "win32" });
  if (error) throw error;
  return status ?? 1;
}

/** Compares versions, not times: a checkout touches the lock file without changing it. */
function packagesAreThere() {
  const installed = packagesOf("node_modules/.package-lock.json");
  // Optional ones are for other platforms.
  return Object.entries(packagesOf("package-lock.json")).every(
    ([path, { version, optional, devOptional }]) =>
      path === "" || optional || devOptional || installed[path]?.version === version,
  );
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(join(home, lockFile), "utf8")).packages;
  } catch {
    return {};
  }
}

function buildFrom(name, folders, flags) {
  const stamp = join(home, "dist", `${name}.sources`);
  const sources = hashOf(folders);
  if (existsSync(join(home, "dist", name)) && readIfThere(stamp) === sources) return;
  say(`building the ${name}`);
  // Vite's report goes to standard error, as everything here.
  if (runTool("vite", ["build", "--logLevel", "warn", ...flags], ["ignore", 2, 2]) !== 0) {
    throw new SetUpFailed(`the ${name} could not be built`);
  }
  mkdirSync(join(home, "dist"), { recursive: true });
  writeFileSync(stamp, sources);
}

function hashOf(folders) {
  const hash = createHash("sha256");
  const files = folders.flatMap((folder) =>
    readdirSync(join(home, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  );
  for (const file of [...files.sort(), join(home, "package-lock.json"), join(home, "vite.config.ts")]) {
    hash.update(file.slice(home.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

function onPath(...names) {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

function run(command, args, environment = {}) {
  const { status } = spawnSync(command, args, {
    cwd: home,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, ...environment },
  });
  if (status !== 0) throw new SetUpFailed(`${command} ${args.join(" ")} failed`);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
