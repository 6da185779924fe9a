/** Groups, rule by rule (SPEC: GRP), and over random groups, alignments and departures. */
import { describe, expect, test } from "vitest";
import { awaitedOf } from "../../shared/domain/awaited.ts";
import type { Command } from "../../shared/domain/commands.ts";
import { disclosureFor, present } from "../../shared/domain/disclosure.ts";
import type { DisclosurePreset } from "../../shared/domain/entries.ts";
import { groupIn, groupsIn, membersOf, statementsFor } from "../../shared/domain/groups.ts";
import type { Level } from "../../shared/domain/positions.ts";
import { levels, strictness } from "../../shared/domain/positions.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Viewer } from "../../shared/domain/roster.ts";
import { countsOn, stances, statusOf } from "../../shared/domain/status.ts";
import type {
  DelegationCode,
  EpochMs,
  GroupId,
  ParagraphId,
  PositionId,
  ProposalId,
  SilenceId,
} from "../../shared/domain/values.ts";
import { tell } from "../../shared/messages/tell.ts";
import { evolveSeen, nothingSeen } from "../../shared/domain/seen-record.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import { factOf } from "../../shared/domain/record.ts";
import { chance } from "../support/random.ts";
import { sealAll } from "../support/seal.ts";
import { actor, idOf, paragraph, Table } from "../support/table.ts";

const codeOf = (code: string): DelegationCode => code as DelegationCode;
const delegation = (code: string): Viewer => ({ kind: "delegation", code: codeOf(code) });
const team: Viewer = { kind: "team" };
const thePublic: Viewer = { kind: "public" };

const states = ["XAA", "XBB", "XCC", "XDD", "XEE"] as const;

function aTable(disclosure: DisclosurePreset = "delegations"): Table {
  const delegations = Object.fromEntries([
    ...states.map((code) => [code, "member-state"] as const),
    ["XOB", "observer-state"] as const,
    ["XEU", "regional-organisation"] as const,
  ]);
  const table = new Table(
    [
      paragraph("a", "States should cooperate and share what they learn of threats."),
      paragraph("b", "States decide to establish a directory available at all hours."),
    ],
    { disclosure, delegations },
  );
  table.circulate();
  return table;
}

/** A group all of whose members have joined; the first speaks. */
function group(table: Table, name: string, ...members: readonly string[]): GroupId {
  const invite = members.map(codeOf);
  const id = table.do("chair", { kind: "create-group", name, of: "cross-regional", invite }) as GroupId;
  for (const member of members) table.do(`delegation:${member}`, { kind: "join-group", group: id });
  if (invite[0]) table.do("chair", { kind: "name-speaker", group: id, speaker: invite[0] });
  return id;
}

const lodging = (table: Table, level: Level, onBehalfOfGroup?: GroupId, name = "a"): Command => ({
  kind: "lodge-position",
  paragraph: idOf(name),
  wording: table.wording(name),
  level,
  ...(onBehalfOfGroup && { onBehalfOfGroup }),
});
const state = (table: Table, code: string, level: Level, of?: GroupId): PositionId =>
  table.do(`delegation:${code}`, lodging(table, level, of)) as PositionId;
const counted = (table: Table, name = "a") => countsOn(table.record, table.block(name));
const silence = (table: Table): SilenceId =>
  table.do("chair", {
    kind: "announce-silence",
    scope: [idOf("a")],
    deadline: (table.now + 80 * 3_600_000) as EpochMs,
    zone: "UTC",
  }) as SilenceId;
const depart: Command = { kind: "depart", paragraph: idOf("a"), reason: "Our instructions differ." };

