/** A process of our own code, for work that others may try to make endless: TypeScript in development and tests, JavaScript beside us when built. */
import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * It knows nothing of our environment, and says nothing to our output.
 * @param name of the built file, an entry of `vite.config.ts`
 * @param source where its TypeScript is
 * @param heapMiB more, and it dies
 */
export function startChild(name: string, source: URL, heapMiB: number): ChildProcess {
  const isBuilt = import.meta.url.endsWith(".js");
  return fork(fileURLToPath(isBuilt ? new URL(`./${name}.js`, import.meta.url) : source), {
    execArgv: [
      `--max-old-space-size=${heapMiB}`,
      // Node 20 does not read TypeScript.
      ...(isBuilt ? [] : ["--import", import.meta.resolve("tsx")]),
    ],
    env: {},
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}
