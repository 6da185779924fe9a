/** The silence procedure, and adoption. */
import { describe, expect, test } from "vitest";
import { Acting } from "../../shared/domain/acts/acting.ts";
import { adoptBySilence } from "../../shared/domain/acts/adoption.ts";
import { extendForOutage, settle } from "../../shared/domain/acts/silence.ts";
import type { Command } from "../../shared/domain/commands.ts";
import { present } from "../../shared/domain/disclosure.ts";
import { composeReport } from "../../shared/domain/report.ts";
import { drainMs, hourMs, lapsingFor, silenceMinimumHours } from "../../shared/domain/silence.ts";
import { lockedParagraphs } from "../../shared/domain/status.ts";
import type { DelegationCode, EpochMs, PositionId, SilenceId } from "../../shared/domain/values.ts";
import { momentOf, wallClockAt, workingMorning } from "../../shared/domain/zoned-time.ts";
import { chance } from "../support/random.ts";
import { actor, heading, idOf, paragraph, Table } from "../support/table.ts";

/** Ten thousand take a quarter of a minute: `RACES=10000`. */
const races = Number(process.env["RACES"] ?? 1_000);
const minimum = 72 * hourMs;
const team = { kind: "team" } as const;

function aTable(setting: ConstructorParameters<typeof Table>[1] = {}): Table {
  const table = new Table(
    [
      heading("h", "Norms"),
      paragraph("a", "States should cooperate and share what they learn."),
      paragraph("b", "States decide to establish a global directory."),
      paragraph("c", "Some States proposed a treaty.", { part: "chair-summary" }),
    ],
    setting,
  );
  table.circulate();
  return table;
}

type Announce = Extract<Command, { kind: "announce-silence" }>;
const announcing = (table: Table, more: Partial<Announce> = {}): Announce => ({
  kind: "announce-silence",
  scope: "whole",
  deadline: (table.now + minimum + 60_000) as EpochMs,
  zone: "America/New_York",
  ...more,
});
const announce = (table: Table, more: Partial<Announce> = {}): SilenceId =>
  table.do("chair", announcing(table, more)) as SilenceId;
const silenceOf = (table: Table, id: SilenceId) => table.record.silences.get(id)!;
const breaks = (procedure: SilenceId, ...names: string[]): Command => ({
  kind: "break-silence",
  procedure,
  ...(names.length > 0 && { paragraphs: names.map(idOf) }),
  reason: "Instructions.",
});

/** The table at its deadline, to the millisecond, before an act by `do`, which takes a second. */
function at(table: Table, id: SilenceId, ms: number): void {
  table.now = (silenceOf(table, id).deadline + ms - 1_000) as EpochMs;
}

const server = (table: Table): Acting => new Acting(actor("secretariat"), table.now);

/** What the server records once the deadline has passed. */
function close(table: Table, id: SilenceId): void {
  const silence = silenceOf(table, id);
  table.now = Math.max(table.now, silence.deadline + drainMs) as EpochMs;
  table.append(settle(table.record, silence, server(table)));
  const adopted =
    silence.adopts && silence.breaks.length === 0 ? adoptBySilence(table.record, id, server(table)) : null;
  if (adopted) table.append([adopted]);
}

