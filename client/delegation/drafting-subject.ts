/** What is drafted in a room, as a phrase. */
import type { DraftingSubject } from "../../shared/domain/drafting.ts";
import type { Record } from "../../shared/domain/record.ts";
import type { Text } from "../../shared/domain/text.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import { say, voice } from "../ui/voice.ts";

export function subjectOf(
  { change, paragraph, to = "consensus" }: Omit<DraftingSubject, "wording">,
  record: Record,
  text: Text,
): string {
  const number = numberOf(paragraph, { record, text, voice }) || say("drafting.gone");
  return change === "move"
    ? say("drafting.subject.move", { number, part: say(`words.thePart.${to}`) })
    : say(`drafting.subject.${change}`, { number });
}
