/** Where what delegations put in can be found in what comes out (SPEC: REF). `SEED=n` replays one run. */
import { expect, test } from "vitest";
import type { Command } from "../../shared/domain/commands.ts";
import { proposalOf } from "../../shared/domain/proposals.ts";
import type { Input, Where } from "../../shared/domain/reflected.ts";
import { lengthsOf, reflections } from "../../shared/domain/reflected.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import { present } from "../../shared/domain/disclosure.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { isOrphan } from "../../shared/domain/status.ts";
import type { DelegationCode, PositionId, ProposalId } from "../../shared/domain/values.ts";
import { textNamed } from "../../shared/domain/wording.ts";
import { chance } from "../support/random.ts";
import { sealAll } from "../support/seal.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const team: Viewer = { kind: "team" };
const names = ["a", "b", "c", "d", "e"];

function aTable(): Table {
  const table = new Table([
    paragraph("a", "States should cooperate on threats."),
    paragraph("b", "States decide to establish a voluntary directory."),
    paragraph("c", "States shall report every year."),
    paragraph("d", "States note the fund."),
    paragraph("e", "Some States proposed a treaty.", { part: "chair-summary" }),
  ]);
  table.circulate();
  return table;
}

const inputs = (table: Table): readonly Input[] => {
  const { annex } = composeReport(table.record, table.text, team);
  return reflections(table.record, table.text, annex).flatMap((one) => one.inputs);
};
const placesOf = (table: Table, id: string): readonly Where[] | undefined =>
  inputs(table).find((input) => input.id === id)?.places;
const propose = (table: Table, code: string, name: string, text: string): ProposalId =>
  table.do(`delegation:${code}`, {
    kind: "table-proposal",
    paragraph: idOf(name),
    wording: table.wording(name),
    text,
  }) as ProposalId;
const dispose = (table: Table, proposal: ProposalId, fate: "taken-up" | "not-taken-up" | "in-chair-summary"): void =>
  void table.do("chair", { kind: "dispose-proposal", proposal, fate, reason: "No agreement." });

test("[REF1] words taken up are found in their part, others in the annex, and what its author ended in the record", () => {
  const table = aTable();
  const taken = propose(table, "XAA", "a", "States should cooperate closely on threats.");
  const refused = propose(table, "XBB", "b", "States decide to establish a mandatory directory.");
  const withdrawn = propose(table, "XCC", "c", "States may report every year.");
  expect(placesOf(table, taken)).toEqual([]);
  dispose(table, taken, "taken-up");
  dispose(table, refused, "not-taken-up");
  table.do("delegation:XCC", { kind: "withdraw-proposal", proposal: withdrawn });
  const objection = table.object("XAA", "d");
  const support = table.support("XBB", "d");
  table.do("delegation:XBB", { kind: "withdraw-position", position: support });
  expect([taken, refused, withdrawn, objection, support].map((id) => placesOf(table, id))).toEqual([
    ["consensus"],
    ["annex"],
    ["record"],
    ["consensus"],
    ["record"],
  ]);
  expect(inputs(table).find(({ id }) => id === taken)).toMatchObject({ asked: 1, standing: 1 });
});

test("[REF2] words that were taken up and went again have no place, until they stand somewhere", () => {
  const table = aTable();
  const taken = propose(table, "XAA", "a", "States should cooperate closely on threats.");
  dispose(table, taken, "taken-up");
  table.retype("a", "States should cooperate on threats.");
  expect(placesOf(table, taken)).toEqual([]);
  table.retype("e", "Some States proposed to cooperate closely.");
  expect(placesOf(table, taken)).toEqual(["chair-summary"]);
});

test("[REF3] a delegation finds its own inputs by itself, as the chair's team finds them", () => {
  const table = aTable();
  const proposal = propose(table, "XAA", "a", "States should cooperate closely on threats.");
  table.object("XAA", "b");
  table.object("XBB", "b");
  dispose(table, proposal, "not-taken-up");
  const viewer: Viewer = { kind: "delegation", code: "XAA" as DelegationCode };
  const seen = evolve(
    emptyRecord,
    sealAll(table.entries).map((entry) => present(entry, viewer, table.record)),
  );
  const own = (record: typeof seen, as: Viewer) =>
    reflections(record, record.text, composeReport(record, record.text, as).annex).find(
      ({ delegation }) => delegation === "XAA",
    );
  expect(own(seen, viewer)).toEqual(own(table.record, team));
  expect(own(seen, viewer)?.inputs).toHaveLength(2);
});

test("[REF4] the length of each part is counted in words and paragraphs", () => {
  const table = aTable();
  expect(lengthsOf(table.text)).toEqual({
    words: { consensus: 21, "chair-summary": 5 },
    paragraphs: { consensus: 4, "chair-summary": 1 },
  });
});

const runs = Number(process.env["REFLECTIONS"] ?? 60);
const seed = Number(process.env["SEED"] ?? 20_261_123);

