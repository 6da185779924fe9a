/**
 * Many small negotiations in which everything goes wrong, each from one seed (security.md §2): 2,000 of them, or as many as a minute allows
 * on a machine that is busy. `SIM_SEEDS=n` plays so many however long it takes, `SIM_FROM=n` begins elsewhere, `SIM_SEED=n` plays one and
 * tells its story.
 */
import { expect, test } from "vitest";
import type { Options, Outcome } from "./run.ts";
import { run, troubles } from "./run.ts";

const seeds = Number(process.env["SIM_SEEDS"] ?? 2_000);
const longestMs = process.env["SIM_SEEDS"] === undefined ? 60_000 : Infinity;
const from = Number(process.env["SIM_FROM"] ?? 1);
const only = process.env["SIM_SEED"];

/** The smallest run of this seed that still goes wrong: fewer deeds, and none of the troubles that it does not need. */
async function shrunk(failing: Options): Promise<Outcome & { readonly options: Options }> {
  let options = failing;
  let outcome = await run(options);
  const tries = async (smaller: Options): Promise<void> => {
    const other = await run(smaller);
    if (other.wrong.length > 0) [options, outcome] = [smaller, other];
  };
  for (const deeds of [5, 10, 20, 30, 40, 50]) if (options.deeds === undefined) await tries({ ...options, deeds });
  for (const trouble of troubles) await tries({ ...options, without: [...(options.without ?? []), trouble] });
  return { ...outcome, options };
}

async function tell(failing: Options): Promise<string> {
  const { options, wrong, story } = await shrunk(failing);
  return [
    `seed ${options.seed}: ${wrong.join("; ")}`,
    `again: SIM_SEED=${options.seed} npx vitest run --project node tests/simulation`,
    `smallest: ${JSON.stringify(options)}`,
    ...story,
  ].join("\n");
}

test("one seed is one run, to the byte", async () => {
  for (const seed of [1, 2, 3]) expect((await run({ seed })).fingerprint).toBe((await run({ seed })).fingerprint);
});

test.each(["answers-early", "forgets-answers", "tears", "reads-short"] as const)(
  "it bites: a disk that %s is found within 40 seeds",
  async (lie) => {
    for (let seed = 1; seed <= 40; seed++) if ((await run({ seed, lie })).wrong.length > 0) return;
    expect.unreachable(`a disk that ${lie} was not found`);
  },
);

test(`whatever goes wrong in ${only ? `seed ${only}` : `${seeds} runs`}, what was promised holds`, async () => {
  const chosen = only ? [Number(only)] : Array.from({ length: seeds }, (_, index) => from + index);
  const kinds = new Map<string, number>();
  let [words, rests, played] = [0, 0, 0];
  const begun = performance.now();
  for (const seed of chosen) {
    if (performance.now() - begun > longestMs) break;
    played++;
    const outcome = await run({ seed });
    if (outcome.wrong.length > 0) throw new Error(await tell({ seed }));
    for (const { what } of outcome.entries) kinds.set(what.kind, (kinds.get(what.kind) ?? 0) + 1);
    words += outcome.words;
    rests += outcome.rests;
    if (only) console.info(outcome.story.join("\n"));
  }
  console.info(`${played} runs, ${words} words saved, ${rests} texts at rest:`, Object.fromEntries(kinds));
  if (!only) expect(rests).toBeGreaterThan(0);
}, 1_800_000);
