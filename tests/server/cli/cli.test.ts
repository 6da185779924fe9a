/** The command line on data that no server has; beside a running one: `serve.test.ts`. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SeenEntry } from "../../../shared/domain/entries.ts";
import { commandLine } from "../../../server/cli/command-line.ts";
import { controlPath } from "../../../server/cli/control.ts";

const scratch = mkdtempSync(join(tmpdir(), "rapporteur-cli-"));
const dataDir = join(scratch, "data");

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function cli(args: readonly string[], env: Record<string, string> = {}): Promise<Said> {
  let [out, err] = ["", ""];
  const code = await commandLine(args, {
    env: { DEMO: "0", LOG_LEVEL: "warn", DATA_DIR: dataDir, ...env },
    say: (lines) => void (out += `${lines}\n`),
    complain: (lines) => void (err += `${lines}\n`),
  });
  return { code, out, err };
}

/** Everything is said on one line of standard output and nothing on standard error. */
async function one(args: readonly string[], env?: Record<string, string>): Promise<string> {
  const { code, out, err } = await cli(args, env);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^[^\n]+\n$/);
  return out.trim();
}

const draft = join(scratch, "draft.md");
const exported = join(scratch, "report.json");

describe("on data that no server has", () => {
  beforeAll(() => writeFileSync(draft, "# A report\n\n1. States should meet.\n\n2. States [should] talk.\n"));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test("a negotiation is opened from a file, exported, verified and looked after", async () => {
    expect(await one(["new", "--title", "First talks", "--slug", "first", "--from", draft])).toMatch(/\/n\/first$/);
    expect(statSync(dataDir).mode & 0o077).toBe(0);
    expect(await one(["verify", "--negotiation", "first"])).toMatch(/is whole: \d+ entr/);
    expect(await cli(["export", "--negotiation", "first", "--format", "json", "--out", exported])).toEqual({
      code: 0,
      out: "",
      err: "",
    });
    expect(await one(["verify", exported])).toMatch(/is whole/);
    const doctor = await cli(["doctor"]);
    expect([doctor.code, doctor.out.split("\n").filter((line) => !/^OK {3}|^WARN  Last backup|^$/.test(line))]).toEqual(
      [0, []],
    );
    expect((await cli(["import", "--negotiation", "first", draft])).err).toContain("--append");
    expect(await one(["import", "--negotiation", "first", "--next", draft])).toContain("paragraphs of consensus text");
    expect(await one(["import", "--negotiation", "first", "--append", draft])).toContain(
      "2 paragraphs of consensus text",
    );
  }, 120_000);

  test("[TYR5] numbers that are typed in a brought text are told, and become references where that is asked for", async () => {
    const referring = join(scratch, "referring.md");
    writeFileSync(referring, "1. States meet.\n\n2. States recall paragraph 1.\n");
    const into = ["import", "--negotiation", "typed"];
    await one(["new", "--title", "Typed", "--slug", "typed"]);
    expect((await cli([...into, referring])).out).toMatch(/1 number of a paragraph of this text .* With --references /);
    const next = await cli([...into, "--next", "--references", referring]);
    expect(next.out).toContain("1 typed number becomes a reference");
    const archive = join(scratch, "typed.zip");
    await cli(["archive", "--negotiation", "typed", "--out", archive]);
    const draft = unzipSync(readFileSync(archive))["draft.json"]!;
    expect(Buffer.from(draft).toString()).toContain('"t": "ref"');
  }, 60_000);

  test("[ARC2] [ARC3] [ARC4] a negotiation goes to other data in its archive, once, and what is not one is refused in words", async () => {
    const archive = join(scratch, "first.zip");
    expect((await cli(["archive", "--negotiation", "first", "--out", archive])).code).toBe(0);
    expect((await cli(["verify", archive])).out).toMatch(/The archive of first is whole, as host may see it/);
    const elsewhere = { DATA_DIR: join(scratch, "elsewhere") };
    expect(await one(["unarchive", archive], elsewhere)).toMatch(/\/n\/first$/);
    const verified = ["verify", "--negotiation", "first"];
    expect(await one(verified, elsewhere)).toBe(await one(verified));
    expect(await cli(["unarchive", archive], elsewhere)).toEqual({
      code: 1,
      out: "",
      err: "There is a negotiation named first already.\n",
    });
    const torn = join(scratch, "torn.zip");
    writeFileSync(torn, readFileSync(archive).subarray(0, 900));
    expect((await cli(["verify", torn])).err).toMatch(/is not to be trusted: it cannot be unpacked/);
    expect((await cli(["unarchive", torn], elsewhere)).err).toMatch(/^it cannot be unpacked/);
  }, 60_000);

  test("one letter changed in a kept file is found, and named", async () => {
    const kept = JSON.parse(readFileSync(exported, "utf8")) as {
      record: (SeenEntry & { what: { settings: { title: string } } })[];
    };
    const [first] = kept.record;
    if (!first) throw new Error("the export holds no record");
    first.what.settings.title = "First walks";
    const forged = join(scratch, "forged.json");
    writeFileSync(forged, JSON.stringify(kept));
    const { code, err } = await cli(["verify", forged]);
    expect([code, err]).toEqual([1, `The record in ${forged} is not whole: entry 1, contents.\n`]);
  });

  test("what is asked wrongly is answered with what is expected", async () => {
    const wrong: [string[], number, RegExp][] = [
      [["conquer"], 2, /no command conquer[^]*link --negotiation/],
      [["link", "--seat", "chair"], 2, /missing: --negotiation[^]*Usage: link/],
      [["link", "--negotiation", "first", "--seat", "king"], 1, /--seat: .*must be a seat/],
      [["link", "--negotiation", "first", "--seat", "delegation:XAA"], 1, /not on the roster/],
      [["link", "--negotiation", "second", "--seat", "chair"], 1, /no negotiation second; there are: first/],
      [["token", "--negotiation", "first", "--seat", "chair", "--colour", "red"], 2, /--colour[^]*Usage: token/],
      [["new", "--title", "T", "--slug", "Not A Slug"], 1, /--slug: must be/],
      [["new", "--title", "T", "--slug", "first"], 1, /named first already/],
      [["new", "--title", "T", "--slug", "other", "--from", "/no/such/file"], 2, /\/no\/such\/file cannot be read/],
      [["export", "--negotiation", "first", "--format", "papyrus", "--out", "-"], 1, /one of .*json/],
      [["import", "--negotiation", "first"], 2, /missing: FILE/],
      [["verify"], 2, /either FILE or --negotiation/],
      [["verify", draft], 1, /is not JSON/],
    ];
    for (const [args, code, says] of wrong) {
      const said = await cli(args);
      expect([args, said.code, said.out]).toEqual([args, code, ""]);
      expect(said.err).toMatch(says);
      expect(said.err).not.toMatch(/\n\s+at /);
    }
    expect((await cli(["link", "--negotiation", "first", "--seat", "chair"], { PORT: "many" })).err).toMatch(/^PORT/);
    expect(await cli(["--help"])).toMatchObject({ code: 0, err: "" });
  }, 120_000);

  test("without a server a link leads to where one will be", async () => {
    const link = await one(["link", "--negotiation", "first", "--seat", "chair"], { PORT: "4321" });
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4321\/enter\/[\w-]{43}$/);
    expect(await one(["link", "--seat", "opener"])).toMatch(/\/enter\/[\w-]{43}$/);
  });
});

test("the way to a running server is short enough for a socket, and its own for each folder", () => {
  const deep = join("/tmp", "x".repeat(120));
  expect(Buffer.byteLength(controlPath(deep))).toBeLessThan(104);
  expect(controlPath(deep)).not.toBe(controlPath(`${deep}y`));
  expect(controlPath("/tmp/a")).toBe("/tmp/a/control.sock");
});
