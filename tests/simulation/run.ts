/**
 * One simulated run: a chair's team of typists, delegations who state, readers, and everything that can go wrong between them and the disk;
 * then the weather clears, everyone comes back, and all that was promised must hold (security.md §2).
 */
import type { LiveNegotiation } from "../../server/negotiation/live-negotiation.ts";
import { beginEpochs } from "../../server/negotiation/epochs.ts";
import { canonicalJson } from "../../shared/domain/canonical-json.ts";
import { verifySeen } from "../../shared/domain/chain.ts";
import type { Command } from "../../shared/domain/commands.ts";
import type { Entry } from "../../shared/domain/entries.ts";
import { levels } from "../../shared/domain/positions.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import { composeReport } from "../../shared/domain/report.ts";
import type { Delegation, Viewer } from "../../shared/domain/roster.ts";
import { runningSilences } from "../../shared/domain/silence.ts";
import type { Text } from "../../shared/domain/text.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { DelegationCode, EpochMs } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { blocksOf } from "../../shared/sync/model.ts";
import { History } from "../support/history.ts";
import { chance } from "../support/random.ts";
import { actor, idOf, paragraph } from "../support/table.ts";
import { chairOf } from "../support/test-peer.ts";
import { Delegate } from "./delegate.ts";
import type { Lie } from "./disk.ts";
import { Disk } from "./disk.ts";
import { Listener } from "./listener.ts";
import { Oracle } from "./oracle.ts";
import { Server } from "./server.ts";
import { Typist } from "./typist.ts";
import { World } from "./world.ts";

/** What can go wrong. Each can be left out, to see which of them a failure needs. */
export const troubles = [
  "crash",
  "restore",
  "full",
  "slow",
  "unreadable",
  "refusal",
  "lost-answer",
  "broken-line",
  "slow-reader",
  "clock-jump",
] as const;
export type Trouble = (typeof troubles)[number];

export interface Options {
  readonly seed: number;
  /** How many things are done before it ends. */
  readonly deeds?: number;
  readonly without?: readonly Trouble[];
  readonly lie?: Lie;
}

export interface Outcome {
  readonly wrong: readonly string[];
  readonly story: readonly string[];
  readonly fingerprint: string;
  readonly entries: readonly Entry[];
  readonly words: number;
  /** How often a text was found at rest after everyone had left. */
  readonly rests: number;
}

const paragraphs = ["a", "b", "c"];
const text = paragraphs.map((name) => paragraph(name, `States should ${name.repeat(4)}.`));
const states = ["XAA", "XBB", "XCC"].map((code): Delegation => ({
  code: code as DelegationCode,
  name: code,
  kind: "member-state",
  regionalGroup: "none",
}));
/** Nothing may take longer than this to be well again. */
const restMs = 120_000;

