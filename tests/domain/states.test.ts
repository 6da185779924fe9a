import { expect, test } from "vitest";
import { states } from "../../shared/domain/states.ts";
import { parseDelegationCode } from "../../shared/domain/values.ts";

const ofKind = (kind: string) => states.filter((state) => state.kind === kind);

test("there are 193 member states and two observer states, each with a code of its own", () => {
  expect(ofKind("member-state")).toHaveLength(193);
  expect(ofKind("observer-state").map((state) => state.name)).toEqual(["Holy See", "State of Palestine"]);
  expect(new Set(states.map((state) => state.code)).size).toBe(195);
  expect(new Set(states.map((state) => state.name)).size).toBe(195);
  for (const { code } of states) expect(code === parseDelegationCode(code) && code.length === 3).toBe(true);
});

test("names are short names, without article or footnote mark, in alphabetical order", () => {
  const names = states.map((state) => state.name);
  for (const name of names) expect(name).toMatch(/^\p{Lu}[\p{L}’ ()-]*[\p{L})]$/u);
  expect(names.join()).not.toContain("(the)");
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "en", { ignorePunctuation: false })));
  expect(names).toEqual(
    expect.arrayContaining(["Côte d’Ivoire", "Türkiye", "Bolivia (Plurinational State of)", "Gambia"]),
  );
});
