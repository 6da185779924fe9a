/** Breaking silence: on everything or on named paragraphs, with the reason in a sentence. By a delegation, or recorded for one from the floor. */
import { useState } from "react";
import type { Command } from "../../shared/domain/commands.ts";
import { speaksAsState } from "../../shared/domain/groups.ts";
import type { SeenSilence } from "../../shared/domain/report.ts";
import { delegationOf } from "../../shared/domain/roster.ts";
import type { DelegationCode, GroupId, ParagraphId } from "../../shared/domain/values.ts";
import { sayParagraphs } from "../../shared/messages/silence.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { Choice, Select, TextBox } from "../ui/field.tsx";
import { language, say, voice } from "../ui/voice.ts";
import { AskDelegations } from "./ask-delegations.tsx";
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
  const { record, report, seat, text } = useNegotiation();
  const [on, setOn] = useState<"all" | "some">(silence.paragraphs.length === 1 ? "all" : "some");
  const [chosen, setChosen] = useState<ReadonlySet<ParagraphId>>(new Set());
  const [reason, setReason] = useState("");
  const [others, setOthers] = useState<readonly DelegationCode[]>([]);
  const [code, setCode] = useState<DelegationCode | "">("");
  const [group, setGroup] = useState<GroupId | "">("");
  // What is agreed already passes no silence; who wants it reopened objects to it.
  const inScope = report.parts.consensus.filter(({ id }) => silence.paragraphs.some((one) => one.paragraph === id));
  const among = inScope.filter(({ status }) => status !== "agreed");
  const agreed = inScope.filter(({ status }) => status === "agreed").map(({ id }) => id);
  const speaker = isFromFloor ? code : (delegationOf(seat) ?? "");
  const command: Command = {
    kind: "break-silence",
    procedure: silence.id,
    ...(on === "some" && { paragraphs: among.map(({ id }) => id).filter((id) => chosen.has(id)) }),
    ...(reason.trim() !== "" && { reason: reason.trim() }),
    ...(code !== "" && { onBehalfOf: code }),
    ...(group !== "" && { onBehalfOfGroup: group }),
    ...(others.length > 0 && { alsoFor: others }),
  };
  const incomplete =
    isFromFloor && code === ""
      ? say("refusals.delegation-needed")
      : on === "some" && chosen.size === 0
        ? say("silence.announce.nothing")
        : reason.trim() === ""
          ? say("refusals.reason-needed")
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
      <CapacityChoice code={speaker} value={group} onChange={setGroup} />
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
      {on === "all" && agreed.length > 0 && (
        <p role="note">
          {say("silence.break.reopens", {
            scope: sayParagraphs(agreed, { record, text, voice }),
            count: agreed.length,
          })}
        </p>
      )}
      <TextBox
        label={say("silence.break.reason")}
        value={reason}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
      {!isFromFloor && (
        <AskDelegations
          label={say("silence.break.alsoFor")}
          help={say("silence.break.alsoForHelp")}
          add={say("silence.break.alsoForNobody")}
          uninvite={(name) => say("desk.picker.remove", { name })}
          asked={others}
          except={[speaker]}
          onChange={setOthers}
        />
      )}
    </StateDialog>
  );
}
