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
import type { Holding, Record } from "../../shared/domain/record.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import type { ComposedReport } from "../../shared/domain/report.ts";
import { composeReport } from "../../shared/domain/report.ts";
import { thePublic } from "../../shared/domain/roster.ts";
import type { Text } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import type { Voice } from "../../shared/messages/say.ts";
import { voiceIn } from "../../shared/messages/say.ts";
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

const because = voiceIn("en").say;

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
 * @param most bytes, unpacked
 * @throws BadArchive
 */
export function readArchive(bytes: Uint8Array, most = mostBytes): ReadArchive {
  const files = unpacked(bytes, most);
  const file = (name: string): string => {
    const found = files.get(name);
    if (!found) throw new BadArchive(because("archive.bad.missing", { file: name }));
    return Buffer.from(found).toString("utf8");
  };
  const given = parsed(file("archive.json"), "archive.json");
  const known = archiveOfAnyFormat.safeParse(given);
  if (!known.success) throw new BadArchive(because("archive.bad.another"));
  if (known.data.v > archiveFormat) {
    const { v: format, release } = known.data;
    throw new BadArchive(because("archive.bad.newer", { format, release, known: archiveFormat }));
  }
  const manifest = checked(archiveManifest, given, "archive.json");
  for (const [name, { bytes: length, sha256: sum }] of Object.entries(manifest.files)) {
    const found = files.get(name);
    if (!found) throw new BadArchive(because("archive.bad.missing", { file: name }));
    if (found.length !== length || sha256(found) !== sum)
      throw new BadArchive(because("archive.bad.altered", { file: name }));
  }
  for (const name of files.keys()) {
    if (name !== "archive.json" && !Object.hasOwn(manifest.files, name))
      throw new BadArchive(because("archive.bad.foreign", { file: name }));
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
  if (!verdict.ok) throw new BadArchive(because("archive.bad.broken", { seq: verdict.seq, why: verdict.why }));
  if (verdict.last.seq !== manifest.seq || verdict.last.hash !== manifest.hash) {
    throw new BadArchive(because("archive.bad.end", { seq: verdict.last.seq, said: manifest.seq }));
  }
  const record = folded(events);
  if (record.slug !== manifest.slug)
    throw new BadArchive(because("archive.bad.slug", { slug: record.slug, said: manifest.slug }));
  for (const [name, text] of textsIn(record)) {
    if (file(name) !== text) throw new BadArchive(because("archive.bad.text", { file: name }));
  }
  const draft = checked(archivedText, parsed(file("draft.json"), "draft.json"), "draft.json") as Text;
  return { manifest, events, record, draft, whole: isWhole(events) ? events : null };
}

function unpacked(bytes: Uint8Array, most: number): ReadonlyMap<string, Uint8Array> {
  let [total, count] = [0, 0];
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += originalSize;
        count += 1;
        if (total > most || count > mostFiles) throw new BadArchive(because("archive.bad.large"));
        if (!/^(?:[A-Za-z]+\.(?:txt|json|jsonl)|texts\/[a-z0-9-]+\.txt)$/.test(name)) {
          throw new BadArchive(because("archive.bad.stranger", { file: JSON.stringify(name) }));
        }
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (trouble) {
    if (trouble instanceof BadArchive) throw trouble;
    throw new BadArchive(because("archive.bad.packed", { why: (trouble as Error).message }));
  }
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadArchive(because("archive.bad.json", { what }));
  }
}

function checked<Value>(
  codec: { safeParse(value: unknown): { success: true; data: Value } | { success: false; error: { message: string } } },
  value: unknown,
  what: string,
): Value {
  const read = codec.safeParse(value);
  if (read.success) return read.data;
  throw new BadArchive(because("archive.bad.form", { what, format: archiveFormat }));
}

function folded(events: readonly SeenEntry[]): Record {
  try {
    return evolve(emptyRecord, events);
  } catch (trouble) {
    throw new BadArchive(because("archive.bad.unfollowed", { why: (trouble as Error).message }));
  }
}

/** What a negotiation is opened from; plain data, so that a thread can hand it over. */
export interface OpenableArchive {
  readonly manifest: ArchiveManifest;
  readonly entries: readonly Entry[];
  readonly draft: Text;
  readonly holdings: readonly Holding[];
}

/** @throws BadArchive where something is hidden in it, or no report can be made of it */
export function openable({ manifest, record, draft, whole }: ReadArchive): OpenableArchive {
  if (!whole) throw new BadArchive(because("archive.bad.hidden", { reader: manifest.reader }));
  try {
    // Whoever makes a record up can chain it rightly. What would break each page of it is better found before it is here.
    for (const viewer of [{ kind: "team" }, thePublic] as const) composeReport(record, draft, viewer);
  } catch (trouble) {
    throw new BadArchive(because("archive.bad.unfollowed", { why: (trouble as Error).message }));
  }
  return { manifest, entries: whole, draft, holdings: record.holdings };
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
