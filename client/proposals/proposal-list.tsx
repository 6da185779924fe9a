/** The proposals on one paragraph: side by side while they are few, above three as a list of alternatives; those with a fate folded away. */
import type { ReactNode } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { SeenProposal } from "../../shared/domain/seen-proposals.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { useReadable } from "../report/use-readable.ts";
import { say } from "../ui/voice.ts";
import { nameOfProposer, ProposalCard } from "./proposal-card.tsx";
import styles from "./proposal-list.module.css";

interface Props {
  readonly paragraph: Pick<ComposedParagraph, "content" | "text" | "proposals">;
  /** Whose desk it is. */
  readonly code: DelegationCode | null;
  readonly actions: (proposal: SeenProposal) => ReactNode;
}

/** So many stand beside each other. */
const sideBySide = 3;

export function ProposalList({ paragraph, code, actions }: Props) {
  const read = useReadable();
  const open = paragraph.proposals.filter(({ fate }) => fate === null);
  const closed = paragraph.proposals.filter(({ fate }) => fate !== null);
  if (paragraph.proposals.length === 0) return null;
  const card = (proposal: SeenProposal): ReactNode => (
    <ProposalCard proposal={proposal} paragraph={paragraph} own={code !== null && proposal.by?.code === code}>
      {proposal.fate === null && actions(proposal)}
    </ProposalCard>
  );
  return (
    <section
      data-place="proposals"
      className={styles["proposals"]}
      aria-label={say("proposals.list.title", { count: open.length })}
    >
      {open.length > 0 && <p className={styles["title"]}>{say("proposals.list.title", { count: open.length })}</p>}
      {open.length > sideBySide ? (
        <ol className={styles["alternatives"]}>
          {open.map((proposal, index) => (
            <li key={proposal.id}>
              <details>
                <summary>
                  {say("proposals.list.alternatives", {
                    number: index + 1,
                    who: nameOfProposer(proposal),
                  })}
                  {proposal.text !== undefined && <q>{read(proposal.content ?? proposal.text)}</q>}
                </summary>
                {card(proposal)}
              </details>
            </li>
          ))}
        </ol>
      ) : (
        <ul className={styles["side"]}>
          {open.map((proposal) => (
            <li key={proposal.id}>{card(proposal)}</li>
          ))}
        </ul>
      )}
      {closed.length > 0 && (
        <details>
          <summary className={styles["closed"]}>{say("proposals.list.closed", { count: closed.length })}</summary>
          <ul className={styles["side"]}>
            {closed.map((proposal) => (
              <li key={proposal.id}>{card(proposal)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
