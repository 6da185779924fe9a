/** The annex to the chair's summary on the desks: paragraph by paragraph what was proposed and the text does not say. */
import type { ReactNode } from "react";
import type { ComposedReport } from "../../shared/domain/report.ts";
import type { SeenRequest } from "../../shared/domain/summary.ts";
import { readAnnex } from "../../shared/messages/annexed.ts";
import { sayAnnexed } from "../../shared/messages/tell.ts";
import { Requests } from "../report/requests.tsx";
import { useReadable } from "../report/use-readable.ts";
import { ProposalCard } from "./proposal-card.tsx";
import { say, voice } from "../ui/voice.ts";
import styles from "./annex.module.css";

interface Props extends Pick<ComposedReport, "annex"> {
  /** For a request without an answer. */
  readonly actions: (request: SeenRequest) => ReactNode;
}

export function Annex({ annex, actions }: Props) {
  const read = useReadable();
  const { entries, others } = readAnnex(annex, voice);
  if (annex.length === 0) return null;
  return (
    <section className={styles["annex"]} aria-labelledby="annex">
      <h3 id="annex">{say("summary.annex.title")}</h3>
      <p className={styles["lead"]}>{say("summary.annex.lead")}</p>
      {entries.map(({ paragraph, number, part, proposals, alternatives, corrections }) => (
        <section key={paragraph} aria-labelledby={`annex-${paragraph}`}>
          <h4 id={`annex-${paragraph}`}>{sayAnnexed({ number, part }, voice)}</h4>
          <ul>
            {proposals.map((proposal) => (
              <li key={proposal.id}>
                <ProposalCard proposal={proposal} paragraph={null} />
              </li>
            ))}
            {alternatives.map(({ id, content, reason }) => (
              <li key={id} dir="auto">
                {say("summary.annex.alternative", { text: read(content), reason })}
              </li>
            ))}
          </ul>
          <Requests requests={corrections} actions={actions} />
        </section>
      ))}
      {others && <p className={styles["lead"]}>{others}</p>}
    </section>
  );
}
