/** What a remedy asks for, as changes to words (SPEC: LIN2): by these the chair uses them in one click, and by these they are known again. */
import { withSpace } from "./lifting.ts";
import type { Remedy } from "./positions.ts";
import type { Range } from "./wording.ts";

/** Words to put in place of a range of a text. */
export interface WordChange extends Range {
  readonly words: string;
}

/**
 * The changes, from the last place to the first, so that each can be made without moving the others.
 * @param place the words concerned; all of the text where it is about no words in particular (`isSpan` false)
 * @returns null when the remedy asks for something else than words
 */
export function changesAt(
  { kind, text }: Remedy,
  flat: string,
  place: Range,
  isSpan: boolean,
): readonly WordChange[] | null {
  const asked = text?.trim();
  switch (kind) {
    case "replace":
      return asked ? [{ ...place, words: asked }] : null;
    case "add": {
      if (!asked) return null;
      const at = isSpan ? place.to : endOfWords(flat);
      // A list that goes on after a comma, a sentence after a space.
      const before = /^[,.;:)\]]/.test(asked) || flat.slice(0, at).endsWith(" ") ? "" : " ";
      return [{ from: at, to: at, words: before + asked }];
    }
    case "delete":
      return isSpan ? [{ ...withSpace(flat, place), words: "" }] : null;
    case "bracket":
      return [
        { from: place.to, to: place.to, words: "]" },
        { from: place.from, to: place.from, words: "[" },
      ];
    case "move-to-chair-summary":
    case "revert":
    case "other":
      return null;
  }
}

/** Before the stop at the end, if there is one. */
const endOfWords = (flat: string): number => flat.length - (/[.;,:]?\s*$/.exec(flat)?.[0].length ?? 0);
