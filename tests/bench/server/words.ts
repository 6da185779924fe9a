/** Paragraphs of a report, each unlike the others. */
import type { Block } from "../../../shared/domain/text.ts";
import { chance } from "../../support/random.ts";
import { block } from "../../support/report-doc.ts";

const vocabulary = Array.from({ length: 800 }, (_, index) => `word${index.toString(36)}`);

export function blockWithWords(index: number): Block {
  const random = chance(index + 1);
  const text = Array.from({ length: 60 }, () => random.pick(vocabulary)).join(" ");
  return { id: block(`p${index}x`), kind: "paragraph", level: 0, part: "consensus", content: [{ t: "text", text }] };
}
