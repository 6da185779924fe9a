/**
 * A negotiation in one file that proves itself (SPEC: ARC): a zip with the record as one reader may see it, the texts, the report, and in
 * words what can be checked. What is in each file says `shared/wire/archive.ts`.
 */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import type { AsyncZippable } from "fflate";
import { unzipSync, zip } from "fflate";
import { verifySeen } from "../../shared/domain/chain.ts";
import type { Entry, SeenEntry } from "../../shared/domain/entries.ts";
import { sections } from "../../shared/domain/entries.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import type { Record } from "../../shared/domain/record.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { Text } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import type { Voice } from "../../shared/messages/say.ts";
import { isoOf } from "../../shared/messages/times.ts";
import type { ArchiveManifest } from "../../shared/wire/archive.ts";
import {
  archivedText,
  archiveFormat,
  archiveManifest,
  archiveOfAnyFormat,
  archiveSchema,
} from "../../shared/wire/archive.ts";
import { seenEntry } from "../../shared/wire/answers.ts";

/** The file cannot be taken for what it says it is; the message says why, for whoever has it. */
export class BadArchive extends Error {
  override readonly name = "BadArchive";
}

export interface Archived {
  /** `host`, `public` or a seat, spelled. */
  readonly reader: string;
  readonly events: readonly SeenEntry[];
  readonly report: ComposedReport;
  readonly draft: Text;
  readonly release: string;
}

/** Of the same record for the same reader it is the same file, byte for byte. */
export function writeArchive(archived: Archived, voice: Voice): Promise<Uint8Array> {
  const { events, report, draft, reader, release } = archived;
  const record = evolve(emptyRecord, events);
  const { title } = record.settings;
  const texts = new Map<string, string>([
    ["record.jsonl", events.map((entry) => `${JSON.stringify(entry)}\n`).join("")],
    ["report.json", readable(report)],
    ["draft.json", readable(draft)],
    ["schema.json", (schema ??= readable(archiveSchema()))],
    ...textsIn(record),
  ]);
  const { slug, seq, head: hash, at } = record;
  const about = { title, slug, seq, hash, at: isoOf(at), reader, release };
  texts.set("README.txt", readme(about, isWhole(events), voice));
  const bytes = new Map([...texts].map(([name, text]) => [name, Buffer.from(text)]));
  const manifest: ArchiveManifest = {
    format: "rapporteur-archive",
    v: archiveFormat,
    ...about,
    files: Object.fromEntries([...bytes].map(([name, file]) => [name, { bytes: file.length, sha256: sha256(file) }])),
  };
  // No moment of writing, which would make of the same record another file each time.
  const mtime = new Date(1980, 0, 1);
  const files: AsyncZippable = { "archive.json": [Buffer.from(readable(manifest)), { mtime }] };
  for (const [name, file] of bytes) files[name] = [file, { mtime }];
  return promisify<AsyncZippable, Uint8Array>(zip)(files);
}

/** Made once: it says nothing of any negotiation. */
let schema: string | null = null;

const readable = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Each version as plain lines, and what was circulated last where it is not one: what format 1 has, whatever other files come to look like. */
function textsIn(record: Record): readonly (readonly [name: string, text: string])[] {
  const { versions, text } = record;
  const today = versions.at(-1)?.text === text ? [] : [{ name: "today", text, ...numbersToday(record, text) }];
  return [...versions, ...today].map((one) => [`texts/${one.name}.txt`, plain(one.text, one.numbers)] as const);
}

function plain(text: Text, numbers: ReadonlyMap<ParagraphId, string>): string {
  return text
    .map(({ id, kind, part, content }) => {
      const notes = content.flatMap((inline) => (inline.t === "footnote" ? [`    [note: ${inline.text}]\n`] : []));
      const lead = kind === "heading" ? "" : `${part === "consensus" ? "" : "(summary) "}${numbers.get(id) ?? ""}. `;
      return `${lead}${canonicalText(content)}\n${notes.join("")}`;
    })
    .join("\n");
}

function readme(about: Omit<ArchiveManifest, "format" | "v" | "files">, whole: boolean, { say }: Voice): string {
  const { title, slug, seq, hash, at, reader } = about;
  const named =
    reader === "host" || reader === "public"
      ? say(`archive.reader.${reader}`)
      : say("archive.reader.seat", { seat: reader });
  return [
    say("archive.title", { title }),
    say("archive.about", { title, slug, seq, day: at.slice(0, 10), reader: named }),
    say("archive.contents"),
    ...(["manifest", "record", "report", "texts", "draft", "schema"] as const).map(
      (file) => `- ${say(`archive.files.${file}`)}`,
    ),
    say("archive.check"),
    say("archive.checkChain"),
    say("archive.checkHead", { seq, hash }),
    say("archive.checkCommand"),
    say("archive.proven"),
    say(whole ? "archive.whole" : "archive.partial"),
    say("archive.without"),
  ]
    .map((paragraph) => `${paragraph}\n`)
    .join("\n");
}

/** Nothing of it is hidden: what the server itself keeps. */
const isWhole = (events: readonly SeenEntry[]): events is readonly Entry[] =>
  events.every((entry) => !("sealed" in entry) && sections.every((section) => entry.salts[section] !== undefined));

// ---------- read back ----------

