/** What acts did to the text after it was last circulated: they are at once for everyone, words wait for the next circulation. */
import type { Record } from "../domain/record.ts";
import { blocksById } from "../domain/text.ts";
import type { ParagraphId } from "../domain/values.ts";
import { sayParagraphs } from "./silence.ts";
import type { Naming } from "./tell.ts";

/** "since then moved to the other part: paragraph 1 of the chair's summary"; null where nothing was moved since. */
export function sayMovedSince(
  { circulations, moves }: Pick<Record, "circulations" | "moves">,
  naming: Naming,
): string | null {
  const last = circulations.at(-1)?.seq ?? 0;
  const stands = blocksById(naming.text);
  const times = new Map<ParagraphId, number>();
  for (const { paragraph, seq } of moves)
    if (seq > last && stands.has(paragraph)) times.set(paragraph, (times.get(paragraph) ?? 0) + 1);
  // Twice is there and back.
  const moved = [...times].flatMap(([paragraph, count]) => (count % 2 === 1 ? [paragraph] : []));
  return moved.length > 0 ? naming.voice.say("versions.movedSince", { scope: sayParagraphs(moved, naming) }) : null;
}
