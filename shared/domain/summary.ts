/**
 * What makes the chair's summary honest (SPEC: SUM): whom its words speak for, what delegations say is wrong in it as a matter of fact,
 * and what it is. It is the chair's own; nobody is asked to agree with it, and nothing here blocks.
 */
import { audienceKey, isAmong, named, nameFor } from "./disclosure.ts";
import type { Audience, Disclosure, Span } from "./positions.ts";
import { disagreement, quantifiersIn } from "./quantifiers.ts";
import type { Record } from "./record.ts";
import type { Named } from "./report.ts";
import type { Viewer } from "./roster.ts";
import { statesIn } from "./roster.ts";
import type { Block } from "./text.ts";
import { blocksById } from "./text.ts";
import type { CorrectionRequestId, DelegationCode, EpochMs, ParagraphId, WordingHash } from "./values.ts";
import { wordingOf } from "./wording.ts";

/** Until the chair words it otherwise. It is part of the document, and therefore in its language. */
export const usualDisclaimer =
  "This part is issued under the responsibility of the Chair. It records ideas and proposals on which there was no consensus and binds no delegation.";

/** A paragraph that the consensus text may carry, negotiated like any other, for the chair to put in. */
export const usualReference =
  "Ideas and proposals on which there was no consensus are reflected in the Chair's summary annexed to this report.";

export const disclaimerOf = ({ settings }: Pick<Record, "settings">): string => settings.disclaimer ?? usualDisclaimer;

/** SUM8: whether words refer to the chair's summary. */
export const refersToSummary = (text: string): boolean => /\bchair(?:person)?(?:['’]s|s['’])?\s+summary\b/i.test(text);

/** Whom a word such as "some States" speaks for, as the chair's team says. */
export interface QuantifierTie {
  readonly paragraph: ParagraphId;
  readonly wording: WordingHash;
  /** Where it begins in the canonical text of that wording. */
  readonly from: number;
  readonly words: string;
  readonly delegations: readonly DelegationCode[];
  readonly audience: Audience;
  readonly at: EpochMs;
  readonly seq: number;
}

/** A delegation says that the summary has a fact wrong, most of all what it is said to have said. */
export interface CorrectionRequest {
  readonly id: CorrectionRequestId;
  readonly paragraph: ParagraphId;
  readonly wording: WordingHash;
  readonly disclosure: Disclosure;
  readonly by: DelegationCode | null;
  /** Null where it is hidden. */
  readonly says: string | null;
  readonly span: Span | null;
  /** False for what the chair's team recorded from the floor. */
  readonly confirmed: boolean;
  readonly at: EpochMs;
  readonly seq: number;
  readonly answer: CorrectionAnswer | null;
}

export interface CorrectionAnswer {
  /** `withdrawn` by its author. */
  readonly how: "corrected" | "not-corrected" | "withdrawn";
  readonly reason: string | null;
  /** The words that correct it. */
  readonly after: WordingHash | null;
  readonly at: EpochMs;
  readonly seq: number;
}

export interface Summary {
  /** In the order in which they were asked for. */
  readonly requests: readonly CorrectionRequest[];
  /** The last of each place. */
  readonly ties: readonly QuantifierTie[];
}

export const noSummary: Summary = { requests: [], ties: [] };

export type SummaryWhat =
  | ({ readonly kind: "quantifier-tied" } & Omit<QuantifierTie, "at" | "seq">)
  | {
      readonly kind: "correction-requested";
      readonly id: CorrectionRequestId;
      readonly paragraph: ParagraphId;
      readonly wording: WordingHash;
      readonly confirmed: boolean;
      readonly disclosure: Disclosure;
    }
  | {
      readonly kind: "correction-answered";
      readonly request: CorrectionRequestId;
      readonly paragraph: ParagraphId;
      readonly corrected: boolean;
      readonly before?: WordingHash;
      readonly after?: WordingHash;
    }
  | {
      readonly kind: "correction-request-withdrawn";
      readonly request: CorrectionRequestId;
      readonly paragraph: ParagraphId;
    };

export type SummaryCommand =
  | { readonly kind: "set-disclaimer"; readonly text: string }
  /** `from`: where the word begins in the words of `wording`. Nobody named: it is tied to nobody any more. */
  | {
      readonly kind: "tie-quantifier";
      readonly paragraph: ParagraphId;
      readonly wording: WordingHash;
      readonly from: number;
      readonly delegations: readonly DelegationCode[];
    }
  | {
      readonly kind: "request-correction";
      readonly paragraph: ParagraphId;
      readonly wording: WordingHash;
      readonly text: string;
      readonly span?: Span;
      readonly disclosure?: Disclosure;
      readonly onBehalfOf?: DelegationCode;
    }
  /** `text`: the paragraph as it is to be; without it, words changed since the request was made are what corrects it. */
  | {
      readonly kind: "answer-correction";
      readonly request: CorrectionRequestId;
      readonly corrected: boolean;
      readonly reason?: string;
      readonly text?: string;
      readonly wording?: WordingHash;
    }
  | { readonly kind: "withdraw-correction-request"; readonly request: CorrectionRequestId };

