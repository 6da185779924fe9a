/**
 * Who still stands where, and what would lift it: the smallest steps to consensus, the cheapest first. Where nobody stands in the way
 * any more, the last step is the chair's own.
 */
import type { Step } from "../../shared/domain/report.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { remedySentence } from "../report/position-card.tsx";
import { Button } from "../ui/button.tsx";
import { sayNamed } from "../../shared/messages/tell.ts";
import { list, say, voice } from "../ui/voice.ts";
import styles from "./steps.module.css";

interface Props {
  readonly current: ParagraphId | null;
  readonly onShow: (paragraph: ParagraphId) => void;
}

export function Steps({ current, onShow }: Props) {
  const { record, report } = useNegotiation();
  const { steps } = report.overview;
  const blocked = new Set(steps.map(({ paragraph }) => paragraph));
  const waiting = report.parts.consensus.filter(({ id, status }) => status === "open" && !blocked.has(id));
  return (
    <section className={styles["steps"]} aria-labelledby="steps">
      <h2 id="steps">{say("desk.steps.title")}</h2>
      {steps.length === 0 && <p>{say("desk.steps.none")}</p>}
      <ol className={styles["list"]}>
        {steps.map((step) => (
          <li key={step.paragraph}>
            <button
              type="button"
              className={styles["step"]}
              aria-current={step.paragraph === current || undefined}
              onClick={() => onShow(step.paragraph)}
            >
              <span className={styles["number"]}>
                {step.number === "" ? say("desk.steps.removed") : say("desk.pilcrow", { number: step.number })}
              </span>
              <span>
                <strong>{standsBy(step)}</strong>
                {step.remedies.map((remedy, index) => (
                  <span key={index} className={styles["lift"]}>
                    {remedySentence(remedy)}
                  </span>
                ))}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {record.circulations.length > 0 && waiting.length > 0 && (
        <p className={styles["waiting"]}>
          {say("desk.steps.waiting", { count: waiting.length })}{" "}
          {waiting.slice(0, namedAtMost).map(({ id, number }) => (
            <Button key={id} size="small" tone="quiet" onClick={() => onShow(id)}>
              {say("desk.pilcrow", { number })}
            </Button>
          ))}
        </p>
      )}
    </section>
  );
}

const namedAtMost = 12;

function standsBy({ by, kinds }: Step): string {
  const what = kinds.map((kind) => say(`words.blocker.${kind}`)).join(", ");
  if (by.length === 0) return what.charAt(0).toLocaleUpperCase() + what.slice(1);
  const shown = by.slice(0, 3).map((named) => sayNamed(named, voice));
  if (by.length > 3) shown.push(say("desk.steps.more", { count: by.length - 3 }));
  return say("desk.steps.by", { who: list(shown), what });
}
