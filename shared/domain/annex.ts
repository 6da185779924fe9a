/**
 * The annex to the chair's summary (SPEC: SUM): what delegations proposed and the text does not say, so that nothing proposed is lost.
 * Derived each time from the fates of proposals, never stored.
 *
 * Its shape: one `AnnexEntry` for each paragraph that has any, in reading order, those on removed paragraphs last; in it the
 * proposals as this viewer may see them (`SeenProposal`, with fate and reason as disclosed), in the order in which they were tabled.
 */
import { alternativesOf } from "./alternatives.ts";
import { hasOpenBrackets } from "./brackets.ts";
import type { Proposal } from "./proposals.ts";
import { hunksOf, placeHunks } from "./rebase.ts";
import type { Record } from "./record.ts";
import type { Viewer } from "./roster.ts";
import type { SeenProposal } from "./seen-proposals.ts";
import { seeProposal } from "./seen-proposals.ts";
import type { SeenRequest } from "./summary.ts";
import { seeRequests } from "./summary.ts";
import type { Block, Inline, Text } from "./text.ts";
import { blocksById, flatText } from "./text.ts";
import type { ParagraphId, Part } from "./values.ts";
import { canonicalText } from "./wording.ts";

export interface AnnexEntry {
  readonly paragraph: ParagraphId;
  /** Empty for a heading; null where it was removed. */
  readonly number: string | null;
  readonly part: Part;
  readonly proposals: readonly SeenProposal[];
  /** Alternatives to it that were not chosen. */
  readonly alternatives: readonly AnnexedAlternative[];
  /** Of a removed paragraph what was said to be wrong in it as a matter of fact; of others it stands beside them (SUM11). */
  readonly corrections: readonly SeenRequest[];
}

export interface AnnexedAlternative {
  readonly id: ParagraphId;
  readonly text: string;
  readonly content: readonly Inline[];
  readonly reason: string;
}

/** @param numbers those of the paragraphs of `text`, which is what the viewer reads */
export function annexFor(
  record: Record,
  text: Text,
  viewer: Viewer,
  numbers: ReadonlyMap<ParagraphId, string>,
): readonly AnnexEntry[] {
  const here = blocksById(text);
  const { left } = alternativesOf(record, text);
  const entryOn = (paragraph: ParagraphId): readonly AnnexEntry[] => {
    const all = record.proposals.get(paragraph) ?? [];
    const amended = new Set(all.map(({ supersedes }) => supersedes));
    const proposals = all
      .filter((proposal) => !amended.has(proposal.id) && isForAnnex(proposal, here))
      .flatMap((proposal) => seeProposal(record, viewer, proposal, here.get(paragraph) ?? null) ?? []);
    const number = here.has(paragraph) ? (numbers.get(paragraph) ?? "") : null;
    const part = (here.get(paragraph) ?? record.removed.get(paragraph))?.part ?? "consensus";
    const alternatives = left
      .filter(({ chosen }) => chosen === paragraph)
      .flatMap(({ paragraph: id, content, reason }) =>
        here.has(id) ? [] : [{ id, text: canonicalText(content), content, reason }],
      );
    const corrections = here.has(paragraph) ? [] : seeRequests(record, viewer, paragraph);
    return proposals.length + alternatives.length + corrections.length === 0
      ? []
      : [{ paragraph, number, part, proposals, alternatives, corrections }];
  };
  const spoken = new Set([
    ...record.proposals.keys(),
    ...left.map(({ chosen }) => chosen),
    ...record.summary.requests.map((request) => request.paragraph),
  ]);
  const removed = [...spoken].filter((id) => !here.has(id));
  return [...text.map(({ id }) => id), ...removed].flatMap(entryOn);
}

/** SUM1: the chair's team decided on it, and its words do not all stand in the text. What its author withdrew is left out. */
function isForAnnex(
  { change, base, content, paragraph, fate }: Proposal,
  here: ReadonlyMap<ParagraphId, Block>,
): boolean {
  switch (fate?.fate) {
    case "not-taken-up":
    case "taken-up-in-part":
    case "superseded":
      return true;
    case "merged": {
      const block = here.get(paragraph);
      // A bridging text may hold all that it asks for.
      const stands =
        block && content && change === "replace"
          ? placeHunks(base, content, block.content).every(({ place }) => place.state === "in-text")
          : false;
      return !stands;
    }
    case "in-chair-summary":
      return fate.block === null || !here.has(fate.block);
    case "bracketed": {
      const block = here.get(fate.block ?? paragraph);
      if (!block || !content) return block !== undefined && !hasOpenBrackets(flatText(block.content));
      const words = flatText(block.content);
      return hunksOf(change === "replace" ? base : [], content).some(
        (hunk) => !words.includes(flatText(hunk.content).trim()),
      );
    }
    case "taken-up":
    case "withdrawn":
    case undefined:
      return false;
  }
}
