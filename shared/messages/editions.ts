/** What came of a later edition that was brought as a file: by what its paragraphs were recognised, or what it may not change (SPEC: EDI). */
import type { Recognised } from "../domain/editions.ts";
import type { Record } from "../domain/record.ts";
import type { Refusal, RefusalCode } from "../domain/refusals.ts";
import { whyLocked } from "../domain/status.ts";
import type { Text } from "../domain/text.ts";
import { blocksById } from "../domain/text.ts";
import type { ParagraphId } from "../domain/values.ts";
import { canonicalText } from "../domain/wording.ts";
import { numberOf } from "./numbers.ts";
import type { Voice } from "./say.ts";

interface Speaking {
  readonly record: Record;
  /** The draft, before the edition takes its place. */
  readonly text: Text;
  readonly voice: Voice;
}

/** A sentence for each reason, with all paragraphs that it holds for. */
export function sayEditionRefused({ code, paragraphs = [] }: Refusal, speaking: Speaking): string {
  const { record, voice } = speaking;
  const reasons = new Map<RefusalCode, ParagraphId[]>();
  for (const id of paragraphs) {
    const why = whyLocked(record, id) ?? code;
    reasons.set(why, [...(reasons.get(why) ?? []), id]);
  }
  if (reasons.size === 0) return voice.say(`refusals.${code}`);
  return [...reasons]
    .map(([why, ids]) =>
      voice.say("desk.import.refused", {
        count: ids.length,
        numbers: named(ids, speaking),
        why: voice.say(`refusals.${why}`),
      }),
    )
    .join(" ");
}

/** Nothing where no block bears a mark: then words alone decide, as ever. */
export function sayRecognised({ byMark, byWords, doubled, contradicted }: Recognised, speaking: Speaking): string[] {
  const { say } = speaking.voice;
  if (byMark + doubled.length + contradicted.length === 0) return [];
  return [
    say("desk.import.recognised.sum", { byMark, byWords }),
    ...(["doubled", "contradicted"] as const).flatMap((why) => {
      const ids = { doubled, contradicted }[why];
      return ids.length === 0 ? [] : [say(`desk.import.recognised.${why}`, { numbers: named(ids, speaking) })];
    }),
  ];
}

/** A heading by its words. */
const named = (ids: readonly ParagraphId[], speaking: Speaking): string =>
  speaking.voice.list(
    ids.map((id) => numberOf(id, speaking) || `“${canonicalText(blocksById(speaking.text).get(id)?.content ?? [])}”`),
  );
