/**
 * `npm test`: installs what is missing, builds what is stale, runs every test and ends with the line `N passed, N failed`.
 * It succeeds only when none failed and none was skipped. `npm test -- tests/domain` runs a part.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, findBrowser, runTool } from "./set-up.mjs";

const folder = mkdtempSync(join(tmpdir(), "rapporteur-test-"));
const outcome = run(join(folder, "outcome.json"));
rmSync(folder, { recursive: true });
console.log(`${outcome.passed} passed, ${outcome.failed} failed`);
process.exitCode = outcome.isGood ? 0 : 1;

function run(report) {
  try {
    build();
    process.env["CHROMIUM_PATH"] = findBrowser();
    const parts = process.argv.slice(2);
    const status = runTool("vitest", [
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...parts,
    ]);
    return count(JSON.parse(readFileSync(report, "utf8")), status);
  } catch (trouble) {
    console.error(trouble.message);
    return { passed: 0, failed: 1, isGood: false };
  }
}

function count({ testResults, numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests }, status) {
  // A file that could not even be loaded has no tests to fail, and an error outside of all tests has no file.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const counted = numFailedTests + broken.length;
  const failed = status !== 0 && counted === 0 ? 1 : counted;
  const skipped = numPendingTests + numTodoTests;
  if (skipped > 0) console.error(`${skipped} tests were skipped or are still to be written: none may be`);
  return { passed, failed, isGood: failed === 0 && skipped === 0 && passed > 0 };
}
