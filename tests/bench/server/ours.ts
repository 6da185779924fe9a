/** What only ours does: taking positions, and serving a circulated text to everyone. */
import { Agent, request } from "node:http";
import { blockWithWords } from "./words.ts";
import { comesTrue, openReaders } from "./clients.ts";
import type { Work } from "./rows.ts";
import type { Seeded } from "./seed.ts";
import { nthPosition } from "./seed.ts";
import type { Running } from "./servers.ts";
import { pause, start, template } from "./servers.ts";
import { quantile } from "./sheet.ts";

let keys = 0;
async function act(server: Running, token: string, command: object): Promise<void> {
  const response = await fetch(`${server.base}/api/v1/negotiations/${server.seeded.slug}/commands`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": `bench-key-${++keys}`,
    },
    body: JSON.stringify({ command }),
  });
  if (!response.ok) throw new Error(`${JSON.stringify(command)}: ${await response.text()}`);
  await response.arrayBuffer();
}

/** One delegation after the other takes a position while a crowd follows the record. @param taken before */
export const lodging =
  (taken: number, crowd: number, times: number): Work =>
  async () => {
    const text = Array.from({ length: 300 }, (_, index) => blockWithWords(index));
    const states = Math.ceil((taken + times) / text.length);
    const from = await template(null, { text, states, method: "chair-pen", positions: taken });
    const server = await start("ours", from);
    try {
      let lodged = taken;
      const lodge = async (): Promise<void> => {
        const { state, command } = nthPosition(lodged++, text);
        await act(server, (from.seeded.delegations[state] as Seeded["delegations"][number]).token, command);
      };
      // With the chair's pen the public follows the record in a room of its own.
      const info = await fetch(`${server.base}/api/v1/negotiations/${from.seeded.slug}`);
      const { rooms } = (await info.json()) as { rooms: { record: string } };
      const follows = { ...server, url: () => server.url().replace(/[^/]+$/, rooms.record) };
      // As our own pages do, which have fetched the record by then.
      const readers = await openReaders(follows, crowd, { query: await server.backAgain() });
      await pause(1_500);
      const [receipts, screens, cpus]: [number[], number[], number[]] = [[], [], []];
      for (let i = 0; i < times; i++) {
        let told = 0;
        for (const reader of readers) reader.onRecord = () => void told++;
        const cpu = server.cpuMs();
        const began = performance.now();
        await lodge();
        receipts.push(performance.now() - began);
        if (!(await comesTrue(() => told === crowd))) throw new Error("not everyone was told");
        screens.push(performance.now() - began);
        cpus.push(server.cpuMs() - cpu);
        await pause(20);
      }
      for (const reader of readers) reader.close();
      return {
        "to receipt p95, ms": quantile(receipts, 0.95),
        "to receipt p50, ms": quantile(receipts, 0.5),
        "to all screens p95, ms": quantile(screens, 0.95),
        "server CPU p50, ms": quantile(cpus, 0.5),
      };
    } finally {
      await server.stop();
    }
  };

/** A new text is circulated, and everyone who has the old one asks for it: half as browsers do, half again with the name of what they have. */
export const publicPage =
  (readers: number): Work =>
  async () => {
    const text = Array.from({ length: 300 }, (_, index) => blockWithWords(index));
    const from = await template(null, { text, method: "chair-pen" });
    const server = await start("ours", from);
    try {
      await act(server, from.seeded.chair, { kind: "circulate" });
      const agent = new Agent({ keepAlive: true, maxSockets: 100 });
      const { pathname } = new URL(`${server.base}/n/${from.seeded.slug}`);
      const get = (etag: string): Promise<{ status: number; bytes: number; etag: string }> =>
        new Promise((resolve, reject) => {
          const headers = { "accept-encoding": "br, gzip", ...(etag && { "if-none-match": etag }) };
          request(server.base + pathname, { agent, headers }, (response) => {
            let bytes = 0;
            response.on("data", (chunk: Buffer) => (bytes += chunk.length));
            response.on("end", () =>
              resolve({ status: response.statusCode ?? 0, bytes, etag: String(response.headers.etag) }),
            );
          })
            .on("error", reject)
            .end();
        });
      const cpu = server.cpuMs();
      const began = performance.now();
      const first = await get("");
      const firstMs = performance.now() - began;
      const times: number[] = [];
      for (let done = 1; done < readers; done += 50) {
        const batch = Array.from({ length: Math.min(50, readers - done) }, async () => {
          const asked = performance.now();
          const answer = await get("");
          times.push(performance.now() - asked);
          if (answer.status !== 200 || answer.bytes !== first.bytes)
            throw new Error(`the page answered ${answer.status}`);
        });
        await Promise.all(batch);
      }
      const spent = server.cpuMs() - cpu;
      if ((await get(first.etag)).status !== 304) throw new Error("the page does not know its own name");
      agent.destroy();
      return {
        "of a core, % of the minute that 10,000 take": ((spent / readers) * 10_000) / 600,
        "compressed, kB": first.bytes / 1_000,
        "the first, ms": firstMs,
        "p95, ms": quantile(times, 0.95),
      };
    } finally {
      await server.stop();
    }
  };
