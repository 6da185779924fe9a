/**
 * Whole paragraphs that are alternatives to each other (SPEC: ALT): a relation on the record, from which their labels are made. What the
 * houses call them differs, and so does what bis means, so that the relation is kept and the label is rendered by the negotiation's scheme.
 */
import { hangingIn, numberUnder, shortNumber } from "./numbering.ts";
import type { Record } from "./record.ts";
import type { Block, Inline, Text } from "./text.ts";
import { blocksById, flatText } from "./text.ts";
import type { EpochMs, ParagraphId } from "./values.ts";

/**
 * How alternatives are called. `alt`: 3 Alt 1, 3 Alt 2, as delegates write. `bis`: 3, 3 bis, 3 ter, as the editors of the United Nations do.
 * `option`: 3 Option 1, as in climate negotiations. `letter`: 3 Alternative A, as in those on intellectual property.
 */
export const labelSchemes = ["alt", "bis", "option", "letter"] as const;
export type LabelScheme = (typeof labelSchemes)[number];

export interface AlternativeGroup {
  /** Two or more, in the order in which they stood when they were grouped. */
  readonly paragraphs: readonly ParagraphId[];
  /** The one that stays: the others went where it was said. Null while none is chosen. */
  readonly chosen: ParagraphId | null;
}

/** An alternative that was not chosen and went to the annex. */
export interface LeftAlternative {
  readonly paragraph: ParagraphId;
  readonly chosen: ParagraphId;
  readonly content: readonly Inline[];
  readonly reason: string;
  readonly seq: number;
  readonly at: EpochMs;
}

export interface Related {
  readonly groups: readonly AlternativeGroup[];
  readonly left: readonly LeftAlternative[];
}

/** Those of the draft. */
export interface Alternatives extends Related {
  /** ALT7: those of the words in circulation, where the team has made others since that nobody else knows of. */
  readonly inCirculation?: Related;
}

export const noAlternatives: Alternatives = { groups: [], left: [] };

/** Where those that are not chosen go. */
export const destinations = ["chair-summary", "annex", "removed"] as const;
export type Destination = (typeof destinations)[number];

export type AlternativeCommand =
  | { readonly kind: "group-alternatives"; readonly paragraphs: readonly ParagraphId[] }
  /** Takes one out of its group; of one that is left alone nothing is an alternative. */
  | { readonly kind: "ungroup-alternative"; readonly paragraph: ParagraphId }
  | {
      readonly kind: "choose-alternative";
      readonly paragraph: ParagraphId;
      readonly others: Destination;
      readonly reason: string;
    }
  | { readonly kind: "set-label-scheme"; readonly scheme: LabelScheme };

/** `drafting`: it names a paragraph that was never circulated. */
interface OfDraft {
  readonly drafting?: true;
}

export type AlternativeWhat =
  | ({ readonly kind: "alternatives-grouped"; readonly paragraphs: readonly ParagraphId[] } & OfDraft)
  | ({ readonly kind: "alternative-ungrouped"; readonly paragraph: ParagraphId } & OfDraft)
  | ({
      readonly kind: "alternative-chosen";
      readonly paragraph: ParagraphId;
      readonly others: readonly ParagraphId[];
      readonly to: Destination;
      readonly reason: string;
      /** Paragraphs that were taken out of the text, points included. */
      readonly removed: readonly ParagraphId[];
    } & OfDraft);

/** Those that hold for a text: the draft, or the words in circulation. */
export const alternativesOf = (
  { text: circulated, alternatives }: Pick<Record, "text" | "alternatives">,
  text: Text,
): Related => (text === circulated && alternatives.inCirculation) || alternatives;

/** The groups after these paragraphs left them; one is no group. */
export const withoutThese = (
  groups: readonly AlternativeGroup[],
  isGone: (id: ParagraphId) => boolean,
): readonly AlternativeGroup[] =>
  groups
    .map((one) => ({ ...one, paragraphs: one.paragraphs.filter((id) => !isGone(id)) }))
    .filter(({ paragraphs }) => paragraphs.length > 1);

/** Those of paragraphs that everybody has read. */
export const relatedAmong = ({ groups, left }: Related, isRead: (id: ParagraphId) => boolean): Related => ({
  groups: withoutThese(groups, (id) => !isRead(id)).filter(({ chosen }) => chosen === null || isRead(chosen)),
  left: left.filter(({ chosen }) => isRead(chosen)),
});

/** The alternatives that stand in a text in one part, in reading order; of a group from which one was chosen, those beside it. */
export function alternativesIn(text: Text, { groups }: Related): readonly (readonly Block[])[] {
  if (groups.length === 0) return [];
  const here = blocksById(text);
  return groups.flatMap(({ paragraphs, chosen }) => {
    const part = here.get(chosen ?? paragraphs.find((id) => here.has(id))!)?.part;
    const members = text.filter(
      ({ id, kind, part: its }) => kind === "paragraph" && its === part && paragraphs.includes(id),
    );
    return members.length > 1 ? [members] : [];
  });
}

