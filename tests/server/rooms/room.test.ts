import * as Y from "yjs";
import { beforeEach, describe, expect, test } from "vitest";
import { defaultLimits } from "../../../server/limits.ts";
import type { Limits } from "../../../server/limits.ts";
import { Allowance } from "../../../server/rooms/allowance.ts";
import { recordFrame } from "../../../server/rooms/frames.ts";
import { Room } from "../../../server/rooms/room.ts";
import { StorageTrouble } from "../../../server/store/port.ts";
import { blocksOf } from "../../../shared/sync/model.ts";
import { setPart } from "../../../shared/sync/report-text.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { chance } from "../../support/random.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { addParagraph, block, bodyIn, copyOf, fieldsOf, newsOf, reportDoc, wordsOf } from "../../support/report-doc.ts";
import type { PeerOptions } from "../../support/test-peer.ts";
import { awarenessUpdate, chairOf, encodeFrame, person, TestPeer } from "../../support/test-peer.ts";
import { settled, troubledStore } from "../../support/troubled-store.ts";

const id = "R".repeat(22);
let clock = manualClock();
let store = troubledStore();
let locked = new Set<ParagraphId>();
let complaints: string[] = [];
const log = {
  info: () => undefined,
  warn: () => undefined,
  error: (_: object, words: string) => void complaints.push(words),
};

async function open(limits: Partial<Limits> = {}, hooks = {}): Promise<Room> {
  const random = chance(7);
  return Room.load({
    id,
    store,
    clock,
    limits: { ...defaultLimits, ...limits },
    log,
    random: (count) => Uint8Array.from({ length: count }, () => random.below(256)),
    rules: { locks: () => locked },
    hooks,
  });
}

let room: Room;
beforeEach(async () => {
  clock = manualClock();
  store = troubledStore();
  locked = new Set();
  complaints = [];
  const bytes = Y.encodeStateAsUpdate(reportDoc(1, { a: "States cooperate.", b: "The Assembly decides." }));
  await store.commit([{ kind: "text", room: id, updates: [{ bytes, person: null, at: clock.now() }] }]);
  room = await open();
});

async function enter(name: string, options: PeerOptions = {}): Promise<TestPeer> {
  const client = await room.issueClientId(person(name));
  const peer = new TestPeer(room, chairOf(name), client, clock, options);
  await settled();
  return peer;
}

const reader = (options: PeerOptions = {}): TestPeer =>
  new TestPeer(room, null, 5, clock, { access: "read", ...options });

/** Time for a batch, its commit and the readers' interval. */
async function tick(ms = 200): Promise<void> {
  clock.advance(ms);
  await settled();
  clock.advance(ms);
  await settled();
}

async function onDisk(): Promise<Y.Doc> {
  const doc = new Y.Doc();
  blocksOf(doc);
  const stored = await store.text(id);
  if (stored?.snapshot) Y.applyUpdate(doc, stored.snapshot);
  for (const update of stored?.updates ?? []) Y.applyUpdate(doc, update);
  return doc;
}

/** The second of two keys, of which the first did not reach the server. */
function gapUpdate(chair: TestPeer): Uint8Array {
  const give = chair.give.bind(chair);
  chair.give = () => undefined;
  bodyIn(chair.doc, "a").insert(0, "x");
  const before = Y.encodeStateVector(chair.doc);
  bodyIn(chair.doc, "a").insert(1, "y");
  chair.give = give;
  return Y.encodeStateAsUpdate(chair.doc, before);
}

const show = (peer: TestPeer, client: number, clockOf: number, state: string): void =>
  peer.give(encodeFrame(1, awarenessUpdate([[client, clockOf, state]])));

