/** Positions, status, rights, circulation and disclosure, rule by rule (SPEC). */
import { describe, expect, test } from "vitest";
import { dissociating } from "../../shared/domain/adoption.ts";
import { awaitedOf } from "../../shared/domain/awaited.ts";
import { concernsOf } from "../../shared/domain/concerns.ts";
import type { Command } from "../../shared/domain/commands.ts";
import { disclosureFor, present } from "../../shared/domain/disclosure.ts";
import type { Entry } from "../../shared/domain/entries.ts";
import { audiences } from "../../shared/domain/positions.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import { beginPhase } from "../../shared/domain/acts/settings.ts";
import { composeReport } from "../../shared/domain/report.ts";
import { whyNot } from "../../shared/domain/rights.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { lockedParagraphs } from "../../shared/domain/status.ts";
import type { DelegationCode, EpochMs, PositionId, WordingHash } from "../../shared/domain/values.ts";
import { sealAll } from "../support/seal.ts";
import { actor, heading, idOf, paragraph, Table } from "../support/table.ts";

const team: Viewer = { kind: "team" };
const thePublic: Viewer = { kind: "public" };
const delegation = (code: string): Viewer => ({ kind: "delegation", code: code as DelegationCode });

const aTable = (setting: ConstructorParameters<typeof Table>[1] = {}): Table => {
  const table = new Table(
    [
      heading("h", "Norms"),
      paragraph("a", "States should cooperate and share what they learn."),
      paragraph("b", "States decide to establish a directory available at all hours."),
      paragraph("c", "Some States proposed a convention.", { part: "chair-summary" }),
    ],
    setting,
  );
  table.circulate();
  return table;
};

const lodge = (
  table: Table,
  name: string,
  level: "support" | "accept" | "question" | "concern" | "reservation" | "objection",
): Command => ({
  kind: "lodge-position",
  paragraph: idOf(name),
  wording: table.wording(name),
  level,
});

const consensus = (table: Table, viewer: Viewer = team) =>
  composeReport(table.record, table.text, viewer).parts.consensus;
const blockers = (table: Table, viewer: Viewer = team) => composeReport(table.record, table.text, viewer).blockers;

