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
const whenStated = at.describe("When that was");
const reason = z.string().nullable().describe("In the words of its author");
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
      kind: z
        .enum(["paragraph", "heading"])
        .describe("What it is; a heading stands above paragraphs and is neither agreed nor contested"),
      number: z.string().describe("Its number in this text; empty for headings"),
      level: z.int().describe("0, 1 or 2: paragraph, (a), (i)"),
      part: part.describe("The part of the report it stood in"),
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
      position: positionId.describe("The position; one delegation's on one paragraph"),
      seq: seq.describe("The entry with which it was stated"),
      at: whenStated,
      paragraph: paragraphId.describe("The paragraph it was stated on"),
      wording: wordingHash.describe("The words it was stated on, or last reaffirmed on"),
      level: z
        .enum(levels)
        .describe('What it says of the words, `accept` being "no objection"; only an objection blocks consensus'),
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
      ground: z.enum(grounds).nullable().describe("What it is about, as its author chose"),
      reason,
      remedy: z.enum(remedyKinds).nullable().describe("What would lift it"),
      remedyText: z
        .string()
        .nullable()
        .describe("What would lift it, in the words of its author; with `replace` and `add` the words asked for"),
    })
    .describe("Each position that was stated"),
  proposals: z
    .strictObject({
      proposal: proposalId.describe("The proposal"),
      seq: seq.describe("The entry with which it was tabled"),
      at: whenStated,
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
      reason,
      fate: z.enum(fates).nullable().describe("What became of it; null while it waits"),
      fateSeq: seq.nullable().describe("The entry that says so"),
      fateAt: at.nullable().describe("When that was"),
      fateReason: z.string().nullable().describe("The reason that was given for it"),
      into: proposalId.nullable().describe("The proposal it was merged into, or that took its place"),
    })
    .describe("Each proposal, and its fate"),
  events: z
    .strictObject({
      seq: seq.describe("Its number in the record, from 1 without holes"),
      at: at.nullable().describe("When it was recorded; null where the entry is sealed"),
      kind: z.string().nullable().describe("Kind of the entry; null where all of it is sealed"),
      delegation: delegationCode.nullable().describe("The delegation that acted, or for which the chair's team did"),
      paragraph: paragraphId.nullable().describe("The paragraph it is about, if one"),
      position: positionId.nullable().describe("The position it is about, a row of `positions`"),
      proposal: proposalId.nullable().describe("The proposal it is about, a row of `proposals`"),
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
      return { table, column, type: typeOf(schema), means: schema.description! };
    }),
  );
}

type Schema = z.core.JSONSchema.BaseSchema;

/** "string", "integer or null", "agreed | open | contested". */
function typeOf({ anyOf, enum: values, type, items, format }: Schema): string {
  if (Array.isArray(type)) return type.join(" or ");
  if (anyOf) return anyOf.map((one) => typeOf(one)).join(" or ");
  if (values) return values.join(" | ");
  if (type === "array") return `list of ${typeOf(items as Schema)}`;
  return format ?? String(type);
}

/** What a stranger has to know before opening the tables, as plain words. */
export const researchReadme = (): string =>
  `A negotiation as tables, each as CSV and as JSON Lines (one row a line).

${Object.entries(researchTables)
  .map(([table, codec]) => `${table}: ${codec.description}.`)
  .join("\n")}

What each column means is in dictionary.csv, and as JSON Schema in schema.json. "paragraph", "wording", "position" and "proposal" are the same
in all tables; "seq" is the number of the entry in the record that brought a row about, a row of events.

What the reader of this export may not know is empty, and null in the JSON Lines. Files are UTF-8; times are in UTC. In the CSV files a list is its members with
spaces between them, and a cell that a spreadsheet would compute has an apostrophe before it: the JSON Lines have it as it was written.
`;

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