describe("who belongs and who speaks", () => {
  test("[GRP1] a delegation belongs to a group once it has joined, and joins only where it is listed", () => {
    const table = aTable();
    const invite = [codeOf("XAA"), codeOf("XBB")];
    const id = table.do("chair", { kind: "create-group", name: "the Coastal States", of: "political", invite });
    const join: Command = { kind: "join-group", group: id as GroupId };
    const members = () => membersOf(table.record, groupIn(table.record, id as GroupId)!);
    expect(members()).toEqual([]);
    table.do("delegation:XAA", join);
    expect(members()).toEqual(["XAA"]);
    expect(table.refusal("delegation:XCC", join)).toBe("not-invited");
    expect(table.refusal("delegation:XAA", join)).toBe("already-a-member");
    expect(table.refusal("adviser:XBB", join)).toBe("not-allowed");
    table.do("delegation:XAA", { kind: "leave-group", group: id as GroupId });
    expect(members()).toEqual([]);
    table.do("delegation:XBB", join);
    table.do("chair", { kind: "change-group", group: id as GroupId, remove: [codeOf("XBB")] });
    expect(members()).toEqual([]);
  });

  test("[GRP1] regional groups follow from the roster, and nobody joins or leaves them", () => {
    const table = aTable();
    const african = { code: codeOf("XAA"), name: "XAA", kind: "member-state", regionalGroup: "african" } as const;
    expect(groupsIn(table.record)).toEqual([]);
    table.do("chair", { kind: "change-delegation", delegation: african });
    expect(groupsIn(table.record).map(({ name, kind }) => [name, kind])).toEqual([["the African States", "regional"]]);
    const id = "african" as GroupId;
    expect(table.refusal("delegation:XAA", { kind: "leave-group", group: id })).toBe("group-regional");
    expect(table.refusal("delegation:XBB", { kind: "join-group", group: id })).toBe("group-regional");
    expect(table.refusal("chair", { kind: "name-speaker", group: id, speaker: codeOf("XBB") })).toBe("not-a-member");
    table.do("chair", { kind: "name-speaker", group: id, speaker: codeOf("XAA") });
    state(table, "XAA", "support", id);
    expect(counted(table).support).toBe(1);
  });

  test("[GRP1] an invitation is shown to the chair's team and the one invited, joining to everybody", () => {
    const table = aTable();
    const before = table.entries.length;
    group(table, "the Coastal States", "XAA", "XBB");
    const seen = (viewer: Viewer) =>
      sealAll(table.entries)
        .slice(before)
        .map((entry) => present(entry, viewer, table.record))
        .map((entry) => ("sealed" in entry ? "sealed" : entry.what.kind));
    const invited = ["group-invited", "group-invited"];
    const after = ["group-joined", "group-joined", "group-speaker-named"];
    expect(seen(team)).toEqual(["group-made", ...invited, ...after]);
    expect(seen(delegation("XAA"))).toEqual(["group-made", "group-invited", "sealed", ...after]);
    expect(seen(thePublic)).toEqual(["group-made", "sealed", "sealed", ...after]);
  });

  test("[GRP3] only whoever holds the office speaks for the group, and may hand it to a member", () => {
    const table = aTable();
    const id = group(table, "the Coastal States", "XAA", "XBB");
    expect(table.refusal("delegation:XBB", lodging(table, "objection", id))).toBe("not-the-speaker");
    expect(table.refusal("delegation:XCC", lodging(table, "objection", "nothing" as GroupId))).toBe("group-unknown");
    const hand = (speaker: string): Command => ({ kind: "name-speaker", group: id, speaker: codeOf(speaker) });
    expect(table.refusal("delegation:XBB", hand("XBB"))).toBe("not-the-speaker");
    expect(table.refusal("delegation:XAA", hand("XCC"))).toBe("not-a-member");
    const position = state(table, "XAA", "objection", id);
    table.do("delegation:XAA", hand("XBB"));
    // The author is the group: whoever speaks for it now ends what was stated before.
    expect(table.refusal("delegation:XAA", { kind: "withdraw-position", position })).toBe("not-yours");
    table.do("delegation:XBB", { kind: "withdraw-position", position });
    expect(table.position(position).standing).toBe("withdrawn");
  });

  test("[GRP3] what the team hears from a group's speaker awaits the speaker's confirmation", () => {
    const table = aTable();
    const id = group(table, "the Coastal States", "XAA", "XBB");
    const heard: Command = { ...lodging(table, "support", id), onBehalfOf: codeOf("XAA") } as Command;
    expect(table.refusal("chair", { ...heard, onBehalfOf: codeOf("XBB") } as Command)).toBe("not-the-speaker");
    const position = table.do("chair", heard) as PositionId;
    expect(counted(table).support).toBe(0);
    expect(table.refusal("delegation:XBB", { kind: "confirm-position", position })).toBe("not-yours");
    table.do("delegation:XAA", { kind: "confirm-position", position });
    expect(counted(table).support).toBe(2);
  });
});

