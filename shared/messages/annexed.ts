/** The annex as it is read (SPEC of shared/domain: SUM2): of proposals on which only their fate may be known much is said at once, not one by one. */
import type { AnnexEntry } from "../domain/annex.ts";
import type { SeenProposal } from "../domain/seen-proposals.ts";
import type { Voice } from "./say.ts";
import { sayAnnexed } from "./tell.ts";

export interface ReadAnnex {
  readonly entries: readonly AnnexEntry[];
  /** All that may be known of the others; null where there are none. */
  readonly others: string | null;
}

/** Whose it is may be known, or what it says. */
const isKnown = ({ by, content, baseContent }: SeenProposal): boolean =>
  by !== undefined || content !== undefined || baseContent !== undefined;

export function readAnnex(annex: readonly AnnexEntry[], { say, list }: Voice): ReadAnnex {
  const hidden = annex.flatMap((entry) =>
    entry.proposals.filter((one) => !isKnown(one)).map((proposal) => ({ proposal, place: sayAnnexed(entry, { say }) })),
  );
  const entries = annex
    .map((entry) => ({ ...entry, proposals: entry.proposals.filter(isKnown) }))
    .filter(
      ({ proposals, alternatives, corrections }) => proposals.length + alternatives.length + corrections.length > 0,
    );
  if (hidden.length === 0) return { entries, others: null };
  const fates = new Map<string, number>();
  for (const { fate } of hidden.map(({ proposal }) => proposal)) {
    const became = fate ? say(`proposals.fate.${fate.kind}`).toLowerCase() : null;
    if (became) fates.set(became, (fates.get(became) ?? 0) + 1);
  }
  const places = [...new Set(hidden.map(({ place }) => place.charAt(0).toLowerCase() + place.slice(1)))];
  const others = say("summary.annex.others", {
    count: hidden.length,
    places: list(places),
    fates:
      hidden.length === 1
        ? [...fates.keys()].join("")
        : list([...fates].map(([fate, count]) => say("summary.annex.fated", { count, fate }))),
  });
  return { entries, others };
}
