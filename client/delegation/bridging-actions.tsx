/** What a sponsor answers to bridging text that the chair put to it: accept, not yet, or objection. It may think otherwise until it is taken up. */
import { useState } from "react";
import type { BridgingAnswer } from "../../shared/domain/bridging.ts";
import { bridgingAnswers } from "../../shared/domain/bridging.ts";
import { numbersToday } from "../../shared/domain/held-numbers.ts";
import type { SeenBridging } from "../../shared/domain/seen-bridging.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { ParagraphNumber } from "../report/paragraph-number.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import type { Tone } from "../ui/button.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";
import styles from "./my-positions.module.css";

const tones: { readonly [A in BridgingAnswer]: Tone } = { accept: "support", "not-yet": "plain", objection: "object" };

export function BridgingActions({ bridging }: { readonly bridging: SeenBridging }) {
  const { whyNot } = useNegotiation();
  const [answer, setAnswer] = useState<BridgingAnswer | null>(null);
  const [reason, setReason] = useState("");
  const said = bridging.asked[0]?.answer ?? null;
  return (
    <>
      {bridgingAnswers.map((one) => (
        <Button
          key={one}
          size="small"
          tone={tones[one]}
          aria-haspopup="dialog"
          disabledReason={whyNot("answer-bridging") ?? (one === said ? say("proposals.bridging.saidSo") : null)}
          onClick={() => setAnswer(one)}
        >
          {say(`proposals.bridging.answer.${one}`)}
        </Button>
      ))}
      {answer && (
        <StateDialog
          name={say(`proposals.bridging.answer.${answer}`)}
          tone={tones[answer] === "plain" ? "primary" : tones[answer]}
          explains={say("proposals.bridging.answerExplains")}
          command={{
            kind: "answer-bridging",
            bridging: bridging.id,
            answer,
            ...(reason.trim() !== "" && { reason: reason.trim() }),
          }}
          done={say("proposals.bridging.answerDone")}
          incomplete={answer === "objection" && reason.trim() === "" ? say("refusals.reason-needed") : null}
          onClose={() => setAnswer(null)}
        >
          <TextBox
            label={say(answer === "objection" ? "proposals.dispose.reason" : "proposals.dispose.reasonOptional")}
            value={reason}
            dir="auto"
            autoFocus
            onChange={(event) => setReason(event.target.value)}
          />
        </StateDialog>
      )}
    </>
  );
}

/** Where bridging text awaits the delegation's answer. */
export function BridgingAwaited({ onShow }: { readonly onShow: (paragraph: ParagraphId) => void }) {
  const { record, text, report } = useNegotiation();
  const { numbers } = numbersToday(record, text);
  const awaiting = [...report.parts.consensus, ...report.parts.chairSummary].filter(({ bridging }) =>
    bridging.some(({ ended, asked }) => ended === null && asked.some(({ answer }) => answer === null)),
  );
  if (awaiting.length === 0) return null;
  return (
    <section className={styles["mine"]} aria-labelledby="bridging-awaited">
      <h2 id="bridging-awaited">{say("proposals.bridging.title")}</h2>
      <ul className={styles["list"]}>
        {awaiting.map(({ id }) => (
          <li key={id}>
            <ParagraphNumber number={numbers.get(id) ?? ""} onShow={() => onShow(id)} />{" "}
            {say("proposals.bridging.awaited")}
          </li>
        ))}
      </ul>
    </section>
  );
}
