/** That the report is adopted, how, and what delegations state on it. */
import type { ReactNode } from "react";
import { sayAdoption, sayParagraphs } from "../../shared/messages/silence.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { say, voice } from "../ui/voice.ts";
import styles from "./silence-notice.module.css";

export function AdoptionNotice({ children }: { readonly children: ReactNode }) {
  const { record, report, text } = useNegotiation();
  const { adoption, statements } = report;
  if (!adoption) return null;
  return (
    <section className={styles["notice"]} data-running aria-label={say("silence.statement.title")}>
      <p className={styles["head"]}>
        <strong>{sayAdoption(adoption, voice)}</strong>
      </p>
      {adoption.note !== null && <p className={styles["term"]}>{say("record.note", { note: adoption.note })}</p>}
      {statements.map(({ id, by, form, paragraphs, text: words, confirmed }) => (
        <details key={id}>
          <summary>
            {say("silence.statement.marks", { who: by.name, form: say(`words.statement.${form}`) })}
            {paragraphs.length > 0 && ` (${sayParagraphs(paragraphs, { record, text, voice })})`}
          </summary>
          {!confirmed && <p className={styles["term"]}>{say("silence.fromTheFloor")}</p>}
          <p dir="auto">{words}</p>
        </details>
      ))}
      <div className={styles["acts"]}>{children}</div>
    </section>
  );
}
