/**
 * A paragraph that others have seen goes to the other part: said once more, with the reason that everybody reads. What had no consensus
 * can be reported as what some States proposed, in the same step (SPEC: SUM).
 */
import { useMemo, useState } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { statesIn } from "../../shared/domain/roster.ts";
import { blocksById } from "../../shared/domain/text.ts";
import type { ParagraphId } from "../../shared/domain/values.ts";
import { numberOf, sayNumber } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import { WholeWords } from "../report/whole-words.tsx";
import { TextField } from "../ui/field.tsx";
import { useToast } from "../ui/toasts.tsx";
import { list, say, voice } from "../ui/voice.ts";
import styles from "../report/silence-notice.module.css";
import { WouldBreak } from "./would-break.tsx";
import { reportiveWording } from "./reportive-wording.ts";

/** Puts other words in a paragraph of the draft and gives the way back; null where it cannot be written. */
export type Rewrite = ((paragraph: ParagraphId, words: string) => () => void) | null;

interface Props {
  /** As it was when the move was chosen. */
  readonly paragraph: ComposedParagraph;
  /** What is offered as the reason; the usual one when left out. */
  readonly reason?: string;
  readonly rewrite: Rewrite;
  readonly onClose: () => void;
}

export function MoveDialog({ paragraph, reason: offered, rewrite, onClose }: Props) {
  const { record, text: draft } = useNegotiation();
  const block = blocksById(draft).get(paragraph.id);
  const toast = useToast();
  const { id, part } = paragraph;
  const to = part === "consensus" ? "chair-summary" : "consensus";
  const [reason, setReason] = useState(offered ?? say(to === "consensus" ? "desk.move.back" : "desk.move.noConsensus"));
  const [reports, setReports] = useState(false);
  const reportive = useMemo(
    () =>
      to === "chair-summary" && rewrite
        ? reportiveWording(paragraph, statesIn(record), (about) => numberOf(about, { record, text: draft, voice }))
        : null,
    [paragraph, record, rewrite, to, draft],
  );
  return (
    <StateDialog
      wide={reportive !== null}
      name={say(`desk.move.to.${to}`)}
      explains={say(`desk.move.explains.${to}`)}
      command={{ kind: "move-paragraph", paragraph: id, to, reason }}
      done={say("desk.move.done", { number: sayNumber(paragraph, voice), part: say(`words.part.${to}`) })}
      incomplete={reason.trim() === "" ? say("refusals.reason-needed") : null}
      onClose={onClose}
      onDone={() => {
        if (!reportive || !reports || !rewrite) return;
        const undo = rewrite(id, reportive.words);
        toast({
          about: id,
          sentence: say("desk.reportive.used"),
          actions: [{ label: say("desk.undo"), act: undo }],
        });
      }}
    >
      <WholeWords content={paragraph.content} />
      {block && <WouldBreak paragraph={id} after={{ ...block, part: to }} />}
      <TextField
        autoFocus
        label={say("desk.move.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {reportive && (
        <>
          <label className={styles["check"]}>
            <input type="checkbox" checked={reports} onChange={(event) => setReports(event.target.checked)} />
            {say("desk.reportive.offer")}
          </label>
          <blockquote dir="auto">{reportive.words}</blockquote>
          <small>
            {reportive.views
              .map(({ words, who }) => say("desk.reportive.speaksFor", { words, who: list(who) }))
              .join(" ")}
          </small>
        </>
      )}
    </StateDialog>
  );
}