describe("positions", () => {
  test("[POS1] support of words that are not the current ones is refused, an objection to them is not", () => {
    const table = aTable();
    const before = table.wording("a");
    table.retype("a", "States shall cooperate and share what they learn.");
    table.circulate();
    const on = (level: "support" | "objection"): Command => ({
      kind: "lodge-position",
      paragraph: idOf("a"),
      wording: before,
      level,
    });
    expect(table.refusal("delegation:XAA", on("support"))).toBe("wording-stale");
    expect(table.refusal("delegation:XAA", on("objection"))).toBeNull();
    expect(
      table.refusal("delegation:XAA", { ...on("objection"), wording: "f".repeat(64) as WordingHash } as Command),
    ).toBe("wording-unknown");
  });

  test("[POS3] an objection to earlier words stands on today's and is shown as stale", () => {
    const table = aTable();
    const before = table.wording("a");
    table.retype("a", "States shall cooperate and share what they learn.");
    table.circulate();
    table.do("delegation:XAA", { kind: "lodge-position", paragraph: idOf("a"), wording: before, level: "objection" });
    expect(table.status("a")).toBe("contested");
    expect(consensus(table)[1]?.positions[0]).toMatchObject({ stale: true, standing: true });
  });

  test("[POS2] an observer state asks and is concerned, and neither supports nor objects", () => {
    const table = aTable();
    expect(table.refusal("delegation:XOB", lodge(table, "a", "objection"))).toBe("not-a-state");
    expect(table.refusal("delegation:XOB", lodge(table, "a", "support"))).toBe("not-a-state");
    expect(table.refusal("delegation:XOB", lodge(table, "a", "concern"))).toBeNull();
  });

  test("[STA5] what an observer state says changes no status and no count", () => {
    const table = aTable();
    table.do("delegation:XOB", lodge(table, "a", "concern"));
    expect(table.status("a")).toBe("open");
    expect(Object.values(consensus(table)[1]?.counts ?? {}).every((count) => count === 0)).toBe(true);
    table.gavel("a");
    expect(table.status("a")).toBe("agreed");
  });

  test("[POS4] a delegation with several positions on a paragraph is counted once, by the strictest", () => {
    const table = aTable();
    table.do("delegation:XAA", lodge(table, "a", "concern"));
    table.do("delegation:XAA", lodge(table, "a", "reservation"));
    table.object("XAA", "a", "share what they learn");
    table.object("XAA", "a", "cooperate");
    expect(consensus(table)[1]?.counts).toMatchObject({ concern: 0, reservation: 0, objection: 1 });
  });

  test("[POS6] an objection is ended by nothing but its author's word", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    table.do("delegation:XAA", lodge(table, "a", "reservation"));
    expect(table.position(objection).standing).toBe("standing");
    table.do("delegation:XAA", { kind: "withdraw-position", position: objection });
    expect(table.status("a")).toBe("open");
  });

  test("[POS7] no other delegation, adviser or chair withdraws, reaffirms or answers for an objection", () => {
    const table = aTable();
    const position = table.object("XAA", "a");
    const acts: Command[] = [
      { kind: "withdraw-position", position },
      { kind: "confirm-met", position },
      { kind: "reaffirm-position", position, wording: table.wording("a") },
      { kind: "confirm-position", position },
    ];
    for (const act of acts) {
      expect(table.refusal("delegation:XBB", act)).toBe("not-yours");
      expect(table.refusal("adviser:XAA", act)).toBe("not-allowed");
      expect(table.refusal("observer", act)).toBe("not-allowed");
    }
    table.do("chair", { kind: "withdraw-position", position });
    expect(table.position(position).standing).toBe("standing");
  });

  test("[POS8] from the floor an objection acts at once, support once it is confirmed, an ending once it is confirmed", () => {
    const table = aTable();
    const floor = { onBehalfOf: "XAA" as DelegationCode };
    const objection = table.do("chair", { ...lodge(table, "a", "objection"), ...floor }) as PositionId;
    expect(table.status("a")).toBe("contested");
    expect(table.position(objection)).toMatchObject({ confirmed: false, by: "XAA" });
    const support = table.do("chair", { ...lodge(table, "b", "support"), ...floor }) as PositionId;
    expect(consensus(table)[2]?.counts?.support).toBe(0);
    table.do("delegation:XAA", { kind: "confirm-position", position: support });
    expect(consensus(table)[2]?.counts?.support).toBe(1);
    table.do("chair", { kind: "confirm-met", position: objection });
    expect(table.status("a")).toBe("contested");
    table.do("delegation:XAA", { kind: "confirm-position", position: objection });
    expect(table.position(objection).standing).toBe("met");
    expect(table.refusal("chair", lodge(table, "a", "objection"))).toBe("delegation-needed");
  });

  test("[POS8] a delegation confirms what it read, and nothing that was heard in between", () => {
    const table = aTable();
    const position = table.do("chair", {
      ...lodge(table, "a", "objection"),
      onBehalfOf: "XAA" as DelegationCode,
    } as Command) as PositionId;
    table.do("chair", { kind: "withdraw-position", position });
    expect(table.refusal("delegation:XAA", { kind: "confirm-position", position, ending: null })).toBe(
      "nothing-to-confirm",
    );
    expect(table.refusal("delegation:XAA", { kind: "confirm-position", position, ending: "withdrawn" })).toBeNull();
  });

  test("[POS9] an objection is turned into a reservation by naming it, and support gives way to an objection", () => {
    const table = aTable();
    const objection = table.object("XAA", "a");
    table.do("delegation:XAA", { ...lodge(table, "a", "reservation"), replaces: objection } as Command);
    expect(table.position(objection).standing).toBe("replaced");
    expect(table.status("a")).toBe("open");
    const support = table.support("XBB", "a");
    table.object("XBB", "a");
    expect(table.position(support).standing).toBe("replaced");
  });

  test("[POS10] an objection to the placement blocks in the part it is about, and only there", () => {
    const table = aTable();
    table.do("delegation:XAA", { ...lodge(table, "c", "objection"), placement: true } as Command);
    expect(blockers(table)).toEqual([expect.objectContaining({ paragraph: idOf("c"), why: "placement" })]);
    table.move("c", "consensus");
    expect(blockers(table)).toEqual([]);
    table.object("XBB", "a");
    table.move("a", "chair-summary");
    expect(blockers(table)).toEqual([]);
  });

  test("[POS11] support over an own standing objection is refused", () => {
    const table = aTable();
    table.object("XAA", "a");
    expect(table.refusal("delegation:XAA", lodge(table, "a", "support"))).toBe("own-objection-stands");
    expect(table.refusal("delegation:XAA", lodge(table, "a", "accept"))).toBe("own-objection-stands");
    expect(table.refusal("delegation:XBB", lodge(table, "a", "support"))).toBeNull();
  });

  test("[POS12] words concerned must be the words that stand at their place", () => {
    const table = aTable();
    const at = (from: number, to: number, quote: string): Command =>
      ({ ...lodge(table, "a", "objection"), span: { from, to, quote } }) as Command;
    expect(table.refusal("delegation:XAA", at(0, 6, "States"))).toBeNull();
    expect(table.refusal("delegation:XAA", at(1, 7, "States"))).toBe("span-mismatch");
    expect(table.refusal("delegation:XAA", at(3, 3, ""))).toBe("span-mismatch");
    expect(table.refusal("delegation:XAA", at(0, 999, "States"))).toBe("span-mismatch");
  });

  test("[POS14] the chair asks the author of an objection, between the two, until the author answers", () => {
    const table = aTable();
    const position = table.object("XAA", "a");
    const asks: Command = { kind: "ask-author", position, whether: "dissociation", note: "A word with you?" };
    expect(table.refusal("delegation:XAA", asks)).toBe("not-allowed");
    table.do("chair", asks);
    expect(table.refusal("chair", asks)).toBe("nothing-changes");
    const asked = (viewer: Viewer) =>
      composeReport(table.record, table.text, viewer).parts.consensus[1]?.positions[0]?.asked;
    const told = { whether: "dissociation", note: "A word with you?" };
    expect(asked(team)).toEqual(told);
    expect(asked(delegation("XAA"))).toEqual(told);
    expect(asked(delegation("XBB"))).toBeUndefined();
    expect(asked(thePublic)).toBeUndefined();
    expect(table.status("a")).toBe("contested");
    const concerns = () => concernsOf(table.record, table.record.text, "XAA" as DelegationCode).map(({ kind }) => kind);
    expect(concerns()).toEqual(["asked-dissociation"]);
    table.do("delegation:XAA", { kind: "reaffirm-position", position, wording: table.wording("a") });
    expect(concerns()).toEqual(["object-alone"]);
    const reservation = table.do("delegation:XAA", {
      ...lodge(table, "a", "reservation"),
      replaces: position,
    } as Command) as PositionId;
    expect(table.refusal("chair", { ...asks, position: reservation })).toBe("not-an-objection");
    expect(table.refusal("chair", asks)).toBe("position-ended");
  });

  test("[POS14] whoever keeps the objection may say why not, to the chair and as its reason is disclosed", () => {
    const table = aTable();
    const position = table.object("XAA", "a");
    table.do("chair", { kind: "ask-author", position, whether: "dissociation" });
    const wording = table.wording("a");
    table.do("delegation:XAA", { kind: "reaffirm-position", position, wording, reason: "A red line." });
    const seen = (viewer: Viewer) =>
      composeReport(table.record, table.text, viewer).parts.consensus[1]?.positions[0]?.declined;
    expect(seen(team)).toEqual({ whether: "dissociation", reason: "A red line." });
    expect(seen(delegation("XBB"))).toBeUndefined();
    table.do("chair", { kind: "ask-author", position, whether: "met" });
    expect(seen(team)).toBeUndefined();
  });

  test("[POS15] an objection withdrawn for a dissociation blocks no more, and its statement is due after the adoption", () => {
    const table = aTable();
    const position = table.object("XAA", "a");
    const support = table.support("XBB", "a");
    const dissociates = true;
    expect(table.refusal("delegation:XBB", { kind: "withdraw-position", position: support, dissociates })).toBe(
      "not-an-objection",
    );
    table.do("delegation:XAA", { kind: "withdraw-position", position, dissociates });
    expect(dissociating(table.record)).toEqual([{ by: "XAA", states: ["XAA"], paragraph: idOf("a") }]);
    const due = () =>
      awaitedOf(table.negotiation, "XAA" as DelegationCode).map(({ kind, paragraph: id }) => [kind, id]);
    expect(due()).toEqual([]);
    table.do("chair", { kind: "adopt" });
    expect(due()).toEqual([["dissociation", idOf("a")]]);
    expect(awaitedOf(table.negotiation, "XBB" as DelegationCode)).toEqual([]);
    table.do("delegation:XAA", {
      kind: "make-statement",
      form: "dissociation",
      paragraphs: [idOf("a")],
      text: "We are not bound by it.",
    });
    expect(due()).toEqual([]);
  });

  test("[POS14] whether it is met can be asked of an objection whose words were removed", () => {
    const table = aTable();
    const position = table.object("XAA", "a");
    table.text = table.text.filter(({ id }) => id !== idOf("a"));
    table.circulate();
    table.do("chair", { kind: "ask-author", position, whether: "met" });
    expect(concernsOf(table.record, table.record.text, "XAA" as DelegationCode)).toMatchObject([
      { kind: "asked-met", position: { id: position } },
    ]);
  });

  test("[POS13] an objection outlives its delegation's seat at the table", () => {
    const table = aTable();
    table.object("XAA", "a");
    table.do("chair", { kind: "remove-delegation", delegation: "XAA" as DelegationCode });
    expect(table.mayGavel("a")).toBe("contested");
    expect(table.refusal("delegation:XAA", lodge(table, "b", "objection"))).toBe("delegation-unknown");
  });
});

