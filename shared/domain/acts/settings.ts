/** A negotiation opens, and its rules change. */
import { canonicalJson } from "../canonical-json.ts";
import type { Settings } from "../entries.ts";
import type { Record } from "../record.ts";
import { refuse } from "../refusals.ts";
import type { Actor, Delegation } from "../roster.ts";
import type { EpochMs } from "../values.ts";
import type { Answer, CommandOf, Draft } from "./acting.ts";
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

/** DIS11: at once, which takes back what was announced; or announced for a moment to come, in place of what was announced before. */
export function setDisclosure(
  record: Record,
  { preset: disclosure, phase: named, from }: CommandOf<"set-disclosure">,
  now: EpochMs,
  act: Acting,
): Answer {
  const { phase: _, next: __, ...settings } = record.settings;
  const phase = named?.trim() ? { phase: named.trim() } : {};
  if (from === undefined) return settled(record, act, { ...settings, disclosure, ...phase });
  if (from <= now) return refuse({ code: "moment-passed" });
  const kept = record.settings.phase === undefined ? settings : { ...settings, phase: record.settings.phase };
  return settled(record, act, { ...kept, next: { disclosure, ...phase, from } });
}

/** DIS11: what has to be recorded before anything else is decided, once the moment of an announced phase has come. */
export function beginPhase(record: Record, actor: Actor, now: EpochMs): readonly Draft[] {
  const { phase: _, next, ...settings } = record.settings;
  if (!next || now < next.from) return [];
  const { from: __, ...begins } = next;
  return [
    new Acting(actor, now).draft({
      kind: "settings-changed",
      settings: { ...settings, ...begins },
      begins: true,
    }),
  ];
}

export function changeSettings(record: Record, act: Acting, changes: Partial<Settings>): Answer {
  return settled(record, act, { ...record.settings, ...changes });
}

function settled(record: Record, act: Acting, settings: Settings): Answer {
  if (canonicalJson(settings) === canonicalJson(record.settings)) return refuse({ code: "nothing-changes" });
  return act.decided({ kind: "settings-changed", settings });
}
