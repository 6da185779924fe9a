/** What the chair's team does with bridging text that is with the proposers: take it up, whatever they answered, or withdraw it. */
import { useState } from "react";
import type { ComposedParagraph } from "../../shared/domain/report.ts";
import type { SeenBridging } from "../../shared/domain/seen-bridging.ts";
import { blocksById } from "../../shared/domain/text.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { wordsWith } from "../proposals/bridging-card.tsx";
import { Redline } from "../report/redline.tsx";
import { StateDialog } from "../report/state-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { TextBox } from "../ui/field.tsx";
import { list, say } from "../ui/voice.ts";
import { HeardOfBridging } from "./heard-dialog.tsx";

interface Props {
  readonly bridging: SeenBridging;
  readonly paragraph: ComposedParagraph;
}

export function BridgingActions({ bridging, paragraph }: Props) {
  const { text, whyNot } = useNegotiation();
  const [doing, setDoing] = useState<"takeUp" | "withdraw" | null>(null);
  const [reason, setReason] = useState("");
  const becomes = wordsWith(bridging, paragraph);
  const silent = bridging.asked.filter(({ answer }) => answer === null).map(({ by }) => by.name);
  const against = bridging.asked.filter(({ answer }) => answer && answer !== "accept").map(({ by }) => by.name);
  return (
    <>
      <Button
        size="small"
        tone="primary"
        aria-haspopup="dialog"
        disabledReason={
          whyNot("take-up-bridging", { paragraph: blocksById(text).get(paragraph.id) }) ??
          (becomes === null ? say("refusals.bridging-displaced") : null)
        }
        onClick={() => setDoing("takeUp")}
      >
        {say("proposals.bridging.takeUp.name")}
      </Button>
      <Button
        size="small"
        aria-haspopup="dialog"
        disabledReason={whyNot("withdraw-bridging")}
        onClick={() => setDoing("withdraw")}
      >
        {say("proposals.bridging.withdraw.name")}
      </Button>
      <HeardOfBridging bridging={bridging} />
      {doing && (
        <StateDialog
          name={say(`proposals.bridging.${doing}.name`)}
          explains={say(`proposals.bridging.${doing}.explains`)}
          command={{
            kind: doing === "takeUp" ? "take-up-bridging" : "withdraw-bridging",
            bridging: bridging.id,
            ...(reason.trim() !== "" && { reason: reason.trim() }),
          }}
          done={say(`proposals.bridging.${doing}.done`)}
          onClose={() => setDoing(null)}
        >
          {doing === "takeUp" && becomes !== null && <Redline from={paragraph.content} to={becomes} />}
          {doing === "takeUp" && against.length + silent.length > 0 && (
            <p>
              {against.length > 0 && `${say("proposals.bridging.notAccepted", { who: list(against) })} `}
              {silent.length > 0 && `${say("proposals.bridging.noAnswer", { who: list(silent) })} `}
              {say("proposals.bridging.allTheSame")}
            </p>
          )}
          <TextBox
            label={say("proposals.dispose.reasonOptional")}
            rows={2}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </StateDialog>
      )}
    </>
  );
}