describe("what a group states", () => {
  test("[GRP2] it is shown as the group's, and is nobody's own", () => {
    const table = aTable();
    const id = group(table, "the Coastal States", "XAA", "XBB");
    state(table, "XAA", "objection", id);
    const report = composeReport(table.record, table.text, team);
    expect(report.parts.consensus[0]?.positions).toMatchObject([
      { by: { code: "XAA", group: { id, name: "the Coastal States" } }, behind: { count: 2, aligned: [] } },
    ]);
    expect(report.blockers).toMatchObject([{ by: { code: "XAA", group: { name: "the Coastal States" } } }]);
    const voice = voiceIn("en");
    const told = tell(factOf(table.entries.at(-1)!)!, {
      record: evolveSeen(nothingSeen, table.entries),
      text: table.text,
      voice,
    });
    expect(told[0]).toBe("XAA on behalf of the Coastal States");
  });

  test("[GRP4] it counts for the members there were, and for nobody who joins or leaves later", () => {
    const table = aTable();
    const id = group(table, "the Coastal States", "XAA", "XBB");
    const position = state(table, "XAA", "objection", id);
    expect(counted(table).objection).toBe(2);
    table.do("chair", { kind: "change-group", group: id, invite: [codeOf("XCC")] });
    table.do("delegation:XCC", { kind: "join-group", group: id });
    expect(counted(table).objection).toBe(2);
    table.do("delegation:XCC", { kind: "align", position });
    expect(counted(table).objection).toBe(3);
    table.do("delegation:XBB", { kind: "leave-group", group: id });
    expect(counted(table).objection).toBe(3);
    table.do("delegation:XBB", depart);
    expect(counted(table).objection).toBe(2);
  });

  test("[GRP5] a state aligns with a group it is no member of, adds in its own capacity, and returns from a departure", () => {
    const table = aTable();
    const id = group(table, "the Coastal States", "XAA", "XBB");
    const position = state(table, "XAA", "reservation", id);
    table.do("delegation:XDD", { kind: "align", position, adds: "Above all for small islands." });
    table.do("delegation:XBB", depart);
    table.do("delegation:XBB", { kind: "align", position });
    expect(counted(table).reservation).toBe(3);
    const [seen] = composeReport(table.record, table.text, delegation("XCC")).parts.consensus[0]!.positions;
    expect(seen?.behind).toMatchObject({
      count: 3,
      aligned: [{ code: "XDD" }, { code: "XBB" }],
      adds: [{ by: { code: "XDD" }, words: "Above all for small islands." }],
      departed: [],
    });
    expect(table.refusal("delegation:XBB", { kind: "align", position })).toBe("nothing-changes");
    expect(table.refusal("delegation:XOB", { kind: "align", position })).toBe("not-a-state");
    table.do("delegation:XDD", depart);
    expect(counted(table).reservation).toBe(2);
    const own = table.object("XEE", "b");
    expect(table.refusal("delegation:XBB", { kind: "align", position: own })).toBe("not-of-a-group");
  });

  test("[GRP6] one departure is from all groups on the paragraph, and not from those on another", () => {
    const table = aTable();
    for (const name of ["the Coastal States", "the Friends of the Sea", "the Small States"]) {
      state(table, "XAA", "objection", group(table, name, "XAA", "XBB"));
    }
    expect(counted(table).objection).toBe(2);
    table.do("delegation:XBB", depart);
    expect(counted(table).objection).toBe(1);
    expect(table.refusal("delegation:XBB", depart)).toBe("nothing-changes");
    expect(table.refusal("delegation:XAA", depart)).toBe("speaks-for-it");
    expect(table.refusal("delegation:XCC", depart)).toBe("not-a-member");
    state(table, "XBB", "support");
    expect(counted(table)).toMatchObject({ objection: 1, support: 1 });
  });

  test("[GRP7] own beats departure, departure beats group, aligned beats belonging", () => {
    const table = aTable();
    const [coast, hills] = [group(table, "the Coastal States", "XAA", "XCC"), group(table, "the Hills", "XBB", "XCC")];
    const objection = state(table, "XAA", "objection", coast);
    const concern = state(table, "XBB", "concern", hills);
    expect(counted(table)).toMatchObject({ objection: 2, concern: 1 });
    table.do("delegation:XCC", { kind: "align", position: concern });
    expect(counted(table)).toMatchObject({ objection: 1, concern: 2 });
    table.do("delegation:XCC", depart);
    expect(counted(table)).toMatchObject({ objection: 1, concern: 1 });
    state(table, "XCC", "support");
    expect(counted(table)).toMatchObject({ objection: 1, concern: 1, support: 1 });
    expect(table.refusal("delegation:XCC", { kind: "align", position: objection })).toBe("own-position-stands");
  });

  test("[GRP8] nobody says two opposite things for two groups, and a member between two groups is shown it", () => {
    const table = aTable();
    const coast = group(table, "the Coastal States", "XAA", "XCC");
    const hills = group(table, "the Hills", "XBB", "XCC");
    const both = group(table, "the Small States", "XAA", "XDD");
    state(table, "XAA", "objection", coast);
    expect(table.refusal("delegation:XAA", lodging(table, "support", both))).toBe("mandates-conflict");
    expect(table.refusal("delegation:XAA", lodging(table, "support", coast))).toBe("own-objection-stands");
    const support = state(table, "XBB", "support", hills);
    const shown = () => statementsFor(table.record, table.text, codeOf("XCC")).map((one) => [one.bound, one.conflict]);
    expect(shown()).toEqual([
      ["member", true],
      ["member", true],
    ]);
    expect(counted(table)).toMatchObject({ objection: 2, support: 1 });
    table.do("delegation:XCC", { kind: "align", position: support });
    expect(shown()).toEqual([
      ["member", false],
      ["aligned", false],
    ]);
    expect(counted(table)).toMatchObject({ objection: 1, support: 2 });
  });

  test("[GRP10] a group's objection blocks once and until the group ends it", () => {
    const table = aTable();
    const id = group(table, "the Coastal States", "XAA", "XBB");
    const position = state(table, "XAA", "objection", id);
    const overview = () => composeReport(table.record, table.text, team).overview;
    expect(overview()).toMatchObject({ blocked: 1, delegations: 2, steps: [{ by: [{ code: "XAA" }] }] });
    expect(table.refusal("chair", { kind: "dissolve-group", group: id })).toBe("group-positions-stand");
    table.do("delegation:XBB", depart);
    table.do("delegation:XAA", { kind: "leave-group", group: id });
    table.do("chair", { kind: "change-group", group: id, remove: [codeOf("XBB")] });
    expect(statusOf(table.record, table.block("a"))).toBe("contested");
    expect(table.refusal("delegation:XAA", { kind: "withdraw-position", position })).toBe("not-yours");
    table.do("chair", { kind: "change-group", group: id, invite: [codeOf("XBB")] });
    table.do("delegation:XBB", { kind: "join-group", group: id });
    table.do("chair", { kind: "name-speaker", group: id, speaker: codeOf("XBB") });
    table.do("delegation:XBB", { kind: "withdraw-position", position });
    table.do("chair", { kind: "dissolve-group", group: id });
    expect(groupsIn(table.record)).toEqual([]);
    expect(table.refusal("chair", { kind: "change-group", group: id, name: "the Sea" })).toBe("group-unknown");
  });

  test("[GRP11] an organisation that speaks for states objects with them, and alone does not", () => {
    const table = aTable();
    const id = group(table, "the Union", "XEU", "XAA", "XBB");
    expect(table.refusal("delegation:XEU", lodging(table, "objection"))).toBe("not-a-state");
    state(table, "XEU", "objection", id);
    expect(counted(table).objection).toBe(2);
    expect(table.status("a")).toBe("contested");
    const alone = group(table, "the Organisations", "XOB", "XEU");
    expect(table.refusal("delegation:XOB", lodging(table, "objection", alone))).toBe("not-a-state");
  });
});

