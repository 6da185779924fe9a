/** `npm run check`: types, lint, format, unused code; all of them, so that one run shows everything there is to mend. */
import { first, installPackages, runTool } from "./set-up.mjs";

const checks = [["tsc", "-b"], ["oxlint", "--type-aware"], ["oxfmt", "--check", "."], ["knip"]];

first(installPackages);
const failed = checks.filter(([tool, ...args]) => runTool(tool, args) !== 0);
for (const check of failed) console.error(`failed: ${check.join(" ")}`);
process.exitCode = failed.length > 0 ? 1 : 0;
