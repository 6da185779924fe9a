/** The log tells what happened, and neither secrets nor words. */
import { Writable } from "node:stream";
import { expect, test } from "vitest";
import type { Write } from "../../../server/store/port.ts";
import { StorageTrouble } from "../../../server/store/port.ts";
import { memoryStore } from "../../../server/store/memory-store.ts";
import { makeLog } from "../../../server/telemetry/log.ts";
import { Browser, httpServer, paragraphAt, program } from "../../support/http-server.ts";

function collector() {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, log: makeLog("trace", destination) };
}

test("[IDE15] a whole visit leaves no secret, no address with one, and nobody's words in the log", async () => {
  const { lines, log } = collector();
  const server = await httpServer({ log });
  const link = await server.link("delegation:XAA");
  const token = await server.token("delegation:XAB");
  const browser = new Browser(server);
  await browser.get(`/enter/${link}`);
  await browser.enter(link);
  await browser.enter(link);
  const sylvania = program(server, token);
  const { id: paragraph, wording } = await paragraphAt(sylvania.get("/api/v1/negotiations/talks/report"), 0);
  const command = { kind: "lodge-position", paragraph, wording, level: "objection", reason: "a very private reason" };
  await sylvania.submit("talks", command, "a-key-of-mine");
  await sylvania.post("/api/v1/negotiations/talks/commands", { command: { kind: "a very private reason" } });
  await sylvania.get(`/api/v1/negotiations/talks?ticket=${token}`);
  await server.close();
  const told = lines.join("");
  expect(told).toContain('"route":"/enter/:token"');
  expect(told).toContain('"route":"/api/v1/negotiations/:slug/commands"');
  for (const secret of [
    link,
    token,
    browser.cookie?.split("=")[1] ?? "no cookie",
    "private reason",
    "States should",
    "Sylvania",
    "Person in",
  ]) {
    expect(told).not.toContain(secret);
  }
});

test("[IDE15] what is logged by mistake is struck out", () => {
  const { lines, log } = collector();
  const secret = "not-for-the-log";
  log.info(
    { cookie: secret, headers: { authorization: secret }, deep: { row: { token: secret, reason: secret } } },
    "oops",
  );
  log.info(
    { command: { kind: "lodge-position", reason: secret }, body: secret, title: secret, a: { text: secret } },
    "oops",
  );
  log.error({ err: Object.assign(new Error("disk"), { row: { text: secret }, body: secret }) }, "oops");
  expect(lines).toHaveLength(3);
  expect(lines.join("")).not.toContain(secret);
});

test("[IDE8] a fault is logged with the reference that the caller was given, and told without particulars", async () => {
  const { lines, log } = collector();
  let isFull = false;
  const store = memoryStore();
  const commit = (writes: readonly Write[]): Promise<void> =>
    isFull ? Promise.reject(new StorageTrouble("the disk at /secret/place is full")) : store.commit(writes);
  const server = await httpServer({ log, store: { ...store, commit } });
  const chair = program(server, await server.token("chair"));
  isFull = true;
  const response = await chair.submit("talks", { kind: "circulate" });
  const problem = (await response.json()) as { code: string; reference: string };
  isFull = false;
  expect([response.status, problem.code, response.headers.get("retry-after")]).toEqual([503, "storage", "2"]);
  expect(JSON.stringify(problem)).not.toContain("secret/place");
  expect(
    lines.find((line) => line.includes(problem.reference) && line.includes("disk at /secret/place")),
  ).toBeDefined();
  await server.close();
});
