/** What of the proposals on a paragraph is drawn in its words (SPEC: PRO12), and what can only be told beside them. */
import type { ComposedParagraph } from "./report.ts";
import type { SeenProposal } from "./seen-proposals.ts";
import type { Range } from "./wording.ts";
import { canonicalText } from "./wording.ts";

/** Words of the paragraph that somebody would have otherwise, in flat offsets; `from` is `to` where words only come in. */
export interface DrawnChange extends Range {
  /** Put in their place; empty for a deletion. */
  readonly words: string;
  /** All who ask for just this, in the order in which they did. */
  readonly of: readonly SeenProposal[];
}

export interface DrawnProposals {
  readonly changes: readonly DrawnChange[];
  /** What has no place in the words: other kinds of change, words that have lost their place, and more texts than can be read in one line. */
  readonly beside: readonly SeenProposal[];
}

/** So many competing texts are drawn in one line. */
export const competing = 3;

const none: DrawnProposals = { changes: [], beside: [] };

export function drawProposals({ proposals }: Pick<ComposedParagraph, "proposals">): DrawnProposals {
  // Whoever may not read the words finds only the number of proposals.
  const open = proposals.filter(({ fate, base }) => fate === null && base !== undefined);
  if (open.length === 0) return none;
  const texts = open.filter(({ hunks }) => hunks !== undefined);
  if (texts.length > competing) return { changes: [], beside: open };
  const changes: (DrawnChange & { of: SeenProposal[] })[] = [];
  for (const proposal of texts) {
    for (const { content, place } of proposal.hunks ?? []) {
      if (place.state !== "clean") continue;
      const { from, to } = place;
      const words = canonicalText(content);
      const same = changes.find((one) => one.from === from && one.to === to && one.words === words);
      if (same) same.of.push(proposal);
      else changes.push({ from, to, words, of: [proposal] });
    }
  }
  const isDrawn = ({ hunks }: SeenProposal): boolean =>
    hunks !== undefined && hunks.every(({ place }) => place.state !== "conflict");
  return {
    changes: changes.toSorted((a, b) => a.to - b.to || a.from - b.from),
    beside: open.filter((proposal) => !isDrawn(proposal)),
  };
}
