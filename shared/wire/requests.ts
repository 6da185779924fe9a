/** Codecs of the bodies and queries of HTTP requests, other than commands. */
import * as z from "zod";
import type { OpenNegotiation } from "./api.ts";
import { textInput, lineInput } from "./text-input.ts";
import { delegation, disclosurePreset, method, roomId, slug, spelledSeat } from "./values.ts";

/** A long report is 200 kB. */
const report = textInput(2_000_000);

export const openNegotiation = z
  .strictObject({
    title: lineInput(300),
    slug,
    method,
    disclosure: disclosurePreset,
    text: report.exactOptional().describe("Markdown or plain text: headings, numbered paragraphs, brackets"),
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
  append: z.boolean().exactOptional().describe("Without it an import into a text that is not empty is refused"),
});

export const roomBody = z.strictObject({ room: roomId });

export const eventsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});
