/** What positions hang on elsewhere, and packages, rule by rule (SPEC: CON1–CON3, PKG). */
import { describe, expect, test } from "vitest";
import type { Command } from "../../shared/domain/commands.ts";
import { concernsOf } from "../../shared/domain/concerns.ts";
import type { Condition } from "../../shared/domain/conditions.ts";
import { stateOf } from "../../shared/domain/conditions.ts";
import { present } from "../../shared/domain/disclosure.ts";
import type { DisclosurePreset } from "../../shared/domain/entries.ts";
import type { ParagraphCondition } from "../../shared/domain/conditions.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import type { DelegationCode, PackageId, PositionId } from "../../shared/domain/values.ts";
import { wouldBreak } from "../../shared/domain/would-break.ts";
import { sealAll } from "../support/seal.ts";
import { idOf, paragraph, Table } from "../support/table.ts";

const delegation = (code: string): Viewer => ({ kind: "delegation", code: code as DelegationCode });
const team: Viewer = { kind: "team" };
const thePublic: Viewer = { kind: "public" };

function aTable(disclosure: DisclosurePreset = "delegations"): Table {
  const table = new Table(
    [
      paragraph("a", "States should cooperate on threats."),
      paragraph("b", "States decide to establish a voluntary directory."),
      paragraph("c", "States shall report every year."),
      paragraph("s", "Some States proposed a fund.", { part: "chair-summary" }),
    ],
    { disclosure },
  );
  table.circulate();
  return table;
}

const objecting = (table: Table, name: string, conditions: readonly Condition[]): Command => ({
  kind: "lodge-position",
  paragraph: idOf(name),
  wording: table.wording(name),
  level: "objection",
  conditions,
});
const object = (table: Table, name: string, ...conditions: readonly Condition[]): PositionId =>
  table.do("delegation:XAA", objecting(table, name, conditions)) as PositionId;
const states = (table: Table, id: PositionId) =>
  table.position(id).conditions.map((condition) => stateOf(condition, table.record, table.record.text));
const concern = (table: Table) =>
  concernsOf(table.record, table.record.text, "XAA" as DelegationCode).map(({ kind }) => kind);
const stays = (name: string): ParagraphCondition => ({ is: "stays", paragraph: idOf(name) });
const agreed = (name: string): ParagraphCondition => ({ is: "agreed", paragraph: idOf(name) });
const loses = (name: string, words: string): ParagraphCondition => ({ is: "loses", paragraph: idOf(name), words });

describe("conditions", () => {
  test("[CON1] are about other paragraphs that were circulated", () => {
    const table = aTable();
    const refusal = (...conditions: readonly Condition[]) =>
      table.refusal("delegation:XAA", objecting(table, "a", conditions));
    expect(refusal(stays("a"))).toBe("condition-unfit");
    expect(refusal(stays("nowhere"))).toBe("paragraph-unknown");
    expect(refusal({ is: "stays", paragraph: idOf("b"), wording: table.wording("c") })).toBe("wording-unknown");
    expect(refusal({ is: "stands", package: idOf("x") as string as PackageId })).toBe("package-unknown");
    table.text = [...table.text, paragraph("d", "A draft of the chair's.")];
    expect(refusal(agreed("d"))).toBe("paragraph-unknown");
    expect(refusal(stays("b"), agreed("c"), loses("c", "shall"), stays("s"))).toBe(null);
  });

  test("[CON1] are told with the reason and to nobody else", () => {
    for (const [preset, knows] of [
      ["closed", ["team", "delegation:XAA"]],
      ["delegations", ["team", "delegation:XAA", "delegation:XBB"]],
      ["open", ["team", "delegation:XAA", "delegation:XBB", "public"]],
    ] as const) {
      const table = aTable(preset);
      object(table, "a", loses("c", "shall"));
      const sealed = sealAll(table.entries);
      for (const viewer of [team, delegation("XAA"), delegation("XBB"), thePublic]) {
        const name = viewer.kind === "delegation" ? `delegation:${viewer.code}` : viewer.kind;
        const seen = sealed.map((entry) => present(entry, viewer, table.record));
        const told = JSON.stringify([
          seen.slice(-1),
          composeReport(table.record, table.record.text, viewer),
          composeReport(evolve(emptyRecord, seen), table.record.text, viewer).overview,
        ]);
        expect([preset, name, told.includes('"loses"')]).toEqual([preset, name, knows.includes(name as never)]);
      }
    }
  });

  test("[CON2] what is to stay holds so far, is met once agreed in its words, and is broken by other words or another part", () => {
    const table = aTable();
    const id = object(table, "a", stays("b"), { is: "stays", paragraph: idOf("b"), words: "voluntary" }, stays("s"));
    expect(states(table, id)).toEqual(["holds", "holds", "met"]);
    table.retype("b", "States decide to establish a voluntary list.");
    expect(states(table, id)).toEqual(["holds", "holds", "met"]);
    table.circulate();
    expect(states(table, id)).toEqual(["broken", "holds", "met"]);
    table.retype("b", "States decide to establish a voluntary directory.");
    table.circulate();
    table.gavel("b");
    expect(states(table, id)).toEqual(["met", "met", "met"]);
    table.move("s", "consensus");
    expect(states(table, id)).toEqual(["met", "met", "broken"]);
  });

  test("[CON2] agreement is met by the gavel and undone by a reopening; words are lost when they are gone, or all is", () => {
    const table = aTable();
    const id = object(table, "a", agreed("b"), loses("c", "shall"));
    expect(states(table, id)).toEqual(["open", "open"]);
    table.gavel("b");
    table.retype("c", "States may report every year.");
    table.circulate();
    expect(states(table, id)).toEqual(["met", "met"]);
    table.do("chair", { kind: "reopen", paragraph: idOf("b"), reason: "Asked for." });
    expect(states(table, id)).toEqual(["open", "met"]);
    table.move("b", "chair-summary");
    expect(states(table, id)).toEqual(["broken", "met"]);
    table.text = table.text.filter(({ id: other }) => other !== idOf("c"));
    table.circulate();
    expect(states(table, id)).toEqual(["broken", "met"]);
  });

  test("[CON3] that they are met, or broken, is told to the author and ends nothing", () => {
    const table = aTable();
    const id = object(table, "a", agreed("b"), stays("c"));
    expect(concern(table)).toEqual(["object-alone"]);
    table.gavel("b");
    expect(concern(table)).toEqual(["object-alone"]);
    table.gavel("c");
    expect([concern(table), table.position(id).standing]).toEqual([["conditions-met"], "standing"]);
    table.do("chair", { kind: "reopen", paragraph: idOf("c"), reason: "Asked for." });
    table.retype("c", "States may report every year.");
    table.circulate();
    expect([concern(table), table.status("a")]).toEqual([["condition-broken"], "contested"]);
    table.do("delegation:XAA", { kind: "confirm-met", position: id });
    expect(concern(table)).toEqual([]);
  });
});