describe("status and gavel", () => {
  test("[STA1] agreed holds for exactly the words that were gavelled", () => {
    const table = aTable();
    table.gavel("a");
    expect(table.status("a")).toBe("agreed");
    table.retype("a", "States may cooperate and share what they learn.");
    expect(table.status("a")).not.toBe("agreed");
    expect(table.refusal("chair", { kind: "circulate" })).toBe("agreed");
  });

  test("[STA2] a gavel locks, reopening unlocks", () => {
    const table = aTable();
    table.gavel("a");
    expect([...lockedParagraphs(table.record)]).toEqual([idOf("a")]);
    table.do("chair", { kind: "reopen", paragraph: idOf("a"), reason: "new instructions" });
    expect(lockedParagraphs(table.record).size).toBe(0);
  });

  test("[STA3] contested by an objection or an open bracket, reopened, or open", () => {
    const table = aTable();
    expect(table.status("a")).toBe("open");
    table.gavel("a");
    table.do("chair", { kind: "reopen", paragraph: idOf("a"), reason: "new instructions" });
    expect(table.status("a")).toBe("reopened");
    table.retype("a", "States [should][shall] cooperate.");
    table.circulate();
    expect(table.status("a")).toBe("contested");
    expect(table.mayGavel("a")).toBe("contested");
  });

  test("[STA4] a paragraph of the chair's summary has no status, whatever stands against it", () => {
    const table = aTable();
    table.object("XAA", "c");
    expect(composeReport(table.record, table.text, team).parts.chairSummary[1]?.status).toBeNull();
    expect(table.mayGavel("c")).toBe("not-consensus-text");
  });

  test("[STA6] the gavel is refused on words that are contested, stale, changed in the draft or unknown", () => {
    const table = aTable();
    const first = table.wording("a");
    const gavel = (wording: WordingHash): Command => ({ kind: "gavel", paragraph: idOf("a"), wording });
    table.retype("a", "States shall cooperate and share what they learn.");
    expect(table.refusal("chair", gavel(first))).toBe("draft-differs");
    table.circulate();
    expect(table.refusal("chair", gavel(first))).toBe("wording-stale");
    expect(table.refusal("chair", gavel(table.wording("a")))).toBeNull();
    expect(table.refusal("secretariat", gavel(table.wording("a")))).toBe("only-the-chair");
    table.object("XAA", "a");
    expect(table.refusal("chair", gavel(table.wording("a")))).toBe("contested");
    expect(table.refusal("chair", { kind: "gavel", paragraph: idOf("nowhere"), wording: first })).toBe(
      "paragraph-unknown",
    );
  });

  test("[STA6] [WOR5] words that hold what nobody can see are not gavelled", () => {
    const table = aTable();
    table.retype("a", "States should co\u00ADoperate and share what they learn.");
    table.circulate();
    expect(table.mayGavel("a")).toBe("hidden-characters");
  });

  test("[STA7] only a new gavel makes agreed again, even when the same words return", () => {
    const table = aTable();
    table.gavel("a");
    expect(table.refusal("chair", { kind: "reopen", paragraph: idOf("a"), reason: " " })).toBe("reason-needed");
    table.do("chair", { kind: "reopen", paragraph: idOf("a"), reason: "new instructions" });
    table.circulate();
    expect(table.status("a")).toBe("reopened");
    table.gavel("a");
    expect(table.status("a")).toBe("agreed");
  });

  test("[STA8] an objection to agreed words asks for a reopening and leaves them agreed", () => {
    const table = aTable();
    table.gavel("a");
    table.object("XAA", "a");
    expect(table.status("a")).toBe("agreed");
    expect(blockers(table)).toEqual([
      expect.objectContaining({ why: "reopening-asked", by: { code: "XAA", name: "XAA" } }),
    ]);
    table.do("chair", { kind: "reopen", paragraph: idOf("a"), reason: "asked by XAA" });
    expect(table.status("a")).toBe("contested");
  });
});

