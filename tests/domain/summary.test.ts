/** What the chair's summary owes to those who spoke, rule by rule (SPEC: SUM). */
import { describe, expect, test } from "vitest";
import type { DisposeProposal, TableProposal } from "../../shared/domain/proposals.ts";
import { present } from "../../shared/domain/disclosure.ts";
import { disagreement, quantifierFor, quantifiersIn } from "../../shared/domain/quantifiers.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { usualReference } from "../../shared/domain/summary.ts";
import type { DelegationCode, CorrectionRequestId, ProposalId } from "../../shared/domain/values.ts";
import { sealAll } from "../support/seal.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const team: Viewer = { kind: "team" };
const thePublic: Viewer = { kind: "public" };
const delegation = (code: string): Viewer => ({ kind: "delegation", code: code as DelegationCode });

const aTable = (setting: ConstructorParameters<typeof Table>[1] = {}): Table => {
  const table = new Table(
    [
      paragraph("a", "States should cooperate and share what they learn."),
      paragraph("b", "States decide to establish a directory."),
      paragraph("c", "Some States proposed a convention.", { part: "chair-summary" }),
    ],
    setting,
  );
  table.circulate();
  return table;
};

describe("the annex", () => {
  const propose = (table: Table, code: string, name: string, more: Partial<TableProposal>): ProposalId =>
    table.do(`delegation:${code}`, {
      kind: "table-proposal",
      paragraph: idOf(name),
      wording: table.wording(name),
      ...more,
    }) as ProposalId;
  const dispose = (table: Table, proposal: ProposalId, fate: DisposeProposal["fate"], more: object = {}) =>
    table.do("chair", { kind: "dispose-proposal", proposal, fate, ...more });
  const annex = (table: Table, viewer: Viewer = team) => composeReport(table.record, table.text, viewer).annex;

  test("[SUM1] holds what was not taken up, by paragraph in reading order, with fate and reason", () => {
    const table = aTable();
    const onB = propose(table, "XBB", "b", { text: "States shall establish a directory." });
    const onA = propose(table, "XAA", "a", { text: "States shall cooperate and share what they learn." });
    expect(annex(table)).toEqual([]); // the chair's team has not decided
    dispose(table, onB, "not-taken-up", { reason: "no mandate" });
    dispose(table, onA, "not-taken-up", { reason: "no consensus" });
    expect(annex(table)).toMatchObject([
      { number: "1", proposals: [{ id: onA, by: { code: "XAA" }, fate: { reason: "no consensus" } }] },
      { number: "2", proposals: [{ id: onB, by: { code: "XBB" }, fate: { reason: "no mandate" } }] },
    ]);
  });

  test("[SUM1] holds what was taken up in part, merged or superseded by the chair, and not what stands in the text", () => {
    const table = aTable();
    const text = "States shall cooperate and share all that they learn.";
    const inPart = propose(table, "XAA", "a", { text });
    dispose(table, inPart, "taken-up-in-part", { hunks: [0] });
    const taken = propose(table, "XBB", "b", { text: "States agree to establish a directory." });
    dispose(table, taken, "taken-up");
    table.circulate();
    const reported = propose(table, "XCC", "a", { change: "insert-after", text: "A fund is established." });
    dispose(table, reported, "in-chair-summary");
    const left = propose(table, "XCC", "a", { change: "delete" });
    dispose(table, left, "superseded");
    expect(annex(table).flatMap(({ proposals }) => proposals.map(({ id }) => id))).toEqual([inPart, left]);
  });

  test("[SUM1] leaves out what was merged into a bridging text that says all it asks for", () => {
    const table = aTable();
    const whole = propose(table, "XAA", "a", { text: "States shall cooperate and share what they learn." });
    const part = propose(table, "XBB", "a", { text: "States should cooperate closely and share all that they learn." });
    table.do("chair", {
      kind: "merge-proposals",
      paragraph: idOf("a"),
      wording: table.wording("a"),
      proposals: [whole, part],
      text: "States shall cooperate closely and share what they learn.",
    });
    expect(annex(table).flatMap(({ proposals }) => proposals.map(({ id }) => id))).toEqual([part]);
  });

  test("[SUM1] what was reported or bracketed comes into it once the text does not say it any more", () => {
    const table = aTable();
    const reported = propose(table, "XAA", "a", { change: "insert-after", text: "A fund is established." });
    dispose(table, reported, "in-chair-summary");
    const bracketed = propose(table, "XBB", "b", { text: "States decide to consider a directory." });
    dispose(table, bracketed, "bracketed");
    expect(annex(table)).toEqual([]);
    table.text = table.text.filter(({ id }) => idOf("a") === id || idOf("b") === id || idOf("c") === id);
    table.retype("b", "States decide to establish a directory.");
    expect(annex(table).map(({ proposals }) => proposals.map(({ id }) => id))).toEqual([[reported], [bracketed]]);
  });

  test("[SUM1] leaves out what its author withdrew or said in other words, and keeps what was on a removed paragraph", () => {
    const table = aTable();
    const withdrawn = propose(table, "XAA", "a", { text: "States may cooperate." });
    table.do("delegation:XAA", { kind: "withdraw-proposal", proposal: withdrawn });
    const first = propose(table, "XBB", "a", { text: "States must cooperate." });
    const second = table.do("delegation:XBB", {
      kind: "amend-proposal",
      proposal: first,
      wording: table.wording("a"),
      text: "All States must cooperate.",
    });
    dispose(table, second as ProposalId, "not-taken-up", { reason: "too far" });
    table.text = table.text.filter(({ id }) => id !== idOf("a"));
    expect(annex(table)).toMatchObject([{ number: null, proposals: [{ id: second }] }]);
  });

  test("[SUM2] says to each viewer what the proposal discloses", () => {
    for (const disclosure of ["closed", "delegations", "open"] as const) {
      const table = aTable({ disclosure });
      const id = propose(table, "XAA", "a", { text: "States shall cooperate." });
      dispose(table, id, "not-taken-up", { reason: "no consensus" });
      const seen = (viewer: Viewer) => annex(table, viewer)[0]?.proposals[0];
      expect(seen(delegation("XAA"))).toMatchObject({ by: { code: "XAA" }, text: "States shall cooperate." });
      const whole = { by: { code: "XAA" }, text: "States shall cooperate.", fate: { reason: "no consensus" } };
      if (disclosure === "closed")
        expect(JSON.stringify(annex(table, delegation("XBB")))).not.toMatch(/XAA|shall|no con/);
      else expect(seen(delegation("XBB"))).toMatchObject(whole);
      if (disclosure === "closed") expect(annex(table, thePublic)).toEqual([]);
      else if (disclosure === "open") expect(seen(thePublic)).toMatchObject(whole);
      else expect(JSON.stringify(annex(table, thePublic))).not.toMatch(/XAA|shall|no con/);
    }
  });
});

