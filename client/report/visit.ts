/** What changed since this seat was last at its desk, on this device; or since the circulation before the last one. */
import { useEffect, useMemo, useState } from "react";
import type { SeenEntry } from "../../shared/domain/entries.ts";
import type { Record } from "../../shared/domain/record.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import type { BlockChange } from "../../shared/domain/redline.ts";
import { changedBlocks } from "../../shared/domain/redline.ts";
import type { Text } from "../../shared/domain/text.ts";
import type { Negotiation } from "../live/use-negotiation.ts";
import { remember, remembered } from "../ui/device.ts";

export interface Visit {
  /** The last entry that was there at the last visit; null at the first one. */
  readonly since: number | null;
  readonly changed: number;
}

export function useVisit({ slug, spelledSeat, record, entries, text }: Negotiation): Visit {
  const key = `rapporteur.seen.${slug}.${spelledSeat}`;
  const [since] = useState(() => {
    const stored = Number(remembered(key));
    return stored > 0 && stored <= record.seq ? stored : null;
  });
  useEffect(() => {
    const leave = (): void => remember(key, String(record.seq));
    addEventListener("pagehide", leave);
    return () => removeEventListener("pagehide", leave);
  }, [key, record.seq]);
  const changed = useMemo(
    () => changesSince(entries, since ?? beforeLastCirculation(record), text).length,
    [entries, since, record, text],
  );
  return { since, changed };
}

/** The entry before the last circulation; 0 when there was but one. */
export const beforeLastCirculation = (record: Record): number =>
  record.circulations.length > 1 ? record.circulations.at(-1)!.seq - 1 : record.seq;

/** How the text differs from what was circulated when the record had `seq` entries. */
export function changesSince(entries: readonly SeenEntry[], seq: number, text: Text): readonly BlockChange[] {
  return changedBlocks(evolve(emptyRecord, entries.slice(0, seq)).text, text);
}
