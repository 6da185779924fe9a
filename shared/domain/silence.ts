/**
 * The silence procedure: words stand as agreed at a deadline unless a State breaks the silence (SPEC: SIL). What is asked for, what is
 * recorded, and what follows at any moment. Deciding is in `acts/silence.ts`.
 */
import { alternativesIn, alternativesOf } from "./alternatives.ts";
import { isBracketed } from "./brackets.ts";
import type { Audience, Disclosure, Position } from "./positions.ts";
import type { Record } from "./record.ts";
import { blocksIn, gavelOn, isBlocking, isOrphan, objectionsTo, orphans } from "./status.ts";
import type { Block } from "./text.ts";
import { blocksById, flatText } from "./text.ts";
import type {
  DelegationCode,
  EpochMs,
  GroupId,
  ParagraphId,
  PositionId,
  SilenceBreakId,
  SilenceId,
  WordingHash,
} from "./values.ts";
import { hiddenCharacters, wordingOf } from "./wording.ts";
import { contains, wordsOf } from "./words.ts";

export const hourMs = 3_600_000;
/** A lowered minimum counts for what is announced so long afterwards (SIL2). */
const notice = 72 * hourMs;
/** How long after the deadline the procedure is settled: what came in time has been decided by then (SIL6). */
export const drainMs = 2_000;
/** An outage of the server of more than this, near the deadline, moves it (SIL9). */
export const outageMs = 60_000;

/** A paragraph in exactly these words. */
export interface Wording {
  readonly paragraph: ParagraphId;
  readonly wording: WordingHash;
}

export type SilenceCommand =
  | {
      readonly kind: "announce-silence";
      /** The consensus text as a whole, or these paragraphs of it. */
      readonly scope: "whole" | readonly ParagraphId[];
      readonly deadline: EpochMs;
      /** The time zone the deadline was chosen in, by its IANA name: it is told in it. */
      readonly zone: string;
      /** Objections to earlier or removed words that are not reaffirmed by the deadline lapse with it. */
      readonly lapses?: boolean;
      /** The whole report is adopted when the silence is not broken. */
      readonly adopts?: boolean;
      readonly note?: string;
    }
  | {
      readonly kind: "extend-silence";
      readonly procedure: SilenceId;
      readonly deadline: EpochMs;
      readonly reason?: string;
    }
  | { readonly kind: "cancel-silence"; readonly procedure: SilenceId; readonly reason: string }
  | {
      readonly kind: "break-silence";
      readonly procedure: SilenceId;
      /** Those it concerns; without them everything in the scope. */
      readonly paragraphs?: readonly ParagraphId[];
      readonly reason?: string;
      /** The chair's team records what this delegation said from the floor. */
      readonly onBehalfOf?: DelegationCode;
      /** The delegation speaks for this group: the break is the group's, and an objection of it to each paragraph. */
      readonly onBehalfOfGroup?: GroupId;
      /** Whom the delegation says that it speaks for besides itself. Nobody's stance is made of it. */
      readonly alsoFor?: readonly DelegationCode[];
    }
  | { readonly kind: "set-silence-minimum"; readonly hours: number };

/** When the server was away. `clock`: its clock was set forward by as long, and none of it passed. */
export interface Outage {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly clock?: true;
}

export type SilenceWhat =
  | {
      readonly kind: "silence-announced";
      readonly id: SilenceId;
      readonly whole: boolean;
      readonly paragraphs: readonly Wording[];
      readonly deadline: EpochMs;
      readonly zone: string;
      readonly lapses: boolean;
      readonly adopts: boolean;
      /** Who may know of the procedure. */
      readonly audience: Audience;
      readonly note?: string;
    }
  | {
      readonly kind: "silence-extended";
      readonly silence: SilenceId;
      readonly deadline: EpochMs;
      readonly reason?: string;
      /** The server was away in the last hour: the deadline moves by as long. */
      readonly outage?: Outage;
    }
  | { readonly kind: "silence-cancelled"; readonly silence: SilenceId; readonly reason: string }
  | {
      readonly kind: "silence-broken";
      readonly silence: SilenceId;
      readonly id: SilenceBreakId;
      readonly paragraphs: readonly ParagraphId[];
      /** False: it came after the deadline and has no effect. */
      readonly inTime: boolean;
      readonly confirmed: boolean;
      readonly disclosure: Disclosure;
    }
  /** What passed is agreed from here on. */
  | {
      readonly kind: "silence-closed";
      readonly silence: SilenceId;
      readonly passed: readonly Wording[];
      readonly audience: Audience;
    }
  | { readonly kind: "position-lapsed"; readonly position: PositionId; readonly silence: SilenceId };

