/** How the words of the consensus text were agreed, in sentences: by the gavel, by a silence, or with the adoption of the report. */
import type { ComposedParagraph } from "../domain/report.ts";
import { agreements } from "../domain/values.ts";
import { sayNumber } from "./numbers.ts";
import type { Voice } from "./say.ts";

type Numbered = Pick<ComposedParagraph, "number" | "part">;
type Rated = Numbered & Pick<ComposedParagraph, "status" | "agreedBy">;

/** A sentence for each way by which some of the text was agreed: "Gavelled by the chair: paragraphs 1 to 7 and 9." */
export function sayHowAgreed(paragraphs: readonly Rated[], voice: Voice): readonly string[] {
  const rated = paragraphs.filter(({ status }) => status !== null);
  return agreements.flatMap((how) => {
    const isSo = ({ agreedBy }: Rated): boolean => agreedBy === how;
    const count = rated.filter(isSo).length;
    return count === 0 ? [] : [voice.say(`reader.agreedBy.${how}`, { count, numbers: sayRuns(rated, isSo, voice) })];
  });
}

/** "1 to 7, 9 and 10": some of the paragraphs of a text. */
export function sayRuns<One extends Numbered>(all: readonly One[], isIn: (one: One) => boolean, voice: Voice): string {
  return voice.list(runsOf(all, isIn).flatMap((run) => sayRun(run, voice)));
}

/** Those that follow one another. */
function runsOf<One>(all: readonly One[], isIn: (one: One) => boolean): readonly (readonly One[])[] {
  const runs: One[][] = [];
  all.forEach((one, index) => {
    if (!isIn(one)) return;
    const before = all[index - 1];
    if (before !== undefined && isIn(before)) runs.at(-1)!.push(one);
    else runs.push([one]);
  });
  return runs;
}

/** Two are named each, more by the first and the last. */
function sayRun(run: readonly Numbered[], voice: Voice): readonly string[] {
  const numbers = run.map((one) => sayNumber(one, voice));
  if (numbers.length < 3) return numbers;
  return [voice.say("reader.agreedFromTo", { from: numbers[0]!, to: numbers.at(-1)! })];
}