describe("announcing", () => {
  test("[SIL1] silence on the whole covers every paragraph of the consensus text, and none of the summary", () => {
    const table = aTable();
    const id = announce(table);
    expect(silenceOf(table, id)).toMatchObject({ whole: true, zone: "America/New_York", ended: null });
    expect(silenceOf(table, id).paragraphs).toEqual([
      { paragraph: idOf("a"), wording: table.wording("a") },
      { paragraph: idOf("b"), wording: table.wording("b") },
    ]);
    expect(aTable().refusal("chair", announcing(table, { scope: [idOf("c")] }))).toBe("not-consensus-text");
    expect(aTable().refusal("chair", announcing(table, { scope: [idOf("x")] }))).toBe("not-circulated");
    expect(aTable().refusal("secretariat", announcing(table))).toBe("only-the-chair");
  });

  test("[SIL2] it lasts the minimum at least", () => {
    const table = aTable();
    const deadline = (hours: number): Command =>
      announcing(table, { deadline: (table.now + hours * hourMs) as EpochMs });
    expect(table.refusal("chair", deadline(71.9))).toBe("deadline-too-soon");
    expect(table.refusal("chair", deadline(72))).toBeNull();
  });

  test("[SIL2] a lowered minimum counts for what is announced 72 hours later, a raised one at once", () => {
    const table = aTable();
    table.do("chair", { kind: "set-silence-minimum", hours: 24 });
    const lowered = table.now;
    const after = (hours: number): number => silenceMinimumHours(table.record, (lowered + hours * hourMs) as EpochMs);
    expect([after(0), after(71.9), after(72), after(100)]).toEqual([72, 72, 24, 24]);
    table.now = (lowered + 80 * hourMs) as EpochMs;
    table.do("chair", { kind: "set-silence-minimum", hours: 96 });
    expect([after(81), after(200)]).toEqual([96, 96]);
    expect(table.refusal("secretariat", { kind: "set-silence-minimum", hours: 1 })).toBe("only-the-chair");
  });

  test("[SIL3] never over an objection to the current words, a placement, brackets or hidden characters", () => {
    const table = aTable();
    table.object("XAA", "a");
    expect(table.refusal("chair", announcing(table, { lapses: true }))).toBe("contested");
    expect(table.refusal("chair", announcing(table, { scope: [idOf("b")] }))).toBeNull();
    table.retype("b", "States [decide][agree] to establish a directory.");
    table.circulate();
    expect(table.refusal("chair", announcing(table, { scope: [idOf("b")] }))).toBe("contested");
    const placed = aTable();
    placed.do("delegation:XAA", {
      kind: "lodge-position",
      paragraph: idOf("a"),
      wording: placed.wording("a"),
      level: "objection",
      placement: true,
    });
    placed.retype("a", "States should cooperate.");
    placed.circulate();
    expect(placed.refusal("chair", announcing(placed, { lapses: true }))).toBe("contested");
    const hidden = aTable();
    hidden.retype("a", "States should co\u00ADoperate.");
    hidden.circulate();
    expect(hidden.refusal("chair", announcing(hidden))).toBe("hidden-characters");
  });

  test("[SIL3] over an objection to earlier words only when it is announced that these lapse", () => {
    const table = aTable();
    table.object("XAA", "a");
    table.retype("a", "States should cooperate.");
    table.circulate();
    expect(table.refusal("chair", announcing(table))).toBe("earlier-objection-stands");
    expect(table.refusal("chair", announcing(table, { lapses: true }))).toBeNull();
  });

  test("[SIL3] moving a comma elsewhere does not make an objection to words one to earlier words", () => {
    const table = aTable();
    table.object("XAA", "a", "share what they learn");
    table.retype("a", "States should cooperate, and share what they learn.");
    table.circulate();
    expect(table.refusal("chair", announcing(table, { lapses: true }))).toBe("contested");
  });

  test("[SIL4] what is frozen is what everybody has seen", () => {
    const table = aTable();
    table.retype("a", "States shall cooperate.");
    expect(table.refusal("chair", announcing(table))).toBe("draft-differs");
    expect(table.refusal("chair", announcing(table, { scope: [idOf("b")] }))).toBeNull();
  });

  test("[SIL11] procedures do not overlap, and a new attempt is a new procedure", () => {
    const table = aTable();
    const first = announce(table, { scope: [idOf("a")] });
    expect(table.refusal("chair", announcing(table))).toBe("under-silence");
    expect(table.refusal("chair", announcing(table, { scope: [idOf("a")] }))).toBe("under-silence");
    expect(table.refusal("chair", announcing(table, { scope: [idOf("b")] }))).toBeNull();
    table.do("chair", { kind: "cancel-silence", procedure: first, reason: "Another wording is near." });
    expect(announce(table, { scope: [idOf("a")] })).not.toBe(first);
    expect(table.record.silences.size).toBe(2);
  });
});

