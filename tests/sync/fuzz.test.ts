/**
 * The long run: `FUZZ_OPS=2000000 FUZZ_SEED=1 npx vitest run --project node tests/sync/fuzz.test.ts`.
 * A seed that fails is printed; `FUZZ_SEED=seed FUZZ_OPS=1` plays it alone, and it becomes a named test below.
 */
import { expect, test } from "vitest";
import { drafting } from "./fuzz.ts";

const wanted = Number(process.env["FUZZ_OPS"] ?? 100_000);
const firstSeed = Number(process.env["FUZZ_SEED"] ?? 1);
const stepsPerScript = 60;

test(
  `[BIN1] [BIN3] [BIN4] [BIN5] [BIN7] [SYN6] ${wanted} operations keep every view and every word (from seed ${firstSeed})`,
  { timeout: 3_600_000 },
  () => {
    let operations = 0;
    for (let seed = firstSeed; operations < wanted; seed++) operations += drafting(seed, stepsPerScript);
    expect(operations).toBeGreaterThanOrEqual(wanted);
  },
);
