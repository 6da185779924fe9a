/**
 * Stating a position: one box and the button. For an objection the box asks what would lift it, and the words typed there can be put
 * into the text by the chair in one click: which words they would take the place of stands under it. Everything else is under *More*.
 */
import { useState } from "react";
import type { LodgePosition } from "../../shared/domain/commands.ts";
import type { Audience, Ground, Level } from "../../shared/domain/positions.ts";
import { grounds } from "../../shared/domain/positions.ts";
import { disclosureFor } from "../../shared/domain/disclosure.ts";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import { delegationOf } from "../../shared/domain/roster.ts";
import type { GroupId } from "../../shared/domain/values.ts";
import { sayNumber } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { CapacityChoice } from "../report/capacity-choice.tsx";
import { conditionsIn, ConditionRows, incompleteIn, useRows } from "../report/condition-rows.tsx";
import { DisclosureSelect } from "../report/disclosure-select.tsx";
import { LiftingFields, nothingTyped, statedBy, WordsConcerned } from "../report/lifting-fields.tsx";
import type { SelectedWords } from "../report/selected-words.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import { useReadable, useReadableQuote } from "../report/use-readable.ts";
import type { Tone } from "../ui/button.tsx";
import { Select, TextBox, TextField } from "../ui/field.tsx";
import { say, voice } from "../ui/voice.ts";
import { DraftDialog } from "./draft-dialog.tsx";
import styles from "./position-dialog.module.css";
import type { Papers } from "./use-papers.ts";

const tones: { readonly [L in Level]?: Tone } = { objection: "object", reservation: "reserve", support: "support" };

interface Props {
  readonly paragraph: ComposedParagraph;
  readonly level: Level;
  readonly words: SelectedWords | null;
  readonly papers: Papers;
  readonly onClose: () => void;
}

export function PositionDialog({ paragraph, level, words, papers, onClose }: Props) {
  const { record, report, seat } = useNegotiation();
  const read = useReadable();
  const readQuote = useReadableQuote();
  const code = delegationOf(seat);
  const [group, setGroup] = useState<GroupId | "">("");
  const objects = level === "objection";
  const selected = words?.span ?? null;
  const [lifting, setLifting] = useState(() => nothingTyped(selected));
  const [reason, setReason] = useState("");
  const [ground, setGround] = useState<Ground | "">("");
  const [condition, setCondition] = useState("");
  const { rows, onChange: setRows } = useRows();
  const packages = report.packages.filter(({ releasedAt, withdrawn }) => releasedAt !== null && withdrawn === null);
  const others = [...report.parts.consensus, ...report.parts.chairSummary].filter(
    ({ id, kind: block }) => block === "paragraph" && id !== paragraph.id,
  );
  const conditions = conditionsIn(rows, packages);
  const [placement, setPlacement] = useState(false);
  const ruled = disclosureFor(record.settings.disclosure, level);
  const [shown, setShown] = useState<Audience>(ruled.reason);

  const { span, remedy: lifts, reason: spare, incomplete: unlike } = statedBy(lifting, paragraph, selected);
  const remedy = objects ? lifts : null;
  const said = objects ? [reason.trim(), spare].filter(Boolean).join("\n") : lifting.box.trim();
  const command: LodgePosition = {
    kind: "lodge-position",
    paragraph: paragraph.id,
    wording: paragraph.wording,
    level,
    ...(span && { span }),
    ...(remedy && { remedy }),
    ...(said !== "" && { reason: said }),
    ...(ground !== "" && { ground }),
    ...(condition.trim() !== "" && { condition: condition.trim() }),
    ...(conditions.length > 0 && { conditions }),
    ...(placement && { placement: true }),
    ...(group !== "" && { onBehalfOfGroup: group }),
    ...(shown !== ruled.reason && { disclosure: { existence: shown, name: shown, reason: shown } }),
  };
  const incomplete = unlike ?? incompleteIn(rows);
  const name = say(`desk.lodge.${level}.name`);
  const fields = (
    <>
      <p className={styles["about"]}>
        {say("words.paragraph", { number: sayNumber(paragraph, voice) })}
        <q>{objects || !span ? read(paragraph.content) : readQuote(span, paragraph.content)}</q>
      </p>
      <CapacityChoice code={code ?? ""} value={group} onChange={setGroup} />
      {objects ? (
        <LiftingFields {...{ paragraph, selected, lifting }} autoFocus onChange={setLifting} />
      ) : (
        <TextBox
          label={say(`desk.lodge.${level}.box`)}
          value={lifting.box}
          autoFocus
          dir="auto"
          onChange={(event) => setLifting({ ...lifting, box: event.target.value })}
        />
      )}
      <details className={styles["more"]}>
        <summary>{say("desk.more")}</summary>
        <div className={styles["fields"]}>
          {!objects && <WordsConcerned {...{ paragraph, selected, lifting }} onChange={setLifting} />}
          {objects && (
            <>
              <TextBox
                label={say("desk.lodge.reason")}
                rows={2}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
              <label className={styles["check"]}>
                <input type="checkbox" checked={placement} onChange={(event) => setPlacement(event.target.checked)} />
                {say("desk.lodge.placement", { part: say(`words.part.${paragraph.part}`) })}
              </label>
            </>
          )}
          <Select
            label={say("desk.lodge.ground")}
            value={ground}
            options={[
              { value: "" as const, label: say("desk.lodge.noGround") },
              ...grounds.map((value) => ({ value, label: say(`words.ground.${value}`) })),
            ]}
            onChange={setGround}
          />
          <ConditionRows
            label={say("desk.lodge.conditions")}
            among={others}
            packages={packages}
            rows={rows}
            onChange={setRows}
          />
          <TextField
            label={say("desk.lodge.condition")}
            help={say("desk.lodge.conditionHelp")}
            value={condition}
            onChange={(event) => setCondition(event.target.value)}
          />
          <DisclosureSelect
            label={say("desk.lodge.disclosure")}
            ruled={ruled.reason}
            value={shown}
            onChange={setShown}
          />
        </div>
      </details>
    </>
  );
  if (seat.role === "adviser") {
    return (
      <DraftDialog name={name} command={command} incomplete={incomplete} papers={papers} onClose={onClose}>
        {fields}
      </DraftDialog>
    );
  }
  return (
    <StateDialog
      name={name}
      tone={tones[level] ?? "primary"}
      command={command}
      done={say(`desk.lodge.${level}.done`, { number: sayNumber(paragraph, voice) })}
      incomplete={incomplete}
      onClose={onClose}
    >
      {fields}
    </StateDialog>
  );
}