describe("while it runs", () => {
  test("[SIL4] no act changes the words in its scope", () => {
    const table = aTable();
    table.gavel("b");
    announce(table);
    expect([...lockedParagraphs(table.record)].sort()).toEqual(["a", "b", "c", "h"].map(idOf).sort());
    expect(table.mayGavel("a")).toBe("under-silence");
    expect(table.refusal("chair", { kind: "reopen", paragraph: idOf("b"), reason: "Why." })).toBe("under-silence");
    expect(
      table.refusal("chair", { kind: "move-paragraph", paragraph: idOf("a"), to: "chair-summary", reason: "Why." }),
    ).toBe("under-silence");
    expect(
      table.refusal("chair", { kind: "move-paragraph", paragraph: idOf("c"), to: "consensus", reason: "Why." }),
    ).toBe("under-silence");
    table.text = [...table.text, paragraph("z", "And a new paragraph.")];
    expect(table.refusal("chair", { kind: "circulate" })).toBe("under-silence");
  });

  test("[SIL4] paragraphs outside the scope go on being negotiated", () => {
    const table = aTable();
    announce(table, { scope: [idOf("a")] });
    expect([...lockedParagraphs(table.record)]).toEqual([idOf("a")]);
    expect(table.mayGavel("b")).toBeNull();
    table.retype("b", "States establish a directory.");
    table.circulate();
    table.retype("a", "States shall cooperate.");
    expect(table.refusal("chair", { kind: "circulate" })).toBe("under-silence");
  });

  test("[SIL5] only states break it, each for itself, on what it runs on", () => {
    const table = aTable();
    const id = announce(table, { scope: [idOf("a")] });
    expect(table.refusal("delegation:XOB", breaks(id))).toBe("not-a-state");
    for (const seat of ["adviser:XAA", "reader:XAA", "stakeholder:ngo", "observer"])
      expect(table.refusal(seat, breaks(id))).toBe("not-allowed");
    expect(table.refusal("delegation:XAA", breaks(id, "b"))).toBe("not-in-scope");
    expect(table.refusal("chair", breaks(id))).toBe("delegation-needed");
    expect(table.refusal("delegation:XAA", { ...breaks(id), onBehalfOf: "XBB" as DelegationCode } as Command)).toBe(
      "not-allowed",
    );
    table.do("delegation:XAA", breaks(id));
    expect(table.refusal("delegation:XAA", breaks(id))).toBe("nothing-changes");
    expect(table.refusal("delegation:XBB", breaks(id))).toBeNull();
  });

  test("[SIL5] a break is an objection to each paragraph it names, and its author's to end", () => {
    const table = aTable();
    const id = announce(table);
    table.do("delegation:XAA", breaks(id, "a"));
    expect([table.status("a"), table.status("b")]).toEqual(["contested", "open"]);
    const [position] = table.record.positions.values();
    expect(position).toMatchObject({ by: "XAA", level: "objection", reason: "Instructions.", confirmed: true });
    expect(table.refusal("delegation:XBB", { kind: "withdraw-position", position: position!.id })).toBe("not-yours");
  });

  test("[SIL5] from the floor it acts at once, unconfirmed; whom else one speaks for gets no stance", () => {
    const table = aTable();
    const id = announce(table);
    table.do("secretariat", { ...breaks(id, "a"), onBehalfOf: "XBB" as DelegationCode } as Command);
    expect(silenceOf(table, id).breaks[0]).toMatchObject({ by: "XBB", confirmed: false, inTime: true });
    table.do("delegation:XAA", { ...breaks(id, "a"), alsoFor: ["XCC" as DelegationCode] } as Command);
    expect(silenceOf(table, id).breaks[1]).toMatchObject({ by: "XAA", alsoFor: ["XCC"] });
    expect([...table.record.positions.values()].map(({ by, confirmed }) => [by, confirmed])).toEqual([
      ["XBB", false],
      ["XAA", true],
    ]);
  });

  test("[SIL11] extended before the deadline only and to a later one, cancelled with a reason", () => {
    const table = aTable();
    const id = announce(table);
    const { deadline } = silenceOf(table, id);
    const extend = (by: number): Command => ({
      kind: "extend-silence",
      procedure: id,
      deadline: (deadline + by) as EpochMs,
    });
    expect(table.refusal("chair", extend(0))).toBe("deadline-not-later");
    expect(table.refusal("chair", { kind: "cancel-silence", procedure: id, reason: " " })).toBe("reason-needed");
    at(table, id, 1_000);
    expect(table.refusal("chair", extend(hourMs))).toBeNull();
    table.now = (deadline + 1) as EpochMs;
    expect(table.refusal("chair", extend(hourMs))).toBe("deadline-passed");
    expect(table.refusal("chair", { kind: "cancel-silence", procedure: id, reason: "Why." })).toBe("deadline-passed");
    table.now = (deadline - 5_000) as EpochMs;
    table.do("chair", extend(hourMs));
    expect(silenceOf(table, id).deadline).toBe(deadline + hourMs);
    table.do("chair", { kind: "cancel-silence", procedure: id, reason: "A better wording is near." });
    expect(lockedParagraphs(table.record).size).toBe(0);
    expect(table.refusal("delegation:XAA", breaks(id))).toBe("silence-ended");
  });

  test("[SIL9] an outage of more than a minute in the last hour moves the deadline by as long", () => {
    const table = aTable();
    const silence = silenceOf(table, announce(table));
    const { deadline } = silence;
    const extended = (from: number, to: number): number | null => {
      const outage = { from: (deadline + from) as EpochMs, to: (deadline + to) as EpochMs };
      const draft = extendForOutage(silence, outage, server(table));
      return draft?.what.kind === "silence-extended" ? draft.what.deadline - deadline : null;
    };
    const minute = 60_000;
    expect(extended(-30 * minute, -20 * minute)).toBe(10 * minute);
    expect(extended(-minute, 9 * minute)).toBe(10 * minute);
    // Only what lies in the last hour counts.
    expect(extended(-90 * minute, -50 * minute)).toBe(10 * minute);
    expect(extended(-90 * minute, -61 * minute)).toBeNull();
    expect(extended(-30 * minute, -29 * minute)).toBeNull();
    expect(extended(minute, 30 * minute)).toBeNull();
  });
});

