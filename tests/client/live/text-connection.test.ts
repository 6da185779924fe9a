// @vitest-environment node
import { WebSocket } from "ws";
import * as Y from "yjs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LocalCopies } from "../../../client/live/local-copies.ts";
import type { KeptWords } from "../../../client/live/salvage.ts";
import type { Saved, TextPorts } from "../../../client/live/text-connection.ts";
import { TextConnection } from "../../../client/live/text-connection.ts";
import type { RecordFrame } from "../../../shared/domain/entries.ts";
import type { SocketServer } from "../../support/socket-server.ts";
import { roomId, socketServer, until } from "../../support/socket-server.ts";
import { block, bodyIn, copyOf, reportDoc, wordsOf } from "../../support/report-doc.ts";
import { person } from "../../support/test-peer.ts";
import type { TroubledStore } from "../../support/troubled-store.ts";
import { troubledStore } from "../../support/troubled-store.ts";

const memory = { isFull: false, isBrimful: false };
let store: TroubledStore;
let server: SocketServer;
let open: TextConnection[];
let now: number;
beforeEach(async () => {
  store = troubledStore();
  server = await socketServer({
    store,
    memory,
    text: reportDoc(1, { a: "States cooperate.", b: "The Assembly decides." }),
  });
  open = [];
  now = 1_000_000;
});
afterEach(async () => {
  memory.isFull = false;
  vi.restoreAllMocks();
  for (const connection of open) connection.close();
  await server.close();
});

/** What the browser keeps, as IndexedDB would. */
interface MemoryCopies extends LocalCopies {
  readonly rows: Map<number, Uint8Array>;
  isFull: boolean;
}

function memoryCopies(earlier: Uint8Array[] = []): MemoryCopies {
  const rows = new Map<number, Uint8Array>();
  let next = 0;
  let words: readonly KeptWords[] = [];
  const full = new Error("there is no room");
  return {
    rows,
    isFull: false,
    persist: async () => true,
    unsent: async () => [...rows].map(([key, update]) => ({ key, update })),
    unsentBefore: async () => earlier.map((update, index) => ({ key: -1 - index, update })),
    async keep(update) {
      if (this.isFull) throw full;
      rows.set(++next, update);
      return next;
    },
    async forget(keys) {
      for (const key of keys) if (!rows.delete(key)) earlier.length = 0;
    },
    kept: async () => words,
    async setKept(kept) {
      if (this.isFull) throw full;
      words = kept;
    },
  };
}

function connect(name: string, ports: Partial<TextPorts> = {}): TextConnection {
  const connection = new TextConnection({
    server: `ws://127.0.0.1:${server.port}/sync`,
    room: roomId,
    params: { as: name },
    clientId: name === "observer" ? null : () => server.room.issueClientId(person(name)),
    copies: null,
    isLocked: (paragraph) => server.locked.has(paragraph),
    onRecord: () => undefined,
    now: () => now,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    connect: (url) => new WebSocket(url),
    page: new EventTarget(),
    ...ports,
  });
  open.push(connection);
  return connection;
}

async function synced(name: string, ports: Partial<TextPorts> = {}): Promise<TextConnection> {
  const connection = connect(name, ports);
  await until(() => connection.getSnapshot().isSynced, `${name} synchronises`);
  return connection;
}

const docOf = (connection: TextConnection): Y.Doc => connection.getSnapshot().doc;
const savedOf = (connection: TextConnection): Saved => connection.getSnapshot().saved;
const timeOf = (connection: TextConnection): number | null => {
  const saved = savedOf(connection);
  return saved.kind === "saved" ? saved.at : null;
};
const onServer = (name: string): string => wordsOf(server.room.doc, name);

