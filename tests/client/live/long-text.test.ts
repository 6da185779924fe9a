// @vitest-environment node
/** A text that is too long for a bad line's one frame (SPEC: SAV13): on the whole server, through 64 kbit/s, 800 ms there and back, 2 % loss. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { fetchInParts } from "../../../client/live/fetch-in-parts.ts";
import { HttpSocket } from "../../../client/live/http-socket.ts";
import type { ConnectedText, TextPorts } from "../../../client/live/text-connection.ts";
import { TextConnection } from "../../../client/live/text-connection.ts";
import { apiPaths } from "../../../client/paths.ts";
import type { Limits } from "../../../server/limits.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer, program } from "../../support/http-server.ts";
import { longText } from "../../support/long-text.ts";
import { chance } from "../../support/random.ts";
import { addParagraph, bodyIn, wordsOf } from "../../support/report-doc.ts";
import type { Line, SlowLine } from "../../support/slow-line.ts";
import { badLine, slowLine } from "../../support/slow-line.ts";
import { until } from "../../support/socket-server.ts";

const seed = Number(process.env["SEED"] ?? 1);
const historyBytes = 400_000;
let history: Uint8Array;
let server: HttpServer;
let line: SlowLine;
let open: TextConnection[] = [];
beforeAll(() => {
  history = Y.encodeStateAsUpdate(longText(chance(seed), historyBytes, 5));
});
beforeEach(() => serve());
async function serve(limits: Partial<Limits> = {}): Promise<void> {
  await server?.close();
  server = await httpServer({ limits });
  const room = await server.talks.room("text");
  await room.transact(() => {
    Y.applyUpdate(room.doc, history);
    return { writes: [], result: null };
  });
}
afterEach(async () => {
  for (const text of open) text.close();
  open = [];
  vi.unstubAllGlobals();
  await line.close();
});
afterAll(() => server.close());

/** The chair's desk, as far as its text goes, behind a line like this. */
async function desk(like: Line, over: "websocket" | "http" = "websocket") {
  line = await slowLine(like, chance(seed));
  line.target = server.port;
  const { textRoom } = server.talks.row;
  const { headers: token, post } = program(server, await server.token("chair"));
  const headers = { ...token, "accept-encoding": "br" };
  const send = fetch;
  // What a browser sends along by itself.
  vi.stubGlobal("fetch", (url: URL, init: RequestInit) => {
    const all = new Headers(init.headers);
    for (const [name, value] of Object.entries(headers)) all.set(name, value);
    return send(url, { ...init, headers: all });
  });
  const states: number[] = [];
  /** From which byte on each request asked. */
  const asked: number[] = [];
  const clientId = async (): Promise<number> =>
    ((await (await post("/api/v1/client-ids", { room: textRoom })).json()) as { clientId: number }).clientId;
  const text = new TextConnection({
    server: `ws://127.0.0.1:${line.port}/sync`,
    room: textRoom,
    params: { after: String(server.talks.record.seq) },
    clientId,
    copies: null,
    isLocked: () => false,
    onRecord: () => undefined,
    now: () => Date.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    connect: (url) => (over === "http" ? new HttpSocket(url, null) : new WebSocket(url, { headers: token })),
    fetchState: (name, size, onBytes, signal) => {
      states.push(size);
      const address = (from: number): string => {
        asked.push(from);
        return `http://127.0.0.1:${line.port}${apiPaths.state(textRoom, name, from)}`;
      };
      return fetchInParts(address, size, {}, onBytes, signal);
    },
    page: new EventTarget(),
  } satisfies TextPorts);
  open.push(text);
  return { text, states, asked, snapshot: (): ConnectedText => text.getSnapshot() };
}

/** Everybody has the same, and what is written is saved. */
async function agree({ text, snapshot }: Awaited<ReturnType<typeof desk>>): Promise<void> {
  const room = await server.talks.room("text");
  bodyIn(snapshot().doc, "p1").insert(0, "Typed at the far end. ");
  await until(
    () => text.getSnapshot().saved.kind === "saved" && wordsOf(room.doc, "p1").startsWith("Typed"),
    "it is saved",
    30_000,
  );
  expect(snapshot()).toMatchObject({ arriving: null, ended: null, refusal: null, kept: [] });
  for (const name of ["p0", "p1", "p149"]) expect(wordsOf(snapshot().doc, name)).toBe(wordsOf(room.doc, name));
  expect(snapshot().doc.store).toMatchObject({ pendingStructs: null, pendingDs: null });
}

