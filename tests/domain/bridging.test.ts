/** Bridging text put back to the proposers: who knows of it, who answers, and what becomes of it (SPEC: MER). */
import { describe, expect, test } from "vitest";
import { bridgingOf } from "../../shared/domain/bridging.ts";
import type { Command } from "../../shared/domain/commands.ts";
import { present } from "../../shared/domain/disclosure.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import { composeReport } from "../../shared/domain/report.ts";
import { proposalOf } from "../../shared/domain/proposals.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import type { SeenBridging } from "../../shared/domain/seen-bridging.ts";
import { flatText } from "../../shared/domain/text.ts";
import type { BridgingId, DelegationCode, GroupId, ProposalId } from "../../shared/domain/values.ts";
import type { Chance } from "../support/random.ts";
import { chance } from "../support/random.ts";
import { sealAll } from "../support/seal.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const team: Viewer = { kind: "team" };
const delegation = (code: string): Viewer => ({ kind: "delegation", code: code as DelegationCode });
const today = "States should cooperate and share what they learn.";
const bridge = "States shall cooperate fully and share what they learn.";
const states = { XAA: "member-state", XBB: "member-state", XCC: "member-state", XDD: "member-state" } as const;

function aTable() {
  const table = new Table([paragraph("a", today), paragraph("b", "Another.")], { delegations: states });
  table.circulate();
  const ids = [
    "States shall cooperate and share what they learn.",
    "States should cooperate fully and share what they learn.",
  ].map((text, index) => propose(table, ["XAA", "XBB"][index]!, text));
  table.do("delegation:XCC", { kind: "cosponsor", proposal: ids[0]! });
  return { table, ids };
}
const propose = (table: Table, code: string, text: string): ProposalId =>
  table.do(`delegation:${code}`, {
    kind: "table-proposal",
    paragraph: idOf("a"),
    wording: table.wording("a"),
    text,
  }) as ProposalId;
const putting = (table: Table, proposals: readonly ProposalId[], text = bridge): Command => ({
  kind: "put-bridging",
  paragraph: idOf("a"),
  wording: table.wording("a"),
  proposals,
  text,
});
const put = (table: Table, proposals: readonly ProposalId[], text?: string): BridgingId =>
  table.do("chair", putting(table, proposals, text)) as BridgingId;
const answering = (bridging: BridgingId, answer: "accept" | "not-yet" | "objection", reason?: string): Command => ({
  kind: "answer-bridging",
  bridging,
  answer,
  ...(reason && { reason }),
});
const read = (table: Table): string => flatText(table.block("a").content);
const seen = (table: Table, viewer: Viewer): readonly SeenBridging[] =>
  composeReport(table.record, table.text, viewer).parts.consensus[0]!.bridging;
const takeUp = (bridging: BridgingId): Command => ({ kind: "take-up-bridging", bridging });
const withdraw = (bridging: BridgingId): Command => ({ kind: "withdraw-bridging", bridging });