describe("packages", () => {
  const prepare = (table: Table, paragraphs: readonly string[], ...conditions: readonly ParagraphCondition[]) =>
    table.do("secretariat", {
      kind: "prepare-package",
      title: "Package A",
      paragraphs: paragraphs.map(idOf),
      conditions,
    }) as PackageId;
  const release = (table: Table, id: PackageId) => table.do("chair", { kind: "release-package", package: id });

  test("[PKG6] there are three hundred at a time", () => {
    const table = aTable();
    for (let count = 0; count < 300; count++) prepare(table, ["a", "b"]);
    const another: Command = { kind: "prepare-package", title: "One more", paragraphs: [idOf("a")] };
    expect(table.refusal("chair", another)).toBe("too-many");
    const [first] = table.record.packages.keys();
    expect(table.refusal("chair", { ...another, package: first! })).toBeNull();
    table.do("chair", { kind: "withdraw-package", package: first! });
    expect(table.refusal("chair", another)).toBeNull();
  });

  test("[PKG1] nobody but the chair's team learns of one that is prepared, nor of other terms for one that was released", () => {
    const table = aTable("open");
    const kept = prepare(table, ["a", "b"], loses("c", "shall"));
    const dropped = prepare(table, ["a", "s"]);
    table.do("chair", { kind: "withdraw-package", package: dropped, reason: "Dropped quietly." });
    const leaks = (viewer: Viewer): string =>
      JSON.stringify([
        sealAll(table.entries)
          .map((entry) => present(entry, viewer, table.record))
          .filter((entry) => !("sealed" in entry) && /package/.test(entry.what.kind)),
        composeReport(table.record, table.record.text, viewer).packages,
      ]);
    const others = [delegation("XAA"), delegation("XOB"), thePublic];
    for (const viewer of others) expect(leaks(viewer)).toBe("[[],[]]");
    expect(composeReport(table.record, table.text, team).packages).toMatchObject([
      { title: "Package A", releasedAt: null },
      { withdrawn: { reason: "Dropped quietly." } },
    ]);
    release(table, kept);
    table.do("chair", {
      kind: "prepare-package",
      package: kept,
      title: "Zymurgy",
      paragraphs: [idOf("a")],
      conditions: [],
    });
    for (const viewer of others) {
      expect(leaks(viewer)).toContain("Package A");
      expect(leaks(viewer)).not.toContain("Zymurgy");
      expect(leaks(viewer)).not.toContain("quietly");
    }
    expect(composeReport(table.record, table.text, team).packages[0]).toMatchObject({
      title: "Zymurgy",
      changed: true,
    });
  });

  test("[PKG2] the release states the whole of what everybody has read, and the rest is to stay as it is", () => {
    const table = aTable();
    const id = prepare(table, ["a", "b"], loses("c", "shall"));
    release(table, id);
    expect(table.entries.at(-1)?.what).toMatchObject({
      kind: "package-released",
      title: "Package A",
      paragraphs: [idOf("a"), idOf("b")],
      conditions: [
        { is: "loses", paragraph: idOf("c"), words: "shall" },
        { is: "stays", paragraph: idOf("a"), wording: table.wording("a"), part: "consensus" },
        { is: "stays", paragraph: idOf("b"), wording: table.wording("b"), part: "consensus" },
      ],
    });
    table.text = [...table.text, paragraph("d", "A draft of the chair's.")];
    const early = prepare(table, ["a", "d"]);
    expect(table.refusal("chair", { kind: "release-package", package: early })).toBe("not-circulated");
    expect(table.refusal("chair", { kind: "release-package", package: id })).toBe("nothing-changes");
    expect(table.refusal("secretariat", { kind: "release-package", package: early })).toBe("only-the-chair");
  });

  test("[PKG3] other terms count once they are released, and a withdrawn package is over", () => {
    const table = aTable();
    const id = prepare(table, ["a", "b"]);
    release(table, id);
    const seen = () => composeReport(table.record, table.record.text, delegation("XAA")).packages[0];
    const change: Command = { kind: "prepare-package", package: id, title: "Package B", paragraphs: [idOf("c")] };
    table.do("secretariat", change);
    expect(table.refusal("secretariat", change)).toBe("nothing-changes");
    expect(seen()).toMatchObject({ title: "Package A", changed: false });
    release(table, id);
    expect(seen()).toMatchObject({ title: "Package B", paragraphs: [idOf("c")] });
    table.do("chair", { kind: "withdraw-package", package: id, reason: "No interest." });
    expect(seen()).toMatchObject({ title: "Package B", withdrawn: { reason: "No interest." } });
    for (const command of [change, { kind: "release-package", package: id } as const])
      expect(table.refusal("chair", command)).toBe("package-withdrawn");
    expect(table.refusal("delegation:XAA", objecting(table, "a", [{ is: "stands", package: id }]))).toBe(
      "package-withdrawn",
    );
  });

  test("[PKG4] a released one is known to delegations at the least, and as far as reasons are", () => {
    const knows = (preset: DisclosurePreset) => {
      const table = aTable(preset);
      release(table, prepare(table, ["a", "b"]));
      return [delegation("XAA"), delegation("XOB"), thePublic].map(
        (viewer) => composeReport(table.record, table.record.text, viewer).packages.length,
      );
    };
    expect([knows("closed"), knows("delegations"), knows("open")]).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [1, 1, 1],
    ]);
  });

  test("[PKG5] a position can name it, and it stands as its conditions do", () => {
    const table = aTable();
    const hidden = prepare(table, ["b"]);
    expect(table.refusal("delegation:XAA", objecting(table, "a", [{ is: "stands", package: hidden }]))).toBe(
      "package-unknown",
    );
    release(table, hidden);
    const other = prepare(table, ["b"], loses("c", "shall"));
    release(table, other);
    const id = object(table, "a", { is: "stands", package: hidden }, { is: "stands", package: other });
    expect(states(table, id)).toEqual(["holds", "open"]);
    table.retype("c", "States may report every year.");
    table.circulate();
    expect(states(table, id)).toEqual(["holds", "holds"]);
    table.gavel("b");
    expect(states(table, id)).toEqual(["met", "met"]);
    table.do("chair", { kind: "withdraw-package", package: other });
    expect(states(table, id)).toEqual(["met", "broken"]);
    table.do("chair", { kind: "reopen", paragraph: idOf("b"), reason: "Asked for." });
    table.retype("b", "States decide otherwise.");
    table.circulate();
    expect(states(table, id)).toEqual(["broken", "broken"]);
  });
});

