/** A moment on a page: New York first, UTC beside it. */
import { clockInNewYork, dayInNewYork, isoOf, momentInUtc } from "../../../shared/messages/times.ts";
import { speaker } from "./speaker.ts";

const { language } = speaker;

/** For a sentence that has places for them. */
export const timesOf = (ms: number) => ({
  day: dayInNewYork(ms, language),
  clock: clockInNewYork(ms, language),
  utc: momentInUtc(ms, language),
});

/** "5 November 2026, 18:00" */
export const NewYork = ({ at }: { readonly at: number }) => (
  <time dateTime={isoOf(at)}>
    {dayInNewYork(at, language)}, {clockInNewYork(at, language)}
  </time>
);