describe("put back to the proposers", () => {
  test("[MER4] it changes nothing, and goes to authors and co-sponsors of what it is made of", () => {
    const { table, ids } = aTable();
    put(table, ids);
    expect(read(table)).toBe(today);
    expect(table.status("a")).toBe("open");
    const [bridging] = seen(table, team);
    expect(bridging).toMatchObject({ text: bridge, base: today, proposals: ids, ended: null });
    expect(bridging?.asked.map(({ by }) => by.code).toSorted()).toEqual(["XAA", "XBB", "XCC"]);
    expect(seen(table, delegation("XDD"))).toEqual([]);
    expect(seen(table, { kind: "public" })).toEqual([]);
  });

  test("[MER4] nobody else finds it in the record, and an answer only its author does", () => {
    const { table, ids } = aTable();
    const id = put(table, ids);
    table.do("delegation:XAA", answering(id, "objection", "Not without a time limit."));
    table.do("chair", withdraw(id));
    const entries = sealAll(table.entries);
    const told = (viewer: Viewer) =>
      entries.slice(-3).map((entry) => {
        const shown = present(entry, viewer, table.record);
        return "sealed" in shown ? "sealed" : shown.what.kind;
      });
    const all = ["bridging-put", "bridging-answered", "bridging-ended"];
    expect(told(team)).toEqual(all);
    expect(told(delegation("XAA"))).toEqual(all);
    expect(told(delegation("XBB"))).toEqual(["bridging-put", "sealed", "bridging-ended"]);
    expect(told(delegation("XCC"))).toEqual(["bridging-put", "sealed", "bridging-ended"]);
    expect(told(delegation("XDD"))).toEqual(["sealed", "sealed", "sealed"]);
    expect(told({ kind: "public" })).toEqual(["sealed", "sealed", "sealed"]);
    for (const code of ["XAA", "XBB", "XDD"]) {
      const folded = evolve(
        emptyRecord,
        entries.map((entry) => present(entry, delegation(code), table.record)),
      );
      const asked = composeReport(folded, folded.text, delegation(code)).parts.consensus[0]!.bridging.flatMap(
        (one) => one.asked,
      );
      expect(asked.map(({ by, answer }) => [by.code, answer])).toEqual(
        code === "XAA" ? [["XAA", "objection"]] : code === "XBB" ? [["XBB", null]] : [],
      );
    }
  });

  test("[MER4] one at a time on a paragraph: a second chair is told", () => {
    const { table, ids } = aTable();
    const id = put(table, ids);
    expect(table.refusal("secretariat", putting(table, ids))).toBe("bridging-open");
    table.do("secretariat", withdraw(id));
    expect(table.refusal("chair", putting(table, ids))).toBeNull();
    expect(table.refusal("chair", withdraw(id))).toBe("bridging-ended");
    expect(table.refusal("chair", takeUp(id))).toBe("bridging-ended");
    expect(table.refusal("delegation:XAA", answering(id, "accept"))).toBe("bridging-ended");
  });

  test("[MER5] its sponsors alone answer, an objection with its reason, and the last word counts", () => {
    const { table, ids } = aTable();
    const id = put(table, ids);
    expect(table.refusal("delegation:XDD", answering(id, "accept"))).toBe("not-asked");
    expect(table.refusal("delegation:XCC", answering(id, "objection"))).toBe("reason-needed");
    table.do("delegation:XCC", answering(id, "not-yet"));
    expect(table.refusal("delegation:XCC", answering(id, "not-yet"))).toBe("nothing-changes");
    table.do("delegation:XCC", answering(id, "accept"));
    const answers = Object.fromEntries(seen(table, team)[0]!.asked.map(({ by, answer }) => [by.code, answer]));
    expect(answers).toEqual({ XAA: null, XBB: null, XCC: "accept" });
    expect(table.record.positions.size).toBe(0);
  });
});

test("[MER5] what the chair's team heard from the floor is marked so, and takes the place of no answer that was given", () => {
  const { table, ids } = aTable();
  const id = put(table, ids);
  const heard = (code: string, answer: "accept" | "not-yet"): Command => ({
    ...(answering(id, answer) as Extract<Command, { kind: "answer-bridging" }>),
    onBehalfOf: code as DelegationCode,
  });
  table.do("secretariat", heard("XBB", "accept"));
  const said = () => seen(table, team)[0]!.asked.find(({ by }) => by.code === "XBB");
  expect(said()).toMatchObject({ answer: "accept", confirmed: false });
  const entry = sealAll(table.entries).at(-1)!;
  expect(present(entry, delegation("XBB"), table.record)).not.toHaveProperty("sealed");
  expect(present(entry, delegation("XAA"), table.record)).toHaveProperty("sealed");
  table.do("delegation:XBB", answering(id, "accept"));
  expect(said()).toMatchObject({ answer: "accept", confirmed: true });
  expect(table.refusal("chair", heard("XBB", "not-yet"))).toBe("not-yours");
  expect(table.refusal("chair", heard("XDD", "accept"))).toBe("not-asked");
  expect(table.refusal("chair", answering(id, "accept"))).toBe("delegation-needed");
});

