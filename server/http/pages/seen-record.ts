/**
 * The record as one viewer may know it, and the entries it was folded from: what pages and documents tell their sentences from (SPEC of
 * shared/domain: DIS12).
 */
import type { Verdict } from "../../../shared/domain/chain.ts";
import { verifySeen } from "../../../shared/domain/chain.ts";
import { audienceKey } from "../../../shared/domain/disclosure.ts";
import type { SeenEntry } from "../../../shared/domain/entries.ts";
import type { Record as Log } from "../../../shared/domain/record.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import type { SeenRecord } from "../../../shared/domain/seen-record.ts";
import { evolveSeen, nothingSeen } from "../../../shared/domain/seen-record.ts";
import type { Talks } from "./deps.ts";

interface Seen {
  /** All of them, from the first. */
  readonly events: readonly SeenEntry[];
  readonly record: SeenRecord;
}

export function seenBy(viewer: Viewer, talks: Pick<Talks, "record" | "frame">): Seen {
  let known = kept.get(talks.record);
  if (!known) kept.set(talks.record, (known = new Map()));
  const key = audienceKey(viewer);
  let seen = known.get(key);
  if (!seen) {
    const { events } = talks.frame(viewer, 0);
    // Nothing is hidden from the chair's team.
    const record = viewer.kind === "team" ? (talks.record as SeenRecord) : evolveSeen(nothingSeen, events);
    known.set(key, (seen = { events, record }));
  }
  return seen;
}

/** The same for all of an audience, until an entry comes. */
const kept = new WeakMap<Log, Map<string, Seen>>();

/** Whether the chain of what is seen holds. It is gone through once, for each entry is hashed. */
export function verdictOn({ events }: Seen): Verdict {
  let verdict = verdicts.get(events);
  if (!verdict) verdicts.set(events, (verdict = verifySeen(events, null)));
  return verdict;
}

const verdicts = new WeakMap<readonly SeenEntry[], Verdict>();
