/** A package as it is offered: what it links, how each is to be, and how that stands now. A desk adds what its seat can do. */
import type { ReactNode } from "react";
import type { SeenPackage } from "../../shared/domain/packages.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { sayConditionNow } from "../../shared/messages/conditions.ts";
import { capital, mention } from "../../shared/messages/tell.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Button } from "../ui/button.tsx";
import { moment, say, voice } from "../ui/voice.ts";
import styles from "./package-card.module.css";

interface Props {
  readonly offer: SeenPackage;
  readonly onShow: (paragraph: ParagraphId) => void;
  readonly children?: ReactNode;
}

export function PackageCard({ offer, onShow, children }: Props) {
  const { record, text } = useNegotiation();
  const { title, paragraphs, conditions, state, releasedAt, changed, withdrawn } = offer;
  const telling = { record, text, voice };
  return (
    <article className={styles["card"]} data-state={withdrawn ? "withdrawn" : state} aria-label={title}>
      <header>
        <strong>{title}</strong>{" "}
        <small>
          {withdrawn
            ? say("packages.card.withdrawn", { when: moment(withdrawn.at) })
            : releasedAt === null
              ? say("packages.card.private")
              : say("packages.card.released", { when: moment(releasedAt) })}
          {changed && ` ${say("packages.card.changed")}`}
        </small>
      </header>
      <p>
        {paragraphs.map((id) => (
          <Button key={id} size="small" tone="quiet" onClick={() => onShow(id)}>
            {capital(mention(id, telling).words)}
          </Button>
        ))}
      </p>
      <ul>
        {conditions.map(({ condition, state: now }, index) => (
          <li key={index} data-state={now}>
            {capital(sayConditionNow(condition, now, telling))}
          </li>
        ))}
      </ul>
      {withdrawn?.reason && <p>{withdrawn.reason}</p>}
      {children && <footer>{children}</footer>}
    </article>
  );
}
