/**
 * What this seat has not seen yet: what changed for its delegation, words that changed and what else others did since it last read what
 * changed; at first, since the circulation before the last one that there was at its first visit. What stands in the list is seen when the list was
 * opened, not when the desk was (SPEC: REP13). How far it has seen is remembered by the server, for this person alone; on this device where many share a seat.
 */
import { useCallback, useEffect, useMemo, useState } from "react";
import type { ChangedFor } from "../../shared/domain/changed-for.ts";
import { changedFor, toldIn } from "../../shared/domain/changed-for.ts";
import type { SeenDrafting } from "../../shared/domain/drafting.ts";
import { newsSince } from "../../shared/domain/news.ts";
import type { Fact, Record } from "../../shared/domain/record.ts";
import { recordAt } from "../../shared/domain/record.ts";
import type { BlockChange } from "../../shared/domain/redline.ts";
import { changedBlocks } from "../../shared/domain/redline.ts";
import { delegationOf } from "../../shared/domain/roster.ts";
import type { Negotiation } from "../live/use-negotiation.ts";
import { remember, remembered } from "../ui/device.ts";

/** What is other than it was. */
export interface Since {
  /** Null where nobody is represented. */
  readonly changed: ChangedFor | null;
  readonly changes: readonly BlockChange[];
}

export interface Visit extends Since {
  /** The last entry that this seat has seen; null at its first visit. */
  readonly since: number | null;
  /** What it is told since. */
  readonly from: number;
  /** At a first visit that is the last circulation, unless others came while it lasted. */
  readonly reach: "circulation" | "unseen";
  /** What `changed` does not tell already. */
  readonly news: readonly Fact[];
  /** So many things it is told of, what waits for its answer not counted: that is listed elsewhere. */
  readonly unseen: number;
  readonly kept: "everywhere" | "on-this-device";
  readonly rooms: readonly SeenDrafting[];
  /** All that is on the record now has been seen, and is told no more. */
  readonly markSeen: () => void;
}

/** @param rooms the private drafting rooms that the seat may see; the same list for the same rooms */
export function useVisit(negotiation: Negotiation, rooms = noRooms): Visit {
  const { slug, seat, spelledSeat, record, entries, text, info, api } = negotiation;
  const kept = seat.role === "observer" ? "on-this-device" : "everywhere";
  const key = `rapporteur.seen.${slug}.${spelledSeat}`;
  const [since, setSince] = useState(() => {
    const known = kept === "everywhere" ? info.seen : Number(remembered(key)) || null;
    // Before the first circulation there were no words to see: who comes after it comes for the first time.
    const first = record.circulations[0]?.seq ?? Number.POSITIVE_INFINITY;
    return known !== null && known >= first && known <= record.seq ? known : null;
  });
  const keep = useCallback(
    (upTo: number): void => {
      if (kept === "on-this-device") remember(key, String(upTo));
      // What could not be kept is shown once more.
      else api.seen(upTo).catch(() => undefined);
    },
    [kept, key, api],
  );
  const [begun] = useState(() => beforeLastCirculation(record));
  // A desk that stands open over several circulations has been shown none of them before `markSeen`.
  const from = since ?? Math.max(begun, record.circulations[0]?.seq ?? record.seq);
  const found = useMemo(
    () => changedSince({ record, entries, text, seat }, from, rooms),
    [record, entries, text, seat, from, rooms],
  );
  const news = useMemo(() => {
    const told = found.changed ? toldIn(found.changed) : new Set<number>();
    return newsSince(record, entries, from, seat).filter(({ seq }) => !told.has(seq));
  }, [record, entries, from, seat, found]);
  const unseen = countOf(found) + news.length;
  useEffect(() => {
    // Where there is nothing to be told everything is seen. Else the next visit is told of the same and more, until somebody reads it.
    keep(unseen === 0 ? record.seq : from);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once a visit
  }, []);
  const markSeen = (): void => {
    keep(record.seq);
    setSince(record.seq);
  };
  const reach = since === null && from >= beforeLastCirculation(record) ? "circulation" : "unseen";
  return { since, from, reach, ...found, news, unseen, kept, rooms, markSeen };
}

const noRooms: readonly SeenDrafting[] = [];

/** The entry before the last circulation; where there was but one, the present. */
const beforeLastCirculation = (record: Record): number =>
  record.circulations.length > 1 ? record.circulations.at(-1)!.seq - 1 : record.seq;

/** Against the negotiation as it was when the record had `seq` entries. */
export function changedSince(
  { record, entries, text, seat }: Pick<Negotiation, "record" | "entries" | "text" | "seat">,
  seq: number,
  rooms: readonly SeenDrafting[],
): Since {
  const was = recordAt(entries, seq);
  const code = delegationOf(seat);
  return {
    changed: code && changedFor({ record: was, text: was.text }, { record, text }, code, entries, rooms),
    changes: changedBlocks(was.text, text),
  };
}

function countOf({ changed, changes }: Since): number {
  if (!changed) return changes.length;
  const { course, proposals, agreed, brackets } = changed;
  return changes.length + course.length + proposals.length + agreed.length + brackets.length;
}
