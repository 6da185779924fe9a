/**
 * How the chair's summary reports a paragraph that found no consensus: how many States proposed it, how many did not agree, and how many
 * reserved on it. A suggestion tied to those who hold the views, for the chair to use or not; its words never say more than the list
 * behind them (SPEC: SUM).
 */
import type { Level } from "../../shared/domain/positions.ts";
import { quantifierFor } from "../../shared/domain/quantifiers.ts";
import type { ComposedParagraph, SeenPosition } from "../../shared/domain/report.ts";
import type { Inline } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { sayNamed } from "../../shared/messages/tell.ts";
import { say, voice } from "../ui/voice.ts";

/** Words that say how many, and who they are as far as known. */
interface View {
  readonly words: string;
  readonly who: readonly string[];
}

export interface Reportive {
  readonly words: string;
  readonly views: readonly View[];
}

/**
 * @param table how many States take part
 * @param numberOf what a reference is called; footnotes stay behind, for they are no part of a view
 * @returns null when nobody stands against it: then there is nothing to report
 */
export function reportiveWording(
  paragraph: Pick<ComposedParagraph, "content" | "positions">,
  table: number,
  numberOf: (id: ParagraphId) => string,
): Reportive | null {
  const [agree, object, reserve] = [
    holding(paragraph, ["support", "accept"]),
    holding(paragraph, ["objection"]),
    holding(paragraph, ["reservation"]),
  ];
  if (object.count + reserve.count === 0) return null;
  const viewOf = ({ count, who }: Holding, kind: "who" | "others"): View => ({
    words: say(`desk.reportive.${kind}.${quantifierFor(count, table)}`),
    who,
  });
  const others = agree.count > 0 ? "others" : "who";
  const proposed = agree.count > 0 ? viewOf(agree, "who") : null;
  const objecting = object.count > 0 ? viewOf(object, others) : null;
  const reserving = reserve.count > 0 ? viewOf(reserve, others) : null;
  const reasons = object.reasons
    .map((reason) => say("desk.reportive.quoted", { words: withoutStop(reason) }))
    .join("; ");
  return {
    words: [
      asViewOf(proposed?.words ?? null, lettersOf(paragraph.content, numberOf)),
      ...(objecting
        ? [
            reasons === ""
              ? say("desk.reportive.objects", { who: objecting.words })
              : say("desk.reportive.objectsBecause", { who: objecting.words, reasons }),
          ]
        : []),
      ...(reserving ? [say("desk.reportive.reserves", { who: reserving.words })] : []),
    ].join(" "),
    views: [proposed, objecting, reserving].flatMap((view) => view ?? []),
  };
}

export const lettersOf = (content: readonly Inline[], numberOf: (id: ParagraphId) => string): string =>
  content.map((one) => (one.t === "text" ? one.text : one.t === "ref" ? numberOf(one.to) : "")).join("");

interface Holding {
  readonly count: number;
  readonly who: readonly string[];
  readonly reasons: readonly string[];
}

/** The States that hold one of these levels now: each once, a group's members with it. */
function holding({ positions }: Pick<ComposedParagraph, "positions">, levels: readonly Level[]): Holding {
  const held = positions.filter(({ level, standing, ofState }) => ofState && standing && levels.includes(level));
  const states = new Set(held.flatMap(statesBehind));
  return {
    count: states.size,
    who: [...new Set(held.flatMap(({ by }) => (by ? [sayNamed(by, voice)] : [])))],
    reasons: [...new Set(held.flatMap(({ reason }) => reason ?? []))],
  };
}

const statesBehind = ({ behind, by, holder }: SeenPosition): readonly string[] =>
  behind ? behind.states.map(({ code }) => code) : [by?.code ?? holder];

/** Text that reports already ("States recalled that …") only loses its claim to speak for all; other text is quoted. */
function asViewOf(who: string | null, text: string): string {
  const words = text.trim().replace(/[[\]]/g, "");
  if (who === null) return say("desk.reportive.proposedByNobody", { words: withoutStop(words) });
  const states = say("desk.reportive.states");
  if (words.startsWith(`${states} `)) return who + words.slice(states.length);
  return say("desk.reportive.proposed", { who, words: withoutStop(words) });
}

const withoutStop = (words: string): string => words.trim().replace(/[.;,]\s*$/, "");