describe("paragraphs and circulation", () => {
  test("[PAR3] a move acts at once on what was circulated and on the draft", () => {
    const table = aTable();
    table.move("a", "chair-summary");
    expect(table.block("a").part).toBe("chair-summary");
    expect(table.record.text.find((block) => block.id === idOf("a"))?.part).toBe("chair-summary");
  });

  test("[PAR1] a paragraph is shown in exactly one part", () => {
    const table = aTable();
    table.move("a", "chair-summary");
    const { parts } = composeReport(table.record, table.text, team);
    const shown = [...parts.consensus, ...parts.chairSummary]
      .filter((block) => block.kind === "paragraph")
      .map((block) => block.id);
    expect(shown.sort()).toEqual([idOf("a"), idOf("b"), idOf("c")].sort());
  });

  test("[PAR2] an id keeps its positions while its number changes", () => {
    const table = aTable();
    table.object("XAA", "b");
    table.text = [paragraph("z", "A new paragraph comes first."), ...table.text];
    table.circulate();
    expect(consensus(table).find(({ id }) => id === idOf("b"))).toMatchObject({ number: "3", status: "contested" });
  });

  test("[PAR4] a paragraph nobody has seen moves freely, a circulated one with a reason", () => {
    const table = aTable();
    const move = (name: string, reason?: string): Command => ({
      kind: "move-paragraph",
      paragraph: idOf(name),
      to: "chair-summary",
      ...(reason !== undefined && { reason }),
    });
    expect(table.refusal("chair", move("a"))).toBe("reason-needed");
    expect(table.refusal("secretariat", move("a", "no consensus"))).toBeNull();
    expect(table.refusal("delegation:XAA", move("a", "no consensus"))).toBe("not-allowed");
    table.text = [...table.text, paragraph("z", "Not circulated yet.")];
    table.do("secretariat", move("z"));
    expect(table.entries.at(-1)?.what).toMatchObject({ kind: "paragraph-moved", drafting: true });
  });

  test("[PAR5] an agreed paragraph does not move, and a heading is no paragraph", () => {
    const table = aTable();
    table.gavel("a");
    const move = (name: string): Command => ({
      kind: "move-paragraph",
      paragraph: idOf(name),
      to: "chair-summary",
      reason: "no consensus",
    });
    expect(table.refusal("chair", move("a"))).toBe("agreed");
    expect(table.refusal("chair", move("h"))).toBe("not-a-paragraph");
    expect(table.refusal("chair", move("c"))).toBe("already-there");
  });

  test("[CIR1] delegations and the public are shown the circulated words, not the draft", () => {
    const table = aTable();
    table.retype("a", "States shall cooperate.");
    const seen = composeReport(table.record, table.record.text, delegation("XAA"));
    expect(seen.parts.consensus[1]?.text).toBe("States should cooperate and share what they learn.");
  });

  test("[CIR2] a circulation records only what is new or differs, and the record gives the whole text back", () => {
    const table = aTable();
    table.retype("b", "States decide to establish a directory.");
    table.text = [...table.text.slice(1), table.text[0]!];
    table.circulate();
    const { what } = table.entries.at(-1) as Entry;
    expect(what.kind === "circulated" && what.changed.map(({ id }) => id)).toEqual([idOf("b")]);
    expect(table.record.text).toEqual(table.text);
  });

  test("[CIR2] half an emoji in the draft can be circulated and answered", () => {
    const table = aTable();
    table.retype("a", "States should cooperate \uD83D.");
    const { what } = sealAll((table.circulate(), table.entries)).at(-1) as Entry;
    expect(what.kind === "circulated" && what.changed.map(({ content }) => content)).toEqual([
      [{ t: "text", text: "States should cooperate \uFFFD." }],
    ]);
    table.object("XAA", "a");
    expect(table.status("a")).toBe("contested");
  });

  test("[POS3] [FOL3] an objection to words that were split meanwhile stands on all their pieces", () => {
    const table = aTable();
    const before = table.wording("b");
    table.text = table.text.flatMap((block) =>
      block.id === idOf("b")
        ? [paragraph("b", "States decide to establish"), paragraph("d", "a directory available at all hours.")]
        : [block],
    );
    table.circulate();
    table.do("delegation:XAA", { kind: "lodge-position", paragraph: idOf("b"), wording: before, level: "objection" });
    expect([table.status("b"), table.status("d"), table.status("a")]).toEqual(["contested", "contested", "open"]);
  });

  test("[CIR3] only the chair circulates", () => {
    const table = aTable();
    expect(table.refusal("secretariat", { kind: "circulate" })).toBe("only-the-chair");
    expect(table.refusal("delegation:XAA", { kind: "circulate" })).toBe("only-the-chair");
    expect(table.refusal("chair", { kind: "circulate" })).toBeNull();
  });
});