describe("before an act", () => {
  const broken = (table: Table, viewer: Viewer, name: string, after: "reworded" | "moved" | "removed") => {
    const block = table.block(name);
    const [content] = [[{ t: "text", text: "Other words." }]] as const;
    return wouldBreak(
      table.record,
      composeReport(table.record, table.text, viewer),
      table.text,
      idOf(name),
      after === "removed" ? null : after === "moved" ? { ...block, part: "chair-summary" } : { ...block, content },
    ).map(({ by, condition }) => `${by?.code ?? "?"} ${condition.is}`);
  };

  test("[CON7] it is told whose condition it would break, and what is broken already is not told again", () => {
    const table = aTable();
    object(table, "a", stays("b"), { is: "stays", paragraph: idOf("b"), words: "voluntary" });
    expect(broken(table, team, "b", "reworded")).toEqual(["XAA stays", "XAA stays"]);
    expect(broken(table, team, "b", "moved")).toEqual(["XAA stays", "XAA stays"]);
    expect(broken(table, team, "b", "removed")).toEqual(["XAA stays", "XAA stays"]);
    expect(broken(table, team, "c", "removed")).toEqual([]);
    table.retype("b", "States decide to establish a directory that is voluntary.");
    expect(broken(table, team, "b", "reworded")).toEqual(["XAA stays"]);
  });

  test("[CON7] nobody learns of it who may not read the condition", () => {
    const table = aTable("closed");
    object(table, "a", stays("b"));
    expect(broken(table, team, "b", "reworded")).toEqual(["XAA stays"]);
    expect(broken(table, delegation("XBB"), "b", "reworded")).toEqual([]);
    expect(broken(table, thePublic, "b", "reworded")).toEqual([]);
  });
});
