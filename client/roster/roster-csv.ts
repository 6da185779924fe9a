/**
 * Delegations from a list somebody has: codes or names, one a line or several with commas between them, or
 * `code,name[,kind[,group]]` for those that are not in the list of states. A heading line is skipped. Pure.
 */
import { foldedName } from "../../shared/domain/folded-name.ts";
import { regionalGroupOf } from "../../shared/domain/regional-groups.ts";
import type { Delegation, DelegationKind } from "../../shared/domain/roster.ts";
import { states } from "../../shared/domain/states.ts";
import { parseDelegationCode } from "../../shared/domain/values.ts";

export interface ReadRoster {
  readonly delegations: readonly Delegation[];
  /** What names nobody: a whole line, or one name of several in it. */
  readonly unknown: readonly string[];
}

const kinds: readonly DelegationKind[] = ["member-state", "observer-state", "regional-organisation", "un-entity"];
const byCode = new Map<string, Delegation>(states.map((state) => [state.code, state]));
const byName = new Map(states.map((state) => [foldedName(state.name), state]));

export function delegationsIn(csv: string): ReadRoster {
  const found = new Map<string, Delegation>();
  const unknown: string[] = [];
  for (const line of csv.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const cells = cellsOf(line);
    if (cells.every((cell) => cell === "") || /^(code|iso|state|delegation|country)/i.test(cells[0]!)) continue;
    const described = describedIn(cells);
    if (described) {
      found.set(described.code, described);
      continue;
    }
    const named = cells.filter((cell) => cell !== "");
    // Of a line that names nobody the whole is told, of a list only what is missing: nobody is left out unsaid.
    if (!named.some(stateCalled)) unknown.push(line.trim());
    else {
      for (const cell of named) {
        const state = stateCalled(cell);
        if (state) found.set(state.code, state);
        else unknown.push(cell);
      }
    }
  }
  return { delegations: [...found.values()], unknown };
}

const stateCalled = (cell: string): Delegation | undefined =>
  byCode.get(cell.toUpperCase()) ?? byName.get(foldedName(cell));

/** The one delegation that a line describes by `code,name[,kind[,group]]`; null for a list of names. */
function describedIn(cells: readonly string[]): Delegation | null {
  const code = parseDelegationCode(cells[0]?.toUpperCase());
  const name = cells[1];
  if (!code || !name) return null;
  const state = byCode.get(code);
  if (state) return stateCalled(name)?.code === code || kinds.some((kind) => kind === cells[2]) ? state : null;
  if (stateCalled(cells[0]!) || stateCalled(name)) return null;
  const kind = kinds.find((known) => known === cells[2]) ?? "member-state";
  return { code, name, kind, regionalGroup: regionalGroupOf(cells[3] ?? code) };
}

/** Comma, semicolon or tab; cells may stand in quotes. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|[,;\t])(?:\s*"((?:[^"]|"")*)"\s*|([^,;\t]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? "").trim(),
  );
