/** What entries about positions do to the record (SPEC: POS). */
import type { What } from "../entries.ts";
import type { Position, Span } from "../positions.ts";
import type { Fact } from "../record.ts";
import type { DelegationCode, ParagraphId, PositionId } from "../values.ts";
import { textNamed } from "../wording.ts";
import type { Folding } from "./folding.ts";

type PositionWhat = Extract<What, { readonly kind: `position-${string}` }>;

export function foldPosition(next: Folding, fact: Fact, what: PositionWhat): void {
  switch (what.kind) {
    case "position-lodged":
      lodge(next, fact, what);
      return;
    case "position-confirmed":
      amend(next, what.position, { confirmed: true });
      return;
    case "position-withdrawn":
      amend(next, what.position, {
        standing: "withdrawn",
        endingHeard: null,
        dissociates: what.dissociates ?? false,
      });
      return;
    case "position-met":
      amend(next, what.position, { standing: "met", endingHeard: null });
      return;
    case "position-ending-heard":
      amend(next, what.position, { endingHeard: what.ending });
      return;
    case "position-asked":
      amend(next, what.position, {
        asked: { whether: what.whether, note: fact.why?.reason ?? null },
        declined: null,
      });
      return;
    case "position-reaffirmed": {
      const position = knownPosition(next, what.position);
      amend(next, what.position, {
        wording: what.wording,
        paragraph: what.paragraph,
        on: position.on.includes(what.paragraph) ? position.on : [...position.on, what.paragraph],
        // Kept where it was pasted, it does not stand where it counts.
        strayed: position.strayed && position.on.includes(what.paragraph),
        span: position.span && spanIn(textNamed(next.state, what.wording), position.span.quote),
        endingHeard: null,
        asked: null,
        declined: position.asked && { whether: position.asked.whether, reason: fact.why?.reason ?? null },
      });
      return;
    }
    case "position-followed":
      amend(next, what.position, {
        on: what.on,
        strayed: what.strayed ?? false,
        ...(what.as && { aliases: { ...knownPosition(next, what.position).aliases, ...what.as } }),
      });
      return;
    case "position-lapsed":
      amend(next, what.position, { standing: "lapsed", endingHeard: null });
      return;
  }
}

function lodge(next: Folding, fact: Fact, what: Extract<PositionWhat, { kind: "position-lodged" }>): void {
  const { kind: _, replaces, on, behind, as = {}, ...stated } = what;
  for (const replaced of replaces) amend(next, replaced, { standing: "replaced" });
  const lodged: Position = {
    ...stated,
    by: fact.who ? (fact.who.onBehalfOf ?? ("delegation" in fact.who.seat ? fact.who.seat.delegation : null)) : null,
    at: fact.at,
    seq: fact.seq,
    group: fact.who?.onBehalfOfGroup ?? null,
    members: Object.keys(fact.who?.groupMembers ?? {}) as DelegationCode[],
    behind:
      behind?.map((holder) => ({
        holder,
        member: true,
        aligned: holder === what.holder,
        adds: null,
        confirmed: true,
      })) ?? null,
    standing: "standing",
    endingHeard: null,
    asked: null,
    declined: null,
    dissociates: false,
    on: on ?? [what.paragraph],
    strayed: false,
    aliases: as,
    span: fact.why?.span ?? null,
    ground: fact.why?.ground ?? null,
    reason: fact.why?.reason ?? null,
    remedy: fact.why?.remedy ?? null,
    condition: fact.why?.condition ?? null,
    conditions: fact.why?.conditions ?? [],
  };
  next.map("positions").set(what.id, lodged);
  index(next, null, lodged);
  const { by, paragraph, holder } = lodged;
  if (by) names(next, paragraph, { ...fact.who?.groupMembers, [by]: holder });
}

/** Whoever aligns with a group has not departed from it any more. */
export function returns(next: Folding, holder: string): void {
  if (!next.state.groups.departures.has(holder)) return;
  const departures = new Map(next.state.groups.departures);
  departures.delete(holder);
  next.set("groups", { ...next.state.groups, departures });
}

/** The pseudonyms of delegations on one paragraph. */
export function names(next: Folding, paragraph: ParagraphId, holders: { readonly [code: string]: string }): void {
  const known = new Map(next.state.holders.get(paragraph));
  for (const [code, holder] of Object.entries(holders) as [DelegationCode, string][]) {
    // Once known by one, a delegation keeps it there.
    if (!known.has(code)) known.set(code, holder);
  }
  next.map("holders").set(paragraph, known);
}

export function amend(next: Folding, id: PositionId, change: Partial<Position>): void {
  const before = knownPosition(next, id);
  const after = { ...before, ...change };
  next.map("positions").set(id, after);
  index(next, before, after);
}

/** A move that everyone sees brings the words of positions where they are. */
export function arrive(next: Folding, paragraph: ParagraphId): void {
  for (const { id, strayed } of next.state.standing.get(paragraph) ?? []) {
    if (strayed) amend(next, id, { strayed: false });
  }
}

/** Keeps `standing` true for one position that changed. */
function index(next: Folding, before: Position | null, after: Position): void {
  const from = before?.standing === "standing" ? before.on : [];
  const to = after.standing === "standing" ? after.on : [];
  for (const paragraph of new Set([...from, ...to])) {
    const group = next.state.standing.get(paragraph) ?? [];
    const rest = group.filter(({ id }) => id !== after.id);
    const place = to.includes(paragraph) ? rest.findIndex(({ seq }) => seq > after.seq) : null;
    const now = place === null ? rest : rest.toSpliced(place < 0 ? rest.length : place, 0, after);
    if (now.length > 0) next.map("standing").set(paragraph, now);
    else next.map("standing").delete(paragraph);
  }
}

export function knownPosition(next: Folding, id: PositionId): Position {
  const position = next.state.positions.get(id);
  // What happens to a position is told to nobody who may not know of the position, so it is always known here.
  if (!position) throw new Error(`evolve: an act on position ${id}, which was never lodged`);
  return position;
}

/** The same words in other words around them; null when they are not there any more, so that the whole paragraph is concerned. */
export function spanIn(words: string, quote: string): Span | null {
  const from = words.indexOf(quote);
  return from < 0 ? null : { from, to: from + quote.length, quote };
}
