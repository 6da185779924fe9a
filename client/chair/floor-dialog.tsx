/** What a delegation said from the floor, for itself or for a group, recorded for it: an objection acts at once, agreement once the delegation confirms. */
import { useState } from "react";
import type { LodgePosition } from "../../shared/domain/commands.ts";
import type { Level } from "../../shared/domain/positions.ts";
import type { Block } from "../../shared/domain/text.ts";
import type { DelegationCode, GroupId } from "../../shared/domain/values.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { CapacityChoice } from "../report/capacity-choice.tsx";
import { LiftingFields, nothingTyped, statedBy, WordsConcerned } from "../report/lifting-fields.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Choice, Select, TextBox } from "../ui/field.tsx";
import { language, say } from "../ui/voice.ts";

interface Props {
  /** As it was circulated. */
  readonly paragraph: Pick<Block, "id" | "content">;
  readonly number: string;
  readonly onClose: () => void;
}

const offered: readonly Level[] = [
  "objection",
  "reservation",
  "awaiting-instructions",
  "support",
  "accept",
  "question",
  "concern",
];

export function FloorDialog({ paragraph: { id, content }, number, onClose }: Props) {
  const { record } = useNegotiation();
  const [code, setCode] = useState<DelegationCode | "">("");
  const [group, setGroup] = useState<GroupId | "">("");
  const [level, setLevel] = useState<Level>("objection");
  const [lifting, setLifting] = useState(nothingTyped);
  const { hash, text } = wordingOf(content);
  const paragraph = { id, content, text, wording: hash };
  const objects = level === "objection";
  const { span, remedy, reason, incomplete } = statedBy(lifting, paragraph);
  const said = objects ? reason : lifting.box.trim();
  const delegations = [...record.delegations.values()].toSorted((a, b) => a.name.localeCompare(b.name, language));
  const command: LodgePosition = {
    kind: "lodge-position",
    paragraph: id,
    wording: hash,
    level,
    ...(code !== "" && { onBehalfOf: code }),
    ...(group !== "" && { onBehalfOfGroup: group }),
    ...(span && { span }),
    ...(objects && remedy && { remedy }),
    ...(said !== "" && { reason: said }),
  };
  return (
    <StateDialog
      name={say("desk.floor.name")}
      explains={say("desk.floor.explains")}
      command={command}
      done={say("desk.floor.done", { number })}
      incomplete={code === "" ? say("refusals.delegation-needed") : incomplete}
      onClose={onClose}
    >
      <Select
        label={say("desk.floor.delegation")}
        value={code}
        options={[
          { value: "" as const, label: "" },
          ...delegations.map((delegation) => ({ value: delegation.code, label: delegation.name })),
        ]}
        onChange={(speaker) => {
          setCode(speaker);
          setGroup("");
        }}
      />
      <CapacityChoice code={code} value={group} onChange={setGroup} />
      <Choice
        inline
        label={say("desk.floor.said")}
        value={level}
        options={offered.map((value) => ({ value, label: say(`words.level.${value}`) }))}
        onChange={setLevel}
      />
      {objects ? (
        <LiftingFields {...{ paragraph, lifting }} onChange={setLifting} />
      ) : (
        <>
          <TextBox
            label={say(`desk.lodge.${level}.box`)}
            value={lifting.box}
            onChange={(event) => setLifting({ ...lifting, box: event.target.value })}
          />
          <WordsConcerned {...{ paragraph, lifting }} onChange={setLifting} />
        </>
      )}
    </StateDialog>
  );
}
