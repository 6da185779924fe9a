/** The chair's decision on one paragraph, said once more before it is: gavelled as agreed, or reopened for a reason. */
import { useState } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import { WholeWords } from "../report/whole-words.tsx";
import { TextBox } from "../ui/field.tsx";
import { say, voice } from "../ui/voice.ts";

interface Props {
  readonly paragraph: ComposedParagraph;
  readonly onClose: () => void;
}

export function GavelDialog({ paragraph, onClose }: Props) {
  return (
    <StateDialog
      name={say("desk.gavel.name")}
      tone="support"
      explains={say("desk.gavel.explains")}
      command={{ kind: "gavel", paragraph: paragraph.id, wording: paragraph.wording }}
      done={say("desk.gavel.done", { number: sayNumber(paragraph, voice) })}
      onClose={onClose}
    >
      <WholeWords content={paragraph.content} />
    </StateDialog>
  );
}

export function ReopenDialog({ paragraph, onClose }: Props) {
  const [reason, setReason] = useState("");
  return (
    <StateDialog
      name={say("desk.reopen.name")}
      explains={say("desk.reopen.explains")}
      command={{ kind: "reopen", paragraph: paragraph.id, reason }}
      done={say("desk.reopen.done", { number: sayNumber(paragraph, voice) })}
      incomplete={reason.trim() === "" ? say("refusals.reason-needed") : null}
      onClose={onClose}
    >
      <TextBox
        label={say("desk.reopen.reason")}
        value={reason}
        autoFocus
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}