const codes = (...names: string[]): DelegationCode[] => names as DelegationCode[];
const summaryOf = (table: Table, viewer: Viewer = team) =>
  composeReport(table.record, table.text, viewer).parts.chairSummary.at(-1)!;

describe("words that say how many", () => {
  test("[SUM4] are found with the number they name", () => {
    const text =
      "Some States agreed; a number of delegations, two member States and 12 parties did not. One State left.";
    expect(quantifiersIn(text).map(({ words, quantifier, count }) => [words, quantifier, count])).toEqual([
      ["Some States", "some", null],
      ["a number of delegations", "number", null],
      ["two member States", "some", 2],
      ["12 parties", "some", 12],
      ["One State", "one", null],
    ]);
    for (const { from, to, words } of quantifiersIn(text)) expect(text.slice(from, to)).toBe(words);
    expect(quantifiersIn("States of emergency, some of which last.")).toEqual([]);
  });

  test("[SUM4] agree with a list or say more or less than it", () => {
    const of = (words: string, count: number, table: number) =>
      disagreement(quantifiersIn(`${words} objected.`)[0]!, count, table);
    expect([of("Many States", 9, 193), of("Many States", 10, 193)]).toEqual(["fewer", null]);
    expect([of("Most States", 96, 193), of("Most States", 97, 193)]).toEqual(["fewer", null]);
    expect([of("A few States", 4, 193), of("A few States", 5, 193)]).toEqual([null, "more"]);
    expect([of("One delegation", 1, 193), of("One delegation", 2, 193)]).toEqual([null, "more"]);
    expect([of("Three States", 2, 193), of("Three States", 3, 193)]).toEqual(["fewer", null]);
    expect([of("Some States", 1, 193), of("Some States", 96, 193), of("Some States", 97, 193)]).toEqual([
      "fewer",
      null,
      "more",
    ]);
    expect([of("Many States", 1, 6), of("Many States", 3, 6)]).toEqual(["fewer", null]);
  });

  test("[SUM4] the word offered for a number never disagrees with it", () => {
    const offered = {
      one: "One State",
      few: "A few States",
      some: "Some States",
      many: "Many States",
      most: "Most States",
    };
    for (const table of [2, 3, 5, 12, 24, 40, 193])
      for (let count = 1; count <= table; count++) {
        const words = offered[quantifierFor(count, table)];
        expect([table, count, words, disagreement(quantifiersIn(words)[0]!, count, table)]).toEqual([
          table,
          count,
          words,
          null,
        ]);
      }
  });

  test("[SUM3] are tied to delegations by the chair's team, once the words are circulated as far as names go", () => {
    for (const [disclosure, others, publicly] of [
      ["closed", [], []],
      ["delegations", ["XAA", "XBB"], []],
      ["open", ["XAA", "XBB"], ["XAA", "XBB"]],
    ] as const) {
      const table = aTable({ disclosure });
      const tie = { kind: "tie-quantifier", paragraph: idOf("c"), wording: table.wording("c"), from: 0 } as const;
      expect(table.refusal("delegation:XAA", { ...tie, delegations: [] })).toBe("not-allowed");
      expect(table.refusal("chair", { ...tie, paragraph: idOf("a"), delegations: [] })).toBe("not-in-summary");
      expect(table.refusal("chair", { ...tie, from: 3, delegations: [] })).toBe("quantifier-unknown");
      expect(table.refusal("chair", { ...tie, delegations: codes("XZZ") })).toBe("delegation-unknown");
      table.do("secretariat", { ...tie, delegations: codes("XAA", "XBB", "XAA") });
      const by = (viewer: Viewer) =>
        summaryOf(table, viewer).quantifiers.flatMap((one) => one.by.map(({ code }) => code));
      expect([by(team), by(delegation("XCC")), by(thePublic)]).toEqual([["XAA", "XBB"], others, publicly]);
      const entry = sealAll(table.entries).at(-1)!;
      expect(JSON.stringify(present(entry, thePublic, table.record)).includes("XAA")).toBe(publicly.length > 0);
    }
    const drafted = aTable({ disclosure: "open" });
    drafted.retype("c", "Many States proposed a convention.");
    const wording = drafted.wording("c");
    drafted.do("chair", { kind: "tie-quantifier", paragraph: idOf("c"), wording, from: 0, delegations: codes("XAA") });
    expect(summaryOf(drafted, thePublic).quantifiers).toEqual([]);
  });

  test("[SUM5] [SUM4] the chair's team is told what is untied, said of earlier words, or disagrees", () => {
    const table = aTable();
    const warning = () => summaryOf(table).quantifiers.map((one) => one.warning);
    const tie = (...names: string[]) =>
      table.do("chair", {
        kind: "tie-quantifier",
        paragraph: idOf("c"),
        wording: table.wording("c"),
        from: 0,
        delegations: codes(...names),
      });
    expect(warning()).toEqual(["untied"]);
    tie("XAA");
    expect(warning()).toEqual(["fewer"]);
    tie("XAA", "XOB"); // an observer is no State
    expect(warning()).toEqual(["fewer"]);
    table.retype("c", "One State proposed a convention.");
    expect(warning()).toEqual(["untied"]);
    table.retype("c", "Some States proposed a treaty.");
    expect(warning()).toEqual(["stale"]);
    tie("XAA", "XBB");
    expect(warning()).toEqual([undefined]);
    expect(table.refusal("chair", { kind: "circulate" })).toBeNull();
  });
});