describe("rights and seats", () => {
  test("[RIG1] the button's question and the server's decision give the same refusal", () => {
    const table = aTable();
    table.object("XAA", "a");
    const asked = whyNot(actor("chair"), "gavel", table.record, { paragraph: table.block("a") });
    expect(asked?.code).toBe(table.mayGavel("a"));
    expect(asked?.by).toEqual(["XAA"]);
  });

  test("[RIG2] the chair alone decides, the team writes", () => {
    const { record } = aTable();
    for (const act of ["circulate", "gavel", "reopen", "set-disclosure", "set-method"] as const) {
      expect(whyNot(actor("secretariat"), act, record)?.code).toBe("only-the-chair");
      expect(whyNot(actor("chair"), act, record)).toBeNull();
    }
    for (const seat of ["chair", "facilitator", "secretariat"])
      expect(whyNot(actor(seat), "write-text", record)).toBeNull();
    expect(whyNot(actor("delegation:XAA"), "write-text", record)?.code).toBe("not-allowed");
  });

  test("[RIG3] advisers, readers, stakeholders, observers and strangers take no position", () => {
    const table = aTable();
    for (const seat of ["adviser:XAA", "reader:XAA", "stakeholder:ngo", "observer"]) {
      expect(table.refusal(seat, lodge(table, "a", "objection"))).toBe("not-allowed");
    }
    expect(whyNot(null, "lodge-position", table.record)?.code).toBe("not-allowed");
  });

  test("[RIG4] the live text is the team's with the chair's pen, and everyone's on screen", () => {
    expect(whyNot(actor("delegation:XAA"), "read-live-text", aTable().record)?.code).toBe("not-allowed");
    expect(whyNot(actor("chair"), "read-live-text", aTable().record)).toBeNull();
    expect(whyNot(null, "read-live-text", aTable({ method: "on-screen" }).record)).toBeNull();
  });

  test("[SEA1] [SEA2] the team invites a delegation's first head, and heads invite the rest", () => {
    const table = aTable();
    const invite = (seat: string): Command => ({ kind: "invite", seat: actor(seat).seat });
    table.do("secretariat", invite("delegation:XAA"));
    expect(table.entries.at(-1)?.what).toEqual({ kind: "seat-invited", seat: actor("delegation:XAA").seat });
    expect(table.refusal("chair", invite("adviser:XAA"))).toBe("head-invites");
    expect(table.refusal("delegation:XBB", invite("adviser:XAA"))).toBe("not-allowed");
    expect(table.refusal("delegation:XAA", invite("adviser:XAA"))).toBeNull();
    expect(table.refusal("chair", invite("delegation:XZZ"))).toBe("delegation-unknown");
  });

  test("[SEA2] the team cannot take a head's seat away and put somebody else on it", () => {
    const table = aTable();
    const seat = actor("delegation:XAA").seat;
    table.takeSeat("delegation:XAA");
    table.do("chair", { kind: "revoke-seat", seat, person: actor("delegation:XAA").person });
    expect(table.refusal("chair", { kind: "invite", seat })).toBe("head-invites");
  });

  test("[SEA3] the team's seats are the chair's to give and take", () => {
    const table = aTable();
    expect(table.refusal("secretariat", { kind: "invite", seat: { role: "chair" } })).toBe("only-the-chair");
    expect(table.refusal("delegation:XAA", { kind: "invite", seat: { role: "secretariat" } })).toBe("not-allowed");
    expect(
      table.refusal("chair", { kind: "revoke-seat", seat: { role: "secretariat" }, person: actor("chair").person }),
    ).toBe("seat-unknown");
  });
});

