/** What stands against a paragraph and whose it is, in words. */
import type { Blocker, BlockerKind } from "../domain/report.ts";
import type { Voice } from "./say.ts";
import { sayNamed } from "./tell.ts";

/** Named at most; the others are counted. */
const most = 3;

/** "Freedonia and Sylvania: objection to the words; Lunari: 2 proposals await their fate" */
export function sayBlockers(blockers: readonly Blocker[], voice: Voice): string {
  const { say, list } = voice;
  const byKind = new Map<BlockerKind, Blocker[]>();
  for (const blocker of blockers) byKind.set(blocker.why, [...(byKind.get(blocker.why) ?? []), blocker]);
  return [...byKind]
    .map(([kind, ones]) => {
      const what =
        kind === "proposal" ? say("words.proposalsAwait", { count: ones.length }) : say(`words.blocker.${kind}`);
      const names = [...new Set(ones.flatMap(({ by }) => (by ? [sayNamed(by, voice)] : [])))];
      if (names.length === 0) return what;
      const shown = names.slice(0, most);
      if (names.length > most) shown.push(say("desk.steps.more", { count: names.length - most }));
      return say("desk.steps.by", { who: list(shown), what });
    })
    .join("; ");
}
