/** What a sponsor answers to bridging text that the chair put to it: accept, not yet, or objection. It may think otherwise until it is taken up. */
import { useState } from "react";
import type { BridgingAnswer } from "../../shared/domain/bridging.ts";
import { bridgingAnswers } from "../../shared/domain/bridging.ts";
import type { SeenBridging } from "../../shared/domain/seen-bridging.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import type { Tone } from "../ui/button.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";

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
