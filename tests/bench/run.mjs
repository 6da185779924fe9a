/**
 * `npm run bench`: our own figures, one JSON line per measurement, each bench in a process of its own. `-- --quick` takes smaller crowds.
 * Peers are not measured beside them yet; the figures are this machine's, with the load on the same cores as what is measured.
 */
import { spawnSync } from "node:child_process";
import { findBrowser, first, home, installPackages } from "../../server/cli/set-up.mjs";

first(installPackages);
process.env["CHROMIUM_PATH"] = first(findBrowser);
const crowd = process.argv.includes("--quick") ? ["200", "3"] : ["1000", "8"];
for (const [file, ...args] of [["domain/run.ts"], ["rooms/bench.ts", ...crowd], ["editor/run.ts"]]) {
  console.log(`# ${file}`);
  const { status } = spawnSync(process.execPath, ["--import", "tsx", `tests/bench/${file}`, ...args], {
    cwd: home,
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
