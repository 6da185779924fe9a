/** A file that a delegation sent back, understood as its proposals and comments; all that is in the file is accounted for, and nothing of it recorded. */
import type { Span } from "./positions.ts";
import type { Notices } from "./file-notices.ts";
import type { Inline } from "./text.ts";
import type { EpochMs, ParagraphId, Part, WordingHash } from "./values.ts";

export interface Returned {
  readonly origin: Origin | null;
  readonly proposals: readonly ReturnedProposal[];
  readonly comments: readonly ReturnedComment[];
  readonly untabled: readonly Untabled[];
  readonly accounted: Accounted;
  readonly notices: Notices;
}

/** What one difference asks for, ready to be tabled. */
export interface ReturnedProposal {
  readonly change: "replace" | "insert-after" | "delete" | "move";
  readonly paragraph: ParagraphId;
  /** The words it was made on: those that the file was printed with. */
  readonly wording: WordingHash;
  readonly base: readonly Inline[];
  /** Null for a deletion and for a move. */
  readonly content: readonly Inline[] | null;
  readonly to: Part | null;
  /** What was done in the file: a paragraph cut in two or joined with another gives two proposals. */
  readonly how: "plain" | "split" | "merged";
  /** Who did it, as far as it was tracked. */
  readonly by: readonly string[];
  /** False where it may be an accident: a paragraph that is merely missing. */
  readonly isSure: boolean;
}

export interface ReturnedComment {
  readonly by: string;
  readonly at: EpochMs | null;
  readonly text: string;
  /** Null where it stands at none of the report's paragraphs. */
  readonly paragraph: ParagraphId | null;
  readonly wording: WordingHash | null;
  /** The words concerned, where they stand once in that wording. */
  readonly span: Span | null;
  /** Whose comment it answers. */
  readonly answers: string | null;
}

/** What is in the file and asks for nothing that can be tabled. */
export interface Untabled {
  readonly why: UntabledWhy;
  readonly paragraph: ParagraphId | null;
  readonly text: string;
}

export const untabledWhys = [
  /** The paragraph stands in another place of the same part. */
  "order",
  /** The number before a paragraph was changed. */
  "number",
  /** Another level of numbering. */
  "level",
  /** Within words that another proposes. */
  "on-anothers",
  /** A new paragraph before the first. */
  "no-place",
  /** Around the paragraphs: a title, the annex, a header. */
  "outside",
  /** A change mark of an unknown kind stands in it. */
  "unclear",
  /** The paragraph is no longer in the text. */
  "gone",
  /** A paragraph stands twice, in other words each time. */
  "twice",
  "too-long",
] as const;
export type UntabledWhy = (typeof untabledWhys)[number];

/** Every paragraph of the file is in just one of these, and so is every change that was tracked in it. */
export const outcomes = ["unchanged", "proposed", "untabled", "anothers", "around", "empty"] as const;
export type Outcome = (typeof outcomes)[number];

export interface Accounted {
  readonly paragraphs: { readonly [outcome in Outcome]: number };
  /** Stretches of words and ends of paragraphs that the delegation tracked. */
  readonly tracked: { readonly [outcome in Outcome]: number };
  readonly comments: { readonly returned: number; readonly ours: number };
}

/** From which report a file of ours is, as of which entry, in which mode. */
export interface Origin {
  readonly slug: string;
  readonly seq: number;
  readonly mode: string;
}
