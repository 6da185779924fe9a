/** A version as it was when it was issued: its words, its numbers, and how each paragraph stood then. */
import { audienceKey } from "../../../shared/domain/disclosure.ts";
import type { SeenEntry } from "../../../shared/domain/entries.ts";
import type { ComposedReport } from "../../../shared/domain/report.ts";
import { composeReport } from "../../../shared/domain/report.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import type { SeenRecord } from "../../../shared/domain/seen-record.ts";
import { evolveSeen, nothingSeen } from "../../../shared/domain/seen-record.ts";
import type { Text } from "../../../shared/domain/text.ts";
import type { Version } from "../../../shared/domain/versions.ts";
import type { Talks } from "./deps.ts";
import { seenBy } from "./seen-record.ts";

interface Issued {
  readonly report: ComposedReport;
  readonly record: SeenRecord;
  readonly text: Text;
  readonly changes: null;
  readonly version: Version;
}

/** Never changes once made, so it is made once for each audience. */
const made = new WeakMap<Version, Map<string, Issued>>();

export function issuedReading(talks: Pick<Talks, "record" | "frame">, version: Version, viewer: Viewer): Issued {
  let issued = made.get(version);
  if (!issued) made.set(version, (issued = new Map()));
  const key = audienceKey(viewer);
  let reading = issued.get(key);
  if (!reading) {
    const record = recordWhenIssued(seenBy(viewer, talks).events, version);
    const report = { ...composeReport(record, version.text, viewer), seq: version.seq };
    issued.set(key, (reading = { report, record, text: version.text, changes: null, version }));
  }
  return reading;
}

/** Where the words of positions were found belongs to the same act, as far as it may be seen. */
export function recordWhenIssued(entries: readonly SeenEntry[], { seq }: Pick<Version, "seq">): SeenRecord {
  let upTo = seq;
  for (let next = entries[upTo]; next; next = entries[upTo]) {
    if (!("sealed" in next) && next.what.kind !== "position-followed") break;
    upTo++;
  }
  return evolveSeen(nothingSeen, entries.slice(0, upTo));
}