export interface SilenceBreak {
  readonly id: SilenceBreakId;
  readonly seq: number;
  readonly at: EpochMs;
  /** Null where the viewer may not know. */
  readonly by: DelegationCode | null;
  /** On whose behalf it broke the silence; null for itself. */
  readonly group: GroupId | null;
  readonly paragraphs: readonly ParagraphId[];
  readonly inTime: boolean;
  readonly confirmed: boolean;
  readonly disclosure: Disclosure;
  readonly reason: string | null;
  readonly alsoFor: readonly DelegationCode[];
}

export interface Extension {
  readonly at: EpochMs;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly reason: string | null;
  readonly outage: Outage | null;
}

export interface Silence {
  readonly id: SilenceId;
  readonly seq: number;
  readonly at: EpochMs;
  readonly whole: boolean;
  /** The paragraphs in its scope in the words that are frozen. */
  readonly paragraphs: readonly Wording[];
  readonly deadline: EpochMs;
  readonly zone: string;
  readonly lapses: boolean;
  readonly adopts: boolean;
  readonly audience: Audience;
  readonly note: string | null;
  readonly extensions: readonly Extension[];
  readonly breaks: readonly SilenceBreak[];
  /** Null while it runs. */
  readonly ended:
    | null
    | { readonly how: "cancelled"; readonly seq: number; readonly at: EpochMs; readonly reason: string }
    | {
        readonly how: "closed";
        readonly seq: number;
        readonly at: EpochMs;
        readonly passed: readonly Wording[];
      };
}

/** What the chair writes to all about a procedure. */
export const letters = ["announced", "broken", "held"] as const;
export type Letter = (typeof letters)[number];

/** Those there are to write: none is broken before somebody broke it, none held before its deadline passed. */
export function lettersOn({
  ended,
  breaks,
}: Pick<Silence, "ended"> & { readonly breaks: readonly Pick<SilenceBreak, "inTime">[] }): readonly Letter[] {
  const held = ended?.how === "closed" && ended.passed.length > 0;
  const broken = breaks.some(({ inTime }) => inTime);
  return ["announced", ...(broken ? (["broken"] as const) : []), ...(held ? (["held"] as const) : [])];
}

export const runningSilences = (record: Record): readonly Silence[] =>
  [...record.silences.values()].filter(({ ended }) => ended === null);

/** Paragraphs on which the silence was broken in time. */
export const brokenParagraphs = ({
  breaks,
}: {
  readonly breaks: readonly Pick<SilenceBreak, "inTime" | "paragraphs">[];
}): ReadonlySet<ParagraphId> => new Set(breaks.filter(({ inTime }) => inTime).flatMap(({ paragraphs }) => paragraphs));

/** The paragraphs that saying nothing still agrees: those on which nobody broke the silence in time. */
export function stillSilent<One extends Pick<Wording, "paragraph">>({
  paragraphs,
  breaks,
}: {
  readonly paragraphs: readonly One[];
  readonly breaks: readonly Pick<SilenceBreak, "inTime" | "paragraphs">[];
}): readonly One[] {
  const broken = brokenParagraphs({ breaks });
  return paragraphs.filter(({ paragraph }) => !broken.has(paragraph));
}

/**
 * The shortest silence that may be announced at `now`: the longest minimum that was in force at any time in the 72 hours before, so that
 * raising it counts at once and lowering it three days later (SIL2).
 */
export function silenceMinimumHours({ silenceMinimums }: Pick<Record, "silenceMinimums">, now: EpochMs): number {
  return Math.max(
    ...silenceMinimums
      .filter((_, index) => (silenceMinimums[index + 1]?.since ?? Infinity) > now - notice)
      .map(({ hours }) => hours),
  );
}

/** The circulated paragraphs of consensus text in a scope, in the order of the text; ids that are none are left out. */
export function paragraphsInScope(record: Record, scope: "whole" | readonly ParagraphId[]): readonly Block[] {
  const named = scope === "whole" ? null : new Set(scope);
  return record.text.filter(
    ({ id, kind, part }) => kind === "paragraph" && part === "consensus" && (named === null || named.has(id)),
  );
}

export interface InTheWay {
  readonly paragraph: ParagraphId;
  readonly why:
    | "objection"
    | "earlier-objection"
    | "brackets"
    | "alternatives"
    | "hidden-characters"
    | "already-agreed";
  readonly by: DelegationCode | null;
}

/**
 * Why silence cannot pass over these paragraphs, in reading order (SIL3): silence never overrides an objection to the current words;
 * one to earlier words only where it is announced that these lapse, and no words with open brackets, alternatives or what nobody can see.
 */