describe("a group among the proposers", () => {
  const everybody = Object.keys(states) as DelegationCode[];
  /** XBB alone; XAA for a group with XCC and XDD. */
  function withGroup(more: readonly string[] = []) {
    const table = new Table([paragraph("a", today)], { delegations: { ...states, XEE: "member-state" } });
    table.circulate();
    const invite = ["XAA", "XCC", "XDD", ...more] as DelegationCode[];
    const group = table.do("chair", { kind: "create-group", name: "Friends", of: "political", invite }) as GroupId;
    for (const code of ["XAA", "XCC", "XDD"]) table.do(`delegation:${code}`, { kind: "join-group", group });
    table.do("chair", { kind: "name-speaker", group, speaker: "XAA" as DelegationCode });
    const tabled = { kind: "table-proposal", paragraph: idOf("a"), wording: table.wording("a") } as const;
    const ours = table.do("delegation:XAA", {
      ...tabled,
      text: "States shall cooperate and share what they learn.",
      onBehalfOfGroup: group,
    }) as ProposalId;
    const theirs = propose(table, "XBB", "States should cooperate fully and share what they learn.");
    return { table, group, ids: [ours, theirs] };
  }
  const toSpeak = (table: Table, group: GroupId, speaker: string | null, by = "chair"): string =>
    table.do(by, { kind: "name-speaker", group, speaker: speaker as DelegationCode | null });
  const asked = (table: Table) =>
    seen(table, team)
      .at(-1)!
      .asked.map(({ by, answer, left }) => `${by.code} ${answer}${left ? " left" : ""}`)
      .toSorted();
  /** As each delegation folds what it is told, entry by entry, as it comes. */
  const foldedLive = (table: Table, code: DelegationCode) => {
    const entries = sealAll(table.entries);
    let [folded, whole] = [emptyRecord, emptyRecord];
    for (const entry of entries) {
      whole = evolve(whole, [entry]);
      folded = evolve(folded, [present(entry, delegation(code), whole)]);
    }
    return folded;
  };

  test("[MER7] what is open is put to whoever takes over the office, and the former speaker is asked no more", () => {
    const { table, group, ids } = withGroup();
    const id = put(table, ids);
    expect(asked(table)).toEqual(["XAA null", "XBB null"]);
    table.do("delegation:XAA", answering(id, "not-yet"));
    toSpeak(table, group, "XCC", "delegation:XAA");
    expect(asked(table)).toEqual(["XAA not-yet left", "XBB null", "XCC null"]);
    expect(table.refusal("delegation:XAA", answering(id, "accept"))).toBe("not-asked");
    expect(table.refusal("delegation:XDD", answering(id, "accept"))).toBe("not-asked");
    table.do("delegation:XCC", answering(id, "accept"));
    expect(asked(table)).toEqual(["XAA not-yet left", "XBB null", "XCC accept"]);
    // Handed back, nobody is asked twice.
    const before = table.entries.length;
    toSpeak(table, group, "XAA");
    expect(table.entries.length).toBe(before + 1);
    expect(table.refusal("delegation:XAA", answering(id, "accept"))).toBeNull();
    table.do("chair", takeUp(id));
    toSpeak(table, group, "XDD");
    expect(seen(table, delegation("XDD"))).toEqual([]); // it is over
    for (const code of everybody) {
      const { bridging } = foldedLive(table, code);
      expect([...bridging.values()].flat().length, code).toBe(code === "XDD" ? 0 : 1);
    }
  });

  test("[MER7] put again, it asks the speaker of today; who joined later is named to nobody else", () => {
    const { table, group, ids } = withGroup(["XEE"]);
    table.do("delegation:XEE", { kind: "join-group", group });
    const first = put(table, ids);
    toSpeak(table, group, "XEE");
    expect(asked(table)).toEqual(["XAA null left", "XBB null", "XEE null"]);
    table.do("chair", withdraw(first));
    const second = put(table, ids);
    expect(asked(table)).toEqual(["XBB null", "XEE null"]);
    table.do("delegation:XEE", answering(second, "accept"));
    expect(table.refusal("delegation:XAA", answering(second, "accept"))).toBe("not-asked");
    const told = JSON.stringify(sealAll(table.entries).map((entry) => present(entry, delegation("XBB"), table.record)));
    expect(told).not.toContain('"XEE":'); // whose pseudonym is whose
    expect(foldedLive(table, "XEE" as DelegationCode).bridging.get(idOf("a"))).toHaveLength(2);
  });

  test("[MER7] who sponsors for itself as well is still asked; an office that nobody holds is asked nothing", () => {
    const { table, group, ids } = withGroup();
    table.do("delegation:XAA", { kind: "cosponsor", proposal: ids[1]! });
    const id = put(table, ids);
    toSpeak(table, group, null);
    expect(asked(table)).toEqual(["XAA null", "XBB null"]);
    expect(table.refusal("delegation:XAA", answering(id, "accept"))).toBeNull();
    toSpeak(table, group, "XDD");
    expect(asked(table)).toEqual(["XAA null", "XBB null", "XDD null"]);
  });
});

