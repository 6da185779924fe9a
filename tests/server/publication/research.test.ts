/** Tables for research: what is in them, and that both forms and the dictionary agree (SPEC: RES). */
import { parse as parseCsv } from "csv-parse/sync";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tablesOf, writeResearch } from "../../../server/publication/research.ts";
import { thePublic } from "../../../shared/domain/roster.ts";
import type { ResearchTables, TableName } from "../../../shared/wire/research.ts";
import { dataDictionary, researchTables } from "../../../shared/wire/research.ts";
import { eyesOf, World } from "../../support/canaries.ts";
import { aNegotiationWith, idOf, p } from "../../support/negotiations.ts";

let world: World;
beforeAll(async () => {
  world = await World.open({ phases: ["closed", "delegations", "open"] });
  await world.adopts();
});
afterAll(() => world.server.close());

const names = Object.keys(researchTables) as TableName[];
const tables = (): readonly (readonly [string, ResearchTables])[] =>
  world.viewers.map((viewer) => {
    const eyes = eyesOf(viewer);
    return [viewer.name, tablesOf(world.talks.frame(eyes, 0).events, eyes)];
  });

test("[RES1] [RES2] every row of every table keeps to the dictionary, for each viewer, and sealed entries say nothing", () => {
  for (const [viewer, found] of tables()) {
    for (const name of names) {
      for (const row of found[name]) {
        const read = researchTables[name].safeParse(row);
        if (!read.success) throw new Error(`${viewer}, ${name}: ${read.error.message} in ${JSON.stringify(row)}`);
      }
    }
    expect(found.events.map(({ seq }) => seq)).toEqual(found.events.map((_, index) => index + 1));
  }
  const [, open] = tables().find(([name]) => name === "nobody")!;
  expect(open.events.some(({ kind, at }) => kind === null && at === null)).toBe(true);
  expect(open.positions.some(({ delegation, reason }) => delegation === null && reason === null)).toBe(true);
});

test("[RES3] whatever a row names has its row", () => {
  for (const [viewer, { paragraphs, wordings, positions, proposals, events }] of tables()) {
    const words = new Set(wordings.map(({ wording }) => wording));
    const named = [...paragraphs, ...positions, ...proposals].map(({ wording }) => wording);
    expect([viewer, named.filter((wording) => !words.has(wording))]).toEqual([viewer, []]);
    const known = new Set<string>([...positions.map((one) => one.position), ...proposals.map((one) => one.proposal)]);
    const told = events.flatMap(({ position, proposal }) => [position ?? [], proposal ?? []].flat());
    expect([viewer, told.filter((id) => !known.has(id))]).toEqual([viewer, []]);
  }
});

test("[RES2] both forms of a table say the same, nothing is a formula, and every column is in the dictionary with what it means", async () => {
  const talks = aNegotiationWith({ disclosure: "open" }, p("=1+1"), p("States should consult."));
  talks.objects("XAA", 2, { reason: "@SUM(A1), or\n-1" });
  const found = tablesOf(talks.frame(thePublic, 0).events, thePublic);
  const file = await writeResearch(found);
  expect(await writeResearch(found)).toEqual(file);
  const files = unzipSync(file);
  const text = (name: string): string => new TextDecoder().decode(files[name]);
  const dictionary = parseCsv<{ table: string; column: string }>(text("dictionary.csv"), { bom: true, columns: true });
  expect(dictionary).toEqual(dataDictionary().map((column) => ({ ...column })));
  expect(dataDictionary().filter(({ means }) => !means)).toEqual([]);
  for (const name of names) expect(text("README.txt")).toContain(`${name}: `);
  for (const name of names) {
    const rows = parseCsv<{ [column: string]: string }>(text(`${name}.csv`), { bom: true, columns: true });
    const lines = text(`${name}.jsonl`)
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { [column: string]: string | number | boolean | string[] | null });
    const columns = dictionary.flatMap(({ table, column }) => (table === name ? [column] : []));
    expect(lines.every((line) => Object.keys(line).join() === columns.join())).toBe(true);
    expect(rows).toEqual(
      lines.map((line) =>
        Object.fromEntries(
          Object.entries(line).map(([column, value]) => {
            const cell = Array.isArray(value) ? value.join(" ") : String(value ?? "");
            return [column, /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell];
          }),
        ),
      ),
    );
  }
  expect(found.wordings.find(({ paragraph }) => paragraph === idOf(1))!.text).toBe("=1+1");
  expect(text("wordings.csv")).toContain("'=1+1");
});

test("[RES3] a paragraph's status is that of its version, and today's that of today", () => {
  const talks = aNegotiationWith({ disclosure: "open" }, p("States should cooperate."), p("States should consult."));
  talks.gavels(2);
  talks.does("chair", { kind: "issue-version", label: "Zero draft" });
  talks.objects("XAA", 1);
  talks.writes(1, "States should cooperate more.").circulates();
  const { paragraphs } = tablesOf(talks.frame(thePublic, 0).events, thePublic);
  expect(paragraphs.map(({ version, number, status }) => [version, number, status])).toEqual([
    ["zero-draft", "1", "open"],
    ["zero-draft", "2", "agreed"],
    ["today", "1", "contested"],
    ["today", "2", "agreed"],
  ]);
});
