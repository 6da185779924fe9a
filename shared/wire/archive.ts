/**
 * What is in an archive: the codecs of its files. Its JSON Schema is made from these, and it is read back through them.
 * Format 1. What is added later is left out of older ones; what changes gets another number.
 */
import * as z from "zod";
import { composedReport, inline, invitations, seenEntry } from "./answers.ts";
import { paragraphId, part, slug, spelledSeat } from "./values.ts";

export const archiveFormat = 1;

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** `archive.json` */
export const archiveManifest = z
  .strictObject({
    format: z.literal("rapporteur-archive"),
    v: z.literal(archiveFormat),
    release: z.string().describe("The release of Rapporteur that wrote it"),
    slug,
    title: z.string(),
    reader: z
      .union([z.enum(["host", "public"]), spelledSeat])
      .describe("Who may see all that is in it: whoever keeps the server, everyone, or a seat"),
    seq: z.int().min(0).describe("The last entry of the record in it"),
    hash: hash.describe("Hash of that entry: the same in every archive of this record up to there"),
    at: z.iso.datetime({ precision: 3 }).describe("When that entry was made"),
    files: z
      .record(z.string(), z.strictObject({ bytes: z.int().min(0), sha256: hash }))
      .describe("Every other file in the archive"),
  })
  .describe("archive.json: what the archive is, and the checksum of each file in it");
export type ArchiveManifest = z.infer<typeof archiveManifest>;

/** Answer to `POST /api/v1/archives`: what was found in it, and how its chair comes in. */
export const unarchived = z.strictObject({
  slug,
  title: z.string(),
  seq: z.int().min(1).describe("Entries, which follow from each other"),
  hash: hash.describe("Of the last entry"),
  texts: z.int().min(0).describe("Texts in it that say what the record says"),
  people: z.int().min(0).describe("Who hold seats by its record; nobody is signed in"),
  invitations: invitations.shape.invitations.describe("One-time links to the chair's seat"),
});
export type Unarchived = z.infer<typeof unarchived>;

/** Enough of a manifest to tell one of a newer release. */
export const archiveOfAnyFormat = z.looseObject({
  format: z.literal("rapporteur-archive"),
  v: z.int(),
  release: z.string(),
});

/** `draft.json` */
export const archivedText = z
  .array(
    z.strictObject({
      id: paragraphId,
      kind: z.enum(["paragraph", "heading"]),
      level: z.int().min(0).max(2),
      part,
      content: z.array(inline),
    }),
  )
  .describe("draft.json: the text that its reader has, block by block");

/** The JSON Schema of the files in an archive, each under its name. */
export function archiveSchema(): object {
  const registry = z.registry<{ id: string }>();
  registry.add(archiveManifest, { id: "archive.json" });
  registry.add(seenEntry, { id: "record.jsonl" });
  registry.add(archivedText, { id: "draft.json" });
  registry.add(composedReport, { id: "report.json" });
  const { schemas } = z.toJSONSchema(registry, { io: "input", uri: (name) => `#/$defs/${name}` });
  const inPlace = ({ $schema: _schema, $id: _id, ...schema }: { $schema?: unknown; $id?: unknown }): object => schema;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "An archive of Rapporteur, format 1",
    description: "One schema for each file; record.jsonl has one entry a line.",
    $defs: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, inPlace(schema)])),
  };
}
