/**
 * The words of a drafting room in a Y.Doc (SPEC: DRA9): laid out like a report of two blocks that the server makes and nobody else, the
 * words and the reason beside them. So everything that edits and guards a report's text does so here.
 */
import type * as Y from "yjs";
import type { Change } from "../domain/proposals.ts";
import type { Inline } from "../domain/text.ts";
import type { ParagraphId } from "../domain/values.ts";
import { blocksOf, bodyOf, contentOf, newYBlock, yBlock } from "./model.ts";

export const draftingBlocks = {
  words: "words".padEnd(22, "0") as ParagraphId,
  reason: "reason".padEnd(22, "0") as ParagraphId,
} as const;

export interface DraftedWords {
  /** Empty for a deletion or a move. */
  readonly content: readonly Inline[];
  readonly reason: string;
}

export const hasWords = (change: Change): boolean => change === "replace" || change === "insert-after";

export function beginDraft(doc: Y.Doc, { content, reason }: DraftedWords): void {
  const block = { kind: "paragraph", level: 0, part: "consensus" } as const;
  doc.transact(() => {
    blocksOf(doc).set(draftingBlocks.words, newYBlock({ ...block, content }, "a"));
    const beside: readonly Inline[] = reason === "" ? [] : [{ t: "text", text: reason }];
    blocksOf(doc).set(draftingBlocks.reason, newYBlock({ ...block, content: beside }, "b"));
  });
}

export function readDraft(doc: Y.Doc, change: Change): DraftedWords {
  const content = (id: ParagraphId): readonly Inline[] => {
    const block = yBlock(blocksOf(doc), id);
    return block ? contentOf(bodyOf(block)) : [];
  };
  const reason = content(draftingBlocks.reason).map((inline) => (inline.t === "text" ? inline.text : ""));
  return { content: hasWords(change) ? content(draftingBlocks.words) : [], reason: reason.join("").trim() };
}
