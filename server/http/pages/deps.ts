/** What the pages need from the rest of the server. */
import type { Request } from "express";
import type { Actor } from "../../../shared/domain/roster.ts";
import type { LiveNegotiation } from "../../negotiation/live-negotiation.ts";

/** As much of a negotiation as pages read, and the one door through which a form acts. */
export type Talks = Pick<
  LiveNegotiation,
  "record" | "entries" | "report" | "textFor" | "frame" | "submit" | "opened" | "deliveries"
> & {
  readonly row: Pick<LiveNegotiation["row"], "slug">;
  readonly drafting: Pick<LiveNegotiation["drafting"], "seenBy">;
};

/** One seat that this browser's session holds. */
export interface Held {
  readonly slug: string;
  readonly actor: Actor;
}

/** Whoever asks: the seats of their session, none when not signed in. */
export interface Visitor {
  readonly seats: readonly Held[];
  /** Whether they may open a negotiation. */
  readonly mayOpen: boolean;
}

/** What a sign-in link is good for now; only `good` says for whom. */
export type LinkState =
  | { readonly state: "good"; readonly title: string | null; readonly seat: string }
  | { readonly state: "used" | "expired" | "unknown" };

export interface PageDeps {
  readonly house: { all(): readonly Talks[]; bySlug(slug: string): Talks | null };
  readonly identify: (req: Request) => Promise<Visitor>;
  /** Whether a form may act: it comes from exactly this site. */
  readonly fromHere: (req: Request) => boolean;
  /** Whether this person states things no faster than people do. */
  readonly mayState: (actor: Actor) => boolean;
  readonly linkState: (token: string) => Promise<LinkState>;
  /** The address people open, without a slash at its end. */
  readonly base: string;
  /** A fresh random key, for forms. */
  readonly mint: () => string;
  readonly demo: boolean;
}
