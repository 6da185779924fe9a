import { expect, test } from "vitest";
import { regionalGroupOf } from "../../shared/domain/regional-groups.ts";
import { states } from "../../shared/domain/states.ts";

test("every member state is in one group, and the groups have the sizes that the United Nations gives", () => {
  const sizes: { [group: string]: number } = {};
  for (const { kind, regionalGroup } of states) {
    if (kind === "member-state") sizes[regionalGroup] = (sizes[regionalGroup] ?? 0) + 1;
  }
  expect(sizes).toEqual({
    african: 54,
    "asia-pacific": 54,
    "eastern-european": 23,
    "latin-american-caribbean": 33,
    "western-european-others": 29,
  });
});

test("invented states and other delegations are in no group until the roster says so", () => {
  expect([regionalGroupOf("XAA"), regionalGroupOf("EU"), regionalGroupOf("VAT")]).toEqual(["none", "none", "none"]);
});
