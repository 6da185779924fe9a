/**
 * Lifting a bracket (SPEC: BRA9–BRA12): what the words become, and whom it concerns. Brackets are the chair's marks and bind nobody
 * (only an objection does), so whoever is named here is told of, and stops nothing.
 */
import type { Bracket, BracketNode } from "./brackets.ts";
import { bracketsOf } from "./brackets.ts";
import { follows } from "./following.ts";
import type { Record } from "./record.ts";
import { positionsOn } from "./status.ts";
import type { Block, Inline } from "./text.ts";
import { flatText, sliceContent } from "./text.ts";
import type { DelegationCode } from "./values.ts";
import { canonicalText, flatToCanonical } from "./wording.ts";

/** Keep the words, drop them with their bracket, or choose this one of several alternatives and drop the others. */
export type Lift = "keep" | "drop" | "choose";

/** What can be done with a bracket, the likeliest first: what is empty or only promises words can be dropped alone. */
export const waysToLift = ({ alternative, holds }: Bracket): readonly Lift[] =>
  alternative !== null ? ["choose", "keep", "drop"] : holds === "words" ? ["keep", "drop"] : ["drop"];

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Cut extends Range {
  readonly leavesSpace?: boolean;
}

/**
 * The content without the bracket that opens at `at` in its canonical text.
 * @returns null when no bracket opens there, or it is to be chosen and has no alternatives
 */
export function liftBracket(content: readonly Inline[], at: number, how: Lift): Inline[] | null {
  const text = canonicalText(content);
  const found = find(bracketsOf(text).tree, at);
  if (!found) return null;
  const { bracket, siblings } = found;
  if (how === "drop") return without(content, [withSpace(text, bracket)]);
  const { from, wordsFrom, to } = bracket;
  const signs: Cut[] = [{ from, to: wordsFrom }];
  if (bracket.closed) signs.push({ from: to - 1, to });
  if (how === "keep")
    return without(
      content,
      signs.map((sign) => (isBetween(text, sign) ? { ...sign, leavesSpace: true } : sign)),
    );
  const group = alternativesTo(bracket, siblings);
  if (group.length < 2) return null;
  const [first, last] = [group[0] as Bracket, group.at(-1) as Bracket];
  return without(content, [{ from: first.from, to: bracket.from }, ...signs, { from: bracket.to, to: last.to }]);
}

/**
 * Whether a sign is all that stands between words of this bracket and another bracket that touches it: `[may][shall]` holds two words, and
 * they do not become one when both are kept. `State[s]` is one.
 */
const isBetween = (text: string, { from, to }: Range): boolean =>
  /^\p{L}[\]］]\p{L}$/u.test(text.slice(from - 2, from) + text.charAt(to)) ||
  /^\p{L}[[［]\p{L}$/u.test(text.charAt(from - 1) + text.slice(to, to + 2));

function find(
  nodes: readonly BracketNode[],
  from: number,
): { readonly bracket: Bracket; readonly siblings: readonly BracketNode[] } | null {
  for (const node of nodes) {
    if (node.kind !== "bracket" || from < node.from || from >= node.to) continue;
    return node.from === from ? { bracket: node, siblings: nodes } : find(node.children, from);
  }
  return null;
}

/** Those it stands beside, itself included, in reading order. */
function alternativesTo(bracket: Bracket, siblings: readonly BracketNode[]): readonly Bracket[] {
  const beside = siblings.filter((node): node is Bracket => node.kind === "bracket");
  const own = beside.indexOf(bracket);
  const first = own - ((bracket.alternative ?? 1) - 1);
  const next = beside.findIndex(({ alternative }, index) => index > own && (alternative ?? 1) === 1);
  return beside.slice(first, next < 0 ? undefined : next);
}

/** Words that go take the space before them along, where another would stand beside it, and at the beginning the one after them. */
export function withSpace(text: string, { from, to }: Range): Range {
  const spaced = text[from - 1] === " " && (to === text.length || /[\s,.;:)\]］]/.test(text[to] as string));
  const leads = from === 0 && text[to] === " ";
  return { from: spaced ? from - 1 : from, to: leads ? to + 1 : to };
}

/** @param cuts in canonical text, in reading order, apart from each other */
function without(content: readonly Inline[], cuts: readonly Cut[]): Inline[] {
  const offsets = flatToCanonical(content);
  const kept: Inline[] = [];
  let at = 0;
  for (const cut of cuts.filter(({ from, to }) => from < to)) {
    const { from, to } = offsets.toFlat(cut);
    kept.push(...sliceContent(content, at, from), ...(cut.leavesSpace ? [{ t: "text" as const, text: " " }] : []));
    at = to;
  }
  return [...kept, ...sliceContent(content, at, flatText(content).length)];
}

export interface Consent {
  readonly by: DelegationCode;
  /** `objects` or `speaks` otherwise: to words that would change, or to the paragraph as a whole. `asked`: is named in the bracket. */
  readonly why: "objects" | "speaks" | "asked";
}

/** The delegations whose consent the chair should have before the bracket that opens at `at` is lifted, as far as the record tells. */
export function consentTo(record: Record, block: Block, at: number, how: Lift): readonly Consent[] {
  const text = canonicalText(block.content);
  const found = find(bracketsOf(text).tree, at);
  if (!found) return [];
  const { bracket, siblings } = found;
  const group = how === "choose" ? alternativesTo(bracket, siblings) : [bracket];
  const consents = new Map<DelegationCode, Consent>();
  for (const code of group.flatMap(({ attribution }) => namedIn(record, attribution)))
    consents.set(code, { by: code, why: "asked" });
  const range = { from: (group[0] as Bracket).from, to: (group.at(-1) as Bracket).to };
  for (const position of positionsOn(record, block.id)) {
    const { by, level, span } = position;
    if (by === null || !follows(position) || !isAbout(range, text, span?.quote)) continue;
    if (level === "objection") consents.set(by, { by, why: "objects" });
    else if (consents.get(by)?.why !== "objects") consents.set(by, { by, why: "speaks" });
  }
  return [...consents.values()];
}

/** Words concerned that are not there any more are about the paragraph. */
function isAbout({ from, to }: Range, text: string, quote: string | undefined): boolean {
  const at = quote === undefined ? -1 : text.indexOf(quote);
  return at < 0 || (at < to && at + (quote as string).length > from);
}

const namedIn = (record: Record, attribution: string | null): readonly DelegationCode[] => {
  const names = (attribution ?? "").split(/[,;/&]|\band\b/).map((name) => name.trim().toLowerCase());
  return [...record.delegations.values()]
    .filter(({ code, name }) => names.includes(name.toLowerCase()) || names.includes(code.toLowerCase()))
    .map(({ code }) => code);
};
