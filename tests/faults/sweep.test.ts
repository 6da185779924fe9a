/**
 * Every call of the store goes wrong once, each in a run of its own (F17): refused, or done with its answer lost. The server lives, whoever
 * asked is told, what they try again is done once, and memory says what the disk says. The same for every call of a start (F18).
 */
import { expect, test } from "vitest";
import { House } from "../../server/negotiation/house.ts";
import { memoryStore } from "../../server/store/memory-store.ts";
import type { Store } from "../../server/store/port.ts";
import type { Command } from "../../shared/domain/commands.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { FailingStore, Fault } from "../support/failing-store.ts";
import { failingStore } from "../support/failing-store.ts";
import { History } from "../support/history.ts";
import type { HttpServer } from "../support/http-server.ts";
import { Browser, httpServer, program } from "../support/http-server.ts";
import { until } from "../support/socket-server.ts";
import { Typist } from "../support/typist.ts";

/** Small, so that a snapshot is saved on the way; and no second is waited for the disk. */
const limits = { snapshotUpdates: 4, probeMs: 10 };
const methods = [
  "commit",
  "entries",
  "text",
  "lastUpdates",
  "saveSnapshot",
  "issueClientId",
  "clientIds",
  "answer",
  "person",
  "seatsOf",
  "holdersOf",
  "link",
  "session",
  "token",
  "schemaVersion",
  "writable",
] as const satisfies readonly (keyof Store)[];
type Method = (typeof methods)[number];

interface Call {
  readonly method: Method;
  readonly nth: number;
  readonly does: Fault["does"];
}

