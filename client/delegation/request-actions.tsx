/** A delegation says that the chair's summary has a fact wrong, and may take that back before it is answered (SPEC: SUM). */
import { useState } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { SeenRequest } from "../../shared/domain/summary.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Requests } from "../report/requests.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox } from "../ui/field.tsx";
import { say, voice } from "../ui/voice.ts";

interface Props {
  readonly paragraph: ComposedParagraph;
  readonly code: DelegationCode;
}

export function RequestActions({ paragraph, code }: Props) {
  const { id, part, wording, corrections } = paragraph;
  const { whyNot } = useNegotiation();
  const [isAsking, setIsAsking] = useState(false);
  const [text, setText] = useState("");
  if (part !== "chair-summary" && corrections.length === 0) return null;
  return (
    <>
      {part === "chair-summary" && (
        <Button
          size="small"
          aria-haspopup="dialog"
          disabledReason={whyNot("request-correction")}
          onClick={() => setIsAsking(true)}
        >
          {say("summary.request.name")}
        </Button>
      )}
      <Requests requests={corrections} actions={(request) => <WithdrawRequest request={request} code={code} />} />
      {isAsking && (
        <StateDialog
          name={say("summary.request.name")}
          explains={say("summary.request.explains")}
          command={{ kind: "request-correction", paragraph: id, wording, text }}
          done={say("summary.request.done", { number: sayNumber(paragraph, voice) })}
          incomplete={text.trim() === "" ? say("refusals.reason-needed") : null}
          onClose={() => setIsAsking(false)}
          onDone={() => setText("")}
        >
          <TextBox
            label={say("summary.request.what")}
            value={text}
            autoFocus
            onChange={(event) => setText(event.target.value)}
          />
        </StateDialog>
      )}
    </>
  );
}

/** Nothing on the request of another. */
export function WithdrawRequest({ request: { id, by }, code }: { request: SeenRequest; code: DelegationCode }) {
  const { whyNot } = useNegotiation();
  const [isOpen, setIsOpen] = useState(false);
  if (by?.code !== code) return null;
  return (
    <>
      <Button
        size="small"
        tone="quiet"
        aria-haspopup="dialog"
        disabledReason={whyNot("withdraw-correction-request")}
        onClick={() => setIsOpen(true)}
      >
        {say("summary.request.withdraw.name")}
      </Button>
      {isOpen && (
        <StateDialog
          name={say("summary.request.withdraw.name")}
          explains={say("summary.request.withdraw.explains")}
          command={{ kind: "withdraw-correction-request", request: id }}
          done={say("summary.request.withdraw.done")}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
