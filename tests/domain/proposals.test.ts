/** What delegations propose and what becomes of it, rule by rule (SPEC: PRO). */
import { describe, expect, test } from "vitest";
import type { Command } from "../../shared/domain/commands.ts";
import { present } from "../../shared/domain/disclosure.ts";
import type { DisposeProposal, TableProposal } from "../../shared/domain/proposals.ts";
import { allProposals, proposalOf } from "../../shared/domain/proposals.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import { differencesOf } from "../../shared/domain/versions.ts";
import { flatText } from "../../shared/domain/text.ts";
import type { DelegationCode, ProposalId, WordingHash } from "../../shared/domain/values.ts";
import { sealAll } from "../support/seal.ts";
import { heading, idOf, paragraph, Table } from "../support/table.ts";

const team: Viewer = { kind: "team" };
const thePublic: Viewer = { kind: "public" };
const delegation = (code: string): Viewer => ({ kind: "delegation", code: code as DelegationCode });

const words = "States should cooperate and share what they learn.";
const aTable = (setting: ConstructorParameters<typeof Table>[1] = {}): Table => {
  const table = new Table(
    [
      heading("h", "Norms"),
      paragraph("a", words),
      paragraph("point", "through their contact points;", { level: 1 }),
      paragraph("b", "States decide to establish a directory."),
      paragraph("c", "Some States proposed a convention.", { part: "chair-summary" }),
    ],
    setting,
  );
  table.circulate();
  return table;
};

const tabling = (table: Table, name: string, more: Partial<TableProposal> = {}): TableProposal => ({
  kind: "table-proposal",
  paragraph: idOf(name),
  wording: table.wording(name),
  ...more,
});
const propose = (table: Table, code: string, text: string, more: Partial<TableProposal> = {}): ProposalId =>
  table.do(`delegation:${code}`, tabling(table, "a", { text, ...more })) as ProposalId;
const dispose = (
  table: Table,
  proposal: ProposalId,
  fate: DisposeProposal["fate"],
  more: Partial<DisposeProposal> = {},
) => table.do("chair", { kind: "dispose-proposal", proposal, fate, ...more });
const read = (table: Table, name = "a"): string => flatText(table.block(name).content);
const seen = (table: Table, viewer: Viewer = team): readonly SeenProposal[] =>
  composeReport(table.record, table.text, viewer).parts.consensus.flatMap(({ proposals }) => proposals);
const fateOf = (table: Table, id: ProposalId) => proposalOf(table.record, id)?.fate?.fate ?? null;

