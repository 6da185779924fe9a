/** `npm start` and `npm run cli -- COMMAND`: makes ready what is missing or stale, then becomes the command line in this same process, so that signals and exit codes are its own. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, first, home } from "./set-up.mjs";

const built = join(home, "dist", "server", "cli.js");
first(() => build({ withClient: process.argv[2] === "serve" }));
if (process.env["npm_lifecycle_event"]) stopWithParent();
process.argv[1] = built;
await import(pathToFileURL(built).href);

/** The shell between npm and us dies of the signals that npm passes on and keeps them to itself; without this the server would go on alone. */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, 250).unref();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => clearInterval(watch));
}
