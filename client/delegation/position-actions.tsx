/** What a delegation can do with a position of its own. Each act goes on the record, so each is said once more before it does. */
import { useState } from "react";
import type { Command } from "../../shared/domain/commands.ts";
import type { Position } from "../../shared/domain/positions.ts";
import type { SeenPosition } from "../../shared/domain/report.ts";
import type { Block } from "../../shared/domain/text.ts";
import { wordingOf } from "../../shared/domain/wording.ts";
import { numberOf } from "../../shared/messages/numbers.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { StateDialog } from "../report/state-dialog.tsx";
import { WholeWords } from "../report/whole-words.tsx";
import type { Tone } from "../ui/button.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox } from "../ui/field.tsx";
import { say, voice } from "../ui/voice.ts";

type Ending = "dissociate" | "withdraw" | "reaffirm" | "met" | "confirm" | "to-reservation";

const tones: { readonly [E in Ending]: Tone } = {
  dissociate: "primary",
  withdraw: "plain",
  reaffirm: "object",
  met: "support",
  confirm: "primary",
  "to-reservation": "reserve",
};

interface Props {
  readonly position: Position | (SeenPosition & { readonly paragraph: Position["paragraph"] });
  /** The paragraph its words are on now; null when they were removed. */
  readonly paragraph: Block | null;
}

export function PositionActions({ position, paragraph }: Props) {
  const { record, text, whyNot } = useNegotiation();
  const [doing, setDoing] = useState<Ending | null>(null);
  const [reason, setReason] = useState("");
  const today = paragraph && wordingOf(paragraph.content).hash;
  const changed = today !== null && today !== position.wording;
  const objects = position.level === "objection";
  const offered: Ending[] = position.asked?.whether === "dissociation" ? ["dissociate"] : [];
  if (!position.confirmed || position.endingHeard) offered.push("confirm");
  if (objects) offered.push("met");
  if (changed || (paragraph && position.asked)) offered.push("reaffirm");
  if (objects && paragraph) offered.push("to-reservation");
  offered.push("withdraw");

  const command = (ending: Ending): Command => {
    const { id } = position;
    switch (ending) {
      case "dissociate":
        return { kind: "withdraw-position", position: id, dissociates: true };
      case "withdraw":
        return { kind: "withdraw-position", position: id };
      case "confirm":
        return { kind: "confirm-position", position: id, ending: position.endingHeard };
      case "met":
        return { kind: "confirm-met", position: id, ...(today && { wording: today }) };
      case "reaffirm":
        return {
          kind: "reaffirm-position",
          position: id,
          wording: today!,
          ...(reason.trim() !== "" && { reason: reason.trim() }),
        };
      case "to-reservation":
        return {
          kind: "lodge-position",
          level: "reservation",
          paragraph: paragraph!.id,
          wording: today!,
          replaces: id,
          ...(position.reason ? { reason: position.reason } : {}),
        };
    }
  };
  const toneOf = (ending: Ending): Tone => (ending === "reaffirm" && !objects ? "support" : tones[ending]);
  const no = (ending: Ending): string | null => {
    const act = command(ending).kind;
    return act === "lodge-position" ? whyNot(act) : whyNot(act, { position: position.id });
  };

  return (
    <div
      role="group"
      aria-label={say("desk.position.actions")}
      style={{ display: "flex", flexWrap: "wrap", gap: "0.35rem" }}
    >
      {offered.map((ending) => (
        <Button
          key={ending}
          size="small"
          tone={toneOf(ending)}
          aria-haspopup="dialog"
          disabledReason={no(ending)}
          onClick={() => setDoing(ending)}
        >
          {say(`desk.ending.${ending}.name`)}
        </Button>
      ))}
      {doing && (
        <StateDialog
          name={say(`desk.ending.${doing}.name`)}
          tone={toneOf(doing)}
          explains={say(`desk.ending.${doing}.explains`)}
          command={command(doing)}
          done={say(`desk.ending.${doing}.done`)}
          onClose={() => setDoing(null)}
        >
          {paragraph && (
            <div>
              <strong>{say("words.paragraph", { number: numberOf(paragraph.id, { record, text, voice }) })}</strong>
              <WholeWords content={paragraph.content} />
            </div>
          )}
          {doing === "reaffirm" && position.asked && (
            <TextBox
              label={say("desk.ending.reaffirm.reason")}
              rows={2}
              value={reason}
              dir="auto"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </StateDialog>
      )}
    </div>
  );
}
