/**
 * What the rules cost at full size: 300 paragraphs, 5,100 positions. One JSON line per measurement, times in milliseconds, medians.
 * `npx tsx tests/bench/domain/run.ts`
 */
import { emptyRecord, evolve } from "../../../shared/domain/record.ts";
import { changedBlocks } from "../../../shared/domain/redline.ts";
import { composeReport } from "../../../shared/domain/report.ts";
import type { DelegationKind } from "../../../shared/domain/roster.ts";
import type { Block } from "../../../shared/domain/text.ts";
import { paragraph, Table } from "../../support/table.ts";
import { chance } from "../../support/random.ts";

const paragraphs = 300;
const random = chance(1);
const vocabulary = Array.from({ length: 800 }, (_, index) => `word${index.toString(36)}`);
const words = (): string => Array.from({ length: 60 }, () => random.pick(vocabulary)).join(" ");
const name = (index: number): string => `p${index}x`;
const text = Array.from({ length: paragraphs }, (_, index) => paragraph(name(index), words()));
const states = Array.from({ length: 17 }, (_, index) => `XA${String.fromCharCode(65 + index)}`);
const delegations: { [code: string]: DelegationKind } = {};
for (const code of states) delegations[code] = "member-state";

function measure(what: string, runs: number, run: (nth: number) => void): void {
  const times: number[] = [];
  for (let nth = 0; nth < runs; nth++) {
    const start = performance.now();
    run(nth);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round((times[Math.floor(times.length * share)] ?? 0) * 1_000) / 1_000;
  console.log(JSON.stringify({ what, p50: at(0.5), p95: at(0.95), runs }));
}

const table = new Table(text, { delegations });
table.circulate();
/** One objection in eight hangs on up to two other paragraphs, and many of them on each other. */
function hanging(code: string, index: number): void {
  const others = [random.below(paragraphs), random.below(paragraphs)].filter((other) => other !== index);
  table.do(`delegation:${code}`, {
    kind: "lodge-position",
    paragraph: table.block(name(index)).id,
    wording: table.wording(name(index)),
    level: "objection",
    conditions: others.map((other) => ({ is: "agreed", paragraph: table.block(name(other)).id })),
  });
}
const lodging = Array.from({ length: paragraphs }, (_, index) => states.map((code) => [code, index] as const)).flat();
measure("decide and fold one position", lodging.length, (nth) => {
  const [code, index] = lodging[nth]!;
  if (index % 3 === 0) table.support(code, name(index));
  else if (index % 12 === 1) hanging(code, index);
  else table.object(code, name(index));
});
const { smallest } = composeReport(table.record, table.text, { kind: "team" }).overview;
console.log(JSON.stringify({ what: "the smallest way to consensus", ...smallest, rings: smallest?.rings.length }));
const team = { kind: "team" } as const;
composeReport(table.record, table.text, team);
const retyped = (block: Block): Block => ({ ...block, content: [{ t: "text", text: words() }] });
measure("compose the report after one key", 100, (nth) => {
  table.text = table.text.map((block, index) => (index === nth ? retyped(block) : block));
  composeReport(table.record, table.text, team);
});
measure(`fold ${table.entries.length} entries`, 5, () => void evolve(emptyRecord, table.entries));
measure("list what changed in 100 of 300 paragraphs", 5, () => void changedBlocks(table.record.text, table.text));
measure("circulate 100 reworded paragraphs over 5,100 positions", 1, () => table.circulate());