export interface ReadArchive {
  readonly manifest: ArchiveManifest;
  readonly events: readonly SeenEntry[];
  readonly record: Record;
  readonly draft: Text;
  /** The same entries where nothing of them is hidden; null where something is, and no negotiation can be opened. */
  readonly whole: readonly Entry[] | null;
}

/** Unpacked; a negotiation of five years has some 50 MB. */
const mostBytes = 512 * 1024 * 1024;
const mostFiles = 2_000;

/** By its first bytes. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/**
 * Everything that can be checked has been when this returns: each file, the chain, that the texts say what the record says.
 * @throws BadArchive
 */
export function readArchive(bytes: Uint8Array): ReadArchive {
  const files = unpacked(bytes);
  const file = (name: string): string => {
    const found = files.get(name);
    if (!found) throw new BadArchive(`${name} is missing in it`);
    return Buffer.from(found).toString("utf8");
  };
  const given = parsed(file("archive.json"), "archive.json");
  const known = archiveOfAnyFormat.safeParse(given);
  if (!known.success) throw new BadArchive("it is no archive of Rapporteur: archive.json says something else");
  if (known.data.v > archiveFormat) {
    throw new BadArchive(
      `it is of format ${known.data.v}, written by Rapporteur ${known.data.release}; this release reads format ${archiveFormat}: use that release, or a newer one`,
    );
  }
  const manifest = checked(archiveManifest, given, "archive.json");
  for (const [name, { bytes: length, sha256: sum }] of Object.entries(manifest.files)) {
    const found = files.get(name);
    if (!found) throw new BadArchive(`${name} is missing in it`);
    if (found.length !== length || sha256(found) !== sum) throw new BadArchive(`${name} is not what was written`);
  }
  for (const name of files.keys()) {
    if (name !== "archive.json" && !Object.hasOwn(manifest.files, name))
      throw new BadArchive(`${name} is not part of it`);
  }
  const events = file("record.jsonl")
    .split("\n")
    .filter((line) => line !== "")
    .map((line, index) => {
      const entry = parsed(line, `entry ${index + 1}`);
      checked(seenEntry, entry, `entry ${index + 1}`);
      // As it was written: its hash is of exactly this.
      return entry as SeenEntry;
    });
  const verdict = verifySeen(events, null);
  if (!verdict.ok) throw new BadArchive(`its record is not whole: entry ${verdict.seq}, ${verdict.why}`);
  if (verdict.last.seq !== manifest.seq || verdict.last.hash !== manifest.hash) {
    throw new BadArchive(`its record ends with entry ${verdict.last.seq}, and it says ${manifest.seq} or another hash`);
  }
  const record = folded(events);
  if (record.slug !== manifest.slug)
    throw new BadArchive(`its record is of ${record.slug}, and it says ${manifest.slug}`);
  for (const [name, text] of textsIn(record)) {
    if (file(name) !== text) throw new BadArchive(`${name} does not say what the record says`);
  }
  const draft = checked(archivedText, parsed(file("draft.json"), "draft.json"), "draft.json") as Text;
  return { manifest, events, record, draft, whole: isWhole(events) ? events : null };
}

function unpacked(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let [total, count] = [0, 0];
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += originalSize;
        count += 1;
        if (total > mostBytes || count > mostFiles) throw new BadArchive("it holds more than any archive does");
        if (!/^(?:[A-Za-z]+\.(?:txt|json|jsonl)|texts\/[a-z0-9-]+\.txt)$/.test(name)) {
          throw new BadArchive(`${JSON.stringify(name)} is not part of an archive`);
        }
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (trouble) {
    if (trouble instanceof BadArchive) throw trouble;
    throw new BadArchive(`it cannot be unpacked: ${(trouble as Error).message}`);
  }
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadArchive(`${what} is not JSON`);
  }
}

function checked<Value>(
  codec: { safeParse(value: unknown): { success: true; data: Value } | { success: false; error: { message: string } } },
  value: unknown,
  what: string,
): Value {
  const read = codec.safeParse(value);
  if (read.success) return read.data;
  throw new BadArchive(`${what} is not as format ${archiveFormat} has it`);
}

function folded(events: readonly SeenEntry[]): Record {
  try {
    return evolve(emptyRecord, events);
  } catch (trouble) {
    throw new BadArchive(`this release cannot follow its record: ${(trouble as Error).message}`);
  }
}

/** In words, for whoever asks what a file is. */
export function tellArchive({ manifest, events, whole }: ReadArchive): string {
  const sealed = events.filter((entry) => "sealed" in entry).length;
  const partly = events.filter(
    (entry) => !("sealed" in entry) && sections.some((section) => entry.salts[section] === undefined),
  ).length;
  const { slug, seq, hash, reader, files } = manifest;
  const texts = Object.keys(files).filter((name) => name.startsWith("texts/")).length;
  return [
    `The archive of ${slug} is whole, as ${reader} may see it: ${seq} entries, the last with hash ${hash}. Texts that say what the record says: ${texts}.`,
    whole
      ? "Nothing of the record is hidden: `unarchive` opens the negotiation from it."
      : `${sealed} entries are sealed and ${partly} have hidden parts: proven to be there, not what they say. No negotiation can be opened from it.`,
    "The report and the draft are proven by their checksums only, the record and the texts of its versions by its chain.",
  ].join("\n");
}
