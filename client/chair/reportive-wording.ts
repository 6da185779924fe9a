/**
 * How the chair's summary reports a paragraph that found no consensus: what some States proposed, and that others did not agree.
 * A suggestion tied to those who hold the views, for the chair to use or not.
 */
import type { ComposedParagraph, Named } from "../../shared/domain/report.ts";
import { say } from "../ui/voice.ts";

export interface Reportive {
  readonly words: string;
  readonly some: readonly Named[];
  readonly others: readonly Named[];
}

/** Null when nobody stands against it: then there is nothing to report. */
export function reportiveWording(paragraph: Pick<ComposedParagraph, "text" | "positions">): Reportive | null {
  const holders = (wanted: (level: string) => boolean): Named[] => [
    ...new Map(
      paragraph.positions.flatMap(({ level, by }) => (by && wanted(level) ? [[by.code, by] as const] : [])),
    ).values(),
  ];
  const others = holders((level) => level === "objection" || level === "reservation");
  if (others.length === 0) return null;
  const some = holders((level) => level === "support" || level === "accept");
  const reasons = [
    ...new Set(paragraph.positions.flatMap(({ level, reason }) => (level === "objection" && reason ? [reason] : []))),
  ];
  const proposed = say("desk.reportive.some", { words: asClause(paragraph.text) });
  const disagreed =
    reasons.length > 0
      ? say("desk.reportive.othersBecause", { reason: asClause(reasons.join("; ")) })
      : say("desk.reportive.others");
  return { words: `${proposed} ${disagreed}`, some, others };
}

/** A sentence as part of another one: no stop at its end, no brackets, and a small letter unless its first word is a name. */
function asClause(sentence: string): string {
  const words = sentence
    .trim()
    .replace(/[[\]]/g, "")
    .replace(/[.;,]\s*$/, "");
  return /^(The|A|An|All|In|It|This|These|Each|Such|No|Any)\b/.test(words)
    ? words.charAt(0).toLowerCase() + words.slice(1)
    : words;
}
