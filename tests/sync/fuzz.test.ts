import { expect, test } from "vitest";
import { drafting } from "./fuzz.ts";

const operations = Number(process.env["FUZZ_OPS"] ?? 100_000);
const firstSeed = Number(process.env["FUZZ_SEED"] ?? 1);
const stepsPerScript = 60;

test(
  `[BIN1] [BIN3] [BIN4] [BIN5] [SYN6] ${operations} operations by several drafters keep every view and every word (from seed ${firstSeed})`,
  { timeout: 600_000 },
  () => {
    const scripts = Math.ceil(operations / stepsPerScript);
    for (let i = 0; i < scripts; i++) drafting(firstSeed + i, stepsPerScript);
    expect(scripts * stepsPerScript).toBeGreaterThanOrEqual(operations);
  },
);
