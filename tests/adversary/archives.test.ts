/** Archives brought over the web: who may, what a made-up one can do to others, and what it costs those who type (SPEC: ARC6, ARC7). */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createHash } from "node:crypto";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openerSeat } from "../../server/http/identity.ts";
import { writeArchive } from "../../server/publication/archive.ts";
import { sealEntry } from "../../shared/domain/chain.ts";
import type { Entry } from "../../shared/domain/entries.ts";
import { voiceIn } from "../../shared/messages/say.ts";
import type { Me } from "../../shared/wire/api.ts";
import type { ArchiveManifest, Unarchived } from "../../shared/wire/archive.ts";
import type { HttpServer } from "../support/http-server.ts";
import { Browser, httpServer, program } from "../support/http-server.ts";

let from: HttpServer;
let server: HttpServer;
let operator: Browser;
beforeAll(async () => {
  from = await httpServer({ slug: "brought" });
  server = await httpServer({ limits: { archiveBytes: 4 * 1024 * 1024 } });
  const { token } = await server.ports.identity.makeLink({ negotiation: null, seat: openerSeat, name: "Operator" });
  operator = new Browser(server);
  await operator.enter(token);
});
afterAll(async () => {
  await from.close();
  await server.close();
});

/** @param entries in the place of the true ones */
function archive(entries: readonly Entry[] = from.talks.entries): Promise<Uint8Array> {
  const team = { kind: "team" } as const;
  const draft = from.talks.textFor(team);
  const report = { ...from.talks.report(team) };
  return writeArchive({ reader: "host", events: entries, report, draft, release: "0.0.0-test" }, voiceIn("en"));
}

/** Chained anew, by somebody who knows how. */
function forged(change: (entry: Entry) => Entry): readonly Entry[] {
  const made: Entry[] = [];
  for (const entry of from.talks.entries) {
    const { hash: _, ...rest } = change(entry);
    made.push(sealEntry({ ...rest, prev: made.at(-1)?.hash ?? entry.prev }, entry.salts));
  }
  return made;
}

/** Rightly chained, with a circulation that no house would write. */
async function poisoned(what: object): Promise<Uint8Array> {
  const entries = forged((entry) =>
    entry.what.kind === "circulated" ? { ...entry, what: { ...entry.what, ...what } } : entry,
  );
  const files = unzipSync(await archive());
  const manifest = JSON.parse(strFromU8(files["archive.json"]!)) as ArchiveManifest;
  files["record.jsonl"] = strToU8(entries.map((entry) => JSON.stringify(entry)).join("\n"));
  const sum = {
    bytes: files["record.jsonl"].length,
    sha256: createHash("sha256").update(files["record.jsonl"]).digest("hex"),
  };
  const told = { ...manifest, hash: entries.at(-1)!.hash, files: { ...manifest.files, "record.jsonl": sum } };
  files["archive.json"] = strToU8(JSON.stringify(told));
  return zipSync(files);
}

const send = (bytes: Uint8Array, headers: Record<string, string>): Promise<Response> =>
  fetch(`${server.base}/api/v1/archives`, {
    method: "POST",
    body: Buffer.from(bytes),
    headers: { "content-type": "application/octet-stream", ...headers },
  });
const byBrowser = (browser: Browser, bytes: Uint8Array): Promise<Response> =>
  send(bytes, { cookie: browser.cookie ?? "", origin: server.base });
const problemOf = async (response: Response) => (await response.json()) as { code: string; detail: string };
const here = (): readonly string[] => server.ports.house.all().map(({ row }) => row.slug);