describe("tabling", () => {
  test("[PRO1] a proposal names words that the paragraph had in circulation, on a paragraph that stands", () => {
    const table = aTable();
    const earlier = table.wording("a");
    table.retype("a", "States shall cooperate and share what they learn.");
    table.circulate();
    expect(
      table.refusal("delegation:XAA", tabling(table, "a", { wording: earlier, text: "States must cooperate." })),
    ).toBeNull();
    expect(
      table.refusal("delegation:XAA", tabling(table, "a", { wording: "f".repeat(64) as WordingHash, text: "No." })),
    ).toBe("wording-unknown");
    table.text = table.text.filter(({ id }) => id !== idOf("b"));
    const onRemoved: Command = { kind: "table-proposal", paragraph: idOf("b"), wording: earlier, text: "Anything." };
    table.circulate();
    expect(table.refusal("delegation:XAA", onRemoved)).toBe("paragraph-unknown");
    table.text = [...table.text, paragraph("new", "Not circulated.")];
    expect(table.refusal("delegation:XAA", tabling(table, "new", { text: "Words." }))).toBe("not-circulated");
  });

  test("[PRO1] it asks for other words, a new paragraph, a deletion or a move", () => {
    const table = aTable();
    table.do("delegation:XAA", tabling(table, "a", { change: "insert-after", text: "A new one." }));
    table.do("delegation:XAA", tabling(table, "a", { change: "delete" }));
    table.do("delegation:XAA", tabling(table, "a", { change: "move", to: "chair-summary" }));
    expect(seen(table).map(({ kind }) => kind)).toEqual(["insert-after", "delete", "move"]);
    expect(table.refusal("delegation:XAA", tabling(table, "a", { change: "move", to: "consensus" }))).toBe(
      "already-there",
    );
    expect(table.refusal("delegation:XAA", tabling(table, "h", { change: "move", to: "chair-summary" }))).toBe(
      "not-a-paragraph",
    );
  });

  test("[PRO2] States propose for themselves; the team records from the floor, to be confirmed by the one it was heard from", () => {
    const table = aTable();
    expect(table.refusal("delegation:XOB", tabling(table, "a", { text: "Other." }))).toBe("not-a-state");
    expect(
      table.refusal("delegation:XAA", tabling(table, "a", { text: "Other.", onBehalfOf: "XBB" as DelegationCode })),
    ).toBe("not-allowed");
    expect(table.refusal("adviser:XAA", tabling(table, "a", { text: "Other." }))).toBe("not-allowed");
    expect(table.refusal("chair", tabling(table, "a", { text: "Other." }))).toBe("delegation-needed");
    const floor = table.do(
      "chair",
      tabling(table, "a", { text: "Other.", onBehalfOf: "XBB" as DelegationCode }),
    ) as ProposalId;
    expect(seen(table)[0]).toMatchObject({ by: { code: "XBB" }, confirmed: false });
    expect(table.refusal("delegation:XAA", { kind: "confirm-proposal", proposal: floor })).toBe("not-yours");
    table.do("delegation:XBB", { kind: "confirm-proposal", proposal: floor });
    expect(seen(table)[0]).toMatchObject({ confirmed: true });
    expect(table.refusal("delegation:XBB", { kind: "confirm-proposal", proposal: floor })).toBe("nothing-to-confirm");
  });

  test("[PRO3] words that are none, too many, unseen or those that stand are refused in words", () => {
    const table = aTable();
    const refusal = (more: Partial<TableProposal>) => table.refusal("delegation:XAA", tabling(table, "a", more));
    expect(refusal({})).toBe("words-needed");
    expect(refusal({ text: "   " })).toBe("words-needed");
    expect(refusal({ text: "long ".repeat(5_000) })).toBe("words-too-long");
    expect(refusal({ text: "States sho\u00ADuld cooperate." })).toBe("hidden-characters");
    expect(refusal({ text: `  ${words} ` })).toBe("same-words");
  });

  test("[PRO4] plain words keep the looks and the notes of the words they are made from", () => {
    const table = new Table([
      paragraph("a", "", {
        content: [
          { t: "text", text: "States " },
          { t: "text", text: "should", marks: ["em"] },
          { t: "footnote", id: "n", text: "See the charter." },
          { t: "text", text: " cooperate." },
        ],
      }),
    ]);
    table.circulate();
    const id = propose(table, "XAA", "All States should cooperate fully.");
    expect(proposalOf(table.record, id)?.content).toEqual([
      { t: "text", text: "All States " },
      { t: "text", text: "should", marks: ["em"] },
      { t: "footnote", id: "n", text: "See the charter." },
      { t: "text", text: " cooperate fully." },
    ]);
  });
});