describe("saved", () => {
  test("[SAV1] only once the disk has it and the server has said so", async () => {
    const chair = await synced("chair");
    store.held = true;
    bodyIn(docOf(chair), "a").insert(0, "All ");
    expect(savedOf(chair)).toEqual({ kind: "saving" });
    await until(() => onServer("a") === "All States cooperate.");
    expect(savedOf(chair)).toEqual({ kind: "saving" });
    now += 500;
    store.held = false;
    await store.release();
    await until(() => savedOf(chair).kind === "saved");
    expect(savedOf(chair)).toEqual({ kind: "saved", at: now });
  });

  test("[SAV1] where nothing was typed yet the server says so once the line is there, and again after each break", async () => {
    const chair = await synced("chair");
    await until(() => chair.getSnapshot().saved.kind === "saved" && timeOf(chair) === now);
    now += 60_000;
    for (const peer of server.room.peers) peer.close(1012, "restarting");
    await until(() => timeOf(chair) === now);
    const reader = await synced("observer");
    expect(savedOf(reader)).toEqual({ kind: "saved", at: null });
  });

  test("[SAV2] without an answer for five seconds it is not saved, and says how much is not", async () => {
    const chair = await synced("chair", { after: (_ms, run) => (setTimeout(run, 20), () => undefined) });
    store.held = true;
    const since = now;
    bodyIn(docOf(chair), "a").insert(0, "A");
    bodyIn(docOf(chair), "a").insert(1, "ll ");
    now += 6_000;
    await until(() => savedOf(chair).kind === "unsaved");
    expect(savedOf(chair)).toEqual({ kind: "unsaved", changes: 2, offlineSince: since });
    store.held = false;
    await store.release();
    await until(() => savedOf(chair).kind === "saved");
  });

  test("[SAV2] a line that is down says since when, and what was typed meanwhile is merged on return", async () => {
    const chair = await synced("chair");
    for (const peer of server.room.peers) peer.close(1012, "restarting");
    await until(() => !chair.getSnapshot().isOnline);
    bodyIn(docOf(chair), "a").insert(0, "All ");
    expect(savedOf(chair)).toEqual({ kind: "unsaved", changes: 1, offlineSince: now });
    await until(() => savedOf(chair).kind === "saved");
    expect(onServer("a")).toBe("All States cooperate.");
  });

  test("[SAV14] a server that is full is asked again after some seconds, which it says; what was typed meanwhile is saved then", async () => {
    // Of five to fifteen seconds the shortest wait.
    vi.spyOn(Math, "random").mockReturnValue(0);
    const chair = await synced("chair");
    memory.isFull = true;
    for (const peer of server.room.peers) peer.close(1012, "restarting");
    await until(() => chair.getSnapshot().waitsForRoom === 5, "the server is full");
    bodyIn(docOf(chair), "a").insert(0, "All ");
    expect(chair.getSnapshot()).toMatchObject({ isOnline: false, ended: null, refusal: null });
    memory.isFull = false;
    const asked = performance.now();
    await until(() => onServer("a") === "All States cooperate.", "it is on line again", 15_000);
    expect(performance.now() - asked).toBeGreaterThan(3_000);
    await until(() => savedOf(chair).kind === "saved");
    expect(chair.getSnapshot().waitsForRoom).toBeNull();
  }, 20_000);

  test("[SAV3] the page is not left without a question while something is unsaved", async () => {
    const page = new EventTarget();
    const chair = await synced("chair", { page });
    const leave = (): boolean => page.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    expect(leave()).toBe(true);
    store.held = true;
    bodyIn(docOf(chair), "a").insert(0, "x");
    expect(leave()).toBe(false);
    store.held = false;
    await store.release();
    await until(() => savedOf(chair).kind === "saved");
    expect(leave()).toBe(true);
  });

  test("[SAV1] a disk that fails and recovers ends in saved, with nothing lost", async () => {
    const chair = await synced("chair");
    store.full = true;
    bodyIn(docOf(chair), "a").insert(0, "All ");
    await until(() => savedOf(chair).kind === "unsaved");
    expect(onServer("a")).toBe("States cooperate.");
    store.full = false;
    await until(() => savedOf(chair).kind === "saved");
    expect(onServer("a")).toBe("All States cooperate.");
  });
});

