/** What is sent to webhooks, when, and to whom it is told (SPEC: HOK). The network is played; the real one is `post.test.ts`. */
import { createHmac } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { verifySeen } from "../../../shared/domain/chain.ts";
import type { SeenEntry } from "../../../shared/domain/entries.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import { webhookMade, webhookMessage, webhooks as webhooksCodec } from "../../../shared/wire/webhooks.ts";
import type { SeenWebhook } from "../../../shared/wire/webhooks.ts";
import type { Post } from "../../../server/webhooks/post.ts";
import type { Outcome } from "../../../server/webhooks/webhook.ts";
import { memoryStore } from "../../../server/store/memory-store.ts";
import type { HttpServer } from "../../support/http-server.ts";
import { httpServer, program } from "../../support/http-server.ts";
import { manualClock } from "../../support/manual-clock.ts";

const servers: HttpServer[] = [];
afterEach(async () => {
  while (servers.length > 0) await servers.pop()!.close();
});

interface Sent {
  readonly url: string;
  readonly headers: Readonly<{ [name: string]: string }>;
  readonly body: string;
}

/** The receiver's side: what came, and what it answers. */
class Receiver {
  readonly sent: Sent[] = [];
  answers: (sent: Sent) => Outcome | Promise<Outcome> = () => ({ status: 204 });
  readonly post: Post = async (url, headers, body) => {
    const sent = { url, headers, body };
    this.sent.push(sent);
    return this.answers(sent);
  };
  /** Entries in messages that were received, in their order. */
  get entries(): readonly SeenEntry[] {
    return this.sent.flatMap(
      ({ body }) => (webhookMessage.parse(JSON.parse(body)).data.record?.events ?? []) as SeenEntry[],
    );
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((next) => setImmediate(next));
}
/** Everything that is under way has come to its end. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await new Promise((next) => setImmediate(next));
};

async function opened(receiver: Receiver, store = memoryStore(), clock = manualClock()) {
  const server = await httpServer({ outside: { post: receiver.post }, store, clock });
  servers.push(server);
  const chair = program(server, await server.token("chair"));
  const of = "/api/v1/negotiations/talks/webhooks";
  return {
    server,
    clock,
    chair,
    add: async (url = "https://there.example/hook") => {
      const made = webhookMade.parse(await (await chair.post(of, { url })).json());
      return { secret: made.secret, id: made.webhooks.at(-1)!.id };
    },
    list: async (): Promise<readonly SeenWebhook[]> => webhooksCodec.parse(await (await chair.get(of)).json()).webhooks,
    does: (name: string, id: string) => chair.post(`${of}/${name}`, { id }),
    gavels: async (index: number) => {
      const { id: paragraph } = server.talks.record.text[index]!;
      const { wording } = server.talks.report(thePublic).parts.consensus[index]!;
      expect((await chair.submit("talks", { kind: "gavel", paragraph, wording })).status).toBe(200);
    },
  };
}

describe("messages", () => {
  test("[HOK1] hold what everyone may see, in order and without a gap, and nothing from before they were asked for", async () => {
    const receiver = new Receiver();
    const { server, add, gavels } = await opened(receiver);
    const seq = server.talks.frame(thePublic, 0).upTo;
    await add();
    const xaa = program(server, await server.token("delegation:XAA"));
    const { id: paragraph } = server.talks.record.text[0]!;
    const { wording } = server.talks.report(thePublic).parts.consensus[0]!;
    const objection = { kind: "lodge-position", paragraph, wording, level: "objection", reason: "Nobody’s business." };
    expect((await xaa.submit("talks", objection)).status).toBe(200);
    await gavels(1);
    await until(() =>
      receiver.entries.some((entry) => !("sealed" in entry) && entry.what.kind === "paragraph-gavelled"),
    );
    const { events } = server.talks.frame(thePublic, seq);
    expect(receiver.entries).toEqual(JSON.parse(JSON.stringify(events)));
    const hash = server.talks.entries[seq - 1]!.hash;
    expect(verifySeen(receiver.entries, { seq, hash }).ok).toBe(true);
    expect(receiver.sent.map(({ body }) => body).join()).not.toContain("Nobody’s business.");
    expect(webhookMessage.parse(JSON.parse(receiver.sent[0]!.body)).data.url).toBe(`${server.base}/n/talks`);
  });

  test("[HOK2] are signed as Standard Webhooks has it; sent again they are the same, with the moment of the attempt", async () => {
    const receiver = new Receiver();
    const { add, gavels, clock } = await opened(receiver);
    const { secret } = await add();
    receiver.answers = () => ({ status: 500 });
    await gavels(0);
    await until(() => receiver.sent.length === 1);
    await settled();
    // What comes meanwhile is another message.
    await gavels(1);
    clock.advance(6_000);
    await until(() => receiver.sent.length === 2);
    const [first, second] = receiver.sent;
    expect(second!.body).toBe(first!.body);
    expect(second!.headers["webhook-id"]).toBe(first!.headers["webhook-id"]);
    expect(Number(second!.headers["webhook-timestamp"])).toBeGreaterThan(Number(first!.headers["webhook-timestamp"]));
    for (const { headers, body } of receiver.sent) {
      const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
      expect(key.length).toBeGreaterThanOrEqual(24);
      const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
      expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
    }
    receiver.answers = () => ({ status: 200 });
    await settled();
    clock.advance(400_000);
    await until(() => receiver.sent.length === 4);
    expect(receiver.sent[2]!.body).toBe(first!.body);
    expect(receiver.sent[3]!.headers["webhook-id"]).not.toBe(first!.headers["webhook-id"]);
  });

  test("[HOK1] [HOK2] what waited when the server stopped is sent after it starts again, once", async () => {
    const receiver = new Receiver();
    const store = memoryStore();
    const before = await opened(receiver, store);
    const { secret } = await before.add();
    receiver.answers = () => ({ trouble: "unreachable" });
    await before.gavels(0);
    await until(() => receiver.sent.length === 1);
    await settled();
    const held = receiver.sent[0]!;
    servers.pop();
    // Killed: nothing is told it. The data are what is on disk.
    before.server.ports.webhooks.stop();
    const { House } = await import("../../../server/negotiation/house.ts");
    const { Webhooks } = await import("../../../server/webhooks/deliveries.ts");
    const clock = manualClock(before.clock.now() + 3_600_000);
    const again = new Receiver();
    const house = await House.open({ ...before.server.ports, clock });
    const webhooks = await Webhooks.open(
      { ...before.server.ports, clock, house },
      { post: again.post, refuses: async () => null },
    );
    await until(() => again.sent.length === 1);
    await settled();
    expect(again.sent).toHaveLength(1);
    expect(again.sent[0]!.body).toBe(held.body);
    expect(again.sent[0]!.headers["webhook-id"]).toBe(held.headers["webhook-id"]);
    expect(again.sent[0]!.headers["webhook-signature"]).not.toBe(held.headers["webhook-signature"]);
    expect(secret).toMatch(/^whsec_/);
    webhooks.stop();
    await house.stop();
    await before.server.close();
  });
});

describe("failure", () => {
  test("[HOK3] is tried again at growing intervals, ends after three days, is said, and goes on where it stopped when resumed", async () => {
    const receiver = new Receiver();
    const { add, gavels, clock, list, does } = await opened(receiver);
    const { id } = await add();
    receiver.answers = () => ({ status: 503 });
    await gavels(0);
    const moments: number[] = [];
    for (let hour = 0; hour < 200; hour++) {
      const count = receiver.sent.length;
      await settled();
      const [webhook] = await list();
      if (webhook!.stoppedAt !== null) break;
      if (receiver.sent.length > moments.length) moments.push(clock.now());
      expect(webhook!.nextAt).not.toBeNull();
      clock.advance(Math.max(1, Date.parse(webhook!.nextAt!) - clock.now()));
      await until(() => receiver.sent.length > count);
    }
    const waits = receiver.sent
      .map(({ headers }) => Number(headers["webhook-timestamp"]))
      .map((at, index, all) => at - (all[index - 1] ?? at));
    expect(waits.slice(1, 7).every((wait, index, all) => wait > (all[index - 1] ?? 0))).toBe(true);
    expect(receiver.sent.length).toBeLessThan(16);
    const [stopped] = await list();
    expect(Date.parse(stopped!.stoppedAt!) - Date.parse(stopped!.failingSince!)).toBeGreaterThanOrEqual(72 * 3_600_000);
    expect(stopped!.deliveries[0]).toMatchObject({ status: 503, trouble: null });
    const count = receiver.sent.length;
    await gavels(1);
    clock.advance(100 * 3_600_000);
    await settled();
    expect(receiver.sent).toHaveLength(count);
    receiver.answers = () => ({ status: 200 });
    expect((await does("resume", id)).status).toBe(200);
    await until(() => receiver.sent.length >= count + 2);
    await settled();
    const seqs = receiver.entries.map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(Math.max(...seqs) - Math.min(...seqs) + 1);
    expect((await list())[0]).toMatchObject({
      stoppedAt: null,
      failingSince: null,
      nextAt: null,
      after: Math.max(...seqs),
    });
  });

  test("[HOK3] who answers that nobody is there any more is not asked again", async () => {
    const receiver = new Receiver();
    const { add, gavels, list } = await opened(receiver);
    await add();
    receiver.answers = () => ({ status: 410 });
    await gavels(0);
    await until(() => receiver.sent.length === 1);
    await settled();
    expect((await list())[0]!.stoppedAt).not.toBeNull();
  });
});

describe("who may", () => {
  test("[HOK5] set, see, try and remove: the chair; the secret is told once", async () => {
    const receiver = new Receiver();
    const { server, add, list, does, chair } = await opened(receiver);
    const { secret, id } = await add();
    const of = "/api/v1/negotiations/talks/webhooks";
    expect(JSON.stringify(await list())).not.toContain(secret);
    for (const seat of ["secretariat", "delegation:XAA", "adviser:XAA", "observer"]) {
      const other = program(server, await server.token(seat));
      const asked = [
        other.get(of),
        other.post(of, { url: "https://x.example" }),
        ...["test", "resume", "remove"].map((name) => other.post(`${of}/${name}`, { id })),
      ];
      expect([seat, ...(await Promise.all(asked)).map(({ status }) => status)]).toEqual([
        seat,
        403,
        403,
        403,
        403,
        403,
      ]);
    }
    expect((await fetch(server.base + of)).status).toBe(401);
    for (const url of ["ftp://x.example", "https://a:b@x.example/", "https://x.example/#a", "javascript:1", "x"])
      expect([url, await (await chair.post(of, { url })).json()]).toMatchObject([
        url,
        { code: "address-refused", detail: expect.stringMatching(/^Give a whole address/) as string },
      ]);
    expect((await does("test", id)).status).toBe(200);
    expect(webhookMessage.parse(JSON.parse(receiver.sent[0]!.body))).toMatchObject({
      type: "test",
      data: { record: null },
    });
    expect((await list())[0]!.deliveries[0]).toMatchObject({ type: "test", status: 204, upTo: null });
    expect((await does("remove", id)).status).toBe(200);
    expect(await list()).toEqual([]);
    expect((await does("test", id)).status).toBe(404);
    for (let made = 0; made < server.ports.limits.webhooksOfNegotiation; made++) await add();
    expect((await chair.post(of, { url: "https://x.example" })).status).toBe(413);
  });

  test("[HOK6] where none is set nothing is sent", async () => {
    const receiver = new Receiver();
    const { gavels } = await opened(receiver);
    await gavels(0);
    await settled();
    expect(receiver.sent).toEqual([]);
  });
});
