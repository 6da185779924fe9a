/** Everything this delegation has proposed, with what became of it, and what others ask it to co-sponsor. */
import { allProposals } from "../../shared/domain/proposals.ts";
import { seeProposal } from "../../shared/domain/seen-proposals.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import { canonicalText } from "../../shared/domain/wording.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ProposalCard } from "../proposals/proposal-card.tsx";
import { PlaceButton } from "../report/place-button.tsx";
import { say } from "../ui/voice.ts";
import styles from "./my-positions.module.css";
import { ProposalActions } from "./proposal-actions.tsx";

interface Props {
  readonly code: DelegationCode;
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function MyProposals({ code, onShow }: Props) {
  const { record, text, viewer } = useNegotiation();
  const here = blocksById(text);
  const mine = allProposals(record).filter(
    ({ by, members, cosponsors, heard, invited, fate }) =>
      by === code ||
      members.includes(code) ||
      cosponsors.some((sponsor) => sponsor.by === code) ||
      (fate === null && (invited.includes(code) || heard.some((sponsor) => sponsor.by === code))),
  );
  return (
    <section className={styles["mine"]} aria-labelledby="my-proposals">
      <h2 id="my-proposals">{say("proposals.list.mine")}</h2>
      {mine.length === 0 && <p className={styles["none"]}>{say("proposals.list.mineNone")}</p>}
      <ul className={styles["list"]}>
        {mine.toReversed().map((proposal) => {
          const block = here.get(proposal.paragraph) ?? null;
          const seen = seeProposal(record, viewer, proposal, block);
          if (!seen) return null;
          return (
            <li key={proposal.id}>
              <PlaceButton paragraph={block?.id ?? null} onShow={onShow} />
              <ProposalCard
                proposal={seen}
                own={proposal.by === code}
                paragraph={block && { content: block.content, text: canonicalText(block.content) }}
              >
                {seen.fate === null && <ProposalActions proposal={seen} paragraph={proposal.paragraph} code={code} />}
              </ProposalCard>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
