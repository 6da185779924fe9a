/**
 * Pseudonyms: how a delegation is known on a paragraph to readers who may not know its name, so that it is counted once (SPEC: POS4).
 * It has another one on each paragraph, so that nobody is followed through the text by it. Where the words of a position come to a
 * paragraph on which its author has one already, the entry says that both are the same (FOL11).
 */
import type { Departure } from "./groups.ts";
import type { Audience, Position } from "./positions.ts";
import { audiences, isAgreeing } from "./positions.ts";
import type { Record } from "./record.ts";
import type { DelegationCode, ParagraphId } from "./values.ts";

/** By paragraph: the pseudonym that a delegation has where the position was stated, and the one it has there. */
export type Aliases = { readonly [paragraph: string]: { readonly [holder: string]: string } };

/** By which pseudonym one that stands behind a position is counted on a paragraph. */
export const holderOn = ({ aliases }: Pick<Position, "aliases">, paragraph: ParagraphId, holder: string): string =>
  aliases[paragraph]?.[holder] ?? holder;

/** The departure of one that stands behind a group's position, on a paragraph on which that stands. */
export const departureOf = (
  { groups: { departures } }: Record,
  position: Position,
  paragraph: ParagraphId,
  holder: string,
): Departure | null => departures.get(holder) ?? departures.get(holderOn(position, paragraph, holder)) ?? null;

/** Whether it counts: heard from the floor, it ends nobody's objection (GRP13). */
export const hasLeft = (record: Record, position: Position, paragraph: ParagraphId, holder: string): boolean => {
  const departure = departureOf(record, position, paragraph, holder);
  return departure !== null && (departure.confirmed || isAgreeing(position.level));
};

/** The pseudonym of a delegation on a paragraph, also by what stands there and was stated elsewhere; null where it has none. */
export function pseudonymOn(record: Record, paragraph: ParagraphId, code: DelegationCode): string | null {
  const known = record.holders.get(paragraph)?.get(code);
  if (known !== undefined) return known;
  for (const position of record.standing.get(paragraph) ?? []) {
    const elsewhere = record.holders.get(position.paragraph)?.get(code);
    if (elsewhere !== undefined && holdersOf(position).includes(elsewhere))
      return holderOn(position, paragraph, elsewhere);
  }
  return null;
}

const holdersOf = ({ holder, behind }: Pick<Position, "holder" | "behind">): readonly string[] => [
  holder,
  ...(behind ?? []).map((one) => one.holder),
];

/** Those who stand behind a position, by the pseudonyms they have where it was stated, and who may know that it was. */
export interface Bearers {
  readonly codes: ReadonlyMap<string, DelegationCode>;
  readonly existence: Audience;
}

export function bearersOf(record: Record, position: Position): Bearers {
  const holders = holdersOf(position);
  const known = [...(record.holders.get(position.paragraph) ?? [])].filter(([, holder]) => holders.includes(holder));
  const codes = new Map(known.map(([code, holder]) => [holder, code]));
  if (position.by) codes.set(position.holder, position.by);
  return { codes, existence: position.disclosure.existence };
}

/**
 * FOL11: the other pseudonyms that they have on paragraphs to which the words come, as far as whoever knows of the position knows these.
 * @param came who has come to which paragraph in the same act, to be asked for one position after the other
 */
export function aliasesOn(
  record: Record,
  { codes, existence }: Bearers,
  paragraphs: readonly ParagraphId[],
  came: Map<string, string>,
): Aliases | null {
  const aliases: [ParagraphId, { [holder: string]: string }][] = [];
  for (const paragraph of paragraphs) {
    const here: [string, string][] = [];
    for (const [holder, code] of codes) {
      const known = pseudonymOn(record, paragraph, code) ?? came.get(`${paragraph} ${code}`);
      if (known === undefined) came.set(`${paragraph} ${code}`, holder);
      else if (known !== holder && (came.has(`${paragraph} ${code}`) || isKnown(record, paragraph, known, existence)))
        here.push([holder, known]);
    }
    if (here.length > 0) aliases.push([paragraph, Object.fromEntries(here)]);
  }
  return aliases.length === 0 ? null : Object.fromEntries(aliases);
}

/** Whether everybody in an audience may have met this pseudonym on a paragraph. */
function isKnown(record: Record, paragraph: ParagraphId, holder: string, audience: Audience): boolean {
  const stated = [...record.positions.values()].filter(
    (position) => position.paragraph === paragraph && holdersOf(position).includes(holder),
  );
  const stands = (record.standing.get(paragraph) ?? []).filter((position) =>
    holdersOf(position).some((one) => holderOn(position, paragraph, one) === holder),
  );
  const asked = (record.proposals.get(paragraph) ?? []).filter(
    (proposal) => proposal.holder === holder || proposal.cosponsors.some((sponsor) => sponsor.holder === holder),
  );
  const departed = record.groups.departures.get(holder);
  return [...stated, ...stands, ...asked, ...(departed ? [departed] : [])].some(
    ({ disclosure }) => audiences.indexOf(disclosure.existence) >= audiences.indexOf(audience),
  );
}
