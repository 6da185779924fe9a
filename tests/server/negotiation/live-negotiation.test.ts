/** A command's way through text, record and disk to everyone who may know of it. */
import * as decoding from "lib0/decoding";
import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../../server/limits.ts";
import { House, SlugTaken } from "../../../server/negotiation/house.ts";
import type { LiveNegotiation, Submitted } from "../../../server/negotiation/live-negotiation.ts";
import type { Ports } from "../../../server/negotiation/ports.ts";
import { Allowance } from "../../../server/rooms/allowance.ts";
import { memoryStore } from "../../../server/store/memory-store.ts";
import type { Store } from "../../../server/store/port.ts";
import { LinkSpent, StorageTrouble } from "../../../server/store/port.ts";
import { verifySeen } from "../../../shared/domain/chain.ts";
import type { Command } from "../../../shared/domain/commands.ts";
import type { Method, RecordFrame } from "../../../shared/domain/entries.ts";
import { emptyRecord, evolve } from "../../../shared/domain/record.ts";
import { composeReport } from "../../../shared/domain/report.ts";
import type { Actor, Delegation, Viewer } from "../../../shared/domain/roster.ts";
import { viewerOf } from "../../../shared/domain/roster.ts";
import type { DelegationCode } from "../../../shared/domain/values.ts";
import { epochMs } from "../../../shared/domain/values.ts";
import { wordingOf } from "../../../shared/domain/wording.ts";
import { blocksOf, bodyOf, yBlock } from "../../../shared/sync/model.ts";
import { writeText } from "../../../shared/sync/report-text.ts";
import { message } from "../../../shared/wire/protocol.ts";
import { chance } from "../../support/random.ts";
import { actor, idOf, paragraph } from "../../support/table.ts";
import { plentyOfMemory } from "../../support/plenty-of-memory.ts";

const random = chance(1);
const thePublic: Viewer = { kind: "public" };
const text = [paragraph("a", "States should cooperate."), paragraph("b", "States decide to meet again.")];
const state = (code: string): Delegation => ({
  code: code as DelegationCode,
  name: code,
  kind: "member-state",
  regionalGroup: "none",
});

/** Time that stands still until a test moves it. */
class HeldClock {
  #now = 1_000_000;
  #timers: { at: number; run: () => void }[] = [];
  now = () => epochMs(this.#now);
  elapsed = () => this.#now;
  after = (ms: number, run: () => void) => {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((other) => other !== timer));
  };
  pass(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { run } of due) run();
  }
}

async function aHouse(method: Method = "chair-pen", store: Store = memoryStore()) {
  const clock = new HeldClock();
  const complaints: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (details: object) => void complaints.push(details),
  };
  const ports: Ports = {
    store,
    clock,
    limits: defaultLimits,
    log,
    memory: plentyOfMemory,
    random: (count) => Uint8Array.from({ length: count }, () => random.below(256)),
    chance: random,
  };
  const house = await House.open(ports);
  const settings = { title: "Report", method, disclosure: "delegations", silenceMinimumHours: 72 } as const;
  const negotiation = await house.create(
    { slug: "report", settings, delegations: [state("XAA"), state("XBB")], text, takesSeat: true },
    actor("chair"),
  );
  return { house, negotiation, ports, store, clock };
}

const submit = (
  negotiation: LiveNegotiation,
  seat: string,
  command: Command,
  key = String(random()),
): Promise<Submitted> => negotiation.submit(command, actor(seat), key);

const objection: Command = {
  kind: "lodge-position",
  paragraph: idOf("a"),
  wording: wordingOf(text[0]!.content).hash,
  level: "objection",
  reason: "Too weak.",
};

/** A socket in the record room that keeps the frames of type 110 it gets. */
function listen(
  negotiation: LiveNegotiation,
  viewer: Viewer,
  ports: Ports,
  { after = 0, as = null }: { after?: number; as?: Actor | null } = {},
): RecordFrame[] {
  const frames: RecordFrame[] = [];
  const socket = {
    bufferedAmount: 0,
    readyState: 1,
    close: () => undefined,
    terminate: () => undefined,
    send(frame: Uint8Array) {
      const decoder = decoding.createDecoder(frame);
      if (decoding.readVarUint(decoder) !== message.record) return;
      expect(decoding.readVarUint(decoder)).toBe(1);
      frames.push(JSON.parse(decoding.readVarString(decoder)) as RecordFrame);
    },
  };
  const allowance = new Allowance(ports.limits, ports.clock);
  negotiation.recordRoom.join(socket, { actor: as, viewer, access: () => "read", allowance, after });
  return frames;
}

