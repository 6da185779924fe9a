/**
 * Sends what is recorded to the programs that the chair named. The record is the outbox: a webhook only remembers how far it came, so
 * nothing can be lost between the two, and what waits survives a restart (SPEC: HOK).
 */
import type { RecordFrame, SeenEntry } from "../../shared/domain/entries.ts";
import { thePublic } from "../../shared/domain/roster.ts";
import type { EpochMs } from "../../shared/domain/values.ts";
import { epochMs, mintId } from "../../shared/domain/values.ts";
import { isoOf } from "../../shared/messages/times.ts";
import type { AddressRefusal, Delivery, SeenWebhook } from "../../shared/wire/webhooks.ts";
import type { House } from "../negotiation/house.ts";
import type { LiveNegotiation } from "../negotiation/live-negotiation.ts";
import type { Ports } from "../negotiation/ports.ts";
import type { Outside, Post } from "./post.ts";
import { secretOf, signed } from "./sign.ts";
import type { Webhook } from "./webhook.ts";
import { failed, isReceived, noted, received, resumed } from "./webhook.ts";

/** An address of the web without a password, which would be told to whoever reads it, or a fragment, which goes nowhere. */
const isWebAddress = (url: string): boolean =>
  /^https?:\/\/[^\s/@#\\]+(?:\/[^\s#\\]*)?$/.test(url) && URL.canParse(url);

/** In one message; when somebody comes back after long, several follow each other. */
const mostEntries = 100;

type Told = Pick<RecordFrame, "after" | "upTo" | "events">;

/** Like every frame it ends with one that is visible. */
function firstOf(events: readonly SeenEntry[]): readonly SeenEntry[] {
  let end = Math.min(events.length, mostEntries);
  while (end < events.length && "sealed" in events[end - 1]!) end++;
  return events.slice(0, end);
}

interface Place extends Ports {
  readonly house: House;
  readonly site: { readonly base: string };
}

export class Webhooks {
  readonly #place: Place;
  readonly #outside: Outside;
  readonly #lines = new Map<LiveNegotiation, Map<string, Line>>();

  private constructor(place: Place, outside: Outside) {
    this.#place = place;
    this.#outside = outside;
  }

  /** Goes on with what waited. @throws what the store throws */
  static async open(place: Place, outside: Outside): Promise<Webhooks> {
    const webhooks = new Webhooks(place, outside);
    for (const negotiation of place.house.all()) {
      for (const { webhook } of await place.store.webhooks(negotiation.row.id)) {
        webhooks.#begin(negotiation, JSON.parse(webhook) as Webhook);
      }
    }
    return webhooks;
  }

  of(negotiation: LiveNegotiation): readonly SeenWebhook[] {
    return [...(this.#lines.get(negotiation)?.values() ?? [])].map((line) => line.seen());
  }

  /** Why an address is not taken; null where it is. */
  async refuses(url: string): Promise<AddressRefusal | null> {
    return isWebAddress(url) ? this.#outside.refuses(url) : "spelling";
  }

  /** From the next entry on. @returns its secret, told this once */
  async add(negotiation: LiveNegotiation, url: string): Promise<string> {
    const { clock, random } = this.#place;
    const now = clock.now();
    const webhook: Webhook = {
      id: mintId(random),
      url,
      secret: secretOf(random(32)),
      createdAt: now,
      after: negotiation.frame(thePublic, 0).upTo,
      upTo: null,
      failures: 0,
      failingSince: null,
      nextAt: now,
      stoppedAt: null,
      deliveries: [],
    };
    await this.#begin(negotiation, webhook).save();
    return webhook.secret;
  }

  /** False where there is none of this id. */
  async remove(negotiation: LiveNegotiation, id: string): Promise<boolean> {
    const line = this.#lines.get(negotiation)?.get(id);
    if (!line) return false;
    line.stop();
    this.#lines.get(negotiation)?.delete(id);
    await this.#place.store.commit([{ kind: "webhook-gone", row: { negotiation: negotiation.row.id, id } }]);
    return true;
  }

  line(negotiation: LiveNegotiation, id: string): Pick<Line, "test" | "resume"> | null {
    return this.#lines.get(negotiation)?.get(id) ?? null;
  }

  stop(): void {
    for (const lines of this.#lines.values()) for (const line of lines.values()) line.stop();
  }

  #begin(negotiation: LiveNegotiation, webhook: Webhook): Line {
    const lines = this.#lines.get(negotiation) ?? new Map<string, Line>();
    this.#lines.set(negotiation, lines);
    const line = new Line(this.#place, this.#outside.post, negotiation, webhook);
    lines.set(webhook.id, line);
    return line;
  }
}

/** The way to one address: one message at a time, in the order of the record. */
class Line {
  readonly #place: Place;
  readonly #post: Post;
  readonly #negotiation: LiveNegotiation;
  readonly #unfollow: () => void;
  #webhook: Webhook;
  #sending = false;
  #stopped = false;
  #cancel: (() => void) | null = null;

  constructor(place: Place, post: Post, negotiation: LiveNegotiation, webhook: Webhook) {
    this.#place = place;
    this.#post = post;
    this.#negotiation = negotiation;
    this.#webhook = webhook;
    this.#unfollow = negotiation.follow(() => this.#look());
    this.#look();
  }

  stop(): void {
    this.#stopped = true;
    this.#unfollow();
    this.#cancel?.();
  }

  seen(): SeenWebhook {
    const { id, url, createdAt, after, failingSince, nextAt, stoppedAt, deliveries } = this.#webhook;
    const iso = (at: EpochMs | null): string | null => at && isoOf(at);
    return {
      id,
      url,
      createdAt: isoOf(createdAt),
      after,
      failingSince: iso(failingSince),
      nextAt: iso(failingSince !== null && stoppedAt === null ? nextAt : null),
      stoppedAt: iso(stoppedAt),
      deliveries: [...deliveries],
    };
  }

  save(): Promise<void> {
    const { id } = this.#webhook;
    const row = { negotiation: this.#negotiation.row.id, id, webhook: JSON.stringify(this.#webhook) };
    return this.#place.store.commit([{ kind: "webhook", row }]);
  }

  /** Sends a message that says nothing, now; it changes nothing of what waits. */
  async test(): Promise<Delivery> {
    const { clock, random } = this.#place;
    const delivery = await this.#send(`test_${mintId(random)}`, null, clock.now());
    this.#webhook = noted(this.#webhook, delivery);
    await this.save();
    return delivery;
  }

  async resume(): Promise<void> {
    this.#webhook = resumed(this.#webhook, this.#place.clock.now());
    await this.save();
    this.#look();
  }

  /** Sends what there is to send, or waits until it may. */
  #look(): void {
    const { clock, log } = this.#place;
    this.#cancel?.();
    this.#cancel = null;
    const { stoppedAt, nextAt } = this.#webhook;
    if (this.#sending || this.#stopped || stoppedAt !== null) return;
    const wait = nextAt - clock.now();
    if (wait > 0) {
      this.#cancel = clock.after(wait, () => this.#look());
      return;
    }
    this.#sending = true;
    void this.#deliver()
      // What the disk refused is sent again: as it was, for nothing was noted.
      .catch((trouble: unknown) => {
        log.error({ err: trouble, negotiation: this.#negotiation.row.slug }, "a webhook's state was not kept");
        this.#webhook = { ...this.#webhook, nextAt: epochMs(clock.now() + 5_000) };
        return true;
      })
      .then((goesOn) => {
        this.#sending = false;
        if (goesOn) this.#look();
      });
  }

  /** False where nothing waits. */
  async #deliver(): Promise<boolean> {
    const { clock, chance } = this.#place;
    const { after, upTo: fixed } = this.#webhook;
    const all = this.#negotiation.frame(thePublic, after).events;
    const events = fixed === null ? firstOf(all) : all.filter(({ seq }) => seq <= fixed);
    const last = events.findLast((entry) => !("sealed" in entry));
    if (!last || "sealed" in last) return false;
    const upTo = fixed ?? last.seq;
    if (fixed === null) {
      this.#webhook = { ...this.#webhook, upTo };
      await this.save();
    }
    const { id } = this.#webhook;
    const delivery = await this.#send(`msg_${id}_${upTo}`, { after, upTo, events }, last.at);
    if (this.#stopped) return false;
    const now = clock.now();
    this.#webhook = isReceived(delivery)
      ? received(this.#webhook, delivery, now)
      : failed(this.#webhook, delivery, now, chance());
    await this.save();
    return true;
  }

  async #send(message: string, record: Told | null, of: EpochMs): Promise<Delivery> {
    const { clock, site } = this.#place;
    const { url, secret } = this.#webhook;
    const { slug } = this.#negotiation.row;
    const type = record ? "record.entries" : "test";
    const data = { negotiation: slug, url: `${site.base}/n/${slug}`, record };
    const body = JSON.stringify({ type, timestamp: isoOf(of), data });
    const at = clock.now();
    const outcome = await this.#post(url, signed(secret, message, at, body), body);
    return {
      message,
      type,
      upTo: record?.upTo ?? null,
      at: isoOf(at),
      ms: Math.max(0, clock.now() - at),
      status: "status" in outcome ? outcome.status : null,
      trouble: "trouble" in outcome ? outcome.trouble : null,
    };
  }
}
