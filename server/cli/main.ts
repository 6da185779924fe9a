/** The command line as a process. */
import { setPriority } from "node:os";
import { commandLine } from "./command-line.ts";

// Those who are drafting come first.
if (process.argv[2] === "backup") setPriority(10);

process.exitCode = await commandLine(process.argv.slice(2), {
  env: process.env,
  say: (lines) => void process.stdout.write(`${lines}\n`),
  complain: (lines) => void process.stderr.write(`${lines}\n`),
});