describe("the deadline", () => {
  test.each([
    [-1, true],
    [0, true],
    [1, false],
    [1_999, false],
  ])("[SIL6] a break %i ms after the deadline is in time: %s", (late, inTime) => {
    const table = aTable();
    const id = announce(table);
    at(table, id, late);
    table.do("delegation:XAA", breaks(id, "a"));
    expect(silenceOf(table, id).breaks[0]?.inTime).toBe(inTime);
    close(table, id);
    expect([table.status("a"), table.status("b")]).toEqual([inTime ? "contested" : "agreed", "agreed"]);
    expect(table.record.positions.size).toBe(inTime ? 1 : 0);
  });

  test("[SIL6] once settled, a break is recorded and does nothing", () => {
    const table = aTable();
    const id = announce(table);
    close(table, id);
    table.do("delegation:XAA", breaks(id));
    expect(silenceOf(table, id).breaks[0]?.inTime).toBe(false);
    expect([table.status("a"), table.status("b")]).toEqual(["agreed", "agreed"]);
  });

  test("[SIL6] races around the deadline (RACES): each break in time counts, none that is later", () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = chance(seed);
    const before = aTable();
    const id = announce(before);
    const { deadline } = silenceOf(before, id);
    const states = ["XAA", "XBB", "XCC"];
    for (let race = 0; race < races; race++) {
      const table = before.fork();
      // Three states break or object within ± 50 ms of the deadline, in the order in which their turns come.
      const moments = states.map(() => deadline - 50 + random.below(101)).sort((x, y) => x - y);
      const inTime = new Set<string>();
      const late = new Set<string>();
      moments.forEach((ms, index) => {
        const name = random.below(2) === 0 ? "a" : "b";
        table.now = (ms - 1_000) as EpochMs;
        const seat = `delegation:${states[index]}`;
        if (random.below(4) === 0) table.object(states[index]!, name);
        else table.do(seat, breaks(id, name));
        (ms <= deadline ? inTime : late).add(name);
      });
      close(table, id);
      const ended = silenceOf(table, id).ended;
      const passed = ended?.how === "closed" ? ended.passed.map(({ paragraph: one }) => one) : [];
      const expected = ["a", "b"].filter((name) => !inTime.has(name)).map(idOf);
      if (JSON.stringify(passed) !== JSON.stringify(expected))
        throw new Error(`seed ${seed}, race ${race}: ${JSON.stringify({ moments, deadline, passed, expected })}`);
    }
  }, 120_000);

  test("[SIL7] unbroken words are agreed, locked, and only in these words", () => {
    const table = aTable();
    const id = announce(table);
    close(table, id);
    expect([table.status("a"), table.status("b")]).toEqual(["agreed", "agreed"]);
    expect([...lockedParagraphs(table.record)].sort()).toEqual([idOf("a"), idOf("b")]);
    table.do("chair", { kind: "reopen", paragraph: idOf("a"), reason: "New instructions." });
    expect(table.status("a")).toBe("reopened");
  });

  test("[SIL7] an objection stated in time keeps a paragraph from passing, a later one asks for its reopening", () => {
    const table = aTable();
    const id = announce(table);
    at(table, id, 0);
    table.object("XAA", "a");
    at(table, id, 1);
    table.object("XBB", "b");
    close(table, id);
    expect([table.status("a"), table.status("b")]).toEqual(["contested", "agreed"]);
    expect(composeReport(table.record, table.text, team).blockers.map(({ why }) => why)).toEqual([
      "objection",
      "reopening-asked",
    ]);
  });

  test("[SIL8] announced so, an objection to earlier words lapses unless it is reaffirmed, and its author is told before", () => {
    const table = aTable();
    const earlier = (name: string): PositionId => table.object("XAA", name);
    const [a, b] = [earlier("a"), earlier("b")];
    table.retype("a", "States should cooperate.");
    table.retype("b", "States establish a directory of contacts.");
    table.circulate();
    const id = announce(table, { lapses: true });
    expect(lapsingFor(table.record, silenceOf(table, id), "XAA" as DelegationCode).map((one) => one.id)).toEqual([
      a,
      b,
    ]);
    table.do("delegation:XAA", { kind: "reaffirm-position", position: b, wording: table.wording("b") });
    expect(lapsingFor(table.record, silenceOf(table, id), "XAA" as DelegationCode).map((one) => one.id)).toEqual([a]);
    close(table, id);
    expect([table.position(a).standing, table.position(b).standing]).toEqual(["lapsed", "standing"]);
    expect([table.status("a"), table.status("b")]).toEqual(["agreed", "contested"]);
  });

  test("[SIL8] words removed from the text: the objection lapses with silence on the whole, and not with less", () => {
    const start = aTable();
    const gone = start.object("XAA", "a");
    start.text = start.text.filter(({ id }) => id !== idOf("a"));
    start.circulate();
    expect(start.refusal("chair", announcing(start))).toBe("earlier-objection-stands");
    const less = start.fork();
    close(less, announce(less, { scope: [idOf("b")], lapses: true }));
    expect(less.position(gone).standing).toBe("standing");
    const whole = start.fork();
    close(whole, announce(whole, { lapses: true }));
    expect(whole.position(gone).standing).toBe("lapsed");
  });

  test("[SIL8] an objection that also stands where the silence was broken stays, and keeps its paragraphs", () => {
    const table = aTable();
    const both = table.object("XAA", "a");
    // The words move into two paragraphs, each of which then changes.
    table.text = table.text.flatMap((block) =>
      block.id === idOf("a")
        ? [paragraph("a", "States should cooperate"), paragraph("d", "and share what they learn.")]
        : [block],
    );
    table.circulate();
    expect(table.position(both).on.length).toBe(2);
    const id = announce(table, { lapses: true });
    table.do("delegation:XBB", breaks(id, "d"));
    close(table, id);
    expect(table.position(both).standing).toBe("standing");
    expect([table.status("a"), table.status("b")]).toEqual(["contested", "agreed"]);
  });
});

