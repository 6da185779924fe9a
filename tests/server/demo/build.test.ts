import { describe, expect, test } from "vitest";
import { states } from "../../../server/demo/cast.ts";
import { ends, opens } from "../../../server/demo/history.ts";
import { meetingWeek } from "../../../server/demo/meeting-day.ts";
import { verifySeen } from "../../../shared/domain/chain.ts";
import { audienceKey, present } from "../../../shared/domain/disclosure.ts";
import { composeReport } from "../../../shared/domain/report.ts";
import type { ComposedParagraph, ComposedReport } from "../../../shared/domain/report.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import { canonicalText, textNamed } from "../../../shared/domain/wording.ts";
import { epochMs } from "../../../shared/domain/values.ts";
import { aSunday, demo, demoAt, record } from "./support.ts";

const team: Viewer = { kind: "team" };
const of = (state: keyof typeof states): Viewer => ({ kind: "delegation", code: states[state].code });
const reports = new Map<string, ComposedReport>();
function reportFor(viewer: Viewer): ComposedReport {
  const known = reports.get(audienceKey(viewer));
  if (known) return known;
  const report = composeReport(record, viewer.kind === "team" ? demo.text : record.text, viewer);
  reports.set(audienceKey(viewer), report);
  return report;
}
const paragraphs = (all: readonly ComposedParagraph[]) => all.filter(({ kind }) => kind === "paragraph");
const numbered = (number: string, viewer: Viewer = team): ComposedParagraph =>
  reportFor(viewer).parts.consensus.find((paragraph) => paragraph.number === number)!;
const objectors = (number: string) =>
  numbered(number)
    .positions.filter(({ level, standing }) => level === "objection" && standing)
    .map(({ by }) => by?.name);

describe("the text", () => {
  test("has 42 paragraphs, 36 of consensus text and 6 of chair's summary, under the six topics", () => {
    const { parts } = reportFor(team);
    expect(paragraphs(parts.consensus).map(({ number }) => number)).toEqual(
      Array.from({ length: 36 }, (_, index) => String(index + 1)),
    );
    expect(paragraphs(parts.chairSummary).map(({ number }) => number)).toEqual(["1", "2", "3", "3(a)", "3(b)", "4"]);
    const headings = parts.consensus.filter(({ kind, level }) => kind === "heading" && level === 0);
    expect(headings.map(({ text }) => text)).toEqual([
      "Introduction",
      ...record.topics.map(({ title }) => title),
      "Conclusions",
    ]);
  });

  test("has paragraphs of a sentence or two, none like another", () => {
    const { consensus, chairSummary } = reportFor(team).parts;
    const texts = paragraphs([...consensus, ...chairSummary]).map(({ text }) => text);
    for (const text of texts) {
      const length = text.split(" ").length;
      expect(length, text).toBeGreaterThan(25);
      expect(length, text).toBeLessThan(100);
    }
    const runs = texts.flatMap((text) => {
      const words = text.toLowerCase().split(/\W+/).filter(Boolean);
      return [...new Set(words.map((_, index) => words.slice(index, index + 9).join(" ")))].filter(
        (run) => run.split(" ").length === 9,
      );
    });
    expect(new Set(runs).size).toBe(runs.length);
  });

  test("shows footnotes, marks, a cross-reference and open brackets", () => {
    const inlines = demo.text.flatMap(({ content }) => content);
    expect(inlines.filter(({ t }) => t === "footnote")).toHaveLength(3);
    expect(new Set(inlines.flatMap((inline) => (inline.t === "text" ? (inline.marks ?? []) : [])))).toEqual(
      new Set(["em", "underline"]),
    );
    const references = inlines.flatMap((inline) => (inline.t === "ref" ? [inline.to] : []));
    expect(references).toEqual([numbered("24").id]);
    expect(demo.text.filter(({ content }) => canonicalText(content).includes("[")).map(({ id }) => id)).toEqual([
      numbered("12").id,
    ]);
  });
});