describe("who knows", () => {
  test("[GRP9] members know what is stated in their name; the rest, and what each adds, as the rule says", () => {
    const table = aTable("closed");
    const id = group(table, "the Coastal States", "XAA", "XBB");
    const before = table.entries.length;
    const stated = { ...lodging(table, "objection", id), reason: "Too far." } as Command;
    const position = table.do("delegation:XAA", stated) as PositionId;
    table.do("delegation:XDD", { kind: "align", position, adds: "For islands." });
    table.do("delegation:XBB", depart);
    const seen = (viewer: Viewer) =>
      JSON.stringify(
        sealAll(table.entries)
          .slice(before)
          .map((entry) => present(entry, viewer, table.record)),
      );
    expect(seen(delegation("XBB"))).toContain("Too far.");
    expect(seen(delegation("XBB"))).not.toContain("For islands.");
    expect(seen(delegation("XBB"))).not.toContain("XDD");
    expect(seen(delegation("XCC"))).not.toMatch(/Too far|For islands|instructions differ|XAA|XBB|XDD|onBehalfOfGroup/);
    expect(seen(team)).toMatch(/Too far.*For islands.*instructions differ/);
    expect(seen(thePublic)).not.toContain("kind");
  });

  test("[GRP9] what a viewer folds from what it is shown counts as the server counts", () => {
    for (const preset of ["closed", "delegations", "open"] as const) {
      const table = aTable(preset);
      const coast = group(table, "the Coastal States", "XAA", "XBB", "XCC");
      const position = state(table, "XAA", "objection", coast);
      state(table, "XBB", "support");
      table.do("delegation:XDD", { kind: "align", position, adds: "For islands." });
      table.do("delegation:XCC", depart);
      for (const viewer of [team, delegation("XBB"), delegation("XEE"), thePublic]) {
        const shown = sealAll(table.entries).map((entry) => present(entry, viewer, table.record));
        const folded = evolve(emptyRecord, shown);
        expect(composeReport(folded, table.record.text, viewer).parts).toEqual(
          composeReport(table.record, table.record.text, viewer).parts,
        );
      }
    }
  });
});

