/** Breaking silence: on everything or on named paragraphs, with the reason in a sentence. By a delegation, or recorded for one from the floor. */
import { useState } from "react";
import type { Command } from "../../shared/domain/commands.ts";
import { speaksAsState } from "../../shared/domain/groups.ts";
import type { SeenSilence } from "../../shared/domain/report.ts";
import { delegationOf } from "../../shared/domain/roster.ts";
import type { DelegationCode, GroupId, ParagraphId } from "../../shared/domain/values.ts";
import { parseDelegationCode } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Choice, Select, TextBox, TextField } from "../ui/field.tsx";
import { language, say } from "../ui/voice.ts";
import { CapacityChoice } from "./capacity-choice.tsx";
import { ChooseParagraphs } from "./choose-paragraphs.tsx";
import { Deadline } from "./silence-notice.tsx";
import { StateDialog } from "./state-dialog.tsx";

interface Props {
  readonly silence: SeenSilence;
  readonly isFromFloor?: boolean;
  readonly onClose: () => void;
}

export function BreakDialog({ silence, isFromFloor = false, onClose }: Props) {
  const { record, report, seat } = useNegotiation();
  const [on, setOn] = useState<"all" | "some">(silence.paragraphs.length === 1 ? "all" : "some");
  const [chosen, setChosen] = useState<ReadonlySet<ParagraphId>>(new Set());
  const [reason, setReason] = useState("");
  const [others, setOthers] = useState("");
  const [code, setCode] = useState<DelegationCode | "">("");
  const [group, setGroup] = useState<GroupId | "">("");
  // What is agreed already passes no silence; who wants it reopened objects to it.
  const among = report.parts.consensus.filter(
    ({ id, status }) => status !== "agreed" && silence.paragraphs.some(({ paragraph }) => paragraph === id),
  );
  const named = others.split(/[\s,;]+/).filter((one) => one !== "");
  const unknown = named.find((one) => !record.delegations.has(parseDelegationCode(one) ?? ("" as DelegationCode)));
  const command: Command = {
    kind: "break-silence",
    procedure: silence.id,
    ...(on === "some" && { paragraphs: among.map(({ id }) => id).filter((id) => chosen.has(id)) }),
    ...(reason.trim() !== "" && { reason: reason.trim() }),
    ...(code !== "" && { onBehalfOf: code }),
    ...(group !== "" && { onBehalfOfGroup: group }),
    ...(named.length > 0 && { alsoFor: named as DelegationCode[] }),
  };
  const incomplete =
    isFromFloor && code === ""
      ? say("refusals.delegation-needed")
      : on === "some" && chosen.size === 0
        ? say("silence.announce.nothing")
        : reason.trim() === ""
          ? say("refusals.reason-needed")
          : unknown !== undefined
            ? say("silence.break.unknown", { code: unknown })
            : null;
  const states = [...record.delegations.values()]
    .filter((one) => speaksAsState(record, one.code))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
  return (
    <StateDialog
      wide
      name={say("silence.break.name")}
      tone="object"
      explains={say(isFromFloor ? "silence.break.explainsFloor" : "silence.break.explains")}
      command={command}
      done={(answer) =>
        say(Date.parse(answer.receipt.at) > silence.deadline ? "silence.break.lateDone" : "silence.break.done")
      }
      incomplete={incomplete}
      onClose={onClose}
    >
      <Deadline at={silence.deadline} zone={silence.zone} />
      {isFromFloor && (
        <Select
          label={say("desk.floor.delegation")}
          value={code}
          options={[{ value: "" as const, label: "" }, ...states.map((one) => ({ value: one.code, label: one.name }))]}
          onChange={(speaker) => {
            setCode(speaker);
            setGroup("");
          }}
        />
      )}
      <CapacityChoice code={isFromFloor ? code : (delegationOf(seat) ?? "")} value={group} onChange={setGroup} />
      {silence.paragraphs.length > 1 && (
        <Choice
          inline
          label={say("silence.break.on")}
          value={on}
          options={(["some", "all"] as const).map((value) => ({ value, label: say(`silence.break.${value}`) }))}
          onChange={setOn}
        />
      )}
      {on === "some" && (
        <ChooseParagraphs label={say("silence.announce.choose")} {...{ among, chosen }} onChange={setChosen} />
      )}
      <TextBox
        label={say("silence.break.reason")}
        value={reason}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
      {!isFromFloor && (
        <TextField
          label={say("silence.break.alsoFor")}
          help={say("silence.break.alsoForHelp")}
          error={unknown === undefined ? null : say("silence.break.unknown", { code: unknown })}
          value={others}
          onChange={(event) => setOthers(event.target.value.toUpperCase())}
        />
      )}
    </StateDialog>
  );
}
