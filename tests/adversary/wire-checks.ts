/**
 * What a server of shared text owes those in its room, asked over its socket alone (security.md §1.1): the same questions to ours on every
 * commit, and by `stock.ts` to a stock server, which shows that they bite. A check answers null when the server keeps the promise.
 */
import type { Socket } from "node:net";
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { blocksOf } from "../../shared/sync/model.ts";
import { forge } from "../support/forge-update.ts";
import { chance } from "../support/random.ts";
import { addParagraph, block, bodyIn, wordsOf } from "../support/report-doc.ts";
import { awarenessUpdate, encodeFrame } from "../support/test-peer.ts";

/** A server that has just been started, with one text, in which nothing stands. */
export interface Served {
  readonly port: number;
  /** For who they say they are; `nobody` has invented it. */
  path(who: string, room?: string): string;
  clientId(who: string): Promise<number>;
  isAlive(): boolean;
  /** In bytes, of the process that serves. */
  memory(): number;
}

export interface WireCheck {
  readonly id: string;
  readonly asks: string;
  readonly check: (served: Served) => Promise<string | null>;
}

const MiB = 2 ** 20;
/** Sync step 1 of someone who has nothing. */
const wantsAll = encodeFrame(0, 0, Uint8Array.of(0));

/** Somebody with a socket, who applies what they are told. */
class Visitor {
  readonly doc = new Y.Doc();
  readonly presence = new Map<number, string>();
  received = 0;
  closed: number | null = null;
  readonly socket: WebSocket;
  readonly #opened: Promise<boolean>;

  constructor(served: Served, who: string, options: { readonly room?: string; readonly origin?: string } = {}) {
    const { room, ...rest } = options;
    this.socket = new WebSocket(`ws://127.0.0.1:${served.port}${served.path(who, room)}`, rest);
    this.socket.binaryType = "nodebuffer";
    this.socket.on("error", () => undefined);
    this.#opened = new Promise((resolve) => {
      this.socket.once("open", () => resolve(true));
      this.socket.once("close", () => resolve(false));
    });
    this.socket.on("close", (code) => (this.closed = code));
    this.socket.on("message", (data: Buffer) => this.#hear(data));
  }

  /** @returns null when it was not let in */
  static async enter(served: Served, who: string): Promise<Visitor> {
    const visitor = new Visitor(served, who);
    visitor.doc.clientID = who === "observer" ? 5 : await served.clientId(who);
    blocksOf(visitor.doc);
    if (!(await visitor.isIn())) throw new Error(`${who} was not let in`);
    visitor.give(wantsAll);
    await pause(50);
    return visitor;
  }

  isIn = (): Promise<boolean> => this.#opened;
  give = (frame: Uint8Array): void => void (this.closed === null && this.socket.send(frame, () => undefined));
  update = (bytes: Uint8Array): void => this.give(encodeFrame(0, 2, bytes));
  leave = (): void => this.socket.terminate();

  /** Changes one's own text, and says what changed. */
  write(change: (doc: Y.Doc) => void): void {
    const before = Y.encodeStateVector(this.doc);
    change(this.doc);
    this.update(Y.encodeStateAsUpdate(this.doc, before));
  }

  async words(name = "a"): Promise<string> {
    await until(() => blocksOf(this.doc).has(block(name)));
    return blocksOf(this.doc).has(block(name)) ? wordsOf(this.doc, name) : "";
  }

  #hear(data: Buffer): void {
    this.received += data.length;
    const decoder = decoding.createDecoder(new Uint8Array(data));
    const type = decoding.readVarUint(decoder);
    if (type === 0) {
      const kind = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (kind === 0) this.give(encodeFrame(0, 1, Y.encodeStateAsUpdate(this.doc, bytes)));
      else Y.applyUpdate(this.doc, bytes, this);
    } else if (type === 1) {
      const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
      for (let n = decoding.readVarUint(inner); n > 0; n--) {
        const client = decoding.readVarUint(inner);
        decoding.readVarUint(inner);
        this.presence.set(client, decoding.readVarString(inner));
      }
    }
  }
}

async function until(fact: () => boolean, ms = 3_000): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(10)) if (fact()) return true;
  return fact();
}

/** The chair's team with a paragraph, and what a newcomer reads in it. */
async function chairWith(served: Served, words = "States cooperate."): Promise<Visitor> {
  const chair = await Visitor.enter(served, "chair");
  chair.write((doc) => addParagraph(doc, "a", words));
  await pause(100);
  return chair;
}

