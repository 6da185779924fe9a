/** What others stated and decided since this desk was opened, told to screen readers in batches; never what others type. */
import { useEffect, useRef } from "react";
import { groupIn } from "../../shared/domain/groups.ts";
import type { What } from "../../shared/domain/entries.ts";
import { isOfTheCourse } from "../../shared/domain/news.ts";
import { flatPieces, tell as sentenceOf } from "../../shared/messages/tell.ts";
import { isSponsor, proposalOf } from "../../shared/domain/proposals.ts";
import type { Record } from "../../shared/domain/record.ts";
import { factOf } from "../../shared/domain/record.ts";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import { delegationOf } from "../../shared/domain/roster.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import { sayNamed } from "../../shared/messages/tell.ts";
import type { Negotiation } from "../live/use-negotiation.ts";
import { useAnnouncer } from "../ui/announcer.tsx";
import { say, voice } from "../ui/voice.ts";

export function useNews({ record, entries, text, seat }: Negotiation): void {
  const { tell, warn } = useAnnouncer();
  const told = useRef<number | null>(null);
  useEffect(() => {
    const from = told.current;
    told.current = entries.length;
    if (from === null || from === 0) return; // What was there when the desk was opened is no news.
    const number = (id: ParagraphId): string => numberOf(id, { record, text, voice });
    const own = delegationOf(seat);
    for (const entry of entries.slice(from)) {
      const fact = factOf(entry);
      if (!fact) continue;
      const { what, who } = fact;
      const by = who?.onBehalfOf ?? (who && delegationOf(who.seat));
      const isBridging = own === null ? what.kind === "bridging-answered" : bridging.has(what.kind) && by !== own;
      if (isOfTheCourse(what) || toldWhole.has(what.kind) || isBridging || isOwnBusiness(record, what, own)) {
        const pieces = sentenceOf(fact, { record, text, voice });
        tell(`${flatPieces(pieces)}.`);
      } else if (what.kind === "circulated" && !what.auto) tell(say("desk.news.circulated"));
      else if (what.kind === "position-lodged" && by !== own) {
        const group = who?.onBehalfOfGroup && groupIn(record, who.onBehalfOfGroup);
        const named = by && { code: by, name: record.delegations.get(by)?.name ?? by, ...(group && { group }) };
        const name = named ? sayNamed(named, voice) : say("record.someone");
        tell(say(`record.lodged.${what.level}`, { who: name, paragraph: paragraphName(number(what.paragraph)) }));
      } else if (what.kind === "paragraph-gavelled") tell(say("desk.news.agreed", { number: number(what.paragraph) }));
      else if (what.kind === "paragraph-reopened") tell(say("desk.news.reopened", { number: number(what.paragraph) }));
      else if (what.kind === "paragraph-moved") {
        const mine = [...record.positions.values()].some(
          (position) => position.by === own && position.standing === "standing" && position.on.includes(what.paragraph),
        );
        const sentence = say("desk.news.moved", {
          number: number(what.paragraph),
          part: say(`words.part.${what.to}`),
        });
        if (own !== null && mine) warn(sentence);
        else tell(sentence);
      }
    }
  }, [entries, record, text, seat, tell, warn]);
}

/** What concerns everybody as well, told as the record tells it. */
const toldWhole: ReadonlySet<What["kind"]> = new Set<What["kind"]>(["paragraph-corrected", "correction-contested"]);

/** What the chair does with bridging text, told to those it was put to. */
const bridging: ReadonlySet<What["kind"]> = new Set<What["kind"]>(["bridging-put", "bridging-ended"]);

/**
 * What becomes of proposals it sponsors and of what it asked to have corrected, what it is asked, and what it is asked to join. The
 * chair's team: what is asked of it. What it does itself is answered where it does it.
 */
function isOwnBusiness(record: Record, what: What, own: DelegationCode | null): boolean {
  if (what.kind === "correction-requested") return own === null;
  if (own === null) return false;
  // Only those it was put to are told of it at all.
  if (what.kind === "position-asked" || what.kind === "group-invited") return true;
  if (what.kind === "correction-answered")
    return record.summary.requests.some(({ id, by }) => id === what.request && by === own);
  if (what.kind !== "proposal-disposed" && what.kind !== "proposal-tabled") return false;
  const proposal = proposalOf(record, what.kind === "proposal-tabled" ? what.id : what.proposal);
  if (!proposal) return false;
  return what.kind === "proposal-disposed" ? isSponsor(proposal, own) : proposal.invited.includes(own);
}

const paragraphName = (number: string): string => say("record.paragraph", { number });
