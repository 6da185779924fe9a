/**
 * What a disk may hold after the power failed: a process is traced (strace, Linux), and its files are made again as they may have been at any
 * moment of the trace. What was written before the last sync of a file is there; of what came after it each sector may be, may not be, or be of
 * any age, in whatever order it was written. What the process had acknowledged by then is in the same trace.
 */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import type { Chance } from "./random.ts";

type Deed =
  | { readonly what: "write"; readonly at: number; readonly bytes: Buffer }
  | { readonly what: "truncate"; readonly at: number }
  | { readonly what: "sync" };
type Event =
  | { readonly file: string; readonly deed: Deed }
  | { readonly file: null; readonly acknowledged: readonly string[] };

export interface Trace {
  readonly length: number;
  /** Acknowledged before this moment. */
  acknowledged(moment: number): readonly string[];
  /** A folder with the files as they may have been at this moment. @param lies the disk says that it has synced, and has not */
  image(moment: number, chance: Chance, lies?: boolean): string;
}

/** Whether processes can be traced on this machine. */
export const canTrace = (): boolean => spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;

const sectorBytes = 512;
const calls = "pwrite64,write,ftruncate,fsync,fdatasync";

/**
 * @param folder as it was before, synced: what is in it the process goes on with
 * @param told where the process writes each line that it acknowledged
 */
export async function traced(
  command: readonly string[],
  folder: string,
  files: readonly string[],
  told: string,
): Promise<Trace> {
  const before = new Map(files.map((file) => [file, contentOf(join(folder, file))]));
  const output = join(mkdtempSync(join(tmpdir(), "rapporteur-trace-")), "trace");
  const flags = ["-f", "-y", "-xx", "-s", "1000000", "--seccomp-bpf", "-e", `trace=${calls}`, "-o", output];
  await promisify(execFile)("strace", [...flags, ...command]);
  const events = eventsIn(readFileSync(output, "latin1"), folder, told);
  return {
    length: events.length,
    acknowledged: (moment) =>
      events.slice(0, moment).flatMap((event) => (event.file === null ? event.acknowledged : [])),
    image(moment, chance, lies = false) {
      const image = mkdtempSync(join(tmpdir(), "rapporteur-image-"));
      for (const file of files) {
        const deeds = events.slice(0, moment).flatMap((event) => (event.file === file ? [event.deed] : []));
        const synced = lies ? 0 : deeds.findLastIndex(({ what }) => what === "sync") + 1;
        const content = new Content(before.get(file) ?? Buffer.alloc(0));
        for (const deed of deeds.slice(0, synced)) content.do(deed, () => true);
        // Sometimes all of it got there, sometimes none, mostly some.
        const share = chance.pick([0, 1, 0.1, 0.5, 0.9]);
        for (const deed of deeds.slice(synced)) content.do(deed, () => chance() < share);
        if (deeds.length > 0 || before.has(file)) writeFileSync(join(image, file), content.bytes);
      }
      return image;
    },
  };
}

class Content {
  #room: Buffer;
  #length: number;

  constructor(bytes: Buffer) {
    this.#room = Buffer.from(bytes);
    this.#length = bytes.length;
  }

  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  /** @param gets whether the next sector of it gets to the disk */
  do(deed: Deed, gets: () => boolean): void {
    if (deed.what === "truncate" && gets()) this.#resize(deed.at);
    if (deed.what !== "write") return;
    const { at, bytes } = deed;
    for (let from = 0; from < bytes.length;) {
      const to = Math.min(bytes.length, from + sectorBytes - ((at + from) % sectorBytes));
      if (gets()) {
        if (this.#length < at + to) this.#resize(at + to);
        bytes.copy(this.#room, at + from, from, to);
      }
      from = to;
    }
  }

  /** What is new is zero. */
  #resize(length: number): void {
    if (length > this.#room.length) this.#room = Buffer.concat([this.bytes], 2 * length);
    else if (length > this.#length) this.#room.fill(0, this.#length, length);
    this.#length = length;
  }
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/** In the order in which the system was asked; a sync counts when it was answered. */
function eventsIn(trace: string, folder: string, told: string): readonly Event[] {
  const events: Event[] = [];
  const syncing = new Map<string, string>();
  for (const line of trace.split("\n")) {
    const [, thread = "", rest = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (/^<\.\.\. f(data)?sync resumed>/.test(rest)) {
      const file = syncing.get(thread);
      syncing.delete(thread);
      if (file !== undefined && rest.endsWith("= 0")) events.push({ file, deed: { what: "sync" } });
      continue;
    }
    const [, call, path = "", asked = ""] = /^(\w+)\(\d+<([^>]*)>(?:, )?(.*)$/.exec(rest) ?? [];
    if (call === undefined) continue;
    const named = unhex(path).toString();
    if (named === told && call === "write") {
      const lines = unhex(/^"([^"]*)"/.exec(asked)?.[1] ?? "")
        .toString()
        .split("\n");
      events.push({ file: null, acknowledged: lines.filter((one) => one !== "") });
    }
    if (!named.startsWith(`${folder}/`)) continue;
    const file = basename(named);
    if (call === "pwrite64") {
      const [, words = "", at = ""] = /^"([^"]*)", \d+, (\d+)/.exec(asked) ?? [];
      events.push({ file, deed: { what: "write", at: Number(at), bytes: unhex(words) } });
    } else if (call === "ftruncate") {
      events.push({ file, deed: { what: "truncate", at: Number.parseInt(asked) } });
    } else if (asked.includes("<unfinished")) syncing.set(thread, file);
    else if (asked.endsWith("= 0")) events.push({ file, deed: { what: "sync" } });
  }
  return events;
}

const unhex = (spelled: string): Buffer => Buffer.from(spelled.replaceAll("\\x", ""), "hex");