async function newcomer(served: Served): Promise<Visitor> {
  const visitor = await Visitor.enter(served, "witness");
  await visitor.words();
  return visitor;
}

/** Honest work goes on: a new word of the chair's reaches whoever comes. */
async function goesOn(served: Served, chair: Visitor): Promise<string | null> {
  if (!served.isAlive()) return "the server died";
  chair.write((doc) => bodyIn(doc, "a").insert(0, "All "));
  await pause(100);
  if (!served.isAlive()) return "the server died";
  const words = await (await newcomer(served)).words().catch(() => "");
  return words === "All States cooperate." ? null : `a newcomer reads “${words.slice(0, 60)}”`;
}

/** After a handshake, for bytes that no library would send. */
function rawSocket(served: Served, who: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(served.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.once("data", () => resolve(socket));
    socket.once("close", () => reject(new Error("refused")));
    socket.write(
      `GET ${served.path(who)} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
    );
  });
}

const wire = (...numbers: readonly number[]): Uint8Array => {
  const encoder = encoding.createEncoder();
  for (const n of numbers) encoding.writeVarUint(encoder, n);
  return encoding.toUint8Array(encoder);
};

export const wireChecks: readonly WireCheck[] = [
  {
    id: "T1–T2",
    asks: "200 invented credentials: none let in, no byte told",
    async check(served) {
      const strangers = Array.from({ length: 200 }, () => new Visitor(served, "nobody"));
      const letIn = (await Promise.all(strangers.map((stranger) => stranger.isIn()))).filter(Boolean).length;
      for (const stranger of strangers) stranger.leave();
      return letIn === 0 ? null : `${letIn} were let in`;
    },
  },
  {
    id: "T3",
    asks: "a page of another site opens no socket",
    async check(served) {
      const isIn = await new Visitor(served, "chair", { origin: "https://evil.example" }).isIn();
      return isIn ? "it was let in" : null;
    },
  },
  {
    id: "T4–T5",
    asks: "connecting makes no rooms",
    async check(served) {
      for (const room of ["x", "S".repeat(22), "..%2f..%2fetc"]) {
        if (await new Visitor(served, "chair", { room }).isIn()) return `“${room}” was made`;
      }
      return null;
    },
  },
  {
    id: "T6",
    asks: "a message of 8 MiB is cut with 1009",
    async check(served) {
      const visitor = await Visitor.enter(served, "mallory");
      visitor.give(new Uint8Array(8 * MiB));
      await until(() => visitor.closed !== null);
      return visitor.closed === 1009 ? null : `closed with ${visitor.closed}`;
    },
  },
  {
    id: "T7",
    asks: "six kinds of illegal frames kill nothing",
    async check(served) {
      const chair = await chairWith(served);
      const illegal = [
        [0x82, 0x01, 0x00],
        [0xf2, 0x80, 0, 0, 0, 0],
        [0x8b, 0x80, 0, 0, 0, 0],
        [0x09, 0x80, 0, 0, 0, 0],
        [0x80, 0x80, 0, 0, 0, 0],
        [0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
      ];
      for (const bytes of illegal) {
        (await rawSocket(served, "mallory")).write(Buffer.from(bytes));
        await pause(30);
        if (!served.isAlive()) return "the server died at the first of them";
      }
      return goesOn(served, chair);
    },
  },
  {
    id: "T8",
    asks: "a message in 5,000 pieces is cut",
    async check(served) {
      const visitor = await Visitor.enter(served, "mallory");
      for (let i = 0; i < 5_000; i++) visitor.socket.send(Buffer.of(0), { fin: false }, () => undefined);
      await until(() => visitor.closed !== null);
      return visitor.closed === null ? "it was put together" : null;
    },
  },
  {
    id: "P1",
    asks: "100 malformed frames: no crash, and whoever sends one is closed",
    async check(served) {
      const chair = await chairWith(served);
      const random = chance(7);
      let stayed = 0;
      for (let i = 0; i < 100; i += 20) {
        const crowd = await Promise.all(Array.from({ length: 20 }, () => Visitor.enter(served, "mallory")));
        for (const each of crowd) each.give(Uint8Array.from([0, 2, 200, random.below(256), random.below(256)]));
        await until(() => crowd.every(({ closed }) => closed !== null), 1_000);
        stayed += crowd.filter(({ closed }) => closed === null).length;
        for (const each of crowd) each.leave();
        if (!served.isAlive()) return "the server died";
        if (stayed > 0) return `${stayed} of ${i + 20} stayed`;
      }
      return goesOn(served, chair);
    },
  },
  {
    id: "P2",
    asks: "a message of an unknown type closes the socket",
    async check(served) {
      const visitor = await Visitor.enter(served, "mallory");
      visitor.give(wire(99, 1));
      return (await until(() => visitor.closed !== null, 1_000)) ? null : "it stayed open";
    },
  },
  {
    id: "P3",
    asks: "150 requests for the whole text at once get a few answers",
    async check(served) {
      // As typed, in pieces: one string would be too long for a paragraph.
      const chair = await chairWith(served);
      for (let i = 0; i < 50; i++) {
        chair.write((doc) => addParagraph(doc, `x${i}x`, "x".repeat(10_000)));
        await pause(5);
      }
      await pause(300);
      const greedy = new Visitor(served, "mallory");
      await greedy.isIn();
      for (let i = 0; i < 150; i++) greedy.give(wantsAll);
      await pause(1_500);
      const whole = Y.encodeStateAsUpdate(chair.doc).length;
      const times = greedy.received / whole;
      return times < 10 ? null : `the text came ${Math.round(times)} times`;
    },
  },
  {
    id: "P4–P5",
    asks: "four counts that lie cost no memory and no second",
    async check(served) {
      const chair = await chairWith(served);
      const array = encoding.createEncoder();
      for (const n of [1, 1, 100, 0]) encoding.writeVarUint(array, n);
      for (const n of [8, 1]) encoding.writeUint8(array, n);
      encoding.writeVarString(array, "blocks");
      encoding.writeVarUint(array, 50_000_000);
      const before = served.memory();
      let slowest = 0;
      // Ours answers five requests for the whole text in ten seconds.
      for (let i = 0; i < 4; i++) {
        const visitor = await Visitor.enter(served, "mallory");
        const asked = performance.now();
        const heard = chair.received;
        visitor.update(encoding.toUint8Array(array));
        chair.give(wantsAll);
        await until(() => chair.received > heard, 10_000);
        slowest = Math.max(slowest, performance.now() - asked);
        visitor.leave();
      }
      const grown = (served.memory() - before) / MiB;
      if (grown > 96) return `memory +${Math.round(grown)} MiB`;
      return slowest > 1_000 ? `others waited ${Math.round(slowest)} ms` : null;
    },
  },
  {
    id: "P6",
    asks: "what builds on nothing is kept by nobody",
    async check(served) {
      const chair = await chairWith(served);
      for (let i = 0; i < 20; i++) {
        const mallory = await Visitor.enter(served, "mallory");
        mallory.update(forge([{ client: mallory.doc.clientID, clock: 5 + i, structs: [{ collected: 3 }] }]));
        await pause(20);
        mallory.leave();
      }
      await pause(100);
      const witness = await newcomer(served);
      const pending = chair.doc.store.pendingStructs ?? witness.doc.store.pendingStructs;
      return pending ? "it was passed on and is pending at everybody's" : null;
    },
  },
  {
    id: "P7",
    asks: "a tree of 500 storeys is not passed on",
    async check(served) {
      await chairWith(served);
      const mallory = await Visitor.enter(served, "mallory");
      let inner = new Y.Map<unknown>();
      const outer = inner;
      for (let i = 0; i < 500; i++) inner.set("order", (inner = new Y.Map()));
      mallory.write((doc) => blocksOf(doc).set(block("c"), outer));
      await pause(150);
      return blocksOf((await newcomer(served)).doc).has(block("c")) ? "everybody has it" : null;
    },
  },
  {
    id: "P9",
    asks: "150 replays in any order change nothing",
    async check(served) {
      const chair = await chairWith(served);
      const log: Uint8Array[] = [];
      chair.doc.on("update", (update: Uint8Array) => log.push(update));
      for (let i = 0; i < 10; i++) chair.write((doc) => bodyIn(doc, "a").insert(i % 5, "xy"));
      await pause(100);
      const random = chance(5);
      const words = wordsOf(chair.doc, "a");
      for (let i = 0; i < 150; i++) chair.update(random.pick(log));
      await pause(200);
      return (await (await newcomer(served)).words()) === words ? null : "the text changed";
    },
  },
  {
    id: "P10",
    asks: "a flood of 2,000 updates is stopped",
    async check(served) {
      await chairWith(served);
      const mallory = await Visitor.enter(served, "mallory");
      await mallory.words();
      for (let i = 0; i < 2_000; i++) mallory.write((doc) => bodyIn(doc, "a").insert(0, "x"));
      await until(() => mallory.closed !== null, 2_000);
      return mallory.closed === null ? "all of it was taken" : null;
    },
  },
  {
    id: "W2",
    asks: "nobody writes under another's client id",
    async check(served) {
      const chair = await chairWith(served);
      const mallory = await Visitor.enter(served, "mallory");
      await mallory.words();
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(chair.doc));
      copy.clientID = chair.doc.clientID;
      const before = Y.encodeStateVector(copy);
      bodyIn(copy, "a").insert(0, "EVIL ");
      mallory.update(Y.encodeStateAsUpdate(copy, before));
      await pause(150);
      return (await (await newcomer(served)).words()).includes("EVIL") ? "the words stand as the chair's" : null;
    },
  },
  {
    id: "W3",
    asks: "words typed offline arrive though somebody claimed their clocks",
    async check(served) {
      const chair = await chairWith(served);
      const mallory = await Visitor.enter(served, "mallory");
      const clock = Y.getState(chair.doc.store, chair.doc.clientID);
      mallory.update(forge([{ client: chair.doc.clientID, clock, structs: [{ collected: 20 }] }]));
      await pause(100);
      // As one who was off line, and has not heard of it.
      const offline = new Visitor(served, "chair");
      offline.doc.clientID = chair.doc.clientID;
      await offline.isIn();
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(chair.doc));
      if (Y.getState(copy.store, chair.doc.clientID) > clock) return "the clocks are taken, at the victim's too";
      copy.clientID = chair.doc.clientID;
      bodyIn(copy, "a").insert(0, "All ");
      offline.update(Y.encodeStateAsUpdate(copy));
      await pause(150);
      return (await (await newcomer(served)).words()).startsWith("All ") ? null : "the words are gone";
    },
  },
  {
    id: "W4",
    asks: "no new roots beside the text",
    async check(served) {
      await chairWith(served);
      const mallory = await Visitor.enter(served, "mallory");
      mallory.write((doc) => doc.getText("evil").insert(0, "hidden"));
      await pause(150);
      return (await newcomer(served)).doc.share.has("evil") ? "everybody has it" : null;
    },
  },
  {
    id: "R1–R2",
    asks: "an observer writes nothing",
    async check(served) {
      await chairWith(served);
      const observer = await Visitor.enter(served, "observer");
      await observer.words();
      observer.write((doc) => bodyIn(doc, "a").insert(0, "EVIL "));
      await pause(150);
      return (await (await newcomer(served)).words()).includes("EVIL") ? "the words stand" : null;
    },
  },
  {
    id: "R3–R5",
    asks: "an observer appears to nobody",
    async check(served) {
      const chair = await chairWith(served);
      const observer = await Visitor.enter(served, "observer");
      observer.give(encodeFrame(1, awarenessUpdate([[5, 1, '{"user":{"name":"Somebody"}}']])));
      await pause(300);
      return chair.presence.has(5) ? "it was shown" : null;
    },
  },
  {
    id: "A1",
    asks: "nobody appears under another's name",
    async check(served) {
      const chair = await chairWith(served);
      const mallory = await Visitor.enter(served, "mallory");
      mallory.give(encodeFrame(1, awarenessUpdate([[mallory.doc.clientID, 1, '{"user":{"name":"The Chair"}}']])));
      await pause(300);
      return [...chair.presence.values()].some((state) => state.includes("The Chair")) ? "it was shown" : null;
    },
  },
  {
    id: "A2",
    asks: "nobody takes another's presence away",
    async check(served) {
      const chair = await chairWith(served);
      const witness = await newcomer(served);
      chair.give(encodeFrame(1, awarenessUpdate([[chair.doc.clientID, 1, "{}"]])));
      await until(() => witness.presence.has(chair.doc.clientID));
      const mallory = await Visitor.enter(served, "mallory");
      mallory.give(encodeFrame(1, awarenessUpdate([[chair.doc.clientID, 9, "null"]])));
      await pause(300);
      return witness.presence.get(chair.doc.clientID) === "null" ? "the chair was shown as gone" : null;
    },
  },
  {
    id: "A3–A4",
    asks: "of 1,000 ghosts none is seen",
    async check(served) {
      const chair = await chairWith(served);
      const mallory = await Visitor.enter(served, "mallory");
      const ghosts = Array.from({ length: 1_000 }, (_, i) => [1_000_000 + i, 1, "{}"] as const);
      for (let i = 0; i < 1_000; i += 50) mallory.give(encodeFrame(1, awarenessUpdate(ghosts.slice(i, i + 50))));
      await pause(500);
      const seen = [...chair.presence.keys()].filter((client) => client >= 1_000_000 && client < 1_001_000).length;
      return seen === 0 ? null : `${seen} were shown`;
    },
  },
];