describe("copies in the browser", () => {
  test("[SAV4] what a crash cut off is there on return, exactly once", async () => {
    const copies = memoryCopies();
    const chair = await synced("chair", { copies });
    store.held = true;
    bodyIn(docOf(chair), "a").insert(0, "All ");
    await until(() => copies.rows.size === 1 && store.waiting === 1);
    chair.close();
    store.full = true;
    store.held = false;
    await store.release();
    store.full = false;
    await until(() => server.room.isWritable);
    expect(onServer("a")).toBe("States cooperate.");
    const back = await synced("chair", { copies });
    await until(() => copies.rows.size === 0, "the copy is forgotten");
    expect([onServer("a"), wordsOf(docOf(back), "a"), savedOf(back).kind]).toEqual([
      "All States cooperate.",
      "All States cooperate.",
      "saved",
    ]);
  });

  test("[SAV4] what the server had after all does not come twice", async () => {
    const copies = memoryCopies();
    const chair = await synced("chair", { copies });
    store.held = true;
    bodyIn(docOf(chair), "a").insert(0, "All ");
    await until(() => copies.rows.size === 1 && onServer("a").startsWith("All"));
    chair.close();
    store.held = false;
    await store.release();
    expect(copies.rows.size).toBe(1);
    await synced("chair", { copies });
    await until(() => copies.rows.size === 0);
    expect(onServer("a")).toBe("All States cooperate.");
  });

  test("[SAV6] a long time offline goes in pieces that the server takes", async () => {
    const chair = await synced("chair");
    for (const peer of server.room.peers) peer.close(1012, "restarting");
    await until(() => !chair.getSnapshot().isOnline);
    const body = bodyIn(docOf(chair), "a");
    // Typed and taken back again: a long history of a short text.
    for (let i = 0; i < 90; i++) {
      body.insert(0, "word ".repeat(2_000));
      if (body.length > 15_000) body.delete(0, 10_000);
      body.insert(0, String(i % 10));
    }
    await until(() => savedOf(chair).kind === "saved", "all is saved", 15_000);
    expect(onServer("a")).toBe(wordsOf(docOf(chair), "a"));
    expect(chair.getSnapshot().refusal).toBeNull();
  });
});

describe("keeping", () => {
  test("[SAV12] words that the device did not keep are said to be kept only once they are saved", async () => {
    const copies = memoryCopies();
    const chair = await synced("chair", { copies });
    const keeping = () => chair.getSnapshot().keeping;
    expect(keeping()).toBe("kept");
    store.held = true;
    copies.isFull = true;
    bodyIn(docOf(chair), "a").insert(0, "A");
    await until(() => keeping() === "not-kept");
    copies.isFull = false;
    bodyIn(docOf(chair), "a").insert(1, "ll ");
    await until(() => copies.rows.size === 1);
    expect(keeping()).toBe("not-kept");
    store.held = false;
    await store.release();
    await until(() => savedOf(chair).kind === "saved");
    expect(keeping()).toBe("kept");
  });

  test("[SAV12] the browser is asked once, with the first word; where it promises nothing words are kept for now", async () => {
    let asked = 0;
    const copies = { ...memoryCopies(), persist: async () => ++asked > 1 };
    const chair = await synced("chair", { copies });
    expect([asked, chair.getSnapshot().keeping]).toEqual([0, "kept"]);
    for (const letter of "All") bodyIn(docOf(chair), "a").insert(0, letter);
    await until(() => chair.getSnapshot().keeping === "kept-for-now");
    expect(asked).toBe(1);
    expect((await synced("facilitator")).getSnapshot().keeping).toBe("not-kept");
  });
});