describe("a text of more than 400 kB", () => {
  test.each(["websocket", "http"] as const)(
    "[SAV13] [ROO21] opens on a bad line, by %s, says how much is here, and what others type meanwhile is in it",
    { timeout: 180_000 },
    async (over) => {
      const began = performance.now();
      const chair = await desk(badLine, over);
      await until(() => (chair.snapshot().arriving?.bytes ?? 0) > historyBytes / 4, "a quarter is here", 60_000);
      expect(chair.snapshot()).toMatchObject({ isSynced: false, isOnline: true });
      const room = await server.talks.room("text");
      await room.transact(() => {
        addParagraph(room.doc, "late", "What others wrote meanwhile.");
        return { writes: [], result: null };
      });
      await until(() => chair.snapshot().isSynced, "it is open", 120_000);
      const ms = performance.now() - began;
      await until(() => room.doc.store.clients.size === chair.snapshot().doc.store.clients.size, "all is told", 20_000);
      expect(wordsOf(chair.snapshot().doc, "late")).toBe("What others wrote meanwhile.");
      await agree(chair);
      expect(chair.states).toEqual([expect.any(Number)]);
      expect(chair.states[0]).toBeGreaterThan(historyBytes);
      console.info(
        `by ${over}: a text of ${chair.states[0]} bytes was open after ${Math.round(ms)} ms; ${line.down + line.up} bytes over the line`,
      );
      // Once, compressed, with what the line itself takes.
      expect(line.down + line.up).toBeLessThan(0.75 * historyBytes);
    },
  );
});

const fair: Line = { bitsPerSecond: 2_000_000, roundTripMs: 40, loss: 0 };

test("[SAV13] a line that breaks all the time brings it all the same, and no part of it twice", async () => {
  const chair = await desk(fair);
  for (let breaks = 1; breaks <= 5; breaks++) {
    const share = (breaks * historyBytes) / 8;
    await until(() => (chair.snapshot().arriving?.bytes ?? 0) > share, `${breaks} eighths are here`, 60_000);
    line.reset();
  }
  await until(() => chair.snapshot().isSynced && chair.snapshot().isOnline, "it is open", 60_000);
  await agree(chair);
  expect(chair.states).toHaveLength(1);
  expect(chair.asked).toEqual(chair.asked.toSorted((one, other) => one - other));
  expect(chair.asked.at(-1)).toBeGreaterThan((5 * historyBytes) / 8);
});

test(
  "[SAV13] what changed in days goes beside the line too, whatever was typed there meanwhile",
  { timeout: 60_000 },
  async () => {
    const chair = await desk({ ...fair, bitsPerSecond: 20_000_000 });
    await until(() => chair.snapshot().isSynced, "it is open", 30_000);
    line.isCut = true;
    bodyIn(chair.snapshot().doc, "p2").insert(0, "Typed in the lift. ");
    const room = await server.talks.room("text");
    await room.transact(() => {
      const more = new Y.Doc();
      Y.applyUpdate(more, Y.encodeStateAsUpdate(room.doc));
      for (let nth = 0; nth < 40; nth++) addParagraph(more, `new${nth}`, "What others wrote. ".repeat(110));
      Y.applyUpdate(room.doc, Y.encodeStateAsUpdate(more));
      return { writes: [], result: null };
    });
    line.reset();
    line.isCut = false;
    await until(
      () => chair.states.length === 2 && chair.snapshot().saved.kind === "saved",
      "it is told and saved",
      30_000,
    );
    await until(() => chair.snapshot().arriving === null, "it is here", 30_000);
    expect(chair.states[1]).toBeLessThan(200_000);
    expect(wordsOf(room.doc, "p2")).toMatch(/^Typed in the lift\. /);
    expect(wordsOf(chair.snapshot().doc, "new39")).toBe("What others wrote. ".repeat(110));
    await agree(chair);
  },
);

test("[SAV13] where the server has forgotten the name, it is asked once more", async () => {
  await serve({ namedStateMs: 300 });
  const chair = await desk(fair);
  await until(() => (chair.snapshot().arriving?.bytes ?? 0) > historyBytes / 4, "a quarter is here", 30_000);
  line.reset();
  await until(() => chair.snapshot().isSynced, "it is open", 30_000);
  expect(chair.states).toHaveLength(2);
  await agree(chair);
});
