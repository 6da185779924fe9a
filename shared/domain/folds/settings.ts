/** What the rules of a negotiation were, are, and are announced to be (SPEC: SIL2, DIS11). */
import type { Settings } from "../entries.ts";
import type { Fact } from "../record.ts";
import type { Folding } from "./folding.ts";

export function foldSettings(next: Folding, { at, seq }: Fact, settings: Settings): void {
  const { silenceMinimums, phases } = next.state;
  const { silenceMinimumHours: hours, disclosure, phase: name = null, next: announced } = settings;
  if (silenceMinimums.at(-1)?.hours !== hours) next.set("silenceMinimums", [...silenceMinimums, { hours, since: at }]);
  // What was announced and has not begun is taken back, unless it is announced again.
  const begun = phases.filter(({ from }) => from <= at);
  const last = begun.at(-1);
  if (last?.disclosure !== disclosure || last.name !== name) begun.push({ disclosure, name, from: at, seq });
  const known = announced && phases.find(({ from }) => from > at && from === announced.from);
  if (announced) {
    const { disclosure: rule, phase: called = null, from } = announced;
    const same = known && known.disclosure === rule && known.name === called;
    begun.push(same ? known : { disclosure: rule, name: called, from, seq });
  }
  next.set("phases", begun);
  next.set("settings", settings);
}