describe("disclosure", () => {
  const objecting = (table: Table, more: Partial<Extract<Command, { kind: "lodge-position" }>> = {}): void => {
    table.do("delegation:XAA", { ...lodge(table, "a", "objection"), reason: "a secret reason", ...more } as Command);
  };
  /** Everything a viewer gets, as one string to search in. */
  const all = (table: Table, viewer: Viewer): string => {
    const entries = sealAll(table.entries);
    const seen = entries.map((entry) => present(entry, viewer, table.record));
    return JSON.stringify([
      seen,
      composeReport(table.record, table.record.text, viewer),
      composeReport(evolve(emptyRecord, seen), table.record.text, viewer),
    ]);
  };

  test("[DIS1] a wider rule later does not open what was lodged under a narrower one", () => {
    const table = aTable({ disclosure: "closed" });
    objecting(table);
    table.do("chair", { kind: "set-disclosure", preset: "open" });
    expect(all(table, delegation("XBB"))).not.toContain("a secret reason");
  });

  test("[DIS2] an owner widens and never narrows", () => {
    const wide = { existence: "public", name: "public", reason: "public" } as const;
    const narrow = { existence: "chair", name: "chair", reason: "chair" } as const;
    expect(disclosureFor("closed", "reservation", wide)).toEqual(wide);
    expect(disclosureFor("delegations", "reservation", narrow)).toEqual(disclosureFor("delegations", "reservation"));
  });

  test("[DIS2] whatever an owner asks for comes to the same as asking for what comes of it", () => {
    for (const preset of ["closed", "delegations", "open"] as const)
      for (const existence of audiences)
        for (const name of audiences)
          for (const reason of audiences) {
            const made = disclosureFor(preset, "reservation", { existence, name, reason });
            expect(disclosureFor(preset, "reservation", made)).toEqual(made);
          }
  });

  test("[DIS3] an objection is known to exist to every delegation under every rule", () => {
    for (const preset of ["closed", "delegations", "open"] as const) {
      expect(["delegations", "public"]).toContain(disclosureFor(preset, "objection").existence);
    }
  });

  test("[DIS4] the public's record has every entry, sealed where it may not see it", () => {
    const table = aTable({ disclosure: "closed" });
    objecting(table);
    const seen = sealAll(table.entries).map((entry) => present(entry, thePublic, table.record));
    expect(seen.map(({ seq }) => seq)).toEqual(table.entries.map(({ seq }) => seq));
    expect(seen.at(-1)).toMatchObject({ sealed: true });
    expect(Object.keys(seen.at(-1)!).sort()).toEqual(["hash", "prev", "sealed", "seq"]);
  });

  test("[DIS5] names and reasons reach exactly those who may know them", () => {
    for (const preset of ["closed", "delegations", "open"] as const) {
      const table = aTable({ disclosure: preset, delegations: { XAA: "member-state", XBB: "member-state" } });
      table.do("chair", {
        kind: "change-delegation",
        delegation: { code: "XAA" as DelegationCode, name: "Freedonia", kind: "member-state", regionalGroup: "none" },
      });
      objecting(table);
      for (const [viewer, mayKnow] of [
        [team, true],
        [delegation("XAA"), true],
        [delegation("XBB"), preset !== "closed"],
        [thePublic, preset === "open"],
      ] as const) {
        expect(all(table, viewer).includes("a secret reason")).toBe(mayKnow);
        const named = composeReport(table.record, table.record.text, viewer).parts.consensus[1]?.positions[0]?.by?.name;
        expect(named === "Freedonia").toBe(mayKnow);
      }
    }
  });

  test("[DIS6] who may not know of objections sees only agreed and open, no blockers, no counts", () => {
    const table = aTable({ disclosure: "closed" });
    objecting(table);
    const seen = composeReport(table.record, table.record.text, thePublic);
    expect(seen.parts.consensus.map(({ status }) => status)).toEqual([null, "open", "open"]);
    expect(seen.parts.consensus.every(({ counts, positions }) => counts === null && positions.length === 0)).toBe(true);
    expect([seen.blockers, seen.overview.blocked, seen.overview.steps]).toEqual([[], null, []]);
  });

  test("[DIS7] a delegation sees all of its own", () => {
    const table = aTable({ disclosure: "closed" });
    objecting(table);
    expect(all(table, delegation("XAA"))).toContain("a secret reason");
    expect(all(table, team)).toContain("a secret reason");
  });

  test("[DIS8] a seat is shown to the team and to its own delegation", () => {
    const table = aTable();
    table.do("chair", { kind: "invite", seat: actor("delegation:XAA").seat });
    const entry = sealAll(table.entries).at(-1)!;
    const isSealed = (viewer: Viewer): boolean => "sealed" in present(entry, viewer, table.record);
    expect([team, delegation("XAA"), delegation("XBB"), thePublic].map(isSealed)).toEqual([false, false, true, true]);
  });
});