export function inTheWay(
  record: Record,
  scope: "whole" | readonly ParagraphId[],
  lapses: boolean,
): readonly InTheWay[] {
  const blocks = paragraphsInScope(record, scope);
  const within = new Set(blocks.map(({ id }) => id));
  const unchosen = new Set(alternativesIn(record.text, alternativesOf(record, record.text)).flat());
  const found = blocks.flatMap((block): readonly InTheWay[] => {
    const paragraph = block.id;
    const words = flatText(block.content);
    const objections = objectionsTo(record, block).flatMap((position): readonly InTheWay[] => {
      const isEarlier = isToEarlierWords(position, block);
      if (isEarlier && lapses && liesWithin(position, within)) return [];
      return [{ paragraph, why: isEarlier ? "earlier-objection" : "objection", by: position.by }];
    });
    if (gavelOn(record, paragraph)) {
      // The whole may hold agreed paragraphs; to name one alone means nothing.
      return scope === "whole" ? objections : [{ paragraph, why: "already-agreed", by: null }, ...objections];
    }
    return [
      ...objections,
      ...(isBracketed(block.content) ? [{ paragraph, why: "brackets", by: null } as const] : []),
      ...(unchosen.has(block) ? [{ paragraph, why: "alternatives", by: null } as const] : []),
      ...(hiddenCharacters(words).length > 0 ? [{ paragraph, why: "hidden-characters", by: null } as const] : []),
    ];
  });
  if (scope !== "whole") return found;
  // The report as a whole stands in the way of itself where an objection is to words that were removed, or to the summary's placement.
  const elsewhere = record.text
    .filter(({ id }) => !within.has(id))
    .flatMap((block) =>
      objectionsTo(record, block).map(({ by }) => ({ paragraph: block.id, why: "objection", by }) as const),
    );
  const removed = lapses
    ? []
    : orphans(record).map(({ paragraph, by }) => ({ paragraph, why: "earlier-objection", by }) as const);
  return [...found, ...elsewhere, ...removed];
}

/**
 * Whether an objection is to words that were since replaced: the paragraph has other words and no longer holds those concerned.
 * One to the part that a paragraph stands in is to no words at all.
 */
function isToEarlierWords({ placement, wording, span }: Position, block: Block): boolean {
  if (placement !== null) return false;
  const today = wordingOf(block.content);
  if (wording === today.hash) return false;
  return span === null || !contains(wordsOf(today.text), wordsOf(span.quote));
}

const liesWithin = ({ on }: Position, paragraphs: ReadonlySet<ParagraphId>): boolean =>
  on.every((id) => paragraphs.has(id));

export interface Settled {
  readonly passed: readonly Wording[];
  readonly lapsed: readonly PositionId[];
}

/**
 * What a procedure comes to at its deadline (SIL7): a paragraph passes unless the silence was broken on it in time, or an objection
 * stated in time stands on it that does not lapse.
 */
export function settledAt(record: Record, silence: Silence): Settled {
  const here = blocksById(record.text);
  const broken = brokenParagraphs(silence);
  let passing = new Set(silence.paragraphs.map(({ paragraph }) => paragraph).filter((id) => !broken.has(id)));
  const inTime = ({ at }: Position): boolean => at <= silence.deadline;
  const lapsesOn = (position: Position, block: Block): boolean =>
    silence.lapses && inTime(position) && isToEarlierWords(position, block) && liesWithin(position, passing);
  // An objection that also stands where the silence was broken does not lapse, so its other paragraphs do not pass either.
  for (;;) {
    const still = new Set(
      [...passing].filter((id) => {
        const block = here.get(id);
        return block && objectionsTo(record, block).every((one) => !inTime(one) || lapsesOn(one, block));
      }),
    );
    if (still.size === passing.size) break;
    passing = still;
  }
  const lapsed = new Set<PositionId>();
  if (silence.lapses) {
    for (const id of passing) {
      const block = here.get(id);
      if (!block) continue;
      for (const position of objectionsTo(record, block)) if (lapsesOn(position, block)) lapsed.add(position.id);
    }
    // With a whole text that stands, also what was said against words that are no longer in it.
    if (silence.whole && passing.size === silence.paragraphs.length)
      for (const position of orphans(record)) if (inTime(position)) lapsed.add(position.id);
  }
  const passed = silence.paragraphs.filter(({ paragraph }) => passing.has(paragraph) && !gavelOn(record, paragraph));
  return { passed, lapsed: [...lapsed] };
}

/** The objections of a delegation that lapse at the deadline unless it reaffirms them. */
export function lapsingFor(
  record: Record,
  silence: Pick<Silence, "lapses" | "whole"> & {
    readonly ended: unknown;
    readonly paragraphs: readonly Pick<Wording, "paragraph">[];
  },
  code: DelegationCode,
): readonly Position[] {
  if (!silence.lapses || silence.ended !== null) return [];
  const here = blocksById(record.text);
  const within = new Set(silence.paragraphs.map(({ paragraph }) => paragraph));
  return [...record.positions.values()].filter((position) => {
    if (position.by !== code || !isBlocking(position)) return false;
    if (isOrphan(position)) return silence.whole;
    return (
      liesWithin(position, within) &&
      position.on.every((id) => {
        const block = here.get(id);
        return block && blocksIn(position, block.part) && isToEarlierWords(position, block);
      })
    );
  });
}