test(`[REF2] seed ${seed}: over ${runs} random negotiations every input has a place or is listed as having none, and in the end all have one`, () => {
  let without = 0;
  for (let run = 0; run < runs; run++) {
    const random = chance(seed + run);
    const table = aTable();
    const codes = ["XAA", "XBB", "XCC"];
    let nth = 0;
    const acts: readonly (() => [string, Command] | null)[] = [
      () => {
        const [name, code] = [random.pick(names), random.pick(codes)];
        const block = table.record.text.find(({ id }) => id === idOf(name));
        if (!block) return null;
        const about = { paragraph: block.id, wording: table.record.wordings.get(block.id)!.at(-1)! };
        const words = textNamed(table.record, about.wording).split(" ");
        const text = words.toSpliced(random.below(words.length), random.below(2), `fresh${run}x${nth++}`).join(" ");
        return [
          `delegation:${code}`,
          random.pick<Command>([
            { kind: "table-proposal", ...about, text },
            { kind: "table-proposal", ...about, text: words.slice(0, -1).join(" ") },
            { kind: "table-proposal", ...about, change: "insert-after", text: `States welcome fresh${run}x${nth++}.` },
            { kind: "table-proposal", ...about, change: "delete" },
            {
              kind: "table-proposal",
              ...about,
              change: "move",
              to: block.part === "consensus" ? "chair-summary" : "consensus",
            },
            {
              kind: "lodge-position",
              ...about,
              level: random.pick(["objection", "reservation", "support", "question"]),
            },
          ]),
        ];
      },
      () => {
        const pending = [...table.record.proposals.values()].flat().filter(({ fate }) => !fate);
        if (pending.length === 0) return null;
        const { id, by } = random.pick(pending);
        if (random.below(6) === 0) return [`delegation:${by}`, { kind: "withdraw-proposal", proposal: id }];
        const fate = random.pick(["taken-up", "not-taken-up", "bracketed", "in-chair-summary", "superseded"] as const);
        return ["chair", { kind: "dispose-proposal", proposal: id, fate, reason: "No agreement." }];
      },
      () => ["chair", { kind: "circulate" }],
      () => {
        // The chair adds to a paragraph, or removes one.
        const block = random.pick(table.text);
        if (random.below(8) === 0 && table.text.length > 3) table.text = table.text.filter(({ id }) => id !== block.id);
        else
          table.text = table.text.map((one) =>
            one.id === block.id ? { ...one, content: [...one.content, { t: "text", text: ` More${nth++}.` }] } : one,
          );
        return null;
      },
    ];
    const attempt = (act: [string, Command] | null): void => {
      if (act && table.refusal(...act) === null) table.do(...act);
    };
    const check = (): void => {
      const report = composeReport(table.record, table.text, team);
      const annexed = new Set<string>(report.annex.flatMap(({ proposals }) => proposals.map(({ id }) => id)));
      const counted = inputs(table);
      const stated = [
        ...table.record.positions.keys(),
        ...[...table.record.proposals.values()].flat().map((p) => p.id),
      ];
      expect(counted.map(({ id }) => id as string).toSorted(), `run ${run}`).toEqual(stated.toSorted());
      for (const { id, kind, places } of counted) {
        if (places.includes("annex")) expect(annexed.has(id)).toBe(true);
        if (places.length > 0) continue;
        without++;
        const proposal = kind === "proposal" ? proposalOf(table.record, id) : null;
        const fresh = proposal?.content?.flatMap((inline) =>
          inline.t === "text" ? inline.text.match(/fresh\w+/g) : [],
        );
        const shown = [...report.parts.consensus, ...report.parts.chairSummary].flatMap(({ text }) =>
          text.split(/\W+/),
        );
        if (proposal)
          expect([run, proposal.fate && fresh?.some((word) => word && shown.includes(word))]).not.toEqual([run, true]);
        else expect([run, isOrphan(table.record.positions.get(id as PositionId)!)]).toEqual([run, true]);
      }
    };
    for (let step = 0; step < 25; step++) {
      attempt(random.pick([acts[0]!, acts[0]!, acts[1]!, acts[2]!, acts[3]!])());
      if (step % 5 === 4) check();
    }
    attempt(["chair", { kind: "circulate" }]);
    // Every question is answered: each proposal gets its fate, and authors answer for words that were removed.
    for (const { id, fate } of [...table.record.proposals.values()].flat())
      if (!fate) dispose(table, id, "not-taken-up");
    for (const position of table.record.positions.values())
      if (isOrphan(position)) table.do(`delegation:${position.by}`, { kind: "confirm-met", position: position.id });
    // What was taken up and went again, the chair reports in the summary.
    for (const { id } of inputs(table).filter(({ places }) => places.length === 0)) {
      const { content, base, change } = proposalOf(table.record, id as ProposalId)!;
      const words = change === "delete" || content === null ? base : content;
      table.text = [...table.text, { ...paragraph(`r${nth++}`, ""), part: "chair-summary", content: words }];
    }
    expect(
      inputs(table).filter(({ places }) => places.length === 0),
      `run ${run}`,
    ).toEqual([]);
  }
  expect(without).toBeGreaterThan(runs);
});