describe("report and record", () => {
  test("[REP1] [REP3] [REP5] the overview counts what is agreed and names the smallest steps first", () => {
    const table = aTable();
    table.object("XAA", "a");
    table.object("XBB", "a");
    table.object("XCC", "b", "all hours");
    const { overview } = composeReport(table.record, table.text, team);
    expect(overview).toMatchObject({ total: 2, agreed: 0, blocked: 2, delegations: 3 });
    expect(overview.steps.map(({ paragraph }) => paragraph)).toEqual([idOf("b"), idOf("a")]);
    expect(overview.steps[0]).toMatchObject({ number: "2", words: 2, by: [{ code: "XCC", name: "XCC" }] });
  });

  test("[REP3] a paragraph on which only proposals stand waits for the chair, and its proposer objects to nothing", () => {
    const table = aTable();
    table.object("XAA", "a");
    const propose = (paragraph: string) =>
      table.do("delegation:XBB", {
        kind: "table-proposal",
        paragraph: idOf(paragraph),
        wording: table.wording(paragraph),
        change: "replace",
        text: "Other words.",
      });
    propose("a");
    propose("b");
    const { overview, blockers } = composeReport(table.record, table.text, team);
    expect(overview).toMatchObject({
      blocked: 1,
      proposed: 1,
      delegations: 1,
      smallest: { delegations: 1, things: 3 },
    });
    expect(overview.steps.map(({ paragraph }) => paragraph)).toEqual([idOf("a"), idOf("b")]);
    expect(blockers.filter(({ why }) => why === "proposal")).toHaveLength(2);
  });

  test("[REP2] each part is numbered from 1, and a heading is shown where it has paragraphs", () => {
    const { parts } = composeReport(aTable().record, aTable().text, team);
    expect(parts.consensus.map(({ number }) => number)).toEqual(["", "1", "2"]);
    expect(parts.chairSummary.map(({ number }) => number)).toEqual(["", "1"]);
  });

  test("[REP4] every kind of blocker is listed once", () => {
    const table = aTable();
    table.gavel("a");
    table.object("XAA", "a");
    table.gavel("b");
    table.do("chair", { kind: "reopen", paragraph: idOf("b"), reason: "asked" });
    table.retype("b", "States [decide] to establish a directory available at all hours.");
    table.circulate();
    table.object("XBB", "b");
    expect(
      blockers(table)
        .map(({ why }) => why)
        .sort(),
    ).toEqual(["brackets", "objection", "reopened", "reopening-asked"]);
  });

  test("[REC1] folding in any batches gives the same state", () => {
    const table = aTable();
    table.object("XAA", "a");
    table.gavel("b");
    table.move("a", "chair-summary");
    const one = table.entries.reduce((record, entry) => evolve(record, [entry]), emptyRecord);
    expect(one).toEqual(evolve(emptyRecord, table.entries));
    expect(() => evolve(emptyRecord, table.entries.slice(1))).toThrow("entry 2 after 0");
  });

  test("[REC2] the record replays to exactly the state that was seen", () => {
    const table = aTable();
    table.object("XAA", "a");
    table.retype("a", "Another wording.");
    table.circulate();
    const again = evolve(emptyRecord, JSON.parse(JSON.stringify(table.entries)) as Entry[]);
    expect(composeReport(again, again.text, team)).toEqual(composeReport(table.record, table.record.text, team));
  });

  test("[REC3] the record's time is that of its last entry", () => {
    const table = aTable();
    expect(table.record.at).toBe(table.entries.at(-1)?.at);
    expect(table.record.at).toBeGreaterThan(0);
  });
});