describe("who comes", () => {
  test("[ROO17] is told the record so far, and who was here before what came to it since", async () => {
    const { negotiation, ports } = await aHouse();
    await submit(negotiation, "chair", { kind: "circulate" });
    const [first] = listen(negotiation, thePublic, ports);
    expect(first).toMatchObject({ kind: "snapshot", after: 0 });
    await submit(negotiation, "delegation:XAA", objection);
    const [back] = listen(negotiation, thePublic, ports, { after: first!.upTo });
    expect(back).toMatchObject({ kind: "snapshot", after: first!.upTo });
    const [whole] = listen(negotiation, thePublic, ports);
    expect([...first!.events, ...back!.events]).toEqual(whole!.events);
    // Another audience is told what it may know, not what was made for this one.
    const [team] = listen(negotiation, { kind: "team" }, ports);
    expect(team!.events).not.toEqual(whole!.events);
  });
});

describe("a crowd", () => {
  test("[ROO22] is told after those who act here, and holds up no answer", async () => {
    const { negotiation, ports, clock } = await aHouse();
    const crowd = Array.from({ length: 600 }, () => listen(negotiation, thePublic, ports));
    const as = actor("delegation:XBB");
    const delegation = listen(negotiation, viewerOf(as.seat), ports, { as });
    expect((await submit(negotiation, "chair", { kind: "set-title", title: "Draft report" })).ok).toBe(true);
    const told = (frames: readonly RecordFrame[]): boolean => frames.length === 2;
    expect([told(delegation), crowd.filter(told).length < crowd.length]).toEqual([true, true]);
    while (!crowd.every(told)) clock.pass(0);
  });
});

describe("a command", () => {
  test("is decided, put on disk and answered with the entry it became", async () => {
    const { negotiation, store } = await aHouse();
    await submit(negotiation, "chair", { kind: "circulate" });
    const answer = await submit(negotiation, "delegation:XAA", objection);
    if (!answer.ok) throw new Error("refused");
    const entry = (await store.entries(negotiation.row.id)).at(-1)!;
    expect(answer.receipt).toEqual({ seq: entry.seq, hash: entry.hash, at: new Date(entry.at).toISOString() });
    expect(negotiation.report(thePublic).parts.consensus[0]).toMatchObject({
      status: "contested",
      positions: [{ id: answer.id }],
    });
  });

  test("repeated under its key has one effect and one answer; another command under it is refused", async () => {
    const { negotiation } = await aHouse();
    await submit(negotiation, "chair", { kind: "circulate" });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => submit(negotiation, "delegation:XAA", objection, "once")),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(negotiation.record.positions.size).toBe(1);
    expect(await submit(negotiation, "delegation:XAA", { ...objection, level: "reservation" }, "once")).toEqual({
      ok: false,
      mismatch: true,
    });
    expect((await submit(negotiation, "delegation:XBB", objection, "once")).ok).toBe(true);
  });

  test("that is refused leaves no trace", async () => {
    const { negotiation } = await aHouse();
    const before = negotiation.record;
    expect(await submit(negotiation, "delegation:XAA", { kind: "circulate" })).toMatchObject({
      refusal: { code: "only-the-chair" },
    });
    expect(negotiation.record).toBe(before);
  });

  test("whose commit fails is not on the record, and the next one is decided on what the disk holds", async () => {
    const store = memoryStore();
    let broken = false;
    const commit = store.commit.bind(store);
    store.commit = (writes) => (broken ? Promise.reject(new StorageTrouble("disk full")) : commit(writes));
    const { negotiation, clock } = await aHouse("chair-pen", store);
    await submit(negotiation, "chair", { kind: "circulate" });
    broken = true;
    await expect(submit(negotiation, "delegation:XAA", objection, "k")).rejects.toThrow("disk full");
    expect(negotiation.record.positions.size).toBe(0);
    broken = false;
    await expect.poll(() => (clock.pass(1_000), negotiation.textRoom.isWritable)).toBe(true);
    expect((await submit(negotiation, "delegation:XAA", objection, "k")).ok).toBe(true);
    expect(negotiation.record.positions.size).toBe(1);
  });

  test("[CIR1] that moves a paragraph changes text and record in one commit", async () => {
    const { negotiation, store, ports } = await aHouse();
    await submit(negotiation, "chair", { kind: "circulate" });
    const move: Command = {
      kind: "move-paragraph",
      paragraph: idOf("a"),
      to: "chair-summary",
      reason: "no consensus at this stage",
    };
    expect((await submit(negotiation, "secretariat", move)).ok).toBe(true);
    expect(negotiation.textFor({ kind: "team" })[0]?.part).toBe("chair-summary");
    const again = await House.open({ ...ports, store });
    expect(again.bySlug("report")?.textFor({ kind: "team" })[0]?.part).toBe("chair-summary");
    expect(again.bySlug("report")?.record).toEqual(negotiation.record);
  });
});

