/** What a delegation said from the floor of something that stands already, recorded for it by the chair's team, and the buttons that open it. */
import type { ReactNode } from "react";
import { useState } from "react";
import type { BridgingAnswer } from "../../shared/domain/bridging.ts";
import { bridgingAnswers } from "../../shared/domain/bridging.ts";
import type { Command, CommandKind } from "../../shared/domain/commands.ts";
import { isState } from "../../shared/domain/groups.ts";
import type { ComposedParagraph, SeenPosition } from "../../shared/domain/report.ts";
import type { SeenBridging } from "../../shared/domain/seen-bridging.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Choice, Select, TextBox } from "../ui/field.tsx";
import { language, say } from "../ui/voice.ts";

interface Props {
  readonly act: CommandKind;
  readonly name: string;
  readonly explains: string;
  readonly done: string;
  readonly who: string;
  /** From whom it can have been heard. */
  readonly from: readonly { readonly code: DelegationCode; readonly name: string }[];
  /** What they say in their own words. */
  readonly box: string;
  readonly needsWords: boolean;
  readonly command: (code: DelegationCode, words: string) => Command;
  readonly children?: ReactNode;
}

function Heard({ act, name, explains, done, who, from, box, needsWords, command, children }: Props) {
  const { whyNot } = useNegotiation();
  const [isOpen, setIsOpen] = useState(false);
  const [code, setCode] = useState<DelegationCode | "">("");
  const [words, setWords] = useState("");
  const said = words.trim();
  const offered = from.toSorted((a, b) => a.name.localeCompare(b.name, language));
  const missing = code === "" ? "delegation-needed" : needsWords && said === "" ? "reason-needed" : null;
  return (
    <>
      <Button
        size="small"
        tone="quiet"
        aria-haspopup="dialog"
        disabledReason={whyNot(act)}
        onClick={() => setIsOpen(true)}
      >
        {name}
      </Button>
      {isOpen && (
        <StateDialog
          name={name}
          explains={explains}
          command={command(code as DelegationCode, said)}
          done={done}
          incomplete={missing && say(`refusals.${missing}`)}
          onClose={() => setIsOpen(false)}
          onDone={() => setWords("")}
        >
          <Select
            label={who}
            value={code}
            options={[
              { value: "" as const, label: "" },
              ...offered.map((one) => ({ value: one.code, label: one.name })),
            ]}
            onChange={setCode}
          />
          {children}
          <TextBox label={box} value={words} dir="auto" onChange={(event) => setWords(event.target.value)} />
        </StateDialog>
      )}
    </>
  );
}

/** That a State goes along with what a group stated, or departs from it (SPEC: GRP13). */
export function HeardOfGroup({ position }: { readonly position: SeenPosition }) {
  const { record } = useNegotiation();
  const [act, setAct] = useState<"align" | "depart">("align");
  const paragraph = record.positions.get(position.id)?.paragraph;
  if (!position.behind || !paragraph) return null;
  return (
    <Heard
      act={act}
      name={say("desk.groups.heard.name")}
      explains={say("desk.groups.heard.explains")}
      done={say("desk.groups.heard.done")}
      who={say("desk.groups.heard.who")}
      from={[...record.delegations.values()].filter(({ code }) => isState(record, code))}
      box={say("desk.groups.heard.words")}
      needsWords={false}
      command={(onBehalfOf, words) =>
        act === "align"
          ? { kind: act, position: position.id, onBehalfOf, ...(words && { adds: words }) }
          : { kind: act, paragraph, onBehalfOf, ...(words && { reason: words }) }
      }
    >
      <Choice
        label={say("desk.groups.heard.said")}
        value={act}
        options={[
          { value: "align" as const, label: say("desk.groups.heard.aligns") },
          { value: "depart" as const, label: say("desk.groups.heard.departs") },
        ]}
        onChange={setAct}
      />
    </Heard>
  );
}

/** What a sponsor said of the bridging text that was put to it (SPEC: MER5). */
export function HeardOfBridging({ bridging: { id, asked } }: { readonly bridging: SeenBridging }) {
  const [answer, setAnswer] = useState<BridgingAnswer>("accept");
  return (
    <Heard
      act="answer-bridging"
      name={say("proposals.bridging.heard.name")}
      explains={say("proposals.bridging.heard.explains")}
      done={say("desk.groups.heard.done")}
      who={say("proposals.bridging.heard.who")}
      from={asked.filter(({ left }) => !left).map(({ by }) => by)}
      box={say(answer === "objection" ? "proposals.dispose.reason" : "proposals.dispose.reasonOptional")}
      needsWords={answer === "objection"}
      command={(onBehalfOf, words) => ({
        kind: "answer-bridging",
        bridging: id,
        answer,
        onBehalfOf,
        ...(words && { reason: words }),
      })}
    >
      <Choice
        label={say("proposals.bridging.heard.said")}
        value={answer}
        options={bridgingAnswers.map((value) => ({ value, label: say(`proposals.bridging.answer.${value}`) }))}
        onChange={setAnswer}
      />
    </Heard>
  );
}

/** That the chair's summary has a fact wrong (SPEC: SUM6). @param wording the words in circulation */
export function HeardRequest({ id, number, wording }: Pick<ComposedParagraph, "id" | "number" | "wording">) {
  const { record } = useNegotiation();
  return (
    <Heard
      act="request-correction"
      name={say("summary.request.name")}
      explains={say("summary.request.explains")}
      done={say("summary.request.done", { number })}
      who={say("summary.request.floor")}
      from={[...record.delegations.values()]}
      box={say("summary.request.what")}
      needsWords
      command={(onBehalfOf, text) => ({ kind: "request-correction", paragraph: id, wording, text, onBehalfOf })}
    />
  );
}
