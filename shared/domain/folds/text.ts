/** What circulations, gavels and moves do to the record (SPEC: CIR, STA, PAR). */
import type { What } from "../entries.ts";
import type { Fact } from "../record.ts";
import type { Block } from "../text.ts";
import type { ParagraphId } from "../values.ts";
import { wordingOf } from "../wording.ts";
import type { Folding } from "./folding.ts";
import { arrive } from "./positions.ts";

type TextWhat = Extract<What, { readonly kind: "circulated" | `paragraph-${string}` }>;

export function foldText(next: Folding, fact: Fact, what: TextWhat): void {
  switch (what.kind) {
    case "circulated":
      circulate(next, fact, what);
      return;
    case "paragraph-gavelled":
      next.map("gavels").set(what.paragraph, { wording: what.wording, seq: fact.seq, at: fact.at, reopened: null });
      return;
    case "paragraph-reopened": {
      const gavel = next.state.gavels.get(what.paragraph);
      if (!gavel) throw new Error(`evolve: reopening of ${what.paragraph}, which was never gavelled`);
      const reopened = { seq: fact.seq, at: fact.at, reason: what.reason };
      next.map("gavels").set(what.paragraph, { ...gavel, reopened });
      return;
    }
    case "paragraph-moved": {
      const { paragraph, to, reason } = what;
      next.set("moves", [...next.state.moves, { paragraph, to, reason, seq: fact.seq, at: fact.at }]);
      next.set(
        "text",
        next.state.text.map((block) => (block.id === paragraph ? { ...block, part: to } : block)),
      );
      arrive(next, paragraph);
      return;
    }
  }
}

function circulate(next: Folding, fact: Fact, what: Extract<TextWhat, { kind: "circulated" }>): void {
  const known = new Map<ParagraphId, Block>(next.state.text.map((block) => [block.id, block]));
  const removed = next.map("removed");
  const wordings = next.map("wordings");
  const words = next.map("words");
  for (const block of what.changed) {
    known.set(block.id, block);
    const { hash, text } = wordingOf(block.content);
    words.set(hash, text);
    const had = wordings.get(block.id) ?? [];
    // The current wording is the last one, so words that return are listed again.
    if (had.at(-1) !== hash) wordings.set(block.id, [...had, hash]);
  }
  const text: Block[] = [];
  for (const id of what.order) {
    const block = known.get(id) ?? removed.get(id);
    if (!block) throw new Error(`evolve: circulated order names ${id}, which was never circulated`);
    text.push(block);
    known.delete(id);
    removed.delete(id);
  }
  for (const [id, block] of known) removed.set(id, block);
  next.set("text", text);
  next.set("circulations", [...next.state.circulations, { seq: fact.seq, at: fact.at, note: what.note ?? null }]);
}