describe("taken up", () => {
  test("[MER6] its words come into the text with the fates of those it uses, each with what it gave", () => {
    const { table, ids } = aTable();
    table.do("chair", takeUp(put(table, ids)));
    expect(read(table)).toBe(bridge);
    expect(ids.map((id) => proposalOf(table.record, id)?.fate)).toMatchObject([
      { fate: "merged", used: ["shall"] },
      { fate: "merged", used: ["fully"] },
    ]);
    expect(seen(table, team)[0]?.ended?.how).toBe("taken-up");
    table.circulate();
    expect(table.refusal("chair", { kind: "issue-version", label: "Rev.1" })).toBeNull();
  });

  test("[MER6] what was typed elsewhere in the paragraph stays; where it was typed at the same place, that is said", () => {
    const { table, ids } = aTable();
    const id = put(table, ids);
    const apart = table.fork();
    apart.retype("a", "States should cooperate and openly share what they learn.");
    apart.do("chair", takeUp(id));
    expect(read(apart)).toBe("States shall cooperate fully and openly share what they learn.");
    table.retype("a", "States might cooperate and share what they learn.");
    expect(table.refusal("chair", takeUp(id))).toBe("bridging-displaced");
    table.text = table.text.filter((block) => block.id !== idOf("a"));
    expect(table.refusal("chair", takeUp(id))).toBe("paragraph-unknown");
    expect(table.refusal("chair", withdraw(id))).toBeNull();
  });

  test("[MER6] a proposer who withdrew meanwhile is not said to be merged; when nobody is left it is refused", () => {
    const { table, ids } = aTable();
    const id = put(table, ids);
    table.do("delegation:XAA", { kind: "withdraw-proposal", proposal: ids[0]! });
    const left = seen(table, team)[0]!.asked.filter((one) => one.left);
    expect(left.map(({ by }) => by.code).toSorted()).toEqual(["XAA", "XCC"]);
    const alone = table.fork();
    alone.do("chair", takeUp(id));
    expect(ids.map((one) => proposalOf(alone.record, one)?.fate?.fate)).toEqual(["withdrawn", "merged"]);
    table.do("delegation:XBB", { kind: "withdraw-proposal", proposal: ids[1]! });
    expect(table.refusal("chair", takeUp(id))).toBe("bridging-unsupported");
  });

  test("[MER6] an amended proposal is merged by the one that took its place, if something of it is in the text", () => {
    const { table, ids } = aTable();
    const id = put(table, ids);
    const amended = table.do("delegation:XAA", {
      kind: "amend-proposal",
      proposal: ids[0]!,
      wording: table.wording("a"),
      text: "States shall cooperate and share all that they learn.",
    }) as ProposalId;
    table.do("chair", takeUp(id));
    expect(proposalOf(table.record, ids[0]!)?.fate?.fate).toBe("superseded");
    expect(proposalOf(table.record, amended)?.fate).toMatchObject({ fate: "merged", used: ["shall"] });
  });

  test("[MER6] agreed or frozen words are not touched", () => {
    const { table, ids } = aTable();
    const id = put(table, ids);
    table.gavel("a");
    expect(table.refusal("chair", takeUp(id))).toBe("agreed");
    expect(bridgingOf(table.record, id)?.ended).toBeNull();
  });
});

