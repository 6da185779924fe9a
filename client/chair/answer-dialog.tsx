/** The chair's answer to a request for a correction of fact: corrected, now or already, or not, with a reason. Given once (SPEC: SUM). */
import { useState } from "react";
import type { SummaryCommand } from "../../shared/domain/summary.ts";
import type { SeenRequest } from "../../shared/domain/summary.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Choice, TextBox, TextField } from "../ui/field.tsx";
import { say } from "../ui/voice.ts";

interface Props {
  readonly request: SeenRequest;
  readonly paragraph: ComposedParagraph;
  readonly onClose: () => void;
}

const ways = ["edit", "edited", "not"] as const;

export function AnswerDialog({ request, paragraph, onClose }: Props) {
  // The words as they were when the form was opened: if others are typed meanwhile the server says so, and nothing is lost.
  const [{ text: before, wording }] = useState(paragraph);
  const [way, setWay] = useState<(typeof ways)[number]>("edit");
  const [words, setWords] = useState(before);
  const [reason, setReason] = useState("");
  const command: SummaryCommand = {
    kind: "answer-correction",
    request: request.id,
    corrected: way !== "not",
    ...(way === "edit" && { text: words, wording }),
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
          : way === "edit" && words === before
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
      {way === "edit" && (
        <>
          <TextBox
            label={say("summary.request.answer.words")}
            rows={5}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          {words !== before && <Redline from={before} to={words} />}
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
