/** What grouping and choosing alternatives does to the record (SPEC: ALT). */
import type { AlternativeGroup, AlternativeWhat, LeftAlternative } from "../alternatives.ts";
import type { Fact } from "../record.ts";
import { blocksById } from "../text.ts";
import type { ParagraphId } from "../values.ts";
import type { Folding } from "./folding.ts";
import { explain } from "./versions.ts";

export function foldAlternative(next: Folding, fact: Fact, what: AlternativeWhat): void {
  const { alternatives } = next.state;
  switch (what.kind) {
    case "alternatives-grouped": {
      const group: AlternativeGroup = { paragraphs: what.paragraphs, chosen: null };
      next.set("alternatives", { ...alternatives, groups: [...without(alternatives.groups, what.paragraphs), group] });
      return;
    }
    case "alternative-ungrouped":
      next.set("alternatives", { ...alternatives, groups: without(alternatives.groups, [what.paragraph]) });
      return;
    case "alternative-chosen": {
      const { paragraph, others, to, reason, removed } = what;
      const { seq, at } = fact;
      const here = blocksById(next.state.text);
      const left = others.flatMap((id): readonly LeftAlternative[] => {
        const block = to === "annex" ? here.get(id) : undefined;
        return block ? [{ paragraph: id, chosen: paragraph, content: block.content, reason, seq, at }] : [];
      });
      next.set("alternatives", {
        // It stays a group as long as the others stand in what was circulated.
        groups: alternatives.groups.map((one) =>
          one.paragraphs.includes(paragraph) ? { ...one, chosen: paragraph } : one,
        ),
        left: [...alternatives.left, ...left],
      });
      for (const id of removed) explain(next, { act: { paragraph: id, seq, how: "edit", reason, wording: null } });
      return;
    }
  }
}

/** The groups after these paragraphs left them; one is no group. */
const without = (groups: readonly AlternativeGroup[], gone: readonly ParagraphId[]): readonly AlternativeGroup[] =>
  groups
    .map((one) => ({ ...one, paragraphs: one.paragraphs.filter((id) => !gone.includes(id)) }))
    .filter(({ paragraphs }) => paragraphs.length > 1);
