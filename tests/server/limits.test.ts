import { describe, expect, test } from "vitest";
import { defaultLimits, limitsFrom } from "../../server/limits.ts";

describe("LIMITS", () => {
  test("unset or empty leaves the defaults", () => {
    expect(limitsFrom(undefined)).toBe(defaultLimits);
    expect(limitsFrom(" ")).toBe(defaultLimits);
  });

  test("changes what it names and nothing else", () => {
    expect(limitsFrom('{"socketsPerAccount": 64}')).toEqual({ ...defaultLimits, socketsPerAccount: 64 });
  });

  test("a bad value stops with its name, the reason and an example", () => {
    const bad: [string, RegExp][] = [
      ["{", /LIMITS is not JSON.*Example: LIMITS=/],
      ["[1]", /LIMITS must be a JSON object/],
      ["null", /LIMITS must be a JSON object/],
      ['{"sockets": 3}', /there is no limit "sockets"/],
      ['{"toString": 3}', /there is no limit "toString"/],
      ['{"pingMs": 0}', /"pingMs" must be a whole number of at least 1, not 0/],
      ['{"pingMs": "15"}', /"pingMs" must be a whole number of at least 1, not "15"/],
      ['{"pingMs": 1.5}', /"pingMs" must be a whole number/],
      ['{"pingMs": null}', /"pingMs" must be a whole number/],
    ];
    for (const [json, words] of bad) expect(() => limitsFrom(json)).toThrow(words);
  });
});