describe("heard from the floor", () => {
  const heard = (table: Table, kind: "align" | "depart", code: string, position: PositionId, words?: string) =>
    table.do(
      "secretariat",
      kind === "align"
        ? { kind, position, onBehalfOf: codeOf(code), ...(words && { adds: words }) }
        : { kind, paragraph: idOf("a"), onBehalfOf: codeOf(code), ...(words && { reason: words }) },
    );
  const counted = (table: Table) =>
    Object.entries(countsOn(table.record, table.block("a")))
      .filter(([, count]) => count > 0)
      .join(" ");
  const stating = (level: Level) => {
    const table = aTable();
    const id = group(table, "Friends", "XAA", "XBB");
    const position = table.do("delegation:XAA", {
      kind: "lodge-position",
      paragraph: idOf("a"),
      wording: table.wording("a"),
      level,
      onBehalfOfGroup: id,
    }) as PositionId;
    return { table, position };
  };

  test("[GRP13] going along with an objection acts at once, with support once the delegation says so itself", () => {
    const strict = stating("objection");
    heard(strict.table, "align", "XCC", strict.position, "And soon.");
    expect(counted(strict.table)).toBe("objection,3");
    const mild = stating("support");
    heard(mild.table, "align", "XCC", mild.position);
    expect(counted(mild.table)).toBe("support,2");
    expect(statementsFor(mild.table.record, mild.table.text, codeOf("XCC"))).toMatchObject([
      { bound: "aligned", heard: true },
    ]);
    mild.table.do("delegation:XCC", { kind: "align", position: mild.position });
    expect(counted(mild.table)).toBe("support,3");
    expect(statementsFor(mild.table.record, mild.table.text, codeOf("XCC"))).toMatchObject([{ heard: false }]);
    const again: Command = { kind: "align", position: mild.position, onBehalfOf: codeOf("XCC"), adds: "More." };
    expect(mild.table.refusal("chair", again)).toBe("not-yours");
    expect(mild.table.refusal("chair", { kind: "align", position: mild.position })).toBe("delegation-needed");
    expect(mild.table.refusal("delegation:XBB", again)).toBe("not-allowed");
  });

  test("[GRP13] a departure that was heard ends no objection; the delegation says so itself, or goes along", () => {
    const { table, position } = stating("objection");
    heard(table, "depart", "XBB", position, "Not us.");
    expect(counted(table)).toBe("objection,2");
    const other = table.fork();
    const said = statementsFor(table.record, table.text, codeOf("XBB"));
    expect(said).toMatchObject([{ bound: "departed", heard: true }]);
    table.do("delegation:XBB", { kind: "depart", paragraph: idOf("a") });
    expect(counted(table)).toBe("objection,1");
    expect(table.refusal("chair", { kind: "align", position, onBehalfOf: codeOf("XBB") })).toBe("not-yours");
    other.do("delegation:XBB", { kind: "align", position });
    expect(statementsFor(other.record, other.text, codeOf("XBB"))).toMatchObject([{ bound: "aligned", heard: false }]);
    expect(other.refusal("chair", { kind: "depart", paragraph: idOf("a"), onBehalfOf: codeOf("XBB") })).toBe(
      "not-yours",
    );
    const support = stating("support");
    heard(support.table, "depart", "XBB", support.position);
    expect(counted(support.table)).toBe("support,1");
  });
});

