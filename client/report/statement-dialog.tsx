/** A statement after adoption: an explanation of position, a reservation or a dissociation, in the delegation's own words. */
import { useState } from "react";
import type { StatementForm } from "../../shared/domain/adoption.ts";
import { statementForms } from "../../shared/domain/adoption.ts";
import type { DelegationCode, ParagraphId } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Choice, Select, TextBox } from "../ui/field.tsx";
import { language, say } from "../ui/voice.ts";
import { ChooseParagraphs } from "./choose-paragraphs.tsx";
import { StateDialog } from "./state-dialog.tsx";

interface Props {
  /** The delegation that speaks; null where the chair's team records what one said. */
  readonly code: DelegationCode | null;
  /** A dissociation from this paragraph, as it is begun; else everything is chosen. */
  readonly from?: ParagraphId;
  readonly onClose: () => void;
}

export function StatementDialog({ code, from, onClose }: Props) {
  const { record, report } = useNegotiation();
  const [speaker, setSpeaker] = useState<DelegationCode | "">(code ?? "");
  const [form, setForm] = useState<StatementForm>(from ? "dissociation" : "explanation-of-position");
  const [on, setOn] = useState<"whole" | "some">("whole");
  const [chosen, setChosen] = useState<ReadonlySet<ParagraphId>>(new Set(from ? [from] : []));
  const [text, setText] = useState("");
  const isState = speaker === "" || record.delegations.get(speaker)?.kind === "member-state";
  const among = [...report.parts.consensus, ...report.parts.chairSummary].filter(({ kind }) => kind === "paragraph");
  const isOnSome = on === "some" || form === "dissociation";
  const paragraphs = isOnSome ? among.map(({ id }) => id).filter((id) => chosen.has(id)) : [];
  const incomplete =
    speaker === ""
      ? say("refusals.delegation-needed")
      : isOnSome && paragraphs.length === 0
        ? say("silence.statement.choose")
        : text.trim() === ""
          ? say("silence.statement.textNeeded")
          : null;
  return (
    <StateDialog
      wide
      name={say("silence.statement.name")}
      explains={say("silence.statement.explains")}
      command={{
        kind: "make-statement",
        form,
        text,
        ...(paragraphs.length > 0 && { paragraphs }),
        ...(code === null && speaker !== "" && { onBehalfOf: speaker }),
      }}
      done={say("silence.statement.done")}
      incomplete={incomplete}
      onClose={onClose}
    >
      {code === null && (
        <Select
          label={say("desk.floor.delegation")}
          value={speaker}
          options={[
            { value: "" as const, label: "" },
            ...[...record.delegations.values()]
              .toSorted((a, b) => a.name.localeCompare(b.name, language))
              .map((one) => ({ value: one.code, label: one.name })),
          ]}
          onChange={setSpeaker}
        />
      )}
      <Choice
        label={say("silence.statement.form")}
        value={form}
        options={statementForms
          .filter((value) => isState || value === "explanation-of-position")
          .map((value) => ({ value, label: say(`words.statement.${value}`) }))}
        onChange={setForm}
      />
      {form !== "dissociation" && (
        <Choice
          inline
          label={say("silence.statement.on")}
          value={on}
          options={(["whole", "some"] as const).map((value) => ({ value, label: say(`silence.statement.${value}`) }))}
          onChange={setOn}
        />
      )}
      {isOnSome && (
        <ChooseParagraphs
          label={say("silence.announce.choose")}
          // What it was begun with comes first, where it is seen to be ticked.
          among={among.toSorted((a, b) => Number(b.id === from) - Number(a.id === from))}
          chosen={chosen}
          onChange={setChosen}
        />
      )}
      <TextBox
        label={say("silence.statement.text")}
        rows={6}
        value={text}
        dir="auto"
        onChange={(event) => setText(event.target.value)}
      />
    </StateDialog>
  );
}
