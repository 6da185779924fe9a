/** The command line as a process. */
import { commandLine } from "./command-line.ts";

process.exitCode = await commandLine(process.argv.slice(2), {
  env: process.env,
  say: (lines) => void process.stdout.write(`${lines}\n`),
  complain: (lines) => void process.stderr.write(`${lines}\n`),
});
