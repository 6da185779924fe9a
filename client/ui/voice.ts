/** The voice of this page: its language is the page's, and nothing here knows which one that is. */
import type { Language, Voice } from "../../shared/messages/say.ts";
import { languages, localeOf, voiceIn } from "../../shared/messages/say.ts";
import { cityOf, meetingZone, momentIn } from "../../shared/messages/times.ts";

const spoken = document.documentElement.lang.slice(0, 2);
export const language: Language = languages.find((known) => known === spoken) ?? "en";
export const voice: Voice = voiceIn(language);
export const say: Voice["say"] = voice.say;
export const list: Voice["list"] = voice.list;

const clock = new Intl.DateTimeFormat(localeOf(language), {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const dayOf = {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
} as const;
const day = new Intl.DateTimeFormat(localeOf(language), dayOf);
const dayOfYear = new Intl.DateTimeFormat(localeOf(language), { ...dayOf, year: "numeric" });

/** "10:42:07 Geneva", on the clock of this device. */
export const clockTime = (ms: number): string => `${clock.format(ms)} ${cityOf(ownZone)}`;
/** "Thu 5 Nov, 10:42", of another year "Fri 5 Nov 2027, 10:42" */
const dayAndTime = (ms: number): string =>
  (new Date(ms).getFullYear() === new Date().getFullYear() ? day : dayOfYear).format(ms);
const isToday = (ms: number): boolean => new Date(ms).toDateString() === new Date().toDateString();
/** The time zone of this device. */
export const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
/** "10:42 Geneva" today, "Thu 5 Nov, 10:42 Geneva" on another day, with the year where it is another one. */
export const moment = (ms: number): string =>
  `${isToday(ms) ? clock.format(ms).slice(0, 5) : dayAndTime(ms)} ${cityOf(ownZone)}`;
/** "10:42:07" today, "Thu 5 Nov, 10:42" on another day: of the status line, which has no room for more. */
export const exactMoment = (ms: number): string => (isToday(ms) ? clock.format(ms) : dayAndTime(ms));
/** The end of something: "Friday 27 November 2026, 17:00 Geneva (Friday 27 November 2026, 11:00 New York)", once where both are one. */
export const deadline = (ms: number): string => {
  const own = momentIn(ms, ownZone, language);
  return ownZone === meetingZone ? own : `${own} (${momentIn(ms, meetingZone, language)})`;
};
