/** A moment on a page: New York first, UTC beside it. */
import { clockInNewYork, dayInNewYork, isoOf, momentInUtc } from "../../../shared/messages/times.ts";
import { say, speaker } from "./speaker.ts";

const { language } = speaker;

/** For a sentence that has places for them. */
export const timesOf = (ms: number) => ({
  day: dayInNewYork(ms, language),
  clock: clockInNewYork(ms, language),
  utc: momentInUtc(ms, language),
});

/** "5 November 2026, 18:00 New York" */
export const NewYork = ({ at }: { readonly at: number }) => (
  <time dateTime={isoOf(at)}>{say("reader.moment", timesOf(at))}</time>
);

/** The same where the head of a column names the clock. */
export const Moment = ({ at }: { readonly at: number }) => (
  <time dateTime={isoOf(at)}>
    {dayInNewYork(at, language)}, {clockInNewYork(at, language)}
  </time>
);
