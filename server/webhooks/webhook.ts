/** One webhook: where entries go, how far they went, and when to try again. Pure: what is sent is `deliveries.ts`, how is `post.ts` (SPEC: HOK). */
import type { EpochMs } from "../../shared/domain/values.ts";
import { epochMs } from "../../shared/domain/values.ts";
import type { Delivery, Trouble } from "../../shared/wire/webhooks.ts";

export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** As Standard Webhooks spells it: `whsec_` and base64. */
  readonly secret: string;
  readonly createdAt: EpochMs;
  /** The last entry that was received. */
  readonly after: number;
  /** The last entry of the message that is being sent: fixed until it is received. */
  readonly upTo: number | null;
  readonly failures: number;
  readonly failingSince: EpochMs | null;
  readonly nextAt: EpochMs;
  readonly stoppedAt: EpochMs | null;
  /** Newest first. */
  readonly deliveries: readonly Delivery[];
}

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
/** As Standard Webhooks proposes; the last one again and again. */
const waits = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour];
const longestFailure = 72 * hour;
const mostDeliveries = 20;

export function received(webhook: Webhook, delivery: Delivery, now: EpochMs): Webhook {
  const { upTo, after } = webhook;
  const settled = { ...webhook, after: upTo ?? after, upTo: null, failures: 0, failingSince: null, nextAt: now };
  return noted(settled, delivery);
}

/** @param chance in [0, 1): many webhooks that failed together do not come back together */
export function failed(webhook: Webhook, delivery: Delivery, now: EpochMs, chance: number): Webhook {
  const failingSince = webhook.failingSince ?? now;
  const wait = waits[Math.min(webhook.failures, waits.length - 1)]!;
  // Who answers 410 says that nobody is there any more.
  const isOver = delivery.status === 410 || now - failingSince >= longestFailure;
  return noted(
    {
      ...webhook,
      failures: webhook.failures + 1,
      failingSince,
      nextAt: epochMs(now + Math.round(wait * (1 + chance / 10))),
      stoppedAt: isOver ? now : null,
    },
    delivery,
  );
}

export const resumed = (webhook: Webhook, now: EpochMs): Webhook => ({
  ...webhook,
  failures: 0,
  failingSince: null,
  nextAt: now,
  stoppedAt: null,
});

export const noted = (webhook: Webhook, delivery: Delivery): Webhook => ({
  ...webhook,
  deliveries: [delivery, ...webhook.deliveries].slice(0, mostDeliveries),
});

/** What came of sending a message. */
export type Outcome = { readonly status: number } | { readonly trouble: Trouble };

export const isReceived = ({ status }: Pick<Delivery, "status">): boolean =>
  status !== null && status >= 200 && status < 300;
