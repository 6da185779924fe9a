/**
 * A negotiation as tables for research: the codecs of their rows. The data dictionary is made from these, so it cannot say anything else.
 * Times are ISO 8601 in UTC; what the reader may not know is null.
 */
import * as z from "zod";
import { fates, changes } from "../domain/proposals.ts";
import { grounds, levels, remedyKinds } from "../domain/positions.ts";
import { delegationCode, groupId, paragraphId, part, positionId, proposalId, wordingHash } from "./values.ts";

const seq = z.int().min(0);
const at = z.iso.datetime({ precision: 3 });
const pseudonym = z.string().describe("The same for one delegation on one paragraph, and different on every other");
const by = delegationCode.nullable().describe("Whose it is");
const group = groupId.nullable().describe("The group on whose behalf it was stated");

export const researchTables = {
  paragraphs: z
    .strictObject({
      version: z.string().describe("Name of the version, or `today` for what was circulated after the last one"),
      seq: seq.describe("The entry of the record with which this text was read by everyone"),
      at: at.describe("When that was"),
      place: z.int().min(1).describe("Its place in the text, from 1"),
      paragraph: paragraphId.describe("The paragraph; stays through all versions"),
      kind: z.enum(["paragraph", "heading"]),
      number: z.string().describe("Its number in this text; empty for headings"),
      level: z.int().describe("0, 1 or 2: paragraph, (a), (i)"),
      part: part,
      status: z
        .enum(["agreed", "open", "contested", "reopened"])
        .nullable()
        .describe("How it stood then; null for headings and in the chair's summary"),
      wording: wordingHash.describe("Its words: a row of `wordings`"),
    })
    .describe("Each paragraph of each version"),
  wordings: z
    .strictObject({
      wording: wordingHash.describe("SHA-256 of the canonical form of the words"),
      paragraph: paragraphId.describe("The paragraph that had it in circulation first"),
      seq: seq.describe("The entry that brought it into circulation"),
      at: at.describe("When that was"),
      length: z.int().min(0).describe("Words, cut at white space"),
      text: z.string().describe("The words; a footnote or a reference is one U+FFFC"),
    })
    .describe("All words that were ever in circulation"),
  positions: z
    .strictObject({
      position: positionId,
      seq: seq.describe("The entry with which it was stated"),
      at,
      paragraph: paragraphId.describe("The paragraph it was stated on"),
      wording: wordingHash.describe("The words it was stated on, or last reaffirmed on"),
      level: z.enum(levels),
      placement: part
        .nullable()
        .describe("The part it is against the paragraph standing in, where it is not about words"),
      delegation: by,
      group,
      holder: pseudonym,
      ofState: z.boolean().describe("Whether its author is a State, whose objection blocks"),
      confirmed: z.boolean().describe("False: heard from the floor and not confirmed"),
      standing: z
        .enum(["standing", "withdrawn", "met", "replaced", "lapsed"])
        .describe("Whether it stands at the end of the record, or how it ended"),
      on: z.array(paragraphId).describe("The paragraphs that hold its words at the end of the record"),
      quote: z.string().nullable().describe("The words concerned"),
      ground: z.enum(grounds).nullable(),
      reason: z.string().nullable(),
      remedy: z.enum(remedyKinds).nullable().describe("What would lift it"),
      remedyText: z.string().nullable(),
    })
    .describe("Each position that was stated"),
  proposals: z
    .strictObject({
      proposal: proposalId,
      seq: seq.describe("The entry with which it was tabled"),
      at,
      paragraph: paragraphId.describe("The paragraph it is about"),
      wording: wordingHash.describe("The words it was made on"),
      change: z.enum(changes).describe("What it asks for"),
      to: part.nullable().describe("With `move`: the part it asks for"),
      text: z.string().nullable().describe("The words it asks for"),
      delegation: by,
      group,
      holder: pseudonym,
      cosponsors: z.int().min(0).describe("Delegations that joined it"),
      supersedes: proposalId.nullable().describe("The one of the same author that it takes the place of"),
      reason: z.string().nullable(),
      fate: z.enum(fates).nullable().describe("What became of it; null while it waits"),
      fateSeq: seq.nullable().describe("The entry that says so"),
      fateAt: at.nullable(),
      fateReason: z.string().nullable(),
      into: proposalId.nullable().describe("The proposal it was merged into, or that took its place"),
    })
    .describe("Each proposal, and its fate"),
  events: z
    .strictObject({
      seq,
      at: at.nullable(),
      kind: z.string().nullable().describe("Kind of the entry; null where all of it is sealed"),
      delegation: delegationCode.nullable().describe("The delegation that acted, or for which the chair's team did"),
      paragraph: paragraphId.nullable(),
      position: positionId.nullable(),
      proposal: proposalId.nullable(),
      fate: z.enum(fates).nullable().describe("With `proposal-disposed`"),
    })
    .describe("Every entry of the record in its order: what became of each paragraph, position and proposal, and when"),
} as const;

export type TableName = keyof typeof researchTables;
export type ResearchTables = { readonly [T in TableName]: readonly z.input<(typeof researchTables)[T]>[] };

export interface Column {
  readonly table: TableName;
  readonly column: string;
  readonly type: string;
  readonly means: string;
}

/** Each column of each table, in order. */
export function dataDictionary(): readonly Column[] {
  return (Object.keys(researchTables) as TableName[]).flatMap((table) =>
    Object.entries(researchTables[table].shape).map(([column, codec]) => {
      const schema: Schema = z.toJSONSchema(codec as z.ZodType, { io: "input" });
      return { table, column, type: typeOf(schema), means: schema.description ?? "" };
    }),
  );
}

type Schema = z.core.JSONSchema.BaseSchema;

/** "string", "integer or null", "agreed | open | contested". */
function typeOf({ anyOf, enum: values, type, items, format }: Schema): string {
  if (anyOf) return anyOf.map((one) => typeOf(one)).join(" or ");
  if (values) return values.join(" | ");
  if (type === "array") return `list of ${typeOf(items as Schema)}`;
  return format ?? String(type);
}

/** The same as JSON Schema, a table under each name. */
export const researchSchema = (): object => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "A negotiation as tables, format 1",
  $defs: Object.fromEntries(
    Object.entries(researchTables).map(([table, codec]) => {
      const { $schema: _, ...schema } = z.toJSONSchema(codec, { io: "input" });
      return [table, schema];
    }),
  ),
});
