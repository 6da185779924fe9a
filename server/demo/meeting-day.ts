/** When the demo plays: in the week of the last Thursday that is over, by the clock of New York, where such groups meet. */
import type { EpochMs } from "../../shared/domain/values.ts";
import { epochMs } from "../../shared/domain/values.ts";

const days = ["Mon", "Tue", "Wed", "Thu"] as const;
/** A moment of that week, such as `Thu 15:10`. */
export type Moment = `${(typeof days)[number]} ${number}:${number}`;

const day = 24 * 60 * 60 * 1000;

/**
 * A clock for the week whose last moment is the latest one that has already passed.
 * @param lastMoment on the Thursday; so no entry of the history is ever dated in the future
 */
export function meetingWeek(now: EpochMs, lastMoment: Moment): (moment: Moment) => EpochMs {
  for (let back = 0; ; back++) {
    const thursday = inNewYork(now - back * day);
    if (thursday.weekday !== "Thu") continue;
    const week = (moment: Moment): EpochMs => {
      const [name, hour, minute] = moment.split(/[ :]/);
      const date = thursday.date + (days.indexOf(name as (typeof days)[number]) - 3);
      return fromNewYork(Date.UTC(thursday.year, thursday.month, date, Number(hour), Number(minute)));
    };
    if (week(lastMoment) <= now) return week;
  }
}

const calendar = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/New_York",
  hourCycle: "h23",
  weekday: "short",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
});

function inNewYork(at: number) {
  const part = Object.fromEntries(calendar.formatToParts(at).map(({ type, value }) => [type, value]));
  const [year, month, date] = [Number(part["year"]), Number(part["month"]) - 1, Number(part["day"])];
  const wall = Date.UTC(year, month, date, Number(part["hour"]), Number(part["minute"]));
  return { weekday: part["weekday"], year, month, date, wall };
}

/** @param wall what the clocks there show, written as if it were UTC; exact except in the nights when they are changed */
function fromNewYork(wall: number): EpochMs {
  const offset = inNewYork(wall).wall - wall;
  const near = wall - offset;
  return epochMs(wall - (inNewYork(near).wall - near));
}
