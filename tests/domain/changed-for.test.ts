/** What changed for one delegation (SPEC: REP8–REP10): a negotiation in which it is known by construction whom each act is about. */
import { describe, expect, test } from "vitest";
import type { ChangedFor } from "../../shared/domain/changed-for.ts";
import { changedFor, toldIn } from "../../shared/domain/changed-for.ts";
import { present } from "../../shared/domain/disclosure.ts";
import { newsSince } from "../../shared/domain/news.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import { viewerOf } from "../../shared/domain/roster.ts";
import type { DelegationCode, EpochMs, ProposalId, SilenceId } from "../../shared/domain/values.ts";
import { chance } from "../support/random.ts";
import { sealAll } from "../support/seal.ts";
import { actor, idOf, paragraph, Table } from "../support/table.ts";

const codes = ["XAA", "XAB", "XAC", "XAD", "XAE", "XAF", "XAG", "XAH", "XAI", "XAJ"] as const;
type Code = (typeof codes)[number];
const seat = (code: Code): string => `delegation:${code}`;

/** One line for each item, as a set. */
function linesOf({ course, proposals, agreed, brackets, awaited }: ChangedFor): readonly string[] {
  const name = (id: string): string => id.replace(/0+$/, "");
  return [
    ...course.map(({ what }) => what.kind),
    ...proposals.map((one) => `${name(one.paragraph)}: ${one.outcome}, ${one.fate}, ${one.reason ?? "no reason"}`),
    ...agreed.map((one) => `${name(one.paragraph)}: ${one.how}`),
    ...brackets.map((one) => `${name(one.paragraph)}: opened ${one.opened.join("")}; lifted ${one.lifted.join("")}`),
    ...awaited.map((one) => `${one.paragraph ? name(one.paragraph) : "all"}: ${one.kind}${one.isNew ? ", new" : ""}`),
  ].toSorted();
}