export async function run({ seed, deeds = 45, without = [], lie = "none" }: Options): Promise<Outcome> {
  const world = new World(seed);
  const random = chance(seed ^ 0x5eed);
  const disk = new Disk(world, lie);
  const server = new Server(world, disk);
  const oracle = new Oracle(world, disk);
  const surroundings = { world, server, oracle };
  const method = random() < 0.35 ? "on-screen" : "chair-pen";
  let history = new History();
  const current = (): History => history;

  const settings = { title: "Report", method, disclosure: "delegations", silenceMinimumHours: 0 } as const;
  const opening = server.open({ slug: "report", settings, delegations: states, text, takesSeat: true }, actor("chair"));
  if (!(await world.pass(60_000, () => server.house !== null && server.talks !== null))) throw new Error("not opened");
  await opening;
  let backup: { readonly at: EpochMs; readonly length: number; readonly history: History } | null = null;

  const shared = paragraphs.map(idOf);
  const typists = ["t1", "t2", "t3"].map((name) => new Typist(surroundings, name, chairOf(name), current, shared));
  const chair = new Delegate(surroundings, "chair", actor("chair"), { kind: "record", access: "read" }, current);
  const way = { kind: method === "on-screen" ? "text" : "record", access: "read" } as const;
  const delegates = states.map(
    ({ code }) => new Delegate(surroundings, code, actor(`delegation:${code}`), way, current),
  );
  const observer = new Listener(surroundings, "public", null, { kind: "record", access: "read" });
  const listeners: readonly Listener[] = [...typists, chair, ...delegates, observer];
  for (const typist of typists) void typist.sitDown();
  for (const listener of [chair, ...delegates, observer]) listener.connect();
  await world.pass(2_000);
  void chair.state(() => ({ kind: "circulate" }));
  await world.pass(1_000);

  // ---------- deeds ----------

  let rests = 0;
  /** Long enough for the rooms to rest, if nobody comes back; what was asked before is still on its way. */
  const recess = async (): Promise<void> => {
    world.tell("everyone leaves the rooms");
    for (const listener of listeners) listener.hangUp();
    await world.pass(500 + random.below(3_000));
    if (server.talks?.textRoom.isAwake === false) rests++;
  };

  const teamText = (): Text => server.talks?.textFor({ kind: "team" }) ?? [];
  const someParagraph = () => {
    const block = random.pick(server.talks?.record.text ?? []);
    return block && { id: block.id, wording: wordingOf(block.content).hash };
  };
  const chairsAct = (words: string): Command | null => {
    const talks = server.talks;
    const id = random.pick(shared);
    const block = talks && blocksById(teamText()).get(id);
    if (!talks || !block) return null;
    const silence = runningSilences(talks.record)[0];
    const act = random.below(12);
    if (act < 5) return { kind: "circulate", note: words };
    if (act < 7) return { kind: "gavel", paragraph: id, wording: wordingOf(block.content).hash };
    if (act < 9) return { kind: "reopen", paragraph: id, reason: words };
    if (act === 9) {
      return { kind: "move-paragraph", paragraph: id, to: random.pick(["consensus", "chair-summary"]), reason: words };
    }
    if (silence) return { kind: "cancel-silence", procedure: silence.id, reason: words };
    const deadline = (server.now() + 5_000 + random.below(20_000)) as EpochMs;
    return { kind: "announce-silence", scope: [id], deadline, zone: "America/New_York", lapses: true, note: words };
  };
  const statement = (code: DelegationCode, words: string): Command | null => {
    const talks = server.talks;
    const target = someParagraph();
    if (!talks || !target) return null;
    const own = [...talks.record.positions.values()].filter(({ by }) => by === code);
    const silence = runningSilences(talks.record)[0];
    const act = random.below(10);
    if (silence && act < 4) return { kind: "break-silence", procedure: silence.id, reason: words };
    if (act < 6) {
      return {
        kind: "lodge-position",
        paragraph: target.id,
        wording: target.wording,
        level: random.pick(levels),
        reason: words,
      };
    }
    if (act < 8 && own.length > 0) return { kind: "withdraw-position", position: random.pick(own).id };
    return {
      kind: "table-proposal",
      paragraph: target.id,
      wording: target.wording,
      text: `States shall ${words}.`,
      reason: words,
    };
  };

  const goBack = async (): Promise<void> => {
    if (!backup) return;
    world.tell(`the data go back to a backup of ${backup.length} changes`);
    const { textRoom, recordRoom, id: negotiation } = server.talks?.row ?? (await disk.alone.negotiations())[0]!;
    const known = await disk.alone.formerRooms();
    server.crash();
    await disk.goBackTo(backup.length);
    history = backup.history.asOf();
    const others = [
      ...known,
      { room: textRoom, negotiation, kind: "text" as const },
      { room: recordRoom, negotiation, kind: "record" as const },
    ];
    const now = server.now() as EpochMs;
    await beginEpochs(disk.alone, { from: backup.at, now, others, random: server.random });
    void server.start();
  };
  const trouble = async (what: Trouble): Promise<void> => {
    if (without.includes(what)) return;
    world.tell(`trouble: ${what}`);
    const long = 200 + random() * 4_000;
    switch (what) {
      case "crash":
        server.crash();
        world.after(long, () => void server.start());
        return;
      case "restore":
        if (backup && random() < 0.6) return goBack();
        backup = { at: server.now() as EpochMs, length: disk.length, history: history.asOf() };
        return;
      case "full":
        disk.isFull = true;
        world.after(long, () => void (disk.isFull = false));
        return;
      case "slow":
        disk.slowMs = random() * 1_500;
        world.after(long, () => void (disk.slowMs = 0));
        return;
      case "unreadable":
        disk.isUnreadable = true;
        world.after(long, () => void (disk.isUnreadable = false));
        return;
      case "refusal":
        disk.refusals = 1 + random.below(2);
        return;
      case "lost-answer":
        disk.lostAnswers = 1 + random.below(2);
        return;
      case "broken-line":
        random.pick(listeners).breakOff(random.pick(["both", "client", "server"] as const));
        return;
      case "slow-reader":
        random.pick(listeners).stall(long);
        return;
      case "clock-jump":
        server.clockIsOffBy += random.pick([-3_600_000, -1_000, 1_000, 3_600_000]);
    }
  };

  for (let deed = 0; deed < deeds; deed++) {
    await world.pass(random() < 0.5 ? random.below(60) : random.below(700));
    const typist = random.pick(typists);
    const act = random.below(100);
    const who = random.pick(delegates);
    const what = random.pick(troubles);
    if (act < 30) typist.type();
    else if (act < 45) typist.strew();
    else if (act < 52) typist.strike();
    else if (act < 55) typist.hangUp();
    else if (act < 58) await recess();
    else if (act < 70) void chair.state(chairsAct);
    else if (act < 85) void who.state((words) => statement(who.name as DelegationCode, words));
    else await trouble(what);
    for (const listener of listeners) if (!listener.isOnline) listener.connect();
    for (const each of typists) if (!each.doc) void each.sitDown();
  }

  // ---------- the weather clears ----------

  world.tell("the weather clears");
  Object.assign(disk, { isFull: false, isUnreadable: false, slowMs: 0, refusals: 0, lostAnswers: 0 });
  if (!server.house) void server.start();
  const isOver = (): boolean =>
    typists.every((typist) => typist.isSaved) &&
    [chair, ...delegates].every(({ isAsking }) => !isAsking) &&
    listeners.every((listener) => listener.isOnline && listener.upTo === shownTo(server.talks, listener.viewer));
  // Until whoever sits at a line that broke without a word has noticed.
  await world.pass(50_000);
  const rested = await (async () => {
    for (const end = world.now + restMs; world.now < end;) {
      // And what was told last has arrived.
      if ((await world.pass(5_000, isOver)) && !(await world.pass(5_000)) && isOver()) return true;
      for (const listener of listeners) if (!listener.isOnline) listener.connect();
      for (const typist of typists) {
        if (typist.doc) typist.ask();
        else void typist.sitDown();
      }
    }
    return false;
  })();
  const restless = (): string =>
    [
      ...typists.flatMap(({ name, isSaved }) => (isSaved ? [] : [`${name} is not saved`])),
      ...[chair, ...delegates].flatMap(({ name, isAsking }) => (isAsking ? [`${name} has no answer`] : [])),
      ...listeners.flatMap(({ name, viewer, upTo }) =>
        upTo === shownTo(server.talks, viewer) ? [] : [`${name} knows entries up to ${upTo}`],
      ),
    ].join(", ");
  if (!rested) world.accuse(`it does not come to rest: ${restless()}`);
  else await judge();

  return {
    wrong: world.wrong,
    story: world.story,
    fingerprint: world.fingerprint,
    entries: disk.entries,
    words: history.words,
    rests,
  };

  // ---------- what must hold ----------

  async function judge(): Promise<void> {
    const must = (holds: boolean, words: string): void => void (holds || world.accuse(words));
    const talks = server.talks as LiveNegotiation;
    const stored = disk.entries;
    const fromLog = evolve(emptyRecord, stored);
    const team = { kind: "team" } as const;
    const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
    must(same(talks.entries, stored) && talks.record.head === fromLog.head, "memory and disk have different records");
    must(
      stored.every(({ at }, index) => at >= (stored[index - 1]?.at ?? 0)),
      "the record's time runs backwards",
    );
    must(verifySeen(stored, null).ok, "the record on disk does not verify");
    const onDisk = disk.text(talks.row.textRoom);
    const words = canonicalJson(blocksOf(onDisk).toJSON());
    must(canonicalJson(blocksOf(talks.textRoom.doc).toJSON()) === words, "memory and disk have different texts");
    must(onDisk.store.pendingStructs === null, "on disk something is pending");
    for (const { name, doc } of typists) {
      must(doc !== null && canonicalJson(blocksOf(doc).toJSON()) === words, `${name} has another text than the disk`);
    }
    const judged = new Set<string>();
    for (const { name, viewer, seen } of listeners) {
      must(same(seen, talks.frame(viewer, 0).events), `${name} has been told another record than there is`);
      // One of each kind: what one delegation may not see of another is shown elsewhere.
      if (judged.has(viewer.kind)) continue;
      judged.add(viewer.kind);
      const record = evolve(emptyRecord, seen);
      const shown = viewer.kind === "team" || method === "on-screen" ? talks.textFor(viewer) : record.text;
      const { parts } = composeReport(record, shown, viewer);
      must(same(parts, talks.report(viewer).parts), `${name} sees other statuses than there are`);
    }
    must(verifySeen(observer.seen, null).ok, "the record as the public was told it does not verify");
    for (const wrong of history.violations(talks.report(team), talks.frame(team, 0).events)) world.accuse(wrong);
    const before = { head: talks.record.head, text: talks.textFor(team) };
    server.crash();
    void server.start();
    await world.pass(60_000, () => server.talks !== null);
    const again = server.talks;
    must(again?.record.head === before.head && before.head === fromLog.head, "started again, it has another record");
    must(same(again?.textFor(team), before.text), "started again, it has another text");
  }
}

/** The last entry that somebody can have been told of. */
function shownTo(talks: LiveNegotiation | null, viewer: Viewer): number {
  return talks?.frame(viewer, 0).upTo ?? -1;
}
