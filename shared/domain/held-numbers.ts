/**
 * Numbers between two versions (SPEC: NUM7–NUM9): a paragraph keeps the number of the issued version until the next one, what is
 * inserted is called after what it follows (3 bis, 3 ter), and a number that nothing stands for any more is not given again.
 */
import type { LabelScheme, Related } from "./alternatives.ts";
import { adverbs, alternativesIn, alternativesOf, labelled, withoutLater } from "./alternatives.ts";
import type { Numbered } from "./comparison.ts";
import type { Settings } from "./entries.ts";
import { hangingIn, numberText, numberUnder, partOf } from "./numbering.ts";
import type { Record } from "./record.ts";
import type { Block, Text } from "./text.ts";
import { blocksById } from "./text.ts";
import type { ParagraphId, Part } from "./values.ts";
import { parts } from "./values.ts";
import type { Version } from "./versions.ts";

/** A number of the issued version that nothing stands for now: `[4 deleted]`. */
export interface Vacancy {
  readonly id: ParagraphId;
  readonly number: string;
  readonly part: Part;
  /** The block after which it stood, of those that its part still shows; null at the beginning. */
  readonly after: ParagraphId | null;
  /** `moved`: the paragraph stands elsewhere under another number. */
  readonly why: "deleted" | "moved";
}

/**
 * Those of one part by the block that they are shown after; null: at the beginning, where no heading begins it: above a title stands nothing.
 * @param shown the blocks of that part, as they are read
 */
export function vacantAfter(
  vacancies: readonly Vacancy[],
  part: Part,
  shown: readonly Pick<Block, "id" | "kind">[],
): ReadonlyMap<ParagraphId | null, readonly Vacancy[]> {
  const found = new Map<ParagraphId | null, Vacancy[]>();
  const ids = new Set(shown.map(({ id }) => id));
  const [first] = shown;
  const beginning = first?.kind === "heading" ? first.id : null;
  for (const vacancy of vacancies) {
    if (vacancy.part !== part) continue;
    const after = vacancy.after !== null && ids.has(vacancy.after) ? vacancy.after : beginning;
    found.set(after, [...(found.get(after) ?? []), vacancy]);
  }
  return found;
}

export interface Numbering {
  readonly numbers: ReadonlyMap<ParagraphId, string>;
  readonly vacancies: readonly Vacancy[];
}

interface Kept {
  readonly version: Version | undefined;
  readonly alternatives: Related;
  readonly scheme: LabelScheme;
  readonly numbering: Numbering;
}

const kept = new WeakMap<Text, Kept>();

/** What numbers are made from besides the text. */
export type NumberingRecord = Pick<Record, "versions" | "text" | "alternatives"> & {
  readonly settings: Pick<Settings, "labels">;
};

/** The numbers under which a text is spoken of today. Before the first version they are simply counted. Cached by the identity of `text`. */
export function numbersToday(record: NumberingRecord, text: Text): Numbering {
  const alternatives = alternativesOf(record, text);
  const version = record.versions.at(-1);
  const scheme = record.settings.labels ?? "alt";
  const known = kept.get(text);
  if (known && known.version === version && known.alternatives === alternatives && known.scheme === scheme)
    return known.numbering;
  const groups = alternativesIn(text, alternatives);
  const led = withoutLater(text, groups);
  const plain = version ? hold(version, led) : { numbers: numberText(led), vacancies: [] };
  const numbering = groups.length === 0 ? plain : withLabels(plain, text, groups, scheme);
  kept.set(text, { version, alternatives, scheme, numbering });
  return numbering;
}

/** A text with them. */
export const numberedToday = (record: NumberingRecord, text: Text): Numbered => ({
  text,
  numbers: numbersToday(record, text).numbers,
});

/** What every paragraph is called once a version is issued: counted afresh, alternatives under their labels. */
export const numbersAfresh = (record: NumberingRecord, text: Text): ReadonlyMap<ParagraphId, string> =>
  numbersToday({ ...record, versions: [] }, text).numbers;

