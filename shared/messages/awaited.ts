/** What awaits a delegation's answer, in sentences: the same on its desk and on its light page. */
import type { Awaited } from "../domain/awaited.ts";
import type { SeenDrafting } from "../domain/drafting.ts";
import { groupIn } from "../domain/groups.ts";
import { proposalOf } from "../domain/proposals.ts";
import type { DelegationCode } from "../domain/values.ts";
import type { Voice } from "./say.ts";
import { sayStillSilent } from "./silence.ts";
import type { Piece, Telling } from "./tell.ts";
import { mention } from "./tell.ts";

/** Without a full stop. What is asked about a position is told with the position. @param rooms the private drafting rooms that the delegation may see */
export function tellAwaited(one: Awaited, telling: Telling, rooms: readonly SeenDrafting[]): readonly Piece[] {
  const { record, voice } = telling;
  const { say, pieces } = voice;
  const paragraph = one.paragraph === null ? "" : mention(one.paragraph, telling);
  const nameOf = (code: DelegationCode | null | undefined): string =>
    code ? (record.delegations.get(code)?.name ?? code) : say("record.someone");
  switch (one.kind) {
    case "silence": {
      const silence = one.silence && record.silences.get(one.silence);
      return silence ? [say("awaited.silence", { scope: sayStillSilent(silence, telling) })] : [];
    }
    case "co-sponsor":
      return pieces("awaited.co-sponsor", { who: nameOf(proposalOf(record, one.proposal!)?.by), paragraph });
    case "drafting":
      return pieces("awaited.drafting", {
        who: nameOf(rooms.find(({ id }) => id === one.drafting)?.leader),
        paragraph,
      });
    case "group":
      return [say("awaited.group", { group: groupIn(record, one.group!)?.name ?? say("words.someGroup") })];
    case "offer":
      return [say("awaited.offer", { title: record.packages.get(one.package!)?.released?.title ?? "" })];
    case "request-answered": {
      const how = record.summary.requests.find(({ id }) => id === one.request)?.answer?.how;
      return pieces(`awaited.request-answered.${how === "corrected" ? "corrected" : "not-corrected"}`, { paragraph });
    }
    case "proposal-to-confirm":
    case "dissociation":
    case "bridging":
      return pieces(`awaited.${one.kind}`, { paragraph });
    default:
      throw new Error(`tell: ${one.kind} is told with its position`);
  }
}

/** Over the list: "Three things await your answer". */
export function sayHowMany(count: number, { say }: Pick<Voice, "say">): string {
  if (count === 0) return say("awaited.none");
  const word = small[count - 2];
  return say("awaited.title", { count, many: word === undefined ? count : say(`awaited.many.${word}`) });
}

/** Small numbers as a sentence begins with them. */
const small = ["two", "three", "four", "five", "six", "seven", "eight", "nine"] as const;
