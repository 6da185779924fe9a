/**
 * Where every word of the text comes from (SPEC: LIN): the act and the version it came in with, the paragraph in which it first stood,
 * and the proposals that gave it. Nothing of this is kept; it is found by following the words (`tracing.ts`) from what was circulated
 * first through all versions to what everyone reads today.
 */
import type { Numbered } from "./comparison.ts";
import type { Entry } from "./entries.ts";
import { numbersToday } from "./held-numbers.ts";
import type { Record } from "./record.ts";
import { emptyRecord, evolve, recordAt } from "./record.ts";
import { changedBlocks } from "./redline.ts";
import type { Followed } from "./tracing.ts";
import { Sources, Tracing } from "./tracing.ts";
import type { Text } from "./text.ts";
import type { EpochMs } from "./values.ts";
import type { TextAct, Version, VersionChange } from "./versions.ts";
import { differencesFrom } from "./versions.ts";

/** An issued version, what was circulated first where the first version came later, or what was circulated after the last one. */
export interface Step extends Numbered, Followed {
  readonly seq: number;
  readonly at: EpochMs;
  /** Null: it is not issued as a version. */
  readonly version: Version | null;
  /** What everyone reads today, in no version yet. */
  readonly isToday: boolean;
  /** From the step before; of the first none. */
  readonly changes: readonly VersionChange[];
  /** Whether the version itself says by which acts it came of the one before: then everyone may know of them. */
  readonly isStated: boolean;
  /** All acts on the draft since the step before, of proposals with their ids. */
  readonly acts: readonly TextAct[];
}

/** How far it is settled: up to the last version. */
interface Settled {
  readonly record: Record;
  readonly steps: readonly Step[];
  readonly tracing: Tracing | null;
}

export interface Lineage {
  readonly record: Record;
  /** Oldest first. */
  readonly steps: readonly Step[];
  readonly settled: Settled;
}

/**
 * @param entries the whole record, nothing of it hidden: who may see what of the outcome is decided by `seen-lineage.ts`
 * @param earlier of the same record when it had fewer entries: what was settled then is not followed again
 */
export function lineageOf(entries: readonly Entry[], earlier: Lineage | null = null): Lineage {
  let settled: Settled = earlier?.settled ?? { record: emptyRecord, steps: [], tracing: null };
  const record = evolve(settled.record, entries.slice(settled.record.seq));
  const sources = new Sources(entries, record);
  for (const version of record.versions.slice(settled.record.versions.length)) {
    const before = evolve(settled.record, entries.slice(settled.record.seq, version.seq - 1));
    const begun = fromTheFirst(settled, version, sources);
    const step = { ...version, version, isToday: false, acts: before.explained.acts, record: before };
    settled = { ...following(begun, step, sources), record: evolve(before, entries.slice(before.seq, version.seq)) };
  }
  const circulated = record.circulations.at(-1);
  if (!circulated || record.text === settled.steps.at(-1)?.text) return { record, steps: settled.steps, settled };
  const { seq, at } = circulated;
  const { text, explained } = record;
  const { numbers } = numbersToday(record, text);
  const today = { seq, at, text, numbers, version: null, isToday: true, acts: explained.acts, record };
  const { steps } = following(fromTheFirst(settled, today, sources), today, sources);
  return { record, steps, settled };
}

/** What is circulated or issued, with the record as it was then. */
interface Arriving extends Numbered {
  readonly seq: number;
  readonly at: EpochMs;
  readonly version: Version | null;
  readonly isToday: boolean;
  readonly acts: readonly TextAct[];
  readonly record: Record;
}

function following({ record, steps, tracing: from }: Settled, arriving: Arriving, sources: Sources): Settled {
  const last = steps.at(-1);
  const { seq, at, text, numbers, version, isToday } = arriving;
  const acts = arriving.acts.filter((act) => act.seq > (last?.seq ?? 0));
  const tracing = new Tracing(from, { ...arriving, acts, version: version?.name ?? null }, sources);
  const isStated = version !== null && steps.some((step) => step.version !== null);
  const changes = isStated ? version.changes : last ? changesFrom(last.text, text, acts) : [];
  const step: Step = { ...tracing.followed, seq, at, text, numbers, version, isToday, changes, isStated, acts };
  return { record, steps: [...steps, step], tracing };
}

const changesFrom = (earlier: Text, text: Text, acts: readonly TextAct[]): readonly VersionChange[] =>
  differencesFrom(earlier, text, { text: earlier, acts }).map(({ id, kinds, kin, acts: its }) => ({
    paragraph: id,
    kinds,
    ...(kin && { from: kin.with }),
    acts: its,
  }));

/** Where the first version came late, and with other words, it begins with what was circulated first. */
function fromTheFirst(settled: Settled, { seq, text }: Pick<Arriving, "seq" | "text">, sources: Sources): Settled {
  const first = sources.entries.find(({ what }) => what.kind === "circulated");
  if (settled.steps.length > 0 || !first || first.seq >= seq) return settled;
  const record = recordAt(sources.entries, first.seq);
  if (changedBlocks(record.text, text).length === 0) return settled;
  const { numbers } = numbersToday(record, record.text);
  const { acts } = record.explained;
  const begun = { ...first, text: record.text, numbers, version: null, isToday: false, acts, record };
  return { ...following(settled, begun, sources), record: settled.record };
}
