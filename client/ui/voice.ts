/** The voice of this page: its language is the page's, and nothing here knows which one that is. */
import type { Language, Voice } from "../../shared/messages/say.ts";
import { languages, localeOf, voiceIn } from "../../shared/messages/say.ts";

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
const day = new Intl.DateTimeFormat(localeOf(language), {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** "10:42:07", on the clock of this device. */
export const clockTime = (ms: number): string => clock.format(ms);
const isToday = (ms: number): boolean => new Date(ms).toDateString() === new Date().toDateString();
/** "10:42" today, "Thu 5 Nov, 10:42" on another day. */
export const moment = (ms: number): string => (isToday(ms) ? clock.format(ms).slice(0, 5) : day.format(ms));
/** "10:42:07" today, "Thu 5 Nov, 10:42" on another day. */
export const exactMoment = (ms: number): string => (isToday(ms) ? clock.format(ms) : day.format(ms));
