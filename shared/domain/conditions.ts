/**
 * What a position hangs on elsewhere: "if paragraph 15 stays" (SPEC: CON). A condition ends nothing and counts nothing; whether it is
 * met is found by comparing what it names with the text and the gavels, each time.
 */
import type { Record } from "./record.ts";
import { gavelOn } from "./status.ts";
import type { Block, Text } from "./text.ts";
import { blocksById } from "./text.ts";
import type { PackageId, ParagraphId, Part, WordingHash } from "./values.ts";
import { contains, wordsOf } from "./words.ts";
import { wordingOf } from "./wording.ts";

/** That a paragraph is a certain way. */
export type ParagraphCondition =
  /** In its part and its words; with `words` these are enough. Left out, `wording` and `part` are those circulated when it is stated. */
  | {
      readonly is: "stays";
      readonly paragraph: ParagraphId;
      readonly words?: string;
      readonly wording?: WordingHash;
      readonly part?: Part;
    }
  | { readonly is: "agreed"; readonly paragraph: ParagraphId }
  | { readonly is: "loses"; readonly paragraph: ParagraphId; readonly words: string };

export type Condition = ParagraphCondition | { readonly is: "stands"; readonly package: PackageId };

/** `met`: for good, as far as anything is. `holds`: so far, and not agreed yet. `open`: not yet. `broken`: it no longer holds. */
export const conditionStates = ["met", "holds", "open", "broken"] as const;
export type ConditionState = (typeof conditionStates)[number];

/** A condition, and how it stands now. */
export interface SeenCondition {
  readonly condition: Condition;
  readonly state: ConditionState;
}

/** @param text the one that is asked about: the draft for the chair's team, else what was circulated */
export function stateOf(condition: Condition, record: Record, text: Text): ConditionState {
  if (condition.is === "stands") return stateOfPackage(condition.package, record, text);
  const block = blocksById(text).get(condition.paragraph);
  switch (condition.is) {
    case "agreed":
      if (block?.part !== "consensus") return "broken";
      return isAgreed(record, block) ? "met" : "open";
    case "loses":
      return block && says(block, condition.words) ? "open" : "met";
    case "stays": {
      const { words, wording, part } = condition;
      if (!block || (part !== undefined && block.part !== part)) return "broken";
      const same =
        words === undefined ? wording === undefined || wordingOf(block.content).hash === wording : says(block, words);
      if (!same) return "broken";
      // Nothing is gavelled in the chair's summary: what stays there is as it was asked.
      return block.part === "chair-summary" || isAgreed(record, block) ? "met" : "holds";
    }
  }
}

/** A package stands as its conditions do: broken as soon as one is, met when all are (PKG5). */
function stateOfPackage(id: PackageId, record: Record, text: Text): ConditionState {
  const offer = record.packages.get(id);
  if (!offer?.released || offer.withdrawn) return "broken";
  return together(offer.released.conditions.map((condition) => stateOf(condition, record, text)));
}

export function together(states: readonly ConditionState[]): ConditionState {
  for (const state of ["broken", "open", "holds"] as const) if (states.includes(state)) return state;
  return "met";
}

const isAgreed = (record: Record, block: Block): boolean =>
  gavelOn(record, block.id)?.wording === wordingOf(block.content).hash;

export const says = (block: Block, words: string): boolean =>
  contains(wordsOf(wordingOf(block.content).text), wordsOf(words));
