// @vitest-environment node
/**
 * A desk that was left open and comes back after an hour: the laptop slept, so no timer ran, the clock on the wall is an hour further, and the
 * sockets that the browser holds are dead without anyone having said so.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { Socket } from "../../../client/live/record-connection.ts";
import { RecordConnection } from "../../../client/live/record-connection.ts";
import { TextConnection } from "../../../client/live/text-connection.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { flatText } from "../../../shared/domain/text.ts";
import { blocksOf, bodyOf, contentOf, yBlock } from "../../../shared/sync/model.ts";
import type { RecordFrame } from "../../../shared/domain/entries.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer, paragraphAt, program } from "../../support/http-server.ts";
import { chance } from "../../support/random.ts";
import type { SlowLine } from "../../support/slow-line.ts";
import { slowLine } from "../../support/slow-line.ts";
import { until } from "../../support/socket-server.ts";
import { idOf } from "../../support/table.ts";

// Before anything is imported: y-websocket keeps the clock that it finds then.
vi.hoisted(() => vi.useFakeTimers({ toFake: ["Date"], shouldAdvanceTime: true }));
const hourMs = 3_600_000;
let server: HttpServer;
let line: SlowLine;
beforeEach(async () => {
  server = await httpServer();
  line = await slowLine({ bitsPerSecond: 10_000_000, roundTripMs: 40, loss: 0.01 }, chance(1));
  line.target = server.port;
});
afterEach(async () => {
  await line.close();
  await server.close();
});

const wordsIn = (text: TextConnection, id: ParagraphId): string =>
  flatText(contentOf(bodyOf(yBlock(blocksOf(text.getSnapshot().doc), id)!)));

test(
  "[SAV11] after an hour of sleep it catches up as soon as it is looked at, and nothing is lost",
  { timeout: 60_000 },
  async () => {
    const token = await server.token("chair");
    const { textRoom, recordRoom } = server.talks.row;
    const api = program(server, token);
    const base = `ws://127.0.0.1:${line.port}/sync`;
    const connect = (url: string): WebSocket => new WebSocket(url, { headers: api.headers });
    const clientId = async (): Promise<number> => {
      const answer = await api.post("/api/v1/client-ids", { room: textRoom });
      return ((await answer.json()) as { clientId: number }).clientId;
    };
    const record = new RecordConnection({
      connect: (after) => connect(`${base}/${recordRoom}?after=${after}`) as unknown as Socket,
      fetchAfter: async (after) =>
        (await (await api.get(`/api/v1/negotiations/talks/events?after=${after}`)).json()) as RecordFrame,
      now: () => Date.now(),
    });
    const text = new TextConnection({
      server: base,
      room: textRoom,
      params: {},
      clientId,
      copies: null,
      isLocked: () => false,
      onRecord: (frame) => record.take(frame),
      now: () => Date.now(),
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      connect,
      page: new EventTarget(),
    });
    await until(() => text.getSnapshot().isSynced && record.seen().line.state === "live", "the desk is open");
    const { doc } = text.getSnapshot();

    line.isCut = true;
    bodyOf(yBlock(blocksOf(doc), idOf("a"))!)!.insert(0, "Typed in the lift. ");
    // Meanwhile the others went on.
    const knew = record.seen().record.seq;
    const other = program(server, await server.token("delegation:XAA"));
    const { id: paragraph, wording } = await paragraphAt(other.get("/api/v1/negotiations/talks/report"), 1);
    for (let nth = 0; nth < 30; nth++) {
      const question = { kind: "lodge-position", paragraph, wording, level: "question", reason: `Question ${nth}` };
      expect((await other.submit("talks", question)).status).toBe(200);
    }
    const { seq } = server.talks.record;
    expect(seq).toBeGreaterThanOrEqual(knew + 30);
    line.lose();
    line.isCut = false;
    // Last of all: as soon as it is later, y-websocket may notice by itself.
    vi.setSystemTime(Date.now() + hourMs);
    expect(record.seen()).toMatchObject({ line: { state: "live" }, record: { seq: knew } });

    const looked = performance.now();
    record.reconnect();
    await until(() => record.seen().record.seq === seq, "the record catches up");
    const recordAfter = performance.now() - looked;
    await until(
      () => {
        const { saved } = text.getSnapshot();
        return saved.kind === "saved" && saved.at !== null;
      },
      "what was typed is saved",
      20_000,
    );
    const savedAfter = performance.now() - looked;
    expect(text.getSnapshot()).toMatchObject({ doc, ended: null, refusal: null, kept: [] });
    expect(wordsIn(text, idOf("a"))).toBe("Typed in the lift. States should aaaa.");
    const [first] = server.talks.textFor({ kind: "team" });
    expect(JSON.stringify(first)).toContain("Typed in the lift. States should aaaa.");
    console.info(
      `back after an hour: the record ${Math.ceil(recordAfter)} ms, typed words saved ${Math.ceil(savedAfter)} ms after it was looked at`,
    );
    text.close();
    record.close();
  },
);