describe("[ARC6] an archive over the web", () => {
  test("is taken from nobody but an operator, and of what others send nothing is read", async () => {
    // What nobody may send is not even looked at: these bytes are no archive.
    const nothing = new Uint8Array([1]);
    expect((await problemOf(await send(nothing, {}))).code).toBe("not-signed-in");
    for (const seat of ["chair", "secretariat", "facilitator", "delegation:XAA", "adviser:XAA", "observer"]) {
      const { headers } = program(server, await server.token(seat));
      expect([seat, (await problemOf(await send(nothing, headers))).code]).toEqual([seat, "not-allowed"]);
      const browser = new Browser(server);
      await browser.enter(await server.link(seat));
      const me = (await (await browser.get("/api/v1/me")).json()) as Me;
      // A chair may open a negotiation of its own making; the past is another matter.
      expect([seat, me.mayOpen, me.mayUnarchive]).toEqual([seat, seat === "chair", false]);
      expect([seat, (await problemOf(await byBrowser(browser, nothing))).code]).toEqual([seat, "not-allowed"]);
    }
    const foreign = await send(await archive(), { cookie: operator.cookie ?? "", origin: "https://evil.example" });
    expect((await problemOf(foreign)).code).toBe("foreign-origin");
    expect((await problemOf(await operator.post("/api/v1/archives", {}))).code).toBe("not-a-file");
    expect(here()).toEqual(["talks"]);
  });

  test("that is not true is refused in words, and nothing of it is kept", async () => {
    const altered = unzipSync(await archive());
    altered["draft.json"] = strToU8("[]");
    const cases: readonly (readonly [Uint8Array, RegExp])[] = [
      [strToU8("PK and no more"), /^The archive was not opened: it cannot be unpacked: .* Nothing of it was kept\.$/],
      [new Uint8Array(), /cannot be unpacked/],
      [zipSync(altered), /draft\.json is not what was written/],
      [
        await archive(
          forged((entry) => (entry.seq === 1 ? { ...entry, what: { ...entry.what, slug: "../up" } as never } : entry)),
        ),
        /archive\.json is not as format 1 has it/,
      ],
      [
        new Uint8Array(await (await fetch(`${from.base}/n/brought/archive.zip`)).arrayBuffer()),
        /some of its record is hidden from public/,
      ],
      [await poisoned({ changed: [{ id: "x" }] }), /this release cannot follow its record/],
    ];
    for (const [bytes, why] of cases) {
      const problem = await problemOf(await byBrowser(operator, bytes));
      expect(problem).toMatchObject({ code: "archive-refused", detail: expect.stringMatching(why) as string });
    }
    const large = await byBrowser(operator, new Uint8Array(5 * 1024 * 1024)).then(problemOf, () => null);
    expect(large === null || large.code === "too-large").toBe(true);
    expect(here()).toEqual(["talks"]);
  });

  test("opens as it was, once; renames nobody here, signs nobody in, and its chair comes in by a link of one use", async () => {
    const stranger = new Browser(server);
    await stranger.enter(await server.link("delegation:XAA"));
    const [known] = server.talks.record.holdings.filter(({ seat }) => seat.role === "delegation");
    const person = known!.person;
    // A made-up past: whoever speaks for XAA here is made its chair there, under a name of the forger's.
    const chair = from.talks.record.holdings[0]!;
    const entries = forged((entry) =>
      entry.what.kind === "seat-taken" && entry.what.person === chair.person
        ? { ...entry, what: { ...entry.what, person, name: "Forged" } }
        : entry,
    );
    const answer = await byBrowser(operator, await archive(entries));
    expect(answer.status).toBe(201);
    const opened = (await answer.json()) as Unarchived;
    const back = server.ports.house.bySlug("brought")!;
    expect(opened).toMatchObject({ slug: "brought", seq: entries.length, hash: back.record.head, people: 1 });
    expect(JSON.parse(JSON.stringify(back.entries))).toEqual(JSON.parse(JSON.stringify(entries)));
    expect((await server.ports.store.person(person))?.name).not.toBe("Forged");
    const me = (await (await operator.get("/api/v1/me")).json()) as Me;
    expect(me.seats).toEqual([]);

    const again = await problemOf(await byBrowser(operator, await archive()));
    expect(again).toMatchObject({
      code: "slug-taken",
      detail: "The archive was not opened: there is a negotiation named brought already. Nothing of it was kept.",
    });
    const [{ link }] = opened.invitations as [Unarchived["invitations"][number]];
    const path = new URL(link).pathname;
    const comes = new Browser(server);
    expect((await comes.post(path)).headers.get("location")).toBe("/n/brought/desk/chair");
    expect(back.record.seq).toBe(entries.length);
    expect((await new Browser(server).post(path)).status).toBe(410);
  });

  test("[ARC7] one is checked at a time, apart from those who type", async () => {
    const bytes = await archive();
    const big = unzipSync(bytes);
    big["record.jsonl"] = Buffer.concat([big["record.jsonl"]!, Buffer.alloc(2 * 1024 * 1024, "\n")]);
    const bomb = zipSync(big);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const answers = await Promise.all([bomb, bomb].map(async (one) => problemOf(await byBrowser(operator, one))));
    delay.disable();
    if (process.env["FIGURES"]) console.log(`stall ${Math.round(delay.max / 1e6)} ms`);
    expect(answers.map(({ code }) => code).toSorted()).toEqual(["archive-refused", "busy"]);
    // And it can be had again.
    expect((await problemOf(await byBrowser(operator, new Uint8Array([1])))).code).toBe("archive-refused");
  });
});