/** Eighty paragraphs and forty proposals: what happens to each is drawn, and noted for whom it is about. */
function aNegotiation(seed: number) {
  const random = chance(seed);
  const names = (from: number, to: number, letter: string): string[] =>
    Array.from({ length: to - from }, (_, index) => `${letter}${from + index}x`);
  const [proposed, agreed, bracketed] = [names(0, 40, "p"), names(40, 60, "g"), names(60, 80, "b")];
  const hadBrackets = new Set(bracketed.filter(() => random.below(2) === 0));
  const words = (name: string): string =>
    `States in ${name} should cooperate${hadBrackets.has(name) ? ` [pending ${name}]` : ""} in good time, as ${name} says.`;
  const table = new Table(
    [...proposed, ...agreed, ...bracketed].map((name) => paragraph(name, words(name))),
    { delegations: Object.fromEntries(codes.map((code) => [code, "member-state"])) },
  );
  table.do("chair", { kind: "issue-version", label: "Zero draft" });

  const sponsors = new Map<string, { id: ProposalId; author: Code; cosponsor: Code | null }>();
  for (const name of proposed) {
    const author = random.pick(codes);
    const id = table.do(seat(author), {
      kind: "table-proposal",
      paragraph: idOf(name),
      wording: table.wording(name),
      text: words(name).replace("should", `shall of ${author}`),
    }) as ProposalId;
    const joins = random.pick(codes.filter((code) => code !== author));
    const cosponsor = random.below(3) === 0 ? joins : null;
    if (cosponsor) table.do(seat(cosponsor), { kind: "cosponsor", proposal: id });
    sponsors.set(name, { id, author, cosponsor });
  }
  for (const name of agreed) table.gavel(name);
  const spoke = new Map<string, { code: Code; level: "objection" | "support" }>();
  for (const name of bracketed) {
    const code = random.pick(codes);
    const level = random.pick(["objection", "support"] as const);
    if (level === "objection") table.object(code, name);
    else table.support(code, name);
    spoke.set(name, { code, level });
  }
  const before = { record: table.record, text: table.text };

  const expected = new Map<Code, string[]>(codes.map((code) => [code, []]));
  const told = (whom: readonly (Code | null)[], line: string): void => {
    for (const code of new Set(whom)) if (code) expected.get(code)!.push(line);
  };
  const untouched: string[] = [];
  for (const name of proposed) {
    const { id: proposal, author, cosponsor } = sponsors.get(name)!;
    const both = [author, cosponsor];
    const dispose = (
      fate: "taken-up" | "bracketed" | "taken-up-in-part" | "in-chair-summary",
      outcome: string,
    ): void => {
      const hunks = fate === "taken-up-in-part" ? { hunks: [0] } : {};
      table.do("secretariat", { kind: "dispose-proposal", proposal, fate, reason: `For ${name}.`, ...hunks });
      told(both, `${name}: ${outcome}, ${fate}, For ${name}.`);
    };
    switch (random.below(8)) {
      case 0:
        dispose("taken-up", "used");
        break;
      case 1:
        dispose("taken-up-in-part", "adapted");
        break;
      case 2:
        dispose("bracketed", "adapted");
        told(both, `${name}: opened [should][shall of ${author}]; lifted `);
        break;
      case 3:
        dispose("in-chair-summary", "adapted");
        break;
      case 4:
        table.do("chair", { kind: "dispose-proposal", proposal, fate: "not-taken-up", reason: `No to ${name}.` });
        told(both, `${name}: not-used, not-taken-up, No to ${name}.`);
        break;
      case 5:
        table.do(seat(author), { kind: "withdraw-proposal", proposal });
        told([cosponsor], "");
        break;
      case 6:
        table.do(seat(author), {
          kind: "amend-proposal",
          proposal,
          wording: table.wording(name),
          text: words(name).replace("should", `must of ${author}`),
        });
        // Who sponsored other words is asked again.
        told([cosponsor], `${name}: co-sponsor, new`);
        break;
      default:
        untouched.push(name);
    }
  }
  for (const name of agreed) {
    const reopens = (): void =>
      void table.do("chair", { kind: "reopen", paragraph: idOf(name), reason: `About ${name}.` });
    switch (random.below(5)) {
      case 0:
        reopens();
        told(codes, `${name}: reopened`);
        break;
      case 1:
        table.do("chair", {
          kind: "editorial-correction",
          paragraph: idOf(name),
          wording: table.wording(name),
          text: words(name).replace(",", ""),
          reason: "A comma.",
        });
        told(codes, `${name}: corrected`);
        break;
      case 2:
        reopens();
        table.retype(name, words(name).replace("should", "will"));
        table.circulate();
        table.gavel(name);
        told(codes, `${name}: anew`);
        break;
      case 3:
        reopens();
        table.gavel(name);
        break;
    }
  }
  for (const name of bracketed) {
    const { code, level } = spoke.get(name)!;
    const pending = `[pending ${name}]`;
    const choice = random.below(3);
    if (choice === 0) continue;
    const lifts = choice === 1 && hadBrackets.has(name);
    table.retype(name, lifts ? words(name).replace(`${pending} `, "") : words(name).replace("good", "[good]"));
    told([code], `${name}: opened ${lifts ? "" : "[good]"}; lifted ${lifts ? pending : ""}`);
    told([code], `${name}: changed-after-${level}, new`);
  }
  table.circulate();
  const silent = untouched.slice(0, 2);
  if (silent.length > 0) {
    table.do("chair", {
      kind: "announce-silence",
      scope: silent.map(idOf),
      deadline: (table.now + 80 * 3_600_000) as EpochMs,
      zone: "UTC",
    });
    told(codes, "all: silence, new");
    told(codes, "silence-announced");
  }
  return { table, before, expected };
}