describe("sponsors", () => {
  test("[PRO5] only its author amends or withdraws a proposal; amended, it leaves a trace and asks its co-sponsors again", () => {
    const table = aTable();
    const first = propose(table, "XAA", "States shall cooperate and share what they learn.");
    table.do("delegation:XBB", { kind: "cosponsor", proposal: first });
    const amending: Command = {
      kind: "amend-proposal",
      proposal: first,
      wording: table.wording("a"),
      text: "States must cooperate.",
    };
    expect(table.refusal("delegation:XBB", amending)).toBe("not-yours");
    expect(table.refusal("delegation:XBB", { kind: "withdraw-proposal", proposal: first })).toBe("not-yours");
    const second = table.do("delegation:XAA", amending) as ProposalId;
    expect(proposalOf(table.record, first)?.fate).toMatchObject({ fate: "superseded", into: second });
    expect(proposalOf(table.record, second)).toMatchObject({ supersedes: first, cosponsors: [], invited: ["XBB"] });
    expect(table.refusal("delegation:XAA", amending)).toBe("proposal-disposed");
    table.do("delegation:XAA", { kind: "withdraw-proposal", proposal: second });
    expect(fateOf(table, second)).toBe("withdrawn");
  });

  test("[PRO6] who may read it joins with one act and leaves again; the author does not join its own", () => {
    const table = aTable();
    const proposal = propose(table, "XAA", "States shall cooperate.");
    expect(table.refusal("delegation:XAA", { kind: "cosponsor", proposal })).toBe("own-proposal");
    expect(table.refusal("delegation:XOB", { kind: "cosponsor", proposal })).toBe("not-a-state");
    table.do("delegation:XBB", { kind: "cosponsor", proposal });
    expect(table.refusal("delegation:XBB", { kind: "cosponsor", proposal })).toBe("nothing-changes");
    expect(seen(table)[0]).toMatchObject({ cosponsors: [{ code: "XBB" }], sponsors: 2 });
    table.do("delegation:XBB", { kind: "cosponsor", proposal, leave: true });
    expect(seen(table)[0]).toMatchObject({ cosponsors: [], sponsors: 1 });
  });

  test("[PRO15] what asked for a move is taken up by the chair's own move there, and stands in the way no more", () => {
    const table = aTable();
    const asks = { kind: "table-proposal", paragraph: idOf("a"), wording: table.wording("a"), change: "move" } as const;
    const id = table.do("delegation:XAA", { ...asks, to: "chair-summary", reason: "Not for us." }) as ProposalId;
    const other = table.do("delegation:XBB", { ...asks, change: "delete" }) as ProposalId;
    table.move("a", "chair-summary");
    expect(proposalOf(table.record, id)?.fate).toMatchObject({
      fate: "taken-up",
      reason: "no consensus at this stage",
    });
    expect(proposalOf(table.record, other)?.fate).toBeNull();
  });

  test("[PRO14] a co-sponsor heard from the floor counts once that delegation joins, and is gone when it declines", () => {
    const table = aTable();
    const proposal = propose(table, "XAA", "States shall cooperate.");
    const heard: Command = { kind: "cosponsor", proposal, onBehalfOf: "XBB" as DelegationCode };
    expect(table.refusal("chair", { kind: "cosponsor", proposal })).toBe("delegation-needed");
    expect(table.refusal("chair", { ...heard, onBehalfOf: "XAA" as DelegationCode })).toBe("own-proposal");
    expect(table.refusal("delegation:XCC", heard)).toBe("not-yours");
    table.do("secretariat", heard);
    expect(table.refusal("chair", heard)).toBe("nothing-changes");
    expect(table.refusal("chair", { ...heard, leave: true })).toBe("not-yours");
    expect(seen(table)[0]).toMatchObject({ sponsors: 1, cosponsors: [], heard: [{ code: "XBB" }] });
    const declining = table.fork();
    declining.do("delegation:XBB", { kind: "cosponsor", proposal, leave: true });
    expect(seen(declining)[0]).toMatchObject({ sponsors: 1, heard: [] });
    table.do("delegation:XBB", { kind: "cosponsor", proposal });
    expect(seen(table)[0]).toMatchObject({ sponsors: 2, cosponsors: [{ code: "XBB" }], heard: [] });
    const closed = aTable({ disclosure: "closed" });
    const hidden = propose(closed, "XAA", "States shall cooperate.");
    expect(closed.refusal("chair", { ...heard, proposal: hidden })).toBe("not-allowed");
  });

  test("[PRO6] where words are the chair's alone to know, only whom the author asked may join", () => {
    const table = aTable({ disclosure: "closed" });
    const proposal = propose(table, "XAA", "States shall cooperate.", { invited: ["XBB" as DelegationCode] });
    expect(table.refusal("delegation:XCC", { kind: "cosponsor", proposal })).toBe("not-allowed");
    expect(table.refusal("delegation:XBB", { kind: "cosponsor", proposal })).toBeNull();
  });
});