describe("saving", () => {
  test("[ROO1] nobody hears of a word before it is on disk", async () => {
    const [chair, facilitator, observer] = [await enter("chair"), await enter("facilitator"), reader()];
    store.held = true;
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick();
    expect(wordsOf(facilitator.doc, "a")).toBe("States cooperate.");
    expect(wordsOf(observer.doc, "a")).toBe("States cooperate.");
    await store.release();
    await tick();
    for (const { doc } of [facilitator, observer]) expect(wordsOf(doc, "a")).toBe("All States cooperate.");
    expect(wordsOf(await onDisk(), "a")).toBe("All States cooperate.");
  });

  test("[ROO1] what several type within the batch is one commit, and one's own words do not come back", async () => {
    const [chair, facilitator] = [await enter("chair"), await enter("facilitator")];
    bodyIn(chair.doc, "a").insert(0, "All ");
    bodyIn(chair.doc, "a").insert(4, "the ");
    await tick();
    expect(store.commits.at(-1)).toHaveLength(1);
    expect(store.commits.at(-1)?.[0]).toMatchObject({ kind: "text", updates: [{ person: person("chair") }, {}] });
    expect([chair.updates, facilitator.updates]).toEqual([0, 1]);
  });

  test("[ROO2] a mark is answered only by a commit that holds all that came before it", async () => {
    const chair = await enter("chair");
    store.held = true;
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick();
    // The commit is on its way, and nothing new waits for the next.
    chair.mark(1);
    await settled();
    expect(chair.durable).toEqual([]);
    bodyIn(chair.doc, "a").insert(0, "And ");
    chair.mark(2);
    await store.release();
    expect(chair.durable).toEqual([1]);
    await tick();
    await store.release();
    expect(chair.durable).toEqual([1, 2]);
    chair.mark(3);
    expect(chair.durable).toEqual([1, 2, 3]);
  });

  test("[ROO2] [ROO20] words that come in one piece are one row, and the mark among them waits for its commit", async () => {
    const chair = await enter("chair");
    store.held = true;
    chair.together(() => {
      bodyIn(chair.doc, "a").insert(0, "All ");
      chair.mark(1);
      bodyIn(chair.doc, "b").insert(0, "And ");
      chair.mark(2);
    });
    await tick();
    expect(chair.durable).toEqual([]);
    await store.release();
    expect(chair.durable).toEqual([2]);
    expect(store.commits.at(-1)).toMatchObject([{ kind: "text", updates: [{ person: person("chair") }] }]);
    expect(wordsOf(await onDisk(), "a") + wordsOf(await onDisk(), "b")).toBe(
      "All States cooperate.And The Assembly decides.",
    );
  });

  test("[ROO1] [ROO20] a question that comes in one piece with words is answered once they are on disk", async () => {
    const chair = await enter("chair");
    store.held = true;
    chair.together(() => {
      bodyIn(chair.doc, "a").insert(0, "All ");
      bodyIn(chair.doc, "b").insert(0, "And ");
      chair.sync();
    });
    const { states } = chair;
    await tick();
    expect(chair.states).toBe(states);
    await store.release();
    await tick();
    expect(chair.states).toBe(states + 1);
  });

  test("[ROO2] repeating on another socket what is not on disk yet acknowledges nothing early", async () => {
    const chair = await enter("chair");
    store.held = true;
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick();
    const again = new TestPeer(room, chairOf("chair"), chair.doc.clientID, clock, {
      doc: copyOf(chair.doc, chair.doc.clientID),
    });
    again.mark(1);
    await settled();
    expect(again.durable).toEqual([]);
    await store.release();
    await tick();
    expect(again.durable).toEqual([1]);
  });

  test("a newcomer is told only what is on disk, even while others type without a pause", async () => {
    const chair = await enter("chair");
    store.held = true;
    bodyIn(chair.doc, "a").insert(0, "1");
    await tick();
    bodyIn(chair.doc, "a").insert(0, "2");
    const newcomer = reader();
    bodyIn(chair.doc, "a").insert(0, "3");
    await settled();
    expect(newcomer.states).toBe(0);
    await store.release();
    bodyIn(chair.doc, "a").insert(0, "4");
    expect(newcomer.states).toBe(0);
    await store.release();
    expect(newcomer.states).toBe(1);
    expect(wordsOf(newcomer.doc, "a")).toBe("321States cooperate.");
    store.held = false;
    await tick();
    expect(wordsOf(newcomer.doc, "a")).toBe("4321States cooperate.");
  });

  test("[ROO14] a snapshot is saved after so many updates, and the log stays whole", async () => {
    room = await open({ snapshotUpdates: 10 });
    const chair = await enter("chair");
    for (let i = 0; i < 25; i++) {
      bodyIn(chair.doc, "a").insert(0, "x");
      await tick();
    }
    const stored = await store.text(id);
    expect(stored?.upTo).toBe(26);
    expect(stored?.snapshot).not.toBeNull();
    expect(stored?.updates.length).toBeLessThan(10);
    expect(wordsOf(await onDisk(), "a")).toBe("x".repeat(25) + "States cooperate.");
    expect(wordsOf((await open()).doc, "a")).toBe("x".repeat(25) + "States cooperate.");
  });

  test("[ROO14] a snapshot that nothing came after is served as the bytes that it is", async () => {
    const chair = await enter("chair");
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick();
    await room.stop();
    room = await open();
    const stored = (await store.text(id))?.snapshot;
    expect(stored).toBeInstanceOf(Uint8Array);
    const observer = reader();
    await settled();
    expect(observer.frames.map((frame) => Buffer.from(frame))).toContainEqual(
      Buffer.from(encodeFrame(0, 1, stored as Uint8Array)),
    );
    expect(wordsOf(observer.doc, "a")).toBe("All States cooperate.");
  });

  test("what was typed is on disk once the room has stopped", async () => {
    const chair = await enter("chair");
    bodyIn(chair.doc, "a").insert(0, "All ");
    await room.stop();
    expect(wordsOf(await onDisk(), "a")).toBe("All States cooperate.");
    expect(chair.closed?.code).toBe(1012);
  });
});

