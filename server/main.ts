/** Starts the server: `serve` of the command line, without the command line. */
import { explained } from "./explained.ts";
import { serveUntilSignal } from "./serve.ts";

try {
  await serveUntilSignal();
} catch (trouble) {
  const words = explained(trouble);
  if (words === null) throw trouble;
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}
