/**
 * Numbers of paragraphs that stand in the words as they were typed (SPEC: TYR). No number follows its paragraph when paragraphs move; a
 * reference does. What a typed number named when its words came into circulation is kept by the record, so that it is noticed when it
 * names another paragraph.
 */
import { numbersToday } from "./held-numbers.ts";
import type { NumberingRecord } from "./held-numbers.ts";
import type { Record } from "./record.ts";
import type { Block, Inline, Text } from "./text.ts";
import { blocksById, flatText, joinContent, sliceContent } from "./text.ts";
import type { TypedNumber } from "./typed-numbers.ts";
import { typedNumbers } from "./typed-numbers.ts";
import type { ParagraphId } from "./values.ts";
import type { Range } from "./wording.ts";

/** By each number typed in a paragraph, the paragraph that it named when its words came into circulation. */
export type NumbersMeant = ReadonlyMap<string, ParagraphId | null>;

export interface TypedReference extends TypedNumber {
  /** The block whose words they are. */
  readonly paragraph: ParagraphId;
  /** What stands there, to be known again before it is replaced. */
  readonly words: string;
  /** The paragraph that it names now. */
  readonly names: ParagraphId | null;
  /** The paragraph that it named when it came into circulation, or names today where it has not. */
  readonly meant: ParagraphId | null;
  /** Standing paragraphs that it can be made a reference to: the one that it meant, then the one that it names. */
  readonly targets: readonly ParagraphId[];
  /** `changed`: it names another one than it meant. */
  readonly trouble: "changed" | "none" | "itself" | null;
}

/**
 * Every typed number of a text, in reading order. Alternatives share a number, which then names none in particular and is left alone.
 * @param numbers those by which it is asked what they name: today's, or those of the version that is about to be issued
 */
export function typedReferences(
  record: NumberingRecord & Pick<Record, "typed">,
  text: Text,
  numbers = numbersToday(record, text).numbers,
): readonly TypedReference[] {
  const here = blocksById(text);
  const named = namesIn(text, numbers);
  const namedToday = namesIn(text, numbersToday(record, text).numbers);
  return text.flatMap((block) => {
    const flat = flatText(block.content);
    return typedIn(block).flatMap((typed): TypedReference[] => {
      const names = named(typed);
      if (names === "several") return [];
      const today = namedToday(typed);
      const meant = record.typed.get(block.id)?.get(keyOf(typed)) ?? (today === "several" ? null : today);
      const targets = [...new Set([meant, names])].filter(
        (id): id is ParagraphId => id !== null && id !== block.id && here.has(id),
      );
      return [
        {
          ...typed,
          paragraph: block.id,
          words: flat.slice(typed.from, typed.to),
          names,
          meant,
          targets,
          trouble:
            meant !== null && meant !== names
              ? "changed"
              : names === null
                ? "none"
                : names === block.id
                  ? "itself"
                  : null,
        },
      ];
    });
  });
}

const known = new WeakMap<readonly Inline[], readonly TypedNumber[]>();

/** Found once for the same content. */
function typedIn({ content }: Block): readonly TypedNumber[] {
  let typed = known.get(content);
  if (!typed) known.set(content, (typed = typedNumbers(flatText(content))));
  return typed;
}

const keyOf = ({ part, number }: TypedNumber): string => `${part} ${number}`;

/** What numbers name in a text; `several` where alternatives share one. */
function namesIn(
  text: Text,
  numbers: ReadonlyMap<ParagraphId, string>,
): (typed: TypedNumber) => ParagraphId | "several" | null {
  const named = new Map<string, ParagraphId | "several">();
  for (const { id, part } of text) {
    const number = numbers.get(id);
    if (number === undefined) continue;
    const shared = / (?:Alt|Option|Alternative) \w+/.exec(number);
    named.set(`${part} ${shared ? number.slice(0, shared.index) : number}`, shared ? "several" : id);
  }
  return (typed) => named.get(keyOf(typed)) ?? null;
}

/**
 * What the numbers typed in a paragraph name, its words being circulated: those that stood in it before go on meaning what they meant.
 * @returns null where it has none
 */
export function numbersMeant(record: NumberingRecord & Pick<Record, "typed">, block: Block): NumbersMeant | null {
  const typed = typedIn(block);
  if (typed.length === 0) return null;
  const before = record.typed.get(block.id);
  const named = namesIn(record.text, numbersToday(record, record.text).numbers);
  return new Map(
    typed.map((one) => {
      const names = named(one);
      return [keyOf(one), before?.get(keyOf(one)) ?? (names === "several" ? null : names)];
    }),
  );
}

/** The content with references in place of these numbers, which are in reading order. */
export function withReferences(
  content: readonly Inline[],
  references: readonly (Range & { readonly target: ParagraphId })[],
): readonly Inline[] {
  if (references.length === 0) return content;
  let at = 0;
  const pieces: (readonly Inline[])[] = [];
  for (const { from, to, target } of references) {
    pieces.push(sliceContent(content, at, from), [{ t: "ref", to: target }]);
    at = to;
  }
  return joinContent([...pieces, sliceContent(content, at, flatText(content).length)]);
}
