/**
 * The record as one viewer may know it, folded from the entries as they may see them. Sentences about entries are told from it: the
 * server's own record knows the name of every author, also where the viewer does not (SPEC of shared/domain: DIS5).
 */
import { audienceKey } from "../../../shared/domain/disclosure.ts";
import type { SeenEntry } from "../../../shared/domain/entries.ts";
import type { Record as Log } from "../../../shared/domain/record.ts";
import { emptyRecord, evolve } from "../../../shared/domain/record.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";

/** @param events all of them, as this viewer gets them */
export function recordSeenBy(viewer: Viewer, record: Log, events: readonly SeenEntry[]): Log {
  if (viewer.kind === "team") return record;
  let seen = kept.get(record);
  if (!seen) kept.set(record, (seen = new Map()));
  const key = audienceKey(viewer);
  let log = seen.get(key);
  if (!log) seen.set(key, (log = evolve(emptyRecord, events)));
  return log;
}

/** The same for all of an audience, until an entry comes. */
const kept = new WeakMap<Log, Map<string, Log>>();
