/**
 * Numbers of paragraphs that stand in a text from outside, and what they name in it (SPEC: TYR5): the numbers that its paragraphs were
 * written under, which are not those that they get here. Where numbers begin anew, as in each article, they are those of the same row.
 */
import { hangingIn, numberText } from "./numbering.ts";
import type { Text } from "./text.ts";
import { flatText } from "./text.ts";
import type { TypedNumber } from "./typed-numbers.ts";
import { spelled, typedNumbers } from "./typed-numbers.ts";
import { withReferences } from "./typed-references.ts";
import type { ParagraphId, Part } from "./values.ts";

export interface ImportReferences {
  /** How many typed numbers name a paragraph of this text. */
  readonly found: number;
  /** How many of these paragraphs have another number here. */
  readonly renumbered: number;
}

/**
 * @param labels the numbers written before the paragraphs, without brackets and points, as far as they had one
 * @returns the text with references in their place, and the count
 */
export function referencesIn(
  text: Text,
  labels: ReadonlyMap<ParagraphId, string>,
): { readonly text: Text; readonly report: ImportReferences } {
  const here = numberText(text);
  const written = writtenIn(text, labels);
  let found = 0;
  let renumbered = 0;
  const referring = text.map((block) => {
    const references = typedNumbers(flatText(block.content)).flatMap((typed) => {
      const target = written(block.id, typed);
      if (target === null || target === block.id) return [];
      found++;
      if (here.get(target) !== typed.number) renumbered++;
      return { ...typed, target };
    });
    return references.length === 0 ? block : { ...block, content: withReferences(block.content, references) };
  });
  return { text: referring, report: { found, renumbered } };
}

/** Paragraphs whose numbers go up, by number. */
type Row = Map<string, { readonly id: ParagraphId; readonly part: Part }>;

/** Finds what a number that is typed in a block names: in the row where the block stands, or where only one row has it. */
function writtenIn(
  text: Text,
  labels: ReadonlyMap<ParagraphId, string>,
): (block: ParagraphId, typed: TypedNumber) => ParagraphId | null {
  const counted = labels.size === 0 ? numberText(text) : null;
  const hanging = new Map(hangingIn(text).map(({ id, under, depth }) => [id, { under, depth }]));
  const numbers = new Map<ParagraphId, string>();
  const rows: Row[] = [new Map()];
  const rowOf = new Map<ParagraphId, Row>();
  let last = 0;
  let lastPart: Part | null = null;
  for (const { id, part } of text) {
    const place = hanging.get(id);
    const label = labels.get(id);
    const number =
      counted?.get(id) ??
      (place && label !== undefined
        ? place.depth === 0
          ? spelled(label)
          : `${numbers.get(place.under as ParagraphId) ?? ""}(${spelled(label)})`
        : undefined);
    if (place?.depth === 0 && number !== undefined) {
      const count = Number.parseInt(number, 10);
      const isBeside = /\D/.test(number) && count === last;
      if (!isBeside && (count <= last || (counted && part !== lastPart))) rows.push(new Map());
      [last, lastPart] = [count, part];
    }
    const row = rows.at(-1)!;
    rowOf.set(id, row);
    if (number === undefined) continue;
    numbers.set(id, number);
    if (!row.has(number)) row.set(number, { id, part });
  }
  return (block, { number, part }) => {
    const fits = (row: Row): ParagraphId | null => {
      const one = row.get(number);
      return one && (part === "consensus" || one.part === part) ? one.id : null;
    };
    const own = rowOf.get(block);
    const near = own && fits(own);
    if (near) return near;
    const others = rows.flatMap((row) => fits(row) ?? []);
    return others.length === 1 ? others[0]! : null;
  };
}
