/** Moments as a meeting reads them: New York, where the deadlines are, and UTC, which everyone can convert. */
import { wallClockAt } from "../domain/zoned-time.ts";
import type { Language } from "./say.ts";
import { localeOf } from "./say.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formats.get(`${language} ${key}`);
  if (known) return known;
  const made = new Intl.DateTimeFormat(localeOf(language), { hourCycle: "h23", ...options });
  formats.set(`${language} ${key}`, made);
  return made;
}

/** Where the meeting is, and where its pages are timed. */
export const meetingZone = "America/New_York";

const full = { day: "numeric", month: "long", year: "numeric" } as const;
const clock = { hour: "2-digit", minute: "2-digit" } as const;

/** "5 November 2026" in New York */
export const dayInNewYork = (ms: number, language: Language): string =>
  format(language, "ny day", { ...full, timeZone: meetingZone }).format(ms);

/** "2026-11-05" in New York, as programs read it */
export function isoDayInNewYork(ms: number): string {
  const { year, month, day } = wallClockAt(ms, meetingZone);
  return [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
}

/** "18:00" in New York */
export const clockInNewYork = (ms: number, language: Language): string =>
  format(language, "ny clock", { ...clock, timeZone: meetingZone }).format(ms);

/** "22:00", or "5 November 2026 at 22:00" when it is another day there than in New York. */
export function momentInUtc(ms: number, language: Language): string {
  const time = format(language, "utc clock", { ...clock, timeZone: "UTC" }).format(ms);
  const day = format(language, "utc day", { ...full, timeZone: "UTC" }).format(ms);
  return day === dayInNewYork(ms, language) ? time : `${day}, ${time}`;
}

/** For `<time datetime>` and everything that programs read. */
export const isoOf = (ms: number): string => new Date(ms).toISOString();

/** "New York" of "America/New_York" */
export const cityOf = (zone: string): string =>
  zone === "Europe/Zurich" ? "Geneva" : (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");

/** A deadline is shown where it was chosen, and in the two cities where the United Nations meet; in UTC where it was chosen in one of these. */
export function zonesFor(zone: string): readonly string[] {
  const shown = [...new Set([zone, meetingZone, "Europe/Zurich"])];
  return shown.length === 3 ? shown : [...shown, "UTC"];
}

/** "Friday 27 November 2026, 17:00 New York": a deadline as one zone's clock shows it, to the second where it has seconds. */
export function momentIn(ms: number, zone: string, language: Language): string {
  const hasSeconds = ms % 60_000 !== 0;
  const key = `${zone} ${hasSeconds}`;
  const day = format(language, `${key} day`, { weekday: "long", ...full, timeZone: zone }).format(ms);
  const time = format(language, `${key} clock`, {
    ...clock,
    ...(hasSeconds && { second: "2-digit" }),
    timeZone: zone,
  }).format(ms);
  return `${day}, ${time} ${cityOf(zone)}`;
}

/** The same, with UTC beside it, which everyone can convert. */
export function deadlineIn(ms: number, zone: string, language: Language): string {
  const utc = momentInUtcOf(ms, zone, language);
  return zone === "UTC" ? momentIn(ms, zone, language) : `${momentIn(ms, zone, language)} (${utc} UTC)`;
}

function momentInUtcOf(ms: number, zone: string, language: Language): string {
  const time = format(language, "utc clock", { ...clock, timeZone: "UTC" }).format(ms);
  const day = (at: string): string => format(language, `${at} date`, { ...full, timeZone: at }).format(ms);
  return day("UTC") === day(zone) ? time : `${day("UTC")}, ${time}`;
}
