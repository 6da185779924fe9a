/**
 * Figures of the socket layer: cost of authorising, time to a durable acknowledgement with 20 writers, processor time per delivery to
 * 1,000 readers. `npx tsx tests/bench/rooms/bench.ts [readers] [seconds]`. The load runs on the same cores as the server, so times are
 * upper bounds. One JSON line per measurement follows the table.
 */
import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { once, setMaxListeners } from "node:events";
import { fileURLToPath } from "node:url";
import * as decoding from "lib0/decoding";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { defaultLimits } from "../../../server/limits.ts";
import { authorizeUpdate } from "../../../server/rooms/authorize-update.ts";
import { addParagraph, bodyIn, copyOf } from "../../support/report-doc.ts";
import { roomId } from "../../support/socket-server.ts";
import { encodeFrame } from "../../support/test-peer.ts";

const readers = Number(process.argv[2] ?? 1_000);
const seconds = Number(process.argv[3] ?? 8);
setMaxListeners(0);
process.setMaxListeners(0);

const lines: object[] = [];
const round = (value: number): number => Math.round(value * 100) / 100;
function quantiles(values: number[]): { p50: number; p95: number; p99: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (q: number): number => round(sorted[Math.floor(sorted.length * q)] ?? NaN);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
const report = (what: string, figures: object): void => {
  lines.push({ what, ...figures });
  console.log(
    what.padEnd(46),
    Object.entries(figures)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join("  "),
  );
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function authorising(paragraphs: number): void {
  const server = new Y.Doc();
  server.clientID = 1;
  for (let i = 0; i < paragraphs; i++)
    addParagraph(server, `p${i}`, "The General Assembly reaffirms its commitment. ".repeat(8));
  const peer = copyOf(server, 100);
  const updates: Uint8Array[] = [];
  peer.on("update", (update: Uint8Array) => updates.push(update));
  for (let k = 0; k < 20_000; k++) {
    const body = bodyIn(peer, `p${5 + (k % (paragraphs - 5))}`);
    if (k % 7 === 0) body.delete(k % 50, 1);
    else body.insert(k % 100, "x");
  }
  const rights = { owns: (client: number) => client === 100, locked: new Set<string>(), limits: defaultLimits };
  const [authorise, apply]: [number[], number[]] = [[], []];
  for (const update of updates) {
    const start = process.hrtime.bigint();
    const answer = authorizeUpdate(server, update, rights);
    const decided = process.hrtime.bigint();
    if (answer.verdict !== "apply") throw new Error(answer.verdict);
    Y.applyUpdate(server, answer.update);
    authorise.push(Number(decided - start) / 1e3);
    apply.push(Number(process.hrtime.bigint() - decided) / 1e3);
  }
  report(`authorise a key, µs (${paragraphs} paragraphs)`, quantiles(authorise.slice(2_000)));
  report(`apply it, µs (${paragraphs} paragraphs)`, quantiles(apply.slice(2_000)));
}

async function ask<T>(server: ChildProcess, say: string, name?: string): Promise<T> {
  const answer = once(server, "message");
  server.send({ say, name });
  return ((await answer) as [T])[0];
}

interface Writer {
  readonly provider: WebsocketProvider;
  readonly doc: Y.Doc;
  readonly sent: number[];
}

async function writer(server: ChildProcess, port: number, i: number, acks: number[], hops: number[]): Promise<Writer> {
  const doc = new Y.Doc();
  doc.clientID = (await ask<{ client: number }>(server, "client", `writer${i}`)).client;
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}/sync`, roomId, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { as: `writer${i}` },
  });
  const sent: number[] = [];
  provider.messageHandlers[101] = (_encoder, decoder) => {
    const start = sent[decoding.readVarUint(decoder)];
    if (start !== undefined) acks.push(performance.now() - start);
  };
  provider.messageHandlers[110] = () => undefined;
  if (i === 0) {
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      const stamp = origin === provider ? /@(\d+\.\d+)@/.exec(Buffer.from(update).toString("latin1")) : null;
      if (stamp) hops.push(performance.now() - Number(stamp[1]));
    });
  }
  await once(provider as never, "synced");
  return { doc, provider, sent };
}

async function typing(crowd: number, writerCount: number, keysPerSecond: number): Promise<void> {
  const server = fork(fileURLToPath(new URL("serve.ts", import.meta.url)), { execArgv: ["--import", "tsx"] });
  const [{ port }] = (await once(server, "message")) as [{ port: number }];
  const [acks, hops, screens]: [number[], number[], number[]] = [[], [], []];
  let deliveries = 0;
  for (let i = 0; i < crowd; i += 100) {
    await Promise.all(
      Array.from({ length: Math.min(100, crowd - i) }, async (_, k) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/sync/${roomId}?as=observer`);
        socket.on("message", (data: Buffer) => {
          if (data[0] !== 0 || data[1] !== 2) return;
          deliveries++;
          const stamp = k % 20 === 0 ? /@(\d+\.\d+)@/.exec(data.toString("latin1")) : null;
          if (stamp) screens.push(performance.now() - Number(stamp[1]));
        });
        await once(socket, "open");
        socket.send(encodeFrame(0, 0, Uint8Array.of(0)));
      }),
    );
  }
  const writers: Writer[] = [];
  for (let i = 0; i < writerCount; i++) writers.push(await writer(server, port, i, acks, hops));
  await pause(500);
  server.send({ say: "reset" });
  deliveries = 0;
  let keys = 0;
  const every = 1_000 / keysPerSecond;
  const timers: NodeJS.Timeout[] = [];
  for (const [i, { doc, provider, sent }] of writers.entries()) {
    const type = (): void => {
      sent.push(performance.now());
      bodyIn(doc, `p${i}`).insert(0, `@${performance.now().toFixed(2)}@`);
      provider.ws?.send(encodeFrame(100, sent.length - 1) as Uint8Array<ArrayBuffer>);
      keys++;
    };
    // People do not type in step.
    await pause(every / writerCount);
    timers.push(setInterval(type, every));
  }
  await pause(seconds * 1_000);
  for (const timer of timers) clearInterval(timer);
  await pause(500);
  const { cpuMicros, rssMB } = await ask<{ cpuMicros: number; rssMB: number }>(server, "stat");
  const title = `${writerCount} writers × ${keysPerSecond}/s, ${crowd} readers`;
  report(`${title}: acknowledged, ms`, quantiles(acks));
  report(`${title}: on another writer's screen, ms`, quantiles(hops));
  if (crowd > 0) {
    report(`${title}: on a reader's screen, ms`, quantiles(screens));
    report(`${title}: server`, {
      "µs/frame": round(cpuMicros / deliveries),
      // What a server that sends each key to each reader would do as often.
      "µs/(key × reader)": round(cpuMicros / (keys * crowd)),
      "cpu%": round(cpuMicros / 1e4 / (seconds + 0.5)),
      deliveries,
      keys,
      rssMB,
    });
  }
  for (const { provider } of writers) provider.destroy();
  server.send({ say: "stop" });
  await once(server, "exit");
}

authorising(300);
authorising(3_000);
await typing(0, 20, 5);
await typing(readers, 10, 5);
await typing(readers, 20, 5);
for (const line of lines) console.log(JSON.stringify(line));
process.exit(0);
