/** What of the proposals on a paragraph is drawn in its words (SPEC: PRO12), and what can only be told beside them. */
import type { ComposedParagraph } from "./report.ts";
import type { SeenProposal } from "./seen-proposals.ts";
import type { Inline } from "./text.ts";
import { flatText, joinContent, sliceContent } from "./text.ts";
import type { Range } from "./wording.ts";
import { canonicalText } from "./wording.ts";

/**
 * Words of the paragraph that somebody would have otherwise, in flat offsets; `from` is `to` where words only come in. Two of them are
 * of the same range or have none of it in common: each is what these words would be, whole.
 */
export interface DrawnChange extends Range {
  /** Put in their place; empty for a deletion. */
  readonly words: string;
  readonly content: readonly Inline[];
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

export function drawProposals({
  content,
  proposals,
}: Pick<ComposedParagraph, "content" | "proposals">): DrawnProposals {
  // Whoever may not read the words finds only the number of proposals.
  const open = proposals.filter(({ fate, base }) => fate === null && base !== undefined);
  if (open.length === 0) return none;
  const texts = open.filter(({ hunks }) => hunks !== undefined);
  if (texts.length > competing) return { changes: [], beside: open };
  const isDrawn = ({ hunks }: SeenProposal): boolean =>
    hunks !== undefined && hunks.every(({ place }) => place.state !== "conflict");
  return {
    changes: spotsOf(texts, content).flatMap((spot) => wordingsAt(spot, content)),
    beside: open.filter((proposal) => !isDrawn(proposal)),
  };
}

interface Hunk extends Range {
  readonly content: readonly Inline[];
  readonly of: SeenProposal;
}

/** A range with all that is asked for in it. */
interface Spot extends Range {
  readonly hunks: readonly Hunk[];
}

/** What is asked for the same words, or partly the same, comes together: drawn one by one, it would read as one wording that nobody made. */
function spotsOf(proposals: readonly SeenProposal[], content: readonly Inline[]): Spot[] {
  const flat = flatText(content);
  const hunks = proposals.flatMap((of) =>
    (of.hunks ?? []).flatMap(({ content, place }): Hunk[] =>
      place.state === "clean" ? [{ from: place.from, to: place.to, content, of }] : [],
    ),
  );
  const spots: Spot[] = [];
  for (const hunk of hunks.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = spots.at(-1);
    if (last && meet(last, hunk, flat))
      spots[spots.length - 1] = { ...last, to: Math.max(last.to, hunk.to), hunks: [...last.hunks, hunk] };
    else spots.push({ from: hunk.from, to: hunk.to, hunks: [hunk] });
  }
  return spots;
}

/** What comes in at the edge of words that others would change is read as put in their place. @param a begins no later than `b` */
const meet = (a: Range, b: Range, flat: string): boolean =>
  b.from < a.to || ((a.from === a.to || b.from === b.to) && flat.slice(a.to, b.from).trim() === "");

/** What each proposal makes of all the words of the spot; the same from several once. */
function wordingsAt({ from, to, hunks }: Spot, content: readonly Inline[]): DrawnChange[] {
  const wordings: (DrawnChange & { of: SeenProposal[] })[] = [];
  for (const of of new Set(hunks.map((hunk) => hunk.of))) {
    const pieces: (readonly Inline[])[] = [];
    let at = from;
    for (const hunk of hunks.filter((one) => one.of === of)) {
      pieces.push(sliceContent(content, at, hunk.from), hunk.content);
      at = hunk.to;
    }
    const made = joinContent([...pieces, sliceContent(content, at, to)]);
    const words = canonicalText(made);
    const same = wordings.find((one) => one.words === words);
    if (same) same.of.push(of);
    else wordings.push({ from, to, words, content: made, of: [of] });
  }
  return wordings;
}
