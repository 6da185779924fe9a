/**
 * What the rules cost at full size: 300 paragraphs, 5,100 positions; redlines at three sizes, and the longest paragraphs there may be. One JSON line per measurement, times in milliseconds, medians.
 * `npx tsx tests/bench/domain/run.ts`
 */
import { decide } from "../../../shared/domain/decide.ts";
import { emptyRecord, evolve } from "../../../shared/domain/record.ts";
import { changedBlocks, redline } from "../../../shared/domain/redline.ts";
import { composeReport } from "../../../shared/domain/report.ts";
import type { DelegationKind } from "../../../shared/domain/roster.ts";
import type { Block } from "../../../shared/domain/text.ts";
import type { ProposalId } from "../../../shared/domain/values.ts";
import { actor, paragraph, Table } from "../../support/table.ts";
import { chance } from "../../support/random.ts";

const paragraphs = 300;
const random = chance(1);
const vocabulary = Array.from({ length: 800 }, (_, index) => `word${index.toString(36)}`);
const words = (length = 60): string => Array.from({ length }, () => random.pick(vocabulary)).join(" ");
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

/** So many words of a hundred left as they are. */
const rewritten = (text: string, kept: number): string =>
  text.replaceAll(/\w+/g, (word) => (random.below(100) < kept ? word : words(random.below(3))));
for (const size of [75, 150, 300]) {
  for (const kept of [97, 60]) {
    const versions = Array.from({ length: size }, () => words(90)).map((before) => [before, rewritten(before, kept)]);
    const what = `redline of two versions of ${size} paragraphs of 90 words, ${kept} % of them kept`;
    measure(what, 20, () => versions.forEach(([before, after]) => redline(before!, after!)));
  }
}
const long = words(3_000).slice(0, 20_000);
const bridge = new Table([paragraph("long", long)], { delegations });
bridge.circulate();
const about = { paragraph: bridge.block("long").id, wording: bridge.wording("long") };
const asked = ["XAA", "XAB"].map((code) => ({ code, text: rewritten(long, 30).slice(0, 20_000) }));
const proposals = asked.map(
  ({ code, text }) => bridge.do(`delegation:${code}`, { kind: "table-proposal", ...about, text }) as ProposalId,
);
const middle = Math.floor(long.length / 2);
const bridging = asked[0]!.text.slice(0, middle) + asked[1]!.text.slice(middle);
measure("decide bridging text of two proposals of 20,000 characters, 70 % of their words others", 20, () => {
  const command = { kind: "put-bridging", ...about, proposals, text: bridging } as const;
  decide(bridge.negotiation, command, actor("chair"), bridge.now, () => "0");
});
measure("compose the chair's report with both", 20, () => {
  const [block] = bridge.text;
  composeReport(bridge.record, [{ ...block!, content: [...block!.content] }], team);
});