describe("refusals", () => {
  test("[SAV5] [SAV12] drafts for which the device has no room leave the words they came from where they are", async () => {
    const copies = memoryCopies();
    const chair = await synced("chair", { copies, isLocked: () => false });
    for (const peer of server.room.peers) peer.close(1012, "restarting");
    await until(() => !chair.getSnapshot().isOnline);
    bodyIn(docOf(chair), "a").insert(0, "One ");
    await until(() => copies.rows.size === 1);
    copies.isFull = true;
    server.locked.add(block("a"));
    await until(() => chair.getSnapshot().kept.length === 1);
    await until(() => savedOf(chair).kind === "saved");
    expect(copies.rows.size).toBe(1);
    chair.close();
    copies.isFull = false;
    const back = await synced("chair", { copies });
    await until(() => back.getSnapshot().kept.length === 1 && copies.rows.size === 0);
    expect((await copies.kept()).map(({ mine }) => mine)).toEqual(["One States cooperate."]);
  });

  test("[SAV5] the words that fit are saved, the others kept, and the line goes on", async () => {
    const copies = memoryCopies();
    const chair = await synced("chair", { copies });
    const facilitator = await synced("facilitator");
    const first = docOf(chair);
    for (const peer of server.room.peers) if (peer.actor?.name === "chair") peer.close(1012, "restarting");
    await until(() => !chair.getSnapshot().isOnline);
    bodyIn(first, "a").insert(0, "All ");
    bodyIn(first, "b").insert(0, "Never ");
    server.locked.add(block("b"));
    bodyIn(docOf(facilitator), "a").insert(0, "¶ ");
    await until(() => chair.getSnapshot().doc !== first && savedOf(chair).kind === "saved");
    expect(chair.getSnapshot().refusal).toMatchObject({ code: "paragraph-locked", paragraph: block("b") });
    expect(chair.getSnapshot().kept).toEqual([
      { paragraph: block("b"), mine: "Never The Assembly decides.", stands: "The Assembly decides." },
    ]);
    // Both wrote at the very beginning: either may come first.
    expect(["¶ All States cooperate.", "All ¶ States cooperate."]).toContain(onServer("a"));
    expect(onServer("b")).toBe("The Assembly decides.");
    expect(docOf(chair).clientID).not.toBe(first.clientID);
    // The draft outlives the page, the updates it came from do not.
    await until(() => copies.rows.size === 0);
    expect(await copies.kept()).toHaveLength(1);
    chair.dismissRefusal();
    expect([chair.getSnapshot().kept, chair.getSnapshot().refusal]).toEqual([[], null]);
    bodyIn(docOf(chair), "a").insert(0, "!");
    await until(() => onServer("a").startsWith("!"));
  });

  test("[SAV5] refused again, it keeps everything rather than try for ever", async () => {
    const chair = await synced("chair", { isLocked: () => false });
    for (const peer of server.room.peers) peer.close(1012, "restarting");
    await until(() => !chair.getSnapshot().isOnline);
    bodyIn(docOf(chair), "a").insert(0, "One ");
    bodyIn(docOf(chair), "b").insert(0, "Two ");
    server.locked.add(block("a")).add(block("b"));
    await until(() => chair.getSnapshot().kept.length === 2, "both are kept");
    expect(
      chair
        .getSnapshot()
        .kept.map(({ mine }) => mine)
        .sort(),
    ).toEqual(["One States cooperate.", "Two The Assembly decides."]);
    await until(() => savedOf(chair).kind === "saved");
    expect([onServer("a"), onServer("b")]).toEqual(["States cooperate.", "The Assembly decides."]);
  });
});

