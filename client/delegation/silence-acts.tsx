/** What a delegation can do while silence runs: break it, and keep its earlier objections from lapsing. */
import { useState } from "react";
import { speaksAsState } from "../../shared/domain/groups.ts";
import type { SeenSilence } from "../../shared/domain/report.ts";
import { lapsingFor } from "../../shared/domain/silence.ts";
import type { DelegationCode } from "../../shared/domain/values.ts";
import { sayParagraphs } from "../../shared/messages/silence.ts";
import { useNegotiation } from "../live/use-negotiation.ts";
import { BreakDialog } from "../report/break-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { say, voice } from "../ui/voice.ts";

export function SilenceActs({ silence, code }: { readonly silence: SeenSilence; readonly code: DelegationCode }) {
  const { record, text, whyNot } = useNegotiation();
  const [isBreaking, setIsBreaking] = useState(false);
  if (silence.ended) return null;
  const isState = speaksAsState(record, code);
  const lapsing = lapsingFor(record, silence, code);
  return (
    <>
      {lapsing.map(({ id, on }) => (
        <p key={id}>
          <strong>{say("silence.break.lapsing", { scope: sayParagraphs(on, { record, text, voice }) })}</strong>
        </p>
      ))}
      <Button
        tone="object"
        aria-haspopup="dialog"
        disabledReason={whyNot("break-silence") ?? (isState ? null : say("refusals.not-a-state"))}
        onClick={() => setIsBreaking(true)}
      >
        {say("silence.break.name")}
      </Button>
      {isBreaking && <BreakDialog silence={silence} onClose={() => setIsBreaking(false)} />}
    </>
  );
}
