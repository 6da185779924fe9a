/**
 * Delegations from a list somebody has: one a line, a code or a name, or `code,name[,kind[,group]]` for those that are not in the
 * list of states. A heading line is skipped. Pure.
 */
import { regionalGroupOf } from "../../shared/domain/regional-groups.ts";
import type { Delegation, DelegationKind } from "../../shared/domain/roster.ts";
import { states } from "../../shared/domain/states.ts";
import { parseDelegationCode } from "../../shared/domain/values.ts";

export interface ReadRoster {
  readonly delegations: readonly Delegation[];
  /** Lines that name nobody. */
  readonly unknown: readonly string[];
}

const kinds: readonly DelegationKind[] = ["member-state", "observer-state", "regional-organisation", "un-entity"];
const byCode = new Map<string, Delegation>(states.map((state) => [state.code, state]));
const byName = new Map(states.map((state) => [state.name.toLowerCase(), state]));

export function delegationsIn(csv: string): ReadRoster {
  const found = new Map<string, Delegation>();
  const unknown: string[] = [];
  for (const line of csv.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const cells = cellsOf(line);
    if (cells.every((cell) => cell === "") || /^(code|iso|state|delegation|country)/i.test(cells[0]!)) continue;
    const delegation = delegationOfLine(cells);
    if (delegation) found.set(delegation.code, delegation);
    else unknown.push(line.trim());
  }
  return { delegations: [...found.values()], unknown };
}

function delegationOfLine(cells: readonly string[]): Delegation | null {
  for (const cell of cells.slice(0, 2)) {
    const known = byCode.get(cell.toUpperCase()) ?? byName.get(cell.toLowerCase());
    if (known) return known;
  }
  const code = parseDelegationCode(cells[0]?.toUpperCase());
  const name = cells[1];
  if (!code || !name) return null;
  const kind = kinds.find((known) => known === cells[2]) ?? "member-state";
  return { code, name, kind, regionalGroup: regionalGroupOf(cells[3] ?? code) };
}

/** Comma, semicolon or tab; cells may stand in quotes. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|[,;\t])(?:\s*"((?:[^"]|"")*)"\s*|([^,;\t]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? "").trim(),
  );
