/** The name of a paragraph's group, which screen readers and tests know it by: its number, part, status and what stands on it. */
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { say } from "../ui/voice.ts";

/** "Paragraph 3, consensus text, contested, 1 objection"; zeros are left out. */
export function groupLabel(paragraph: ComposedParagraph): string {
  const { number, part, status, counts } = paragraph;
  const proposals = paragraph.proposals.filter(({ fate }) => fate === null);
  return [
    say("words.paragraph", { number }),
    say(`desk.group.part.${part}`),
    ...(status ? [say(`desk.group.status.${status}`)] : []),
    ...(counts && counts.objection > 0 ? [say("desk.group.objections", { count: counts.objection })] : []),
    ...(counts && counts.reservation > 0 ? [say("desk.group.reservations", { count: counts.reservation })] : []),
    ...(proposals.length > 0 ? [say("desk.group.proposals", { count: proposals.length })] : []),
  ].join(", ");
}