test("[PRO6] who was asked to co-sponsor is no longer told so once it does", () => {
  const table = aTable();
  const proposal = propose(table, "XAA", "States shall cooperate.", { invited: ["XBB" as DelegationCode] });
  expect(seen(table, delegation("XBB"))[0]?.invited).toBe(true);
  table.do("delegation:XBB", { kind: "cosponsor", proposal });
  expect(seen(table, delegation("XBB"))[0]?.invited).toBeUndefined();
});

describe("fates", () => {
  test("[PRO7] taken up, the words are written in the same act, and the entry names the words before and after", () => {
    const table = aTable();
    const before = table.wording("a");
    const id = propose(table, "XAA", "States shall cooperate fully and share what they learn.");
    dispose(table, id, "taken-up");
    expect(read(table)).toBe("States shall cooperate fully and share what they learn.");
    expect(table.entries.at(-1)?.what).toMatchObject({
      fate: "taken-up",
      paragraph: idOf("a"),
      before,
      after: table.wording("a"),
    });
  });

  test("[PRO7] of two chairs disposing of one proposal the second is refused, and nothing is lost", () => {
    const table = aTable();
    const id = propose(table, "XAA", "States shall cooperate and share what they learn.");
    dispose(table, id, "taken-up");
    const after = read(table);
    expect(
      table.refusal("secretariat", { kind: "dispose-proposal", proposal: id, fate: "not-taken-up", reason: "No." }),
    ).toBe("proposal-disposed");
    expect(read(table)).toBe(after);
  });

  test("[PRO7] not taken up needs a reason; merged needs to say into what", () => {
    const table = aTable();
    const [one, other] = [
      propose(table, "XAA", "States shall cooperate."),
      propose(table, "XBB", "States must cooperate."),
    ];
    const disposing = (fate: DisposeProposal["fate"], more: Partial<DisposeProposal> = {}): Command => ({
      kind: "dispose-proposal",
      proposal: one,
      fate,
      ...more,
    });
    expect(table.refusal("chair", disposing("not-taken-up"))).toBe("reason-needed");
    expect(table.refusal("chair", disposing("merged"))).toBe("proposal-unknown");
    expect(table.refusal("chair", disposing("merged", { into: one }))).toBe("proposal-unknown");
    dispose(table, one, "merged", { into: other });
    expect(fateOf(table, one)).toBe("merged");
    dispose(table, other, "not-taken-up", { reason: "No consensus." });
    expect(seen(table)[1]?.fate).toMatchObject({ kind: "not-taken-up", reason: "No consensus." });
  });

  test("[PRO7] a new paragraph, a deletion and a move are taken up as what they are", () => {
    const table = aTable();
    const added = table.do(
      "delegation:XAA",
      tabling(table, "a", { change: "insert-after", text: "A new one." }),
    ) as ProposalId;
    const moved = table.do(
      "delegation:XAA",
      tabling(table, "b", { change: "move", to: "chair-summary", reason: "No consensus." }),
    ) as ProposalId;
    const deleted = table.do("delegation:XBB", tabling(table, "point", { change: "delete" })) as ProposalId;
    dispose(table, added, "taken-up");
    // After the points of the paragraph, which would otherwise become points of the new one.
    expect(table.text.map(({ content }) => flatText(content))[3]).toBe("A new one.");
    dispose(table, moved, "taken-up");
    expect(table.block("b").part).toBe("chair-summary");
    dispose(table, deleted, "taken-up");
    expect(table.text.some(({ id }) => id === idOf("point"))).toBe(false);
  });

  test("[PRO16] new paragraphs after the same one stand as they were tabled, whichever is taken up first", () => {
    const added = ["First new.", "Second new.", "Third new."];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [1, 0, 2],
    ]) {
      const table = aTable();
      const ids = added.map((text) => propose(table, "XAA", text, { change: "insert-after" }));
      for (const index of order) dispose(table, ids[index]!, "taken-up");
      const at = table.text.findIndex(({ id }) => id === idOf("point")) + 1;
      expect(table.text.slice(at, at + 3).map(({ content }) => flatText(content))).toEqual(added);
    }
  });

  test("[VER5] a version says by whose proposal a paragraph was moved", () => {
    const table = aTable();
    table.do("chair", { kind: "issue-version" });
    const asked = tabling(table, "b", { change: "move", to: "chair-summary", reason: "No consensus." });
    const moved = table.do("delegation:XAA", asked) as ProposalId;
    dispose(table, moved, "taken-up");
    table.do("chair", { kind: "issue-version" });
    const change = table.record.versions.at(-1)?.changes.find(({ paragraph }) => paragraph === idOf("b"));
    expect(change?.kinds).toEqual(["part"]);
    expect(change?.acts.map(({ how, proposal }) => [how, proposal])).toEqual([
      ["proposal", moved],
      ["move", undefined],
    ]);
  });

  test("[PRO7] in the chair's summary, the words stand there as a paragraph of their own", () => {
    const table = aTable();
    const id = propose(table, "XAA", "States shall be bound.");
    dispose(table, id, "in-chair-summary", { text: "It was proposed that States shall be bound." });
    expect(table.text.at(-1)).toMatchObject({
      part: "chair-summary",
      content: [{ text: "It was proposed that States shall be bound." }],
    });
    expect(read(table)).toBe(words);
  });

  test("[PRO8] in part: chosen changes alone, or the chair's own result on words that nobody touched meanwhile", () => {
    const table = aTable();
    const id = propose(table, "XAA", "States shall cooperate fully and share what they know.");
    const other = propose(table, "XBB", "States should cooperate and tell what they learn.");
    dispose(table, id, "taken-up-in-part", { hunks: [1] });
    expect(read(table)).toBe("States should cooperate fully and share what they learn.");
    const wording = table.wording("a");
    table.retype("a", "States should cooperate fully and share all they learn.");
    const editing: Command = {
      kind: "dispose-proposal",
      proposal: other,
      fate: "taken-up-in-part",
      text: "States tell.",
      wording,
    };
    expect(table.refusal("chair", editing)).toBe("wording-stale");
    dispose(table, other, "taken-up-in-part", {
      text: "States should tell all they learn.",
      wording: table.wording("a"),
    });
    expect(read(table)).toBe("States should tell all they learn.");
  });

  test("[PRO8] words that changed under it are not overwritten: the whole is refused, a part that stands is taken", () => {
    const table = aTable();
    const id = propose(table, "XAA", "States shall cooperate and share what they know.");
    table.retype("a", "States must cooperate and share what they learn.");
    expect(seen(table)[0]?.hunks?.map(({ place }) => place)).toMatchObject([
      { state: "conflict", why: "changed" },
      { state: "clean" },
    ]);
    expect(table.refusal("chair", { kind: "dispose-proposal", proposal: id, fate: "taken-up" })).toBe(
      "proposal-conflicts",
    );
    dispose(table, id, "taken-up-in-part", { hunks: [1] });
    expect(read(table)).toBe("States must cooperate and share what they know.");
  });

  test("[PRO9] the others stay when a neighbour is taken up, in either order", () => {
    const results = [0, 1].map((turn) => {
      const table = aTable();
      const both = [
        propose(table, "XAA", "States shall cooperate and share what they learn."),
        propose(table, "XBB", "States should cooperate fully and share what they learn."),
      ];
      dispose(table, both[turn]!, "taken-up");
      dispose(table, both[1 - turn]!, "taken-up");
      return read(table);
    });
    expect(results).toEqual(Array(2).fill("States shall cooperate fully and share what they learn."));
  });

  test("[PRO7] a version needs no other word for what a proposal made, and for what was typed before it still does", () => {
    const table = aTable();
    table.do("chair", { kind: "issue-version" });
    const open = () => differencesOf(table.record, table.text).flatMap((difference) => difference.open);
    const id = propose(table, "XAA", "States shall cooperate and share what they learn.");
    dispose(table, id, "taken-up");
    const added = table.do(
      "delegation:XBB",
      tabling(table, "b", { change: "insert-after", text: "A new one of some words." }),
    ) as ProposalId;
    dispose(table, added, "taken-up");
    expect(open()).toEqual([]);
    table.retype("b", "States decide to establish a common directory.");
    const late = table.do("delegation:XBB", {
      kind: "table-proposal",
      paragraph: idOf("b"),
      wording: table.record.wordings.get(idOf("b"))!.at(-1)!,
      text: "States agree to establish a directory.",
    }) as ProposalId;
    dispose(table, late, "taken-up");
    expect(open()).toEqual(["reworded"]);
  });

  test("[PRO10] without a fate it blocks and changes no status; removing its paragraph does not end it", () => {
    const table = aTable();
    const id = propose(table, "XAA", "States shall cooperate.");
    const blockers = () => composeReport(table.record, table.text, team).blockers;
    expect(table.status("a")).toBe("open");
    expect(blockers()).toMatchObject([{ why: "proposal", proposal: id, by: { code: "XAA" } }]);
    table.text = table.text.filter((block) => block.id !== idOf("a"));
    table.circulate();
    expect(blockers()).toMatchObject([{ why: "proposal", proposal: id }]);
    expect(table.refusal("chair", { kind: "dispose-proposal", proposal: id, fate: "taken-up" })).toBe(
      "paragraph-unknown",
    );
    dispose(table, id, "not-taken-up", { reason: "The paragraph was deleted." });
    expect(blockers()).toEqual([]);
  });

  test("[PRO10] on an agreed paragraph it is tabled, and taken up only after reopening", () => {
    const table = aTable();
    table.gavel("a");
    const id = propose(table, "XAA", "States shall cooperate.");
    expect(table.status("a")).toBe("agreed");
    expect(table.refusal("chair", { kind: "dispose-proposal", proposal: id, fate: "taken-up" })).toBe("agreed");
    table.do("chair", { kind: "reopen", paragraph: idOf("a"), reason: "A proposal." });
    expect(table.refusal("chair", { kind: "dispose-proposal", proposal: id, fate: "taken-up" })).toBeNull();
  });

  test("[PRO11] bracketed, both wordings stand side by side", () => {
    const table = aTable();
    const id = propose(table, "XAA", "States shall cooperate fully and share what they learn.");
    dispose(table, id, "bracketed");
    expect(read(table)).toBe("States [should][shall] cooperate [fully] and share what they learn.");
    expect(table.status("a")).toBe("contested");
  });
});

