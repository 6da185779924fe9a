/** What every act is made of: the negotiation it is decided on, who acts and when, and the entries that come of it. */
import type { Command, CommandKind } from "../commands.ts";
import type { Stamp, StampPerson, What, Why } from "../entries.ts";
import type { Record } from "../record.ts";
import type { Refusal } from "../refusals.ts";
import { refuse } from "../refusals.ts";
import type { Actor } from "../roster.ts";
import { delegationOf, isTeam } from "../roster.ts";
import type { Text, TextEdit } from "../text.ts";
import type { DelegationCode, EpochMs, Result } from "../values.ts";
import { accept } from "../values.ts";

/** An entry before it has its number, its salts and its place in the chain. */
export interface Draft {
  readonly at: EpochMs;
  readonly who: Stamp;
  readonly person: StampPerson;
  readonly what: What;
  readonly why: Why;
}

export interface Decision {
  readonly drafts: readonly Draft[];
  /** Which of the drafts is the act that was asked for, whose receipt is given; the first when left out. */
  readonly own?: number;
  /** The id of what was made, if something was. */
  readonly id?: string;
  /** What the server has to change in the live text, in the same transaction. */
  readonly edits?: readonly TextEdit[];
}

/** A negotiation as it is at one moment: its record, and the text the chair's team is writing. */
export interface Negotiation {
  readonly record: Record;
  readonly text: Text;
}

export type Answer = Result<Decision, Refusal>;

export type CommandOf<K extends CommandKind> = Extract<Command, { readonly kind: K }>;

/** Whose act it is: the seat's own delegation's, or what the chair's team heard from the floor of another. */
export function speakerOf(
  { delegations }: Pick<Record, "delegations">,
  { seat }: Actor,
  onBehalfOf: DelegationCode | undefined,
): Result<{ readonly code: DelegationCode; readonly heard?: true }, Refusal> {
  const own = delegationOf(seat);
  const code = isTeam(seat) ? onBehalfOf : own;
  if (!code) return refuse({ code: "delegation-needed" });
  if (!delegations.has(code)) return refuse({ code: "delegation-unknown" });
  if (own !== null && onBehalfOf !== undefined && onBehalfOf !== own) return refuse({ code: "not-allowed" });
  return accept(own === null ? { code, heard: true } : { code });
}

/** Stamps entries with who acts and when. */
export class Acting {
  readonly #now: EpochMs;
  readonly #who: Stamp;
  readonly #person: StampPerson;

  constructor(actor: Actor, now: EpochMs) {
    this.#now = now;
    this.#who = { seat: actor.seat };
    this.#person = { id: actor.person, name: actor.name };
  }

  /** @param more for whom, where that is not the seat's own delegation */
  draft(what: What, why: Why = {}, more: Omit<Stamp, "seat"> = {}): Draft {
    return { at: this.#now, who: { ...this.#who, ...more }, person: this.#person, what, why };
  }

  decided(what: What, why?: Why, more?: Omit<Stamp, "seat">): Answer {
    return accept({ drafts: [this.draft(what, why, more)] });
  }
}
