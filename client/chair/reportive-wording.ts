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
      paragraph.positions.flatMap(({ level, by }) =>
        by && wanted(level) ? [[`${by.code} ${by.group?.id ?? ""}`, by] as const] : [],
      ),
    ).values(),
  ];
  const others = holders((level) => level === "objection" || level === "reservation");
  if (others.length === 0) return null;
  const some = holders((level) => level === "support" || level === "accept");
  const reasons = paragraph.positions.flatMap(({ level, reason }) =>
    level === "objection" && reason ? [say("desk.reportive.quoted", { words: withoutStop(reason) })] : [],
  );
  const disagreed =
    reasons.length > 0
      ? say("desk.reportive.othersBecause", { reasons: [...new Set(reasons)].join("; ") })
      : say("desk.reportive.others");
  return { words: `${asViewOfSome(paragraph.text)} ${disagreed}`, some, others };
}

/** Text that reports already ("States recalled that …") only loses its claim to speak for all; other text is quoted. */
function asViewOfSome(text: string): string {
  const words = text.trim().replace(/[[\]]/g, "");
  const [states, someStates] = [say("desk.reportive.states"), say("desk.reportive.someStates")];
  if (words.startsWith(`${states} `)) return someStates + words.slice(states.length);
  return say("desk.reportive.some", { words: withoutStop(words) });
}

const withoutStop = (words: string): string => words.trim().replace(/[.;,]\s*$/, "");