const rounds = Math.ceil(Number(process.env["PROPOSAL_ROUNDS"] ?? 400) / 4);
const firstSeed = Number(process.env["SEED"] ?? 1);

/** A few places of a text that neither share nor touch words, each with something new of its own. */
function someEdits(
  random: Chance,
  length: number,
  taken: boolean[],
  name: string,
): { at: number; gone: 0 | 1; words: string }[] {
  return Array.from({ length: 1 + random.below(2) }, (_, index) => {
    const at = random.below(length - 1);
    if (taken.slice(Math.max(0, at - 2), at + 3).some(Boolean)) return [];
    taken[at] = true;
    return [{ at, gone: random.below(2) as 0 | 1, words: `${name}${index}` }];
  }).flat();
}
const withEdits = (words: readonly string[], edits: ReturnType<typeof someEdits>): string => {
  const now: string[] = [...words];
  for (const { at, gone, words: come } of edits.toSorted((a, b) => b.at - a.at)) now.splice(at, gone, come);
  return now.join(" ");
};

test(
  `[MER6] ${rounds} texts put back and edited meanwhile: no word is lost, and none is said to be another's`,
  { timeout: 600_000 },
  () => {
    const tally = { takenUp: 0, displaced: 0 };
    for (let round = 0; round < rounds; round++) {
      const random = chance(firstSeed + round);
      const base = Array.from({ length: 12 + random.below(30) }, (_, i) =>
        random.below(4) > 0 ? `w${i}` : random.pick(["the", "of", "and", "States"]),
      );
      const table = new Table([paragraph("a", base.join(" "))], { delegations: states });
      table.circulate();
      const taken: boolean[] = [];
      const proposals = ["XAA", "XBB", "XCC"].flatMap((code, which) => {
        const edits = someEdits(random, base.length, taken, `p${which}x`);
        return edits.length === 0 ? [] : [{ id: propose(table, code, withEdits(base, edits)), edits, which }];
      });
      const used = proposals.map((one) => ({ ...one, edits: one.edits.slice(0, 1 + random.below(one.edits.length)) }));
      if (used.length === 0) continue;
      const seed = `seed ${firstSeed + round}`;
      const text = withEdits(
        base,
        used.flatMap(({ edits }) => edits),
      );
      const id = put(
        table,
        used.map((one) => one.id),
        text,
      );
      // At any place, also where the bridging text changes something.
      const typed = someEdits(random, base.length, [], "c");
      table.retype("a", withEdits(base, typed));
      const gone = used.filter(() => random.below(4) === 0);
      for (const { id: proposal, which } of gone)
        table.do(`delegation:${["XAA", "XBB", "XCC"][which]}`, { kind: "withdraw-proposal", proposal });
      const refusal = table.refusal("chair", takeUp(id));
      if (refusal !== null) {
        expect(["bridging-displaced", "bridging-unsupported"], seed).toContain(refusal);
        tally.displaced++;
        continue;
      }
      table.do("chair", takeUp(id));
      tally.takenUp++;
      const result = read(table).split(" ");
      for (const { words } of typed) expect(result, seed).toContain(words);
      for (const one of used) {
        const fate = proposalOf(table.record, one.id)?.fate;
        const came = one.edits.map(({ words }) => words);
        for (const words of came) expect(result, seed).toContain(words);
        const isGone = gone.includes(one);
        expect(fate?.fate, seed).toBe(isGone ? "withdrawn" : "merged");
        const said = fate?.used.flatMap((words) => words.split(" ")).filter((word) => /^p\dx/.test(word)) ?? [];
        if (!isGone) expect(said.toSorted(), seed).toEqual(came.toSorted());
      }
    }
    expect(tally.takenUp).toBeGreaterThan(rounds / 2);
    console.info(`bridging: ${JSON.stringify({ rounds, ...tally })}`);
  },
);
