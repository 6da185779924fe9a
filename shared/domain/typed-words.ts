/**
 * Words with references and footnotes as people type them in one line, and read back from it (SPEC: PRO17): a reference is the number that
 * it shows, a footnote is not there and stays with the words it follows.
 */
import type { Numbered } from "./comparison.ts";
import { redline } from "./redline.ts";
import type { Inline } from "./text.ts";
import { blocksById, joinContent } from "./text.ts";

/** As `typedNumbers` finds it again: a number alone is one of the consensus text (NUM10). */
function lettersOf(inline: Inline, { text, numbers }: Numbered): string {
  if (inline.t !== "ref") return inline.t === "text" ? inline.text : "";
  const number = numbers.get(inline.to) ?? "";
  const part = blocksById(text).get(inline.to)?.part;
  return number !== "" && part === "chair-summary" ? `${number} of the chair's summary` : number;
}

export const typedWords = (content: readonly Inline[], on: Numbered): string =>
  content.map((inline) => lettersOf(inline, on)).join("");

/**
 * Plain words typed over rich ones: what stayed looks as it did, a number that stayed is the reference that it was, and notes stay with the
 * words they follow. A number that nobody typed is no reference any more.
 */
export function retyped(base: readonly Inline[], text: string, on: Numbered): readonly Inline[] {
  const known = base.map((inline) => ({ inline, letters: lettersOf(inline, on) }));
  const pieces: (readonly Inline[])[] = [];
  let index = 0;
  let at = 0; // in the letters of that one
  let stayed = ""; // of a reference
  const take = (length: number, keep: boolean): void => {
    let left = length;
    for (let next = known[index]; next; next = known[index]) {
      const { inline, letters } = next;
      const count = Math.min(left, letters.length - at);
      if (count === 0 && at < letters.length) return;
      const taken = keep ? letters.slice(at, at + count) : "";
      if (inline.t !== "text") stayed += taken;
      else if (taken !== "") pieces.push([{ ...inline, text: taken }]);
      left -= count;
      at += count;
      if (at < letters.length) return;
      if (inline.t !== "text" && stayed === letters) pieces.push([inline]);
      else if (stayed !== "") pieces.push([{ t: "text", text: stayed }]);
      index++;
      at = 0;
      stayed = "";
    }
  };
  for (const run of redline(typedWords(base, on), text)) {
    if (run.kind === "inserted") pieces.push([{ t: "text", text: run.text }]);
    else take(run.text.length, run.kind === "same");
  }
  take(0, true);
  return joinContent(pieces);
}