describe("who knows", () => {
  test("[SIL12] in a closed negotiation the public learns what was agreed, and nothing of the procedure or who broke it", () => {
    const table = aTable({ disclosure: "closed" });
    const id = announce(table);
    table.do("delegation:XAA", breaks(id, "a"));
    close(table, id);
    const report = composeReport(table.record, table.record.text, { kind: "public" });
    expect(report.silences).toEqual([]);
    expect(report.parts.consensus.map(({ status }) => status)).toEqual([null, "open", "agreed"]);
    expect(
      composeReport(table.record, table.record.text, { kind: "delegation", code: "XBB" as DelegationCode }),
    ).toMatchObject({
      silences: [{ breaks: [expect.not.objectContaining({ by: expect.anything(), reason: expect.anything() })] }],
    });
    expect(
      composeReport(table.record, table.record.text, { kind: "delegation", code: "XAA" as DelegationCode }),
    ).toMatchObject({
      silences: [{ breaks: [{ by: { code: "XAA" }, reason: "Instructions." }] }],
    });
  });

  test("[SIL12] among delegations the public is told that the silence was broken, and neither by whom nor why", () => {
    const table = aTable();
    const id = announce(table);
    table.do("delegation:XAA", breaks(id, "a"));
    const broken = table.entries.find(({ what }) => what.kind === "silence-broken")!;
    const seen = present(
      { ...broken, salts: { at: "00", who: "00", person: "00", what: "00", why: "00" } },
      { kind: "public" },
      table.record,
    );
    expect(seen).toMatchObject({ what: { paragraphs: [idOf("a")] }, who: { hidden: expect.any(String) } });
    expect(JSON.stringify(seen)).not.toMatch(/XAA|Instructions/);
  });
});

