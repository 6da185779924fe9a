/** Signatures as Standard Webhooks has them, so that whoever receives a message can check it with what there is. */
import { createHmac } from "node:crypto";
import type { EpochMs } from "../../shared/domain/values.ts";

const prefix = "whsec_";

export const secretOf = (bytes: Uint8Array): string => prefix + Buffer.from(bytes).toString("base64");

/** The headers of one attempt. @param at of the attempt: what was caught cannot be sent again later */
export function signed(secret: string, id: string, at: EpochMs, body: string): { readonly [name: string]: string } {
  const timestamp = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.slice(prefix.length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    "content-type": "application/json",
    "user-agent": "Rapporteur",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}
