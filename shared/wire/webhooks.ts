/** Codecs of webhooks: what the chair sets and sees of them, and the messages that are sent. */
import * as z from "zod";
import { events } from "./answers.ts";
import { slug } from "./values.ts";

const instant = z.iso.datetime({ precision: 3 });
const count = z.int().min(0);
const webhookId = z.string().regex(/^[0-9A-Za-z]{22}$/, "must be the id of a webhook");

const troubles = ["address", "unresolved", "plain", "unreachable", "certificate", "late"] as const;
/** Why no answer came: an address that is refused, a name that is unknown, http where https is needed, and so on. */
export type Trouble = (typeof troubles)[number];

/** Why an address is not taken in the first place. */
export type AddressRefusal = "spelling" | Extract<Trouble, "address" | "plain">;

const delivery = z.strictObject({
  message: z.string().describe("Its `webhook-id`: the same each time it is sent"),
  type: z.enum(["record.entries", "test"]),
  upTo: count.nullable().describe("The last entry in it"),
  at: instant,
  ms: count.describe("How long the answer took"),
  status: z.int().nullable().describe("The HTTP status of the answer; null where none came"),
  trouble: z.enum(troubles).nullable(),
});
export type Delivery = z.infer<typeof delivery>;

const webhook = z.strictObject({
  id: webhookId,
  url: z.string(),
  createdAt: instant,
  after: count.describe("The last entry that was received"),
  failingSince: instant.nullable(),
  nextAt: instant.nullable().describe("When it is tried again; null while nothing waits"),
  stoppedAt: instant.nullable().describe("It failed for three days: nothing is sent until it is resumed"),
  deliveries: z.array(delivery).describe("The last twenty, the newest first"),
});
export type SeenWebhook = z.infer<typeof webhook>;

export const webhooks = z.strictObject({ webhooks: z.array(webhook) });
export type Webhooks = z.infer<typeof webhooks>;
export const webhookMade = webhooks.extend({
  secret: z.string().describe("Told this once: messages are signed with it (Standard Webhooks)"),
});

export const webhookBody = z.strictObject({
  url: z
    .string()
    .max(500)
    .describe("Where messages are sent, by POST: a public https address without a password or a fragment"),
});
export const webhookNamed = z.strictObject({ id: webhookId });

/** The body of a message. */
export const webhookMessage = z.strictObject({
  type: z.enum(["record.entries", "test"]),
  timestamp: instant.describe("Of the last entry in it"),
  data: z.strictObject({
    negotiation: slug,
    url: z.url().describe("The public page"),
    record: events.nullable().describe("What `GET …/events` answers everyone; null in a test"),
  }),
});
