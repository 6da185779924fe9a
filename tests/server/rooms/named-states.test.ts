import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../../server/limits.ts";
import { stateIn, sync, syncFrame } from "../../../server/rooms/frames.ts";
import { NamedStates } from "../../../server/rooms/named-states.ts";
import { manualClock } from "../../support/manual-clock.ts";

const minuteMs = 60_000;

function kept(namedStatesBytes: number = defaultLimits.namedStatesBytes) {
  const clock = manualClock();
  let names = 0;
  const states = new NamedStates({
    clock,
    limits: { ...defaultLimits, namedStatesBytes },
    random: (count) => new Uint8Array(count).fill(++names),
  });
  const nameOf = (step2: Uint8Array): string => new TextDecoder().decode(states.name(step2).subarray(2, 45));
  return { clock, states, nameOf };
}
const frame = (bytes: number): Uint8Array => syncFrame(sync.step2, new Uint8Array(bytes));

describe("a state that is told by its name", () => {
  test("[ROO21] can be fetched for ten minutes after somebody asked for it last", () => {
    const { clock, states, nameOf } = kept();
    const step2 = frame(1_000);
    const name = nameOf(step2);
    clock.advance(9 * minuteMs);
    expect(states.state(name)).toEqual(stateIn(step2));
    clock.advance(9 * minuteMs);
    expect(nameOf(step2)).toBe(name);
    clock.advance(9 * minuteMs);
    expect(states.state(name)).not.toBeNull();
    clock.advance(10 * minuteMs);
    expect(states.state(name)).toBeNull();
    expect(states.state("none")).toBeNull();
  });

  test("[ROO21] goes first where there are too many and nobody asked for it longest; the last one stays, however large", () => {
    const { states, nameOf } = kept(2_500);
    const [first, second] = [nameOf(frame(1_000)), nameOf(frame(1_000))];
    states.state(first);
    const next = nameOf(frame(1_000));
    expect([first, second, next].map((name) => states.state(name) !== null)).toEqual([true, false, true]);
    const huge = nameOf(frame(5_000));
    expect([first, next, huge].map((name) => states.state(name) !== null)).toEqual([false, false, true]);
  });
});
