/** The chair's answer to a request for a correction of fact: corrected, now or already, or not, with a reason. Given once (SPEC: SUM). */
import { useState } from "react";
import type { SummaryCommand } from "../../shared/domain/summary.ts";
import type { SeenRequest } from "../../shared/domain/summary.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { whyLocked } from "../../shared/domain/status.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Choice, TextBox, TextField } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";

interface Props {
  readonly request: SeenRequest;
  /** Null where it was removed from the draft. */
  readonly paragraph: Pick<ComposedParagraph, "id" | "text" | "wording"> | null;
}

export function AnswerRequest(asked: Props) {
  const { whyNot } = useNegotiation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        aria-haspopup="dialog"
        disabledReason={whyNot("answer-correction")}
        onClick={() => setIsOpen(true)}
      >
        {say("summary.request.answer.name")}
      </Button>
      {isOpen && <AnswerDialog {...asked} onClose={() => setIsOpen(false)} />}
    </>
  );
}

type Way = "edit" | "edited" | "removed" | "not";

function AnswerDialog({ request, paragraph, onClose }: Props & { readonly onClose: () => void }) {
  // The words as they were when the form was opened: if others are typed meanwhile the server says so, and nothing is lost.
  const [before] = useState(paragraph);
  const { record } = useNegotiation();
  // Only what would not be refused.
  const ways = (["edit", "edited", "removed", "not"] as const).filter((one) => {
    if (one === "edit") return before && !whyLocked(record, before.id);
    if (one === "edited") return before && before.wording !== request.wording;
    return one === "not" || !before;
  });
  const [chosen, setWay] = useState<Way>(ways[0]!);
  // A silence or the adoption may come while the form is open.
  const way = ways.includes(chosen) ? chosen : "not";
  const [words, setWords] = useState(before?.text ?? "");
  const [reason, setReason] = useState("");
  const isWriting = before !== null && way === "edit";
  const command: SummaryCommand = {
    kind: "answer-correction",
    request: request.id,
    corrected: way !== "not",
    ...(isWriting && { text: words, wording: before.wording }),
    ...(reason.trim() !== "" && { reason }),
  };
  return (
    <StateDialog
      wide
      name={say("summary.request.answer.name")}
      explains={say("summary.request.answer.explains")}
      command={command}
      done={say("summary.request.answer.done")}
      incomplete={
        way === "not" && reason.trim() === ""
          ? say("refusals.reason-needed")
          : isWriting && words === before.text
            ? say("refusals.same-words")
            : null
      }
      onClose={onClose}
    >
      {request.says !== undefined && <blockquote dir="auto">{request.says}</blockquote>}
      <Choice
        label={say("summary.request.answer.how")}
        value={way}
        options={ways.map((value) => ({ value, label: say(`summary.request.answer.${value}`) }))}
        onChange={setWay}
      />
      {isWriting && (
        <>
          <TextBox
            label={say("summary.request.answer.words")}
            rows={5}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          {words !== before.text && <Redline from={before.text} to={words} />}
        </>
      )}
      <TextField
        label={say(way === "not" ? "summary.request.answer.reason" : "summary.request.answer.reasonOptional")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </StateDialog>
  );
}
