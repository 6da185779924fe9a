/** What a delegation said from the floor, for itself or for a group, recorded for it: an objection acts at once, agreement once the delegation confirms. */
import { useState } from "react";
import type { LodgePosition } from "../../shared/domain/commands.ts";
import type { Level } from "../../shared/domain/positions.ts";
import type { DelegationCode, GroupId, ParagraphId, WordingHash } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { CapacityChoice } from "../report/capacity-choice.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Choice, Select, TextBox } from "../ui/field.tsx";
import { language, say } from "../ui/voice.ts";

interface Props {
  readonly paragraph: ParagraphId;
  readonly number: string;
  readonly wording: WordingHash;
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

export function FloorDialog({ paragraph, number, wording, onClose }: Props) {
  const { record } = useNegotiation();
  const [code, setCode] = useState<DelegationCode | "">("");
  const [group, setGroup] = useState<GroupId | "">("");
  const [level, setLevel] = useState<Level>("objection");
  const [box, setBox] = useState("");
  const said = box.trim();
  const delegations = [...record.delegations.values()].toSorted((a, b) => a.name.localeCompare(b.name, language));
  const command: LodgePosition = {
    kind: "lodge-position",
    paragraph,
    wording,
    level,
    ...(code !== "" && { onBehalfOf: code }),
    ...(group !== "" && { onBehalfOfGroup: group }),
    ...(said !== "" && (level === "objection" ? { remedy: { kind: "other", text: said } } : { reason: said })),
  };
  return (
    <StateDialog
      name={say("desk.floor.name")}
      explains={say("desk.floor.explains")}
      command={command}
      done={say("desk.floor.done", { number })}
      incomplete={code === "" ? say("refusals.delegation-needed") : null}
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
      <TextBox label={say(`desk.lodge.${level}.box`)} value={box} onChange={(event) => setBox(event.target.value)} />
    </StateDialog>
  );
}