describe("who may see it", () => {
  test.each([
    ["closed", { XBB: "invited", XCC: "existence", public: null }],
    ["delegations", { XBB: "all", XCC: "all", public: "existence" }],
    ["open", { XBB: "all", XCC: "all", public: "all" }],
  ] as const)(
    "[DIS9] words and names as the rule %s says, and all to whom the author asked to join",
    (disclosure, expected) => {
      const table = aTable({ disclosure });
      const secret = "States shall be bound by law.";
      const proposal = propose(table, "XAA", secret, {
        reason: "A reason of ours.",
        invited: ["XBB" as DelegationCode],
      });
      dispose(table, proposal, "not-taken-up", { reason: "It has no support." });
      for (const [who, what] of Object.entries(expected)) {
        const viewer = who === "public" ? thePublic : delegation(who);
        const found = seen(table, viewer);
        const entries = sealAll(table.entries).map((entry) => present(entry, viewer, table.record));
        const told = JSON.stringify([found, entries.slice(-2)]);
        expect([who, found.length], told).toEqual([who, what === null ? 0 : 1]);
        const reads = what === "all" || what === "invited";
        expect([
          who,
          told.includes(secret),
          told.includes("A reason of ours."),
          told.includes("It has no support."),
        ]).toEqual([who, reads, reads, reads]);
        expect([who, told.includes('"XAA"')]).toEqual([who, reads]);
        if (what) expect(JSON.stringify(entries.at(-1))).toContain('"seat":{"role":"chair"}');
      }
    },
  );

  test("[DIS9] nothing of the words reaches a report of who may not read them", () => {
    const table = aTable({ disclosure: "closed" });
    propose(table, "XAA", "States shall cooperate.");
    expect(allProposals(table.record)).toHaveLength(1);
    expect(seen(table, delegation("XCC"))[0]).toEqual(
      expect.not.objectContaining({ text: expect.anything(), by: expect.anything(), reason: expect.anything() }),
    );
  });
});
