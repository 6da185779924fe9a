/** A negotiation opens, and its rules change. */
import type { Settings } from "../entries.ts";
import type { Record } from "../record.ts";
import { refuse } from "../refusals.ts";
import type { Actor, Delegation } from "../roster.ts";
import type { EpochMs } from "../values.ts";
import type { Answer, Draft } from "./acting.ts";
import { Acting } from "./acting.ts";

/** The first entry of a record, and the delegations it opens with. */
export function openNegotiation(
  slug: string,
  settings: Settings,
  delegations: readonly Delegation[],
  actor: Actor,
  now: EpochMs,
): readonly Draft[] {
  const act = new Acting(actor, now);
  return [
    act.draft({ kind: "negotiation-opened", slug, settings }),
    ...delegations.map((delegation) => act.draft({ kind: "delegation-entered", delegation })),
  ];
}

export function changeSettings(record: Record, act: Acting, changes: Partial<Settings>): Answer {
  const settings = { ...record.settings, ...changes };
  if (JSON.stringify(settings) === JSON.stringify(record.settings)) return refuse({ code: "nothing-changes" });
  return act.decided({ kind: "settings-changed", settings });
}