describe("turns", () => {
  test("[ROO5] a turn's edits, its writes and the words typed before it are one commit", async () => {
    const chair = await enter("chair");
    bodyIn(chair.doc, "a").insert(0, "All ");
    const row = { id: person("new"), name: "New" };
    const seen = await room.transact(() => {
      setPart(room.doc, block("a"), "chair-summary");
      return { writes: [{ kind: "person", row }], result: wordsOf(room.doc, "a") };
    });
    expect(seen).toBe("All States cooperate.");
    expect(store.commits.at(-1)?.map(({ kind }) => kind)).toEqual(["text", "person"]);
    expect(fieldsOf(chair.doc, "a").get("part")).toBe("chair-summary");
  });

  test("[ROO5] a turn that fails on disk leaves nothing behind", async () => {
    const chair = await enter("chair");
    store.full = true;
    const failing = room.transact(() => {
      setPart(room.doc, block("a"), "chair-summary");
      return { writes: [], result: null };
    });
    await expect(failing).rejects.toThrow(StorageTrouble);
    await settled();
    expect(fieldsOf(room.doc, "a").get("part")).toBe("consensus");
    expect(fieldsOf(chair.doc, "a").get("part")).toBe("consensus");
    await expect(room.transact(() => ({ writes: [], result: 1 }))).rejects.toThrow(StorageTrouble);
  });

  test("[ROO5] turns run one after the other, and one that throws stops no other", async () => {
    const order: string[] = [];
    const turn = (name: string) =>
      room.transact(() => {
        order.push(name);
        if (name === "b") throw new Error("refused");
        return { writes: [{ kind: "person", row: { id: person(name), name } }], result: name };
      });
    const results = await Promise.allSettled([turn("a"), turn("b"), turn("c")]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(order).toEqual(["a", "b", "c"]);
  });

  test("a turn with nothing to write needs no disk", async () => {
    store.full = true;
    await expect(room.transact(() => ({ writes: [], result: "refused" }))).resolves.toBe("refused");
  });
});

describe("trouble with the disk", () => {
  test("[ROO3] writers of the lost words are closed, everyone else stays, and all is well once the disk is", async () => {
    const [chair, facilitator, observer] = [await enter("chair"), await enter("facilitator"), reader()];
    store.full = true;
    bodyIn(chair.doc, "a").insert(0, "All ");
    chair.mark(1);
    await tick(2);
    expect(chair.closed).toEqual({ code: 4500, reason: "storage" });
    expect([facilitator.closed, observer.closed, chair.durable]).toEqual([null, null, []]);
    expect(room.isWritable).toBe(false);
    expect(wordsOf(room.doc, "a")).toBe("States cooperate.");
    // Reading works, and words typed meanwhile wait at their writer.
    const newcomer = reader();
    expect(wordsOf(newcomer.doc, "a")).toBe("States cooperate.");
    bodyIn(facilitator.doc, "b").insert(0, "Today ");
    facilitator.mark(1);
    const back = new TestPeer(room, chairOf("chair"), chair.doc.clientID, clock, {
      doc: copyOf(chair.doc, chair.doc.clientID),
    });
    back.mark(1);
    await tick();
    expect([back.durable, facilitator.durable, back.closed]).toEqual([[], [], null]);
    store.full = false;
    await tick(1_000);
    expect(room.isWritable).toBe(true);
    back.mark(2);
    facilitator.mark(2);
    await tick();
    expect([back.durable, facilitator.durable]).toEqual([[2], [2]]);
    for (const doc of [newcomer.doc, observer.doc, facilitator.doc, await onDisk()]) {
      expect([wordsOf(doc, "a"), wordsOf(doc, "b")]).toEqual(["All States cooperate.", "Today The Assembly decides."]);
    }
  });

  test("[ROO3] an answer to a question asked before the loss acknowledges nothing", async () => {
    const chair = await enter("chair");
    store.held = true;
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick(2);
    // Comes back on a second socket and is asked with a state that is about to be lost.
    const back = new TestPeer(room, chairOf("chair"), chair.doc.clientID, clock, {
      doc: copyOf(chair.doc, chair.doc.clientID),
      answers: false,
    });
    store.full = true;
    await store.release();
    store.full = store.held = false;
    await tick(1_000);
    expect(room.isWritable).toBe(true);
    back.give(encodeFrame(0, 1, Uint8Array.of(0, 0)));
    back.mark(1);
    await tick();
    expect(back.frames.some((frame) => frame[0] === 101)).toBe(false);
    back.give(encodeFrame(0, 1, Y.encodeStateAsUpdate(back.doc)));
    back.mark(2);
    await tick();
    expect(back.frames.at(-1)).toEqual(Buffer.from([101, 2]));
    expect(wordsOf(await onDisk(), "a")).toBe("All States cooperate.");
  });

  test("[ROO3] an answer that comes while nothing can be written is an answer: after the next one all is acknowledged", async () => {
    const [chair, facilitator] = [await enter("chair"), await enter("facilitator", { answers: false })];
    store.full = true;
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick(2);
    const answer = (): void => facilitator.give(encodeFrame(0, 1, Y.encodeStateAsUpdate(facilitator.doc)));
    answer();
    store.full = false;
    await tick(1_000);
    answer();
    facilitator.mark(1);
    expect(facilitator.frames.at(-1)).toEqual(Buffer.from([101, 1]));
  });

  test("[ROO3] so is one that was held back for the length of a commit which fails", async () => {
    const [chair, facilitator] = [await enter("chair"), await enter("facilitator", { answers: false })];
    store.held = store.full = true;
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick(2);
    reader();
    const answer = (): void => facilitator.give(encodeFrame(0, 1, Y.encodeStateAsUpdate(facilitator.doc)));
    answer();
    await store.release();
    store.held = store.full = false;
    await tick(1_000);
    answer();
    facilitator.mark(1);
    expect(facilitator.frames.at(-1)).toEqual(Buffer.from([101, 1]));
  });

  test("[ROO3] who comes during a commit that fails is given the text once it was read again", async () => {
    const chair = await enter("chair");
    store.held = store.full = true;
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick(2);
    const [first, second] = [reader(), reader()];
    await store.release();
    store.held = store.full = false;
    await tick(1_000);
    for (const { doc, states } of [first, second]) {
      expect([states, wordsOf(doc, "a")]).toEqual([1, "States cooperate."]);
    }
  });

  test("[ROO3] words whose commit was done and its answer lost reach everyone who stayed, and what builds on them too", async () => {
    const [chair, facilitator, observer] = [await enter("chair"), await enter("facilitator"), reader()];
    await tick();
    const commit = store.commit.bind(store);
    store.commit = async (writes) => {
      store.commit = commit;
      await commit(writes);
      throw new StorageTrouble("the answer was lost");
    };
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick(1_000);
    for (const doc of [facilitator.doc, observer.doc]) expect(wordsOf(doc, "a")).toBe("All States cooperate.");
    const back = new TestPeer(room, chairOf("chair"), chair.doc.clientID, clock, { doc: chair.doc });
    bodyIn(back.doc, "a").insert(4, "good ");
    await tick();
    for (const doc of [facilitator.doc, observer.doc]) expect(wordsOf(doc, "a")).toBe("All good States cooperate.");
  });

  test("[ROO4] a text that cannot be read is no empty text", async () => {
    store.unreadable = true;
    await expect(open()).rejects.toThrow(StorageTrouble);
    store.unreadable = false;
    await store.commit([
      { kind: "text", room: id, updates: [{ bytes: Uint8Array.of(1, 1, 9, 5, 4, 1), person: null, at: clock.now() }] },
    ]);
    await expect(open()).rejects.toMatchObject({ name: "Damaged" });
  });

  test("[ROO4] a room that was never written is empty", async () => {
    store = troubledStore();
    expect(blocksOf((await open()).doc).size).toBe(0);
  });

  test("[ROO3] a disk that can neither be written nor read serves nobody anything new until it can", async () => {
    const chair = await enter("chair");
    store.full = store.unreadable = true;
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick(2);
    const newcomer = reader();
    await tick(1_000);
    expect(newcomer.states).toBe(0);
    store.full = store.unreadable = false;
    await tick(1_000);
    expect(wordsOf(newcomer.doc, "a")).toBe("States cooperate.");
  });
});

describe("what arrives", () => {
  test("[ROO7] a refused update is named, the socket closed, and nothing of it kept", async () => {
    const chair = await enter("chair");
    locked.add(block("b"));
    chair.doc.transact(() => {
      bodyIn(chair.doc, "a").insert(0, "All ");
      bodyIn(chair.doc, "b").insert(0, "Never ");
    });
    expect(chair.refusals).toMatchObject([{ code: "paragraph-locked", paragraph: block("b") }]);
    expect(chair.closed?.code).toBe(4403);
    await tick();
    expect(wordsOf(await onDisk(), "a")).toBe("States cooperate.");
  });

  test("[ROO7] [ROO20] of words that come in one piece those before the refused ones stay, and nothing is acknowledged", async () => {
    const chair = await enter("chair");
    locked.add(block("b"));
    chair.together(() => {
      bodyIn(chair.doc, "a").insert(0, "All ");
      bodyIn(chair.doc, "b").insert(0, "Never ");
      bodyIn(chair.doc, "a").insert(0, "And ");
      chair.mark(1);
    });
    expect(chair.refusals).toMatchObject([{ code: "paragraph-locked" }]);
    await tick();
    expect(wordsOf(await onDisk(), "a")).toBe("All States cooperate.");
    expect(chair.durable).toEqual([]);
  });

  test("[ROO3] [ROO20] a piece that cannot be made whole leaves nothing behind", async () => {
    const chair = await enter("chair");
    // As only a bug could leave it.
    room.doc.store.pendingStructs = { missing: new Map(), update: Uint8Array.of(0, 0) };
    chair.together(() => {
      bodyIn(chair.doc, "a").insert(0, "All ");
      bodyIn(chair.doc, "b").insert(0, "And ");
    });
    await tick(1_000);
    await tick();
    expect(complaints).toContain("text not saved; it is read again from disk");
    expect(chair.closed?.code).toBe(4500);
    expect(room.isWritable).toBe(true);
    expect(wordsOf(room.doc, "a")).toBe("States cooperate.");
    // Nor does it go to disk with what others write next.
    bodyIn((await enter("facilitator")).doc, "b").insert(0, "And ");
    await tick();
    expect(wordsOf(await onDisk(), "a")).toBe("States cooperate.");
  });

  test("[ROO6] typing before the first state: the server asks, and acknowledges after the answer only", async () => {
    const chair = await enter("chair");
    const update = gapUpdate(chair);
    chair.answers = false;
    chair.give(encodeFrame(0, 2, update));
    chair.mark(1);
    await tick();
    expect([chair.closed, chair.frames.at(-1)?.slice(0, 2)]).toEqual([null, Buffer.from([0, 0])]);
    expect(chair.frames.some((frame) => frame[0] === 101)).toBe(false);
    chair.give(encodeFrame(0, 1, Y.encodeStateAsUpdate(chair.doc)));
    chair.mark(2);
    await tick();
    expect(chair.frames.at(-1)).toEqual(Buffer.from([101, 2]));
    expect(wordsOf(await onDisk(), "a")).toBe("xyStates cooperate.");
  });

  test("[ROO6] who keeps answering with a gap is refused", async () => {
    const chair = await enter("chair");
    const update = gapUpdate(chair);
    chair.answers = false;
    for (let i = 0; i < 3; i++) chair.give(encodeFrame(0, 1, update));
    expect(chair.closed?.code).toBe(4403);
  });

  test("[TXT1] words of an earlier page load are taken on another socket of the same person, and of nobody else", async () => {
    const chair = await enter("chair");
    const offline = copyOf(room.doc, chair.doc.clientID);
    chair.leave();
    bodyIn(offline, "a").insert(0, "All ");
    const again = await enter("chair");
    again.give(encodeFrame(0, 2, newsOf(offline, room.doc)));
    expect(again.closed).toBeNull();
    const facilitator = await enter("facilitator");
    bodyIn(offline, "a").insert(0, "x");
    facilitator.give(encodeFrame(0, 2, newsOf(offline, room.doc)));
    expect(facilitator.refusals).toMatchObject([{ code: "foreign-client" }]);
  });

  test("[SOC2] rights are looked up at each message", async () => {
    const chair = await enter("chair");
    chair.access = "none";
    bodyIn(chair.doc, "a").insert(0, "All ");
    expect(chair.closed?.code).toBe(4403);
    const demoted = await enter("facilitator");
    demoted.access = "read";
    bodyIn(demoted.doc, "a").insert(0, "All ");
    await tick();
    expect([demoted.closed, wordsOf(room.doc, "a")]).toEqual([null, "States cooperate."]);
  });

  test("[SOC2] who loses a seat is cut at once", async () => {
    const [chair, facilitator] = [await enter("chair"), await enter("facilitator")];
    room.closePeersOf(person("chair"));
    expect([chair.closed?.code, facilitator.closed, room.peers.size]).toEqual([4403, null, 1]);
    facilitator.access = "none";
    room.recheckAccess();
    expect(facilitator.closed?.code).toBe(4403);
  });

  test("[ROO15] one account, and one room, can be full without others noticing", async () => {
    const allowance = new Allowance({ ...defaultLimits, accountBytesPerHour: 100 }, clock);
    const chair = await enter("chair", { allowance });
    const facilitator = await enter("facilitator");
    bodyIn(chair.doc, "a").insert(0, "x".repeat(200));
    expect(chair.refusals).toMatchObject([{ code: "quota" }]);
    bodyIn(facilitator.doc, "a").insert(0, "x".repeat(200));
    await tick();
    expect(facilitator.closed).toBeNull();
    room = await open({ roomBytes: 2_000 });
    const other = await enter("other");
    for (let i = 0; i < 30 && !other.closed; i++) bodyIn(other.doc, "a").insert(0, "x".repeat(200));
    expect(other.refusals).toMatchObject([{ code: "quota" }]);
    expect(Y.encodeStateAsUpdate(room.doc).length).toBeLessThan(2_100);
  });

  test("[ROO15] typing and deleting for ever fills nothing: the quota is on the live state", async () => {
    room = await open({ roomBytes: 4_000 });
    const chair = await enter("chair", { allowance: new Allowance({ ...defaultLimits, updatesBurst: 10_000 }, clock) });
    for (let i = 0; i < 60; i++) {
      bodyIn(chair.doc, "a").insert(0, "x".repeat(200));
      bodyIn(chair.doc, "a").delete(0, 200);
    }
    expect(chair.refusals).toEqual([]);
  });

  test("[TXT4] a new block travels whole", async () => {
    const [chair, observer] = [await enter("chair"), reader()];
    addParagraph(chair.doc, "c", "A third one.");
    await tick();
    expect(wordsOf(observer.doc, "c")).toBe("A third one.");
  });
});

describe("who is told, and when", () => {
  test("[ROO9] writers hear at commit, readers one merged update in each interval", async () => {
    const [chair, facilitator, observer] = [await enter("chair"), await enter("facilitator"), reader()];
    for (let i = 0; i < 5; i++) {
      bodyIn(chair.doc, "a").insert(0, "x");
      clock.advance(2);
      await settled();
    }
    expect([facilitator.updates, observer.updates]).toEqual([5, 0]);
    clock.advance(50);
    expect(observer.updates).toBe(1);
    expect(wordsOf(observer.doc, "a")).toBe("xxxxxStates cooperate.");
  });

  test("[ROO10] a slow reader is skipped forward", async () => {
    const [chair, slow, quick] = [await enter("chair"), reader(), reader()];
    slow.bufferedAmount = defaultLimits.skipBytes + 1;
    for (let i = 0; i < 5; i++) {
      bodyIn(chair.doc, "a").insert(0, "x");
      await tick();
    }
    expect([slow.updates, quick.updates]).toEqual([0, 5]);
    slow.bufferedAmount = 0;
    await tick();
    expect([slow.updates, wordsOf(slow.doc, "a")]).toEqual([1, "xxxxxStates cooperate."]);
  });

  test("[ROO10] one that never reads is cut", async () => {
    room = await open({ slowBytes: 2_000 });
    const [chair, slow] = [await enter("chair"), reader()];
    slow.bufferedAmount = defaultLimits.skipBytes + 1;
    for (let i = 0; i < 5; i++) {
      bodyIn(chair.doc, "a").insert(0, "x".repeat(1_000));
      await tick();
    }
    expect(slow.closed?.code).toBe(4508);
  });

  test("[ROO11] a whole state is not sent too often, nor to a socket with much unsent", () => {
    const observer = reader();
    for (let i = 0; i < 50; i++) observer.sync();
    clock.advance(200);
    expect(observer.states).toBeLessThanOrEqual(5);
    clock.advance(10_000);
    expect(observer.states).toBe(6);
    observer.bufferedAmount = defaultLimits.stateBufferBytes;
    clock.advance(20_000);
    observer.sync();
    clock.advance(1_000);
    expect(observer.states).toBe(6);
    observer.bufferedAmount = 0;
    clock.advance(1_000);
    expect(observer.states).toBe(7);
  });

  test("the layer above greets a peer before anything else, and its frames pass", async () => {
    const greeting = recordFrame({ kind: "snapshot", after: 0, upTo: 0, events: [] });
    room = await open({}, { onJoin: (peer: { send(frame: Uint8Array): void }) => peer.send(greeting) });
    expect(reader().frames[0]).toBe(greeting);
  });

  test("a hook that fails costs nobody a word", async () => {
    const fail = (): never => {
      throw new Error("a bug above");
    };
    room = await open({}, { onJoin: fail, onText: fail });
    const [chair, facilitator] = [await enter("chair"), await enter("facilitator")];
    bodyIn(chair.doc, "a").insert(0, "All ");
    chair.mark(1);
    await tick();
    expect([wordsOf(facilitator.doc, "a"), chair.durable, chair.closed]).toEqual(["All States cooperate.", [1], null]);
    expect(complaints).toContain("a hook of the room failed");
  });

  test("onText is called once the words are on disk", async () => {
    let told = 0;
    room = await open({}, { onText: () => void told++ });
    const chair = await enter("chair");
    bodyIn(chair.doc, "a").insert(0, "x");
    expect(told).toBe(0);
    await tick();
    expect(told).toBe(1);
  });
});

describe("rest", () => {
  const { restMs } = defaultLimits;

  test("[ROO19] a room in which nobody writes keeps only the bytes of its text, and wakes for whoever does", async () => {
    expect(room.isAwake).toBe(false);
    const chair = await enter("chair");
    const observer = reader();
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick();
    await tick(3 * restMs);
    expect(room.isAwake).toBe(true);
    chair.leave();
    await tick(2 * restMs);
    expect(room.isAwake).toBe(false);
    const back = await enter("facilitator");
    expect(wordsOf(back.doc, "a")).toBe("All States cooperate.");
    bodyIn(back.doc, "a").insert(0, "Not ");
    back.mark(1);
    await tick();
    expect(back.durable).toEqual([1]);
    for (const doc of [await onDisk(), observer.doc]) expect(wordsOf(doc, "a")).toBe("Not All States cooperate.");
  });

  test("[ROO19] [ROO9] readers who come to a room at rest are served, and wake nothing", async () => {
    const observer = reader();
    await settled();
    expect([wordsOf(observer.doc, "b"), room.isAwake]).toEqual(["The Assembly decides.", false]);
    const chair = await enter("chair");
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick();
    expect(wordsOf(observer.doc, "a")).toBe("All States cooperate.");
  });

  test("[ROO19] an act wakes the text in its own turn, and what it changed is there after the next rest", async () => {
    await room.transact(() => {
      setPart(room.doc, block("b"), "chair-summary");
      return { writes: [], result: null };
    });
    await tick(2 * restMs);
    expect(room.isAwake).toBe(false);
    expect(fieldsOf(room.doc, "b").get("part")).toBe("chair-summary");
  });

  test("[ROO19] [ROO14] before it rests a room saves its snapshot, and those above it hear of the rest", async () => {
    const rested: boolean[] = [];
    room = await open({}, { onRest: () => rested.push(true) });
    const before = rested.length;
    const chair = await enter("chair");
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick();
    chair.leave();
    await tick(2 * restMs);
    expect(rested.length).toBe(before + 1);
    expect((await store.text(id))?.updates).toEqual([]);
  });

  test("[ROO19] [ROO3] a commit that fails while the room rests costs it nothing, whatever can be read meanwhile", async () => {
    store.full = store.unreadable = true;
    const act = room.transact(() => ({
      writes: [{ kind: "pulse", negotiation: "talks", at: clock.now() }],
      result: null,
    }));
    await expect(act).rejects.toThrow(StorageTrouble);
    expect(wordsOf(room.doc, "a")).toBe("States cooperate.");
    store.full = store.unreadable = false;
    await tick(defaultLimits.probeMs);
    expect([room.isWritable, wordsOf(room.doc, "a")]).toEqual([true, "States cooperate."]);
  });

  test("[ROO19] nothing rests that is not saved", async () => {
    const chair = await enter("chair");
    await tick(restMs);
    store.held = true;
    bodyIn(chair.doc, "a").insert(0, "All ");
    await tick();
    chair.leave();
    await tick(3 * restMs);
    expect(room.isAwake).toBe(true);
    store.held = false;
    await store.release();
    await tick(2 * restMs);
    expect(room.isAwake).toBe(false);
    expect(wordsOf(room.doc, "a")).toBe("All States cooperate.");
  });
});

describe("presence", () => {
  test("[ROO12] writers see each other's cursors, with the name the server knows", async () => {
    const [chair, facilitator, observer] = [await enter("chair"), await enter("facilitator"), reader()];
    show(chair, chair.doc.clientID, 1, JSON.stringify({ cursor: 5, user: { name: "The Secretary-General" } }));
    expect(facilitator.others.size).toBe(0);
    clock.advance(100);
    expect(facilitator.others.get(chair.doc.clientID)).toEqual({ cursor: 5, user: { name: "chair", seat: "chair" } });
    expect([chair.others.size, observer.others.size]).toEqual([0, 0]);
    const newcomer = await enter("third");
    expect(newcomer.others.has(chair.doc.clientID)).toBe(true);
  });

  test("[ROO12] nobody appears as another, removes another, or shows more than one self", async () => {
    const [chair, facilitator, witness] = [await enter("chair"), await enter("facilitator"), await enter("witness")];
    show(chair, chair.doc.clientID, 1, "{}");
    const spare = await room.issueClientId(person("facilitator"));
    show(facilitator, chair.doc.clientID, 9, "null");
    show(facilitator, facilitator.doc.clientID, 1, "{}");
    show(facilitator, spare, 1, "{}");
    show(facilitator, 4_242, 1, "{}");
    show(facilitator, facilitator.doc.clientID, 2, JSON.stringify({ fat: "x".repeat(3_000) }));
    clock.advance(100);
    expect(new Set(witness.others.keys())).toEqual(new Set([chair.doc.clientID, facilitator.doc.clientID]));
    expect(witness.others.get(chair.doc.clientID)).not.toBeNull();
    expect(facilitator.closed).toBeNull();
  });

  test("[ROO12] who leaves vanishes, and who comes back under the same client id is seen at once", async () => {
    const [chair, witness] = [await enter("chair"), await enter("witness")];
    show(chair, chair.doc.clientID, 7, "{}");
    clock.advance(100);
    chair.leave();
    clock.advance(100);
    expect(witness.others.get(chair.doc.clientID)).toBeNull();
    const back = new TestPeer(room, chairOf("chair"), chair.doc.clientID, clock);
    show(back, chair.doc.clientID, 7, "{}");
    clock.advance(100);
    expect(witness.others.get(chair.doc.clientID)).not.toBeNull();
  });

  test("[ROO8] readers' frames are dropped undecoded and are no offence", async () => {
    const [observer, chair] = [reader(), await enter("chair")];
    for (const frame of [[1, 3, 1, 5, 1], [0, 2, 255, 255], [0, 1, 1], [100, 1], [250], [9, 9, 9], []]) {
      observer.give(Uint8Array.from(frame));
    }
    const forger = copyOf(room.doc, 5);
    bodyIn(forger, "a").insert(0, "Observers decide. ");
    observer.give(encodeFrame(0, 2, newsOf(forger, room.doc)));
    await tick();
    expect([observer.closed, chair.updates, wordsOf(room.doc, "a")]).toEqual([null, 0, "States cooperate."]);
  });
});