/** A word that says how many, as this viewer may know who they are. */
export interface SeenQuantifier {
  readonly from: number;
  readonly to: number;
  readonly words: string;
  readonly by: readonly Named[];
  /** For the chair's team: nobody is named, the words were others when they were, or they say more or less than the list. */
  readonly warning?: "untied" | "stale" | "fewer" | "more";
}

export interface SeenRequest extends Pick<CorrectionRequest, "id" | "confirmed" | "at" | "wording"> {
  readonly by?: Named;
  readonly says?: string;
  readonly span?: Span;
  readonly answer:
    | (Pick<CorrectionAnswer, "how" | "at" | "after"> & {
        readonly reason?: string;
        /** The words of the correction are not in circulation, or those complained of are again (SUM10). */
        readonly outstanding?: true;
      })
    | null;
}

/** Requests without an answer that one delegation may have (SUM12). */
export const mostRequests = 100;
/** Words that say how many, whose delegations are named (SUM12). */
export const mostTies = 5_000;

/** What is said of one paragraph. */
function onParagraph(summary: Summary, paragraph: ParagraphId): Summary {
  let index = indexed.get(summary);
  if (!index) {
    const found = new Map<ParagraphId, { requests: CorrectionRequest[]; ties: QuantifierTie[] }>();
    const on = (id: ParagraphId) => {
      const known = found.get(id) ?? { requests: [], ties: [] };
      found.set(id, known);
      return known;
    };
    for (const request of summary.requests) on(request.paragraph).requests.push(request);
    for (const tie of summary.ties) on(tie.paragraph).ties.push(tie);
    indexed.set(summary, (index = found));
  }
  return index.get(paragraph) ?? noSummary;
}

const indexed = new WeakMap<Summary, ReadonlyMap<ParagraphId, Summary>>();

/** SUM3–SUM5: those of one paragraph of the summary; for others than the chair's team those whose list they may know. */
export function seeQuantifiers(record: Record, viewer: Viewer, block: Block): readonly SeenQuantifier[] {
  if (block.kind === "heading" || block.part !== "chair-summary") return [];
  const { hash, text } = wordingOf(block.content);
  const { ties } = onParagraph(record.summary, block.id);
  const table = statesIn(record);
  return quantifiersIn(text).flatMap((found): readonly SeenQuantifier[] => {
    const { from, to, words } = found;
    const now = ties.find((tie) => tie.wording === hash && tie.from === from);
    const tie = now ?? ties.findLast((earlier) => earlier.words === words);
    const by = (tie?.delegations ?? []).map((code) => named(record, code));
    if (audienceKey(viewer) !== "team") return now && isAmong(viewer, now.audience) ? [{ from, to, words, by }] : [];
    const warning =
      by.length === 0 ? "untied" : now ? disagreement(found, statesAmong(record, now), table) : ("stale" as const);
    return [{ from, to, words, by, ...(warning && { warning }) }];
  });
}

const statesAmong = (record: Record, { delegations }: QuantifierTie): number =>
  delegations.filter((code) => record.delegations.get(code)?.kind === "member-state").length;

/** SUM10: words that correct it were never circulated, or no longer stand in what is. */
function isOutstanding(record: Record, { paragraph, wording, answer }: CorrectionRequest): boolean {
  if (answer?.how !== "corrected") return false;
  const now = blocksById(record.text).get(paragraph);
  // What everybody reads no longer has the paragraph.
  if (!now) return false;
  const { after } = answer;
  const wasRead = after !== null && (record.wordings.get(paragraph) ?? []).includes(after);
  return !wasRead || wordingOf(now.content).hash === wording;
}

/** SUM6: those on one paragraph that this viewer may know of. */
export function seeRequests(record: Record, viewer: Viewer, paragraph: ParagraphId): readonly SeenRequest[] {
  return onParagraph(record.summary, paragraph).requests.flatMap((request): readonly SeenRequest[] => {
    const { id, wording, confirmed, at, disclosure, by, says, span, answer } = request;
    const own = viewer.kind === "delegation" && viewer.code === by;
    if (!own && !isAmong(viewer, disclosure.existence)) return [];
    const reads = own || isAmong(viewer, disclosure.reason);
    const code = nameFor(viewer, by, disclosure);
    return [
      {
        id,
        wording,
        confirmed,
        at,
        ...(code && { by: named(record, code) }),
        ...(reads && says !== null && { says }),
        ...(reads && span && { span }),
        answer: answer && {
          how: answer.how,
          at: answer.at,
          after: answer.after,
          ...(reads && answer.reason !== null && { reason: answer.reason }),
          ...(isOutstanding(record, request) && { outstanding: true as const }),
        },
      },
    ];
  });
}
