/** What pages say of acts on words: by which, by whom, in which entry. */
import { Fragment } from "react";
import type { SeenAct } from "../../../shared/domain/seen-lineage.ts";
import { sayNamed } from "../../../shared/messages/tell.ts";
import { lineageOf } from "../../../shared/domain/lineage.ts";
import type { Lineage } from "../../../shared/domain/lineage.ts";
import type { Entry } from "../../../shared/domain/entries.ts";
import type { Talks } from "./deps.ts";
import { say, speaker } from "./speaker.ts";

/** Of each record, told by its first entry: the lineage that was found last. What was settled then is not followed again. */
const found = new WeakMap<Entry, Lineage>();

export function lineageIn({ record, entries }: Pick<Talks, "record" | "entries">): Lineage {
  const [first] = entries;
  const known = first && found.get(first);
  if (known?.record.head === record.head) return known;
  const earlier = known && entries[known.record.seq - 1]?.hash === known.record.head ? known : null;
  const lineage = lineageOf(entries.slice(0, record.seq), earlier);
  if (first) found.set(first, lineage);
  return lineage;
}

export function sayHow(how: SeenAct["how"]): string {
  switch (how) {
    case "drafted":
    case "asked":
    case "redrafted":
    case "removed":
    case "broken":
    case "not-chosen":
      return say(`lineage.how.${how}`);
    default:
      return say(`versions.how.${how}`);
  }
}

/** "Lunari, Freedonia and 2 more sponsors", "2 sponsors"; the chair's team where nobody else contributed. */
export function sayContributors({ by, others, how }: Pick<SeenAct, "by" | "others" | "how">): string {
  const isStated = how === "asked" || how === "broken";
  if ((how !== "proposal" && !isStated) || by.length + others === 0) return say("lineage.team");
  const rest = by.length > 0 ? "lineage.others" : isStated ? "lineage.delegations" : "lineage.sponsors";
  return speaker.list([
    ...by.map((one) => sayNamed(one, speaker)),
    ...(others > 0 ? [say(rest, { count: others })] : []),
  ]);
}

/** "Proposal, Lunari: Reason (entry 12)" */
export const ActLine = ({ act, record }: { readonly act: SeenAct; readonly record: string }) => (
  <>
    {sayHow(act.how)}, {sayContributors(act)}
    {act.reason && `: ${act.reason}`}
    {act.isSpent && ` ${say("lineage.spent")}`}{" "}
    <a href={`${record}#entry-${act.seq}`}>{say("versions.entry", { seq: act.seq })}</a>
  </>
);

export const ActLines = ({ acts, record }: { readonly acts: readonly SeenAct[]; readonly record: string }) =>
  acts.map((act, index) => (
    <Fragment key={`${act.seq} ${index}`}>
      {index > 0 && "; "}
      <ActLine act={act} record={record} />
    </Fragment>
  ));
