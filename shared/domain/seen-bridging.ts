/** Bridging text as one viewer may see it on a paragraph (SPEC: MER): the chair's team with every answer, a sponsor with its own. */
import type { BridgingAnswer, BridgingText } from "./bridging.ts";
import { bridgingOn, isAsked, openAmong, sponsorsOf } from "./bridging.ts";
import { named } from "./disclosure.ts";
import type { PlacedHunk } from "./rebase.ts";
import { placeHunks } from "./rebase.ts";
import type { Record } from "./record.ts";
import type { Named } from "./report.ts";
import type { Viewer } from "./roster.ts";
import type { Block, Inline } from "./text.ts";
import type { BridgingId, EpochMs, ProposalId } from "./values.ts";
import { canonicalText } from "./wording.ts";

export interface SeenBridging {
  readonly id: BridgingId;
  readonly at: EpochMs;
  readonly proposals: readonly ProposalId[];
  /** The words it was made from, and those it would have. */
  readonly base: string;
  readonly baseContent: readonly Inline[];
  readonly text: string;
  readonly content: readonly Inline[];
  /** What it changes, and where in today's words; as long as nothing has become of it. */
  readonly hunks?: readonly PlacedHunk[];
  readonly reason: string | null;
  /** To whom it was put, as far as this viewer may know what they answer. */
  readonly asked: readonly SeenAsked[];
  readonly ended: BridgingText["ended"];
}

export interface SeenAsked {
  readonly by: Named;
  /** Null as long as it has said nothing. */
  readonly answer: BridgingAnswer | null;
  readonly reason: string | null;
  readonly at: EpochMs | null;
  /** False: heard from the floor. */
  readonly confirmed: boolean;
  /** No proposal of those it was made of stands with it any more. */
  readonly left: boolean;
}

export const seeBridging = (record: Record, viewer: Viewer, block: Block): readonly SeenBridging[] =>
  bridgingOn(record, block.id).flatMap((text) =>
    viewer.kind === "team" || (viewer.kind === "delegation" && isAsked(record, text, viewer.code))
      ? [seen(record, viewer, text, block)]
      : [],
  );

function seen(record: Record, viewer: Viewer, bridging: BridgingText, block: Block): SeenBridging {
  const { id, at, proposals, base, content, reason, ended, asked, answers, paragraph } = bridging;
  const standing = new Set(
    proposals
      .flatMap((one) => openAmong(record, one) ?? [])
      .flatMap((proposal) => sponsorsOf(record, proposal).map((sponsor) => sponsor.holder)),
  );
  const holders = [...(record.holders.get(paragraph) ?? [])];
  return {
    id,
    at,
    proposals,
    base: canonicalText(base),
    baseContent: base,
    text: canonicalText(content),
    content,
    ...(ended === null && { hunks: placeHunks(base, content, block.content) }),
    reason,
    ended,
    asked: asked.flatMap((holder): readonly SeenAsked[] => {
      const code = holders.find(([, one]) => one === holder)?.[0];
      if (code === undefined || (viewer.kind === "delegation" && viewer.code !== code)) return [];
      const { answer = null, reason: why = null, at: when = null, confirmed = true } = answers.get(holder) ?? {};
      const by = named(record, code);
      return [{ by, answer, reason: why, at: when, confirmed, left: ended === null && !standing.has(holder) }];
    }),
  };
}
