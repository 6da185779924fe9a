/** Where the whole report stands, in one sentence, and what is closest to being agreed. */
import type { ComposedReport, Overview, Step } from "../../shared/domain/report.ts";
import { say } from "../ui/voice.ts";

export function standSentence({ overview }: ComposedReport): string {
  const { agreed, total, proposed } = overview;
  return [
    say("desk.stand", { agreed, total }),
    ...betweenSentence(overview),
    ...(proposed !== null && proposed > 0 ? [say("overview.proposed", { count: proposed })] : []),
  ].join(" ");
}

function betweenSentence({ agreed, total, blocked, delegations }: Overview): string[] {
  if (blocked === null) return [];
  if (blocked === 0) return [agreed === total && total > 0 ? say("desk.allAgreed") : say("desk.nothingBetween")];
  const paragraphs = say("desk.paragraphs", { count: blocked });
  if (delegations === null || delegations === 0) return [say("desk.between", { count: blocked, paragraphs })];
  return [say("desk.betweenBoth", { paragraphs, delegations: say("desk.delegations", { count: delegations }) })];
}

/** What asks least of anybody. */
export const closestStep = ({ overview }: ComposedReport): Step | null => overview.steps[0] ?? null;

/** "one phrase", "2 delegations", "open brackets" */
export function whatItTakes({ by, words, whole, kinds }: Step): string {
  if (by.length === 1 && !whole && words > 0 && words <= phrase) return say("desk.takes.phrase");
  if (by.length > 0) return say("desk.delegations", { count: by.length });
  return say(`words.blocker.${kinds[0] ?? "reopened"}`);
}

/** So many words are called a phrase. */
const phrase = 12;
