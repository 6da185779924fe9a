/** What an editorial correction changed in agreed words, and the way to say that it is no matter of editing (SPEC: COR3). */
import { useState } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox } from "../ui/field.tsx";
import { say, voice } from "../ui/voice.ts";

/** Nothing where no correction stands. */
export function ContestAction({
  paragraph,
  isState,
}: {
  readonly paragraph: ComposedParagraph;
  readonly isState: boolean;
}) {
  const { id, status } = paragraph;
  const { record, whyNot } = useNegotiation();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const correction = record.corrections.findLast((one) => one.paragraph === id && !one.contested);
  if (!correction || status !== "agreed") return null;
  return (
    <>
      <Button
        size="small"
        aria-haspopup="dialog"
        disabledReason={whyNot("contest-correction") ?? (isState ? null : say("refusals.not-a-state"))}
        onClick={() => setOpen(true)}
      >
        {say("versions.contest.name")}
      </Button>
      {isOpen && (
        <StateDialog
          name={say("versions.contest.name")}
          explains={say("versions.contest.explains")}
          command={{
            kind: "contest-correction",
            paragraph: id,
            ...(reason.trim() !== "" && { reason: reason.trim() }),
          }}
          done={say("versions.contest.done", { number: sayNumber(paragraph, voice) })}
          onClose={() => setOpen(false)}
        >
          <Redline from={correction.content.before} to={correction.content.after} />
          <p>{say("record.reason", { reason: correction.reason })}</p>
          <TextBox
            label={say("versions.contest.reason")}
            value={reason}
            autoFocus
            onChange={(event) => setReason(event.target.value)}
          />
        </StateDialog>
      )}
    </>
  );
}
