/** A thread of our own code: TypeScript in development and tests, JavaScript beside us when built. */
import { fileURLToPath } from "node:url";
import type { WorkerOptions } from "node:worker_threads";
import { Worker } from "node:worker_threads";

/**
 * @param name of the built file, an entry of `vite.config.ts`
 * @param source where its TypeScript is
 */
export function startWorker(name: string, source: URL, options: WorkerOptions = {}): Worker {
  if (import.meta.url.endsWith(".js")) return new Worker(new URL(`./${name}.js`, import.meta.url), options);
  // Node 20 does not read TypeScript, and `--import tsx` does not reach the first file of a worker.
  const spelled = JSON.stringify(source.href);
  // By the settings of this folder: those at the top say nothing of pages.
  const settings = JSON.stringify({
    parentURL: source.href,
    tsconfig: fileURLToPath(new URL("tsconfig.json", import.meta.url)),
  });
  const load = `import("tsx/esm/api").then(({ tsImport }) => tsImport(${spelled}, ${settings}))`;
  return new Worker(load, { ...options, eval: true });
}
