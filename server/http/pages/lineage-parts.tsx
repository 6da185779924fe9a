/** What pages say of acts on words: by which, by whom, in which entry. */
import { Fragment } from "react";
import type { SeenAct } from "../../../shared/domain/seen-lineage.ts";
import { sayNamed } from "../../../shared/messages/tell.ts";
import { lineageOf } from "../../../shared/domain/lineage.ts";
import type { Lineage } from "../../../shared/domain/lineage.ts";
import type { Record } from "../../../shared/domain/record.ts";
import type { Talks } from "./deps.ts";
import { say, speaker } from "./speaker.ts";

/** Found once for a record, whoever asks. */
const found = new WeakMap<Record, Lineage>();

export function lineageIn({ record, entries }: Pick<Talks, "record" | "entries">): Lineage {
  let lineage = found.get(record);
  if (!lineage) found.set(record, (lineage = lineageOf(entries.slice(0, record.seq))));
  return lineage;
}

export const sayHow = (how: SeenAct["how"]): string =>
  how === "drafted" || how === "asked" ? say(`lineage.how.${how}`) : say(`versions.how.${how}`);

/** "Lunari, Freedonia and 2 more sponsors", "2 sponsors"; the chair's team where nobody else contributed. */
export function sayContributors({ by, others, how }: Pick<SeenAct, "by" | "others" | "how">): string {
  if ((how !== "proposal" && how !== "asked") || by.length + others === 0) return say("lineage.team");
  return speaker.list([
    ...by.map((one) => sayNamed(one, speaker)),
    ...(others > 0 ? [say(by.length > 0 ? "lineage.others" : "lineage.sponsors", { count: others })] : []),
  ]);
}

/** "Proposal, Lunari: Reason (entry 12)" */
export const ActLine = ({ act, record }: { readonly act: SeenAct; readonly record: string }) => (
  <>
    {sayHow(act.how)}, {sayContributors(act)}
    {act.reason && `: ${act.reason}`}{" "}
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
