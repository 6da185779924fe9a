/** Which words are in force, and what happened to them last: circulated, issued as a version, or adopted. */
import type { Record } from "../../shared/domain/record.ts";

/** Null before the first circulation. */
export function inForce({ circulations, versions, adoption }: Pick<Record, "circulations" | "versions" | "adoption">) {
  const last = circulations.at(-1);
  if (!last) return null;
  const newest = versions.at(-1) ?? null;
  const version = newest?.seq === last.seq ? newest : null;
  // A version of its corrections is issued after it.
  const adopted = adoption && version && version.seq > adoption.seq ? null : adoption;
  return { last, newest, version, adopted };
}
