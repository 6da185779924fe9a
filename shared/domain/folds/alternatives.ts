/** What grouping and choosing alternatives does to the record (SPEC: ALT). */
import type { AlternativeGroup, AlternativeWhat, LeftAlternative, Related } from "../alternatives.ts";
import { withoutThese } from "../alternatives.ts";
import type { Fact, Record } from "../record.ts";
import { blocksById } from "../text.ts";
import type { Folding } from "./folding.ts";
import { explain } from "./versions.ts";

export function foldAlternative(next: Folding, fact: Fact, what: AlternativeWhat): void {
  const { alternatives } = next.state;
  const { inCirculation = what.drafting ? alternatives : undefined } = alternatives;
  // ALT7: what the team does with a draft that nobody else has read leaves the words in circulation as they are.
  const known = inCirculation && (what.drafting ? inCirculation : relatedBy(inCirculation, next.state, fact, what));
  next.set("alternatives", {
    ...relatedBy(alternatives, next.state, fact, what),
    ...(known && { inCirculation: known }),
  });
  if (what.kind !== "alternative-chosen") return;
  const { seq } = fact;
  for (const id of what.removed)
    explain(next, { act: { paragraph: id, seq, how: "edit", reason: what.reason, wording: null } });
}

function relatedBy({ groups, left }: Related, { text }: Record, { seq, at }: Fact, what: AlternativeWhat): Related {
  switch (what.kind) {
    case "alternatives-grouped": {
      const { paragraphs } = what;
      const group: AlternativeGroup = { paragraphs, chosen: null };
      return { groups: [...withoutThese(groups, (id) => paragraphs.includes(id)), group], left };
    }
    case "alternative-ungrouped":
      return { groups: withoutThese(groups, (id) => id === what.paragraph), left };
    case "alternative-chosen": {
      const { paragraph, others, to, reason } = what;
      const here = blocksById(text);
      const gone = others.flatMap((id): readonly LeftAlternative[] => {
        const block = to === "annex" ? here.get(id) : undefined;
        return block ? [{ paragraph: id, chosen: paragraph, content: block.content, reason, seq, at }] : [];
      });
      return {
        // It stays a group as long as the others stand in what was circulated.
        groups: groups.map((one) => (one.paragraphs.includes(paragraph) ? { ...one, chosen: paragraph } : one)),
        left: [...left, ...gone],
      };
    }
  }
}
