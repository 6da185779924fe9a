/** The words that a silence procedure froze, whole, as they stood in that moment: later texts may have others (SPEC of publication: PUB20). */
import { numbersToday } from "../../../shared/domain/held-numbers.ts";
import type { SeenSilence } from "../../../shared/domain/report.ts";
import type { Viewer } from "../../../shared/domain/roster.ts";
import type { ParagraphId } from "../../../shared/domain/values.ts";
import { writtenOut } from "../../../shared/messages/signs.ts";
import type { Talks } from "./deps.ts";
import { recordWhenIssued } from "./issued.ts";
import { seenBy } from "./seen-record.ts";

export function frozenWords(talks: Talks, viewer: Viewer, silence: SeenSilence): ReadonlyMap<ParagraphId, string> {
  const then = recordWhenIssued(seenBy(viewer, talks).events, silence);
  const { numbers } = numbersToday(then, then.text);
  const frozen = new Set(silence.paragraphs.map(({ paragraph }) => paragraph));
  return new Map(
    then.text
      .filter(({ id }) => frozen.has(id))
      .map(({ id, content }) => [id, writtenOut(content, (to) => numbers.get(to) ?? "")]),
  );
}
