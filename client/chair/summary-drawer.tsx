/** The chair's summary as a whole: what refers to it, for whom its words speak, and what delegations say is wrong in it. */
import type { ReactNode } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { refersToSummary, usualReference } from "../../shared/domain/summary.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Annex } from "../proposals/annex.tsx";
import { Requests } from "../report/requests.tsx";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { list, say, voice } from "../ui/voice.ts";
import { AnswerRequest } from "./answer-request.tsx";
import type { DrawerProps } from "./outline-drawer.tsx";
import { Quantifier } from "./quantifier-list.tsx";
import styles from "./summary-drawer.module.css";

export function SummaryDrawer({ onClose, onShow }: DrawerProps) {
  const { report } = useNegotiation();
  const { consensus, chairSummary } = report.parts;
  const paragraphs = chairSummary.filter(({ kind }) => kind === "paragraph");
  const referring = consensus.filter(({ kind, text }) => kind === "paragraph" && refersToSummary(text));
  const asked = paragraphs.filter(({ corrections }) => corrections.length > 0);
  const counting = paragraphs.filter(({ quantifiers }) => quantifiers.length > 0);
  const under = (paragraph: ComposedParagraph, what: ReactNode): ReactNode => (
    <li key={paragraph.id}>
      <Button size="small" tone="quiet" onClick={() => onShow(paragraph.id)}>
        {say("words.paragraph", { number: sayNumber(paragraph, voice) })}
      </Button>
      {what}
    </li>
  );
  return (
    <Drawer title={say("summary.drawer.title")} onClose={onClose}>
      <div className={styles["summary"]}>
        <p>{report.disclaimer}</p>
        {paragraphs.length === 0 && <p>{say("summary.drawer.none")}</p>}
        {referring.length > 0 ? (
          <p>
            {say("summary.drawer.refers", {
              count: referring.length,
              numbers: list(referring.map(({ number }) => number)),
            })}
          </p>
        ) : (
          <>
            <p>{say("summary.drawer.refersNot")}</p>
            <blockquote>{usualReference}</blockquote>
          </>
        )}
        <h3>{say("summary.drawer.quantifiers")}</h3>
        {counting.length === 0 && <p>{say("summary.drawer.quantifiersNone")}</p>}
        <ul>
          {counting.map((paragraph) =>
            under(
              paragraph,
              paragraph.quantifiers.map((quantifier) => <Quantifier key={quantifier.from} quantifier={quantifier} />),
            ),
          )}
        </ul>
        <h3>{say("summary.drawer.requests")}</h3>
        {asked.length === 0 && <p>{say("summary.drawer.requestsNone")}</p>}
        <ul>
          {asked.map((paragraph) =>
            under(paragraph, <Requests requests={paragraph.corrections} actions={() => null} />),
          )}
        </ul>
        <Annex annex={report.annex} actions={(request) => <AnswerRequest request={request} paragraph={null} />} />
      </div>
    </Drawer>
  );
}