describe("phases of disclosure", () => {
  const later = (table: Table, ms: number) => (table.now + ms) as EpochMs;

  test("[DIS11] a rule set at once and one announced are listed with the moments from which they hold", () => {
    const table = aTable({ disclosure: "closed" });
    table.do("chair", { kind: "set-disclosure", preset: "delegations", phase: "Second reading" });
    const from = later(table, 60_000);
    table.do("chair", { kind: "set-disclosure", preset: "open", phase: "Third reading", from });
    expect(table.record.settings).toMatchObject({ disclosure: "delegations", phase: "Second reading" });
    expect(table.record.phases.map(({ disclosure, name }) => [disclosure, name])).toEqual([
      ["closed", null],
      ["delegations", "Second reading"],
      ["open", "Third reading"],
    ]);
    expect(table.record.phases.at(-1)?.from).toBe(from);
    expect(table.refusal("chair", { kind: "set-disclosure", preset: "closed", from: table.now })).toBe("moment-passed");
    expect(table.refusal("delegation:XAA", { kind: "set-disclosure", preset: "closed" })).toBe("only-the-chair");
  });

  test("[DIS11] the moment itself belongs to the new rule, and one that is taken back never begins", () => {
    const table = aTable({ disclosure: "closed" });
    const from = later(table, 60_000);
    table.do("chair", { kind: "set-disclosure", preset: "open", from });
    expect(beginPhase(table.record, actor("secretariat"), (from - 1) as EpochMs)).toEqual([]);
    const begun = table.fork();
    begun.append(beginPhase(begun.record, actor("secretariat"), from));
    expect(begun.record.settings).toMatchObject({ disclosure: "open" });
    expect(begun.record.settings.next).toBeUndefined();
    expect(begun.record.phases).toEqual(table.record.phases);
    table.do("chair", { kind: "set-title", title: "Another" });
    expect(table.record.phases.at(-1)?.from).toBe(from);
    table.do("chair", { kind: "set-disclosure", preset: "closed" });
    expect(beginPhase(table.record, actor("secretariat"), from)).toEqual([]);
    expect(table.record.phases.map(({ disclosure }) => disclosure)).toEqual(["closed"]);
  });

  test("[DIS10] what was stated under a narrower rule is counted for nobody else when the rule is widened", () => {
    const table = aTable({ disclosure: "closed" });
    table.object("XAA", "a");
    table.do("chair", { kind: "set-disclosure", preset: "open" });
    table.object("XBB", "b");
    const seen = composeReport(table.record, table.record.text, thePublic);
    expect(seen.parts.consensus.map(({ status }) => status)).toEqual([null, "open", "contested"]);
    expect(seen.blockers).toMatchObject([{ paragraph: idOf("b"), by: { code: "XBB" } }]);
    expect(seen.parts.consensus[1]?.counts?.objection).toBe(0);
    expect(composeReport(table.record, table.text, delegation("XCC")).overview).toMatchObject({
      blocked: 2,
      delegations: null,
    });
  });
});