describe("at first start", () => {
  test("27 of 36 are agreed, 3 open, 5 contested, 1 reopened", () => {
    const by = (status: string) =>
      reportFor(team)
        .parts.consensus.filter((paragraph) => paragraph.status === status)
        .map(({ number }) => Number(number));
    expect(by("agreed")).toHaveLength(27);
    expect(by("open")).toEqual([11, 22, 33]);
    expect(by("contested")).toEqual([12, 16, 24, 27, 36]);
    expect(by("reopened")).toEqual([19]);
  });

  test("[REP3] [REP5] the chair reads that 6 paragraphs and 5 delegations stand in the way, and that paragraph 24 is closest", () => {
    const { overview } = reportFor(team);
    expect(overview).toMatchObject({ total: 36, agreed: 27, blocked: 6, delegations: 5 });
    expect(overview.steps.map(({ number }) => number)).toEqual(["24", "27", "12", "36", "19", "16"]);
    expect(overview.steps[0]).toMatchObject({
      by: [{ name: "Lunari" }],
      kinds: ["objection"],
      remedies: [{ kind: "replace", text: "taking into account the different capacities of States" }],
    });
    expect(new Set(reportFor(team).blockers.flatMap(({ by }) => by?.name ?? []))).toEqual(
      new Set(["Lunari", "Kasimbe", "Velkany", "Rostavia", "Quenlo"]),
    );
  });

  test("Lunari is concerned by two things: it objects to paragraph 24 alone, and 19 changed after it supported it", () => {
    const concerning = reportFor(of("lunari")).parts.consensus.flatMap((paragraph) =>
      paragraph.positions
        .filter(({ by, level, stale }) => by?.name === "Lunari" && (stale || level === "objection"))
        .map(({ level, stale }) => ({ number: paragraph.number, level, stale })),
    );
    expect(concerning).toEqual([
      { number: "19", level: "support", stale: true },
      { number: "24", level: "objection", stale: false },
    ]);
    expect(objectors("24")).toEqual(["Lunari"]);
    const { positions, text } = numbered("24");
    const span = positions.find(({ level }) => level === "objection")!.span!;
    expect(text.slice(span.from, span.to)).toBe("available at all hours");
  });

  test("Rostavia and one other object to paragraph 16, which was never moved", () => {
    expect(objectors("16")).toEqual(["Rostavia", "Quenlo"]);
    const insisting = numbered("16").positions.filter(({ condition }) => condition);
    expect(insisting.map(({ by, level }) => [by?.name, level])).toEqual([
      ["Halvern", "support"],
      ["Brennfell", "support"],
    ]);
    expect(record.moves.map(({ paragraph }) => paragraph)).not.toContain(numbered("16").id);
    const stale = reportFor(of("rostavia")).parts.consensus.flatMap(({ positions }) =>
      positions.filter(({ by, stale }) => by?.name === "Rostavia" && stale),
    );
    expect(stale).toEqual([]);
  });

  test("[STA2] paragraph 19 was agreed, reopened with a reason and made firmer; the three that supported it no longer do", () => {
    const { id, text, positions } = numbered("19");
    expect(text).toContain("States shall ask");
    expect(record.gavels.get(id)?.reopened?.reason).toContain("firmer verb");
    expect(textNamed(record, record.gavels.get(id)!.wording)).toBe(text.replace("States shall", "States should"));
    expect(positions.map(({ by, level, standing }) => [by?.name, level, standing])).toEqual([
      ["Lunari", "support", false],
      ["Tamborel", "support", false],
      ["Umbessa", "support", false],
    ]);
  });

  test("[POS6] Kasimbe's objection to paragraph 27 stands on words that have changed since", () => {
    const { positions, text } = numbered("27");
    const objection = positions.find(({ level }) => level === "objection")!;
    expect(objection).toMatchObject({ by: { name: "Kasimbe" }, stale: true, standing: true });
    expect(textNamed(record, objection.wording)).toContain("and their results made public");
    expect(text).not.toContain("and their results made public");
  });

  test("Velkany objects to where paragraph 36 stands, not to its words", () => {
    expect(objectors("36")).toEqual(["Velkany"]);
    expect(reportFor(team).blockers.filter(({ paragraph }) => paragraph === numbered("36").id)).toMatchObject([
      { why: "placement" },
    ]);
  });

  test("Calidora withdrew at ten past three in New York, and paragraph 31 is agreed", () => {
    const withdrawal = demo.entries.find(({ what }) => what.kind === "position-withdrawn")!;
    expect(withdrawal.who.seat).toMatchObject({ delegation: states.calidora.code });
    expect(new Date(withdrawal.at).toISOString()).toBe("2026-11-19T20:10:00.000Z");
    expect(numbered("31").status).toBe("agreed");
  });

  test("one reservation is on the record from the floor, for Umbessa to confirm", () => {
    const unconfirmed = [...record.positions.values()].filter(({ confirmed }) => !confirmed);
    expect(unconfirmed).toMatchObject([
      { by: states.umbessa.code, level: "reservation", paragraph: numbered("22").id },
    ]);
  });

  test("[DIS5] the public reads counts and no names, reasons or remedies", () => {
    const seen = reportFor(thePublic);
    expect(seen.overview).toMatchObject({ total: 36, agreed: 27, blocked: 6 });
    expect(numbered("16", thePublic).counts).toMatchObject({ objection: 2 });
    const all = JSON.stringify(seen);
    const secrets = ["Lunari", "Rostavia", "different capacities of States", "was established to prevent"];
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
    const since = Date.parse("2026-11-19T17:00:00.000Z");
    expect(record.circulations.filter(({ at }) => at > since).map(({ note }) => note)).toEqual([
      "Changes of Thursday morning in paragraphs 27, 31 and 33",
      "Paragraph 19, reopened: “should” becomes “shall”",
    ]);
  });
});