describe("those who listen", () => {
  test("[DIS4] get frames without holes that fold to what the server composes for them", async () => {
    const { negotiation, ports } = await aHouse();
    await submit(negotiation, "chair", { kind: "circulate" });
    for (const viewer of [thePublic, viewerOf(actor("delegation:XBB").seat), { kind: "team" } as const]) {
      const frames = listen(negotiation, viewer, ports);
      await submit(negotiation, "chair", { kind: "invite", seat: actor("delegation:XAA").seat });
      await submit(negotiation, "delegation:XAA", { ...objection, level: "reservation" });
      await submit(negotiation, "chair", {
        kind: "gavel",
        paragraph: idOf("b"),
        wording: wordingOf(text[1]!.content).hash,
      });
      let upTo = 0;
      for (const frame of frames) {
        expect(frame.after).toBe(upTo);
        upTo = frame.upTo;
      }
      const seen = frames.flatMap(({ events }) => events);
      expect(verifySeen(seen, null).ok).toBe(true);
      const record = evolve(emptyRecord, seen);
      const shown = viewer.kind === "team" ? negotiation.textFor(viewer) : record.text;
      expect(composeReport(record, shown, viewer)).toMatchObject({ parts: negotiation.report(viewer).parts });
      if (viewer === thePublic) expect(seen.some((entry) => "sealed" in entry)).toBe(true);
    }
  });

  test("[DIS4] are told of a sealed entry only together with the next one they may see", async () => {
    const { negotiation, ports } = await aHouse();
    const frames = listen(negotiation, thePublic, ports);
    const { upTo } = frames[0]!;
    await submit(negotiation, "chair", { kind: "invite", seat: actor("delegation:XAA").seat });
    expect(frames).toHaveLength(1);
    await submit(negotiation, "chair", { kind: "set-title", title: "Draft report" });
    expect(frames[1]).toMatchObject({ kind: "batch", after: upTo, upTo: negotiation.record.seq });
    expect(frames[1]?.events.map((entry) => "sealed" in entry).at(-1)).toBe(false);
  });
});

describe("on screen", () => {
  test("[CIR4] the live text is circulated before an act is decided, and at each pause", async () => {
    const { negotiation, clock } = await aHouse("on-screen");
    expect((await submit(negotiation, "delegation:XAA", objection)).ok).toBe(true);
    expect(negotiation.record.circulations).toHaveLength(1);
    await negotiation.appendText([paragraph("z", "One more.")]);
    await expect
      .poll(() => {
        clock.pass(2_000);
        return negotiation.record.text.map(({ id }) => id);
      })
      .toContain(idOf("z"));
    expect(negotiation.record.circulations).toHaveLength(2);
  });
});

describe("on screen, while the chair types on", () => {
  test("[POS3] [CIR4] an objection to words that were seen a moment ago stands, though they were never at rest", async () => {
    const { negotiation, clock } = await aHouse("on-screen");
    const typed = async (words: string): Promise<void> => {
      await negotiation.textRoom.transact(() => {
        const block = yBlock(blocksOf(negotiation.textRoom.doc), idOf("a"))!;
        const body = bodyOf(block)!;
        body.delete(0, body.length);
        body.insert(0, words);
        return { writes: [], result: null };
      });
      clock.pass(200);
    };
    await typed("States shall cooperate.");
    const seen = wordingOf(negotiation.textFor(thePublic)[0]!.content).hash;
    await typed("States shall cooperate at all times.");
    const answer = await submit(negotiation, "delegation:XAA", { ...objection, wording: seen });
    expect(answer.ok).toBe(true);
    expect(negotiation.report(thePublic).parts.consensus[0]).toMatchObject({
      text: "States shall cooperate at all times.",
      status: "contested",
      positions: [{ wording: seen, stale: true }],
    });
  });
});

describe("the house", () => {
  test("refuses a second negotiation under the same name", async () => {
    const { house } = await aHouse();
    const settings = { title: "Again", method: "chair-pen", disclosure: "open", silenceMinimumHours: 72 } as const;
    await expect(house.create({ slug: "report", settings, delegations: [] }, actor("chair"))).rejects.toBeInstanceOf(
      SlugTaken,
    );
  });

  test("[SEA1] lets one of fifty use a link, and nobody's typing is lost with the others", async () => {
    const { negotiation, store, ports } = await aHouse();
    const link = {
      tokenHash: "t",
      negotiation: negotiation.row.id,
      seat: "delegation:XAA",
      person: null,
      name: null,
      createdAt: ports.clock.now(),
      expiresAt: epochMs(9e12),
      usedAt: null,
    };
    await store.commit([{ kind: "link", row: link }]);
    const used = { kind: "link-used", tokenHash: "t", at: ports.clock.now() } as const;
    const tries = Array.from({ length: 50 }, () => negotiation.takeSeat(actor("delegation:XAA"), [used]));
    await negotiation.textRoom.transact(() => {
      writeText(negotiation.textRoom.doc, [paragraph("z", "Typed meanwhile.")], random);
      return { writes: [], result: null };
    });
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(LinkSpent);
    expect(negotiation.textFor({ kind: "team" }).map(({ id }) => id)).toContain(idOf("z"));
  });
});