function withLabels(
  { numbers, vacancies }: Numbering,
  text: Text,
  groups: readonly (readonly Block[])[],
  scheme: LabelScheme,
): Numbering {
  const labels = labelled(numbers, text, groups, scheme);
  return {
    numbers: labels,
    // A later alternative stands, under its label.
    vacancies: vacancies.flatMap((one) => {
      const label = labels.get(one.id);
      return label === undefined ? [one] : label === one.number ? [] : [{ ...one, why: "moved" as const }];
    }),
  };
}

function hold(version: Version, text: Text): Numbering {
  const was = new Map(hangingIn(version.text).map(({ id, under }) => [id, under]));
  const here = hangingIn(text);
  const held = new Set<ParagraphId>();
  for (const { id, under } of here) {
    const inPart = under === "consensus" || under === "chair-summary";
    if (was.get(id) === under && (inPart || held.has(under))) held.add(id);
  }
  const vacancies = vacanciesIn(version, text, held);
  const following = new Map<ParagraphId | null, Vacancy[]>();
  for (const vacancy of vacancies) following.set(vacancy.after, [...(following.get(vacancy.after) ?? []), vacancy]);

  const numbers = new Map<ParagraphId, string>();
  const numberedOnce = new Set(was.values());
  const last = new Map<ParagraphId | Part, { readonly number: string; inserted: number }>();
  const counted = new Map<ParagraphId | Part, number>();
  const hanging = new Map(here.map((one) => [one.id, one]));
  const vacate = (after: ParagraphId | null): void => {
    for (const { id, number } of following.get(after) ?? []) last.set(was.get(id)!, { number, inserted: 0 });
  };
  vacate(null);
  for (const { id } of text) {
    const place = hanging.get(id);
    if (place) {
      const { under, depth } = place;
      const frozen = held.has(id) ? version.numbers.get(id) : undefined;
      if (frozen !== undefined) last.set(under, { number: frozen, inserted: 0 });
      const parent = numbers.get(under as ParagraphId);
      numbers.set(id, frozen ?? inserted(under, depth, parent));
    }
    vacate(id);
  }
  return { numbers, vacancies };

  function inserted(under: ParagraphId | Part, depth: number, parent: string | undefined): string {
    const isHeld = under === "consensus" || under === "chair-summary" || held.has(under);
    if (!isHeld || !numberedOnce.has(under)) {
      const count = (counted.get(under) ?? 0) + 1;
      counted.set(under, count);
      return numberUnder(parent, depth, count);
    }
    const before = last.get(under);
    if (before) return latin(before.number, ++before.inserted);
    // Before the first one there is nothing to be named after.
    const first = { number: depth === 0 ? "0" : `${parent ?? ""}(0)`, inserted: 0 };
    last.set(under, first);
    return first.number;
  }
}

function vacanciesIn(version: Version, text: Text, held: ReadonlySet<ParagraphId>): Vacancy[] {
  const present = blocksById(text);
  const vacancies: Vacancy[] = [];
  // In the same part: what stands between in the other one is not read beside it.
  const stood: { [P in Part]: ParagraphId | null } = { consensus: null, "chair-summary": null };
  const shown = parts.map((one) => ({ part: one, ids: new Set(partOf(text, one).map(({ id }) => id)) }));
  for (const { id, kind, part } of version.text) {
    const number = version.numbers.get(id);
    if (kind === "heading") {
      // A heading whose paragraphs have all left the part is not read in it any more.
      for (const one of shown) if (one.ids.has(id)) stood[one.part] = id;
    } else if (held.has(id)) stood[part] = id;
    else if (number !== undefined)
      vacancies.push({ id, number, part, after: stood[part], why: present.has(id) ? "moved" : "deleted" });
  }
  return vacancies;
}

/** "3 bis", "3(a ter)": named after the number it follows. */
function latin(number: string, place: number): string {
  const adverb = adverbs[place - 1] ?? `no. ${place + 1}`;
  return number.endsWith(")") ? `${number.slice(0, -1)} ${adverb})` : `${number} ${adverb}`;
}