/** What is asked again until it is done, as a person or a browser would; each refusal must say that it is one. */
async function persist(what: string, ask: () => Promise<Response>, told: string[]): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    if (answer.status < 500) return answer;
    told.push(`${what}: ${answer.status}`);
    if (answer.headers.get("content-type")?.includes("json") === true) {
      expect(await answer.json(), what).toMatchObject({ code: expect.any(String), status: answer.status });
    }
    if (tries > 50) throw new Error(`${what} is refused for ever`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A short day: a chair enters, types and circulates; a delegation enters, asks and withdraws; people read. */
async function day(server: HttpServer, history: History, told: string[]): Promise<void> {
  const { base, talks } = server;
  const chair = program(server, await server.token("chair"));
  const delegation = program(server, await server.token("delegation:XAA"));
  const link = await server.link("delegation:XBB");
  const api = "/api/v1/negotiations/talks";
  const submit = async (who: typeof chair, key: string, command: Command): Promise<{ id?: string }> => {
    const answer = await persist(command.kind, () => who.submit("talks", command, key), told);
    expect([command.kind, answer.status]).toEqual([command.kind, 200]);
    return (await answer.json()) as { id?: string };
  };

  const issued = await persist("client id", () => chair.post("/api/v1/client-ids", { room: talks.textRoom.id }), told);
  const { clientId } = (await issued.json()) as { clientId: number };
  const token = chair.headers.authorization.replace("Bearer ", "");
  const typist = history.watch(new Typist(base, talks.textRoom.id, clientId, "t", token));
  try {
    await typist.begin(15);
    await until(() => typist.durable > 3, "words are saved");
    await submit(chair, "circulate", { kind: "circulate" });
    const report = await persist("report", () => delegation.get(`${api}/report`), told);
    const target = ((await report.json()) as ComposedReport).parts.consensus[0]!;
    const asked = { kind: "lodge-position", paragraph: target.id, wording: target.wording, level: "question" } as const;
    const { id } = await submit(delegation, "lodge", asked);
    history.lodged(id!);
    // The same once more, as after an answer that got lost: the same position.
    expect((await submit(delegation, "lodge", asked)).id).toBe(id);
    await submit(delegation, "withdraw", { kind: "withdraw-position", position: id } as Command);
    const browser = new Browser(server);
    const entered = await persist("enter", () => browser.post(`/enter/${link}`), told);
    // Done, or done before with its answer lost: then the link is spent and says so.
    expect([303, 410]).toContain(entered.status);
    await persist("me", () => browser.get("/api/v1/me"), told);
    for (const path of ["/readyz", "/n/talks", `${api}/events`]) await persist(path, () => chair.get(path), told);
    typist.rest();
    await until(() => typist.durable === typist.typed.length, "the last words are saved");
  } finally {
    typist.stop();
  }
}

async function serverOn(store: Store): Promise<{ readonly server: HttpServer; readonly history: History }> {
  const quiet = () => undefined;
  const server = await httpServer({ store, limits, log: { info: quiet, warn: quiet, error: quiet } });
  return { server, history: new History() };
}

async function run({ method, nth, does }: Call): Promise<readonly string[]> {
  const inner = memoryStore();
  const store = failingStore(inner);
  const { server, history } = await serverOn(store);
  const told: string[] = [];
  try {
    // Tokens and links are made by the day's first calls; they stand for whoever asks at the command line.
    store.fault(method, nth, { does } as Fault);
    await day(server, history, told).catch((trouble: unknown) => {
      // The command line is told by the exception itself.
      if (!String(trouble).includes("StorageTrouble")) throw trouble;
      told.push(String(trouble));
    });
    store.heal();
    expect((await fetch(`${server.base}/healthz`)).status).toBe(200);
    const { talks } = server;
    const report = talks.report({ kind: "team" });
    const events = talks.frame({ kind: "team" }, 0).events;
    expect(history.violations(report, events)).toEqual([]);
    // An answer that got lost is found on the disk without anybody asking.
    const { length } = await inner.entries(talks.row.id);
    await until(() => talks.record.seq === length, "memory has what the disk has");
    await talks.stop();
    const again = (await House.open({ ...server.ports, store: inner })).bySlug("talks")!;
    expect(again.record.head).toBe(talks.record.head);
    expect(again.textFor({ kind: "team" })).toEqual(talks.textFor({ kind: "team" }));
    await again.stop();
    return told;
  } finally {
    store.heal();
    await server.close();
  }
}

/** How often each method is called in a day on which nothing goes wrong. */
async function callSites(): Promise<Call[]> {
  const store = failingStore(memoryStore());
  const { server, history } = await serverOn(store);
  const before = new Map(methods.map((method) => [method, store.calls(method)]));
  await day(server, history, []);
  await server.close();
  const sites = methods.flatMap((method) =>
    Array.from({ length: store.calls(method) - before.get(method)! }, (_, index) => ({ method, nth: index + 1 })),
  );
  const changes: readonly Method[] = ["commit", "saveSnapshot", "issueClientId"];
  return sites.flatMap((site) => [
    { ...site, does: "fail" as const },
    ...(changes.includes(site.method) ? [{ ...site, does: "lose-answer" as const }] : []),
  ]);
}

test("every call of a day fails once: the server lives, tells whoever asked, and keeps memory and disk the same", async () => {
  const sites = await callSites();
  console.info(methods.map((one) => `${one} ${sites.filter(({ method }) => method === one).length}`).join(", "));
  expect(new Set(sites.map(({ method }) => method)).size).toBeGreaterThanOrEqual(8);
  const wrong: string[] = [];
  let told = 0;
  const left = [...sites];
  const worker = async (): Promise<void> => {
    for (let site = left.shift(); site; site = left.shift()) {
      const { method, nth, does } = site;
      await run(site).then(
        (refusals) => (told += refusals.length),
        (trouble: unknown) => wrong.push(`${method} ${nth} ${does}: ${String(trouble)}`),
      );
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  expect(wrong).toEqual([]);
  console.info(
    `${sites.length} faults at every call of the store in a day: 0 wrong, ${told} answers said what was the matter`,
  );
}, 300_000);

test("every call of a start fails once: no server rather than one with an empty text, and nothing is written", async () => {
  const inner = memoryStore();
  const { server, history } = await serverOn(inner);
  await day(server, history, []);
  await server.close();
  const counting = failingStore(inner);
  const { ports } = server;
  await (await House.open({ ...ports, store: counting })).stop();
  let faults = 0;
  for (const method of ["negotiations", "formerRooms", "entries", "text", "clientIds"] as const) {
    for (let nth = 1; nth <= counting.calls(method); nth++) {
      const store: FailingStore = failingStore(inner);
      store.fault(method, nth, { does: "fail" });
      await expect(House.open({ ...ports, store }), `${method} ${nth}`).rejects.toThrow("made to fail");
      expect(store.calls("commit") + store.calls("saveSnapshot")).toBe(0);
      faults++;
    }
  }
  expect(faults).toBeGreaterThan(6);
  const talks = (await House.open(ports)).bySlug("talks")!;
  expect(history.violations(talks.report({ kind: "team" }), talks.frame({ kind: "team" }, 0).events)).toEqual([]);
  await talks.stop();
});
