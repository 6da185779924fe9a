/**
 * What this seat has not seen yet: words that changed and what others did since its last visit, or since the circulation before the last
 * one. How far it has seen is remembered by the server, for this person alone; on this device where many share a seat.
 */
import { useCallback, useEffect, useMemo, useState } from "react";
import type { SeenEntry } from "../../shared/domain/entries.ts";
import { newsSince } from "../../shared/domain/news.ts";
import type { Fact, Record } from "../../shared/domain/record.ts";
import { emptyRecord, evolve } from "../../shared/domain/record.ts";
import type { BlockChange } from "../../shared/domain/redline.ts";
import { changedBlocks } from "../../shared/domain/redline.ts";
import type { Text } from "../../shared/domain/text.ts";
import type { Negotiation } from "../live/use-negotiation.ts";
import { remember, remembered } from "../ui/device.ts";

export interface Visit {
  /** The last entry that this seat has seen; null at the first visit. */
  readonly since: number | null;
  readonly changes: readonly BlockChange[];
  readonly news: readonly Fact[];
  readonly kept: "everywhere" | "on-this-device";
  /** All that is on the record now has been seen. */
  readonly markSeen: () => void;
}

export function useVisit({ slug, seat, spelledSeat, record, entries, text, info, api }: Negotiation): Visit {
  const kept = seat.role === "observer" ? "on-this-device" : "everywhere";
  const key = `rapporteur.seen.${slug}.${spelledSeat}`;
  const [since, setSince] = useState(() => {
    const known = kept === "everywhere" ? info.seen : Number(remembered(key)) || null;
    return known !== null && known <= record.seq ? known : null;
  });
  const keep = useCallback(
    (upTo: number): void => {
      if (kept === "on-this-device") remember(key, String(upTo));
      // What could not be kept is shown once more.
      else api.seen(upTo).catch(() => undefined);
    },
    [kept, key, api],
  );
  const first = since === null;
  useEffect(() => {
    // The next visit has this one to begin from.
    if (first) keep(record.seq);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, at the first visit
  }, []);
  const from = since ?? beforeLastCirculation(record);
  const changes = useMemo(() => changesSince(entries, from, text), [entries, from, text]);
  const news = useMemo(() => newsSince(record, entries, from, seat), [record, entries, from, seat]);
  const markSeen = (): void => {
    keep(record.seq);
    setSince(record.seq);
  };
  return { since, changes, news, kept, markSeen };
}

/** The entry before the last circulation; where there was but one, the present. */
const beforeLastCirculation = (record: Record): number =>
  record.circulations.length > 1 ? record.circulations.at(-1)!.seq - 1 : record.seq;

/** How the text differs from what was circulated when the record had `seq` entries. */
export function changesSince(entries: readonly SeenEntry[], seq: number, text: Text): readonly BlockChange[] {
  return changedBlocks(evolve(emptyRecord, entries.slice(0, seq)).text, text);
}