describe("adoption", () => {
  test("[ADO1] adopts the circulated text when no silence runs, and agrees what nobody objects to", () => {
    const table = aTable();
    table.retype("a", "States shall cooperate.");
    expect(table.refusal("chair", { kind: "adopt" })).toBe("draft-differs");
    table.circulate();
    const id = announce(table);
    expect(table.refusal("chair", { kind: "adopt" })).toBe("under-silence");
    table.do("chair", { kind: "cancel-silence", procedure: id, reason: "We meet." });
    expect(table.refusal("secretariat", { kind: "adopt" })).toBe("only-the-chair");
    table.do("chair", { kind: "adopt" });
    expect(table.record.adoption).toMatchObject({ byConsensus: true, silence: null });
    expect([table.status("a"), table.status("b")]).toEqual(["agreed", "agreed"]);
  });

  test("[ADO2] by consensus only with nothing in the way; objections are recorded, brackets settled first", () => {
    const table = aTable();
    table.object("XAA", "a");
    const maintained = table.fork();
    maintained.do("chair", { kind: "adopt" });
    expect(maintained.record.adoption?.byConsensus).toBe(false);
    expect([maintained.status("a"), maintained.status("b")]).toEqual(["contested", "agreed"]);
    expect(composeReport(maintained.record, maintained.text, team).adoption).toMatchObject({
      objections: 1,
      by: [{ code: "XAA" }],
    });
    table.retype("b", "States [decide] to establish a directory.");
    table.circulate();
    expect(table.refusal("chair", { kind: "adopt" })).toBe("not-settled");
    const reopened = aTable();
    reopened.gavel("a");
    reopened.do("chair", { kind: "reopen", paragraph: idOf("a"), reason: "Why." });
    expect(reopened.refusal("chair", { kind: "adopt" })).toBe("not-settled");
  });

  test("[ADO3] afterwards the text is locked for good and no position is taken any more", () => {
    const table = aTable();
    const position = table.object("XAA", "a");
    table.do("chair", { kind: "adopt" });
    expect(lockedParagraphs(table.record).size).toBe(table.text.length);
    const refused: Command[] = [
      { kind: "circulate" },
      { kind: "adopt" },
      { kind: "reopen", paragraph: idOf("b"), reason: "Why." },
      { kind: "move-paragraph", paragraph: idOf("a"), to: "chair-summary", reason: "Why." },
      { kind: "set-method", method: "on-screen" },
      announcing(table),
    ];
    for (const command of refused)
      expect([command.kind, table.refusal("chair", command)]).toEqual([command.kind, "adopted"]);
    expect(table.refusal("delegation:XAA", { kind: "withdraw-position", position })).toBe("adopted");
    expect(
      table.refusal("delegation:XBB", {
        kind: "lodge-position",
        paragraph: idOf("b"),
        wording: table.wording("b"),
        level: "objection",
      }),
    ).toBe("adopted");
  });

  test("[ADO3] an editorial correction is still made, in the open", () => {
    const table = aTable();
    table.do("chair", { kind: "adopt" });
    table.do("chair", {
      kind: "editorial-correction",
      paragraph: idOf("a"),
      wording: table.wording("a"),
      text: "States should co-operate and share what they learn.",
      reason: "Spelling.",
    });
    expect(table.status("a")).toBe("agreed");
    expect(table.refusal("delegation:XAA", { kind: "contest-correction", paragraph: idOf("a") })).toBe("adopted");
    expect(composeReport(table.record, table.record.text, team).parts.consensus[1]?.text).toContain("co-operate");
    table.do("chair", { kind: "issue-version", label: "Corr.1" });
    expect(table.record.adoption).not.toBeNull();
  });

  test("[ADO4] silence on the whole adopts when announced so, unbroken, and nothing else in the way", () => {
    const table = aTable();
    expect(table.refusal("chair", announcing(table, { scope: [idOf("a")], adopts: true }))).toBe("whole-needed");
    const id = announce(table, { adopts: true });
    const broken = table.fork();
    broken.do("delegation:XAA", breaks(id, "a"));
    close(broken, id);
    expect(broken.record.adoption).toBeNull();
    const objected = table.fork();
    objected.object("XAA", "a");
    close(objected, id);
    expect(objected.record.adoption).toBeNull();
    close(table, id);
    expect(table.record.adoption).toMatchObject({ byConsensus: true, silence: id });
  });

  test("[ADO5] then delegations make statements; only states reserve or dissociate themselves", () => {
    const table = aTable();
    const statement = (
      form: "explanation-of-position" | "reservation" | "dissociation",
      ...names: string[]
    ): Command => ({
      kind: "make-statement",
      form,
      text: "We read this in the light of the Charter.",
      ...(names.length > 0 && { paragraphs: names.map(idOf) }),
    });
    expect(table.refusal("delegation:XAA", statement("reservation"))).toBe("not-adopted");
    table.do("chair", { kind: "adopt" });
    table.do("delegation:XAA", statement("dissociation", "b", "a"));
    expect(table.refusal("delegation:XAA", statement("dissociation"))).toBe("nothing-in-scope");
    expect(table.refusal("delegation:XAA", statement("dissociation", "x"))).toBe("paragraph-unknown");
    expect(table.refusal("delegation:XOB", statement("reservation"))).toBe("not-a-state");
    expect(table.refusal("chair", statement("reservation"))).toBe("delegation-needed");
    table.do("delegation:XOB", statement("explanation-of-position"));
    table.do("secretariat", { ...statement("reservation", "a"), onBehalfOf: "XBB" as DelegationCode } as Command);
    expect(composeReport(table.record, table.record.text, { kind: "public" }).statements).toMatchObject([
      { by: { code: "XAA" }, form: "dissociation", paragraphs: [idOf("a"), idOf("b")], confirmed: true },
      { by: { code: "XOB" }, paragraphs: [] },
      { by: { code: "XBB" }, confirmed: false },
    ]);
  });
});

