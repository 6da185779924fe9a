/**
 * A paragraph that others have seen goes to the other part: said once more, with the reason that everybody reads. What had no consensus
 * can be reported as what some States proposed, in the same step (SPEC: SUM).
 */
import { useState } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { blocksById } from "../../shared/domain/text.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import { WholeWords } from "../report/whole-words.tsx";
import { TextField } from "../ui/field.tsx";
import { say, voice } from "../ui/voice.ts";
import { WouldBreak } from "./would-break.tsx";
import type { Rewrite } from "./reporting.tsx";
import { useReporting } from "./reporting.tsx";

interface Props {
  /** As it was when the move was chosen. */
  readonly paragraph: ComposedParagraph;
  /** What is offered as the reason; the usual one when left out. */
  readonly reason?: string;
  readonly rewrite: Rewrite;
  readonly onClose: () => void;
}

export function MoveDialog({ paragraph, reason: offered, rewrite, onClose }: Props) {
  const { text: draft } = useNegotiation();
  const block = blocksById(draft).get(paragraph.id);
  const { id, part } = paragraph;
  const to = part === "consensus" ? "chair-summary" : "consensus";
  const [reason, setReason] = useState(offered ?? say(to === "consensus" ? "desk.move.back" : "desk.move.noConsensus"));
  const reporting = useReporting(paragraph, to, rewrite);
  return (
    <StateDialog
      wide={reporting.offer !== null}
      name={say(`desk.move.to.${to}`)}
      explains={say(`desk.move.explains.${to}`)}
      command={{ kind: "move-paragraph", paragraph: id, to, reason }}
      done={say("desk.move.done", { number: sayNumber(paragraph, voice), part: say(`words.part.${to}`) })}
      incomplete={reason.trim() === "" ? say("refusals.reason-needed") : null}
      onClose={onClose}
      onDone={reporting.moved}
    >
      <WholeWords content={paragraph.content} />
      {block && <WouldBreak paragraph={id} after={{ ...block, part: to }} />}
      <TextField
        autoFocus
        label={say("desk.move.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {reporting.offer}
    </StateDialog>
  );
}
