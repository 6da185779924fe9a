/**
 * What this seat has not seen yet: what changed for its delegation, words that changed and what else others did since its last visit; at
 * the first one, since the circulation before the last one that there was when it began. How far it has seen is remembered by the server, for this person alone; on this device where many share a seat.
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
  /** The last entry that this seat had seen at its last visit; null at the first one. */
  readonly since: number | null;
  /** What it is told since. */
  readonly from: number;
  /** What that is: the last visit, the last circulation, or an earlier one that a first visit began with. */
  readonly reach: "visit" | "circulation" | "unseen";
  /** What `changed` does not tell already. */
  readonly news: readonly Fact[];
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
  useEffect(() => {
    // What is on the screen now is seen: the next visit begins from this one.
    keep(record.seq);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once a visit
  }, []);
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
  const markSeen = (): void => {
    keep(record.seq);
    setSince(record.seq);
  };
  const reach = since !== null ? "visit" : from < beforeLastCirculation(record) ? "unseen" : "circulation";
  return { since, from, reach, ...found, news, kept, rooms, markSeen };
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

/** How many things a seat is told of, what waits for its answer not counted: that is listed elsewhere. */
export function countOf({ changed, changes }: Since): number {
  if (!changed) return changes.length;
  const { course, proposals, agreed, brackets } = changed;
  return changes.length + course.length + proposals.length + agreed.length + brackets.length;
}
