/** Archives: what they hold, that they prove themselves, and that a negotiation comes back from one as it was (SPEC: ARC). */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Unzipped } from "fflate";
import { unzipSync, zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { run } from "../../../server/cli/operations.ts";
import { BadArchive, readArchive, tellArchive, writeArchive } from "../../../server/publication/archive.ts";
import { sealEntry } from "../../../shared/domain/chain.ts";
import type { Entry, SeenEntry } from "../../../shared/domain/entries.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { DelegationCode } from "../../../shared/domain/values.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import { archiveSchema } from "../../../shared/wire/archive.ts";
import { eyesOf, World } from "../../support/canaries.ts";
import { httpServer, program } from "../../support/http-server.ts";
import type { ANegotiation } from "../../support/negotiations.ts";
import { aNegotiationWith, p, s } from "../../support/negotiations.ts";
import { chance } from "../../support/random.ts";

const team: Viewer = { kind: "team" };

/** With hidden names and reasons, two versions, and words circulated after them. */
function talks(): ANegotiation {
  const found = aNegotiationWith(
    { disclosure: "closed" },
    p("States should cooperate."),
    p([
      { t: "text", text: "States should consult" },
      { t: "footnote", id: "n", text: "As before." },
    ]),
    s("Some States proposed a convention."),
  );
  found.does("chair", { kind: "issue-version", label: "Zero draft" });
  found.objects("XAA", 1, { reason: "Too soon." });
  found.gavels(2);
  found.writes(1, "States should cooperate in good time.").circulates();
  return found;
}

function archiveOf(of: ANegotiation, reader: string, viewer: Viewer): Promise<Uint8Array> {
  const { events, upTo } = of.frame(viewer, 0);
  return writeArchive(
    {
      reader,
      events: reader === "host" ? of.entries : events,
      report: { ...of.report(viewer), seq: upTo },
      draft: of.textFor(viewer),
      release: "0.0.0-test",
    },
    voiceIn("en"),
  );
}

const repacked = (archive: Uint8Array, change: (files: Unzipped) => void): Uint8Array => {
  const files = unzipSync(archive);
  change(files);
  return zipSync(files);
};
const written = (text: string) => new TextEncoder().encode(text);
const readText = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
/** With checksums that fit again: by somebody who knows how it is made. */
const resealed = async (archive: Uint8Array, change: (files: Unzipped) => void): Promise<Uint8Array> => {
  const { createHash } = await import("node:crypto");
  return repacked(archive, (files) => {
    change(files);
    const manifest = JSON.parse(readText(files["archive.json"])) as { files: { [name: string]: object } };
    for (const [name, bytes] of Object.entries(files)) {
      if (name === "archive.json") continue;
      manifest.files[name] = { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
    }
    files["archive.json"] = written(JSON.stringify(manifest));
  });
};
const refusal = (archive: Uint8Array): string => {
  try {
    readArchive(archive);
    return "taken";
  } catch (trouble) {
    if (trouble instanceof BadArchive) return trouble.message;
    throw trouble;
  }
};

describe("what is in it", () => {
  test("[ARC1] [ARC4] a reader's archive holds what that reader may see, says what it proves, and is the same file each time", async () => {
    const of = talks();
    const xab: Viewer = { kind: "delegation", code: "XAB" as DelegationCode };
    const archive = await archiveOf(of, "delegation:XAB", xab);
    expect(await archiveOf(of, "delegation:XAB", xab)).toEqual(archive);
    const files = unzipSync(archive);
    const all = Object.values(files).map(readText).join("\n");
    expect(all).not.toContain("Too soon.");
    expect(readText(files["texts/zero-draft.txt"])).toBe(
      "1. States should cooperate.\n\n2. States should consult\uFFFC\n    [note: As before.]\n\n(summary) 1. Some States proposed a convention.\n",
    );
    expect(Object.keys(files)).toContain("texts/today.txt");
    const read = readArchive(archive);
    expect(read.events).toEqual(of.frame(xab, 0).events);
    expect(read.whole).toBeNull();
    expect(tellArchive(read)).toMatch(/as delegation:XAB may see it: \d+ entries.* say what the record says: 2\./);
    expect(tellArchive(read)).toContain("No negotiation can be opened from it.");
    expect(readText(files["README.txt"])).toContain(of.frame(xab, 0).events.at(-1)!.hash);
    const publicly = await archiveOf(of, "public", thePublic);
    of.objects("XAC", 2, { reason: "Hidden." });
    expect(await archiveOf(of, "public", thePublic)).toEqual(publicly);
  });

  test("[ARC5] the schema that is published is the one in it, and names every file of JSON", async () => {
    const server = await httpServer();
    try {
      const published: unknown = await (await fetch(`${server.base}/schemas/archive-1.json`)).json();
      const answer = await fetch(`${server.base}/n/talks/archive.zip`);
      const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
      expect(JSON.parse(readText(files["schema.json"]))).toEqual(published);
      const names = Object.keys(files).filter((name) => /\.jsonl?$/.test(name) && name !== "schema.json");
      expect(Object.keys((archiveSchema() as { $defs: object }).$defs).toSorted()).toEqual(names.toSorted());
      const seated = program(server, await server.token("delegation:XAA"));
      const own = await seated.get("/n/talks/archive.zip?seat=delegation:XAA");
      expect(readArchive(new Uint8Array(await own.arrayBuffer())).manifest.reader).toBe("delegation:XAA");
      expect((await fetch(`${server.base}/n/talks/archive.zip?seat=chair`)).status).toBe(401);
    } finally {
      await server.close();
    }
  });
});

/** What `docs/verify-archive.py` says of it, which shares no line with us. */
function secondOpinion(archive: Uint8Array, ...receipts: readonly string[]): { status: number | null; said: string } {
  const folder = mkdtempSync(join(tmpdir(), "rapporteur-archive-"));
  const file = join(folder, "talks.zip");
  writeFileSync(file, archive);
  const { status, stdout, stderr } = spawnSync("python3", [verifier, file, ...receipts], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return { status, said: stdout + stderr };
}
const verifier = fileURLToPath(new URL("../../../docs/verify-archive.py", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) console.info("ARC8 not shown here: there is no python3");

describe.runIf(hasPython)("the second verifier", () => {
  const of = talks();
  of.objects("XAB", 1, { reason: 'Letters: é 🕊 \u2028 \u007F " \\ ع \uFFFE.' });
  const first = of.entries[0]!;
  const last = of.entries.at(-1)!;

  test("[ARC8] it agrees with ours on what each reader may see, and on a receipt", async () => {
    for (const [reader, viewer] of [
      ["host", team],
      ["delegation:XAB", { kind: "delegation", code: "XAB" as DelegationCode }],
      ["public", thePublic],
    ] as const) {
      const archive = await archiveOf(of, reader, viewer);
      const { manifest } = readArchive(archive);
      const { status, said } = secondOpinion(archive, `1:${first.hash}`);
      expect([status, said]).toEqual([0, expect.stringContaining(`${manifest.seq} entries, whole and in order`)]);
      expect(said).toContain(manifest.hash);
      expect(said).toContain("entry 1 is the one of your receipt");
      expect(secondOpinion(archive, `1:${last.hash}`)).toMatchObject({ status: 1 });
      expect(secondOpinion(archive, `${last.seq + 1}:${last.hash}`)).toMatchObject({ status: 1 });
    }
    expect(secondOpinion(written("PK"))).toMatchObject({ status: 1 });
    expect(secondOpinion(written("PK"), "no receipt")).toMatchObject({ status: 2 });
  });

  test("[ARC8] no letter of an entry changes unnoticed, though the checksums fit again", async () => {
    const archive = await archiveOf(of, "host", team);
    const random = chance(8);
    for (let round = 0; round < 20; round++) {
      const changed = await resealed(archive, (files) => {
        const letters = readText(files["record.jsonl"]);
        const places = [...letters.matchAll(/[a-z]/g)].map(({ index }) => index);
        const at = random.pick(places);
        const other = letters[at] === "x" ? "y" : "x";
        files["record.jsonl"] = written(letters.slice(0, at) + other + letters.slice(at + 1));
      });
      const { status, said } = secondOpinion(changed);
      expect([round, status, said]).toEqual([round, 1, expect.stringContaining("NOT TRUE")]);
    }
    const cut = await resealed(archive, (files) => {
      files["record.jsonl"] = written(readText(files["record.jsonl"]).split("\n").slice(0, -3).join("\n"));
    });
    expect(secondOpinion(cut).said).toContain("does not end where");
  });
});

describe("what is wrong with it", () => {
  test("[ARC3] whatever byte of its files is changed, it is found", async () => {
    const archive = await archiveOf(talks(), "host", team);
    expect(refusal(archive)).toBe("taken");
    const seed = Number(process.env["SEED"] ?? 20261123);
    console.log(`seed ${seed}`);
    const random = chance(seed);
    const names = Object.keys(unzipSync(archive));
    for (let round = 0; round < 300; round++) {
      const name = random.pick(names);
      const changed = repacked(archive, (files) => {
        const bytes = files[name]!;
        bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
      });
      // In the manifest what nothing refers to can change: the release that wrote it, spaces.
      if (name === "archive.json" && refusal(changed) === "taken") continue;
      expect([round, name, refusal(changed)]).not.toEqual([round, name, "taken"]);
    }
    for (const end of [10, archive.length >> 1, archive.length - 1])
      expect(refusal(archive.slice(0, end))).not.toBe("taken");
  });

  test("[ARC3] each forgery is said in words, also by who makes the checksums fit", async () => {
    const of = talks();
    const archive = await archiveOf(of, "host", team);
    const lines = (files: Unzipped): string[] => readText(files["record.jsonl"]).split("\n");
    const cases: readonly (readonly [string, (files: Unzipped) => void, RegExp])[] = [
      [
        "a word",
        (files) => (files["record.jsonl"] = written(lines(files).join("\n").replace("Too soon.", "Too late."))),
        /entry \d+, contents/,
      ],
      [
        "an entry left out",
        (files) => (files["record.jsonl"] = written(lines(files).toSpliced(3, 1).join("\n"))),
        /entry 4, number/,
      ],
      [
        "the end cut off",
        (files) => (files["record.jsonl"] = written(lines(files).slice(0, -3).join("\n"))),
        /ends with entry/,
      ],
      [
        "other words of a version",
        (files) => (files["texts/zero-draft.txt"] = written("1. States shall.\n")),
        /texts\/zero-draft.txt does not say/,
      ],
      ["a draft that is none", (files) => (files["draft.json"] = written("{}")), /draft.json is not as format 1/],
      ["a file put in", (files) => (files["texts/../../evil.txt"] = written("x")), /not part of an archive/],
    ];
    for (const [what, change, why] of cases)
      expect([what, refusal(await resealed(archive, change))]).toEqual([what, expect.stringMatching(why)]);
    const newer = repacked(archive, (files) => {
      const manifest = JSON.parse(readText(files["archive.json"])) as object;
      files["archive.json"] = written(JSON.stringify({ ...manifest, v: 2, release: "9.0.0", more: {} }));
    });
    expect(refusal(newer)).toBe(
      "it is of format 2, written by Rapporteur 9.0.0; this release reads format 1: use that release, or a newer one",
    );
    const forged = await resealed(archive, (files) => {
      const entries = lines(files)
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Entry);
      const last = entries.at(-1)!;
      entries[entries.length - 1] = sealEntry({ ...last, at: (last.at + 1) as typeof last.at }, last.salts);
      files["record.jsonl"] = written(entries.map((entry) => JSON.stringify(entry)).join("\n"));
    });
    expect(refusal(forged)).toContain("or another hash");
    expect(refusal(zipSync({ "word/document.xml": written("<w:document/>") }))).toContain("not part of an archive");
    expect(refusal(written("PK"))).toContain("cannot be unpacked");
  });

  test("[ARC3] a bomb is refused before it is unpacked", () => {
    const bomb = zipSync({ "record.jsonl": written("x") });
    // Where the list of files at its end says how long the file is.
    const list = Buffer.from(bomb).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    new DataView(bomb.buffer).setUint32(bomb.byteOffset + list + 24, 0xfff_ffff0, true);
    const before = process.memoryUsage().arrayBuffers;
    expect(refusal(bomb)).toContain("more than any archive does");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });
});

describe("opened on another server", () => {
  const worlds: World[] = [];
  afterAll(async () => {
    for (const world of worlds) await world.server.close();
  });

  test("[ARC2] [ARC3] [ARC4] a negotiation with every kind of entry comes back equal, for every viewer, once", async () => {
    const world = await World.open({ phases: ["closed", "delegations", "open"] });
    worlds.push(world);
    await world.adopts();
    const slug = world.talks.row.slug;
    const playDemo = (): never => {
      throw new Error("no demo here");
    };
    const out = await run({ ...world.server.ports, playDemo }, "archive", { negotiation: slug });
    expect(out.ok).toBe(true);
    const archive = out.says;
    const elsewhere = await httpServer({ slug: "others" });
    try {
      const place = { ...elsewhere.ports, playDemo };
      const seen = world.server.ports.house.bySlug(slug)!;
      const own = await writeArchive(
        {
          reader: "public",
          events: seen.frame(thePublic, 0).events,
          report: seen.report(thePublic),
          draft: seen.textFor(thePublic),
          release: "x",
        },
        voiceIn("en"),
      );
      const partial = await run(place, "unarchive", { archive: Buffer.from(own).toString("base64") });
      expect(partial).toEqual({
        ok: false,
        says: expect.stringContaining("some of its record is hidden from public") as string,
      });
      expect(elsewhere.ports.house.bySlug(slug)).toBeNull();

      expect(await run(place, "unarchive", { archive })).toEqual({ ok: true, says: `${elsewhere.base}/n/${slug}` });
      const back = elsewhere.ports.house.bySlug(slug)!;
      const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
      expect(plain(back.entries)).toEqual(plain(world.talks.entries));
      expect(back.record.head).toBe(world.talks.record.head);
      for (const viewer of world.viewers) {
        const eyes = eyesOf(viewer);
        expect(back.report(eyes), viewer.name).toEqual(world.talks.report(eyes));
        expect(back.textFor(eyes)).toEqual(world.talks.textFor(eyes));
        const frame = (of: { events: readonly SeenEntry[] }): unknown => plain(of.events);
        expect(frame(back.frame(eyes, 0))).toEqual(frame(world.talks.frame(eyes, 0)));
      }
      expect((await run(place, "verify", { negotiation: slug })).says).toMatch(/is whole/);
      expect((await run(place, "archive", { negotiation: slug })).says).toBe(archive);

      const before = back.record.seq;
      expect(await run(place, "unarchive", { archive })).toEqual({
        ok: false,
        says: `There is a negotiation named ${slug} already.`,
      });
      expect(elsewhere.ports.house.bySlug(slug)!.record.seq).toBe(before);
    } finally {
      await elsewhere.close();
    }
  });
});
