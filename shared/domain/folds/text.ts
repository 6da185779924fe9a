/** What circulations, gavels and moves do to the record (SPEC: CIR, STA, PAR). */
import type { What } from "../entries.ts";
import type { Fact } from "../record.ts";
import type { Block } from "../text.ts";
import type { ParagraphId } from "../values.ts";
import { numbersMeant } from "../typed-references.ts";
import { wordingOf } from "../wording.ts";
import type { Folding } from "./folding.ts";
import { arrive } from "./positions.ts";
import { agree } from "./silence.ts";
import { explain } from "./versions.ts";
import { explainPart } from "../versions.ts";

type TextWhat = Extract<
  What,
  { readonly kind: "circulated" | "paragraph-gavelled" | "paragraph-reopened" | "paragraph-moved" }
>;

export function foldText(next: Folding, fact: Fact, what: TextWhat): void {
  switch (what.kind) {
    case "circulated":
      foldCirculation(next, fact, what);
      return;
    case "paragraph-gavelled":
      agree(next, fact, "gavel", [what]);
      return;
    case "paragraph-reopened": {
      const gavel = next.state.gavels.get(what.paragraph);
      if (!gavel) throw new Error(`evolve: reopening of ${what.paragraph}, which was never gavelled`);
      const reopened = { seq: fact.seq, at: fact.at, reason: what.reason };
      next.map("gavels").set(what.paragraph, { ...gavel, reopened });
      explain(next, { act: { paragraph: what.paragraph, seq: fact.seq, how: "reopened", reason: what.reason } });
      return;
    }
    case "paragraph-moved": {
      const { paragraph, to, reason } = what;
      next.set("moves", [...next.state.moves, { paragraph, to, reason, seq: fact.seq, at: fact.at }]);
      next.set("text", explainPart(next.state.text, paragraph, to));
      arrive(next, paragraph);
      explain(next, {
        text: explainPart(next.state.explained.text, paragraph, to),
        act: { paragraph, seq: fact.seq, how: "move", ...(reason && { reason }) },
      });
      return;
    }
  }
}

/** What was circulated becomes the text: of a circulation, and of a version, which is one with a name. */
export function foldCirculation(
  next: Folding,
  fact: Fact,
  what: Extract<What, { readonly kind: "circulated" | "version-issued" }>,
): void {
  const known = new Map<ParagraphId, Block>(next.state.text.map((block) => [block.id, block]));
  const removed = next.map("removed");
  const wordings = next.map("wordings");
  const words = next.map("words");
  for (const block of what.changed) {
    known.set(block.id, block);
    const { hash } = wordingOf(block.content);
    words.set(hash, block.content);
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
  if (next.state.begun === null) next.set("begun", text);
  if (what.alternatives) next.set("alternatives", what.alternatives);
  for (const block of what.changed) {
    const meant = numbersMeant(next.state, block);
    if (meant) next.map("typed").set(block.id, meant);
    else if (next.state.typed.has(block.id)) next.map("typed").delete(block.id);
  }
  next.set("circulations", [...next.state.circulations, { seq: fact.seq, at: fact.at, note: what.note ?? null }]);
}
