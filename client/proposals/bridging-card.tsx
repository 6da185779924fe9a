/** Bridging text that was put back to the proposers: what it changes in today's words, and what they answered as far as it is known here. */
import type { ReactNode } from "react";
import { withHunks } from "../../shared/domain/rebase.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { SeenBridging } from "../../shared/domain/seen-bridging.ts";
import type { Inline } from "../../shared/domain/text.ts";
import { Redline } from "../report/redline.tsx";
import { moment, say } from "../ui/voice.ts";
import styles from "./proposal-card.module.css";

type Where = Pick<ComposedParagraph, "content" | "text" | "bridging">;

interface Props {
  readonly paragraph: Where;
  /** What the seat can do with one that is open. */
  readonly actions: (bridging: SeenBridging) => ReactNode;
}

/** The one that is open; those that were taken up or withdrawn folded away. */
export function BridgingList({ paragraph, actions }: Props) {
  const open = paragraph.bridging.filter(({ ended }) => ended === null);
  const closed = paragraph.bridging.filter(({ ended }) => ended !== null);
  return (
    <>
      {open.map((bridging) => (
        <BridgingCard key={bridging.id} bridging={bridging} paragraph={paragraph}>
          {actions(bridging)}
        </BridgingCard>
      ))}
      {closed.length > 0 && (
        <details className={styles["made"]}>
          <summary>{say("proposals.bridging.closed", { count: closed.length })}</summary>
          {closed.map((bridging) => (
            <BridgingCard key={bridging.id} bridging={bridging} paragraph={paragraph} />
          ))}
        </details>
      )}
    </>
  );
}

interface CardProps {
  readonly bridging: SeenBridging;
  readonly paragraph: Where;
  readonly children?: ReactNode;
}

function BridgingCard({ bridging, paragraph, children }: CardProps) {
  const { at, baseContent, content, reason, asked, ended } = bridging;
  const becomes = wordsWith(bridging, paragraph);
  return (
    <article
      className={styles["card"]}
      data-closed={ended !== null || undefined}
      aria-label={say("proposals.bridging.title")}
    >
      <header className={styles["head"]}>
        <strong>{say("proposals.bridging.title")}</strong>
        <span>{say("proposals.bridging.put")}</span>
        <time className={styles["when"]} dateTime={new Date(at).toISOString()}>
          {moment(at)}
        </time>
      </header>
      {becomes === null ? (
        <Redline from={baseContent} to={content} />
      ) : (
        <Redline from={paragraph.content} to={becomes} />
      )}
      {ended === null && becomes === null && (
        <p className={styles["obstacle"]}>
          <span aria-hidden>⚠</span> {say("proposals.bridging.displaced")}
        </p>
      )}
      {reason && <p>{say("proposals.card.reason", { reason })}</p>}
      <ul className={styles["answers"]}>
        {asked.map((one) => (
          <li key={one.by.code} data-answer={one.answer ?? undefined}>
            {say(`proposals.bridging.answered.${one.answer ?? "nothing"}`, { who: one.by.name })}
            {one.reason && <> {say("proposals.card.reason", { reason: one.reason })}</>}
            {!one.confirmed && <> {say("proposals.bridging.unconfirmed")}</>}
            {one.left && <> {say("proposals.bridging.left")}</>}
          </li>
        ))}
      </ul>
      {ended && (
        <p className={styles["fate"]}>
          <strong>{say(`proposals.bridging.ended.${ended.how}`)}</strong>
          {ended.reason && <> {say("proposals.card.reason", { reason: ended.reason })}</>}
        </p>
      )}
      {children && <footer className={styles["foot"]}>{children}</footer>}
    </article>
  );
}

/** What the paragraph would say; null where the bridging text has no place in it any more, or something became of it. */
export function wordsWith({ hunks }: SeenBridging, { content }: Pick<Where, "content">): readonly Inline[] | null {
  return !hunks || hunks.some(({ place }) => place.state === "conflict") ? null : withHunks(content, hunks);
}
