/** What the chair asks the author of an objection before the text is adopted: is it met, or would a dissociation do (SPEC: POS14)? */
import { useState } from "react";
import type { Question } from "../../shared/domain/positions.ts";
import type { Blocker } from "../../shared/domain/report.ts";
import type { PositionId } from "../../shared/domain/values.ts";
import { sayWho } from "../../shared/messages/tell.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import { Select, TextBox } from "../ui/field.tsx";
import { say, voice } from "../ui/voice.ts";

interface Props {
  readonly whether: Question;
  /** Of one paragraph: whose objection is asked about is chosen among them. */
  readonly objections: readonly (Blocker & { readonly position: PositionId })[];
  readonly onClose: () => void;
}

export function AskDialog({ whether, objections, onClose }: Props) {
  const [chosen, setChosen] = useState(objections[0]!.position);
  const [note, setNote] = useState("");
  return (
    <StateDialog
      name={say(`desk.ask.${whether}.name`)}
      explains={say(`desk.ask.${whether}.explains`)}
      command={{ kind: "ask-author", position: chosen, whether, ...(note.trim() !== "" && { note: note.trim() }) }}
      done={say("desk.ask.done")}
      onClose={onClose}
    >
      <Select
        label={say("desk.ask.whom")}
        value={chosen}
        options={objections.map(({ position, by }) => ({ value: position, label: sayWho(by, voice) }))}
        onChange={setChosen}
      />
      <TextBox
        label={say("desk.ask.note")}
        rows={2}
        value={note}
        dir="auto"
        onChange={(event) => setNote(event.target.value)}
      />
    </StateDialog>
  );
}