/** The count as it is told in words, without pseudonyms: what `stances` must come to. */
function byTheRule(table: Table, name: ParagraphId): Map<string, Level> {
  const found = new Map<string, Level>();
  for (const code of states) {
    const own: Level[] = [];
    const aligned: Level[] = [];
    const through: Level[] = [];
    for (const position of table.record.standing.get(name) ?? []) {
      const holder = table.record.holders.get(name)?.get(codeOf(code));
      const agreeing = position.level === "support" || position.level === "accept";
      if (agreeing && !position.confirmed) continue;
      if (position.group === null) {
        if (position.by === code) own.push(position.level);
        continue;
      }
      const behind = position.behind?.find((one) => one.holder === holder);
      if (behind) (behind.aligned ? aligned : through).push(position.level);
    }
    const departed = [...table.record.groups.departures.values()].some(
      (departure) => departure.paragraph === name && departure.by === code,
    );
    const from = own.length > 0 ? own : departed ? [] : aligned.length > 0 ? aligned : through;
    const strictest = from.toSorted((a, b) => strictness(b) - strictness(a))[0];
    if (strictest) found.set(code, strictest);
  }
  return found;
}

describe("at random", () => {
  const only = process.env["SEED"];
  const seeds = only
    ? [Number(only)]
    : Array.from({ length: Number(process.env["RUNS"] ?? 60) }, (_, seed) => seed + 1);
  test.each(seeds)("[GRP7] seed %i: each delegation is counted once, by the rule, for every viewer", (seed) => {
    const random = chance(seed);
    const pick = <T>(among: readonly T[]): T => random.pick(among);
    const table = aTable(pick<DisclosurePreset>(["closed", "delegations", "open"]));
    const groups = Array.from({ length: 4 }, (_, index) =>
      group(table, `the Group ${index}`, ...states.filter(() => random() < 0.6)),
    );
    const acts = 40;
    for (let index = 0; index < acts; index++) {
      const code = pick(states);
      const seat = `delegation:${code}`;
      const name = pick(["a", "b"]);
      const standing = [...table.record.positions.values()].filter((one) => one.standing === "standing");
      const position = standing.length > 0 ? pick(standing).id : ("0".repeat(22) as PositionId);
      const command: Command = pick<() => Command>([
        () => lodging(table, pick(levels), undefined, name),
        () => lodging(table, pick(levels), pick(groups), name),
        () => ({ kind: "align", position, adds: random() < 0.3 ? "We add." : "" }),
        () => ({ kind: "depart", paragraph: idOf(name) }),
        () => ({ kind: "leave-group", group: pick(groups) }),
        () => ({ kind: "join-group", group: pick(groups) }),
        () => ({ kind: "withdraw-position", position }),
        () => ({ kind: "name-speaker", group: pick(groups), speaker: pick(states.map(codeOf)) }),
      ])();
      const by = command.kind === "name-speaker" && random() < 0.7 ? "chair" : seat;
      if (table.refusal(by, command) === null) table.do(by, command);
      for (const block of table.record.text) {
        const expected = byTheRule(table, block.id);
        const holders = table.record.holders.get(block.id) ?? new Map<DelegationCode, string>();
        const got = new Map(
          [...stances(table.record, block)].map(([holder, one]) => [
            [...holders].find((known) => known[1] === holder)?.[0] as string,
            one.level,
          ]),
        );
        expect(got).toEqual(expected);
        expect(new Set(holders.values()).size).toBe(holders.size);
      }
    }
    // Who may not know names counts the same.
    for (const viewer of [delegation("XAA"), delegation("XOB"), thePublic]) {
      const folded = evolve(
        emptyRecord,
        sealAll(table.entries).map((entry) => present(entry, viewer, table.record)),
      );
      const counts = (record: typeof folded) =>
        composeReport(record, table.record.text, viewer).parts.consensus.map((one) => one.counts);
      expect(counts(folded)).toEqual(counts(table.record));
    }
  });

  test("[GRP9] a departure discloses what the rule of the negotiation says", () => {
    const table = aTable("open");
    group(table, "the Coastal States", "XAA", "XBB");
    table.do("delegation:XBB", depart);
    const [departure] = table.record.groups.departures.values();
    expect(departure?.disclosure).toEqual(disclosureFor("open", "concern"));
    expect(actor("delegation:XBB").seat).toMatchObject({ delegation: departure?.by });
  });
});

