/** What somebody hangs on a paragraph and would not find there any more, if it were otherwise (SPEC: CON7). */
import type { Condition } from "./conditions.ts";
import { stateOf } from "./conditions.ts";
import type { Record } from "./record.ts";
import type { ComposedReport, Named } from "./report.ts";
import type { Block, Text } from "./text.ts";
import type { ParagraphId } from "./values.ts";

export interface Hanging {
  /** Left out where the reader of the report may not know. */
  readonly by?: Named;
  readonly condition: Condition;
}

type Read = Pick<ComposedReport, "parts">;

/**
 * Conditions of standing positions that hold now and would be broken.
 * @param after the paragraph as it would be; null: removed
 */
export function wouldBreak(
  record: Record,
  report: Read,
  text: Text,
  paragraph: ParagraphId,
  after: Block | null,
): readonly Hanging[] {
  const hanging = hangingIn(report, record).get(paragraph) ?? [];
  if (hanging.length === 0) return [];
  const then = text.flatMap((block) => (block.id === paragraph ? (after ?? []) : block));
  return hanging.filter(
    ({ condition }) => stateOf(condition, record, text) !== "broken" && stateOf(condition, record, then) === "broken",
  );
}

const known = new WeakMap<Read, ReadonlyMap<ParagraphId, readonly Hanging[]>>();

/** By the paragraph they name, those of packages included; each position once. */
function hangingIn(report: Read, record: Record): ReadonlyMap<ParagraphId, readonly Hanging[]> {
  const made = known.get(report);
  if (made) return made;
  const found = new Map<ParagraphId, Hanging[]>();
  const positions = new Map(
    [...report.parts.consensus, ...report.parts.chairSummary].flatMap((one) =>
      one.positions.filter(({ standing }) => standing).map((position) => [position.id, position] as const),
    ),
  );
  for (const { by, conditions = [] } of positions.values()) {
    for (const condition of conditions) {
      for (const paragraph of paragraphsOf(condition, record)) {
        const here = found.get(paragraph) ?? [];
        found.set(paragraph, [...here, { ...(by && { by }), condition }]);
      }
    }
  }
  known.set(report, found);
  return found;
}

const paragraphsOf = (condition: Condition, record: Record): readonly ParagraphId[] =>
  condition.is === "stands"
    ? (record.packages.get(condition.package)?.released?.conditions ?? []).map(({ paragraph }) => paragraph)
    : [condition.paragraph];