describe("another epoch", () => {
  /** A line to a text that has another epoch the next time it is opened. */
  async function restoredUnder(copies: LocalCopies, type: (doc: Y.Doc) => void): Promise<TextConnection> {
    const chair = await synced("chair", { copies });
    server.outdated = true;
    for (const peer of server.room.peers) peer.close(1012, "restarting");
    await until(() => !chair.getSnapshot().isOnline);
    type(docOf(chair));
    await until(() => chair.getSnapshot().ended === "reload");
    return chair;
  }

  test("[SAV10] what was not saved on an open page becomes drafts, and nothing of it is sent", async () => {
    const copies = memoryCopies();
    const chair = await restoredUnder(copies, (doc) => {
      bodyIn(doc, "a").insert(0, "All ");
      bodyIn(doc, "b").delete(0, 4);
    });
    await until(() => savedOf(chair).kind === "saved");
    expect(await copies.kept()).toEqual([
      { paragraph: block("a"), mine: "All States cooperate.", stands: null },
      { paragraph: block("b"), mine: "Assembly decides.", stands: null },
    ]);
    expect(chair.getSnapshot().kept).toEqual(await copies.kept());
    // Typed on, on a page that has ended: still nothing is lost.
    bodyIn(docOf(chair), "a").insert(0, "Nearly ");
    await until(() => copies.rows.size === 0 && savedOf(chair).kind === "saved");
    expect((await copies.kept()).map(({ mine }) => mine)).toContain("Nearly All States cooperate.");
    expect([onServer("a"), onServer("b")]).toEqual(["States cooperate.", "The Assembly decides."]);
  });

  test("[SAV10] where the browser keeps nothing, the drafts are shown and the page asks before it is left", async () => {
    const page = new EventTarget();
    const chair = await synced("chair", { page });
    server.outdated = true;
    for (const peer of server.room.peers) peer.close(1012, "restarting");
    await until(() => !chair.getSnapshot().isOnline);
    bodyIn(docOf(chair), "a").insert(0, "All ");
    await until(() => chair.getSnapshot().kept.length === 1);
    expect(page.dispatchEvent(new Event("beforeunload", { cancelable: true }))).toBe(false);
  });

  test("[SAV10] a page opened later finds what an earlier one had not saved, as drafts beside the text of today", async () => {
    // What the earlier page knew, and the restored text does not: "Saved and lost. ".
    const earlier = copyOf(server.room.doc, 77);
    const unsent: Uint8Array[] = [];
    bodyIn(earlier, "b").insert(0, "Saved and lost. ");
    earlier.on("update", (update: Uint8Array) => unsent.push(update));
    bodyIn(earlier, "b").insert(16, "Never saved. ");
    const other = copyOf(server.room.doc, 78);
    other.on("update", (update: Uint8Array) => unsent.push(update));
    bodyIn(other, "a").insert(0, "All ");
    const copies = memoryCopies(unsent);
    const chair = await synced("chair", { copies });
    await until(() => unsent.length === 0);
    expect(chair.getSnapshot().kept).toEqual([
      { paragraph: block("a"), mine: "All States cooperate.", stands: "States cooperate." },
      { paragraph: null, mine: "Never saved.", stands: null },
    ]);
    expect(await copies.kept()).toEqual(chair.getSnapshot().kept);
    bodyIn(docOf(chair), "b").insert(0, "! ");
    await until(() => savedOf(chair).kind === "saved");
    expect([onServer("a"), onServer("b")]).toEqual(["States cooperate.", "! The Assembly decides."]);
  });
});

describe("the line", () => {
  test("[SAV7] each page load has its own client id, set before the line is opened", async () => {
    const ids = [await synced("chair"), await synced("chair")].map((connection) => docOf(connection).clientID);
    expect(new Set(ids).size).toBe(2);
    const [first] = open as [TextConnection];
    expect(first.getSnapshot().awareness.clientID).toBe(ids[0]);
  });

  test("[SAV8] an old epoch ends the line with word to load the page again", async () => {
    const chair = connect("chair", { params: { as: "chair", outdated: "1" } });
    await until(() => chair.getSnapshot().ended === "reload");
  });

  test("[SAV8] who may no longer be here is told", async () => {
    const chair = await synced("chair");
    server.room.closePeersOf(person("chair"));
    await until(() => chair.getSnapshot().ended === "not-allowed");
  });

  test("a reader gets the text and record frames, has no presence and is never unsaved", async () => {
    const frames: RecordFrame[] = [];
    const observer = await synced("observer", { onRecord: (frame) => frames.push(frame) });
    const chair = await synced("chair");
    bodyIn(docOf(chair), "a").insert(0, "All ");
    await until(() => wordsOf(docOf(observer), "a") === "All States cooperate.");
    expect(frames).toEqual([{ kind: "snapshot", after: 0, upTo: 0, events: [] }]);
    expect([savedOf(observer), observer.getSnapshot().awareness.getLocalState()]).toEqual([
      { kind: "saved", at: null },
      null,
    ]);
  });

  test("a ticket is fetched anew for each connection", async () => {
    let tickets = 0;
    const chair = await synced("chair", { ticket: async () => `t${++tickets}` });
    for (const peer of server.room.peers) peer.close(1012, "restarting");
    await until(() => !chair.getSnapshot().isOnline);
    await until(() => chair.getSnapshot().isOnline);
    expect(tickets).toBe(2);
  });

  test("a client id that cannot be had now is asked for again", async () => {
    let tries = 0;
    await synced("chair", {
      after: (_ms, run) => (setTimeout(run, 5), () => undefined),
      clientId: async () => {
        if (++tries < 3) throw new Error("offline");
        return server.room.issueClientId(person("chair"));
      },
    });
    expect(tries).toBe(3);
  });
});