describe("its record", () => {
  test("[CHN1] verifies, whole and as each viewer gets it", () => {
    for (const viewer of [team, of("lunari"), of("rostavia"), thePublic]) {
      const seen = demo.entries.map((entry) => present(entry, viewer, record));
      expect(verifySeen(seen, null)).toMatchObject({ ok: true });
    }
  });

  test("holds a seat for everyone of the cast, two of them Lunari's", () => {
    expect(record.holdings.map(({ person }) => person).sort()).toEqual(demo.seats.map(({ person }) => person).sort());
    const lunaris = demo.seats.filter(({ seat }) => seat === `delegation:${states.lunari.code}`);
    expect(lunaris.map(({ person }) => demo.persons.find(({ id }) => id === person)?.name)).toEqual([
      "Sefa Tolui",
      "Ano Kirre",
    ]);
  });

  test("leaves the chair nothing that was not circulated", () => {
    expect(demo.text).toEqual(record.text);
  });

  test("is the same for the same seed and time", () => {
    const again = demoAt(aSunday);
    expect(again.entries.at(-1)).toEqual(demo.entries.at(-1));
    expect(again.text).toEqual(demo.text);
  });

  test("is in order of time, from Monday morning to Thursday afternoon", () => {
    const times = demo.entries.map(({ at }) => at);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    const week = meetingWeek(aSunday, ends);
    expect(times[0]).toBe(week(opens));
    expect(times.at(-1)).toBeLessThan(week(ends));
  });

  test("keeps every position on the one paragraph it was taken on", () => {
    for (const { on, paragraph } of record.positions.values()) expect(on).toEqual([paragraph]);
  });
});

test("the days are those before the last Thursday that is over in New York, in summer and in winter", () => {
  for (const [now, opening, last] of [
    ["2026-11-19T21:50:59Z", "2026-11-09 08:30:00", "2026-11-12 16:51:00"],
    ["2026-11-19T21:51:00Z", "2026-11-16 08:30:00", "2026-11-19 16:51:00"],
    ["2026-11-26T03:00:00Z", "2026-11-16 08:30:00", "2026-11-19 16:51:00"],
    ["2026-07-10T00:00:00Z", "2026-07-06 08:30:00", "2026-07-09 16:51:00"],
    ["2027-01-01T12:00:00Z", "2026-12-28 08:30:00", "2026-12-31 16:51:00"],
  ] as const) {
    const clock = meetingWeek(epochMs(Date.parse(now)), ends);
    const shown = (at: number) => new Date(at).toLocaleString("sv", { timeZone: "America/New_York" });
    expect([shown(clock(opens)), shown(clock(ends))]).toEqual([opening, last]);
  }
});