describe("proposals and breaks of silence on behalf of a group", () => {
  const tabling = (table: Table, of: GroupId, more: object = {}): Command => ({
    kind: "table-proposal",
    paragraph: idOf("a"),
    wording: table.wording("a"),
    text: "States shall cooperate and share what they learn of threats.",
    onBehalfOfGroup: of,
    ...more,
  });
  const seenBy = (table: Table, viewer: Viewer) =>
    composeReport(table.record, table.text, viewer).parts.consensus[0]!.proposals;

  test("[PRO13] whoever speaks for the group tables, amends and withdraws for it, and its members see all of it", () => {
    const table = aTable("closed");
    const id = group(table, "the Coastal States", "XAA", "XBB", "XCC");
    expect(table.refusal("delegation:XBB", tabling(table, id))).toBe("not-the-speaker");
    expect(table.refusal("delegation:XAA", tabling(table, "none" as GroupId))).toBe("group-unknown");
    const proposal = table.do("delegation:XAA", tabling(table, id, { invited: ["XBB", "XDD"] })) as ProposalId;
    const named = { code: "XAA", name: "XAA", group: { id, name: "the Coastal States" } };
    expect(seenBy(table, delegation("XBB"))).toMatchObject([{ by: named, sponsors: 1, text: expect.any(String) }]);
    expect(seenBy(table, delegation("XBB"))[0]).not.toHaveProperty("invited");
    expect(seenBy(table, delegation("XDD"))).toMatchObject([{ by: named, invited: true }]);
    expect(seenBy(table, delegation("XEE"))[0]).not.toHaveProperty("by");
    // The office goes to another, and with it what can be done with the proposal.
    table.do("chair", { kind: "name-speaker", group: id, speaker: codeOf("XBB") });
    expect(table.refusal("delegation:XAA", { kind: "withdraw-proposal", proposal })).toBe("not-yours");
    const amended = table.do("delegation:XBB", {
      kind: "amend-proposal",
      proposal,
      wording: table.wording("a"),
      text: "States must cooperate and share what they learn of threats.",
    }) as ProposalId;
    expect(seenBy(table, delegation("XCC")).at(-1)).toMatchObject({ by: { code: "XBB", group: { id } } });
    expect(table.refusal("delegation:XBB", { kind: "withdraw-proposal", proposal: amended })).toBeNull();
    expect(table.refusal("chair", tabling(table, id, { onBehalfOf: "XBB" }))).toBeNull();
    expect(table.refusal("chair", tabling(table, id, { onBehalfOf: "XAA" }))).toBe("not-the-speaker");
  });

  test("[PRO13] a member stands behind it already; one that departed there may join for itself", () => {
    const table = aTable();
    const id = group(table, "the Coastal States", "XAA", "XBB", "XCC");
    const proposal = table.do("delegation:XAA", tabling(table, id)) as ProposalId;
    const join: Command = { kind: "cosponsor", proposal };
    expect(table.refusal("delegation:XBB", join)).toBe("member-of-it");
    table.do("delegation:XCC", depart);
    table.do("delegation:XCC", join);
    table.do("delegation:XDD", join);
    expect(seenBy(table, team)[0]).toMatchObject({ sponsors: 3, cosponsors: [{ code: "XCC" }, { code: "XDD" }] });
  });

  test("[GRP12] a speaker that departed on a paragraph speaks for no group there until it aligns again", () => {
    const table = aTable();
    const id = group(table, "the Coastal States", "XAA", "XBB");
    const other = group(table, "the Island States", "XEE", "XAA");
    const position = state(table, "XEE", "concern", other);
    table.do("delegation:XAA", depart);
    expect(table.refusal("delegation:XAA", tabling(table, id))).toBe("speaker-departed");
    expect(table.refusal("delegation:XAA", lodging(table, "concern", id))).toBe("speaker-departed");
    expect(table.refusal("delegation:XAA", lodging(table, "concern", id, "b"))).toBeNull();
    table.do("delegation:XAA", { kind: "align", position });
    expect(table.refusal("delegation:XAA", tabling(table, id))).toBeNull();
  });

  test("[POS15] a dissociation promised for a group is due from each State it was spoken for, and from nobody that departed", () => {
    const table = aTable();
    const id = group(table, "the Coastal States", "XAA", "XBB", "XCC");
    const position = state(table, "XAA", "objection", id);
    table.do("delegation:XCC", depart);
    table.do("delegation:XAA", { kind: "withdraw-position", position, dissociates: true });
    table.do("chair", { kind: "adopt" });
    const due = (code: string) => awaitedOf(table.negotiation, codeOf(code)).map(({ kind }) => kind);
    expect(["XAA", "XBB", "XCC"].map(due)).toEqual([["dissociation"], ["dissociation"], []]);
    const text = "We do not share it.";
    table.do("delegation:XBB", { kind: "make-statement", form: "dissociation", paragraphs: [idOf("a")], text });
    expect(["XAA", "XBB"].map(due)).toEqual([["dissociation"], []]);
  });

  test("[SIL5] a break on behalf of a group is one objection of the group, counted once for each member", () => {
    const table = aTable();
    const id = group(table, "the Coastal States", "XAA", "XBB", "XCC");
    table.do("delegation:XCC", depart);
    const procedure = silence(table);
    const breaking: Command = { kind: "break-silence", procedure, reason: "Not so.", onBehalfOfGroup: id };
    expect(table.refusal("delegation:XBB", breaking)).toBe("not-the-speaker");
    expect(table.refusal("chair", { ...breaking, onBehalfOf: codeOf("XBB") })).toBe("not-the-speaker");
    table.do("delegation:XAA", breaking);
    table.do("delegation:XAA", { kind: "break-silence", procedure, reason: "And for ourselves." });
    expect(table.refusal("delegation:XAA", breaking)).toBe("nothing-changes");
    expect(counted(table).objection).toBe(2);
    const [running] = composeReport(table.record, table.text, team).silences;
    expect(running?.breaks.map(({ by }) => by?.group?.name ?? null)).toEqual(["the Coastal States", null]);
  });

  test("[GRP8] who supports for itself does not break the silence for a group, and is told where", () => {
    const table = aTable();
    const id = group(table, "the Coastal States", "XAA", "XBB");
    state(table, "XAA", "support");
    const procedure = silence(table);
    const breaking: Command = { kind: "break-silence", procedure, onBehalfOfGroup: id };
    expect(table.refusal("delegation:XAA", breaking)).toBe("mandates-conflict");
    expect(table.record.silences.get(procedure)?.breaks).toEqual([]);
  });
});