describe("time zones", () => {
  const wall = (year: number, month: number, day: number, hour: number, minute = 0) => ({
    year,
    month,
    day,
    hour,
    minute,
  });

  test.each([
    ["America/New_York", wall(2027, 3, 12, 17), "2027-03-12T22:00:00Z"],
    ["America/New_York", wall(2027, 3, 15, 17), "2027-03-15T21:00:00Z"],
    ["America/New_York", wall(2026, 11, 1, 17), "2026-11-01T22:00:00Z"],
    ["Europe/Zurich", wall(2027, 3, 28, 17), "2027-03-28T15:00:00Z"],
    ["Europe/Zurich", wall(2026, 10, 25, 17), "2026-10-25T16:00:00Z"],
    ["Australia/Lord_Howe", wall(2026, 10, 4, 17), "2026-10-04T06:00:00Z"],
    ["Australia/Lord_Howe", wall(2027, 4, 4, 17), "2027-04-04T06:30:00Z"],
  ])("[SIL10] %s: the clock is read on the day it changes", (zone, shown, moment) => {
    const ms = momentOf(shown, zone);
    expect(new Date(ms!).toISOString()).toBe(moment.replace("Z", ".000Z"));
    expect(wallClockAt(ms!, zone)).toEqual(shown);
  });

  test("[SIL10] a time that a clock skips is none, and of two the later one is meant", () => {
    expect(momentOf(wall(2027, 3, 14, 2, 30), "America/New_York")).toBeNull();
    expect(momentOf(wall(2027, 3, 28, 2, 30), "Europe/Zurich")).toBeNull();
    expect(momentOf(wall(2026, 10, 4, 2, 15), "Australia/Lord_Howe")).toBeNull();
    expect(new Date(momentOf(wall(2026, 11, 1, 1, 30), "America/New_York")!).toISOString()).toBe(
      "2026-11-01T06:30:00.000Z",
    );
    expect(new Date(momentOf(wall(2026, 10, 25, 2, 30), "Europe/Zurich")!).toISOString()).toBe(
      "2026-10-25T01:30:00.000Z",
    );
    expect(new Date(momentOf(wall(2027, 4, 4, 1, 45), "Australia/Lord_Howe")!).toISOString()).toBe(
      "2027-04-03T15:15:00.000Z",
    );
  });

  test("[SIL10] a deadline is offered at ten in the morning of a working day, where it is to be met", () => {
    const zone = "America/New_York";
    const at = (day: number, hour: number): EpochMs => momentOf(wall(2026, 11, day, hour, 0), zone)!;
    // Friday 20 November: in time for its own morning, then not before Monday.
    expect(workingMorning(at(20, 10), zone)).toBe(at(20, 10));
    expect(workingMorning((at(20, 10) + 1) as EpochMs, zone)).toBe(at(23, 10));
    expect(workingMorning(at(22, 1), zone)).toBe(at(23, 10));
    // Over the change from summer time: Saturday 31 October, 30 hours before it.
    expect(workingMorning(momentOf(wall(2026, 10, 31, 9, 0), zone)!, zone)).toBe(at(2, 10));
  });

  test("[SIL10] 72 hours are 72 hours across the change of clocks", () => {
    for (const zone of ["America/New_York", "Europe/Zurich", "Australia/Lord_Howe"]) {
      for (let ms = Date.UTC(2026, 9, 1); ms < Date.UTC(2027, 4, 1); ms += 7 * hourMs) {
        const again = momentOf(wallClockAt(ms, zone), zone)!;
        // Only in the hour that comes twice may it be the second one.
        expect([0, hourMs, hourMs / 2]).toContain(again - ms);
      }
    }
  });
});