describe("corrections of fact", () => {
  const request = (table: Table, code: string, text = "We proposed no convention.", more: object = {}) =>
    table.do(`delegation:${code}`, {
      kind: "request-correction",
      paragraph: idOf("c"),
      wording: table.wording("c"),
      text,
      ...more,
    }) as CorrectionRequestId;

  test("[SUM6] any delegation asks, an observer too, and nothing stands in the way because of it", () => {
    const table = aTable();
    const asked = { kind: "request-correction", wording: table.wording("c"), text: "No." } as const;
    expect(table.refusal("delegation:XAA", { ...asked, paragraph: idOf("a") })).toBe("not-in-summary");
    expect(table.refusal("adviser:XAA", { ...asked, paragraph: idOf("c") })).toBe("not-allowed");
    expect(table.refusal("delegation:XAA", { ...asked, paragraph: idOf("c"), text: " " })).toBe("reason-needed");
    const before = composeReport(table.record, table.text, team);
    request(table, "XOB");
    table.do("chair", { ...asked, paragraph: idOf("c"), onBehalfOf: "XAA" as DelegationCode });
    const { blockers, overview } = composeReport(table.record, table.text, team);
    expect([blockers, overview]).toEqual([before.blockers, before.overview]);
    expect(summaryOf(table).corrections).toMatchObject([
      { by: { code: "XOB" }, confirmed: true, says: "We proposed no convention." },
      { by: { code: "XAA" }, confirmed: false },
    ]);
  });

  test("[SUM6] is disclosed like a question", () => {
    for (const disclosure of ["closed", "delegations", "open"] as const) {
      const table = aTable({ disclosure });
      const id = request(table, "XAA", "Not our words.");
      table.do("chair", {
        kind: "answer-correction",
        request: id,
        corrected: false,
        reason: "It is in the transcript.",
      });
      const [own, other, anyone] = [delegation("XAA"), delegation("XBB"), thePublic].map((viewer) => {
        const entries = sealAll(table.entries).map((entry) => present(entry, viewer, table.record));
        return JSON.stringify([summaryOf(table, viewer).corrections, entries.slice(-2)]);
      });
      const tells = /Not our words|transcript/;
      expect(own).toMatch(tells);
      if (disclosure === "closed") expect(other).not.toMatch(tells);
      else expect(other).toMatch(tells);
      if (disclosure === "open") expect(anyone).toMatch(tells);
      else expect(anyone).not.toMatch(tells);
      expect(summaryOf(table, thePublic).corrections.length).toBe(disclosure === "closed" ? 0 : 1);
    }
  });

  test("[SUM7] is answered once: by other words, written with the answer or before it, or with a reason", () => {
    const table = aTable();
    const [first, second, third] = [request(table, "XAA"), request(table, "XBB"), request(table, "XCC")];
    const answer = (id: CorrectionRequestId, corrected: boolean, more: object = {}) =>
      ({ kind: "answer-correction", request: id, corrected, ...more }) as const;
    expect(table.refusal("delegation:XAA", answer(first, true))).toBe("not-allowed");
    expect(table.refusal("chair", answer(first, false))).toBe("reason-needed");
    expect(table.refusal("chair", answer(first, true))).toBe("same-words");
    const text = "One State proposed a convention.";
    expect(table.refusal("chair", answer(first, true, { text, wording: "0".repeat(64) }))).toBe("wording-stale");
    table.do("chair", answer(first, true, { text, wording: table.wording("c") }));
    expect(summaryOf(table).text).toBe(text);
    table.do("chair", answer(second, true)); // the words are others by now
    expect(summaryOf(table).corrections.slice(0, 2)).toMatchObject(
      [first, second].map(() => ({ answer: { how: "corrected", after: table.wording("c") } })),
    );
    expect(table.refusal("chair", answer(first, false, { reason: "Twice." }))).toBe("request-answered");
    table.do("delegation:XCC", { kind: "withdraw-correction-request", request: third });
    expect(table.refusal("delegation:XBB", { kind: "withdraw-correction-request", request: third })).toBe("not-yours");
    expect(table.refusal("chair", { kind: "issue-version", label: "Rev.1" })).toBeNull(); // no silent change
  });
});

