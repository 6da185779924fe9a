/**
 * Loaded into every server that is measured: SIGUSR2 collects its garbage, so that memory is what is held and not what is left lying; and it
 * ends with the bench, however that ends.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  process.on("SIGUSR2", () => {
    collect();
    collect();
  });
  const bench = process.ppid;
  setInterval(() => {
    if (process.ppid !== bench) process.exit(1);
  }, 1_000).unref();
}
