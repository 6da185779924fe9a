/** Every numbered rule is cited by the title of a test, and every citation is of a rule that exists. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../", import.meta.url).pathname;

const filesIn = (folders: readonly string[], ends: RegExp): string[] =>
  folders
    .flatMap((folder) =>
      readdirSync(root + folder, { recursive: true, encoding: "utf8" }).map((file) => `${root}${folder}/${file}`),
    )
    .filter((file) => ends.test(file));

const rules = filesIn(["shared", "server", "client"], /SPEC\.md$/).flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/^- \*\*([A-Z]{3}\d+)\*\*/gm)].map(([, id]) => id as string),
);
const cited = new Set(
  filesIn(["tests"], /\.tsx?$/).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\[([A-Z]{3}\d+)\]/g)].map(([, id]) => id as string),
  ),
);

describe("the numbered rules", () => {
  test("are numbered once", () => {
    expect(rules.filter((id, index) => rules.indexOf(id) !== index)).toEqual([]);
    expect(rules.length).toBeGreaterThan(50);
  });

  test("are each cited by a test's title", () => {
    expect(rules.filter((id) => !cited.has(id))).toEqual([]);
  });

  test("are the only ones that tests cite", () => {
    const families = new Set(rules.map((id) => id.slice(0, 3)));
    expect([...cited].filter((id) => families.has(id.slice(0, 3)) && !rules.includes(id))).toEqual([]);
  });
});
