/** Codecs of the bodies and queries of HTTP requests, other than commands. */
import * as z from "zod";
import type { ImportFormat } from "../domain/import-text.ts";
import type { DraftingAct, DraftingOpening } from "../domain/drafting.ts";
import type { PaperDraft } from "../domain/papers.ts";
import { writtenKinds } from "../domain/papers.ts";
import { changes } from "../domain/proposals.ts";
import type { OpenNegotiation } from "./api.ts";
import { trackedChoices } from "./intake.ts";
import { lodgePosition } from "./commands.ts";
import { statesNamed } from "./protocol.ts";
import { lineInput, textInput } from "./text-input.ts";
import {
  content,
  delegation,
  delegationCode,
  draftingId,
  disclosurePreset,
  method,
  paragraphId,
  part,
  roomId,
  silenceHours,
  slug,
  spelledSeat,
  wordingHash,
} from "./values.ts";

/** A long report is 200 kB. Characters that deceive are taken out by the import, which says so. */
const report = z.string().max(2_000_000);

const importFormat = z
  .enum(["markdown", "plain"])
  .describe("How to read the text; without it the text is looked at") satisfies z.ZodType<ImportFormat>;

const makesReferences = z
  .boolean()
  .describe("Makes references of the numbers of paragraphs that are typed in it; without it they stay words");

export const openNegotiation = z
  .strictObject({
    title: lineInput(300),
    slug,
    method,
    disclosure: disclosurePreset,
    silenceMinimumHours: silenceHours.exactOptional().describe("The shortest silence procedure; 72 when left out"),
    text: report.exactOptional().describe("Markdown or plain text: headings, numbered paragraphs, brackets"),
    format: importFormat.exactOptional(),
    references: makesReferences.exactOptional(),
    delegations: z.array(delegation).max(500),
  })
  .superRefine(({ delegations }, context) => {
    const codes = new Set<string>();
    for (const [index, { code }] of delegations.entries()) {
      if (codes.has(code)) {
        context.addIssue({ code: "custom", path: ["delegations", index, "code"], message: `${code} is named twice` });
      }
      codes.add(code);
    }
  }) satisfies z.ZodType<OpenNegotiation>;

export const invitationsBody = z.strictObject({
  seats: z.array(spelledSeat).min(1).max(500).describe("Every seat gets a one-time sign-in link of its own"),
});

export const importBody = z.strictObject({
  text: report,
  format: importFormat.exactOptional(),
  references: makesReferences.exactOptional(),
  append: z
    .boolean()
    .exactOptional()
    .describe("At the end of the text that there is; without it or `next` the text must be empty"),
  next: z
    .boolean()
    .exactOptional()
    .describe("In the place of the text that there is: paragraphs that are recognised stay who they are"),
});

export const intakeQuery = z.strictObject({
  name: z.string().max(300).exactOptional().describe("The name of the file"),
  changes: z
    .enum(trackedChoices)
    .exactOptional()
    .describe("What is done with tracked changes: `accept` or `refuse` all, or keep both sides in `brackets`"),
});

export const returnedQuery = z.strictObject({
  onBehalfOf: delegationCode
    .exactOptional()
    .describe("Whose file it is, where the chair's team brings it; a delegation brings its own"),
});

export const seenBody = z.strictObject({
  upTo: z.number().int().min(1).describe("The last entry that this person has seen in this seat"),
});

export const roomBody = z.strictObject({ room: roomId });
export const stateQuery = z.strictObject({
  from: z.coerce.number().int().min(0).default(0).describe("How many bytes of it are there already"),
});

export const openLineQuery = z.strictObject({
  seat: spelledSeat.exactOptional(),
  after: z.coerce.number().int().min(0).exactOptional().describe("The last entry of the record that is there already"),
  [statesNamed[0]]: z
    .literal(statesNamed[1])
    .exactOptional()
    .describe("A large state is told by its name (112), to be fetched apart"),
});
const flag = z.literal("").exactOptional();
export const lineQuery = openLineQuery.extend({
  received: z.coerce
    .number()
    .int()
    .min(0)
    .max(0xffff_ffff)
    .exactOptional()
    .describe("Number of the last frame that came"),
  now: flag.describe("Do not wait for something to tell"),
  leave: flag.describe("The line is over"),
});

export const eventsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});

const paperId = z.string().regex(/^[0-9A-Za-z]{22}$/, "must be 22 letters and digits, made at random");
const paperDraft = z.union([
  z.strictObject({ id: paperId, kind: z.enum(writtenKinds), paragraph: paragraphId, text: textInput(4_000).min(1) }),
  z.strictObject({ id: paperId, kind: z.literal("draft"), position: lodgePosition }),
]) satisfies z.ZodType<PaperDraft>;
export const paperBody = z.strictObject({ paper: paperDraft.describe("In place of the paper with the same id") });
export const paperNamed = z.strictObject({ id: paperId });

const codes = z.array(delegationCode).max(500);
export const openDraftingBody = z.strictObject({
  change: z.enum(changes),
  paragraph: paragraphId,
  wording: wordingHash.describe(
    "The circulated wording it is drafted on; with `replace` the draft begins as these words",
  ),
  to: part.exactOptional().describe("With `move`: the part it asks to move the paragraph to"),
  content: content.exactOptional().describe("What is written of it already, in place of those words"),
  reason: textInput(4_000).exactOptional(),
  invited: codes.describe("Delegations that are asked in"),
}) satisfies z.ZodType<DraftingOpening>;
const draftingAct = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("invite"), delegations: codes.min(1) }),
  z.strictObject({ kind: z.literal("take-out"), delegation: delegationCode }),
  z.strictObject({ kind: z.enum(["join", "decline", "leave", "carry-over", "close"]) }),
  z.strictObject({
    kind: z.literal("sponsor"),
    wording: wordingHash.nullable().describe("Of exactly the words that the room holds; null takes it back"),
  }),
]) satisfies z.ZodType<DraftingAct>;
export const draftingActBody = z.strictObject({ id: draftingId, act: draftingAct });
export const draftingNamed = z.strictObject({ id: draftingId });
