/**
 * A delegation's own papers (SPEC: OWN): notes, instructions, fallback wording, drafts of positions and tripwires, each on a paragraph.
 * They are in no log and no report; only the seats of the delegation ever read them.
 */
import type { LodgePosition } from "./commands.ts";
import type { Record } from "./record.ts";
import { circulatedBlock } from "./rights.ts";
import type { Role, Seat } from "./roster.ts";
import type { EpochMs, ParagraphId } from "./values.ts";
import { contains, wordsOf } from "./words.ts";
import { canonicalText } from "./wording.ts";

/** `fallback`: words the delegation could live with. `tripwire`: words whose loss it wants to be told of. */
export const writtenKinds = ["note", "instruction", "fallback", "tripwire"] as const;

/** What is asked to be kept; who wrote it and when is the server's to say. */
export type PaperDraft =
  | {
      readonly id: string;
      readonly kind: (typeof writtenKinds)[number];
      readonly paragraph: ParagraphId;
      readonly text: string;
    }
  /** A position that an adviser prepared and a head releases. */
  | { readonly id: string; readonly kind: "draft"; readonly position: LodgePosition };

export type Paper = PaperDraft & { readonly by: string; readonly at: EpochMs };

const may: { readonly [A in PaperAct]: readonly Role[] } = {
  read: ["delegation", "adviser", "reader"],
  write: ["delegation", "adviser"],
  release: ["delegation"],
};
export type PaperAct = "read" | "write" | "release";

/** Whether a seat may do that with the papers of its own delegation; with others' nobody ever may (OWN1, OWN2). */
export const mayWithPapers = (seat: Seat, act: PaperAct): boolean => may[act].includes(seat.role);

export const paragraphOf = (paper: PaperDraft): ParagraphId =>
  paper.kind === "draft" ? paper.position.paragraph : paper.paragraph;

/** OWN4: the words are gone from what was circulated last, or their paragraph is. White space and case do not count, nor do marks. */
export function isSprung(paper: PaperDraft, record: Record): boolean {
  if (paper.kind !== "tripwire") return false;
  const block = circulatedBlock(record, paper.paragraph);
  return block === null || !contains(wordsOf(canonicalText(block.content)), wordsOf(paper.text));
}
