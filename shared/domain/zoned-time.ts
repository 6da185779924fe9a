/** Wall-clock times in named time zones, through the changes to and from summer time (SIL10). Deadlines are moments; people choose them on a clock. */
/* oxlint-disable no-restricted-globals -- Date.UTC is arithmetic of the calendar and knows no now */
import type { EpochMs } from "./values.ts";

/** A date and a time of day as a clock on the wall shows them; months from 1. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (!clock) {
    const options = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
    clock = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone, hourCycle: "h23", calendar: "gregory" });
    clocks.set(zone, clock);
  }
  return clock;
}

export function isTimeZone(name: string): boolean {
  try {
    clockIn(name);
    return true;
  } catch {
    return false;
  }
}

/** What the clock in this zone shows at a moment. */
export function wallClockAt(ms: number, zone: string): WallClock {
  const parts = new Map(
    clockIn(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: string): number => parts.get(name as Intl.DateTimeFormatPartTypes) ?? 0;
  return { year: part("year"), month: part("month"), day: part("day"), hour: part("hour"), minute: part("minute") };
}

/**
 * The moment at which the clock in this zone shows that time. Of two, in the night when clocks go back, the later one: a deadline
 * read either way has then not passed too soon. Null for a time that the clock skips, in the night when it goes forward.
 */
export function momentOf(wall: WallClock, zone: string): EpochMs | null {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  // No zone is further than 14 hours from UTC; the offsets in force around that time are the only candidates.
  const offsets = new Set([asUtc - dayMs, asUtc, asUtc + dayMs].map((ms) => offsetAt(ms, zone)));
  const moments = [...offsets].map((offset) => asUtc - offset).filter((ms) => ms + offsetAt(ms, zone) === asUtc);
  return moments.length === 0 ? null : (Math.max(...moments) as EpochMs);
}

/**
 * The first ten o'clock in the morning of a working day in this zone, at that moment or after it: when a deadline is kindly set. Days of
 * rest are those of most of the world, and holidays are not known.
 */
export function workingMorning(from: EpochMs, zone: string): EpochMs {
  for (let days = 0; ; days += 1) {
    const { year, month, day } = wallClockAt(from + days * dayMs, zone);
    const morning = momentOf({ year, month, day, hour: 10, minute: 0 }, zone);
    const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
    if (morning !== null && morning >= from && weekday >= 1 && weekday <= 5) return morning;
  }
}

const dayMs = 86_400_000;

/** How far the zone's clock is ahead of UTC, in milliseconds, to the minute. */
function offsetAt(ms: number, zone: string): number {
  const { year, month, day, hour, minute } = wallClockAt(ms, zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(ms / 60_000) * 60_000;
}