describe("a correction that is asked for and the words in circulation", () => {
  const request = (table: Table, code = "XAA"): CorrectionRequestId =>
    table.do(`delegation:${code}`, {
      kind: "request-correction",
      paragraph: idOf("c"),
      wording: table.wording("c"),
      text: "We proposed no convention.",
    }) as CorrectionRequestId;
  const answer = (table: Table, id: CorrectionRequestId) =>
    table.do("chair", { kind: "answer-correction", request: id, corrected: true });
  const outstanding = (table: Table, viewer: Viewer) =>
    composeReport(table.record, viewer.kind === "team" ? table.text : table.record.text, viewer).parts.chairSummary[0]!
      .corrections[0]?.answer?.outstanding;

  test("[SUM10] it is outstanding until they are circulated, and again when the words complained of return", () => {
    const table = aTable();
    const id = request(table);
    const complained = "Some States proposed a convention.";
    table.retype("c", `${complained} It was discussed.`);
    answer(table, id);
    for (const viewer of [team, delegation("XAA"), thePublic]) expect(outstanding(table, viewer)).toBe(true);
    table.retype("c", complained);
    table.circulate();
    expect(outstanding(table, team)).toBe(true);
    table.retype("c", `${complained} It was discussed.`);
    table.circulate();
    for (const viewer of [team, delegation("XAA"), thePublic]) expect(outstanding(table, viewer)).toBeUndefined();
    table.retype("c", complained);
    table.circulate();
    expect(outstanding(table, delegation("XAA"))).toBe(true);
    expect(request(table)).toBeTruthy(); // asked again
  });

  test("[SUM11] on a removed paragraph it is in the annex as far as it is disclosed, and can be answered and withdrawn", () => {
    for (const disclosure of ["closed", "delegations"] as const) {
      const table = aTable({ disclosure });
      const [first, second] = [request(table), request(table, "XBB")];
      table.text = table.text.filter(({ id }) => id !== idOf("c"));
      const annexed = (viewer: Viewer, text = table.record.text) =>
        composeReport(table.record, text, viewer).annex.flatMap(({ number, corrections }) => [number, ...corrections]);
      const all = [null, { by: { code: "XAA" }, says: "We proposed no convention.", answer: null }, { id: second }];
      expect(annexed(team, table.text)).toMatchObject(all);
      expect(annexed(delegation("XAA"))).toEqual([]); // to others it stands beside the paragraph still
      table.circulate();
      expect(annexed(delegation("XAA"))[1]).toMatchObject({ by: { code: "XAA" }, says: "We proposed no convention." });
      const known = annexed(thePublic);
      if (disclosure === "closed") expect(known).toEqual([]);
      else expect(known).toEqual([null, ...[first, second].map((id) => expect.objectContaining({ id }))]);
      expect(JSON.stringify(known)).not.toMatch(/XAA|proposed/);
      answer(table, first);
      table.do("delegation:XBB", { kind: "withdraw-correction-request", request: second });
      expect(annexed(team)).toMatchObject([null, { answer: { how: "corrected" } }, { answer: { how: "withdrawn" } }]);
      expect(JSON.stringify(annexed(team))).not.toContain("outstanding");
    }
  });

  test("[SUM12] one delegation has a hundred without an answer", () => {
    const table = aTable();
    for (let count = 0; count < 100; count++) request(table);
    const asking = {
      kind: "request-correction",
      paragraph: idOf("c"),
      wording: table.wording("c"),
      text: "No.",
    } as const;
    expect(table.refusal("delegation:XAA", asking)).toBe("too-many");
    expect(table.refusal("delegation:XBB", asking)).toBeNull();
    table.do("delegation:XAA", {
      kind: "withdraw-correction-request",
      request: table.record.summary.requests[0]!.id,
    });
    expect(table.refusal("delegation:XAA", asking)).toBeNull();
  });
});

