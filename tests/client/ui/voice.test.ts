import { afterEach, expect, test, vi } from "vitest";
import { exactMoment, moment } from "../../../client/ui/voice.ts";

afterEach(() => vi.useRealTimers());

test("a moment has its year where that is not the one that runs", () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 23, 15, 52), toFake: ["Date"] });
  const sameYear = new Date(2026, 10, 5, 10, 42).getTime();
  const nextYear = new Date(2027, 10, 23, 15, 52).getTime();
  expect(moment(sameYear)).toMatch(/^Thu,? 5 Nov, 10:42 /);
  expect(moment(nextYear)).toMatch(/^Tue,? 23 Nov 2027, 15:52 /);
  expect(exactMoment(nextYear)).toMatch(/^Tue,? 23 Nov 2027, 15:52$/);
  expect(exactMoment(Date.now())).toBe("15:52:00");
});
