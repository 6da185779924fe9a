/** A delegation says that the chair's summary has a fact wrong, and may take that back before it is answered (SPEC: SUM). */
import { useState } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Requests } from "../report/requests.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";

interface Props {
  readonly paragraph: ComposedParagraph;
  readonly code: DelegationCode;
}

export function RequestActions({ paragraph: { id, number, part, wording, corrections }, code }: Props) {
  const { whyNot } = useNegotiation();
  const [doing, setDoing] = useState<"ask" | (typeof corrections)[number]["id"] | null>(null);
  const [text, setText] = useState("");
  const close = (): void => setDoing(null);
  if (part !== "chair-summary" && corrections.length === 0) return null;
  return (
    <>
      {part === "chair-summary" && (
        <Button
          size="small"
          aria-haspopup="dialog"
          disabledReason={whyNot("request-correction")}
          onClick={() => setDoing("ask")}
        >
          {say("summary.request.name")}
        </Button>
      )}
      <Requests
        requests={corrections}
        actions={(request) =>
          request.by?.code === code && (
            <Button
              size="small"
              tone="quiet"
              aria-haspopup="dialog"
              disabledReason={whyNot("withdraw-correction-request")}
              onClick={() => setDoing(request.id)}
            >
              {say("summary.request.withdraw.name")}
            </Button>
          )
        }
      />
      {doing === "ask" && (
        <StateDialog
          name={say("summary.request.name")}
          explains={say("summary.request.explains")}
          command={{ kind: "request-correction", paragraph: id, wording, text }}
          done={say("summary.request.done", { number })}
          incomplete={text.trim() === "" ? say("refusals.reason-needed") : null}
          onClose={close}
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
      {doing !== null && doing !== "ask" && (
        <StateDialog
          name={say("summary.request.withdraw.name")}
          explains={say("summary.request.withdraw.explains")}
          command={{ kind: "withdraw-correction-request", request: doing }}
          done={say("summary.request.withdraw.done")}
          onClose={close}
        />
      )}
    </>
  );
}