describe("its place beside the consensus text", () => {
  test("[SUM8] objections to a placement, and to the sentence that refers to the summary, stand in the way", () => {
    const table = aTable();
    table.text = [...table.text.slice(0, 2), paragraph("ref", usualReference), ...table.text.slice(2)];
    table.circulate();
    table.object("XAA", "ref", "no consensus");
    table.do("delegation:XBB", {
      kind: "lodge-position",
      paragraph: idOf("c"),
      wording: table.wording("c"),
      level: "objection",
      placement: true,
    });
    table.object("XCC", "c"); // to the content, which is the chair's
    const { blockers } = composeReport(table.record, table.text, team);
    expect(blockers.map(({ paragraph: id, why, by }) => [id, why, by?.code])).toEqual([
      [idOf("ref"), "objection", "XAA"],
      [idOf("c"), "placement", "XBB"],
    ]);
    expect(table.status("ref")).toBe("contested");
    expect(table.mayGavel("ref")).toBe("contested");
  });

  test("[SUM9] it says of itself what it is, in the chair's words if there are any", () => {
    const table = aTable();
    const said = () => composeReport(table.record, table.text, thePublic).disclaimer;
    expect(said()).toMatch(/responsibility of the Chair/);
    expect(table.refusal("secretariat", { kind: "set-disclaimer", text: "Mine." })).toBe("only-the-chair");
    table.do("chair", { kind: "set-disclaimer", text: "This summary is mine alone." });
    expect(said()).toBe("This summary is mine alone.");
    expect(table.refusal("chair", { kind: "set-disclaimer", text: "This summary is mine alone." })).toBe(
      "nothing-changes",
    );
  });
});
