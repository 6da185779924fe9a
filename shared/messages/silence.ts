/** A silence procedure and an adoption in sentences, the same on desks and on pages. */
import type { ComposedReport, SeenAdoption, SeenBreak, SeenSilence } from "../domain/report.ts";
import { brokenParagraphs, stillSilent } from "../domain/silence.ts";
import { blocksById } from "../domain/text.ts";
import type { ParagraphId } from "../domain/values.ts";
import { numberOf } from "./numbers.ts";
import type { Voice } from "./say.ts";
import type { Naming } from "./tell.ts";
import { dayInNewYork, deadlineIn } from "./times.ts";

/** "paragraphs 3, 4 and 7" */
export function sayParagraphs(ids: readonly ParagraphId[], { record, text, voice }: Naming): string {
  const { say, list } = voice;
  const known = ids.flatMap((id) => (blocksById(text).has(id) ? [numberOf(id, { record, text, voice })] : []));
  return known.length === 0
    ? say("silence.announce.removed")
    : say("silence.paragraphs", { count: known.length, numbers: list(known) });
}

type Scoped = Pick<SeenSilence, "whole" | "paragraphs">;
type Breakable = Scoped & { readonly breaks: readonly Pick<SeenBreak, "inTime" | "paragraphs">[] };

export const sayScope = ({ whole, paragraphs }: Scoped, saying: Naming): string =>
  whole
    ? saying.voice.say("silence.whole")
    : sayParagraphs(
        paragraphs.map(({ paragraph }) => paragraph),
        saying,
      );

/** What saying nothing still agrees. */
export function sayStillSilent(silence: Breakable, saying: Naming): string {
  const paragraphs = stillSilent(silence);
  return sayScope({ paragraphs, whole: silence.whole && paragraphs.length === silence.paragraphs.length }, saying);
}

/** Where it stands, in one sentence without a full stop. */
export function saySilence(silence: SeenSilence, now: number, saying: Naming): string {
  const { say } = saying.voice;
  const scope = sayScope(silence, saying);
  const { ended, paragraphs, breaks } = silence;
  if (ended === null) {
    if (now > silence.deadline) return say("silence.settling", { scope });
    const broken = brokenParagraphs(silence);
    if (broken.size === 0) return say("silence.running", { scope });
    if (stillSilent(silence).length === 0) return say("silence.runningBroken", { scope });
    return say("silence.runningInPart", {
      scope: sayStillSilent(silence, saying),
      broken: sayParagraphs([...broken], saying),
    });
  }
  if (ended.how === "cancelled") return say("silence.cancelled", { scope });
  const passed = ended.passed.map(({ paragraph }) => paragraph);
  if (passed.length === paragraphs.length || (passed.length > 0 && !breaks.some(({ inTime }) => inTime)))
    return say("silence.held", {
      scope: silence.whole && passed.length === paragraphs.length ? scope : sayParagraphs(passed, saying),
    });
  return passed.length > 0 ? say("silence.heldInPart", { passed: sayParagraphs(passed, saying) }) : say("silence.fell");
}

/** "Silence broken by Freedonia on paragraph 4 (recorded from the floor, not confirmed yet)" */
export function sayBreak(silence: SeenSilence, one: SeenBreak, saying: Naming): string {
  const { say, list } = saying.voice;
  const all = one.paragraphs.length === silence.paragraphs.length;
  const scope = all ? sayScope(silence, saying) : sayParagraphs(one.paragraphs, saying);
  const who = one.by?.name;
  const sentence = !one.inTime
    ? say("silence.late", { who: who ?? say("record.someone"), scope })
    : who === undefined
      ? say("silence.broken", { scope })
      : say("silence.brokenBy", { who, scope });
  const asides = [
    ...(one.confirmed ? [] : [say("silence.fromTheFloor")]),
    ...(one.alsoFor ? [say("silence.alsoFor", { names: list(one.alsoFor.map(({ name }) => name)) })] : []),
  ];
  return asides.length === 0 ? sentence : `${sentence} (${asides.join("; ")})`;
}

/** What it means and what is special about it, a sentence each. */
export function silenceTerms(silence: SeenSilence, { voice: { say, language } }: Naming): readonly string[] {
  if (silence.ended)
    return silence.ended.how === "cancelled" ? [say("record.reason", { reason: silence.ended.reason })] : [];
  const kept = stillSilent(silence).length;
  return [
    kept === 0
      ? say("silence.meansNothing")
      : kept < silence.paragraphs.length
        ? say("silence.meansInPart")
        : say(silence.adopts ? "silence.meansAdoption" : "silence.means"),
    ...(silence.adopts && kept < silence.paragraphs.length ? [say("silence.adoptsNot")] : []),
    say("silence.boundary"),
    ...(silence.lapses ? [say("silence.lapses")] : []),
    ...silence.extensions.map(({ from, outage, reason }) => {
      const sentence = say(outage ? (outage.clock ? "silence.clockSet" : "silence.outage") : "silence.extended", {
        from: deadlineIn(from, silence.zone, language),
      });
      return reason === null ? sentence : `${sentence} ${say("record.reason", { reason })}`;
    }),
    ...(silence.note === null ? [] : [say("record.note", { note: silence.note })]),
  ];
}

/** Those that everybody should know of now: what runs, and what ended last, until something else was circulated or the report adopted otherwise. */
export function silencesToShow({
  silences,
  circulatedAt,
  adoption,
}: Pick<ComposedReport, "silences" | "circulatedAt" | "adoption">): readonly SeenSilence[] {
  const running = silences.filter(({ ended }) => ended === null);
  const last = silences.at(-1);
  if (running.length > 0 || !last?.ended) return running;
  const isPast = adoption ? adoption.silence !== last.id : last.ended.at < (circulatedAt ?? 0);
  return isPast ? [] : [last];
}

/** "Adopted by consensus on 27 November 2026" */
export function sayAdoption(adoption: SeenAdoption | null, { say, list, language }: Voice): string {
  if (!adoption) return say("silence.adoption.not");
  const day = dayInNewYork(adoption.at, language);
  if (adoption.byConsensus)
    return say(adoption.silence ? "silence.adoption.silence" : "silence.adoption.consensus", { day });
  return adoption.by.length > 0
    ? say("silence.adoption.recordedBy", { day, who: list(adoption.by.map(({ name }) => name)) })
    : say("silence.adoption.recorded", { day });
}

/** "2 days 4 hours", "12 minutes", "40 seconds": two units at the most, rounded down, as time that is left. */
export function sayLeft(ms: number, { say }: Voice): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const units = [
    ["silence.days", days],
    ["silence.hours", hours % 24],
    ["silence.minutes", minutes % 60],
    ["silence.seconds", seconds % 60],
  ] as const;
  const largest = units.findIndex(([, count]) => count > 0);
  const first = largest < 0 ? units.length - 1 : largest;
  const shown = units.slice(first, first + 2).filter(([, count], index) => index === 0 || count > 0);
  return shown.map(([unit, count]) => say(unit, { count })).join(" ");
}