/** A paragraph with the points under it. */
export function withPoints(text: Text, paragraph: ParagraphId): readonly Block[] {
  const from = text.findIndex(({ id }) => id === paragraph);
  const first = text[from];
  if (!first) return [];
  const after = text.findIndex(
    ({ kind, level }, index) => index > from && (kind === "heading" || level <= first.level),
  );
  return text.slice(from, after < 0 ? undefined : after);
}

/** ALT2: those of one part and one level that stand after one another, with nothing but their points between them. */
export function mayBeAlternatives(text: Text, paragraphs: readonly ParagraphId[]): boolean {
  const wanted = new Set(paragraphs);
  const members = text.filter(({ id }) => wanted.has(id));
  const [first] = members;
  if (!first || members.length < 2 || members.length !== wanted.size) return false;
  if (members.some(({ kind, part, level }) => kind === "heading" || part !== first.part || level !== first.level))
    return false;
  const stretch = members.flatMap(({ id }) => withPoints(text, id));
  const from = text.indexOf(first);
  return stretch.every((block, index) => text[from + index] === block);
}

/** ALT4: paragraphs that call themselves alternatives: "Option 1: …", "Option 2: …", one after another. */
export function namedAlternatives(text: Text): readonly (readonly ParagraphId[])[] {
  const found: ParagraphId[][] = [];
  let open: { readonly level: number; readonly word: string; readonly ids: ParagraphId[] }[] = [];
  for (const { id, kind, level, part, content } of text) {
    if (kind === "heading") open = [];
    open = open.filter((one) => one.level <= level);
    const [, word = "", place = ""] =
      /^[[\s]*(Option|Alternative|Alt)\.?\s*(\d{1,2}|[A-H])\b/i.exec(flatText(content)) ?? [];
    const key = `${word.toLowerCase()} ${part}`;
    const run = open.find((one) => one.level === level);
    const ordinal = /\d/.test(place) ? Number(place) : place === "" ? 0 : place.toUpperCase().charCodeAt(0) - 64;
    if (kind === "paragraph" && run?.word === key && ordinal === run.ids.length + 1) run.ids.push(id);
    else {
      open = open.filter((one) => one.level !== level);
      if (kind === "paragraph" && ordinal === 1) {
        const ids = [id];
        found.push(ids);
        open.push({ level, word: key, ids });
      }
    }
  }
  return found.filter((ids) => ids.length > 1);
}

/** What is numbered like any other paragraph: all but the later alternatives of a group and their points. */
export function withoutLater(text: Text, groups: readonly (readonly Block[])[]): Text {
  const later = new Set(groups.flatMap((members) => members.slice(1).flatMap(({ id }) => withPoints(text, id))));
  return later.size === 0 ? text : text.filter((block) => !later.has(block));
}

/** ALT3: the numbers of the paragraphs without the later alternatives, with the labels of all of them. */
export function labelled(
  numbers: ReadonlyMap<ParagraphId, string>,
  text: Text,
  groups: readonly (readonly Block[])[],
  scheme: LabelScheme,
): ReadonlyMap<ParagraphId, string> {
  const labels = new Map(numbers);
  const taken = new Set(numbers.values());
  const hanging = new Map(hangingIn(text).map((one) => [one.id, one]));
  for (const members of groups) {
    const [first] = members;
    const base = numberBetween(labels.get(first!.id) ?? "");
    for (const [index, { id }] of members.entries()) {
      const label = labelOf(base, index, scheme, taken);
      taken.add(label);
      relabel(id, label);
    }
  }
  return labels;

  /** The points go with their paragraph. */
  function relabel(paragraph: ParagraphId, label: string): void {
    const counted = new Map<string, number>();
    labels.set(paragraph, label);
    for (const { id } of withPoints(text, paragraph).slice(1)) {
      const place = hanging.get(id);
      if (!place) continue;
      const { under, depth } = place;
      const count = (counted.get(under) ?? 0) + 1;
      counted.set(under, count);
      const had = labels.get(id);
      const parent = labels.get(under as ParagraphId) ?? "";
      labels.set(id, had === undefined ? numberUnder(parent, depth, count) : parent + shortNumber(had));
    }
  }
}

/** The number that alternatives take between them, from the label of the first. */
export const numberBetween = (label: string): string => label.replace(/ (?:Alt|Option|Alternative) \w+(?=\)?$)/, "");

function labelOf(base: string, index: number, scheme: LabelScheme, taken: ReadonlySet<string>): string {
  // "3(a)" is an alternative inside its sign: 3(a Alt 1).
  const named = (name: string): string => (base.endsWith(")") ? `${base.slice(0, -1)} ${name})` : `${base} ${name}`);
  switch (scheme) {
    case "alt":
      return named(`Alt ${index + 1}`);
    case "option":
      return named(`Option ${index + 1}`);
    case "letter":
      return named(`Alternative ${String.fromCharCode(65 + index)}`);
    case "bis":
      return index === 0 ? base : (adverbs.map(named).find((label) => !taken.has(label)) ?? named(`no. ${index + 1}`));
  }
}

/** After the number of what they follow or stand beside: 3 bis, 3 ter. */
export const adverbs = [
  "bis",
  "ter",
  "quater",
  "quinquies",
  "sexies",
  "septies",
  "octies",
  "nonies",
  "decies",
] as const;
