/** A file that a delegation sends back, read and accounted for and not recorded: what its desk shows before anything is tabled (SPEC: RET). */
import * as z from "zod";
import { noticeCodes } from "../domain/file-notices.ts";
import type { Returned } from "../domain/returned.ts";
import { outcomes, untabledWhys } from "../domain/returned.ts";
import { content, moment, paragraphId, part, span, wordingHash } from "./values.ts";

const count = z.int().min(0);
const at = moment.nullable().describe("Null where the file does not say");

const proposal = z.strictObject({
  change: z.enum(["replace", "insert-after", "delete", "move"]),
  paragraph: paragraphId,
  wording: wordingHash.describe("The words that the file was printed with"),
  base: content,
  content: content.nullable(),
  to: part.nullable(),
  how: z
    .enum(["plain", "split", "merged"])
    .describe("A paragraph cut in two or joined with another asks for two changes"),
  by: z.array(z.string()).describe("Who did it, as far as it was tracked"),
  isSure: z.boolean().describe("False where it may be an accident: a paragraph that is merely missing"),
});

const comment = z.strictObject({
  by: z.string(),
  at,
  text: z.string(),
  paragraph: paragraphId.nullable(),
  wording: wordingHash.nullable(),
  span: span.nullable(),
  answers: z.string().nullable().describe("Whose comment it answers"),
});

const untabled = z.strictObject({
  why: z.enum(untabledWhys),
  paragraph: paragraphId.nullable(),
  text: z.string(),
});

const sums = z.record(z.enum(outcomes), count);

export const returnedFile = z.strictObject({
  origin: z.strictObject({ slug: z.string(), seq: count, mode: z.string() }).nullable(),
  proposals: z.array(proposal),
  comments: z.array(comment),
  untabled: z.array(untabled),
  accounted: z
    .strictObject({
      paragraphs: sums,
      tracked: sums,
      comments: z.strictObject({ returned: count, ours: count }),
    })
    .describe("Every paragraph of the file, every change tracked in it and every comment, by what becomes of it"),
  notices: z.partialRecord(z.enum(noticeCodes), count).describe("What was met in the file and not understood, by kind"),
}) satisfies z.ZodType<Returned>;