describe("what changed for a delegation", () => {
  const seeds = process.env["SEED"] ? [Number(process.env["SEED"])] : [1, 2, 3, 4, 5];
  test.each(seeds)(
    "[REP8] is exactly what is about it, of 80 paragraphs and 40 proposals, on the server and at its desk (seed %i)",
    (seed) => {
      const { table, before, expected } = aNegotiation(seed);
      const sealed = sealAll(table.entries);
      for (const code of codes) {
        const lines = expected
          .get(code)!
          .filter((line) => line !== "")
          .toSorted();
        expect(linesOf(changedFor(before, table.negotiation, code as DelegationCode, table.entries)), code).toEqual(
          lines,
        );
        // The desk folds what this delegation may see, and finds the same.
        const seen = sealed.map((entry) => present(entry, viewerOf(actor(seat(code)).seat), table.record));
        const then = evolve(emptyRecord, seen.slice(0, before.record.seq));
        const now = evolve(emptyRecord, seen);
        const atDesk = changedFor(
          { record: then, text: then.text },
          { record: now, text: now.text },
          code as DelegationCode,
          seen,
        );
        expect(linesOf(atDesk), `desk of ${code}`).toEqual(lines);
      }
    },
  );

  test("[REP8] versions, silences, the adoption and statements come first, but not a delegation's own", () => {
    const table = new Table([paragraph("a", "States should cooperate."), paragraph("b", "States should consult.")]);
    table.circulate();
    const before = table.negotiation;
    const kinds = (code: string): readonly string[] =>
      changedFor(before, table.negotiation, code as DelegationCode, table.entries).course.map(({ what }) => what.kind);
    table.do("chair", { kind: "issue-version", label: "Zero draft" });
    const deadline = (table.now + 80 * 3_600_000) as EpochMs;
    const silence = { kind: "announce-silence", scope: [idOf("a")], zone: "UTC" } as const;
    const procedure = table.do("chair", { ...silence, deadline }) as SilenceId;
    const later = (deadline + 3_600_000) as EpochMs;
    table.do("chair", { kind: "extend-silence", procedure, deadline: later });
    table.do("delegation:XAA", { kind: "break-silence", procedure });
    table.do("chair", { kind: "cancel-silence", procedure, reason: "Broken." });
    table.do("chair", { kind: "adopt" });
    table.do("delegation:XAA", { kind: "make-statement", form: "explanation-of-position", text: "We joined." });
    const chairs = ["version-issued", "silence-announced", "silence-extended"];
    expect(kinds("XAA")).toEqual([...chairs, "silence-cancelled", "adopted"]);
    expect(kinds("XBB")).toEqual([...chairs, "silence-broken", "silence-cancelled", "adopted", "statement-made"]);
  });

  test("[REP8] nothing changed between a moment and itself, and what waited before is not new", () => {
    const { table, before } = aNegotiation(1);
    const now = table.negotiation;
    for (const code of codes) {
      const nothing = changedFor(now, now, code as DelegationCode, table.entries);
      expect([...nothing.course, ...nothing.proposals, ...nothing.agreed, ...nothing.brackets]).toEqual([]);
      expect(nothing.awaited.some(({ isNew }) => isNew)).toBe(false);
      const { awaited } = changedFor(before, now, code as DelegationCode, table.entries);
      expect(nothing.awaited.map(({ kind, paragraph: id }) => [kind, id])).toEqual(
        awaited.map(({ kind, paragraph: id }) => [kind, id]),
      );
    }
  });

  test("[REP9] what waits for an answer says until when, where silence runs on its paragraph", () => {
    const table = new Table([paragraph("a", "States should cooperate."), paragraph("b", "States should consult.")]);
    table.circulate();
    table.object("XAA", "b");
    table.do("delegation:XBB", {
      kind: "table-proposal",
      paragraph: idOf("a"),
      wording: table.wording("a"),
      text: "States shall cooperate.",
      invited: ["XAA" as DelegationCode],
    });
    table.retype("b", "States should consult each other.");
    table.circulate();
    const deadline = (table.now + 80 * 3_600_000) as EpochMs;
    table.do("chair", { kind: "announce-silence", scope: [idOf("a")], deadline, zone: "UTC" });
    const { awaited } = changedFor(table.negotiation, table.negotiation, "XAA" as DelegationCode, table.entries);
    expect(awaited.map(({ kind, until }) => [kind, until])).toEqual([
      ["silence", deadline],
      ["changed-after-objection", null],
      ["co-sponsor", deadline],
    ]);
    table.do("delegation:XAA", { kind: "break-silence", procedure: table.record.silences.keys().next().value! });
    expect(
      changedFor(table.negotiation, table.negotiation, "XAA" as DelegationCode, table.entries).awaited.map(
        ({ kind }) => kind,
      ),
    ).not.toContain("silence");
  });

  test("[REP10] what it tells is not told again among the news", () => {
    const { table, before } = aNegotiation(2);
    const sealed = sealAll(table.entries);
    for (const code of codes) {
      const { seat: held } = actor(seat(code));
      const seen = sealed.map((entry) => present(entry, viewerOf(held), table.record));
      const told = toldIn(changedFor(before, table.negotiation, code as DelegationCode, table.entries));
      const news = newsSince(table.record, seen, before.record.seq, held).filter(({ seq }) => !told.has(seq));
      expect(news.map(({ what }) => what.kind)).not.toContain("paragraph-corrected");
      expect(news.map(({ what }) => what.kind)).not.toContain("proposal-disposed");
    }
  });

  test("[REP8] a correction that was contested is a reopening", () => {
    const table = new Table([paragraph("a", "States should co-operate, always.")]);
    table.circulate();
    table.gavel("a");
    const before = table.negotiation;
    table.do("chair", {
      kind: "editorial-correction",
      paragraph: idOf("a"),
      wording: table.wording("a"),
      text: "States should cooperate, always.",
      reason: "Spelling.",
    });
    table.do("delegation:XBB", { kind: "contest-correction", paragraph: idOf("a"), reason: "It matters." });
    const { agreed } = changedFor(before, table.negotiation, "XAA" as DelegationCode, table.entries);
    expect(agreed).toMatchObject([{ how: "reopened", reason: "It matters." }]);
  });
});
